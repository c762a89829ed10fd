//! Lists with the same members but one, which other evidence ties: the noun for the members, their number, the words
//! around them, their order.

use super::{Given, difference, is_same, times_differ};
use crate::claim::SetMember;
use compact_str::CompactString;
use std::collections::{BTreeMap, BTreeSet};

/// Most lists with one member that are compared pair by pair.
const BUCKET: usize = 24;

/// Evidence that two lists are of one set, for a pair to be reported.
const ENOUGH: usize = 7;

/// The same for lists of three, which share but two members.
const ENOUGH_OF_THREE: usize = 8;

/// Two lists, by index, that name one set and differ in one member each.
pub(super) struct Pair<'a> {
    /// The one that is less likely to be right.
    pub(super) here: usize,
    /// The other.
    pub(super) there: usize,
    /// The member that only `here` has.
    pub(super) own: &'a SetMember,
    /// The member that only `there` has.
    pub(super) other: &'a SetMember,
}

/// The pairs of lists that clash, each list in one pair at most.
pub(super) fn pairs<'a>(lists: &[Given<'a>]) -> Vec<Pair<'a>> {
    let mut by_member: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, list) in lists.iter().enumerate().filter(|(_, l)| l.members.len() >= 3) {
        for member in list.members {
            by_member.entry(member.key.as_str()).or_default().push(i);
        }
    }
    let mut candidates: BTreeSet<(usize, usize)> = BTreeSet::new();
    for members in by_member.values().filter(|m| m.len() <= BUCKET) {
        for (n, &i) in members.iter().enumerate() {
            candidates.extend(members[n + 1..].iter().filter(|&&j| i != j).map(|&j| (i.min(j), i.max(j))));
        }
    }
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut out = Vec::new();
    for (i, j) in candidates {
        if taken.contains(&i) || taken.contains(&j) {
            continue;
        }
        let Some((own, other)) = clash(&lists[i], &lists[j]) else { continue };
        // What a third list says as well stands.
        let backed = |n: usize| (0..lists.len()).any(|k| k != n && same(&lists[n], &lists[k]));
        let (here, there, own, other) = if backed(i) && !backed(j) { (j, i, other, own) } else { (i, j, own, other) };
        if backed(i) && backed(j) {
            continue;
        }
        taken.extend([i, j]);
        out.push(Pair { here, there, own, other });
    }
    out
}

/// Whether two lists at different places have the same members.
fn same(a: &Given<'_>, b: &Given<'_>) -> bool {
    a.claim.within != b.claim.within && a.members.len() == b.members.len() && difference(a, b).is_none()
}

/// The one member that each of two lists has alone, when they are likely to be of one set.
fn clash<'a>(a: &Given<'a>, b: &Given<'a>) -> Option<(&'a SetMember, &'a SetMember)> {
    // Two lists under one heading are those of two sections.
    let headed = |g: &Given<'_>| g.claim.scope.cues.iter().any(|c| c == "headed");
    let apart = !is_beside(a, b) || a.claim.sentence != b.claim.sentence && any_counted(a, b);
    let times = times_differ(a.claim, b.claim) && !takes_up(a, b);
    if !apart || headed(a) && headed(b) || a.members.len() != b.members.len() || times {
        return None;
    }
    // Two documents may each have a table of features.
    let rows = |g: &Given<'_>| g.claim.scope.cues.iter().any(|c| c == "rows");
    if a.claim.at.file != b.claim.at.file && rows(a) && rows(b) {
        return None;
    }
    let (own, other) = difference(a, b)?;
    let ([own], [other]) = (own.as_slice(), other.as_slice()) else { return None };
    let enough = if a.members.len() == 3 { ENOUGH_OF_THREE } else { ENOUGH };
    (evidence(a, b, own, other)? >= enough).then_some((*own, *other))
}

/// How much speaks for one set; `None` when neither list says what its members are.
fn evidence(a: &Given<'_>, b: &Given<'_>, own: &SetMember, other: &SetMember) -> Option<usize> {
    let (x, y) = (&a.claim.subject, &b.claim.subject);
    // Two numbers announce two sets; whether they are one, the words of the announcements say.
    let any_counted = any_counted(a, b);
    let class = !x.head.is_empty() && x.head == y.head;
    if is_counted(a) && is_counted(b) && !(class && takes_up(a, b)) {
        return None;
    }
    if !any_counted && x.head.is_empty() && y.head.is_empty() || !x.head.is_empty() && !y.head.is_empty() && !class {
        return None;
    }
    let ordered = a.members.iter().zip(b.members).filter(|(m, n)| is_same(&m.key, &n.key)).count() + 1;
    let words: usize = shared(&x.modifiers, &y.modifiers).min(2);
    Some(
        (a.members.len() - 1).min(4)
            + usize::from(ordered == a.members.len())
            + 2 * usize::from(class)
            + 2 * usize::from(any_counted)
            + words
            + usize::from(own.rare)
            + usize::from(other.rare)
            + usize::from(is_beside(a, b)),
    )
}

/// Whether one list takes up the things of the other, which stands before it, by their number and noun, without a time
/// of its own: "the three vessels named in this report, …".
fn takes_up(a: &Given<'_>, b: &Given<'_>) -> bool {
    let (first, again) = if a.claim.at < b.claim.at { (a, b) } else { (b, a) };
    let free = again.claim.scope.cues.iter().any(|c| c == "free");
    free && again.whole > 0
        && again.claim.scope.times.is_empty()
        && first.claim.subject.head == again.claim.subject.head
}

/// Whether both lists stand in one block.
fn is_beside(a: &Given<'_>, b: &Given<'_>) -> bool {
    a.claim.at.file == b.claim.at.file && a.claim.block == b.claim.block
}

/// Whether a number announces a list, or takes it up.
fn is_counted(list: &Given<'_>) -> bool {
    list.claim.scope.cues.iter().any(|c| c == "counted") || list.is_counted
}

fn any_counted(a: &Given<'_>, b: &Given<'_>) -> bool {
    is_counted(a) || is_counted(b)
}

fn shared(a: &[CompactString], b: &[CompactString]) -> usize {
    a.iter().filter(|w| b.contains(w)).count()
}
