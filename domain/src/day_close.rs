//! What the paper of a day close (日計, row K7) says, line by line.
//!
//! Belongs here: its words and their order. Does not: what lies before a close and what it counts (the
//! cloud), fonts and millimetres (the printer).

mod words;

use crate::language::Language;
use crate::points::grouped;
use crate::receipt::{PaperLine, long_japan_time, marked_as_training, reprint_of_record};
use crate::terminal::TerminalId;
use crate::ticket::TicketState;
use words::Words;

/// What a day close counts, in the order of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayCloseKind {
    /// 利用.
    Use,
    /// 利用の取消.
    Void,
    /// 券の発行.
    IssueTicket,
    /// 券の再発行.
    ReissueTicket,
    /// 券の取消.
    VoidTicket,
    /// 消込.
    ClearTicket,
    /// 消込の取消.
    UnclearTicket,
    /// 商店街ポイント合算.
    MergePoints,
}

impl DayCloseKind {
    /// What it takes back, always between the same two closes.
    const fn takes_back(self) -> Option<Self> {
        match self {
            Self::Void => Some(Self::Use),
            Self::VoidTicket => Some(Self::IssueTicket),
            Self::UnclearTicket => Some(Self::ClearTicket),
            Self::Use | Self::IssueTicket | Self::ReissueTicket | Self::ClearTicket | Self::MergePoints => {
                None
            }
        }
    }
}

/// How many of the tickets that were issued or reissued are in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCloseTickets {
    /// The currency's name.
    pub currency: String,
    /// What they are.
    pub state: TicketState,
    /// How many.
    pub count: u32,
    /// Points over all of them, positive.
    pub points: i64,
}

/// How often, and how many points, of one kind and currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCloseCount {
    /// Of what.
    pub kind: DayCloseKind,
    /// The currency's name.
    pub currency: String,
    /// How many operations.
    pub count: u32,
    /// Points over all of them, positive.
    pub points: i64,
}

/// Everything on the paper of one day close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayClosePaper {
    /// 1, 2, 3 … per terminal.
    pub number: u32,
    /// The site's name.
    pub site: String,
    /// The terminal.
    pub terminal: TerminalId,
    /// When it was closed, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// When the close before it was; none = this is the first.
    pub since_ms: Option<i64>,
    /// One per kind and currency; kinds that did not occur are left out.
    pub counts: Vec<DayCloseCount>,
    /// One per currency and state, in the order of the paper; none where no ticket was issued or reissued.
    pub tickets: Vec<DayCloseTickets>,
    /// The head of the municipality's chain at the close: 64 hex digits.
    pub head: String,
    /// How often it was printed before; above 0 it says 再印刷.
    pub printed_before: u32,
    /// Whether it was made in training mode.
    pub training: bool,
}

impl DayClosePaper {
    /// The paper's lines, top to bottom.
    pub fn lines(&self, language: Language) -> Vec<PaperLine> {
        let words = words::words(language);
        let mut lines = Vec::new();
        if self.printed_before > 0 {
            lines.push(PaperLine::Boxed(reprint_of_record(self.printed_before, language)));
        }
        self.top(words, language, &mut lines);
        if self.counts.is_empty() {
            lines.extend([PaperLine::Text(words.nothing.into()), PaperLine::Rule]);
        }
        for of_one_kind in self.in_order().chunk_by(|one, next| one.kind == next.kind) {
            let Some(DayCloseCount { kind, .. }) = of_one_kind.first() else { continue };
            counts(words.kind(*kind), of_one_kind, words, &mut lines);
            lines.push(PaperLine::Rule);
            if let Some(taken_back) = kind.takes_back() {
                let net = self.net(taken_back, *kind);
                counts(words.net(taken_back), &net.iter().collect::<Vec<_>>(), words, &mut lines);
                lines.push(PaperLine::Rule);
            }
        }
        self.tickets(words, &mut lines);
        lines.push(PaperLine::Note(words.head.into()));
        lines.push(PaperLine::Note(in_eights(&self.head)));
        lines.push(PaperLine::Note(words.final_from_here.into()));
        if self.training { marked_as_training(lines, language) } else { lines }
    }

    fn top(&self, words: &Words, language: Language, lines: &mut Vec<PaperLine>) {
        let since = match self.since_ms {
            Some(since) => long_japan_time(since, language),
            None => words.first.into(),
        };
        lines.extend([
            PaperLine::Title(words.title.into()),
            PaperLine::Centred(words::number(self.number, language)),
            PaperLine::Rule,
            PaperLine::Text(self.site.clone()),
            PaperLine::SmallPair(words.terminal.into(), self.terminal.spaced()),
            PaperLine::SmallPair(words.closed.into(), long_japan_time(self.at_ms, language)),
            PaperLine::SmallPair(words.since.into(), since),
            PaperLine::Rule,
        ]);
    }

