//! Shares and changes that no wording gives away, found by the weight of what speaks for them.
//!
//! Every pair of numbers near a share may be the part and the whole that it was worked out from, or the two ends of a
//! change. What stands around the three, and not what they are worth, says how likely that is (`evidence.rs`); how the
//! pair misses the share says whether one of the three was written wrong (`slip.rs`). Only shares that no likely pair
//! makes are claimed: that the others follow from something says nothing.

mod evidence;
mod pairs;
mod siblings;
mod slip;
mod stated;

use crate::claim::context::WEIGHED;
use crate::claim::figures::{Cues, Figure, Run, runs};
use crate::claim::{Claim, ClaimKind, Context, Operand, Relation, Value};
use crate::span::Span;
use crate::value::Decimal;
use evidence::Seen;
use pairs::{Pair, explains, is_about, is_share, operands, pairs};
use rustc_hash::{FxHashMap, FxHashSet};
use siblings::Siblings;
use slip::Slip;
use stated::Stated;

/// What the evidence must come to, in log-odds.
const LEAST: f32 = 0.0;
/// A pair with less than this is never reported, whatever the slip.
const FAINT: f32 = -4.0;
/// A pair that makes the share explains it when it is no more than so much less likely, or has the same part.
const NEARLY: f32 = 2.5;

/// The same for a pair that has a number in common.
const KINDRED: f32 = 6.0;

/// Reads the shares of all running text that the numbers near them do not bear out, and that are not among the claims.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let stated =
        |q: &crate::annotate::QuantityAt| q.quantity.unit.is_percent() || q.quantity.unit.dimension == "fraction";
    if !context.views().any(|view| view.layer.quantities.iter().any(stated)) {
        return;
    }
    let known: FxHashSet<Span> = out
        .iter()
        .filter_map(|claim| match &claim.value {
            Value::Percentage { stated, .. } => Some(stated.at),
            _ => None,
        })
        .collect();
    let mut found: Vec<(Decimal, Claim)> = Vec::new();
    for run in runs(context) {
        let siblings = Siblings::new(&run);
        for share in 0..run.figures.len() {
            let figure = &run.figures[share];
            if is_share(figure) && !known.contains(&figure.view.span(figure.at.tokens.clone())) {
                let missed = missed(&run, share, &siblings);
                found.extend(missed.map(|p| (run.figures[p.second].at.quantity.value(), claim(&run, &p))));
            }
        }
    }
    // A whole that several shares miss is not theirs: answers were missing, or only some are told of.
    let mut wholes: FxHashMap<Decimal, usize> = FxHashMap::default();
    for (whole, _) in &found {
        *wholes.entry(*whole).or_default() += 1;
    }
    out.extend(found.into_iter().filter(|(whole, _)| wholes.get(whole) == Some(&1)).map(|(_, claim)| claim));
}

/// The pair that a share was worked out from, when it does not make it.
fn missed(run: &Run<'_>, share: usize, siblings: &Siblings) -> Option<Pair> {
    let all = pairs(run, share);
    let stated = Stated::new(run, share, &all);
    let seen = |pair: &Pair| Seen::new(&stated, siblings, *pair);
    let near = all.iter().filter(|pair| is_about(run, pair) && explains(run, pair) == Some(false));
    let (worth, best) = near
        .map(|pair| (seen(pair).worth(), *pair))
        .filter(|(worth, _)| *worth >= FAINT)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    if seen(&best).is_refused() || is_told_beside(run, &best) {
        return None;
    }
    let mut others = 1.0;
    for pair in all.iter().filter(|p| **p != best) {
        let rival = seen(pair).worth();
        // Another whole of the same part explains the share, however far it stands: "of whom 403 (63 per cent)"; one
        // that has a number in common with the pair, when it is not much less likely.
        let is_share = pair.relation == Relation::Share;
        let same_part = is_share && pair.first == best.first;
        let shared = is_share && [pair.first, pair.second].iter().any(|n| [best.first, best.second].contains(n));
        let margin = if shared { KINDRED } else { NEARLY };
        if (same_part || rival >= worth - margin) && explains(run, pair) != Some(false) {
            return None;
        }
        others += rival.exp();
    }
    // The pair among all the others, and none.
    let odds = worth - others.ln();
    let slip = Slip::new(run, &best)?;
    (!slip.is_rounding && odds + slip.worth() >= LEAST).then_some(best)
}

