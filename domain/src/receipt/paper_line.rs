//! A line of a narrow paper: what kind it is and what it says.
//!
//! Belongs here: the kinds of lines every way of showing a paper knows. Does not: which lines a
//! receipt has (`receipt`), how large they are (the printer, the window).

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

impl PaperLine {
    /// Every text in it, from left to right.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let (first, second) = match self {
            Self::Title(text)
            | Self::Centred(text)
            | Self::Boxed(text)
            | Self::Text(text)
            | Self::Strong(text)
            | Self::Note(text) => (Some(text), None),
            Self::Pair(label, number)
            | Self::LargePair(label, number)
            | Self::SumPair(label, number)
            | Self::SmallPair(label, number) => (Some(label), Some(number)),
            Self::Rule => (None, None),
        };
        first.into_iter().chain(second).map(String::as_str)
    }

    /// The same kind of line with every text in it replaced.
    #[must_use]
    pub fn map_text(&self, replaced: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Title(text) => Self::Title(replaced(text)),
            Self::Centred(text) => Self::Centred(replaced(text)),
            Self::Boxed(text) => Self::Boxed(replaced(text)),
            Self::Text(text) => Self::Text(replaced(text)),
            Self::Strong(text) => Self::Strong(replaced(text)),
            Self::Pair(label, number) => Self::Pair(replaced(label), replaced(number)),
            Self::LargePair(label, number) => Self::LargePair(replaced(label), replaced(number)),
            Self::SumPair(label, number) => Self::SumPair(replaced(label), replaced(number)),
            Self::SmallPair(label, number) => Self::SmallPair(replaced(label), replaced(number)),
            Self::Note(text) => Self::Note(replaced(text)),
            Self::Rule => Self::Rule,
        }
    }
}
