//! Offices that a person holds: "treasurer", "head of conservation".

use super::load::lower;
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// Offices of which nobody holds two in one body without saying so.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeList {
    /// `board`, `court`
    group: CompactString,
    /// One office each: its forms divided by semicolons, its name first.
    forms: Vec<String>,
}

/// One office.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Office {
    /// `chair` for chairman, chairwoman and chairperson.
    pub name: CompactString,
    /// Two different offices of one group in one body are not held by one person.
    pub group: CompactString,
}

/// One way to write an office, beginning with a given word.
#[derive(Clone, Debug)]
struct OfficeForm {
    /// The words after the first, lower case.
    rest: Vec<CompactString>,
    office: u32,
}

/// All offices by their first words.
#[derive(Clone, Debug, Default)]
pub struct Offices {
    list: Vec<Office>,
    forms: FxHashMap<CompactString, Vec<OfficeForm>>,
}

impl Offices {
    pub(super) fn add(&mut self, list: &OfficeList) {
        for entry in &list.forms {
            let mut forms = entry.split(';').map(str::trim).filter(|f| !f.is_empty()).peekable();
            let Some(name) = forms.peek() else { continue };
            let office = self.list.len() as u32;
            self.list.push(Office { name: lower(name), group: list.group.clone() });
            for form in forms {
                let mut words = form.split_whitespace().map(lower);
                let Some(first) = words.next() else { continue };
                self.forms.entry(first).or_default().push(OfficeForm { rest: words.collect(), office });
            }
        }
    }

    /// The offices that the first of some lower-case words begin, the longest form only, with its number of words;
    /// several when one form names offices of different groups. `word` gives the words, the empty string behind
    /// the last.
    pub fn at<'w>(&self, first: &str, word: impl Fn(usize) -> CompactString + 'w) -> (usize, Vec<&Office>) {
        let mut longest = (0, Vec::new());
        for form in self.forms.get(first).into_iter().flatten() {
            let length = form.rest.len() + 1;
            if length < longest.0 || !form.rest.iter().enumerate().all(|(i, w)| word(i + 1) == *w) {
                continue;
            }
            if length > longest.0 {
                longest = (length, Vec::new());
            }
            longest.1.push(&self.list[form.office as usize]);
        }
        longest
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::{Lexicon, lower};

    fn read(text: &str) -> (usize, Vec<String>) {
        let words: Vec<_> = text.split(' ').map(lower).collect();
        let (n, offices) = Lexicon::english().offices.at(&words[0], |i| words.get(i).cloned().unwrap_or_default());
        (n, offices.iter().map(|o| o.name.to_string()).collect())
    }

    #[test]
    fn reads_the_longest_form() {
        assert_eq!(read("Secretary General of the league"), (2, vec!["secretary general".to_owned()]));
        assert_eq!(read("Chairwoman of the league"), (1, vec!["chair".to_owned()]));
        assert_eq!(read("harbour of the league"), (0, Vec::new()));
    }

    #[test]
    fn reads_an_office_of_two_groups() {
        assert_eq!(read("captain of the ferry").1.len(), 2);
    }
}
