//! The whole that a share is of, when it does not stand beside it.
//!
//! Every larger number of the same unit that may be the whole has evidence for it: the text names it, the part is
//! counted by the same noun, it stands just before, it bears out another share. A share that any of them bears out is
//! right; otherwise the one with the most evidence is held against it.

use super::clash;
use crate::claim::{Claim, Derived, Operand, Origin, Relation, Says, Value, WEIGHED, times_conflict};
use crate::span::Span;
use crate::value::{Decimal, Quantity, format_like};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// Least evidence for a whole that contradicts a share.
const LEAST: i32 = 5;
/// Blocks before a share in which its whole is looked for.
const NEAR: u32 = 3;
/// How many numbers before a share, or of one name, are looked at.
const CROWD: usize = 60;
/// How many other shares before and behind are looked at.
const SIBLINGS: usize = 12;

/// A share that does not stand beside its whole.
pub(super) struct Share<'a> {
    pub(super) claim: &'a Claim,
    /// The number that is the part.
    pub(super) part: &'a Operand,
    pub(super) stated: &'a Operand,
    derived: &'a Derived,
    counted: Option<&'a Claim>,
}

/// The numbers among the claims that can be wholes, and the shares.
pub(super) struct Wholes<'a> {
    /// In order of place.
    numbers: Vec<&'a Claim>,
    /// By word family of what is counted, or of the words of a row.
    named: FxHashMap<&'a str, Vec<&'a Claim>>,
    /// In order of place.
    pub(super) shares: Vec<Share<'a>>,
    /// The numbers that take part in other percentages, in order of place.
    operands: Vec<&'a Operand>,
    /// The places of those that are parts of something themselves.
    parts: FxHashSet<Span>,
}

