//! The mark of training mode (訓練) on papers: boxed, at both ends, so that no half of one passes for real.

use super::PaperLine;
use crate::language::Language;

/// What stands in the boxes. It keeps its Japanese: whoever is handed such a paper must understand it.
pub const fn training_mark(language: Language) -> &'static str {
    match language {
        Language::Ja => "訓練　この紙は使えません",
        Language::En => "訓練 / Training: no value",
    }
}

/// A paper made in training mode, marked at both ends.
#[must_use]
pub fn marked_as_training(mut lines: Vec<PaperLine>, language: Language) -> Vec<PaperLine> {
    let mark = PaperLine::Boxed(training_mark(language).into());
    lines.insert(0, mark.clone());
    lines.push(mark);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_training_paper_says_so_before_and_after_everything_else() {
        let lines = marked_as_training(vec![PaperLine::Text("a".into())], Language::Ja);
        let mark = PaperLine::Boxed("訓練　この紙は使えません".into());
        assert_eq!(lines, [mark.clone(), PaperLine::Text("a".into()), mark]);
    }
}
