//! Web addresses that differ by a slip.

/// Whether two plain addresses are one with a slip: long, and few letters apart.
pub(super) fn is_slip(a: &str, b: &str) -> bool {
    let (x, y) = (a.chars().count(), b.chars().count());
    let (short, long) = (x.min(y), x.max(y));
    // A cut one says less, and is no other.
    if a == b || short < 16 || a.starts_with(b) || b.starts_with(a) || long - short > 4 || long > 400 {
        return false;
    }
    let limit = (short / 12).clamp(1, 4);
    strsim::damerau_levenshtein(a, b) <= limit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::plain_address;

    #[test]
    fn flags_few_letters_only() {
        let slip = |a: &str, b: &str| is_slip(&plain_address(a), &plain_address(b));
        assert!(slip("https://h.example/en/publicazione/boats-1", "https://h.example/en/pubblicazione/boats-1"));
        assert!(slip("https://www.h.example/article/boats-idK2811X", "http://h.example/article/boats-idK28I1X/"));
        assert!(!slip("https://www.h.example/a/boats/", "http://h.example/a/boats"));
        assert!(!slip("https://h.example/a/boats-and", "https://h.example/a/boats-and-rafts"));
        assert!(!slip("https://h.example/a", "https://h.example/b"));
        assert!(!slip("https://h.example/2019/boats", "https://mirror.example/2019/boats"));
    }
}
