//! The fonts papers are set in: where they are, what they can draw, how wide it is.
//!
//! Belongs here: finding font files, reading each once per process, a character's glyph and
//! advance. Does not: where on the page it goes (`layout`), how it gets into the PDF (`pdf`).
//!
//! Papers are set in BIZ UDPGothic, the face of the screens. A character it lacks comes from the
//! next family that has it (Noto Sans CJK JP has 𠮷, BIZ UDPGothic has not), so that a rare
//! character in a shop's name does not cost the customer the receipt.

use crate::page::{Measure, Weight};
use ab_glyph::{Font, FontVec, GlyphId, point};
use printpdf::ParsedFont;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A family's files. The face is the index inside a collection (`.ttc`), 0 in a plain file.
struct FamilyFiles {
    regular: &'static str,
    bold: &'static str,
    face: usize,
}

/// In the order of preference. `ipaexg` has one weight only.
const FAMILIES: [FamilyFiles; 3] = [
    FamilyFiles { regular: "BIZUDPGothic-Regular.ttf", bold: "BIZUDPGothic-Bold.ttf", face: 0 },
    FamilyFiles { regular: "NotoSansCJK-Regular.ttc", bold: "NotoSansCJK-Bold.ttc", face: 0 },
    FamilyFiles { regular: "ipaexg.ttf", bold: "ipaexg.ttf", face: 0 },
];

/// How deep font folders are searched; distributions nest two levels (`truetype/bizud-gothic`).
const DEEPEST: u8 = 4;

/// The folders in which this system keeps its fonts.
#[cfg(not(windows))]
pub fn system_font_folders() -> Vec<PathBuf> {
    let mut folders = vec![PathBuf::from("/usr/share/fonts"), PathBuf::from("/usr/local/share/fonts")];
    if let Some(home) = std::env::home_dir() {
        folders.push(home.join(".local/share/fonts"));
    }
    folders
}

/// The folders in which fonts are found: beside the program, where its setup puts the papers' face, then the
/// system's and the user's own.
#[cfg(windows)]
pub fn system_font_folders() -> Vec<PathBuf> {
    let of_the_program = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("fonts")));
    let below = |variable: &str, folder: &str| Some(PathBuf::from(std::env::var_os(variable)?).join(folder));
    let of_the_system = below("SystemRoot", "Fonts");
    let of_the_user = below("LOCALAPPDATA", r"Microsoft\Windows\Fonts");
    [of_the_program, of_the_system, of_the_user].into_iter().flatten().collect()
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
    /// How far right of the pen it is drawn, in em.
    pub(crate) shift: f32,
}

/// The glyphs of one paper: a face's own index is searched from its start for each character, and
/// setting and drawing a page ask for each several times.
pub(crate) struct Glyphs(HashMap<char, Both>);

struct Both {
    regular: Glyph,
    bold: Glyph,
}

impl Glyphs {
    /// The character's glyph; `None` if it is not on this paper.
    pub(crate) fn get(&self, weight: Weight, c: char) -> Option<Glyph> {
        self.0.get(&c).map(|both| match weight {
            Weight::Regular => both.regular,
            Weight::Bold => both.bold,
        })
    }
}

impl Measure for Glyphs {
    fn advance(&self, weight: Weight, c: char) -> f32 {
        self.get(weight, c).map_or(0.0, |glyph| glyph.advance)
    }
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
    read: OnceLock<Option<ReadFace>>,
    /// Read when the first character is drawn in dots.
    outlines: OnceLock<Option<FontVec>>,
}

struct ReadFace {
    parsed: ParsedFont,
    /// The width of the widest digit, in em.
    digit: f32,
}

impl Fonts {
    /// Looks for the families in `folders`, the first folder's files first.
    pub(crate) fn find(folders: &[PathBuf]) -> Self {
        let mut files = HashMap::new();
        for folder in folders {
            collect_files(folder, DEEPEST, &mut files);
        }
        Self { families: FAMILIES.iter().filter_map(|names| Family::among(&files, names)).collect() }
    }

    /// Whether not one family can be read. Looks until one can be, and keeps nothing: a counter asks when it
    /// opens, and a face that is kept takes several times its file's size.
    pub(crate) fn is_empty(&self) -> bool {
        !self.families.iter().any(|family| family.regular.can_be_read() && family.bold.can_be_read())
    }

    /// Reads the family papers are set in, and keeps it.
    pub(crate) fn read_preferred(&self) {
        let mut families = self.families.iter();
        let _ = families.find(|family| family.regular.read().is_some() && family.bold.read().is_some());
    }

