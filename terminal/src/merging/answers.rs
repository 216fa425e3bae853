//! The streets' answers to their files (row K11): found in the folders, carried to the cloud, taken away once it
//! has them. Nobody here can read or make one. What another terminal carried, where two share a folder, the cloud says.

use super::file::file_of;
use super::past::MOST_SHOWN;
use crate::running::{Running, lock};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::{LONGEST_FILE, TransactionNumber};
use madoguchi_wire::failure::Failure;
use madoguchi_wire::terminal_api::{
    AcknowledgeMergeAnswer, AcknowledgeMergeRequest, MergeAnswered, MergeReception, MergeReceptions,
    MergeReceptionsRequest,
};
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How often the folders are looked into.
const EVERY: Duration = Duration::from_mins(1);

/// How often the cloud is asked also for what was received: a street books back within days, not minutes.
const RECEIVED_EVERY: Duration = Duration::from_hours(1);

/// A street answers within days; among so many merges its number is looked for.
const MOST_LOOKED_AT: u32 = 1_000;

/// Files in the folders that the cloud did not take for a street's answer: not sent again.
#[derive(Default)]
pub(crate) struct Disproved(Mutex<HashSet<PathBuf>>);

/// For which merges the cloud is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OpenMerges {
    /// Also for those that were received: another terminal may have carried that they were taken back. Once an hour, and
    /// where somebody opens the list.
    NotTakenBack,
    /// For those that the street has not received yet, as far as is known here.
    NotReceived,
}

impl OpenMerges {
    fn has(self, known: Option<MergeReception>) -> bool {
        match known {
            None | Some(MergeReception::UnknownMember | MergeReception::OtherContent) => true,
            Some(MergeReception::Received) => self == Self::NotTakenBack,
            Some(MergeReception::BookedBack | MergeReception::Declined) => false,
        }
    }
}

/// An answer that lies in a folder.
struct Found {
    street: IdProviderId,
    folder: PathBuf,
    name: String,
    content: Vec<u8>,
}

impl Running {
    /// Lays down files that are still owed and carries the streets' answers to the cloud as long as the counter runs.
    pub(crate) async fn look_after_merges(self: Arc<Self>) {
        let mut received_asked_at: Option<Duration> = None;
        loop {
            if let Err(failure) = self.put_files_late().await {
                tracing::debug!(code = failure.number, "files for the streets wait");
            }
            if let Err(failure) = self.carry_answers_once().await {
                tracing::debug!(code = failure.number, "the streets' answers wait");
            }
            let now = self.parts.clock.running();
            if received_asked_at.is_some_and(|at| now.saturating_sub(at) < RECEIVED_EVERY) {
                self.asked_for(OpenMerges::NotReceived).await;
            } else if self.asked_for(OpenMerges::NotTakenBack).await {
                received_asked_at = Some(now);
            }
            self.until_the_next_look().await;
        }
    }

    /// Meanwhile whoever opens the list is told what is known by now.
    async fn until_the_next_look(self: &Arc<Self>) {
        let mut next_look = self.parts.clock.sleep(EVERY);
        loop {
            tokio::select! {
                () = &mut next_look => return,
                () = self.merges_listed.notified() => {
                    self.asked_for(OpenMerges::NotTakenBack).await;
                }
            }
        }
    }

    /// Whether the cloud has said so.
    async fn asked_for(self: &Arc<Self>, which: OpenMerges) -> bool {
        match self.ask_receptions(which).await {
            Ok(asked) => asked,
            Err(failure) => {
                tracing::debug!(code = failure.number, "what streets answered is not known");
                false
            }
        }
    }

