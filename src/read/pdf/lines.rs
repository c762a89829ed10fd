//! The lines of a page in the order in which they are read: words from gaps, columns from the white between them.

use super::page::{Said, Sheet, Sign, Stroke};
use std::ops::Range;

/// A word, or a piece of one that is raised.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// What it says.
    pub(super) text: String,
    /// Where it begins and ends.
    pub(super) x: Range<f64>,
    /// The base line.
    pub(super) y: f64,
    /// The size of the font.
    pub(super) size: f64,
    /// Whether it stands above the line, and smaller.
    pub(super) raised: bool,
    /// Whether it is set tight to the word before it, without a blank.
    pub(super) tight: bool,
    /// Whether the font is bold.
    pub(super) bold: bool,
}

/// Words of a line without a wide gap between them.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// The words.
    pub(super) words: Vec<Word>,
    /// Where it begins and ends.
    pub(super) x: Range<f64>,
    /// The base line.
    pub(super) y: f64,
    /// The size of most of its letters.
    pub(super) size: f64,
    /// How many letters it has.
    pub(super) letters: usize,
    /// Whether the file says that it is no part of the text.
    pub(super) artifact: bool,
    /// The level of heading that the file says it is.
    pub(super) heading: Option<u8>,
}

/// A line as it is read.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The page, from 0.
    pub(super) page: usize,
    /// The part of the page whose lines belong together: a column, or what runs over all columns.
    pub(super) region: usize,
    /// The edges of that part.
    pub(super) edges: Range<f64>,
    /// The base line.
    pub(super) y: f64,
    /// The size of most of its letters.
    pub(super) size: f64,
    /// Stretches from left to right; more than one where wide gaps part them.
    pub(super) stretches: Vec<Stretch>,
    /// Whether most of its letters are bold.
    pub(super) bold: bool,
    /// Whether the file says that it is no part of the text.
    pub(super) artifact: bool,
    /// The level of heading that the file says it is.
    pub(super) heading: Option<u8>,
    /// Whether it runs another way than most of the page.
    pub(super) turned: bool,
}

impl Line {
    /// Where it begins.
    pub(super) fn start(&self) -> f64 {
        self.stretches.first().map_or(0.0, |s| s.x.start)
    }

    /// Where it ends.
    pub(super) fn end(&self) -> f64 {
        self.stretches.last().map_or(0.0, |s| s.x.end)
    }

    /// All its words.
    pub(super) fn words(&self) -> impl Iterator<Item = &Word> {
        self.stretches.iter().flat_map(|s| &s.words)
    }

    /// What it says, with one blank between words.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for word in self.words() {
            if !text.is_empty() && !word.tight {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }
}

/// A gap of so many ems parts words.
const WORD_GAP: f64 = 0.16;

/// A gap of so many ems parts stretches.
const STRETCH_GAP: f64 = 1.15;

/// The lines of a page, in the order in which they are read. Regions are numbered from `region` on.
pub(super) fn lines(sheet: &Sheet, page: usize, region: &mut usize) -> Vec<Line> {
    let mut out = of_signs(&sheet.signs, &sheet.strokes, page, region);
    for signs in &sheet.turned {
        let mut lines = of_signs(signs, &[], page, region);
        for line in &mut lines {
            line.turned = true;
        }
        out.extend(lines);
    }
    out
}

fn of_signs(signs: &[Sign], strokes: &[Stroke], page: usize, region: &mut usize) -> Vec<Line> {
    let stretches = stretches(signs);
    let mut out = Vec::new();
    let everything: Vec<usize> = (0..stretches.len()).collect();
    let mut places: Vec<Region> = Vec::new();
    part(&stretches, strokes, everything, 0, &mut places);
    let mut stretches: Vec<Option<Stretch>> = stretches.into_iter().map(Some).collect();
    for place in places {
        let members: Vec<Stretch> = place.members.iter().filter_map(|&i| stretches[i].take()).collect();
        let start = members.iter().map(|s| s.x.start).fold(f64::INFINITY, f64::min);
        let end = members.iter().map(|s| s.x.end).fold(f64::NEG_INFINITY, f64::max);
        for row in rows(members) {
            out.push(line(row, page, *region, start..end));
        }
        *region += 1;
    }
    out
}

