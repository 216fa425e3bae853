//! A set page drawn as PDF.
//!
//! Belongs here: marks to PDF operators, fonts embedded as subsets. Does not: where marks stand
//! (`layout`), where the file goes (`folder`, `cups`).
//!
//! Words are written as glyph numbers: what was measured is what is drawn. The text they stand for
//! goes with them (`ActualText`, ISO 32000-1, 14.9.4), so that searching and copying find "11" even
//! where the two digits stand apart to keep a column.

use crate::font::{Fonts, Glyphs};
use crate::layout::{Mark, Page, Weight};
use madoguchi_port::paper::PaperFault;
use printpdf::{
    Codepoint, DateTime, DictItem, FontId, Line, LineDashPattern, LinePoint, Op, PaintMode, PdfDocument,
    PdfFontHandle, PdfPage, PdfParseErrorSeverity, PdfSaveOptions, Point, Pt, Rect, TextItem, TextMatrix,
};
use std::collections::BTreeMap;

/// The longest page PDF viewers open, in points (ISO 32000-1, annex C.2).
const LONGEST_PAGE: f32 = 14_400.0;

/// PDF moves the pen between glyphs in thousandths of an em, to the left.
const THOUSANDTHS: f32 = 1_000.0;

/// Dash and gap of a dashed rule, in points.
const DASHES: [f32; 2] = [2.6, 1.6];

/// Draws one page with the glyphs it was measured with.
pub(crate) fn draw(page: &Page, title: &str, fonts: &Fonts, glyphs: &Glyphs) -> Result<Vec<u8>, PaperFault> {
    if page.height > LONGEST_PAGE {
        return Err(PaperFault::NotMade(format!("{:.0} points long", page.height)));
    }
    let mut drawing = Drawing {
        document: PdfDocument::new(title),
        fonts,
        glyphs,
        embedded: BTreeMap::new(),
        height: page.height,
        ops: Vec::new(),
    };
    drawing.document.metadata.info.creation_date = DateTime::now();
    drawing.document.metadata.info.modification_date = DateTime::now();
    for mark in &page.marks {
        drawing.mark(mark);
    }
    drawing.save(page.width)
}

/// The property list that says what a span of glyphs reads as: UTF-16 with a byte-order mark.
fn actual_text(words: &str) -> DictItem {
    let utf16 = std::iter::once(0xfeff).chain(words.encode_utf16());
    let data = utf16.flat_map(u16::to_be_bytes).collect();
    let text = DictItem::String { data, literal: false };
    DictItem::Dict { map: BTreeMap::from([("ActualText".into(), text)]) }
}

struct Drawing<'f> {
    document: PdfDocument,
    fonts: &'f Fonts,
    glyphs: &'f Glyphs,
    embedded: BTreeMap<(usize, Weight), FontId>,
    height: f32,
    ops: Vec<Op>,
}

/// Consecutive characters that one family draws.
struct Run {
    family: usize,
    x: f32,
    glyphs: Vec<Codepoint>,
}

impl Run {
    /// Adds a glyph drawn `shift` (em) right of the pen.
    fn push(&mut self, shift: f32, glyph: Codepoint) {
        if let Some(before) = self.glyphs.last_mut() {
            before.offset -= THOUSANDTHS * shift;
        }
        self.glyphs.push(glyph);
    }
}

impl Drawing<'_> {
    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Words { x, baseline, size, weight, words } => {
                self.ops.push(Op::BeginMarkedContentWithProperties {
                    tag: "Span".into(),
                    properties: actual_text(words),
                });
                for run in self.runs(*x, *size, *weight, words) {
                    self.run(run, *baseline, *size, *weight);
                }
                self.ops.push(Op::EndMarkedContentWithProperties);
            }
            Mark::Rule { from, to, y, thickness, dashed } => {
                let dash =
                    if *dashed { LineDashPattern::new(0.0, &DASHES) } else { LineDashPattern::solid() };
                let line =
                    Line { points: vec![self.corner(*from, *y), self.corner(*to, *y)], is_closed: false };
                self.ops.extend([
                    Op::SetLineDashPattern { dash },
                    Op::SetOutlineThickness { pt: Pt(*thickness) },
                    Op::DrawLine { line },
                ]);
            }
            Mark::Frame { x, y, width, height, thickness } => {
                let bottom = self.height - y - height;
                let mut rectangle = Rect::from_xywh(Pt(*x), Pt(bottom), Pt(*width), Pt(*height));
                rectangle.mode = Some(PaintMode::Stroke);
                self.ops.extend([
                    Op::SetLineDashPattern { dash: LineDashPattern::solid() },
                    Op::SetOutlineThickness { pt: Pt(*thickness) },
                    Op::DrawRectangle { rectangle },
                ]);
            }
        }
    }

    fn runs(&self, x: f32, size: f32, weight: Weight, words: &str) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut pen = x;
        for c in words.chars() {
            let Some(glyph) = self.glyphs.get(weight, c) else {
                continue;
            };
            let drawn = Codepoint::with_cid(glyph.id, -THOUSANDTHS * glyph.shift, c.to_string());
            if let Some(run) = runs.last_mut().filter(|run| run.family == glyph.family) {
                run.push(glyph.shift, drawn);
            } else {
                let x = pen + glyph.shift * size;
                runs.push(Run { family: glyph.family, x, glyphs: vec![drawn] });
            }
            pen += glyph.advance * size;
        }
        runs
    }

    fn run(&mut self, run: Run, baseline: f32, size: f32, weight: Weight) {
        let Some(font) = self.embedded_font(run.family, weight) else {
            return;
        };
        self.ops.extend([
            Op::StartTextSection,
            Op::SetFont { font: PdfFontHandle::External(font), size: Pt(size) },
            Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(run.x), Pt(self.height - baseline)) },
            Op::ShowText { items: vec![TextItem::GlyphIds(run.glyphs)] },
            Op::EndTextSection,
        ]);
    }

    fn embedded_font(&mut self, family: usize, weight: Weight) -> Option<FontId> {
        if let Some(id) = self.embedded.get(&(family, weight)) {
            return Some(id.clone());
        }
        let id = self.document.add_font(self.fonts.parsed(family, weight)?);
        self.embedded.insert((family, weight), id.clone());
        Some(id)
    }

    /// A point measured from the page's top, as PDF measures it from the bottom.
    const fn corner(&self, x: f32, y: f32) -> LinePoint {
        LinePoint { p: Point { x: Pt(x), y: Pt(self.height - y) }, bezier: false }
    }

    fn save(mut self, width: f32) -> Result<Vec<u8>, PaperFault> {
        let page = PdfPage::new(Pt(width).into(), Pt(self.height).into(), self.ops);
        self.document.with_pages(vec![page]);
        let mut warnings = Vec::new();
        let bytes = self.document.save(&PdfSaveOptions::default(), &mut warnings);
        match warnings.into_iter().find(|warning| warning.severity == PdfParseErrorSeverity::Error) {
            Some(error) => Err(PaperFault::NotMade(error.msg)),
            None => Ok(bytes),
        }
    }
}
