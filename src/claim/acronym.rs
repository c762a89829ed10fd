//! Acronyms and what they are said to stand for: "Harbour Trust Board (HTB)", "HTB (Harbour Trust Board)",
//! "HTB: Harbour Trust Board".
//!
//! The short form is laid over the words beside it so that each letter begins a word or follows inside one, at the
//! lowest cost; after Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
//! biomedical text" (2003), with costs in place of their single walk from the right.

use super::{BlockView, Claim, ClaimKind, Context, Definition, Value};
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::document::{BlockKind, Style};
use crate::lexicon::{Lexicon, Pos, lower};
use compact_str::CompactString;
use std::ops::Range;

/// Longest short form, in letters.
const LONGEST: usize = 10;

/// What it costs to pass over a word that carries meaning.
const SKIPPED: u32 = 2;

/// What it costs to pass over a part of a word with hyphens.
const PART: u32 = 1;

/// What it costs to take a letter from inside a word.
const INNER: u32 = 1;

/// No way.
const NEVER: u32 = u32::MAX / 2;

/// Reads the claims of kind Definition.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views() {
        if matches!(view.block.kind, BlockKind::Entry | BlockKind::Contents | BlockKind::Meta) {
            continue;
        }
        for at in 0..view.layer.tokens.len() {
            if view.layer.tokens[at].is_sign(view.text, '(') {
                out.extend(before(context, &view, at).or_else(|| inside(context, &view, at)));
            }
        }
        out.extend(entry(context, &view));
    }
}

/// A word of a long form, or a part of one with hyphens.
struct Piece {
    token: usize,
    lower: CompactString,
    small: bool,
    /// Not the first part of its word.
    later: bool,
}

/// The pieces of a range of tokens.
fn pieces(context: &Context<'_>, view: &BlockView<'_>, tokens: Range<usize>) -> Vec<Piece> {
    let mut out = Vec::new();
    for token in tokens {
        if view.layer.tokens[token].kind == TokenKind::Sign {
            continue;
        }
        let small = is_small(context.lexicon, view, token);
        let wording = view.word(token);
        let mut later = false;
        for part in wording.split(['-', '\u{2010}', '\u{2011}', '_']).filter(|p| !p.is_empty()) {
            out.push(Piece { token, lower: lower(part), small, later });
            later = true;
        }
    }
    out
}

/// The base form of a word or part of a word.
fn base(lexicon: &Lexicon, lower: &str) -> CompactString {
    let lemma = lexicon.words.find(lower).map(|id| &lexicon.words.get(id).lemma).filter(|l| !l.is_empty());
    lemma.map_or_else(|| lower.into(), |l| l.as_str().into())
}

fn is_small(lexicon: &Lexicon, view: &BlockView<'_>, token: usize) -> bool {
    let function = Pos::DETERMINER.and(Pos::PREPOSITION).and(Pos::CONJUNCTION);
    view.word(token) == "&"
        || view.layer.tokens[token].word.is_some_and(|id| {
            let word = lexicon.words.get(id);
            word.pos.any(function) && !word.pos.any(Pos::NOUN)
        })
}

/// The letters of a short form, without the s of the plural; nothing when the word is none.
fn short_form(word: &str) -> Option<CompactString> {
    let mut short: CompactString = word.chars().filter(|c| *c != '.').collect();
    let capitals = short.chars().filter(|c| c.is_uppercase()).count();
    if let Some(stem) = short.strip_suffix('s').map(|s| s.trim_end_matches(['\'', '\u{2019}']))
        && stem.chars().all(|c| !c.is_lowercase())
        && capitals >= 2
    {
        short = stem.into();
    }
    let letters = short.chars().filter(|c| c.is_alphanumeric()).count();
    let all = short.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '&'));
    (all && capitals >= 2 && (2..=LONGEST).contains(&letters)).then_some(short)
}

/// Whether a token ends the words that may belong to a long form.
fn is_stop(view: &BlockView<'_>, token: usize) -> bool {
    let t = &view.layer.tokens[token];
    t.kind == TokenKind::Sign && !matches!(view.word(token), "," | "-" | "&" | "/" | "'" | "\u{2019}")
}

