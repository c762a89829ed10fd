//! Whole numbers as programs write them: `0x4E52`, `1 << 20`, `10**18`, `21_000`, `64 * 1024`, `0xFFu8`.

use std::iter::Peekable;
use std::str::Chars;

/// Ends of numbers that give their type.
const TYPES: &[&str] = &[
    "i128", "i16", "i32", "i64", "i8", "isize", "l", "ll", "n", "u", "u128", "u16", "u32", "u64", "u8", "ul", "ull",
    "usize",
];

/// The value of an expression of whole numbers, without names and calls; `None` for anything else, and for numbers
/// that more than 128 bits are needed for.
#[must_use]
pub(super) fn integer(text: &str) -> Option<u128> {
    let mut reader = Reader { chars: text.trim().chars().peekable() };
    let value = reader.shifts()?;
    reader.blank();
    reader.chars.peek().is_none().then_some(value)
}

/// What is left of an expression. The operators bind as in C and Python.
struct Reader<'a> {
    chars: Peekable<Chars<'a>>,
}

impl Reader<'_> {
    fn blank(&mut self) {
        while self.chars.next_if(|c| c.is_whitespace()).is_some() {}
    }

    /// Takes a sign that the text goes on with.
    fn sign(&mut self, sign: &str) -> bool {
        self.blank();
        let mut ahead = self.chars.clone();
        if sign.chars().all(|c| ahead.next() == Some(c)) {
            self.chars = ahead;
            return true;
        }
        false
    }

    fn shifts(&mut self) -> Option<u128> {
        let mut value = self.sums()?;
        while self.sign("<<") {
            let bits = u32::try_from(self.sums()?).ok()?;
            value = value.checked_mul(2_u128.checked_pow(bits)?)?;
        }
        Some(value)
    }

    fn sums(&mut self) -> Option<u128> {
        let mut value = self.products()?;
        loop {
            if self.sign("+") {
                value = value.checked_add(self.products()?)?;
            } else if self.sign("-") {
                value = value.checked_sub(self.products()?)?;
            } else {
                return Some(value);
            }
        }
    }

    fn products(&mut self) -> Option<u128> {
        let mut value = self.powers()?;
        loop {
            if self.sign("*") || self.sign("×") {
                value = value.checked_mul(self.powers()?)?;
            } else {
                return Some(value);
            }
        }
    }

    fn powers(&mut self) -> Option<u128> {
        let base = self.number()?;
        // In C, `^` is another operator, which nobody uses with 2 or 10 before it.
        let power = self.sign("**") || matches!(base, 2 | 10) && self.sign("^");
        if !power {
            return Some(base);
        }
        base.checked_pow(u32::try_from(self.powers()?).ok()?)
    }

    fn number(&mut self) -> Option<u128> {
        if self.sign("(") {
            let value = self.shifts()?;
            return self.sign(")").then_some(value);
        }
        let mut word = String::new();
        while let Some(c) = self.chars.next_if(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ',' | '\'')) {
            word.push(c);
        }
        literal(&word)
    }
}

/// A number without operators.
fn literal(word: &str) -> Option<u128> {
    let word = if word.contains(',') { without_commas(word)? } else { word.replace(['_', '\''], "") };
    let lower = word.to_ascii_lowercase();
    for (sign, radix) in [("0x", 16), ("0b", 2), ("0o", 8)] {
        if let Some(digits) = lower.strip_prefix(sign) {
            // The letters of a type are no hexadecimal figures, but for those of `0x1b`.
            let digits = TYPES.iter().find_map(|t| digits.strip_suffix(t)).unwrap_or(digits);
            return u128::from_str_radix(digits, radix).ok();
        }
    }
    let end = lower.find(|c: char| !c.is_ascii_digit()).unwrap_or(lower.len());
    let (digits, kind) = lower.split_at(end);
    // `0755` is octal in some languages.
    let plain = (kind.is_empty() || TYPES.contains(&kind)) && (digits.len() == 1 || !digits.starts_with('0'));
    if plain { digits.parse().ok() } else { None }
}

/// `21,000` without its commas, when they stand between groups of three.
fn without_commas(word: &str) -> Option<String> {
    let groups: Vec<&str> = word.split(',').collect();
    let sound = (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|g| g.len() == 3);
    sound.then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::integer;

    #[test]
    fn reads_numbers_of_all_notations() {
        for (text, value) in [
            ("0x4E52", 20_050),
            ("0b1010_0000", 160),
            ("0o17", 15),
            ("21,000", 21_000),
            ("21_000", 21_000),
            ("0xFFu8", 255),
            ("1048576ULL", 1_048_576),
            ("7n", 7),
        ] {
            assert_eq!(integer(text), Some(value), "{text}");
        }
    }

    #[test]
    fn reads_expressions() {
        for (text, value) in [
            ("1 << 20", 1_048_576),
            ("(1 << 16) - 1", 65_535),
            ("10**3 * 2 + 1", 2_001),
            ("2^10", 1_024),
            ("64*1024", 65_536),
        ] {
            assert_eq!(integer(text), Some(value), "{text}");
        }
    }

    #[test]
    fn ignores_what_is_no_number() {
        for text in ["", "N", "f(3)", "0755", "1.5", "3 apples", "1,23", "1 - 2", "2 ** 200", "12 34"] {
            assert_eq!(integer(text), None, "{text}");
        }
    }
}
