//! The signs of a page with their places, and the lines that are drawn on it.
//!
//! Lengths are in points; the origin is the upper left corner of the page as it is looked at, y grows downwards.

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};
use hayro_syntax::object::Dict;
use hayro_syntax::page::Page;

/// What one page may ask for at most: signs, paths, images, forms. A page of a book has a few thousand.
const MOST_STEPS: usize = 2_000_000;

/// A sign on a page.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    /// What it says; U+FFFD when the font does not tell.
    pub(super) said: Said,
    /// Where it begins on the base line.
    pub(super) x: f64,
    /// The base line.
    pub(super) y: f64,
    /// Where it ends.
    pub(super) end: f64,
    /// The size of the font as it is seen.
    pub(super) size: f64,
    /// Whether the font is bold.
    pub(super) bold: bool,
    /// Whether the file says that it is no part of the text: a running head, a page number.
    pub(super) artifact: bool,
    /// The level of the heading that the file says it is in.
    pub(super) heading: Option<u8>,
}

/// What a sign says: mostly one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// One letter.
    One(char),
    /// A ligature that stands for several.
    More(Box<str>),
}

impl Said {
    /// Appends it.
    pub(super) fn push_to(&self, text: &mut String) {
        match self {
            Self::One(c) => text.push(*c),
            Self::More(s) => text.push_str(s),
        }
    }

    /// Whether it is white space and nothing else.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::One(c) => c.is_whitespace() || matches!(c, '\u{0}'..='\u{1f}'),
            Self::More(s) => s.chars().all(char::is_whitespace),
        }
    }
}

/// A line drawn along one axis: the frame of a table, the rule above notes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stroke {
    /// Whether it runs from left to right.
    pub(super) level: bool,
    /// The height of a level one, the x of an upright one.
    pub(super) at: f64,
    /// Where it begins.
    pub(super) from: f64,
    /// Where it ends.
    pub(super) to: f64,
}

/// One page.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Its height.
    pub(super) height: f64,
    /// Signs that run from left to right, in the order in which they are drawn.
    pub(super) signs: Vec<Sign>,
    /// The middles of discs and squares as small as a bullet.
    dots: Vec<Point>,
    /// Thin boxes and lines.
    thin: Vec<Rect>,
    /// Lines drawn along an axis.
    pub(super) strokes: Vec<Stroke>,
    /// Signs that run another way than most, each way by itself, as if the page were turned.
    pub(super) turned: Vec<Vec<Sign>>,
    /// Signs that the font does not name.
    pub(super) unnamed: usize,
    /// The part of the page that pictures cover, from 0 to 1.
    pub(super) pictured: f64,
    /// It asked for more than a page may.
    pub(super) endless: bool,
    /// From here to the space of the file.
    pub(super) back: [f64; 6],
}

/// Reads the signs of a page.
pub(super) fn read<'a>(page: &'a Page<'a>, cache: &InterpreterCache<'a>) -> Sheet {
    let (width, height) = page.render_dimensions();
    let initial = Affine::new(page.initial_transform(true).as_coeffs());
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let mut context = Context::new(initial, bounds, cache, page.xref(), settings);
    let mut device = Reader {
        sheet: Sheet { height: bounds.height(), back: initial.inverse().as_coeffs(), ..Sheet::default() },
        bounds,
        signs: Default::default(),
        marked: Vec::new(),
        steps: 0,
    };
    // The interpreter cannot be told to stop, so a page without end is left by unwinding.
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        interpret_page(page, &mut context, &mut device);
    }));
    if let Err(reason) = done {
        if !reason.is::<Endless>() {
            std::panic::resume_unwind(reason);
        }
        device.sheet.endless = true;
    }
    let mut sheet = device.sheet;
    settle(&mut sheet, device.signs, initial, bounds);
    bullets(&mut sheet);
    sheet
}

