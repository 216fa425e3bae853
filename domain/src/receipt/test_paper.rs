//! A paper that shows how receipts will look on a printer: every kind of line, letters of every kind.

use super::PaperLine;
use crate::language::Language;

/// The test paper's lines. It names nobody and no points of anybody.
pub fn test_paper(language: Language) -> Vec<PaperLine> {
    let (title, sample, left, large, sum, small, note) = match language {
        Language::Ja => (
            "印刷の確認",
            "見本",
            "左はし",
            "大きな数字",
            "右はしまで見えますか",
            "小さな文字",
            "この紙が切れずに出て、文字が欠けていなければ、明細を印刷できます。",
        ),
        Language::En => (
            "Test print",
            "見本 / Sample",
            "Left edge",
            "Large figures",
            "Up to the right edge?",
            "Small letters",
            "If this paper came out whole with no letter missing, receipts can be printed.",
        ),
    };
    vec![
        PaperLine::Boxed(sample.into()),
        PaperLine::Title(title.into()),
        PaperLine::Rule,
        PaperLine::Text("漢字 ひらがな カタカナ ABC 0123456789".into()),
        PaperLine::Text("髙橋・山﨑・𠮷田".into()),
        PaperLine::Rule,
        PaperLine::Strong("川崎市ポイント".into()),
        PaperLine::Pair(left.into(), "3,000".into()),
        PaperLine::LargePair(large.into(), "−1,500".into()),
        PaperLine::SumPair(sum.into(), "1,500".into()),
        PaperLine::SmallPair(small.into(), "1234 5678".into()),
        PaperLine::Rule,
        PaperLine::Note(note.into()),
    ]
}
