//! Terms that the document writes in more than one way: hyphen, space, capitals, full stops, the spellings of two
//! countries, thousands with and without separator, days with the month before or behind.
//!
//! No list of terms is needed: two wordings with one fold are two ways of writing one term. A wording that has no
//! other beside it gives no claim, except names, which other documents may write otherwise.

mod name;
mod word;

use super::context::BlockView;
use super::{Claim, ClaimKind, Context, Value};
use crate::annotate::{Token, TokenKind};
use crate::document::{BlockKind, Style};
use crate::lexicon::{Lexicon, Pos};
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Shortest term, in letters.
const SHORTEST: usize = 5;

/// Most places of one way of writing that are kept.
const PLACES: usize = 40;

/// Most places of one way of writing that are kept of a name that is only compared with other documents.
const SHARED: usize = 3;

/// A way of writing a term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// Equal for all ways of writing one term.
    pub key: CompactString,
    /// The way of writing; equal for the singular and the plural of one.
    pub style: CompactString,
    /// The way it is written here, capitals of ordinary words left out.
    pub wording: CompactString,
}

/// What a place says about the way a term is written.
struct Reading {
    key: CompactString,
    tokens: Range<usize>,
    style: CompactString,
    wording: CompactString,
    /// It is a name, and compared with those of other documents.
    shared: bool,
}

/// One use of a wording.
struct Use {
    block: crate::document::BlockId,
    tokens: Range<usize>,
    style: CompactString,
    wording: CompactString,
    /// A word with a hyphen that stands before a noun: "decision-making process".
    modifier: bool,
    shared: bool,
}

/// Reads the claims of kind Term.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut uses: FxHashMap<CompactString, Vec<Use>> = FxHashMap::default();
    for view in context.views() {
        if matches!(view.block.kind, BlockKind::Meta | BlockKind::Contents | BlockKind::Quote) {
            continue;
        }
        let mut add = |reading: Reading| {
            // "Fellow-citizens" describes nothing, "least-squares" does.
            let head = reading.wording.rsplit('-').next().unwrap_or_default();
            let people =
                context.lexicon.words.find(head).is_some_and(|id| context.lexicon.words.pos(id).any(Pos::PEOPLE));
            let plural = people && singular(head) != head;
            let modifier =
                reading.wording.contains('-') && !plural && is_before_noun(context.lexicon, &view, reading.tokens.end);
            let Reading { key, tokens, style, wording, shared } = reading;
            uses.entry(key).or_default().push(Use { block: view.id, tokens, style, wording, modifier, shared });
        };
        // Words in quotation marks are those of somebody else.
        let mut quoted = false;
        for at in 0..view.layer.tokens.len() {
            match view.word(at) {
                "“" | "«" => quoted = true,
                "”" | "»" => quoted = false,
                _ => {}
            }
            if !quoted && !is_code(&view, at) {
                word::readings(context.lexicon, &view, at, &mut add);
            }
        }
        name::readings(context.lexicon, &view, &mut add);
    }
    // Two words beside each other count only when the document also writes them as one.
    for view in context.views().filter(BlockView::is_prose) {
        for at in 0..view.layer.tokens.len() {
            let Some(reading) = word::pair(context.lexicon, &view, at) else { continue };
            if let Some(list) = uses.get_mut(&reading.key) {
                let Reading { tokens, style, wording, .. } = reading;
                list.push(Use { block: view.id, tokens, style, wording, modifier: false, shared: false });
            }
        }
    }
    let mut groups: Vec<(CompactString, Vec<Use>)> = uses.into_iter().collect();
    groups.sort_by(|a, b| a.0.cmp(&b.0));
    for (key, mut list) in groups {
        // Two words get a hyphen before a noun: "decision making" and "decision-making process" are one way. Names
        // keep theirs, and have it nowhere else.
        let named = key.starts_with("named:");
        let apart = list.iter().all(|u| u.style.contains(['-', ' '])) && list.iter().any(|u| u.style.contains(' '));
        if apart && !named {
            list.retain(|u| !u.modifier);
        }
        let Some(first) = list.first() else { continue };
        let several = list.iter().any(|u| u.style != first.style);
        let most = match several {
            true => PLACES,
            false if list.iter().any(|u| u.shared) => SHARED,
            false => continue,
        };
        let mut counts: FxHashMap<CompactString, usize> = FxHashMap::default();
        for used in list {
            let count = counts.entry(used.style.clone()).or_default();
            *count += 1;
            if *count > most {
                continue;
            }
            let view = context.view(used.block);
            let value = Value::Term(Term { key: key.clone(), style: used.style, wording: used.wording });
            out.push(view.claim(ClaimKind::Term, "term", used.tokens, value));
        }
    }
}

