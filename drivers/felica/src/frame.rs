//! FeliCa's frames (JIS X 6319-4): polling, and Read Without Encryption. Pure.
//!
//! | frame | bytes |
//! |---|---|
//! | polling | `06 00 <system> 01 00` → `14 01 <IDm> <PMm> <system>`, or `12 01 …` without the system |
//! | read | `<length> 06 <IDm> 01 <service, low byte first> <n> <n × block>` → `<length> 07 <IDm> <flag 1> <flag 2> <n> <n × 16 bytes>`, or up to the flags where the first is not 0 |

use madoguchi_domain::card_description::{BLOCK, FelicaArea};
use madoguchi_port::fault::CardFault;
use madoguchi_port::felica::Idm;

const POLLING: u8 = 0x00;
const POLLED: u8 = 0x01;
const READ: u8 = 0x06;
const WAS_READ: u8 = 0x07;

/// Every system of a card answers to this code.
pub(crate) const ANY_SYSTEM: u16 = 0xFFFF;

/// Asks the cards of a system to answer, with their system code, in the first time slot.
pub(crate) fn polling(system: u16) -> Vec<u8> {
    let [high, low] = system.to_be_bytes();
    vec![6, POLLING, high, low, 0x01, 0x00]
}

/// Who answered to [`polling`].
pub(crate) fn polled(frame: &[u8], system: u16) -> Result<Idm, CardFault> {
    let body = body(frame, POLLED, "polling")?;
    let (idm, rest) = split_idm(body, "polling")?;
    match rest {
        // The PMm, then the system code where the card says it.
        [_, _, _, _, _, _, _, _] => Ok(idm),
        [_, _, _, _, _, _, _, _, high, low] => {
            let answered = u16::from_be_bytes([*high, *low]);
            if system == ANY_SYSTEM || answered == system { Ok(idm) } else { Err(nonsense("polling")) }
        }
        _ => Err(nonsense("polling")),
    }
}

/// Asks for the blocks of an area.
pub(crate) fn read(idm: Idm, area: FelicaArea) -> Vec<u8> {
    let mut frame = vec![0, READ];
    frame.extend(idm.0);
    frame.push(1);
    frame.extend(service_and_blocks(area, true));
    frame[0] = u8::try_from(frame.len()).unwrap_or(u8::MAX);
    frame
}

/// The service's code, and the list of blocks: two bytes each up to block 255, three beyond.
pub(crate) fn service_and_blocks(area: FelicaArea, counted: bool) -> Vec<u8> {
    let mut list = area.service.to_le_bytes().to_vec();
    if counted {
        list.push(u8::try_from(area.blocks).unwrap_or(u8::MAX));
    }
    for block in (area.first_block..).take(usize::from(area.blocks)) {
        match block.to_le_bytes() {
            [low, 0] => list.extend([0x80, low]),
            [low, high] => list.extend([0x00, low, high]),
        }
    }
    list
}

/// The bytes of [`read`]'s blocks; `None` where the card refuses: no such service, no such block.
pub(crate) fn was_read(frame: &[u8], idm: Idm, area: FelicaArea) -> Result<Option<Vec<u8>>, CardFault> {
    blocks(body(frame, WAS_READ, "reading blocks")?, idm, area)
}

/// The same from the answer's body: IDm, flags, number of blocks, blocks.
pub(crate) fn blocks(body: &[u8], idm: Idm, area: FelicaArea) -> Result<Option<Vec<u8>>, CardFault> {
    let (answered, rest) = split_idm(body, "reading blocks")?;
    if answered != idm {
        return Err(CardFault::OtherCard);
    }
    match rest {
        [0, 0, count, bytes @ ..] => {
            let is_whole =
                u16::from(*count) == area.blocks && bytes.len() == usize::from(area.blocks * BLOCK);
            if is_whole { Ok(Some(bytes.to_vec())) } else { Err(nonsense("reading blocks")) }
        }
        [flag, _] | [flag, _, 0] if *flag != 0 => Ok(None),
        _ => Err(nonsense("reading blocks")),
    }
}

