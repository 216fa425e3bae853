//! A shopping street with a point system of its own, and what a clerk does with it.

use super::reply::Reply;
use super::resident::Resident;
use super::sample_card::SampleCard;
use super::terminal::{Terminal, a_key};
use super::town::{KEY, Town, kawasaki, kawasaki_points};
use ed25519_dalek::VerifyingKey;
use madoguchi_cloud::identity::service_id::{self, Bond, Registrar};
use madoguchi_cloud::keys::KeyEncryptionKey;
use madoguchi_cloud::keys::wrapped::Wrapping;
use madoguchi_cloud::keys::wrapped::street::{MergeProfile, OpenStreetKey};
use madoguchi_cloud::operator::{OperatorError, id_provider, street, terminal};
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::ledger::Part;
use madoguchi_domain::merge_file::{
    Acknowledgement, MergeRecord, NotGenuine, Reception, TransactionNumber, open_profile_1, open_profile_2,
};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_domain::use_proof::{Becomes, UseProof};
use madoguchi_wire::terminal_api::{
    ListMergeStreetsAnswer, LookUpPointsAnswer, MergeFile, RequestUseNonceAnswer, RequestUseNonceRequest,
};
use serde_json::{Value, json};

pub(crate) const GINZA: &str = "140002";

pub(crate) fn ginza() -> IdProviderId {
    IdProviderId::parse(GINZA).unwrap()
}

/// The street's software: what it was handed over.
pub(crate) struct Street {
    pub(crate) number: u32,
    pub(crate) key: OpenStreetKey,
    pub(crate) cloud: VerifyingKey,
}

pub(crate) fn wrapping() -> Wrapping {
    Wrapping::by(&KeyEncryptionKey::from_bytes(KEY))
}

impl Town {
    /// 銀座街, which has its first key.
    pub(crate) async fn ginza(&self) -> Street {
        self.write(|write| id_provider::add(write, kawasaki(), GINZA, "銀座街", true)).await;
        self.next_street_key().await
    }

    /// A terminal that may merge points as well.
    pub(crate) async fn merging(&self, terminal: Terminal) -> Terminal {
        let id = terminal.id;
        let functions = [TerminalFunction::UsePoints, TerminalFunction::MergePoints];
        self.write(move |write| terminal::set_functions(write, id, &functions)).await;
        terminal.at_work().await
    }

    /// The baker of the street, whose terminal is of it and does everything that a street's shop does.
    pub(crate) async fn baker_at_work(&self) -> Terminal {
        let baker = self.baker_of_the_street().await.of_provider(GINZA);
        let id = baker.id;
        let functions =
            [TerminalFunction::ServiceIds, TerminalFunction::UsePoints, TerminalFunction::MergePoints];
        self.write(move |write| terminal::set_functions(write, id, &functions)).await;
        baker.at_work().await
    }

    /// The greengrocer of the street, at work.
    pub(crate) async fn shop_of_the_street(&self) -> Terminal {
        self.merging(self.greengrocer().await).await
    }

    /// The street's next key, made and handed over.
    pub(crate) async fn next_street_key(&self) -> Street {
        self.seconds_pass(1);
        let now_ms = self.cloud.clock.now_ms();
        let number = self.write(move |write| street::make_key(write, &wrapping(), ginza(), now_ms)).await;
        let handed = self
            .write(move |write| street::export_key(write, &wrapping(), ginza(), (number, None), now_ms))
            .await;
        Street { number, key: handed.key, cloud: handed.cloud.1 }
    }

    /// A key for the profile that the street changes to.
    pub(crate) async fn hands_over_for(&self, number: u32, profile: MergeProfile) -> Street {
        let which = (number, Some(profile));
        let handed = self.write(move |write| street::export_key(write, &wrapping(), ginza(), which, 0)).await;
        Street { number, key: handed.key, cloud: handed.cloud.1 }
    }

    pub(crate) async fn retires_street_key(&self, number: u32) {
        let now_ms = self.cloud.clock.now_ms();
        self.write(move |write| street::retire_key(write, ginza(), number, now_ms)).await;
    }

    pub(crate) async fn street_is(&self, profile: MergeProfile, keeps_mykey_ids: bool) {
        self.write(move |write| street::set(write, ginza(), profile, keeps_mykey_ids)).await;
    }

    /// The resident's number in the street's own books is registered, as at one of its shops.
    pub(crate) async fn street_knows(&self, resident: &Resident, number: &str, at: &Terminal) {
        let of = Bond { provider: ginza(), person: resident.person };
        let (number, terminal) = (CustomerNumber::parse(number).unwrap(), at.id);
        self.write(move |write| {
            let by = Registrar { terminal, generation: 1 };
            service_id::register(write, a_key(), of, &number, by, 0).map_err(OperatorError::from)
        })
        .await;
    }

