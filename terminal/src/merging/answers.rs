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

/// A street answers within days; among so many merges its number is looked for.
const MOST_LOOKED_AT: u32 = 1_000;

/// Files in the folders that the cloud did not take for a street's answer: not sent again.
#[derive(Default)]
pub(crate) struct Disproved(Mutex<HashSet<PathBuf>>);

/// For which merges the cloud is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OpenMerges {
    /// Also for those that were received: another terminal may have carried that they were taken back. Once a start.
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
        let mut asks_for = OpenMerges::NotTakenBack;
        loop {
            if let Err(failure) = self.put_files_late().await {
                tracing::debug!(code = failure.number, "files for the streets wait");
            }
            if let Err(failure) = self.carry_answers_once().await {
                tracing::debug!(code = failure.number, "the streets' answers wait");
            }
            match self.ask_receptions(asks_for).await {
                Ok(()) => asks_for = OpenMerges::NotReceived,
                Err(failure) => tracing::debug!(code = failure.number, "what streets answered is not known"),
            }
            self.parts.clock.sleep(EVERY).await;
        }
    }

    /// What the streets have answered to the merges of this terminal that are open here.
    async fn ask_receptions(self: &Arc<Self>, which: OpenMerges) -> Result<(), Failure> {
        let Ok(journal) = self.journal() else { return Ok(()) };
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
            return Ok(());
        }
        let answer: MergeReceptions = self.ask("merge_receptions", &request).await?;
        let journal = self.journal()?;
        self.blocking(move |_| {
            for MergeAnswered { key, reception } in answer.receptions {
                journal.note_reception(key, reception)?;
            }
            Ok(())
        })
        .await
    }

    async fn carry_answers_once(self: &Arc<Self>) -> Result<(), Failure> {
        if self.street_folders().is_empty() {
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
