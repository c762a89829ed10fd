//! Running heads, running feet and page numbers: told by their repetition at one height of the pages.

use super::lines::Line;
use rustc_hash::FxHashMap;

/// The part of a page, above and below, in which running lines stand.
const MARGIN: f64 = 0.12;

/// Marks the lines that run from page to page. `heights` are those of the pages.
pub(super) fn mark(lines: &mut [Line], heights: &[f64]) {
    // Lines by page, to know which are the outermost.
    let mut seen: FxHashMap<(String, i64), Vec<(usize, usize)>> = FxHashMap::default();
    let mut numbers: Vec<(usize, usize, u32)> = Vec::new();
    let outer = outermost(lines);
    for &i in &outer {
        let line = &lines[i];
        let height = heights.get(line.page).copied().unwrap_or(0.0).max(1.0);
        let share = line.y / height;
        if share > MARGIN && share < 1.0 - MARGIN || line.artifact {
            continue;
        }
        let text = line.text();
        if text.chars().count() > 160 {
            continue;
        }
        // Heights agree within a few points; a line that hops is text.
        let band = (line.y / 6.0).round() as i64;
        for near in [band, band + 1] {
            seen.entry((shape(&text), near)).or_default().push((line.page, i));
        }
        if let Some(number) = page_number(&text) {
            numbers.push((line.page, i, number));
        }
    }
    let pages = heights.len();
    for places in seen.values() {
        let mut on: Vec<usize> = places.iter().map(|(page, _)| *page).collect();
        on.dedup();
        if on.len() >= 3 || on.len() == 2 && pages <= 4 && on.len() * 2 >= pages {
            for &(_, i) in places {
                lines[i].artifact = true;
            }
        }
    }
    // Page numbers count up with the pages.
    for (n, &(page, i, number)) in numbers.iter().enumerate() {
        let counts = |other: Option<&(usize, usize, u32)>| {
            other.is_some_and(|&(p, _, m)| p != page && i64::from(m) - i64::from(number) == p as i64 - page as i64)
        };
        let near = numbers[n.saturating_sub(3)..(n + 4).min(numbers.len())].iter();
        if near.into_iter().any(|other| counts(Some(other))) || number as usize == page + 1 {
            lines[i].artifact = true;
        }
    }
}

/// The two highest and the two lowest lines of every page.
fn outermost(lines: &[Line]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut from = 0;
    while from < lines.len() {
        let page = lines[from].page;
        let to = from + lines[from..].iter().take_while(|l| l.page == page).count();
        let mut order: Vec<usize> = (from..to).filter(|&i| !lines[i].artifact && !lines[i].turned).collect();
        order.sort_by(|&a, &b| lines[a].y.total_cmp(&lines[b].y));
        let end = order.len();
        // Words on the left and on the right of one height are several lines when they stand in two columns.
        out.extend(order.iter().take(4));
        out.extend(order.iter().skip(4.max(end.saturating_sub(4))));
        from = to;
    }
    out
}

/// A line with its figures levelled out.
fn shape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if !(c == '#' && out.ends_with('#')) {
            out.push(c);
        }
    }
    // Roman page numbers change their letters.
    if !out.is_empty() && out.len() <= 6 && out.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'l' | b'c')) {
        return "#".to_owned();
    }
    out
}

/// The number of a line that is a page number and nothing else: `12`, `– 12 –`, `Page 12 of 40`.
fn page_number(text: &str) -> Option<u32> {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '[' | ']'));
    let lower = bare.to_lowercase();
    let bare = lower.strip_prefix("page").or_else(|| lower.strip_prefix("p.")).unwrap_or(&lower).trim();
    let number = bare.split([' ', '/']).next()?;
    let rest = bare[number.len()..].trim();
    let tail = rest.strip_prefix("of").or_else(|| rest.strip_prefix('/')).unwrap_or(rest).trim();
    let is_number = |t: &str| !t.is_empty() && t.len() <= 4 && t.bytes().all(|b| b.is_ascii_digit());
    (is_number(number) && (tail.is_empty() || is_number(tail))).then(|| number.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{page_number, shape};

    #[test]
    fn reads_page_numbers() {
        assert_eq!(page_number("– 12 –"), Some(12));
        assert_eq!(page_number("Page 3 of 40"), Some(3));
        assert_eq!(page_number("3/40"), Some(3));
        assert_eq!(page_number("3 wells"), None);
    }

    #[test]
    fn reads_lines_that_differ_in_their_number_as_one() {
        assert_eq!(shape("Annual report 2021 | 7"), shape("Annual report 2021 | 18"));
        assert_eq!(shape("iv"), shape("xii"));
    }
}
