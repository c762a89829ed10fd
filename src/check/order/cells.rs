//! Comparisons whose values stand in a table: "rents are highest in the Heights", "pain was lower in the walking groups
//! than in usual care".

use super::smaller_of;
use crate::check::ledger::{Ledger, TableCell};
use crate::check::{Finding, Place};
use crate::claim::{About, Claim, Derived, Direction};

/// A finding when another member has more, or less, than the one that is said to have most, or least.
pub(super) fn extreme(
    claim: &Claim,
    derived: &Derived,
    highest: bool,
    member: &About,
    ledger: &Ledger<'_>,
) -> Option<Finding> {
    let [subject] = derived.about.as_slice() else { return None };
    let cell = ledger.cell(subject, member)?;
    let mut best: Option<&Claim> = None;
    for other in ledger.siblings(&cell) {
        let (value, champion) = (other.quantity()?, best.unwrap_or(cell.claim).quantity()?);
        let beyond = if highest { smaller_of(champion, value)? } else { smaller_of(value, champion)? };
        if beyond {
            best = Some(other);
        }
    }
    let best = best?;
    let relation = if highest { "less" } else { "more" };
    let but = format!("{} is {relation} than {}", cell.claim.text, best.text);
    Some(finding(claim, derived, member, &but, &[cell.claim, best]))
}

/// A finding when the two values stand the other way round.
pub(super) fn than(
    claim: &Claim,
    derived: &Derived,
    direction: Direction,
    (first, second): (&About, &About),
    ledger: &Ledger<'_>,
) -> Option<Finding> {
    let [subject] = derived.about.as_slice() else { return None };
    let (a, b) = (ledger.cell(subject, first)?, ledger.cell(subject, second)?);
    if !TableCell::are_of_one_line(&a, &b) {
        return None;
    }
    let (x, y) = (a.claim.quantity()?, b.claim.quantity()?);
    let up = direction == Direction::Up;
    if !(if up { smaller_of(x, y)? } else { smaller_of(y, x)? }) {
        return None;
    }
    let but = format!("{} is {} than {}", a.claim.text, if up { "less" } else { "more" }, b.claim.text);
    Some(finding(claim, derived, first, &but, &[a.claim, b.claim]))
}

fn finding(claim: &Claim, derived: &Derived, member: &About, but: &str, cells: &[&Claim]) -> Finding {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let about = derived.about.first().map_or("", |a| a.at.text.as_str());
    let said = format!("{} {}: {}", fold(about), fold(&derived.cue.text), fold(&member.at.text));
    let within = |c: &Claim, label: String| Place { at: c.at, within: c.within, label };
    let mut places =
        vec![Place { at: derived.cue.at.cover(member.at.at), within: claim.within, label: "is said here".to_owned() }];
    places.extend(cells.iter().map(|c| within(c, String::new())));
    let texts: Vec<String> = cells.iter().map(|c| c.text.to_string()).collect();
    Finding {
        places,
        variables: vec![
            ("said", said),
            ("cue", derived.cue.text.to_string()),
            ("first", texts.first().cloned().unwrap_or_default()),
            ("second", texts.get(1).cloned().unwrap_or_default()),
            ("but", but.to_owned()),
        ],
        notes: Vec::new(),
    }
}
