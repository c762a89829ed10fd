//! Units of measure and currencies: reading their lists into the table of forms.

use super::load::{Lexicon, lower, plural};
use compact_str::{CompactString, format_compact};
use rust_decimal::Decimal;
use serde::Deserialize;

/// A unit of measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitEntry {
    /// See [`crate::value::Unit`].
    pub dimension: CompactString,
    /// Display form.
    pub symbol: CompactString,
    /// Worth in base units.
    pub factor: Decimal,
    /// Whether the form stands before the number (`€5`) as well as after.
    pub before: bool,
    /// Whether the form counts as a unit only when it is glued to the digits (`5in`, `20C`).
    pub glued: bool,
    /// Whether the form is a word or abbreviation of its own (`ALL`, `COP`): before a number it is a currency only when
    /// the number is written as money is.
    pub word: bool,
    /// What the form multiplies the number by: a million for `MEUR`, else one.
    pub times: Decimal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitList {
    dimension: CompactString,
    symbol: CompactString,
    #[serde(default = "one")]
    factor: String,
    /// A second worth that some give it.
    also: Option<String>,
    #[serde(default)]
    before: bool,
    #[serde(default)]
    glued: bool,
    /// Symbols of the prefixes of the SI with which the unit is used, separated by spaces. They stand before the
    /// symbol, their names before all forms of three letters and more.
    #[serde(default)]
    prefixes: String,
    /// Each string holds forms separated by semicolons; a form may have several words.
    forms: Vec<String>,
}

