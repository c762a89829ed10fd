//! What is quoted word for word: in quotation marks, or set apart.

use super::quoted::{folded_words, opens, quoted};
use super::{BlockView, Claim, ClaimKind, Context, Member, Value};
use crate::annotate::{Case, PartShape, TokenKind, phrase_at};
use crate::document::{BlockId, BlockKind, Style};
use compact_str::CompactString;
use std::ops::Range;

/// Words in quotation marks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Quotation {
    /// The words in order.
    pub words: Vec<Member>,
    /// The words in folded letters; aligned with `words`.
    pub folded: Vec<CompactString>,
    /// Words before which something is left out or put in, as marked by the author; one past the last for the end.
    pub gaps: Vec<u32>,
}

/// Fewest words of a quotation.
const FEWEST: usize = 3;

/// Fewest words in single marks that are no name or term.
const SINGLE: usize = 5;

/// Most words of a quotation that are compared.
const MOST: usize = 250;

/// Tokens before and behind a quotation in which its speaker is looked for.
const BESIDE: usize = 9;

/// Tokens before a quotation in which it is said that its wording is changed.
const AMENDED: usize = 30;

/// Bytes of a line in bold that may stand outside of it: a full stop, a dash.
const SLACK: usize = 3;

/// Most bytes of a block in which quotations are looked for one by one.
const BLOCK: usize = 60_000;

/// Reads the claims of kind Quotation.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views() {
        let set_apart = view.block.kind == BlockKind::Quote;
        let prose = matches!(view.block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Cell { .. });
        let headline = is_headline(&view);
        if !(set_apart || prose || headline) || view.text.len() > BLOCK {
            continue;
        }
        let mut at = 0;
        let mut found = false;
        while let Some((inner, whole)) = quoted(view.text, at..view.text.len()) {
            at = whole.end.max(whole.start + 1);
            while !view.text.is_char_boundary(at) {
                at += 1;
            }
            // An apostrophe opens nothing; quotations in single marks stand inside others.
            let double = view.text[whole.start..].starts_with(['"', '“', '«', '„']);
            if double {
                found = true;
                out.extend(claim(context, &view, inner));
            } else if is_single_speech(context, &view, &inner, &whole) {
                out.extend(claim(context, &view, inner));
            } else {
                at = whole.start + view.text[whole.start..].chars().next().map_or(1, char::len_utf8);
            }
        }
        if set_apart && !found {
            out.extend(claim(context, &view, 0..view.text.len()));
        }
    }
}

/// Whether single marks hold what somebody says: nothing is quoted in double ones, there are words enough, and the
/// marks are no apostrophes.
fn is_single_speech(context: &Context<'_>, view: &BlockView<'_>, inner: &Range<usize>, whole: &Range<usize>) -> bool {
    let led = view.text[..whole.start].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '—'));
    led && !view.text.contains(['"', '“', '«', '„'])
        && view.text[inner.clone()].split_whitespace().count() > SINGLE
        && says(context, view, "quotation-speech")
}

fn claim(context: &Context<'_>, view: &BlockView<'_>, range: Range<usize>) -> Option<Claim> {
    if view.block.text.has_style(range.clone(), Style::Code) {
        return None;
    }
    let quotation = read(view, range.clone())?;
    let tokens = &view.layer.tokens;
    let first = tokens.partition_point(|t| (t.start as usize) < range.start);
    let mut claim = view.claim(ClaimKind::Quotation, "quotation", first..first + 1, Value::Quotation(Box::default()));
    claim.at = view.block.text.span(range.clone());
    let range_start = range.start;
    let claimed = range.clone();
    claim.text = view.text[range].into();
    claim.subject.entities = names(view);
    claim.subject.owners = speakers(view, &claimed);
    if is_amended(context, view, &claimed) {
        claim.scope.cues.push("amended".into());
    }
    if says(context, view, "quotation-speech") || is_led_by_name(view, range_start) {
        claim.scope.cues.push("speech".into());
    }
    if is_headline(view) {
        claim.scope.cues.push("headline".into());
    }
    if is_repeated(context, view, first) {
        claim.scope.cues.push("repeated".into());
    }
    claim.value = Value::Quotation(Box::new(quotation));
    Some(claim)
}

