//! The content words of a stretch of text, by word family, for comparing what is said in other words.

use crate::claim::frame::family;
use crate::lexicon::{Lexicon, Pos, lower, singular};
use compact_str::CompactString;

/// Letters that two words of one family share at least at their beginning: `writable` and `written`.
const SHARED: usize = 4;

/// The content words of a text, each once, in order; numbers, code and function words are left out.
pub(super) fn content(lexicon: &Lexicon, text: &str) -> Vec<CompactString> {
    let mut out: Vec<CompactString> = Vec::new();
    for word in text.split(|c: char| !(c.is_alphabetic() || c == '\'')) {
        let word = lower(word.trim_matches('\''));
        if word.len() < 3 {
            continue;
        }
        let known = lexicon.words.find(&word);
        if known.is_some_and(|id| lexicon.words.pos(id).any(Pos::CLOSED.and(Pos::NUMBER))) {
            continue;
        }
        let base = match known.map(|id| lexicon.words.get(id).lemma.clone()) {
            Some(lemma) if !lemma.is_empty() => lemma,
            _ => singular(&word),
        };
        let word = family(lexicon, &base);
        if !out.contains(&word) {
            out.push(word);
        }
    }
    out
}

/// Whether two words are of one family as far as their letters tell.
pub(crate) fn are_alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let shared = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    shared >= SHARED && shared + 1 >= a.len().min(b.len())
}

/// How many words of a list have one like them in another.
pub(crate) fn shared(a: &[CompactString], b: &[CompactString]) -> usize {
    a.iter().filter(|x| b.iter().any(|y| are_alike(x, y))).count()
}

#[cfg(test)]
mod tests {
    use super::{are_alike, content};
    use crate::lexicon::Lexicon;

    #[test]
    fn reads_content_words_once() {
        let words = content(Lexicon::english(), "The folder could not be written to the folders");
        assert_eq!(words.len(), 2, "{words:?}");
    }

    #[test]
    fn reads_words_of_one_family_by_their_letters() {
        assert!(are_alike("write", "writable") && are_alike("worker", "work"));
        assert!(!are_alike("file", "filter") && !are_alike("configure", "connect"));
    }
}