impl<'a> Wholes<'a> {
    /// Sorts the claims of a selection, which is in order of place.
    pub(super) fn new(claims: &[&'a Claim]) -> Self {
        let numbers: Vec<&Claim> = claims.iter().copied().filter(|c| c.quantity().is_some()).collect();
        let mut named: FxHashMap<&str, Vec<&Claim>> = FxHashMap::default();
        for &claim in &numbers {
            let head = claim.frame.as_deref().map(|f| f.head.as_str()).filter(|h| !h.is_empty());
            let row = claim.axes.as_deref().map_or(&[][..], |a| &a.row_keys);
            for key in head.into_iter().chain(row.iter().map(|k| k.as_str())) {
                named.entry(key).or_default().push(claim);
            }
        }
        let mut shares = Vec::new();
        for &claim in claims {
            let Value::Derived(derived) = &claim.value else { continue };
            let Says::Share { part, stated } = &derived.says else { continue };
            let at = numbers.partition_point(|c| c.at < part.at);
            let counted = numbers.get(at).copied().filter(|c| c.at == part.at);
            shares.push(Share { claim, part, stated, derived, counted });
        }
        let mut operands: Vec<&Operand> = shares.iter().map(|s| s.part).collect();
        let mut parts: FxHashSet<Span> = operands.iter().map(|o| o.at).collect();
        for &claim in claims {
            if let Value::Percentage { relation: Relation::Share, others, .. } = &claim.value
                && claim.by != WEIGHED
            {
                operands.extend(others);
                parts.extend(others.first().map(|o| o.at));
            }
        }
        operands.sort_by_key(|o| o.at);
        Self { numbers, named, shares, operands, parts }
    }

    /// The numbers that a share may be of: those with the name of its whole, else those that stand before it.
    fn candidates(&self, share: &Share<'a>) -> Vec<&'a Claim> {
        if let [about] = share.derived.about.as_slice() {
            let lists = about.keys.iter().filter_map(|k| self.named.get(k.as_str()));
            return lists.filter(|l| l.len() <= CROWD).min_by_key(|l| l.len()).cloned().unwrap_or_default();
        }
        let end = self.numbers.partition_point(|c| c.at < share.part.at);
        self.numbers[end.saturating_sub(CROWD)..end].to_vec()
    }

    /// Whether a number near the share that takes part in another percentage, or the sum of the parts of its sentence,
    /// is the right whole.
    fn is_borne_out(&self, share: &Share<'a>, siblings: &[Share<'a>]) -> bool {
        let right = |whole: &Operand| {
            let others = [share.part.clone(), whole.clone()];
            is_about(share, &whole.quantity) != Some(false) && clash(Relation::Share, share.stated, &others).is_none()
        };
        let larger = |o: &Operand| {
            o.at.file == share.part.at.file
                && dimension(&o.quantity) == dimension(&share.part.quantity)
                && o.quantity.base() > share.part.quantity.base()
        };
        let at = self.operands.partition_point(|o| o.at < share.part.at);
        let near = &self.operands[at.saturating_sub(SIBLINGS)..self.operands.len().min(at + SIBLINGS)];
        let sum = siblings.iter().filter(|s| s.claim.within == share.claim.within).try_fold(Decimal::ZERO, |sum, s| {
            (s.part.quantity.unit == share.part.quantity.unit).then_some(())?;
            sum.checked_add(s.part.quantity.amount.low)
        });
        let together = sum.is_some_and(|sum| {
            let mut whole = share.part.clone();
            whole.quantity.amount.low = sum;
            whole.quantity.amount.high = sum;
            larger(&whole) && right(&whole)
        });
        together || near.iter().any(|o| larger(o) && right(o))
    }

    /// The whole that contradicts a share, with what it makes.
    pub(super) fn contradicting(&self, index: usize) -> Option<(&'a Claim, (String, String))> {
        let share = &self.shares[index];
        let siblings = &self.shares[index.saturating_sub(SIBLINGS)..self.shares.len().min(index + SIBLINGS)];
        if self.is_borne_out(share, siblings) {
            return None;
        }
        let mut candidates: Vec<(i32, &Claim)> = Vec::new();
        for claim in self.candidates(share) {
            let Some(mut evidence) = evidence(share, siblings, claim) else { continue };
            // "412 women (58 %) and 298 men (42 %)": one part is not the whole of another.
            if share.derived.about.is_empty() && self.parts.contains(&claim.at) {
                evidence = evidence.min(1);
            }
            if evidence >= 1 {
                // One that bears the share out settles it; one that is far off is another thing.
                if compare(share, claim)?.is_none() && is_about(share, claim.quantity()?)? {
                    return None;
                }
                candidates.push((evidence, claim));
            }
        }
        candidates.sort_by_key(|&(evidence, claim)| (Reverse(evidence), Reverse(claim.at)));
        let &(most, best) = candidates.first()?;
        let value = |c: &Claim| c.quantity().and_then(Quantity::base);
        let rival = candidates.iter().skip(1).any(|&(e, c)| e == most && value(c) != value(best));
        let said = compare(share, best)??;
        let alike = i32::from(is_slip(share, best)) * 2 + i32::from(candidates.len() == 1);
        (!rival && most + alike >= LEAST).then_some((best, said))
    }
}

/// What speaks for a number as the whole of a share; `None` when it cannot be.
fn evidence(share: &Share<'_>, all: &[Share<'_>], whole: &Claim) -> Option<i32> {
    let (part, q) = (&share.part.quantity, whole.quantity()?);
    let larger = q.base()? > part.base()?;
    let part_claim = share.counted;
    // "9.1 million, or 16 per cent of revenue": the currency is left out.
    let unit =
        dimension(q) == dimension(part) || q.unit.is_money() && part.unit.is_count() && part.amount.step > Decimal::ONE;
    if whole.at == share.part.at || !larger || !unit || q.amount.range {
        return None;
    }
    let times = part_claim.is_some_and(|p| times_conflict(&p.scope.times, &whole.scope.times));
    let same_file = whole.at.file == share.claim.at.file;
    if times || !share.derived.times.is_empty() && times_conflict(&share.derived.times, &whole.scope.times) {
        return None;
    }
    let mut evidence = 0;
    if let [about] = share.derived.about.as_slice() {
        // "12 per cent of revenue": the whole is named.
        let named = |k: &str| {
            whole.frame.as_deref().is_some_and(|f| f.head == k)
                || whole.axes.as_deref().is_some_and(|a| a.row_keys.iter().any(|r| r == k))
        };
        if !about.keys.iter().all(|k| named(k)) || whole.scope.cues.iter().any(|c| c == "delta") {
            return None;
        }
        evidence += if same_file { 5 } else { 3 };
        return Some(evidence);
    }
    if !same_file || whole.origin != Origin::Prose || whole.at.start > share.claim.at.start {
        return None;
    }
    let apart = share.claim.block.index() as u32 - whole.block.index() as u32;
    if apart > NEAR {
        return None;
    }
    let head = |c: &Claim| c.frame.as_deref().map(|f| f.head.clone()).filter(|h| !h.is_empty());
    let same_noun = part_claim.and_then(head).is_some_and(|h| head(whole) == Some(h));
    evidence += i32::from(same_noun) * 2;
    evidence += match apart {
        0 if whole.sentence + 1 >= share.claim.sentence => 2,
        0 | 1 => 1,
        _ => 0,
    };
    let bears_out = |s: &&Share<'_>| {
        !std::ptr::eq(s.claim, share.claim)
            && s.claim.at.file == whole.at.file
            && (s.claim.block.index() as i64 - share.claim.block.index() as i64).abs() <= 1
            && dimension(&s.part.quantity) == dimension(q)
            && s.part.quantity.base() < q.base()
            && compare(s, whole) == Some(None)
    };
    evidence += i32::from(all.iter().any(|s| bears_out(&s))) * 3;
    evidence += i32::from(whole.scope.cues.iter().any(|c| c == "whole"));
    Some(evidence)
}

