//! What one program does takes nothing from another.

use super::library::{Library, said};
use reqwest::Method;
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const LIMIT: Duration = Duration::from_mins(1);

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_asks_again_and_again_for_a_card_left_lying_leaves_the_others_theirs() {
    let library = Library::opens().await;
    let (naive, other) = (library.pairs("naive", None).await, library.pairs("other", None).await);
    library.puts_on("taro");
    let mut answered = 0;
    let refused = loop {
        let answer = naive.asks(&json!({ "wait_s": 30 })).await;
        if answer.status() != 200 {
            break answer;
        }
        answered += 1;
        assert!(answered <= 40, "it gets as many as it likes");
    };
    let seconds = refused.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap();
    assert!((1..=4).contains(&seconds), "{seconds} until the next");
    let (status, problem) = said(refused).await;
    assert_eq!((status, &problem["code"]), (429, &json!("too_many_requests")));
    assert!(answered >= 20, "{answered}");
    let going_on = tokio::spawn(async move {
        loop {
            naive.reads(30).await;
        }
    });
    assert_eq!(other.reads(30).await, (200, json!({ "result": "customer_number", "number": "0012345678" })));
    going_on.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_program_waits_for_eight_cards_at_once() {
    let library = Library::opens().await;
    let (program, other) = (library.pairs("図書館システム", None).await, library.pairs("other", None).await);
    let waiting: Vec<_> = (0..8).map(|_| program.begins_to_read(60)).collect();
    library.waits_for(8).await;
    let refused = program.asks(&json!({ "wait_s": 60 })).await;
    assert_eq!(refused.headers()["retry-after"], "1");
    assert_eq!(said(refused).await.0, 429);
    let of_other = other.begins_to_read(60);
    library.waits_for(9).await;
    let cancelled = program.request(Method::POST, "/v1/cancel_reads").json(&json!({})).send().await.unwrap();
    assert_eq!(said(cancelled).await, (200, json!({ "cancelled": 8 })));
    for one in waiting {
        assert_eq!(one.await.unwrap(), (200, json!({ "result": "cancelled" })));
    }
    library.puts_on("taro");
    assert_eq!(of_other.await.unwrap().1["number"], "0012345678");
    assert_eq!(program.reads(30).await.1["number"], "0012345678");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_send_what_it_announced_is_hung_up_on() {
    let library = Library::opens().await;
    let mut connection = TcpStream::connect(library.address).await.unwrap();
    let announced = format!(
        "POST /v1/pair HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n",
        library.address
    );
    connection.write_all(announced.as_bytes()).await.unwrap();
    let mut heard = Vec::new();
    tokio::time::timeout(LIMIT, connection.read_to_end(&mut heard)).await.expect("hung up on").unwrap();
    let heard = String::from_utf8_lossy(&heard);
    assert!(heard.starts_with("HTTP/1.1 408 "), "{heard}");
}
