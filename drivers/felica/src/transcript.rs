//! A transcript that may leave the house: what was asked and answered, without the card's number and
//! without what stands in its blocks.
//!
//! Of an answer only what is known to be harmless is written; everything else is counted.

use madoguchi_domain::card_description::BLOCK;
use madoguchi_port::apdu::{ResponseApdu, StatusWord};
use madoguchi_port::fault::CardFault;
use madoguchi_port::felica::Idm;

/// One command and its answer.
pub(crate) fn line(command: &[u8], answer: &Result<ResponseApdu, CardFault>, idm: Option<Idm>) -> String {
    let asked = without_idm(command, idm);
    match answer {
        Ok(answer) if answer.data.is_empty() => format!("> {asked}  < {}", ended(answer.status)),
        Ok(answer) => format!("> {asked}  < {} {}", harmless(command, &answer.data), ended(answer.status)),
        Err(fault) => format!("> {asked}  < {fault}"),
    }
}

/// A status where it is one: of an answer without, it would be the last two bytes of what was read.
fn ended(status: StatusWord) -> String {
    match status.0.to_be_bytes() {
        [0x60..=0x6F | 0x90..=0x9F, _] => format!("{status:?}"),
        other => counted(&other),
    }
}

/// What we say is our own, except for the IDm in it.
fn without_idm(command: &[u8], idm: Option<Idm>) -> String {
    let mut said = Vec::new();
    let mut rest = command;
    while let Some((first, others)) = rest.split_first() {
        match (rest.split_first_chunk::<8>(), idm) {
            (Some((chunk, behind)), Some(idm)) if Idm(*chunk).is_of_the_same_card(idm) => {
                said.push("[IDm]".to_owned());
                rest = behind;
            }
            _ => {
                said.push(format!("{first:02X}"));
                rest = others;
            }
        }
    }
    said.join(" ")
}

fn harmless(command: &[u8], data: &[u8]) -> String {
    match command.get(1) {
        Some(0x00) => match data {
            // The PN532's code and its status, then a target's number where it lists one.
            [0xD5, 0x4B, count, target, frame @ ..] => {
                format!("D5 4B {count:02X} {target:02X} {}", of_frame(frame))
            }
            [0xD5, 0x41, status, frame @ ..] => format!("D5 41 {status:02X} {}", of_frame(frame)),
            [0xD5, code, rest @ ..] => format!("D5 {code:02X} {}", counted(rest)),
            frame => of_frame(frame),
        },
        Some(0x50 | 0xC2) => of_objects(data),
        Some(0x46) => of_blocks(data)
            .map_or_else(|| counted(data), |(said, blocks)| format!("{said} {}", counted(blocks))),
        _ => counted(data),
    }
}

/// Only a frame that is as long as it says, with one byte behind it where a reader puts one there.
fn of_frame(frame: &[u8]) -> String {
    shaped_frame(frame).unwrap_or_else(|| counted(frame))
}

fn shaped_frame(frame: &[u8]) -> Option<String> {
    let (whole, behind) = frame.split_at_checked(usize::from(*frame.first()?))?;
    if behind.len() > 1 {
        return None;
    }
    let said = match whole {
        [length, 0x01, body @ ..] => match body.split_first_chunk::<16>()?.1 {
            [] => format!("{length:02X} 01 [IDm] [PMm]"),
            [high, low] => format!("{length:02X} 01 [IDm] [PMm] {high:02X} {low:02X}"),
            _ => return None,
        },
        [length, 0x07, body @ ..] => {
            let (said, blocks) = of_blocks(body)?;
            format!("{length:02X} 07 {said} {}", counted(blocks))
        }
        _ => return None,
    };
    Some(if behind.is_empty() { said } else { format!("{said} {}", counted(behind)) })
}

/// The flags of an answer that holds blocks or refuses, and what comes after them.
fn of_blocks(body: &[u8]) -> Option<(String, &[u8])> {
    let (_, [flag_1, flag_2, blocks @ ..]) = body.split_first_chunk::<8>()? else { return None };
    let is_shaped = match (flag_1, blocks) {
        (0, [count, bytes @ ..]) => bytes.len() == usize::from(*count) * usize::from(BLOCK),
        (0, []) => false,
        (_, [] | [0]) => true,
        _ => false,
    };
    is_shaped.then(|| (format!("[IDm] {flag_1:02X} {flag_2:02X}"), blocks))
}

fn of_objects(mut objects: &[u8]) -> String {
    let mut said = Vec::new();
    while let [tag, length, rest @ ..] = objects {
        let Some((value, others)) = rest.split_at_checked(usize::from(*length)) else { break };
        let shown = match (*tag, *length) {
            // How it went, bits left over, the card's status: the reader's own words, of their own lengths.
            (0xC0, 3) | (0x92, 1) | (0x96, 2) => Some(hex::encode_upper(value)),
            (0x97, _) => shaped_frame(value),
            _ => None,
        };
        said.push(match shown {
            Some(shown) => format!("{tag:02X} {length:02X} {shown}"),
            None => format!("{tag:02X} {}", counted(value)),
        });
        objects = others;
    }
    if !objects.is_empty() {
        said.push(counted(objects));
    }
    said.join(" | ")
}

