//! Every refusal, its cause, and that nothing moves: one row each.

use crate::memory::{
    COMMAND, DAY, Memory, NO_LIMITS, NOON, TODAY, asked, city, currency, done, grant, key, person, points,
    prefecture, refused, terminal, use_of, use_with, void,
};
use jiff::civil::date;
use madoguchi_domain::ledger::{
    AccountTitle, Answer, Asked, Barred, IdentifiedBy, LapseLot, Limits, LotId, OperationKind, Refusal,
    Request,
};

/// One city currency, one resident with 3,000 points of which 1,000 until 2027-03-31.
fn a_town() -> Memory {
    let mut town = Memory::with(&[currency(city(), 1), currency(prefecture(), 1)]);
    let march = Some(date(2027, 3, 31));
    let resident = person(1);
    town.post(NOON - DAY, asked(COMMAND, 1, grant(resident, currency(city(), 1), 1_000, march)));
    town.post(NOON - DAY, asked(COMMAND, 2, grant(resident, currency(city(), 1), 2_000, None)));
    town
}

fn lapse(town: &Memory, lot: i64) -> Asked {
    let title = AccountTitle::resident(currency(city(), 1), person(1));
    let account = town.account(title).map(|account| account.id).unwrap();
    Asked::Lapse(LapseLot { currency: title.currency, person: person(1), account, lot: LotId(lot) })
}

