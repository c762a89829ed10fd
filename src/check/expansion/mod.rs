//! One acronym with two long forms, or two writings of one acronym.

mod letters;
mod slip;

use super::{Check, Finding, Place, Selection};
use crate::annotate::PartShape;
use crate::claim::{Claim, Definition, IMPLIED, MISFIT, Value};
use crate::span::FileId;
use compact_str::CompactString;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Most long forms of one acronym that are compared.
const FORMS: usize = 40;

/// Most places of one long form that are compared; more are only counted, so that a long document takes no time.
const COMPARED: usize = 60;

/// Most places of one long form that are labelled.
const PLACES: usize = 4;

/// How many letters two words share at their beginning when they can be two forms of one word.
const SHARED: usize = 4;

/// How many letters may follow those that they share, in both together; any when they share [`STEM`] letters.
const ENDINGS: usize = 5;

/// Most letters of the words between the names of a long form: "against".
const SMALL: usize = 7;

/// A beginning that is hardly that of two words.
const STEM: usize = 8;

/// Documents of which more are no release.
const FEW: usize = 12;

/// Names that two documents have in common for both to speak of one subject, and letters from which on they count.
const NAMES: usize = 2;
const LETTERS: usize = 4;

/// The names of each of few documents that are checked together.
struct Release<'c>(BTreeMap<FileId, BTreeSet<&'c str>>);

impl<'c> Release<'c> {
    fn new(claims: &[&'c Claim], files: usize) -> Self {
        let mut names: BTreeMap<FileId, BTreeSet<&str>> = BTreeMap::new();
        for claim in claims.iter().filter(|_| files <= FEW) {
            let Value::Name(name) = &claim.value else { continue };
            for (part, shape) in name.parts.iter().zip(&name.shapes) {
                if *shape == PartShape::Proper && part.text.chars().count() >= LETTERS {
                    names.entry(claim.at.file).or_default().insert(part.text.as_str());
                }
            }
        }
        Self(names)
    }

    /// Whether the documents of two claims name the same people and places, as a report and the note to the press do.
    fn has(&self, a: &Claim, b: &Claim) -> bool {
        let (Some(x), Some(y)) = (self.0.get(&a.at.file), self.0.get(&b.at.file)) else { return false };
        x.intersection(y).nth(NAMES - 1).is_some()
    }
}

/// Parameters of the relation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expansion {
    /// How one country's spelling of words becomes the other's, `our>or`; `$` is the end of the word.
    national: Vec<String>,
    /// Short forms of fewer letters mean different things in different documents.
    across_letters: usize,
}

/// One wording of a long form with the claims that use it.
struct Form<'a> {
    definition: &'a Definition,
    words: Vec<CompactString>,
    /// The first of them.
    claims: Vec<&'a Claim>,
    /// How many there are.
    count: usize,
}

impl Check for Expansion {
    fn variables(&self) -> &'static [&'static str] {
        &["short", "what"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        let files: BTreeSet<_> = selection.claims.iter().map(|c| c.at.file).collect();
        let release = Release::new(selection.claims, files.len());
        let mut by_short: BTreeMap<&str, Vec<Form<'_>>> = BTreeMap::new();
        for claim in selection.claims {
            let Value::Definition(d) = &claim.value else { continue };
            if claim.scope.cues.iter().any(|cue| cue == IMPLIED) {
                continue;
            }
            // "Glu" and "bpm" are written by habit, and letters that lie badly may be another language's.
            let capitals = d.short.chars().filter(|c| c.is_uppercase()).count();
            if capitals < 2 || d.cost > 3 && d.cost != MISFIT {
                continue;
            }
            let forms = by_short.entry(d.short.as_str()).or_default();
            let words: Vec<CompactString> = d.words.iter().map(|w| self.fold(w)).collect();
            match forms.iter().position(|f| f.words == words) {
                Some(at) => {
                    forms[at].count += 1;
                    if forms[at].claims.len() < COMPARED {
                        forms[at].claims.push(claim);
                    }
                }
                None if forms.len() < FORMS => forms.push(Form { definition: d, words, claims: vec![claim], count: 1 }),
                None => {}
            }
        }
        for forms in by_short.values() {
            found.extend(self.finding(forms, &release));
        }
        slip::findings(selection.claims, found);
        letters::findings(selection.claims, found);
    }
}

