//! Words that a line end divides: whether the hyphen belongs to the word.

use super::lines::Line;
use super::parts::Part;
use rustc_hash::FxHashMap;

/// What the rest of the text says about divided words.
#[derive(Default)]
pub(super) struct Hyphens {
    /// Spellings that were asked for, in small letters, and whether they occur.
    spellings: FxHashMap<String, bool>,
    /// Among the words that could be told, more lose their hyphen than keep it.
    mostly_soft: bool,
}

/// The parts of a word divided between two lines: the letters before the hyphen and those after it.
pub(super) fn divided<'a>(before: &'a str, after: &'a str) -> Option<(&'a str, &'a str)> {
    let stem = before.strip_suffix(['-', '\u{2010}', '\u{ad}'])?;
    let left = &stem[stem.trim_end_matches(char::is_alphabetic).len()..];
    let right = &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())];
    (!left.is_empty() && right.starts_with(char::is_lowercase)).then_some((left, right))
}

impl Hyphens {
    /// Looks up the divided words of all parts in the text.
    pub(super) fn new(source: &str, lines: &[Line], parts: &[Part]) -> Self {
        let mut words: Vec<(String, String)> = Vec::new();
        for part in parts {
            let mut before: Option<usize> = None;
            for i in part.lines.iter().flat_map(Clone::clone) {
                if let Some(b) = before
                    && let Some((left, right)) = divided(lines[b].text(source), lines[i].text(source))
                {
                    words.push((format!("{left}{right}").to_lowercase(), format!("{left}-{right}").to_lowercase()));
                }
                before = Some(i);
            }
        }
        if words.is_empty() {
            return Self::default();
        }
        let mut spellings: FxHashMap<String, bool> = FxHashMap::default();
        for (joined, hyphened) in &words {
            spellings.insert(joined.clone(), false);
            spellings.insert(hyphened.clone(), false);
        }
        // Few words are asked for: first byte and length tell most others apart.
        let mut lengths = [0u64; 256];
        for word in spellings.keys() {
            lengths[usize::from(word.as_bytes()[0])] |= 1 << word.len().min(63);
        }
        let mut lower = String::new();
        for word in
            source.split(|c: char| if c.is_ascii() { !c.is_ascii_alphabetic() && c != '-' } else { !c.is_alphabetic() })
        {
            let word = word.trim_matches('-');
            let Some(first) = word.bytes().next() else { continue };
            if first.is_ascii() && lengths[usize::from(first.to_ascii_lowercase())] & (1 << word.len().min(63)) == 0 {
                continue;
            }
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            if let Some(found) = spellings.get_mut(&lower) {
                *found = true;
            }
        }
        let occurs = |word: &String| spellings.get(word) == Some(&true);
        let soft = words.iter().filter(|(joined, hyphened)| occurs(joined) && !occurs(hyphened)).count();
        let hard = words.iter().filter(|(_, hyphened)| occurs(hyphened)).count();
        Self { spellings, mostly_soft: soft > hard }
    }

    /// Whether the hyphen only divides the word.
    pub(super) fn is_soft(&self, left: &str, right: &str) -> bool {
        let occurs = |word: String| self.spellings.get(&word.to_lowercase()) == Some(&true);
        if occurs(format!("{left}-{right}")) {
            return false;
        }
        self.mostly_soft || occurs(format!("{left}{right}"))
    }
}