    /// What the street has not said it received, as the operator lists it.
    pub(crate) async fn waiting(&self) -> Vec<(TransactionNumber, Option<Reception>)> {
        let waiting = self.cloud.database.read(|read| street::waiting(read, ginza())).await.unwrap();
        waiting.into_iter().map(|one| (one.merge.record.number, one.said.last().copied())).collect()
    }
}

impl Street {
    /// What a file says to whoever has the street's key.
    pub(crate) fn opens(&self, file: &MergeFile) -> Result<MergeRecord, NotGenuine> {
        let bytes = hex::decode(&file.file).unwrap();
        open_profile_1(&bytes, std::slice::from_ref(&self.key.profile_1))
    }

    /// The same under profile 2.
    pub(crate) fn opens_signed(&self, file: &MergeFile) -> Result<MergeRecord, NotGenuine> {
        open_profile_2(ginza(), &hex::decode(&file.file).unwrap(), &self.key.profile_2, &self.cloud)
    }

    /// The street's answer, hex.
    pub(crate) fn answers(&self, number: TransactionNumber, reception: Reception) -> String {
        hex::encode(Acknowledgement { number, reception }.sealed(&self.key.profile_1.secret))
    }
}

impl Terminal {
    /// `shop.merges(1_500).of_the(&hanako).await`
    pub(crate) fn merges(&self, points: i64) -> Merge<'_> {
        let (currency, street) = (kawasaki_points(), GINZA.to_owned());
        Merge { terminal: self, currency, street, points, key: a_key(), visit: None }
    }

    pub(crate) async fn merge_streets(&self, visit: &LookUpPointsAnswer) -> ListMergeStreetsAnswer {
        self.post("list_merge_streets", &json!({ "visit": visit.visit })).await.ok()
    }

    pub(crate) async fn fetches_file(&self, key: OperationKey) -> Reply {
        self.post("merge_file", &json!({ "key": key })).await
    }

    /// What streets have answered to these merges of the terminal.
    pub(crate) async fn asks_receptions(&self, keys: &[OperationKey]) -> Reply {
        self.post("merge_receptions", &json!({ "keys": keys })).await
    }

    pub(crate) async fn carries_answer(&self, acknowledgement: &str) -> Reply {
        let request = json!({ "street": GINZA, "acknowledgement": acknowledgement });
        self.post("acknowledge_merge", &request).await
    }
}

/// A merge about to be asked for.
#[derive(Clone)]
pub(crate) struct Merge<'a> {
    terminal: &'a Terminal,
    currency: CurrencyCode,
    street: String,
    points: i64,
    key: OperationKey,
    visit: Option<String>,
}

impl Merge<'_> {
    pub(crate) fn of(self, currency: CurrencyCode) -> Self {
        Self { currency, ..self }
    }

    pub(crate) fn into_street(self, street: &str) -> Self {
        Self { street: street.to_owned(), ..self }
    }

    pub(crate) fn under(self, key: OperationKey) -> Self {
        Self { key, ..self }
    }

    pub(crate) fn during(self, visit: &LookUpPointsAnswer) -> Self {
        Self { visit: Some(visit.visit.clone()), ..self }
    }

    /// Puts the card on, unless a visit was opened before, and merges the points.
    pub(crate) async fn of_the(self, resident: &Resident) -> Reply {
        let visit = match &self.visit {
            Some(visit) => visit.clone(),
            None => self.terminal.visit(resident).await.visit,
        };
        self.terminal.post("merge_points", &self.request(&visit)).await
    }

    /// Above the limits: with the signature of a card over this very merge.
    pub(crate) async fn signed_by(&self, card: &SampleCard, visit: &LookUpPointsAnswer) -> Value {
        let asked = RequestUseNonceRequest { key: self.key, visit: visit.visit.clone() };
        let nonce: RequestUseNonceAnswer = self.terminal.post("request_use_nonce", &asked).await.ok();
        let parts = [Part { currency: self.currency, points: Points::new(self.points).unwrap() }];
        let proof = UseProof {
            nonce: hex::decode(&nonce.nonce).unwrap().try_into().unwrap(),
            terminal: self.terminal.id,
            key: self.key,
            parts: &parts,
            becomes: Becomes::StreetPoints(IdProviderId::parse(&self.street).unwrap()),
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
        let part = json!({ "currency": self.currency, "points": self.points });
        json!({ "key": self.key, "visit": visit, "street": self.street, "part": part })
    }
}
