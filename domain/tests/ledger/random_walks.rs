//! Random walks over two books: whatever is asked, in whatever order and batches, the invariants
//! hold after every batch, and a repeated request gets the same answer.

use crate::memory::{
    COMMAND, DAY, Memory, NOON, TODAY, asked, city, clear, close_day, currency, grant, issue_with, key,
    lapse_ticket, merge_with, person, points, prefecture, reissue, terminal, unclear, use_with, void,
    void_ticket,
};
use crate::refunds::refund_on;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    AccountTitle, Actor, Answer, Asked, IdentifiedBy, LapseLot, Limits, LotId, Refusal, Request,
};
use madoguchi_domain::merge_file::TakenBack;
use madoguchi_domain::ticket::TicketNumber;
use proptest::prelude::*;
use std::collections::HashMap;

/// One step of a walk.
#[derive(Debug, Clone)]
enum Step {
    Grant {
        who: u128,
        what: usize,
        amount: i64,
        days: Option<i64>,
    },
    Use {
        who: u128,
        parts: Vec<(usize, i64)>,
        at: u32,
        signed: bool,
    },
    /// So many operations back.
    Void {
        back: i64,
        at: u32,
    },
    Lapse {
        who: u128,
        what: usize,
        lot: i64,
    },
    Issue {
        who: u128,
        what: usize,
        amount: i64,
        days: i64,
        at: u32,
    },
    Merge {
        who: u128,
        what: usize,
        amount: i64,
        at: u32,
        signed: bool,
    },
    /// So many merges back.
    Refund {
        back: usize,
        declined: bool,
    },
    Reissue {
        of: usize,
        at: u32,
    },
    VoidTicket {
        of: usize,
        at: u32,
    },
    Clear {
        of: usize,
        at: u32,
    },
    Unclear {
        back: i64,
        at: u32,
    },
    LapseTicket {
        of: usize,
    },
    CloseDay {
        at: u32,
    },
    Resolve {
        number: u128,
        at: u32,
    },
    Repeat {
        back: usize,
    },
    NextBatch,
    NextDay,
    ClockBack,
    Restart,
}

fn currencies() -> [CurrencyCode; 3] {
    [currency(city(), 1), currency(city(), 2), currency(prefecture(), 1)]
}

fn step() -> impl Strategy<Value = Step> {
    let who = || 1_u128..4;
    let what = || 0_usize..3;
    let parts = prop::collection::btree_map(what(), 1_i64..400, 1..=3);
    prop_oneof![
        4 => (who(), what(), 1_i64..1_000, prop::option::of(0_i64..4))
            .prop_map(|(who, what, amount, days)| Step::Grant { who, what, amount, days }),
        8 => (who(), parts, 1_u32..3, any::<bool>())
            .prop_map(|(who, parts, at, signed)| Step::Use { who, parts: parts.into_iter().collect(), at, signed }),
        4 => (0_i64..6, 1_u32..3).prop_map(|(back, at)| Step::Void { back, at }),
        2 => (who(), what(), 1_i64..20).prop_map(|(who, what, lot)| Step::Lapse { who, what, lot }),
        4 => (who(), what(), 1_i64..400, 0_i64..3, 1_u32..3)
            .prop_map(|(who, what, amount, days, at)| Step::Issue { who, what, amount, days, at }),
        3 => (who(), what(), 1_i64..400, 1_u32..3, any::<bool>())
            .prop_map(|(who, what, amount, at, signed)| Step::Merge { who, what, amount, at, signed }),
        3 => (0_usize..3, any::<bool>()).prop_map(|(back, declined)| Step::Refund { back, declined }),
        2 => (0_usize..4, 1_u32..3).prop_map(|(of, at)| Step::Reissue { of, at }),
        2 => (0_usize..4, 1_u32..3).prop_map(|(of, at)| Step::VoidTicket { of, at }),
        4 => (0_usize..4, 1_u32..3).prop_map(|(of, at)| Step::Clear { of, at }),
        3 => (0_i64..6, 1_u32..3).prop_map(|(back, at)| Step::Unclear { back, at }),
        2 => (0_usize..4).prop_map(|of| Step::LapseTicket { of }),
        1 => (1_u32..3).prop_map(|at| Step::CloseDay { at }),
        1 => (0_u128..60, 1_u32..3).prop_map(|(number, at)| Step::Resolve { number, at }),
        3 => (0_usize..20).prop_map(|back| Step::Repeat { back }),
        9 => Just(Step::NextBatch),
        1 => Just(Step::NextDay),
        1 => Just(Step::ClockBack),
        1 => Just(Step::Restart),
    ]
}

struct Walk {
    town: Memory,
    now_ms: i64,
    waiting: Vec<Request>,
    asked: Vec<Request>,
    answers: HashMap<(String, u128), Answer>,
}

