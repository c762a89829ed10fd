//! Tags and words of HTML with their places, and which tag ends what.

use compact_str::CompactString;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use rustc_hash::FxHashMap;
use std::convert::Infallible;
use std::ops::Range;

/// One piece of a page.
#[derive(Debug)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Its bytes in the file.
    pub(super) at: Range<u32>,
}

/// What a piece is.
#[derive(Debug)]
pub(super) enum Kind {
    /// `<p class="x">`
    Start(Element),
    /// `</p>`
    End(CompactString),
    /// What stands between tags, as written.
    Words,
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Element {
    /// The name in lower case.
    pub(super) name: CompactString,
    /// Those of [`WANTED`]: index, value, place of the value.
    attributes: Vec<(u8, String, Range<u32>)>,
    /// The token that ends it, or the one after all that it may hold.
    pub(super) end: usize,
}

/// The attributes that say something about how a page is read; the others are not kept.
const WANTED: [&str; 15] = [
    "id",
    "class",
    "href",
    "role",
    "style",
    "hidden",
    "aria-hidden",
    "aria-level",
    "rowspan",
    "colspan",
    "start",
    "value",
    "name",
    "type",
    "reversed",
];

/// Elements without content.
pub(super) const VOID: [&str; 17] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "source", "track", "wbr",
];

/// How elements begin whose content is no markup.
const RAW: [&str; 9] =
    ["<iframe", "<noembed", "<noframes", "<noscript", "<script", "<style", "<textarea", "<title", "<xmp"];

impl Element {
    /// The value of an attribute; empty when it has none.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|(value, _)| value)
    }

    /// The value of an attribute with its place.
    pub(super) fn attribute(&self, name: &str) -> Option<(&str, Range<u32>)> {
        let wanted = WANTED.iter().position(|w| *w == name)?;
        self.attributes.iter().find(|(n, ..)| usize::from(*n) == wanted).map(|(_, v, at)| (v.as_str(), at.clone()))
    }

    /// A number in an attribute.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }
}

/// Takes a page apart. `at` are the bytes of `source` to look at.
pub(super) fn tokens(source: &str, at: Range<u32>) -> Vec<Token> {
    let base = at.start;
    let page = &source[at.start as usize..at.end as usize];
    // As XML `<title/>` is empty; as HTML it begins a title that goes on.
    let well_formed = source.trim_start_matches('\u{feff}').starts_with("<?xml");
    let mut found: Vec<Token> = Vec::new();
    let mut open: Option<Token> = None;
    let mut wanted: Option<u8> = None;
    let place = |span: Span<usize>| {
        // Every place is looked at before it is believed.
        page.get(span.start..span.end).map(|_| base + span.start as u32..base + span.end as u32)
    };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                wanted = None;
                let name = CompactString::from_utf8_lossy(name);
                let element = Element { name, attributes: Vec::new(), end: 0 };
                open = place(span).map(|at| Token { kind: Kind::Start(element), at });
            }
            CallbackEvent::AttributeName { name } => {
                wanted = WANTED.iter().position(|w| w.as_bytes() == name).map(|w| w as u8);
                if let (Some(name), Some(Token { kind: Kind::Start(element), at })) = (wanted, &mut open) {
                    // One that is said twice counts once.
                    if element.attributes.iter().any(|(n, ..)| *n == name) {
                        wanted = None;
                    } else {
                        element.attributes.push((name, String::new(), at.end..at.end));
                    }
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let (Some(_), Some(Token { kind: Kind::Start(element), .. })) = (wanted.take(), &mut open)
                    && let Some((_, text, at)) = element.attributes.last_mut()
                    && let Some(place) = place(span)
                {
                    *text = String::from_utf8_lossy(value).into_owned();
                    *at = place;
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let (Some(mut token), Some(end)) = (open.take(), place(span)) {
                    token.at.end = end.end.max(token.at.start);
                    let empty = well_formed && self_closing && !is_void(&token.kind);
                    let end = token.at.end..token.at.end;
                    let ended = if let Kind::Start(element) = &token.kind { element.name.clone() } else { "".into() };
                    found.push(token);
                    if empty {
                        found.push(Token { kind: Kind::End(ended), at: end });
                    }
                }
            }
            CallbackEvent::EndTag { name } => {
                if let Some(at) = place(span) {
                    found.push(Token { kind: Kind::End(CompactString::from_utf8_lossy(name)), at });
                }
            }
            CallbackEvent::String { .. } => {
                if let Some(at) = place(span).filter(|at| at.start < at.end) {
                    found.push(Token { kind: Kind::Words, at });
                }
            }
            _ => {}
        }
        None
    });
    emitter.naively_switch_states(!(well_formed && has_empty_raw(page)));
    let _ = Tokenizer::new_with_emitter(page, emitter).finish();
    // Order is what everything else relies on.
    let mut last = base;
    found.retain(|token| {
        let fits = token.at.start >= last;
        if fits {
            last = token.at.end;
        }
        fits
    });
    match_ends(&mut found);
    found
}

/// Whether an element of a kind that holds no tags, such as a script, is empty: `<script src="a.js"/>`.
fn has_empty_raw(page: &str) -> bool {
    RAW.iter().any(|name| {
        memchr::memmem::find_iter(page.as_bytes(), name.as_bytes()).any(|at| {
            let rest = &page[at + name.len()..];
            rest.starts_with(['/', ' ', '\n', '\r', '\t'])
                && rest.bytes().take(4_000).position(|b| b == b'>').is_some_and(|end| rest[..end].ends_with('/'))
        })
    })
}

