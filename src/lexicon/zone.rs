//! Time zones: the names of one, and how far it is ahead of UTC.

use super::load::lower;
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// Words of the longest name of a zone.
const LONGEST: usize = 4;

/// How a zone changes with the season.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZoneRule {
    /// Never: UTC, JST.
    Fixed,
    /// The name of the summer time, which some use in winter too: PDT, CEST. Its offset is that of the summer.
    Summer,
    /// The name of the standard time, which many use the whole year: PST, CET.
    Standard,
    /// Standard time in the northern winter, an hour more in summer: PT, Eastern Time.
    Northern,
    /// Standard time in the southern winter, an hour more in summer: AET.
    Southern,
}

/// One zone of a lexicon file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// How it changes.
    pub rule: ZoneRule,
    /// Minutes ahead of UTC, in standard time unless the name is that of the summer time; several where one name is that of several zones.
    pub offsets: Vec<i32>,
    /// Its names.
    forms: Vec<String>,
}

impl Zone {
    /// The minutes ahead of UTC that it may be in a month; in any when that is not known.
    #[must_use]
    pub fn offsets_in(&self, month: Option<u8>) -> Vec<i32> {
        // In the months of the change both are possible.
        let warm = |month: u8| matches!(month, 4..=9);
        let cold = |month: u8| matches!(month, 12 | 1 | 2);
        let (standard, summer) = match (self.rule, month) {
            (ZoneRule::Fixed | ZoneRule::Summer, _) => (true, false),
            (ZoneRule::Standard | ZoneRule::Northern, Some(month)) if cold(month) => (true, false),
            (ZoneRule::Northern, Some(month)) if warm(month) => (false, true),
            (ZoneRule::Southern, Some(month)) if cold(month) => (false, true),
            (ZoneRule::Southern, Some(5..=8)) => (true, false),
            _ => (true, true),
        };
        // In the warm months the name of the summer time is right as it is.
        if self.rule == ZoneRule::Summer && !month.is_some_and(warm) {
            return self.offsets.iter().flat_map(|offset| [*offset, offset - 60]).collect();
        }
        let added = |by: i32| self.offsets.iter().map(move |offset| offset + by);
        let mut out: Vec<i32> = Vec::new();
        if standard {
            out.extend(added(0));
        }
        if summer {
            out.extend(added(60));
        }
        out
    }
}

/// All zones by their names.
#[derive(Clone, Debug, Default)]
pub struct Zones {
    list: Vec<Zone>,
    names: FxHashMap<CompactString, u32>,
}

impl Zones {
    pub(super) fn add(&mut self, zone: &Zone) {
        let at = self.list.len() as u32;
        self.list.push(zone.clone());
        for form in &zone.forms {
            self.names.insert(lower(form), at);
        }
    }

    /// The zone that some words begin, the longest name, with its number of words; `word` gives the words, the empty
    /// string behind the last. A short name is written in capitals.
    pub fn at<'w>(&self, word: impl Fn(usize) -> &'w str) -> Option<(usize, &Zone)> {
        let first = word(0);
        if !first.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let mut name = CompactString::default();
        let mut found = None;
        for n in 0..LONGEST {
            let next = word(n);
            if next.is_empty() {
                break;
            }
            if n > 0 {
                name.push(' ');
            }
            name.push_str(&lower(next));
            let capital = n > 0 || first.len() > 5 || first.chars().filter(char::is_ascii_uppercase).count() > 1;
            if capital && let Some(&zone) = self.names.get(&name) {
                found = Some((n + 1, &self.list[zone as usize]));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    fn read(text: &str, month: Option<u8>) -> Option<(usize, Vec<i32>)> {
        let words: Vec<&str> = text.split(' ').collect();
        let (n, zone) = Lexicon::english().zones.at(|i| words.get(i).copied().unwrap_or_default())?;
        Some((n, zone.offsets_in(month)))
    }

    #[test]
    fn reads_the_longest_name_with_its_offset() {
        assert_eq!(read("Pacific Daylight Time today", Some(6)), Some((3, vec![-420])));
        assert_eq!(read("PDT", Some(12)), Some((1, vec![-420, -480])));
        assert_eq!(read("PT", Some(7)), Some((1, vec![-420])));
        assert_eq!(read("PT", Some(1)), Some((1, vec![-480])));
        assert_eq!(read("CET", None), Some((1, vec![60, 120])));
        assert_eq!(read("UTC", None), Some((1, vec![0])));
    }

    #[test]
    fn ignores_small_letters() {
        assert_eq!(read("est", None), None);
        assert_eq!(read("Pacific islands", None), None);
    }
}
