//! One body whose last noun differs: "Oru Valley Water Alliance", "Oru Valley Water Association".

use super::forms::{Forms, Mention};
use super::wording::{is_people, told};
use crate::annotate::PartShape;
use crate::check::Finding;
use crate::claim::{Claim, Known};
use crate::lexicon::name_form;
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Words before the noun from which on a body named once and a body named once are taken for one.
const LONG: usize = 3;

/// How often the usual name of a shorter one must stand.
const USUAL: usize = 3;

/// Uses of one name, by its noun.
type ByHead<'a> = BTreeMap<CompactString, Vec<&'a Claim>>;

/// Which group of nouns that stand for each other a noun belongs to.
pub(super) fn groups(entries: &[String]) -> FxHashMap<String, Vec<usize>> {
    let mut groups: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (group, entry) in entries.iter().enumerate() {
        for word in entry.split_whitespace() {
            groups.entry(word.to_owned()).or_default().push(group);
        }
    }
    groups
}

/// Appends a finding for every body that is named once with another noun of the same group than elsewhere.
///
/// Two bodies of one place have other nouns too, so a short name must be well known: the fewer words it has before
/// its noun, the more often the usual one must stand in the document ([`USUAL`]).
pub(super) fn findings(forms: &Forms<'_>, groups: &FxHashMap<String, Vec<usize>>, found: &mut Vec<Finding>) {
    let mut names: BTreeMap<(u32, Vec<CompactString>), ByHead<'_>> = BTreeMap::new();
    for mention in &forms.mentions {
        if let Some((words, head)) = headed(mention).filter(|(_, head)| groups.contains_key(head.as_str())) {
            let file = mention.claim.at.file.0;
            names.entry((file, words)).or_default().entry(head).or_default().push(mention.claim);
        }
    }
    for ((_, words), heads) in &names {
        // Three and more are the bodies of one place.
        let [(a, of_a), (b, of_b)] = heads.iter().collect::<Vec<_>>()[..] else { continue };
        let alike = groups[a.as_str()].iter().any(|group| groups[b.as_str()].contains(group));
        let (few, many) =
            if (of_a.len(), of_b[0].at) <= (of_b.len(), of_a[0].at) { (of_a, of_b) } else { (of_b, of_a) };
        let least = if words.len() < LONG { USUAL } else { 1 };
        let beside = few.iter().any(|x| many.iter().any(|y| x.within == y.within));
        if alike && few.len() == 1 && many.len() >= least && !beside {
            found.push(told(few, many, "they differ in their last noun"));
        }
    }
}

/// The words before the last one, and the last one, of a name that is more than a place and a noun.
fn headed(mention: &Mention<'_>) -> Option<(Vec<CompactString>, CompactString)> {
    let name = mention.name;
    // A long name says enough even where every word has a capital.
    if name.weak && name.parts.len() <= LONG
        || name.wording.is_some()
        || name.shapes.last() != Some(&PartShape::Ordinary)
    {
        return None;
    }
    let (head, before) = name.parts.split_last()?;
    let own = |part: usize| {
        name.shapes[part] == PartShape::Proper
            && name.known[part] == Known::Nothing
            && !is_people(&name_form(&before[part].text))
    };
    // A country, a people and a town whose name says so have bodies of all sorts.
    if !(0..before.len()).any(own) {
        return None;
    }
    Some((before.iter().map(|part| name_form(&part.text)).collect(), name_form(&head.text)))
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn reads_the_groups_of_a_noun() {
        let groups = groups(&["alliance league".to_owned(), "league club".to_owned()]);
        assert_eq!(groups["alliance"], [0]);
        assert_eq!(groups["league"], [0, 1]);
        assert!(!groups.contains_key("trust"));
    }
}
