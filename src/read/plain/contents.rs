//! Tables of contents: told by leaders, or by their heading and the numbers at the end of lines.

use super::lines::Line;
use super::parts::{Part, PartKind};
use rustc_hash::FxHashSet;

/// What tables of contents are headed with, in the languages that reports are set in most.
const CONTENTS_WORDS: [&str; 9] = [
    "contents",
    "table of contents",
    "table of content",
    "inhalt",
    "inhaltsverzeichnis",
    "sommaire",
    "table des matières",
    "índice",
    "indice",
];

/// A title from a table of contents.
#[derive(Clone, Copy, Debug)]
pub(super) struct Title {
    /// 0 for the outermost.
    pub(super) depth: u8,
}

/// The titles that a table of contents lists, folded for comparison.
pub(super) type Titles = rustc_hash::FxHashMap<String, Title>;

/// Turns the parts that are tables of contents into such, one part a line. Gives the titles listed.
pub(super) fn mark(source: &str, lines: &[Line], parts: &mut Vec<Part>) -> Titles {
    let mut titles = Titles::default();
    let mut out = Vec::with_capacity(parts.len());
    let mut under_heading = false;
    let mut all_lines: Option<FxHashSet<String>> = None;
    let repeated = repeated(source, lines, parts);
    for (index, part) in parts.drain(..).enumerate() {
        let texts = || part.lines.iter().flat_map(Clone::clone).map(|i| lines[i].text(source));
        let count = part.line_count();
        if matches!(part.kind, PartKind::Code) {
            out.push(part);
            continue;
        }
        let first = part.first_text(source, lines);
        if count == 1 && is_contents_word(first) {
            under_heading = true;
            out.push(part);
            continue;
        }
        let leaders = texts().filter(|t| split_leader(t).is_some()).count();
        let numbered = texts().filter(|t| page_of(t).is_some()).count();
        let is_contents = leaders * 2 >= count && leaders > 0
            || under_heading && numbered * 2 >= count && numbered > 0
            || repeated.contains(&index)
            || part.kind == PartKind::Tabs && count >= 4 && rises(texts()) && {
                let known = all_lines.get_or_insert_with(|| apart(source, lines));
                texts().filter(|t| known.contains(&fold(title_of(t)))).count() * 2 >= count
            };
        if !is_contents {
            under_heading = under_heading && count == 1 && part.width(lines) < 40;
            out.push(part);
            continue;
        }
        let indents: Vec<u32> = part.lines.iter().flat_map(Clone::clone).map(|i| lines[i].indent).collect();
        let least = indents.iter().copied().min().unwrap_or(0);
        let (mut new_page, mut apart) = (part.new_page, part.apart);
        for i in part.lines.iter().flat_map(Clone::clone) {
            let text = lines[i].text(source);
            let title = title_of(text);
            let number = title.split_whitespace().next().unwrap_or("").trim_end_matches('.');
            let depth = if number.starts_with(|c: char| c.is_ascii_digit()) {
                number.matches('.').count()
            } else {
                usize::from(lines[i].indent > least || page_of(text).is_none())
            };
            titles.entry(fold(title)).or_insert(Title { depth: depth.min(4) as u8 });
            out.push(Part {
                kind: PartKind::Contents,
                lines: std::iter::once(i..i + 1).collect(),
                skip: 0,
                new_page: std::mem::take(&mut new_page),
                apart: std::mem::take(&mut apart),
                apart_after: false,
            });
        }
    }
    *parts = out;
    titles
}

/// Whether this is the heading of a table of contents.
pub(super) fn is_contents_word(text: &str) -> bool {
    let bare = text.trim_start_matches(['#', ' ']).trim_end_matches([':', ' ']);
    bare.len() <= 30 && CONTENTS_WORDS.contains(&bare.to_lowercase().as_str())
}

/// A line for comparison: small letters, single spaces, no figures, dots or marks around it.
pub(super) fn fold(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for word in title.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '\u{2018}' | '\u{2019}' => out.push('\''),
                c => out.extend(c.to_lowercase()),
            }
        }
    }
    out
}

