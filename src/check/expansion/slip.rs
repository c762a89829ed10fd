//! An acronym that is never spelled out and has the letters of one that is: "RCFO" beside "RFCO".

use crate::check::{Finding, Place};
use crate::claim::{Abbreviation, Claim, Definition, LOOSE, Value};
use crate::span::FileId;
use std::collections::{BTreeMap, BTreeSet};

/// Fewest letters.
const LETTERS: usize = 3;

/// Fewest letters of which one may be left out.
const LONG: usize = 5;

/// Most uses of the odd one.
const RARE: u32 = 2;

/// Fewest letters of a word by which two documents show that they speak of one thing.
const TELLING: usize = 4;

/// Appends a finding for every acronym that is used once or twice, is not spelled out in any of the documents, and is
/// a slip away from exactly one that is. In the same document that one must be used as often. Between documents, and
/// where three letters may be anything, a word that it stands for must stand in the sentence, too.
pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut defined: BTreeMap<&str, Vec<(&Claim, &Definition)>> = BTreeMap::new();
    let mut used: Vec<(&Claim, &Abbreviation)> = Vec::new();
    for &claim in claims {
        match &claim.value {
            Value::Definition(definition) => defined.entry(&definition.short).or_default().push((claim, definition)),
            Value::Abbreviation(usage) => used.push((claim, usage)),
            _ => {}
        }
    }
    let uses: BTreeMap<(FileId, &str), u32> =
        used.iter().map(|(c, u)| ((c.at.file, u.short.as_str()), u.uses)).collect();
    let places: BTreeSet<(&str, FileId)> =
        defined.iter().flat_map(|(short, all)| all.iter().map(|(claim, _)| (*short, claim.at.file))).collect();
    for &(claim, usage) in &used {
        let short = usage.short.as_str();
        if usage.known || usage.uses > RARE || defined.contains_key(short) {
            continue;
        }
        let file = claim.at.file;
        let near: Vec<&str> = firm(&defined).filter(|other| is_slip(short, other)).collect();
        let [other] = near[..] else { continue };
        let told = match places.contains(&(other, file)) {
            true if is_established(other, uses.get(&(file, other)).copied().unwrap_or_default(), usage) => {
                let own = |(claim, long): &&(&Claim, &Definition)| {
                    claim.at.file == file && (other.len() > LETTERS || is_meant(usage, long))
                };
                defined[other].iter().find(own)
            }
            true => None,
            false => defined[other].iter().find(|(_, long)| is_meant(usage, long)),
        };
        if let Some((definition, long)) = told.filter(|(definition, _)| !definition.within.overlaps(claim.within)) {
            found.push(finding((claim, short), definition, long));
        }
    }
}

/// The acronyms that any place spells out letter by letter.
fn firm<'c>(defined: &BTreeMap<&'c str, Vec<(&'c Claim, &'c Definition)>>) -> impl Iterator<Item = &'c str> {
    defined.iter().filter(|(_, all)| all.iter().any(|(_, d)| d.cost != LOOSE)).map(|(short, _)| *short)
}

fn finding((claim, short): (&Claim, &str), definition: &Claim, long: &Definition) -> Finding {
    let place = |claim: &Claim, label: &str| Place { at: claim.at, within: claim.within, label: label.to_owned() };
    Finding {
        places: vec![place(claim, "not spelled out"), place(definition, "")],
        variables: vec![
            ("short", short.to_owned()),
            ("what", format!("is not spelled out; {} has nearly its letters", long.short)),
        ],
        notes: vec![format!("{} is {}", long.short, super::spaced(&long.long.text))],
    }
}

/// Whether an acronym that a document spells out is what it means by another one: it is used as often; a long one need
/// not be, for the letters of a long one are hardly those of another.
fn is_established(usual: &str, uses: u32, odd: &Abbreviation) -> bool {
    uses >= odd.uses || usual.len() > LETTERS && odd.uses <= uses + 1
}

/// Whether the sentence of an acronym speaks of what another one stands for.
fn is_meant(usage: &Abbreviation, definition: &Definition) -> bool {
    definition.words.iter().any(|word| word.chars().count() >= TELLING && usage.near.contains(word))
}

/// Whether one acronym comes from the other by a slip of the fingers: two letters exchanged or in another order, one
/// doubled, one left out of a long one. Another letter makes another acronym.
fn is_slip(odd: &str, usual: &str) -> bool {
    let (x, y): (Vec<char>, Vec<char>) = (odd.chars().collect(), usual.chars().collect());
    if x.len().min(y.len()) < LETTERS || x == y || !y.iter().all(char::is_ascii_uppercase) {
        return false;
    }
    if x.len() == y.len() {
        let sorted = |letters: &[char]| {
            let mut letters = letters.to_vec();
            letters.sort_unstable();
            letters
        };
        return sorted(&x) == sorted(&y) && (x[0] == y[0] || x.len() > LETTERS && x[2..] == y[2..]);
    }
    let (short, long) = if x.len() < y.len() { (&x, &y) } else { (&y, &x) };
    let at = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let one = long.len() == short.len() + 1 && short[at..] == long[at + 1..];
    let doubled = at > 0 && long[at] == long[at - 1];
    one && (doubled && (short.len() > LETTERS || x.len() < y.len()) || y.len() >= LONG && y.len() > x.len() && at > 0)
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn flags_letters_in_another_order() {
        for (odd, usual) in [
            ("RCFO", "RFCO"),
            ("SIS", "SSI"),
            ("LWBA", "LBWA"),
            ("FRCO", "RFCO"),
            ("RRFCO", "RFCO"),
            ("UNCR", "UNHCR"),
            ("UST", "USST"),
        ] {
            assert!(is_slip(odd, usual), "{odd} {usual}");
        }
    }

    #[test]
    fn ignores_other_acronyms() {
        for (odd, usual) in [("CAM", "MAC"), ("IASB", "IASC"), ("HTB", "HTBA"), ("PDF", "PFA"), ("UNP", "UNDP")] {
            assert!(!is_slip(odd, usual), "{odd} {usual}");
        }
    }
}
