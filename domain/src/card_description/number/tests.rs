use super::*;
use crate::card_description::parse;
use proptest::prelude::*;

fn described(text: &str) -> CardDescription {
    parse(format!("name = \"a\"\n{text}").as_bytes()).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
}

fn said(made: Result<CustomerNumber, NoNumber>) -> Result<String, NoNumber> {
    made.map(|number| number.expose().to_owned())
}

const PLACE: &str = "[felica]\nsystem = \"FE00\"\nservice = \"1A8B\"\n";

#[test]
fn a_number_stands_where_the_description_says() {
    let library = described(&format!("{PLACE}offset = 2\nlength = 10\nencoding = \"ascii_digits\""));
    let block = *b"010012345678\0\0\0\0";
    assert_eq!(said(library.in_blocks(Some(&block))), Ok("0012345678".to_owned()));
    assert_eq!(library.in_blocks(Some(&[0; 16])), Err(NoNumber::Blank));
    assert_eq!(library.in_blocks(Some(&block[..8])), Err(NoNumber::NotOnThisCard));
    assert_eq!(library.in_blocks(None), Err(NoNumber::NotOnThisCard));
    assert_eq!(library.in_scan("0012345678"), Err(NoNumber::OtherSource));
    assert_eq!(library.in_idm([1; 8]), Err(NoNumber::OtherSource));
}

#[test]
fn full_width_digits_and_blanks_in_a_block_are_the_same_number() {
    let street =
        described(&format!("{PLACE}length = 16\nencoding = \"shift_jis\"\n[number]\nlength = [4, 6]"));
    let mut block = [b' '; 16];
    block[..10].copy_from_slice(&[0x82, 0x50, 0x82, 0x51, 0x81, 0x40, 0x82, 0x52, 0x82, 0x53]);
    assert_eq!(said(street.in_blocks(Some(&block))), Ok("1234".to_owned()));
}

#[test]
fn sixty_four_characters_come_from_four_blocks() {
    let longest = described(&format!("{PLACE}length = 64\nencoding = \"ascii\""));
    assert_eq!(said(longest.in_blocks(Some(&[b'7'; 64]))), Ok("7".repeat(64)));
    let too_long = described(&format!("{PLACE}length = 64\nencoding = \"bcd\""));
    assert_eq!(too_long.in_blocks(Some(&[0x11; 64])), Err(NoNumber::NoCustomerNumber));
}

#[test]
fn a_cards_own_number_is_sixteen_hexadecimal_digits() {
    let own = described("[idm]");
    assert_eq!(said(own.in_idm([1, 0x2E, 0, 0, 0, 0, 0, 0xFF])), Ok("012E0000000000FF".to_owned()));
    assert_eq!(own.in_blocks(Some(&[0x31; 16])), Err(NoNumber::OtherSource));
}

#[test]
fn scans_are_held_to_their_bar_code_and_their_shape() {
    let nw7 = "[wedge]\nsymbology = \"nw7\"\n[number]\n";
    let code39 = "[wedge]\nsymbology = \"code39\"\n[number]\n";
    let jan = "[wedge]\nsymbology = \"jan\"\n";
    let table = [
        (format!("{nw7}length = 5"), "A37859B", Ok("37859")),
        (format!("{nw7}length = 5"), "a37859b", Ok("37859")),
        (format!("{nw7}length = 5"), "37859", Ok("37859")),
        (format!("{nw7}length = 5"), "３７８５９", Ok("37859")),
        (format!("{nw7}length = 5"), "A378599B", Err(NoNumber::OtherLength { found: 6 })),
        (format!("{nw7}length = 5"), "AB859", Err(NoNumber::OtherSymbology)),
        (format!("{nw7}length = 5"), "", Err(NoNumber::Blank)),
        (format!("{nw7}check = \"nw7_modulus16\"\ndrop_check = true"), "A37859+B", Ok("37859")),
        (format!("{nw7}check = \"nw7_modulus16\""), "A37859+A", Err(NoNumber::WrongCheck)),
        (format!("{nw7}check = \"nw7_modulus16\""), "37859+", Err(NoNumber::WrongCheck)),
        (format!("{nw7}prefix = \"29\"\ndrop_prefix = true"), "A2912345B", Ok("12345")),
        (format!("{nw7}prefix = \"29\""), "A2812345B", Err(NoNumber::OtherPrefix)),
        (format!("{code39}check = \"code39_modulus43\""), "*CODE39W*", Ok("CODE39W")),
        (format!("{code39}check = \"code39_modulus43\"\ndrop_check = true"), "CODE39W", Ok("CODE39")),
        (format!("{code39}check = \"code39_modulus43\""), "CODE39X", Err(NoNumber::WrongCheck)),
        (code39.to_owned(), "code39", Err(NoNumber::OtherSymbology)),
        (jan.to_owned(), "4901234567894", Ok("4901234567894")),
        (jan.to_owned(), "4901234567890", Err(NoNumber::WrongCheck)),
        (jan.to_owned(), "490123456789", Err(NoNumber::OtherSymbology)),
        ("[wedge]\nsymbology = \"any\"".to_owned(), "MEMBER:0042", Ok("MEMBER:0042")),
    ];
    for (description, scan, expected) in table {
        let made = described(&description).in_scan(scan);
        assert_eq!(said(made), expected.map(str::to_owned), "{description} {scan}");
    }
}

#[test]
fn the_first_description_in_the_files_order_counts_and_the_others_are_said() {
    let number = || CustomerNumber::parse("1").map_err(|_| NoNumber::Blank);
    let met = super::super::meet(&[Err(NoNumber::Blank), number(), Err(NoNumber::NotOnThisCard), number()]);
    assert_eq!((met.first, met.others), (Some(1), vec![3]));
    assert_eq!(super::super::meet(&[Err(NoNumber::Blank)]).first, None);
}

proptest! {
    #[test]
    fn any_scan_is_a_number_or_none(typed in any::<String>()) {
        for symbology in ["nw7", "code39", "jan", "any"] {
            let made = described(&format!("[wedge]\nsymbology = \"{symbology}\"")).in_scan(&typed);
            if let Ok(number) = made {
                prop_assert!(number.expose().chars().count() <= crate::customer_number::LONGEST);
            }
        }
    }

    #[test]
    fn any_blocks_hold_a_number_or_none(read in proptest::collection::vec(any::<u8>(), 0..80)) {
        for encoding in ["ascii_digits", "ascii", "bcd", "shift_jis", "hex"] {
            let description = described(&format!("{PLACE}offset = 3\nlength = 40\nencoding = \"{encoding}\""));
            let _ = description.in_blocks(Some(&read));
        }
    }
}
