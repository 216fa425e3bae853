//! Acts in their order, and what their rows say.

use super::Objection;
use crate::simulator::rows::Posted;
use jiff::civil::Date;
use madoguchi_domain::issuer::BookCode;
use std::collections::{BTreeMap, VecDeque};

/// Acts in an order in which they can have been posted, the home book of each first: every book's own
/// order holds, and the books of an act come together.
pub(super) fn in_order(posted: Vec<Posted>) -> Result<Vec<Vec<Posted>>, Objection> {
    let mut waiting: BTreeMap<BookCode, VecDeque<Posted>> = BTreeMap::new();
    for operation in posted {
        waiting.entry(operation.book).or_default().push_back(operation);
    }
    let mut acts = Vec::new();
    while waiting.values().any(|queue| !queue.is_empty()) {
        let next = waiting.values().filter_map(|queue| queue.front()).map(|first| first.act).find(|act| {
            let first_or_absent = |queue: &VecDeque<Posted>| {
                queue.iter().position(|operation| operation.act == *act).is_none_or(|place| place == 0)
            };
            waiting.values().all(first_or_absent)
        });
        let act = next.ok_or("I6: two acts stand in different orders in two books")?;
        let mut parts: Vec<Posted> = waiting
            .values_mut()
            .filter_map(|queue| queue.pop_front_if(|operation| operation.act == act))
            .collect();
        parts.sort_by_key(|part| part.book != act.0);
        if parts[0].book != act.0 {
            return Err(format!("I6: the act {act:?} does not stand in its home book"));
        }
        acts.push(parts);
    }
    Ok(acts)
}

/// What the books say was answered: the refusal's code.
pub(super) fn said(home: &Posted) -> Option<String> {
    let answer: serde_json::Value = serde_json::from_str(home.answer.as_deref()?).ok()?;
    if answer == "abandoned" {
        return Some("abandoned".into());
    }
    answer.get("refused")?.get("code")?.as_str().map(str::to_owned)
}

/// How numbers of a day begin.
pub(super) fn number_day(day: Date) -> String {
    format!("{:04}{:02}{:02}-", day.year(), day.month(), day.day())
}

/// 取引番号.
pub(super) fn number_of(home: &Posted) -> String {
    format!("{}{}", number_day(home.day), home.seq)
}