    /// What is left of a kind, by currency, where some of it was taken back.
    fn net(&self, kind: DayCloseKind, back: DayCloseKind) -> Vec<DayCloseCount> {
        let of_kind = self.counts.iter().filter(|count| count.kind == kind);
        let less = |count: &DayCloseCount| {
            let is_it = |other: &&DayCloseCount| other.kind == back && other.currency == count.currency;
            let (times, points) =
                self.counts.iter().find(is_it).map_or((0, 0), |back| (back.count, back.points));
            let (times, points) = (count.count.saturating_sub(times), count.points - points);
            DayCloseCount { count: times, points, ..count.clone() }
        };
        of_kind.map(less).collect()
    }

    /// What had become of the tickets, by currency.
    fn tickets(&self, words: &Words, lines: &mut Vec<PaperLine>) {
        if self.tickets.is_empty() {
            return;
        }
        lines.push(PaperLine::Strong(words.tickets.into()));
        for of_one_currency in self.tickets.chunk_by(|one, next| one.currency == next.currency) {
            lines.extend(of_one_currency.first().map(|one| PaperLine::Text(one.currency.clone())));
            for DayCloseTickets { state, count, points, .. } in of_one_currency {
                lines.push(PaperLine::Pair(words.counted(words.state(*state), *count), grouped(*points)));
            }
        }
        lines.push(PaperLine::Rule);
    }

    fn in_order(&self) -> Vec<&DayCloseCount> {
        let mut counts: Vec<_> = self.counts.iter().collect();
        counts.sort_by_key(|count| count.kind);
        counts
    }
}

/// One kind: its currencies, and their sum where there are several.
fn counts(heading: &str, of_one_kind: &[&DayCloseCount], words: &Words, lines: &mut Vec<PaperLine>) {
    lines.push(PaperLine::Strong(heading.into()));
    for DayCloseCount { currency, count, points, .. } in of_one_kind {
        lines.push(PaperLine::Pair(words.counted(currency, *count), grouped(*points)));
    }
    if of_one_kind.len() > 1 {
        let count = of_one_kind.iter().map(|count| count.count).sum();
        let points = of_one_kind.iter().map(|count| count.points).sum();
        lines.push(PaperLine::SumPair(words.counted(words.in_all, count), grouped(points)));
    }
}

