//! Test statistics and their p-values.
//!
//! The consistency of a reported result follows Nuijten et al. (2016), "The prevalence of statistical reporting
//! errors in psychology", Behavior Research Methods 48: the statistic as printed stands for the interval of values
//! that round to it, and the reported p must be able to come from that interval.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use statrs::distribution::{ChiSquared, ContinuousCDF, FisherSnedecor, Normal, StudentsT};

/// A test whose p-value follows from its statistic and its degrees of freedom.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Test {
    /// Student's t, two-sided.
    T,
    /// Fisher's F, upper tail.
    F,
    /// Pearson's r, two-sided, by t = r / √((1 − r²) / df).
    R,
    /// Standard normal, two-sided.
    Z,
    /// Chi-square, upper tail.
    ChiSquare,
    /// Cochran's Q, upper tail of a chi-square.
    Q,
}

impl Test {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::T => "t",
            Self::F => "F",
            Self::R => "r",
            Self::Z => "z",
            Self::ChiSquare => "χ²",
            Self::Q => "Q",
        }
    }

    /// Whether the test has two sides, so that a one-tailed p is half of it.
    #[must_use]
    pub fn is_two_sided(self) -> bool {
        matches!(self, Self::T | Self::R | Self::Z)
    }

    /// How many degrees of freedom it takes.
    #[must_use]
    pub fn degrees(self) -> usize {
        match self {
            Self::Z => 0,
            Self::F => 2,
            _ => 1,
        }
    }

    /// The p-value of a statistic, two-sided where the test has two sides.
    ///
    /// `degrees` holds as many values as [`Test::degrees`] says, all > 0. `None` when they are not, or when the
    /// statistic is none of the test: a negative F, an r beyond 1.
    #[must_use]
    pub fn p(self, statistic: f64, degrees: &[f64]) -> Option<f64> {
        let p = match (self, degrees) {
            (Self::T, &[df]) => 2.0 * StudentsT::new(0.0, 1.0, df).ok()?.sf(statistic.abs()),
            (Self::R, &[df]) => {
                let r = statistic.abs();
                if r > 1.0 {
                    return None;
                }
                let rest = 1.0 - r * r;
                if rest <= 0.0 {
                    return Some(0.0);
                }
                2.0 * StudentsT::new(0.0, 1.0, df).ok()?.sf(r / (rest / df).sqrt())
            }
            (Self::Z, &[]) => 2.0 * Normal::standard().sf(statistic.abs()),
            (Self::F, &[df1, df2]) if statistic >= 0.0 => FisherSnedecor::new(df1, df2).ok()?.sf(statistic),
            (Self::ChiSquare | Self::Q, &[df]) if statistic >= 0.0 => ChiSquared::new(df).ok()?.sf(statistic),
            _ => return None,
        };
        p.is_finite().then(|| p.clamp(0.0, 1.0))
    }
}

/// How a printed number stands to the true one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Comparison {
    /// It is the number, rounded.
    Equal,
    /// The number is smaller.
    Less,
    /// The number is larger.
    Greater,
}

impl Comparison {
    /// The sign.
    #[must_use]
    pub fn sign(self) -> char {
        match self {
            Self::Equal => '=',
            Self::Less => '<',
            Self::Greater => '>',
        }
    }
}

/// A number as printed; its scale is the number of decimals written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Printed {
    /// How it stands to the true number.
    pub comparison: Comparison,
    /// The number, trailing zeros kept.
    pub value: Decimal,
}

/// A test result as printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reported {
    /// The test.
    pub test: Test,
    /// Its degrees of freedom, as many as the test has.
    pub degrees: Vec<Decimal>,
    /// The statistic.
    pub statistic: Printed,
    /// The p-value; `None` when it is called not significant without a number.
    pub p: Option<Printed>,
}

/// The p-values that the figures of a result allow.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Recomputed {
    /// The p of the statistic as printed.
    pub p: f64,
    /// The smallest p of a statistic that rounds to the one printed.
    pub low: f64,
    /// The largest.
    pub high: f64,
}

/// The judgement of a result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The reported p cannot come from the reported statistic.
    pub error: bool,
    /// And one of them is significant while the other is not.
    pub decision: bool,
}

/// What counts as significant.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Level {
    /// The level of significance, 0..1.
    pub alpha: f64,
    /// Whether p = alpha is significant.
    pub inclusive: bool,
}

impl Level {
    fn holds(self, p: f64) -> bool {
        if close(p, self.alpha) { self.inclusive } else { p < self.alpha }
    }
}

impl Reported {
    /// The p-values that the statistic and the degrees of freedom allow; halved when `one_tailed` and the test has
    /// two sides. `None` when there are none.
    #[must_use]
    pub fn recompute(&self, one_tailed: bool) -> Option<Recomputed> {
        let degrees: Vec<f64> = self.degrees.iter().map(|d| d.to_f64()).collect::<Option<_>>()?;
        let value = self.statistic.value.to_f64()?.abs();
        let half = 0.5 * 10f64.powi(-(self.statistic.value.scale() as i32));
        let share = if one_tailed && self.test.is_two_sided() { 0.5 } else { 1.0 };
        let top = if self.test == Test::R { (value + half).min(1.0) } else { value + half };
        let p = |statistic| self.test.p(statistic, &degrees).map(|p| p * share);
        Some(Recomputed { p: p(value)?, low: p(top)?, high: p((value - half).max(0.0))? })
    }

