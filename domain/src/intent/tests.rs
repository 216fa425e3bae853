#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use std::collections::{BTreeSet, HashMap};

/// Every pair that does something; all others leave the state and are ignored.
const TABLE: &str = "
    state      | event             | next       | effect
    Written    | Begun             | Sent       | Send
    Written    | Restarted         | Resolving  | Resolve
    Sent       | AnsweredDone      | Done       | Settle
    Sent       | AnsweredRefused   | Refused    | Settle
    Sent       | AnsweredAbandoned | NotDone    | Settle
    Sent       | SessionEnded      | SigningIn  | SignIn
    Sent       | SignInFailed      | Unanswered | Wait
    Sent       | NotRemembered     | Resolving  | Resolve
    Sent       | NoAnswer          | Resolving  | Resolve
    Sent       | Restarted         | Resolving  | Resolve
    SigningIn  | SignedIn          | SentAgain  | Send
    SigningIn  | SignInFailed      | Unanswered | Wait
    SigningIn  | AnsweredDone      | Done       | Settle
    SigningIn  | AnsweredRefused   | Refused    | Settle
    SigningIn  | AnsweredAbandoned | NotDone    | Settle
    SigningIn  | Restarted         | Resolving  | Resolve
    SentAgain  | AnsweredDone      | Done       | Settle
    SentAgain  | AnsweredRefused   | Refused    | Settle
    SentAgain  | AnsweredAbandoned | NotDone    | Settle
    SentAgain  | SessionEnded      | Resolving  | Resolve
    SentAgain  | SignInFailed      | Unanswered | Wait
    SentAgain  | NotRemembered     | Resolving  | Resolve
    SentAgain  | NoAnswer          | Resolving  | Resolve
    SentAgain  | Restarted         | Resolving  | Resolve
    Resolving  | AnsweredDone      | Done       | Settle
    Resolving  | AnsweredRefused   | Refused    | Settle
    Resolving  | AnsweredAbandoned | NotDone    | Settle
    Resolving  | SessionEnded      | Unanswered | Wait
    Resolving  | SignInFailed      | Unanswered | Wait
    Resolving  | NotRemembered     | Unanswered | Wait
    Resolving  | NoAnswer          | Unanswered | Wait
    Resolving  | Restarted         | Resolving  | Resolve
    Unanswered | AskAgain          | Resolving  | Resolve
    Unanswered | AnsweredDone      | Done       | Settle
    Unanswered | AnsweredRefused   | Refused    | Settle
    Unanswered | AnsweredAbandoned | NotDone    | Settle
    Unanswered | Restarted         | Resolving  | Resolve
";

fn table() -> HashMap<(String, String), (String, String)> {
    TABLE
        .lines()
        .filter(|line| !line.trim().is_empty())
        .skip(1)
        .map(|line| {
            let cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
            let [state, event, next, effect] = cells.try_into().expect("four columns");
            ((state, event), (next, effect))
        })
        .collect()
}

#[test]
fn every_state_answers_every_event_as_the_table_says() {
    let mut table = table();
    for state in IntentState::ALL {
        for event in IntentEvent::ALL {
            let pair = (format!("{state:?}"), format!("{event:?}"));
            let expected = table.remove(&pair).unwrap_or((pair.0.clone(), "Ignore".into()));
            let (next, effect) = step(state, event);
            assert_eq!((format!("{next:?}"), format!("{effect:?}")), expected, "{pair:?}");
        }
    }
    assert!(table.is_empty(), "rows that name no pair: {table:?}");
}

#[test]
fn only_the_clouds_word_settles_a_fate_and_a_fate_stays() {
    for state in IntentState::ALL {
        for event in IntentEvent::ALL {
            let (next, effect) = step(state, event);
            if state.is_final() {
                assert_eq!((next, effect), (state, IntentEffect::Ignore));
            } else if next.is_final() {
                let word = match next {
                    IntentState::Done => IntentEvent::AnsweredDone,
                    IntentState::Refused => IntentEvent::AnsweredRefused,
                    _ => IntentEvent::AnsweredAbandoned,
                };
                assert_eq!((event, effect), (word, IntentEffect::Settle), "{state:?}");
            } else {
                assert_ne!(effect, IntentEffect::Settle, "{state:?} {event:?}");
            }
        }
    }
}

#[test]
fn it_leaves_at_most_twice_and_never_after_it_was_asked_for() {
    // All states from which `Send` can still follow, walking back from it.
    let mut can_send: BTreeSet<String> = BTreeSet::new();
    loop {
        let before = can_send.len();
        for state in IntentState::ALL {
            for event in IntentEvent::ALL {
                let (next, effect) = step(state, event);
                let leads_on = next != state && can_send.contains(&format!("{next:?}"));
                if effect == IntentEffect::Send || leads_on {
                    can_send.insert(format!("{state:?}"));
                }
            }
        }
        if can_send.len() == before {
            break;
        }
    }
    let expected = ["Written", "Sent", "SigningIn"].map(str::to_owned).into();
    assert_eq!(can_send, expected);
}

#[test]
fn from_every_open_state_a_restart_and_one_answer_lead_to_the_fate() {
    for state in IntentState::ALL.into_iter().filter(|state| !state.is_final()) {
        let (asking, effect) = step(state, IntentEvent::Restarted);
        assert_eq!(effect, IntentEffect::Resolve);
        assert!(step(asking, IntentEvent::AnsweredAbandoned).0.is_final());
    }
}
