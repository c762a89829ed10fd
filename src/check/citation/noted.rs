//! The works that notes cite against the bibliography of the document.
//!
//! A bibliography may leave out whole kinds of works by convention: interviews, newspapers, pages of the web. Each kind
//! is therefore judged by itself, and a work is missed only where nearly all others of its kind are listed.

use super::listed::fold;
use super::{Cited, PLACES, finding, shortened};
use crate::check::Finding;
use crate::claim::{CitationForm, Member, plain_address};
use std::collections::{BTreeMap, BTreeSet};

/// Fewest works of a kind that are listed, from which on the list is taken for complete in this kind.
const COMPLETE: usize = 10;

/// One in so many listed works of a kind may be missing.
const MISSING: usize = 10;

/// Fewest words of a title by which a work is looked for in the list.
const TITLE: usize = 3;

/// Most entries that a word leads to; what more entries have says nothing of which one is meant.
const COMMON: usize = 60;

/// Fewest letters of a word that says something.
const SMALL: usize = 4;

/// Share of the words of a title, in percent, from which on an entry is that of the work.
const FOUND: usize = 60;

/// Share of the words of a title, in percent, from which on an entry may be that of the work.
const DOUBTFUL: usize = 34;

/// How a work of the notes stands to the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Listed,
    Doubtful,
    Lacking,
}

/// What conventions tell apart: who signs (a person, a body), whether there is an address, whether it is dated by the
/// day as news are, whether the title stands in quotation marks as those of papers and letters do.
type Kind = [bool; 4];

/// The list with the ways into it.
struct List<'a> {
    /// The words of each entry.
    words: &'a [BTreeSet<String>],
    /// The entries that have a word.
    with: BTreeMap<&'a str, Vec<usize>>,
    /// The words that lead to too many.
    common: BTreeSet<&'a str>,
    addresses: BTreeSet<String>,
}

/// Appends the works that the notes of one document cite and its list lacks. The claims are of one file.
pub(super) fn check(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    let entries: Vec<&Cited<'_>> = cited.iter().filter(|c| c.citation.form == CitationForm::Entry).collect();
    if entries.len() < COMPLETE || entries.iter().any(|e| e.has_cue("selected")) {
        return;
    }
    let addresses = |c: &Cited<'_>| c.citation.addresses.iter().map(|a| plain_address(&a.text)).collect::<Vec<_>>();
    let cited_at: BTreeSet<String> =
        cited.iter().filter(|c| c.citation.form != CitationForm::Entry).flat_map(addresses).collect();
    for entry in entries.iter().filter(|e| e.has_cue("uncited")) {
        if !addresses(entry).iter().any(|a| cited_at.contains(a)) {
            uncited(entry, entries.len(), found);
        }
    }
    let words: Vec<BTreeSet<String>> = entries.iter().map(|e| fold(&e.claim.text)).collect();
    let list = List::of(&words, &entries);
    let mut kinds: BTreeMap<Kind, Vec<(State, Vec<&Cited<'_>>)>> = BTreeMap::new();
    for work in works(cited) {
        if let Some(kind) = kind(&work) {
            kinds.entry(kind).or_default().push((list.state(&work, &entries), work));
        }
    }
    for works in kinds.values() {
        let count = |state: State| works.iter().filter(|(s, _)| *s == state).count();
        let (listed, doubtful, lacking) = (count(State::Listed), count(State::Doubtful), count(State::Lacking));
        if listed < COMPLETE || lacking * MISSING > listed || doubtful * 4 > listed {
            continue;
        }
        for (_, work) in works.iter().filter(|(s, _)| *s == State::Lacking) {
            found.push(lacking_work(work, listed));
        }
    }
}

/// An entry whose author and title stand nowhere else.
fn uncited(entry: &Cited<'_>, listed: usize, found: &mut Vec<Finding>) {
    found.push(finding(
        format!("{}: listed and not cited", called(entry)),
        vec![entry.place(entry.citation.named.as_ref(), "neither author nor title stands elsewhere")],
        vec![format!("nearly all of the {listed} entries of the list are cited")],
    ));
}

/// A work by its author and title.
fn called(c: &Cited<'_>) -> String {
    let part = |m: Option<&Member>, most| shortened(m.map_or("", |m| m.text.as_str()), most);
    format!("{}, {}", part(c.citation.named.as_ref(), 40), part(c.citation.title.as_ref(), 50))
}

fn lacking_work(work: &[&Cited<'_>], listed: usize) -> Finding {
    finding(
        format!("{}: cited and not listed", called(work[0])),
        work.iter().take(PLACES).map(|c| c.place(c.citation.title.as_ref(), "not in the bibliography")).collect(),
        vec![format!("{listed} other works of its kind that the notes cite are listed")],
    )
}

/// The works that notes cite in full, each with its citations.
fn works<'c, 'a>(cited: &'c [Cited<'a>]) -> Vec<Vec<&'c Cited<'a>>> {
    let is_full = |c: &&Cited<'_>| {
        let c = c.citation;
        let published = c.year.is_some() || c.publisher.is_some() || !c.addresses.is_empty();
        c.form == CitationForm::Note && !c.back && c.target.is_none() && c.key.len() >= TITLE && published
    };
    let titled = cited.iter().filter(is_full).filter(|c| !c.has_cue("secondary") && !c.has_cue("genre"));
    let mut titled: Vec<&Cited<'_>> = titled.filter(|c| !is_archival(c)).collect();
    titled.sort_by(|a, b| a.citation.key.cmp(&b.citation.key).then(a.claim.at.cmp(&b.claim.at)));
    let mut out: Vec<Vec<&Cited<'_>>> = Vec::new();
    for c in titled {
        match out.last_mut() {
            Some(work) if c.citation.key.starts_with(&work[0].citation.key) => work.push(c),
            _ => out.push(vec![c]),
        }
    }
    for work in &mut out {
        work.sort_by_key(|c| c.claim.at);
    }
    out.sort_by_key(|work| work[0].claim.at);
    out
}

