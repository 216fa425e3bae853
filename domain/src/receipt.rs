//! What a receipt (レシート, ポイントご利用明細) says, line by line, for every way of showing it.
//!
//! Belongs here: the words, their order and their weight. Does not: fonts, millimetres, ESC/POS.
//! The window's preview, the PDF and the receipt printer all draw the same lines.
//! Source: row D1 (use, void) and D3 (a reprint says 再発行 and counts).

mod paper_line;
mod test_paper;
mod training;
mod words;

pub use paper_line::PaperLine;
pub use test_paper::test_paper;
pub use training::{marked_as_training, training_mark};
pub use words::{long_date, reprint_of_record};

use crate::day::{from_millis, japan_time};
use crate::language::Language;
use crate::merge_file::TransactionNumber;
use crate::points::grouped;
use crate::sign_in::StaffName;
use crate::terminal::TerminalId;
use jiff::civil;
use words::{Words, at_the_till, merged_into, next_lapse, reprint_mark, void_mark, words};

/// What the paper is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptKind {
    /// Points were used.
    Use,
    /// A use was voided.
    Void,
    /// Points became a shopping street's own.
    Merge,
}

/// Where merged points went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptMerge {
    /// The street's name (銀座街).
    pub street: String,
    /// The number of its file (取引済番号).
    pub number: TransactionNumber,
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
    /// Use, void or merge.
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
    /// For a merge: where the points went.
    pub merge: Option<ReceiptMerge>,
    /// The terminal.
    pub terminal: TerminalId,
    /// The masked MyKey ID, `MY****56`.
    pub masked_mykey_id: String,
    /// Whether the resident's card signed this use after its PIN.
    pub signed: bool,
    /// Who was signed in, where the municipality wants the name on the paper.
    pub staff_name: Option<StaffName>,
    /// How often it was printed before; 0 = this is the first paper.
    pub printed_before: u32,
    /// Whether it was made in training mode.
    pub training: bool,
}

impl Receipt {
    /// The paper's lines, top to bottom.
    pub fn lines(&self, language: Language) -> Vec<PaperLine> {
        let words = words(self.kind, language);
        let mut lines = Vec::new();
        self.marks(language, &mut lines);
        self.head(words, language, &mut lines);
        for account in &self.accounts {
            self.account(account, words, language, &mut lines);
        }
        if self.accounts.len() > 1 {
            lines.push(PaperLine::LargePair(words.moved_in_all.into(), self.moved(self.total())));
            lines.push(PaperLine::Rule);
        }
        self.numbers(words, &mut lines);
        lines.push(PaperLine::Note(match &self.merge {
            Some(merge) => merged_into(&merge.street, self.total(), language),
            None => at_the_till(self.kind, self.total(), language),
        }));
        if self.merge.is_some() {
            lines.push(PaperLine::Note(words.street_adds.into()));
        }
        lines.push(PaperLine::Note(words.not_a_tax_receipt.into()));
        lines.push(PaperLine::Note(words.my_page.into()));
        if self.training { marked_as_training(lines, language) } else { lines }
    }

    fn marks(&self, language: Language, lines: &mut Vec<PaperLine>) {
        if self.printed_before > 0 {
            lines.push(PaperLine::Boxed(reprint_mark(self.printed_before, language)));
        }
        if self.kind == ReceiptKind::Void {
            lines.push(PaperLine::Boxed(void_mark(language).into()));
        }
    }

    fn head(&self, words: &Words, language: Language, lines: &mut Vec<PaperLine>) {
        lines.extend([
            PaperLine::Title(words.title.into()),
            PaperLine::Centred(words.customer_copy.into()),
            PaperLine::Rule,
            PaperLine::Text(self.site.clone()),
            PaperLine::Text(long_japan_time(self.at_ms, language)),
            PaperLine::Rule,
        ]);
    }

    fn account(
        &self,
        account: &ReceiptAccount,
        words: &Words,
        language: Language,
        lines: &mut Vec<PaperLine>,
    ) {
        lines.extend([
            PaperLine::Strong(account.currency.clone()),
            PaperLine::Pair(words.balance_before.into(), grouped(account.before)),
            PaperLine::LargePair(words.moved.into(), self.moved(account.points)),
            PaperLine::SumPair(words.balance_after.into(), grouped(account.after)),
        ]);
        if let Some((points, last_day)) = account.next_lapse {
            lines.push(PaperLine::Note(next_lapse(points, last_day, language)));
        }
        lines.push(PaperLine::Rule);
    }