fn line(stretches: Vec<Stretch>, page: usize, region: usize, edges: Range<f64>) -> Line {
    let main = stretches.iter().max_by_key(|s| s.letters);
    let (size, y) = main.map_or((0.0, 0.0), |s| (s.size, s.y));
    let letters = |bold: bool| -> usize {
        let words = stretches.iter().flat_map(|s| &s.words);
        words.filter(|w| w.bold == bold).map(|w| w.text.chars().count()).sum()
    };
    Line {
        page,
        region,
        edges,
        y,
        size,
        bold: letters(true) > letters(false),
        artifact: stretches.iter().all(|s| s.artifact),
        heading: stretches.first().and_then(|s| s.heading),
        turned: false,
        stretches,
    }
}

/// Puts signs together that stand on one line without a wide gap.
fn stretches(signs: &[Sign]) -> Vec<Stretch> {
    let mut order: Vec<usize> = (0..signs.len()).filter(|&i| !signs[i].said.is_blank()).collect();
    // Blanks are kept apart: they only say that a word ends.
    let mut blanks: Vec<(f64, f64, f64)> =
        signs.iter().filter(|s| s.said.is_blank()).map(|s| (s.y, s.x, s.end)).collect();
    blanks.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    order.sort_by(|&a, &b| signs[a].y.total_cmp(&signs[b].y).then(signs[a].x.total_cmp(&signs[b].x)));
    let mut out = Vec::new();
    let mut from = 0;
    while from < order.len() {
        let first = &signs[order[from]];
        let mut to = from + 1;
        while to < order.len() && signs[order[to]].y - first.y <= 0.12 * first.size.max(signs[order[to]].size) {
            to += 1;
        }
        let mut row: Vec<&Sign> = order[from..to].iter().map(|&i| &signs[i]).collect();
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        split_row(&row, &blanks, &mut out);
        from = to;
    }
    raise(&mut out);
    out
}

/// Splits the signs of a row into stretches and words.
fn split_row(row: &[&Sign], blanks: &[(f64, f64, f64)], out: &mut Vec<Stretch>) {
    let mut stretch: Option<Stretch> = None;
    let mut last: Option<&Sign> = None;
    let y = row.first().map_or(0.0, |s| s.y);
    let near = blanks.partition_point(|b| b.0 < y - 3.0)..blanks.partition_point(|b| b.0 <= y + 3.0);
    let mut blank_starts: Vec<f64> = blanks[near].iter().map(|b| (b.1 + b.2) / 2.0).collect();
    blank_starts.sort_by(f64::total_cmp);
    for sign in row {
        if let Some(before) = last {
            // A letter printed twice, a little apart, is a bold letter.
            if before.said == sign.said && (sign.x - before.x).abs() < 0.12 * sign.size {
                continue;
            }
        }
        let size = last.map_or(sign.size, |b| b.size.max(sign.size));
        let gap = last.map_or(f64::INFINITY, |b| sign.x - b.end);
        let blank = last.is_some_and(|b| {
            let next = blank_starts.partition_point(|&x| x < b.x);
            blank_starts.get(next).is_some_and(|&x| x <= sign.x)
        });
        let same = last.is_some_and(|b| (b.size - sign.size).abs() <= 0.15 * size || gap < WORD_GAP * size);
        if gap > STRETCH_GAP * size || !same && gap > 0.6 * size || stretch.is_none() {
            out.extend(stretch.take());
            stretch = Some(Stretch {
                words: Vec::new(),
                x: sign.x..sign.end,
                y: sign.y,
                size: sign.size,
                letters: 0,
                artifact: sign.artifact,
                heading: sign.heading,
            });
        }
        let Some(current) = &mut stretch else { continue };
        let begins = current
            .words
            .last()
            .is_none_or(|word| gap > WORD_GAP * size || blank && gap > 0.02 * size || word.bold != sign.bold && blank);
        if begins {
            current.words.push(Word {
                text: String::new(),
                x: sign.x..sign.end,
                y: sign.y,
                size: sign.size,
                raised: false,
                tight: false,
                bold: sign.bold,
            });
        }
        if let Some(word) = current.words.last_mut() {
            sign.said.push_to(&mut word.text);
            word.x.end = word.x.end.max(sign.end);
            word.size = word.size.max(sign.size);
        }
        current.x.end = current.x.end.max(sign.end);
        current.letters += match &sign.said {
            Said::One(_) => 1,
            Said::More(s) => s.chars().count(),
        };
        if current.letters <= 1 || sign.size > current.size * 1.02 && current.words.len() == 1 {
            current.size = sign.size;
        }
        last = Some(sign);
    }
    out.extend(stretch);
}

