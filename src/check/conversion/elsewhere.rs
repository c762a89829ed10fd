//! One figure with two units at different places: "350 tonnes of rice", "the 350 kg of rice"; "2.6 hours a week", "a
//! month"; "24.3 million euros", "Swiss francs".
//!
//! Two numbers are taken for one figure when their digits are the same and the words around them speak of one thing.

use crate::check::{Finding, Place};
use crate::claim::{Claim, Frame, Origin, Value, WordSort, times_conflict};
use crate::span::Span;
use crate::value::{Decimal, Quantity, format_like};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// A number that more claims give than this is too common to compare.
const CROWD: usize = 24;
/// Least weight of the words in common.
const LEAST: f32 = 1.8;
/// What a number of several digits adds that stands with one of the two units at a single place.
const ODD_ONE_OUT: f32 = 0.9;
/// Most cells that restate a figure.
const RESTATED: usize = 3;
/// A word of more sentences than this weighs half.
const COMMON: usize = 12;

/// A number with the words around it.
type Figure<'a> = (&'a Claim, &'a Quantity, &'a Frame);

/// Appends a finding for every figure that is given with two units.
pub(super) fn check(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut spread: FxHashMap<&str, usize> = FxHashMap::default();
    let mut figures: BTreeMap<(String, &str), Vec<Figure<'_>>> = BTreeMap::new();
    let mut cells: BTreeMap<Decimal, Vec<&Claim>> = BTreeMap::new();
    // What stands in two paragraphs is read there.
    let mut read: FxHashSet<(Span, Span)> = FxHashSet::default();
    for &claim in claims {
        if let Value::Conversion { first, second, .. } = &claim.value {
            read.insert((first.at, second.at));
        }
        if let (Value::Quantity(quantity), Some(_)) = (&claim.value, &claim.axes) {
            cells.entry(quantity.amount.low).or_default().push(claim);
        }
        let (Value::Quantity(quantity), Some(frame)) = (&claim.value, claim.frame.as_deref()) else { continue };
        for word in frame.words.iter() {
            *spread.entry(word.key.as_str()).or_default() += 1;
        }
        let digits = digits(quantity);
        if claim.origin == Origin::Prose && !quantity.amount.range && digits.len() >= 2 && !quantity.unit.is_count() {
            figures.entry((digits, family(quantity))).or_default().push((claim, quantity, frame));
        }
    }
    for group in figures.values().filter(|g| (2..=CROWD).contains(&g.len())) {
        let mut taken = vec![false; group.len()];
        for (i, &(a, x, f)) in group.iter().enumerate() {
            for (j, &(b, y, g)) in group.iter().enumerate().skip(i + 1) {
                if taken[i]
                    || taken[j]
                    || !differ(x, y)
                    || !is_one_thing(a, b)
                    || weigh(shared(f, g, &spread), x, group) < LEAST
                {
                    continue;
                }
                taken[j] = true;
                if read.contains(&(a.at, b.at)) {
                    continue;
                }
                let mut finding = finding((a, x), (b, y));
                // The cell that the text restates.
                let row = |c: &Claim| c.axes.as_deref().is_some_and(|axes| axes.row_keys.iter().any(|k| f.has(k)));
                let restated = cells.get(&x.amount.low).into_iter().flatten();
                let restated = restated.filter(|c| c.at.file == a.at.file && row(c)).take(RESTATED);
                finding.places.extend(restated.map(|c| Place { at: c.at, within: c.within, label: String::new() }));
                found.push(finding);
            }
        }
    }
}

/// The digits of a number without the zeros at both ends.
fn digits(quantity: &Quantity) -> String {
    let digits = quantity.amount.low.abs().normalize().mantissa().to_string();
    digits.trim_end_matches('0').to_owned()
}

