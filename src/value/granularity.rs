//! Whether a mean, a share or a standard deviation can come from so many whole numbers.
//!
//! GRIM: Brown and Heathers (2017), "The GRIM test", Social Psychological and Personality Science 8.
//! DEBIT: Heathers and Brown (2019), "DEBIT: a simple consistency test for binary data".

use rust_decimal::Decimal;

/// The two means of `n` whole numbers that lie around a printed one, both with their sums.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Neighbours {
    /// The largest possible sum that is not above the printed mean, and the one after it.
    pub sums: [i128; 2],
    /// Whether one of the two means rounds to the printed one.
    pub possible: bool,
}

/// Whether a printed mean of `n` whole numbers is possible, rounding a last 5 either way.
///
/// The scale of `mean` is the number of decimals printed; `None` when `n` is 0 or the numbers are too large.
#[must_use]
pub fn grim(mean: Decimal, n: u32) -> Option<Neighbours> {
    if n == 0 {
        return None;
    }
    let scale = 10i128.checked_pow(mean.scale())?;
    let mantissa = mean.mantissa();
    let count = i128::from(n);
    let product = mantissa.checked_mul(count)?;
    let floor = product.div_euclid(scale);
    // |k / n − m / s| ≤ 1 / 2s, times 2sn.
    let fits = |k: i128| Some(k.checked_mul(scale)?.checked_sub(product)?.abs().checked_mul(2)? <= count);
    let sums = [floor, floor + 1];
    Some(Neighbours { sums, possible: fits(sums[0])? || fits(sums[1])? })
}

/// The same for a share in per cent of `n` things counted one by one.
#[must_use]
pub fn grim_percent(percent: Decimal, n: u32) -> Option<Neighbours> {
    let mut share = percent;
    share.set_scale(percent.scale() + 2).ok()?;
    grim(share, n)
}

/// Whether the standard deviation printed is possible for `n` values of 0 or 1 with the mean printed: the sample
/// deviation is √(n / (n − 1) · x (1 − x)), and both numbers are rounded.
///
/// `None` when `n` is below 2 or the mean is no share.
#[must_use]
pub fn debit(mean: Decimal, deviation: Decimal, n: u32) -> Option<bool> {
    use rust_decimal::prelude::ToPrimitive;
    let half = |d: Decimal| 0.5 * 10f64.powi(-(d.scale() as i32));
    let (x, sd) = (mean.to_f64()?, deviation.to_f64()?);
    if n < 2 || !(0.0..=1.0).contains(&x) {
        return None;
    }
    let count = f64::from(n);
    let of = |x: f64| (count / (count - 1.0) * x * (1.0 - x)).max(0.0).sqrt();
    let (low, high) = ((x - half(mean)).max(0.0), (x + half(mean)).min(1.0));
    // The deviation grows up to one half and falls after it.
    let most = if low <= 0.5 && high >= 0.5 { of(0.5) } else { of(low).max(of(high)) };
    let least = of(low).min(of(high));
    let tiny = 1e-12;
    Some(sd + half(deviation) + tiny >= least && sd - half(deviation) - tiny <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn finds_means_that_no_whole_numbers_have() {
        // 5.19 of 28 is the worked example of the paper.
        for (mean, n, possible) in [("5.19", 28, false), ("5.18", 28, true), ("7.22", 32, true), ("3.5", 8, true)] {
            assert_eq!(grim(number(mean), n).map(|g| g.possible), Some(possible), "{mean} of {n}");
        }
        assert_eq!(grim(number("5.19"), 28).map(|g| g.sums), Some([145, 146]));
        assert_eq!(grim(number("5.19"), 0), None);
        assert_eq!(grim(number("-5.19"), 28).map(|g| g.possible), Some(false));
    }

    #[test]
    fn finds_shares_that_no_count_has() {
        for (percent, n, possible) in [("33", 10, false), ("30", 10, true), ("37.5", 24, true), ("47.3", 24, false)] {
            assert_eq!(grim_percent(number(percent), n).map(|g| g.possible), Some(possible), "{percent} of {n}");
        }
    }

    #[test]
    fn finds_deviations_that_no_zeros_and_ones_have() {
        for (mean, sd, possible) in [("0.53", "0.50", true), ("0.19", "0.35", false), ("0.93", "0.25", true)] {
            assert_eq!(debit(number(mean), number(sd), 1683), Some(possible), "{mean} ± {sd}");
        }
        assert_eq!(debit(number("1.4"), number("0.5"), 20), None);
    }
}
