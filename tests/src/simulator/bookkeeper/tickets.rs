//! What the second bookkeeper would have written of tickets: the rules, in the simplest way.

use super::order::number_day;
use super::verdict::Verdict;
use super::{Asked, Bookkeeper, Objection, Scope};
use crate::simulator::rows::{Line, Posted, Side};
use crate::simulator::town::{LIMIT_PER_DAY, LIMIT_PER_USE};
use jiff::ToSpan;
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::TicketNumber;

/// A ticket that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedIssue {
    /// Whose points.
    pub person: PersonId,
    /// Which.
    pub currency: CurrencyCode,
    /// How many.
    pub points: i64,
    /// Until when.
    pub last_day: Date,
}

/// What is done with a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfTicket {
    /// Printed anew, at this site.
    Reissue(SiteId),
    /// Taken back by its desk.
    Void,
    /// Cleared, with this stamp.
    Clear(SiteId),
}

/// A ticket as the second bookkeeper knows it.
#[derive(Debug, Clone)]
pub(super) struct Ticket {
    pub(super) currency: CurrencyCode,
    points: i64,
    last_day: Date,
    site: i64,
    /// Under which key its points were taken.
    issue: Scope,
    /// `open`, `cleared` …
    pub(super) state: &'static str,
}

impl Bookkeeper {
    pub(super) fn judge_issue(&self, asked: &AskedIssue, home: &Posted) -> Verdict {
        let AskedIssue { person, currency, points, last_day } = asked;
        if *last_day < home.day || *last_day > home.day.saturating_add(30.days()) {
            return Verdict::Refused("last_day_out_of_range");
        }
        let Some(mut lines) = self.draw(*person, *currency, *points, home.day) else {
            return Verdict::Refused("insufficient");
        };
        if *points > LIMIT_PER_USE {
            return Verdict::Refused("over_limit_per_use");
        }
        if points + self.used(home.book, *person, home.day) > LIMIT_PER_DAY {
            return Verdict::Refused("over_limit_per_day");
        }
        lines.push(Line { currency: *currency, side: Side::Held, lot: None, amount: *points });
        Verdict::Done(lines)
    }

    pub(super) fn judge_of_ticket(&self, what: OfTicket, number: TicketNumber, home: &Posted) -> Verdict {
        let Some(ticket) = self.tickets.get(&number) else { return Verdict::Refused("ticket_unknown") };
        let elsewhere = match what {
            OfTicket::Reissue(site) if site.0 != ticket.site => Some("not_this_site"),
            OfTicket::Void if ticket.issue.0 != home.actor => Some("not_this_terminal"),
            _ => None,
        };
        let dead = match ticket.state {
            "open" if ticket.last_day < home.day && what != OfTicket::Void => Some("ticket_lapsed"),
            "open" => None,
            "cleared" => Some("ticket_cleared"),
            "lapsed" => Some("ticket_lapsed"),
            "reissued" => Some("ticket_reissued"),
            _ => Some("ticket_voided"),
        };
        if let Some(reason) = elsewhere.or(dead) {
            return Verdict::Refused(reason);
        }
        let line = |side, amount| Line { currency: ticket.currency, side, lot: None, amount };
        match what {
            OfTicket::Reissue(_) => Verdict::Done(Vec::new()),
            OfTicket::Void => self.judge_undoing(&ticket.issue, home),
            OfTicket::Clear(site) => {
                Verdict::Done(vec![line(Side::Held, -ticket.points), line(Side::Site(site), ticket.points)])
            }
        }
    }

    pub(super) fn judge_unclear(&self, of: &Scope, home: &Posted) -> Verdict {
        match self.fates.get(of) {
            Some(fate) if fate.kind == "clear" && fate.outcome == "done" => self.judge_undoing(of, home),
            _ => Verdict::Refused("unknown_target"),
        }
    }

    /// What was done under a key is undone by whoever did it, once, on its day, before the day's close.
    fn judge_undoing(&self, of: &Scope, home: &Posted) -> Verdict {
        let Some(fate) = self.fates.get(of) else { return Verdict::Refused("unknown_target") };
        if of.0 != home.actor {
            return Verdict::Refused("not_this_terminal");
        }
        if fate.voided {
            return Verdict::Refused("already_voided");
        }
        if !fate.number.starts_with(&number_day(home.day)) {
            return Verdict::Refused("too_late_to_void");
        }
        let seq = fate.number.rsplit_once('-').and_then(|(_, seq)| seq.parse::<i64>().ok());
        if self.closes.get(&home.actor).is_some_and(|(_, closed)| seq < Some(*closed)) {
            return Verdict::Refused("day_closed");
        }
        Verdict::Done(fate.lines.iter().map(|line| Line { amount: -line.amount, ..*line }).collect())
    }

