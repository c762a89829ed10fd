//! Changes of wording that settle a finding.

use crate::lexicon::{Lexicon, NumberRole, lower};
use crate::span::Span;
use crate::value::{Decimal, format_like};
use serde::{Deserialize, Serialize};

/// What a person has to say first, where the evidence leaves more than one way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// Weekdays give way to the dates beside them.
    Weekday,
    /// Dates give way to the weekdays beside them.
    Date,
}

impl Choice {
    /// The name used in output and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Weekday => "weekday",
            Self::Date => "date",
        }
    }
}

/// One wording in place of another.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
pub struct Edit {
    /// The place.
    pub at: Span,
    /// What stands there, as it is read; a place whose file says it in other characters is not edited.
    pub old: String,
    /// What is to stand there.
    pub new: String,
}

/// Edits that belong together: all of them are made, or none.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
pub struct Fix {
    /// The choice that is made by it; `None` when the evidence alone decides.
    pub choice: Option<Choice>,
    /// The edits; never empty, none overlaps another.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// What it does, in a line: "write 154 for 165".
    #[must_use]
    pub fn description(&self) -> String {
        let edits: Vec<String> = self.edits.iter().map(|e| format!("{} for {}", e.new, e.old)).collect();
        format!("write {}", edits.join(", "))
    }
}

/// Another number in the wording of one: 178 for "187" is "178", 12 for "Eleven" is "Twelve", 2,500,000 for
/// "2.3 million" is "2.5 million". `was` is the number that the wording stands for.
///
/// `None` when the wording holds more than one number, or cannot hold the new one exactly.
pub(super) fn restated(like: &str, was: Decimal, value: Decimal) -> Option<String> {
    if value.is_sign_negative() || was.is_sign_negative() {
        return None;
    }
    match like.find(|c: char| c.is_ascii_digit()) {
        Some(start) => in_digits(like, start, was, value),
        None => in_words(like, value),
    }
}

