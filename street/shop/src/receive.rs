//! 合算ポイント受取: `look_at_drop_folder` and `receive_merges`.

use crate::failure::told;
use crate::member::id_shown;
use crate::shop::{Open, Shop, Working, lock};
use madoguchi_domain::merge_file::{MergeRecord, StreetPointId};
use madoguchi_street::Fault;
use madoguchi_street::books::{Admission, IdKind, SetAside, SetAsideReason, Verdict};
use madoguchi_street::receiving::{DropFolder, FILES_PER_COMMIT, LocalFolder, Receiving, Taken, Tally};
use madoguchi_wire::failure::Failure;
use madoguchi_wire::window::street::{
    DropFolderShown, FileSetAside, FileVerdict, MergesReceived, ReceivedFile,
};
use std::path::Path;

/// As many files as a person looks through.
const MOST_SHOWN: usize = 200;
/// As many files of quarantine are searched and sorted on the screen.
const MOST_SET_ASIDE: u32 = 1_000;

/// What a pass over the folder is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pass {
    /// Somebody pressed the button: also what lies in quarantine is tried again.
    Pressed,
    /// The folder is watched: what waits.
    Watched,
}

impl Shop {
    /// `look_at_drop_folder`.
    pub async fn look_at_drop_folder(&self) -> Result<DropFolderShown, Failure> {
        self.for_the_clerk(|open, working| {
            let folder = open.drop_folder();
            let agreed = LocalFolder::at(Path::new(&folder));
            let waiting = agreed.waiting();
            // That it can be looked into does not say that what waits can be taken in.
            let fault = match &waiting {
                Ok(names) if names.is_empty() => None,
                Ok(_) => agreed.prepare().err(),
                Err(error) => Some(copy_of(error)),
            };
            let failure = fault.map(|error| told(&Fault::from(error)));
            let set_aside = working.books.set_aside(MOST_SET_ASIDE);
            Ok(DropFolderShown {
                waiting: count(waiting.map_or(0, |names| names.len())),
                failure,
                set_aside: set_aside
                    .map_err(|fault| told(&fault))?
                    .into_iter()
                    .map(|file| file_shown(file, open.kind_of_merges(working)))
                    .collect(),
                folder,
            })
        })
        .await
    }

    /// `receive_merges`.
    pub async fn receive_merges(&self) -> Result<MergesReceived, Failure> {
        self.for_the_clerk(|open, working| open.receive(working, Pass::Pressed)).await
    }
}

impl Open {
    pub(crate) fn drop_folder(&self) -> String {
        lock(&self.preferences).settings.drop_folder.clone()
    }

    /// Lays down the answers that are owed. They stand in the books already: where the folder is away, the next pass
    /// answers, and until then the merge is shown as not answered.
    pub(crate) fn lay_answers(&self, working: &Working) {
        let Ok(keys) = working.keys(self) else { return };
        let _one_at_a_time = lock(&self.receiving);
        let folder = LocalFolder::at(Path::new(&self.drop_folder()));
        let (admission, files_per_commit) = (Admission::Members, FILES_PER_COMMIT);
        let receiving =
            Receiving { books: &working.books, keys: &keys, folder: &folder, admission, files_per_commit };
        if let Err(fault) = receiving.answer() {
            tracing::warn!(%fault, "an answer waits for the next pass");
        }
    }

    /// One pass. A fault in the middle is told with what was taken in before it.
    pub(crate) fn receive(&self, working: &Working, pass: Pass) -> Result<MergesReceived, Failure> {
        let keys = working.keys(self)?;
        self.heed(&keys)?;
        let _one_at_a_time = lock(&self.receiving);
        let folder = LocalFolder::at(Path::new(&self.drop_folder()));
        let receiving = Receiving {
            books: &working.books,
            keys: &keys,
            folder: &folder,
            admission: Admission::Members,
            files_per_commit: FILES_PER_COMMIT,
        };
        let at_ms = self.now_ms();
        let (mut files, mut counted) = (Vec::new(), Counted::default());
        let kind = self.kind_of_merges(working);
        let mut tell = |taken: Taken<'_>| {
            counted.count(&taken);
            if files.len() < MOST_SHOWN {
                files.push(self.file_received(working, &taken, kind));
            }
        };
        let passed = match pass {
            Pass::Pressed => receiving.receive_set_aside_each(at_ms, &mut tell),
            Pass::Watched => receiving.receive_each(at_ms, &mut tell),
        };
        Ok(counted.with(at_ms, files, passed))
    }

    fn file_received(&self, working: &Working, taken: &Taken<'_>, of_strangers: IdKind) -> ReceivedFile {
        // Who it was is not worth a pass that stops here: the balance stands in the books.
        let member = taken.record.and_then(|record| working.books.member(&record.point_id).ok().flatten());
        let id = |record: &MergeRecord| {
            let kind = kind_known(working, &record.point_id).unwrap_or(of_strangers);
            self.id_shown(kind, &record.point_id)
        };
        ReceivedFile {
            name: taken.name.to_string_lossy().into_owned(),
            verdict: of_verdict(taken.verdict),
            points: taken.record.map(|record| record.points.get()),
            number: taken.record.map(|record| record.number.to_string()),
            member_id: taken.record.map(id),
            member: member.map(|member| member.number.get()),
        }
    }
}