/// Where the words between the brackets that open at `open` end: before the closing one, a semicolon or a comma.
fn bracketed(view: &BlockView<'_>, open: usize) -> Range<usize> {
    let end = view.layer.tokens.len().min(open + 26);
    let close = (open + 1..end).find(|&t| matches!(view.word(t), ")" | "(" | ";" | "[" | ":"));
    open + 1..close.unwrap_or(open + 1)
}

/// "Harbour Trust Board (HTB)"
fn before(context: &Context<'_>, view: &BlockView<'_>, open: usize) -> Option<Claim> {
    let inner = bracketed(view, open);
    let ends = matches!(view.word(inner.start + 1), ")" | "," | ";" | "/");
    if inner.is_empty() || !ends || open == 0 {
        return None;
    }
    let short = short_form(view.word(inner.start))?;
    let letters = short.chars().filter(|c| c.is_alphanumeric()).count();
    let sentence = view.layer.sentence_of(open);
    let most = (letters + 5).min(letters * 2) + 2;
    let mut start = open;
    while start > sentence.start && open - start < most + 4 && !is_stop(view, start - 1) {
        start -= 1;
    }
    let mut words = pieces(context, view, start..open);
    if words.len() > most + 6 {
        words.drain(..words.len() - most - 6);
    }
    let (from, _, cost) = fit(&short, &words, false)?;
    let long = words[from].token..open;
    let close = if view.word(inner.start + 1) == ")" { inner.start + 2 } else { inner.start + 1 };
    claim(context, view, &short, inner.start, long, words[from].token..close, cost)
}

/// "HTB (Harbour Trust Board)"
fn inside(context: &Context<'_>, view: &BlockView<'_>, open: usize) -> Option<Claim> {
    let inner = bracketed(view, open);
    let at = open.checked_sub(1)?;
    let short = short_form(view.word(at))?;
    following(context, view, &short, at, inner, true)
}

/// "**HTB**: Harbour Trust Board", at the beginning of a block.
fn entry(context: &Context<'_>, view: &BlockView<'_>) -> Option<Claim> {
    let tokens = &view.layer.tokens;
    let sign = tokens.get(1)?;
    if matches!(view.block.kind, BlockKind::Heading(_)) || sign.kind != TokenKind::Sign {
        return None;
    }
    if !matches!(view.word(1), ":" | "=" | "-" | "\u{2013}" | "\u{2014}") {
        return None;
    }
    let short = short_form(view.word(0))?;
    let end = (2..tokens.len().min(26)).find(|&t| is_stop(view, t)).unwrap_or(tokens.len().min(26));
    following(context, view, &short, 0, 2..end, false)
}

/// A long form at the beginning of a range of tokens that stand behind the short form.
fn following(
    context: &Context<'_>,
    view: &BlockView<'_>,
    short: &CompactString,
    at: usize,
    tokens: Range<usize>,
    closed: bool,
) -> Option<Claim> {
    let mut start = tokens.start;
    while start < tokens.end && is_small(context.lexicon, view, start) {
        start += 1;
    }
    let comma = (start..tokens.end).find(|&t| view.word(t) == ",").unwrap_or(tokens.end);
    for end in [tokens.end, comma] {
        let words = pieces(context, view, start..end);
        let Some((from, last, cost)) = fit(short, &words, true) else { continue };
        let last = words[last].token + 1;
        // Behind a colon the words may go on: "HTB: Harbour Trust Board, founded in 1911".
        if from != 0 || (closed && last != end) || words.is_empty() {
            continue;
        }
        let close = if view.word(last) == ")" { last + 1 } else { last };
        return claim(context, view, short, at, start..last, at..close, cost);
    }
    None
}

