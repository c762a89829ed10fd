//! Formulas as far as they are numbers.

use super::content::sign;
use crate::read::light::inline::superscripts;

/// Writes a formula: names of signs as signs, words in quotation marks as words; others keep their letters.
pub(super) fn formula(text: &str, out: &mut String) {
    let mut rest = text.trim_matches(' ');
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' => {
                let end = rest[1..].find('"').map_or(rest.len(), |end| end + 2);
                out.push_str(rest[..end].trim_matches('"'));
                end
            }
            '^' => {
                let braced = rest[1..].starts_with('(');
                let from = 1 + usize::from(braced);
                let digits = rest[from..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'-').count();
                out.push_str(&superscripts(&rest[from..from + digits]));
                from + digits + usize::from(braced && rest[from + digits..].starts_with(')'))
            }
            '\\' => {
                let escaped = rest[1..].chars().next();
                out.extend(escaped);
                1 + escaped.map_or(0, char::len_utf8)
            }
            '<' if rest.starts_with("<=") => {
                out.push('≤');
                2
            }
            '>' if rest.starts_with(">=") => {
                out.push('≥');
                2
            }
            '<' => {
                out.push_str("\\<");
                1
            }
            '*' | '_' | '#' | '&' => 1,
            c if c.is_alphabetic() => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '.')).unwrap_or(rest.len());
                let name = rest[..end].trim_end_matches('.');
                out.push_str(sign(name).unwrap_or(name));
                name.len()
            }
            c => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
}

#[cfg(test)]
mod tests {
    use super::formula;

    #[test]
    fn reads_numbers_and_signs() {
        for (source, expected) in [
            ("43", "43"),
            (" 28 plus.minus 1 \"g\" ", "28 ± 1 g"),
            ("1.3 times 10^6", "1.3 × 10⁶"),
            ("n <= 12", "n ≤ 12"),
        ] {
            let mut out = String::new();
            formula(source, &mut out);
            assert_eq!(out, expected);
        }
    }
}
