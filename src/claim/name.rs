//! Names of people, places, organisations, operations.
//!
//! The annotation reads every run of capitals. Here the rest of the document says which words are names: a word
//! that is also written small is none, and one that is capital only where every word is capital is none for sure.

use super::{BlockView, Claim, ClaimKind, Context, Member, Name, NameKind, Value};
use crate::annotate::{Case, NameAt, NamePart, PartShape, TokenKind};
use crate::document::{BlockKind, Style};
use crate::lexicon::{NameRoles, Pos, lower, name_form};
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What a document does with a word.
#[derive(Clone, Copy, Default)]
struct Use {
    /// Capital where ordinary words are small.
    strong: u32,
    /// Written small somewhere.
    small: bool,
}

/// What the lexicon knows of a part of a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Known {
    /// Nothing.
    Nothing,
    /// A common given name.
    Given,
    /// A country or another place, or what its people and things are called.
    Place,
}

/// Most anchors kept of one mention.
const ANCHORS: usize = 4;

/// Reads the claims of kind Name.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let uses = uses(context);
    for view in context.views() {
        if view.layer.names.is_empty() {
            continue;
        }
        let place = Place::of(&view);
        let styles = view.block.text.styles.iter().filter(|(_, style)| place.cited && *style == Style::Emphasis);
        let mut emphasis: Vec<Range<u32>> = styles.map(|(range, _)| range.clone()).collect();
        emphasis.sort_by_key(|r| r.start);
        for (i, name) in view.layer.names.iter().enumerate() {
            if let Some(claim) = claim(context, &view, place, &emphasis, (i, name), &uses) {
                out.push(claim);
            }
        }
    }
}

/// What the block that a name stands in says about its capitals.
#[derive(Clone, Copy)]
struct Place {
    /// Headings, captions, contents, front matter.
    titled: bool,
    /// Notes and bibliography entries.
    cited: bool,
}

impl Place {
    fn of(view: &BlockView<'_>) -> Self {
        let titled = matches!(
            view.block.kind,
            BlockKind::Heading(_) | BlockKind::Contents | BlockKind::Caption | BlockKind::Meta
        );
        let cited = matches!(view.block.kind, BlockKind::Entry | BlockKind::Note { .. });
        Self { titled, cited }
    }
}

/// How the document uses the words that its names are made of.
fn uses(context: &Context<'_>) -> FxHashMap<CompactString, Use> {
    let mut uses: FxHashMap<CompactString, Use> = FxHashMap::default();
    for view in context.views() {
        let place = Place::of(&view);
        for name in &view.layer.names {
            let weak = place.titled || in_capitals(name);
            for (n, part) in name.parts.iter().enumerate() {
                if part.shape == PartShape::Proper {
                    let entry = uses.entry(name_form(view.wording(part.tokens.clone()))).or_default();
                    entry.strong += u32::from(!(weak || n == 0 && name.opens_sentence));
                }
            }
        }
    }
    if uses.is_empty() {
        return uses;
    }
    // Every small word is asked for. Most are told apart from all the names by the first byte and the length.
    let mut shapes = vec![0u64; 256];
    for form in uses.keys() {
        if let Some(&first) = form.as_bytes().first() {
            shapes[first as usize] |= 1 << (form.len() % 64);
        }
    }
    for view in context.views() {
        for token in &view.layer.tokens {
            if token.kind != TokenKind::Word || token.case != Case::Lower || token.end - token.start <= 3 {
                continue;
            }
            let word = token.text(view.text);
            let plain = word.bytes().all(|b| b.is_ascii_lowercase());
            if plain && shapes[word.as_bytes()[0] as usize] & (1 << (word.len() % 64)) == 0 {
                continue;
            }
            let found = if plain { uses.get_mut(word) } else { uses.get_mut(&name_form(word)) };
            // "al-Rashid" begins small and is a name all the same.
            if let Some(found) = found.filter(|_| plain || !word.contains(char::is_uppercase)) {
                found.small = true;
            }
        }
    }
    uses
}