/// The dimension of a number; what happens so many times is counted.
fn dimension(quantity: &Quantity) -> &str {
    if quantity.unit.dimension == "times" { "" } else { &quantity.unit.dimension }
}

/// What is wrong with the share of a number in a whole; the outer `None` when it cannot be worked out.
fn compare(share: &Share<'_>, whole: &Claim) -> Option<Option<(String, String)>> {
    let whole =
        Operand { at: whole.at, text: whole.text.clone(), name: "".into(), quantity: whole.quantity()?.clone() };
    Some(clash(Relation::Share, share.stated, &[share.part.clone(), whole]))
}

/// Whether the share that a part has in a whole is between half of the one stated and its double.
fn is_about(share: &Share<'_>, whole: &Quantity) -> Option<bool> {
    let (part, whole) = (share.part.quantity.base()?, whole.base()?);
    let exact = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    let stated = share.stated.quantity.value();
    Some(exact.checked_mul(Decimal::TWO)? >= stated && exact <= stated.checked_mul(Decimal::TWO)?)
}

/// Whether the share as stated differs from the right one by one digit, or by digits exchanged.
fn is_slip(share: &Share<'_>, whole: &Claim) -> bool {
    let exact = || {
        let (part, whole) = (share.part.quantity.base()?, whole.quantity()?.base()?);
        part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
    };
    let Some(exact) = exact() else { return false };
    let stated = share.stated.quantity.value();
    let digits = |d: Decimal| format_like(d, "1").bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let (a, b) = (digits(exact.round_dp(stated.scale())), digits(stated));
    let mut sorted = (a.clone(), b.clone());
    sorted.0.sort_unstable();
    sorted.1.sort_unstable();
    a.len() == b.len() && (a.iter().zip(&b).filter(|(x, y)| x != y).count() == 1 || sorted.0 == sorted.1)
}
