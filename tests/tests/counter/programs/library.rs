//! The library's PC with the loopback API open, and programs that ask it.

use crate::counter::{AtCounter, LIBRARY, Pc, READER};
use crate::town::{Town, card_of};
use madoguchi_bridge::{claim, serve};
use madoguchi_peer::SystemPeers;
use madoguchi_wire::bridge::Learns;
use madoguchi_wire::window::{OfferPairingArguments, Place};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

pub(crate) const PAGE: &str = "https://library.example.jp";

/// The library's PC, its cloud and the clerk at it.
pub(crate) struct Library {
    pub(crate) at: AtCounter,
    pub(crate) http: Client,
    pub(crate) address: SocketAddr,
    serving: Serving,
    pub(crate) town: Town,
    pc: Pc,
}

/// The loopback API while it is open.
struct Serving(JoinHandle<()>);

impl Serving {
    async fn begin(at: &AtCounter, port: u16) -> (SocketAddr, Self) {
        let listener = claim(port).await.unwrap();
        let address = listener.local_addr().unwrap();
        (address, Self(tokio::spawn(serve(listener, at.counter.programs(), Arc::new(SystemPeers)))))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A program that is paired, or the browser of a page that is.
#[derive(Clone)]
pub(crate) struct Program {
    http: Client,
    address: SocketAddr,
    pub(crate) token: String,
    pub(crate) origin: Option<&'static str>,
}

impl Library {
    pub(crate) async fn opens() -> Self {
        Self::opens_in(Town::open().await, "140001").await
    }

    /// The shop of a street that keeps MyKey IDs itself.
    pub(crate) async fn opens_where_mykey_ids_are_kept() -> Self {
        let town = Town::open().await;
        town.lets_street_keep_mykey_ids(true).await;
        Self::opens_in(town, "140002").await
    }

    async fn opens_in(town: Town, provider: &str) -> Self {
        let pc = Pc::named("library");
        let at = pc.opens_in(&town).await;
        at.registers_for(LIBRARY, Some(provider)).await.unwrap();
        let (address, serving) = Serving::begin(&at, 0).await;
        Self { at, http: Client::new(), address, serving, town, pc }
    }

    /// The counter's program ends and is started again; whoever waits is hung up on.
    pub(crate) async fn opens_again(self) -> Self {
        let Self { at, http, address, serving, town, pc } = self;
        drop((at, serving));
        // Its store is free once the last one who knew the counter is gone.
        let at = loop {
            let at = pc.opens_in(&town).await;
            if matches!(at.place().await, Place::Registered { .. }) {
                break at;
            }
        };
        let (address, serving) = Serving::begin(&at, address.port()).await;
        Self { at, http, address, serving, town, pc }
    }

    /// Waits until programs wait for so many cards.
    pub(crate) async fn waits_for(&self, cards: usize) {
        let waiting = async {
            loop {
                let shown = self.at.counter.look_at_bridge().await.unwrap();
                if shown.pairings.iter().map(|pairing| pairing.waiting).sum::<usize>() == cards {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), waiting).await.expect("they wait");
    }

    /// Whoever looks after the PC lays down a description of a card.
    pub(crate) fn describes_a_card(&self, description: &str) {
        self.pc.describes_a_card(description);
    }

    /// Other programs may ask no more.
    pub(crate) async fn closes_the_port(self) {
        let Self { serving, address, .. } = self;
        drop(serving);
        // The port is closed as soon as the task that held it is gone.
        while tokio::net::TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    }

    /// Waits until so many cards are seen on the readers.
    pub(crate) async fn sees_cards(&self, cards: usize) {
        let programs = self.at.counter.programs();
        let seen = async {
            while programs.cards_lying() != cards {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), seen).await.expect("they are seen");
    }

    /// Any request, as whoever sends it likes.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("http://{}{path}", self.address))
    }

    /// The clerk shows a code.
    pub(crate) async fn offers(&self, name: &str, origin: Option<&str>) -> String {
        self.offers_to_learn(Learns::CustomerNumber, name, origin).await
    }

    /// The clerk shows a code of a program that learns this.
    pub(crate) async fn offers_to_learn(&self, learns: Learns, name: &str, origin: Option<&str>) -> String {
        let (name, origin) = (name.to_owned(), origin.map(str::to_owned));
        self.offers_pairing(OfferPairingArguments { name, origin, learns, own_cards: false }).await
    }

    /// The clerk shows a code of a program that may have the provider's own cards, too.
    pub(crate) async fn offers_with_own_cards(&self, learns: Learns, name: &str) -> String {
        let name = name.to_owned();
        self.offers_pairing(OfferPairingArguments { name, origin: None, learns, own_cards: true }).await
    }

    async fn offers_pairing(&self, arguments: OfferPairingArguments) -> String {
        let shown = self.at.counter.offer_pairing(arguments).await.unwrap();
        shown.offered.unwrap().code
    }

    /// Somebody says a code.
    pub(crate) async fn says(&self, code: &str, origin: Option<&str>) -> Response {
        let request = self.request(Method::POST, "/v1/pair").json(&json!({ "code": code }));
        from(request, origin).send().await.unwrap()
    }

    /// A program is paired as the clerk and its vendor do it.
    pub(crate) async fn pairs(&self, name: &str, origin: Option<&'static str>) -> Program {
        self.pairs_to_learn(Learns::CustomerNumber, name, origin).await
    }

    /// The same for a program that learns this.
    pub(crate) async fn pairs_to_learn(
        &self,
        learns: Learns,
        name: &str,
        origin: Option<&'static str>,
    ) -> Program {
        let code = self.offers_to_learn(learns, name, origin).await;
        let answer: Value = self.says(&code, origin).await.json().await.unwrap();
        assert_eq!(answer["name"], name);
        assert_eq!(answer["learns"], json!(learns));
        assert_eq!(answer["own_cards"], false);
        self.program(&answer, origin)
    }

    /// A program is paired that may have the provider's own cards, too.
    pub(crate) async fn pairs_with_own_cards(&self, name: &str) -> Program {
        let code = self.offers_with_own_cards(Learns::CustomerNumber, name).await;
        let answer: Value = self.says(&code, None).await.json().await.unwrap();
        assert_eq!(answer["own_cards"], true);
        self.program(&answer, None)
    }

    fn program(&self, answer: &Value, origin: Option<&'static str>) -> Program {
        let token = answer["token"].as_str().unwrap().to_owned();
        Program { http: self.http.clone(), address: self.address, token, origin }
    }

    /// Every file of the store, byte for byte.
    pub(crate) fn everything_kept(&self) -> Vec<Vec<u8>> {
        let files = std::fs::read_dir(self.pc.data()).unwrap().map(|file| file.unwrap().path());
        files.filter(|file| file.is_file()).map(|file| std::fs::read(file).unwrap()).collect()
    }

    pub(crate) fn puts_on(&self, resident: &str) {
        self.at.desk.put_on(READER, card_of(resident));
    }

    pub(crate) fn takes_off(&self) {
        self.at.desk.take_off(READER);
    }
}

fn from(request: RequestBuilder, origin: Option<&str>) -> RequestBuilder {
    match origin {
        Some(origin) => request.header("Origin", origin),
        None => request,
    }
}

impl Program {
    /// The same program, asking there.
    pub(crate) fn at(&self, address: SocketAddr) -> Self {
        Self { address, ..self.clone() }
    }

    /// Where it asks.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("http://{}{path}", self.address));
        from(request.bearer_auth(&self.token), self.origin)
    }

    /// Asks for a card and says what came back.
    pub(crate) async fn reads(&self, wait_s: u16) -> (u16, Value) {
        said(self.asks(&json!({ "wait_s": wait_s })).await).await
    }

    /// Asks for a card in these words.
    pub(crate) async fn asks(&self, words: &Value) -> Response {
        self.request(Method::POST, "/v1/read_card").json(words).send().await.unwrap()
    }

    /// The same, going on by itself.
    pub(crate) fn begins_to_read(&self, wait_s: u16) -> JoinHandle<(u16, Value)> {
        let program = self.clone();
        tokio::spawn(async move { program.reads(wait_s).await })
    }
}

/// Status and body of an answer.
pub(crate) async fn said(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    (status, response.json().await.unwrap_or(Value::Null))
}
