//! Acronyms and what they are said to stand for: "Harbour Trust Board (HTB)", "HTB (Harbour Trust Board)",
//! "HTB: Harbour Trust Board".
//!
//! The short form is laid over the words beside it so that each letter begins a word or follows inside one, at the
//! lowest cost; after Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
//! biomedical text" (2003), with costs in place of their single walk from the right.

mod implied;
mod loose;
mod misfit;

pub use implied::IMPLIED;
pub use loose::LOOSE;
pub use misfit::{MISFIT, NEARLY};

use super::{BlockView, Claim, ClaimKind, Context, Definition, Value};
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::document::{BlockKind, Style};
use crate::lexicon::{Lexicon, Pos, lower};
use compact_str::CompactString;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Longest short form, in letters.
const LONGEST: usize = 10;

/// What it costs to pass over a word that carries meaning.
const SKIPPED: u32 = 2;

/// What it costs to pass over a part of a word with hyphens.
const PART: u32 = 1;

/// What it costs to pass over the last word.
const TAIL: u32 = 1;

/// What it costs to take a letter from inside a word.
const INNER: u32 = 1;

/// No way.
const NEVER: u32 = u32::MAX / 2;

/// Reads the claims of kind Definition.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let first = out.len();
    for view in context.views() {
        if matches!(view.block.kind, BlockKind::Entry | BlockKind::Contents | BlockKind::Meta) {
            continue;
        }
        for at in 0..view.layer.tokens.len() {
            let found = match view.word(at) {
                "(" | "[" => before(context, &view, at)
                    .or_else(|| inside(context, &view, at))
                    .or_else(|| appended(context, &view, at))
                    .or_else(|| misfit::read(context, &view, at))
                    .or_else(|| loose::read(context, &view, at)),
                "or" => before(context, &view, at).or_else(|| behind_or(context, &view, at)),
                "," => between_commas(context, &view, at),
                "stands" | "short" | "means" | "denotes" => explained(context, &view, at),
                _ => None,
            };
            out.extend(found);
        }
        out.extend(entry(context, &view).or_else(|| row(context, &view)));
    }
    out[first..].iter_mut().for_each(|definition| misfit::mark(context, definition));
    let mut seen: FxHashSet<CompactString> = out[first..].iter().filter_map(defined).collect();
    for view in context.views() {
        implied::extract(context, &view, &mut seen, out);
    }
}

/// The short form of a definition.
fn defined(claim: &Claim) -> Option<CompactString> {
    match &claim.value {
        Value::Definition(definition) => Some(definition.short.clone()),
        _ => None,
    }
}

/// How a short form is written, and so how exactly its letters must lie on the words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Writing {
    /// Two capitals or more: `HTB`, `DoT`, `mRNA`.
    Capitals,
    /// One capital: `Ad`, `Glu`, `vitD`, `E2`.
    Capital,
    /// None: `bpm`.
    Small,
}

/// A word of a long form, or a part of one with hyphens.
struct Piece {
    token: usize,
    lower: CompactString,
    small: bool,
    /// Whether a long form may begin with it: a small word only where it has a capital inside of a sentence, "Out of Gas".
    opens: bool,
    /// Not the first part of its word.
    later: bool,
    /// A number, which a short form leaves out.
    number: bool,
}

/// The pieces of a range of tokens.
fn pieces(context: &Context<'_>, view: &BlockView<'_>, tokens: Range<usize>) -> Vec<Piece> {
    let mut out = Vec::new();
    for token in tokens {
        if view.layer.tokens[token].kind == TokenKind::Sign {
            continue;
        }
        let small = is_small(context.lexicon, view, token);
        let opens = !small || is_titled(context.lexicon, view, token);
        let wording = view.word(token);
        let mut later = false;
        for part in wording.split(['-', '\u{2010}', '\u{2011}', '_']).filter(|p| !p.is_empty()) {
            let number = part.starts_with(|c: char| c.is_ascii_digit());
            out.push(Piece { token, lower: lower(part), small, opens, later, number });
            later = true;
        }
    }
    out
}

/// The base form of a word or part of a word.
pub(super) fn base(lexicon: &Lexicon, lower: &str) -> CompactString {
    let lemma = lexicon.words.find(lower).map(|id| &lexicon.words.get(id).lemma).filter(|l| !l.is_empty());
    lemma.map_or_else(|| lower.into(), |l| l.as_str().into())
}