fn in_digits(like: &str, start: usize, was: Decimal, value: Decimal) -> Option<String> {
    let end = like.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (number, behind) = (&like[start..end], &like[end..]);
    let is_mark =
        |c: char| matches!(c, ',' | '.' | '\'' | '\u{2019}' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' | ' ');
    if !number.chars().all(|c| c.is_ascii_digit() || is_mark(c)) {
        return None;
    }
    // "21st" would have to change its ending.
    let ending: String = behind.chars().take_while(|c| c.is_alphabetic()).collect();
    if matches!(ending.as_str(), "st" | "nd" | "rd" | "th") {
        return None;
    }
    // What the wording multiplies its digits by: nothing in "8,637", a million in "2.3 million". Of a mark before three
    // digits, which may separate thousands or a fraction, the reading is taken that needs no multiplying.
    let digits = |fraction: usize| -> Option<Decimal> {
        let plain: String = number.chars().filter(char::is_ascii_digit).collect();
        let mut read: Decimal = plain.parse().ok()?;
        read.set_scale(u32::try_from(fraction).ok()?).ok()?;
        Some(read).filter(|r| !r.is_zero())
    };
    let separators = number.chars().filter(|c| is_mark(*c)).collect::<Vec<_>>();
    let behind_mark = number.rfind(is_mark).map_or(0, |at| number[at..].chars().count() - 1);
    let mut fractions = vec![0];
    if separators.len() == 1 || separators.windows(2).any(|w| w[0] != w[1]) {
        fractions.push(behind_mark);
        if behind_mark != 3 || separators.last() == Some(&'.') {
            fractions.reverse();
        }
    }
    let powers =
        [1_i64, 100, 1_000, 100_000, 1_000_000, 10_000_000, 1_000_000_000, 1_000_000_000_000].map(Decimal::from);
    let scaled = |fraction: usize| Some((fraction, was.checked_div(digits(fraction)?)?.normalize()));
    let mut readings: Vec<(usize, Decimal)> = fractions.into_iter().filter_map(scaled).collect();
    readings.retain(|(_, scale)| powers.contains(scale));
    let plain = readings.iter().find(|(_, scale)| *scale == Decimal::ONE);
    let (fraction, scale) = *plain.or(readings.first())?;
    let new = value.checked_div(scale)?.normalize();
    if new.scale() > if scale == Decimal::ONE { 6 } else { 3 } || new.checked_mul(scale)? != value {
        return None;
    }
    // "1500" has no separator, and neither has what stands for it, up to the fifth digit.
    let ungrouped = separators.is_empty() && number.len() == 4 && new < Decimal::from(10_000);
    let mut written = if ungrouped { new.to_string() } else { format_like(new, number) };
    // "12.50" keeps two decimals.
    let decimals = new.scale() as usize;
    if fraction > decimals && (scale == Decimal::ONE || fraction == 3) {
        if decimals == 0 {
            written.extend(number.chars().rfind(|c| is_mark(*c)));
        }
        written.push_str(&"0".repeat(fraction - decimals));
    }
    Some(format!("{}{written}{behind}", &like[..start]))
}

fn in_words(like: &str, value: Decimal) -> Option<String> {
    let lexicon = Lexicon::english();
    let role = |word: &str| lexicon.numbers.get(word).map(|n| n.role);
    let plain = lower(like);
    let mut words = plain.split(['-', ' ']);
    if !words.all(|w| matches!(role(w), Some(NumberRole::Unit | NumberRole::Ten))) {
        return None;
    }
    // Of several spellings ("forty", "fourty") the shortest is the usual one.
    let word = |value: Decimal| {
        let named = lexicon.numbers.iter().filter(|(_, n)| matches!(n.role, NumberRole::Unit | NumberRole::Ten));
        named.filter(|(_, n)| n.value == value).map(|(w, _)| w.as_str()).min_by_key(|w| (w.len(), *w))
    };
    let ten = Decimal::TEN;
    let written = match word(value) {
        Some(word) => word.to_owned(),
        None => {
            let ones = value.checked_rem(ten)?;
            format!("{}-{}", word(value - ones)?, word(ones).filter(|_| !ones.is_zero())?)
        }
    };
    if like.starts_with(char::is_uppercase) {
        let mut chars = written.chars();
        return chars.next().map(|c| c.to_uppercase().chain(chars).collect());
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::restated;
    use crate::value::Decimal;

    fn check(like: &str, was: &str, value: &str, expected: Option<&str>) {
        let number = |s: &str| s.parse::<Decimal>().expect("a decimal");
        assert_eq!(restated(like, number(was), number(value)).as_deref(), expected, "{value} like {like}");
    }

    #[test]
    fn reads_numbers_back_in_the_style_of_the_wording() {
        check("187", "187", "178", Some("178"));
        check("$1,200", "1200", "31400", Some("$31,400"));
        check("8,637", "8637", "8367", Some("8,367"));
        check("$ 27,619", "27619", "27612", Some("$ 27,612"));
        check("+442", "442", "424", Some("+424"));
        check("1.391,4", "1391.4", "1191.4", Some("1.191,4"));
        check("1.250 million", "1250000", "1300000", Some("1.300 million"));
        check("1 200", "1200", "31400", Some("31 400"));
        check("1500", "1500", "1700", Some("1700"));
        check("15000", "15000", "1000000", Some("1000000"));
        check("999", "999", "1200", Some("1,200"));
        check("2.3 million", "2300000", "2500000", Some("2.5 million"));
        check("5 GB", "5", "8", Some("8 GB"));
        check("12.50", "12.5", "14", Some("14.00"));
        check("0.25", "0.25", "0.3", Some("0.30"));
        check("1.500", "1500", "1700", Some("1,700"));
        check("Eleven", "11", "12", Some("Twelve"));
        check("twenty-one", "21", "40", Some("forty"));
        check("nine", "9", "32", Some("thirty-two"));
    }

    #[test]
    fn ignores_wordings_that_cannot_hold_the_number() {
        check("2.3 million", "2300000", "2345678", None);
        check("5–7", "5", "8", None);
        check("21st", "21", "22", None);
        check("eleven", "11", "178", None);
        check("a dozen", "12", "13", None);
        check("-5", "-5", "5", None);
        check("3 or 4", "3", "5", None);
    }
}
