//! The firmware's table of what a PC is made of (SMBIOS 3, DMTF DSP0134), as Windows keeps it.
//!
//! Belongs here: finding the processor's id and the mainboard's serial in the bytes. Does not: where
//! Windows keeps them (`windows`), whether they say anything (the domain). Pure.

/// Windows puts its own head before the table: calling method, version, revision, and a length.
const WINDOWS_HEAD: usize = 8;
/// Every structure begins with its type, its length and a handle.
const HEAD: usize = 4;
/// Structure types (DSP0134, 7.1).
const BASEBOARD: u8 = 2;
const PROCESSOR: u8 = 4;
const END_OF_TABLE: u8 = 127;
/// Where a baseboard names its serial's string (DSP0134, 7.3).
const BASEBOARD_SERIAL: usize = 0x07;
/// Where a processor has its id: the answer of CPUID's leaf 1, EAX before EDX (DSP0134, 7.5).
const PROCESSOR_ID: usize = 0x08;

/// The table as the registry has it.
pub(crate) struct Table<'b>(&'b [u8]);

/// One structure: its fixed part and the texts behind it.
struct Structure<'b> {
    kind: u8,
    fixed: &'b [u8],
    texts: &'b [u8],
}

impl<'b> Table<'b> {
    /// The table behind Windows' head.
    pub(crate) fn of_windows(bytes: &'b [u8]) -> Self {
        Self(bytes.get(WINDOWS_HEAD..).unwrap_or_default())
    }

    /// The first processor's id, written as Windows' management interface writes it: EDX, then EAX,
    /// 16 hex digits.
    pub(crate) fn processor_id(&self) -> Option<String> {
        let id = self.first(PROCESSOR)?.fixed.get(PROCESSOR_ID..PROCESSOR_ID + 8)?.try_into().ok()?;
        Some(format!("{:016X}", u64::from_le_bytes(id)))
    }

    /// The mainboard's serial, as its maker left it.
    pub(crate) fn board_serial(&self) -> Option<String> {
        let board = self.first(BASEBOARD)?;
        board.text(*board.fixed.get(BASEBOARD_SERIAL)?)
    }

    fn first(&self, kind: u8) -> Option<Structure<'b>> {
        let mut rest = self.0;
        while let Some((structure, after)) = Structure::read(rest) {
            if structure.kind == kind {
                return Some(structure);
            }
            if structure.kind == END_OF_TABLE {
                return None;
            }
            rest = after;
        }
        None
    }
}

impl<'b> Structure<'b> {
    /// The structure at the beginning of `bytes`, and what comes after it.
    fn read(bytes: &'b [u8]) -> Option<(Self, &'b [u8])> {
        let &[kind, length, ..] = bytes else { return None };
        let length = usize::from(length);
        if length < HEAD {
            return None;
        }
        let (fixed, behind) = bytes.split_at_checked(length)?;
        // Texts end with zero each, and all of them with one more.
        let end = behind.windows(2).position(|two| two == [0, 0])?;
        let (texts, after) = behind.split_at(end + 2);
        Some((Self { kind, fixed, texts }, after))
    }

    /// A text by its number, counted from 1; 0 means that there is none.
    fn text(&self, number: u8) -> Option<String> {
        let index = usize::from(number).checked_sub(1)?;
        let text = self.texts.split(|&byte| byte == 0).nth(index)?;
        Some(String::from_utf8_lossy(text).into_owned())
    }
}
