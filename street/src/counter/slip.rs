//! What a street's receipt says: the same lines for window, PDF and receipt printer.

use crate::books::{Done, PostingKind};
use madoguchi_domain::day::{from_millis, japan_time};
use madoguchi_domain::language::Language;
use madoguchi_domain::merge_file::TransactionNumber;
use madoguchi_domain::points::grouped;
use madoguchi_domain::receipt::PaperLine;

/// A receipt of one act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The street's name (商店街名).
    pub street: String,
    /// The shop's name (店舗名).
    pub shop: String,
    /// What was done.
    pub done: Done,
    /// 取引済番号 of a merge and of its booking back.
    pub merge: Option<TransactionNumber>,
    /// How often it was printed before: 0 = the first paper.
    pub printed_before: u32,
}

impl Slip {
    /// The paper's lines.
    pub fn lines(&self, language: Language) -> Vec<PaperLine> {
        let words = words(language);
        let Done { kind, change, balance, posting, voids, .. } = self.done;
        let mut lines = vec![PaperLine::Title(words.title.to_owned())];
        if self.printed_before > 0 {
            lines.push(PaperLine::Boxed(format!("{} {}", words.reprint, self.printed_before)));
        }
        if kind == PostingKind::Void {
            lines.push(PaperLine::Boxed(kind.words(language).to_owned()));
        }
        lines.extend([
            PaperLine::Centred(self.street.clone()),
            PaperLine::Centred(self.shop.clone()),
            PaperLine::Text(self.time()),
            PaperLine::Rule,
            PaperLine::Pair(words.before.to_owned(), grouped(balance - change)),
            PaperLine::LargePair(kind.words(language).to_owned(), grouped(change)),
            PaperLine::SumPair(words.after.to_owned(), grouped(balance)),
            PaperLine::Rule,
            PaperLine::SmallPair(words.number.to_owned(), posting.to_string()),
        ]);
        if let Some(voided) = voids {
            lines.push(PaperLine::SmallPair(words.voided.to_owned(), voided.to_string()));
        }
        if let Some(merge) = self.merge {
            lines.push(PaperLine::SmallPair(words.merge.to_owned(), merge.to_string()));
        }
        if kind == PostingKind::Use {
            lines.push(PaperLine::Note(words.at_the_till.to_owned()));
        }
        lines
    }

    fn time(&self) -> String {
        let at = from_millis(self.done.at_ms).map(japan_time);
        at.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
    }
}

struct Words {
    title: &'static str,
    reprint: &'static str,
    before: &'static str,
    after: &'static str,
    number: &'static str,
    voided: &'static str,
    merge: &'static str,
    at_the_till: &'static str,
}

const fn words(language: Language) -> Words {
    match language {
        Language::Ja => Words {
            title: "商店街ポイント明細",
            reprint: "再発行",
            before: "前の残高",
            after: "残高",
            number: "番号",
            voided: "取消した番号",
            merge: "取引済番号",
            at_the_till: "お会計から値引きします。",
        },
        Language::En => Words {
            title: "Street points",
            reprint: "Reprint",
            before: "Balance before",
            after: "Balance",
            number: "Number",
            voided: "Number voided",
            merge: "Transaction",
            at_the_till: "Taken off the price at the till.",
        },
    }
}
