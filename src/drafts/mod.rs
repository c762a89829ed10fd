//! Two drafts of the same documents: the claims that were added, are gone or have changed, and the mentions that still
//! state a value which was changed elsewhere.
//!
//! Goes in: the analysed documents of both drafts with their names. Comes out: a [`Comparison`]. Knows nothing of
//! files, revisions or output.
//!
//! Sentences are aligned, not lines: first those that are equal, then those that are equal but for their values, then
//! those that share most of their words. Only claims of one pair of sentences can have changed. All look-ups go through
//! tables, so the time grows with the number of claims.

mod stale;

use crate::claim::{Claim, ClaimKind, Value};
use crate::lint::Analysis;
use crate::source::Sources;
use crate::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// One draft.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// Its files.
    pub sources: &'a Sources,
    /// Its documents.
    pub analyses: &'a [Analysis],
    /// What each file is called in both drafts; aligned with `analyses`.
    pub names: &'a [String],
}

/// What differs between two drafts.
#[derive(Clone, Debug, Default)]
pub struct Comparison<'a> {
    /// Claims of the new draft that the old one has not, in order of place.
    pub added: Vec<&'a Claim>,
    /// Claims of the old draft that the new one has not, in order of place.
    pub gone: Vec<&'a Claim>,
    /// Claims with another value, in order of their place in the new draft.
    pub changed: Vec<Changed<'a>>,
}

/// A claim whose value has changed.
#[derive(Clone, Debug)]
pub struct Changed<'a> {
    /// The claim in the old draft.
    pub old: &'a Claim,
    /// The claim in the new draft.
    pub new: &'a Claim,
    /// Where the new draft still states the old value, in order of place.
    pub stale: Vec<Mention>,
}

/// A place of the new draft that states a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Mention {
    /// The wording of the value.
    pub at: Span,
    /// The sentence, cell or line around it.
    pub within: Span,
}

impl Comparison<'_> {
    /// How many mentions still state an old value.
    #[must_use]
    pub fn stale(&self) -> usize {
        self.changed.iter().map(|c| c.stale.len()).sum()
    }
}

/// The kinds of claims that are compared, the more telling first: a place that states several is counted once.
const KINDS: &[ClaimKind] = &[
    ClaimKind::Stated,
    ClaimKind::Setting,
    ClaimKind::Event,
    ClaimKind::Quantity,
    ClaimKind::Date,
    ClaimKind::Reference,
    ClaimKind::Role,
    ClaimKind::Definition,
    ClaimKind::Interval,
    ClaimKind::List,
];

/// Which part of their words two sentences share at least to be one sentence, in hundredths.
const ALIKE: usize = 60;

/// Words that stand in more sentences than this lead to no candidates.
const COMMON: usize = 60;

/// A sentence, cell or line with what it claims.
struct Unit<'a> {
    /// The place in the file, for the order.
    at: Span,
    claims: Vec<&'a Claim>,
    /// The text, its values left out.
    skeleton: String,
    /// The values in order.
    values: Vec<String>,
    words: FxHashSet<String>,
}

/// Compares two drafts.
#[must_use]
pub fn compare<'a>(old: Draft<'a>, new: Draft<'a>) -> Comparison<'a> {
    let mut by_name: BTreeMap<&str, (Option<usize>, Option<usize>)> = BTreeMap::new();
    for (i, name) in old.names.iter().enumerate() {
        by_name.entry(name).or_default().0 = Some(i);
    }
    for (i, name) in new.names.iter().enumerate() {
        by_name.entry(name).or_default().1 = Some(i);
    }
    let mut out = Comparison::default();
    for (before, after) in by_name.into_values() {
        let before = before.map_or(Vec::new(), |i| units(old.sources, &old.analyses[i]));
        let after = after.map_or(Vec::new(), |i| units(new.sources, &new.analyses[i]));
        align(before, after, &mut out);
    }
    moved(&mut out);
    out.added.sort_by_key(|c| c.at);
    out.gone.sort_by_key(|c| c.at);
    out.changed.sort_by_key(|c| c.new.at);
    stale::find(new, &mut out);
    out
}

