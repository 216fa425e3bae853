//! The chip: frames in, frames out, or silence (JIS X 6319-4; Lite-S by its user's manual). No keys.

/// Bytes of a block.
const BLOCK: usize = 16;
const PMM: [u8; 8] = [0x01, 0x20, 0x22, 0x04, 0x27, 0x67, 0x4E, 0xFF];
/// The most blocks of one answer.
const MOST_BLOCKS: usize = 15;
/// The same of a Lite-S.
const MOST_BLOCKS_OF_LITE: usize = 4;

/// What is on a FeliCa card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FelicaContents {
    /// Whether it is a Lite-S: fewer blocks in one answer, no list of systems.
    pub is_lite: bool,
    /// The first one's IDm is the card's.
    pub systems: Vec<FelicaSystem>,
}

/// A system of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FelicaSystem {
    /// Its code.
    pub code: u16,
    /// By which it is spoken to.
    pub idm: [u8; 8],
    /// What can be read without a key.
    pub services: Vec<FelicaService>,
}

/// A service that needs no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FelicaService {
    /// Its code.
    pub code: u16,
    /// Its blocks, the first one's number being 0.
    pub blocks: Vec<[u8; BLOCK]>,
}

pub(super) struct FelicaChip {
    contents: FelicaContents,
}

/// Status flags of a refusal.
type Flags = [u8; 2];
const NO_SUCH_SERVICE: Flags = [0x01, 0xA6];
const NO_SUCH_BLOCK: Flags = [0x01, 0xA8];
const TOO_MANY_BLOCKS: Flags = [0xFF, 0xA2];

impl FelicaChip {
    pub(super) fn new(contents: FelicaContents) -> Self {
        Self { contents }
    }

    pub(super) fn first_idm(&self) -> [u8; 8] {
        self.contents.systems.first().map_or([0; 8], |system| system.idm)
    }

    pub(super) fn has_service(&self, code: u16) -> bool {
        service(self.contents.systems.first(), code).is_some()
    }

    /// A block of the first system, for readers that choose no other.
    pub(super) fn block(&self, service: u16, number: u16) -> Option<&[u8; BLOCK]> {
        self::service(self.contents.systems.first(), service)?.blocks.get(usize::from(number))
    }

    /// The answer to a frame, or silence.
    pub(super) fn answer(&self, frame: &[u8]) -> Option<Vec<u8>> {
        let (length, rest) = frame.split_first()?;
        if usize::from(*length) != frame.len() {
            return None;
        }
        let (code, mut body) = match rest {
            [0x00, high, low, request, _slots] => self.polled([*high, *low], *request)?,
            [0x06, body @ ..] => self.read(body)?,
            [0x0C, body @ ..] if !self.contents.is_lite => self.system_codes(body)?,
            _ => return None,
        };
        let mut answer = vec![u8::try_from(body.len() + 2).ok()?, code];
        answer.append(&mut body);
        Some(answer)
    }

    fn polled(&self, wanted: [u8; 2], request: u8) -> Option<(u8, Vec<u8>)> {
        let is_wanted = |system: &&FelicaSystem| {
            let code = system.code.to_be_bytes();
            wanted.iter().zip(code).all(|(wanted, byte)| *wanted == 0xFF || *wanted == byte)
        };
        let system = self.contents.systems.iter().find(is_wanted)?;
        let mut body = [system.idm, PMM].concat();
        if request == 0x01 {
            body.extend(system.code.to_be_bytes());
        }
        Some((0x01, body))
    }

    /// Whom a frame is for, and what stands behind the IDm.
    fn system_of<'a>(&self, body: &'a [u8]) -> Option<(&FelicaSystem, &'a [u8])> {
        let (idm, rest) = body.split_first_chunk::<8>()?;
        let system = self.contents.systems.iter().find(|system| system.idm == *idm)?;
        Some((system, rest))
    }

    fn read(&self, body: &[u8]) -> Option<(u8, Vec<u8>)> {
        let (system, [1, low, high, count, list @ ..]) = self.system_of(body)? else { return None };
        let numbers = block_numbers(list, usize::from(*count))?;
        let read = self.blocks(system, u16::from_le_bytes([*low, *high]), &numbers);
        let rest = match read {
            Ok(bytes) => [&[0, 0, *count][..], &bytes].concat(),
            Err(flags) => flags.to_vec(),
        };
        Some((0x07, [&system.idm[..], &rest].concat()))
    }

    fn blocks(&self, system: &FelicaSystem, code: u16, numbers: &[u16]) -> Result<Vec<u8>, Flags> {
        let most = if self.contents.is_lite { MOST_BLOCKS_OF_LITE } else { MOST_BLOCKS };
        if numbers.is_empty() || numbers.len() > most {
            return Err(TOO_MANY_BLOCKS);
        }
        let service = service(Some(system), code).ok_or(NO_SUCH_SERVICE)?;
        let blocks = numbers.iter().map(|number| service.blocks.get(usize::from(*number)));
        let read: Option<Vec<&[u8; BLOCK]>> = blocks.collect();
        Ok(read.ok_or(NO_SUCH_BLOCK)?.into_iter().flatten().copied().collect())
    }

    fn system_codes(&self, body: &[u8]) -> Option<(u8, Vec<u8>)> {
        let (system, []) = self.system_of(body)? else { return None };
        let mut answer = system.idm.to_vec();
        answer.push(u8::try_from(self.contents.systems.len()).ok()?);
        answer.extend(self.contents.systems.iter().flat_map(|system| system.code.to_be_bytes()));
        Some((0x0D, answer))
    }
}

fn service(system: Option<&FelicaSystem>, code: u16) -> Option<&FelicaService> {
    system?.services.iter().find(|service| service.code == code)
}

/// A block list: two bytes an element, three where the first bit is not set. Service 0 of the list only.
fn block_numbers(mut list: &[u8], count: usize) -> Option<Vec<u16>> {
    let mut numbers = Vec::with_capacity(count);
    while !list.is_empty() {
        list = match list {
            [0x80, low, rest @ ..] => {
                numbers.push(u16::from(*low));
                rest
            }
            [0x00, low, high, rest @ ..] => {
                numbers.push(u16::from_le_bytes([*low, *high]));
                rest
            }
            _ => return None,
        };
    }
    (numbers.len() == count).then_some(numbers)
}
