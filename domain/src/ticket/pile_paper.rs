//! The list of the tickets cleared for one site in one sitting (row E3): what the site gets with its sum.
//!
//! The numbers stand in full: the paper goes to the site whose stamp they bear, and they are cleared.

use super::TicketNumber;
use crate::language::Language;
use crate::points::grouped;
use crate::receipt::{PaperLine, long_japan_time, marked_as_training, reprint_of_record, training_mark};
use std::fmt;

/// A cleared ticket on the list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ClearedTicket {
    /// 発券番号.
    pub number: TicketNumber,
    /// Its points.
    pub points: i64,
}

impl fmt::Debug for ClearedTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClearedTicket(..)")
    }
}

/// Everything on the list of one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClearedPile {
    /// The site whose stamp the tickets bear, and which is paid.
    pub site: String,
    /// The site that cleared them.
    pub cleared_at: String,
    /// When the pile was finished, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// The tickets, in the order they were scanned.
    pub tickets: Vec<ClearedTicket>,
    /// Scanned tickets that were not yet confirmed when this was printed: in neither count nor sum.
    pub unconfirmed: u32,
    /// How often it was printed before; above 0 it says 再印刷.
    pub printed_before: u32,
    /// Whether it says anything else than a paper printed before: then it says 改訂.
    pub revised: bool,
    /// Whether it was made in training mode.
    pub training: bool,
}

/// The words of the list, for a paper of several pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PileWords {
    /// 消込済みポイント券の一覧.
    pub title: String,
    /// The site.
    pub site: String,
    /// みなみ商工会 2026年11月20日（金）14:32.
    pub cleared: String,
    /// Over the columns: number in the list, ticket, points, sum so far.
    pub columns: [String; 4],
    /// 合計 312枚.
    pub total: String,
    /// 312,000ポイント.
    pub points: String,
    /// What is not in it, if anything is missing.
    pub unconfirmed: Option<String>,
    /// 再印刷.
    pub reprint: Option<String>,
    /// 訓練.
    pub training: Option<String>,
}

impl ClearedPile {
    /// Points over all tickets.
    pub fn points(&self) -> i64 {
        self.tickets.iter().map(|ticket| ticket.points).sum()
    }

    /// The list on a narrow paper, top to bottom.
    pub fn lines(&self, language: Language) -> Vec<PaperLine> {
        let words = self.words(language);
        let mut lines = Vec::new();
        lines.extend(words.reprint.map(PaperLine::Boxed));
        lines.extend([
            PaperLine::Title(words.title),
            PaperLine::Rule,
            PaperLine::Strong(words.site),
            PaperLine::Text(words.cleared),
            PaperLine::Rule,
        ]);
        lines.extend(
            self.tickets
                .iter()
                .map(|ticket| PaperLine::SmallPair(ticket.number.spaced(), grouped(ticket.points))),
        );
        lines.push(PaperLine::SumPair(words.total, words.points));
        lines.extend(words.unconfirmed.map(PaperLine::Note));
        if self.training { marked_as_training(lines, language) } else { lines }
    }

    /// That it is not the first, and whether it says anything else than those before.
    fn reprint(&self, language: Language) -> String {
        let again = reprint_of_record(self.printed_before, language);
        match (self.revised, language) {
            (false, _) => again,
            (true, Language::Ja) => format!("改訂　{again}"),
            (true, Language::En) => format!("Revised, {again}"),
        }
    }

    /// The words in a language.
    pub fn words(&self, language: Language) -> PileWords {
        let (count, points) = (self.tickets.len(), grouped(self.points()));
        let unconfirmed = (self.unconfirmed > 0).then_some(self.unconfirmed);
        let time = long_japan_time(self.at_ms, language);
        let (title, columns, total, points, unconfirmed) = match language {
            Language::Ja => (
                "ポイント券の消込明細",
                ["", "券の番号", "ポイント", "ここまでの合計"],
                format!("合計 {count}枚"),
                format!("{points}ポイント"),
                unconfirmed.map(|count| {
                    format!("ほかに確認中の券が{count}枚あります。この合計には入っていません。")
                }),
            ),
            Language::En => (
                "Tickets cleared",
                ["", "Ticket", "Points", "Sum so far"],
                format!("{count} tickets"),
                format!("{points} points"),
                unconfirmed.map(|count| format!("{count} more not yet confirmed, not in this sum.")),
            ),
        };
        PileWords {
            title: title.into(),
            site: self.site.clone(),
            cleared: format!("{} {time}", self.cleared_at),
            columns: columns.map(str::to_owned),
            total,
            points,
            unconfirmed,
            reprint: (self.printed_before > 0).then(|| self.reprint(language)),
            training: self.training.then(|| training_mark(language).into()),
        }
    }
}