/// A hash that can be read out: eight digits and a space.
fn in_eights(hash: &str) -> String {
    let digits: Vec<char> = hash.chars().collect();
    digits.chunks(8).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn count(kind: DayCloseKind, currency: &str, count: u32, points: i64) -> DayCloseCount {
        DayCloseCount { kind, currency: currency.into(), count, points }
    }

    fn paper() -> DayClosePaper {
        DayClosePaper {
            number: 12,
            site: "やまだ八百屋".into(),
            terminal: TerminalId::parse("12004431").unwrap(),
            at_ms: 1_795_152_720_000,
            since_ms: None,
            counts: vec![
                count(DayCloseKind::Void, "川崎市ポイント", 1, 500),
                count(DayCloseKind::Use, "川崎市ポイント", 12, 18_500),
                count(DayCloseKind::Use, "夏まつりポイント", 3, 900),
            ],
            tickets: vec![],
            head: "0123456789abcdef".repeat(4),
            printed_before: 0,
            training: false,
        }
    }

    fn pairs(lines: &[PaperLine]) -> Vec<(&str, &str)> {
        lines
            .iter()
            .filter_map(|line| match line {
                PaperLine::Pair(label, number) | PaperLine::SumPair(label, number) => {
                    Some((label.as_str(), number.as_str()))
                }
                _ => None,
            })
            .collect()
    }

    #[test]
    fn every_kind_stands_by_currency_and_adds_up() {
        assert_eq!(
            pairs(&paper().lines(Language::Ja)),
            [
                ("川崎市ポイント（12件）", "18,500"),
                ("夏まつりポイント（3件）", "900"),
                ("合計（15件）", "19,400"),
                ("川崎市ポイント（1件）", "500"),
                ("川崎市ポイント（11件）", "18,000"),
                ("夏まつりポイント（3件）", "900"),
                ("合計（14件）", "18,900"),
            ]
        );
    }

    #[test]
    fn what_is_left_is_said_where_something_was_taken_back_and_nowhere_else() {
        let headings = |paper: DayClosePaper| -> Vec<String> {
            let strong = |line| if let PaperLine::Strong(words) = line { Some(words) } else { None };
            paper.lines(Language::Ja).into_iter().filter_map(strong).collect()
        };
        assert_eq!(headings(paper()), ["ご利用", "ご利用の取消", "ご利用の差引"]);
        let nothing_back = vec![
            count(DayCloseKind::ClearTicket, "川崎市ポイント", 3, 900),
            count(DayCloseKind::IssueTicket, "川崎市ポイント", 2, 500),
        ];
        let both = [
            count(DayCloseKind::VoidTicket, "川崎市ポイント", 2, 500),
            count(DayCloseKind::UnclearTicket, "川崎市ポイント", 1, 300),
        ];
        let one = DayClosePaper { counts: nothing_back.clone(), ..paper() };
        assert_eq!(headings(one), ["ポイント券の発行", "ポイント券の消込"]);
        let other = DayClosePaper { counts: [nothing_back, both.into()].concat(), ..paper() };
        let lines = other.lines(Language::Ja);
        assert_eq!(
            pairs(&lines).into_iter().map(|(label, points)| format!("{label} {points}")).collect::<Vec<_>>(),
            [
                "川崎市ポイント（2件） 500",
                "川崎市ポイント（2件） 500",
                "川崎市ポイント（0件） 0",
                "川崎市ポイント（3件） 900",
                "川崎市ポイント（1件） 300",
                "川崎市ポイント（2件） 600",
            ]
        );
        assert_eq!(
            headings(other)[2..],
            ["ポイント券の発行の差引", "ポイント券の消込", "消込の取消", "ポイント券の消込の差引"]
        );
    }

    #[test]
    fn the_tickets_stand_by_currency_and_state() {
        let tickets = |currency: &str, state, count, points| DayCloseTickets {
            currency: currency.into(),
            state,
            count,
            points,
        };
        let paper = DayClosePaper {
            counts: vec![],
            tickets: vec![
                tickets("川崎市ポイント", TicketState::Open, 3, 1_500),
                tickets("川崎市ポイント", TicketState::Reissued, 1, 500),
                tickets("夏まつりポイント", TicketState::Voided, 1, 300),
            ],
            ..paper()
        };
        let lines = paper.lines(Language::Ja);
        let said = [("使えます（3件）", "1,500"), ("再発行済み（1件）", "500"), ("取消済み（1件）", "300")];
        assert_eq!(pairs(&lines), said);
        let place = |wanted: &str| lines.iter().position(|line| *line == PaperLine::Text(wanted.into()));
        assert!(place("川崎市ポイント") < place("夏まつりポイント"));
    }

    #[test]
    fn it_is_numbered_and_names_the_chains_head() {
        let lines = paper().lines(Language::Ja);
        assert!(lines.contains(&PaperLine::Centred("第12号".into())));
        let head = ["01234567 89abcdef"; 4].join(" ");
        assert!(lines.contains(&PaperLine::Note(head)));
    }

    #[test]
    fn a_day_without_operations_says_so() {
        let empty = DayClosePaper { counts: vec![], ..paper() };
        assert!(empty.lines(Language::Ja).contains(&PaperLine::Text("取引はありませんでした。".into())));
    }

    #[test]
    fn only_a_second_paper_says_that_it_is_one() {
        assert!(!paper().lines(Language::Ja).iter().any(|line| matches!(line, PaperLine::Boxed(_))));
        let again = DayClosePaper { printed_before: 1, ..paper() };
        assert_eq!(again.lines(Language::Ja)[0], PaperLine::Boxed("再印刷（1回目）".into()));
    }

    #[test]
    fn a_training_day_is_marked_at_both_ends() {
        let lines = DayClosePaper { training: true, ..paper() }.lines(Language::Ja);
        let mark = PaperLine::Boxed("訓練　この紙は使えません".into());
        assert_eq!((lines.first(), lines.last()), (Some(&mark), Some(&mark)));
    }

    #[test]
    fn both_languages_say_the_same_things_in_the_same_order() {
        let build = |lines: Vec<PaperLine>| -> Vec<_> { lines.iter().map(std::mem::discriminant).collect() };
        let again = DayClosePaper { printed_before: 1, training: true, ..paper() };
        assert_eq!(build(again.lines(Language::Ja)), build(again.lines(Language::En)));
    }
}