/// Whether the run is long and mostly ordinary words: a title, not a name.
fn in_capitals(name: &NameAt) -> bool {
    let ordinary = name.parts.iter().filter(|p| p.shape == PartShape::Ordinary).count();
    name.parts.len() >= 4 && ordinary * 2 >= name.parts.len()
}

fn claim(
    context: &Context<'_>,
    view: &BlockView<'_>,
    place: Place,
    emphasis: &[Range<u32>],
    (index, name): (usize, &NameAt),
    uses: &FxHashMap<CompactString, Use>,
) -> Option<Claim> {
    // "LINDQVIST, Marte" is Marte Lindqvist.
    let turned = name.inverted && name.parts.len() == 2 && name.parts[1].shape == PartShape::Proper;
    let ordered: Vec<&NamePart> = if turned { name.parts.iter().rev().collect() } else { name.parts.iter().collect() };
    let mut shapes: Vec<PartShape> = Vec::with_capacity(name.parts.len());
    let mut strong = false;
    for part in &ordered {
        let mut shape = part.shape;
        if shape == PartShape::Proper {
            let found = uses.get(&name_form(view.wording(part.tokens.clone()))).copied().unwrap_or_default();
            if found.small {
                shape = PartShape::Ordinary;
            }
            strong |= found.strong > 0;
        }
        shapes.push(shape);
    }
    // A single word that is capital only at the start of a sentence or a title may still be a name misspelled.
    // In small print it is one when it is listed with others, as authors are.
    let anchors = anchors(view, index, name);
    let alone = !strong && name.parts.len() == 1 && place.cited && anchors.is_empty();
    if !shapes.contains(&PartShape::Proper) || alone {
        return None;
    }
    let parts = ordered.iter().map(|p| part(view, p.tokens.clone())).collect();
    let title = title_words(view, name.title.clone());
    let mut titles = title;
    titles.extend(role_after(context, view, name));
    titles.sort();
    titles.dedup();
    let known = ordered.iter().map(|p| known(context, view.wording(p.tokens.clone()))).collect();
    let kind = kind(context, view, name, &titles);
    let cited = place.cited && in_quotes_or_emphasis(view, name, emphasis);
    let weak = place.titled || in_capitals(name) || cited || (name.opens_sentence && name.parts.len() == 1);
    let value = Value::Name(Name {
        kind,
        parts,
        shapes,
        known,
        titles,
        anchors,
        inverted: name.inverted && !turned,
        weak,
        cited: place.cited,
        work: if place.cited && index == 0 { work(view, name, emphasis) } else { CompactString::default() },
        wording: None,
    });
    Some(view.claim(ClaimKind::Name, "name", name.tokens.clone(), value))
}

/// What the lexicon knows of a part.
fn known(context: &Context<'_>, wording: &str) -> Known {
    let form = name_form(wording);
    if context.lexicon.name_roles(&form).any(NameRoles::GIVEN) {
        Known::Given
    } else if context.lexicon.place(&form).is_some() {
        Known::Place
    } else {
        Known::Nothing
    }
}

/// The place and wording of a part, without its genitive ending.
fn part(view: &BlockView<'_>, tokens: Range<usize>) -> Member {
    let bytes = view.layer.bytes(tokens);
    let wording = &view.text[bytes.clone()];
    let stem = ["'s", "\u{2019}s", "'", "\u{2019}"].iter().find_map(|e| wording.strip_suffix(e)).unwrap_or(wording);
    Member { at: view.block.text.span(bytes.start..bytes.start + stem.len()), text: stem.into() }
}

/// Whether the name stands in the title of a cited work.
fn in_quotes_or_emphasis(view: &BlockView<'_>, name: &NameAt, emphasis: &[Range<u32>]) -> bool {
    let start = view.layer.bytes(name.tokens.clone()).start as u32;
    let before = emphasis.partition_point(|r| r.start <= start);
    if before > 0 && emphasis[before - 1].end > start {
        return true;
    }
    let sentence = view.layer.sentence_of(name.tokens.start);
    let from = sentence.start.max(name.tokens.start.saturating_sub(40));
    let mut open = false;
    for i in from..name.tokens.start {
        match view.word(i) {
            "“" | "‘" | "«" => open = true,
            "”" | "’" | "»" => open = false,
            "\"" => open = !open,
            _ => {}
        }
    }
    open
}

