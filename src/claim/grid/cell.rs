//! Reads what one table cell says. A cell is no prose: the whole of it is a number or it is not.

use crate::lexicon::{Lexicon, lower};
use crate::value::{Decimal, Unit, written_step};
use std::ops::Range;

/// What a cell says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// No cell, or nothing in it.
    Blank,
    /// A dash or "nil": nothing, which counts as 0 in a sum.
    Nil,
    /// Only a currency sign, a bracket or a percent sign that belongs to the number in the next cell.
    Symbol,
    /// One number.
    Number(CellNumber),
    /// Anything else: words, "n/a", "<5", a range, a date.
    Text,
}

/// A number in a cell.
#[derive(Clone, PartialEq, Debug)]
pub struct CellNumber {
    /// The value in the digits written, sign and brackets applied; the unit's scale is not.
    pub value: Decimal,
    /// Worth of the last digit written.
    pub step: Decimal,
    /// Bytes of the cell's string from sign or currency to unit or closing bracket.
    pub bytes: Range<usize>,
    /// The unit written in the cell; a plain count when there is none.
    pub unit: Unit,
    /// Multiplier written in the cell: 1,000,000 for "2.3 million".
    pub scale: Decimal,
    /// Whether the number carries a sign or accountant's brackets.
    pub signed: bool,
    /// Four digits without separator, sign or unit, 1500 to 2200: it may be a year.
    pub year_like: bool,
}

/// How a table writes decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

/// The style of a table from all its cells: a comma before one or two last digits, and no point before such,
/// means decimal commas.
#[must_use]
pub(super) fn style<'a>(cells: impl Iterator<Item = &'a str>) -> Style {
    let (mut comma, mut point) = (0usize, 0usize);
    for cell in cells {
        let digits: Vec<char> =
            cell.trim().chars().filter(|c| !matches!(c, ' ' | '%' | ')' | '€' | '$' | '£')).collect();
        for (i, &c) in digits.iter().enumerate() {
            let after = digits[i + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
            let last = i + 1 + after == digits.len();
            let before = i > 0 && digits[i - 1].is_ascii_digit();
            if before && last && (1..=2).contains(&after) {
                match c {
                    ',' => comma += 1,
                    '.' => point += 1,
                    _ => {}
                }
            }
        }
    }
    if comma > 1 && point == 0 { Style::Comma } else { Style::Point }
}

/// Reads a cell.
#[must_use]
pub(super) fn read(text: &str, style: Style, lexicon: &Lexicon) -> Content {
    let trimmed = text.trim_matches(is_space);
    if trimmed.is_empty() {
        return Content::Blank;
    }
    if is_nil(trimmed, lexicon) {
        return Content::Nil;
    }
    if trimmed.chars().all(|c| is_currency(c) || matches!(c, '%' | '(' | ')' | '+') || is_space(c)) {
        return Content::Symbol;
    }
    let offset = text.len() - text.trim_start_matches(is_space).len();
    number(trimmed, style, lexicon).map_or(Content::Text, |mut n| {
        n.bytes = n.bytes.start + offset..n.bytes.end + offset;
        Content::Number(n)
    })
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '€' | '₹' | '₽' | '₩' | '₺' | '₪' | '฿' | '₴' | '₦' | '¢')
}

/// A dash, dots, "nil", possibly with a currency sign or a bracket around it.
fn is_nil(text: &str, lexicon: &Lexicon) -> bool {
    let core = text.trim_matches(|c: char| is_space(c) || is_currency(c) || matches!(c, '(' | ')' | '%'));
    !core.is_empty() && (core.chars().all(is_dash) || is_word_of(lexicon, "table.nil", core))
}

/// Whether one word is a phrase of a set.
pub(in crate::claim) fn is_word_of(lexicon: &Lexicon, set: &str, word: &str) -> bool {
    let phrases = lexicon.words.find(&lower(word)).map_or(&[][..], |id| lexicon.phrases(id));
    phrases.iter().any(|p| p.rest.is_empty() && lexicon.set_name(p) == set)
}

/// Marks of notes that may follow a number.
fn is_mark(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '§' | '¶' | '#' | '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{2079}' | '^')
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, wanted: impl Fn(char) -> bool) -> bool {
        match self.peek() {
            Some(c) if wanted(c) => {
                self.at += c.len_utf8();
                true
            }
            _ => false,
        }
    }

    fn skip_spaces(&mut self) {
        while self.eat(is_space) {}
    }
}

