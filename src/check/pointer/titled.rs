//! Titles that the text sends the reader to, against the headings.

use super::outline::Title;
use super::{fold, is_akin, words};
use crate::check::{Finding, Place, shortened};
use crate::claim::{Claim, Value};

/// Fewest headings of a document that has sections to be sent to.
const HEADINGS: usize = 3;

/// Appends the titles that no heading has, where it shows that headings are meant.
pub(super) fn check(pointers: &[&Claim], headings: &[Title<'_>], found: &mut Vec<Finding>) {
    let has = |claim: &Claim, cue: &str| claim.scope.cues.iter().any(|c| c == cue);
    let titled: Vec<&Title<'_>> = headings.iter().filter(|h| h.level < 9).collect();
    if titled.len() < HEADINGS {
        return;
    }
    // Where other titles given in this way are headings, this one is meant to be one too.
    let custom = pointers.iter().any(|c| has(c, "resolved"));
    let missing: Vec<&Claim> = pointers.iter().copied().filter(|c| !has(c, "resolved")).collect();
    let sound = pointers.len() - missing.len();
    if missing.len() > sound.max(1) {
        return;
    }
    for claim in missing {
        let Value::Pointer { title: Some(title), .. } = &claim.value else { continue };
        let near = titled.iter().find(|h| is_near(&title.text, &h.claim.text, has(claim, "unmarked")));
        let directed = !has(claim, "unmarked") && (has(claim, "above") || has(claim, "below"));
        let alike = titled.iter().any(|h| is_built_alike(&title.text, &h.claim.text));
        if !(directed || near.is_some() || custom && !has(claim, "unmarked") || alike && !has(claim, "named")) {
            continue;
        }
        let meant = near.map(|h| format!("the nearest heading is {}", shortened(&h.claim.text)));
        found.push(Finding {
            places: vec![Place { at: claim.at, within: claim.within, label: "no such heading".to_owned() }],
            variables: vec![("wrong", format!("{} is no heading", shortened(&title.text)))],
            notes: meant.into_iter().collect(),
        });
    }
}

/// Whether most of the long words of two titles are akin, or the titles differ by a few letters. A title without
/// marks, which may be no title at all, needs more words in common. One that only goes on behind the other is what
/// the author calls it: "Alternatives B to L" of "Alternatives".
fn is_near(title: &str, heading: &str, unmarked: bool) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (words(title).collect(), words(heading).collect());
    let (x, y) = (fold(title), fold(heading));
    if x.starts_with(&y) || y.starts_with(&x) {
        return false;
    }
    let common = a.iter().filter(|w| b.iter().any(|v| is_akin(&w.to_lowercase(), v))).count();
    let most = a.len().max(b.len());
    let akin = if unmarked { common >= 2 && common * 3 >= most * 2 } else { common > 0 && common * 2 >= most };
    akin || x.len() > 6 && strsim::damerau_levenshtein(&x, &y) <= 2
}

/// Whether both titles begin with a verb in -ing and go on in small letters: "Placing the base", "Removing scale".
fn is_built_alike(title: &str, heading: &str) -> bool {
    let built = |text: &str| {
        let mut words = text.split_whitespace();
        let gerund = words.next().is_some_and(|w| w.len() > 5 && w.ends_with("ing"));
        gerund && words.all(|w| w.starts_with(char::is_lowercase))
    };
    built(title) && built(heading) && title.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_near_titles() {
        assert!(
            is_near("Placing the kettle", "Placing kettles", true) && is_near("Returning fees", "Returned fee", false)
        );
        assert!(!is_near("Placing the base", "Removing scale", false));
        assert!(!is_near("Alternatives B to L", "Alternatives", false));
        assert!(!is_near("Scalability problems", "Scalability: process", true));
        assert!(is_built_alike("Placing the base", "Removing scale") && is_built_alike("Placing the base", "Boiling"));
        assert!(!is_built_alike("Sailing for Beginners", "Removing scale"));
    }
}
