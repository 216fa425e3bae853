//! The office's list of members, one ID a line, as it stands now: who is on it receives, whoever was on it before.

use crate::trouble::Trouble;
use madoguchi_domain::merge_file::StreetPointId;
use madoguchi_street::books::Admission;
use std::collections::BTreeSet;
use std::path::Path;

/// The list as it was read last, or none.
#[derive(Default)]
pub(crate) struct Members {
    text: Option<String>,
    ids: Option<BTreeSet<StreetPointId>>,
    /// Whether all that lies in quarantine was held against it.
    is_tried: bool,
}

impl Members {
    /// Reads the list anew, where there is one.
    pub(crate) fn read(&mut self, list: Option<&Path>) -> Result<(), Trouble> {
        let Some(list) = list else { return Ok(()) };
        let text = std::fs::read_to_string(list).map_err(Trouble::MembersUnreadable)?;
        if self.text.as_ref() != Some(&text) {
            self.ids = Some(ids(&text)?);
            self.text = Some(text);
            self.is_tried = false;
        }
        Ok(())
    }

    /// Whose points are taken in: everybody's where there is no list.
    pub(crate) fn admission(&self) -> Admission<'_> {
        self.ids.as_ref().map_or(Admission::Everybody, Admission::Listed)
    }

    /// Whether what lies in quarantine has to be tried: a start may have brought other keys, another list, or none.
    pub(crate) fn are_news(&self) -> bool {
        !self.is_tried
    }

    /// Everything in quarantine was tried.
    pub(crate) fn were_tried(&mut self) {
        self.is_tried = true;
    }
}

fn ids(text: &str) -> Result<BTreeSet<StreetPointId>, Trouble> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| StreetPointId::parse(line.trim()).map_err(|_| Trouble::NotAMember(at + 1)))
        .collect()
}