/// Whether a block announces what others say at length: a heading, a caption, a line in bold or italics.
fn is_headline(view: &BlockView<'_>) -> bool {
    let set_off = |style: Style| {
        let whole = view.text.trim().len();
        view.block.text.styles.iter().any(|(range, s)| *s == style && range.len() + SLACK >= whole)
    };
    matches!(view.block.kind, BlockKind::Heading(_) | BlockKind::Caption)
        || view.block.kind == BlockKind::Paragraph && (set_off(Style::Strong) || set_off(Style::Emphasis))
}

/// Whether the sentence around a token says that words are given as they were: "the motto", "is quoted as saying".
fn is_repeated(context: &Context<'_>, view: &BlockView<'_>, token: usize) -> bool {
    let tokens = &view.layer.tokens;
    let sentence = view.layer.sentence_of(token.min(tokens.len().saturating_sub(1)));
    let near = token.saturating_sub(AMENDED).max(sentence.start)..sentence.end.min(token + 2 * AMENDED);
    near.into_iter().any(|i| phrase_at(context.lexicon, "quotation-again", view.text, tokens, i).is_some())
}

/// Whether a name and a colon stand before a quotation: "Jon Lund: «…»".
fn is_led_by_name(view: &BlockView<'_>, start: usize) -> bool {
    let before = view.text[..start].trim_end_matches(|c: char| opens(c) || c.is_whitespace());
    let Some(lead) = before.strip_suffix(':') else { return false };
    let at = lead.len() as u32;
    let token = view.layer.tokens.partition_point(|t| t.end < at);
    view.layer.names.iter().flat_map(|n| &n.parts).any(|p| p.shape == PartShape::Proper && p.tokens.contains(&token))
}

/// Whether the words around a quotation, or the line that leads to it, have a phrase of a set: that somebody speaks.
fn says(context: &Context<'_>, view: &BlockView<'_>, set: &str) -> bool {
    let has = |view: &BlockView<'_>| {
        let tokens = &view.layer.tokens;
        (0..tokens.len().min(600)).any(|i| phrase_at(context.lexicon, set, view.text, tokens, i).is_some())
    };
    let before = view.id.0.checked_sub(1).map(|i| context.view(BlockId(i)));
    has(view) || before.is_some_and(|b| b.text.trim_end().ends_with([':', ',']) && has(&b))
}

/// Whether the words next to a quotation, or the line that leads to it, say that its wording is changed.
fn is_amended(context: &Context<'_>, view: &BlockView<'_>, range: &Range<usize>) -> bool {
    let has = |view: &BlockView<'_>, tokens: Range<usize>| {
        let all = &view.layer.tokens;
        let end = tokens.end.min(all.len());
        (tokens.start..end).any(|i| phrase_at(context.lexicon, "quotation-amended", view.text, all, i).is_some())
    };
    let token = |byte: usize| view.layer.tokens.partition_point(|t| (t.start as usize) < byte);
    let (first, behind) = (token(range.start), token(range.end));
    let before = view.id.0.checked_sub(1).map(|i| context.view(BlockId(i)));
    has(view, first.saturating_sub(AMENDED)..first)
        || has(view, behind..behind + BESIDE)
        || before.is_some_and(|b| b.text.trim_end().ends_with([':', ',']) && has(&b, 0..b.layer.tokens.len().min(600)))
}