    /// A day close without a line, numbered one after the other.
    pub(super) fn judge_close(&self, home: &Posted) -> Result<Verdict, Objection> {
        let number = self.closes.get(&home.actor).map_or(0, |(number, _)| *number) + 1;
        let said = done(home).and_then(|done| done.get("close")?.as_i64());
        if said == Some(number) {
            Ok(Verdict::Done(Vec::new()))
        } else {
            Err(format!("I11: {} closes its day as {said:?} and not {number}", home.actor))
        }
    }

    /// Nobody asks for a lapse: what is still open after its day lapses.
    pub(super) fn judge_ticket_lapse(&self, home: &Posted) -> Result<Verdict, Objection> {
        let ticket = number_said(home, "ticket").and_then(|number| self.tickets.get(&number));
        let Some(ticket) = ticket else { return Err("a ticket lapsed that nobody issued".into()) };
        if ticket.state != "open" || home.day <= ticket.last_day {
            return Err(format!("I4: a ticket lapsed that was {} until {}", ticket.state, ticket.last_day));
        }
        let line = |side, amount| Line { currency: ticket.currency, side, lot: None, amount };
        Ok(Verdict::Done(vec![line(Side::Held, -ticket.points), line(Side::Lapsed, ticket.points)]))
    }

    /// Notes what became of tickets and days by an act that was posted.
    pub(super) fn carry_over_tickets(&mut self, scope: &Scope, home: &Posted) {
        if home.outcome != "done" {
            return;
        }
        let number = number_said(home, "ticket");
        match (home.kind.as_str(), self.asked.get(scope), number) {
            ("ticket_issue", Some(Asked::Issue(asked)), Some(number)) => {
                let site = said_site(home);
                let AskedIssue { currency, points, last_day, .. } = *asked;
                let issue = scope.clone();
                let ticket = Ticket { currency, points, last_day, site, issue, state: "open" };
                self.tickets.insert(number, ticket);
            }
            ("reissue", Some(Asked::OfTicket(_, old)), Some(number)) => {
                let old = *old;
                if let Some(ticket) = self.tickets.get(&old).cloned() {
                    self.tickets.insert(number, ticket);
                }
                self.becomes(Some(old), "reissued");
            }
            ("ticket_void", ..) => self.becomes(number, "voided"),
            ("clear", ..) => self.becomes(number, "cleared"),
            ("ticket_lapse", ..) => self.becomes(number, "lapsed"),
            ("unclear", Some(Asked::Unclear(of)), _) => {
                if let Some(fate) = self.fates.get_mut(&of.clone()) {
                    fate.voided = true;
                }
                self.becomes(number, "open");
            }
            ("day_close", ..) => {
                let closed = self.closes.entry(home.actor.clone()).or_default();
                *closed = (closed.0 + 1, home.seq);
            }
            _ => {}
        }
    }

    fn becomes(&mut self, number: Option<TicketNumber>, state: &'static str) {
        if let Some(ticket) = number.and_then(|number| self.tickets.get_mut(&number)) {
            ticket.state = state;
        }
    }

    /// The person and the points that count towards the day: of an issue, and back again of its void.
    pub(super) fn counted_of_a_ticket(&self, scope: &Scope) -> Option<(PersonId, i64)> {
        match self.asked.get(scope)? {
            Asked::Issue(asked) => Some((asked.person, asked.points)),
            Asked::OfTicket(OfTicket::Void, number) => {
                let issue = &self.tickets.get(number)?.issue;
                let (person, points) = self.counted_of_a_ticket(issue)?;
                Some((person, -points))
            }
            _ => None,
        }
    }

    /// Compares what the books hold for open tickets, and every ticket's state (I4).
    pub(super) fn compare_tickets(&self, kept: &super::Kept) -> Result<(), Objection> {
        for currency in &self.town.currencies {
            let open: i64 = self
                .tickets
                .values()
                .filter(|ticket| ticket.currency == currency.code && ticket.state == "open")
                .map(|ticket| ticket.points)
                .sum();
            let held = kept.balances.get(&(currency.code, Side::Held)).copied().unwrap_or(0);
            if held != open {
                return Err(format!("I4: {held} of {} are held, open tickets are {open}", currency.name));
            }
        }
        let mine = self.tickets.iter().map(|(number, ticket)| (*number, ticket.state.to_owned())).collect();
        if kept.tickets == mine {
            Ok(())
        } else {
            Err("I4: a ticket is kept otherwise than it became".into())
        }
    }
}

/// What was answered, where it was done.
fn done(home: &Posted) -> Option<serde_json::Value> {
    let answer: serde_json::Value = serde_json::from_str(home.answer.as_deref()?).ok()?;
    answer.get("done").cloned()
}

fn number_said(home: &Posted, field: &str) -> Option<TicketNumber> {
    TicketNumber::parse(done(home)?.get(field)?.get("number")?.as_str()?).ok()
}

fn said_site(home: &Posted) -> i64 {
    done(home).and_then(|done| done.get("ticket")?.get("issued_at")?.as_i64()).unwrap_or_default()
}