impl Expansion {
    /// A word in one country's spelling.
    fn fold(&self, word: &str) -> CompactString {
        let mut word = word.to_owned();
        for rule in &self.national {
            let Some((from, to)) = rule.split_once('>') else { continue };
            match from.strip_suffix('$') {
                Some(ending) => {
                    if let Some(stem) = word.strip_suffix(ending) {
                        word = format!("{stem}{to}");
                    }
                }
                None => word = word.replace(from, to),
            }
        }
        word.into()
    }

    /// The finding of one acronym: the forms that disagree with the one that is used most.
    fn finding(&self, forms: &[Form<'_>], release: &Release<'_>) -> Option<Finding> {
        let against = |a: usize| (0..forms.len()).filter(|&b| self.disagree(&forms[a], &forms[b], release)).count();
        let usual =
            (0..forms.len()).filter(|&a| against(a) > 0).max_by_key(|&a| (forms[a].count, std::cmp::Reverse(a)))?;
        let mut others: Vec<usize> =
            (0..forms.len()).filter(|&b| self.disagree(&forms[usual], &forms[b], release)).collect();
        others.sort_by_key(|&b| (forms[b].count, std::cmp::Reverse(b)));
        let (usual, odd) = (&forms[usual], &forms[*others.first()?]);
        let places = others
            .iter()
            .map(|&b| &forms[b])
            .chain([usual])
            .flat_map(|form| form.claims.iter().take(PLACES))
            .map(|claim| Place { at: claim.at, within: claim.within, label: String::new() })
            .collect();
        Some(Finding {
            places,
            variables: vec![
                ("short", odd.definition.short.to_string()),
                (
                    "what",
                    format!(
                        "stands for {} here and for {} elsewhere",
                        spaced(&odd.definition.long.text),
                        spaced(&usual.definition.long.text)
                    ),
                ),
            ],
            notes: Vec::new(),
        })
    }

    /// Whether two long forms cannot both be meant.
    fn disagree(&self, a: &Form<'_>, b: &Form<'_>, release: &Release<'_>) -> bool {
        let (x, y) = (a.definition, b.definition);
        if !x.long.text.is_ascii() && !y.long.text.is_ascii() {
            return false;
        }
        if are_entries(a, b) || begins_with_acronym(x) || begins_with_acronym(y) {
            return false;
        }
        match (x.cost, y.cost) {
            (0, 0) => {}
            (0, _) => return misnamed(a, b),
            (_, 0) => return misnamed(b, a),
            // Letters that lie badly on the words may have been laid on the wrong ones.
            _ => return false,
        }
        // Named side by side, they are told apart.
        if a.claims.iter().any(|p| b.claims.iter().any(|q| p.within.overlaps(q.within))) {
            return false;
        }
        if one_in_other(&a.words, &b.words) || a.words.concat() == b.words.concat() {
            return false;
        }
        let together = a.claims.iter().any(|p| b.claims.iter().any(|q| p.at.file == q.at.file));
        if together {
            return true;
        }
        // Another document may speak of another thing, unless the two have a word in common.
        let letters = x.short.chars().filter(|c| c.is_alphabetic()).count();
        let alike = || a.words.iter().any(|w| b.words.iter().any(|v| alike(w, v)));
        letters >= self.across_letters && alike() || a.claims.iter().any(|p| b.claims.iter().any(|q| release.has(p, q)))
    }
}

/// Whether one list of abbreviations has both, each in an entry of its own.
fn are_entries(a: &Form<'_>, b: &Form<'_>) -> bool {
    let entry = |claim: &&&Claim| claim.scope.cues.iter().any(|cue| cue == "glossary");
    a.claims.iter().filter(entry).any(|p| b.claims.iter().filter(entry).any(|q| p.at.file == q.at.file))
}

/// Whether a long form has another acronym for the first of its words, "HTB Panel (HTBP)": the words that this one stands
/// for are not known.
fn begins_with_acronym(definition: &Definition) -> bool {
    let first = definition.long.text.split_whitespace().next().unwrap_or("");
    first.len() >= 2 && first.chars().all(char::is_uppercase) && definition.short.starts_with(first)
}

/// Whether a name in capitals that the letters do not fit is another wording of the long form that they fit: "National
/// Office for Disaster Response (NDMO)" beside "National Disaster Management Office (NDMO)".
fn misnamed(fitting: &Form<'_>, odd: &Form<'_>) -> bool {
    let text = &odd.definition.long.text;
    let capital = |word: &str| word.starts_with(char::is_uppercase) || word.chars().count() <= SMALL;
    let wholly = text.split_whitespace().all(capital) || odd.definition.cost == MISFIT;
    let beside = odd.claims.iter().any(|p| fitting.claims.iter().any(|q| p.within.overlaps(q.within)));
    if !wholly || beside || odd.count > fitting.count {
        return false;
    }
    // "Support for the Harbour Board (HTB)": the name may begin further on.
    let is_shared = |word: &CompactString| fitting.words.iter().any(|other| alike(word, other));
    let begins = |word: &CompactString| fitting.words.first().is_some_and(|first| alike(word, first));
    let begin = odd.words.iter().position(begins).unwrap_or(0);
    let own = &odd.words[begin..];
    let sorted = |words: &[CompactString]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    let turned = sorted(&fitting.words) == sorted(&odd.words) && fitting.words != odd.words;
    let shared = own.iter().filter(|word| is_shared(word)).count();
    let less = own.len().min(fitting.words.len());
    turned || shared > 0 && shared * 2 >= less && !one_in_other(&fitting.words, own)
}

/// Whether every word of the shorter one is in the longer one.
fn one_in_other(a: &[CompactString], b: &[CompactString]) -> bool {
    let (less, more) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let rest = |x: &[CompactString], y: &[CompactString]| -> String {
        x.iter().filter(|w| !y.iter().any(|v| alike(w, v))).map(CompactString::as_str).collect()
    };
    let (own, other) = (rest(less, more), rest(more, less));
    own.is_empty() || is_short_for(&own, &other) || is_short_for(&other, &own)
}

/// Whether a word is made of the first letters of others: "regex" of "regular expression", "otel" of "open telemetry".
fn is_short_for(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    let in_turn = short.chars().all(|c| letters.any(|l| l == c));
    short.len() >= 4 && short.len() * 2 <= long.len() && short.chars().next() == long.chars().next() && in_turn
}

/// Whether two words can be forms of one: education, educational.
fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let rest = a.chars().count() + b.chars().count() - 2 * shared;
    // A slip of one or two letters is a matter of spelling.
    let ends = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).count();
    let longest = a.chars().count().max(b.chars().count());
    let shortened = shared >= 3 && shared == a.chars().count().min(b.chars().count());
    shortened || shared >= STEM || shared >= SHARED && rest <= ENDINGS || longest >= 5 && shared + ends + 1 >= longest
}

/// The wording with white space folded.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{alike, one_in_other};

    #[test]
    fn reads_forms_of_one_word() {
        for (a, b) in [
            ("education", "educational"),
            ("manager", "management"),
            ("coordination", "coordinator"),
            ("request", "req"),
            ("unreachable", "unreachability"),
        ] {
            assert!(alike(a, b), "{a} {b}");
        }
        for (a, b) in [("commission", "committee"), ("village", "volunteer"), ("delivery", "distribution")] {
            assert!(!alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn ignores_a_longer_form_of_the_same_words() {
        let words = |s: &str| s.split(' ').map(Into::into).collect::<Vec<_>>();
        assert!(one_in_other(&words("office drug"), &words("united nation office drug")));
        assert!(one_in_other(&words("regex denial service"), &words("regular expression denial service")));
        assert!(one_in_other(&words("otel builder"), &words("opentelemetry builder")));
        assert!(!one_in_other(&words("village committee"), &words("volunteer committee")));
    }
}