/// The words of a quotation, and where something is left out of it or put in.
fn read(view: &BlockView<'_>, range: Range<usize>) -> Option<Quotation> {
    let text = view.text;
    let mut out = Quotation::default();
    let (mut long, mut capitals) = (0, 0);
    let mut at = range.start;
    let mut gap = false;
    while at < range.end {
        let rest = &text[at..range.end];
        let c = rest.chars().next()?;
        if let Some(length) = insertion(rest) {
            gap = true;
            at += length;
        } else if rest.starts_with("...") || c == '…' || rest.starts_with(". . .") || rest.starts_with("--") {
            gap = true;
            at += if c == '…' { c.len_utf8() } else { 1 };
        } else if c.is_alphanumeric() {
            let length =
                rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{ad}'))).unwrap_or(rest.len());
            let word = rest[..length].trim_end_matches(['\'', '’']);
            let mut folded = folded_words(word).concat();
            folded.shrink_to_fit();
            if gap {
                out.gaps.push(out.words.len() as u32);
                gap = false;
            }
            if word.chars().count() > 3 && c.is_alphabetic() {
                long += 1;
                capitals += usize::from(c.is_uppercase());
            }
            out.folded.push(folded.into());
            out.words.push(Member { at: view.block.text.span(at..at + word.len()), text: word.into() });
            at += length;
        } else {
            at += c.len_utf8();
        }
        if out.words.len() > MOST {
            break;
        }
    }
    if gap {
        out.gaps.push(out.words.len() as u32);
    }
    // With capitals throughout it is a title; what runs on without spaces is an address or code.
    let title = capitals * 5 > long * 3;
    let spaced = text[range].split_whitespace().count() * 5 >= out.words.len() * 4;
    (out.words.len() >= FEWEST && !title && spaced).then_some(out)
}

/// The length of a bracket that was put into a quotation, or that says that something is left out: "[the ship]",
/// "(...)", "[sic]".
fn insertion(text: &str) -> Option<usize> {
    let close = match text.chars().next()? {
        '[' => ']',
        '(' if text[1..].trim_start().starts_with(['.', '…']) => ')',
        _ => return None,
    };
    text.find(close).filter(|&end| end < 200).map(|end| end + 1)
}

/// The names of one person or another next to a quotation, lower case: "Ada Thorne said: …".
fn speakers(view: &BlockView<'_>, range: &Range<usize>) -> Vec<CompactString> {
    let tokens = &view.layer.tokens;
    let first = tokens.partition_point(|t| (t.start as usize) < range.start);
    let behind = tokens.partition_point(|t| (t.start as usize) < range.end);
    let near = |at: usize| first.saturating_sub(BESIDE) <= at && at < first || behind <= at && at < behind + BESIDE;
    let parts = view.layer.names.iter().flat_map(|n| &n.parts);
    let near = parts.filter(|p| p.shape == PartShape::Proper && near(p.tokens.start));
    near.flat_map(|p| folded_words(view.wording(p.tokens.clone()))).filter(|w| w.len() > 2).take(8).collect()
}

/// The names in the block around a quotation, and what it sets in italics, lower case, each once.
fn names(view: &BlockView<'_>) -> Vec<CompactString> {
    let mut out: Vec<CompactString> = Vec::new();
    for (range, _) in view.block.text.styles.iter().filter(|(_, style)| *style == Style::Emphasis).take(50) {
        let words = folded_words(&view.text[range.start as usize..range.end as usize]);
        if words.len() > 1 {
            out.push(words.join(" ").into());
        }
    }
    for part in view.layer.names.iter().flat_map(|n| &n.parts).take(200) {
        if part.shape == PartShape::Proper {
            let wording = view.wording(part.tokens.clone());
            let bare = wording.strip_suffix("'s").or_else(|| wording.strip_suffix("’s")).unwrap_or(wording);
            for word in folded_words(bare) {
                if word.len() > 3 && !out.contains(&word) {
                    out.push(word);
                }
            }
        }
    }
    // "Article 5", "Rule 12": what is quoted from.
    for pair in view.layer.tokens.windows(2).take(600) {
        if pair[0].case == Case::Capital && pair[1].kind == TokenKind::Number {
            let wording = view.text[pair[0].start as usize..pair[1].end as usize].to_lowercase();
            if !out.iter().any(|w| *w == wording) {
                out.push(wording.into());
            }
        }
    }
    out
}