    fn numbers(&self, words: &Words, lines: &mut Vec<PaperLine>) {
        lines.push(PaperLine::SmallPair(words.number.into(), self.number.clone()));
        if let Some(voided) = &self.voided_number {
            lines.push(PaperLine::SmallPair(words.voided_number.into(), voided.clone()));
        }
        if let Some(merge) = &self.merge {
            lines.extend([
                PaperLine::SmallPair(words.street.into(), merge.street.clone()),
                PaperLine::SmallPair(words.merge_number.into(), merge.number.to_string()),
            ]);
        }
        lines.extend([
            PaperLine::SmallPair(words.terminal.into(), self.terminal.spaced()),
            PaperLine::SmallPair(words.mykey_id.into(), self.masked_mykey_id.clone()),
        ]);
        if let Some(name) = &self.staff_name {
            lines.push(PaperLine::SmallPair(words.staff_name.into(), name.as_str().to_owned()));
        }
        if self.signed {
            lines.push(PaperLine::Note(words.identified_by_pin.into()));
        }
        lines.push(PaperLine::Rule);
    }

    /// A movement with its sign: a use and a merge take, a void gives back.
    fn moved(&self, points: i64) -> String {
        match self.kind {
            ReceiptKind::Use | ReceiptKind::Merge => format!("−{}", grouped(points)),
            ReceiptKind::Void => format!("+{}", grouped(points)),
        }
    }

    fn total(&self) -> i64 {
        self.accounts.iter().map(|account| account.points).sum()
    }
}

