//! The receipt's words in each language.
//!
//! Belongs here: every word a receipt can say. Does not: their order and weight, which are the
//! same in both languages so that a clerk who reads only Japanese still finds everything.

use super::ReceiptKind;
use crate::language::Language;
use crate::points::grouped;
use jiff::civil;

/// What a receipt of one kind calls itself and its numbers.
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) balance_before: &'static str,
    pub(super) moved: &'static str,
    pub(super) moved_in_all: &'static str,
    pub(super) balance_after: &'static str,
    pub(super) customer_copy: &'static str,
    pub(super) number: &'static str,
    pub(super) voided_number: &'static str,
    pub(super) terminal: &'static str,
    pub(super) mykey_id: &'static str,
    pub(super) identified_by_pin: &'static str,
    pub(super) staff_name: &'static str,
    pub(super) not_a_tax_receipt: &'static str,
    pub(super) my_page: &'static str,
    pub(super) street: &'static str,
    pub(super) merge_number: &'static str,
    pub(super) street_adds: &'static str,
}

const USE_JA: Words = Words {
    title: "ポイントご利用明細",
    balance_before: "ご利用前の残高",
    moved: "ご利用",
    moved_in_all: "ご利用の合計",
    balance_after: "ご利用後の残高",
    customer_copy: "（お客様控え）",
    number: "取引番号",
    voided_number: "取り消した取引",
    terminal: "端末",
    mykey_id: "マイキーID",
    identified_by_pin: "暗証番号により本人確認",
    staff_name: "担当",
    not_a_tax_receipt: "この明細は領収書ではありません。",
    my_page: "残高はマイページでもご覧になれます。",
    street: "合算先",
    merge_number: "取引済番号",
    street_adds: "合算先の商店街が受け取ると、商店街のポイントが増えます。",
};

const VOID_JA: Words = Words {
    title: "ポイントご利用取消",
    balance_before: "取消前の残高",
    moved: "もどし",
    moved_in_all: "もどしの合計",
    balance_after: "取消後の残高",
    ..USE_JA
};

const USE_EN: Words = Words {
    title: "Points used",
    balance_before: "Balance before",
    moved: "Used",
    moved_in_all: "Used in all",
    balance_after: "Balance after",
    customer_copy: "(Customer copy)",
    number: "Transaction no.",
    voided_number: "Voided transaction",
    terminal: "Terminal",
    mykey_id: "MyKey ID",
    identified_by_pin: "Identity confirmed by PIN",
    staff_name: "Staff",
    not_a_tax_receipt: "Not a tax receipt.",
    my_page: "My Page shows your balance too.",
    street: "Merged into",
    merge_number: "File number",
    street_adds: "Your street points grow when the street takes the file in.",
};

const VOID_EN: Words =
    Words { title: "Points given back", moved: "Given back", moved_in_all: "Given back in all", ..USE_EN };

const MERGE_JA: Words = Words {
    title: "商店街ポイント合算明細",
    balance_before: "合算前の残高",
    moved: "合算",
    moved_in_all: "合算の合計",
    balance_after: "合算後の残高",
    ..USE_JA
};

const MERGE_EN: Words =
    Words { title: "Points merged", moved: "Merged", moved_in_all: "Merged in all", ..USE_EN };

/// The words of a kind of receipt in a language.
pub(super) const fn words(kind: ReceiptKind, language: Language) -> &'static Words {
    match (kind, language) {
        (ReceiptKind::Use, Language::Ja) => &USE_JA,
        (ReceiptKind::Void, Language::Ja) => &VOID_JA,
        (ReceiptKind::Use, Language::En) => &USE_EN,
        (ReceiptKind::Void, Language::En) => &VOID_EN,
        (ReceiptKind::Merge, Language::Ja) => &MERGE_JA,
        (ReceiptKind::Merge, Language::En) => &MERGE_EN,
    }
}

/// The mark of a void. It keeps its Japanese: shops and auditors sort papers by it.
pub(super) const fn void_mark(language: Language) -> &'static str {
    match language {
        Language::Ja => "取消",
        Language::En => "取消 / Void",
    }
}

/// The mark of a paper that was printed before, with its count. It keeps its Japanese, too.
pub(super) fn reprint_mark(count: u32, language: Language) -> String {
    match language {
        Language::Ja => format!("再発行（{count}回目）"),
        Language::En => format!("再発行 / Reprint {count}"),
    }
}

/// The mark of a record of the house (日計, 消込明細) that was printed before, with its count.
pub fn reprint_of_record(count: u32, language: Language) -> String {
    match language {
        Language::Ja => format!("再印刷（{count}回目）"),
        Language::En => format!("再印刷 / Copy {count}"),
    }
}

/// What lapses first of the balance after, and its last day.
pub(super) fn next_lapse(points: i64, last_day: civil::Date, language: Language) -> String {
    let (points, last_day) = (grouped(points), long_date(last_day, language));
    match language {
        Language::Ja => format!("うち {points} は {last_day}まで"),
        Language::En => format!("{points} of it valid until {last_day}"),
    }
}

/// Where merged points went.
pub(super) fn merged_into(street: &str, total: i64, language: Language) -> String {
    let total = grouped(total);
    match language {
        Language::Ja => format!("{total}ポイントを、{street}のポイントに合算しました。"),
        Language::En => format!("{total} points were merged into the points of {street}."),
    }
}

/// What became of the sum at the till. One point is worth one yen.
pub(super) fn at_the_till(kind: ReceiptKind, total: i64, language: Language) -> String {
    let total = grouped(total);
    match (kind, language) {
        (ReceiptKind::Use | ReceiptKind::Merge, Language::Ja) => {
            format!("お会計から {total}円 を差し引きました。")
        }
        (ReceiptKind::Void, Language::Ja) => format!("{total}ポイントをもとに戻しました。"),
        (ReceiptKind::Use | ReceiptKind::Merge, Language::En) => {
            format!("{total} yen was taken off your bill.")
        }
        (ReceiptKind::Void, Language::En) => format!("{total} points are in your balance again."),
    }
}

/// `2027年3月31日`, `31 March 2027`.
pub fn long_date(date: civil::Date, language: Language) -> String {
    match language {
        Language::Ja => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Language::En => format!("{} {} {}", date.day(), month_name(date.month()), date.year()),
    }
}

/// `2026年11月20日（金）14:32`, `Fri 20 November 2026, 14:32`.
pub(super) fn long_time(time: civil::DateTime, language: Language) -> String {
    let (date, weekday) = (long_date(time.date(), language), weekday_name(time.weekday(), language));
    let clock = format!("{:02}:{:02}", time.hour(), time.minute());
    match language {
        Language::Ja => format!("{date}（{weekday}）{clock}"),
        Language::En => format!("{weekday} {date}, {clock}"),
    }
}

const fn month_name(month: i8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

const fn weekday_name(weekday: civil::Weekday, language: Language) -> &'static str {
    let (ja, en) = match weekday {
        civil::Weekday::Monday => ("月", "Mon"),
        civil::Weekday::Tuesday => ("火", "Tue"),
        civil::Weekday::Wednesday => ("水", "Wed"),
        civil::Weekday::Thursday => ("木", "Thu"),
        civil::Weekday::Friday => ("金", "Fri"),
        civil::Weekday::Saturday => ("土", "Sat"),
        civil::Weekday::Sunday => ("日", "Sun"),
    };
    match language {
        Language::Ja => ja,
        Language::En => en,
    }
}
