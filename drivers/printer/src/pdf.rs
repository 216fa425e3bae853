//! Set pages drawn as PDF.
//!
//! Belongs here: marks to PDF operators, fonts embedded as subsets. Does not: where marks stand
//! (`layout`), where the file goes (`folder`, `cups`).
//!
//! Words are written as glyph numbers: what was measured is what is drawn. The text they stand for
//! goes with them (`ActualText`, ISO 32000-1, 14.9.4), so that searching and copying find "11" even
//! where the two digits stand apart to keep a column.

use crate::code::Modules;
use crate::font::{Fonts, Glyphs};
use crate::page::{Mark, Page, Weight};
use madoguchi_port::paper::PaperFault;
use printpdf::{
    Codepoint, DateTime, DictItem, FontId, Line, LineDashPattern, LinePoint, Op, PaintMode, PdfDocument,
    PdfFontHandle, PdfPage, PdfParseErrorSeverity, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rect,
    TextItem, TextMatrix, WindingOrder,
};
use std::collections::BTreeMap;

/// The longest page PDF viewers open, in points (ISO 32000-1, annex C.2).
const LONGEST_PAGE: f32 = 14_400.0;

/// PDF moves the pen between glyphs in thousandths of an em, to the left.
const THOUSANDTHS: f32 = 1_000.0;

/// Dash and gap of a dashed rule, in points.
const DASHES: [f32; 2] = [2.6, 1.6];

/// Draws pages with the glyphs they were measured with.
pub(crate) fn draw(
    pages: &[Page],
    title: &str,
    fonts: &Fonts,
    glyphs: &Glyphs,
) -> Result<Vec<u8>, PaperFault> {
    if let Some(page) = pages.iter().find(|page| page.height > LONGEST_PAGE) {
        return Err(PaperFault::NotMade(format!("{:.0} points long", page.height)));
    }
    let mut drawing = Drawing {
        document: PdfDocument::new(title),
        fonts,
        glyphs,
        embedded: BTreeMap::new(),
        height: 0.0,
        ops: Vec::new(),
    };
    drawing.document.metadata.info.creation_date = DateTime::now();
    drawing.document.metadata.info.modification_date = DateTime::now();
    let pages = pages.iter().map(|page| drawing.page(page)).collect();
    drawing.save(pages)
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
    /// Of the page that is drawn.
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
    fn page(&mut self, page: &Page) -> PdfPage {
        self.height = page.height;
        for mark in &page.marks {
            self.mark(mark);
        }
        PdfPage::new(Pt(page.width).into(), Pt(page.height).into(), std::mem::take(&mut self.ops))
    }

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
                self.rule(self.corner(*from, *y), self.corner(*to, *y), *thickness, *dashed);
            }
            Mark::Frame { x, y, width, height, thickness } => {
                let mut rectangle = self.rectangle(*x, *y, *width, *height);
                rectangle.mode = Some(PaintMode::Stroke);
                self.ops.extend([
                    Op::SetLineDashPattern { dash: LineDashPattern::solid() },
                    Op::SetOutlineThickness { pt: Pt(*thickness) },
                    Op::DrawRectangle { rectangle },
                ]);
            }
            Mark::Bar { x, y, width, height } => {
                let mut rectangle = self.rectangle(*x, *y, *width, *height);
                rectangle.mode = Some(PaintMode::Fill);
                self.ops.push(Op::DrawRectangle { rectangle });
            }
            Mark::Code { x, y, module, modules } => self.code(*x, *y, *module, modules),
        }
    }

    fn rule(&mut self, from: LinePoint, to: LinePoint, thickness: f32, dashed: bool) {
        let dash = if dashed { LineDashPattern::new(0.0, &DASHES) } else { LineDashPattern::solid() };
        let line = Line { points: vec![from, to], is_closed: false };
        self.ops.extend([
            Op::SetLineDashPattern { dash },
            Op::SetOutlineThickness { pt: Pt(thickness) },
            Op::DrawLine { line },
        ]);
    }

    /// All modules as one shape: filled one by one, rows would show hairlines between them.
    #[allow(clippy::cast_precision_loss)] // a code has a few dozen modules
    fn code(&mut self, x: f32, y: f32, module: f32, modules: &Modules) {
        let rings = modules.stretches().map(|(column, row, length)| {
            let left = x + column as f32 * module;
            let right = left + length as f32 * module;
            let top = y + row as f32 * module;
            let bottom = top + module;
            let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
            PolygonRing { points: corners.into_iter().map(|(x, y)| self.corner(x, y)).collect() }
        });
        let polygon =
            Polygon { rings: rings.collect(), mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
        self.ops.push(Op::DrawPolygon { polygon });
    }

    fn rectangle(&self, x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect::from_xywh(Pt(x), Pt(self.height - y - height), Pt(width), Pt(height))
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

    fn save(mut self, pages: Vec<PdfPage>) -> Result<Vec<u8>, PaperFault> {
        self.document.with_pages(pages);
        let mut warnings = Vec::new();
        let bytes = self.document.save(&PdfSaveOptions::default(), &mut warnings);
        match warnings.into_iter().find(|warning| warning.severity == PdfParseErrorSeverity::Error) {
            Some(error) => Err(PaperFault::NotMade(error.msg)),
            None => Ok(bytes),
        }
    }
}
