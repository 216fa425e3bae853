//! What a receipt (レシート, ポイントご利用明細) says, line by line, for every way of showing it.
//!
//! Belongs here: the words, their order and their weight. Does not: fonts, millimetres, ESC/POS.
//! The window's preview, the PDF and the receipt printer all draw the same lines.

use crate::day::{from_millis, japan_time};
use crate::points::grouped;
use crate::terminal::TerminalId;
use jiff::civil;

/// One line of a narrow paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperLine {
    /// The paper's name, large and centred.
    Title(String),
    /// Centred, body size.
    Centred(String),
    /// In a box over the whole width: 再発行, 取消, 訓練.
    Boxed(String),
    /// Left, body size.
    Text(String),
    /// Left, strong: a currency's name.
    Strong(String),
    /// A label and a number at the right edge.
    Pair(String, String),
    /// The same, with the number large: what was used.
    LargePair(String, String),
    /// The same under a rule: the sum.
    SumPair(String, String),
    /// The same, small: numbers that only matter later.
    SmallPair(String, String),
    /// Left, small; may be broken over several lines.
    Note(String),
    /// A dashed rule.
    Rule,
}

/// What the paper is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptKind {
    /// Points were used.
    Use,
    /// A use was voided.
    Void,
}

/// One account on the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptAccount {
    /// The currency's name (川崎市ポイント).
    pub currency: String,
    /// Balance before, in points.
    pub before: i64,
    /// What was used or given back, in points, positive.
    pub points: i64,
    /// Balance after, in points.
    pub after: i64,
    /// What lapses first among the rest, if anything does: points and last day.
    pub next_lapse: Option<(i64, civil::Date)>,
}

/// Everything on one receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Use or void.
    pub kind: ReceiptKind,
    /// The site's name.
    pub site: String,
    /// When the cloud booked it, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// The accounts, in the order of the screen.
    pub accounts: Vec<ReceiptAccount>,
    /// The cloud's number of the operation (取引番号).
    pub number: String,
    /// For a void: the number of the use it undid.
    pub voided_number: Option<String>,
    /// The terminal.
    pub terminal: TerminalId,
    /// The masked MyKey ID, `MY****56`.
    pub masked_mykey_id: String,
    /// How often it was printed before; 0 = this is the first paper.
    pub printed_before: u32,
}

impl Receipt {
    /// The paper's lines, top to bottom.
    pub fn lines(&self) -> Vec<PaperLine> {
        let mut lines = Vec::new();
        if self.printed_before > 0 {
            lines.push(PaperLine::Boxed(format!("再発行（{}回目）", self.printed_before)));
        }
        self.head(&mut lines);
        for account in &self.accounts {
            self.account(account, &mut lines);
        }
        self.numbers(&mut lines);
        self.closing(&mut lines);
        lines
    }

    fn head(&self, lines: &mut Vec<PaperLine>) {
        let title = match self.kind {
            ReceiptKind::Use => "ポイントご利用明細",
            ReceiptKind::Void => "ポイントご利用取消",
        };
        lines.extend([
            PaperLine::Title(title.into()),
            PaperLine::Centred("（お客様控え）".into()),
            PaperLine::Rule,
            PaperLine::Text(self.site.clone()),
            PaperLine::Text(long_japan_time(self.at_ms)),
            PaperLine::Rule,
        ]);
    }

    fn account(&self, account: &ReceiptAccount, lines: &mut Vec<PaperLine>) {
        let (before, moved, after) = match self.kind {
            ReceiptKind::Use => {
                ("ご利用前の残高", ("ご利用", format!("−{}", grouped(account.points))), "ご利用後の残高")
            }
            ReceiptKind::Void => {
                ("取消前の残高", ("もどし", format!("＋{}", grouped(account.points))), "取消後の残高")
            }
        };
        lines.extend([
            PaperLine::Strong(account.currency.clone()),
            PaperLine::Pair(before.into(), grouped(account.before)),
            PaperLine::LargePair(moved.0.into(), moved.1),
            PaperLine::SumPair(after.into(), grouped(account.after)),
        ]);
        if let Some((points, last_day)) = account.next_lapse {
            lines.push(PaperLine::Note(format!("うち {} は {}まで", grouped(points), long_date(last_day))));
        }
        lines.push(PaperLine::Rule);
    }

