//! Numbers in digits: what one token says.

use crate::value::{Decimal, written_step};
use std::str::FromStr;

/// What a token of digits says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Digits<'t> {
    /// The number.
    pub(super) value: Decimal,
    /// Worth of its last digit.
    pub(super) step: Decimal,
    /// Nothing but digits: no separators, no decimals.
    pub(super) plain: bool,
    /// How many digits stand before the decimal mark.
    pub(super) whole: usize,
    /// What is glued on: `k`, `bn`, `km`, `th`; may be empty.
    pub(super) suffix: &'t str,
}

/// Reads a token that begins with a digit. `None` when its digits form no number: `1.2.3`, `09:47`, `007`,
/// `12,34`, or more digits than a decimal holds.
pub(super) fn digits(token: &str) -> Option<Digits<'_>> {
    let (body, fraction, suffix) = split(token);
    let bytes = body.as_bytes();
    if !bytes.first().is_some_and(u8::is_ascii_digit) || body.contains(':') {
        return None;
    }
    let mut clean = String::with_capacity(body.len());
    let mut decimals = 0u32;
    if bytes.iter().all(u8::is_ascii_digit) {
        clean.push_str(body);
    } else {
        decimals = separate(body, &mut clean)?;
    }
    let whole = clean.find('.').unwrap_or(clean.len());
    if whole > 1 && clean.starts_with('0') || clean.len() > 27 {
        return None;
    }
    let mut value = Decimal::from_str(&clean).ok()?;
    let mut step = written_step(value, decimals);
    if let Some((above, below)) = fraction {
        if decimals > 0 {
            return None;
        }
        let part = Decimal::from(above).checked_div(Decimal::from(below))?;
        value = value.checked_add(part)?;
        step = Decimal::ONE.checked_div(Decimal::from(below))?;
    }
    Some(Digits { value, step, plain: clean.len() == body.len() && fraction.is_none() && decimals == 0, whole, suffix })
}

/// The digits with their separators, a fraction sign glued on, and the rest.
fn split(token: &str) -> (&str, Option<(u8, u8)>, &str) {
    let end = token
        .char_indices()
        .find(|&(_, c)| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | '\'' | '\u{2019}') || is_space(c)))
        .map_or(token.len(), |(i, _)| i);
    let (body, rest) = token.split_at(end);
    match rest.chars().next().and_then(|c| vulgar(c).map(|f| (c, f))) {
        Some((c, f)) => (body, Some(f), &rest[c.len_utf8()..]),
        None => (body, None, rest),
    }
}

/// Whether a space binds the thousands of a number together. A plain space is only part of a token that the tokenizer
/// has taken for one number.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}')
}

/// A fraction that is one character.
pub(super) fn vulgar(c: char) -> Option<(u8, u8)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅒' => (1, 10),
        _ => return None,
    })
}

/// Tells thousands separators from the decimal mark; gives the number of decimals.
///
/// English first: `1.234` has three decimals, `1,234` is a thousand. `1.234,5` and `1.234.567` can only be
/// continental. A comma before one or two digits at the end is a decimal comma: `0,5`, `12,75`.
fn separate(body: &str, clean: &mut String) -> Option<u32> {
    let mut groups: Vec<(&str, char)> = Vec::with_capacity(4);
    let mut start = 0;
    for (i, c) in body.char_indices().filter(|(_, c)| !c.is_ascii_digit()) {
        groups.push((&body[start..i], if is_space(c) { ' ' } else { c }));
        start = i + c.len_utf8();
    }
    let last = &body[start..];
    let first_mark = groups.first()?.1;
    let last_mark = groups.last()?.1;
    let one_kind = groups.iter().all(|&(_, m)| m == first_mark);
    // The groups between two thousands separators have three digits; in India the upper ones have two.
    let inner = |n: usize| groups[1..n].iter().all(|(g, _)| g.len() == 3);
    let indian = |n: usize| groups[1..n].iter().all(|(g, _)| g.len() == 2) && n > 1;
    let head = groups[0].0.len();
    let thousands = |n: usize, last: &str| {
        last.len() == 3 && (1..=3).contains(&head) && (inner(n) || first_mark == ',' && indian(n))
    };
    let decimal_at_end = if one_kind {
        match (first_mark, groups.len()) {
            ('.', 1) => true,
            (',', 1) if last.len() < 3 => true,
            _ if thousands(groups.len(), last) && !groups[0].0.starts_with('0') => false,
            _ => return None,
        }
    } else {
        // `1,234.5`, `1.234,5`, `1 234,5`: all marks but the last are one, and the last is a point or comma.
        let n = groups.len() - 1;
        let same = groups[..n].iter().all(|&(_, m)| m == first_mark);
        if !same || !matches!(last_mark, '.' | ',') || !thousands(n, groups[n].0) {
            return None;
        }
        true
    };
    let n = groups.len();
    for (i, (digits, _)) in groups.iter().enumerate() {
        clean.push_str(digits);
        if decimal_at_end && i + 1 == n {
            clean.push('.');
        }
    }
    clean.push_str(last);
    Some(if decimal_at_end { last.len() as u32 } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::digits;

    fn check(token: &str, expected: Option<&str>) {
        assert_eq!(digits(token).map(|d| d.value.normalize().to_string()).as_deref(), expected, "{token}");
    }

    #[test]
    fn reads_separators() {
        check("1,234.5", Some("1234.5"));
        check("1\u{202f}234,5", Some("1234.5"));
        check("1'234'567", Some("1234567"));
        check("1.234,5", Some("1234.5"));
        check("1.234.567", Some("1234567"));
        check("1.234", Some("1.234"));
        check("12,50,000", Some("1250000"));
        check("0,5", Some("0.5"));
        check("2½", Some("2.5"));
    }

    #[test]
    fn ignores_identifiers() {
        for token in ["1.2.3", "09:47", "007", "1,2345", "192.168.0.1", "1,234,56", "12345678901234567890123456789012"]
        {
            check(token, None);
        }
    }

    #[test]
    fn reads_what_is_glued_on() {
        let d = digits("1.2bn").expect("a number");
        assert_eq!((d.suffix, d.step.to_string().as_str()), ("bn", "0.1"));
    }
}
