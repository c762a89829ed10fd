//! A code that a sentence gives one meaning, and a table of codes another.

use super::is_one_project;
use crate::check::{Finding, Place};
use crate::claim::{Claim, Setting, SettingSort, SettingValue, Value, shared_words};
use compact_str::CompactString;

/// Words that a sentence and a row of the table share at least.
const SHARED: usize = 2;

/// Fewest rows of a table of codes that tells all of them.
const ROWS: usize = 3;

/// What a sort of failure counts beside a word.
const FAILURE: usize = 2;

/// Most codes with meanings that are compared with each sentence.
const TABLED: usize = 600;

/// A code with the words of its meaning.
#[derive(Clone, Copy)]
struct Meant<'a> {
    claim: &'a Claim,
    setting: &'a Setting,
}

impl<'a> Meant<'a> {
    fn code(&self) -> &'a str {
        match &self.setting.value {
            SettingValue::Word(code) => code,
            _ => "",
        }
    }

    /// How well a sentence fits the meaning: the words in common, and whether they are most of it.
    fn fit(&self, sentence: &Meant<'_>) -> (usize, bool) {
        let meaning = &self.claim.subject.modifiers;
        let n = shared_words(meaning, &sentence.claim.subject.modifiers);
        (n, n >= SHARED && n * 3 >= meaning.len() * 2 || n > SHARED && n * 2 > meaning.len())
    }

    /// How much of a sentence the meaning says in other words: sorts of failure and words in common.
    fn likeness(&self, sentence: &Meant<'_>) -> (usize, usize) {
        let failures = &sentence.setting.failures;
        let n = self.setting.failures.iter().filter(|f| failures.contains(f)).count();
        (n, n * FAILURE + shared_words(&self.claim.subject.modifiers, &sentence.claim.subject.modifiers))
    }
}

pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let (mut tabled, mut said): (Vec<Meant<'_>>, Vec<Meant<'_>>) = (Vec::new(), Vec::new());
    for &claim in claims {
        if let Value::Setting(setting) = &claim.value
            && setting.sort == SettingSort::Code
        {
            let meant = Meant { claim, setting };
            if setting.table.is_some() { tabled.push(meant) } else { said.push(meant) }
        }
    }
    tabled.truncate(TABLED);
    for sentence in &said {
        found.extend(finding(sentence, &tabled));
    }
}

/// The row that has the meaning of a sentence under another code.
fn finding(sentence: &Meant<'_>, tabled: &[Meant<'_>]) -> Option<Finding> {
    let (own, meant) = (&sentence.claim.scope.cues, sentence.setting);
    if own.iter().any(|c| matches!(c.as_str(), "example" | "previous")) {
        return None;
    }
    let rows: Vec<&Meant<'_>> = tabled
        .iter()
        .filter(|row| {
            let (a, b) = (row.setting, meant);
            a.key == b.key && is_one_project((&a.folder, &a.edition), (&b.folder, &b.edition))
        })
        .collect();
    // With two tables nobody knows which one is meant.
    let table = |row: &Meant<'_>| (row.claim.at.file, row.setting.table);
    let here: Vec<&Meant<'_>> = rows.iter().copied().filter(|r| r.claim.at.file == sentence.claim.at.file).collect();
    let rows = if here.is_empty() { rows } else { here };
    let first = rows.first()?;
    if rows.iter().any(|row| table(row) != table(first)) {
        return None;
    }
    let best =
        by_words(sentence, &rows).or_else(|| by_failure(sentence, &rows)).or_else(|| by_heading(sentence, &rows))?;
    let place = |m: &Meant<'_>| Place { at: m.claim.at, within: m.claim.within, label: String::new() };
    Some(Finding {
        places: vec![place(sentence), place(&best)],
        variables: vec![
            ("what", sentence.claim.subject.wording.to_string()),
            ("here", sentence.claim.text.to_string()),
            ("there", format!("{} in the table", best.claim.text)),
        ],
        notes: Vec::new(),
    })
}

/// The row that says what the sentence says, under another code.
fn by_words<'a>(sentence: &Meant<'_>, rows: &[&Meant<'a>]) -> Option<Meant<'a>> {
    let best = rows.iter().copied().filter(|row| row.fit(sentence).1).max_by_key(|row| row.fit(sentence).0)?;
    let shared = best.fit(sentence).0;
    let rivals = rows.iter().filter(|row| row.code() != best.code() && row.fit(sentence).0 * 2 > shared);
    (best.code() != sentence.code() && rivals.count() == 0).then_some(*best)
}

/// The only row for the sort of failure that the sentence speaks of, when that of its own code has nothing to do with it.
fn by_failure<'a>(sentence: &Meant<'_>, rows: &[&Meant<'a>]) -> Option<Meant<'a>> {
    let best = rows.iter().copied().max_by_key(|row| row.likeness(sentence).1)?;
    let (failures, likeness) = best.likeness(sentence);
    let other = |row: &&&Meant<'a>| row.code() != best.code();
    let clear = rows.iter().filter(other).map(|row| row.likeness(sentence)).all(|(n, l)| n == 0 && l < likeness);
    let own = rows.iter().filter(|row| row.code() == sentence.code()).any(|row| row.likeness(sentence).1 > 0);
    let clear = clear && failures > 0 && !own && rows.len() >= ROWS;
    (clear && best.code() != sentence.code() && sentence.setting.key == "exit").then_some(*best)
}

/// The row that says what the heading above a sentence says, and the sentence: "I sent the same key with another body.
/// What now?"
fn by_heading<'a>(sentence: &Meant<'_>, rows: &[&Meant<'a>]) -> Option<Meant<'a>> {
    let heading = &sentence.claim.scope.titles.last()?.words;
    let own = &sentence.claim.subject.modifiers;
    let words: Vec<CompactString> = own.iter().chain(heading.iter().filter(|w| !own.contains(w))).cloned().collect();
    let shared = |row: &Meant<'_>| shared_words(&row.claim.subject.modifiers, &words);
    let best = rows.iter().copied().max_by_key(|row| shared(row))?;
    let most = best.claim.subject.modifiers.len();
    let rivals = rows.iter().filter(|row| row.code() != best.code()).any(|row| shared(row) > 1);
    let fits = shared(best) > SHARED && shared(best) * 2 > most && !rivals;
    (fits && best.code() != sentence.code() && rows.len() >= ROWS).then_some(*best)
}