fn is_void(kind: &Kind) -> bool {
    matches!(kind, Kind::Start(element) if VOID.contains(&element.name.as_str()))
}

/// Finds for every start tag the token that ends it. An end tag ends the nearest open element of its name and all
/// inside it; what is never ended ends with what is around it.
fn match_ends(tokens: &mut [Token]) {
    let mut open: Vec<(CompactString, usize)> = Vec::new();
    let mut counts: FxHashMap<CompactString, u32> = FxHashMap::default();
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for (n, token) in tokens.iter().enumerate() {
        match &token.kind {
            Kind::Start(element) if !VOID.contains(&element.name.as_str()) => {
                open.push((element.name.clone(), n));
                *counts.entry(element.name.clone()).or_insert(0) += 1;
            }
            Kind::End(name) => {
                // The count keeps a stray end tag from being looked for among all that is open.
                if counts.get(name).is_none_or(|&count| count == 0) {
                    continue;
                }
                while let Some((inner, start)) = open.pop() {
                    ends.push((start, n));
                    if let Some(count) = counts.get_mut(&inner) {
                        *count -= 1;
                    }
                    if inner == *name {
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    ends.extend(open.into_iter().map(|(_, start)| (start, tokens.len())));
    for (n, token) in tokens.iter_mut().enumerate() {
        if let Kind::Start(element) = &mut token.kind {
            element.end = n;
        }
    }
    for (start, end) in ends {
        if let Kind::Start(element) = &mut tokens[start].kind {
            element.end = end;
        }
    }
}

/// What `&…` at the start of a string says, and how many bytes it takes; `None` when it is no reference.
pub(super) fn reference(string: &str) -> Option<(String, usize)> {
    let name = &string[1..];
    if let Some(number) = name.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16),
            None => (number, 10),
        };
        let length =
            digits.bytes().take(8).take_while(|b| b.is_ascii_hexdigit() && (*b as char).is_digit(radix)).count();
        let code = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
        let before = string.len() - digits.len();
        let taken = before + length + usize::from(digits[length..].starts_with(';'));
        let said = match code {
            // Pages of old name characters by their number in Windows-1252.
            0x80..=0x9f => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[code as u8]).0.into_owned(),
            _ => {
                char::from_u32(code).filter(|c| !c.is_control() || *c == '\n' || *c == '\t').unwrap_or(' ').to_string()
            }
        };
        return Some((said, taken));
    }
    let length = name.bytes().take(40).take_while(u8::is_ascii_alphanumeric).count();
    let named = name.get(..length).filter(|n| !n.is_empty())?;
    let whole = format!("&{named};");
    let said = html_escape::decode_html_entities(&whole);
    if said == whole {
        return None;
    }
    if name[length..].starts_with(';') {
        return Some((said.into_owned(), length + 2));
    }
    // Without its semicolon only the old names are read, which all stand for characters of Latin-1.
    let old = said.chars().all(|c| matches!(c, '<' | '>' | '&' | '"' | '\u{a0}'..='\u{ff}'));
    old.then(|| (said.into_owned(), length + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_references() {
        let all = [
            ("&amp; b", "&", 5),
            ("&euro;", "€", 6),
            ("&#8364;x", "€", 7),
            ("&#x20AC;", "€", 8),
            ("&#150;", "–", 6),
            ("&copy 2024", "©", 5),
            ("&#65", "A", 4),
        ];
        for (written, said, length) in all {
            assert_eq!(reference(written), Some((said.to_owned(), length)), "{written}");
        }
        for plain in ["& b", "&", "&#;", "&nosuch;", "&euro 5", "&a=b"] {
            assert_eq!(reference(plain), None, "{plain}");
        }
    }

    #[test]
    fn reads_elements_that_are_empty_in_well_formed_pages() {
        let page = "<?xml version='1.0'?><title/><a id='x'/><p>1</p>";
        let starts = |page: &str| {
            let found = tokens(page, 0..page.len() as u32);
            found.iter().filter(|t| matches!(t.kind, Kind::Start(_))).count()
        };
        assert_eq!(starts(page), 3);
        assert_eq!(starts(&page["<?xml version='1.0'?>".len()..]), 1, "the title never ends");
    }

    #[test]
    fn reads_which_tag_ends_what() {
        let page = "é<div a=1 id='x'><p>1<p>2</div></b><br>3<!-- c -->4<script>a<b</script>";
        let found = tokens(page, 0..page.len() as u32);
        let written: Vec<&str> = found.iter().map(|t| &page[t.at.start as usize..t.at.end as usize]).collect();
        let all = [
            "é",
            "<div a=1 id='x'>",
            "<p>",
            "1",
            "<p>",
            "2",
            "</div>",
            "</b>",
            "<br>",
            "3",
            "4",
            "<script>",
            "a<b",
            "</script>",
        ];
        assert_eq!(written, all);
        let ends: Vec<usize> = found
            .iter()
            .filter_map(|t| match &t.kind {
                Kind::Start(e) => Some(e.end),
                _ => None,
            })
            .collect();
        assert_eq!(ends, [6, 6, 6, 8, 13]);
        let Kind::Start(div) = &found[1].kind else { panic!("{:?}", found[1]) };
        assert_eq!(div.attribute("id"), Some(("x", 15..16)));
    }
}
