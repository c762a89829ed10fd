//! Names in code that are written once and elsewhere, often, with one letter more, less or exchanged:
//! `parse_manfest`, `parse_manifest`.
//!
//! Code is full of names that differ in one letter on purpose. Only a slip inside of a long word that is no word by
//! itself counts: what differs in its first or last letter, in a digit or between two words is another name.

use super::context::claim_in_code;
use super::{Claim, ClaimKind, Context, Known, Member, Name, NameKind, Value};
use crate::annotate::PartShape;
use crate::document::{Block, BlockId, BlockKind, Style};
use crate::lexicon::{Lexicon, Pos, lower};
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Shortest and longest name that is compared.
const NAME: std::ops::RangeInclusive<usize> = 8..=48;

/// Fewest letters of the word with the slip.
const WORD: usize = 5;

/// How often the usual name must stand beside one that stands once.
const USUAL: usize = 3;

/// Most places kept of one name.
const PLACES: usize = 4;

/// Most different names of one document; a longer list is generated.
const NAMES: usize = 20_000;

/// Where a name stands.
#[derive(Clone)]
struct Use {
    block: BlockId,
    at: Range<usize>,
    line: Range<usize>,
}

/// The places of one name, [`PLACES`] at most, and their number.
#[derive(Default)]
struct Uses {
    count: usize,
    places: Vec<Use>,
}

/// Reads the claims of kind Name whose value is an identifier, in pairs of a rare and a usual one.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let names = names(context);
    // Usual names by what is left of them without one letter, and with all.
    let mut near: FxHashMap<CompactString, Vec<&str>> = FxHashMap::default();
    for (name, _) in names.iter().filter(|(_, uses)| uses.count >= USUAL) {
        for key in shortened(name).chain([CompactString::from(*name)]) {
            near.entry(key).or_default().push(name);
        }
    }
    if near.is_empty() {
        return;
    }
    let mut kept: FxHashSet<&str> = FxHashSet::default();
    for (odd, uses) in names.iter().filter(|(_, uses)| uses.count == 1) {
        let keys = shortened(odd).chain([CompactString::from(*odd)]);
        let usual = keys.filter_map(|key| near.get(&key)).flatten().find(|usual| {
            let line = &uses.places[0];
            let text = &context.document.block(line.block).text.string[line.line.clone()];
            is_slip(context.lexicon, odd, usual) && !text.contains(**usual)
        });
        if let Some(usual) = usual {
            kept.extend([*odd, *usual]);
        }
    }
    let mut kept: Vec<&str> = kept.into_iter().collect();
    kept.sort_unstable();
    for name in kept {
        out.extend(names[name].places.iter().map(|place| claim(context, place, name)));
    }
}

/// A name without each of its letters.
fn shortened(name: &str) -> impl Iterator<Item = CompactString> + '_ {
    (0..name.len()).map(move |at| {
        let mut rest = CompactString::from(&name[..at]);
        rest.push_str(&name[at + 1..]);
        rest
    })
}

/// The names of a document in code blocks and code spans, and those of the text that have a form no word has.
fn names<'a>(context: &Context<'a>) -> FxHashMap<&'a str, Uses> {
    let mut names: FxHashMap<&'a str, Uses> = FxHashMap::default();
    for (id, block) in context.document.iter() {
        if matches!(block.kind, BlockKind::Meta | BlockKind::Contents) {
            continue;
        }
        let mut at = 0;
        let text: &'a str = &block.text.string;
        for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
            let start = at;
            at = start + word.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
            if !NAME.contains(&word.len()) || !is_name(block, start, word) || names.len() > NAMES {
                continue;
            }
            let uses = names.entry(word).or_default();
            uses.count += 1;
            if uses.places.len() < PLACES {
                let end = start + word.len();
                uses.places.push(Use { block: id, at: start..end, line: line(block, start..end) });
            }
        }
    }
    names
}

/// Whether a word is an identifier: by its place in code, as the name of an account, or by an underscore, a digit or a
/// capital inside.
fn is_name(block: &Block, start: usize, word: &str) -> bool {
    if !word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return false;
    }
    let formed = word.contains('_')
        || word.bytes().any(|b| b.is_ascii_digit())
        || word.bytes().zip(word.bytes().skip(1)).any(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase());
    // "@marta-lund" and the like: the name of an account, but no domain of a mail address.
    let before = &block.text.string[..start];
    let account = before.strip_suffix('@').is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()));
    let in_code = || block.text.styles.iter().any(|(r, s)| *s == Style::Code && r.contains(&(start as u32)));
    formed || account || block.kind == BlockKind::Code || in_code()
}

/// Most bytes of a line or sentence on each side of a name.
const LINE: usize = 200;

