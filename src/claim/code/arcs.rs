//! Arcs of object identifiers, which have a name and a number: `{ iso(1) member-body(2) no(578) }`.

use super::{Code, push};
use crate::claim::{BlockView, Claim};
use std::ops::Range;

/// Most arcs of an identifier.
const MOST: usize = 40;

pub(super) fn extract(view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let text = view.text;
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|i| at + i) {
        let end = text[open + 1..].find(['{', '}']).map_or(text.len(), |i| open + 1 + i);
        at = end.max(open + 1);
        let mut path = String::new();
        for (range, name, number) in arcs(text, open + 1..end) {
            // The numbers before the arc say where it is.
            if !path.is_empty() {
                let code = Code {
                    scheme: "arc".into(),
                    number: number.into(),
                    other: name.to_lowercase().into(),
                    series: path.as_str().into(),
                };
                push(view, out, range, code);
            }
            path.push_str(number);
            path.push('.');
        }
    }
}

/// The arcs with a name and a number that stand in a row; what follows something else is left out.
fn arcs(text: &str, range: Range<usize>) -> Vec<(Range<usize>, &str, &str)> {
    let mut out = Vec::new();
    let mut at = range.start;
    while out.len() < MOST {
        let rest = &text[at..range.end];
        let start = at + rest.len() - rest.trim_start().len();
        let name_end =
            text[start..range.end].find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(0);
        let name = &text[start..start + name_end];
        let rest = text[start + name_end..range.end].trim_start();
        let Some(inside) = rest.strip_prefix('(') else { break };
        let Some(close) = inside.find(')') else { break };
        let number = inside[..close].trim();
        if name.is_empty() || number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
            break;
        }
        let end = range.end - inside.len() + close + 1;
        out.push((start..end, name, number));
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::arcs;

    #[test]
    fn reads_names_with_numbers() {
        let text = "{ iso(1) member-body (2) no(578) x y(3) }";
        let found: Vec<(&str, &str)> = arcs(text, 1..text.len() - 1).into_iter().map(|(_, a, b)| (a, b)).collect();
        assert_eq!(found, [("iso", "1"), ("member-body", "2"), ("no", "578")]);
    }
}
