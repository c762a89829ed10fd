//! How a hand slips from one number to another.

/// How two numbers differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Slip {
    /// Two neighbouring digits are exchanged.
    Exchanged,
    /// A digit is left out or put in.
    Length,
    /// One digit is another.
    Digit,
}

/// How a hand slips from one number to another; `None` when they are simply two numbers.
pub(super) fn slip(a: &str, b: &str) -> Option<Slip> {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let signs = |v: &[char]| v.iter().filter(|c| !c.is_ascii_digit()).copied().collect::<Vec<_>>();
    if a == b || x.len().min(y.len()) < 2 || signs(&x) != signs(&y) {
        return None;
    }
    if x.len() == y.len() {
        let off: Vec<usize> = (0..x.len()).filter(|&i| x[i] != y[i]).collect();
        return match off.as_slice() {
            [_] if x.len() >= 3 => Some(Slip::Digit),
            [i, j] if j - i == 1 && x[*i] == y[*j] && x[*j] == y[*i] => Some(Slip::Exchanged),
            _ => None,
        };
    }
    let (short, long) = if x.len() < y.len() { (&x, &y) } else { (&y, &x) };
    let same = short.iter().zip(long.iter()).take_while(|(a, b)| a == b).count();
    (short.len() >= 3 && long.len() == short.len() + 1 && short[same..] == long[same + 1..]).then_some(Slip::Length)
}

#[cfg(test)]
mod tests {
    use super::{Slip, slip};

    #[test]
    fn knows_slips_from_other_numbers() {
        assert_eq!(slip("9106", "9160"), Some(Slip::Exchanged));
        assert_eq!(slip("2397", "2398"), Some(Slip::Digit));
        assert_eq!(slip("10336", "1036"), Some(Slip::Length));
        assert_eq!(slip("7992", "792"), Some(Slip::Length));
        assert_eq!(slip("802.14.4e", "802.15.4e"), Some(Slip::Digit));
        assert_eq!(slip("2178", "2397"), None);
        assert_eq!(slip("17", "18"), None);
        assert_eq!(slip("95/46", "9546"), None);
    }
}
