//! What a text says of a schedule: a time of day, how many minutes between, days of the week.

use crate::lexicon::{Lexicon, NumberRole, lower};
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// What is said, each with its place in the text; nothing where the text says two things, or something unclear.
pub(super) struct Said {
    /// `02:30`
    pub(super) time: Option<(CompactString, Range<usize>)>,
    /// Minutes.
    pub(super) every: Option<(CompactString, Range<usize>)>,
    /// The numbers of the days, 1 (Monday) to 7, in order.
    pub(super) weekdays: Option<(CompactString, Range<usize>)>,
}

/// A word of a text with its place.
type Piece<'a> = (&'a str, Range<usize>);

impl Said {
    pub(super) fn read(lexicon: &Lexicon, text: &str) -> Self {
        let words = pieces(text);
        let has = |set: &str| words.iter().any(|(w, _)| lexicon.is_in(set, &lower(w)));
        // A time elsewhere is not that of the schedule, nor is a day that is left out.
        let clear = !has("schedule.but");
        Self {
            time: time(lexicon, &words).filter(|_| clear && !has("schedule.zone")),
            every: every(lexicon, &words),
            weekdays: weekdays(lexicon, &words).filter(|_| clear),
        }
    }
}

/// The words and numbers of a text; a colon or hyphen inside of one belongs to it.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece<'_>> = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || matches!(c, ':' | '.') && start.is_some();
        match (inside, start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                let word = text[from..i].trim_end_matches([':', '.']);
                out.push((word, from..from + word.len()));
                start = None;
                if matches!(c, '-' | '–' | '/' | '*' | ',') {
                    out.push((&text[i..i + c.len_utf8()], i..i + c.len_utf8()));
                }
            }
            (false, None) if matches!(c, '-' | '–' | '/' | '*' | ',') => {
                out.push((&text[i..i + c.len_utf8()], i..i + c.len_utf8()));
            }
            _ => {}
        }
    }
    out
}

/// The day of the week that a word names, 1 (Monday) to 7.
pub(super) fn weekday(lexicon: &Lexicon, word: &str) -> Option<u8> {
    let word = lower(word);
    let named = |w: &str| lexicon.numbers.get(w).filter(|n| n.role == NumberRole::Weekday).map(|n| n.value);
    let day = named(&word).or_else(|| word.strip_suffix('s').and_then(named))?;
    u8::try_from(day).ok()
}

/// Days as a word that two lists of them are compared by.
pub(super) fn list(days: &[u8]) -> CompactString {
    days.iter().map(u8::to_string).collect::<Vec<_>>().join(" ").into()
}

