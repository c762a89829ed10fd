//! Short forms in brackets whose letters lie somewhere on the words before them: "forced expiratory
//! volume in 1 second (FEV(1))", "phosphorus (P)". They are read where the costs of the careful reading are too high for a claim,
//! or where the short form is written with signs; nothing is ever held against their words.
//!
//! The walk from the right is that of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions
//! in biomedical text" (2003).

use super::{LONGEST, claim, is_small};
use crate::annotate::{Case, TokenKind};
use crate::claim::{BlockView, Claim, Context};
use crate::lexicon::Pos;
use compact_str::CompactString;
use std::ops::Range;

/// What it is said to cost to find the letters of a short form somewhere in the words.
pub const LOOSE: u32 = 50;

/// Most characters of a short form, signs included.
const WIDEST: usize = 12;

/// Most words of a long form that carry meaning and no letter of the short form.
const IDLE: usize = 1;

/// Fewest characters of the word that a single letter stands for.
const SINGLE: usize = 4;

/// Signs that no short form has: what has them is a value or a remark.
const VALUES: [char; 7] = ['<', '>', '=', '~', '%', '"', '@'];

/// Reads the short form behind the bracket that opens at a token, and the words before it.
pub(super) fn read(context: &Context<'_>, view: &BlockView<'_>, open: usize) -> Option<Claim> {
    let tokens = &view.layer.tokens;
    let previous = open.checked_sub(1)?;
    // "benzo(a)pyrene", "f(x)": a bracket that belongs to its word.
    if tokens[previous].end == tokens[open].start || !view.is_prose() {
        return None;
    }
    let inner = inside(view, open)?;
    let end = (inner.start..inner.end).find(|&t| is_break(view, t)).unwrap_or(inner.end);
    let short = short_form(context, view, inner.start..end)?;
    let capitals = short.chars().filter(|c| c.is_uppercase()).count();
    if end < inner.end && capitals < 2 {
        return None;
    }
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let words = before(view, open, (letters.len() + 5).min(letters.len() * 2));
    let start = match letters[..] {
        [letter] => single(context, view, &words, letter)?,
        _ => walk(context, view, &words, &letters)?,
    };
    let long = start..open;
    let bytes = view.layer.bytes(long.clone());
    let text = &view.text[bytes];
    let balanced = |a, b| text.matches::<char>(a).count() == text.matches::<char>(b).count();
    // "CRF (the CRF)" says nothing new.
    let repeated = text.split_whitespace().any(|word| word.eq_ignore_ascii_case(&short));
    if text.len() <= short.len() || repeated || !balanced('(', ')') || !balanced('[', ']') {
        return None;
    }
    claim(context, view, &short, inner.start, long, start..inner.end + 1, LOOSE)
}

/// The tokens between the bracket that opens at a token and the one that closes it.
fn inside(view: &BlockView<'_>, open: usize) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    for t in open..view.layer.tokens.len().min(open + 26) {
        match view.word(t) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(open + 1..t);
        }
    }
    None
}

/// Whether a token ends the short form in its brackets: "(HTB, founded in 1911)", "(HTB; n = 4)".
fn is_break(view: &BlockView<'_>, t: usize) -> bool {
    let tokens = &view.layer.tokens;
    let spaced = tokens.get(t + 1).is_none_or(|next| next.start > tokens[t].end);
    matches!(view.word(t), ";" | "," | ":") && spaced
}

/// The text of a short form: one word, or two of which one has a capital.
fn short_form(context: &Context<'_>, view: &BlockView<'_>, tokens: Range<usize>) -> Option<CompactString> {
    let text = view.text[view.layer.bytes(tokens.clone())].trim();
    let mut parts = text.split_whitespace();
    let (first, second) = (parts.next()?, parts.next());
    let count = text.chars().count();
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    let capitals = text.chars().any(char::is_uppercase);
    let opening = text.trim_start_matches('[').chars().next()?;
    let number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    // "(Group 2)", "(binary name)"
    let pair = second.is_none_or(|word| capitals && !number(word)) && parts.next().is_none();
    let roman = text.chars().all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x'));
    let fits = count <= WIDEST && (1..=LONGEST).contains(&letters) && opening.is_alphabetic() && !roman;
    let value = text.contains(VALUES) || first.contains("://") || context.lexicon.units.contains_key(text);
    if !pair || !fits || value || letters == 1 && !capitals {
        return None;
    }
    // A word of the language explains or tells apart.
    let known = tokens.len() == 1
        && view.layer.tokens[tokens.start].case != Case::Upper
        && view.layer.tokens[tokens.start].word.is_some_and(|id| context.lexicon.words.pos(id) != Pos::default());
    (!known).then(|| text.trim_end_matches('.').into())
}

