//! Words of scripts that are read from right to left (Hebrew, Arabic and their like): from the order in which they
//! stand on the page to the order in which they are read.
//!
//! This undoes the reordering of the Unicode Bidirectional Algorithm (UAX #9, rule L2) as far as a line tells: a line is
//! read from right to left when most of its letters are, numbers and words of other scripts in it are not.

use super::lines::{Line, Word};
use unicode_normalization::UnicodeNormalization;

/// Puts the words of all lines into the order in which they are read.
pub(super) fn order(lines: &mut [Line]) {
    for stretch in lines.iter_mut().flat_map(|line| &mut line.stretches) {
        let letters = |wanted: fn(char) -> bool| -> usize {
            stretch.words.iter().map(|w| w.text.chars().filter(|c| wanted(*c)).count()).sum()
        };
        let right_to_left = letters(is_right_to_left);
        if right_to_left == 0 {
            continue;
        }
        let leading = right_to_left > letters(|c| c.is_alphabetic() && !is_right_to_left(c));
        reorder(&mut stretch.words, leading);
    }
}

/// Reorders words that stand from left to right; `leading` says that the line is read from right to left.
fn reorder(words: &mut Vec<Word>, leading: bool) {
    let mut order: Vec<usize> = (0..words.len()).collect();
    if leading {
        order.reverse();
    }
    // What runs against the line: words of other scripts in it, or words of these scripts in a line of others.
    let against = |n: usize| words[n].text.chars().any(is_right_to_left) != leading;
    let mut from = 0;
    while from < order.len() {
        let run = order[from..].iter().take_while(|&&n| against(n)).count();
        let spoken = order[from..from + run].iter().any(|&n| words[n].text.contains(char::is_alphabetic));
        if spoken {
            order[from..from + run].reverse();
        }
        from += run.max(1);
    }
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut before: Option<usize> = None;
    for n in order {
        // Two words that stand side by side are as tight as they were, whichever is read first.
        let tight = before.is_some_and(|b| b.abs_diff(n) == 1 && words[b.max(n)].tight);
        out.push(Word { text: letters(&words[n].text, leading), tight, ..words[n].clone() });
        before = Some(n);
    }
    *words = out;
}

/// The letters of a word in the order in which they are read.
fn letters(text: &str, leading: bool) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    // Signs between figures, or between letters of other scripts, go with them.
    let other = |c: char| c.is_alphanumeric() && !is_right_to_left(c);
    let turns: Vec<bool> = (0..chars.len())
        .map(|n| {
            let left = chars[..n].iter().rev().take(8).find(|c| c.is_alphanumeric()).copied().unwrap_or(' ');
            let right = chars[n + 1..].iter().take(8).find(|c| c.is_alphanumeric()).copied().unwrap_or(' ');
            match chars[n] {
                c if is_right_to_left(c) => true,
                c if other(c) => false,
                _ if leading => !(other(left) && other(right)),
                _ => is_right_to_left(left) && is_right_to_left(right),
            }
        })
        .collect();
    if !leading {
        for (from, to) in runs(&turns, true) {
            chars[from..to].reverse();
        }
        return plain(chars.into_iter());
    }
    for (c, turns) in chars.iter_mut().zip(&turns) {
        if *turns {
            *c = mirrored(*c);
        }
    }
    for (from, to) in runs(&turns, false) {
        chars[from..to].reverse();
    }
    plain(chars.into_iter().rev())
}

/// The stretches of a value, each with its end.
fn runs(values: &[bool], wanted: bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    for run in values.chunk_by(|a, b| a == b) {
        if run[0] == wanted {
            found.push((from, from + run.len()));
        }
        from += run.len();
    }
    found
}

/// The letters without the forms that they have in the middle and at the ends of words.
fn plain(chars: impl Iterator<Item = char>) -> String {
    chars.flat_map(|c| std::iter::once(c).nfkc().collect::<Vec<_>>()).collect()
}

/// Whether a letter belongs to a script that is read from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{65f}' | '\u{66e}'..='\u{6ef}' | '\u{6fa}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{Word, reorder};

    fn read(words: &str, leading: bool) -> String {
        let word = |text: &str| Word {
            text: text.to_owned(),
            x: 0.0..1.0,
            y: 0.0,
            size: 10.0,
            raised: false,
            tight: false,
            bold: false,
        };
        let mut words: Vec<Word> = words.split(' ').map(word).collect();
        reorder(&mut words, leading);
        words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn reads_lines_from_right_to_left() {
        assert_eq!(read("2023 יתנש חוד", true), "דוח שנתי 2023");
        assert_eq!(read(".2022 תנשב םיזוחא 5.5-ב", true), "ב-5.5 אחוזים בשנת 2022.");
        assert_eq!(read("(ריעה) the town ריעב", true), "בעיר the town (העיר)");
        assert_eq!(read("ﻲﻓ 5.5 ﻊﻔﺗرا", true), "ارتفع 5.5 في");
    }

    #[test]
    fn reads_words_from_right_to_left_in_other_lines() {
        assert_eq!(read("The town (ריע הנטק) has 41 wells.", false), "The town קטנה) (עיר has 41 wells.");
        assert_eq!(read("The town (ריע) has 41 wells.", false), "The town (עיר) has 41 wells.");
    }
}
