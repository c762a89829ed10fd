//! Powers of ten and other powers in digits: "1.3e6", "2.4 × 10⁻⁵", "5.5x10-3", "10^6".

use super::Reader;
use super::bare::Bare;
use crate::annotate::TokenKind;
use crate::value::Decimal;

/// No exponent is larger; a decimal holds 28 digits.
const LARGEST: i32 = 27;

impl Reader<'_> {
    /// Takes in the power that follows a number in digits without unit; `None` leaves the number as it is.
    pub(super) fn power(&self, bare: &mut Bare, suffix: &str) -> Option<()> {
        if let Some(rest) = suffix.strip_prefix(['e', 'E']) {
            // "1e10", "12.32e+14"
            let (sign, digits, end) = match (rest, self.word(bare.end)) {
                ("", "+" | "-" | "−") if self.glued(bare.end) && self.glued(bare.end + 1) => {
                    (self.word(bare.end), self.word(bare.end + 1), bare.end + 2)
                }
                _ => ("", rest, bare.end),
            };
            let exponent = exponent(sign, digits)?;
            return self.times(bare, Decimal::TEN, exponent, end);
        }
        if !suffix.is_empty() {
            // "1.3x10^6", "5.5x10-3", "8x2^10"
            let base = suffix.strip_prefix(['x', '×'])?;
            let (exponent, end) = self.exponent(bare.end, base == "10")?;
            return self.times(bare, power_base(base)?, exponent, end);
        }
        if matches!(self.word(bare.end), "×" | "x" | "·" | "⋅" | "*")
            && let Some(base) = power_base(self.word(bare.end + 1))
        {
            let (exponent, end) = self.exponent(bare.end + 2, base == Decimal::TEN)?;
            return self.times(bare, base, exponent, end);
        }
        // "10^6", "10⁶"
        let (exponent, end) = self.exponent(bare.end, false)?;
        let base = bare.value;
        bare.value = power(base, exponent)?;
        bare.step = if exponent < 0 { bare.value.abs() } else { Decimal::ONE };
        bare.plain = false;
        bare.end = end;
        Some(())
    }

    fn times(&self, bare: &mut Bare, base: Decimal, exponent: i32, end: usize) -> Option<()> {
        let factor = power(base, exponent)?;
        bare.value = bare.value.checked_mul(factor)?;
        bare.step = bare.step.checked_mul(factor)?;
        bare.plain = false;
        bare.end = end;
        Some(())
    }

    /// The exponent at a token, glued on: "^6", "^-4", "⁻⁵"; with `flat` also "-3", as a raised figure is often lost.
    fn exponent(&self, at: usize, flat: bool) -> Option<(i32, usize)> {
        if !self.glued(at) {
            return None;
        }
        if self.word(at) == "^" {
            let signed = matches!(self.word(at + 1), "-" | "−" | "+");
            let (sign, digits) = if signed { (self.word(at + 1), at + 2) } else { ("", at + 1) };
            let glued = (at + 1..=digits).all(|i| self.glued(i));
            return Some((exponent(sign, self.word(digits)).filter(|_| glued)?, digits + 1));
        }
        let mut raised = String::new();
        let mut end = at;
        while self.glued(end)
            && let Some(c) = self.word(end).chars().next().and_then(lowered)
        {
            raised.push(c);
            end += 1;
        }
        if !raised.is_empty() {
            // A raised figure alone may be the mark of a note: only behind ten is it an exponent.
            let ten = at.checked_sub(1).is_some_and(|i| {
                let word = self.word(i);
                word == "10" || word.ends_with("x10") || word.ends_with("×10")
            });
            return raised.parse().ok().filter(|_| ten).map(|n| (n, end));
        }
        let sign = self.word(at);
        let digits = flat && matches!(sign, "-" | "−") && self.glued(at + 1) && self.is_kind(at + 1, TokenKind::Number);
        if digits { Some((exponent(sign, self.word(at + 1))?, at + 2)) } else { None }
    }
}

fn exponent(sign: &str, digits: &str) -> Option<i32> {
    let size: i32 = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
    (size <= LARGEST).then_some(if matches!(sign, "-" | "−") { -size } else { size })
}

/// Ten, or two as in "2^10".
fn power_base(digits: &str) -> Option<Decimal> {
    match digits {
        "10" => Some(Decimal::TEN),
        "2" => Some(Decimal::TWO),
        _ => None,
    }
}

fn power(base: Decimal, exponent: i32) -> Option<Decimal> {
    let mut value = Decimal::ONE;
    for _ in 0..exponent.unsigned_abs() {
        value = value.checked_mul(base)?;
    }
    if exponent < 0 { Decimal::ONE.checked_div(value) } else { Some(value) }
}

/// The plain form of a raised digit or sign.
fn lowered(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '\u{2074}'..='\u{2079}' => char::from_digit(c as u32 - 0x2070, 10)?,
        '⁻' => '-',
        '⁺' => '+',
        _ => return None,
    })
}
