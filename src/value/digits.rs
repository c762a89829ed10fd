//! The digits of a number, and how one number comes to be written as another.

use rust_decimal::Decimal;

/// The digits that mean something, without the zeros at both ends.
#[must_use]
pub fn significant_digits(value: Decimal) -> Vec<u8> {
    let written = value.abs().normalize().to_string();
    let mut digits: Vec<u8> = written.trim_start_matches(['0', '.']).bytes().filter(u8::is_ascii_digit).collect();
    while digits.last() == Some(&b'0') {
        digits.pop();
    }
    digits
}

/// Whether two neighbouring digits are exchanged and nothing else differs: 3,912 and 3,921.
#[must_use]
pub fn neighbours_exchanged(x: Decimal, y: Decimal) -> bool {
    // "23.56 million" is held with places behind the point that mean nothing.
    let (x, y) = (x.normalize(), y.normalize());
    let written = |d: Decimal| d.abs().to_string().into_bytes();
    let (p, q) = (written(x), written(y));
    if x.is_sign_negative() != y.is_sign_negative() || x.scale() != y.scale() || p.len() != q.len() {
        return false;
    }
    let differing: Vec<usize> = (0..p.len()).filter(|&i| p[i] != q[i]).collect();
    // 12.5 and 15.2: the point stands between the two.
    let near = |a: usize, b: usize| b == a + 1 || b == a + 2 && p[a + 1] == b'.';
    matches!(differing[..], [a, b] if near(a, b) && p[a] == q[b] && p[b] == q[a])
}

/// Whether two numbers of the same length differ in one digit: 318 and 348, 0.5 and 0.8.
#[must_use]
pub fn one_digit_apart(x: Decimal, y: Decimal) -> bool {
    let (x, y) = (x.normalize(), y.normalize());
    let (p, q) = (x.to_string().into_bytes(), y.to_string().into_bytes());
    x.scale() == y.scale() && p.len() == q.len() && p.iter().zip(&q).filter(|(a, b)| a != b).count() == 1
}

#[cfg(test)]
mod tests {
    use super::{neighbours_exchanged, one_digit_apart, significant_digits};
    use rust_decimal::Decimal;

    fn number(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn reads_neighbours_that_are_exchanged() {
        assert!(neighbours_exchanged(number("4382"), number("4832")));
        assert!(neighbours_exchanged(number("15.2"), number("12.5")), "the point is no digit");
        assert!(!neighbours_exchanged(number("221"), number("122")));
        assert!(!neighbours_exchanged(number("38"), number("38")));
    }

    #[test]
    fn reads_a_digit_that_is_another() {
        assert!(one_digit_apart(number("318"), number("348")) && one_digit_apart(number("0.5"), number("0.80")));
        assert!(!one_digit_apart(number("318"), number("384")) && !one_digit_apart(number("31.8"), number("318")));
    }

    #[test]
    fn counts_digits_that_mean_something() {
        let count = |text: &str| significant_digits(number(text)).len();
        assert_eq!((count("61000"), count("4382"), count("0.05"), count("1.50")), (2, 4, 1, 2));
    }
}
