//! What came of a verb: what is told, and the exit code.
//!
//! Exit codes are the program's promise to scripts; docs/terminal.md lists them. Each kind of failure has one, by
//! the letter of its number in the catalogue.

use madoguchi_domain::language::Language;
use madoguchi_wire::failure::{Bilingual, ErrorCode, Failure};
use madoguchi_wire::window::{LastOperation, OperationState, Pile, ScanState};
use serde::Serialize;
use serde_json::{Value, json};

/// Done.
const DONE: u8 = 0;
/// Something nobody foresaw.
const UNFORESEEN: u8 = 1;
/// It is not known yet whether an operation took place.
const CHECKING: u8 = 20;
/// An operation did not take place, and never will.
const NOT_DONE: u8 = 21;

/// What came of a verb.
pub(crate) struct Outcome {
    exit: u8,
    told: Value,
    sentences: Vec<Bilingual>,
}

impl Outcome {
    /// Done; `sentences` are what a person hears, the answer what a program does.
    pub(crate) fn done(answer: &impl Serialize, sentences: Vec<Bilingual>) -> Self {
        let answer = serde_json::to_value(answer).unwrap_or(Value::Null);
        Self { exit: DONE, told: json!({ "outcome": "done", "answer": answer }), sentences }
    }

    /// The fate of an operation, which may be a refusal.
    pub(crate) fn of_operation(operation: &LastOperation) -> Self {
        let told = serde_json::to_value(operation).unwrap_or(Value::Null);
        let (exit, outcome, sentences) = match &operation.state {
            OperationState::Done { number, .. } => {
                (DONE, "done", vec![both("成立しています。", "It took place."), labelled(number)])
            }
            OperationState::Checking => {
                (CHECKING, "checking", vec![both("確かめています。", "Not known yet.")])
            }
            OperationState::Refused { failure } => (exit_of(failure), "refused", sentences_of(failure)),
            OperationState::NotDone => {
                (NOT_DONE, "not_done", vec![both("成立していません。", "It did not take place.")])
            }
        };
        let key = Bilingual::from(format!("key: {}", operation.key));
        Self {
            exit,
            told: json!({ "outcome": outcome, "answer": told }),
            sentences: [sentences, vec![key]].concat(),
        }
    }

    /// A pile of tickets, of which some may be refused or not known yet; `sentences` say how many.
    pub(crate) fn of_pile(pile: &Pile, sentences: Vec<Bilingual>) -> Self {
        let refused = pile.scans.iter().find_map(|scan| match &scan.state {
            ScanState::Refused { failure, .. } => Some(failure),
            _ => None,
        });
        let (exit, outcome) = match (pile.sums.unconfirmed, refused) {
            (1.., _) => (CHECKING, "checking"),
            (0, Some(failure)) => (exit_of(failure), "refused"),
            (0, None) => (DONE, "done"),
        };
        let told = serde_json::to_value(pile).unwrap_or(Value::Null);
        Self { exit, told: json!({ "outcome": outcome, "answer": told }), sentences }
    }

    /// Tells it on standard output, a failure's sentences on standard error; the exit code.
    pub(crate) fn tell(self, as_json: bool, language: Language) -> u8 {
        let sentence = |one: &Bilingual| match language {
            Language::Ja => one.ja.clone(),
            Language::En => one.en.clone(),
        };
        if as_json {
            println!("{}", self.told);
        } else {
            for one in &self.sentences {
                if self.exit == DONE { println!("{}", sentence(one)) } else { eprintln!("{}", sentence(one)) }
            }
        }
        self.exit
    }
}

impl From<Failure> for Outcome {
    fn from(failure: Failure) -> Self {
        let told = json!({ "outcome": "failed", "failure": failure });
        Self { exit: exit_of(&failure), told, sentences: sentences_of(&failure) }
    }
}

/// The same words in both languages' places.
pub(crate) fn both(ja: &str, en: &str) -> Bilingual {
    Bilingual { ja: ja.to_owned(), en: en.to_owned() }
}

fn labelled(number: &str) -> Bilingual {
    Bilingual { ja: format!("取引番号 {number}"), en: format!("Transaction {number}") }
}

fn sentences_of(failure: &Failure) -> Vec<Bilingual> {
    let now = Bilingual {
        ja: format!("{}（{}）", failure.now.ja, failure.number),
        en: format!("{} ({})", failure.now.en, failure.number),
    };
    vec![failure.what.clone(), now]
}

/// A kind of failure's exit code.
fn exit_of(failure: &Failure) -> u8 {
    if failure.code == ErrorCode::Unforeseen {
        return UNFORESEEN;
    }
    match failure.number.chars().next() {
        Some('T') => 3,
        Some('N') => 4,
        Some('C') => 5,
        Some('P') => 6,
        Some('K') => 7,
        Some('R') => 8,
        Some('S') => 9,
        Some('B') => 10,
        Some('M') => 11,
        Some('L') => 12,
        // A street's own software, which this program is not.
        Some('G') => 13,
        _ => UNFORESEEN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_of_the_catalogue_has_an_exit_code_of_its_kind() {
        for &code in ErrorCode::ALL {
            let exit = exit_of(&Failure::of(code));
            assert!(
                exit > UNFORESEEN || code == ErrorCode::Unforeseen,
                "{code:?} has no exit code of its own"
            );
            assert!(exit < CHECKING, "{code:?} would be taken for an operation's fate");
        }
    }

    #[test]
    fn exit_codes_are_what_scripts_were_promised() {
        let exit = |code| exit_of(&Failure::of(code));
        assert_eq!(exit(ErrorCode::NotRegistered), 3);
        assert_eq!(exit(ErrorCode::CloudUnreachable), 4);
        assert_eq!(exit(ErrorCode::CardAbsent), 5);
        assert_eq!(exit(ErrorCode::Insufficient), 6);
        assert_eq!(exit(ErrorCode::StoreNewer), 12);
    }
}
