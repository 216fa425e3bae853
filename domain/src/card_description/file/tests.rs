use super::*;
use crate::card_description::{Encoding, FelicaArea, FelicaPlace};
use proptest::prelude::*;

const FELICA: &str = r#"
name = "見本市立図書館"

[felica]
system = "FE00"
service = "1A8B"
block = 0
offset = 2
length = 10
encoding = "ascii_digits"

[number]
length = 10
prefix = "29"
check = "modulus10_weight3"
"#;

#[test]
fn a_felica_card_is_described_by_where_its_number_stands() {
    let described = parse(FELICA.as_bytes()).unwrap();
    assert_eq!(described.name, "見本市立図書館");
    let area = FelicaArea { system: 0xFE00, service: 0x1A8B, first_block: 0, blocks: 1 };
    let place = FelicaPlace { area, offset: 2, length: 10, encoding: Encoding::AsciiDigits };
    assert_eq!(described.source, NumberSource::Felica(place));
    assert_eq!(described.shape.length, 10..=10);
    assert_eq!(described.shape.prefix, "29");
    assert_eq!(described.shape.check, Some(CheckDigit::Modulus10Weight3));
}

#[test]
fn a_scan_and_a_cards_own_number_need_little() {
    let wedge =
        parse("name = \"a\"\n[wedge]\nsymbology = \"nw7\"\n[number]\nlength = [8, 12]".as_bytes()).unwrap();
    assert_eq!(wedge.source, NumberSource::Wedge(Symbology::Nw7));
    assert_eq!(wedge.shape.length, 8..=12);
    let idm = parse(b"\xEF\xBB\xBFname = \"a\"\n[idm]\n").unwrap();
    assert_eq!(idm.source, NumberSource::Idm);
}

/// A number that crosses a block's border takes as many blocks as it touches.
#[test]
fn blocks_are_counted_by_what_the_number_touches() {
    for (offset, length, blocks) in [(0, 16, 1), (0, 17, 2), (15, 1, 1), (15, 2, 2), (0, 64, 4), (15, 49, 4)]
    {
        let text = FELICA.replace("offset = 2", &format!("offset = {offset}"));
        let text = text.replace("length = 10\nencoding", &format!("length = {length}\nencoding"));
        match parse(text.as_bytes()).unwrap().source {
            NumberSource::Felica(place) => assert_eq!(place.area.blocks, blocks, "{offset} {length}"),
            other => panic!("{other:?}"),
        }
    }
}

fn fault(text: &str) -> (usize, usize, WhatIsWrong) {
    let fault = parse(text.as_bytes()).expect_err(text);
    (fault.line, fault.column, fault.what)
}

