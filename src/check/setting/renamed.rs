//! Variables and headers that two documents call by other words: `QUILL_KEY_FILE` in the table, `QUILL_KEY_PATH` in
//! the guide.
//!
//! A name that stands once, and is described nowhere, is compared with those of the same program that are described or
//! stand in several places. What speaks for one thing under two names is weighed: how near in meaning the words are in
//! which they differ, whether the words that one name has and the other lacks are said where the other stands, and
//! whether the described name stands nowhere else. The weights were set by hand; right documentation, in which every
//! name that stands once is one of its own, says what they must not reach.

use super::is_one_project;
use crate::check::{Finding, Place};
use crate::claim::{Claim, LISTING, Mention, MentionPlace, ParameterTerm, Value, is_agreed};
use crate::lexicon::{Lexicon, singular};
use crate::value::log_odds;
use compact_str::CompactString;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// Most names of one program that are compared.
const NAMES: usize = 400;

/// Most places that are labelled.
const PLACES: usize = 4;

/// What is said of two names before anything is known of them.
const BEFORE: f32 = -3.0;

/// The log-odds that are asked for, and those by which every other name must be worse.
const ENOUGH: f32 = 1.0;
const MARGIN: f32 = 1.0;

/// Sets of words by which names say the same.
const AKIN: &str = "name-akin.";

/// A name with its mentions in all documents.
struct Named<'a> {
    words: Vec<CompactString>,
    mentions: Vec<(&'a Claim, &'a Mention)>,
}

impl<'a> Named<'a> {
    fn places(&self) -> impl Iterator<Item = (&'a Claim, &'a MentionPlace)> + '_ {
        self.mentions.iter().flat_map(|&(claim, m)| m.places.iter().map(move |p| (claim, p)))
    }

    fn count(&self) -> usize {
        self.mentions.iter().map(|(_, m)| m.count + m.told).sum()
    }

    fn is_described(&self) -> bool {
        self.places().any(|(_, p)| p.tabled || p.defined)
    }

    /// Whether code gives it a value, and nothing says what it is.
    fn is_only_set(&self) -> bool {
        self.mentions.iter().all(|(claim, _)| claim.by == LISTING) && !self.places().any(|(_, p)| p.tabled)
    }

    fn is_told_apart(&self) -> bool {
        self.places().any(|(_, p)| p.told_apart)
    }

    /// The words without the name of the program.
    fn own(&self) -> &[CompactString] {
        self.words.get(1..).unwrap_or_default()
    }
}

/// Appends a finding for every such name.
pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut programs: BTreeMap<CompactString, BTreeMap<&str, Named<'_>>> = BTreeMap::new();
    for &claim in claims {
        let Value::Mention(mention) = &claim.value else { continue };
        if !is_agreed(&mention.name) {
            continue;
        }
        let words: Vec<CompactString> = mention.words.iter().filter(|w| *w != "x").cloned().collect();
        let Some(program) = words.first().filter(|_| words.len() > 1) else { continue };
        let names = programs.entry(program.clone()).or_default();
        let named = names.entry(&mention.name).or_insert_with(|| Named { words, mentions: Vec::new() });
        named.mentions.push((claim, mention));
    }
    let known: FxHashSet<_> = found.iter().flat_map(|f| f.places.iter().map(|p| p.at)).collect();
    for names in programs.values().filter(|n| (2..=NAMES).contains(&n.len())) {
        let names: Vec<&Named<'_>> = names.values().collect();
        for odd in &names {
            let Some((claim, place)) = odd.places().next() else { continue };
            if odd.count() == 1
                && (!odd.is_described() || odd.is_only_set())
                && !place.told_apart
                && !known.contains(&place.at)
                && let Some(usual) = meant(odd, &names)
            {
                found.push(finding(odd, (claim, place), usual));
            }
        }
    }
}

