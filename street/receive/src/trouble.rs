//! Why the receiver stops, and with which exit code.

use madoguchi_street::books::{BooksDoNotAgree, NotDone, WasReceived};
use madoguchi_street::{Fault, NotAKeySheet};

/// Ends a pass. What was taken in before it stands.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// The street's software cannot go on.
    #[error(transparent)]
    Street(#[from] Fault),
    /// The books are not right.
    #[error(transparent)]
    Books(#[from] BooksDoNotAgree),
    /// The key sheet cannot be read.
    #[error("the key sheet: {0}")]
    SheetUnreadable(std::io::Error),
    /// Others may read the key sheet.
    #[error("the key sheet can be read by others")]
    SheetOpenToOthers,
    /// It is no key sheet.
    #[error(transparent)]
    Sheet(#[from] NotAKeySheet),
    /// No keys of this street were kept.
    #[error("no keys are kept for this street")]
    NoKeysKept,
    /// The list of members cannot be read.
    #[error("the list of members: {0}")]
    MembersUnreadable(std::io::Error),
    /// A line of it is no ID.
    #[error("the list of members, line {0}")]
    NotAMember(usize),
    /// The number cannot be booked back.
    #[error("not booked back: {0}")]
    NotBookedBack(NotDone),
    /// The number cannot be declined.
    #[error("not declined: {0}")]
    NotDeclined(WasReceived),
    /// The credits could not be handed out.
    #[error("the list of credits: {0}")]
    NotHandedOut(std::io::Error),
}

impl Trouble {
    /// What a script sees.
    pub(crate) const fn exit_code(&self) -> u8 {
        match self {
            Self::Street(Fault::Folder(_)) => 10,
            Self::Street(Fault::Store(_) | Fault::AnotherStreet) | Self::Books(_) => 11,
            Self::Street(Fault::Vault(_) | Fault::KeyMissing)
            | Self::SheetUnreadable(_)
            | Self::SheetOpenToOthers
            | Self::Sheet(_)
            | Self::NoKeysKept => 12,
            Self::MembersUnreadable(_) | Self::NotAMember(_) | Self::NotHandedOut(_) => 13,
            Self::NotBookedBack(_) | Self::NotDeclined(_) => 14,
        }
    }

    /// Whether it can pass by itself: a share comes back, a disk is emptied, a list is saved anew.
    pub(crate) const fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Street(Fault::Folder(_))
                | Self::MembersUnreadable(_)
                | Self::NotAMember(_)
                | Self::NotHandedOut(_)
        )
    }
}
