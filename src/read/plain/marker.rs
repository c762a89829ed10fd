//! Marks before list items: `-`, `•`, `1.`, `(a)`, `3.1.2`.

/// The mark at the start of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Marker {
    /// Its bytes, the white space after it left out.
    pub(super) length: usize,
    /// The bytes up to the words.
    pub(super) skip: usize,
    /// What it is.
    pub(super) kind: MarkerKind,
}

/// What a mark is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum MarkerKind {
    /// A sign.
    Bullet(char),
    /// A number or letter with what stands around it.
    Ordered {
        /// The signs around it: `.`, `)` or `(`.
        around: char,
        /// What it may count as.
        count: Count,
    },
    /// A number of several parts, such as 3.1.2.
    Sections(Vec<u32>),
}

/// The value of a mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Count {
    /// Value as a number, when it is one.
    pub(super) number: Option<u32>,
    /// Value as a letter, `a` being 1.
    pub(super) letter: Option<u32>,
    /// Value as a Roman numeral.
    pub(super) roman: Option<u32>,
}

impl Count {
    /// Whether it may be the first of a list.
    pub(super) fn is_first(self) -> bool {
        [self.number, self.letter, self.roman].contains(&Some(1))
    }

    /// Whether it may come next after `before`.
    pub(super) fn follows(self, before: Self) -> bool {
        let next = |a: Option<u32>, b: Option<u32>| matches!((a, b), (Some(a), Some(b)) if a == b + 1);
        next(self.number, before.number) || next(self.letter, before.letter) || next(self.roman, before.roman)
    }
}

/// Signs that begin items.
const BULLETS: [char; 16] = ['-', '*', '+', '•', '·', '▪', '■', '●', '○', '◦', '‣', '–', '—', '►', '\u{f0b7}', '➢'];

/// Reads the mark at the start of a line's content. `indented` allows the letter `o`, which stands for a bullet in
/// text set on typewriters.
pub(super) fn marker(text: &str, indented: bool) -> Option<Marker> {
    let first = text.chars().next()?;
    if BULLETS.contains(&first) || first == 'o' && indented && text.starts_with("o  ") {
        return finish(text, first.len_utf8(), MarkerKind::Bullet(first));
    }
    if first == '(' {
        let close = text.bytes().take(8).position(|b| b == b')')?;
        let count = count(&text[1..close])?;
        return finish(text, close + 1, MarkerKind::Ordered { around: '(', count });
    }
    let label = text.bytes().take(24).take_while(|b| b.is_ascii_alphanumeric() || *b == b'.').count();
    let bare = &text[..label];
    let after = text[label..].chars().next()?;
    if after == ')' {
        return finish(text, label + 1, MarkerKind::Ordered { around: ')', count: count(bare)? });
    }
    if !after.is_whitespace() {
        return None;
    }
    let inner = bare.trim_end_matches('.');
    if inner.contains('.') {
        let parts: Option<Vec<u32>> =
            inner.split('.').map(|p| if (1..=3).contains(&p.len()) { p.parse().ok() } else { None }).collect();
        let marker = finish(text, label, MarkerKind::Sections(parts?))?;
        // 3.5 million is a number; numbers of sections stand before capitals.
        return text[marker.skip..].starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“')).then_some(marker);
    }
    if inner.len() + 1 != label {
        return None;
    }
    finish(text, label, MarkerKind::Ordered { around: '.', count: count(inner)? })
}

fn finish(text: &str, length: usize, kind: MarkerKind) -> Option<Marker> {
    let rest = &text[length..];
    let words = rest.trim_start();
    (!words.is_empty() && rest.len() > words.len()).then(|| Marker { length, skip: text.len() - words.len(), kind })
}

fn count(label: &str) -> Option<Count> {
    let number = if label.len() <= 3 { label.parse().ok() } else { None };
    let mut letters = label.chars();
    let letter = match (letters.next(), letters.next()) {
        (Some(c @ 'a'..='z'), None) => Some(c as u32 - 'a' as u32 + 1),
        _ => None,
    };
    let roman = roman(label);
    (number.is_some() || letter.is_some() || roman.is_some()).then_some(Count { number, letter, roman })
}

/// Small Roman numerals up to 39.
fn roman(label: &str) -> Option<u32> {
    if label.is_empty() || label.len() > 6 {
        return None;
    }
    let tens = label.bytes().take_while(|b| *b == b'x').count();
    let rest = &label[tens..];
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let ones = ONES.iter().position(|&o| o == rest)?;
    (tens <= 3).then_some((tens * 10 + ones) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(text: &str) -> Option<usize> {
        marker(text, true).map(|m| m.length)
    }

    #[test]
    fn reads_marks() {
        assert_eq!(length("- sheep"), Some(1));
        assert_eq!(length("•\u{a0}sheep"), Some(3));
        assert_eq!(length("12. sheep"), Some(3));
        assert_eq!(length("(iv) sheep"), Some(4));
        assert_eq!(length("b) sheep"), Some(2));
        assert_eq!(length("3.1.2 The sheep"), Some(5));
        assert_eq!(length("o  sheep"), Some(1));
    }

    #[test]
    fn ignores_what_is_no_mark() {
        for text in ["-sheep", "A. Smith", "3.5 million", "2019. It", "(see above) sheep", "word. And", "1.", "3 sheep"]
        {
            assert_eq!(length(text), None, "{text}");
        }
    }

    #[test]
    fn counts_letters_and_roman_numerals() {
        let of = |text: &str| match marker(text, false).map(|m| m.kind) {
            Some(MarkerKind::Ordered { count, .. }) => count,
            other => panic!("{other:?}"),
        };
        assert!(of("(b) x").follows(of("(a) x")));
        assert!(of("(ii) x").follows(of("(i) x")));
        assert!(of("(i) x").follows(of("(h) x")));
        assert!(!of("(i) x").follows(of("(a) x")) && of("(i) x").is_first());
    }
}
