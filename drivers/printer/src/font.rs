//! The fonts papers are set in: where they are, what they can draw, how wide it is.
//!
//! Belongs here: finding font files, reading each once per process, a character's glyph and
//! advance. Does not: where on the page it goes (`layout`), how it gets into the PDF (`pdf`).
//!
//! Papers are set in BIZ UDPGothic, the face of the screens. A character it lacks comes from the
//! next family that has it (Noto Sans CJK JP has 𠮷, BIZ UDPGothic has not), so that a rare
//! character in a shop's name does not cost the customer the receipt.

use printpdf::ParsedFont;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Regular or bold: the two weights of all screens and papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// A family's files. The face is the index inside a collection (`.ttc`), 0 in a plain file.
struct FamilyFiles {
    regular: &'static str,
    bold: &'static str,
    face: usize,
}

/// In the order of preference. IPAex Gothic has one weight only.
const FAMILIES: [FamilyFiles; 3] = [
    FamilyFiles { regular: "BIZUDPGothic-Regular.ttf", bold: "BIZUDPGothic-Bold.ttf", face: 0 },
    FamilyFiles { regular: "NotoSansCJK-Regular.ttc", bold: "NotoSansCJK-Bold.ttc", face: 0 },
    FamilyFiles { regular: "ipaexg.ttf", bold: "ipaexg.ttf", face: 0 },
];

/// How deep font folders are searched; distributions nest two levels (`truetype/bizud-gothic`).
const DEEPEST: u8 = 4;

/// The folders in which this system keeps its fonts.
pub fn system_font_folders() -> Vec<PathBuf> {
    let mut folders = vec![PathBuf::from("/usr/share/fonts"), PathBuf::from("/usr/local/share/fonts")];
    if let Some(home) = std::env::home_dir() {
        folders.push(home.join(".local/share/fonts"));
    }
    folders
}

/// One character as a font draws it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Glyph {
    /// Which family draws it: its place in the order of preference among those found.
    pub(crate) family: usize,
    /// Its number in that family's face.
    pub(crate) id: u16,
    /// How far it moves the pen, in em.
    pub(crate) advance: f32,
}

/// The families found on this PC, the preferred one first.
pub(crate) struct Fonts {
    families: Vec<Family>,
}

struct Family {
    regular: Face,
    bold: Face,
}

/// A font file that is read when its first character is needed, and then kept.
struct Face {
    file: PathBuf,
    index: usize,
    parsed: OnceLock<Option<ParsedFont>>,
}

impl Fonts {
    /// Looks for the families in `folders`, the first folder's files first.
    ///
    /// The preferred family is read at once, so that the first paper is as fast as the others.
    pub(crate) fn find(folders: &[PathBuf]) -> Self {
        let mut files = HashMap::new();
        for folder in folders {
            collect_files(folder, DEEPEST, &mut files);
        }
        let families: Vec<_> = FAMILIES.iter().filter_map(|names| Family::among(&files, names)).collect();
        if let Some(preferred) = families.first() {
            preferred.regular.parsed();
            preferred.bold.parsed();
        }
        Self { families }
    }

    /// Whether there is any font at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.families.is_empty()
    }

    /// The glyph of the first family that has the character.
    pub(crate) fn glyph(&self, weight: Weight, c: char) -> Option<Glyph> {
        self.families.iter().enumerate().find_map(|(family, faces)| {
            let (id, advance) = faces.face(weight).glyph(c)?;
            Some(Glyph { family, id, advance })
        })
    }

    /// The face from which `family` draws in this weight, for embedding.
    pub(crate) fn parsed(&self, family: usize, weight: Weight) -> Option<&ParsedFont> {
        self.families.get(family)?.face(weight).parsed()
    }
}

impl Family {
    fn among(files: &HashMap<String, PathBuf>, names: &FamilyFiles) -> Option<Self> {
        Some(Self {
            regular: Face::new(files.get(names.regular)?, names.face),
            bold: Face::new(files.get(names.bold)?, names.face),
        })
    }

    const fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

impl Face {
    fn new(file: &Path, index: usize) -> Self {
        Self { file: file.to_owned(), index, parsed: OnceLock::new() }
    }

    fn parsed(&self) -> Option<&ParsedFont> {
        self.parsed.get_or_init(|| read_face(&self.file, self.index)).as_ref()
    }

    /// Number and advance (em) of a character's glyph. Glyph 0 is the box for "not there".
    fn glyph(&self, c: char) -> Option<(u16, f32)> {
        let parsed = self.parsed()?;
        let id = parsed.lookup_glyph_index(u32::from(c)).filter(|&id| id != 0)?;
        let units_per_em = f32::from(parsed.pdf_font_metrics.units_per_em.max(1));
        Some((id, f32::from(parsed.get_horizontal_advance(id)) / units_per_em))
    }
}

/// A file that cannot be read or is no font counts as not there; the next family stands in.
fn read_face(file: &Path, index: usize) -> Option<ParsedFont> {
    let bytes = fs::read(file)
        .inspect_err(|error| tracing::warn!(file = %file.display(), %error, "font not readable"))
        .ok()?;
    let parsed = ParsedFont::from_bytes(&bytes, index, &mut Vec::new());
    if parsed.is_none() {
        tracing::warn!(file = %file.display(), "not a font");
    }
    parsed
}

/// Every file below `folder` by its name; a name already known keeps its first place.
fn collect_files(folder: &Path, deeper: u8, files: &mut HashMap<String, PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            if deeper > 0 {
                collect_files(&path, deeper - 1, files);
            }
        } else if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
            files.entry(name.to_owned()).or_insert(path);
        }
    }
}