/// The sentences of a document that claim something.
fn units<'a>(sources: &Sources, analysis: &'a Analysis) -> Vec<Unit<'a>> {
    let mut best: FxHashMap<Span, &'a Claim> = FxHashMap::default();
    let rank = |claim: &Claim| KINDS.iter().position(|k| *k == claim.kind);
    for claim in analysis.claims.iter().filter(|c| rank(c).is_some()) {
        let slot = best.entry(claim.at).or_insert(claim);
        if rank(claim) < rank(slot) {
            *slot = claim;
        }
    }
    let mut claims: Vec<&Claim> = best.into_values().collect();
    claims.sort_by_key(|c| (c.within, c.at));
    // What stands inside of another place says a part of it: the date of an event.
    let mut outer: Vec<&Claim> = Vec::with_capacity(claims.len());
    for claim in claims {
        let inside = outer.last().is_some_and(|o| o.within == claim.within && claim.at.start < o.at.end);
        if !inside {
            outer.push(claim);
        }
    }
    let mut units: Vec<Unit<'a>> = Vec::new();
    for claim in outer {
        match units.last_mut() {
            Some(unit) if unit.at == claim.within => unit.claims.push(claim),
            _ => units.push(Unit {
                at: claim.within,
                claims: vec![claim],
                skeleton: String::new(),
                values: Vec::new(),
                words: FxHashSet::default(),
            }),
        }
    }
    let text = &sources.get(analysis.document.file).text;
    for unit in &mut units {
        describe(unit, text);
    }
    units
}

/// Fills in the skeleton, the values and the words of a sentence.
fn describe(unit: &mut Unit<'_>, text: &str) {
    let mut skeleton = String::new();
    let mut from = unit.at.start as usize;
    for claim in &unit.claims {
        skeleton.push_str(text.get(from..claim.at.start as usize).unwrap_or(""));
        skeleton.push('\u{1}');
        from = (claim.at.end as usize).max(from);
        unit.values.push(value_of(claim));
        // A cell is told from others by its row and column, a setting in a table by its name.
        if let Some(axes) = &claim.axes {
            for word in axes.row_words.iter().chain(axes.column_words.iter()) {
                skeleton.push(' ');
                skeleton.push_str(word);
            }
        }
        if let Value::Setting(setting) = &claim.value {
            skeleton.push(' ');
            skeleton.push_str(&setting.key);
        }
    }
    skeleton.push_str(text.get(from..unit.at.end as usize).unwrap_or(""));
    unit.words = words(&skeleton);
    unit.skeleton = skeleton.split_whitespace().collect::<Vec<_>>().join(" ");
}

/// The words of a text that have four letters or more, in lower case.
fn words(text: &str) -> FxHashSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() >= 4 && w.chars().all(char::is_alphabetic))
        .map(str::to_lowercase)
        .collect()
}

/// A value in one form, whatever it is written like: 60 s and 1 minute are one.
fn value_of(claim: &Claim) -> String {
    let quantity = match &claim.value {
        Value::Quantity(quantity) => Some(quantity),
        Value::Setting(setting) => match &setting.value {
            crate::claim::SettingValue::Quantity(quantity) => Some(quantity),
            _ => None,
        },
        _ => None,
    };
    match quantity.and_then(|q| Some((q, q.base()?))) {
        Some((q, base)) => format!("{} {} {}", base.normalize(), q.unit.dimension, q.hedge.name()),
        None => claim.text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase(),
    }
}

/// Pairs the sentences of a document and notes what has become of their claims.
fn align<'a>(before: Vec<Unit<'a>>, after: Vec<Unit<'a>>, out: &mut Comparison<'a>) {
    let mut left: Vec<Option<Unit<'a>>> = before.into_iter().map(Some).collect();
    let mut right: Vec<Option<Unit<'a>>> = after.into_iter().map(Some).collect();
    // Equal sentences, then those that are equal but for their values.
    for exact in [true, false] {
        let key = |unit: &Unit<'_>| {
            if exact { format!("{}\u{2}{}", unit.skeleton, unit.values.join("\u{2}")) } else { unit.skeleton.clone() }
        };
        let mut waiting: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (i, unit) in left.iter().enumerate().rev() {
            if let Some(unit) = unit {
                waiting.entry(key(unit)).or_default().push(i);
            }
        }
        for slot in &mut right {
            let Some(unit) = slot else { continue };
            let Some(i) = waiting.get_mut(&key(unit)).and_then(Vec::pop) else { continue };
            if let (Some(was), Some(is)) = (left[i].take(), slot.take()) {
                pair(&was, &is, out);
            }
        }
    }
    for (i, j) in alike(&left, &right) {
        if left[i].is_some()
            && right[j].is_some()
            && let (Some(was), Some(is)) = (left[i].take(), right[j].take())
        {
            pair(&was, &is, out);
        }
    }
    out.gone.extend(left.into_iter().flatten().flat_map(|unit| unit.claims));
    out.added.extend(right.into_iter().flatten().flat_map(|unit| unit.claims));
}

