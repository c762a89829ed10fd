//! Settings with two values.

use super::{SettingCheck, is_one_project};
use crate::check::{Finding, Place};
use crate::claim::{Claim, Setting, SettingSort, SettingValue, Value};
use crate::span::FileId;
use crate::value::{Agreement, Decimal, Quantity, agree};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Most statements of one setting that are compared.
const CROWD: usize = 40;

/// Most places that are labelled.
const PLACES: usize = 8;

/// One statement of a setting.
#[derive(Clone, Copy)]
struct Said<'a> {
    claim: &'a Claim,
    setting: &'a Setting,
}

/// Where options are listed: a document, and the table in it.
type Source = (FileId, Option<u32>);

pub(super) fn findings(check: &SettingCheck, claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut by_key: BTreeMap<(SettingSort, &str, &str), Vec<Said<'_>>> = BTreeMap::new();
    for &claim in claims {
        if let Value::Setting(setting) = &claim.value
            && !claim.scope.cues.iter().any(|c| check.refuse.contains(c))
        {
            by_key.entry((setting.sort, &setting.key, &setting.slot)).or_default().push(Said { claim, setting });
        }
    }
    by_key.retain(|_, said| (2..=CROWD).contains(&said.len()));
    let support = support(&by_key);
    for ((sort, key, _), said) in &by_key {
        let clash = |a: usize, b: usize| {
            let (x, y) = (&said[a], &said[b]);
            agreement(x.setting, y.setting) == Agreement::Different
                && comparable(x, y)
                && match sort {
                    SettingSort::Option => {
                        let long = key.split(' ').count() >= check.words;
                        // A document may describe two programs in two tables.
                        let known = support.get(&pair(source(x), source(y))).copied().unwrap_or(0);
                        let prose = x.setting.table.is_none() || y.setting.table.is_none();
                        known > 0 || prose && (long || x.claim.at.file == y.claim.at.file)
                    }
                    SettingSort::Limit => x.claim.at.file == y.claim.at.file && x.claim.block != y.claim.block,
                    SettingSort::Path => x.claim.at.file != y.claim.at.file,
                    SettingSort::Requirement | SettingSort::Licence => {
                        x.claim.block != y.claim.block || x.claim.at.file != y.claim.at.file
                    }
                }
        };
        if let Some(finding) = finding(said, clash) {
            found.push(finding);
        }
    }
}

fn source(said: &Said<'_>) -> Source {
    (said.claim.at.file, said.setting.table)
}

fn pair(a: Source, b: Source) -> (Source, Source) {
    (a.min(b), a.max(b))
}

/// For two sources the number of settings that both give the same value.
fn support(by_key: &BTreeMap<(SettingSort, &str, &str), Vec<Said<'_>>>) -> FxHashMap<(Source, Source), u32> {
    let mut out: FxHashMap<(Source, Source), u32> = FxHashMap::default();
    for said in by_key.values() {
        for (n, a) in said.iter().enumerate() {
            for b in &said[n + 1..] {
                if source(a) != source(b) && agreement(a.setting, b.setting) == Agreement::Same && comparable(a, b) {
                    *out.entry(pair(source(a), source(b))).or_default() += 1;
                }
            }
        }
    }
    out
}

/// Whether two statements may speak of one setting: one project and version, the same platform, no other owner.
fn comparable(a: &Said<'_>, b: &Said<'_>) -> bool {
    let (x, y) = (a.claim, b.claim);
    let (owners, others) = (&x.subject.owners, &y.subject.owners);
    let one_sided = owners.is_empty() != others.is_empty()
        && matches!(a.setting.sort, SettingSort::Limit | SettingSort::Requirement);
    if one_sided || !owners.is_empty() && !others.is_empty() && owners != others {
        return false;
    }
    let alone = |p: &Claim, q: &Claim| p.subject.entities.iter().any(|e| !q.subject.entities.contains(e));
    if alone(x, y) && alone(y, x) {
        return false;
    }
    let (times, theirs) = (&x.scope.times, &y.scope.times);
    let timed = !times.is_empty() && !theirs.is_empty() && !times.iter().any(|t| theirs.contains(t));
    !timed
        && a.setting.only == b.setting.only
        && is_one_project((&a.setting.folder, &a.setting.edition), (&b.setting.folder, &b.setting.edition))
}

