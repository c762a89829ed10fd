//! The words of names, descriptions and sentences, with one word for all of one meaning.

use super::Term;
use crate::annotate::{TokenKind, phrases_at};
use crate::claim::context::BlockView;
use crate::claim::frame::family;
use crate::claim::noun::lemma;
use crate::claim::setting::code;
use crate::lexicon::{Lexicon, Pos, lower, singular};
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// What the sets of words of one meaning begin with.
const MEANINGS: &str = "term.";

/// Words of a description that say what is described; those behind tell more of it.
const HEAD: usize = 12;

/// Most terms of one setting.
const TERMS: usize = 40;

/// Words that say nothing by themselves.
const CLOSED: Pos = Pos::CLOSED.and(Pos::NUMBER);

/// A word as a term.
#[derive(Clone)]
pub(in crate::claim::setting) struct Word {
    pub(in crate::claim::setting) key: CompactString,
    pub(in crate::claim::setting) plain: bool,
}

/// A bag of words in the making.
#[derive(Default)]
pub(in crate::claim::setting) struct Terms {
    list: Vec<Term>,
}

impl Terms {
    /// A bag with words in it.
    pub(in crate::claim::setting) fn of(list: Vec<Term>) -> Self {
        Self { list }
    }

    /// Adds the words of a name in code: `chunk_avg`.
    pub(in crate::claim::setting) fn name(&mut self, lexicon: &Lexicon, name: &str, weight: u8) {
        let variable = name.contains('_') && !name.contains(|c: char| c.is_ascii_lowercase());
        // A variable begins with the name of its program.
        for word in code::words(name).into_iter().skip(usize::from(variable)) {
            if word.len() > 1 && !word.bytes().all(|b| b.is_ascii_digit()) {
                self.add(of_word(lexicon, &word), weight);
            }
        }
    }

    /// Adds the words of a stretch of a block; those of its first words weigh as given, the rest less.
    pub(in crate::claim::setting) fn tokens(
        &mut self,
        view: &BlockView<'_>,
        lexicon: &Lexicon,
        range: Range<usize>,
        weight: u8,
    ) {
        for (n, (_, word)) in in_tokens(view, lexicon, range).into_iter().enumerate() {
            self.add(word, if n < HEAD { weight } else { weight.div_ceil(2) });
        }
    }

    /// Adds the words of a text that has no tokens of its own.
    pub(in crate::claim::setting) fn text(&mut self, lexicon: &Lexicon, text: &str, weight: u8) {
        let words = text.split(|c: char| !(c.is_alphabetic() || c == '\''));
        for (n, word) in words.filter(|w| w.len() > 2).enumerate() {
            let word = lower(word.trim_matches('\''));
            let closed = lexicon.words.find(&word).is_some_and(|id| lexicon.words.pos(id).any(CLOSED));
            if !closed {
                self.add(of_word(lexicon, &word), if n < HEAD { weight } else { weight.div_ceil(2) });
            }
        }
    }

    /// Adds the words of the names in a stretch of code: `pool.max_size = `.
    pub(in crate::claim::setting) fn code(&mut self, lexicon: &Lexicon, text: &str, weight: u8) {
        let names = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')));
        for word in names.flat_map(code::words) {
            let closed = lexicon.words.find(&word).is_some_and(|id| lexicon.words.pos(id).any(CLOSED));
            if word.len() > 1 && !closed && !word.bytes().any(|b| b.is_ascii_digit()) {
                self.add(of_word(lexicon, &word), weight);
            }
        }
    }

    pub(in crate::claim::setting) fn add(&mut self, word: Word, weight: u8) {
        if let Some(term) = self.list.iter_mut().find(|t| t.key == word.key) {
            term.weight = term.weight.max(weight);
        } else if self.list.len() < TERMS {
            self.list.push(Term { key: word.key, weight, plain: word.plain });
        }
    }

    /// Adds words with their weights.
    pub(in crate::claim::setting) fn extend(&mut self, words: &[(Word, u8)]) {
        for (word, weight) in words {
            self.add(word.clone(), *weight);
        }
    }

    pub(in crate::claim::setting) fn done(self) -> Vec<Term> {
        self.list
    }
}

