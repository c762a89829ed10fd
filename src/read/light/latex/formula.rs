//! Formulas as far as they are numbers.

use crate::read::light::inline::superscript;

/// A formula that is a number, a range or a comparison; others keep their letters.
pub(super) fn formula(text: &str, out: &mut String) {
    let said = [
        ("\\times", "×"),
        ("\\cdot", "·"),
        ("\\pm", "±"),
        ("\\approx", "≈"),
        ("\\sim", "~"),
        ("\\leq", "≤"),
        ("\\le", "≤"),
        ("\\geq", "≥"),
        ("\\ge", "≥"),
        ("\\neq", "≠"),
        ("\\rightarrow", "→"),
        ("\\to", "→"),
        ("\\circ", "°"),
        ("\\mu", "µ"),
        ("\\chi", "χ"),
        ("\\alpha", "α"),
        ("\\beta", "β"),
        ("\\%", "%"),
        ("\\,", "\u{202f}"),
        ("{,}", ","),
        ("\\ ", " "),
        ("\\left", ""),
        ("\\right", ""),
        ("\\mathrm", ""),
        ("\\text", ""),
        ("\\mathit", ""),
        ("\\mathbf", ""),
    ]
    .iter()
    .fold(text.to_owned(), |said, (from, to)| said.replace(from, to));
    let mut chars = said.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' | '}' | '\\' => {}
            '^' => {
                let braced = chars.next_if_eq(&'{').is_some();
                while let Some(raised) = chars.next_if(|c| c.is_ascii_digit() || *c == '-' || *c == '°') {
                    out.push(superscript(raised));
                    if !braced {
                        break;
                    }
                }
            }
            '_' => {}
            '<' => out.push_str("&lt;"),
            '*' => out.push_str("\\*"),
            c => out.push(c),
        }
    }
}