    /// Looks up all characters of one paper, or names those that no family has.
    pub(crate) fn glyphs(&self, text: impl Iterator<Item = char>) -> Result<Glyphs, Vec<char>> {
        let mut glyphs = HashMap::new();
        let mut missing = Vec::new();
        for c in text {
            if glyphs.contains_key(&c) || missing.contains(&c) {
                continue;
            }
            match self.glyph(Weight::Regular, c).zip(self.glyph(Weight::Bold, c)) {
                Some((regular, bold)) => {
                    glyphs.insert(c, Both { regular, bold });
                }
                None => missing.push(c),
            }
        }
        if missing.is_empty() { Ok(Glyphs(glyphs)) } else { Err(missing) }
    }

    /// The glyph of the first family that has the character.
    fn glyph(&self, weight: Weight, c: char) -> Option<Glyph> {
        self.families.iter().enumerate().find_map(|(family, faces)| {
            let face = faces.face(weight).read()?;
            let (id, own) = face.glyph(c)?;
            // BIZ UDPGothic's 1 is narrower than its other digits and it has no tabular figures;
            // each digit stands in the middle of the widest one's place, so that columns align.
            let advance = if c.is_ascii_digit() { face.digit } else { own };
            Some(Glyph { family, id, advance, shift: (advance - own) / 2.0 })
        })
    }

    /// The face from which `family` draws in this weight, for embedding.
    pub(crate) fn parsed(&self, family: usize, weight: Weight) -> Option<&ParsedFont> {
        self.families.get(family)?.face(weight).read().map(|face| &face.parsed)
    }

    /// Calls `dot` with column, row and the share of black for every dot a glyph touches right of and
    /// below the origin, when it stands at `origin` with an em of `em` dots.
    pub(crate) fn shade(
        &self,
        weight: Weight,
        glyph: Glyph,
        em: f32,
        origin: (f32, f32),
        mut dot: impl FnMut(usize, usize, f32),
    ) {
        let face = self.families.get(glyph.family).and_then(|family| family.face(weight).outlines());
        let Some((face, units_per_em)) = face.and_then(|face| Some((face, face.units_per_em()?))) else {
            return;
        };
        // ab_glyph counts a size from the highest to the lowest stroke of the font, not in em.
        let scale = em * face.height_unscaled() / units_per_em;
        let glyph = GlyphId(glyph.id).with_scale_and_position(scale, point(origin.0, origin.1));
        let Some(outline) = face.outline_glyph(glyph) else { return };
        let corner = outline.px_bounds().min;
        outline.draw(|x, y, share| {
            if let (Some(x), Some(y)) = (place(corner.x, x), place(corner.y, y)) {
                dot(x, y, share);
            }
        });
    }
}

/// A dot's place from the corner (whole dots) of its glyph; `None` left of or above the origin.
#[allow(clippy::cast_possible_truncation)] // a place on paper is far below an i32's end
fn place(corner: f32, offset: u32) -> Option<usize> {
    usize::try_from(i64::from(corner as i32) + i64::from(offset)).ok()
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
        Self { file: file.to_owned(), index, read: OnceLock::new(), outlines: OnceLock::new() }
    }

    fn outlines(&self) -> Option<&FontVec> {
        self.outlines.get_or_init(|| self.open()).as_ref()
    }

    /// Whether the file is there and a font, without what reading it whole costs.
    fn can_be_read(&self) -> bool {
        match self.read.get() {
            Some(read) => read.is_some(),
            None => self.open().is_some_and(|face| face.units_per_em().is_some()),
        }
    }

    fn open(&self) -> Option<FontVec> {
        let index = u32::try_from(self.index).ok()?;
        FontVec::try_from_vec_and_index(fs::read(&self.file).ok()?, index).ok()
    }

    /// A file that cannot be read or is no font counts as not there; the next family stands in.
    fn read(&self) -> Option<&ReadFace> {
        let read = || {
            let bytes = fs::read(&self.file).ok()?;
            ReadFace::new(ParsedFont::from_bytes(&bytes, self.index, &mut Vec::new())?)
        };
        let face = self.read.get_or_init(|| {
            let face = read();
            if face.is_none() {
                tracing::warn!(file = %self.file.display(), "not a font that can be read");
            }
            face
        });
        face.as_ref()
    }
}

impl ReadFace {
    /// `None` for a face without digits, which is no face for receipts.
    fn new(parsed: ParsedFont) -> Option<Self> {
        let mut face = Self { parsed, digit: 0.0 };
        for digit in '0'..='9' {
            let (_, width) = face.glyph(digit)?;
            face.digit = face.digit.max(width);
        }
        Some(face)
    }

