//! A value that a sentence gives in words of its own, and another one where the setting is described.
//!
//! Which setting a sentence means is weighed: the words that both have, by how rare they are among the settings of the
//! documents and by where they stand; how much of either side they are; and what else ties the two, a name in code, a
//! default or bound on both sides, one document, a unit. A sentence that fits two settings, or a setting with the same
//! value, is left alone.

use super::{calendar, is_one_project, values};
use crate::check::slip::slip;
use crate::check::{Finding, Place};
use crate::claim::{Claim, Parameter, ParameterSource, SettingValue, Value, are_namesakes};
use crate::value::{Agreement, Decimal};
use rustc_hash::{FxHashMap, FxHashSet};

/// Settings that one word may lead to; a word of more says nothing.
const CROWD: usize = 60;

/// Most places that are labelled on either side.
const PLACES: usize = 4;

/// Points from which a sentence and a setting are taken for the same thing, in one document and across.
const ENOUGH: i32 = 66;
const ENOUGH_APART: i32 = 74;

/// Points by which another setting must be worse.
const MARGIN: i32 = 15;

/// Points from which a setting may be meant, so that its value explains the sentence.
const PERHAPS: i32 = 45;

/// Points by which a setting with another value must be better than one with the value of the sentence.
const EXPLAINED: i32 = 30;

/// A value with the words around it.
#[derive(Clone, Copy)]
struct Stated<'a> {
    claim: &'a Claim,
    parameter: &'a Parameter,
}

/// The settings that are described, by the words that say what they are.
struct Index<'a> {
    described: Vec<Stated<'a>>,
    by_term: FxHashMap<&'a str, Vec<u32>>,
}

impl<'a> Index<'a> {
    fn new(described: Vec<Stated<'a>>) -> Self {
        let mut by_term: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        for (n, one) in described.iter().enumerate() {
            for term in one.parameter.terms.iter().filter(|t| t.weight > 1) {
                by_term.entry(&term.key).or_default().push(n as u32);
            }
        }
        Self { described, by_term }
    }

    /// How much a word tells settings apart, at most 100.
    fn rarity(&self, term: &str) -> i32 {
        match self.by_term.get(term).map_or(0, Vec::len) {
            // No setting has it: it may be of the sentence alone.
            0 => 60,
            1 => 100,
            2 => 90,
            3 | 4 => 75,
            5..=8 => 55,
            9..=20 => 35,
            _ => 20,
        }
    }

    /// The settings that share a word with a sentence.
    fn candidates(&self, said: &Parameter) -> Vec<u32> {
        let terms = said.terms.iter().filter(|t| t.weight > 1 && !t.plain);
        let mut out: Vec<u32> = terms
            .filter_map(|t| self.by_term.get(t.key.as_str()).filter(|list| list.len() <= CROWD))
            .flatten()
            .copied()
            .collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The descriptions that give what one gives by the same name the same value, that one included.
    fn same(&self, setting: u32) -> impl Iterator<Item = u32> + '_ {
        let own = self.described[setting as usize];
        self.described.iter().enumerate().filter_map(move |(n, other)| {
            let (a, b) = (own.parameter, other.parameter);
            let named = !a.key.is_empty() && a.key == b.key && a.slot == b.slot;
            let same = named
                && values::agreement(&a.value, &b.value) == Agreement::Same
                && is_one_project((&a.folder, &a.edition), (&b.folder, &b.edition));
            (n == setting as usize || same).then_some(n as u32)
        })
    }

    /// The first of those descriptions.
    fn first_of(&self, setting: u32) -> u32 {
        self.same(setting).next().unwrap_or(setting)
    }

