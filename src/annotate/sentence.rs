//! Where sentences end.

use super::token::{Case, Token, TokenKind};
use crate::lexicon::Lexicon;
use std::ops::Range;

/// Splits a block's tokens into sentences.
///
/// A full stop ends a sentence unless it closes an abbreviation or an initial, or a small letter follows.
pub(super) fn sentences(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < tokens.len() {
        if ends_sentence(text, tokens, i, lexicon) {
            let mut end = i + 1;
            // Closing quotes and brackets belong to the sentence they close.
            while end < tokens.len()
                && tokens[end].start == tokens[end - 1].end
                && matches!(tokens[end].text(text), "\"" | "”" | "’" | "'" | ")" | "]" | "»")
            {
                end += 1;
            }
            out.push(start..end);
            start = end;
            i = end;
        } else {
            i += 1;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

fn ends_sentence(text: &str, tokens: &[Token], i: usize, lexicon: &Lexicon) -> bool {
    let token = &tokens[i];
    if token.kind != TokenKind::Sign {
        return false;
    }
    match token.text(text) {
        "!" | "?" | "…" => next_begins(text, tokens, i),
        "." => {
            if !next_begins(text, tokens, i) {
                return false;
            }
            let Some(before) = i.checked_sub(1).map(|b| &tokens[b]) else { return false };
            if before.end != token.start {
                return true;
            }
            let word = before.text(text);
            if before.kind == TokenKind::Word {
                let single = word.chars().count() == 1 && before.case == Case::Capital;
                return !single && !lexicon.is_abbreviation(word);
            }
            true
        }
        _ => false,
    }
}

/// Whether what follows can begin a sentence: white space, then no small letter.
fn next_begins(text: &str, tokens: &[Token], i: usize) -> bool {
    let mut n = i + 1;
    while n < tokens.len()
        && tokens[n].start == tokens[n - 1].end
        && matches!(tokens[n].text(text), "\"" | "”" | "’" | "'" | ")" | "]" | "»")
    {
        n += 1;
    }
    match tokens.get(n) {
        None => true,
        Some(t) if t.start == tokens[n - 1].end => false,
        Some(t) => t.case != Case::Lower,
    }
}
