//! Claims that a rule reads with a pattern of its own.

use super::{BlockView, Claim, ClaimKind, Context, Value};
use crate::document::{BlockKind, Style};
use crate::span::Span;
use crate::value::Quantity;
use compact_str::CompactString;
use regex::Regex;
use std::ops::Range;

/// What a pattern captures as the value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wanted {
    /// A number in digits or words, with its unit.
    Number,
    /// A date.
    Date,
    /// A number or a date where one stands there, the wording otherwise.
    #[default]
    Any,
    /// The wording, letter case and white space folded.
    Text,
}

/// A pattern that reads claims for one rule.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The rule that the claims are for.
    pub rule: CompactString,
    /// What the claims are about; `{name}` stands for what the group of that name captured.
    pub subject: String,
    /// The pattern, with a group `value`. It is matched within blocks.
    pub regex: Regex,
    /// What the group holds.
    pub wanted: Wanted,
    /// Whether code and addresses are left out.
    pub prose: bool,
}

/// What such a claim says of its subject.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stated {
    /// The rule that read it.
    pub rule: CompactString,
    /// What it is about.
    pub subject: CompactString,
    /// The value.
    pub content: StatedValue,
}

/// A value as a pattern captured it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StatedValue {
    /// A number with unit and hedge.
    Number(Quantity),
    /// A date in the order of ISO 8601, as far as it is known.
    Date(CompactString),
    /// Words, lower case, white space folded.
    Text(CompactString),
}

/// Reads the claims of a rule's own patterns.
pub fn extract_own(context: &Context<'_>, patterns: &[Pattern], out: &mut Vec<Claim>) {
    if patterns.is_empty() {
        return;
    }
    for i in 0..context.document.blocks.len() as u32 {
        let view = context.view(crate::document::BlockId(i));
        for pattern in patterns {
            if pattern.prose && view.block.kind == BlockKind::Code {
                continue;
            }
            for captures in pattern.regex.captures_iter(view.text) {
                let Some(value) = captures.name("value") else { continue };
                let styled = |style| view.block.text.has_style(value.range(), style);
                if pattern.prose && (styled(Style::Code) || styled(Style::Address)) {
                    continue;
                }
                let Some((bytes, content)) = content(&view, value.range(), pattern.wanted) else { continue };
                let mut subject = pattern.subject.clone();
                for name in pattern.regex.capture_names().flatten() {
                    let words = captures.name(name).map_or("", |m| m.as_str());
                    subject = subject.replace(&format!("{{{name}}}"), &folded(words));
                }
                let stated = Stated { rule: pattern.rule.clone(), subject: subject.into(), content };
                out.push(claim(&view, captures.get(0).map_or(bytes.clone(), |m| m.range()), bytes, stated));
            }
        }
    }
}

/// What stands at the bytes, and its own place when it is a number or a date.
fn content(view: &BlockView<'_>, bytes: Range<usize>, wanted: Wanted) -> Option<(Range<usize>, StatedValue)> {
    let overlaps = |tokens: &Range<usize>| {
        let own = view.layer.bytes(tokens.clone());
        own.start < bytes.end && bytes.start < own.end
    };
    if matches!(wanted, Wanted::Date | Wanted::Any)
        && let Some(date) = view.layer.dates.iter().find(|d| overlaps(&d.tokens))
        && (wanted == Wanted::Date || date.date.from.month.is_some())
    {
        let part = |n: Option<i16>| n.map_or(String::new(), |n| format!("{n:02}"));
        let from = date.date.from;
        let text = [part(from.year), part(from.month.map(i16::from)), part(from.day.map(i16::from))].join("-");
        return Some((view.layer.bytes(date.tokens.clone()), StatedValue::Date(text.trim_matches('-').into())));
    }
    if matches!(wanted, Wanted::Number | Wanted::Any)
        && let Some(number) = view.layer.quantities.iter().find(|q| overlaps(&q.tokens))
        && !is_version(&view.text[bytes.clone()])
    {
        return Some((view.layer.bytes(number.tokens.clone()), StatedValue::Number(number.quantity.clone())));
    }
    let text = StatedValue::Text(folded(&view.text[bytes.clone()]).into());
    match wanted {
        Wanted::Any | Wanted::Text => Some((bytes, text)),
        // A port or a version is a name to the reader of numbers, and a number to the pattern.
        Wanted::Number => {
            let digits = view.text[bytes.clone()].replace(',', "");
            let value = digits.trim().parse::<crate::value::Decimal>().ok()?;
            let step = crate::value::Decimal::new(1, value.scale());
            let amount = crate::value::Amount::exact(value, step);
            let unit = crate::value::Unit::count();
            Some((bytes, StatedValue::Number(Quantity { amount, hedge: crate::value::Hedge::None, unit })))
        }
        Wanted::Date => None,
    }
}

/// "1.74.0", "v2": compared as words.
fn is_version(text: &str) -> bool {
    text.matches('.').count() > 1 || text.starts_with(['v', 'V'])
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn claim(view: &BlockView<'_>, whole: Range<usize>, at: Range<usize>, stated: Stated) -> Claim {
    let tokens = view.layer.tokens.partition_point(|t| (t.end as usize) <= at.start)
        ..view.layer.tokens.partition_point(|t| (t.start as usize) < at.end);
    let sentence = if tokens.is_empty() { None } else { Some(view.within(tokens.start)) };
    let span = |bytes: Range<usize>| -> Span { view.block.text.span(bytes) };
    let mut claim = view.claim(ClaimKind::Stated, "own", tokens, Value::Stated(Box::new(stated)));
    claim.at = span(at.clone());
    claim.text = view.text[at].into();
    // A code block has no sentences; what the pattern matched is shown then.
    claim.within = sentence.unwrap_or_else(|| span(whole));
    claim
}