/// Sentences that share most of their words, the most alike first.
fn alike(left: &[Option<Unit<'_>>], right: &[Option<Unit<'_>>]) -> Vec<(usize, usize)> {
    let mut index: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (i, unit) in left.iter().enumerate() {
        for word in unit.iter().flat_map(|u| &u.words) {
            index.entry(word).or_default().push(i);
        }
    }
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (j, unit) in right.iter().enumerate() {
        let Some(unit) = unit else { continue };
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for list in unit.words.iter().filter_map(|w| index.get(w.as_str())).filter(|list| list.len() <= COMMON) {
            for &i in list {
                *shared.entry(i).or_default() += 1;
            }
        }
        for (i, n) in shared {
            let size = left[i].as_ref().map_or(0, |u| u.words.len()) + unit.words.len();
            let score = 200 * n / size.max(1);
            if score >= ALIKE && n >= 2 {
                found.push((score, i, j));
            }
        }
    }
    // The first of those that are equally alike.
    found.sort_by_key(|&(score, i, j)| (std::cmp::Reverse(score), i.abs_diff(j), i, j));
    found.into_iter().map(|(_, i, j)| (i, j)).collect()
}

/// What has become of the claims of one sentence.
fn pair<'a>(was: &Unit<'a>, is: &Unit<'a>, out: &mut Comparison<'a>) {
    let mut rest: Vec<Option<(&'a Claim, &str)>> =
        was.claims.iter().copied().zip(was.values.iter().map(String::as_str)).map(Some).collect();
    let mut open: Vec<(&'a Claim, &str)> = Vec::new();
    let same_place = was.skeleton == is.skeleton;
    for (n, (&claim, value)) in is.claims.iter().zip(&is.values).enumerate() {
        // In sentences that are equal but for their values the places tell which claim is which.
        let found = if same_place {
            Some(n).filter(|&n| rest.get(n).is_some_and(Option::is_some))
        } else {
            rest.iter().position(|r| r.is_some_and(|(old, v)| old.kind == claim.kind && v == value))
        };
        match found.and_then(|i| rest[i].take()) {
            Some((old, before)) if before != value => {
                out.changed.push(Changed { old, new: claim, stale: Vec::new() });
            }
            Some(_) => {}
            None => open.push((claim, value)),
        }
    }
    for (claim, _) in open {
        let same = |old: &Claim| old.kind == claim.kind && is_one_subject(old, claim);
        let found = rest.iter().position(|r| r.is_some_and(|(old, _)| same(old)));
        match found.and_then(|i| rest[i].take()) {
            Some((old, _)) => out.changed.push(Changed { old, new: claim, stale: Vec::new() }),
            None => out.added.push(claim),
        }
    }
    out.gone.extend(rest.into_iter().flatten().map(|(claim, _)| claim));
}

/// Whether two claims of sentences that are much alike speak of one thing.
fn is_one_subject(a: &Claim, b: &Claim) -> bool {
    match (&a.value, &b.value) {
        (Value::Setting(x), Value::Setting(y)) => x.sort == y.sort && x.key == y.key && x.slot == y.slot,
        (Value::Quantity(x), Value::Quantity(y)) => {
            x.unit.dimension == y.unit.dimension && a.subject.class == b.subject.class
        }
        _ => a.subject.class == b.subject.class,
    }
}

/// Settings whose sentence was written anew, or moved to another file, have changed all the same.
fn moved(out: &mut Comparison<'_>) {
    let key = |claim: &Claim| match &claim.value {
        Value::Setting(s) if s.beside.is_none() => Some((s.sort, s.key.clone(), s.slot.clone(), s.only.clone())),
        _ => None,
    };
    let mut waiting: FxHashMap<_, Vec<usize>> = FxHashMap::default();
    for (i, claim) in out.gone.iter().enumerate().rev() {
        if let Some(key) = key(claim) {
            waiting.entry(key).or_default().push(i);
        }
    }
    let mut taken = FxHashSet::default();
    let mut kept = Vec::with_capacity(out.added.len());
    for claim in std::mem::take(&mut out.added) {
        match key(claim).and_then(|k| waiting.get_mut(&k)).and_then(Vec::pop) {
            Some(i) => {
                taken.insert(i);
                if value_of(out.gone[i]) != value_of(claim) {
                    out.changed.push(Changed { old: out.gone[i], new: claim, stale: Vec::new() });
                }
            }
            None => kept.push(claim),
        }
    }
    out.added = kept;
    let mut i = 0;
    out.gone.retain(|_| {
        i += 1;
        !taken.contains(&(i - 1))
    });
}

#[cfg(test)]
mod tests {
    use super::{Comparison, Draft, compare};
    use crate::lexicon::Lexicon;
    use crate::lint::{Analysis, try_analyse_all};
    use crate::read::Format;
    use crate::source::{Origin, SourceFile, Sources};
    use crate::span::FileId;

    struct Read {
        sources: Sources,
        analyses: Vec<Analysis>,
        names: Vec<String>,
    }

    fn read(files: &[(&str, &str)]) -> Read {
        let mut sources = Sources::default();
        for (name, text) in files {
            sources.add(SourceFile::new((*name).into(), (*text).to_owned(), Origin::Verbatim));
        }
        let list: Vec<_> = (0..files.len() as u32).map(|i| (FileId(i), Format::Markdown)).collect();
        let (analyses, _) = try_analyse_all(&sources, &list, Lexicon::english(), &[]);
        Read { sources, analyses, names: files.iter().map(|(name, _)| (*name).to_owned()).collect() }
    }

    fn draft(read: &Read) -> Draft<'_> {
        Draft { sources: &read.sources, analyses: &read.analyses, names: &read.names }
    }

    fn changes(found: &Comparison<'_>) -> Vec<(String, String, usize)> {
        found.changed.iter().map(|c| (c.old.text.to_string(), c.new.text.to_string(), c.stale.len())).collect()
    }

    #[test]
    fn reads_what_has_changed_and_what_still_says_the_old_value() {
        let old = read(&[
            ("a.md", "The harbour has 43 berths. It opened on 4 May 2019.\n\nThe ferry carries 210 passengers.\n"),
            ("b.md", "Visitors find 43 berths in the harbour.\n\nThe keeper has 43 keys.\n"),
        ]);
        let new = read(&[
            ("a.md", "The harbour has 47 berths. It opened on 4 May 2019.\n\nThe crew counts 12 sailors.\n"),
            ("b.md", "Visitors find 43 berths in the harbour.\n\nThe keeper has 43 keys.\n"),
        ]);
        let found = compare(draft(&old), draft(&new));
        assert_eq!(changes(&found), [("43".to_owned(), "47".to_owned(), 1)]);
        let text = |claims: &[&crate::claim::Claim]| claims.iter().map(|c| c.text.to_string()).collect::<Vec<_>>();
        assert_eq!((text(&found.gone), text(&found.added)), (vec!["210".to_owned()], vec!["12".to_owned()]));
    }

    #[test]
    fn flags_old_values_in_other_words_and_ignores_those_of_other_times() {
        let text = |fee: u32, berths: u32| {
            format!(
                "The board dug {berths} wells in 2021. The fee is {fee} euros for adults.\n\nIn all, 43 wells were dug. \
                 Adults pay 25 euros at the gate.\n\nThe harbour has {berths} berths.\n\nWith 43 berths the harbour is the \
                 largest on the coast.\n\nIn 2019 the harbour had 43 berths. Half of the 43 berths of Brock are dry.\n"
            )
        };
        let (old, new) = (read(&[("a.md", &text(25, 43))]), read(&[("a.md", &text(30, 47))]));
        let found = compare(draft(&old), draft(&new));
        let stale: Vec<u32> = found.changed.iter().flat_map(|c| &c.stale).map(|m| m.at.start).collect();
        let at = |words: &str| text(30, 47).find(words).expect("it is there") as u32;
        let expected = [at("43 wells were"), at("25 euros at"), at("43 berths the harbour")];
        assert_eq!(stale.iter().collect::<std::collections::BTreeSet<_>>(), expected.iter().collect());
    }

    #[test]
    fn ignores_equal_values_in_other_units_and_history() {
        let old = read(&[
            ("a.md", "`lock_wait_timeout` defaults to 60 seconds. The lock file has 4 fields.\n"),
            ("CHANGELOG.md", "# Changelog\n\n## 1.2.0\n\n`lock_wait_timeout` defaults to 60 seconds.\n"),
        ]);
        let same = read(&[
            ("a.md", "`lock_wait_timeout` defaults to 1 minute. The lock file has 4 fields.\n"),
            ("CHANGELOG.md", "# Changelog\n\n## 1.2.0\n\n`lock_wait_timeout` defaults to 60 seconds.\n"),
        ]);
        assert_eq!(changes(&compare(draft(&old), draft(&same))), []);
        let other = read(&[
            ("a.md", "`lock_wait_timeout` defaults to 90 seconds. The lock file has 4 fields.\n"),
            ("CHANGELOG.md", "# Changelog\n\n## 1.2.0\n\n`lock_wait_timeout` defaults to 60 seconds.\n"),
        ]);
        let found = compare(draft(&old), draft(&other));
        assert_eq!(changes(&found), [("60 seconds".to_owned(), "90 seconds".to_owned(), 0)]);
    }
}
