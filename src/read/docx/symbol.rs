//! Characters of symbol fonts, which stand in the file as numbers of their font.

/// What a character of a symbol font means in plain text; `None` when it is decoration.
pub(super) fn meaning(font: &str, code: u32) -> Option<char> {
    let code = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    if !font.eq_ignore_ascii_case("symbol") {
        // Wingdings and the like are pictures, except for boxes and arrows that nobody reads aloud.
        return None.or_else(|| char::from_u32(code).filter(|_| code > 0xff));
    }
    const GREEK: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    const CAPITALS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    Some(match code {
        0x61..=0x7a => GREEK.chars().nth((code - 0x61) as usize)?,
        0x41..=0x5a => CAPITALS.chars().nth((code - 0x41) as usize)?,
        0xa2 => '′',
        0xa3 => '≤',
        0xa5 => '∞',
        0xac => '←',
        0xad => '↑',
        0xae => '→',
        0xaf => '↓',
        0xb0 => '°',
        0xb1 => '±',
        0xb2 => '″',
        0xb3 => '≥',
        0xb4 => '×',
        0xb7 => '•',
        0xb8 => '÷',
        0xb9 => '≠',
        0xba => '≡',
        0xbb => '≈',
        0xbc => '…',
        0xd7 => '⋅',
        0xd6 => '√',
        0xe5 => '∑',
        0x20..=0x7e => char::from_u32(code)?,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::meaning;

    #[test]
    fn reads_symbols() {
        assert_eq!(meaning("Symbol", 0xf0b3), Some('≥'));
        assert_eq!(meaning("Symbol", 0xf06d), Some('μ'));
        assert_eq!(meaning("Wingdings", 0xf0fc), None);
        assert_eq!(meaning("Segoe UI Symbol", 0x2713), Some('✓'));
    }
}