/// How many words of a work's title are kept, and how many it must have.
const TITLE: std::ops::RangeInclusive<usize> = 4..=6;

/// The first words of the title that follows the name of an author: in quotes or emphasised, after at most a
/// few other names.
fn work(view: &BlockView<'_>, name: &NameAt, emphasis: &[Range<u32>]) -> CompactString {
    let tokens = &view.layer.tokens;
    let limit = tokens.len().min(name.tokens.end + 20);
    let opens = |i: usize| {
        let start = tokens[i].start;
        matches!(view.word(i), "“" | "‘" | "\"" | "'" | "«") || emphasis.iter().take(8).any(|r| r.start == start)
    };
    let Some(at) = (name.tokens.end..limit).find(|&i| opens(i)) else { return CompactString::default() };
    let words: Vec<CompactString> = tokens[at..]
        .iter()
        .take(20)
        .filter(|t| t.kind == TokenKind::Word)
        .map(|t| lower(t.text(view.text)))
        .take(*TITLE.end())
        .collect();
    if words.len() < *TITLE.start() { CompactString::default() } else { words.join(" ").into() }
}

/// The content words of a title.
fn title_words(view: &BlockView<'_>, tokens: Range<usize>) -> Vec<CompactString> {
    tokens
        .filter(|&i| view.layer.tokens[i].kind == TokenKind::Word)
        .map(|i| lower(view.word(i)))
        .filter(|w| w.len() > 3)
        .collect()
}

/// The words of the role in an apposition: "Oliya Ilmuradova, director of the fund".
fn role_after(context: &Context<'_>, view: &BlockView<'_>, name: &NameAt) -> Vec<CompactString> {
    let end = name.tokens.end;
    let sentence = view.layer.sentence_of(name.tokens.start);
    let comma = matches!(view.word(end), "," | "(");
    if !comma || end + 1 >= sentence.end {
        return Vec::new();
    }
    let mut words = Vec::new();
    let mut role = false;
    for i in end + 1..sentence.end.min(end + 9) {
        let token = &view.layer.tokens[i];
        if token.kind != TokenKind::Word {
            break;
        }
        let word = lower(view.word(i));
        role |= context.lexicon.name_roles(&word).any(NameRoles::TITLE);
        let pos = token.word.map_or(Pos::default(), |id| context.lexicon.words.pos(id));
        let function = Pos::DETERMINER.and(Pos::PREPOSITION).and(Pos::CONJUNCTION).and(Pos::AUXILIARY);
        if word.len() > 3 && !pos.any(function) {
            words.push(word);
        }
    }
    if role { words } else { Vec::new() }
}

fn kind(context: &Context<'_>, view: &BlockView<'_>, name: &NameAt, titles: &[CompactString]) -> NameKind {
    let roles = |i: usize| context.lexicon.name_roles(&lower(view.word(i)));
    let any = |role: NameRoles| name.parts.iter().any(|p| roles(p.tokens.start).any(role));
    let initials = name.parts.iter().any(|p| p.shape == PartShape::Initial);
    let given = name.parts.len() > 1 && roles(name.parts[0].tokens.start).any(NameRoles::GIVEN);
    if any(NameRoles::ORGANISATION.and(NameRoles::UNDERTAKING)) {
        NameKind::Other
    } else if any(NameRoles::PLACE) {
        NameKind::Place
    } else if !titles.is_empty() || !name.title.is_empty() || initials || given {
        NameKind::Person
    } else {
        NameKind::Other
    }
}