/// Lines that may be headings: those with an empty line before or after.
fn apart(source: &str, lines: &[Line]) -> FxHashSet<String> {
    let is_apart =
        |i: usize| i.checked_sub(1).is_none_or(|b| lines[b].is_blank()) || lines.get(i + 1).is_none_or(Line::is_blank);
    (0..lines.len())
        .filter(|&i| !lines[i].is_blank() && lines[i].width <= 160 && is_apart(i))
        .map(|i| fold(lines[i].text(source)))
        .collect()
}

/// The parts under a heading for contents, up to the next empty line, most lines of which stand by themselves once
/// more further down: titles without page numbers.
fn repeated(source: &str, lines: &[Line], parts: &[Part]) -> FxHashSet<usize> {
    let mut out = FxHashSet::default();
    for (i, part) in parts.iter().enumerate() {
        if part.line_count() != 1 || !is_contents_word(part.first_text(source, lines)) {
            continue;
        }
        let more = parts[i + 1..].iter().skip(1).take_while(|p| !p.apart && !matches!(p.kind, PartKind::Code));
        let end = (i + 2 + more.count()).min(parts.len());
        let of_list = || parts[i + 1..end].iter().flat_map(|p| p.lines.iter().flat_map(Clone::clone));
        let titles: FxHashSet<String> = of_list().map(|l| fold(title_of(lines[l].text(source)))).collect();
        let Some(last) = of_list().max().filter(|_| titles.len() >= 3) else { continue };
        let is_apart = |l: usize| lines[l - 1].is_blank() || lines.get(l + 1).is_none_or(Line::is_blank);
        let later = (last + 1..lines.len()).filter(|&l| !lines[l].is_blank() && is_apart(l));
        let again: FxHashSet<String> =
            later.map(|l| fold(lines[l].text(source))).filter(|t| titles.contains(t)).collect();
        if again.len() * 3 >= titles.len() * 2 {
            out.extend(i + 1..end);
        }
    }
    out
}

/// Whether the page numbers at the ends of lines never fall.
fn rises<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let pages: Vec<u32> = texts.filter_map(page_of).collect();
    pages.len() >= 3 && pages.windows(2).all(|pair| pair[0] <= pair[1])
}

/// The page number at the end of a line, after a tab, a leader or a gap.
fn page_of(text: &str) -> Option<u32> {
    let start = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let number = &text[start..];
    let before = &text[..start];
    if number.is_empty() || number.len() > 4 {
        return None;
    }
    (before.ends_with('\t') || before.ends_with("  ") || before.ends_with("..") || before.ends_with(". "))
        .then(|| number.parse().ok())
        .flatten()
}

/// Where a leader of dots begins and where what comes after it does.
pub(super) fn split_leader(text: &str) -> Option<(usize, usize)> {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x'));
    let end = bare.len();
    let start = bare.trim_end_matches(['.', ' ', '\t', '·', '…', '_']).len();
    let leader = &bare[start..];
    let dots = leader.chars().filter(|c| matches!(c, '.' | '·' | '_')).count() + leader.matches('…').count() * 3;
    (dots >= 4 && start > 0).then_some((start, end))
}

/// The title in a line of a table of contents.
fn title_of(text: &str) -> &str {
    if let Some((start, _)) = split_leader(text) {
        return text[..start].trim();
    }
    match page_of(text) {
        Some(_) => text.trim_end_matches(|c: char| c.is_ascii_digit()).trim(),
        None => text.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_titles_and_pages() {
        assert_eq!(title_of("2.1 The wells . . . . . . 14"), "2.1 The wells");
        assert_eq!(title_of("The wells\t14"), "The wells");
        assert_eq!(title_of("The wells......14"), "The wells");
        assert_eq!(page_of("The wells\t14"), Some(14));
        assert_eq!(page_of("The wells of 2014"), None);
        assert_eq!(split_leader("and so on ..."), None);
    }
}
