//! Sums that no wording gives away, found by the weight of what speaks for them.
//!
//! In a run of neighbouring blocks every number may be the whole of others near it. What stands around them, and not
//! what they are worth, says how likely it is that they are meant as a sum (`evidence.rs`); how the sum misses the
//! whole says whether one of them was written wrong (`slip.rs`). Only sums that do not add up are claimed: whether the
//! others are meant as such would say nothing.

mod evidence;
mod sets;
mod slip;

use super::operands::rounded;
use crate::claim::context::WEIGHED;
use crate::claim::figures::{Run, runs};
use crate::claim::{Claim, ClaimKind, Context, Operand, Value};
use crate::span::Span;
use crate::value::Decimal;
use evidence::Seen;
use rustc_hash::FxHashMap;
use sets::{Set, exact_worth, sets};
use slip::Slip;

/// What the evidence must come to, in log-odds.
const LEAST: f32 = 0.25;
/// Numbers that add up in another way are explained, when hardly less speaks for that.
const NEARLY: f32 = 1.0;
/// How many numbers before and behind a whole may say what the parts make.
const AROUND: usize = 12;
/// How many of the ways in which one whole adds up are kept.
const EXACT: usize = 24;
/// How sure it is that the parts are all the parts, see [`Value::Total`].
const STRENGTH: u8 = 5;

/// Reads the sums of all running text that do not add up and are not among the claims yet.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut known: FxHashMap<Span, Vec<usize>> = FxHashMap::default();
    for (i, claim) in out.iter().enumerate() {
        if let Value::Total { whole, readings, .. } = &claim.value {
            for operand in readings.iter().flatten().chain([whole]) {
                known.entry(operand.at).or_default().push(i);
            }
        }
    }
    for run in runs(context) {
        for set in missed(&run) {
            let claim = claim(&run, &set);
            if !is_known(&claim, &known) {
                out.push(claim);
            }
        }
    }
}

/// Whether another claim has the whole, or two of the numbers.
fn is_known(claim: &Claim, known: &FxHashMap<Span, Vec<usize>>) -> bool {
    let Value::Total { whole, readings, .. } = &claim.value else { return false };
    let mut found: Vec<usize> =
        readings.iter().flatten().chain([whole]).filter_map(|o| known.get(&o.at)).flatten().copied().collect();
    found.sort_unstable();
    known.contains_key(&whole.at) || found.windows(2).any(|pair| pair[0] == pair[1])
}

/// The sets of a run that are meant as sums and do not add up, the surest first where two share numbers.
fn missed(run: &Run<'_>) -> Vec<Set> {
    let mut exact: Vec<Set> = Vec::new();
    let mut off: Vec<(f32, Set)> = Vec::new();
    for whole in 0..run.figures.len() {
        let all = sets(run, whole);
        let (sound, wrong): (Vec<Set>, Vec<Set>) = all.into_iter().partition(|set| set.exact);
        if sound.is_empty() {
            let known = |set: &Set| is_sum_told(run, set);
            let weighed = wrong.into_iter().filter_map(|set| Some((worth(run, &set)?, set)));
            let best = weighed.filter(|(w, set)| *w >= LEAST && !known(set)).max_by(|(a, _), (b, _)| a.total_cmp(b));
            off.extend(best);
        }
        exact.extend(sound.into_iter().take(EXACT));
    }
    off.retain(|(_, set)| {
        let meant = Seen::new(run, set).worth();
        let rivals = exact.iter().filter(|e| e.shared(set) >= 2);
        !rivals.into_iter().any(|e| Seen::new(run, e).worth() >= meant - NEARLY)
    });
    off.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| (x.whole, &x.parts).cmp(&(y.whole, &y.parts))));
    let mut chosen: Vec<Set> = Vec::new();
    for (_, set) in off {
        if chosen.iter().all(|c| c.shared(&set) < 2 && c.whole != set.whole) {
            chosen.push(set);
        }
    }
    chosen
}

/// Whether a number near the whole is what the parts make: "0 + 141 + 334 = 475, the total row says 435".
fn is_sum_told(run: &Run<'_>, set: &Set) -> bool {
    let sum: Option<Decimal> =
        set.parts.iter().try_fold(Decimal::ZERO, |sum, &p| sum.checked_add(exact_worth(run, set.whole, p)?));
    let near = set.whole.saturating_sub(AROUND)..run.figures.len().min(set.whole + AROUND);
    sum.is_some() && near.into_iter().any(|i| exact_worth(run, set.whole, i) == sum)
}

/// Log-odds that numbers are meant as a sum in which one was written wrong; `None` when they certainly are not.
fn worth(run: &Run<'_>, set: &Set) -> Option<f32> {
    let slip = Slip::new(run, set)?;
    let seen = Seen::new(run, set);
    let counted_apart = slip.lacks_one && seen.has_single();
    let chance = slip.by_few && !(seen.is_told() && seen.is_on_one_side());
    let open = if slip.is_over { seen.may_overlap() } else { !seen.is_complete() };
    let refused = counted_apart || chance || open || seen.is_refused();
    (!refused).then(|| seen.worth() + slip.worth())
}

fn claim(run: &Run<'_>, set: &Set) -> Claim {
    let whole = &run.figures[set.whole];
    let parts: Vec<Operand> = set.parts.iter().map(|&p| operand(run, set, p)).collect();
    let value = Value::Total {
        whole: operand(run, set, set.whole),
        readings: vec![parts],
        strength: STRENGTH,
        exact: false,
        support: 0,
        culprit: None,
        also: Vec::new(),
    };
    let mut claim = whole.view.claim(ClaimKind::Total, WEIGHED, whole.at.tokens.clone(), value);
    claim.subject.wording = whole.noun_wording(run.lexicon);
    claim
}

fn operand(run: &Run<'_>, set: &Set, number: usize) -> Operand {
    let (whole, figure) = (&run.figures[set.whole], &run.figures[number]);
    let mut quantity = rounded(&figure.at.quantity, None);
    if quantity.unit.is_count() {
        quantity.unit = whole.at.quantity.unit.clone();
    }
    Operand {
        at: figure.view.span(figure.at.tokens.clone()),
        text: figure.view.wording(figure.at.tokens.clone()).into(),
        name: figure.noun_wording(run.lexicon),
        quantity,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::document::Document;
    use crate::lexicon::Lexicon;

    fn read(text: &str) -> Vec<(String, usize)> {
        let document = Document::of_paragraph(text);
        let layers = annotate(&document, Lexicon::english());
        let context = Context::new(&document, &layers, Lexicon::english());
        let mut out = Vec::new();
        extract(&context, &mut out);
        let parts = |claim: &Claim| match &claim.value {
            Value::Total { readings, .. } => readings[0].len(),
            _ => 0,
        };
        out.iter().map(|claim| (claim.text.to_string(), parts(claim))).collect()
    }

    #[test]
    fn reads_sums_with_a_slip() {
        let text = "The club has 412 books. Ninety-seven are atlases and 215 novels. The other 120 are plays.";
        assert_eq!(read(text), [("412".to_owned(), 3)]);
    }

    #[test]
    fn reads_nothing_where_the_numbers_are_no_sum() {
        for text in [
            "The club has 432 books. Ninety-seven are atlases and 215 novels. The other 120 are plays.",
            "Tickets sold 148 times in May, 75 times in June and 68 times in July.",
            "Of the 212 guests, 118 had a cold and 104 had a cough.",
            "Of the 74 drawings, 49 are by her and 21 by her brother.",
            "The two make 475, not 435: 141 in spring and 334 in autumn.",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
