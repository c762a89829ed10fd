//! The word table: lower-case form → parts of speech, lemma, classes.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

/// Parts of speech that a form can have, as a bit set. A form missing from the table is most likely a
/// noun, a name or a rare adjective.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Pos(pub u32);

impl Pos {
    /// the, a, this, every, our
    pub const DETERMINER: Self = Self(1);
    /// of, in, between
    pub const PREPOSITION: Self = Self(1 << 1);
    /// they, it, whom, others
    pub const PRONOUN: Self = Self(1 << 2);
    /// is, had, will, may
    pub const AUXILIARY: Self = Self(1 << 3);
    /// and, but, because
    pub const CONJUNCTION: Self = Self(1 << 4);
    /// A finite or non-finite verb form.
    pub const VERB: Self = Self(1 << 5);
    /// A past participle or past tense.
    pub const PAST: Self = Self(1 << 6);
    /// A form in -ing.
    pub const GERUND: Self = Self(1 << 7);
    /// A noun.
    pub const NOUN: Self = Self(1 << 8);
    /// An adjective.
    pub const ADJECTIVE: Self = Self(1 << 9);
    /// An adverb.
    pub const ADVERB: Self = Self(1 << 10);
    /// A number word.
    pub const NUMBER: Self = Self(1 << 11);
    /// A noun for people.
    pub const PEOPLE: Self = Self(1 << 12);
    /// A month name.
    pub const MONTH: Self = Self(1 << 13);
    /// A weekday name.
    pub const WEEKDAY: Self = Self(1 << 14);
    /// Not, never, no.
    pub const NEGATION: Self = Self(1 << 15);
    /// A nationality or inhabitant: Kazakh, Kazakhs.
    pub const DEMONYM: Self = Self(1 << 16);
    /// A relative word: who, whom, which, that.
    pub const RELATIVE: Self = Self(1 << 17);
    /// The first word of a period or holiday of the calendar: "early", "Christmas", "fiscal".
    pub const CALENDAR: Self = Self(1 << 18);

    /// Function words: no noun can be one of them.
    pub const CLOSED: Self = Self::DETERMINER
        .and(Self::PREPOSITION)
        .and(Self::PRONOUN)
        .and(Self::AUXILIARY)
        .and(Self::CONJUNCTION)
        .and(Self::NEGATION)
        .and(Self::RELATIVE);

    /// Whether any of the given parts of speech is possible.
    #[must_use]
    pub fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// Both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Index into [`Words`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct WordId(pub u32);

/// What the lexicon knows of one form.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// Possible parts of speech.
    pub pos: Pos,
    /// The base form: `repatriate` for `repatriated`, `child` for `children`. Empty: the form itself.
    pub lemma: CompactString,
    /// Synonym class, empty when none: nouns and verbs of one class may be about the same thing.
    pub class: CompactString,
}

/// The word table.
#[derive(Clone, Debug, Default)]
pub struct Words {
    ids: FxHashMap<CompactString, WordId>,
    entries: Vec<Word>,
    /// The parts of speech of the entries once more: asked for every token, they lie close together.
    pos: Vec<Pos>,
}

impl Words {
    /// The entry for a lower-case form.
    #[must_use]
    pub fn find(&self, lower: &str) -> Option<WordId> {
        self.ids.get(lower).copied()
    }

    /// The entry with this id, which must come from this table.
    #[must_use]
    pub fn get(&self, id: WordId) -> &Word {
        &self.entries[id.0 as usize]
    }

    /// All forms with their ids, in no order.
    pub(super) fn forms(&self) -> impl Iterator<Item = (&str, WordId)> {
        self.ids.iter().map(|(form, id)| (form.as_str(), *id))
    }

    /// The possible parts of speech of the entry with this id, which must come from this table.
    #[inline]
    #[must_use]
    pub fn pos(&self, id: WordId) -> Pos {
        self.pos[id.0 as usize]
    }

    /// Adds a form, or parts of speech, lemma and class to one that is there. A lemma or class that is
    /// there already is kept.
    pub fn add(&mut self, lower: &str, pos: Pos, lemma: &str, class: &str) {
        let id = *self.ids.entry(CompactString::from(lower)).or_insert_with(|| {
            self.entries.push(Word::default());
            self.pos.push(Pos::default());
            WordId(self.entries.len() as u32 - 1)
        });
        let word = &mut self.entries[id.0 as usize];
        word.pos = word.pos.and(pos);
        self.pos[id.0 as usize] = word.pos;
        if word.lemma.is_empty() && !lemma.is_empty() {
            word.lemma = lemma.into();
        }
        if word.class.is_empty() && !class.is_empty() {
            word.class = class.into();
        }
    }

    /// How many forms there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the table is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// What begins with a word, for every word: mostly nothing, which is found out at one glance.
#[derive(Clone, Debug)]
pub(super) struct ByWord<T> {
    /// For each entry an index into `lists` plus one, 0 for none.
    of: Vec<u32>,
    lists: Vec<Vec<T>>,
}

impl<T> Default for ByWord<T> {
    fn default() -> Self {
        Self { of: Vec::new(), lists: Vec::new() }
    }
}

impl<T> ByWord<T> {
    #[inline]
    pub(super) fn get(&self, word: WordId) -> &[T] {
        match self.of.get(word.0 as usize) {
            None | Some(0) => &[],
            Some(&list) => &self.lists[list as usize - 1],
        }
    }

    pub(super) fn push(&mut self, word: WordId, item: T) {
        let at = word.0 as usize;
        if self.of.len() <= at {
            self.of.resize(at + 1, 0);
        }
        if self.of[at] == 0 {
            self.lists.push(Vec::new());
            self.of[at] = self.lists.len() as u32;
        }
        self.lists[self.of[at] as usize - 1].push(item);
    }
}

/// The singular of a lower-case English noun by its ending; irregular plurals are in the word table.
///
/// `phases` → `phase`, `countries` → `country`, `analysis` stays.
#[must_use]
pub fn singular(lower: &str) -> CompactString {
    let stem = |n: usize, end: &str| {
        let mut s = CompactString::from(&lower[..lower.len() - n]);
        s.push_str(end);
        s
    };
    if lower.len() < 4 || !lower.is_ascii() || !lower.ends_with('s') {
        return lower.into();
    }
    if lower.ends_with("ss") || lower.ends_with("us") || lower.ends_with("is") || lower.ends_with("ics") {
        return lower.into();
    }
    if lower.ends_with("ies") && lower.len() > 4 {
        return stem(3, "y");
    }
    for end in ["sses", "shes", "ches", "xes", "zzes"] {
        if lower.ends_with(end) {
            return stem(2, "");
        }
    }
    stem(1, "")
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn reads_singulars() {
        for (plural, expected) in
            [("phases", "phase"), ("countries", "country"), ("boxes", "box"), ("analysis", "analysis"), ("news", "new")]
        {
            assert_eq!(singular(plural), expected);
        }
    }
}
