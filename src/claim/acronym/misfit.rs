//! Names before an acronym in brackets whose letters do not lie on them: "National Office for Disaster Response
//! (NDMO)". By themselves they say nothing; beside another long form of the acronym one of the two is wrong.

use super::loose::LOOSE;
use super::{claim, is_small, long_end, pieces, short_form};
use crate::annotate::{Case, TokenKind, is_phrase};
use crate::claim::{BlockView, Claim, Context, Definition, Value};
use crate::document::BlockKind;

/// What it is said to cost to lay the letters of an acronym on words that do not have them.
pub const MISFIT: u32 = 100;

/// What a name is marked with whose first letters are nearly those of the acronym.
pub const NEARLY: &str = "nearly";

/// Fewest letters of the acronym.
const LETTERS: usize = 3;

/// Fewest and most words with a capital of the name.
const WORDS: std::ops::RangeInclusive<usize> = 2..=8;

/// Reads the name before the bracket that opens at a token.
pub(super) fn read(context: &Context<'_>, view: &BlockView<'_>, open: usize) -> Option<Claim> {
    let at = open + 1;
    let short = short_form(view.word(at)).filter(|s| s.chars().filter(|c| c.is_uppercase()).count() >= LETTERS)?;
    // Where every word has a capital, a capital makes no name.
    if view.word(at + 1) != ")" || matches!(view.block.kind, BlockKind::Heading(_)) {
        return None;
    }
    let end = long_end(context, view, open);
    let sentence = view.layer.sentence_of(open);
    let capital = |t: usize| {
        let token = &view.layer.tokens[t];
        token.kind == TokenKind::Word && token.case != Case::Lower
    };
    let mut start = end;
    let mut first = None;
    while start > sentence.start && (capital(start - 1) || is_small(context.lexicon, view, start - 1)) {
        start -= 1;
        // "The" at the beginning of a sentence has a capital too.
        if capital(start) && !is_small(context.lexicon, view, start) {
            first = Some(start);
        }
    }
    let first = first.filter(|_| end > 0 && capital(end - 1))?;
    let words = pieces(context, view, first..end).iter().filter(|p| !p.small && !p.later).count();
    // "the Cluster Name (FQDN)": with far fewer words than letters it is what the thing is called here.
    let letters = short.chars().filter(|c| c.is_uppercase()).count();
    (WORDS.contains(&words) && words + 1 >= letters)
        .then(|| claim(context, view, &short, at, first..end, first..at + 2, MISFIT))
        .flatten()
}

/// Marks a definition whose name has nearly the letters of the acronym as its first letters, unless everybody knows
/// the acronym.
pub(super) fn mark(context: &Context<'_>, definition: &mut Claim) {
    let Value::Definition(Definition { short, long, cost, .. }) = &definition.value else { return };
    let capitals = long.text.split([' ', '\n', '\u{a0}']).filter(|word| word.starts_with(char::is_uppercase));
    let initials: Vec<char> = capitals.filter_map(|word| word.chars().next()).collect();
    let letters: Vec<char> = short.chars().collect();
    let nearly = *cost > 0 && *cost != LOOSE && letters.len() >= LETTERS && is_nearly(&letters, &initials);
    if nearly && !is_phrase(context.lexicon, "acronym.known", short) {
        definition.scope.cues.push(NEARLY.into());
    }
}

/// Whether an acronym has the first letters of the words but for one, or two neighbours of them exchanged.
fn is_nearly(short: &[char], initials: &[char]) -> bool {
    let off: Vec<usize> = (0..short.len().min(initials.len())).filter(|&i| short[i] != initials[i]).collect();
    short.len() == initials.len()
        && match off[..] {
            // "A2LA" has a number for a letter that is there twice, "DIUx" the sound of a word.
            [one] => one > 0 && short[one].is_uppercase(),
            [i, j] => j == i + 1 && short[i] == initials[j] && short[j] == initials[i],
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::is_nearly;

    #[test]
    fn reads_letters_that_nearly_fit() {
        let nearly = |a: &str, b: &str| is_nearly(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert!(nearly("WHP", "WHS") && nearly("MMGO", "MMOG"));
        assert!(!nearly("A2LA", "AALA") && !nearly("DIUx", "DIUE"));
        assert!(!nearly("DFG", "GRF") && !nearly("MSF", "DWB") && !nearly("WHS", "WHS"));
        // Written in the order of another language, and known to everybody.
        assert!(nearly("ISO", "IOS"));
    }
}
