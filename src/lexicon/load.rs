//! Reads lexicon files and builds the tables.

use super::instrument::{Instrument, InstrumentForm};
use super::kinship::{AttributeList, GroupList, Kinship};
use super::measure::{CurrencyList, UnitEntry, UnitList, number};
use super::naming::{NameGroupList, NameLetterList, NameSoundList, Naming};
use super::office::{OfficeList, Offices};
use super::pattern::{PatternFamily, PatternRelation, Patterns};
use super::spelling::{SpellingList, Spellings};
use super::words::{ByWord, Pos, WordId, Words};
use super::zone::{Zone, Zones};
use compact_str::CompactString;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// The English lexicon files: (language, file stem, TOML).
pub const BUILTIN: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/lexicons.rs"));

/// All word lists of one language.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Forms with parts of speech, lemma and class.
    pub words: Words,
    /// Units by their exact form (case matters: `Mb`, `MB`), see [`UnitEntry`].
    pub units: FxHashMap<CompactString, UnitEntry>,
    /// A second worth in base units that some give a unit, by its symbol: the imperial gallon, 1024 × 1024 for MB.
    pub also: FxHashMap<CompactString, Decimal>,
    /// Number words: lower-case form → value.
    pub numbers: FxHashMap<CompactString, NumberWord>,
    /// Multipliers in tables that are no number words: lower-case form → value.
    pub scales: FxHashMap<CompactString, Decimal>,
    /// Countries and what their people and things are called.
    pub demonyms: Vec<Demonym>,
    /// Families of numbered instruments.
    pub instruments: Vec<Instrument>,
    /// Offices that people hold.
    pub offices: Offices,
    /// Time zones.
    pub zones: Zones,
    /// Spellings of two countries.
    pub spellings: Spellings,
    /// How one name is written in several ways.
    pub naming: Naming,
    pub(super) unit_heads: FxHashMap<CompactString, u8>,
    pub(super) instrument_forms: ByWord<InstrumentForm>,
    phrases: ByWord<Phrase>,
    patterns: [Patterns; 4],
    sets: Vec<CompactString>,
    abbreviations: FxHashSet<CompactString>,
    demonym_forms: FxHashMap<CompactString, u32>,
    name_words: FxHashMap<CompactString, NameRoles>,
    kinship: Kinship,
}

/// What a word can be inside or beside a name, as a bit set.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct NameRoles(pub u8);

impl NameRoles {
    /// President, Dr, Deputy, Minister: stands before the name of a person.
    pub const TITLE: Self = Self(1);
    /// de, von, bin: a small word inside a name.
    pub const PARTICLE: Self = Self(1 << 1);
    /// al, el: an Arabic article, written with or without a hyphen.
    pub const ARTICLE: Self = Self(1 << 2);
    /// Lake, Junction, Street: names a sort of place.
    pub const PLACE: Self = Self(1 << 3);
    /// Institute, Ministry, Council: names a sort of organisation.
    pub const ORGANISATION: Self = Self(1 << 4);
    /// Operation, Project, Exhibition: names a sort of undertaking or work.
    pub const UNDERTAKING: Self = Self(1 << 5);
    /// A common given name.
    pub const GIVEN: Self = Self(1 << 6);

    /// Whether any of the given roles is possible.
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

/// What a number word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberRole {
    /// zero to nineteen
    Unit,
    /// twenty, thirty
    Ten,
    /// hundred
    Hundred,
    /// thousand, million, billion
    Scale,
    /// dozen: counts like a noun
    Group,
    /// tens: many, only in "tens of"
    Many,
    /// first, third, twentieth: last word of an ordinal
    Ordinal,
    /// half, quarter, thirds, fifths; the value is the denominator
    Fraction,
    /// A month name; the value is 1 to 12
    Month,
    /// A weekday name; the value is 1 (Monday) to 7
    Weekday,
}

impl NumberRole {
    /// Whether the word is a number or an ordinal by itself: `three`, `third`.
    #[must_use]
    pub fn counts_or_ranks(self) -> bool {
        matches!(self, Self::Unit | Self::Ten | Self::Ordinal)
    }
}

/// One number word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberWord {
    /// How it combines.
    pub role: NumberRole,
    /// Its value; the denominator for a fraction.
    pub value: Decimal,
}

