//! Whether two spellings stand in names that are the same but for them: "Halvering Lines", "Halverink Lines".

use super::evidence::Judge;
use super::forms::{Form, Mention, Pair};
use crate::annotate::PartShape;
use crate::claim::naming::{Comparison, Difference, Sameness, compare_bodies, compare_people};
use crate::claim::{Known, NameKind};
use crate::lexicon::{Lexicon, name_form};
use compact_str::CompactString;

/// Uses of a spelling that are looked at.
const USES: usize = 6;

/// Fewest letters of a spelling in the name of a person.
const PERSON: usize = 4;

/// Fewest letters of a spelling in the name of a body of two words, and of more.
const BODY: usize = 6;
/// See [`BODY`].
const LONG_BODY: usize = 5;

/// Bytes between two names of one block that stand side by side: who writes both there sees that they differ.
const APART: u32 = 160;

impl Judge<'_> {
    /// What the names have in common, in lower case, when some use of each spelling stands in a name of several words
    /// that is the other with a slip.
    pub(super) fn by_whole_name(&self, pair: Pair, a: &Form, b: &Form) -> Option<CompactString> {
        if pair.article || a.plain.len().min(b.plain.len()) < PERSON {
            return None;
        }
        let uses = |form: &Form| form.uses.iter().take(USES).copied().collect::<Vec<_>>();
        let (of_a, of_b) = (uses(a), uses(b));
        of_a.iter().flat_map(|&x| of_b.iter().map(move |&y| (x, y))).find_map(|((x, at), (y, other))| {
            let (x, y) = (&self.forms.mentions[x as usize], &self.forms.mentions[y as usize]);
            common(x, at as usize, y, other as usize)
        })
    }
}

/// The part next to two parts in names that are otherwise the same.
fn common(x: &Mention<'_>, at: usize, y: &Mention<'_>, other: usize) -> Option<CompactString> {
    let (here, there) = (x.claim.at, y.claim.at);
    if here.file == there.file && x.claim.block == y.claim.block && here.start.abs_diff(there.start) < APART {
        return None;
    }
    if x.name.parts.len().min(y.name.parts.len()) < 2 || x.name.cited || y.name.cited {
        return None;
    }
    let known = |m: &Mention<'_>, part: usize| m.name.known[part] != Known::Nothing;
    if known(x, at) && known(y, other) {
        return None;
    }
    let part = |m: &Mention<'_>, i: usize| name_form(&m.name.parts[i].text);
    let compare = if is_person(x) && is_person(y) {
        compare_people
    } else {
        let parts = x.name.parts.len();
        let same = |i: usize| i == at || part(x, i) == part(y, i);
        let letters = |m: &Mention<'_>| part(m, at).chars().count();
        let least = if parts > 2 { LONG_BODY } else { BODY };
        if at != other || parts != y.name.parts.len() || !(0..parts).all(same) || letters(x).min(letters(y)) < least {
            return None;
        }
        compare_bodies
    };
    let beside = if at > 0 { at - 1 } else { 1 };
    is_slip(&compare(&x.claim.text, &y.claim.text, Lexicon::english())).then(|| part(x, beside))
}

/// Whether the name is that of somebody, or may be.
fn is_person(mention: &Mention<'_>) -> bool {
    let name = mention.name;
    name.kind != NameKind::Place
        && !name.shapes.contains(&PartShape::Ordinary)
        && (name.kind == NameKind::Person || name.parts.len() == 2)
}

/// Whether two writings are one name of which one was written wrongly.
fn is_slip(found: &Comparison) -> bool {
    let short = |d: &Difference| {
        matches!(d, Difference::Missing | Difference::Initial | Difference::ShortForm | Difference::LegalForm)
    };
    found.sameness == Sameness::Same
        && found.differences.iter().any(|d| matches!(d, Difference::Slip | Difference::Romanisation))
        && !found.differences.iter().any(short)
}
