//! Options that are used by a name which is nearly that of one that is declared.

use super::is_one_project;
use crate::check::{Finding, Place};
use crate::claim::{Claim, Identifier, IdentifierForm, Value};
use crate::lexicon::singular;
use compact_str::CompactString;
use std::collections::BTreeMap;

/// Most uses of a name that may still be a slip.
const USES: usize = 3;

/// Shortest word in which one letter may be a slip.
const WORD: usize = 6;

/// Most places that are labelled.
const PLACES: usize = 4;

/// A name and where it is used.
struct Named<'a> {
    words: &'a [CompactString],
    form: IdentifierForm,
    uses: Vec<(&'a Claim, &'a Identifier)>,
}

impl Named<'_> {
    fn is_declared(&self) -> bool {
        self.uses.iter().any(|(_, i)| i.declared)
    }

    fn is_changed(&self) -> bool {
        self.uses.iter().any(|(_, i)| i.changed)
    }
}

pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut by_name: BTreeMap<(IdentifierForm, &[CompactString]), Named<'_>> = BTreeMap::new();
    for &claim in claims {
        if let Value::Identifier(identifier) = &claim.value {
            let named = by_name.entry((identifier.form, identifier.words.as_slice())).or_insert_with(|| Named {
                words: &identifier.words,
                form: identifier.form,
                uses: Vec::new(),
            });
            named.uses.push((claim, identifier));
        }
    }
    // Declared names by what a slip leaves alone: the first word of a variable, the number of words of a flag.
    let mut declared: BTreeMap<(IdentifierForm, CompactString), Vec<&Named<'_>>> = BTreeMap::new();
    for named in by_name.values().filter(|n| n.is_declared()) {
        for key in keys(named) {
            declared.entry((named.form, key)).or_default().push(named);
        }
    }
    for named in by_name.values().filter(|n| !n.is_declared() && !n.is_changed() && n.uses.len() <= USES) {
        let near = keys(named)
            .into_iter()
            .filter_map(|key| declared.get(&(named.form, key)))
            .flatten()
            .find(|d| d.uses.len() >= named.uses.len() && is_near(named, d) && in_one_project(named, d));
        if let Some(near) = near {
            found.push(finding(named, near));
        }
    }
}

/// What two names that a slip makes of one have in common: one of the words, with its place and their number.
fn keys(named: &Named<'_>) -> Vec<CompactString> {
    let words = named.words;
    match named.form {
        IdentifierForm::Variable => vec![words[0].clone()],
        _ => (0..words.len()).map(|i| compact_str::format_compact!("{}:{i}:{}", words.len(), words[i])).collect(),
    }
}

fn in_one_project(a: &Named<'_>, b: &Named<'_>) -> bool {
    a.uses.iter().all(|(_, x)| {
        b.uses.iter().any(|(_, y)| y.declared && is_one_project((&x.folder, &x.edition), (&y.folder, &y.edition)))
    })
}

/// Whether a name differs from a declared one by the ending or a letter of one word, or shortens its words.
fn is_near(used: &Named<'_>, declared: &Named<'_>) -> bool {
    let (a, b) = (used.words, declared.words);
    if a.len() == b.len() {
        let mut apart = a.iter().zip(b).filter(|(x, y)| x != y);
        return match (apart.next(), apart.next()) {
            (Some((x, y)), None) => is_slip(x, y),
            _ => false,
        };
    }
    // `APP_PASSFILE` for `APP_PASSWORD_FILE`: each word of the declared name is cut, none is left out.
    used.form == IdentifierForm::Variable
        && a.len() < b.len()
        && b.len() > 2
        && a[0] == b[0]
        && shortens(&a[1..].concat(), &b[1..])
        && a[1..].concat().len() >= 6
}

/// Singular and plural of one word, or one letter apart.
fn is_slip(a: &str, b: &str) -> bool {
    if a.bytes().chain(b.bytes()).any(|c| c.is_ascii_digit()) {
        return false;
    }
    let plural = singular(a) == singular(b) || singular(a) == b || singular(b) == a;
    let long = a.len().max(b.len()) >= WORD && a.len().min(b.len()) + 1 >= WORD;
    plural || long && strsim::osa_distance(a, b) == 1
}

/// Whether a text is made of beginnings of all words in turn, three letters of each at least.
fn shortens(text: &str, words: &[CompactString]) -> bool {
    let Some((first, rest)) = words.split_first() else { return text.is_empty() };
    let shared = text.bytes().zip(first.bytes()).take_while(|(x, y)| x == y).count();
    (3..=shared).rev().any(|n| text.is_char_boundary(n) && shortens(&text[n..], rest))
}

fn finding(used: &Named<'_>, declared: &Named<'_>) -> Finding {
    let mut places: Vec<Place> = used
        .uses
        .iter()
        .map(|(claim, _)| Place { at: claim.at, within: claim.within, label: "no such name".to_owned() })
        .collect();
    let known = declared.uses.iter().filter(|(_, i)| i.declared);
    places.extend(known.take(PLACES).map(|(claim, _)| Place {
        at: claim.at,
        within: claim.within,
        label: "declared here".to_owned(),
    }));
    let name = |n: &Named<'_>, declared: bool| {
        let claim = n.uses.iter().find(|(_, i)| i.declared == declared).map_or(n.uses[0].0, |(c, _)| c);
        format!("`{}`", claim.subject.wording)
    };
    let (here, there) = (name(used, false), name(declared, true));
    Finding {
        places,
        variables: vec![("what", "an option".to_owned()), ("here", here), ("there", format!("{there} elsewhere"))],
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_slip, shortens};

    #[test]
    fn reads_slips_in_one_word() {
        for (a, b) in [("retry", "retries"), ("label", "labels"), ("recieve", "receive"), ("timeot", "timeout")] {
            assert!(is_slip(a, b), "{a} {b}");
        }
        for (a, b) in [("read", "load"), ("sha256", "sha512"), ("input", "output"), ("dir", "dim")] {
            assert!(!is_slip(a, b), "{a} {b}");
        }
    }

    #[test]
    fn reads_shortened_words() {
        let words: Vec<compact_str::CompactString> = vec!["password".into(), "file".into()];
        assert!(shortens("passfile", &words));
        assert!(!shortens("pwdfile", &words));
        assert!(!shortens("password", &words));
    }
}