    /// Judges the reported p by the recomputed ones. `zero` says whether p = 0 to any number of places is an error
    /// in itself.
    #[must_use]
    pub fn judge(&self, recomputed: Recomputed, level: Level, zero: bool) -> Verdict {
        use Comparison::{Equal, Greater, Less};
        let (comparison, stated, places) = match self.p {
            Some(p) => (p.comparison, p.value.to_f64().unwrap_or(0.0), p.value.scale()),
            None => (Greater, level.alpha, 0),
        };
        let Recomputed { p, low, high } = recomputed;
        let below = |limit: f64| stated < limit && !close(stated, limit);
        let above = |limit: f64| stated > limit && !close(stated, limit);
        let error = match (self.statistic.comparison, comparison) {
            (Equal, Equal) => above(round(high, places)) || below(round(low, places)),
            (Equal, Less) => !above(low),
            (Equal, Greater) => !below(high),
            // A smaller statistic has a larger p, a larger one a smaller p: only one side is tested.
            (Less, Equal | Less) => !above(low),
            (Greater, Equal | Greater) => !below(high),
            (Less, Greater) | (Greater, Less) => false,
        };
        let nothing = stated == 0.0 && self.p.is_some() && (zero && comparison == Equal || comparison == Less);
        let error = error || nothing;
        // What the figures say of significance, where they say anything.
        let computed = match self.statistic.comparison {
            Equal => Some(level.holds(p)),
            Less => (!level.holds(p)).then_some(false),
            Greater => level.holds(p).then_some(true),
        };
        let claimed = match comparison {
            Equal => Some(level.holds(stated)),
            Less => (stated < level.alpha || close(stated, level.alpha)).then_some(true),
            Greater => (stated > level.alpha || close(stated, level.alpha)).then_some(false),
        };
        let decision = error && matches!((computed, claimed), (Some(a), Some(b)) if a != b);
        Verdict { error, decision }
    }
}

/// Equal but for the last digits of floating-point arithmetic.
fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs()).max(1e-3)
}

fn round(value: f64, places: u32) -> f64 {
    let scale = 10f64.powi(places.min(15) as i32);
    (value * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(comparison: Comparison, value: &str) -> Printed {
        Printed { comparison, value: value.parse().expect("a number") }
    }

    fn result(test: Test, degrees: &[&str], statistic: &str, comparison: Comparison, p: &str) -> Reported {
        Reported {
            test,
            degrees: degrees.iter().map(|d| d.parse().expect("a number")).collect(),
            statistic: printed(Comparison::Equal, statistic),
            p: Some(printed(comparison, p)),
        }
    }

    const LEVEL: Level = Level { alpha: 0.05, inclusive: true };

    fn verdict(result: &Reported, one_tailed: bool) -> (bool, bool) {
        let verdict = result.judge(result.recompute(one_tailed).expect("p"), LEVEL, true);
        (verdict.error, verdict.decision)
    }

    #[test]
    fn recomputes_the_p_of_every_test() {
        // Reference values: R 4.4, pt, pf, pnorm, pchisq.
        for (test, statistic, degrees, p) in [
            (Test::T, 2.2, vec![38.0], 0.033_960),
            (Test::F, 3.5, vec![2.0, 40.0], 0.039_741),
            (Test::ChiSquare, 7.8147, vec![3.0], 0.050_000),
            (Test::Q, 7.8147, vec![3.0], 0.050_000),
            (Test::R, 0.22, vec![28.0], 0.242_739),
            (Test::Z, 2.2, vec![], 0.027_807),
        ] {
            let found = test.p(statistic, &degrees).expect("p");
            assert!((found - p).abs() < 1e-6, "{}: {found}", test.name());
        }
        assert_eq!(Test::R.p(1.2, &[28.0]), None);
        assert_eq!(Test::F.p(-1.0, &[2.0, 40.0]), None);
        assert_eq!(Test::T.p(2.0, &[]), None);
    }

    #[test]
    fn allows_what_rounding_allows() {
        use Comparison::{Equal, Greater, Less};
        for (statistic, comparison, p, expected) in [
            ("2.20", Equal, ".036", (false, false)),
            ("2.20", Equal, ".03", (true, false)),
            ("2", Equal, ".14", (false, false)),
            ("2.2", Less, ".08", (false, false)),
            ("2.2", Less, ".02", (true, false)),
            ("2.20", Greater, ".05", (true, true)),
            ("1.20", Equal, ".03", (true, true)),
            ("22.20", Equal, ".000", (true, false)),
        ] {
            let result = result(Test::T, &["28"], statistic, comparison, p);
            assert_eq!(verdict(&result, false), expected, "t(28) = {statistic}, p {} {p}", comparison.sign());
        }
    }

    #[test]
    fn halves_the_p_of_a_one_tailed_test() {
        let result = result(Test::T, &["28"], "2.20", Comparison::Equal, ".018");
        assert_eq!((verdict(&result, false), verdict(&result, true)), ((true, false), (false, false)));
    }
}