fn number(text: &str, style: Style, lexicon: &Lexicon) -> Option<CellNumber> {
    let mut cursor = Cursor { text, at: 0 };
    let (mut negative, mut signed, mut bracket) = (false, false, false);
    let mut unit = Unit::count();
    // Signs, brackets and currency before the digits, in any order, each at most once.
    loop {
        cursor.skip_spaces();
        let c = cursor.peek()?;
        if c.is_ascii_digit() || (c == '.' && cursor.rest()[1..].starts_with(|d: char| d.is_ascii_digit())) {
            break;
        }
        if !signed && (is_dash(c) || c == '+') {
            signed = true;
            negative = c != '+';
            cursor.at += c.len_utf8();
        } else if !bracket && c == '(' {
            bracket = true;
            cursor.at += 1;
        } else if unit.is_count() {
            let length = leading_currency(cursor.rest(), lexicon, &mut unit)?;
            cursor.at += length;
        } else {
            return None;
        }
    }
    let digits_from = cursor.at;
    let (magnitude, step, plain) = digits(&mut cursor, style)?;
    let digits_to = cursor.at;
    let mut end = cursor.at;
    let mut scale = Decimal::ONE;
    let mut closed = false;
    let mut bare = true;
    loop {
        let before = cursor.at;
        cursor.skip_spaces();
        let Some(c) = cursor.peek() else { break };
        if c == ')' && bracket && !closed {
            closed = true;
            cursor.at += 1;
            end = cursor.at;
        } else if is_mark(c) {
            cursor.at += c.len_utf8();
        } else if (c == '(' && !bracket || c == '[') && cursor.at > before.min(digits_to) {
            // A note mark "(1)", "[a]", or a share beside a count: "36 (58)".
            let close = if c == '(' { ')' } else { ']' };
            let inner_end = cursor.rest().find(close)?;
            let inner = &cursor.rest()[1..inner_end];
            if inner.chars().count() > 8 || inner.chars().filter(|c| c.is_alphabetic()).count() > 2 {
                return None;
            }
            cursor.at += inner_end + 1;
        } else if c == '%' || c == '‰' {
            unit = Unit::percent();
            cursor.at += c.len_utf8();
            end = cursor.at;
            bare = false;
        } else if c.is_alphabetic() || is_currency(c) || matches!(c, '°' | 'µ') {
            let word_end = cursor.rest().find(is_space).unwrap_or(cursor.rest().len());
            let word = cursor.rest()[..word_end].trim_end_matches(|c: char| c == ')' || is_mark(c));
            if let Some(s) = scale_word(lexicon, word).filter(|_| scale == Decimal::ONE) {
                scale = s;
            } else if let Some(entry) = lexicon.units.get(word).filter(|_| unit.is_count()) {
                unit = Unit { dimension: entry.dimension.clone(), symbol: entry.symbol.clone(), factor: entry.factor };
            } else if is_currency(c) && unit.is_count() && word.chars().count() == 1 {
                leading_currency(word, lexicon, &mut unit)?;
            } else {
                return None;
            }
            cursor.at += word.len();
            end = cursor.at;
            bare = false;
        } else {
            return None;
        }
        if cursor.at == before {
            return None;
        }
    }
    let signed = signed || bracket;
    let negative = negative || bracket;
    let written = &text[digits_from..digits_to];
    let year_like = plain
        && bare
        && !signed
        && unit.is_count()
        && written.len() == 4
        && magnitude >= Decimal::from(1500)
        && magnitude <= Decimal::from(2200);
    Some(CellNumber {
        value: if negative { -magnitude } else { magnitude },
        step,
        bytes: 0..end,
        unit,
        scale,
        signed,
        year_like,
    })
}

/// Reads a currency before the digits: `$`, `US$`, `EUR`. Gives its length in bytes.
fn leading_currency(rest: &str, lexicon: &Lexicon, unit: &mut Unit) -> Option<usize> {
    let length = rest.find(|c: char| c.is_ascii_digit() || is_space(c) || c == '(' || is_dash(c)).unwrap_or(rest.len());
    let word = &rest[..length];
    if word.is_empty() || word.chars().count() > 5 {
        return None;
    }
    if let Some(entry) = lexicon.units.get(word).filter(|e| e.dimension.starts_with("currency:")) {
        *unit = Unit { dimension: entry.dimension.clone(), symbol: entry.symbol.clone(), factor: entry.factor };
        return Some(length);
    }
    if word.chars().any(is_currency) && word.chars().all(|c| is_currency(c) || c.is_ascii_uppercase()) {
        *unit = Unit { dimension: format!("currency:{word}").into(), symbol: word.into(), factor: Decimal::ONE };
        return Some(length);
    }
    None
}