/// Puts raised and lowered pieces into the stretches that they belong to.
fn raise(stretches: &mut Vec<Stretch>) {
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    order.sort_by(|&a, &b| stretches[a].y.total_cmp(&stretches[b].y));
    let mut moves: Vec<(usize, usize)> = Vec::new();
    for (n, &small) in order.iter().enumerate() {
        let piece = &stretches[small];
        if piece.letters > 24 {
            continue;
        }
        let fits = |host: usize| {
            let host = &stretches[host];
            let rise = host.y - piece.y;
            piece.size <= 0.86 * host.size
                && (0.08 * host.size..=0.75 * host.size).contains(&rise)
                && piece.x.start <= host.x.end + 0.45 * host.size
                // The label of a note may stand well before its words.
                && (piece.x.start >= host.x.start - 0.5 * host.size
                    || piece.letters <= 3 && piece.x.end <= host.x.start && piece.x.end >= host.x.start - 3.0 * host.size)
        };
        let lowered = |host: usize| {
            let host = &stretches[host];
            let fall = piece.y - host.y;
            piece.size <= 0.86 * host.size
                && (0.04 * host.size..=0.4 * host.size).contains(&fall)
                && piece.x.start >= host.x.start
                && piece.x.start <= host.x.end + 0.3 * host.size
        };
        let below = order[n + 1..].iter().copied().take_while(|&h| stretches[h].y - piece.y < 30.0);
        let above = order[..n].iter().rev().copied().take_while(|&h| piece.y - stretches[h].y < 12.0);
        let distance = |h: usize| {
            let x = &stretches[h].x;
            (x.start - piece.x.end).max(piece.x.start - x.end).max(0.0)
        };
        let nearest =
            |found: &mut dyn Iterator<Item = usize>| found.min_by(|&a, &b| distance(a).total_cmp(&distance(b)));
        let host = nearest(&mut below.filter(|&h| fits(h))).or_else(|| nearest(&mut above.filter(|&h| lowered(h))));
        if let Some(host) = host {
            moves.push((small, host));
        }
    }
    let mut gone = vec![false; stretches.len()];
    for (small, host) in moves {
        if gone[host] || gone[small] {
            continue;
        }
        gone[small] = true;
        let piece = stretches[small].clone();
        let host = &mut stretches[host];
        let rises = piece.y < host.y;
        for mut word in piece.words {
            word.raised = rises;
            let at = host.words.partition_point(|w| w.x.start < word.x.start);
            // It may stand inside of what looks like one word: `zone` `2` `.`
            if let Some(before) = at.checked_sub(1).and_then(|b| host.words.get_mut(b)) {
                word.tight = word.x.start - before.x.end < WORD_GAP * host.size;
                if before.x.end > word.x.end {
                    split_around(host, at - 1, word);
                    continue;
                }
            }
            if let Some(after) = host.words.get_mut(at) {
                after.tight = after.x.start - word.x.end < WORD_GAP * host.size;
            }
            host.x.end = host.x.end.max(word.x.end);
            host.x.start = host.x.start.min(word.x.start);
            host.words.insert(at, word);
        }
    }
    let mut n = 0;
    stretches.retain(|_| {
        n += 1;
        !gone[n - 1]
    });
}

