//! What the second bookkeeper would have written: the rules, in the simplest way.

use super::order::number_day;
use super::{Asked, AskedUse, Bookkeeper, Lot, Objection, Scope, actor_name};
use crate::simulator::rows::{Line, Posted, Side};
use crate::simulator::town::{LIMIT_PER_DAY, LIMIT_PER_USE, Terminal};
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::day::{business_date, from_millis};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::person::PersonId;

/// What the second bookkeeper would have written.
pub(super) enum Verdict {
    Done(Vec<Line>),
    Refused(&'static str),
}

impl Bookkeeper {
    /// What should stand in the books for what was asked.
    pub(super) fn judge(&self, scope: &Scope, home: &Posted, lines: &[Line]) -> Result<Verdict, Objection> {
        if home.outcome == "abandoned" {
            let asked = self.resolved.contains(scope);
            return if asked {
                Ok(Verdict::Refused("abandoned"))
            } else {
                Err(format!("nobody resolved {scope:?}"))
            };
        }
        if home.kind == "lapse" {
            return self.judge_lapse(home, lines);
        }
        if home.kind == "ticket_lapse" {
            return self.judge_ticket_lapse(home);
        }
        match self.asked.get(scope) {
            None => Err(format!("nobody asked for the {} under {scope:?}", home.kind)),
            Some(Asked::Grant { currency, person, points, last_day }) => {
                Ok(judge_grant((*currency, *person), *points, *last_day, home.day, lines))
            }
            Some(Asked::Use(asked)) => Ok(self.judge_use(scope, asked, home)),
            Some(Asked::Void { terminal, of }) => Ok(self.judge_void(*terminal, of, home)),
            Some(Asked::Issue(asked)) => Ok(self.judge_issue(asked, home)),
            Some(Asked::OfTicket(what, number)) => Ok(self.judge_of_ticket(*what, *number, home)),
            Some(Asked::Scan(asked)) => Ok(self.judge_scan(asked, home)),
            Some(Asked::Unclear(of)) => Ok(self.judge_unclear(of, home)),
            Some(Asked::Merge(asked)) => Ok(self.judge_merge(asked, home)),
            Some(Asked::Refund(of)) => Ok(self.judge_refund(of, home)),
            Some(Asked::CloseDay) => self.judge_close(home),
        }
    }

    fn judge_use(&self, scope: &Scope, asked: &AskedUse, home: &Posted) -> Verdict {
        let terminal = &self.town.terminals[asked.terminal];
        // What the clock says may lie before the book's newest line; the book's own day rules the lots.
        if asked.visit_ends_ms <= self.clock_ms {
            return Verdict::Refused("visit_expired");
        }
        let today = from_millis(self.clock_ms).map_or(home.day, business_date);
        if asked.parts.iter().any(|(code, _)| !self.town.counts(*code, asked.terminal, today)) {
            return Verdict::Refused("not_usable_here");
        }
        if let Some(refused) = self.signed_in_vain(scope, asked) {
            return Verdict::Refused(refused);
        }
        let mut lines = Vec::new();
        for (currency, points) in &asked.parts {
            let Some(drawn) = self.draw(asked.person, *currency, *points, home.day) else {
                return Verdict::Refused("insufficient");
            };
            lines.extend(drawn);
            let side = Side::Site(terminal.site);
            lines.push(Line { currency: *currency, side, lot: None, amount: *points });
        }
        // The limits are for what the card did not sign.
        if asked.signed_nonce.is_some() {
            return Verdict::Done(lines);
        }
        if asked.total() > LIMIT_PER_USE {
            return Verdict::Refused("over_limit_per_use");
        }
        if asked.total() + self.used(terminal.home(), asked.person, home.day) > LIMIT_PER_DAY {
            return Verdict::Refused("over_limit_per_day");
        }
        Verdict::Done(lines)
    }

