//! Notes of a page: links that call them, and the elements that are called.
//!
//! HTML has no element for notes. What all generators share is a short link, raised or named as a call, that leads
//! to a place further down, and there a block that leads back.

use super::token::{Element, Kind, Token};
use rustc_hash::{FxHashMap, FxHashSet};

/// What was found, by the index of the start tag.
#[derive(Debug, Default)]
pub(super) struct Calls {
    /// Links that call a note, with its label.
    pub(super) marks: FxHashMap<usize, String>,
    /// Blocks that are notes, with their label.
    pub(super) notes: FxHashMap<usize, String>,
    /// Links that lead back.
    pub(super) back: FxHashSet<usize>,
    /// Raised stretches that hold nothing but calls, by index.
    pub(super) raised: FxHashSet<usize>,
    /// The indices of all notes, in order.
    order: Vec<usize>,
}

/// Elements that can be a note.
const BLOCKS: [&str; 8] = ["li", "p", "div", "aside", "dd", "section", "blockquote", "footer"];

/// A link with more tokens than these is no call.
const LONGEST_CALL: usize = 14;

impl Calls {
    /// Whether a note begins among these tokens.
    pub(super) fn any_in(&self, range: std::ops::Range<usize>) -> bool {
        self.order.get(self.order.partition_point(|&n| n < range.start)).is_some_and(|&n| n < range.end)
    }
}

/// Looks for calls and notes.
pub(super) fn find(source: &str, tokens: &[Token]) -> Calls {
    let mut ids: FxHashMap<&str, usize> = FxHashMap::default();
    for (n, token) in tokens.iter().enumerate() {
        let Kind::Start(element) = &token.kind else { continue };
        let name = element.get("name").filter(|_| element.name == "a");
        for id in element.get("id").into_iter().chain(name).filter(|id| !id.is_empty()) {
            ids.entry(id).or_insert(n);
        }
    }
    let mut calls = Calls::default();
    // (link, label, target, where the target stands)
    let mut found: Vec<(usize, String, &str, Option<usize>)> = Vec::new();
    let mut raised: Option<(usize, usize)> = None;
    for (n, token) in tokens.iter().enumerate() {
        let Kind::Start(element) = &token.kind else { continue };
        if element.name == "sup" {
            raised = Some((n, element.end));
        }
        let Some(target) = target(element) else { continue };
        let place = ids.get(target).copied();
        let up = raised.filter(|&(_, end)| n < end);
        let Some(label) = label(source, tokens, n, element) else {
            // An arrow that leads back.
            let said = words(source, tokens, n, element);
            let arrow = |c: char| "↩↑^⏎⮌⇑⤴↥\u{fe0e}\u{fe0f}".contains(c);
            let is_arrow = !said.is_empty() && said.chars().all(arrow);
            if is_arrow || place.is_some_and(|place| place < n) && said.chars().count() <= 3 {
                calls.back.insert(n);
            }
            continue;
        };
        let inner = tokens[n..element.end.min(tokens.len())]
            .iter()
            .any(|t| matches!(&t.kind, Kind::Start(e) if e.name == "sup"));
        if up.is_none() && !inner && !is_named_call(element) {
            if place.is_some_and(|place| place < n) && is_named_back(element) {
                calls.back.insert(n);
            }
            continue;
        }
        if place.is_some_and(|place| place <= n) {
            calls.back.insert(n);
            continue;
        }
        if let Some((start, _)) = up {
            calls.raised.insert(start);
        }
        found.push((n, label, target, place.and_then(|place| block(source, tokens, place))));
    }
    settle(tokens, found, &mut calls);
    calls
}

/// Gives every note a label of its own, and every call the label of its note.
fn settle(tokens: &[Token], found: Vec<(usize, String, &str, Option<usize>)>, calls: &mut Calls) {
    // Where numbers begin anew, the name of the place tells notes apart.
    let mut targets: FxHashMap<&str, usize> = FxHashMap::default();
    let mut doubled: FxHashSet<&str> = FxHashSet::default();
    for (_, label, _, note) in &found {
        if let Some(note) = note
            && targets.insert(label, *note).is_some_and(|other| other != *note)
        {
            doubled.insert(label);
        }
    }
    let mut labels: FxHashMap<usize, String> = FxHashMap::default();
    for (_, label, target, note) in &found {
        let Some(note) = note else { continue };
        let label = if doubled.contains(label.as_str()) { (*target).to_owned() } else { label.clone() };
        labels.entry(*note).or_insert(label);
    }
    for (link, label, _, note) in &found {
        match note {
            Some(note) => {
                calls.marks.insert(*link, labels[note].clone());
            }
            // Without any note in the page, raised links lead to other things.
            None if !labels.is_empty() => {
                calls.marks.insert(*link, label.clone());
            }
            None => {}
        }
    }
    calls.notes = labels;
    uncalled(tokens, calls);
    calls.order = calls.notes.keys().copied().collect();
    calls.order.sort_unstable();
}