/// What stands between length and response code, and the end.
fn body<'a>(frame: &'a [u8], code: u8, step: &'static str) -> Result<&'a [u8], CardFault> {
    match frame {
        [length, response, body @ ..] if usize::from(*length) == frame.len() && *response == code => Ok(body),
        _ => Err(nonsense(step)),
    }
}

fn split_idm<'a>(body: &'a [u8], step: &'static str) -> Result<(Idm, &'a [u8]), CardFault> {
    let (idm, rest) = body.split_first_chunk().ok_or_else(|| nonsense(step))?;
    Ok((Idm(*idm), rest))
}

/// What no card says.
pub(crate) fn nonsense(step: &'static str) -> CardFault {
    CardFault::Unexpected { step, status: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const IDM: Idm = Idm([1, 2, 3, 4, 5, 6, 7, 8]);

    fn area(first_block: u16, blocks: u16) -> FelicaArea {
        FelicaArea { system: 0xFE00, service: 0x1A8B, first_block, blocks }
    }

    #[test]
    fn frames_are_worded_as_the_standard_says() {
        assert_eq!(hex::encode_upper(polling(0xFE00)), "0600FE000100");
        assert_eq!(hex::encode_upper(read(IDM, area(0, 1))), "10060102030405060708018B1A018000");
        assert_eq!(
            hex::encode_upper(read(IDM, area(254, 4))),
            "18060102030405060708018B1A0480FE80FF000001000101"
        );
    }

    #[test]
    fn answers_are_taken_whole_or_not_at_all() {
        let good = hex::decode("1D070102030405060708000001303132333435363738393A3B3C3D3E3F").unwrap();
        assert_eq!(was_read(&good, IDM, area(0, 1)), Ok(Some((0x30..0x40).collect())));
        assert_eq!(was_read(&good, Idm([9; 8]), area(0, 1)), Err(CardFault::OtherCard));
        let refused = hex::decode("0C07010203040506070801A6").unwrap();
        assert_eq!(was_read(&refused, IDM, area(0, 1)), Ok(None));
        let fault = Err(nonsense("reading blocks"));
        assert_eq!(was_read(&good, IDM, area(0, 2)), fault, "fewer blocks than asked for");
        for wrong in [&good[..28], &good[1..], &[&good[..], &[0]].concat(), &[], &[0], &[2, 7], &[1]] {
            assert_eq!(was_read(wrong, IDM, area(0, 1)), fault, "{wrong:02X?}");
        }
        let other_code = [&[good[0], 0x09], &good[2..]].concat();
        assert_eq!(was_read(&other_code, IDM, area(0, 1)), fault);
    }

    #[test]
    fn a_card_of_another_system_has_not_answered_to_this_one() {
        let polling =
            |system: &str| hex::decode(format!("14010102030405060708F0F1F2F3F4F5F6F7{system}")).unwrap();
        assert_eq!(polled(&polling("FE00"), 0xFE00), Ok(IDM));
        assert_eq!(polled(&polling("88B4"), ANY_SYSTEM), Ok(IDM));
        assert_eq!(polled(&polling("88B4"), 0xFE00), Err(nonsense("polling")));
    }

    proptest! {
        #[test]
        fn any_answer_is_blocks_a_refusal_or_a_fault(
            frame in proptest::collection::vec(any::<u8>(), 0..300),
            blocks in 1..=4_u16,
            fixed in any::<bool>(),
        ) {
            let mut frame = frame;
            // Most random frames fail at their length already.
            if fixed && frame.len() > 10 && frame.len() < 256 {
                frame[0] = u8::try_from(frame.len()).unwrap();
                frame[1] = WAS_READ;
                frame[2..10].copy_from_slice(&IDM.0);
            }
            if let Ok(Some(bytes)) = was_read(&frame, IDM, area(0, blocks)) {
                prop_assert_eq!(bytes.len(), usize::from(blocks * BLOCK));
            }
            let _ = polled(&frame, 0xFE00);
        }
    }
}
