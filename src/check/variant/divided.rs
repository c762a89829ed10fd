//! One person whose name is joined in one place and divided in another: "Ines Delacroix", "Ines de la Croix".

use super::forms::Forms;
use super::wording::told;
use crate::check::Finding;
use crate::claim::{Claim, NameKind};
use crate::lexicon::{name_form, plain};
use crate::span::FileId;
use std::collections::BTreeMap;

/// Fewest letters of a name; a shorter one is another by chance.
const LETTERS: usize = 8;

/// A person: the document, unless documents are compared, and the letters of the name.
type Person = (Option<FileId>, String);

/// Appends a finding for every person whose words are the same letters in another division.
///
/// Across documents, a document that has both was judged by itself.
pub(super) fn findings(forms: &Forms<'_>, across: bool, found: &mut Vec<Finding>) {
    let mut people: BTreeMap<Person, BTreeMap<usize, Vec<&Claim>>> = BTreeMap::new();
    for mention in forms.mentions.iter().filter(|m| m.name.kind == NameKind::Person && !m.name.cited) {
        let Some((words, letters)) = letters(&mention.claim.text) else { continue };
        let file = (!across).then_some(mention.claim.at.file);
        people.entry((file, letters)).or_default().entry(words).or_default().push(mention.claim);
    }
    for divisions in people.values() {
        let [a, b] = divisions.values().collect::<Vec<_>>()[..] else { continue };
        let (few, many) = if (a.len(), b[0].at) <= (b.len(), a[0].at) { (a, b) } else { (b, a) };
        let together = few.iter().any(|x| many.iter().any(|y| x.at.file == y.at.file));
        let beside = few.iter().any(|x| many.iter().any(|y| x.within == y.within));
        if !(beside || across && together) {
            found.push(told(few, many, "the same letters are divided in another way"));
        }
    }
}

/// The number of words of a name of several, and its letters.
fn letters(text: &str) -> Option<(usize, String)> {
    let words: Vec<&str> =
        text.split([' ', '-', '\u{2010}', '\u{2011}', '\u{a0}', '\n']).filter(|w| !w.is_empty()).collect();
    let letters: String = words.iter().filter_map(|w| plain(&name_form(w))).flatten().collect();
    (words.len() > 1 && letters.chars().count() >= LETTERS).then_some((words.len(), letters))
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn reads_the_letters_of_a_name_however_it_is_divided() {
        assert_eq!(letters("Ines de la Croix"), Some((4, "inesdelacroix".to_owned())));
        assert_eq!(letters("Inès Delacroix’s"), Some((2, "inesdelacroix".to_owned())));
        assert_eq!(letters("Delacroix"), None);
    }
}
