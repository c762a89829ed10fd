//! Values in few words and as JSON, for all reporters.

use crate::claim::Citation;
use crate::value::{Amount, Date, Decimal, Quantity, grouped};
use serde_json::{Value as Json, json};

/// A date as far as it is known: `2024-03-14`.
#[must_use]
pub(super) fn iso(date: Date) -> String {
    let part = |n: Option<i16>| n.map_or("?".to_owned(), |n| format!("{n:02}"));
    format!("{}-{}-{}", part(date.year), part(date.month.map(i16::from)), part(date.day.map(i16::from)))
}

/// "about 2,300,000 km", "5–7 %".
#[must_use]
pub(super) fn quantity(quantity: &Quantity) -> String {
    let mut out = String::new();
    if !quantity.hedge.name().is_empty() {
        out.push_str(quantity.hedge.name());
        out.push(' ');
    }
    let Amount { low, high, .. } = quantity.amount;
    out.push_str(&digits(low));
    if low != high {
        out.push('–');
        out.push_str(&digits(high));
    }
    if !quantity.unit.symbol.is_empty() {
        out.push(' ');
        out.push_str(&quantity.unit.symbol);
    }
    out
}

/// A number with commas between groups of three.
fn digits(number: Decimal) -> String {
    let plain = number.normalize().to_string();
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
    format!("{sign}{}", grouped(plain, Some(','), '.'))
}

/// A quantity as JSON. Numbers are strings, so that no digit is lost in a reader that takes them for floating point.
#[must_use]
pub(super) fn json_quantity(q: &Quantity) -> Json {
    let Amount { low, high, step, range, words } = q.amount;
    json!({
        "low": low.normalize().to_string(),
        "high": high.normalize().to_string(),
        "step": step.normalize().to_string(),
        "range": range,
        "words": words,
        "unit": q.unit.symbol,
        "dimension": q.unit.dimension,
    })
}

/// "note: oduya, fenn, Vestarine in volunteers, 2016, http://…"
pub(super) fn cited(citation: &Citation) -> String {
    let mut out = format!("{}:", citation.form.name());
    let mut part = |text: &str| {
        if !text.is_empty() {
            out.push_str(if out.ends_with(':') { " " } else { ", " });
            out.push_str(text);
        }
    };
    for author in &citation.authors {
        if author.surname.is_empty() { part(&author.text) } else { part(&author.surname) }
    }
    for member in [&citation.title, &citation.publisher].into_iter().flatten() {
        part(&member.text);
    }
    part(
        &citation.year.map_or(String::new(), |y| format!("{y}{}", citation.letter.map_or(String::new(), String::from))),
    );
    for address in &citation.addresses {
        part(&address.text);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::digits;
    use crate::value::Decimal;

    #[test]
    fn reads_numbers_in_groups() {
        for (number, expected) in [("1234567.50", "1,234,567.5"), ("-1200", "-1,200"), ("37", "37")] {
            assert_eq!(digits(number.parse::<Decimal>().expect("a number")), expected);
        }
    }
}
