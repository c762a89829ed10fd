//! A p-value and the test statistic it comes from.

mod elsewhere;

use super::{Check, Finding, Place, Selection};
use crate::claim::{Statistic, Value};
use crate::value::statistic::{Comparison, Level, Recomputed};
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct StatisticCheck {
    /// Level of significance, 0..1.
    pub alpha: f64,
    /// Whether p = alpha counts as significant.
    pub alpha_is_significant: bool,
    /// When a one-sided p is right too: where the document speaks of such tests, always, never.
    pub one_tailed: OneTailed,
    /// Whether p = .000 is wrong in itself.
    pub zero: bool,
    /// Which findings: those that turn significant into not significant or back, the others, or both.
    pub decision: Option<bool>,
}

/// When the p of a one-tailed test is accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OneTailed {
    /// Where the document speaks of one-tailed tests, for the results that are right so.
    WhenNamed,
    /// Every test is one-tailed.
    Always,
    /// No test is.
    Never,
}

impl Default for StatisticCheck {
    fn default() -> Self {
        Self { alpha: 0.05, alpha_is_significant: true, one_tailed: OneTailed::WhenNamed, zero: true, decision: None }
    }
}

impl Check for StatisticCheck {
    fn variables(&self) -> &'static [&'static str] {
        &["statistic", "stated", "computed"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        if self.decision != Some(true) {
            elsewhere::check(selection.claims, found);
        }
        for claim in selection.claims {
            let Value::Statistic(result) = &claim.value else { continue };
            let Some((recomputed, decision)) = self.wrong(result) else { continue };
            if self.decision.is_some_and(|wanted| wanted != decision) {
                continue;
            }
            let style = Style::of(result);
            let computed = style.exact(recomputed.p, result.reported.statistic.comparison);
            found.push(Finding {
                places: vec![Place { at: claim.at, within: claim.within, label: format!("gives {computed}") }],
                variables: vec![
                    ("statistic", result.statistic.text.to_string()),
                    ("stated", result.p.text.to_string()),
                    ("computed", computed),
                ],
                notes: self.notes(result, recomputed, decision, style),
            });
        }
    }
}

impl StatisticCheck {
    /// The recomputed p-values when the reported one cannot come from them, and whether the decision turns.
    fn wrong(&self, result: &Statistic) -> Option<(Recomputed, bool)> {
        let level = Level { alpha: self.alpha, inclusive: self.alpha_is_significant };
        let sides: &[bool] = match self.one_tailed {
            OneTailed::Always => &[true],
            OneTailed::WhenNamed if result.one_tailed => &[false, true],
            _ => &[false],
        };
        let mut first = None;
        for &one_tailed in sides {
            let recomputed = result.reported.recompute(one_tailed)?;
            let verdict = result.reported.judge(recomputed, level, self.zero);
            if !verdict.error {
                return None;
            }
            first = first.or(Some((recomputed, verdict.decision)));
        }
        first
    }

    fn notes(&self, result: &Statistic, p: Recomputed, decision: bool, style: Style) -> Vec<String> {
        let reported = &result.reported;
        let sides = match (self.one_tailed, reported.test.is_two_sided()) {
            (OneTailed::Always, true) => ", one-tailed",
            (_, true) => ", two-tailed",
            (_, false) => "",
        };
        let finer = Style { places: style.places + 1, ..style };
        let mut notes = vec![format!(
            "a statistic that rounds to {} has a p from {} to {}{sides}",
            reported.statistic.value.abs(),
            finer.number(p.low),
            finer.number(p.high),
        )];
        if reported.p.is_some_and(|p| p.value.is_zero()) {
            notes.push("a p-value is small, never nothing".to_owned());
        }
        if decision {
            let side = |holds: bool| if holds { "significant" } else { "not significant" };
            let computed = p.p < self.alpha;
            notes.push(format!(
                "at {} the statistic is {}, the p-value given is {}",
                style.level(self.alpha),
                side(computed),
                side(!computed)
            ));
        }
        let level = Level { alpha: self.alpha, inclusive: self.alpha_is_significant };
        let one_sided = self.one_tailed != OneTailed::Always
            && reported.test.is_two_sided()
            && reported.recompute(true).is_some_and(|p| !reported.judge(p, level, self.zero).error);
        if one_sided {
            notes.push("it is the p of a one-tailed test, which the text does not speak of".to_owned());
        }
        notes
    }
}

/// How the author writes p-values.
#[derive(Clone, Copy)]
struct Style {
    places: usize,
    leading_zero: bool,
}

impl Style {
    fn of(result: &Statistic) -> Self {
        let places = result.reported.p.map_or(2, |p| p.value.scale() as usize).clamp(3, 6);
        Self { places, leading_zero: result.p.text.contains("0.") }
    }

    fn number(self, p: f64) -> String {
        let smallest = 10f64.powi(-(self.places as i32));
        let text = if p < smallest { format!("<{smallest:.*}", self.places) } else { format!("{p:.*}", self.places) };
        if self.leading_zero { text } else { text.replacen("0.", ".", 1) }
    }

    fn level(self, alpha: f64) -> String {
        format!("{alpha}").replacen("0.", ".", 1)
    }

    fn exact(self, p: f64, statistic: Comparison) -> String {
        let number = self.number(p);
        match (statistic, number.strip_prefix('<')) {
            (Comparison::Less, _) => format!("p > {}", number.trim_start_matches('<')),
            (_, Some(smallest)) => format!("p < {smallest}"),
            (Comparison::Greater, _) => format!("p < {number}"),
            (Comparison::Equal, None) => format!("p = {number}"),
        }
    }
}