/// Whether another share of the sentence is what the pair makes: "that is 92 per cent, against 88 a year before".
fn is_told_beside(run: &Run<'_>, pair: &Pair) -> bool {
    let own = &run.figures[pair.share];
    let beside = |f: &Figure<'_>| is_share(f) && f.block == own.block && f.sentence == own.sentence;
    let others = (0..run.figures.len()).filter(|&i| i != pair.share && beside(&run.figures[i]));
    others.map(|share| Pair { share, ..*pair }).any(|p| explains(run, &p) == Some(true))
}

fn claim(run: &Run<'_>, pair: &Pair) -> Claim {
    let share = &run.figures[pair.share];
    let [first, second] = [pair.first, pair.second].map(|i| operand(&run.figures[i]));
    let others = operands(first, second);
    // "Nearly half" is stated, not "half".
    let mut stated = operand(share);
    if share.at.quantity.unit.dimension == "fraction" {
        let member = share.view.member(share.at.hedged.clone());
        (stated.at, stated.text) = (member.at, member.text);
    }
    let value = Value::Percentage { relation: pair.relation, stated, others };
    share.view.claim(ClaimKind::Percentage, WEIGHED, share.at.tokens.clone(), value)
}

fn operand(figure: &Figure<'_>) -> Operand {
    let member = figure.view.member(figure.at.tokens.clone());
    Operand { at: member.at, text: member.text, name: "".into(), quantity: figure.at.quantity.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::document::Document;
    use crate::lexicon::Lexicon;

    fn read(text: &str) -> Vec<String> {
        let document = Document::of_paragraph(text);
        let layers = annotate(&document, Lexicon::english());
        let context = Context::new(&document, &layers, Lexicon::english());
        let mut out = Vec::new();
        extract(&context, &mut out);
        let made_of = |claim: &Claim| match &claim.value {
            Value::Percentage { relation, others, .. } => {
                format!("{:?} {} {}: {}", relation, others[0].text, others[1].text, claim.text)
            }
            _ => String::new(),
        };
        out.iter().map(made_of).collect()
    }

    #[test]
    fn reads_shares_that_no_likely_pair_makes() {
        let text = "Of the 250 sheds, 160 had a sound roof. The proportion of sound roofs is thus 46 per cent.";
        assert_eq!(read(text), ["Share 160 250: 46 per cent"]);
        let text = "In spring 340 hives were opened. Mites were seen in 85 of them, or 35 per cent.";
        assert_eq!(read(text), ["Share 85 340: 35 per cent"]);
    }

    #[test]
    fn reads_changes_that_no_likely_pair_makes() {
        let text = "The lamp was marked down from 80 crowns to 68 crowns. That is 12 per cent less.";
        assert_eq!(read(text), ["Fall 80 crowns 68 crowns: 12 per cent"]);
    }

    #[test]
    fn reads_nothing_that_a_pair_makes_or_that_is_of_something_else() {
        for text in [
            "Of the 250 sheds, 160 had a sound roof. The proportion of sound roofs is thus 64 per cent.",
            "Of the 250 sheds, 160 had a sound roof (95 % CI, 58 to 70).",
            "Of the 36 boats, 12 were sold, which is 40 per cent of those built.",
            "Rents of 1,240 crowns rose by 140 and made up 14 per cent of the income.",
            "Of the 1,120, 638 (57 per cent) sail at work, of whom 403 (63 per cent) own a boat.",
            "In the test 190 took part, and 171 passed, 150 of them at once. The rate of 90 per cent is high.",
            "Of the 61 routes, 48 ran on time on at least 95 per cent of the days; 13 did not.",
            "Of the 250 sheds, 160 had a sound roof, that is 64 per cent, against 58 per cent a year before.",
            "Complaints fell from 412 to 387, and the share answered in time improved from 88 % to 93 %.",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
