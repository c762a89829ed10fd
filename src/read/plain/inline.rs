//! What plain text borrows from markup: `*emphasis*`, `[words](address)`, `<address>`.

use crate::document::{Cuts, Style, Text};
use std::ops::Range;

/// Emphasis and the words of a link are no longer than this, in bytes.
const LONGEST: usize = 400;

/// The address of a link is no longer than this, in bytes.
const LONGEST_ADDRESS: usize = 2_000;

/// Takes the signs of markup out of a text and marks what stands between them.
pub(super) fn dress(text: Text) -> Text {
    let string = &text.string;
    let bytes = string.as_bytes();
    let addresses = addresses(string);
    if addresses.is_empty() && memchr::memchr3(b'*', b'_', b'[', bytes).is_none() {
        return text;
    }
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let mut styles: Vec<(Range<usize>, Style)> = Vec::new();
    for address in &addresses {
        let outer = string[..address.start].trim_end_matches('<').len();
        let closing = string[address.end..].len() - string[address.end..].trim_start_matches('>').len();
        if outer < address.start && closing > 0 {
            cuts.push(outer..address.start);
            cuts.push(address.end..address.end + closing);
        }
        styles.push((address.clone(), Style::Address));
    }
    links(string, &mut cuts, &mut styles);
    emphasis(string, &addresses, &mut cuts, &mut styles);
    if cuts.is_empty() && styles.is_empty() {
        return text;
    }
    let cuts = Cuts::new(cuts);
    let mut out = if cuts.is_empty() { text } else { text.without(&cuts) };
    styles.sort_by_key(|(range, style)| (range.end, std::cmp::Reverse(range.start), *style as u8));
    for (range, style) in styles {
        out.add_style(cuts.moved(range.start) as u32..cuts.moved(range.end) as u32, style);
    }
    out
}

/// Web addresses, without the brackets and stops around them.
fn addresses(string: &str) -> Vec<Range<usize>> {
    let bytes = string.as_bytes();
    let mut out: Vec<Range<usize>> = Vec::new();
    for at in memchr::memmem::find_iter(bytes, b"://") {
        let start = string[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
        if start < at && out.last().is_none_or(|last| last.end <= start) {
            out.push(start..address_end(string, at + 3));
        }
    }
    let mut covered = 0;
    for at in memchr::memmem::find_iter(bytes, b"www.") {
        if at >= covered && !string[..at].ends_with(|c: char| c.is_alphanumeric() || c == '/' || c == '.') {
            covered = address_end(string, at + 4);
            out.push(at..covered);
        }
    }
    out.sort_by_key(|r| r.start);
    let mut end = 0;
    out.retain(|r| {
        let keep = r.start >= end;
        end = end.max(r.end);
        keep
    });
    out
}

fn address_end(string: &str, from: usize) -> usize {
    let rest = &string[from..];
    let length = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '’' | '‘' | '»' | '|' | '`'))
        .unwrap_or(rest.len());
    let mut address = rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']);
    if address.ends_with(')') && !address.contains('(') {
        address = address.trim_end_matches([')', '.', ',']);
    }
    from + address.len()
}

/// `[words](address)`
fn links(string: &str, cuts: &mut Vec<Range<usize>>, styles: &mut Vec<(Range<usize>, Style)>) {
    for middle in memchr::memmem::find_iter(string.as_bytes(), b"](") {
        let mut from = middle.saturating_sub(LONGEST);
        while !string.is_char_boundary(from) {
            from += 1;
        }
        let Some(open) = string[from..middle].rfind(['[', ']']).map(|i| from + i) else { continue };
        let rest = &string[middle + 2..];
        let length = rest.bytes().take(LONGEST_ADDRESS).take_while(|b| !b.is_ascii_whitespace() && *b != b')').count();
        if !string[open..].starts_with('[') || open + 1 == middle || rest.as_bytes().get(length) != Some(&b')') {
            continue;
        }
        cuts.push(open..open + 1);
        cuts.push(middle..middle + 2 + length + 1);
        styles.push((open + 1..middle, Style::Link));
    }
}

/// `*words*`, `**words**`, `_words_`: signs that stand at the edges of words, in pairs.
fn emphasis(
    string: &str,
    addresses: &[Range<usize>],
    cuts: &mut Vec<Range<usize>>,
    styles: &mut Vec<(Range<usize>, Style)>,
) {
    let bytes = string.as_bytes();
    let mut open: [Option<Range<usize>>; 2] = [None, None];
    let mut next = 0;
    let mut addresses = addresses.iter().peekable();
    while let Some(at) = memchr::memchr2(b'*', b'_', &bytes[next..]).map(|i| next + i) {
        while addresses.next_if(|a| a.end <= at).is_some() {}
        if let Some(address) = addresses.peek().filter(|a| a.contains(&at)) {
            next = address.end;
            continue;
        }
        let sign = bytes[at];
        let length = bytes[at..].iter().take_while(|b| **b == sign).count();
        next = at + length;
        if length > 3 {
            continue;
        }
        let (before, after) = (string[..at].chars().next_back(), string[next..].chars().next());
        let opens = before.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"' | '‘' | '\'' | '—' | '–' | '-' | '/' | '«' | ']')
        }) && after.is_some_and(|c| !c.is_whitespace());
        let closes = before.is_some_and(|c| !c.is_whitespace())
            && after.is_none_or(|c| {
                !c.is_alphanumeric() || matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{2079}')
            });
        let slot = &mut open[usize::from(sign == b'_')];
        if closes
            && let Some(opening) = slot.take_if(|o| o.len() == length && at - o.end <= LONGEST)
            && string[opening.end..at].contains(char::is_alphanumeric)
        {
            styles.push((opening.end..at, if length == 1 { Style::Emphasis } else { Style::Strong }));
            cuts.push(opening);
            cuts.push(at..next);
        } else if opens {
            *slot = Some(at..next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;

    fn read(string: &str) -> (String, Vec<(String, Style)>) {
        let mut text = Text::new(FileId(0));
        text.push_copied(string, 0);
        let out = dress(text);
        let styles =
            out.styles.iter().map(|(r, s)| (out.string[r.start as usize..r.end as usize].to_owned(), *s)).collect();
        (out.string, styles)
    }

    #[test]
    fn reads_emphasis() {
        let (string, styles) = read("Lee, *The Wells: A Study* (Hill 2016), *ibid.*⁴ and **more**.");
        assert_eq!(string, "Lee, The Wells: A Study (Hill 2016), ibid.⁴ and more.");
        let expected = [("The Wells: A Study", Style::Emphasis), ("ibid.", Style::Emphasis), ("more", Style::Strong)];
        assert_eq!(styles, expected.map(|(w, s)| (w.to_owned(), s)));
    }

    #[test]
    fn leaves_signs_that_are_no_markup() {
        for string in
            ["3 * 4 * 5", "snake_case_name and __x", "*p<0.05; **p<0.01", "a*b*c", "漢*字*漢", "word* and word*"]
        {
            assert_eq!(read(string).0, string);
        }
    }

    #[test]
    fn reads_links_and_addresses() {
        let (string, styles) = read("See [the list](#) at <<https://a.example/x_y_z>> or www.b.example.");
        assert_eq!(string, "See the list at https://a.example/x_y_z or www.b.example.");
        assert_eq!(styles[0], ("the list".to_owned(), Style::Link));
        assert_eq!(styles.last(), Some(&("www.b.example".to_owned(), Style::Address)));
    }
}
