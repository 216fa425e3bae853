//! 会員: finding, joining, the list, the history and its CSV.

use crate::failure::told;
use crate::member_id;
use crate::shop::{Open, Shop, Working, lock};
use madoguchi_domain::digits::to_half_width;
use madoguchi_domain::merge_file::StreetPointId;
use madoguchi_street::books::{Enrolled, HistoryLine, IdKind, MemberNumber, PostingKind, history_csv};
use madoguchi_wire::bridge::Learns;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::Printer;
use madoguchi_wire::window::street::{
    CardChargeOpen, HistorySought, ListedMember, MemberHistory, MemberId, MemberIdKind, MemberNamed,
    MemberOrder, MembersListed, MembersSought, SavedHistory, SoughtMember, StreetMember, StreetPosting,
    StreetPostingKind,
};
use std::path::PathBuf;

/// As many as a person pages through; a search finds the others.
const MOST_LISTED: usize = 500;
const MOST_LINES: u32 = 200;
const MOST_IN_CSV: u32 = 100_000;

impl Shop {
    /// `find_member`.
    pub async fn find_member(&self, sought: SoughtMember) -> Result<StreetMember, Failure> {
        self.for_the_clerk(move |open, working| {
            let id = id_typed(&sought.id)?;
            let member = working.books.member(&id).map_err(|fault| told(&fault))?;
            let member = member.ok_or_else(|| Failure::of(ErrorCode::MemberUnknown))?;
            open.member_of(working, member.number.get())
        })
        .await
    }

    /// `join_member`.
    pub async fn join_member(&self, sought: SoughtMember) -> Result<StreetMember, Failure> {
        self.for_the_clerk(move |open, working| {
            let id = id_typed(&sought.id)?;
            open.join(working, open.kind_of_merges(working), &id)
        })
        .await
    }

    /// `show_member`.
    pub async fn show_member(
        &self,
        HistorySought { member, before }: HistorySought,
    ) -> Result<MemberHistory, Failure> {
        self.for_the_clerk(move |open, working| {
            let member = open.member_of(working, member)?;
            let number = enrolled(working, member.member)?.number;
            let before = before.unwrap_or(i64::MAX);
            let lines = working.books.history_before(number, before, MOST_LINES + 1);
            let mut lines = lines.map_err(|fault| told(&fault))?;
            let has_earlier = lines.len() > usize::try_from(MOST_LINES).unwrap_or(usize::MAX);
            if has_earlier {
                lines.pop();
            }
            let id = member.ids.first().map(|id| id.id.clone()).unwrap_or_default();
            let lines = lines.iter().map(|line| open.posting_shown(line, id.clone())).collect();
            let id_changes = member_id::changes(open, working, number)?;
            Ok(MemberHistory { member, lines, has_earlier, id_changes })
        })
        .await
    }

    /// `list_members`.
    pub async fn list_members(&self, sought: MembersSought) -> Result<MembersListed, Failure> {
        self.for_the_clerk(move |open, working| {
            let roll = working.books.roll_of_all().map_err(|fault| told(&fault))?;
            let all = roll.len();
            let part = plain(&sought.part).to_ascii_lowercase();
            let has = |member: &Enrolled| {
                let holds = |id: &StreetPointId| id.as_str().to_ascii_lowercase().contains(&part);
                part.is_empty() || member.ids.iter().any(|known| holds(&known.id))
            };
            let mut found: Vec<ListedMember> =
                roll.iter().filter(|member| has(member)).map(|member| open.listed(member)).collect();
            sort(&mut found, sought.order);
            let number = found.len();
            found.truncate(MOST_LISTED);
            Ok(MembersListed { members: found, found: count(number), all: count(all) })
        })
        .await
    }

    /// `save_member_history`.
    pub async fn save_member_history(
        &self,
        MemberNamed { member }: MemberNamed,
    ) -> Result<SavedHistory, Failure> {
        self.for_the_clerk(move |open, working| {
            let member = enrolled(working, member)?;
            let lines = working.books.history(member.number, MOST_IN_CSV).map_err(|fault| told(&fault))?;
            // The name says whose it is by the books' number alone: folders are seen by others.
            let path = open.folder_of_files().join(format!("history-{}.csv", member.number.get()));
            let text = history_csv(&lines, open.language());
            std::fs::create_dir_all(open.folder_of_files())
                .and_then(|()| std::fs::write(&path, text))
                .map_err(|error| {
                    tracing::error!(%error, "the history could not be written");
                    Failure::of(ErrorCode::HistoryNotWritten)
                })?;
            Ok(SavedHistory { path: path.display().to_string() })
        })
        .await
    }
}

impl Open {
    /// A new member by an ID.
    pub(crate) fn join(
        &self,
        working: &Working,
        kind: IdKind,
        id: &StreetPointId,
    ) -> Result<StreetMember, Failure> {
        let joined = working.books.join(kind, id, self.now_ms()).map_err(|fault| told(&fault))?;
        let member = joined.map_err(|_| Failure::of(ErrorCode::MemberIdTaken))?;
        self.member_of(working, member.get())
    }

    /// What an ID is that a merge names, or by which somebody joins at the counter.
    pub(crate) fn kind_of_merges(&self, working: &Working) -> IdKind {
        let is_set = lock(&self.preferences).settings.keeps_mykey_ids;
        let learns = || self.pairing_shown(working).map(|pairing| pairing.learns);
        if is_set || learns() == Some(Learns::MykeyId) { IdKind::MykeyId } else { IdKind::PointId }
    }

