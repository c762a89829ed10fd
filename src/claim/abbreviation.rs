//! Acronyms as a document uses them, whether or not it says what they stand for.

use super::acronym::IMPLIED;
use super::acronym::{base, short_form};
use super::{BlockView, Claim, ClaimKind, Context, Value};
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::document::Style;
use crate::lexicon::{Pos, lower};
use crate::span::Span;
use compact_str::CompactString;
use std::collections::BTreeMap;

/// Fewest and most letters of an acronym that is looked at; two letters are mostly something else.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=7;

/// An acronym that a document uses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Abbreviation {
    /// The acronym without the s of a plural.
    pub short: CompactString,
    /// How often the document uses it outside of a definition.
    pub uses: u32,
    /// Whether everybody knows it.
    pub known: bool,
    /// The words of the sentence of its first use that carry meaning, in base forms.
    pub near: Vec<CompactString>,
}

/// Most words of a sentence that are kept.
const NEAR: usize = 24;

/// One acronym of a document.
struct Usage {
    first: Claim,
    uses: u32,
}

/// Reads the claims of kind Abbreviation, one for each acronym, at its first use outside of a definition.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut defined: Vec<Span> = out.iter().filter(|c| is_explained(c)).map(|c| c.at).collect();
    defined.sort_unstable();
    let mut usages: BTreeMap<CompactString, Usage> = BTreeMap::new();
    for view in context.views() {
        let shouting = shouts(&view);
        for at in 0..view.layer.tokens.len() {
            let Some(short) = acronym(&view, at, &defined) else { continue };
            if let Some(usage) = usages.get_mut(&short) {
                usage.uses += 1;
                continue;
            }
            let prose = view.is_prose() && !shouting;
            if !prose || view.block.text.has_style(view.layer.bytes(at..at + 1), Style::Code) {
                continue;
            }
            let known = phrase_at(context.lexicon, "acronym.known", view.text, &view.layer.tokens, at).is_some();
            let near = content_words(context, &view, at);
            let value = Value::Abbreviation(Abbreviation { short: short.clone(), uses: 1, known, near });
            let first = view.claim(ClaimKind::Abbreviation, "abbreviation", at..at + 1, value);
            usages.insert(short, Usage { first, uses: 1 });
        }
    }
    out.extend(usages.into_values().map(|usage| {
        let mut claim = usage.first;
        if let Value::Abbreviation(abbreviation) = &mut claim.value {
            abbreviation.uses = usage.uses;
        }
        claim
    }));
}

/// Whether a claim is a definition that says so: an acronym behind the name that it stands for is used there.
fn is_explained(claim: &Claim) -> bool {
    claim.kind == ClaimKind::Definition && !claim.scope.cues.iter().any(|cue| cue == IMPLIED)
}

/// The words around a token that carry meaning, in base forms.
fn content_words(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> Vec<CompactString> {
    let words = view.layer.sentence_of(at).filter(|&t| view.layer.tokens[t].kind == TokenKind::Word);
    let words = words.filter(|&t| {
        let pos = view.layer.tokens[t].word.map_or(Pos::default(), |id| context.lexicon.words.pos(id));
        !pos.any(Pos::CLOSED)
    });
    words.take(NEAR).map(|t| base(context.lexicon, &lower(view.word(t)))).collect()
}

/// The acronym at a token, when it stands for itself there and not for a file, an address or a number of parts.
fn acronym(view: &BlockView<'_>, at: usize, defined: &[Span]) -> Option<CompactString> {
    let token = &view.layer.tokens[at];
    if token.kind != TokenKind::Word
        || !matches!(token.case, Case::Upper | Case::Capital)
        || token.end - token.start < 3
    {
        return None;
    }
    let word = view.word(at);
    let short = short_form(word)?;
    let roman = short.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'D' | 'M'));
    let plain = short.chars().all(|c| c.is_ascii_uppercase()) && LETTERS.contains(&short.len()) && !roman;
    let touches = |a: usize, b: usize| {
        let tokens = &view.layer.tokens;
        tokens.get(a).zip(tokens.get(b)).is_some_and(|(a, b)| a.end == b.start)
            && [a, b]
                .iter()
                .any(|t| matches!(view.word(*t), "/" | "_" | "." | "-" | ":" | "=" | "@" | "#" | "&" | "$" | "\\"))
    };
    let part = at > 0 && touches(at - 1, at)
        || touches(at, at + 1)
            && view.layer.tokens.get(at + 2).is_some_and(|n| n.start == view.layer.tokens[at + 1].end);
    let span = view.span(at..at + 1);
    let before = defined.partition_point(|d| *d <= span);
    let inside = before > 0 && defined[before - 1].file == span.file && defined[before - 1].end >= span.end;
    (plain && !part && !inside).then_some(short)
}

/// Whether a block is written in capitals.
fn shouts(view: &BlockView<'_>) -> bool {
    let words = view.layer.tokens.iter().filter(|t| t.kind == TokenKind::Word);
    let capitals = words.clone().filter(|t| t.case == Case::Upper).count();
    capitals * 3 > words.count()
}
