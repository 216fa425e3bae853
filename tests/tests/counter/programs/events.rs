//! The stream of cards put on and taken away: what it tells, and when it ends.

use super::library::{Library, Program, said};
use crate::counter::READER;
use madoguchi_wire::window::PairingNamed;
use reqwest::{Method, Response};
use serde_json::json;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(30);

/// A stream as a program hears it.
struct Stream {
    answer: Response,
    heard: String,
}

impl Stream {
    async fn of(program: &Program) -> Self {
        let answer = program.request(Method::GET, "/v1/events").send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { answer, heard: String::new() }
    }

    async fn tells(&mut self, wanted: &str) {
        let told = async {
            while !self.heard.contains(wanted) {
                let piece = self.answer.chunk().await.unwrap().expect("it goes on");
                self.heard.push_str(std::str::from_utf8(&piece).unwrap());
            }
        };
        tokio::time::timeout(LIMIT, told).await.expect(wanted);
    }

    async fn ends(mut self) {
        let ended = async { while self.answer.chunk().await.unwrap().is_some() {} };
        tokio::time::timeout(LIMIT, ended).await.expect("it ends");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stream_tells_of_cards_and_of_nobody() {
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    let mut stream = Stream::of(&program).await;
    stream.tells("event: cards\ndata: {\"cards\":0}").await;
    library.puts_on("taro");
    stream.tells("event: card_inserted\ndata: {\"cards\":1}").await;
    library.takes_off();
    stream.tells("event: card_removed\ndata: {\"cards\":0}").await;
    for identity in ["0012345678", "TAR0MA78", "library", READER] {
        assert!(!stream.heard.contains(identity), "{}", stream.heard);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_when_the_program_is_unpaired_although_no_card_moves() {
    let library = Library::opens().await;
    let (program, other) = (library.pairs("図書館システム", None).await, library.pairs("other", None).await);
    let (mut ends, mut goes_on) = (Stream::of(&program).await, Stream::of(&other).await);
    ends.tells("event: cards").await;
    goes_on.tells("event: cards").await;
    let pairing = library.at.counter.look_at_bridge().await.unwrap().pairings[0].pairing;
    library.at.counter.unpair(PairingNamed { pairing }).await.unwrap();
    ends.ends().await;
    library.puts_on("taro");
    goes_on.tells("event: card_inserted").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_on_when_the_program_cancels_what_it_waits_for() {
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    let mut stream = Stream::of(&program).await;
    stream.tells("event: cards").await;
    let cancelled = program.request(Method::POST, "/v1/cancel_reads").json(&json!({})).send().await.unwrap();
    assert_eq!(said(cancelled).await, (200, json!({ "cancelled": 0 })), "no wait for a card is among them");
    library.puts_on("taro");
    stream.tells("event: card_inserted").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_program_has_four_of_them() {
    let library = Library::opens().await;
    let (program, other) = (library.pairs("図書館システム", None).await, library.pairs("other", None).await);
    let mut streams = Vec::new();
    for _ in 0..4 {
        streams.push(Stream::of(&program).await);
    }
    let refused = program.request(Method::GET, "/v1/events").send().await.unwrap();
    assert_eq!(refused.headers()["retry-after"], "1");
    assert_eq!(said(refused).await.0, 429);
    Stream::of(&other).await.tells("event: cards").await;
    assert_eq!(program.reads(1).await.0, 200, "a card is no stream");
}