/// Turns the page so that most words run from left to right.
fn settle(sheet: &mut Sheet, mut signs: [Vec<Sign>; 4], initial: Affine, bounds: Rect) {
    let main = (0..4).max_by_key(|&way| (signs[way].len(), 4 - way)).unwrap_or(0);
    sheet.signs = std::mem::take(&mut signs[main]);
    sheet.turned = signs.into_iter().filter(|list| !list.is_empty()).collect();
    let turn = turned(main, bounds);
    for rect in std::mem::take(&mut sheet.thin) {
        sheet.strokes.extend(stroke(turn.transform_rect_bbox(rect)));
    }
    for dot in &mut sheet.dots {
        *dot = turn * *dot;
    }
    if main % 2 == 1 {
        sheet.height = bounds.width();
    }
    sheet.back = (initial.inverse() * turn.inverse()).as_coeffs();
}

/// From a page to the page turned so that words of a way run from left to right. Ways: 0 right, 1 down, 2 left, 3 up.
fn turned(way: usize, bounds: Rect) -> Affine {
    let (width, height) = (bounds.width(), bounds.height());
    match way {
        1 => Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, width]),
        2 => Affine::new([-1.0, 0.0, 0.0, -1.0, width, height]),
        3 => Affine::new([0.0, 1.0, -1.0, 0.0, height, 0.0]),
        _ => Affine::IDENTITY,
    }
}

/// The line that a thin box is.
fn stroke(bounds: Rect) -> Option<Stroke> {
    const THIN: f64 = 2.5;
    if bounds.height() <= THIN && bounds.width() > 8.0 {
        Some(Stroke { level: true, at: bounds.center().y, from: bounds.x0, to: bounds.x1 })
    } else if bounds.width() <= THIN && bounds.height() > 4.0 {
        Some(Stroke { level: false, at: bounds.center().x, from: bounds.y0, to: bounds.y1 })
    } else {
        None
    }
}

/// Makes signs of the dots that are drawn before words, as browsers draw the bullets of lists.
fn bullets(sheet: &mut Sheet) {
    // A chart may have any number of dots.
    const MOST: usize = 2_000;
    for dot in std::mem::take(&mut sheet.dots).into_iter().take(MOST) {
        let beside = |sign: &Sign| {
            let rise = (sign.y - dot.y) / sign.size;
            (0.1..0.6).contains(&rise) && (sign.x - dot.x).abs() < 3.0 * sign.size
        };
        let right = sheet.signs.iter().filter(|s| s.x > dot.x && beside(s) && !s.said.is_blank());
        let Some(next) = right.min_by(|a, b| a.x.total_cmp(&b.x)) else { continue };
        if sheet.signs.iter().any(|s| s.x <= dot.x && s.end > dot.x - 4.0 * s.size && (s.y - next.y).abs() < 1.0) {
            continue;
        }
        let (half, next) = (0.2 * next.size, next.clone());
        sheet.signs.push(Sign { said: Said::One('•'), x: dot.x - half, end: dot.x + half, ..next });
    }
}

/// Thrown where a page asks for too much.
struct Endless;

/// What the file says around a sign.
#[derive(Clone, Copy, Default)]
struct Marked {
    artifact: bool,
    heading: Option<u8>,
}

struct Reader {
    sheet: Sheet,
    bounds: Rect,
    /// Signs by the way they run: to the right, downwards, to the left, upwards.
    signs: [Vec<Sign>; 4],
    marked: Vec<Marked>,
    steps: usize,
}

impl Reader {
    fn step(&mut self, n: usize) {
        self.steps += n;
        if self.steps > MOST_STEPS {
            std::panic::resume_unwind(Box::new(Endless));
        }
    }

    fn stroke(&mut self, bounds: Rect) {
        if stroke(bounds).is_some() {
            self.sheet.thin.push(bounds);
        }
    }
}

