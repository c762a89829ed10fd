//! Mentions that still state a value which has changed elsewhere.

use super::{Changed, Comparison, Draft, Mention, value_of, words};
use crate::claim::{Claim, Refusal, Value, is_version, link, restatement};
use crate::document::{BlockKind, Document};
use crate::span::{FileId, Span};
use rustc_hash::{FxHashMap, FxHashSet};

/// How sure it must be that two quantities are about one thing.
const STRENGTH: u8 = 5;

/// The same for a value of two figures and more: that it was one value in the old draft tells something too.
const STRENGTH_OF_TELLING: u8 = 4;

/// How much two sentences with the old value must say in common when their nouns differ.
const RESTATED: f32 = 1.6;

/// Most places of one value that are looked at; a value that stands more often says nothing.
const CROWD: usize = 200;

/// Cues that a value is of another time, or not the author's.
const REFUSED: &[&str] = &["attributed", "edition", "example", "explained", "negated", "previous", "quotation"];

/// A figure in the text, whether or not it is part of a claim.
struct Figure {
    at: Span,
    within: Span,
}

pub(super) fn find(new: Draft<'_>, out: &mut Comparison<'_>) {
    if out.changed.is_empty() {
        return;
    }
    let wanted: FxHashSet<String> = out.changed.iter().map(|c| value_of(c.old)).collect();
    let literals: FxHashSet<&str> = out.changed.iter().map(|c| c.old.text.as_str()).filter(|t| is_rare(t)).collect();
    let mut claims: FxHashMap<String, Vec<&Claim>> = FxHashMap::default();
    let mut figures: FxHashMap<&str, Vec<Figure>> = FxHashMap::default();
    for (analysis, name) in new.analyses.iter().zip(new.names) {
        if is_history(&analysis.document, name) {
            continue;
        }
        for claim in &analysis.claims {
            let value = value_of(claim);
            if wanted.contains(&value) {
                claims.entry(value).or_default().push(claim);
            }
        }
        if !literals.is_empty() {
            collect(&analysis.document, &literals, &mut figures);
        }
    }
    let text = |span: Span| -> &str {
        new.sources.get(span.file).text.get(span.start as usize..span.end as usize).unwrap_or("")
    };
    // What was changed itself is no mention of the old value.
    let places: FxHashSet<Span> = out.changed.iter().map(|c| c.new.at).collect();
    let title = titles(new);
    for changed in &mut out.changed {
        let near: FxHashSet<String> = words(text(changed.new.within));
        let mut found: Vec<Mention> = Vec::new();
        let same = claims.get(&value_of(changed.old)).filter(|list| list.len() <= CROWD);
        for claim in same.into_iter().flatten() {
            let sentence = text(claim.within);
            let told = sentence.contains(changed.new.text.as_str());
            if !places.contains(&claim.at) && !told && is_of_one_thing(changed, claim, &near, sentence) {
                found.push(Mention { at: claim.at, within: claim.within });
            }
        }
        let literal = changed.old.text.as_str();
        for figure in figures.get(literal).filter(|list| list.len() <= CROWD).into_iter().flatten() {
            let line = text(figure.within);
            let known = found.iter().any(|m| m.at.start < figure.at.end && figure.at.start < m.at.end);
            let told = line.contains(changed.new.text.as_str());
            let placed = places.iter().any(|p| *p == figure.at);
            let shared = words(line).intersection(&near).count();
            let named = title.get(&figure.at.file).is_some_and(|t| words(line).iter().any(|w| t.contains(w)));
            let sure = shared >= 2 || shared >= 1 && is_version(literal) || named && is_version(literal);
            if !known && !told && !placed && sure && figure.within != changed.new.within {
                found.push(Mention { at: figure.at, within: figure.within });
            }
        }
        found.sort();
        found.dedup();
        changed.stale = found;
    }
}