/// The names that it is listed with: only a comma or "and" between them.
fn anchors(view: &BlockView<'_>, index: usize, name: &NameAt) -> Vec<CompactString> {
    let names = &view.layer.names;
    let mut found = Vec::new();
    let mut add = |other: &NameAt| {
        let last = other.parts.iter().rev().find(|p| p.shape == PartShape::Proper);
        let main = if other.inverted { other.parts.first() } else { last };
        if let Some(part) = main {
            found.push(name_form(view.wording(part.tokens.clone())));
        }
    };
    let mut left = index;
    let mut edge = name.tokens.start;
    while left > 0 && index - left < ANCHORS / 2 && listed(view, names[left - 1].tokens.end..edge) {
        left -= 1;
        add(&names[left]);
        edge = names[left].tokens.start;
    }
    let mut right = index;
    let mut edge = name.tokens.end;
    while right + 1 < names.len() && right - index < ANCHORS / 2 && listed(view, edge..names[right + 1].tokens.start) {
        right += 1;
        add(&names[right]);
        edge = names[right].tokens.end;
    }
    found
}

/// Whether the tokens between two names only list them.
fn listed(view: &BlockView<'_>, between: Range<usize>) -> bool {
    !between.is_empty()
        && between.len() <= 3
        && between.clone().all(|i| matches!(view.word(i), "," | "and" | "&" | ";" | "or"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::claim::claims;
    use crate::document::{Document, Text};
    use crate::lexicon::Lexicon;
    use crate::span::FileId;

    fn names(paragraphs: &[&str]) -> Vec<(String, Name)> {
        let file = FileId(0);
        let mut document = Document::new(file);
        let mut offset = 0;
        for paragraph in paragraphs {
            let mut text = Text::new(file);
            text.push_copied(paragraph, offset);
            offset += paragraph.len() as u32 + 1;
            document.push(BlockKind::Paragraph, text, None);
        }
        let lexicon = Lexicon::english();
        let layers = annotate(&document, lexicon);
        let named = claims(&document, &layers, lexicon).into_iter().filter(|c| c.by == "name");
        named
            .filter_map(|c| match c.value {
                Value::Name(name) => Some((c.text.to_string(), name)),
                _ => None,
            })
            .collect()
    }

    fn wordings(paragraphs: &[&str]) -> Vec<String> {
        names(paragraphs).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn reads_names_with_titles_particles_and_articles() {
        let found = names(&["We met Dr Ilse van der Meulen in Al - Qasr and the Deputy Minister Orazbek Tileubaev."]);
        let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["Ilse van der Meulen", "Al - Qasr", "Orazbek Tileubaev"]);
        assert_eq!(found[0].1.kind, NameKind::Person);
        assert_eq!(found[2].1.titles, ["deputy", "minister"]);
    }

    #[test]
    fn reads_surnames_before_initials() {
        let found = names(&["The map is by Tileubaev O, and the text by Meulen, I. J., both of this house."]);
        assert!(found.iter().all(|(_, name)| name.inverted), "{found:?}");
        assert_eq!(found[0].0, "Tileubaev O");
        assert_eq!(found[1].0, "Meulen, I. J.");
    }

    #[test]
    fn takes_words_that_are_also_written_small_for_ordinary() {
        let found = names(&["Every Kranket is numbered.", "Look at the Kranket of the kranket owner Maren Kroghe."]);
        let maren: Vec<&(String, Name)> = found.iter().filter(|(text, _)| text.contains("Kroghe")).collect();
        assert_eq!(maren.len(), 1);
        assert!(!found.iter().any(|(text, _)| text == "Kranket"), "{found:?}");
    }

    #[test]
    fn ignores_code_addresses_and_genitives() {
        assert_eq!(
            wordings(&["See example.org/Hallberg/Index and Hallberg_Test or `x`; ask Sunniva's Brekke."]),
            ["Sunniva's Brekke"]
        );
        let found = names(&["In May Sunniva's house burned, and Sunniva left."]);
        assert_eq!(found[0].1.parts[0].text, "Sunniva");
    }

    #[test]
    fn lists_names_with_their_neighbours() {
        let found = names(&["The camps of Karvan and Tilmun were closed."]);
        assert_eq!(found[0].1.anchors, ["tilmun"]);
        assert_eq!(found[1].1.anchors, ["karvan"]);
    }
}
