//! The first author of one cited work with two given names or initials: "Bondal BK", "Ksenia Bondal".

use super::forms::{Forms, Mention};
use super::group::{PLACES, times};
use crate::annotate::PartShape;
use crate::check::{Finding, Place};
use crate::lexicon::name_form;
use std::collections::BTreeMap;

/// Appends a finding for every work whose first author has given names that do not fit each other.
///
/// Surname and title must be the same, word for word, so that two works are never compared.
pub(super) fn findings(forms: &Forms<'_>, across: bool, found: &mut Vec<Finding>) {
    if across {
        return;
    }
    let mut works: BTreeMap<(&str, String), BTreeMap<String, Vec<&Mention<'_>>>> = BTreeMap::new();
    for mention in forms.mentions.iter().filter(|m| !m.name.work.is_empty()) {
        let Some((surname, given)) = author(mention) else { continue };
        works.entry((&mention.name.work, surname)).or_default().entry(given).or_default().push(mention);
    }
    for names in works.values().filter(|names| names.len() > 1) {
        let firsts: Vec<char> = names.keys().filter_map(|given| given.chars().next()).collect();
        // An initial and a name that begins with it fit each other; two different spellings are found elsewhere.
        if firsts.windows(2).all(|pair| pair[0] == pair[1]) {
            continue;
        }
        let mut groups: Vec<&Vec<&Mention<'_>>> = names.values().collect();
        groups.sort_by_key(|mentions| (mentions.len(), std::cmp::Reverse(mentions[0].claim.at)));
        let wording = |mentions: &[&Mention<'_>]| mentions[0].claim.text.to_string();
        let others: Vec<String> = groups[1..].iter().rev().map(|m| wording(m)).collect();
        let counts: Vec<String> = groups.iter().rev().map(|m| format!("{}: {}", wording(m), times(m.len()))).collect();
        let share = (PLACES / groups.len()).max(1);
        found.push(Finding {
            places: groups
                .iter()
                .flat_map(|mentions| mentions.iter().take(share))
                .map(|m| Place { at: m.claim.at, within: m.claim.within, label: String::new() })
                .collect(),
            variables: vec![("spelling", wording(groups[0])), ("others", others.join(" and "))],
            notes: vec![counts.join("; "), "all are the first author of one work".to_owned()],
        });
    }
}

/// Surname and first given name or initial of an author, lower case.
fn author(mention: &Mention<'_>) -> Option<(String, String)> {
    let name = mention.name;
    let (surname, given) = match (name.inverted, name.parts.len()) {
        (_, 0 | 1) => return None,
        (true, _) => (0, 1),
        (false, n) => (n - 1, 0),
    };
    let proper = name.shapes[surname] == PartShape::Proper && name.shapes[given] != PartShape::Ordinary;
    proper.then(|| (name_form(&name.parts[surname].text).into(), name_form(&name.parts[given].text).into()))
}
