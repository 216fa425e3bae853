//! `[felica]`, `[idm]` or `[wedge]`: where the number comes from.

use super::table::{Choices, Place, Table};
use super::{Fault, WhatIsWrong};
use crate::card_description::{
    BLOCK, Encoding, FelicaArea, FelicaPlace, MOST_BYTES, NumberSource, Symbology,
};

const SYMBOLOGIES: Choices<Symbology> = Choices {
    names: &["nw7", "code39", "jan", "any"],
    meanings: &[Symbology::Nw7, Symbology::Code39, Symbology::Jan, Symbology::Any],
};

const ENCODINGS: Choices<Encoding> = Choices {
    names: &["ascii_digits", "ascii", "bcd", "shift_jis", "hex"],
    meanings: &[Encoding::AsciiDigits, Encoding::Ascii, Encoding::Bcd, Encoding::ShiftJis, Encoding::Hex],
};

/// The last six bits of a service code that is read without a key: random, cyclic and purse services
/// (FeliCa card user's manual, service attributes).
const FREE_TO_READ: [u16; 8] = [0x09, 0x0B, 0x0D, 0x0F, 0x11, 0x13, 0x15, 0x17];

pub(super) fn source(whole: &Table<'_>) -> Result<NumberSource, Fault> {
    let parts = ["felica", "idm", "wedge"];
    let there: Vec<&str> = parts.into_iter().filter(|word| whole.has(word)).collect();
    match there[..] {
        ["felica"] => felica(&whole.needed_part("felica")?).map(NumberSource::Felica),
        ["idm"] => {
            whole.needed_part("idm")?.has_only(&[])?;
            Ok(NumberSource::Idm)
        }
        ["wedge"] => wedge(&whole.needed_part("wedge")?).map(NumberSource::Wedge),
        [_, second, ..] => Err(Fault { at: whole.at_word(second), what: WhatIsWrong::NotOneSource }),
        _ => Err(Fault { at: whole.at(), what: WhatIsWrong::NotOneSource }),
    }
}

fn wedge(part: &Table<'_>) -> Result<Symbology, Fault> {
    part.has_only(&["symbology"])?;
    Ok(part.needed_choice("symbology", &SYMBOLOGIES)?.value)
}

fn felica(part: &Table<'_>) -> Result<FelicaPlace, Fault> {
    part.has_only(&["system", "service", "block", "offset", "length", "encoding"])?;
    let system = part.code("system")?.value;
    let Place { value: service, at } = part.code("service")?;
    if !FREE_TO_READ.contains(&(service & 0x3F)) {
        return Err(Fault { at, what: WhatIsWrong::ServiceNeedsKey });
    }
    // The last block counts as well, and its number has 16 bits.
    let first_block = part.number("block", Some(0), 0, u64::from(u16::MAX - 3))?;
    let offset = part.number("offset", Some(0), 0, u64::from(BLOCK - 1))?;
    let length = part.number("length", None, 1, u64::from(MOST_BYTES - offset))?;
    let encoding = part.needed_choice("encoding", &ENCODINGS)?.value;
    let blocks = (offset + length).div_ceil(BLOCK);
    Ok(FelicaPlace { area: FelicaArea { system, service, first_block, blocks }, offset, length, encoding })
}