/// The words of the titles of documents.
fn titles(new: Draft<'_>) -> FxHashMap<FileId, FxHashSet<String>> {
    let of = |document: &Document| document.title().map_or(FxHashSet::default(), |b| words(&b.text.string));
    new.analyses.iter().map(|a| (a.document.file, of(&a.document))).collect()
}

/// Whether a claim with the old value is about what has changed.
fn is_of_one_thing(changed: &Changed<'_>, claim: &Claim, near: &FxHashSet<String>, sentence: &str) -> bool {
    if claim.scope.cues.iter().any(|c| REFUSED.contains(&c.as_str())) || claim.at == changed.new.at {
        return false;
    }
    match (&changed.new.value, &claim.value) {
        (Value::Setting(x), Value::Setting(y)) => {
            x.sort == y.sort && x.key == y.key && x.slot == y.slot && x.only == y.only && y.beside.is_none()
        }
        (Value::Stated(x), Value::Stated(y)) => x.rule == y.rule && x.subject == y.subject,
        (Value::Quantity(_), Value::Quantity(_)) => {
            let shared = words(sentence).intersection(near).count();
            // "In 2019 it had 43": an old value is right of an old time.
            if !claim.scope.times.is_empty() && changed.new.scope.times.is_empty() {
                return false;
            }
            let telling = is_telling(&claim.text);
            match link(changed.new, claim, changed.new.at.file != claim.at.file) {
                Ok(strength) => strength >= if telling { STRENGTH_OF_TELLING } else { STRENGTH } || shared >= 2,
                // What the sentences have in common besides the noun tells as much.
                Err(Refusal::Bare) => shared >= 2,
                // "With 43 berths the harbour is the largest."
                Err(Refusal::OtherMeasure) => telling && shared >= 2,
                // "The fee is 25 euros for adults", "adults pay 25 euros".
                Err(Refusal::OtherHead) => {
                    telling && restatement(changed.new, claim, false, &|_| 1.0).is_ok_and(|r| r.score() >= RESTATED)
                }
                Err(_) => false,
            }
        }
        _ if changed.new.kind == claim.kind => words(sentence).intersection(near).count() >= 2,
        _ => false,
    }
}

/// Whether a number has two figures and more, so that two of them are hardly equal by chance.
fn is_telling(wording: &str) -> bool {
    wording.bytes().filter(u8::is_ascii_digit).count() >= 2
}

/// Whether a text is told from others by its figures alone: a version, a number of four digits and more, a date.
fn is_rare(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 4 || is_version(text) && text.contains('.')
}

/// Whether a document tells what changed from version to version.
fn is_history(document: &Document, name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    if ["changelog", "changes", "history", "news", "release"].iter().any(|word| file.starts_with(word)) {
        return true;
    }
    let headings = document.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Heading(_)));
    headings.filter(|b| b.text.string.split_whitespace().take(3).any(is_version)).count() >= 3
}

/// The places of rare figures in all blocks, code too.
fn collect<'w>(document: &Document, literals: &FxHashSet<&'w str>, out: &mut FxHashMap<&'w str, Vec<Figure>>) {
    for block in &document.blocks {
        let text = &block.text.string;
        if !text.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '_');
        let mut start = None;
        for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
            match (start, inside(c)) {
                (None, true) => start = Some(i),
                (Some(from), false) => {
                    start = None;
                    let word = text[from..i].trim_end_matches(['.', ',']);
                    let bare = word.strip_prefix('v').unwrap_or(word);
                    let Some(&literal) = literals.get(word).or_else(|| literals.get(bare)) else { continue };
                    let at = from + word.len() - literal.len();
                    let line = text[..from].rfind('\n').map_or(0, |n| n + 1);
                    let end = text[i..].find('\n').map_or(text.len(), |n| i + n);
                    let within = if block.kind == BlockKind::Code { line..end } else { 0..text.len() };
                    let figure =
                        Figure { at: block.text.span(at..at + literal.len()), within: block.text.span(within) };
                    out.entry(literal).or_default().push(figure);
                }
                _ => {}
            }
        }
    }
}
