//! Numbers of items as letters and in Roman numerals.

/// a … z, aa … zz, as word processors count.
pub(super) fn letters(number: i64) -> String {
    if number < 1 {
        return number.to_string();
    }
    let letter = (b'a' + ((number - 1) % 26) as u8) as char;
    std::iter::repeat_n(letter, ((number - 1) / 26 + 1).min(8) as usize).collect()
}

/// i, ii, iii, iv … up to 3999; digits beyond.
pub(super) fn roman(number: i64) -> String {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}