/// Lays a short form over words: the first word, the last word that carries a letter, and the cost. The first letter
/// begins the first word. The words after the last one are passed over, at no cost when `open`.
fn fit(short: &str, words: &[Piece], open: bool) -> Option<(usize, usize, u32)> {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let n = letters.len();
    if words.is_empty() || n < 2 {
        return None;
    }
    let pass = |w: &Piece| match (w.small, w.later) {
        (true, _) => 0,
        (_, true) => PART,
        _ => SKIPPED,
    };
    // From the right: `best[i]` is the lowest cost of laying the letters from `i` on over the words from `w` on,
    // with the last word used.
    let end = if open { 0 } else { NEVER };
    let mut best: Vec<(u32, usize)> = vec![(NEVER, 0); n + 1];
    best[n] = (0, words.len());
    let mut found: Option<(usize, usize, u32)> = None;
    for (w, piece) in words.iter().enumerate().rev() {
        let mut next = vec![(NEVER, 0); n + 1];
        let mut begun = (NEVER, 0);
        for i in 0..=n {
            let skip = if i == n && open { end } else { pass(piece) };
            next[i] = (best[i].0.saturating_add(skip).min(NEVER), best[i].1);
            if i == n || !piece.lower.starts_with(letters[i]) {
                continue;
            }
            let mut rest = piece.lower.chars().skip(1);
            let mut used = i + 1;
            let mut inner = 0;
            loop {
                let (cost, last) = best[used];
                let cost = cost.saturating_add(inner);
                let last = if used == n { w } else { last };
                if cost < next[i].0 {
                    next[i] = (cost, last);
                }
                if i == 0 && cost < begun.0 {
                    begun = (cost, last);
                }
                if used < n && rest.any(|c| c == letters[used]) {
                    used += 1;
                    inner += INNER;
                } else {
                    break;
                }
            }
        }
        let first = !piece.small && !piece.later && (!open || w == 0);
        if first && begun.0 < NEVER && found.is_none_or(|(_, _, cost)| begun.0 < cost) {
            found = Some((w, begun.1, begun.0));
        }
        best = next;
    }
    let (_, _, cost) = found?;
    let most = match n {
        2 => 1,
        3 => 2,
        _ => 3,
    };
    found.filter(|_| cost <= most)
}

/// The claim of a definition.
fn claim(
    context: &Context<'_>,
    view: &BlockView<'_>,
    short: &CompactString,
    at: usize,
    long: Range<usize>,
    tokens: Range<usize>,
    cost: u32,
) -> Option<Claim> {
    let block = &view.block.text;
    let bytes = view.layer.bytes(long.clone());
    let code = block.has_style(bytes, Style::Code);
    let foreign = long.clone().any(|t| {
        phrase_at(context.lexicon, "foreign-small-word", view.text, &view.layer.tokens, t).is_some()
            && view.layer.tokens[t].case == Case::Lower
    });
    let contained = long.clone().any(|t| view.word(t).contains(short.as_str()));
    if code || foreign || contained {
        return None;
    }
    let words = wording(context, view, long.clone());
    if words.is_empty() {
        return None;
    }
    let value = Value::Definition(Definition { short: short.clone(), long: view.member(long), words, cost });
    let mut claim = view.claim(ClaimKind::Definition, "acronym", tokens, value);
    claim.subject.head = view.word(at).into();
    Some(claim)
}

/// The words of a long form that carry meaning, in base forms and parts; acronyms within it are left out, since they
/// stand for words that another author writes.
fn wording(context: &Context<'_>, view: &BlockView<'_>, long: Range<usize>) -> Vec<CompactString> {
    pieces(context, view, long)
        .into_iter()
        .filter(|p| !p.small && view.layer.tokens[p.token].case != Case::Upper)
        .map(|p| base(context.lexicon, &p.lower))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Piece, fit, short_form};
    use crate::lexicon::lower;

    fn cost(short: &str, words: &str) -> Option<(usize, u32)> {
        let piece = |(token, w): (usize, &str)| Piece {
            token,
            lower: lower(w),
            small: matches!(w, "of" | "the" | "for" | "and"),
            later: false,
        };
        let pieces: Vec<Piece> = words.split(' ').enumerate().map(piece).collect();
        fit(short, &pieces, false).map(|(from, _, cost)| (from, cost))
    }

    #[test]
    fn reads_where_a_long_form_begins() {
        assert_eq!(cost("HTB", "that the Harbour Trust Board"), Some((2, 0)));
        assert_eq!(cost("DoT", "the Department of Tides"), Some((1, 0)));
        assert_eq!(cost("DNA", "some deoxyribonucleic acid"), Some((1, 1)));
        assert_eq!(cost("HTB", "the Harbour Trust"), None);
        assert_eq!(cost("HTB", "the Harbour Trust Board of many distant towns"), None);
    }

    #[test]
    fn reads_short_forms_without_the_plural() {
        for (word, expected) in [("VECs", Some("VEC")), ("U.S.", Some("US")), ("HTB", Some("HTB")), ("Board", None)] {
            assert_eq!(short_form(word).as_deref(), expected, "{word}");
        }
    }
}
