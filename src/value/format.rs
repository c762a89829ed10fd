//! Numbers written back in the author's style.

use rust_decimal::Decimal;

/// Writes a number the way another is written: thousands separators and decimal mark as in `like`, with no
/// trailing zeros. A minus sign is U+2212.
///
/// A wording without separators says nothing when its number has fewer than five digits; the comma is taken then.
///
/// ```
/// use recount::value::{Decimal, format_like};
/// assert_eq!(format_like(Decimal::from(-1250), "4,120 complaints"), "−1,250");
/// assert_eq!(format_like(Decimal::new(12345, 1), "9.876,5"), "1.234,5");
/// assert_eq!(format_like(Decimal::from(12345), "54321"), "12345");
/// ```
#[must_use]
pub fn format_like(value: Decimal, like: &str) -> String {
    let (group, point) = marks(like);
    let sign = if value.is_sign_negative() && !value.is_zero() { "\u{2212}" } else { "" };
    format!("{sign}{}", grouped(&value.abs().normalize().to_string(), group, point))
}

/// Writes plain digits without a sign (`12345.6`) with a separator between groups of three, if any, and the
/// given decimal mark.
#[must_use]
pub fn grouped(plain: &str, group: Option<char>, point: char) -> String {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let mut out = String::with_capacity(plain.len() + plain.len() / 3 + 4);
    for (i, digit) in whole.char_indices() {
        if i > 0
            && (whole.len() - i).is_multiple_of(3)
            && let Some(group) = group
        {
            out.push(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// The thousands separator and the decimal mark of a wording.
fn marks(like: &str) -> (Option<char>, char) {
    let chars: Vec<char> = like.chars().collect();
    let Some(start) = chars.iter().position(char::is_ascii_digit) else { return (Some(','), '.') };
    let is_mark =
        |c: char| matches!(c, ',' | '.' | ' ' | '\'' | '\u{2019}' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}');
    let mut end = start;
    while end < chars.len()
        && (chars[end].is_ascii_digit() || is_mark(chars[end]) && chars.get(end + 1).is_some_and(char::is_ascii_digit))
    {
        end += 1;
    }
    let number = &chars[start..end];
    let found: Vec<(usize, char)> = number.iter().copied().enumerate().filter(|&(_, c)| is_mark(c)).collect();
    let digits = number.iter().filter(|c| c.is_ascii_digit()).count();
    match found[..] {
        [] => (if digits > 4 { None } else { Some(',') }, '.'),
        [(at, mark)] => {
            let after = number.len() - at - 1;
            match mark {
                '.' => (Some(','), '.'),
                ',' if after == 3 => (Some(','), '.'),
                ',' => (Some('.'), ','),
                other => (Some(other), '.'),
            }
        }
        [(_, first), .., (_, last)] if first != last => (Some(first), last),
        [(_, first), ..] => (Some(first), if first == '.' { ',' } else { '.' }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_style_of_a_number() {
        for (like, expected) in [
            ("4,120", "1,234,567.5"),
            ("4\u{202f}120,5 t", "1\u{202f}234\u{202f}567,5"),
            ("4'120", "1'234'567.5"),
            ("0,5", "1.234.567,5"),
            ("37", "1,234,567.5"),
            ("41234", "1234567.5"),
            ("no number", "1,234,567.5"),
        ] {
            assert_eq!(format_like(Decimal::new(12_345_675, 1), like), expected, "{like}");
        }
    }

    #[test]
    fn ignores_trailing_zeros() {
        assert_eq!(format_like(Decimal::new(-400, 1), "1.0"), "\u{2212}40");
        assert_eq!(format_like(Decimal::ZERO, "1.0"), "0");
    }
}
