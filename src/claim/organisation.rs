//! Names of organisations in several words: "Institute for Strategic Studies".

use super::{BlockView, Claim, ClaimKind, Context, Known, Name, NameKind, Value, Wording};
use crate::annotate::{Case, PartShape, TokenKind};
use crate::document::BlockKind;
use crate::lexicon::{NameRoles, Pos, lower};
use compact_str::CompactString;

/// Most words after the head.
const LONGEST: usize = 14;

/// Reads the claims of kind Name whose value has a wording.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views() {
        // Whoever writes every word with a capital says nothing by a capital.
        if matches!(view.block.kind, BlockKind::Heading(_) | BlockKind::Contents | BlockKind::Meta) {
            continue;
        }
        for name in &view.layer.names {
            let head = name
                .parts
                .iter()
                .map(|p| p.tokens.start)
                .find(|&t| context.lexicon.name_roles(&lower(view.word(t))).any(NameRoles::ORGANISATION));
            if let Some(head) = head {
                out.extend(claim(context, &view, head));
            }
        }
    }
}

/// The claim of the name whose head noun ("Institute") is at token `head`.
fn claim(context: &Context<'_>, view: &BlockView<'_>, head: usize) -> Option<Claim> {
    let sentence = view.layer.sentence_of(head);
    let mut start = head;
    while start > sentence.start && is_content(context, view, start - 1) {
        start -= 1;
    }
    let left: Vec<CompactString> = (start..head).map(|i| lower(view.word(i))).collect();
    let mut words = vec![lower(view.word(head))];
    let mut links: Vec<CompactString> = Vec::new();
    let mut i = head + 1;
    while words.len() < LONGEST && i < sentence.end {
        let small = (i..sentence.end.min(i + 3)).take_while(|&t| is_link(view.word(t))).count();
        if !(i + small < sentence.end && is_content(context, view, i + small)) {
            break;
        }
        // "and the" begins the next name of a list.
        if small > 1 && matches!(view.word(i), "and" | "&") {
            break;
        }
        let link: Vec<&str> = (i..i + small).map(|t| if view.word(t) == "&" { "and" } else { view.word(t) }).collect();
        links.push(link.join(" ").into());
        i += small;
        words.push(lower(view.word(i)));
        i += 1;
    }
    // "the Institute for Tidal Studies's podcast"
    if let Some(last) = words.last_mut()
        && let Some(stem) = ["'s", "\u{2019}s"].iter().find_map(|genitive| last.strip_suffix(genitive))
    {
        *last = stem.into();
    }
    let enough = words.len() >= 2 && words.len() + left.len() >= 3 && links.iter().any(|l| !l.is_empty());
    if !enough {
        return None;
    }
    let tokens = start..i;
    let value = Value::Name(Name {
        kind: NameKind::Other,
        parts: vec![view.member(tokens.clone())],
        shapes: vec![PartShape::Ordinary],
        known: vec![Known::Nothing],
        titles: Vec::new(),
        anchors: Vec::new(),
        inverted: false,
        weak: true,
        cited: matches!(view.block.kind, BlockKind::Entry | BlockKind::Note { .. }),
        work: CompactString::default(),
        wording: Some(Wording { left, words, links }),
    });
    Some(view.claim(ClaimKind::Name, "organisation", tokens, value))
}

/// A capitalised word that carries meaning, right after the one before but for white space.
fn is_content(context: &Context<'_>, view: &BlockView<'_>, token: usize) -> bool {
    let Some(t) = view.layer.tokens.get(token) else { return false };
    if t.kind != TokenKind::Word || !matches!(t.case, Case::Capital | Case::Upper) {
        return false;
    }
    let function = Pos::DETERMINER.and(Pos::PREPOSITION).and(Pos::CONJUNCTION).and(Pos::PRONOUN);
    !t.word.is_some_and(|id| context.lexicon.words.pos(id).any(function))
}

fn is_link(word: &str) -> bool {
    matches!(word, "of" | "for" | "on" | "in" | "to" | "and" | "&" | "the" | "de")
}