/// The days that a text names: one, several with "and", the first and last of a range, or all working days.
fn weekdays(lexicon: &Lexicon, words: &[Piece<'_>]) -> Option<(CompactString, Range<usize>)> {
    let mut named: Vec<(usize, Vec<u8>)> = Vec::new();
    for (i, (word, _)) in words.iter().enumerate() {
        let word = lower(word);
        match word.as_str() {
            "weekday" | "weekdays" => named.push((i, vec![1, 2, 3, 4, 5])),
            "weekend" | "weekends" => named.push((i, vec![6, 7])),
            _ if word.len() > 3 && word.ends_with('y') || word.ends_with("days") => {
                named.extend(weekday(lexicon, &word).map(|day| (i, vec![day])));
            }
            _ => {}
        }
    }
    let (first, last) = (named.first()?.0, named.last()?.0);
    let between = |a: usize, b: usize| words[a + 1..b].iter().map(|(w, _)| lower(w)).collect::<Vec<_>>();
    let place = words[first].1.start..words[last].1.end;
    let joined = |list: &[CompactString]| list.iter().all(|w| matches!(w.as_str(), "and" | "," | "on"));
    let days = match &named[..] {
        [(_, days)] => days.clone(),
        [(a, from), (b, to)] => match &between(*a, *b)[..] {
            [one] if matches!(one.as_str(), "to" | "through" | "until" | "-" | "–") => {
                (from[0] <= to[0]).then(|| (from[0]..=to[0]).collect())?
            }
            list if joined(list) => from.iter().chain(to).copied().collect(),
            _ => return None,
        },
        several if several.windows(2).all(|w| joined(&between(w[0].0, w[1].0))) => {
            several.iter().flat_map(|(_, days)| days.iter().copied()).collect()
        }
        _ => return None,
    };
    let mut days = days;
    days.sort_unstable();
    days.dedup();
    Some((list(&days), place))
}

/// The only time of day of a text: "02:30", "3 a.m.", "midnight".
fn time(lexicon: &Lexicon, words: &[Piece<'_>]) -> Option<(CompactString, Range<usize>)> {
    let mut found: Vec<(CompactString, Range<usize>)> = Vec::new();
    for (i, (word, at)) in words.iter().enumerate() {
        let next = words.get(i + 1).map_or(String::new(), |(w, _)| lower(w).replace('.', ""));
        let half = match next.as_str() {
            "am" => Some(0),
            "pm" => Some(12),
            _ => None,
        };
        let (hour, minute) = match word.split_once(':') {
            Some((h, m)) if m.len() == 2 => (h.parse::<u32>().ok(), m.parse::<u32>().ok()),
            None if half.is_some() => (word.parse().ok(), Some(0)),
            None if lexicon.is_in("schedule.midnight", &lower(word)) => (Some(0), Some(0)),
            None if lexicon.is_in("schedule.noon", &lower(word)) => (Some(12), Some(0)),
            _ => continue,
        };
        let (Some(hour), Some(minute)) = (hour.filter(|h| *h < 24), minute.filter(|m| *m < 60)) else { continue };
        let hour = half.map_or(hour, |half| hour % 12 + half);
        found.push((format_compact!("{hour:02}:{minute:02}"), at.clone()));
    }
    if let [_] = found[..] { found.pop() } else { None }
}

/// How many minutes lie between two runs: "every 20 minutes", "three times an hour".
fn every(lexicon: &Lexicon, words: &[Piece<'_>]) -> Option<(CompactString, Range<usize>)> {
    let number = |word: &str| -> Option<u32> {
        let digits = word.parse::<u32>().ok();
        digits.or_else(|| {
            let named =
                lexicon.numbers.get(&lower(word)).filter(|n| matches!(n.role, NumberRole::Unit | NumberRole::Ten))?;
            u32::try_from(named.value).ok()
        })
    };
    let small: Vec<CompactString> = words.iter().map(|(w, _)| lower(w).as_str().into()).collect();
    let word = |i: usize| small.get(i).map_or("", CompactString::as_str);
    let mut found = None;
    for i in 0..small.len() {
        let (minutes, last) = if word(i) == "every" && matches!(word(i + 2), "minutes" | "minute" | "min") {
            (number(word(i + 1)), i + 2)
        } else if word(i) == "times" && matches!(word(i + 1), "an" | "per") && word(i + 2) == "hour" && i > 0 {
            (number(word(i - 1)).filter(|n| *n > 0 && 60 % n == 0).map(|n| 60 / n), i + 2)
        } else {
            continue;
        };
        let Some(minutes) = minutes else { continue };
        if found.is_some() {
            return None;
        }
        let first = if word(i) == "every" { i } else { i - 1 };
        found = Some((format_compact!("{minutes}"), words[first].1.start..words[last].1.end));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Said;
    use crate::lexicon::Lexicon;

    fn read(text: &str) -> (Option<String>, Option<String>, Option<String>) {
        let said = Said::read(Lexicon::english(), text);
        let word = |found: Option<(compact_str::CompactString, _)>| {
            found.map(|(word, _): (_, std::ops::Range<usize>)| word.to_string())
        };
        (word(said.time), word(said.every), word(said.weekdays))
    }

    #[test]
    fn reads_what_is_said() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(read("at 02:30 every Sunday"), (some("02:30"), None, some("7")));
        assert_eq!(read("at 03:00 from Monday to Friday"), (some("03:00"), None, some("1 2 3 4 5")));
        assert_eq!(read("at 4 pm on Mondays and Thursdays"), (some("16:00"), None, some("1 4")));
        assert_eq!(read("three times an hour"), (None, some("20"), None));
        assert_eq!(read("at midnight on the first of each month"), (some("00:00"), None, None));
    }

    #[test]
    fn ignores_what_is_unclear() {
        assert_eq!(read("at 02:30 UTC, that is 04:30 here"), (None, None, None));
        assert_eq!(read("every day except Sunday"), (None, None, None));
    }
}