/// Case, what happened before, what is asked, why it is refused.
type Row = (&'static str, fn(&mut Memory), Asked, Refusal);

#[test]
fn each_refusal_has_its_cause_and_moves_nothing() {
    let here = currency(city(), 1);
    let limits = Limits { per_use: Some(points(1_500)), per_day: Some(points(2_000)) };
    let limited = |amount| use_with(person(1), &[(here, amount)], IdentifiedBy::Certificate, limits);
    let nothing_before: fn(&mut Memory) = |_| {};
    let used_before: fn(&mut Memory) = |town| {
        town.post(NOON, asked(terminal(1), 50, use_of(person(1), &[(currency(city(), 1), 1_200)])));
    };
    let table: Vec<Row> = vec![
        (
            "short by one",
            nothing_before,
            use_of(person(1), &[(here, 3_001)]),
            Refusal::Insufficient { currency: here, usable: 3_000 },
        ),
        (
            "no account",
            nothing_before,
            use_of(person(9), &[(here, 1)]),
            Refusal::Insufficient { currency: here, usable: 0 },
        ),
        (
            "one of two parts short",
            nothing_before,
            use_of(person(1), &[(here, 1), (currency(prefecture(), 1), 1)]),
            Refusal::Insufficient { currency: currency(prefecture(), 1), usable: 0 },
        ),
        (
            "short before over the limit",
            nothing_before,
            limited(3_001),
            Refusal::Insufficient { currency: here, usable: 3_000 },
        ),
        (
            "over the limit per use",
            nothing_before,
            limited(1_501),
            Refusal::OverLimitPerUse { limit: points(1_500) },
        ),
        (
            "over the day's limit",
            used_before,
            limited(801),
            Refusal::OverLimitPerDay { limit: points(2_000), left: 800 },
        ),
        (
            "visit over",
            nothing_before,
            Asked::Barred(Barred { kind: OperationKind::Use, refusal: Refusal::VisitExpired }),
            Refusal::VisitExpired,
        ),
        (
            "not here",
            nothing_before,
            Asked::Barred(Barred {
                kind: OperationKind::Use,
                refusal: Refusal::NotUsableHere { currency: here },
            }),
            Refusal::NotUsableHere { currency: here },
        ),
        (
            "no such currency",
            nothing_before,
            grant(person(1), currency(city(), 9), 1, None),
            Refusal::UnknownCurrency { currency: currency(city(), 9) },
        ),
        (
            "past before granted",
            nothing_before,
            grant(person(1), here, 1, Some(date(2026, 11, 19))),
            Refusal::LastDayPast { last_day: date(2026, 11, 19) },
        ),
        (
            "more than can be counted",
            |town| town.account_mut(AccountTitle::issued(currency(city(), 1))).balance = i64::MIN,
            grant(person(1), here, 1, None),
            Refusal::OutOfRange,
        ),
        ("nothing to void", nothing_before, void(77), Refusal::UnknownTarget),
        ("a grant is no use", nothing_before, void(1), Refusal::UnknownTarget),
        ("not past its last day", nothing_before, lapse(&a_town(), 1), Refusal::NothingToLapse),
        ("never lapses", nothing_before, lapse(&a_town(), 2), Refusal::NothingToLapse),
        ("no such lot", nothing_before, lapse(&a_town(), 3), Refusal::NothingToLapse),
    ];
    for (case, before, asked_for, expected) in table {
        let mut town = a_town();
        before(&mut town);
        let account = AccountTitle::resident(here, person(1));
        let balance = town.balance(account);
        let answer = town.post(NOON, asked(terminal(1), 100, asked_for));
        assert_eq!(refused(answer), expected, "{case}");
        assert_eq!(town.balance(account), balance, "{case}");
        let last = town.operations(city()).last().unwrap();
        let remembered = last.entries.is_empty() && last.operation.key == Some(key(100));
        assert_eq!(remembered, expected != Refusal::NothingToLapse, "{case}: remembered without entries");
    }
}

#[test]
fn a_void_is_refused_to_others_twice_and_the_day_after() {
    let here = currency(city(), 1);
    let mut town = a_town();
    let used = done(&town.post(NOON, asked(terminal(1), 10, use_of(person(1), &[(here, 500)]))));
    let elsewhere = town.post(NOON, asked(terminal(2), 11, void(used.seq)));
    assert_eq!(refused(elsewhere), Refusal::NotThisTerminal);
    let too_late = town.post(NOON + DAY, asked(terminal(1), 12, void(used.seq)));
    assert_eq!(refused(too_late), Refusal::TooLateToVoid { used_on: TODAY });

    let again = done(&town.post(NOON + DAY, asked(terminal(1), 13, use_of(person(1), &[(here, 500)]))));
    let voided = done(&town.post(NOON + DAY, asked(terminal(1), 14, void(again.seq))));
    let twice = town.post(NOON + DAY, asked(terminal(1), 15, void(again.seq)));
    assert_eq!(refused(twice), Refusal::AlreadyVoided { by: voided });
    let a_void_is_no_use = town.post(NOON + DAY, asked(terminal(1), 16, void(voided.seq)));
    assert_eq!(refused(a_void_is_no_use), Refusal::UnknownTarget);
    assert_eq!(town.violations(), []);
}

#[test]
fn of_two_voids_in_one_batch_one_wins() {
    let here = currency(city(), 1);
    let mut town = a_town();
    let used = done(&town.post(NOON, asked(terminal(1), 10, use_of(person(1), &[(here, 500)]))));
    let both = [asked(terminal(1), 11, void(used.seq)), asked(terminal(1), 12, void(used.seq))];
    let answers = town.post_all(NOON, &both);
    let first = done(&answers[0].as_ref().unwrap().answer);
    assert_eq!(refused(answers[1].clone().unwrap().answer), Refusal::AlreadyVoided { by: first });
    assert_eq!(town.violations(), []);
}

#[test]
fn a_known_key_answers_before_anything_else_is_looked_at() {
    let here = currency(city(), 1);
    let mut town = a_town();
    let request = asked(terminal(1), 10, use_of(person(1), &[(here, 500)]));
    let first = town.post(NOON, request.clone());
    let expired = Asked::Barred(Barred { kind: OperationKind::Use, refusal: Refusal::VisitExpired });
    let repeated = Request { asked: expired, ..request.clone() };
    assert_eq!(town.post(NOON, repeated), first, "the visit is over, the answer stays");
    let other = asked(terminal(1), 10, use_of(person(1), &[(here, 501)]));
    assert_eq!(refused(town.post(NOON, other)), Refusal::KeyReused);
    let elsewhere = Request { actor: terminal(2), ..request };
    assert_ne!(town.post(NOON, elsewhere), first, "another terminal's key is another key");
    assert_eq!(town.violations(), []);
}

#[test]
fn a_refusal_is_the_answer_for_ever() {
    let here = currency(city(), 1);
    let mut town = a_town();
    let request = asked(terminal(1), 10, use_of(person(1), &[(here, 3_500)]));
    let first = town.post(NOON, request.clone());
    town.post(NOON, asked(COMMAND, 11, grant(person(1), here, 5_000, None)));
    assert_eq!(town.post(NOON, request), first);
}

#[test]
fn a_resolved_key_is_dead_and_a_delayed_original_is_refused() {
    let here = currency(city(), 1);
    let mut town = a_town();
    let original = asked(terminal(1), 10, use_of(person(1), &[(here, 500)]));
    let resolve = Request::resolve(terminal(1), city(), key(10));
    assert_eq!(town.post(NOON, resolve.clone()), Answer::Abandoned);
    assert_eq!(refused(town.post(NOON, original)), Refusal::Abandoned);
    assert_eq!(town.post(NOON, resolve), Answer::Abandoned, "and stays so");
    assert_eq!(town.balance(AccountTitle::resident(here, person(1))), 3_000);

    let arrived = asked(terminal(1), 20, use_of(person(1), &[(here, 500)]));
    let first = town.post(NOON, arrived);
    assert_eq!(town.post(NOON, Request::resolve(terminal(1), city(), key(20))), first);
    assert_eq!(town.violations(), []);
}

#[test]
fn codes_are_stable_and_distinct() {
    let here = currency(city(), 1);
    let number = done(&a_town().post(NOON, asked(terminal(1), 1, use_of(person(1), &[(here, 1)]))));
    let limit = points(1);
    let codes = [
        Refusal::KeyReused,
        Refusal::Abandoned,
        Refusal::VisitExpired,
        Refusal::NotUsableHere { currency: here },
        Refusal::UnknownCurrency { currency: here },
        Refusal::Insufficient { currency: here, usable: 0 },
        Refusal::OverLimitPerUse { limit },
        Refusal::OverLimitPerDay { limit, left: 0 },
        Refusal::LastDayPast { last_day: TODAY },
        Refusal::OutOfRange,
        Refusal::UnknownTarget,
        Refusal::NotThisTerminal,
        Refusal::AlreadyVoided { by: number },
        Refusal::TooLateToVoid { used_on: TODAY },
        Refusal::NothingToLapse,
    ]
    .map(|refusal| {
        let text = serde_json::to_string(&refusal).unwrap();
        assert_eq!(serde_json::from_str::<Refusal>(&text).unwrap(), refusal, "reads back");
        assert!(text.contains(&format!("\"code\":\"{}\"", refusal.code())), "{text}");
        refusal.code()
    });
    assert_eq!(
        codes.join(" "),
        "key_reused abandoned visit_expired not_usable_here unknown_currency insufficient over_limit_per_use \
         over_limit_per_day last_day_past out_of_range unknown_target not_this_terminal already_voided \
         too_late_to_void nothing_to_lapse"
    );
    assert_eq!(NO_LIMITS.per_day, None);
}