    fn numbers(&self, lines: &mut Vec<PaperLine>) {
        lines.push(PaperLine::SmallPair("取引番号".into(), self.number.clone()));
        if let Some(voided) = &self.voided_number {
            lines.push(PaperLine::SmallPair("取り消した取引".into(), voided.clone()));
        }
        lines.extend([
            PaperLine::SmallPair("端末".into(), self.terminal.spaced()),
            PaperLine::SmallPair("マイキーID".into(), self.masked_mykey_id.clone()),
            PaperLine::Rule,
        ]);
    }

    fn closing(&self, lines: &mut Vec<PaperLine>) {
        let total: i64 = self.accounts.iter().map(|account| account.points).sum();
        match self.kind {
            ReceiptKind::Use => {
                lines.push(PaperLine::Note(format!("お会計から {}円 を差し引きました。", grouped(total))));
            }
            ReceiptKind::Void => {
                lines.push(PaperLine::Note(format!("{}ポイントをもとに戻しました。", grouped(total))));
            }
        }
        lines.push(PaperLine::Note("この明細は領収書ではありません。".into()));
        lines.push(PaperLine::Note("残高はマイページでもご覧になれます。".into()));
    }
}

/// `2027年3月31日`.
pub fn long_date(date: civil::Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// `2026年11月20日（金）14:32`, Japan time.
pub fn long_japan_time(at_ms: i64) -> String {
    let Some(at) = from_millis(at_ms) else {
        return String::new();
    };
    let time = japan_time(at);
    let weekday = match time.weekday() {
        civil::Weekday::Monday => '月',
        civil::Weekday::Tuesday => '火',
        civil::Weekday::Wednesday => '水',
        civil::Weekday::Thursday => '木',
        civil::Weekday::Friday => '金',
        civil::Weekday::Saturday => '土',
        civil::Weekday::Sunday => '日',
    };
    format!("{}（{weekday}）{:02}:{:02}", long_date(time.date()), time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_use() -> Receipt {
        Receipt {
            kind: ReceiptKind::Use,
            site: "やまだ八百屋".into(),
            at_ms: 1_795_152_720_000,
            accounts: vec![ReceiptAccount {
                currency: "川崎市ポイント".into(),
                before: 3_000,
                points: 1_500,
                after: 1_500,
                next_lapse: Some((500, civil::date(2027, 3, 31))),
            }],
            number: "20261120-15".into(),
            voided_number: None,
            terminal: TerminalId::from_number(12_004_431).unwrap_or_else(|_| unreachable!()),
            masked_mykey_id: "MY****56".into(),
            printed_before: 0,
        }
    }

    #[test]
    fn the_sum_stands_as_balance_use_and_balance_after() {
        let lines = a_use().lines();
        let sum: Vec<_> = lines
            .iter()
            .filter(|line| matches!(line, PaperLine::Pair(..) | PaperLine::LargePair(..) | PaperLine::SumPair(..)))
            .collect();
        assert_eq!(
            sum,
            [
                &PaperLine::Pair("ご利用前の残高".into(), "3,000".into()),
                &PaperLine::LargePair("ご利用".into(), "−1,500".into()),
                &PaperLine::SumPair("ご利用後の残高".into(), "1,500".into()),
            ]
        );
    }

    #[test]
    fn only_a_second_paper_says_so_and_counts() {
        let mut receipt = a_use();
        assert!(!receipt.lines().iter().any(|line| matches!(line, PaperLine::Boxed(_))));
        receipt.printed_before = 2;
        assert_eq!(receipt.lines().first(), Some(&PaperLine::Boxed("再発行（2回目）".into())));
    }

    #[test]
    fn the_time_on_paper_is_japans_with_its_weekday() {
        assert_eq!(long_japan_time(1_795_152_720_000), "2026年11月20日（金）14:32");
    }
}