impl<'a> Device<'a> for Reader {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.step(1);
        if self.sheet.thin.len() > 20_000 {
            return;
        }
        // Frames are drawn piece by piece or as one path of many pieces.
        for (n, segment) in path.segments().enumerate() {
            if n > 400 {
                break;
            }
            self.step(1);
            let bounds = (props.transform * segment).bounding_box();
            self.stroke(bounds);
        }
        let bounds = props.transform.transform_rect_bbox(path.bounding_box());
        self.stroke(bounds);
        let (width, height) = (bounds.width(), bounds.height());
        if matches!(mode, DrawMode::Fill(_)) && (1.5..7.0).contains(&width) && (width - height).abs() < 0.6 {
            self.sheet.dots.push(bounds.center());
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step(1);
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.step(1);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step(1);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.step(1 + run.glyphs().len());
        let marked = self.marked.last().copied().unwrap_or_default();
        let bold = run.glyphs().first().is_some_and(|g| is_bold(g));
        for glyph in run.glyphs() {
            let transform = props.transform * glyph.transform();
            let [a, b, c, d, ..] = transform.as_coeffs();
            let size = (c * c + d * d).sqrt() * 1000.0;
            if !(1.0..=2000.0).contains(&size) {
                continue;
            }
            let origin = transform * Point::ORIGIN;
            if !self.bounds.inflate(2.0, 2.0).contains(origin) {
                continue;
            }
            let way = match (a.abs() >= b.abs(), a > 0.0, b > 0.0) {
                (true, true, _) => 0,
                (false, _, true) => 1,
                (true, false, _) => 2,
                (false, _, false) => 3,
            };
            let origin = turned(way, self.bounds) * origin;
            let said = said(glyph);
            let width = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width().map(f64::from),
                Glyph::Type3(own) => {
                    own.advance_width().map(|w| f64::from(w) * (a * a + b * b).sqrt() / (size / 1000.0))
                }
            };
            let stretch = (a * a + b * b).sqrt() * 1000.0 / size;
            // A font that is not in the file is stretched to the widths that the file gives.
            let stretch = if matches!(&**glyph, Glyph::Outline(_)) { stretch.clamp(0.6, 1.0) } else { 1.0 };
            let width = width.unwrap_or(500.0) / 1000.0 * size * stretch;
            if said == Said::One('\u{fffd}') {
                self.sheet.unnamed += 1;
            }
            self.signs[way].push(Sign {
                said,
                x: origin.x,
                y: origin.y,
                end: origin.x + width.max(0.0),
                size,
                bold,
                artifact: marked.artifact,
                heading: marked.heading,
            });
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.step(1);
        let bounds = props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0)).intersect(self.bounds);
        let part = bounds.area() / self.bounds.area().max(1.0);
        self.sheet.pictured = (self.sheet.pictured + part).min(1.0);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<&Dict<'_>>) {
        self.step(1);
        let mut marked = self.marked.last().copied().unwrap_or_default();
        match tag {
            b"Artifact" => marked.artifact = true,
            [b'H', level @ b'1'..=b'6'] => marked.heading = Some(level - b'0'),
            _ => {}
        }
        self.marked.push(marked);
    }

    fn end_marked_content(&mut self) {
        self.marked.pop();
    }
}

/// What a sign says.
fn said(glyph: &Glyph<'_>) -> Said {
    match glyph.as_unicode() {
        Some(BfString::Char(c)) => plain(c),
        Some(BfString::String(s)) => {
            let mut chars = s.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => plain(c),
                (None, _) => Said::One(' '),
                _ => Said::More(s.chars().filter(|c| !c.is_control()).collect::<String>().into()),
            }
        }
        None => Said::One('\u{fffd}'),
    }
}

/// A letter, ligatures taken apart, signs of private fonts that stand before list items as bullets.
fn plain(c: char) -> Said {
    match c {
        '\u{fb00}' => Said::More("ff".into()),
        '\u{fb01}' => Said::More("fi".into()),
        '\u{fb02}' => Said::More("fl".into()),
        '\u{fb03}' => Said::More("ffi".into()),
        '\u{fb04}' => Said::More("ffl".into()),
        '\u{fb05}' | '\u{fb06}' => Said::More("st".into()),
        // Signs of Symbol and Wingdings that word processors put before items.
        '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' | '\u{f076}' | '\u{f0fc}' | '\u{f0a8}' => Said::One('•'),
        '\u{0}'..='\u{1f}' | '\u{7f}' => Said::One('\u{fffd}'),
        c => Said::One(c),
    }
}

fn is_bold(glyph: &Glyph<'_>) -> bool {
    let Glyph::Outline(outline) = glyph else { return false };
    let Some(font) = outline.font_data() else { return false };
    let named = font.postscript_name.as_deref().is_some_and(|name| {
        let name = name.to_ascii_lowercase();
        ["bold", "black", "heavy", "semibd", "demi"].iter().any(|w| name.contains(w))
    });
    named || font.weight.is_some_and(|w| w >= 600)
}