/// Puts a raised piece into a word where its letters leave room, by the share of the width before it.
fn split_around(host: &mut Stretch, index: usize, piece: Word) {
    let word = &host.words[index];
    let share = (piece.x.start - word.x.start) / (word.x.end - word.x.start).max(0.1);
    let letters = word.text.chars().count();
    let cut = ((letters as f64 * share).round() as usize).min(letters);
    let at = word.text.char_indices().nth(cut).map_or(word.text.len(), |(i, _)| i);
    let mut rest = word.clone();
    rest.text = word.text[at..].to_owned();
    rest.x.start = piece.x.end;
    rest.tight = true;
    let mut piece = piece;
    piece.tight = true;
    let (before, start) = (word.text[..at].to_owned(), piece.x.start);
    host.words[index].text = before;
    host.words[index].x.end = start;
    host.words.insert(index + 1, piece);
    if !rest.text.is_empty() {
        host.words.insert(index + 2, rest);
    }
}

/// A part of a page: the stretches in it.
#[derive(Debug)]
struct Region {
    members: Vec<usize>,
    /// Whether it runs over all columns, so that neighbours of its kind are one.
    whole: Option<usize>,
}

/// How deep columns may stand in columns.
const DEEPEST: usize = 4;

/// Parts what is set in columns; what is not stays as it is.
fn part(all: &[Stretch], strokes: &[Stroke], members: Vec<usize>, depth: usize, out: &mut Vec<Region>) {
    let gutter = if depth < DEEPEST { gutter(all, strokes, &members) } else { None };
    let Some(gutter) = gutter else {
        out.push(Region { members, whole: None });
        return;
    };
    let mut crossing: Vec<usize> = Vec::new();
    let mut sides: [Vec<usize>; 2] = [Vec::new(), Vec::new()];
    for &i in &members {
        let x = &all[i].x;
        if x.end <= gutter.end {
            sides[0].push(i);
        } else if x.start >= gutter.start {
            sides[1].push(i);
        } else {
            crossing.push(i);
        }
    }
    let by_height = |list: &mut Vec<usize>| list.sort_by(|&a, &b| all[a].y.total_cmp(&all[b].y));
    by_height(&mut crossing);
    by_height(&mut sides[0]);
    by_height(&mut sides[1]);
    let own = out.len();
    let push_whole = |list: Vec<usize>, out: &mut Vec<Region>| match out.last_mut() {
        Some(last) if last.whole == Some(own) => last.members.extend(list),
        _ => out.push(Region { members: list, whole: Some(own) }),
    };
    let mut starts = [0, 0];
    let ends = crossing.iter().map(|&i| Some(i)).chain(std::iter::once(None));
    for end in ends {
        // What stands on one line with something that crosses is on that line.
        let height = end.map_or(f64::INFINITY, |i| all[i].y - 0.5 * all[i].size);
        let mut band: [Vec<usize>; 2] = [Vec::new(), Vec::new()];
        for (side, start) in starts.iter_mut().enumerate() {
            while sides[side].get(*start).is_some_and(|&i| all[i].y < height) {
                band[side].push(sides[side][*start]);
                *start += 1;
            }
        }
        let [left, right] = band;
        if right.is_empty() || left.is_empty() {
            let list: Vec<usize> = left.into_iter().chain(right).collect();
            if !list.is_empty() {
                push_whole(list, out);
            }
        } else {
            part(all, strokes, left, depth + 1, out);
            part(all, strokes, right, depth + 1, out);
        }
        if let Some(end) = end {
            let mut list = vec![end];
            for (side, start) in starts.iter_mut().enumerate() {
                while sides[side].get(*start).is_some_and(|&i| all[i].y <= all[end].y + 0.3 * all[end].size) {
                    list.push(sides[side][*start]);
                    *start += 1;
                }
            }
            push_whole(list, out);
        }
    }
}