/// `2026年11月20日（金）14:32`, `Fri 20 November 2026, 14:32`: Japan time, also for those who read
/// English. Empty for a number that is no time.
pub fn long_japan_time(at_ms: i64, language: Language) -> String {
    from_millis(at_ms).map(|at| words::long_time(japan_time(at), language)).unwrap_or_default()
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
            merge: None,
            terminal: TerminalId::from_number(12_004_431).unwrap_or_else(|_| unreachable!()),
            masked_mykey_id: "MY****56".into(),
            signed: false,
            staff_name: None,
            printed_before: 0,
            training: false,
        }
    }

    fn a_void() -> Receipt {
        Receipt {
            kind: ReceiptKind::Void,
            number: "20261120-16".into(),
            voided_number: Some("20261120-15".into()),
            ..a_use()
        }
    }

    fn a_merge() -> Receipt {
        let number = TransactionNumber::parse("20261120143200000015").unwrap_or_else(|_| unreachable!());
        let merge = Some(ReceiptMerge { street: "銀座街".into(), number });
        Receipt { kind: ReceiptKind::Merge, merge, ..a_use() }
    }

    fn sums(lines: &[PaperLine]) -> Vec<(&str, &str)> {
        lines
            .iter()
            .filter_map(|line| match line {
                PaperLine::Pair(label, number)
                | PaperLine::LargePair(label, number)
                | PaperLine::SumPair(label, number) => Some((label.as_str(), number.as_str())),
                _ => None,
            })
            .collect()
    }

    fn boxes(lines: &[PaperLine]) -> Vec<&str> {
        lines
            .iter()
            .filter_map(|line| match line {
                PaperLine::Boxed(mark) => Some(mark.as_str()),
                _ => None,
            })
            .collect()
    }

    fn notes(lines: &[PaperLine]) -> Vec<&str> {
        lines
            .iter()
            .filter_map(|line| match line {
                PaperLine::Note(note) => Some(note.as_str()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn the_sum_stands_as_balance_use_and_balance_after() {
        assert_eq!(
            sums(&a_use().lines(Language::Ja)),
            [("ご利用前の残高", "3,000"), ("ご利用", "−1,500"), ("ご利用後の残高", "1,500")]
        );
        assert_eq!(
            sums(&a_use().lines(Language::En)),
            [("Balance before", "3,000"), ("Used", "−1,500"), ("Balance after", "1,500")]
        );
    }

    #[test]
    fn a_use_from_several_accounts_says_what_it_comes_to() {
        let mut receipt = a_use();
        receipt.accounts.push(ReceiptAccount {
            currency: "夏まつりポイント".into(),
            before: 800,
            points: 300,
            after: 500,
            next_lapse: None,
        });
        let lines = receipt.lines(Language::Ja);
        assert_eq!(sums(&lines).last(), Some(&("ご利用の合計", "−1,800")));
        assert!(notes(&lines).contains(&"お会計から 1,800円 を差し引きました。"));
    }

    #[test]
    fn only_a_second_paper_says_so_and_counts() {
        let mut receipt = a_use();
        assert!(boxes(&receipt.lines(Language::Ja)).is_empty());
        receipt.printed_before = 2;
        assert_eq!(receipt.lines(Language::Ja).first(), Some(&PaperLine::Boxed("再発行（2回目）".into())));
        assert_eq!(boxes(&receipt.lines(Language::En)), ["再発行 / Reprint 2"]);
    }

    #[test]
    fn a_training_receipt_is_marked_at_both_ends_whatever_else_it_is() {
        let mark = PaperLine::Boxed("訓練　この紙は使えません".into());
        for receipt in [a_use(), a_void(), Receipt { printed_before: 1, ..a_use() }] {
            let lines = Receipt { training: true, ..receipt.clone() }.lines(Language::Ja);
            assert_eq!((lines.first(), lines.last()), (Some(&mark), Some(&mark)));
            assert!(!receipt.lines(Language::Ja).contains(&mark));
        }
    }

    #[test]
    fn a_signed_use_says_how_the_person_was_known() {
        let signed = Receipt { signed: true, ..a_use() };
        assert!(notes(&signed.lines(Language::Ja)).contains(&"暗証番号により本人確認"));
        assert!(notes(&signed.lines(Language::En)).contains(&"Identity confirmed by PIN"));
        assert!(!notes(&a_use().lines(Language::Ja)).contains(&"暗証番号により本人確認"));
    }

    #[test]
    fn a_void_says_what_it_gave_back_and_which_use_it_undid() {
        let lines = a_void().lines(Language::Ja);
        assert_eq!(boxes(&lines), ["取消"]);
        assert!(sums(&lines).contains(&("もどし", "+1,500")));
        assert!(lines.contains(&PaperLine::SmallPair("取り消した取引".into(), "20261120-15".into())));
        assert!(notes(&lines).contains(&"1,500ポイントをもとに戻しました。"));
        assert!(!notes(&lines).iter().any(|note| note.contains("差し引きました")));
    }

    #[test]
    fn a_merge_says_where_the_points_went_and_under_which_number() {
        let lines = a_merge().lines(Language::Ja);
        assert_eq!(sums(&lines), [("合算前の残高", "3,000"), ("合算", "−1,500"), ("合算後の残高", "1,500")]);
        assert!(lines.contains(&PaperLine::SmallPair("合算先".into(), "銀座街".into())));
        let number = PaperLine::SmallPair("取引済番号".into(), "20261120143200000015".into());
        assert!(lines.contains(&number));
        assert!(notes(&lines).contains(&"1,500ポイントを、銀座街のポイントに合算しました。"));
        assert!(!notes(&lines).iter().any(|note| note.contains("差し引きました")));
    }

    /// Title, box, pair, rule: the kinds of lines without their words.
    fn build(lines: &[PaperLine]) -> Vec<std::mem::Discriminant<PaperLine>> {
        lines.iter().map(std::mem::discriminant).collect()
    }

    #[test]
    fn both_languages_say_the_same_things_in_the_same_order() {
        for receipt in [
            a_use(),
            Receipt { signed: true, ..a_use() },
            Receipt { printed_before: 1, ..a_void() },
            a_merge(),
        ] {
            assert_eq!(build(&receipt.lines(Language::Ja)), build(&receipt.lines(Language::En)));
        }
    }

    #[test]
    fn an_english_paper_is_japanese_only_in_names_and_marks() {
        let receipt = Receipt { site: "Yamada Grocery".into(), ..a_use() };
        let japanese: Vec<_> = receipt
            .lines(Language::En)
            .into_iter()
            .filter(|line| format!("{line:?}").chars().any(|c| ('\u{3000}'..='\u{9fff}').contains(&c)))
            .collect();
        assert_eq!(japanese, [PaperLine::Strong("川崎市ポイント".into())]);
    }

    #[test]
    fn the_time_on_paper_is_japans_with_its_weekday() {
        assert_eq!(long_japan_time(1_795_152_720_000, Language::Ja), "2026年11月20日（金）14:32");
        assert_eq!(long_japan_time(1_795_152_720_000, Language::En), "Fri 20 November 2026, 14:32");
        assert_eq!(long_japan_time(i64::MAX, Language::Ja), "");
    }
}