    /// How well a sentence fits a setting.
    fn points(&self, said: Stated<'_>, described: Stated<'_>) -> i32 {
        let (a, b) = (said.parameter, described.parameter);
        let apart = said.claim.at.file != described.claim.at.file;
        let mut shared = 0;
        let mut words = 0;
        let mut plain = 0;
        for term in &a.terms {
            let Some(other) = b.terms.iter().find(|t| t.key == term.key) else { continue };
            let weight = i32::from(term.weight.min(other.weight));
            if term.plain {
                plain = 1;
                shared += 4 * weight;
            } else {
                words += i32::from(weight > 1);
                shared += self.rarity(&term.key) * weight / 4;
            }
        }
        let own = |terms: &[crate::claim::ParameterTerm], least: u8| -> i32 {
            let told = terms.iter().filter(|t| t.weight >= least);
            told.map(|t| if t.plain { 16 } else { self.rarity(&t.key) * i32::from(t.weight) / 4 }).sum()
        };
        let cover = |all: i32| (shared * 100 / all.max(1)).min(100);
        // A description says in full what the name shortens.
        let described_by = if b.terms.iter().any(|t| t.weight > 3 && !t.plain) { 4 } else { 3 };
        let (of_said, of_described) = (cover(own(&a.terms, 3)), cover(own(&b.terms, described_by)));
        let mut points = shared.min(250) / 5 + of_said / 3 + of_described / 3;
        points += match words {
            0 => -60,
            1 if apart && plain == 0 && !is_named(a, b) => -40,
            1 => -15,
            2 => 0,
            _ => 8,
        };
        points += plain * 2;
        points += match (is_named(a, b), a.key.is_empty()) {
            (true, _) => 45,
            (false, true) => 0,
            // The sentence names another option.
            (false, false) => -30,
        };
        points += i32::from(a.slot == b.slot && b.slot == "default") * 12;
        points += i32::from(a.slot == "most" && b.bound) * 14;
        // "the default ceiling is": what is bounded on both sides is meant.
        points += i32::from(a.bound && b.bound && a.slot == "default" && b.slot == "default") * 12;
        points += i32::from(b.source == ParameterSource::Sample && b.slot.is_empty()) * -15;
        let counted = !a.counted.is_empty() && b.terms.iter().any(|t| t.key == a.counted);
        points += i32::from(counted && a.slot == "default") * 10;
        // "retries a job up to five times" of `attempts`: what is counted is the whole name.
        let name = b.terms.iter().rfind(|t| t.weight == 3 && !t.plain);
        points += i32::from(counted && name.is_some_and(|t| t.key == a.counted)) * 25;
        points += i32::from(!apart) * 6;
        points
    }
}

/// Whether the sentence names the setting in code.
fn is_named(said: &Parameter, described: &Parameter) -> bool {
    !said.key.is_empty()
        && !described.key.is_empty()
        && (said.key == described.key || described.key.ends_with(&format!(" {}", said.key)))
}