/// The words before a token, at most so many, each a range of tokens without space between them; from the last sign
/// behind which a long form cannot go on.
fn before(view: &BlockView<'_>, open: usize, most: usize) -> Vec<Range<usize>> {
    let tokens = &view.layer.tokens;
    let sentence = view.layer.sentence_of(open);
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut end = open;
    while end > sentence.start && words.len() < most {
        let mut start = end - 1;
        while start > sentence.start && tokens[start - 1].end == tokens[start].start {
            start -= 1;
        }
        let last = view.word(end - 1);
        // A bracket of its own, "(WHO) and": an aside before the words.
        let aside = matches!(view.word(start), "(" | "[") && matches!(last, ")" | "]");
        if aside || matches!(last, "," | ";" | ":" | "!" | "?" | "\u{2014}") {
            break;
        }
        words.push(start..end);
        end = start;
    }
    words.reverse();
    words
}

/// The last word, when a single letter begins it.
fn single(context: &Context<'_>, view: &BlockView<'_>, words: &[Range<usize>], letter: char) -> Option<usize> {
    let last = words.last().filter(|w| w.len() == 1)?;
    let word = view.word(last.start);
    let plain = view.layer.tokens[last.start].kind == TokenKind::Word && word.chars().count() >= SINGLE;
    let begins = word.chars().flat_map(char::to_lowercase).next() == Some(letter);
    (plain && begins && !is_small(context.lexicon, view, last.start)).then_some(last.start)
}

/// Finds the letters from the right, each as far to the right as it goes, the first one at the beginning of a word or
/// of a part of one; and the first token of the word it stands in.
fn walk(context: &Context<'_>, view: &BlockView<'_>, words: &[Range<usize>], letters: &[char]) -> Option<usize> {
    let mut left = letters.len();
    let mut idle = 0;
    for word in words.iter().rev() {
        let text: Vec<char> = view.text[view.layer.bytes(word.clone())].chars().flat_map(char::to_lowercase).collect();
        let small = word.len() == 1 && is_small(context.lexicon, view, word.start);
        let had = left;
        for (at, &c) in text.iter().enumerate().rev() {
            if c != letters[left - 1] {
                continue;
            }
            let begins = at == 0 || !text[at - 1].is_alphanumeric();
            if left == 1 && (!begins || small) {
                continue;
            }
            left -= 1;
            if left == 0 {
                // "(−)-cyanopindolol": what is glued before the word belongs to it.
                return text.first().is_some_and(|c| c.is_alphanumeric()).then_some(word.start);
            }
        }
        if left == had && !small {
            idle += 1;
            if idle > IDLE {
                return None;
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::LOOSE;
    use crate::claim::acronym::tests::costs;

    /// The definitions that only the loose reading gives.
    fn definitions(text: &str) -> Vec<String> {
        costs(text).into_iter().filter(|(_, cost)| *cost == LOOSE).map(|(definition, _)| definition).collect()
    }

    #[test]
    fn reads_short_forms_with_signs_and_letters_inside_of_words() {
        for (text, expected) in [
            ("We measured the ambient light (A(l)) twice.", "A(l) = ambient light"),
            ("The wet/dry ratio (W/D) was low.", "W/D = wet/dry ratio"),
            ("They gave 1,3-bis(methoxy)toluene (BMT) twice.", "BMT = 1,3-bis(methoxy)toluene"),
            ("The dose of phosphorus (P) was low.", "P = phosphorus"),
            (
                "The forced expiratory volume in 1 second (FEV(1)) was low.",
                "FEV(1) = forced expiratory volume in 1 second",
            ),
        ] {
            assert_eq!(definitions(text), [expected], "{text}");
        }
    }

    #[test]
    fn ignores_remarks_values_and_other_asides() {
        for text in [
            "Half of the patients of the second group (Group 2) slept.",
            "The share of pupils was low everywhere (P<0.05).",
            "The plan of the port of Westhaven (see below) sank.",
            "It rose on the left side of the long street (left).",
            "Carla went to the theatre with many friends (CT).",
            "They asked the clerk, the treasurer, the board (CTB) too.",
            "The compound f(x) is benzo(b)anthracene.",
        ] {
            assert_eq!(definitions(text), [""; 0], "{text}");
        }
    }
}
