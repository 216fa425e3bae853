//! What can go wrong between a program and a card, one variant per situation a person can be in.

/// A fault of the card, its reader or the PC/SC service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardFault {
    /// The PC/SC service does not run (`SCARD_E_NO_SERVICE`, `SCARD_E_SERVICE_STOPPED`).
    #[error("the PC/SC service does not run")]
    ServiceAbsent,
    /// This user may not use the PC/SC service (polkit).
    #[error("the PC/SC service does not let this user in")]
    ServiceRefused,
    /// The reader is gone (`SCARD_E_UNKNOWN_READER`, `SCARD_E_READER_UNAVAILABLE`).
    #[error("the reader is gone")]
    ReaderGone,
    /// There is no card on the reader (`SCARD_E_NO_SMARTCARD`).
    #[error("no card on the reader")]
    NoCard,
    /// The card left before the work was done (`SCARD_W_REMOVED_CARD`, or an answer under two bytes).
    #[error("the card was removed")]
    CardRemoved,
    /// Another program keeps the card (`SCARD_E_SHARING_VIOLATION`), also after waiting for it.
    #[error("another program is using the card")]
    CardBusy,
    /// The card does not answer to power or protocol (`SCARD_W_UNRESPONSIVE_CARD`, `…_UNPOWERED_CARD`).
    #[error("the card does not answer")]
    Unresponsive,
    /// No application of a My Number card is on this card.
    #[error("not a My Number card")]
    NotMyNumberCard,
    /// No FeliCa card.
    #[error("not a FeliCa card")]
    NotFelica,
    /// The reader can be asked for a FeliCa card's blocks in no way we know.
    #[error("the reader answers in no FeliCa dialect")]
    NoFelicaDialect,
    /// The certificate is behind the PIN (a phone's JPKI).
    #[error("the certificate needs the PIN first")]
    PinFirst,
    /// The PIN or the signing password was wrong; so many tries are left.
    #[error("wrong PIN, {tries_left} tries left")]
    WrongPin {
        /// Tries left, 1 or more; the next variant is for none.
        tries_left: u8,
    },
    /// The PIN or the signing password is locked; a municipal office unlocks it.
    #[error("the PIN is locked")]
    PinLocked,
    /// One try is left, and nobody has agreed to spend it; nothing was sent to the card.
    #[error("one try is left")]
    LastPinTry,
    /// Another card lies there than the one that was asked for; no PIN was sent to it unless it is a
    /// phone, and it signed nothing.
    #[error("another card")]
    OtherCard,
    /// What was typed is no PIN (4 digits); nothing was sent to the card and no try is spent.
    #[error("not a PIN of 4 digits")]
    MalformedPin,
    /// What was typed is no signing password (6 to 16 letters and digits); nothing was sent to the card and
    /// no try is spent.
    #[error("not a signing password of 6 to 16 letters and digits")]
    MalformedPassword,
    /// The card has no signing certificate, as those of small children.
    #[error("the card has no signing certificate")]
    NoSigningCertificate,
    /// The card answered something that is not in its specification.
    #[error("unexpected answer {status:04X} to {step}")]
    Unexpected {
        /// Which step of which operation, without any data.
        step: &'static str,
        /// The status word, or 0 where the data made no sense.
        status: u16,
    },
    /// Anything else of the PC/SC service, by its code.
    #[error("PC/SC error {code:08X}")]
    Pcsc {
        /// The service's return code.
        code: u32,
    },
}