/// Multipliers that stand behind a number or in a head, a currency sign beside them left aside: `£m`, `'000`.
#[must_use]
pub(in crate::claim) fn scale_word(lexicon: &Lexicon, word: &str) -> Option<Decimal> {
    lexicon.scale(word.trim_matches(is_currency))
}

/// Digits with separators: (value, worth of the last digit, without separators).
fn digits(cursor: &mut Cursor<'_>, style: Style) -> Option<(Decimal, Decimal, bool)> {
    let (group, point) = match style {
        Style::Point => (',', '.'),
        Style::Comma => ('.', ','),
    };
    let bytes = cursor.rest().as_bytes();
    let run = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = run(0);
    let mut clean = cursor.rest()[..first].to_owned();
    let mut at = first;
    let mut plain = true;
    if first > 0 && first <= 3 {
        loop {
            let rest = &cursor.rest()[at..];
            let Some(c) = rest.chars().next() else { break };
            let separator =
                c == group || matches!(c, '\'' | '\u{2019}') || (c.is_whitespace() && c != '\n' && c != '\t');
            let n = run(at + c.len_utf8());
            // Groups of three, or of two before the last as written in South Asia.
            let more = rest[c.len_utf8() + n..].starts_with(group);
            if separator && (n == 3 || (n == 2 && c == group && more)) {
                clean.push_str(&rest[c.len_utf8()..c.len_utf8() + n]);
                at += c.len_utf8() + n;
                plain = false;
            } else {
                break;
            }
        }
    }
    let mut decimals = 0;
    let rest = &cursor.rest()[at..];
    if rest.starts_with(point) && run(at + 1) > 0 {
        decimals = run(at + 1);
        clean.push('.');
        clean.push_str(&rest[1..=decimals]);
        at += 1 + decimals;
        plain = false;
    } else if rest.starts_with(point) && first > 0 && rest[1..].trim().is_empty() {
        at += 1;
    }
    // "£000" names a multiplier.
    if first > 1 && clean.bytes().all(|b| b == b'0') {
        return None;
    }
    // What is glued on and no unit makes it a date, a time, a code or a fraction.
    if cursor.rest()[at..].starts_with(['.', ',', ':', '/']) || clean.len() > 24 {
        return None;
    }
    cursor.at += at;
    let value: Decimal = if clean.starts_with('.') { format!("0{clean}").parse().ok()? } else { clean.parse().ok()? };
    let step = written_step(value, u32::try_from(decimals).ok()?.min(28));
    Some((value, step, plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        match read(text, Style::Point, Lexicon::english()) {
            Content::Number(n) => Some(n.value.to_string()),
            _ => None,
        }
    }

    #[test]
    fn reads_signs_brackets_currency_and_marks() {
        for (text, expected) in [
            ("1,234", "1234"),
            ("(1,234.5)", "-1234.5"),
            ("$ (411.4)", "-411.4"),
            ("($ 411.4", "-411.4"),
            ("\u{2212}42", "-42"),
            ("+190", "190"),
            ("US$ 1,200", "1200"),
            ("57.6*", "57.6"),
            ("57¹", "57"),
            ("57 (1)", "57"),
            ("36 (58)", "36"),
            ("12 %", "12"),
            ("1 234 567", "1234567"),
            ("12,34,567", "1234567"),
            (".5", "0.5"),
        ] {
            assert_eq!(value(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_single_number() {
        for text in ["5–7", "12/15", "09:45", "n/a", "<5", "1.2.3", "2019-20", "A4", "3 apples", "£000"] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn reads_nothing_as_nil() {
        for text in ["—", "-", "$ –", "nil", "\u{2212}"] {
            assert_eq!(read(text, Style::Point, Lexicon::english()), Content::Nil, "{text}");
        }
        assert_eq!(read(" \u{a0} ", Style::Point, Lexicon::english()), Content::Blank);
    }

    #[test]
    fn reads_decimal_commas_when_the_table_writes_them() {
        assert_eq!(style(["1.234,5", "12,5"].into_iter()), Style::Comma);
        assert_eq!(style(["1,234", "12,345", "1,5"].into_iter()), Style::Point);
        let Content::Number(n) = read("1.234,5", Style::Comma, Lexicon::english()) else { panic!("a number") };
        assert_eq!((n.value.to_string(), n.step.to_string()), ("1234.5".into(), "0.1".into()));
    }
}
