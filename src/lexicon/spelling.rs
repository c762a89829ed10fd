//! The spellings of two countries, and of names.

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

/// Where a spelling stands in a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Place {
    Word,
    End,
    Inside,
}

/// One list of a lexicon file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpellingList {
    at: Place,
    /// Each entry: British form and American form; `=` stands for a space inside of a form.
    forms: Vec<String>,
}

/// British spellings and the American ones that stand for them.
#[derive(Clone, Debug, Default)]
pub struct Spellings {
    words: FxHashMap<CompactString, CompactString>,
    ends: Vec<(CompactString, CompactString)>,
    inside: Vec<(CompactString, CompactString)>,
}

impl Spellings {
    /// Adds a list; gives back an entry that is no pair.
    pub(super) fn add(&mut self, list: &SpellingList) -> Result<(), String> {
        for entry in &list.forms {
            let (from, to) = entry.split_once(' ').ok_or_else(|| format!("`{entry}`: no second spelling"))?;
            let pair = (CompactString::from(from.replace('=', " ")), CompactString::from(to.replace('=', " ")));
            match list.at {
                Place::Word => {
                    self.words.insert(pair.0, pair.1);
                }
                Place::End => self.ends.push(pair),
                Place::Inside => self.inside.push(pair),
            }
        }
        // The longest end that fits is the right one: `-isation` before `-ation`.
        self.ends.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        Ok(())
    }

    /// The American spelling of a lower-case word, or of the words of a fixed phrase; the word itself when it has
    /// one spelling.
    #[must_use]
    pub fn american(&self, word: &str) -> CompactString {
        if let Some(american) = self.words.get(word) {
            return american.clone();
        }
        let mut out: Option<String> = None;
        for (from, to) in &self.ends {
            if let Some(stem) = word.strip_suffix(from.as_str()).filter(|s| !s.is_empty()) {
                out = Some(format!("{stem}{to}"));
                break;
            }
        }
        for (from, to) in &self.inside {
            let now = out.as_deref().unwrap_or(word);
            if now.contains(from.as_str()) {
                out = Some(now.replace(from.as_str(), to));
            }
        }
        out.map_or_else(|| word.into(), Into::into)
    }

    /// The American word for a British phrase of several words: `per cent`.
    #[must_use]
    pub fn phrase(&self, phrase: &str) -> Option<&CompactString> {
        self.words.get(phrase).filter(|_| phrase.contains(' '))
    }
}

/// The lower-case wording of a name or a part of one without genitive ending, letters and their accents composed (Unicode
/// normalisation form C): both ways of keeping "ý" are one spelling.
#[must_use]
pub fn name_form(wording: &str) -> CompactString {
    let mut out = CompactString::with_capacity(wording.len());
    let mut space = false;
    for c in wording.nfc() {
        match c {
            c if c.is_whitespace() => {
                space = true;
                continue;
            }
            '\u{2019}' | '\u{2bc}' => out.push('\''),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            c => {
                if space {
                    out.push(' ');
                }
                out.extend(c.to_lowercase());
            }
        }
        space = false;
    }
    for ending in ["'s", "'"] {
        if out.ends_with(ending) {
            out.truncate(out.len() - ending.len());
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::lexicon::{Lexicon, name_form};

    #[test]
    fn reads_the_spellings_of_two_countries_as_one() {
        let spellings = &Lexicon::english().spellings;
        for (british, american) in [
            ("organisation", "organization"),
            ("organisational", "organizational"),
            ("counselling", "counseling"),
            ("centre", "center"),
            ("sulphate", "sulfate"),
            ("labour", "labor"),
            ("analysed", "analyzed"),
            ("aluminium", "aluminum"),
            ("ageing", "aging"),
            ("neighbourhood", "neighborhood"),
        ] {
            assert_eq!(spellings.american(british), american);
            assert_eq!(spellings.american(american), american);
        }
        assert_eq!(spellings.phrase("per cent").map(|p| p.as_str()), Some("percent"));
    }

    #[test]
    fn keeps_words_that_only_look_alike() {
        let spellings = &Lexicon::english().spellings;
        for (a, b) in [("tour", "tor"), ("licence", "license"), ("storey", "story"), ("rise", "size")] {
            assert_ne!(spellings.american(a), spellings.american(b));
        }
    }

    #[test]
    fn reads_a_name_without_its_genitive() {
        assert_eq!(name_form("Hallberg\u{2019}s"), "hallberg");
        assert_eq!(name_form("Al\n  Hawl"), "al hawl");
        assert_eq!(name_form("Nova\u{301}k"), name_form("Nov\u{e1}k"));
    }
}