/// The words of a range of tokens that say something, each with its token.
pub(in crate::claim::setting) fn in_tokens(
    view: &BlockView<'_>,
    lexicon: &Lexicon,
    range: Range<usize>,
) -> Vec<(usize, Word)> {
    let tokens = &view.layer.tokens;
    let mut out = Vec::new();
    let mut at = range.start;
    while at < range.end.min(tokens.len()) {
        let meant = phrases_at(lexicon, view.text, tokens, at)
            .filter_map(|(set, n)| Some((n, set.strip_prefix(MEANINGS)?)))
            .max_by_key(|(n, _)| *n);
        if let Some((n, meaning)) = meant {
            out.push((at, Word { key: format_compact!("={meaning}"), plain: false }));
            at += n;
            continue;
        }
        let token = &tokens[at];
        let word = view.word(at);
        let closed = token.word.is_some_and(|id| lexicon.words.pos(id).any(CLOSED));
        let named = word.contains(['_', '.']) && word.starts_with(|c: char| c.is_ascii_alphabetic());
        if named {
            let parts = code::words(word).into_iter().filter(|w| w.len() > 1);
            out.extend(parts.map(|part| (at, of_word(lexicon, &part))));
        } else if token.kind == TokenKind::Word && !closed && word.len() > 2 {
            let base = lemma(view, lexicon, at);
            let plain = is_plain(lexicon, &lower(word)) || is_plain(lexicon, &base);
            out.push((at, Word { key: word_family(lexicon, &base), plain }));
        }
        at += 1;
    }
    out
}

/// What stands for the word family of a base form, that of "simplify" for "simplification" too.
fn word_family(lexicon: &Lexicon, base: &str) -> CompactString {
    let family = family(lexicon, base);
    match family.strip_suffix("ific") {
        Some(stem) if stem.len() > 2 => format_compact!("{stem}if"),
        _ => family,
    }
}

/// The term of one word in lower case.
fn of_word(lexicon: &Lexicon, word: &str) -> Word {
    let known = lexicon.words.find(word);
    let meaning = known.and_then(|id| {
        let mut alone = lexicon.phrases(id).iter().filter(|p| p.rest.is_empty());
        alone.find_map(|p| lexicon.set_name(p).strip_prefix(MEANINGS))
    });
    if let Some(meaning) = meaning {
        return Word { key: format_compact!("={meaning}"), plain: false };
    }
    let base = match known.map(|id| lexicon.words.get(id).lemma.clone()) {
        Some(lemma) if !lemma.is_empty() => lemma,
        _ => singular(word),
    };
    let plain = is_plain(lexicon, word) || is_plain(lexicon, &base);
    Word { key: word_family(lexicon, &base), plain }
}

/// Platforms, environments and plans as terms, so that one that a description names is known.
pub(super) fn of_names(lexicon: &Lexicon, names: &[CompactString]) -> Vec<CompactString> {
    names.iter().map(|name| of_word(lexicon, name).key).collect()
}

/// Whether most settings have a word.
fn is_plain(lexicon: &Lexicon, word: &str) -> bool {
    let unit = || lexicon.units.get(word).is_some_and(|u| matches!(u.dimension.as_str(), "time" | "data"));
    lexicon.is_in("parameter-plain", word) || word.len() > 3 && unit()
}

/// Whether the name of a value, or a text about it, says that it is a bound.
pub(super) fn is_bound(lexicon: &Lexicon, text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| lexicon.is_in("parameter-bound", &lower(word)))
}

#[cfg(test)]
mod tests {
    use super::{Terms, is_bound};
    use crate::lexicon::Lexicon;

    fn keys(fill: impl Fn(&mut Terms, &Lexicon)) -> Vec<String> {
        let mut terms = Terms::default();
        fill(&mut terms, Lexicon::english());
        terms.done().into_iter().map(|t| t.key.to_string()).collect()
    }

    #[test]
    fn reads_names_and_texts_as_the_same_words() {
        let name = keys(|t, l| t.name(l, "chunk_avg", 3));
        let text = keys(|t, l| t.text(l, "the average of all chunks", 4));
        assert_eq!(name.len(), 2);
        assert!(name.iter().all(|word| text.contains(word)), "{name:?} {text:?}");
        assert_eq!(keys(|t, l| t.name(l, "APP_RETRIES", 3)), keys(|t, l| t.text(l, "tries", 4)));
    }

    #[test]
    fn reads_bounds_by_their_words() {
        assert!(is_bound(Lexicon::english(), "max clients") && is_bound(Lexicon::english(), "Largest attachment"));
        assert!(!is_bound(Lexicon::english(), "Number of workers"));
    }
}