/// Whether two numbers can both be meant. Whole numbers are set, not measured: 10,000 and 12,000 are two values, as
/// round as they are.
fn quantities(x: &Quantity, y: &Quantity) -> Agreement {
    let whole = |q: &Quantity| q.is_plain() && q.amount.step == Decimal::ONE;
    if x.unit.dimension != y.unit.dimension || !whole(x) || !whole(y) {
        return agree(x, y);
    }
    match (x.base(), y.base()) {
        (Some(a), Some(b)) if a == b => Agreement::Same,
        (Some(_), Some(_)) => Agreement::Different,
        _ => Agreement::Unknown,
    }
}

/// Whether two values can both be meant.
fn agreement(a: &Setting, b: &Setting) -> Agreement {
    match (&a.value, &b.value) {
        (SettingValue::Quantity(x), SettingValue::Quantity(y)) => quantities(x, y),
        (SettingValue::Word(x), SettingValue::Word(y)) if x == y => Agreement::Same,
        (SettingValue::Word(_), SettingValue::Word(_)) => Agreement::Different,
        // Sets that share nothing may be those of two things; of one in the other, one is a part.
        (SettingValue::Set(x), SettingValue::Set(y)) => {
            let alone = |p: &[_], q: &[_]| p.iter().any(|l| !q.contains(l));
            let shared = x.iter().any(|l| y.contains(l));
            match (x == y, alone(x, y) && alone(y, x) && shared) {
                (true, _) => Agreement::Same,
                (_, true) => Agreement::Different,
                _ => Agreement::Unknown,
            }
        }
        _ => Agreement::Unknown,
    }
}

/// One finding for a setting: the statements that clash with the one that most agree with.
fn finding(said: &[Said<'_>], clash: impl Fn(usize, usize) -> bool) -> Option<Finding> {
    let same = |a: usize, b: usize| agreement(said[a].setting, said[b].setting) == Agreement::Same;
    let backers = |a: usize| (0..said.len()).filter(|&b| same(a, b)).count();
    let usual = (0..said.len())
        .filter(|&a| (0..said.len()).any(|b| clash(a, b)))
        .max_by_key(|&a| (backers(a), std::cmp::Reverse(a)))?;
    let odd: Vec<usize> = (0..said.len()).filter(|&b| clash(b, usual)).collect();
    let (&first, rest) = odd.split_first()?;
    // Many values are many things.
    if rest.iter().any(|&b| !same(b, first)) && backers(usual) < 3 {
        return None;
    }
    let agreeing = (0..said.len()).filter(|&a| a == usual || same(a, usual));
    let places = odd
        .iter()
        .copied()
        .chain(agreeing)
        .take(PLACES)
        .map(|i| Place { at: said[i].claim.at, within: said[i].claim.within, label: String::new() })
        .collect();
    let what = [usual, first].map(|i| said[i].claim.subject.wording.as_str());
    let slot = match said[usual].setting.slot.as_str() {
        "" => String::new(),
        "default" => "default of ".to_owned(),
        slot if said[usual].setting.sort == SettingSort::Option => format!("{slot} value of "),
        _ => String::new(),
    };
    let name =
        if said[usual].setting.sort == SettingSort::Option { format!("`{}`", what[0]) } else { what[0].to_owned() };
    Some(Finding {
        places,
        variables: vec![
            ("what", format!("{slot}{name}")),
            ("here", said[first].claim.text.to_string()),
            ("there", said[usual].claim.text.to_string()),
        ],
        notes: Vec::new(),
    })
}