/// The name that is meant by one that stands once, when it is clear which.
fn meant<'a, 'b>(odd: &Named<'a>, names: &'b [&'b Named<'a>]) -> Option<&'b Named<'a>> {
    let mut best: Option<(f32, &Named<'_>)> = None;
    let mut second = f32::MIN;
    for usual in names.iter().filter(|n| n.is_described() || n.count() > 1) {
        let Some(odds) = odds(odd, usual, names) else { continue };
        if best.is_none_or(|(most, _)| odds > most) {
            second = best.map_or(second, |(most, _)| most);
            best = Some((odds, usual));
        } else {
            second = second.max(odds);
        }
    }
    let (odds, usual) = best?;
    (odds >= ENOUGH && odds >= second + MARGIN).then_some(usual)
}

/// The log-odds that a name which stands once means another; `None` when it cannot.
fn odds(odd: &Named<'_>, usual: &Named<'_>, names: &[&Named<'_>]) -> Option<f32> {
    let ((claim, mention), (_, other)) = (odd.mentions.first()?, usual.mentions.first()?);
    let place = mention.places.first()?;
    let beside = |(c, p): (&Claim, &MentionPlace)| c.at.file == claim.at.file && p.block == place.block;
    let one = is_one_project((&mention.folder, &mention.edition), (&other.folder, &other.edition));
    if !one || usual.is_told_apart() || usual.places().any(beside) {
        return None;
    }
    let (a, b) = (odd.own(), usual.own());
    let only = |x: &[CompactString], y: &[CompactString]| -> Vec<CompactString> {
        x.iter().filter(|w| !y.iter().any(|v| singular(v) == singular(w))).cloned().collect()
    };
    let (here, there) = (only(a, b), only(b, a));
    let digits = |words: &[CompactString]| words.iter().any(|w| w.bytes().any(|c| c.is_ascii_digit()));
    let same = a.len() - here.len();
    if here.is_empty() && there.is_empty() || digits(&here) || digits(&there) || exclude(&here, &there) {
        return None;
    }
    let alike = match (&here[..], &there[..]) {
        ([x], [y]) => are_akin(x, y),
        _ => false,
    };
    if same == 0 && !alike {
        return None;
    }
    let told = |words: &[CompactString], about: &[ParameterTerm]| {
        words.iter().filter(|w| about.iter().any(|t| t.weight > 1 && is_word(&t.key, w))).count()
    };
    let form = |words: &[CompactString]| words.iter().all(|w| is_form(w));
    // What another name of the program says too is something of its own.
    let own = here
        .iter()
        .filter(|w| !is_form(w))
        .any(|w| names.iter().any(|n| !std::ptr::eq(*n, odd) && n.own().iter().any(|v| singular(v) == singular(w))));
    let unsaid = here.iter().filter(|w| !is_form(w)).any(|w| {
        let one = [w.clone()];
        told(&one, &mention.about) > 0 && told(&one, &other.about) == 0
    });
    // `JOBS` and `MAX_JOBS`: a word that says hardly more.
    let light = |words: &[CompactString]| words.iter().all(|w| sets(&singular(w)).contains(&"name-light"));
    let cut = here.is_empty() && light(&there) || there.is_empty() && light(&here);
    let topic = a.iter().filter(|w| b.contains(w)).any(|w| {
        let one = [w.clone()];
        told(&one, &mention.about) > 0 && told(&one, &other.about) > 0
    });
    let (missing, said) = (told(&there, &mention.about), told(&here, &other.about));
    let once = usual.count() == 1;
    Some(
        BEFORE
            + log_odds(&[
                (3.0, alike),
                (-1.0, same == 0),
                (2.5, cut),
                (1.5, !alike && !here.is_empty() && form(&here) && same > 0),
                (0.5, same > 1),
                (1.0, missing > 0),
                (1.0, said > 0),
                (0.5, common(&mention.about, &other.about, a, b) > 0),
                (0.5, common(&mention.about, &other.about, a, b) > 1),
                (0.5, topic),
                (1.0, once),
                (0.5, usual.count() > 2),
                (-1.5, own),
                (-1.5, unsaid),
            ]),
    )
}

/// How many words are said of both, the words of the names left out.
fn common(x: &[ParameterTerm], y: &[ParameterTerm], a: &[CompactString], b: &[CompactString]) -> usize {
    let named = |key: &str| a.iter().chain(b).any(|w| is_word(key, w));
    x.iter().filter(|t| !t.plain && t.weight > 1 && !named(&t.key) && y.iter().any(|u| u.key == t.key)).count()
}

/// Whether a term stands for a word of a name.
fn is_word(key: &str, word: &str) -> bool {
    let word = singular(word);
    key == word || key.len() > 3 && word.starts_with(key) || is_meaning(key, &word)
}

/// Whether a term stands for the words of one meaning, of which this is one.
fn is_meaning(key: &str, word: &str) -> bool {
    let lexicon = Lexicon::english();
    let Some(meaning) = key.strip_prefix('=') else { return false };
    let sets = lexicon.words.find(word).map(|id| lexicon.phrases(id)).unwrap_or_default();
    sets.iter().filter(|p| p.rest.is_empty()).any(|p| lexicon.set_name(p).strip_prefix("term.") == Some(meaning))
}

/// The sets of the lexicon with a word alone.
fn sets(word: &str) -> Vec<&'static str> {
    let lexicon = Lexicon::english();
    let Some(id) = lexicon.words.find(word) else { return Vec::new() };
    lexicon.phrases(id).iter().filter(|p| p.rest.is_empty()).map(|p| lexicon.set_name(p)).collect()
}

/// Whether two words of names say the same of a value.
fn are_akin(a: &str, b: &str) -> bool {
    let (x, y) = (sets(&singular(a)), sets(&singular(b)));
    x.iter().any(|set| (set.starts_with(AKIN) || set.starts_with("term.")) && y.contains(set))
}

/// Whether a word of a name says only of what sort its value is.
fn is_form(word: &str) -> bool {
    sets(&singular(word)).contains(&"name-form")
}

/// Whether a word of one name excludes one of the other: `READ`, `WRITE`.
fn exclude(a: &[CompactString], b: &[CompactString]) -> bool {
    let lexicon = Lexicon::english();
    let groups = |word: &CompactString| lexicon.contrasts(&singular(word)).to_vec();
    let of_b: Vec<u16> = b.iter().flat_map(groups).collect();
    a.iter().flat_map(groups).any(|group| of_b.contains(&group))
}

fn finding(odd: &Named<'_>, (claim, place): (&Claim, &MentionPlace), usual: &Named<'_>) -> Finding {
    let name = |named: &Named<'_>| named.mentions.first().map_or("", |(_, m)| m.name.as_str()).to_owned();
    let mut elsewhere: Vec<(&Claim, &MentionPlace)> = usual.places().collect();
    elsewhere.sort_by_key(|(c, p)| (c.at.file != claim.at.file, !p.tabled, p.at));
    let labelled = |p: &MentionPlace, label: &str| Place { at: p.at, within: p.within, label: label.to_owned() };
    let mut places = vec![labelled(place, "stands once")];
    places.extend(elsewhere.into_iter().take(PLACES).map(|(_, p)| labelled(p, "")));
    Finding {
        places,
        variables: vec![
            ("what", "a name in code".to_owned()),
            ("here", format!("`{}`", name(odd))),
            ("there", format!("`{}` elsewhere", name(usual))),
        ],
        notes: Vec::new(),
    }
}