/// Whether a small word has a capital that is no sentence's.
fn is_titled(lexicon: &Lexicon, view: &BlockView<'_>, token: usize) -> bool {
    let t = &view.layer.tokens[token];
    t.case == Case::Capital
        && view.layer.sentence_of(token).start < token
        && t.word.is_some_and(|id| !lexicon.words.pos(id).any(Pos::DETERMINER.and(Pos::CONJUNCTION)))
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
pub(super) fn short_form(word: &str) -> Option<CompactString> {
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

/// A short form that stands alone in brackets, where one capital or none is enough; with the number of its tokens.
fn bracketed_form(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> Option<(CompactString, Writing, usize)> {
    let word = view.word(at);
    if let Some(two) = two_words(view, at) {
        return Some((two, Writing::Capital, 2));
    }
    if let Some(short) = short_form(word) {
        // "C.A.H." keeps its last full stop as a sign of its own.
        let stop = word.contains('.') && view.word(at + 1) == ".";
        return Some((short, Writing::Capitals, 1 + usize::from(stop)));
    }
    let token = view.layer.tokens.get(at)?;
    let plain = word.chars().all(|c| c.is_alphanumeric() || c == '-');
    let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
    if !plain || !(1..=6).contains(&letters) || !matches!(token.kind, TokenKind::Word | TokenKind::Number) {
        return None;
    }
    let lower = lower(word);
    let unit = context.lexicon.units.contains_key(word);
    let roman = lower.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    // A word of the language, a unit, or a number explains something else.
    let known = context.lexicon.words.find(&lower).is_some_and(|id| context.lexicon.words.pos(id) != Pos::default());
    // "bpm" is one, and defined all the same.
    let lettered = unit && letters < 3 && word.chars().all(char::is_lowercase);
    if known || lettered || roman || context.lexicon.is_abbreviation(&lower) {
        return None;
    }
    match word.chars().filter(|c| c.is_uppercase()).count() {
        1 => Some((word.into(), Writing::Capital, 1)),
        0 if letters <= 5 && word.chars().all(char::is_alphabetic) => Some((word.into(), Writing::Small, 1)),
        _ => None,
    }
}

/// A short form of two words, the second of which the long form has too or which is short as well: "Ang II",
/// "TNF alpha", "MEF cells", "PC IOL"; alone in its brackets.
fn two_words(view: &BlockView<'_>, at: usize) -> Option<CompactString> {
    let (first, second) = (view.word(at), view.word(at + 1));
    let both = [at, at + 1]
        .iter()
        .all(|&t| view.layer.tokens.get(t).is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number)));
    let capital = first.starts_with(char::is_uppercase) && first.chars().count() <= 5;
    let closed = matches!(view.word(at + 2), ")" | "]");
    (both && capital && closed && second.chars().count() <= 6).then(|| {
        let mut form = CompactString::from(first);
        form.push(' ');
        form.push_str(second);
        form
    })
}

/// Whether a token ends the words that may belong to a long form.
fn is_stop(view: &BlockView<'_>, token: usize) -> bool {
    let t = &view.layer.tokens[token];
    t.kind == TokenKind::Sign && !matches!(view.word(token), "," | "-" | "&" | "/" | "'" | "\u{2019}")
}

/// Where the words between the brackets that open at `open` end: before the closing one, a semicolon or a comma.
fn bracketed(view: &BlockView<'_>, open: usize) -> Range<usize> {
    let end = view.layer.tokens.len().min(open + 26);
    let close = (open + 1..end).find(|&t| matches!(view.word(t), ")" | "(" | ";" | "[" | ":" | "]"));
    open + 1..close.unwrap_or(open + 1)
}

/// Words between the bracket and the short form: "(abbreviated as HTB)", "(“HTB”)", "(or HTB)".
fn is_opening(word: &str) -> bool {
    matches!(
        word,
        "“" | "\""
            | "‘"
            | "'"
            | "or"
            | "the"
            | "abbreviated"
            | "abbr"
            | "as"
            | "to"
            | "hereafter"
            | "hereinafter"
            | "known"
            | "now"
            | "called"
            | "also"
            | "in"
            | "short"
            | "as:"
    )
}

/// "Harbour Trust Board (HTB)", "Harbour Trust Board [HTB]", "the Harbour Trust Board, or HTB,"
fn before(context: &Context<'_>, view: &BlockView<'_>, open: usize) -> Option<Claim> {
    let or = view.word(open) == "or";
    let mut at = open + 1;
    while at < open + 5 && is_opening(view.word(at)) {
        at += 1;
    }
    let (short, writing, n) = bracketed_form(context, view, at)?;
    let mut next = at + n;
    if matches!(view.word(next), "”" | "\"" | "’" | "'") {
        next += 1;
    }
    let ends = match view.word(next) {
        ")" | "]" => !or,
        // "(HTB, founded in 1911)" says more of what it is.
        "," => writing == Writing::Capitals,
        "." => or && writing == Writing::Capitals,
        ";" | "/" | ":" | "=" => !or && writing == Writing::Capitals,
        _ => false,
    };
    let comma = or.then(|| open.checked_sub(1)).flatten();
    if !ends || open == 0 || or && comma.is_none_or(|c| view.word(c) != ",") || or && at > open + 2 {
        return None;
    }
    let stop = comma.unwrap_or(open);
    long_before(
        context,
        view,
        (&short, writing),
        at,
        stop,
        if matches!(view.word(next), ")" | "]") { next + 1 } else { next },
    )
}

/// "the Harbour Trust Board, HTB, meets": letters that fit so many words are no member of a list.
fn between_commas(context: &Context<'_>, view: &BlockView<'_>, comma: usize) -> Option<Claim> {
    // Asked at every comma: most have no capitals behind them, or no comma.
    if view.word(comma + 2) != "," || view.layer.tokens.get(comma + 1).is_none_or(|t| t.case != Case::Upper) {
        return None;
    }
    let (short, writing, n) = bracketed_form(context, view, comma + 1)?;
    if n != 1 || writing != Writing::Capitals || short.chars().count() < 3 {
        return None;
    }
    long_before(context, view, (&short, writing), comma + 1, comma, comma + 2)
}

/// "An HTB, or harbour trust board, is ..."
fn behind_or(context: &Context<'_>, view: &BlockView<'_>, or: usize) -> Option<Claim> {
    let at = or.checked_sub(2).filter(|_| view.word(or - 1) == ",")?;
    let short = short_form(view.word(at)).filter(|s| s.chars().count() >= 3)?;
    let limit = view.layer.sentence_of(or).end.min(or + 12);
    let end = (or + 1..limit).find(|&t| matches!(view.word(t), "," | "." | ";" | "(" | ":"))?;
    following(context, view, &short, at, or + 1..end, false)
}

/// "(Harbour Trust Board, HTB)"
fn appended(context: &Context<'_>, view: &BlockView<'_>, open: usize) -> Option<Claim> {
    let end = view.layer.tokens.len().min(open + 26);
    let close = (open + 1..end).find(|&t| matches!(view.word(t), ")" | "]" | "(" | "["))?;
    let at = close.checked_sub(1).filter(|&a| a > open + 2 && view.word(a - 1) == ",")?;
    let short = short_form(view.word(at))?;
    long_before(context, view, (&short, Writing::Capitals), at, at - 1, close)
}

/// A long form that ends before token `open`, for the short form at `at`.
fn long_before(
    context: &Context<'_>,
    view: &BlockView<'_>,
    (short, writing): (&CompactString, Writing),
    at: usize,
    open: usize,
    close: usize,
) -> Option<Claim> {
    let letters = short.chars().filter(|c| c.is_alphanumeric()).count();
    let sentence = view.layer.sentence_of(open);
    let most = (letters + 5).min(letters * 2) + 2;
    let end = long_end(context, view, open);
    let mut start = end;
    while start > sentence.start && end - start < most + 4 && !is_stop(view, start - 1) {
        start -= 1;
    }
    let mut words = pieces(context, view, start..end);
    if words.len() > most + 6 {
        words.drain(..words.len() - most - 6);
    }
    let (from, cost) = match short.split_once(' ') {
        Some((first, second)) => {
            // "angiotensin II (Ang II)": the last word is the same.
            let same = words.last().is_some_and(|w| same_form(&w.lower, &lower(second)));
            let fitted = match same {
                true => fit_single(first, &words[..words.len() - 1]),
                false if second.chars().all(char::is_uppercase) => fit(short, &words, false),
                false => None,
            };
            fitted.map(|(from, _, cost)| (from, cost))?
        }
        None => fit_single(short, &words).map(|(from, _, cost)| (from, cost))?,
    };
    let most = match writing {
        Writing::Capitals => u32::MAX,
        Writing::Capital => 2,
        Writing::Small => 0,
    };
    if cost > most {
        return None;
    }
    // "2,6-diaminopurine (DAP)" begins at its number.
    let mut first = words[from].token;
    while first > sentence.start
        && view.layer.tokens[first].start == view.layer.tokens[first - 1].end
        && (view.layer.tokens[first - 1].kind == TokenKind::Number
            || matches!(view.word(first - 1), "-" | "," | "'" | "\u{2019}" | "\u{2032}"))
    {
        first -= 1;
    }
    while first < words[from].token && view.layer.tokens[first].kind == TokenKind::Sign {
        first += 1;
    }
    claim(context, view, short, at, first..end, first..close, cost)
}

/// Where a long form before token `open` ends: before the quotation mark that closes it, and before the full stop of
/// "Harbour Works Corp. (HWC)".
fn long_end(context: &Context<'_>, view: &BlockView<'_>, open: usize) -> usize {
    let Some(last) = open.checked_sub(2) else { return open };
    let abbreviated = view.word(last + 1) == "." && context.lexicon.is_abbreviation(view.word(last));
    let quoted = matches!(view.word(last + 1), "”" | "\"" | "»") && view.layer.tokens[last].kind == TokenKind::Word;
    if abbreviated || quoted { open - 1 } else { open }
}

/// Whether two words are the same but for the s of a plural.
fn same_form(a: &str, b: &str) -> bool {
    a.strip_suffix('s').unwrap_or(a) == b.strip_suffix('s').unwrap_or(b)
}

/// [`fit`] for a short form of any length: a single letter begins the last word, "diaphragm (D)".
fn fit_single(short: &str, words: &[Piece]) -> Option<(usize, usize, u32)> {
    let mut letters = short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    match (letters.next(), letters.next()) {
        (Some(only), None) => {
            let last = words.len().checked_sub(1)?;
            let word = &words[last];
            let begins = word.lower.starts_with(only) && word.lower.chars().count() > 4;
            (begins && !word.small && !word.later).then_some((last, last, 0))
        }
        _ => fit(short, words, false),
    }
}

/// "HTB stands for Harbour Trust Board", "HTB, short for Harbour Trust Board", "HTB means …"
fn explained(context: &Context<'_>, view: &BlockView<'_>, verb: usize) -> Option<Claim> {
    let word = view.word(verb);
    let from = match word {
        "stands" | "short" if view.word(verb + 1) == "for" => verb + 2,
        "means" | "denotes" => verb + 1,
        _ => return None,
    };
    let mut at = verb.checked_sub(1)?;
    while at > 0 && verb - at < 4 && matches!(view.word(at), "," | "is" | "which" | "(" | "”" | "\"") {
        at -= 1;
    }
    let short = short_form(view.word(at))?;
    let sentence = view.layer.sentence_of(verb);
    let end = (from..sentence.end.min(from + 26)).find(|&t| is_stop(view, t)).unwrap_or(sentence.end.min(from + 26));
    let from = from + usize::from(matches!(view.word(from), "“" | "\"" | "‘"));
    following(context, view, &short, at, from..end.max(from), false)
}

/// "| HTB | Harbour Trust Board |": a cell with a short form, and the long form in the next one.
fn row(context: &Context<'_>, view: &BlockView<'_>) -> Option<Claim> {
    let BlockKind::Cell { table, row, col } = view.block.kind else { return None };
    if view.layer.tokens.len() != 1 {
        return None;
    }
    let short = short_form(view.word(0))?;
    let cells = context.document.tables.get(table as usize)?.rows.get(row as usize)?;
    let next = context.view((*cells.get(col as usize + 1)?)?);
    let end = next.layer.tokens.len().min(26);
    let stop = (0..end).find(|&t| is_stop(&next, t)).unwrap_or(end);
    let words = pieces(context, &next, 0..stop);
    let (from, last, cost) = fit(&short, &words, true)?;
    if from != 0 {
        return None;
    }
    let long = 0..words[last].token + 1;
    let mut found = claim(context, &next, &short, 0, long.clone(), long, cost)?;
    found.subject.head = view.word(0).into();
    found.scope.cues.push("glossary".into());
    Some(found)
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
    let mut found = following(context, view, &short, 0, 2..end, false)?;
    found.scope.cues.push("glossary".into());
    Some(found)
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
    let pass = |w: &Piece| match (w.small || w.number, w.later) {
        (true, _) => 0,
        (_, true) => PART,
        _ => SKIPPED,
    };
    // From the right: `best[i]` is the lowest cost of laying the letters from `i` on over the words from `w` on,
    // with the last word used.
    let end = if open { 0 } else { NEVER };
    let tail = words.iter().rposition(|w| !w.small && !w.number).filter(|&w| !words[w].later);
    let mut best: Vec<(u32, usize)> = vec![(NEVER, 0); n + 1];
    best[n] = (0, words.len());
    let mut found: Option<(usize, usize, u32)> = None;
    for (w, piece) in words.iter().enumerate().rev() {
        let mut next = vec![(NEVER, 0); n + 1];
        let mut begun = (NEVER, 0);
        for i in 0..=n {
            let skip = match i == n {
                true if open => end,
                // "arcuate nucleus (ARC)": what sort of thing it is may be left out.
                true if tail == Some(w) => TAIL,
                _ => pass(piece),
            };
            next[i] = (best[i].0.saturating_add(skip).min(NEVER), best[i].1);
            let digit = i < n && number_word(letters[i]).is_some_and(|word| piece.lower.starts_with(word));
            if i == n || !piece.lower.starts_with(letters[i]) && !digit {
                continue;
            }
            let mut rest = piece.lower.chars().skip(1);
            let mut used = i + 1;
            let mut inner = 0;
            // "Glu" of glutamate: the beginning of a word costs nothing.
            let mut running = true;
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
                if used < n
                    && let Some(passed) = rest.position(|c| c == letters[used])
                {
                    used += 1;
                    running &= passed == 0;
                    inner += if running { 0 } else { INNER };
                } else {
                    break;
                }
            }
        }
        let first = piece.opens && !piece.later && (!open || w == 0);
        if first && begun.0 < NEVER && found.is_none_or(|(_, _, cost)| begun.0 < cost) {
            found = Some((w, begun.1, begun.0));
        }
        best = next;
    }
    let (_, _, cost) = found?;
    let most = match n {
        2 => 1,
        3 => 3,
        _ => 4,
    };
    found.filter(|_| cost <= most)
}