    /// A member as the screens have one, with the key of the next act.
    pub(crate) fn member_of(&self, working: &Working, number: i64) -> Result<StreetMember, Failure> {
        let member = enrolled(working, number)?;
        Ok(StreetMember {
            member: number,
            balance: member.balance,
            joined_at_ms: member.joined_at_ms,
            key: self.new_key()?,
            open_charges: open_charges(working, member.number)?,
            ids: member.ids.iter().map(|known| self.id_shown(known.kind, &known.id)).collect(),
        })
    }

    /// A posting as the screens have one.
    pub(crate) fn posting_shown(&self, line: &HistoryLine, member_id: String) -> StreetPosting {
        StreetPosting {
            posting: line.posting,
            kind: kind_shown(line.kind),
            member: line.member.get(),
            member_id,
            change: line.change,
            balance: line.balance,
            at_ms: line.at_ms,
            voids: line.voids,
            voided_by: line.voided_by,
            merge: line.merge.map(|number| number.to_string()),
            can_be_voided: line.voided_by.is_none() && self.may_be_taken_back(line),
        }
    }

    /// One posting with its member's first ID.
    pub(crate) fn posting_of(&self, working: &Working, posting: i64) -> Result<StreetPosting, Failure> {
        let line = line_of(working, posting)?;
        Ok(self.posting_shown(&line, self.first_id(&enrolled(working, line.member.get())?)))
    }

    pub(crate) fn first_id(&self, member: &Enrolled) -> String {
        member.ids.first().map(|known| self.id_shown(known.kind, &known.id).id).unwrap_or_default()
    }

    /// An ID of the books. In a street that keeps MyKey IDs a member who joined by a number joined by one, also before
    /// that was said.
    pub(crate) fn id_shown(&self, kind: IdKind, id: &StreetPointId) -> MemberId {
        let keeps_mykey_ids = lock(&self.preferences).settings.keeps_mykey_ids;
        id_shown(if keeps_mykey_ids && kind == IdKind::PointId { IdKind::MykeyId } else { kind }, id)
    }

    fn listed(&self, member: &Enrolled) -> ListedMember {
        ListedMember {
            member: member.number.get(),
            id: self.first_id(member),
            balance: member.balance,
            joined_at_ms: member.joined_at_ms,
        }
    }

    /// Beside the receipts, or where those of a new PC go.
    fn folder_of_files(&self) -> PathBuf {
        match &lock(&self.preferences).settings.printer {
            Printer::Folder { path } => PathBuf::from(path.trim()),
            Printer::Queue { .. } | Printer::Receipt { .. } => self.parts.folders.papers.clone(),
        }
    }
}

/// What was typed, scanned or read: full-width characters as plain ones, no spaces.
pub(crate) fn id_typed(text: &str) -> Result<StreetPointId, Failure> {
    StreetPointId::parse(&plain(text)).map_err(|_| Failure::of(ErrorCode::MemberIdInvalid))
}

fn plain(text: &str) -> String {
    text.chars().map(to_half_width).filter(|c| !c.is_whitespace()).collect()
}

pub(crate) fn enrolled(working: &Working, number: i64) -> Result<Enrolled, Failure> {
    let member = working.books.enrolled(number).map_err(|fault| told(&fault))?;
    member.ok_or_else(|| Failure::of(ErrorCode::MemberUnknown))
}

pub(crate) fn line_of(working: &Working, posting: i64) -> Result<HistoryLine, Failure> {
    let line = working.books.posting(posting).map_err(|fault| told(&fault))?;
    line.ok_or_else(|| Failure::of(ErrorCode::StreetActMixedUp))
}

fn open_charges(working: &Working, member: MemberNumber) -> Result<Vec<CardChargeOpen>, Failure> {
    let charges = working.books.open_charges(member).map_err(|fault| told(&fault))?;
    let open = |(posting, key)| Ok(CardChargeOpen { key, points: -line_of(working, posting)?.change });
    charges.into_iter().map(open).collect()
}

/// A MyKey ID never reaches the window whole.
pub(crate) fn id_shown(kind: IdKind, id: &StreetPointId) -> MemberId {
    let whole = id.as_str();
    match kind {
        IdKind::PointId => MemberId { kind: MemberIdKind::PointId, id: whole.to_owned() },
        IdKind::Card => MemberId { kind: MemberIdKind::Card, id: whole.to_owned() },
        IdKind::MykeyId => {
            let end = whole.len().saturating_sub(4);
            let masked = "*".repeat(end);
            MemberId {
                kind: MemberIdKind::MykeyId,
                id: format!("{masked}{}", whole.get(end..).unwrap_or_default()),
            }
        }
    }
}

fn sort(members: &mut [ListedMember], order: MemberOrder) {
    match order {
        MemberOrder::Newest => members.sort_by_key(|member| std::cmp::Reverse(member.member)),
        MemberOrder::Id => members.sort_by(|a, b| a.id.cmp(&b.id)),
        MemberOrder::Balance => members.sort_by_key(|member| std::cmp::Reverse(member.balance)),
    }
}

pub(crate) const fn kind_shown(kind: PostingKind) -> StreetPostingKind {
    match kind {
        PostingKind::Merge => StreetPostingKind::Merge,
        PostingKind::Ticket => StreetPostingKind::Ticket,
        PostingKind::Purchase => StreetPostingKind::Purchase,
        PostingKind::Use => StreetPostingKind::Use,
        PostingKind::Charge => StreetPostingKind::Charge,
        PostingKind::Void => StreetPostingKind::Void,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
