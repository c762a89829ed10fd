//! What the name of a person and of a body is made of.

use crate::lexicon::{Lexicon, NameRoles, Pos, lower};
use compact_str::CompactString;

/// One part of a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// Lower case, without full stops.
    pub(super) form: CompactString,
    /// Its letters in Latin ones, without accents.
    pub(super) letters: Vec<char>,
    /// The letters with every way of writing one sound rewritten.
    pub(super) key: Vec<char>,
}

impl Part {
    fn new(wording: &str, lexicon: &Lexicon) -> Option<Self> {
        let form: CompactString = lower(wording).chars().filter(|c| *c != '.').collect();
        let letters = lexicon.naming.romanised(&form);
        let own = lexicon.naming.fold.key(&letters);
        let spelled: String = letters.iter().collect();
        let given = lexicon.naming.given(&form).or_else(|| lexicon.naming.given(&spelled));
        let key = given.map_or(own, |given| lexicon.naming.fold.key(&given.chars().collect::<Vec<_>>()));
        (!letters.is_empty()).then_some(Self { form, letters, key })
    }

    /// Whether it is a letter that stands for a name.
    pub(super) fn is_initial(&self) -> bool {
        self.letters.len() == 1 && self.form.chars().count() == 1
    }
}

/// The name of a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Person {
    /// Whether a title stands before the name.
    pub(super) titled: bool,
    /// "Smith, John": the surname comes first.
    pub(super) inverted: bool,
    /// Given names, initials and surnames in the order of speech; small words left out.
    pub(super) parts: Vec<Part>,
    /// "bin", "ibn": what stands behind is the father's name.
    pub(super) descent: bool,
    /// `jr`, `iii`
    pub(super) generation: Option<CompactString>,
}

/// Behind the name of a person: which of several of one name it is.
const GENERATIONS: [&str; 7] = ["jr", "junior", "sr", "senior", "ii", "iii", "iv"];

impl Person {
    /// Reads the name of a person.
    pub(super) fn read(wording: &str, lexicon: &Lexicon) -> Self {
        let (before, behind) = wording.split_once(',').map_or((wording, ""), |(a, b)| (a, b));
        let mut words = pieces(before);
        let mut first = pieces(behind);
        let generation = take_generation(&mut first).or_else(|| take_generation(&mut words));
        let inverted = !first.is_empty();
        if inverted {
            std::mem::swap(&mut words, &mut first);
            words.append(&mut first);
        }
        let roles = |word: &str| {
            let form: CompactString = lower(word).chars().filter(|c| *c != '.').collect();
            lexicon.name_roles(&form)
        };
        let title = words.iter().take_while(|w| roles(w).any(NameRoles::TITLE)).count();
        // "Dean Major" is somebody, and so is "Baron".
        let titled = title > 0 && title < words.len() && !roles(&words[title - 1]).any(NameRoles::GIVEN);
        if titled {
            words.drain(..title);
        }
        let descends = |w: &String| matches!(lower(w).as_str(), "bin" | "ben" | "ibn" | "bint" | "binti");
        let descent = words.iter().skip(1).any(descends);
        let several = words.len() > 1;
        let named = |at: usize| {
            let small = roles(&words[at]).any(NameRoles::PARTICLE.and(NameRoles::ARTICLE));
            // "Ben Hallin" is called Ben; "Isa ben Tarif" is a son.
            let given = at == 0 && roles(&words[at]).any(NameRoles::GIVEN);
            !several || !small || given || words[at].chars().count() == 1
        };
        let parts = (0..words.len()).filter(|&at| named(at)).filter_map(|at| Part::new(&words[at], lexicon)).collect();
        Self { titled, inverted, parts, descent, generation }
    }

    /// All letters, as if the name were one word.
    pub(super) fn letters(&self) -> Vec<char> {
        self.parts.iter().flat_map(|p| p.letters.iter().copied()).collect()
    }
}

