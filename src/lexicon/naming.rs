//! What names are made of, and how one name comes to be written in several ways.

use super::distance::Near;
use super::fold::{Fold, undivided};
use super::load::lower;
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

/// What the forms of a group have in common.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum GroupKind {
    /// Forms of one given name in several languages and romanisations.
    Given,
    /// A given name and its short forms.
    Short,
    /// A legal form of companies and its abbreviations.
    Legal,
    /// A word of the names of bodies and its abbreviations.
    Word,
    /// Romanisations of the name of one place; names that it was given anew are not among them.
    Place,
}

/// Groups of forms of one kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameGroupList {
    kind: GroupKind,
    /// One group each: its forms divided by semicolons, the one that stands for all first.
    forms: Vec<String>,
}

/// Letters of an alphabet in Latin ones.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameLetterList {
    /// What the alphabet is called.
    #[expect(dead_code, reason = "documentation for readers of the file, required to be there")]
    script: CompactString,
    /// A letter and the Latin letters for it; `=` for none.
    forms: Vec<String>,
}

/// How one sound is written in several ways.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameSoundList {
    /// Ways of writing one sound, `zh>j`; see [`Fold`].
    fold: Vec<String>,
    /// Groups of letters that stand for each other in careless writing, `dt`.
    near: Vec<String>,
}

/// The tables by which two writings of a name are compared.
#[derive(Clone, Debug, Default)]
pub struct Naming {
    /// Rewrites the ways of writing one sound.
    pub fold: Fold,
    /// How far apart two spellings are.
    pub near: Near,
    given: FxHashMap<CompactString, CompactString>,
    short: FxHashMap<CompactString, Vec<u32>>,
    groups: u32,
    /// First word → (all words, the full form), the longest first.
    legal: FxHashMap<CompactString, Vec<(Vec<CompactString>, CompactString)>>,
    words: FxHashMap<CompactString, CompactString>,
    places: FxHashMap<CompactString, CompactString>,
    letters: FxHashMap<char, CompactString>,
}

impl Naming {
    pub(super) fn add_groups(&mut self, list: &NameGroupList) {
        for entry in &list.forms {
            let forms: Vec<CompactString> =
                entry.split(';').map(|f| lower(f.trim())).filter(|f| !f.is_empty()).collect();
            let Some(first) = forms.first().cloned() else { continue };
            self.groups += 1;
            for form in forms {
                match list.kind {
                    GroupKind::Given => {
                        self.given.insert(form, first.clone());
                    }
                    GroupKind::Short => self.short.entry(form).or_default().push(self.groups),
                    GroupKind::Legal => {
                        let words: Vec<CompactString> = form.split(' ').map(Into::into).collect();
                        let same = self.legal.entry(words[0].clone()).or_default();
                        same.push((words, first.clone()));
                        same.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
                    }
                    GroupKind::Place => {
                        self.places.insert(form, first.clone());
                    }
                    GroupKind::Word => {
                        self.words.insert(form, first.clone());
                    }
                }
            }
        }
    }

    /// Fails when an entry has no second form.
    pub(super) fn add_letters(&mut self, list: &NameLetterList) -> Result<(), String> {
        for entry in &list.forms {
            let (letter, latin) = entry.split_once(' ').ok_or_else(|| format!("`{entry}`: no Latin letters"))?;
            let latin = if latin == "=" { "" } else { latin };
            self.letters.extend(letter.nfc().next().map(|c| (c, CompactString::from(latin))));
        }
        Ok(())
    }

    pub(super) fn add_sounds(&mut self, list: &NameSoundList) {
        self.fold = Fold::new(&list.fold);
        self.near = Near::new(&list.near);
    }

    /// The form of a given name that stands for its forms in other languages: `Oleksandr` → `aleksandr`. Takes lower
    /// case.
    #[must_use]
    pub fn given(&self, form: &str) -> Option<&str> {
        self.given.get(form).map(CompactString::as_str)
    }

