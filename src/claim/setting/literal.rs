//! Values as programs write them: `30s`, `5_000`, `10MB`, `true`, `"json"`.

use super::SettingValue;
use crate::lexicon::{Lexicon, lower};
use crate::value::{Amount, Decimal, Hedge, Quantity, Unit};

/// Longest unit that is written against a number.
const SUFFIX: usize = 8;

/// Longest word that is a value.
const WORD: usize = 60;

/// A unit by its name or sign.
pub(super) fn unit(lexicon: &Lexicon, text: &str) -> Option<Unit> {
    // Kubernetes leaves the B out.
    let text = match text {
        "Ki" => "KiB",
        "Mi" => "MiB",
        "Gi" => "GiB",
        "Ti" => "TiB",
        other => other,
    };
    let entry = lexicon.units.get(text).or_else(|| lexicon.units.get(lower(text).as_str()))?;
    Some(Unit { dimension: entry.dimension.clone(), symbol: entry.symbol.clone(), factor: entry.factor })
}

/// A number in a unit, written without doubt.
pub(super) fn exact(number: Decimal, unit: Unit) -> SettingValue {
    SettingValue::Quantity(Quantity { amount: Amount::exact(number, Decimal::ONE), hedge: Hedge::None, unit })
}

/// A number and what is written against it: `30s` → 30 and s; `None` when it begins with none.
pub(super) fn number(text: &str) -> Option<(Decimal, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '_'))).unwrap_or(text.len());
    let digits = text[..end].trim_end_matches(['.', ',']);
    let number = digits.replace([',', '_'], "").parse().ok()?;
    Some((number, &text[digits.len()..]))
}

/// The value that a text states as a whole. `hint` is the unit that a column or a placeholder gives; only what is set
/// as code may be a word.
pub(super) fn value(lexicon: &Lexicon, text: &str, hint: Option<&str>, code: bool) -> Option<SettingValue> {
    // `1.4.2` is no number, and one word.
    let version = text.matches('.').count() > 1 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if version {
        return code.then(|| SettingValue::Word(text.into()));
    }
    if let Some((number, suffix)) = number(text).filter(|(_, suffix)| suffix.len() <= SUFFIX) {
        let suffix = suffix.trim();
        let unit = if suffix.is_empty() {
            Some(hint.and_then(|h| unit(lexicon, h)).unwrap_or_else(Unit::count))
        } else {
            unit(lexicon, suffix)
        };
        return unit.map(|unit| exact(number, unit));
    }
    match lower(text).as_str() {
        "true" | "on" | "yes" | "enabled" => return Some(SettingValue::Word("true".into())),
        "false" | "off" | "no" | "disabled" => return Some(SettingValue::Word("false".into())),
        "none" | "null" | "nil" | "unset" | "empty" | "n" | "-" | "–" | "—" | "" => return None,
        _ => {}
    }
    let one = !text.contains(char::is_whitespace) && text.len() <= WORD && !text.contains(['<', '{', '$', '(']);
    (code && one && text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '~')))
        .then(|| SettingValue::Word(lower(text)))
}

#[cfg(test)]
mod tests {
    use super::{SettingValue, value};
    use crate::lexicon::Lexicon;

    #[test]
    fn reads_numbers_with_units_switches_and_words() {
        let read = |text: &str, hint| match value(Lexicon::english(), text, hint, true) {
            Some(SettingValue::Quantity(q)) => format!("{} {}", q.value(), q.unit.symbol),
            Some(SettingValue::Word(word)) => word.to_string(),
            other => format!("{other:?}"),
        };
        for (text, hint, expected) in [
            ("30s", None, "30 s"),
            ("5_000", Some("ms"), "5000 ms"),
            ("10MB", None, "10 MB"),
            ("On", None, "true"),
            ("json", None, "json"),
            ("none", None, "None"),
            ("1.4.2", None, "1.4.2"),
        ] {
            assert_eq!(read(text, hint), expected, "{text}");
        }
    }
}