/// A country, region or city and what its people and things are called.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demonym {
    /// `Kazakhstan`
    pub place: CompactString,
    /// `Kazakh`, `Kazakhstani`
    #[serde(default)]
    pub adjectives: Vec<CompactString>,
    /// `Kazakhs`
    #[serde(default)]
    pub people: Vec<CompactString>,
    /// Other names of the place: `UK`, `Great Britain`.
    #[serde(default)]
    pub aliases: Vec<CompactString>,
}

/// A cue phrase.
#[derive(Clone, Debug)]
pub struct Phrase {
    set: u16,
    /// The bit of its set, see [`cue_bit`].
    pub bit: u32,
    /// The words after the first, lower case.
    pub rest: Vec<CompactString>,
}

/// A lexicon file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {message}")]
pub struct LexiconError {
    /// Which file.
    pub file: String,
    /// What is wrong and where in it.
    pub message: String,
}

/// One lexicon file; every section may be absent. The word lists are strings of white-space separated
/// forms, the base form first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// What the lists are for and where they come from.
    #[expect(dead_code, reason = "documentation for readers of the file, required to be there")]
    about: String,
    #[serde(default)]
    words: Vec<WordList>,
    #[serde(default)]
    verbs: Vec<VerbList>,
    #[serde(default)]
    phrases: Vec<PhraseList>,
    #[serde(default)]
    patterns: Vec<PatternList>,
    #[serde(default)]
    units: Vec<UnitList>,
    #[serde(default)]
    currencies: Vec<CurrencyList>,
    #[serde(default)]
    numbers: Vec<NumberList>,
    #[serde(default)]
    scales: Vec<ScaleList>,
    #[serde(default)]
    demonyms: Vec<Demonym>,
    #[serde(default)]
    instruments: Vec<Instrument>,
    #[serde(default)]
    abbreviations: Vec<String>,
    #[serde(default)]
    name_words: Vec<NameWordList>,
    #[serde(default)]
    offices: Vec<OfficeList>,
    #[serde(default)]
    zones: Vec<Zone>,
    #[serde(default)]
    families: Vec<GroupList>,
    #[serde(default)]
    contrasts: Vec<GroupList>,
    #[serde(default)]
    attributes: Vec<AttributeList>,
    #[serde(default)]
    spellings: Vec<SpellingList>,
    #[serde(default)]
    name_groups: Vec<NameGroupList>,
    #[serde(default)]
    name_letters: Vec<NameLetterList>,
    #[serde(default)]
    name_sounds: Vec<NameSoundList>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameWordList {
    role: NameRoleName,
    /// Forms separated by white space, in any number of strings.
    forms: Vec<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum NameRoleName {
    Title,
    Particle,
    Article,
    Place,
    Organisation,
    Undertaking,
    Given,
}

impl NameRoleName {
    fn bit(self) -> NameRoles {
        match self {
            Self::Title => NameRoles::TITLE,
            Self::Particle => NameRoles::PARTICLE,
            Self::Article => NameRoles::ARTICLE,
            Self::Place => NameRoles::PLACE,
            Self::Organisation => NameRoles::ORGANISATION,
            Self::Undertaking => NameRoles::UNDERTAKING,
            Self::Given => NameRoles::GIVEN,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordList {
    pos: Vec<PosName>,
    #[serde(default)]
    class: CompactString,
    /// Each entry: base form, then its other forms. A noun with one form gets its plural by rule.
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbList {
    #[serde(default)]
    class: CompactString,
    /// Each entry: the base form of a regular verb, or base, -s form, past, participle, -ing form.
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseList {
    set: CompactString,
    /// Phrases as they are written, in lower case.
    #[serde(default)]
    list: Vec<String>,
    /// Verbs, of which every form is a phrase: one form when regular, or five (base, -s, past, participle, -ing).
    #[serde(default)]
    verbs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternList {
    relation: PatternRelation,
    /// Patterns, see [`Patterns`].
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleList {
    /// `form value` pairs.
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberList {
    role: NumberRole,
    /// `form value` pairs.
    forms: Vec<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PosName {
    Determiner,
    Preposition,
    Pronoun,
    Auxiliary,
    Conjunction,
    Verb,
    Past,
    Gerund,
    Noun,
    Adjective,
    Adverb,
    Number,
    People,
    Month,
    Weekday,
    Negation,
    Demonym,
    Relative,
}

impl PosName {
    fn bit(self) -> Pos {
        match self {
            Self::Determiner => Pos::DETERMINER,
            Self::Preposition => Pos::PREPOSITION,
            Self::Pronoun => Pos::PRONOUN,
            Self::Auxiliary => Pos::AUXILIARY,
            Self::Conjunction => Pos::CONJUNCTION,
            Self::Verb => Pos::VERB,
            Self::Past => Pos::PAST,
            Self::Gerund => Pos::GERUND,
            Self::Noun => Pos::NOUN,
            Self::Adjective => Pos::ADJECTIVE,
            Self::Adverb => Pos::ADVERB,
            Self::Number => Pos::NUMBER,
            Self::People => Pos::PEOPLE,
            Self::Month => Pos::MONTH,
            Self::Weekday => Pos::WEEKDAY,
            Self::Negation => Pos::NEGATION,
            Self::Demonym => Pos::DEMONYM,
            Self::Relative => Pos::RELATIVE,
        }
    }
}

impl Lexicon {
    /// The built-in English lexicon, built once.
    ///
    /// # Panics
    ///
    /// When a built-in file is broken, which a test rules out.
    #[must_use]
    pub fn english() -> &'static Self {
        static ENGLISH: std::sync::OnceLock<Lexicon> = std::sync::OnceLock::new();
        ENGLISH.get_or_init(|| {
            let mut lexicon = Self::default();
            for (_, stem, toml) in BUILTIN {
                if let Err(e) = lexicon.load(&format!("rules/lexicons/en/{stem}.toml"), toml) {
                    panic!("built-in lexicons are tested: {e}");
                }
            }
            lexicon
        })
    }

    /// Adds the lists of one file.
    ///
    /// # Errors
    ///
    /// When the TOML is broken, a key is unknown or a number cannot be read.
    pub fn load(&mut self, file: &str, toml: &str) -> Result<(), LexiconError> {
        let error = |message: String| LexiconError { file: file.to_owned(), message };
        let lists: File = toml::from_str(toml).map_err(|e| error(e.to_string()))?;
        for list in lists.words {
            let pos = list.pos.iter().fold(Pos::default(), |p, n| p.and(n.bit()));
            for entry in &list.forms {
                let mut forms = entry.split_whitespace().map(lower);
                let Some(base) = forms.next() else { continue };
                self.words.add(&base, pos, "", &list.class);
                let mut n_forms = 0;
                for form in forms {
                    n_forms += 1;
                    self.words.add(&form, pos, &base, &list.class);
                }
                if n_forms == 0 && pos.any(Pos::NOUN) {
                    self.words.add(&plural(&base), pos, &base, &list.class);
                }
            }
        }
        for list in lists.verbs {
            for entry in &list.forms {
                let forms: Vec<CompactString> = entry.split_whitespace().map(lower).collect();
                let [base, s, past, participle, ing] = inflect(&forms).ok_or_else(|| {
                    error(format!("`{entry}`: a verb has one form, or five (base, -s, past, participle, -ing)"))
                })?;
                self.words.add(&base, Pos::VERB, "", &list.class);
                self.words.add(&s, Pos::VERB, &base, &list.class);
                self.words.add(&past, Pos::VERB.and(Pos::PAST), &base, &list.class);
                self.words.add(&participle, Pos::VERB.and(Pos::PAST), &base, &list.class);
                self.words.add(&ing, Pos::VERB.and(Pos::GERUND), &base, &list.class);
            }
        }
        for list in lists.phrases {
            let set = self.set_index(&list.set);
            for phrase in &list.list {
                self.add_phrase(set, phrase);
            }
            for entry in &list.verbs {
                let forms: Vec<CompactString> = entry.split_whitespace().map(lower).collect();
                let forms = inflect(&forms).ok_or_else(|| error(format!("`{entry}`: a verb has one form, or five")))?;
                for (i, form) in forms.iter().enumerate() {
                    // Past and participle are mostly one form.
                    if !forms[..i].contains(form) {
                        self.add_phrase(set, form);
                    }
                }
            }
        }
        for list in lists.patterns {
            for form in &list.forms {
                let patterns = &mut self.patterns[list.relation.family() as usize];
                patterns.add(list.relation, form, &mut self.words).map_err(error)?;
            }
        }
        for list in &lists.currencies {
            self.add_currencies(list).map_err(error)?;
        }
        for list in &lists.units {
            self.add_units(list).map_err(error)?;
        }
        for list in lists.numbers {
            for entry in &list.forms {
                let (form, value) = entry.split_once(' ').ok_or_else(|| error(format!("`{entry}`: no value")))?;
                let value = number(value).map_err(|e| error(format!("`{entry}`: {e}")))?;
                let pos = match list.role {
                    NumberRole::Month => Pos::MONTH,
                    NumberRole::Weekday => Pos::WEEKDAY,
                    _ => Pos::NUMBER,
                };
                self.words.add(form, pos, "", "");
                self.numbers.insert(form.into(), NumberWord { role: list.role, value });
            }
        }
        for entry in lists.scales.iter().flat_map(|list| &list.forms) {
            let (form, value) = entry.split_once(' ').ok_or_else(|| error(format!("`{entry}`: no value")))?;
            let value = number(value).map_err(|e| error(format!("`{entry}`: {e}")))?;
            self.scales.insert(form.into(), value);
        }
        for demonym in lists.demonyms {
            let at = self.demonyms.len() as u32;
            for form in demonym
                .adjectives
                .iter()
                .chain(&demonym.people)
                .chain(&demonym.aliases)
                .chain(std::iter::once(&demonym.place))
            {
                self.demonym_forms.insert(form.to_lowercase(), at);
            }
            for form in &demonym.adjectives {
                self.words.add(&form.to_lowercase(), Pos::DEMONYM.and(Pos::ADJECTIVE), "", "");
            }
            for form in &demonym.people {
                self.words.add(&form.to_lowercase(), Pos::DEMONYM.and(Pos::NOUN).and(Pos::PEOPLE), "", "");
            }
            self.demonyms.push(demonym);
        }
        for list in lists.name_words {
            for form in list.forms.iter().flat_map(|f| f.split_whitespace()) {
                let roles = self.name_words.entry(lower(form)).or_default();
                *roles = roles.and(list.role.bit());
            }
        }
        for list in &lists.offices {
            self.offices.add(list);
        }
        for zone in &lists.zones {
            self.zones.add(zone);
        }
        lists.families.iter().for_each(|list| self.kinship.add_families(list));
        lists.contrasts.iter().for_each(|list| self.kinship.add_contrasts(list));
        for list in lists.attributes {
            self.kinship.add_attribute(list).map_err(error)?;
        }
        for list in &lists.spellings {
            self.spellings.add(list).map_err(error)?;
        }
        lists.name_groups.iter().for_each(|list| self.naming.add_groups(list));
        for list in &lists.name_letters {
            self.naming.add_letters(list).map_err(error)?;
        }
        lists.name_sounds.iter().for_each(|list| self.naming.add_sounds(list));
        for instrument in lists.instruments {
            self.add_instrument(instrument);
        }
        self.abbreviations.extend(lists.abbreviations.iter().map(|a| lower(a)));
        Ok(())
    }

    /// The value of a multiplier as it is written in a table: `million`, `k`, `'000`.
    #[must_use]
    pub fn scale(&self, word: &str) -> Option<Decimal> {
        let form = lower(word);
        let named = self.numbers.get(&form).filter(|n| n.role == NumberRole::Scale).map(|n| n.value);
        named.or_else(|| self.scales.get(&form).copied())
    }

    /// Whether a word followed by a full stop is an abbreviation: `Mr`, `No`, `approx`.
    #[must_use]
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(&lower(word))
    }

    /// What a lower-case word can be inside or beside a name.
    #[must_use]
    pub fn name_roles(&self, lower: &str) -> NameRoles {
        self.name_words.get(lower).copied().unwrap_or_default()
    }

    /// The word that stands for the family of a base form: `staff` → `employ`; the form itself when it has none.
    #[must_use]
    pub fn family<'w>(&'w self, base: &'w str) -> &'w str {
        self.kinship.family(base)
    }

    /// The groups of words that exclude each other which a base form belongs to: `first` and `second`.
    #[must_use]
    pub fn contrasts(&self, base: &str) -> &[u16] {
        self.kinship.contrasts(base)
    }

    /// What a base form says of the thing that is measured, as a mask: what it costs, how long it takes.
    #[must_use]
    pub fn attributes(&self, base: &str) -> u32 {
        self.kinship.attributes(base)
    }

    /// The attributes of which one excludes the other, as a mask.
    #[must_use]
    pub fn exclusive_attributes(&self) -> u32 {
        self.kinship.exclusive_attributes()
    }

    /// The attributes that numbers of a dimension can state, as a mask.
    #[must_use]
    pub fn attributes_of(&self, dimension: &str) -> u32 {
        self.kinship.attributes_of(dimension)
    }

    /// Whether a phrase set has this single lower-case word.
    #[must_use]
    pub fn is_in(&self, set: &str, word: &str) -> bool {
        let Some(id) = self.words.find(word) else { return false };
        self.phrases(id).iter().any(|p| p.rest.is_empty() && self.set_name(p) == set)
    }

    /// The place that a name, adjective or people's name belongs to: `Kazakhs` → `Kazakhstan`.
    #[must_use]
    pub fn place(&self, form: &str) -> Option<&Demonym> {
        self.demonym_forms.get(&lower(form)).map(|&i| &self.demonyms[i as usize])
    }

    /// The greatest number of pieces of a unit whose first piece this is; `None` when no unit begins so.
    #[must_use]
    pub fn unit_pieces(&self, first: &str) -> Option<usize> {
        self.unit_heads.get(first).map(|&n| usize::from(n))
    }

    /// The phrases that begin with the form of this entry.
    #[must_use]
    pub fn phrases(&self, first: WordId) -> &[Phrase] {
        self.phrases.get(first)
    }

    /// The sentence patterns of one extractor.
    #[must_use]
    pub fn patterns(&self, family: PatternFamily) -> &Patterns {
        &self.patterns[family as usize]
    }

    /// The name of a phrase set.
    #[must_use]
    pub fn set_name(&self, phrase: &Phrase) -> &str {
        &self.sets[phrase.set as usize]
    }

    /// The names of all phrase sets, in order of loading.
    #[must_use]
    pub fn sets(&self) -> &[CompactString] {
        &self.sets
    }

    /// The phrases of a set, lower case, the longest first.
    #[must_use]
    pub fn phrases_of(&self, set: &str) -> Vec<String> {
        let mut phrases: Vec<String> = Vec::new();
        for (form, id) in self.words.forms() {
            for phrase in self.phrases(id).iter().filter(|phrase| self.set_name(phrase) == set) {
                let words: Vec<&str> = std::iter::once(form).chain(phrase.rest.iter().map(|w| w.as_str())).collect();
                phrases.push(words.join(" "));
            }
        }
        phrases.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        phrases
    }

    fn add_phrase(&mut self, set: u16, phrase: &str) {
        let mut words = phrase.split_whitespace().map(lower);
        let Some(first) = words.next() else { return };
        let name = &self.sets[usize::from(set)];
        let bit = cue_bit(name);
        let calendar = name.starts_with("date.") || name.starts_with("holiday.");
        self.words.add(&first, if calendar { Pos::CALENDAR } else { Pos::default() }, "", "");
        if let Some(id) = self.words.find(&first) {
            self.phrases.push(id, Phrase { set, bit, rest: words.collect() });
        }
    }

    fn set_index(&mut self, set: &str) -> u16 {
        match self.sets.iter().position(|s| s == set) {
            Some(i) => i as u16,
            None => {
                self.sets.push(set.into());
                self.sets.len() as u16 - 1
            }
        }
    }
}

/// One of 32 bits for the name of a phrase set: what tokens note of the phrases that begin at them. Several sets share
/// a bit, so that it can only rule a set out.
#[must_use]
pub fn cue_bit(set: &str) -> u32 {
    // FNV-1a, folded.
    let hash = set.bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    1 << ((hash ^ hash >> 15) & 31)
}

/// Lower case with straight apostrophes and plain hyphens: the form that the word table is keyed by.
#[must_use]
pub fn lower(word: &str) -> CompactString {
    if word.is_ascii() {
        let mut form = CompactString::from(word);
        form.make_ascii_lowercase();
        return form;
    }
    word.chars()
        .flat_map(|c| match c {
            '\u{2019}' => '\''.to_lowercase(),
            '\u{2010}' | '\u{2011}' => '-'.to_lowercase(),
            c => c.to_lowercase(),
        })
        .collect()
}

/// Whether a wording is the lower-case word, whatever its case and the form of its apostrophes and hyphens.
#[must_use]
pub fn same_word(wording: &str, word: &str) -> bool {
    wording.eq_ignore_ascii_case(word) || (!wording.is_ascii() && lower(wording) == word)
}

pub(super) fn plural(noun: &str) -> CompactString {
    let vowel_before = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    if let Some(stem) = noun.strip_suffix('y')
        && !stem.ends_with(vowel_before)
    {
        return format!("{stem}ies").into();
    }
    if ["s", "x", "z", "ch", "sh"].iter().any(|e| noun.ends_with(e)) {
        return format!("{noun}es").into();
    }
    format!("{noun}s").into()
}

/// Base, -s form, past, participle, -ing form.
fn inflect(forms: &[CompactString]) -> Option<[CompactString; 5]> {
    if let [base, s, past, participle, ing] = forms {
        return Some([base.clone(), s.clone(), past.clone(), participle.clone(), ing.clone()]);
    }
    let [base] = forms else { return None };
    let past: CompactString = if base.ends_with('e') {
        format!("{base}d").into()
    } else if let Some(stem) = base.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'o', 'u'])
    {
        format!("{stem}ied").into()
    } else {
        format!("{base}ed").into()
    };
    let ing = match base.strip_suffix('e') {
        Some(stem) if !stem.ends_with(['e', 'o', 'y']) => format!("{stem}ing"),
        _ => format!("{base}ing"),
    };
    Some([base.clone(), plural(base), past.clone(), past, ing.into()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_builtin_file() {
        let mut lexicon = Lexicon::default();
        for (_, stem, toml) in BUILTIN {
            lexicon.load(stem, toml).expect("built-in lexicons are valid");
        }
    }

    #[test]
    fn reads_lemma_and_class_of_english_words() {
        let lexicon = Lexicon::english();
        for (form, lemma, class) in [
            ("men", "man", "man"),
            ("males", "male", "man"),
            ("minors", "minor", "child"),
            ("people", "person", "person"),
            ("crises", "crisis", ""),
            ("travelled", "travel", ""),
            ("traveled", "travel", ""),
            ("firms", "firm", "company"),
            ("organised", "organise", "organize"),
        ] {
            let id = lexicon.words.find(form).unwrap_or_else(|| panic!("{form} is not known"));
            let word = lexicon.words.get(id);
            assert_eq!((word.lemma.as_str(), word.class.as_str()), (lemma, class), "{form}");
        }
        for both in ["reports", "increase", "visits", "attack"] {
            let id = lexicon.words.find(both).unwrap_or_else(|| panic!("{both} is not known"));
            let pos = lexicon.words.pos(id);
            assert!(pos.any(Pos::NOUN) && pos.any(Pos::VERB), "{both}");
        }
        assert_eq!(lexicon.place("Kazakhs").map(|d| d.place.as_str()), Some("Kazakhstan"));
        assert_eq!(lexicon.place("UK").map(|d| d.place.as_str()), Some("United Kingdom"));
    }

    #[test]
    fn reads_lower_case_with_plain_signs() {
        for (word, expected) in
            [("Don't", "don't"), ("DON\u{2019}T", "don't"), ("Vis\u{2011}À", "vis-à"), ("co\u{2010}op", "co-op")]
        {
            assert_eq!(lower(word), expected);
            assert!(same_word(word, expected));
        }
    }

    #[test]
    fn inflects_regular_verbs() {
        let forms = inflect(&["repatriate".into()]).expect("one form");
        assert_eq!(forms, ["repatriate", "repatriates", "repatriated", "repatriated", "repatriating"]);
        let forms = inflect(&["carry".into()]).expect("one form");
        assert_eq!(forms, ["carry", "carries", "carried", "carried", "carrying"]);
    }
}