    /// Number and width (em) of a character's glyph. Glyph 0 is the box for "not there".
    fn glyph(&self, c: char) -> Option<(u16, f32)> {
        let id = self.parsed.lookup_glyph_index(u32::from(c)).filter(|&id| id != 0)?;
        let units_per_em = f32::from(self.parsed.pdf_font_metrics.units_per_em.max(1));
        Some((id, f32::from(self.parsed.get_horizontal_advance(id)) / units_per_em))
    }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp)] // widths of one font are equal or not, there is nothing between

    use super::*;
    use printpdf::BuiltinFont;
    use std::sync::LazyLock;

    static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::find(&system_font_folders()));

    /// The file of the preferred family on this PC.
    fn preferred(name: &str) -> PathBuf {
        let mut files = HashMap::new();
        for folder in system_font_folders() {
            collect_files(&folder, DEEPEST, &mut files);
        }
        files.remove(name).expect("BIZ UDPGothic is installed (fonts-morisawa-bizud-gothic)")
    }

    #[test]
    fn papers_are_set_in_biz_udpgothic() {
        for weight in [Weight::Regular, Weight::Bold] {
            let name = FONTS.parsed(0, weight).and_then(|face| face.font_name.clone());
            assert!(name.is_some_and(|name| name.starts_with("BIZUDPGothic")));
        }
    }

    #[test]
    fn digits_are_tabular_in_both_weights() {
        for weight in [Weight::Regular, Weight::Bold] {
            let widths: Vec<_> = ('0'..='9')
                .filter_map(|digit| FONTS.glyph(weight, digit))
                .map(|glyph| glyph.advance)
                .collect();
            assert_eq!(widths.len(), 10);
            assert!(widths.iter().all(|&width| width == widths[0]), "{widths:?}");
        }
    }

    #[test]
    fn rare_characters_of_names_have_a_glyph_and_emoji_have_none() {
        for c in "髙﨑邉葛辻榊濵峯".chars() {
            assert!(FONTS.glyph(Weight::Regular, c).is_some_and(|glyph| glyph.family == 0), "{c}");
        }
        assert_eq!(FONTS.glyph(Weight::Regular, '🍅'), None);
    }

    #[test]
    fn a_character_the_preferred_family_lacks_comes_from_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let latin_only = BuiltinFont::Helvetica.get_subset_font().bytes;
        fs::write(folder.path().join("BIZUDPGothic-Regular.ttf"), &latin_only).unwrap();
        fs::write(folder.path().join("BIZUDPGothic-Bold.ttf"), &latin_only).unwrap();
        fs::copy(preferred("BIZUDPGothic-Regular.ttf"), folder.path().join("ipaexg.ttf")).unwrap();
        let fonts = Fonts::find(&[folder.path().to_owned()]);
        let family = |c| fonts.glyph(Weight::Bold, c).map(|glyph| glyph.family);
        assert_eq!([family('A'), family('川'), family('🍅')], [Some(0), Some(1), None]);
    }

    #[test]
    fn a_file_that_is_no_font_lets_the_next_family_stand_in() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("BIZUDPGothic-Regular.ttf"), b"not a font").unwrap();
        fs::write(folder.path().join("BIZUDPGothic-Bold.ttf"), b"").unwrap();
        fs::copy(preferred("BIZUDPGothic-Regular.ttf"), folder.path().join("ipaexg.ttf")).unwrap();
        let fonts = Fonts::find(&[folder.path().to_owned()]);
        assert_eq!(fonts.glyph(Weight::Regular, '川').map(|glyph| glyph.family), Some(1));
    }

    #[test]
    fn files_that_are_no_fonts_are_no_font_at_all() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("ipaexg.ttf"), b"not a font").unwrap();
        assert!(Fonts::find(&[folder.path().to_owned()]).is_empty());
        assert!(!FONTS.is_empty());
    }

    #[test]
    fn the_first_folders_font_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let bundled = folder.path().join("deeper/BIZUDPGothic-Regular.ttf");
        fs::create_dir(folder.path().join("deeper")).unwrap();
        fs::copy(preferred("BIZUDPGothic-Bold.ttf"), &bundled).unwrap();
        let mut folders = vec![folder.path().to_owned()];
        folders.extend(system_font_folders());
        let fonts = Fonts::find(&folders);
        let name = fonts.parsed(0, Weight::Regular).and_then(|face| face.font_name.clone());
        assert_eq!(name.as_deref(), Some("BIZUDPGothic-Bold"));
    }
}