#[derive(Default)]
struct Counted {
    received: u32,
    points: i64,
    already_received: u32,
    set_aside: u32,
    other_content: u32,
}

impl Counted {
    /// All that a pass did. Of files that stay where they lie only the tally of a whole pass knows.
    fn with(self, at_ms: i64, files: Vec<ReceivedFile>, passed: Result<Tally, Fault>) -> MergesReceived {
        let (unreadable, other_content) = passed
            .as_ref()
            .map_or((0, self.other_content), |tally| (most(tally.unreadable), most(tally.other_content)));
        MergesReceived {
            at_ms,
            files,
            received: self.received,
            points: self.points,
            already_received: self.already_received,
            set_aside: self.set_aside,
            other_content,
            unreadable,
            failure: passed.err().map(|fault| told(&fault)),
        }
    }

    fn count(&mut self, taken: &Taken<'_>) {
        match taken.verdict {
            Verdict::Received => {
                self.received += 1;
                self.points += taken.record.map_or(0, |record| record.points.get());
            }
            Verdict::AlreadyReceived | Verdict::TakenBack => self.already_received += 1,
            Verdict::OtherContent => {
                self.set_aside += 1;
                self.other_content += 1;
            }
            Verdict::UnknownMember | Verdict::NotGenuine => self.set_aside += 1,
        }
    }
}

/// A file in quarantine. Whoever is no member yet has the kind of ID that the street's merges name.
pub(crate) fn file_shown(file: SetAside, kind: IdKind) -> FileSetAside {
    FileSetAside {
        name: file.name,
        verdict: of_reason(file.reason),
        number: file.number.map(|number| number.to_string()),
        at_ms: file.at_ms,
        member_id: file.point_id.map(|id| id_shown(kind, &id)),
    }
}

/// As what an ID stands in the books.
fn kind_known(working: &Working, id: &StreetPointId) -> Option<IdKind> {
    let member = working.books.member(id).ok().flatten()?;
    let ids = working.books.enrolled(member.number.get()).ok().flatten()?.ids;
    ids.into_iter().find(|known| known.id == *id).map(|known| known.kind)
}

const fn of_verdict(verdict: Verdict) -> FileVerdict {
    match verdict {
        Verdict::Received => FileVerdict::Received,
        Verdict::AlreadyReceived => FileVerdict::AlreadyReceived,
        Verdict::TakenBack => FileVerdict::TakenBack,
        Verdict::UnknownMember => FileVerdict::UnknownMember,
        Verdict::OtherContent => FileVerdict::OtherContent,
        Verdict::NotGenuine => FileVerdict::NotGenuine,
    }
}

const fn of_reason(reason: SetAsideReason) -> FileVerdict {
    match reason {
        SetAsideReason::NotGenuine => FileVerdict::NotGenuine,
        SetAsideReason::UnknownMember => FileVerdict::UnknownMember,
        SetAsideReason::OtherContent => FileVerdict::OtherContent,
    }
}

fn count(files: usize) -> u32 {
    u32::try_from(files).unwrap_or(u32::MAX)
}

fn most(files: u64) -> u32 {
    u32::try_from(files).unwrap_or(u32::MAX)
}

fn copy_of(error: &std::io::Error) -> std::io::Error {
    std::io::Error::new(error.kind(), error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_other_content_is_an_alarm_also_where_its_file_stays() {
        let tally = Tally { other_content: 1, unreadable: 1, ..Tally::default() };
        let received = Counted::default().with(0, Vec::new(), Ok(tally));
        assert_eq!((received.other_content, received.unreadable, received.set_aside), (1, 1, 0));
        let cut_off = Counted { set_aside: 1, other_content: 1, ..Counted::default() };
        let received = cut_off.with(0, Vec::new(), Err(Fault::AnotherStreet));
        assert_eq!((received.other_content, received.failure.is_some()), (1, true));
    }
}
