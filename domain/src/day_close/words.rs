//! The words of a day close's paper in each language.

use super::DayCloseKind;
use crate::language::Language;
use crate::ticket::TicketState;

/// What the paper calls its parts.
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) terminal: &'static str,
    pub(super) closed: &'static str,
    pub(super) since: &'static str,
    pub(super) first: &'static str,
    pub(super) nothing: &'static str,
    pub(super) in_all: &'static str,
    pub(super) head: &'static str,
    pub(super) final_from_here: &'static str,
    /// Above the tickets by state.
    pub(super) tickets: &'static str,
    kinds: [&'static str; 8],
    nets: [&'static str; 3],
    states: [&'static str; 5],
    language: Language,
}

const JA: Words = Words {
    title: "日計",
    terminal: "端末",
    closed: "締め",
    since: "前回の締め",
    first: "これが1回目",
    nothing: "取引はありませんでした。",
    in_all: "合計",
    head: "締めたときの台帳の記録番号",
    final_from_here: "この日計より前の取引は、この端末では取り消せません。",
    tickets: "発行した券の、締めたときの状態",
    kinds: [
        "ご利用",
        "ご利用の取消",
        "ポイント券の発行",
        "ポイント券の再発行",
        "ポイント券の取消",
        "ポイント券の消込",
        "消込の取消",
        "商店街ポイントへの合算",
    ],
    nets: ["ご利用の差引", "ポイント券の発行の差引", "ポイント券の消込の差引"],
    states: ["使えます", "消込済み", "失効", "再発行済み", "取消済み"],
    language: Language::Ja,
};

const EN: Words = Words {
    title: "Day close",
    terminal: "Terminal",
    closed: "Closed",
    since: "Close before",
    first: "This is the first",
    nothing: "There were no transactions.",
    in_all: "In all",
    head: "Record of the books at the close",
    final_from_here: "What lies before this close can no longer be voided at this terminal.",
    tickets: "Tickets issued, by state at the close",
    kinds: [
        "Used",
        "Uses voided",
        "Tickets issued",
        "Tickets reissued",
        "Tickets voided",
        "Tickets cleared",
        "Clearings taken back",
        "Merged into a street's points",
    ],
    nets: ["Used, net", "Tickets issued, net", "Tickets cleared, net"],
    states: ["Good", "Cleared", "Lapsed", "Reissued", "Voided"],
    language: Language::En,
};

pub(super) const fn words(language: Language) -> &'static Words {
    match language {
        Language::Ja => &JA,
        Language::En => &EN,
    }
}

/// 第12号.
pub(super) fn number(number: u32, language: Language) -> String {
    match language {
        Language::Ja => format!("第{number}号"),
        Language::En => format!("No. {number}"),
    }
}

impl Words {
    pub(super) const fn kind(&self, kind: DayCloseKind) -> &'static str {
        let [used, voided, issued, reissued, ticket_voided, cleared, taken_back, merged] = self.kinds;
        match kind {
            DayCloseKind::Use => used,
            DayCloseKind::Void => voided,
            DayCloseKind::IssueTicket => issued,
            DayCloseKind::ReissueTicket => reissued,
            DayCloseKind::VoidTicket => ticket_voided,
            DayCloseKind::ClearTicket => cleared,
            DayCloseKind::UnclearTicket => taken_back,
            DayCloseKind::MergePoints => merged,
        }
    }

    /// ご利用の差引: what is left of a kind of which some was taken back.
    pub(super) const fn net(&self, kind: DayCloseKind) -> &'static str {
        let [used, issued, cleared] = self.nets;
        match kind {
            DayCloseKind::IssueTicket => issued,
            DayCloseKind::ClearTicket => cleared,
            _ => used,
        }
    }

    /// 使えます.
    pub(super) const fn state(&self, state: TicketState) -> &'static str {
        let [open, cleared, lapsed, reissued, voided] = self.states;
        match state {
            TicketState::Open => open,
            TicketState::Cleared => cleared,
            TicketState::Lapsed => lapsed,
            TicketState::Reissued => reissued,
            TicketState::Voided => voided,
        }
    }

    /// 川崎市ポイント（12件）.
    pub(super) fn counted(&self, what: &str, count: u32) -> String {
        match self.language {
            Language::Ja => format!("{what}（{count}件）"),
            Language::En => format!("{what} ({count})"),
        }
    }
}