impl PileWords {
    /// Every text of it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let always = [&self.title, &self.site, &self.cleared, &self.total, &self.points];
        let sometimes = [&self.unconfirmed, &self.reprint, &self.training].into_iter().flatten();
        always.into_iter().chain(&self.columns).chain(sometimes).map(String::as_str)
    }

    /// The same with every text replaced.
    #[must_use]
    pub fn map_text(self, replaced: impl Fn(&str) -> String) -> Self {
        Self {
            title: replaced(&self.title),
            site: replaced(&self.site),
            cleared: replaced(&self.cleared),
            columns: self.columns.map(|column| replaced(&column)),
            total: replaced(&self.total),
            points: replaced(&self.points),
            unconfirmed: self.unconfirmed.as_deref().map(&replaced),
            reprint: self.reprint.as_deref().map(&replaced),
            training: self.training.as_deref().map(&replaced),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn pile() -> ClearedPile {
        let ticket =
            |number: &str, points| ClearedTicket { number: TicketNumber::parse(number).unwrap(), points };
        ClearedPile {
            site: "やまだ八百屋".into(),
            cleared_at: "みなみ商工会".into(),
            at_ms: 1_795_152_720_000,
            tickets: vec![ticket("987654321012", 1_000), ticket("000000000001", 500)],
            unconfirmed: 0,
            printed_before: 0,
            revised: false,
            training: false,
        }
    }

    #[test]
    fn the_list_adds_up() {
        let lines = pile().lines(Language::Ja);
        assert!(lines.contains(&PaperLine::SmallPair("9876 5432 1012".into(), "1,000".into())));
        assert!(lines.contains(&PaperLine::SmallPair("0000 0000 0001".into(), "500".into())));
        assert_eq!(lines.last(), Some(&PaperLine::SumPair("合計 2枚".into(), "1,500ポイント".into())));
    }

    #[test]
    fn what_is_not_confirmed_is_named_and_not_counted() {
        let lines = ClearedPile { unconfirmed: 3, ..pile() }.lines(Language::Ja);
        assert!(lines.contains(&PaperLine::SumPair("合計 2枚".into(), "1,500ポイント".into())));
        let note = "ほかに確認中の券が3枚あります。この合計には入っていません。";
        assert_eq!(lines.last(), Some(&PaperLine::Note(note.into())));
    }

    #[test]
    fn a_reprint_and_training_are_marked() {
        let lines = ClearedPile { printed_before: 2, training: true, ..pile() }.lines(Language::Ja);
        assert_eq!(lines[0], PaperLine::Boxed("訓練　この紙は使えません".into()));
        assert_eq!(lines[1], PaperLine::Boxed("再印刷（2回目）".into()));
        let lines = ClearedPile { printed_before: 2, revised: true, ..pile() }.lines(Language::Ja);
        assert_eq!(lines[0], PaperLine::Boxed("改訂　再印刷（2回目）".into()));
    }

    #[test]
    fn every_text_is_listed_and_replaced() {
        let pile = ClearedPile { printed_before: 1, unconfirmed: 1, training: true, ..pile() };
        let words = pile.words(Language::En);
        let marked = words.clone().map_text(|text| format!("<{text}>"));
        let expected: Vec<String> = words.texts().map(|text| format!("<{text}>")).collect();
        assert_eq!(marked.texts().collect::<Vec<_>>(), expected);
        assert_eq!(expected.len(), 12);
    }
}