    /// The form of the name of a place that stands for its other romanisations: `kiev` → `kyiv`. Takes lower case.
    #[must_use]
    pub fn place(&self, form: &str) -> Option<&str> {
        self.places.get(form).map(CompactString::as_str)
    }

    /// Whether one lower-case given name is short for the other, or both are short for one: `ben`, `benjamin`.
    #[must_use]
    pub fn is_short_for(&self, a: &str, b: &str) -> bool {
        let (Some(xs), Some(ys)) = (self.short.get(a), self.short.get(b)) else { return false };
        xs.iter().any(|x| ys.contains(x))
    }

    /// The legal form that begins at the first of some lower-case words without full stops, with its number of
    /// words: the longest, in full.
    #[must_use]
    pub fn legal_form(&self, words: &[CompactString]) -> Option<(usize, &str)> {
        let (form, full) = self.legal.get(words.first()?)?.iter().find(|(form, _)| words.starts_with(form))?;
        Some((form.len(), full))
    }

    /// The full form of an abbreviated word of a body's name, and of words that come to the same: `dept`, `&`.
    #[must_use]
    pub fn full_word<'w>(&'w self, word: &'w str) -> &'w str {
        self.words.get(word).map_or(word, CompactString::as_str)
    }

    /// The letters of a name in lower case and Latin letters, without accents and signs. A letter of which no
    /// romanisation is known stays what it is.
    #[must_use]
    pub fn romanised(&self, wording: &str) -> Vec<char> {
        let mut out = Vec::with_capacity(wording.len());
        for c in wording.nfc().flat_map(char::to_lowercase) {
            match self.letters.get(&c) {
                Some(latin) => out.extend(latin.chars()),
                None => self.push_plain(c, &mut out),
            }
        }
        out
    }

    fn push_plain(&self, c: char, out: &mut Vec<char>) {
        // Only alphabets have accents; a syllable of Hangul is one sign.
        if c >= '\u{2000}' {
            out.extend(Some(c).filter(|c| c.is_alphanumeric()));
            return;
        }
        for c in std::iter::once(c).nfd() {
            if let Some(latin) = undivided(c) {
                out.extend(latin.chars());
                continue;
            }
            match c {
                'ə' => out.push('a'),
                // A letter with an accent that has a romanisation without it: "ή".
                c => match self.letters.get(&c) {
                    Some(latin) => out.extend(latin.chars()),
                    None if c.is_alphanumeric() => out.push(c),
                    None => {}
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn reads_other_alphabets_in_latin_letters() {
        let naming = &Lexicon::english().naming;
        let latin = |text: &str| naming.romanised(text).into_iter().collect::<String>();
        assert_eq!(latin("Жуковский"), "zhukovskiy");
        assert_eq!(latin("Παπαδάκης"), "papadakis");
        assert_eq!(latin("ბერიძე"), "beridze");
        assert_eq!(latin("Ødegård-Łuk"), "odegardluk");
    }

    #[test]
    fn knows_short_forms_of_given_names() {
        let naming = &Lexicon::english().naming;
        assert!(naming.is_short_for("ben", "benjamin"));
        assert!(naming.is_short_for("bob", "rob"));
        assert!(!naming.is_short_for("ben", "robert"));
        assert_eq!(naming.given("oleksandr"), naming.given("aleksander"));
    }

    #[test]
    fn reads_the_longest_legal_form() {
        let naming = &Lexicon::english().naming;
        let form = |text: &str| {
            let words: Vec<_> = text.split(' ').map(Into::into).collect();
            naming.legal_form(&words).map(|(n, full)| (n, full.to_owned()))
        };
        assert_eq!(form("open joint stock company north"), Some((4, "open joint stock company".to_owned())));
        assert_eq!(form("ojsc north").map(|f| f.1), form("oao north").map(|f| f.1));
        assert_eq!(form("north"), None);
    }
}