/// The line of code or the sentence around a place, cut where it is very long.
fn line(block: &Block, at: Range<usize>) -> Range<usize> {
    let text = &block.text.string;
    let end = if block.kind == BlockKind::Code { "\n" } else { ". " };
    let from = text[..at.start].rfind(end).map_or(0, |n| n + end.len());
    let to = text[at.end..].find(end).map_or(text.len(), |n| at.end + n);
    let mut from = from.max(at.start.saturating_sub(LINE));
    let mut to = to.min(at.end + LINE);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    from..to
}

/// Whether a name is another one with a slip inside of one of its words.
fn is_slip(lexicon: &Lexicon, odd: &str, usual: &str) -> bool {
    let (a, b) = (odd.as_bytes(), usual.as_bytes());
    let common = |n: usize| n.min(a.len()).min(b.len());
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let rest = common(usize::MAX) - prefix;
    let suffix = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(x, y)| x == y).count();
    let (here, there) = (&a[prefix..a.len() - suffix], &b[prefix..b.len() - suffix]);
    let letters = |s: &[u8]| s.iter().all(u8::is_ascii_lowercase);
    let changed = match (here, there) {
        ([], [x]) => x.is_ascii_lowercase(),
        // "kubernete2s": a digit between letters where the usual name has none.
        ([x], []) => x.is_ascii_lowercase() || x.is_ascii_digit() && !b.iter().any(u8::is_ascii_digit),
        ([x], [y]) => is_vowel(*x) && is_vowel(*y),
        ([x, y], [u, v]) => x == v && y == u && letters(here),
        _ => false,
    };
    let inside = prefix > 0
        && b[prefix - 1].is_ascii_alphabetic()
        && b[b.len() - suffix..].first().is_some_and(u8::is_ascii_lowercase);
    if !changed || !inside {
        return false;
    }
    let (odd, usual) = (word_around(odd, prefix), word_around(usual, prefix));
    let known = lexicon.words.find(&lower(odd)).is_some_and(|id| lexicon.words.pos(id) != Pos::default());
    let national = lexicon.spellings.american(&lower(odd)) == lexicon.spellings.american(&lower(usual));
    usual.len() >= WORD && !known && !national
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// The letters around a place of a name, without those of the next word: "Manifest" of `parseManifestFile`.
fn word_around(name: &str, at: usize) -> &str {
    let bytes = name.as_bytes();
    let mut start = at.min(bytes.len() - 1);
    while start > 0 && bytes[start - 1].is_ascii_alphabetic() && !bytes[start].is_ascii_uppercase() {
        start -= 1;
    }
    let mut end = at.min(bytes.len() - 1) + 1;
    while end < bytes.len() && bytes[end].is_ascii_lowercase() {
        end += 1;
    }
    &name[start..end]
}

fn claim(context: &Context<'_>, place: &Use, name: &str) -> Claim {
    let block = context.document.block(place.block);
    let part = Member { at: block.text.span(place.at.clone()), text: name.into() };
    let value = Value::Name(Name {
        kind: NameKind::Identifier,
        parts: vec![part],
        shapes: vec![PartShape::Ordinary],
        known: vec![Known::Nothing],
        titles: Vec::new(),
        anchors: Vec::new(),
        inverted: false,
        weak: true,
        cited: false,
        work: CompactString::default(),
        wording: None,
    });
    let mut claim =
        claim_in_code((place.block, block), place.at.clone(), place.line.clone(), ClaimKind::Name, name, value);
    claim.by = "identifier";
    claim
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(odd: &str, usual: &str) -> bool {
        is_slip(Lexicon::english(), odd, usual)
    }

    #[test]
    fn reads_a_slip_inside_of_a_word() {
        assert!(slip("parse_manfest", "parse_manifest"));
        assert!(slip("keccack256", "keccak256"));
        assert!(slip("kubernete2s", "kubernetes"));
        assert!(slip("getMainfestFile", "getManifestFile"));
    }

    #[test]
    fn ignores_names_that_differ_on_purpose() {
        assert!(!slip("read_files", "read_file"));
        assert!(!slip("nodes_count", "node_count"));
        assert!(!slip("nodesCount", "nodeCount"));
        assert!(!slip("config_v2_path", "config_v1_path"));
        assert!(!slip("serialise_map", "serialize_map"));
        assert!(!slip("the_contract", "the_contact"));
        assert!(!slip("manifester", "manifested"));
    }

    #[test]
    fn reads_the_word_around_a_place() {
        assert_eq!(word_around("parseManifestFile", 7), "Manifest");
        assert_eq!(word_around("parse_manifest", 8), "manifest");
    }
}
