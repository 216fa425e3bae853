//! Merges that took place: their files laid down late, what still lies in the folders, a file fetched again.

use super::file::file_of;
use crate::journal::{Intent, Journal};
use crate::operation::merge_of;
use crate::running::Running;
use madoguchi_domain::merge_file::file_name;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{MergeFile, MergeFileRequest, OperationAnswer};
use madoguchi_wire::window::{MergeFileState, MergeOfOperation, MergeShown, MergesOfTheTerminal, Notice};
use std::sync::Arc;

/// As many as a shop makes in days.
pub(super) const MOST_SHOWN: u32 = 50;

impl Running {
    /// The file of a merge whose fate became known just now. The fate stands in the journal already, so that a
    /// power cut in between is made good at the next start.
    pub(crate) async fn put_file_of(self: &Arc<Self>, journal: &Journal, mut intent: Intent) -> Intent {
        let (journal, unput) = (journal.clone(), intent.clone());
        let put = self.blocking(move |running| Ok(running.put_file_in_answer(&journal, &unput))).await;
        if let Ok(Some(MergeFileState::Put { .. })) = put {
            intent.file_put = true;
        }
        intent
    }

    /// Lays down what could not be laid down when it was merged, where its folder takes it by now. Each merge by itself:
    /// one that goes wrong keeps no other waiting.
    pub(super) async fn put_files_late(self: &Arc<Self>) -> Result<(), Failure> {
        let Ok(journal) = self.journal() else { return Ok(()) };
        let unput = self.blocking(move |running| {
            let mut unput = journal.merges_without_file()?;
            unput.retain(|intent| file_of(intent).is_some_and(|file| running.takes_files_of(file.street)));
            Ok(unput)
        });
        for intent in unput.await? {
            let key = intent.key;
            if let Err(failure) = self.put_file_late(intent).await {
                tracing::debug!(code = failure.number, %key, "a file for a street waits");
            }
        }
        Ok(())
    }

    async fn put_file_late(self: &Arc<Self>, intent: Intent) -> Result<(), Failure> {
        let Some(kept) = file_of(&intent).cloned() else { return Ok(()) };
        let file = self.file_as_of_now(intent.key, kept).await?;
        let (journal, key) = (self.journal()?, intent.key);
        let put = self.blocking(move |running| Ok(running.put_file(&journal, &intent, &file))).await?;
        if let MergeFileState::Put { name } = put {
            self.tell_of_file(key, name);
            self.tell_merges().await;
        }
        Ok(())
    }

    /// The file of a merge as the cloud seals it now: the key of the one that was kept may be retired at the street.
    /// The one that was kept where the cloud gives none, whatever the reason: the points have moved, and the street must
    /// get its file also from a terminal that nobody has signed in to or that may merge no more. Only where the cloud
    /// knows of no such merge there is none to lay down.
    async fn file_as_of_now(
        self: &Arc<Self>,
        key: OperationKey,
        kept: MergeFile,
    ) -> Result<MergeFile, Failure> {
        if self.signed_in().is_err() {
            // The cloud would only say so, and a lock would become a day that is over.
            return Ok(kept);
        }
        match self.ask("merge_file", &MergeFileRequest { key }).await.map_err(Failure::from) {
            Err(failure) if failure.code != ErrorCode::UnknownOperation => {
                tracing::info!(code = failure.number, %key, "a file for a street is laid down as it was kept");
                Ok(kept)
            }
            asked => asked,
        }
    }

    fn tell_of_file(&self, key: OperationKey, name: String) {
        self.operation.file_put(key, name);
        if let Some(last) = self.operation.last().filter(|last| last.key == key) {
            self.notices.tell(&Notice::LastOperation(last));
        }
    }

    fn put_file_in_answer(&self, journal: &Journal, intent: &Intent) -> Option<MergeFileState> {
        file_of(intent).map(|file| self.put_file(journal, intent, file))
    }

    /// 画面 39: the newest merges of this terminal, each with what became of its file. The cloud is asked what the streets
    /// have answered since; the window is told once it has said so.
    pub(crate) async fn list_merges(self: &Arc<Self>) -> Result<MergesOfTheTerminal, Failure> {
        self.signed_in()?;
        let shown = self.merges_shown().await?;
        self.merges_listed.notify_one();
        Ok(shown)
    }

    /// Tells the window what it shows where the list is open.
    pub(super) async fn tell_merges(self: &Arc<Self>) {
        if self.signed_in().is_err() {
            return;
        }
        match self.merges_shown().await {
            Ok(shown) => self.notices.tell(&Notice::Merges(shown)),
            Err(failure) => tracing::warn!(code = failure.number, "the merges could not be told"),
        }
    }

    async fn merges_shown(self: &Arc<Self>) -> Result<MergesOfTheTerminal, Failure> {
        let journal = self.journal()?;
        let merges = self.blocking(move |running| {
            let intents = journal.merges(MOST_SHOWN)?;
            let mut shown: Vec<_> = intents.iter().filter_map(|intent| running.merge_shown(intent)).collect();
            for merge in &mut shown {
                merge.reception = journal.reception(merge.key)?;
            }
            Ok(shown)
        });
        Ok(MergesOfTheTerminal { merges: merges.await? })
    }

    fn merge_shown(&self, intent: &Intent) -> Option<MergeShown> {
        let Some(OperationAnswer::Done(done)) = &intent.answer else { return None };
        let file = done.merge.as_ref()?;
        let merge = merge_of(intent)?;
        let state = if intent.file_put { self.seen_in_folder(file) } else { merge.file.clone() };
        Some(MergeShown {
            key: intent.key,
            at_ms: done.at_ms,
            points: intent.points,
            masked_mykey_id: intent.masked_mykey_id.clone(),
            merge: MergeOfOperation { file: state, ..merge },
            reception: None,
        })
    }

    fn seen_in_folder(&self, file: &MergeFile) -> MergeFileState {
        let name = file_name(file.street, file.number);
        let seen =
            self.street_folder(file.street).map(|folder| self.parts.drivers.drop_folders.names(&folder));
        match seen {
            Some(Ok(names)) if names.contains(&name) => MergeFileState::Lies { name },
            Some(Ok(_)) => MergeFileState::Taken,
            Some(Err(_)) | None => MergeFileState::Unseen,
        }
    }

    /// Lays the file of a merge down once more (row F8): fetched from the cloud, or, where that is away, as it
    /// was when it was merged. The street knows it by its number, so nothing is received twice.
    pub(crate) async fn put_merge_file(
        self: &Arc<Self>,
        key: OperationKey,
    ) -> Result<MergeOfOperation, Failure> {
        self.signed_in()?;
        let mut intent = self.intent_of(key).await?;
        let kept = file_of(&intent).cloned().ok_or_else(|| Failure::of(ErrorCode::UnknownOperation))?;
        let file = self.file_as_of_now(key, kept).await?;
        let (journal, unput) = (self.journal()?, intent.clone());
        let put = self.blocking(move |running| Ok(running.put_file(&journal, &unput, &file))).await?;
        match put {
            MergeFileState::Put { name } => {
                intent.file_put = true;
                self.tell_of_file(key, name);
                merge_of(&intent).ok_or_else(|| Failure::of(ErrorCode::UnknownOperation))
            }
            MergeFileState::NotPut { failure } => Err(failure),
            _ => Err(Failure::of(ErrorCode::Unforeseen)),
        }
    }
}