/// The weight of the words in common, with what the number itself adds.
fn weigh(words: f32, quantity: &Quantity, group: &[Figure<'_>]) -> f32 {
    let mut units: Vec<(&str, &str)> =
        group.iter().map(|(_, q, _)| (q.unit.dimension.as_str(), q.unit.symbol.as_str())).collect();
    units.sort_unstable();
    let kinds: Vec<usize> = units.chunk_by(|a, b| a == b).map(<[_]>::len).collect();
    let written = quantity.amount.low.checked_div(quantity.amount.step);
    let several = written.is_some_and(|w| w.abs() >= Decimal::ONE_HUNDRED) || quantity.amount.step < Decimal::ONE;
    let odd = kinds.len() <= 2 && kinds.contains(&1);
    if odd && several && words >= 0.75 { words + ODD_ONE_OUT } else { words }
}

/// What numbers can be mistaken for each other: sums of any currency, rates by any time, sizes of one dimension.
fn family(quantity: &Quantity) -> &str {
    let dimension = quantity.unit.dimension.as_str();
    if quantity.unit.is_money() {
        return "money";
    }
    match dimension.split_once('/').map_or(dimension, |(of, _)| of) {
        // Bits and bytes have the same prefixes.
        "bits" => "data",
        of => of,
    }
}

/// Whether the units differ while the digits are those of one number.
fn differ(a: &Quantity, b: &Quantity) -> bool {
    if a.base() == b.base() && a.unit.dimension == b.unit.dimension {
        return false;
    }
    // "4 litres" and "4 litres a day" are two things, a sum and a sum a year may be one.
    if is_rate(a) != is_rate(b) && !(a.unit.is_money() && b.unit.is_money()) {
        return false;
    }
    if a.unit.symbol != b.unit.symbol {
        // "5.2 dollars" and "52 euros" are two sums.
        let currency = |q: &Quantity| q.unit.dimension.split('/').next().unwrap_or_default().to_owned();
        let money = a.unit.is_money();
        return if money {
            a.amount.low == b.amount.low && currency(a) != currency(b) && !may_be_one(a, b)
        } else {
            true
        };
    }
    // "12.4 million", "12.4 billion": another scale word with the same precision.
    let (less, more) = (a.amount.low.min(b.amount.low), a.amount.low.max(b.amount.low));
    let written = a.amount.step > Decimal::ONE && b.amount.step > Decimal::ONE;
    let times = more.checked_div(less);
    written && times.is_some_and(|t| t == Decimal::ONE_THOUSAND || t == Decimal::from(1_000_000))
}

/// Whether one sign is the other with its country: "$" and "US$".
fn may_be_one(a: &Quantity, b: &Quantity) -> bool {
    let sign = |q: &Quantity| q.unit.symbol.split('/').next().unwrap_or_default().to_owned();
    let (x, y) = (sign(a), sign(b));
    x.ends_with(&y) || y.ends_with(&x)
}

fn is_rate(quantity: &Quantity) -> bool {
    quantity.unit.dimension.contains('/')
}

/// Whether nothing says that the two are of different things or times.
fn is_one_thing(a: &Claim, b: &Claim) -> bool {
    let apart = a.at.file != b.at.file;
    let other = |x: &Claim, y: &Claim| x.subject.entities.iter().any(|e| !y.subject.entities.contains(e));
    let contrast = !apart && (a.block == b.block || a.list.is_some() && a.list == b.list);
    let example = |c: &Claim| c.scope.cues.iter().any(|c| matches!(c.as_str(), "example" | "edition"));
    let elsewhere = times_conflict(a.scope.when(), b.scope.when())
        || other(a, b) && other(b, a)
        || apart && a.scope.period != b.scope.period;
    !contrast && !elsewhere && !example(a) && !example(b)
}

/// The weight of the words that both sentences have near the number.
fn shared(f: &Frame, g: &Frame, spread: &FxHashMap<&str, usize>) -> f32 {
    let mut seen: Vec<&str> = Vec::new();
    let mut sum = 0.0;
    for (i, word) in f.words.iter().enumerate().filter(|(_, w)| w.sort != WordSort::Light) {
        let near = |(j, w): (usize, &crate::claim::FrameWord)| (w.key == word.key).then(|| g.nearness(j));
        let Some(other) = g.words.iter().enumerate().filter_map(near).max_by(f32::total_cmp) else { continue };
        if seen.contains(&word.key.as_str()) {
            continue;
        }
        seen.push(&word.key);
        let common = spread.get(word.key.as_str()).is_some_and(|&n| n > COMMON);
        let head = if word.key == f.head && word.key == g.head { 1.3 } else { 1.0 };
        let light = if word.verbal { 0.6 } else { 1.0 };
        sum += f.nearness(i).min(other) * head * light * if common { 0.5 } else { 1.0 };
    }
    sum
}

fn finding((a, x): (&Claim, &Quantity), (b, y): (&Claim, &Quantity)) -> Finding {
    let but = if x.unit.dimension == y.unit.dimension
        && let Some(converted) = x.base().and_then(|base| base.checked_div(y.unit.factor))
        && converted >= Decimal::new(1, 2)
    {
        let shown = format_like(converted.round_dp(2).normalize(), &b.text);
        format!("but is {shown} {}", y.unit.symbol).trim_end().to_owned()
    } else {
        "in another unit".to_owned()
    };
    let but =
        if x.unit.is_money() && x.unit.dimension != y.unit.dimension { "in another currency".to_owned() } else { but };
    let place = |c: &Claim, label: String| Place { at: c.at, within: c.within, label };
    Finding {
        places: vec![place(b, format!("but {} elsewhere", a.text)), place(a, String::new())],
        variables: vec![("first", a.text.to_string()), ("second", b.text.to_string()), ("but", but)],
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Amount, Hedge, Unit};

    fn quantity(value: i64, step: i64, dimension: &str, symbol: &str) -> Quantity {
        let unit = Unit { dimension: dimension.into(), symbol: symbol.into(), factor: Decimal::ONE };
        Quantity { amount: Amount::exact(value.into(), step.into()), hedge: Hedge::None, unit }
    }

    #[test]
    fn flags_other_units_currencies_and_scales() {
        let euros = quantity(24_300_000, 100_000, "currency:EUR", "€");
        let francs = quantity(24_300_000, 100_000, "currency:CHF", "CHF");
        let more = quantity(24_300_000_000, 100_000_000, "currency:EUR", "€");
        assert!(differ(&euros, &francs) && differ(&euros, &more));
        assert_eq!((family(&euros), digits(&more)), ("money", "243".to_owned()));
        assert!(differ(&quantity(1024, 1, "data", "bytes"), &quantity(1024, 1, "bits", "bits")));
        assert_eq!(family(&quantity(1024, 1, "bits", "bits")), "data");
    }

    #[test]
    fn ignores_rates_beside_amounts_and_other_sums() {
        assert!(!differ(&quantity(4, 1, "volume", "l"), &quantity(4, 1, "volume/time", "l/day")));
        let (dollars, euros) = (quantity(52, 1, "currency:USD", "$"), quantity(520, 1, "currency:EUR", "€"));
        assert!(!differ(&dollars, &euros));
        assert!(!differ(&dollars, &dollars.clone()));
    }
}