fn one() -> String {
    "1".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CurrencyList {
    /// Whether the codes are words or other abbreviations too.
    #[serde(default)]
    word: bool,
    /// `code | symbol | signs | names`; signs and names are separated by semicolons, names stand in the singular.
    list: Vec<String>,
}

/// A prefix of the SI: symbol, name, power of ten.
const PREFIXES: [(&str, &str, i32); 11] = [
    ("p", "pico", -12),
    ("n", "nano", -9),
    ("µ", "micro", -6),
    ("m", "milli", -3),
    ("c", "centi", -2),
    ("k", "kilo", 3),
    ("M", "mega", 6),
    ("G", "giga", 9),
    ("T", "tera", 12),
    ("P", "peta", 15),
    ("E", "exa", 18),
];

/// What is put before a code to count in thousands and millions: `kEUR`, `MUSD`.
const MULTIPLES: [(&str, i64); 3] = [("k", 1000), ("K", 1000), ("M", 1_000_000)];

impl Lexicon {
    /// Adds the units of a list.
    pub(super) fn add_units(&mut self, list: &UnitList) -> Result<(), String> {
        let error = |e: String| format!("unit `{}`: {e}", list.symbol);
        let factor = number(&list.factor).map_err(error)?;
        if let Some(also) = &list.also {
            self.also.insert(list.symbol.clone(), number(also).map_err(error)?);
        }
        let entry = UnitEntry {
            dimension: list.dimension.clone(),
            symbol: list.symbol.clone(),
            factor,
            before: list.before,
            glued: list.glued,
            word: false,
            times: Decimal::ONE,
        };
        let forms = || list.forms.iter().flat_map(|f| f.split(';')).map(str::trim).filter(|f| !f.is_empty());
        for form in forms() {
            self.add_unit(form, entry.clone());
        }
        for prefix in list.prefixes.split_whitespace() {
            let (_, name, power) =
                PREFIXES.iter().find(|(p, ..)| *p == prefix).ok_or_else(|| error(format!("no prefix `{prefix}`")))?;
            let ten = Decimal::from(10_i64.pow(power.unsigned_abs()));
            let factor = if *power > 0 { factor.checked_mul(ten) } else { factor.checked_div(ten) };
            let symbol = format_compact!("{prefix}{}", list.symbol);
            let prefixed = UnitEntry {
                symbol: symbol.clone(),
                factor: factor.ok_or_else(|| error(format!("`{prefix}` is too much")))?,
                glued: false,
                ..entry.clone()
            };
            self.add_unit(&symbol, prefixed.clone());
            if prefix == "µ" {
                // The Greek letter, which looks the same.
                self.add_unit(&format!("\u{3bc}{}", list.symbol), prefixed.clone());
            }
            for form in forms().filter(|f| f.chars().count() > 2) {
                self.add_unit(&format!("{name}{form}"), prefixed.clone());
            }
        }
        Ok(())
    }

    /// Adds the currencies of a list.
    pub(super) fn add_currencies(&mut self, list: &CurrencyList) -> Result<(), String> {
        for line in &list.list {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let [code, symbol, signs, names] = fields[..] else {
                return Err(format!("`{line}`: code | symbol | signs | names"));
            };
            let entry = UnitEntry {
                dimension: format_compact!("currency:{code}"),
                symbol: symbol.into(),
                factor: Decimal::ONE,
                before: true,
                glued: false,
                word: list.word,
                times: Decimal::ONE,
            };
            self.add_unit(code, entry.clone());
            for (multiple, times) in MULTIPLES {
                let entry = UnitEntry { times: times.into(), ..entry.clone() };
                self.add_unit(&format!("{multiple}{code}"), entry);
            }
            let sign = UnitEntry { word: false, ..entry };
            let each = |list: &str| list.split(';').map(|f| f.trim().to_owned()).collect::<Vec<_>>();
            for form in each(signs).iter().filter(|f| !f.is_empty()) {
                self.add_unit(form, sign.clone());
            }
            let after = UnitEntry { before: false, ..sign };
            for name in each(names).iter().filter(|n| !n.is_empty()) {
                for form in [name.as_str().into(), plural(name)] {
                    self.add_unit(&lower(&form), after.clone());
                    self.add_unit(&form, after.clone());
                }
            }
            // "10 usd"; a code that is a word is none in small letters.
            if !list.word {
                self.add_unit(&code.to_lowercase(), after);
            }
        }
        Ok(())
    }

    fn add_unit(&mut self, form: &str, entry: UnitEntry) {
        let longest = self.unit_heads.entry(unit_head(form).into()).or_default();
        // A form of letters only is one token; nothing longer than five is a unit.
        *longest = (*longest).max(if form.chars().all(|c| c.is_alphabetic() || c.is_ascii_digit()) { 1 } else { 5 });
        self.units.insert(form.into(), entry);
    }
}

/// The first piece of a unit as the tokenizer cuts it: `m` of `m²`, `per` of `per cent`, `°` of `°C`.
fn unit_head(form: &str) -> &str {
    let mut chars = form.char_indices();
    let Some((_, first)) = chars.next() else { return form };
    if !first.is_alphabetic() {
        return &form[..first.len_utf8()];
    }
    let end = chars
        .find(|&(_, c)| matches!(c, ' ' | '²' | '³' | '/' | '.' | '·' | '⋅' | '$' | '£' | '='))
        .map_or(form.len(), |(i, _)| i);
    &form[..end]
}

pub(super) fn number(text: &str) -> Result<Decimal, String> {
    text.parse().map_err(|_| format!("`{text}` is no number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_units_with_their_worth() {
        let lexicon = Lexicon::english();
        for (form, dimension, symbol, factor) in [
            ("kV", "voltage", "kV", "1000"),
            ("megaohms", "resistance", "MΩ", "1000000"),
            ("\u{3bc}Sv", "dose equivalent", "µSv", "0.000001"),
            ("stones", "", "", "0"),
            ("GeV", "electronvolt", "GeV", "1000000000"),
            ("Btu", "energy", "Btu", "1055.05585262"),
            ("MB", "data", "MB", "1000000"),
            ("MiB", "data", "MiB", "1048576"),
        ] {
            let found = lexicon.units.get(form);
            if dimension.is_empty() {
                assert_eq!(found, None, "{form}");
                continue;
            }
            let unit = found.unwrap_or_else(|| panic!("{form} is not known"));
            assert_eq!((unit.dimension.as_str(), unit.symbol.as_str()), (dimension, symbol), "{form}");
            assert_eq!(unit.factor, factor.parse().expect("a number"), "{form}");
        }
    }

    #[test]
    fn reads_currencies_by_code_sign_and_name() {
        let lexicon = Lexicon::english();
        for (form, code, before) in [
            ("AUD", "AUD", true),
            ("A$", "AUD", true),
            ("Australian dollars", "AUD", false),
            ("usd", "USD", false),
            ("zł", "PLN", true),
            ("yen", "JPY", false),
            ("MEUR", "EUR", true),
        ] {
            let unit = lexicon.units.get(form).unwrap_or_else(|| panic!("{form} is not known"));
            assert_eq!(unit.dimension, format!("currency:{code}"), "{form}");
            assert_eq!(unit.before, before, "{form}");
        }
        assert!(lexicon.units["ALL"].word && !lexicon.units.contains_key("all"));
        assert_eq!(lexicon.units["kEUR"].times, Decimal::ONE_THOUSAND);
    }
}