/// Appends a finding for every described setting that sentences give another value.
pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let (mut described, mut said): (Vec<Stated<'_>>, Vec<Stated<'_>>) = (Vec::new(), Vec::new());
    for &claim in claims {
        if let Value::Parameter(parameter) = &claim.value {
            let stated = Stated { claim, parameter };
            if parameter.source == ParameterSource::Said { said.push(stated) } else { described.push(stated) }
        }
    }
    if described.is_empty() || said.is_empty() {
        return;
    }
    let index = Index::new(described);
    let known: FxHashSet<_> = found.iter().flat_map(|f| f.places.iter().map(|p| p.at)).collect();
    let mut clashes: Vec<(u32, Stated<'_>)> = Vec::new();
    let mut agreeing: Vec<(u32, Stated<'_>)> = Vec::new();
    for one in said {
        match meant(&index, one) {
            Some(Meant::Clashes(setting)) => {
                let both = [one.claim.at, index.described[setting as usize].claim.at];
                if !both.iter().all(|at| known.contains(at)) {
                    clashes.push((index.first_of(setting), one));
                }
            }
            Some(Meant::Agrees(setting)) => agreeing.push((setting, one)),
            None => {}
        }
    }
    clashes.sort_by_key(|(setting, one)| (*setting, one.claim.at));
    for group in clashes.chunk_by(|a, b| a.0 == b.0) {
        let setting = group[0].0;
        let same: Vec<u32> = index.same(setting).collect();
        let said = agreeing.iter().filter(|(other, _)| same.contains(other)).map(|(_, one)| *one);
        let right: Vec<Stated<'_>> = same.iter().map(|&n| index.described[n as usize]).chain(said).collect();
        found.push(finding(group, &right));
    }
}

/// What a sentence says of the setting that it means.
enum Meant {
    Clashes(u32),
    Agrees(u32),
}

/// The setting that a sentence means; `None` when it is not clear which.
fn meant(index: &Index<'_>, said: Stated<'_>) -> Option<Meant> {
    let mut scored: Vec<(i32, u32)> = Vec::new();
    let mut explained: Option<(i32, bool, u32)> = None;
    for n in index.candidates(said.parameter) {
        let described = index.described[n as usize];
        let (a, b) = (said.parameter, described.parameter);
        let block = |s: Stated<'_>| (s.claim.at.file, s.claim.block);
        if !is_one_project((&a.folder, &a.edition), (&b.folder, &b.edition)) || block(said) == block(described) {
            continue;
        }
        let Some(agreement) = compared(a, b) else { continue };
        let points = index.points(said, described);
        // Another number of the sentence is that of this setting.
        if agreement == Agreement::Different
            && a.others.iter().any(|v| values::agreement(v, &b.value) == Agreement::Same)
        {
            continue;
        }
        let agrees = agreement != Agreement::Different
            || b.others.iter().any(|v| values::agreement(&a.value, v) == Agreement::Same);
        if agrees && points >= PERHAPS {
            let sure = agreement == Agreement::Same && points >= ENOUGH;
            explained = explained.max(Some((points, sure, n)));
        }
        if !agrees {
            scored.push((points, n));
        }
    }
    scored.sort_by_key(|(points, n)| (std::cmp::Reverse(*points), *n));
    let best = scored.first().copied();
    // A setting with the value of the sentence may be meant, unless the other fits far better.
    if let Some((points, sure, n)) = explained
        && best.is_none_or(|(best, _)| points + EXPLAINED > best)
    {
        return sure.then_some(Meant::Agrees(n));
    }
    let (best, n) = best?;
    let described = index.described[n as usize];
    let rival = scored.iter().skip(1).find(|(_, m)| {
        let other = index.described[*m as usize].parameter;
        values::agreement(&other.value, &described.parameter.value) != Agreement::Same
    });
    if rival.is_some_and(|(points, _)| *points + MARGIN > best) {
        return None;
    }
    let here = said.claim.at.file == described.claim.at.file;
    let near = i32::from(slip(&said.claim.text, &described.claim.text).is_some()) * 8;
    (best + near >= if here { ENOUGH } else { ENOUGH_APART } && is_fit(said, described)).then_some(Meant::Clashes(n))
}

/// Whether two values agree; `None` when they are not of one kind, so that one says nothing of the other.
fn compared(said: &Parameter, described: &Parameter) -> Option<Agreement> {
    if let (SettingValue::Word(a), SettingValue::Word(b)) = (&said.value, &described.value) {
        let switch = |word: &str| matches!(word, "true" | "false");
        let path = |word: &str| word.contains(['/', '.', ':']);
        let kind = switch(a) == switch(b) && !path(a) && !path(b) && described.slot == "default";
        return kind.then(|| values::agreement(&said.value, &described.value));
    }
    let (SettingValue::Quantity(a), SettingValue::Quantity(b)) = (&said.value, &described.value) else { return None };
    let (x, y) = (&a.unit, &b.unit);
    let calendar = matches!((x.dimension.as_str(), y.dimension.as_str()), ("months", "time") | ("time", "months"));
    let kind =
        x.dimension == y.dimension || calendar || y.is_count() && matches!(x.dimension.as_str(), "time" | "data");
    kind.then(|| values::agreement(&said.value, &described.value))
}

/// Whether nothing tells a sentence and a setting apart.
fn is_fit(said: Stated<'_>, described: Stated<'_>) -> bool {
    let (a, b) = (said.parameter, described.parameter);
    let slot = match (a.slot.as_str(), b.slot.as_str()) {
        ("most", "most") | ("least", "least") | ("default" | "", "default" | "") => true,
        ("most", _) => b.bound,
        ("", "most") => b.bound,
        _ => false,
    };
    let counted = a.counted.is_empty() || b.terms.iter().any(|t| t.key == a.counted) || is_named(a, b);
    let known = |p: &Parameter, platform: &str| {
        p.only.iter().any(|o| o == platform) || p.terms.iter().any(|t| t.key == platform)
    };
    let platforms = a.only.iter().all(|o| known(b, o)) && b.only.iter().all(|o| known(a, o));
    slot && counted
        && platforms
        && in_reach(&a.value, &b.value)
        && !are_namesakes(&said.claim.scope.titles, &described.claim.scope.titles)
}

/// Times that one count, and one time or size, may be greater than the other for both to be of one setting.
const COUNTS: Decimal = Decimal::from_parts(16, 0, 0, false, 0);
const MEASURES: Decimal = Decimal::from_parts(100, 0, 0, false, 0);

/// Whether two values may be the old and the new one of a setting; "two of the 128 subnets" are no change of their number.
fn in_reach(a: &SettingValue, b: &SettingValue) -> bool {
    let (SettingValue::Quantity(x), SettingValue::Quantity(y)) = (a, b) else { return true };
    let most = if x.unit.is_count() || y.unit.is_count() { COUNTS } else { MEASURES };
    // "blocks of 64 KiB" of 64: what is counted in has no unit of its own.
    let written = x.unit.is_count() != y.unit.is_count();
    let (p, q) = if written { (Some(x.value()), Some(y.value())) } else { calendar::in_one_unit(x, y) };
    let (Some(p), Some(q)) = (p, q) else { return false };
    let (low, high) = (p.abs().min(q.abs()), p.abs().max(q.abs()));
    !low.is_zero() && low.checked_mul(most).is_none_or(|limit| high <= limit)
}

/// A finding about the sentences that clash with what is described, and all that agrees with that.
fn finding(said: &[(u32, Stated<'_>)], right: &[Stated<'_>]) -> Finding {
    let place = |s: Stated<'_>| Place { at: s.claim.at, within: s.claim.within, label: String::new() };
    let described = right[0];
    let name = &described.claim.subject.wording;
    let what = if described.parameter.slot == "default" { format!("default of {name}") } else { name.to_string() };
    let clashing = said.iter().take(PLACES).map(|(_, s)| place(*s));
    Finding {
        places: clashing.chain(right.iter().take(PLACES).map(|s| place(*s))).collect(),
        variables: vec![
            ("what", what),
            ("here", said[0].1.claim.text.to_string()),
            ("there", format!("{} elsewhere", described.claim.text)),
        ],
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_named;
    use crate::claim::{Parameter, ParameterSource, SettingValue};

    fn named(key: &str) -> Parameter {
        Parameter {
            source: ParameterSource::Described,
            key: key.into(),
            terms: Vec::new(),
            value: SettingValue::Word("on".into()),
            slot: "".into(),
            others: Vec::new(),
            bound: false,
            beyond: false,
            counted: "".into(),
            only: Vec::new(),
            folder: "".into(),
            edition: "".into(),
        }
    }

    #[test]
    fn knows_a_setting_by_its_own_name_inside_of_a_section() {
        assert!(is_named(&named("idle timeout"), &named("server idle timeout")));
        assert!(!is_named(&named("timeout"), &named("timeout handler")));
        assert!(!is_named(&named(""), &named("timeout")));
    }
}