fn counted(bytes: &[u8]) -> String {
    format!("[{} bytes]", bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use madoguchi_port::apdu::StatusWord;
    use proptest::prelude::*;

    const IDM: Idm = Idm([0x01, 0x2E, 0x4C, 0xD7, 0x99, 0x5A, 0x3B, 0x77]);

    fn said(command: &str, data: &str) -> String {
        let bytes = |text: &str| hex::decode(text.replace(' ', "")).unwrap();
        let answer = Ok(ResponseApdu { data: bytes(data), status: StatusWord::OK });
        line(&bytes(command), &answer, Some(IDM))
    }

    #[test]
    fn the_wrapping_is_shown_and_what_is_wrapped_is_counted() {
        let read = "FF00000010 1006 012E4CD7995A3B77 01 8B1A 01 8000";
        let block = "1D07 012E4CD7995A3B77 0000 01 30303132333435363738000000000000";
        assert_eq!(
            said(read, block),
            "> FF 00 00 00 10 10 06 [IDm] 01 8B 1A 01 80 00  < 1D 07 [IDm] 00 00 [17 bytes] 9000"
        );
        let polled = "1401 112E4CD7995A3B77 0120220427674EFF FE00";
        assert_eq!(
            said("FF000000060600FE000100", polled),
            "> FF 00 00 00 06 06 00 FE 00 01 00  < 14 01 [IDm] [PMm] FE 00 9000"
        );
        assert_eq!(said("FFCA000000", "012E4CD7995A3B77"), "> FF CA 00 00 00  < [8 bytes] 9000");
        assert_eq!(
            said("FFC2000102 95 00", &format!("C003009000 920100 96020000 971D{block}")),
            "> FF C2 00 01 02 95 00  < C0 03 009000 | 92 01 00 | 96 02 0000 | 97 1D 1D 07 [IDm] 00 00 [17 bytes] 9000"
        );
    }

    #[test]
    fn an_answer_without_its_length_byte_and_one_without_a_status_are_counted() {
        let polled = "01 012E4CD7995A3B77 0120220427674EFF FE00";
        assert_eq!(
            said("FF000000060600FE000100", &format!("07 {polled}")),
            "> FF 00 00 00 06 06 00 FE 00 01 00  < [20 bytes] 9000"
        );
        let read = "FF00000010 1006 012E4CD7995A3B77 01 8B1A 01 8000";
        let block = "07 012E4CD7995A3B77 0000 01 30303132333435363738000000000000";
        assert!(said(read, block).ends_with("  < [28 bytes] 9000"));
        let status = StatusWord(0x3031);
        let bare = line(&[0xFF], &Ok(ResponseApdu { data: vec![0x30], status }), Some(IDM));
        assert_eq!(bare, "> FF  < [1 bytes] [2 bytes]");
    }

    #[test]
    fn a_byte_behind_the_frame_and_a_refusal_are_told_for_what_they_are() {
        let read = "FF00000010 1006 012E4CD7995A3B77 01 8B1A 01 8000";
        assert!(said(read, "0C07 012E4CD7995A3B77 01A6").ends_with("  < 0C 07 [IDm] 01 A6 [0 bytes] 9000"));
        let polled = "1201 012E4CD7995A3B77 0120220427674EFF 00";
        assert!(said("FF000000060600FE000100", polled).ends_with("  < 12 01 [IDm] [PMm] [1 bytes] 9000"));
    }

    proptest! {
        /// Whatever a reader wraps around it or leaves out, no two neighbouring bytes of a card's number or of
        /// its blocks stand in the line.
        #[test]
        fn nothing_of_a_card_is_written(
            instruction in prop::sample::select(vec![0x00_u8, 0x46, 0x4A, 0x50, 0xA4, 0xB0, 0xC2, 0xCA]),
            wrapping in prop::sample::select(vec!["", "D54100", "D54B0101", "C003009000971D", "01", "07", "14"]),
            shape in prop::sample::select(vec![
                "1D07@000001#", "1401@FFFFFFFFFFFFFFFFFE00", "@#", "#", "@000001#", "@FFFFFFFFFFFFFFFFFE00",
                "07@000001#", "@#@#", "1201#", "1D07@0000#",
            ]),
            begins in prop::sample::select(vec!["01", "07", "12", "14", "1D", "C0", "92", "96", "97"]),
            shift in 0..3_usize,
        ) {
            let idm = &format!("{begins}2E4CD7995A3B77");
            let block = "31A732A833A934AA35AB36AC37AD38AE";
            let data = shape.replace('@', idm).replace('#', block);
            let data = format!("{}{wrapping}{data}", "00".repeat(shift));
            let command = format!("FF{instruction:02X}0000");
            let text = said(&command, &data).replace([' ', '|'], "");
            for secret in [idm.as_str(), block] {
                for place in (0..=secret.len() - 4).step_by(2) {
                    let piece = &secret[place..place + 4];
                    prop_assert!(!text.contains(piece), "{piece} in {text}");
                }
            }
        }
    }
}
