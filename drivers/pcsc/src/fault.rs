//! What a PC/SC return code means to a person.

use madoguchi_port::fault::CardFault;
use pcsc::Error;

/// The situation a return code stands for.
pub(crate) fn from_pcsc(error: Error) -> CardFault {
    match error {
        // A stopped Windows service invalidates handles; a killed pcscd is first a broken line.
        Error::NoService
        | Error::ServiceStopped
        | Error::Shutdown
        | Error::SystemCancelled
        | Error::InvalidHandle
        | Error::CommError => CardFault::ServiceAbsent,
        Error::SecurityViolation | Error::NoAccess => CardFault::ServiceRefused,
        Error::UnknownReader | Error::ReaderUnavailable | Error::NoReadersAvailable => CardFault::ReaderGone,
        Error::NoSmartcard => CardFault::NoCard,
        // A card that leaves a contactless reader during a command is first a broken transmission.
        Error::RemovedCard | Error::NotTransacted | Error::CommDataLost => CardFault::CardRemoved,
        // A reset by another program ends what we had begun.
        Error::SharingViolation | Error::ResetCard | Error::ServerTooBusy => CardFault::CardBusy,
        Error::UnresponsiveCard
        | Error::UnpoweredCard
        | Error::UnsupportedCard
        | Error::NotReady
        | Error::ProtoMismatch => CardFault::Unresponsive,
        other => CardFault::Pcsc { code: other as u32 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_return_code_is_a_situation() {
        let table = [
            (0x8010_001D, Error::NoService, CardFault::ServiceAbsent),
            (0x8010_001E, Error::ServiceStopped, CardFault::ServiceAbsent),
            (0x8010_0013, Error::CommError, CardFault::ServiceAbsent),
            (0x8010_0003, Error::InvalidHandle, CardFault::ServiceAbsent),
            (0x8010_0018, Error::Shutdown, CardFault::ServiceAbsent),
            (0x8010_0012, Error::SystemCancelled, CardFault::ServiceAbsent),
            (0x8010_006A, Error::SecurityViolation, CardFault::ServiceRefused),
            (0x8010_0027, Error::NoAccess, CardFault::ServiceRefused),
            (0x8010_0009, Error::UnknownReader, CardFault::ReaderGone),
            (0x8010_0017, Error::ReaderUnavailable, CardFault::ReaderGone),
            (0x8010_002E, Error::NoReadersAvailable, CardFault::ReaderGone),
            (0x8010_000C, Error::NoSmartcard, CardFault::NoCard),
            (0x8010_0069, Error::RemovedCard, CardFault::CardRemoved),
            (0x8010_0016, Error::NotTransacted, CardFault::CardRemoved),
            (0x8010_002F, Error::CommDataLost, CardFault::CardRemoved),
            (0x8010_000B, Error::SharingViolation, CardFault::CardBusy),
            (0x8010_0068, Error::ResetCard, CardFault::CardBusy),
            (0x8010_0031, Error::ServerTooBusy, CardFault::CardBusy),
            (0x8010_0066, Error::UnresponsiveCard, CardFault::Unresponsive),
            (0x8010_0067, Error::UnpoweredCard, CardFault::Unresponsive),
            (0x8010_0065, Error::UnsupportedCard, CardFault::Unresponsive),
            (0x8010_0010, Error::NotReady, CardFault::Unresponsive),
            (0x8010_000F, Error::ProtoMismatch, CardFault::Unresponsive),
            (0x8010_0001, Error::InternalError, CardFault::Pcsc { code: 0x8010_0001 }),
            (0x8010_0008, Error::InsufficientBuffer, CardFault::Pcsc { code: 0x8010_0008 }),
        ];
        for (code, error, situation) in table {
            assert_eq!(error as u32, code, "{error}");
            assert_eq!(from_pcsc(error), situation, "{error}");
        }
    }
}