/// The kind of a work; none when nobody signs it.
fn kind(work: &[&Cited<'_>]) -> Option<Kind> {
    let author = work.iter().find_map(|c| c.citation.authors.first())?;
    let linked = work.iter().any(|c| !c.citation.addresses.is_empty());
    let quoted = work.iter().any(|c| is_quoted(c));
    Some([!author.surname.is_empty(), linked, work.iter().any(|c| is_daily(c)), quoted])
}

/// Whether the title stands in quotation marks.
fn is_quoted(c: &Cited<'_>) -> bool {
    let title = c.citation.title.as_ref().map_or("", |t| t.text.as_str());
    let before = c.claim.text.find(title).and_then(|at| c.claim.text[..at].chars().next_back());
    before.is_some_and(|c| matches!(c, '\'' | '"' | '‘' | '“' | '«' | '„'))
}

/// Whether a piece of an archive is cited, which has a mark of its shelf: "PB/3", "FO 371/24". Lists of works have none.
fn is_archival(c: &Cited<'_>) -> bool {
    let text = c.claim.text.as_str();
    c.citation.addresses.is_empty()
        && text
            .split([' ', ',', '(', ')', ';', '\u{a0}'])
            .any(|w| w.contains('/') && w.chars().any(|c| c.is_ascii_digit()) && !w.contains("//") && !w.ends_with('/'))
}

/// Whether the year is that of a day: "3 May 2019", "May 3, 2019".
fn is_daily(c: &Cited<'_>) -> bool {
    let is_day = |w: &str| (1..=4).contains(&w.len()) && w.starts_with(|c: char| c.is_ascii_digit());
    let text = c.claim.text.as_str();
    c.citation.year.is_some_and(|year| {
        text.match_indices(&year.to_string()).any(|(at, _)| {
            let mut back = text[..at].split([' ', ',', '(', '[', '\u{a0}']).rev().filter(|w| !w.is_empty());
            let last = back.next().unwrap_or("");
            is_day(last) || last.starts_with(char::is_alphabetic) && back.next().is_some_and(is_day)
        })
    })
}

/// The words of a title that say something: small words are in every other title.
fn content(title: &str) -> BTreeSet<String> {
    let all = fold(title);
    let long: BTreeSet<String> = all.iter().filter(|w| w.chars().count() >= SMALL).cloned().collect();
    if long.len() >= 2 { long } else { all }
}

impl<'a> List<'a> {
    fn of(words: &'a [BTreeSet<String>], entries: &[&Cited<'_>]) -> Self {
        let mut with: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, words) in words.iter().enumerate() {
            for word in words {
                with.entry(word).or_default().push(i);
            }
        }
        let common = with.iter().filter(|(_, entries)| entries.len() > COMMON).map(|(word, _)| *word).collect();
        with.retain(|_, entries| entries.len() <= COMMON);
        let addresses = entries.iter().flat_map(|e| &e.citation.addresses).map(|a| plain_address(&a.text));
        Self { words, with, common, addresses: addresses.filter(|a| a.contains('/')).collect() }
    }

    fn state(&self, work: &[&Cited<'_>], entries: &[&Cited<'_>]) -> State {
        let mut state = State::Lacking;
        for c in work {
            match self.of_one(c, entries) {
                State::Listed => return State::Listed,
                State::Doubtful => state = State::Doubtful,
                State::Lacking => {}
            }
        }
        state
    }

    fn of_one(&self, c: &Cited<'_>, entries: &[&Cited<'_>]) -> State {
        if c.citation.addresses.iter().any(|a| self.addresses.contains(&plain_address(&a.text))) {
            return State::Listed;
        }
        let title = content(c.citation.title.as_ref().map_or("", |t| t.text.as_str()));
        let whole = fold(&c.claim.text);
        let mut candidates: BTreeSet<usize> = BTreeSet::new();
        for word in &whole {
            candidates.extend(self.with.get(word.as_str()).into_iter().flatten());
        }
        let is_common = |w: &&String| self.common.contains(w.as_str());
        let share = 100 * title.iter().filter(is_common).count() / title.len().max(1);
        let mut state = if share >= DOUBTFUL { State::Doubtful } else { State::Lacking };
        for i in candidates {
            let words = &self.words[i];
            let share = 100 * title.iter().filter(|w| words.contains(*w)).count() / title.len().max(1);
            // The book in which the chapter stands.
            let own = fold(entries[i].citation.title.as_ref().map_or("", |t| t.text.as_str()));
            let held = own.len() >= 2 && own.iter().all(|w| whole.contains(w));
            if share >= FOUND || held {
                return State::Listed;
            }
            let signed = c.citation.authors.iter().any(|a| words.contains(a.surname.as_str()));
            let year = c.citation.year.is_some_and(|y| words.contains(&y.to_string()));
            if share >= DOUBTFUL || signed && (year || share * 2 >= DOUBTFUL || own.is_empty()) {
                state = State::Doubtful;
            }
        }
        state
    }
}
