//! The same thing counted or measured with different values.

use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, Value, link, values_agree};
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
}

impl Default for Equal {
    fn default() -> Self {
        Self { strength: 6, across: 8 }
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
    }
}

impl Equal {
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