/// The words of a name: cut at white space and hyphens, initials one by one.
fn pieces(text: &str) -> Vec<String> {
    let hyphens = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '・');
    let mut out = Vec::new();
    for word in text.split(hyphens).filter(|w| w.chars().any(char::is_alphanumeric)) {
        let letters: Vec<&str> = word.split('.').filter(|l| !l.is_empty()).collect();
        if letters.len() > 1 && letters.iter().all(|l| l.chars().count() == 1) {
            out.extend(letters.into_iter().map(str::to_owned));
        } else {
            out.push(word.trim_matches('.').to_owned());
        }
    }
    out
}

fn take_generation(words: &mut Vec<String>) -> Option<CompactString> {
    let last = lower(words.last()?.trim_matches('.'));
    let found = GENERATIONS.contains(&last.as_str()).then_some(last)?;
    words.pop();
    Some(found)
}

/// The name of a company, office or other body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Body {
    /// The legal form in full, and the words in which it is given.
    pub(super) legal: Option<(CompactString, CompactString)>,
    /// The words that carry meaning.
    pub(super) words: Vec<Part>,
    /// All words as they are written.
    pub(super) written: Vec<CompactString>,
    /// The small words between and before them.
    pub(super) small: Vec<CompactString>,
}

impl Body {
    /// Reads the name of a body.
    pub(super) fn read(wording: &str, lexicon: &Lexicon) -> Self {
        let mut words: Vec<CompactString> = wording
            .replace('&', " & ")
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '"' | '“' | '”' | '«' | '»'))
            .map(|w| lower(w).chars().filter(|c| *c != '.').collect::<CompactString>())
            .map(|w| ["'s", "\u{2019}s"].iter().find_map(|e| w.strip_suffix(e)).unwrap_or(&w).into())
            .filter(|w: &CompactString| w == "&" || w.chars().any(char::is_alphanumeric))
            .collect();
        let legal = take_legal(&mut words, lexicon);
        let mut out = Self { legal, words: Vec::new(), written: Vec::new(), small: Vec::new() };
        let function = Pos::DETERMINER.and(Pos::PREPOSITION).and(Pos::CONJUNCTION);
        for word in words {
            let full = lexicon.naming.full_word(&word);
            let pos = lexicon.words.find(full).map_or(Pos::default(), |id| lexicon.words.pos(id));
            if pos.any(function) && !pos.any(Pos::NUMBER) {
                out.small.push(full.into());
                out.written.push(word);
                continue;
            }
            for part in full.split(' ').filter_map(|w| Part::new(&spelled(w, lexicon), lexicon)) {
                out.words.push(part);
            }
            out.written.push(word);
        }
        out
    }
}

/// A word in the spelling that stands for all: American, numbers in digits.
fn spelled(word: &str, lexicon: &Lexicon) -> CompactString {
    if let Some(number) = lexicon.numbers.get(word).filter(|n| n.role.counts_or_ranks()) {
        return number.value.to_string().into();
    }
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let ending = &word[digits.len()..];
    if !digits.is_empty() && matches!(ending, "st" | "nd" | "rd" | "th") {
        return digits.into();
    }
    lexicon.spellings.american(word)
}

/// Takes the legal form off the end or the beginning of the words.
fn take_legal(words: &mut Vec<CompactString>, lexicon: &Lexicon) -> Option<(CompactString, CompactString)> {
    let at_end = (1..words.len()).find_map(|at| {
        lexicon.naming.legal_form(&words[at..]).filter(|(n, _)| at + n == words.len()).map(|(_, f)| (at, f))
    });
    if let Some((at, full)) = at_end {
        let written = words.drain(at..).collect::<Vec<_>>().join(" ");
        return Some((full.into(), written.into()));
    }
    let (n, full) = lexicon.naming.legal_form(words).filter(|(n, _)| *n < words.len())?;
    let written = words.drain(..n).collect::<Vec<_>>().join(" ");
    Some((full.into(), written.into()))
}
