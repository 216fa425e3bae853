//! What the second bookkeeper would have written of merges and their refunds: the rules, in the simplest way.

use super::order::number_day;
use super::verdict::Verdict;
use super::{Asked, Bookkeeper, Scope};
use crate::simulator::rows::{Line, Posted, Side};
use crate::simulator::town::{LIMIT_PER_DAY, LIMIT_PER_USE, STREET};
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::person::PersonId;

/// A merge that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedMerge {
    /// Whose points.
    pub person: PersonId,
    /// Which.
    pub currency: CurrencyCode,
    /// How many.
    pub points: i64,
}

impl Bookkeeper {
    pub(super) fn judge_merge(&self, asked: &AskedMerge, home: &Posted) -> Verdict {
        let AskedMerge { person, currency, points } = *asked;
        if currency.book != home.book {
            return Verdict::Refused("not_usable_here");
        }
        let Some(mut lines) = self.draw(person, currency, points, home.day) else {
            return Verdict::Refused("insufficient");
        };
        if points > LIMIT_PER_USE {
            return Verdict::Refused("over_limit_per_use");
        }
        if points + self.used(home.book, person, home.day) > LIMIT_PER_DAY {
            return Verdict::Refused("over_limit_per_day");
        }
        lines.push(Line { currency, side: Side::Street(STREET), lot: None, amount: points });
        Verdict::Done(lines)
    }

    /// What the merge under this key took goes back, once, on whatever day; what is past its last day lapses.
    pub(super) fn judge_refund(&self, of: &Scope, home: &Posted) -> Verdict {
        let target = self.fates.get(of).filter(|fate| fate.kind == "merge" && fate.outcome == "done");
        let Some(fate) = target else { return Verdict::Refused("unknown_target") };
        if fate.voided {
            return Verdict::Refused("already_voided");
        }
        let mut lines = Vec::new();
        for line in &fate.lines {
            let back = Line { amount: -line.amount, ..*line };
            lines.push(back);
            if line.lot.is_some_and(|number| self.is_past(line.currency, number, home)) {
                lines.push(*line);
                lines.push(Line { side: Side::Lapsed, lot: None, ..back });
            }
        }
        Verdict::Done(lines)
    }

    fn is_past(&self, currency: CurrencyCode, number: i64, home: &Posted) -> bool {
        let lot = self.lots.iter().find(|lot| lot.currency.book == currency.book && lot.number == number);
        lot.and_then(|lot| lot.last_day).is_some_and(|last_day| last_day < home.day)
    }

    /// The person and the points that count towards the day: of a merge, and back again of a refund on its day.
    pub(super) fn counted_of_a_merge(&self, scope: &Scope, home: &Posted) -> Option<(PersonId, i64)> {
        match self.asked.get(scope)? {
            Asked::Merge(asked) => Some((asked.person, asked.points)),
            Asked::Refund(of) => {
                let (person, points) = self.counted_of_a_merge(of, home)?;
                let is_of_today = self.fates.get(of)?.number.starts_with(&number_day(home.day));
                is_of_today.then_some((person, -points))
            }
            _ => None,
        }
    }

    /// Notes that a merge was refunded.
    pub(super) fn carry_over_refunds(&mut self, scope: &Scope, home: &Posted) {
        if home.outcome == "done"
            && let Some(Asked::Refund(of)) = self.asked.get(scope).cloned()
            && let Some(fate) = self.fates.get_mut(&of)
        {
            fate.voided = true;
        }
    }
}
