//! A terminal, as far as the cloud sees it: a device with a key, a token, and what a clerk does.

use super::reply::Reply;
use super::resident::Resident;
use super::sample_card::SampleCard;
use super::town::{PASSWORD, kawasaki_points};
use ed25519_dalek::{Signer, SigningKey};
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::ledger::Part;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_domain::session_proof::session_proof;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_domain::use_proof::{Becomes, UseProof};
use madoguchi_wire::terminal_api::{
    BeginRegistrationRequest, Contact, LookUpPointsAnswer, OpenSessionAnswer, OpenSessionRequest,
    RegisterTerminalRequest, RequestChallengeAnswer, RequestChallengeRequest, RequestUseNonceAnswer,
    RequestUseNonceRequest, ResolveOperationRequest, SignInAnswer, SignOutRequest, SignedIn, VoidUseRequest,
    route,
};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::time::Duration;
use uuid::Uuid;

/// A computer that can be a terminal.
#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) key: SigningKey,
    pub(crate) fingerprint: [u8; 32],
}

impl Device {
    /// The same name is the same computer.
    pub(crate) fn named(name: &str) -> Self {
        let bytes: [u8; 32] = Sha256::digest(name).into();
        Self { key: SigningKey::from_bytes(&bytes), fingerprint: Sha256::digest(bytes).into() }
    }
}

/// The way to a cloud.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) address: SocketAddr,
    pub(crate) http: reqwest::Client,
}

impl Line {
    /// A story whose cloud hangs ends instead of waiting for ever.
    pub(crate) fn to(address: SocketAddr) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
        Self { address, http }
    }
}

/// A terminal ID on a device.
#[derive(Clone)]
pub(crate) struct Terminal {
    pub(crate) line: Line,
    pub(crate) id: TerminalId,
    pub(crate) device: Device,
    pub(crate) token: Option<String>,
    /// Where its requests come from, as the proxy says.
    pub(crate) source: String,
    /// The ID provider it is registered for.
    pub(crate) provider: Option<String>,
}

pub(crate) fn a_contact() -> Contact {
    Contact {
        staff_name: "山田 太郎".into(),
        shop_name: "やまだ八百屋".into(),
        postal_code: "2100001".into(),
        address: "川崎市川崎区本町1-1".into(),
        phone: "044-200-0000".into(),
        mail: "yamada@example.jp".into(),
        id_provider: None,
    }
}

impl Terminal {
    pub(crate) fn new(line: &Line, id: TerminalId) -> Self {
        let device = Device::named(&format!("the PC of {id}"));
        Self { line: line.clone(), id, device, token: None, source: "192.0.2.1".into(), provider: None }
    }

    /// The same terminal ID on another computer.
    pub(crate) fn on(&self, device: Device) -> Self {
        Self { device, token: None, source: "198.51.100.9".into(), ..self.clone() }
    }

    pub(crate) async fn post(&self, name: &str, request: &impl Serialize) -> Reply {
        self.post_text(name, serde_json::to_string(request).unwrap()).await
    }

    pub(crate) async fn post_text(&self, name: &str, body: impl Into<reqwest::Body>) -> Reply {
        self.try_post_text(name, body).await.unwrap()
    }

    /// For stories in which the cloud may be gone.
    pub(crate) async fn try_post(&self, name: &str, request: &impl Serialize) -> reqwest::Result<Reply> {
        self.try_post_text(name, serde_json::to_string(request).unwrap()).await
    }

    async fn try_post_text(&self, name: &str, body: impl Into<reqwest::Body>) -> reqwest::Result<Reply> {
        let url = format!("http://{}{}", self.line.address, route(name));
        let mut post = self.line.http.post(url).header("x-forwarded-for", &self.source).body(body);
        if let Some(token) = &self.token {
            post = post.bearer_auth(token);
        }
        Reply::of(post.send().await?).await
    }

    // ── becoming a terminal ───────────────────────────────────────────────────────────────────────

    pub(crate) async fn begins_registration(&self, password: &str) -> Reply {
        let request =
            BeginRegistrationRequest { terminal: self.id, password: password.into(), public_key: None };
        self.post("begin_registration", &request).await
    }

    /// Begins again, with the key made the first time.
    pub(crate) async fn begins_registration_again(&self, password: &str) -> Reply {
        let public_key = Some(hex::encode(self.device.key.verifying_key().as_bytes()));
        let request = BeginRegistrationRequest { terminal: self.id, password: password.into(), public_key };
        self.post("begin_registration", &request).await
    }

    pub(crate) fn registration(&self) -> RegisterTerminalRequest {
        RegisterTerminalRequest {
            terminal: self.id,
            password: PASSWORD.into(),
            fingerprint: hex::encode(self.device.fingerprint),
            public_key: hex::encode(self.device.key.verifying_key().as_bytes()),
            contact: Contact { id_provider: self.provider.clone(), ..a_contact() },
        }
    }

    /// Chosen at registration.
    pub(crate) fn of_provider(self, provider: &str) -> Self {
        Self { provider: Some(provider.to_owned()), ..self }
    }

    pub(crate) async fn registers(&self) -> Reply {
        self.post("register_terminal", &self.registration()).await
    }

    pub(crate) async fn challenge(&self) -> RequestChallengeAnswer {
        self.post("request_challenge", &RequestChallengeRequest { terminal: self.id }).await.ok()
    }

    pub(crate) fn proof(&self, challenge: &RequestChallengeAnswer) -> OpenSessionRequest {
        let bytes: [u8; 32] = hex::decode(&challenge.challenge).unwrap().try_into().unwrap();
        let signed = session_proof(&challenge.cloud_name, &bytes, self.id, &self.device.fingerprint).unwrap();
        OpenSessionRequest {
            terminal: self.id,
            fingerprint: hex::encode(self.device.fingerprint),
            challenge: challenge.challenge.clone(),
            signature: hex::encode(self.device.key.sign(&signed).to_bytes()),
        }
    }