/// A list being looked through: where it ends, the number of the next item, the items with their numbers and whether
/// they have a name of their own.
type OpenList = (usize, u32, Vec<(usize, u32, bool)>);

/// Items that stand in a list of notes, have a name of their own, and are called by nothing.
fn uncalled(tokens: &[Token], calls: &mut Calls) {
    // The list that is open, its items and the number of the next one.
    let mut lists: Vec<OpenList> = Vec::new();
    let mut more: Vec<(usize, String)> = Vec::new();
    let mut close = |list: OpenList, calls: &Calls| {
        let notes = list.2.iter().filter(|(n, ..)| calls.notes.contains_key(n)).count();
        if notes >= 2 && notes * 3 >= list.2.len() * 2 {
            let rest = list.2.into_iter().filter(|(n, _, named)| *named && !calls.notes.contains_key(n));
            more.extend(rest.map(|(n, number, _)| (n, number.to_string())));
        }
    };
    for (n, token) in tokens.iter().enumerate() {
        while lists.last().is_some_and(|list| list.0 <= n) {
            if let Some(list) = lists.pop() {
                close(list, calls);
            }
        }
        let Kind::Start(element) = &token.kind else { continue };
        match element.name.as_str() {
            "ol" | "ul" => lists.push((element.end, element.number("start").unwrap_or(1), Vec::new())),
            "li" => {
                if let Some((_, next, items)) = lists.last_mut() {
                    let number = element.number("value").unwrap_or(*next);
                    *next = number.saturating_add(1);
                    items.push((n, number, element.get("id").is_some()));
                }
            }
            _ => {}
        }
    }
    while let Some(list) = lists.pop() {
        close(list, calls);
    }
    let known: FxHashSet<String> = calls.notes.values().cloned().collect();
    calls.notes.extend(more.into_iter().filter(|(_, label)| !known.contains(label)));
}

/// The place in this page that a link leads to.
fn target(element: &Element) -> Option<&str> {
    (element.name == "a").then(|| element.get("href")?.strip_prefix('#')).flatten().filter(|t| !t.is_empty())
}

/// What a link says when it is short enough for a call, brackets left out.
fn label(source: &str, tokens: &[Token], n: usize, element: &Element) -> Option<String> {
    if element.end > n + LONGEST_CALL {
        return None;
    }
    let said = words(source, tokens, n, element);
    let label = said.trim().trim_matches(['[', ']', '(', ')']).trim();
    let fits = !label.is_empty()
        && label.len() <= 12
        && label.chars().all(|c| c.is_ascii_alphanumeric() || "*†‡§¶#".contains(c))
        && (label.chars().count() <= 4 || label.starts_with(|c: char| c.is_ascii_digit()));
    fits.then(|| label.to_owned())
}

fn words(source: &str, tokens: &[Token], n: usize, element: &Element) -> String {
    let end = element.end.min(n + LONGEST_CALL).min(tokens.len());
    let parts = tokens[n..end].iter().filter(|t| matches!(t.kind, Kind::Words));
    parts.map(|t| &source[t.at.start as usize..t.at.end as usize]).collect::<String>().trim().to_owned()
}

/// Whether its class or role says that a link calls a note.
fn is_named_call(element: &Element) -> bool {
    let class = element.get("class").unwrap_or("").to_ascii_lowercase();
    element.get("role") == Some("doc-noteref")
        || (["footnote", "noteref", "fnref", "endnote", "msofootnotereference"].iter().any(|w| class.contains(w))
            && !class.contains("back"))
}

fn is_named_back(element: &Element) -> bool {
    let class = element.get("class").unwrap_or("").to_ascii_lowercase();
    element.get("role") == Some("doc-backlink") || class.contains("back") || class.contains("reversefootnote")
}

/// The block that a name stands for: its own element, or the block that begins with it.
fn block(source: &str, tokens: &[Token], place: usize) -> Option<usize> {
    for n in (place.saturating_sub(8)..=place).rev() {
        match &tokens[n].kind {
            Kind::Start(element) if BLOCKS.contains(&element.name.as_str()) => return Some(n),
            Kind::Start(element) if matches!(element.name.as_str(), "td" | "th" | "tr" | "table" | "body") => {
                return None;
            }
            Kind::Start(_) => {}
            Kind::Words if source[tokens[n].at.start as usize..tokens[n].at.end as usize].trim().is_empty() => {}
            _ => return None,
        }
    }
    None
}
