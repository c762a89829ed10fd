//! The same thing counted or measured with different values.

use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, Origin, RowIndex, Value, link, values_agree};
use crate::value::Agreement;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Equal {
    /// Least strength of a link between two claims of one document.
    pub strength: u8,
    /// Least strength across documents.
    pub across: u8,
    /// Least strength between a number in running text and a table cell.
    pub cell: u8,
}

impl Default for Equal {
    fn default() -> Self {
        Self { strength: 6, across: 8, cell: 6 }
    }
}

/// A bucket with more claims than this speaks of something too common to compare.
const CROWD: usize = 60;

impl Check for Equal {
    fn variables(&self) -> &'static [&'static str] {
        &["subject", "a", "b"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        let mut buckets: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
        for (i, claim) in selection.claims.iter().enumerate() {
            if let Value::Quantity(quantity) = &claim.value
                && claim.origin == Origin::Prose
                && !claim.subject.class.is_empty()
            {
                buckets.entry((claim.subject.class.as_str(), quantity.unit.dimension.as_str())).or_default().push(i);
            }
        }
        let mut buckets: Vec<Vec<usize>> = buckets.into_values().filter(|b| (2..=CROWD).contains(&b.len())).collect();
        buckets.sort();
        for bucket in buckets {
            self.compare(selection, &bucket, found);
        }
        self.compare_cells(selection, found);
    }
}

impl Equal {
    /// Numbers in running text against table cells: one finding a cell.
    fn compare_cells(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        let index = RowIndex::new(selection.claims);
        let mut by_cell: Vec<(&Claim, Vec<&Claim>)> = Vec::new();
        for &prose in selection.claims.iter().filter(|c| c.origin == Origin::Prose) {
            let needed = if selection.across { self.cell.max(self.across) } else { self.cell };
            let Some(found) = index.find(prose, selection.across).filter(|m| m.strength >= needed) else { continue };
            match by_cell.iter_mut().find(|(cell, _)| std::ptr::eq(*cell, found.cell)) {
                Some((_, list)) => list.push(prose),
                None => by_cell.push((found.cell, vec![prose])),
            }
        }
        for (cell, list) in by_cell {
            let mut places: Vec<Place> =
                list.iter().map(|c| Place { at: c.at, within: c.within, label: c.text.to_string() }).collect();
            places.push(Place { at: cell.at, within: cell.within, label: format!("but {}", cell.text) });
            let axes = cell.axes.as_deref();
            let mut notes = Vec::new();
            if let Some(axes) = axes {
                let mut note = format!("the cell is row \"{}\"", cell.subject.wording);
                if !axes.column_wording.is_empty() {
                    note.push_str(&format!(", column \"{}\"", axes.column_wording));
                }
                if !axes.caption_wording.is_empty() {
                    note.push_str(&format!(" of \"{}\"", axes.caption_wording));
                }
                notes.push(note);
            }
            found.push(Finding {
                places,
                variables: vec![
                    ("subject", list[0].subject.wording.to_string()),
                    ("a", list[0].text.to_string()),
                    ("b", format!("{} in the table", cell.text)),
                ],
                notes,
            });
        }
    }

    fn compare(&self, selection: Selection<'_>, bucket: &[usize], found: &mut Vec<Finding>) {
        let claim = |i: usize| selection.claims[i];
        let mut groups: Vec<usize> = bucket.to_vec();
        let root = |groups: &[usize], at: usize| {
            let mut at = at;
            while groups[at] != bucket[at] {
                at = bucket.binary_search(&groups[at]).unwrap_or(at);
            }
            at
        };
        let mut clashes: Vec<(usize, usize)> = Vec::new();
        for x in 0..bucket.len() {
            for y in x + 1..bucket.len() {
                let (a, b) = (claim(bucket[x]), claim(bucket[y]));
                let apart = a.at.file != b.at.file;
                if selection.across != apart {
                    continue;
                }
                let Ok(strength) = link(a, b) else { continue };
                if strength < if apart { self.across } else { self.strength } {
                    continue;
                }
                let agreement = values_agree(a, b);
                if agreement == Agreement::Unknown {
                    continue;
                }
                if agreement == Agreement::Different {
                    clashes.push((x, y));
                }
                let (p, q) = (root(&groups, x), root(&groups, y));
                let (low, high) = (p.min(q), p.max(q));
                groups[high] = bucket[low];
            }
        }
        let mut roots: Vec<usize> = clashes.iter().map(|&(x, _)| root(&groups, x)).collect();
        roots.sort_unstable();
        roots.dedup();
        for r in roots {
            let mut members: Vec<usize> = clashes
                .iter()
                .filter(|&&(x, _)| root(&groups, x) == r)
                .flat_map(|&(x, y)| [bucket[x], bucket[y]])
                .collect();
            members.sort_unstable();
            members.dedup();
            found.push(finding(&members.iter().map(|&i| claim(i)).collect::<Vec<_>>()));
        }
    }
}

/// One finding for all places that take part; the last place is the primary one, since the first statement
/// is more often the considered one.
fn finding(members: &[&Claim]) -> Finding {
    let first = members[0];
    let differing = members.iter().find(|c| values_agree(first, c) == Agreement::Different).unwrap_or(&members[0]);
    let mut places = Vec::new();
    let mut ordered: Vec<&&Claim> = vec![differing];
    ordered.extend(members.iter().filter(|c| !std::ptr::eq(**c, *differing)));
    for (n, claim) in ordered.iter().enumerate() {
        let label = if n == 0 {
            claim.text.to_string()
        } else if values_agree(differing, claim) == Agreement::Different {
            format!("but {}", claim.text)
        } else {
            claim.text.to_string()
        };
        places.push(Place { at: claim.at, within: claim.within, label });
    }
    let subject = [first, differing]
        .iter()
        .map(|c| c.subject.wording.as_str())
        .max_by_key(|w| w.len())
        .unwrap_or_default()
        .to_owned();
    Finding {
        places,
        variables: vec![("subject", subject), ("a", differing.text.to_string()), ("b", first.text.to_string())],
        notes: Vec::new(),
    }
}
