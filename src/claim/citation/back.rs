//! Where short forms of notes lead: "Ito, ibid.", "Ito, op. cit.", "Ito (n 12)".

use super::{Antecedent, CitationForm};
use crate::claim::quoted::folded_words;
use crate::claim::{Claim, Context, Member, Value};
use crate::document::{BlockId, BlockKind};
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

/// Whether two words may be one name in two spellings.
pub(super) fn is_near(a: &str, b: &str) -> bool {
    let (x, y) = (a.chars().count(), b.chars().count());
    x.min(y) >= 4 && x.abs_diff(y) <= 2 && strsim::damerau_levenshtein(a, b) <= 2
}

/// Says of each short form whether what it sends back to stands before it. The claims are those of one document.
pub(super) fn settle(context: &Context<'_>, claims: &mut [Claim]) {
    if claims.iter().all(|c| !matches!(&c.value, Value::Citation(c) if c.back || c.target.is_some())) {
        return;
    }
    let document = context.document;
    // The notes in order, each with its words.
    let mut words: Vec<FxHashSet<CompactString>> = Vec::new();
    let mut of_block: FxHashMap<BlockId, usize> = FxHashMap::default();
    for (i, note) in document.notes.iter().enumerate() {
        let text = note.blocks.iter().flat_map(|&b| folded_words(&document.block(b).text.string));
        words.push(text.collect());
        of_block.extend(note.blocks.iter().map(|&b| (b, i)));
    }
    let numbers: FxHashMap<&str, usize> =
        document.notes.iter().enumerate().map(|(i, n)| (n.label.as_str(), i)).collect();
    let unique = numbers.len() == document.notes.len();
    let mut first_in_text: FxHashMap<CompactString, BlockId> = FxHashMap::default();
    for (id, block) in document.iter() {
        if matches!(block.kind, BlockKind::Note { .. } | BlockKind::Entry | BlockKind::Code | BlockKind::Contents) {
            continue;
        }
        for word in folded_words(&block.text.string) {
            first_in_text.entry(word).or_insert(id);
        }
    }
    let mut called: FxHashMap<&str, BlockId> = FxHashMap::default();
    for mark in &document.marks {
        called.entry(mark.label.as_str()).or_insert(mark.block);
    }
    // Full citations of notes by the surname of the first author.
    let mut full: FxHashMap<CompactString, Vec<(usize, Member)>> = FxHashMap::default();
    for claim in claims.iter() {
        let (Value::Citation(c), Some(&note)) = (&claim.value, of_block.get(&claim.block)) else { continue };
        if c.form == CitationForm::Note
            && !c.back
            && c.target.is_none()
            && let (Some(author), Some(named)) = (c.authors.first().filter(|a| !a.surname.is_empty()), &c.named)
            && c.title.is_some()
        {
            full.entry(author.surname.clone()).or_default().push((note, named.clone()));
        }
    }
    for claim in claims {
        let (Value::Citation(c), Some(&note)) = (&mut claim.value, of_block.get(&claim.block)) else { continue };
        if c.form != CitationForm::Note {
            continue;
        }
        let surname = c.authors.first().map(|a| a.surname.clone()).filter(|s| !s.is_empty());
        if let Some((number, _)) = &c.target {
            let Some(surname) = surname else { continue };
            // Numbers that begin anew in each chapter lead to the last note of the number.
            if !unique {
                continue;
            }
            c.leads = match numbers.get(number.as_str()) {
                Some(&to) if words[to].contains(&surname) => Antecedent::Earlier,
                Some(&to) if to < note => {
                    let right = full.get(&surname).and_then(|f| f.iter().find(|(n, _)| *n < note));
                    // A note that is itself "ibid." is read as what it leads to.
                    let empty = words[to]
                        .iter()
                        .any(|w| matches!(w.as_str(), "ibid" | "ibidem" | "id" | "n" | "note" | "supra"));
                    match right {
                        Some((n, named)) if !empty => {
                            Antecedent::Other(document.notes[*n].label.as_str().into(), named.clone())
                        }
                        _ => Antecedent::Unknown,
                    }
                }
                _ => Antecedent::Unknown,
            };
            continue;
        }
        if !c.back {
            continue;
        }
        let mark = document.notes.get(note).and_then(|n| called.get(n.label.as_str()));
        match surname {
            Some(surname) => {
                let earlier = words[..note].iter().any(|w| w.contains(&surname));
                let in_text = first_in_text.get(&surname).is_some_and(|first| mark.is_none_or(|m| first <= m));
                let later = full.get(&surname).and_then(|f| f.iter().find(|(n, _)| *n > note));
                c.leads = match (earlier || in_text, later) {
                    (true, _) => Antecedent::Earlier,
                    (false, Some((_, named))) => Antecedent::Later(named.clone()),
                    (false, None) if first_in_text.contains_key(&surname) => Antecedent::Unknown,
                    // Another spelling of a name is no business of notes.
                    (false, None) if words[..note].iter().flatten().any(|w| is_near(w, &surname)) => {
                        Antecedent::Unknown
                    }
                    (false, None) => Antecedent::Nowhere,
                };
            }
            // The first note of all has nothing before it.
            None if note == 0 && c.authors.is_empty() && c.title.is_none() => {
                let bare = document.notes[0].label == "1" && mark.is_some();
                c.leads = if bare { Antecedent::Nowhere } else { Antecedent::Unknown };
            }
            None => {}
        }
    }
}
