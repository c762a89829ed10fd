//! One person whose given name and initial stand in two orders: "Frederick S. Starr", "S. Frederick Starr".

use super::forms::{Forms, Mention};
use super::wording::told;
use crate::annotate::PartShape;
use crate::check::Finding;
use crate::claim::Claim;
use crate::lexicon::name_form;
use crate::span::FileId;
use compact_str::CompactString;
use std::collections::BTreeMap;

/// A person in one document: the surname, and given names and initials in the order of the alphabet.
type Person = (FileId, CompactString, Vec<CompactString>);

/// Appends a finding for every person of a document whose parts stand in two orders.
///
/// Two people share a surname, a given name and an initial, but not in another order: somebody is called by the
/// second name.
pub(super) fn findings(forms: &Forms<'_>, found: &mut Vec<Finding>) {
    let mut people: BTreeMap<Person, BTreeMap<Vec<CompactString>, Vec<&Claim>>> = BTreeMap::new();
    for mention in &forms.mentions {
        let Some((surname, given)) = parts(mention) else { continue };
        let mut sorted = given.clone();
        sorted.sort_unstable();
        let person = (mention.claim.at.file, surname, sorted);
        people.entry(person).or_default().entry(given).or_default().push(mention.claim);
    }
    for orders in people.values() {
        let [a, b] = orders.values().collect::<Vec<_>>()[..] else { continue };
        let (few, many) = if (a.len(), b[0].at) <= (b.len(), a[0].at) { (a, b) } else { (b, a) };
        if !few.iter().any(|x| many.iter().any(|y| x.within == y.within)) {
            found.push(told(few, many, "the same parts stand in another order"));
        }
    }
}

/// Surname, and given names and initials in order, of a name that has both.
fn parts(mention: &Mention<'_>) -> Option<(CompactString, Vec<CompactString>)> {
    let name = mention.name;
    if name.inverted || name.wording.is_some() || name.shapes.last() != Some(&PartShape::Proper) {
        return None;
    }
    let (surname, given) = name.parts.split_last()?;
    let shapes = &name.shapes[..given.len()];
    let both = shapes.contains(&PartShape::Initial) && shapes.contains(&PartShape::Proper);
    if !both || shapes.contains(&PartShape::Ordinary) {
        return None;
    }
    let letters = |text: &str| -> CompactString { name_form(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    Some((name_form(&surname.text), given.iter().map(|part| letters(&part.text)).collect()))
}