/// The white between two columns of prose.
fn gutter(all: &[Stretch], strokes: &[Stroke], members: &[usize]) -> Option<Range<f64>> {
    if members.len() < 8 {
        return None;
    }
    const BIN: f64 = 2.0;
    let bins = 2_000;
    let mut change = vec![0i32; bins + 1];
    for &i in members {
        let bin = |x: f64| ((x / BIN).max(0.0) as usize).min(bins);
        change[bin(all[i].x.start)] += 1;
        change[bin(all[i].x.end)] -= 1;
    }
    let mut cover = Vec::with_capacity(bins);
    let mut now = 0;
    for step in &change {
        now += step;
        cover.push(now as usize);
    }
    let few = members.len() / 2;
    let mut best: Option<(usize, Range<f64>)> = None;
    let mut from = 0;
    while from < bins {
        // A run of bins with the same low cover between higher ones.
        let mut to = from + 1;
        while to < bins && cover[to] == cover[from] {
            to += 1;
        }
        let lower = (from == 0 || cover[from - 1] > cover[from]) && (to >= bins || cover[to] > cover[from]);
        if lower && cover[from] <= few && from > 0 && to < bins {
            let white = from as f64 * BIN..to as f64 * BIN;
            if let Some(score) = score(all, strokes, members, &white)
                && best.as_ref().is_none_or(|(s, _)| score > *s)
            {
                best = Some((score, white));
            }
        }
        from = to;
    }
    best.map(|(_, white)| white)
}

/// How many letters stand on the smaller side, when both sides are prose.
fn score(all: &[Stretch], strokes: &[Stroke], members: &[usize], white: &Range<f64>) -> Option<usize> {
    let side = |is: &dyn Fn(&Stretch) -> bool| -> Vec<&Stretch> {
        members.iter().map(|&i| &all[i]).filter(|s| is(s)).collect()
    };
    let left = side(&|s| s.x.end <= white.end);
    let right = side(&|s| s.x.start >= white.start);
    let letters = |list: &[&Stretch]| list.iter().map(|s| s.letters).sum::<usize>();
    if !is_prose(&left) || !is_prose(&right) {
        return None;
    }
    let size = left.iter().chain(&right).map(|s| s.size).fold(0.0, f64::max).min(14.0);
    if white.end - white.start < 0.5 * size {
        return None;
    }
    // The frame of a table runs over its columns.
    let top = left.iter().chain(&right).map(|s| s.y).fold(f64::INFINITY, f64::min);
    let bottom = left.iter().chain(&right).map(|s| s.y).fold(0.0, f64::max);
    let middle = (white.start + white.end) / 2.0;
    let framed = strokes
        .iter()
        .filter(|s| {
            s.level && (top - 20.0..=bottom + 20.0).contains(&s.at) && s.from < middle - 9.0 && s.to > middle + 9.0
        })
        .count();
    if framed >= 4 {
        return None;
    }
    Some(letters(&left).min(letters(&right)))
}

/// Whether stretches are the lines of a column of prose: long, of about one length, words more than figures.
fn is_prose(list: &[&Stretch]) -> bool {
    if list.len() < 4 {
        return false;
    }
    let letters: usize = list.iter().map(|s| s.letters).sum();
    if letters < list.len() * 14 {
        return false;
    }
    let widest = list.iter().map(|s| s.x.end - s.x.start).fold(0.0, f64::max);
    let full = list.iter().filter(|s| s.x.end - s.x.start >= 0.6 * widest).count();
    let words = list.iter().flat_map(|s| &s.words);
    let (mut named, mut counted) = (0usize, 0usize);
    for word in words {
        if word.text.chars().any(char::is_alphabetic) {
            named += 1;
        } else {
            counted += 1;
        }
    }
    full * 2 >= list.len() && named >= counted * 2
}

/// The lines of a region from top to bottom, each from left to right.
fn rows(mut members: Vec<Stretch>) -> Vec<Vec<Stretch>> {
    members.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.start.total_cmp(&b.x.start)));
    let mut rows: Vec<Vec<Stretch>> = Vec::new();
    for stretch in members {
        match rows.last_mut() {
            Some(row) if on_line(row, &stretch) => row.push(stretch),
            _ => rows.push(vec![stretch]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.x.start.total_cmp(&b.x.start));
    }
    rows
}

/// Whether a stretch stands on a line with others.
fn on_line(row: &[Stretch], stretch: &Stretch) -> bool {
    let size = row.iter().map(|s| s.size).fold(stretch.size, f64::min);
    let near = row.iter().any(|s| (s.y - stretch.y).abs() <= 0.35 * size);
    let apart = row.iter().all(|s| stretch.x.start >= s.x.end - 0.5 * size || s.x.start >= stretch.x.end - 0.5 * size);
    near && apart
}
