//! Laying down what a PC starts with, and taking away what it kept: the verbs of whoever sets PCs up.
//!
//! Belongs here: which folder. Does not belong here: what may be laid down (`terminal`), the names in the credential
//! store (`pc`).
//! No counter is opened for them: a setup calls them where none has ever been.

use crate::command_line::LayDownSettings;
use crate::outcome::{Outcome, both};
use madoguchi_terminal::cloud::HttpsLines;
use madoguchi_terminal::{Folders, LaidDown, lay_down_settings, start_with_pc_unless_said};
use madoguchi_wire::failure::{ErrorCode, Failure};
use serde_json::json;
use std::path::PathBuf;

/// Lays settings down where there are none.
pub(crate) fn lay_down(told: &LayDownSettings, folders: Folders) -> Result<Outcome, Failure> {
    let folder = folder(folders, told.for_all);
    let became = lay_down_settings(&told.file, told.authority.as_deref(), &folder, &HttpsLines::default())?;
    Ok(laid(became))
}

/// Chooses that the program starts with the PC, where nobody has chosen.
pub(crate) fn start_with_pc(for_all: bool, folders: Folders) -> Result<Outcome, Failure> {
    Ok(laid(start_with_pc_unless_said(&folder(folders, for_all))?))
}

/// Empties this user's part of the credential store.
pub(crate) async fn forget_keys() -> Result<Outcome, Failure> {
    // The store's own way there may wait for a thread.
    let forgotten = tokio::task::spawn_blocking(madoguchi_pc::forget_keys).await;
    let forgotten = forgotten
        .map_err(|_| Failure::of(ErrorCode::Unforeseen))?
        .map_err(|_| Failure::of(ErrorCode::VaultAbsent))?;
    let sentence = both("このパソコンの鍵を消しました。", "The keys on this PC are gone.");
    Ok(Outcome::done(&json!({ "forgotten": forgotten }), vec![sentence]))
}

/// Settings of all users are not followed where a folder was told, so that they are not written there either.
fn folder(folders: Folders, for_all: bool) -> PathBuf {
    let Folders { settings, settings_for_all, .. } = folders;
    if for_all { settings_for_all.unwrap_or(settings) } else { settings }
}

fn laid(became: LaidDown) -> Outcome {
    let (is_new, sentence) = match became {
        LaidDown::New => (true, both("設定を置きました。", "The settings are laid down.")),
        LaidDown::StaysAsItWas => (
            false,
            both("前からある設定をそのまま残しました。", "The settings that were there stay as they are."),
        ),
    };
    Outcome::done(&json!({ "new": is_new }), vec![sentence])
}
