//! What was put on the reader, by the applications it lets select.
//!
//! A SELECT says whether an application is there and nothing of whose it is; what a card answers beside
//! its status word is dropped unread.

use crate::exchange::Command;
use crate::jpki::JpkiApplication;
use madoguchi_port::apdu::StatusWord;
use madoguchi_port::card_kind::CardKind;
use madoguchi_port::fault::CardFault;

/// An application another card is known by, and how its SELECT is worded (P2 and whether Le follows).
struct Application {
    kind: CardKind,
    name: &'static [u8],
    wording: Wording,
}

/// How an application wants to be selected.
#[derive(Clone, Copy)]
enum Wording {
    /// P2 `0C`: no file control information is wanted.
    Silent,
    /// P2 `00` with Le: EMV cards know no other.
    WithInformation,
}

/// The cards people hold out by mistake, the likelier first.
const APPLICATIONS: [Application; 5] = [
    // 運転免許証及び運転免許証作成システム等仕様書: DF1.
    Application {
        kind: CardKind::DrivingLicence,
        name: &[0xA0, 0x00, 0x00, 0x02, 0x31, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        wording: Wording::Silent,
    },
    // 在留カード等仕様書: DF1.
    Application {
        kind: CardKind::ResidenceCard,
        name: &[0xD3, 0x92, 0xF0, 0x00, 0x4F, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        wording: Wording::Silent,
    },
    // EMV: the directories of payment applications, without contacts and with them.
    Application { kind: CardKind::BankCard, name: b"2PAY.SYS.DDF01", wording: Wording::WithInformation },
    Application { kind: CardKind::BankCard, name: b"1PAY.SYS.DDF01", wording: Wording::WithInformation },
    // ICAO 9303 part 10: the eMRTD application.
    Application {
        kind: CardKind::Passport,
        name: &[0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01],
        wording: Wording::Silent,
    },
];

/// What the card is.
pub(crate) fn recognise(jpki: &mut JpkiApplication) -> Result<CardKind, CardFault> {
    match jpki.select() {
        Ok(()) if jpki.auth_certificate_is_free()? => return Ok(CardKind::MyNumber),
        Ok(()) => return Ok(CardKind::MyNumberOnPhone),
        // An answer nobody knows is not that of a My Number card either.
        Err(CardFault::NotMyNumberCard | CardFault::Unexpected { .. }) => {}
        Err(fault) => return Err(fault),
    }
    for application in &APPLICATIONS {
        if jpki.exchange(select(application))?.status == StatusWord::OK {
            return Ok(application.kind);
        }
    }
    Ok(CardKind::Unknown)
}

fn select(application: &Application) -> Command {
    match application.wording {
        Wording::Silent => Command::new([0x00, 0xA4, 0x04, 0x0C]).with_data(application.name),
        Wording::WithInformation => {
            Command::new([0x00, 0xA4, 0x04, 0x00]).with_data(application.name).expecting(0)
        }
    }
}
