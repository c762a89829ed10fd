//! Settings with two values.

use super::{SettingCheck, calendar, is_one_project};
use crate::check::slip::slip;
use crate::check::{Finding, Place};
use crate::claim::{
    Beside, Claim, DEMANDED, DROPPED, LISTING, Setting, SettingSort, SettingValue, Value, are_namesakes,
};
use crate::span::FileId;
use crate::value::{Agreement, Decimal, Quantity, agree};
use compact_str::CompactString;
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
            && !matches!(setting.sort, SettingSort::Release | SettingSort::Code | SettingSort::Spelled)
            && !claim.scope.cues.iter().any(|c| check.refuse.contains(c))
        {
            if let Some(beside) = &setting.beside {
                found.extend(apart(claim, setting, beside, claims));
                continue;
            }
            // What is needed and what is used, the licence of the project and any other stand in two slots, and are
            // compared.
            let one = matches!(setting.sort, SettingSort::Requirement | SettingSort::Licence);
            let slot = if one { "" } else { setting.slot.as_str() };
            by_key.entry((setting.sort, &setting.key, slot)).or_default().push(Said { claim, setting });
        }
    }
    by_key.retain(|_, said| (2..=CROWD).contains(&said.len()));
    let (support, apart) = (support(&by_key), differing(&by_key));
    for ((sort, key, _), said) in &by_key {
        let clash = |a: usize, b: usize| {
            let (x, y) = (&said[a], &said[b]);
            statements(x.setting, y.setting) == Agreement::Different
                && comparable(x, y)
                && match sort {
                    // What has one word has it where it is declared.
                    SettingSort::Option if !key.contains(' ') => {
                        x.claim.at.file == y.claim.at.file
                            && x.claim.block != y.claim.block
                            && is_one(said, x.claim.at.file)
                            || x.claim.at.file != y.claim.at.file
                                && !x.claim.subject.owners.is_empty()
                                && x.claim.subject.owners == y.claim.subject.owners
                    }
                    SettingSort::Option => {
                        // A variable in the same letters has the name of its program in it.
                        let name = &x.claim.subject.wording;
                        let same = *name == y.claim.subject.wording && name.matches('_').count() + 1 >= check.words;
                        let long = same || key.split(' ').count() >= check.words;
                        // A document may describe two programs in two tables.
                        let known = support.get(&pair(source(x), source(y))).copied().unwrap_or(0);
                        let prose = x.setting.table.is_none() || y.setting.table.is_none();
                        known > 0 || prose && (long || x.claim.at.file == y.claim.at.file)
                    }
                    // The items of a list tell things apart.
                    SettingSort::Limit => {
                        x.claim.at.file == y.claim.at.file
                            && x.claim.block != y.claim.block
                            && (x.claim.list.is_none() || x.claim.list != y.claim.list)
                    }
                    SettingSort::Path => x.claim.at.file != y.claim.at.file,
                    SettingSort::Requirement | SettingSort::Licence => {
                        let sentence = |s: &Said<'_>| (s.claim.at.file, s.claim.block, s.claim.sentence);
                        // Two manifests may be those of two examples.
                        let shown = x.claim.by == LISTING && y.claim.by == LISTING;
                        let apart = x.claim.at.file != y.claim.at.file;
                        // Each package of a workspace has a manifest with a licence of its own.
                        let packages = *sort == SettingSort::Licence && shown && x.setting.folder != y.setting.folder;
                        (!shown || apart)
                            && !packages
                            && (x.claim.block != y.claim.block
                                || *sort == SettingSort::Licence && sentence(x) != sentence(y)
                                || apart)
                    }
                    SettingSort::Constant => {
                        // Code that takes other numbers for several constants shows an example.
                        let sources = pair(block(x), block(y));
                        let of = |map: &FxHashMap<_, u32>| map.get(&sources).copied().unwrap_or(0);
                        let shown = x.claim.by == LISTING && y.claim.by == LISTING;
                        !shown
                            && x.claim.at.file == y.claim.at.file
                            && x.claim.block != y.claim.block
                            && is_two_valued(said)
                            && (of(&apart.1) < 2 || of(&apart.0) > of(&apart.1))
                    }
                    // Two models of one series may both be described; a slip differs in one sign.
                    SettingSort::Model => {
                        x.claim.at.file == y.claim.at.file
                            && x.claim.block != y.claim.block
                            && is_two_valued(said)
                            && slip(&x.claim.text, &y.claim.text).is_some()
                    }
                    // A table is what samples and sentences are compared with; two samples may show two answers.
                    SettingSort::Endpoint => x.setting.table.is_some() != y.setting.table.is_some(),
                    SettingSort::Beside | SettingSort::Release | SettingSort::Code | SettingSort::Spelled => false,
                }
        };
        if let Some(finding) = finding(said, clash) {
            found.push(finding);
        }
    }
}

