//! What a person is told of a fault of the street's books and of an act that was not done.

use madoguchi_domain::points::grouped;
use madoguchi_port::vault::VaultFault;
use madoguchi_store::StoreFault;
use madoguchi_street::books::NotDone;
use madoguchi_street::{Fault, FolderTrouble, NotAKeySheet};
use madoguchi_wire::failure::{ErrorCode, Failure};

/// The sentences of a fault.
pub(crate) fn told(fault: &Fault) -> Failure {
    // A watched folder that is away is met every few seconds; the watch writes down when that begins and ends.
    if let Fault::Folder(_) = fault {
        tracing::debug!(%fault, "the agreed folder");
    } else {
        tracing::error!(%fault, "the street's software cannot go on");
    }
    match fault {
        // Whose records they are is said otherwise than at a municipal counter.
        Fault::Store(StoreFault::Damaged(_) | StoreFault::Sealed) => {
            Failure::of(ErrorCode::StreetBooksDamaged)
        }
        Fault::Store(fault) => fault.into(),
        Fault::Vault(VaultFault::Absent | VaultFault::Failed(_)) => Failure::of(ErrorCode::VaultAbsent),
        Fault::KeyMissing => Failure::of(ErrorCode::StreetKeyMissing),
        Fault::AnotherStreet => Failure::of(ErrorCode::BooksOfAnotherStreet),
        Fault::Folder(fault) => Failure::of(match fault.trouble {
            FolderTrouble::Gone => ErrorCode::DropFolderGone,
            FolderTrouble::Full => ErrorCode::DropFolderFull,
            FolderTrouble::ReadOnly => ErrorCode::DropFolderReadOnly,
            FolderTrouble::Failed => ErrorCode::DropFolderFailed,
        }),
    }
}

/// The sentences of an act that was not done.
pub(crate) fn not_done(why: NotDone) -> Failure {
    match why {
        NotDone::NotEnough { balance } => {
            Failure::with(ErrorCode::StreetPointsShort, &[("available", grouped(balance).into())])
        }
        NotDone::TicketTaken => Failure::of(ErrorCode::TicketAddedBefore),
        NotDone::AlreadyVoided => Failure::of(ErrorCode::PostingVoidedBefore),
        NotDone::NotVoidable => Failure::of(ErrorCode::PostingNotVoidable),
        NotDone::NoCard => Failure::of(ErrorCode::StoredValueCardAbsent),
        NotDone::AnotherCard => Failure::of(ErrorCode::StoredValueCardOther),
        NotDone::NoSuchPosting | NotDone::AnotherAct => Failure::of(ErrorCode::StreetActMixedUp),
    }
}

/// The same where something was to be taken back: the amount is not the clerk's to correct.
pub(crate) fn not_taken_back(why: NotDone) -> Failure {
    match why {
        NotDone::NotEnough { balance } => {
            Failure::with(ErrorCode::PointsUsedMeanwhile, &[("available", grouped(balance).into())])
        }
        why => not_done(why),
    }
}

/// The sentences of a file that is no key sheet; which line is wrong stands in the log.
pub(crate) fn no_key_sheet(why: NotAKeySheet) -> Failure {
    tracing::warn!(%why, "the file is no key sheet");
    Failure::of(ErrorCode::KeySheetInvalid)
}