    pub(crate) async fn opens_session(&self) -> Reply {
        let challenge = self.challenge().await;
        self.post("open_session", &self.proof(&challenge)).await
    }

    /// Registered and signed in.
    pub(crate) async fn at_work(mut self) -> Self {
        let reply = self.registers().await;
        assert!(reply.status.is_success(), "{}", reply.body);
        self.begins_the_day().await;
        self
    }

    /// Opens a session and works in it; a sign-in goes on.
    pub(crate) async fn goes_on(&mut self) {
        let session: OpenSessionAnswer = self.opens_session().await.ok();
        self.token = Some(session.token);
    }

    /// Opens a session and signs in.
    pub(crate) async fn begins_the_day(&mut self) {
        self.goes_on().await;
        let _: SignInAnswer = self.signs_in().await.ok();
    }

    pub(crate) async fn signs_in(&self) -> Reply {
        self.signs_in_with(PASSWORD).await
    }

    pub(crate) async fn signs_in_with(&self, password: &str) -> Reply {
        self.post("sign_in", &json!({ "password": password })).await
    }

    pub(crate) async fn signs_in_as(&self, staff_name: &str) -> Reply {
        self.post("sign_in", &json!({ "password": PASSWORD, "staff_name": staff_name })).await
    }

    /// The terminal was locked; which sign-in that ends is in the answer that began it.
    pub(crate) async fn signs_out(&self, of: &SignedIn) -> Reply {
        self.post("sign_out", &SignOutRequest { from_ms: of.from_ms }).await
    }

    // ── at the counter ────────────────────────────────────────────────────────────────────────────

    pub(crate) async fn looks_up(&self, resident: &Resident) -> Reply {
        self.post("look_up_points", &resident.card()).await
    }

    pub(crate) async fn visit(&self, resident: &Resident) -> LookUpPointsAnswer {
        self.looks_up(resident).await.ok()
    }

    /// `shop.uses(1_500).from(&hanako).await`
    pub(crate) fn uses(&self, points: i64) -> Use<'_> {
        let parts = vec![(kawasaki_points(), points)];
        Use { terminal: self, parts, key: a_key(), visit: None }
    }

    /// `shop.uses_of(&[(city, 500), (event, 300)]).from(&hanako).await`
    pub(crate) fn uses_of(&self, parts: &[(CurrencyCode, i64)]) -> Use<'_> {
        Use { terminal: self, parts: parts.to_vec(), key: a_key(), visit: None }
    }

    pub(crate) async fn voids(&self, used_under: OperationKey) -> Reply {
        self.voids_under(a_key(), used_under).await
    }

    pub(crate) async fn voids_under(&self, key: OperationKey, voids: OperationKey) -> Reply {
        self.post("void_use", &VoidUseRequest { key, voids }).await
    }

    pub(crate) async fn resolves(&self, key: OperationKey) -> Reply {
        self.post("resolve_operation", &ResolveOperationRequest { key }).await
    }
}

pub(crate) fn a_key() -> OperationKey {
    OperationKey(Uuid::now_v7())
}

/// A use about to be asked for.
pub(crate) struct Use<'a> {
    terminal: &'a Terminal,
    parts: Vec<(CurrencyCode, i64)>,
    key: OperationKey,
    visit: Option<String>,
}

impl Use<'_> {
    pub(crate) fn under(self, key: OperationKey) -> Self {
        Self { key, ..self }
    }

    /// By a visit opened before.
    pub(crate) fn during(self, visit: &LookUpPointsAnswer) -> Self {
        Self { visit: Some(visit.visit.clone()), ..self }
    }

    /// Puts the card on, unless a visit was opened before, and uses the points.
    pub(crate) async fn from(self, resident: &Resident) -> Reply {
        let visit = match &self.visit {
            Some(visit) => visit.clone(),
            None => self.terminal.visit(resident).await.visit,
        };
        self.terminal.post("use_points", &self.request(&visit)).await
    }

    /// What the card must sign along.
    pub(crate) async fn nonce(&self, visit: &LookUpPointsAnswer) -> RequestUseNonceAnswer {
        let request = RequestUseNonceRequest { key: self.key, visit: visit.visit.clone() };
        self.terminal.post("request_use_nonce", &request).await.ok()
    }

    /// With the signature of a card over this very use.
    pub(crate) fn signed_by(
        &self,
        card: &SampleCard,
        visit: &LookUpPointsAnswer,
        nonce: &RequestUseNonceAnswer,
    ) -> Value {
        let part = |&(currency, points): &(CurrencyCode, i64)| Part {
            currency,
            points: Points::new(points).unwrap(),
        };
        let parts: Vec<_> = self.parts.iter().map(part).collect();
        let proof = UseProof {
            nonce: hex::decode(&nonce.nonce).unwrap().try_into().unwrap(),
            terminal: self.terminal.id,
            key: self.key,
            parts: &parts,
            becomes: Becomes::Payment,
            training: false,
        };
        let mut request = self.request(&visit.visit);
        request["signature"] = json!({
            "nonce": nonce.nonce,
            "certificate": hex::encode(&card.certificate),
            "signature": hex::encode(card.signs(&proof.bytes())),
        });
        request
    }

    /// As JSON, so that a test can say amounts that no type allows.
    pub(crate) fn request(&self, visit: &str) -> Value {
        let parts: Vec<_> = self
            .parts
            .iter()
            .map(|(currency, points)| json!({ "currency": currency, "points": points }))
            .collect();
        json!({ "key": self.key, "visit": visit, "parts": parts })
    }
}