    /// What the streets have answered to the merges of this terminal that are open here; whether it was asked. At a
    /// counter that is locked nothing is: the cloud would only say so, and the lock would become a day that is over.
    async fn ask_receptions(self: &Arc<Self>, which: OpenMerges) -> Result<bool, Failure> {
        if self.signed_in().is_err() {
            return Ok(false);
        }
        let Ok(journal) = self.journal() else { return Ok(false) };
        let keys = self.blocking(move |_| {
            let mut keys = Vec::new();
            for merge in journal.merges(MOST_SHOWN)? {
                if which.has(journal.reception(merge.key)?) {
                    keys.push(merge.key);
                }
            }
            Ok(keys)
        });
        let request = MergeReceptionsRequest { keys: keys.await? };
        if request.keys.is_empty() {
            return Ok(true);
        }
        let answer: MergeReceptions = self.ask("merge_receptions", &request).await?;
        let journal = self.journal()?;
        let noted = self.blocking(move |_| {
            let mut is_news = false;
            for MergeAnswered { key, reception } in answer.receptions {
                let before = journal.reception(key)?;
                journal.note_reception(key, reception)?;
                is_news |= journal.reception(key)? != before;
            }
            Ok(is_news)
        });
        if noted.await? {
            self.tell_merges().await;
        }
        Ok(true)
    }

    async fn carry_answers_once(self: &Arc<Self>) -> Result<(), Failure> {
        if self.street_folders().is_empty() || self.signed_in().is_err() {
            return Ok(());
        }
        for found in self.blocking(|running| Ok(running.answers_in_folders())).await? {
            let acknowledgement = hex::encode(&found.content);
            let request = AcknowledgeMergeRequest { street: found.street, acknowledgement };
            let answer: AcknowledgeMergeAnswer = self.ask("acknowledge_merge", &request).await?;
            self.blocking(move |running| {
                running.answered(&found, &answer);
                Ok(())
            })
            .await?;
            self.tell_merges().await;
        }
        Ok(())
    }

    /// Blocks.
    fn answers_in_folders(&self) -> Vec<Found> {
        let folders = &self.parts.drivers.drop_folders;
        let mut found = Vec::new();
        for (street, folder) in self.street_folders() {
            let names = folders.names(&folder).unwrap_or_default();
            for name in names.into_iter().filter(|name| is_answer_of(street, name)) {
                if lock(&self.disproved.0).contains(&folder.join(&name)) {
                    continue;
                }
                if let Ok(Some(content)) = folders.read(&folder, &name, LONGEST_FILE) {
                    found.push(Found { street, folder: folder.clone(), name, content });
                }
            }
        }
        found
    }

    /// Of a merge of another terminal, whose folder this one shares, nothing is kept here.
    fn note_reception(&self, number: TransactionNumber, reception: MergeReception) -> Result<(), Failure> {
        let journal = self.journal()?;
        let merges = journal.merges(MOST_LOOKED_AT)?;
        let named = merges.iter().find(|intent| file_of(intent).is_some_and(|file| file.number == number));
        named.map_or(Ok(()), |merge| Ok(journal.note_reception(merge.key, reception)?))
    }

    /// Blocks.
    fn answered(&self, found: &Found, answer: &AcknowledgeMergeAnswer) {
        match answer {
            AcknowledgeMergeAnswer::Acknowledged { number, reception } => {
                if let Err(failure) = self.note_reception(*number, *reception) {
                    tracing::warn!(code = failure.number, "a street's answer could not be noted");
                }
                // The street may have laid down a later answer in its place meanwhile; that one is carried next.
                let lies = self.parts.drivers.drop_folders.read(&found.folder, &found.name, LONGEST_FILE);
                if !matches!(lies, Ok(Some(lies)) if lies == found.content) {
                    return;
                }
                // Carried twice it is the same.
                if let Err(fault) = self.parts.drivers.drop_folders.remove(&found.folder, &found.name) {
                    tracing::warn!(%fault, street = %found.street, "an answer could not be taken away");
                }
            }
            AcknowledgeMergeAnswer::NotGenuine => {
                tracing::warn!(street = %found.street, "a file in the folder is not the street's answer");
                lock(&self.disproved.0).insert(found.folder.join(&found.name));
            }
        }
    }
}

/// By its name; what is inside, the cloud finds out. A file that is not whole ends otherwise.
fn is_answer_of(street: IdProviderId, name: &str) -> bool {
    let number = name.strip_prefix(&format!("ack_{street}_")).and_then(|rest| rest.strip_suffix(".dat"));
    number.is_some_and(|number| TransactionNumber::parse(number).is_ok())
}
