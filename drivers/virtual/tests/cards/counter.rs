//! A counter with our drivers at the virtual readers, waiting for events.

use madoguchi_domain::certificate::CertificateName;
use madoguchi_mynumber::MyNumberCard;
use madoguchi_pcsc::PcscReaders;
use madoguchi_port::apdu::StatusWord;
use madoguchi_port::fault::CardFault;
use madoguchi_port::reader::{CardReaders, ReaderEvent, ReaderEvents, ReaderName};
use madoguchi_port::resident_card::{CardSignature, ResidentCard, TypedPin};
use madoguchi_port::session::{CardSession, Disposition, Sharing};
use madoguchi_virtual::desk::Desk;
use madoguchi_virtual::pcsc_service::READERS;
use madoguchi_virtual::reader::{Behaviour, Passed, Vanish};
use secrecy::SecretString;
use std::sync::Arc;
use std::time::{Duration, Instant};
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode};

/// No event of the PC/SC service takes longer than a few seconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Counter {
    pub(crate) readers: Arc<PcscReaders>,
    pub(crate) card: MyNumberCard,
    events: ReaderEvents,
}

impl Counter {
    pub(crate) fn open() -> Self {
        let readers = Arc::new(PcscReaders);
        let events = readers.watch();
        Self { card: MyNumberCard::on(readers.clone()), readers, events }
    }

    /// Waits for an event; those before it are passed over.
    pub(crate) fn wait_until(&self, happened: impl Fn(&ReaderEvent) -> bool) -> ReaderEvent {
        let deadline = Instant::now() + PATIENCE;
        let mut others = Vec::new();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(left) {
                Ok(event) if happened(&event) => return event,
                Ok(event) => others.push(event),
                Err(error) => panic!("{error}; only {others:?} happened"),
            }
        }
    }

    pub(crate) fn wait_for(&self, expected: &ReaderEvent) {
        self.wait_until(|event| event == expected);
    }

    pub(crate) fn wait_for_card(&self, place: usize) {
        self.wait_until(
            |event| matches!(event, ReaderEvent::CardInserted { reader, .. } if *reader == name(place)),
        );
    }

    pub(crate) fn wait_for_no_card(&self, place: usize) {
        self.wait_for(&ReaderEvent::CardRemoved { reader: name(place) });
    }

    /// The next event, whatever it is.
    pub(crate) fn next_event(&self) -> ReaderEvent {
        self.wait_until(|_| true)
    }

    /// Lays a fresh sample card on the first reader and waits until it is seen.
    pub(crate) fn lay(&self, desk: &mut Desk, sample: &str) {
        let card = desk.card(sample);
        desk.readers[0].insert(card);
        self.wait_for_card(0);
    }

    /// Hanako's card signs, if it is hers that lies there.
    pub(crate) fn sign(&self, desk: &Desk, pin: &TypedPin) -> Result<CardSignature, CardFault> {
        self.card.sign(&name(0), &holder(desk, "hanako"), pin, &[7; 32])
    }

    /// Another program that says the same things over PC/SC, one status word per command.
    pub(crate) fn other_program(&self, commands: &[&str]) -> Vec<StatusWord> {
        let mut session = self.readers.open(&name(0), Sharing::Shared).unwrap();
        let said = commands.iter().map(|command| say(&mut *session, command)).collect();
        session.end(Disposition::Leave).unwrap();
        said
    }
}

/// Says one command, written in hex with blanks.
pub(crate) fn say(session: &mut dyn CardSession, command: &str) -> StatusWord {
    let command = hex::decode(command.replace(' ', "")).unwrap();
    session.transmit(&command).unwrap().status
}

pub(crate) const SELECT_JPKI: &str = "00A4040C 0A D392F000260100000001";
pub(crate) const VERIFY_1234: &str = "00200098 04 31323334";
pub(crate) const SIGN: &str = "802A0097 03 616263 00";

/// The reader at this place.
pub(crate) fn name(place: usize) -> ReaderName {
    ReaderName(READERS[place].to_owned())
}

/// A PIN for whose last try there is a yes.
pub(crate) fn pin(digits: &str) -> TypedPin {
    TypedPin { digits: SecretString::from(digits), last_try_agreed: true }
}

/// Issuer and serial of a sample card's certificate.
pub(crate) fn holder(desk: &Desk, sample: &str) -> CertificateName {
    let der = std::fs::read(desk.folder(sample).join("auth.crt.der")).unwrap();
    let certificate = Certificate::from_der(&der).unwrap();
    let tbs = certificate.tbs_certificate();
    CertificateName {
        issuer_der: tbs.issuer().to_der().unwrap(),
        serial: hex::encode(tbs.serial_number().as_bytes()),
    }
}

pub(crate) fn vanishing(vanish: Vanish) -> Behaviour {
    Behaviour { vanish: Some(vanish), ..Behaviour::default() }
}

/// The commands that passed on the first reader, in words.
pub(crate) fn apdus(desk: &Desk) -> Vec<String> {
    let passed = desk.readers[0].passed();
    let apdus = passed.iter().filter(|passed| matches!(passed, Passed::Apdu { .. }));
    apdus.map(ToString::to_string).collect()
}