/// Whether a token is code, part of an address, path or identifier, or a command or label of a formula.
fn is_code(view: &BlockView<'_>, at: usize) -> bool {
    let bytes = view.layer.bytes(at..at + 1);
    let text = &view.block.text;
    let (before, after) = (&view.text[..bytes.start], &view.text[bytes.end..]);
    text.has_style(bytes.clone(), Style::Code)
        || text.has_style(bytes, Style::Address)
        || before.ends_with(['/', '@', '_', '#', '.', '\\', ':', '=', '~', '$'])
        || after.starts_with(['/', '@', '_', '(', '='])
        || after
            .strip_prefix(['.', ':'])
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == ':'))
}

/// Whether a word that may be a noun or adjective follows, or another word with a hyphen that one does follow:
/// "low-cost and long-term loans".
fn is_before_noun(lexicon: &Lexicon, view: &BlockView<'_>, end: usize) -> bool {
    let quote = matches!(view.word(end), "\"" | "”" | "’" | "'");
    let at = end + usize::from(quote);
    if matches!(view.word(at), "," | "and" | "or") {
        return view.word(at + 1).contains('-');
    }
    view.layer.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && !pos(lexicon, t).any(Pos::CLOSED))
}

fn pos(lexicon: &Lexicon, token: &Token) -> Pos {
    token.word.map_or(Pos::default(), |id| lexicon.words.pos(id))
}

/// A lower-case wording without the s of the plural.
fn singular(word: &str) -> &str {
    // "Analyses" is the plural of another word.
    let other = ["ss", "us", "is", "yses"].iter().any(|e| word.ends_with(e));
    if word.len() > 4 && word.ends_with('s') && !other { &word[..word.len() - 1] } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::claim::claims;
    use crate::document::{Document, Text};
    use crate::span::FileId;
    use std::collections::BTreeMap;

    /// The terms of paragraphs that are written in several ways: their wordings.
    fn terms(paragraphs: &[&str]) -> Vec<Vec<String>> {
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
        let mut groups: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for claim in claims(&document, &layers, lexicon) {
            if let Value::Term(term) = claim.value {
                groups.entry(term.key.into()).or_default().entry(term.style.into()).or_insert(term.wording.into());
            }
        }
        let several = groups.into_values().filter(|g| g.len() > 1);
        several.map(|g| g.into_values().collect()).collect()
    }

    #[test]
    fn reads_hyphens_and_spaces_at_the_head_of_a_sentence_too() {
        assert_eq!(terms(&["Follow-up visits were made. The followup was short."]), [["follow-up", "followup"]]);
        let found = terms(&["Policy makers met in May. The policymakers agreed. A policy-maker left."]);
        assert_eq!(found, [["policy makers", "policy-maker", "policymakers"]]);
        assert_eq!(terms(&["The Secretary-General spoke.", "We thank the Secretary General."]).len(), 1);
        assert_eq!(terms(&["The Northeast is dry; the North-East has no wells."])[0], ["North-East", "Northeast"]);
    }

    #[test]
    fn reads_the_spellings_of_two_countries() {
        assert_eq!(terms(&["Aluminium is light. The aluminum is thin."]), [["aluminium", "aluminum"]]);
        assert_eq!(terms(&["It rose by 5 per cent in May and 4 percent in June."]), [["per cent", "percent"]]);
        let named = terms(&["The Regional Centre opened.", "The house of the Regional Center is new."]);
        assert_eq!(named, [["Regional Center", "Regional Centre"]]);
    }

    #[test]
    fn reads_capitals_inside_of_names() {
        assert_eq!(terms(&["Use the JavaScript build. Javascript files live here."]), [["JavaScript", "Javascript"]]);
        assert_eq!(terms(&["It fell during COVID-19. Since COVID19 it rose."]), [["COVID-19", "COVID19"]]);
        assert_eq!(terms(&["The Skagen Council met. It is a Skagen council."]), [["Skagen Council", "Skagen council"]]);
    }

    #[test]
    fn reads_styles_of_numbers_days_and_initials() {
        assert_eq!(terms(&["It gave 1,200 grants and 2300 loans."]), [["1,000", "1000"]]);
        let days = terms(&["It met on 8 June 2021 and on 9 July 2021.", "It left on May 3, 2021."]);
        assert_eq!(days, [["8 June 2021", "May 3, 2021"]]);
        assert_eq!(terms(&["We thank O.Brandt. The house of O. Brandt is old."]), [["O. Brandt", "O.Brandt"]]);
    }

    #[test]
    fn ignores_years_formulas_code_and_modifiers() {
        for text in [
            "It began in 1789 and cost 1,200 francs.",
            "The wage premium (eq:wagepremium) rose.",
            "The decision making was slow; a decision-making process is slow, and so are low-cost, decision-making tools.",
            "El sistema en torno al entorno es nuevo.",
            "We thank C.S.G. and met with C.S.G in May.",
            "Sections were 8 June 2021 and 8 June 2022.",
        ] {
            assert_eq!(terms(&[text]), Vec::<Vec<String>>::new(), "{text}");
        }
    }
}
