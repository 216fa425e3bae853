//! What one pass over the folder did, in numbers.

use crate::books::Verdict;
use madoguchi_domain::merge_file::MergeRecord;

/// Counts of files, and the points that were added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files whose points were added.
    pub received: u64,
    /// Those points.
    pub points: i64,
    /// Files that had been received before.
    pub already_received: u64,
    /// Files of what was booked back or declined: nothing was added.
    pub taken_back: u64,
    /// Files of nobody who is known; in quarantine.
    pub unknown_member: u64,
    /// Files whose number came before with another record; in quarantine, and an alarm.
    pub other_content: u64,
    /// Files that do not open or are not genuine; in quarantine.
    pub not_genuine: u64,
    /// Files that could not be read or moved now and still lie where they lay.
    pub unreadable: u64,
}

impl Tally {
    /// Whether there is nothing to say.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Whether all there is to say is of files that stay: the next pass meets them again.
    pub fn is_of_those_that_stay(&self) -> bool {
        *self == Self { unreadable: self.unreadable, ..Self::default() }
    }

    /// Files that went into quarantine.
    pub fn set_aside(&self) -> u64 {
        self.unknown_member + self.other_content + self.not_genuine
    }

    pub(super) fn count(&mut self, verdict: Verdict, record: Option<&MergeRecord>) {
        match verdict {
            Verdict::Received => {
                self.received += 1;
                self.points += record.map_or(0, |record| record.points.get());
            }
            Verdict::AlreadyReceived => self.already_received += 1,
            Verdict::TakenBack => self.taken_back += 1,
            Verdict::UnknownMember => self.unknown_member += 1,
            Verdict::OtherContent => self.other_content += 1,
            Verdict::NotGenuine => self.not_genuine += 1,
        }
    }
}