/// "two" for the digit of "two-dimensional (2D)".
fn number_word(digit: char) -> Option<&'static str> {
    const WORDS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    digit.to_digit(10).and_then(|d| WORDS.get((d as usize).checked_sub(1)?).copied())
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
    // "Smoothened (Smo)" begins with it, "the OR (OR)" and "UVA irradiation (UVA)" contain it.
    let capitals = short.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let contained = long.clone().any(|t| view.word(t) == short || capitals && view.word(t).contains(short.as_str()))
        || lower(view.wording(long.clone())) == lower(short);
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
    use crate::annotate::annotate;
    use crate::claim::{Value, claims};
    use crate::document::Document;
    use crate::lexicon::{Lexicon, lower};

    /// The definitions of a paragraph, with their costs.
    pub(super) fn costs(text: &str) -> Vec<(String, u32)> {
        let document = Document::of_paragraph(text);
        let lexicon = Lexicon::english();
        let layers = annotate(&document, lexicon);
        let found = claims(&document, &layers, lexicon).into_iter();
        found
            .filter_map(|c| match c.value {
                Value::Definition(d) => Some((format!("{} = {}", d.short, d.long.text), d.cost)),
                _ => None,
            })
            .collect()
    }

    fn definitions(text: &str) -> Vec<String> {
        costs(text).into_iter().map(|(definition, _)| definition).collect()
    }

    #[test]
    fn reads_definitions_in_every_order() {
        for (text, expected) in [
            ("We asked the Harbour Trust Board [HTB] in May.", "HTB = Harbour Trust Board"),
            ("We asked the Harbour Trust Board, or HTB, in May.", "HTB = Harbour Trust Board"),
            ("It was slow (first in first out, FIFO) in May.", "FIFO = first in first out"),
            ("Here HTB stands for Harbour Trust Board.", "HTB = Harbour Trust Board"),
            ("The Harbour Trust Board (hereafter “HTB”) met.", "HTB = Harbour Trust Board"),
            ("The mean blood pressure (mbp) fell in May.", "mbp = mean blood pressure"),
            ("The dose of glutamate (Glu) was low.", "Glu = glutamate"),
            ("A two-dimensional (2D) map was drawn.", "2D = two-dimensional"),
            ("It holds 2,6-diaminopurine (DAP) and salt.", "DAP = 2,6-diaminopurine"),
            ("They gave angiotensin II (Ang II) twice.", "Ang II = angiotensin II"),
        ] {
            assert_eq!(definitions(text), [expected], "{text}");
        }
    }

    #[test]
    fn ignores_brackets_that_define_nothing() {
        for text in [
            "The boat (see below) sank.",
            "The mayor, or MEP, came.",
            "Many ships (May) sank.",
            "It weighs ten kilograms (kg) or more.",
            "The OR (operating room) was full, and the OR (OR) too.",
        ] {
            let found = definitions(text);
            assert!(found.len() <= usize::from(text.contains("OR")), "{text} {found:?}");
        }
    }

    fn cost(short: &str, words: &str) -> Option<(usize, u32)> {
        let piece = |(token, w): (usize, &str)| Piece {
            token,
            lower: lower(w),
            small: matches!(w, "of" | "the" | "for" | "and"),
            opens: !matches!(w, "of" | "the" | "for" | "and"),
            later: false,
            number: false,
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