impl Walk {
    fn take(&mut self, index: usize, step: Step) {
        let number = index as u128;
        match step {
            Step::Grant { who, what, amount, days } => {
                let today = crate::memory::japan_date(self.now_ms);
                let last_day = days.map(|days| today.checked_add(jiff::Span::new().days(days)).unwrap());
                self.ask(asked(COMMAND, number, grant(person(who), currencies()[what], amount, last_day)));
            }
            Step::Use { who, parts, at, signed } => {
                let parts: Vec<_> =
                    parts.into_iter().map(|(what, amount)| (currencies()[what], amount)).collect();
                let how = if signed { IdentifiedBy::Signature } else { IdentifiedBy::Certificate };
                let limits = Limits { per_use: Some(points(900)), per_day: Some(points(1_500)) };
                self.ask(asked(terminal(at), number, use_with(person(who), &parts, how, limits)));
            }
            Step::Void { back, at } => self.ask(asked(terminal(at), number, void(self.back(back)))),
            Step::Lapse { who, what, lot } => {
                let title = AccountTitle::resident(currencies()[what], person(who));
                let Some(account) = self.town.account(title).map(|account| account.id) else { return };
                let lapse =
                    LapseLot { currency: title.currency, person: person(who), account, lot: LotId(lot) };
                self.ask(asked(COMMAND, number, Asked::Lapse(lapse)));
            }
            Step::Issue { who, what, amount, days, at } => {
                let last_day =
                    crate::memory::japan_date(self.now_ms).checked_add(jiff::Span::new().days(days)).unwrap();
                let limits = Limits { per_use: Some(points(300)), per_day: Some(points(1_500)) };
                let issue = issue_with(person(who), currencies()[what], amount, last_day, limits);
                self.ask(asked(terminal(at), number, issue));
            }
            Step::Merge { who, what, amount, at, signed } => {
                let how = if signed { IdentifiedBy::Signature } else { IdentifiedBy::Certificate };
                let limits = Limits { per_use: Some(points(300)), per_day: Some(points(1_500)) };
                self.ask(asked(
                    terminal(at),
                    number,
                    merge_with(person(who), currencies()[what], amount, how, limits),
                ));
            }
            Step::Refund { back, declined } => {
                let Some(merge) = self.town.merges().iter().rev().nth(back).cloned() else { return };
                let booked_back = TakenBack::BookedBack { posting: merge.seq };
                let word = if declined { TakenBack::Declined } else { booked_back };
                self.ask(asked(COMMAND, number, refund_on(&merge, word)));
            }
            Step::Reissue { of, at } => {
                self.about_a_ticket(terminal(at), number, of, |_, ticket| reissue(ticket, 7));
            }
            Step::VoidTicket { of, at } => {
                self.about_a_ticket(terminal(at), number, of, |_, ticket| void_ticket(ticket));
            }
            Step::Clear { of, at } => {
                self.about_a_ticket(terminal(at), number, of, |_, ticket| clear(ticket));
            }
            Step::Unclear { back, at } => self.ask(asked(terminal(at), number, unclear(self.back(back)))),
            Step::LapseTicket { of } => self.about_a_ticket(COMMAND, number, of, lapse_ticket),
            Step::CloseDay { at } => self.ask(asked(terminal(at), number, close_day())),
            Step::Resolve { number, at } => self.ask(Request::resolve(terminal(at), city(), key(number))),
            Step::Repeat { back } => {
                if let Some(request) = self.asked.iter().rev().nth(back).cloned() {
                    self.ask(request);
                }
            }
            Step::NextBatch => self.post(),
            Step::NextDay => self.now_ms += DAY,
            Step::ClockBack => self.now_ms -= DAY / 2,
            Step::Restart => self.town.forget_what_was_kept(),
        }
    }

    /// The number of the operation so many back in the city's book.
    fn back(&self, back: i64) -> i64 {
        i64::try_from(self.town.operations(city()).len()).unwrap() - back
    }

    /// Everybody gets some points of every currency, of which a part lapses tomorrow.
    fn endow(&mut self) {
        let mut number = 10_000;
        for who in 1..4 {
            for what in currencies() {
                for last_day in [None, Some(TODAY)] {
                    number += 1;
                    self.ask(asked(COMMAND, number, grant(person(who), what, 1_500, last_day)));
                }
            }
        }
        self.post();
    }

    /// Asks something about one of the tickets that are known, if there are so many.
    fn about_a_ticket(
        &mut self,
        actor: Actor,
        number: u128,
        of: usize,
        what: impl FnOnce(BookCode, TicketNumber) -> Asked,
    ) {
        if let Some((book, ticket)) = self.town.ticket_numbers().into_iter().rev().nth(of) {
            self.ask(asked(actor, number, what(book, ticket)));
        }
    }

    fn ask(&mut self, request: Request) {
        self.asked.push(request.clone());
        self.waiting.push(request);
    }

    fn post(&mut self) {
        let requests = std::mem::take(&mut self.waiting);
        let decisions = self.town.post_all(self.now_ms, &requests);
        for (request, decision) in requests.iter().zip(decisions) {
            let answer = decision.expect("no fault").answer;
            self.compare(request, answer);
        }
        assert_eq!(self.town.violations(), []);
    }

    /// One key, one answer: the first, whether asked again or resolved.
    fn compare(&mut self, request: &Request, answer: Answer) {
        let scope = (request.actor.to_string(), request.key.0.as_u128());
        if answer == Answer::Refused(Refusal::NothingToLapse) {
            assert!(!self.answers.contains_key(&scope), "not remembered, so never a first answer");
            return;
        }
        assert_ne!(answer, Answer::Refused(Refusal::KeyReused), "no two requests of a walk share a key");
        let expected = match self.answers.get(&scope) {
            None => {
                self.answers.insert(scope, answer);
                return;
            }
            Some(Answer::Abandoned) if request.asked != Asked::Resolve => Answer::Refused(Refusal::Abandoned),
            Some(first) => first.clone(),
        };
        assert_eq!(answer, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn invariants_hold_and_answers_stay(steps in prop::collection::vec(step(), 1..70)) {
        let mut walk = Walk {
            town: Memory::with(&currencies()),
            now_ms: NOON,
            waiting: Vec::new(),
            asked: Vec::new(),
            answers: HashMap::new(),
        };
        walk.endow();
        for (index, step) in steps.into_iter().enumerate() {
            walk.take(index, step);
        }
        walk.post();
        for currency in currencies() {
            for who in 1..4 {
                prop_assert!(walk.town.balance(AccountTitle::resident(currency, person(who))) >= 0);
            }
        }
    }
}