/// Whether a name of one word has one meaning in a file: at most one table and one list declare it, and it has two
/// values. Each endpoint has a `limit` of its own.
fn is_one(said: &[Said<'_>], file: FileId) -> bool {
    let here: Vec<&Said<'_>> = said.iter().filter(|s| s.claim.at.file == file).collect();
    let mut tables: Vec<u32> = here.iter().filter_map(|s| s.setting.table).collect();
    tables.dedup();
    let mut lists: Vec<u32> = here.iter().filter(|s| s.setting.table.is_none()).filter_map(|s| s.claim.list).collect();
    lists.dedup();
    let mut values: Vec<&SettingValue> = Vec::new();
    for s in &here {
        if !values.contains(&&s.setting.value) {
            values.push(&s.setting.value);
        }
    }
    tables.len() <= 1 && lists.len() <= 1 && values.len() == 2
}

/// Whether the statements of each file give no more than two values, one of which most of them have.
fn is_two_valued(said: &[Said<'_>]) -> bool {
    let mut values: Vec<(&SettingValue, usize)> = Vec::new();
    for s in said {
        match values.iter_mut().find(|(value, _)| *value == &s.setting.value) {
            Some((_, n)) => *n += 1,
            None => values.push((&s.setting.value, 1)),
        }
    }
    matches!(values.as_slice(), [(_, a), (_, b)] if *a.min(b) == 1)
}

/// A finding about a value and the same in another form beside it.
fn apart(claim: &Claim, setting: &Setting, beside: &Beside, claims: &[&Claim]) -> Option<Finding> {
    let differs = |value: &SettingValue| agreement(&setting.value, value) == Agreement::Different;
    if !beside.readings.iter().all(differs) {
        return None;
    }
    // Another page may declare the option by the name that is used.
    let option = setting.sort == SettingSort::Option;
    let declared = |c: &&Claim| match &c.value {
        Value::Identifier(i) => i.declared && i.words.join(" ") == setting.key,
        _ => false,
    };
    if option && claims.iter().any(declared) {
        return None;
    }
    let label = if beside.meaning.is_empty() { String::new() } else { format!("stands for {}", beside.meaning) };
    let mut places = vec![
        Place { at: claim.at, within: claim.within, label: String::new() },
        Place { at: beside.member.at, within: claim.within, label },
    ];
    // The same name with its own number elsewhere.
    places.extend(
        claims
            .iter()
            .filter_map(|other| match &other.value {
                Value::Setting(s)
                    if s.sort == SettingSort::Beside && s.key == setting.key && !beside.meaning.is_empty() =>
                {
                    let right = matches!(&s.value, SettingValue::Word(word) if *word == beside.meaning);
                    (right && other.at.file == claim.at.file).then(|| Place {
                        at: other.at,
                        within: other.within,
                        label: String::new(),
                    })
                }
                _ => None,
            })
            .take(PLACES - 2),
    );
    Some(Finding {
        places,
        variables: vec![
            ("what", claim.subject.wording.to_string()),
            ("here", if option { format!("`{}`", claim.text) } else { claim.text.to_string() }),
            (
                "there",
                match option {
                    true => format!("`{}` elsewhere", beside.member.text),
                    false => format!("{} beside it", beside.member.text),
                },
            ),
        ],
        notes: Vec::new(),
    })
}

/// Constants by the two blocks of code or tables that give them: how many are equal, and how many differ.
type Differing = (FxHashMap<(Source, Source), u32>, FxHashMap<(Source, Source), u32>);

fn differing(by_key: &BTreeMap<(SettingSort, &str, &str), Vec<Said<'_>>>) -> Differing {
    let mut out = Differing::default();
    for ((sort, ..), said) in by_key {
        if *sort != SettingSort::Constant {
            continue;
        }
        for (n, a) in said.iter().enumerate() {
            for b in said[n + 1..].iter().filter(|b| block(a) != block(b)) {
                let same = statements(a.setting, b.setting) == Agreement::Same;
                let counts = if same { &mut out.0 } else { &mut out.1 };
                *counts.entry(pair(block(a), block(b))).or_default() += 1;
            }
        }
    }
    out
}

/// The table, or the block, that a constant is given in.
fn block(said: &Said<'_>) -> Source {
    const BLOCKS: u32 = 1 << 31;
    (said.claim.at.file, Some(said.setting.table.unwrap_or(BLOCKS + said.claim.block.0)))
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
                if source(a) != source(b) && statements(a.setting, b.setting) == Agreement::Same && comparable(a, b) {
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
    if are_namesakes(&x.scope.titles, &y.scope.titles) {
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
        && !are_two_homes(a.setting, b.setting)
}

/// Whether two documents are the first pages of two projects: `README.md` and `packages/x/README.md`.
fn are_two_homes(a: &Setting, b: &Setting) -> bool {
    let last = |s: &Setting| s.folder.rsplit('/').next().is_some_and(|f| matches!(f, "doc" | "docs" | "documentation"));
    a.home && b.home && a.folder != b.folder && !last(a) && !last(b)
}

/// Whether two numbers can both be meant. Whole numbers are set, not measured: 10,000 and 12,000 are two values, as
/// round as they are.
fn quantities(x: &Quantity, y: &Quantity) -> Agreement {
    // "half an hour" is set as exactly as 30 minutes.
    let one_step = x.amount.step == y.amount.step;
    let whole = |q: &Quantity| q.is_plain() && (q.amount.step == Decimal::ONE || q.amount.words || one_step);
    if are_binary(x, y) || are_binary(y, x) {
        return Agreement::Unknown;
    }
    if let Some(agreement) = calendar::agreement(x, y).or_else(|| calendar::agreement(y, x)) {
        return agreement;
    }
    if x.is_plain() && y.is_plain() && x.unit.is_count() != y.unit.is_count() {
        return if x.unit.is_count() { bare(x, y) } else { bare(y, x) };
    }
    if x.unit.dimension != y.unit.dimension || !whole(x) || !whole(y) {
        return agree(x, y);
    }
    match (x.base(), y.base()) {
        (Some(a), Some(b)) if a == b => Agreement::Same,
        (Some(_), Some(_)) => Agreement::Different,
        _ => Agreement::Unknown,
    }
}

/// Whether a number of bytes is what a decimal unit is often written for: `1073741824` and "1 GB".
fn are_binary(x: &Quantity, y: &Quantity) -> bool {
    let powers = [(1_000_u64, 1_024_u64), (1_000_000, 1_048_576), (1_000_000_000, 1_073_741_824)];
    let bytes = x.unit.is_count() || x.unit.dimension == "data";
    bytes
        && y.unit.dimension == "data"
        && powers.iter().any(|(decimal, binary)| {
            y.unit.factor == Decimal::from(*decimal)
                && x.base().is_some_and(|x| y.value().checked_mul(Decimal::from(*binary)) == Some(x))
        })
}

/// A number without a unit against one with a unit: different when it is the same in no unit that programs count in.
fn bare(x: &Quantity, y: &Quantity) -> Agreement {
    // Milliseconds to days; bytes to gigabytes and gibibytes. In thousandths, since the first is below one.
    let factors: &[u64] = match y.unit.dimension.as_str() {
        "time" => &[1, 1_000, 60_000, 3_600_000, 86_400_000],
        "data" => &[1_000, 1_000_000, 1_024_000, 1_000_000_000, 1_048_576_000, 1_000_000_000_000, 1_073_741_824_000],
        _ => return Agreement::Unknown,
    };
    let Some(stated) = y.base().and_then(|b| b.checked_mul(Decimal::from(1_000))) else { return Agreement::Unknown };
    let fits = |factor: &u64| x.value().checked_mul(Decimal::from(*factor)) == Some(stated);
    if factors.iter().any(fits) { Agreement::Unknown } else { Agreement::Different }
}

/// Whether two statements can both be meant.
fn statements(a: &Setting, b: &Setting) -> Agreement {
    let used = |s: &Setting| s.sort == SettingSort::Requirement && s.slot == "used";
    let older = |x: &Setting, y: &Setting| match (&x.value, &y.value) {
        (SettingValue::Version { major: a, minor: m }, SettingValue::Version { major: b, minor: n }) => {
            a < b || a == b && m.zip(*n).is_some_and(|(m, n)| m < n)
        }
        _ => false,
    };
    if a.sort == SettingSort::Requirement {
        // What is supported no longer is not enough, nor what is older than a release began to need.
        let told = |s: &Setting| matches!(s.slot.as_str(), DROPPED | DEMANDED);
        let refuted = |x: &Setting, y: &Setting| match x.slot.as_str() {
            DROPPED => y.slot == "least" && !older(x, y),
            _ => y.slot == "least" && older(y, x),
        };
        match (told(a), told(b)) {
            (false, false) => {}
            (true, false) if refuted(a, b) => return Agreement::Different,
            (false, true) if refuted(b, a) => return Agreement::Different,
            _ => return Agreement::Unknown,
        }
    }
    // Two licences of the project itself; of other things there may be two.
    if let (SettingValue::Set(x), SettingValue::Set(y)) = (&a.value, &b.value)
        && a.slot == "project"
        && b.slot == "project"
        && !x.iter().any(|a| y.iter().any(|b| are_one_licence(a, b)))
    {
        return Agreement::Different;
    }
    match (used(a), used(b)) {
        (false, false) => agreement(&a.value, &b.value),
        // What is used may be newer than what is needed.
        (true, false) if older(a, b) => Agreement::Different,
        (false, true) if older(b, a) => Agreement::Different,
        _ => Agreement::Unknown,
    }
}

/// Whether two names are of one licence; one without its number may be any of them.
fn are_one_licence(a: &str, b: &str) -> bool {
    a == b || a.ends_with('-') && b.starts_with(a) || b.ends_with('-') && a.starts_with(b)
}

/// Whether a word turns something on or off.
fn is_switch(word: &str) -> bool {
    matches!(word, "true" | "false")
}

/// Whether two values can both be meant.
pub(super) fn agreement(a: &SettingValue, b: &SettingValue) -> Agreement {
    match (a, b) {
        (SettingValue::Quantity(x), SettingValue::Quantity(y)) => quantities(x, y),
        (SettingValue::Word(x), SettingValue::Word(y)) if x == y => Agreement::Same,
        // "enabled by default" says of an option with other words that it is there.
        (SettingValue::Word(x), SettingValue::Word(y)) if is_switch(x) != is_switch(y) => Agreement::Unknown,
        (SettingValue::Word(_), SettingValue::Word(_)) => Agreement::Different,
        (SettingValue::Version { major: a, minor: x }, SettingValue::Version { major: b, minor: y }) => {
            match (a == b, x, y) {
                (false, ..) => Agreement::Different,
                (true, None, None) => Agreement::Same,
                // "Python 3" is 3.8 as well.
                (true, None, Some(n)) | (true, Some(n), None) if *n > 0 => Agreement::Unknown,
                (true, x, y) if x.unwrap_or(0) == y.unwrap_or(0) => Agreement::Same,
                _ => Agreement::Different,
            }
        }
        (SettingValue::Release(x), SettingValue::Release(y)) => match x.iter().zip(y).all(|(a, b)| a == b) {
            true => Agreement::Same,
            false => Agreement::Different,
        },
        // Sets that share nothing may be those of two things; of one in the other, one is a part.
        (SettingValue::Set(x), SettingValue::Set(y)) => {
            let alone =
                |p: &[CompactString], q: &[CompactString]| p.iter().any(|a| !q.iter().any(|b| are_one_licence(a, b)));
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
    let same = |a: usize, b: usize| statements(said[a].setting, said[b].setting) == Agreement::Same;
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
        "since" => "first version of ".to_owned(),
        "deprecated" => "deprecation of ".to_owned(),
        "removed" => "removal of ".to_owned(),
        slot if said[usual].setting.sort == SettingSort::Option => format!("{slot} value of "),
        _ => String::new(),
    };
    let named = matches!(said[usual].setting.sort, SettingSort::Option | SettingSort::Constant);
    let name = if named { format!("`{}`", what[0]) } else { what[0].to_owned() };
    Some(Finding {
        places,
        variables: vec![
            ("what", format!("{slot}{name}")),
            ("here", said[first].claim.text.to_string()),
            ("there", format!("{} elsewhere", said[usual].claim.text)),
        ],
        notes: Vec::new(),
    })
}