    /// Why a signature proves nothing, if there is one and it does not: cards sign what they are shown.
    fn signed_in_vain(&self, scope: &Scope, asked: &AskedUse) -> Option<&'static str> {
        let signed = asked.signed_nonce.as_ref()?;
        let handed_out = self.nonces.get(scope).filter(|nonce| nonce.digits == *signed);
        match handed_out {
            None => Some("nonce_void"),
            Some(nonce) if nonce.ends_ms <= self.clock_ms => Some("nonce_expired"),
            Some(_) => (!self.town.is_vouched_for(asked.person)).then_some("card_untrusted"),
        }
    }

    pub(super) fn draw(
        &self,
        person: PersonId,
        currency: CurrencyCode,
        points: i64,
        day: Date,
    ) -> Option<Vec<Line>> {
        let mut lots: Vec<&Lot> = self
            .lots
            .iter()
            .filter(|lot| lot.person == person && lot.currency == currency && lot.counts_on(day))
            .collect();
        lots.sort_by_key(|lot| (lot.last_day.is_none(), lot.last_day, lot.granted_seq, lot.number));
        let (mut lines, mut missing) = (Vec::new(), points);
        for lot in lots {
            let taken = lot.remaining.min(missing);
            if taken > 0 {
                let side = Side::Resident(person);
                lines.push(Line { currency, side, lot: Some(lot.number), amount: -taken });
                missing -= taken;
            }
        }
        (missing == 0).then_some(lines)
    }

    fn judge_void(&self, terminal: usize, of: &str, home: &Posted) -> Verdict {
        let own = &self.town.terminals[terminal];
        // A key of this home book, whoever's.
        let target = self
            .fates
            .iter()
            .filter(|((_, key), _)| key == of)
            .find(|((actor, _), _)| self.home_of(actor) == Some(own.home()));
        let Some(((actor, _), fate)) =
            target.filter(|(_, fate)| fate.kind == "use" && fate.outcome == "done")
        else {
            return Verdict::Refused("unknown_target");
        };
        if *actor != home.actor {
            return Verdict::Refused("not_this_terminal");
        }
        if fate.voided {
            return Verdict::Refused("already_voided");
        }
        if !fate.number.starts_with(&number_day(home.day)) {
            return Verdict::Refused("too_late_to_void");
        }
        Verdict::Done(fate.lines.iter().map(|line| Line { amount: -line.amount, ..*line }).collect())
    }

    fn home_of(&self, actor: &str) -> Option<BookCode> {
        let terminals = &self.town.terminals;
        terminals.iter().find(|terminal| actor_name(terminal) == actor).map(Terminal::home)
    }

    /// Nobody asks for a lapse: what is past lapses, all that is left of it.
    fn judge_lapse(&self, home: &Posted, lines: &[Line]) -> Result<Verdict, Objection> {
        let lot = lines.iter().find_map(|line| line.lot).and_then(|number| {
            self.lots.iter().find(|lot| lot.currency.book == home.book && lot.number == number)
        });
        let Some(lot) = lot else {
            // Booked before, by whoever came first.
            return Ok(Verdict::Refused("nothing_to_lapse"));
        };
        if lot.last_day.is_none_or(|last_day| home.day <= last_day) {
            return Err(format!("lot {} of book {} lapsed before its day was over", lot.number, home.book));
        }
        let side = Side::Resident(lot.person);
        Ok(Verdict::Done(vec![
            Line { currency: lot.currency, side, lot: Some(lot.number), amount: -lot.remaining },
            Line { currency: lot.currency, side: Side::Lapsed, lot: None, amount: lot.remaining },
        ]))
    }
}

fn judge_grant(
    (currency, person): (CurrencyCode, PersonId),
    points: i64,
    last_day: Option<Date>,
    today: Date,
    lines: &[Line],
) -> Verdict {
    if last_day.is_some_and(|last_day| last_day < today) {
        return Verdict::Refused("last_day_past");
    }
    // Which number the new lot has is the books' affair.
    let lot = lines.iter().find_map(|line| line.lot);
    Verdict::Done(vec![
        Line { currency, side: Side::Issued, lot: None, amount: -points },
        Line { currency, side: Side::Resident(person), lot: lot.or(Some(0)), amount: points },
    ])
}
