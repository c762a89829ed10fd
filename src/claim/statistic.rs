//! Test results in running text: "t(28) = 2.20, p = .036", "χ²(1, N = 90) = 4.1 (p < .05)".
//!
//! The forms are those of the APA manual (7th edition, 6.40–6.44), with what PDF text makes of the minus sign.

use super::{BlockView, Claim, ClaimKind, Context, Member, Value};
use crate::annotate::phrase_at;
use crate::document::BlockKind;
use crate::value::Decimal;
use crate::value::statistic::{Comparison, Printed, Reported, Test};
use compact_str::CompactString;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// A test with its degrees of freedom, its statistic, up to three effect sizes, and its p-value.
static RESULT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?: ^ | [^\p{L}\p{N}_-] )
        (?P<all>
            (?: (?P<test> t | F | r | Q (?: [wb] | -? within | -? between )?
                  | (?: χ | Χ | X | x | [Cc]hi ) [-\ _]? (?: ² | 2 | \^2 | squared? ) )
                \s? \( \s? (?P<first> [lI] | [0-9]{1,3} (?: ,[0-9]{3} )+ | [0-9]+ (?: \.[0-9]+ )? )
                (?: \s? , \s? (?: [Nn] \s? = \s? (?P<n> [0-9][0-9,]* )
                    | (?P<second> [0-9]{1,3} (?: ,[0-9]{3} )+ | [0-9]+ (?: \.[0-9]+ )? ) ) )?
                \s? \)
              | (?P<z> [zZ] ) )
            \s? (?P<comparison> [<>=] ) \s?
            (?P<minus> [^\s\w.<>=,;()\[\]≤≥]{0,3} ) (?P<value> [0-9][0-9,]* (?: \.[0-9]+ )? | \.[0-9]+ )
            (?: \s? , \s? (?: d | g | f | r | φ | V | MSE | SE | (?: partial \s )? [ηωε] p? (?: ² | 2 | \^2 ) p? | Cohen.s \s [df] )
                \s? = \s? [-−]? [0-9]* \.? [0-9]+ ){0,3}
            \s? [,(] \s?
            (?: (?P<none> n\.s\. | ns \b | n\.s \b )
              | [pP] \s? (?P<sign> [<>=] ) \s? (?P<p> [01]? \.[0-9]+ (?: [eE] -? [0-9]+ )? ) )
        )",
    )
    .expect("the pattern is a constant that the tests compile")
});

/// Reads the claims of kind Statistic.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let first = out.len();
    for view in context.views() {
        if view.block.kind == BlockKind::Contents || !view.text.contains(['=', '<', '>']) {
            continue;
        }
        for captures in RESULT.captures_iter(view.text) {
            out.extend(read(&view, &captures));
        }
    }
    if out.len() > first && is_one_tailed(context) {
        for claim in &mut out[first..] {
            if let Value::Statistic(result) = &mut claim.value {
                result.one_tailed = true;
            }
        }
    }
}

/// Whether the document speaks of one-tailed tests, wherever that is: which of them are, only a reader can tell.
fn is_one_tailed(context: &Context<'_>) -> bool {
    context.views().any(|view| {
        (0..view.layer.tokens.len())
            .any(|at| phrase_at(context.lexicon, "statistics.one-tailed", view.text, &view.layer.tokens, at).is_some())
    })
}

/// One result of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statistic {
    /// The figures.
    pub reported: Reported,
    /// The test, its degrees of freedom and its statistic: `t(28) = 2.20`.
    pub statistic: Member,
    /// The p-value: `p = .036`, `ns`.
    pub p: Member,
    /// Whether the document speaks of one-tailed tests.
    pub one_tailed: bool,
}