/// A line of the good file replaced by another: what is said, and where.
#[test]
fn every_mistake_is_said_with_its_line_and_its_column() {
    let word = |word: &str| word.to_owned();
    let sort = |of: &str, wanted| WhatIsWrong::OtherSort { word: of.to_owned(), wanted };
    let range = |of: &str, least, most| WhatIsWrong::OutOfRange { word: of.to_owned(), least, most };
    let table = [
        ("name = \"見本市立図書館\"", "", (1, 1, WhatIsWrong::MissingWord { word: "name" })),
        (
            "name = \"見本市立図書館\"",
            "name = \"  \"",
            (2, 8, WhatIsWrong::TextLength { word: word("name"), most: 60 }),
        ),
        ("name = \"見本市立図書館\"", "name = \"見本市立図書館", (2, 16, WhatIsWrong::NoToml)),
        (
            "[felica]",
            "[felika]",
            (
                4,
                2,
                WhatIsWrong::UnknownWord {
                    word: word("felika"),
                    known: &["name", "felica", "idm", "wedge", "number"],
                },
            ),
        ),
        ("system = \"FE00\"", "", (4, 2, WhatIsWrong::MissingWord { word: "system" })),
        ("system = \"FE00\"", "system = 65024", (5, 10, sort("system", Sort::Text))),
        ("system = \"FE00\"", "system = \"FE0\"", (5, 10, WhatIsWrong::NoCode { word: word("system") })),
        ("system = \"FE00\"", "system = \"+E00\"", (5, 10, WhatIsWrong::NoCode { word: word("system") })),
        ("service = \"1A8B\"", "service = \"1A88\"", (6, 11, WhatIsWrong::ServiceNeedsKey)),
        ("block = 0", "block = -1", (7, 9, range("block", 0, 65_532))),
        ("block = 0", "block = 99999999999999999999999", (7, 9, range("block", 0, 65_532))),
        ("block = 0", "block = 0.5", (7, 9, sort("block", Sort::Number))),
        ("offset = 2", "offset = 16", (8, 10, range("offset", 0, 15))),
        ("length = 10\nencoding", "length = 63\nencoding", (9, 10, range("length", 1, 62))),
        ("length = 10\nencoding", "length = 0\nencoding", (9, 10, range("length", 1, 62))),
        (
            "encoding = \"ascii_digits\"",
            "encoding = \"ascll\"",
            (
                10,
                12,
                WhatIsWrong::UnknownChoice {
                    word: word("encoding"),
                    known: &["ascii_digits", "ascii", "bcd", "shift_jis", "hex"],
                },
            ),
        ),
        ("length = 10\nprefix", "length = [12, 8]\nprefix", (13, 10, range("length", 12, 128))),
        ("length = 10\nprefix", "length = [8]\nprefix", (13, 10, sort("length", Sort::NumberOrRange))),
        ("check = \"modulus10_weight3\"", "check = \"nw7_modulus16\"", (15, 9, WhatIsWrong::CheckDoesNotFit)),
        ("check = \"modulus10_weight3\"", "drop_check = 1", (15, 14, sort("drop_check", Sort::YesOrNo))),
        ("check = \"modulus10_weight3\"", "[idm]", (15, 2, WhatIsWrong::NotOneSource)),
    ];
    for (line, instead, expected) in table {
        assert!(FELICA.contains(line), "{line}");
        let text = FELICA.replacen(line, instead, 1);
        assert_eq!(fault(&text), expected, "{instead}");
    }
    assert_eq!(fault("name = \"a\"").2, WhatIsWrong::NotOneSource);
    assert_eq!(fault("name = \"a\"\nidm = 3").2, sort("idm", Sort::Part));
}

#[test]
fn what_is_no_description_at_all_is_said_to_be_none() {
    let huge = format!("name = \"{}\"", "a".repeat(LARGEST));
    assert_eq!(fault(&huge).2, WhatIsWrong::TooLarge);
    let deep = format!("name = {}1{}", "[".repeat(4000), "]".repeat(4000));
    assert_eq!(fault(&deep).2, WhatIsWrong::NoToml);
    let shift_jis = parse(b"name = \"a\"\n# \x90\x7D\x8F\x91").expect_err("not UTF-8");
    assert_eq!((shift_jis.line, shift_jis.column, shift_jis.what), (2, 3, WhatIsWrong::NoText));
    for binary in [&b"PK\x03\x04\x14\0\0\0"[..], b"\0\0\0\0", b"\x89PNG\r\n\x1A\n", b"\x7FELF"] {
        assert!(parse(binary).is_err(), "{binary:02X?}");
    }
}

#[test]
fn an_unknown_word_is_shown_in_part_only() {
    let long = "a".repeat(10_000);
    match fault(&format!("{long} = 1")).2 {
        WhatIsWrong::UnknownWord { word, .. } => assert_eq!(word.chars().count(), 33),
        other => panic!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn any_bytes_are_a_description_or_a_fault_inside_the_file(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Err(fault) = parse(&bytes) {
            let lines = bytes.split(|byte| *byte == b'\n').count();
            prop_assert!((1..=lines).contains(&fault.line) && fault.column >= 1);
        }
    }

    /// Nearly right files: pieces of a good one cut, repeated and mixed.
    #[test]
    fn a_good_file_with_anything_done_to_it_is_a_description_or_a_fault(
        cut in 0..FELICA.len(),
        length in 0..60_usize,
        put_in in "[\\[\\]=\"'\\\\a-z0-9_.\n 　{},#-]{0,20}",
    ) {
        let mut bytes = FELICA.as_bytes().to_vec();
        let end = (cut + length).min(bytes.len());
        bytes.splice(cut..end, put_in.bytes());
        if let Ok(described) = parse(&bytes) {
            prop_assert!(!described.name.is_empty());
            if let NumberSource::Felica(place) = described.source {
                prop_assert!(place.offset + place.length <= place.area.blocks * crate::card_description::BLOCK);
                prop_assert!((1..=crate::card_description::MOST_BLOCKS).contains(&place.area.blocks));
            }
        }
    }
}
