//! How a person is told of a card's fault.

use madoguchi_port::fault::CardFault;
use madoguchi_wire::failure::{ErrorCode, Failure};

/// Whether it may be another institution's card; readers answer a FeliCa card's SELECT in more than one way.
pub(crate) const fn is_another_card(fault: &CardFault) -> bool {
    matches!(fault, CardFault::NotMyNumberCard | CardFault::Unexpected { .. })
}

/// The failure of a fault where the signing password was asked for, which has words and tries of its own.
pub(crate) fn told_of_signing(fault: &CardFault) -> Failure {
    match fault {
        CardFault::NoCard => Failure::of(ErrorCode::CardAbsent),
        CardFault::LastPinTry => Failure::of(ErrorCode::LastSigningPasswordTry),
        CardFault::PinLocked => Failure::of(ErrorCode::SigningPasswordLocked),
        CardFault::WrongPin { tries_left } => {
            let tries = [("tries", tries_left.to_string().into())];
            Failure::with(ErrorCode::WrongSigningPassword, &tries)
        }
        other => told(other),
    }
}

/// The failure of a fault.
pub(crate) fn told(fault: &CardFault) -> Failure {
    let code = match fault {
        CardFault::ServiceAbsent => ErrorCode::CardServiceAbsent,
        CardFault::ServiceRefused => ErrorCode::CardServiceRefused,
        CardFault::ReaderGone => ErrorCode::ReaderAbsent,
        CardFault::NoCard | CardFault::CardRemoved => ErrorCode::CardRemoved,
        CardFault::CardBusy => ErrorCode::CardBusy,
        CardFault::NotMyNumberCard => ErrorCode::NotMyNumberCard,
        CardFault::NotFelica => ErrorCode::NotFelica,
        CardFault::NoFelicaDialect => ErrorCode::NoFelicaDialect,
        CardFault::OtherCard => ErrorCode::OtherCard,
        CardFault::PinFirst => ErrorCode::PinFirst,
        CardFault::MalformedPin => ErrorCode::PinMalformed,
        CardFault::MalformedPassword => ErrorCode::SigningPasswordMalformed,
        CardFault::NoSigningCertificate => ErrorCode::NoSigningCertificate,
        CardFault::LastPinTry => ErrorCode::LastPinTry,
        CardFault::PinLocked => ErrorCode::PinLocked,
        CardFault::WrongPin { tries_left } => {
            return Failure::with(ErrorCode::WrongPin, &[("tries", tries_left.to_string().into())]);
        }
        CardFault::Unresponsive | CardFault::Unexpected { .. } | CardFault::Pcsc { .. } => {
            tracing::warn!(%fault, "a card could not be read");
            ErrorCode::CardUnresponsive
        }
    };
    Failure::of(code)
}