fn read(view: &BlockView<'_>, captures: &Captures<'_>) -> Option<Claim> {
    let all = captures.name("all")?;
    let number = |text: &str| text.replace(',', "").parse::<Decimal>().ok();
    let test = match captures.name("test").map(|m| m.as_str()) {
        None => Test::Z,
        Some("t") => Test::T,
        Some("F") => Test::F,
        Some("r") => Test::R,
        Some(name) if name.starts_with('Q') => Test::Q,
        Some(_) => Test::ChiSquare,
    };
    let mut degrees = Vec::new();
    if let Some(first) = captures.name("first") {
        // Scanned pages give a letter for the figure 1, most often before the comma of an F-test.
        let first = if matches!(first.as_str(), "l" | "I") { "1" } else { first.as_str() };
        degrees.push(number(first)?);
    }
    if let Some(second) = captures.name("second") {
        degrees.push(number(second.as_str())?);
    }
    if degrees.len() != test.degrees()
        || degrees.iter().any(|d| *d <= Decimal::ZERO)
        || captures.name("n").is_some() && test != Test::ChiSquare
    {
        return None;
    }
    let mut value = number(captures.name("value")?.as_str())?;
    if captures.name("minus").is_some_and(|m| !m.is_empty()) {
        value.set_sign_negative(true);
    }
    let statistic = Printed { comparison: comparison(captures.name("comparison")?.as_str()), value };
    let (p, p_at) = match (captures.name("p"), captures.name("sign"), captures.name("none")) {
        (Some(p), Some(sign), _) => {
            let text = p.as_str();
            let value = if text.contains(['e', 'E']) {
                Decimal::from_scientific(&format!("0{text}").to_ascii_lowercase()).ok()?
            } else {
                text.parse().ok()?
            };
            if value > Decimal::ONE {
                return None;
            }
            let start = view.text[..sign.start()].rfind(['p', 'P'])?;
            (Some(Printed { comparison: comparison(sign.as_str()), value }), start..p.end())
        }
        (_, _, Some(none)) => (None, none.range()),
        _ => return None,
    };
    let reported = Reported { test, degrees, statistic, p };
    // Not a result of this test at all: a correlation beyond 1, a negative F.
    reported.recompute(false)?;
    let member = |bytes: Range<usize>| Member {
        text: CompactString::from(&view.text[bytes.clone()]),
        at: view.block.text.span(bytes),
    };
    let tokens = view.layer.tokens.partition_point(|t| (t.end as usize) <= all.start())
        ..view.layer.tokens.partition_point(|t| (t.start as usize) < all.end());
    let value = Value::Statistic(Box::new(Statistic {
        reported,
        statistic: member(all.start()..captures.name("value")?.end()),
        p: member(p_at),
        one_tailed: false,
    }));
    let mut claim = view.claim(ClaimKind::Statistic, "statistic", tokens, value);
    let whole = member(all.start()..all.end());
    (claim.at, claim.text) = (whole.at, whole.text);
    Some(claim)
}

fn comparison(sign: &str) -> Comparison {
    match sign {
        "<" => Comparison::Less,
        ">" => Comparison::Greater,
        _ => Comparison::Equal,
    }
}

#[cfg(test)]
mod tests {
    use super::RESULT;

    fn count(text: &str) -> usize {
        RESULT.captures_iter(text).count()
    }

    #[test]
    fn reads_every_test() {
        for text in [
            "t(28) = 2.20, p = .03",
            " t ( 28.1 ) = -2.20 , p < .03",
            "F(2, 1,028) = 2.20, MSE = 0.31, p = .5e-3",
            "F(l, 76) = 23.95, p <.001",
            "(r(28)=.20,p=.03)",
            "Q-within(2) = 2.20, ns",
            "chi2(1, N = 11,455) = 16.78, p <.001",
            "χ²(1) = 1.12 (P = 0.012)",
            "X2(28) = 2.20, n.s.",
            "and z = 2.20, d = 0.4, p = .03",
        ] {
            assert_eq!(count(text), 1, "{text}");
        }
    }

    #[test]
    fn ignores_what_only_looks_like_one() {
        for text in [
            "t(28) = 2.20; p = .03",
            "t[28] = 2.20, p = .03",
            "T(28) = 2.20, p = .03",
            "t(38) >= 2.25, p = .03",
            "t(38) = 2.25, p >= .03",
            "Qs(2) = 2.2, p = .03",
            "z(28) = 2.20, p = .03",
            "xyz = 2.20, p = .03",
            "W(3) = 2.20, p = .03",
        ] {
            assert_eq!(count(text), 0, "{text}");
        }
    }
}
