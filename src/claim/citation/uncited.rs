//! Entries of a list of references that nothing in the document leads to.

use super::CitationForm;
use super::address::plain_address;
use super::back::is_near;
use crate::claim::quoted::folded_words;
use crate::claim::{Claim, Context, Value};
use crate::document::BlockKind;
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

/// Fewest entries whose author the document names elsewhere, from which on each entry is expected to be cited.
const CITED: usize = 20;

/// One in so many entries may be uncited; in other lists works are given that were only read.
const UNCITED: usize = 20;

/// Share of the words of a title, in percent, that leads to an entry in the place of its author.
const TITLE: usize = 75;

/// One in so many entries may be cited by its title alone.
const UNNAMED: usize = 4;

/// Most entries whose titles are looked for.
const MOST: usize = 50;

/// Fewest letters of a word that says something.
const SMALL: usize = 4;

/// Gives the cue `uncited` to the entries whose authors and title no other block has, where nearly all are cited. The
/// claims are those of one document.
pub(super) fn mark(context: &Context<'_>, claims: &mut [Claim]) {
    let mut listed: Vec<usize> = Vec::new();
    let mut blocks = FxHashSet::default();
    for (i, claim) in claims.iter().enumerate() {
        let Value::Citation(c) = &claim.value else { continue };
        if c.form == CitationForm::Entry {
            blocks.insert(claim.block);
            if c.authors.first().is_some_and(|a| !a.surname.is_empty()) {
                listed.push(i);
            }
        }
    }
    if listed.len() <= CITED {
        return;
    }
    let elsewhere = || {
        context
            .document
            .iter()
            .filter(|(id, block)| !blocks.contains(id) && !matches!(block.kind, BlockKind::Entry | BlockKind::Contents))
    };
    let mut named: FxHashSet<CompactString> = FxHashSet::default();
    for (_, block) in elsewhere() {
        named.extend(folded_words(&block.text.string));
    }
    let mut idle: Vec<usize> = Vec::new();
    for &i in &listed {
        let Value::Citation(c) = &claims[i].value else { continue };
        if !c.authors.iter().flat_map(|a| std::iter::once(&a.surname).chain(&a.words)).any(|w| named.contains(w)) {
            idle.push(i);
        }
    }
    // Lists of works that are called by numbers name nobody.
    if idle.is_empty() || idle.len() * UNNAMED > listed.len() || idle.len() > MOST {
        return;
    }
    // Another spelling of a name is no business of lists.
    idle.retain(|&i| match &claims[i].value {
        Value::Citation(c) => !named.iter().any(|w| is_near(w, &c.authors[0].surname)),
        _ => false,
    });
    let mut leads: FxHashMap<CompactString, Vec<usize>> = FxHashMap::default();
    let mut lengths: FxHashMap<usize, usize> = FxHashMap::default();
    for &i in &idle {
        let Value::Citation(c) = &claims[i].value else { continue };
        let words: FxHashSet<&CompactString> = c.key.iter().filter(|w| w.chars().count() >= SMALL).collect();
        lengths.insert(i, words.len());
        for word in words {
            leads.entry(word.clone()).or_default().push(i);
        }
    }
    let mut found: FxHashSet<usize> = FxHashSet::default();
    for (_, block) in elsewhere() {
        let words: FxHashSet<CompactString> = folded_words(&block.text.string).into_iter().collect();
        let mut hits: FxHashMap<usize, usize> = FxHashMap::default();
        for i in words.iter().filter_map(|w| leads.get(w)).flatten() {
            *hits.entry(*i).or_default() += 1;
        }
        found.extend(hits.into_iter().filter(|(i, n)| 100 * n >= TITLE * lengths[i]).map(|(i, _)| i));
    }
    // A link leads to a work without a word of its title.
    let leading = context.document.links.iter().filter(|link| !blocks.contains(&link.block));
    let targets: FxHashSet<String> = leading.map(|link| plain_address(&link.target)).collect();
    idle.retain(|&i| match &claims[i].value {
        Value::Citation(c) => {
            !found.contains(&i) && !c.addresses.iter().any(|a| targets.contains(&plain_address(&a.text)))
        }
        _ => false,
    });
    let cited = listed.len() - idle.len();
    if cited < CITED || idle.len() * UNCITED > cited {
        return;
    }
    for i in idle {
        // Without a title that was read there is nothing to look for.
        let sure = lengths.get(&i).is_some_and(|n| *n >= 2);
        if let (true, Value::Citation(c)) = (sure, &mut claims[i].value) {
            c.cues.push("uncited".into());
        }
    }
}
