//! The ticket as the hands that stamp, fold and scan it would judge it, in the face it is printed in.

use super::*;
use crate::font::{Fonts, Glyphs, system_font_folders};
use crate::ticket::{Issued, sheets};
use jiff::civil::date;
use madoguchi_domain::language::Language;
use madoguchi_domain::ticket::TicketFace;
use proptest::prelude::*;
use std::sync::LazyLock;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::find(&system_font_folders()));

/// Printers reach no nearer to an edge.
const UNPRINTABLE: f32 = 4.2 * MM;

fn ticket(face: &TicketFace, language: Language) -> Ticket {
    let code = Modules::of("T1.141305.987654321012.7.0123456789ABCDEF").unwrap();
    Ticket { words: face.words(language), issued: Some(Issued { number: "9876 5432 1012".into(), code }) }
}

fn glyphs(ticket: &Ticket) -> Glyphs {
    FONTS.glyphs(ticket.texts().flat_map(str::chars)).unwrap_or_else(|missing| unreachable!("{missing:?}"))
}

/// What a mark covers: left, top, right, bottom. A frame covers only its line.
fn covers(mark: &Mark, measure: &impl Measure) -> Vec<[f32; 4]> {
    match mark {
        Mark::Words { x, baseline, size, weight, words } => {
            let reach = crate::page::length(words, *size, *weight, measure);
            vec![[*x, baseline - 0.78 * size, x + reach, baseline + 0.08 * size]]
        }
        Mark::Bar { x, y, width, height } => vec![[*x, *y, x + width, y + height]],
        Mark::Rule { from, to, y, thickness, .. } => vec![[*from, *y, *to, y + thickness]],
        Mark::Frame { x, y, width, height, thickness: t } => {
            let (left, top, right, bottom) =
                (x - t / 2.0, y - t / 2.0, x + width + t / 2.0, y + height + t / 2.0);
            vec![
                [left, top, right, top + t],
                [left, bottom - t, right, bottom],
                [left, top, left + t, bottom],
                [right - t, top, right, bottom],
            ]
        }
        #[allow(clippy::cast_precision_loss)] // a code has a few dozen modules
        Mark::Code { x, y, module, modules } => {
            let (side, quiet) = (module * modules.across() as f32, module * QUIET_ZONE);
            vec![[x - quiet, y - quiet, x + side + quiet, y + side + quiet]]
        }
    }
}

fn meet(one: [f32; 4], other: [f32; 4]) -> bool {
    const HAIRS_BREADTH: f32 = 0.02;
    one[0] + HAIRS_BREADTH < other[2]
        && other[0] + HAIRS_BREADTH < one[2]
        && one[1] + HAIRS_BREADTH < other[3]
        && other[1] + HAIRS_BREADTH < one[3]
}

/// The two boxes for stamps: the frames that no words but their names stand in.
fn room_for_stamps(page: &Page) -> Vec<[f32; 2]> {
    page.marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Frame { width, height, thickness, .. } if *thickness <= FRAME => {
                Some([*width, height - STAMP_NAME.leading])
            }
            _ => None,
        })
        .collect()
}

fn judge(page: &Page, measure: &impl Measure) -> Result<(), TestCaseError> {
    let covered: Vec<_> = page.marks.iter().map(|mark| (mark, covers(mark, measure))).collect();
    for (index, (mark, areas)) in covered.iter().enumerate() {
        for [left, top, right, bottom] in areas {
            // A code's quiet zone may reach into the edge: there it is white anyway.
            let edge = if matches!(mark, Mark::Code { .. }) { 0.0 } else { UNPRINTABLE };
            prop_assert!(*left >= edge && *right <= page.width - edge, "{mark:?}");
            prop_assert!(*top >= edge && *bottom <= page.height - edge, "{mark:?}");
        }
        for (other, others) in &covered[index + 1..] {
            let lines_of_one_box = !matches!(mark, Mark::Words { .. } | Mark::Code { .. })
                && !matches!(other, Mark::Words { .. } | Mark::Code { .. });
            let touching = areas.iter().any(|one| others.iter().any(|area| meet(*one, *area)));
            prop_assert!(!touching || lines_of_one_box, "{mark:?} and {other:?}");
        }
    }
    let stamps = room_for_stamps(page);
    prop_assert_eq!(stamps.len(), 2);
    for [width, height] in stamps {
        prop_assert!(width >= STAMP && height >= STAMP - 0.1, "{} × {}", width / MM, height / MM);
    }
    Ok(())
}

fn usual() -> TicketFace {
    TicketFace {
        points: 1_000,
        issuer_name: "川崎市".into(),
        event_name: None,
        issued_on: date(2026, 11, 20),
        last_day: date(2026, 12, 20),
        issued_at: "みなみ商工会".into(),
        training: false,
    }
}

#[test]
fn the_code_is_30_mm_wide_and_has_its_quiet_zone() {
    let ticket = ticket(&usual(), Language::Ja);
    let page = sheet(&ticket, &glyphs(&ticket));
    let sides = page.marks.iter().find_map(|mark| match mark {
        #[allow(clippy::cast_precision_loss)]
        Mark::Code { x, module, modules, .. } => Some((*x, module * modules.across() as f32, *module)),
        _ => None,
    });
    let (x, side, module) = sides.expect("a ticket has a code");
    assert!((side - 30.0 * MM).abs() < 0.01 && x >= QUIET_ZONE * module, "{side}");
}

#[test]
fn a_usual_ticket_stands_as_airy_as_it_can() {
    for face in [usual(), TicketFace { event_name: Some("夏まつりイベント".into()), ..usual() }] {
        let ticket = ticket(&face, Language::Ja);
        let glyphs = glyphs(&ticket);
        let mut airy =
            Sheet { measure: &glyphs, density: DENSITIES[0], y: TOP, bottom: BOTTOM, marks: Vec::new() };
        assert!(airy.set(&ticket) >= STAMP);
        assert_eq!(sheet(&ticket, &glyphs).marks, airy.marks);
    }
}

#[test]
fn a_fifth_ticket_takes_a_second_sheet() {
    let tickets: Vec<_> = (0..5).map(|_| ticket(&usual(), Language::Ja)).collect();
    let pages = sheets(&tickets, &glyphs(&tickets[0]));
    let codes = |page: &Page| page.marks.iter().filter(|mark| matches!(mark, Mark::Code { .. })).count();
    assert_eq!(pages.iter().map(codes).collect::<Vec<_>>(), [4, 1]);
}

#[test]
fn beside_the_fewest_words_the_stamps_still_keep_off_the_code() {
    let face = TicketFace { issued_at: " ".into(), ..usual() };
    let ticket = ticket(&face, Language::Ja);
    let glyphs = glyphs(&ticket);
    judge(&sheet(&ticket, &glyphs), &glyphs).unwrap();
}

fn a_name() -> impl Strategy<Value = String> {
    prop_oneof!["[川崎市神奈県山北町開成大井松田]{1,30}", "[あ-んア-ン]{1,30}", "[A-Za-z ]{1,30}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_meets_nothing_leaves_the_paper_and_every_stamp_has_room(
        issuer_name in a_name(),
        issued_at in a_name(),
        event_name in prop::option::of(a_name()),
        points in prop_oneof![1..100_000_i64, Just(9_999_999_999)],
        training: bool,
        english: bool,
    ) {
        let face = TicketFace { issuer_name, issued_at, event_name, points, training, ..usual() };
        let ticket = ticket(&face, if english { Language::En } else { Language::Ja });
        let glyphs = glyphs(&ticket);
        judge(&sheet(&ticket, &glyphs), &glyphs)?;
    }
}
