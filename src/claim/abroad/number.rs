//! The numbers of documents in other languages, read without their words: "486.230", "2 150", "7,9 Prozent",
//! "140,8 millions".
//!
//! Nothing is known of what is counted; a release that tells the same in two languages has the same numbers in both.

use super::month;
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::claim::axes::Origin;
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::Style;
use crate::lexicon::lower;
use crate::value::{Amount, Decimal, Hedge, Quantity, Unit};
use compact_str::CompactString;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Digits with the signs that part their groups: a point, a comma, an apostrophe, a space of any width.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[0-9]{1,3}(?:[ \x{a0}\x{202f}\x{2009}][0-9]{3})+(?:[.,][0-9]+)?|[0-9]+(?:[.,'’][0-9]+)*").ok()
});

/// The sets of the words for small numbers; one has too many other meanings.
const WORDS: [(&str, i64); 24] = [
    ("abroad.number.02", 2),
    ("abroad.number.03", 3),
    ("abroad.number.04", 4),
    ("abroad.number.05", 5),
    ("abroad.number.06", 6),
    ("abroad.number.07", 7),
    ("abroad.number.08", 8),
    ("abroad.number.09", 9),
    ("abroad.number.10", 10),
    ("abroad.number.11", 11),
    ("abroad.number.12", 12),
    ("abroad.number.13", 13),
    ("abroad.number.14", 14),
    ("abroad.number.15", 15),
    ("abroad.number.16", 16),
    ("abroad.number.17", 17),
    ("abroad.number.18", 18),
    ("abroad.number.19", 19),
    ("abroad.number.20", 20),
    ("abroad.number.30", 30),
    ("abroad.number.40", 40),
    ("abroad.number.50", 50),
    ("abroad.number.60", 60),
    ("abroad.number.100", 100),
];

/// The sets of the words that multiply the number before them.
const SCALES: [(&str, i64); 3] =
    [("abroad.thousand", 1_000), ("abroad.million", 1_000_000), ("abroad.milliard", 1_000_000_000)];

/// Letters of a word from which on one with a capital is taken for a name.
const NAME: usize = 4;

/// Adds the numbers of a document that is in another language.
pub(super) fn extract(context: &Context<'_>, views: &[BlockView<'_>], out: &mut Vec<Claim>) {
    let point = has_point(views);
    for view in views {
        let first = out.len();
        for written in numbers(view, point) {
            out.extend(figure(context, view, &written));
        }
        out.extend((0..view.layer.tokens.len()).filter_map(|at| in_words(context, view, at)));
        out[first..].sort_by_key(|c| c.at);
    }
}

/// A number as it stands in a block.
struct Written {
    bytes: Range<usize>,
    value: Decimal,
    step: Decimal,
}

/// Whether the decimals of a document stand behind a point: more of its numbers than have a comma where no group of three
/// digits follows.
fn has_point(views: &[BlockView<'_>]) -> bool {
    let Some(pattern) = NUMBER.as_ref() else { return false };
    let (mut points, mut commas) = (0_u32, 0_u32);
    for found in views.iter().flat_map(|v| pattern.find_iter(v.text)) {
        let behind = |sign: char| found.as_str().rsplit_once(sign).is_some_and(|(_, rest)| rest.len() != 3);
        points += u32::from(behind('.'));
        commas += u32::from(behind(','));
    }
    points > commas
}

/// The numbers in digits of a block, without those that hang on letters or other signs.
fn numbers(view: &BlockView<'_>, point: bool) -> Vec<Written> {
    let Some(pattern) = NUMBER.as_ref() else { return Vec::new() };
    let text = view.text;
    let mut out = Vec::new();
    for found in pattern.find_iter(text) {
        let bytes = found.range();
        let before = text[..bytes.start].chars().next_back();
        let mut behind = text[bytes.end..].chars();
        let (next, second) = (behind.next(), behind.next());
        let hangs = before.is_some_and(|c| c.is_alphanumeric() || "-–/:#§_.".contains(c))
            || next.is_some_and(|c| c.is_alphabetic() || matches!(c, '/' | ':' | '_' | 'º' | 'ª' | '°'))
            || matches!((next, second), (Some('-' | '–'), Some(c)) if c.is_ascii_digit());
        let styled = [Style::Code, Style::Address, Style::Struck]
            .iter()
            .any(|&style| view.block.text.has_style(bytes.clone(), style));
        if let Some((value, step)) = read(found.as_str(), point).filter(|_| !hangs && !styled) {
            out.push(Written { bytes, value, step });
        }
    }
    out
}

/// A number as it is written where decimals stand behind a comma, or behind a point, with the worth of its last place.
fn read(written: &str, point: bool) -> Option<(Decimal, Decimal)> {
    let written: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let signs: Vec<char> = written.chars().filter(|c| !c.is_ascii_digit()).collect();
    let groups: Vec<&str> = written.split(|c: char| !c.is_ascii_digit()).collect();
    let of_three = |groups: &[&str]| groups.iter().skip(1).all(|g| g.len() == 3) && groups[0].len() <= 3;
    let last = *signs.last().unwrap_or(&' ');
    let decimal = if point { '.' } else { ',' };
    let parted = match signs.len() {
        0 => false,
        1 => last == decimal || !of_three(&groups) && matches!(last, '.' | ','),
        _ => matches!(last, '.' | ',') && !signs[..signs.len() - 1].contains(&last),
    };
    let whole = if parted { &groups[..groups.len() - 1] } else { &groups[..] };
    if !of_three(whole) && whole.len() > 1 || whole.len() > 1 && whole[0].starts_with('0') {
        return None;
    }
    let digits = if parted { format!("{}.{}", whole.concat(), groups.last()?) } else { whole.concat() };
    let value: Decimal = digits.parse().ok()?;
    let step = Decimal::new(1, value.scale());
    Some((value, step))
}

fn figure(context: &Context<'_>, view: &BlockView<'_>, written: &Written) -> Option<Claim> {
    let tokens = &view.layer.tokens;
    let start = tokens.partition_point(|t| t.end as usize <= written.bytes.start);
    let end = tokens.partition_point(|t| (t.start as usize) < written.bytes.end);
    let before = start.checked_sub(1).map(|i| lower(view.word(i)));
    let is = |set: &str, word: &str| context.lexicon.is_in(set, word);
    let label = before.as_deref().is_some_and(|w| is("abroad.label", w))
        || start > 1
            && matches!(view.word(start - 1), "." | "°" | "º")
            && is("abroad.label", &lower(view.word(start - 2)));
    // "am 12. Mai 2024", "9 de junio de 2024", "2024": days and years are read as dates.
    let year = written.value.scale() == 0
        && (1_900..=2_100).contains(&i64::try_from(written.value).unwrap_or(0))
        && written.bytes.len() == 4;
    let is_month = |i: usize| month(context.lexicon, &lower(view.word(i))).is_some();
    // "del 2 al 13 de octubre": the first day of a stretch has its month behind the last.
    let stop =
        |from: usize| (from..tokens.len().min(from + 4)).find(|&i| tokens[i].kind == TokenKind::Number || is_month(i));
    let next = stop(end);
    let joined = next.filter(|&i| i > end && !is_month(i) && is("abroad.joins", &lower(view.word(i - 1))));
    let day = next.is_some_and(is_month) || joined.and_then(|i| stop(i + 1)).is_some_and(is_month);
    if label || year || day || start >= end {
        return None;
    }
    let mut amount = Amount::exact(written.value, written.step);
    let mut at = end;
    while let Some((_, times)) = SCALES.iter().find(|(set, _)| at < tokens.len() && is(set, &lower(view.word(at)))) {
        let times = Decimal::from(*times);
        amount = Amount::exact(amount.low.checked_mul(times)?, amount.step.checked_mul(times)?);
        at += 1;
    }
    let percent =
        matches!(view.word(at), "%") || phrase_at(context.lexicon, "abroad.percent", view.text, tokens, at).is_some();
    let hedged = (start.saturating_sub(2)..start).any(|i| is("abroad.about", &lower(view.word(i))));
    let hedge = if hedged { Hedge::About } else { Hedge::None };
    let unit = if percent { Unit::percent() } else { Unit::count() };
    Some(claim(view, start..end, Quantity { amount, hedge, unit }))
}

/// "six tronçons", "Sieben Gemeinden": a small number in words.
fn in_words(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> Option<Claim> {
    let token = &view.layer.tokens[at];
    if token.kind != TokenKind::Word {
        return None;
    }
    // "7,1 por cento": the hundred of "per cent".
    let percent = |from| phrase_at(context.lexicon, "abroad.percent", view.text, &view.layer.tokens, from);
    if at.checked_sub(1).and_then(percent).is_some() {
        return None;
    }
    let word = lower(view.word(at));
    let (_, value) = WORDS.iter().find(|(set, _)| context.lexicon.is_in(set, &word))?;
    let amount = Amount { words: true, ..Amount::exact(Decimal::from(*value), Decimal::ONE) };
    Some(claim(view, at..at + 1, Quantity { amount, hedge: Hedge::None, unit: Unit::count() }))
}

fn claim(view: &BlockView<'_>, tokens: Range<usize>, quantity: Quantity) -> Claim {
    let sentence = view.layer.sentence_of(tokens.start);
    let mut claim = view.claim(ClaimKind::Quantity, "abroad", tokens, Value::Quantity(quantity));
    for i in sentence {
        let (token, word) = (&view.layer.tokens[i], view.word(i));
        let year =
            word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && matches!(&word[..2], "18" | "19" | "20");
        let list = if year {
            &mut claim.scope.times
        } else if token.kind == TokenKind::Word && word.chars().count() >= NAME {
            if token.case == Case::Lower { &mut claim.subject.modifiers } else { &mut claim.subject.entities }
        } else {
            continue;
        };
        let word: CompactString = lower(word);
        if !list.contains(&word) {
            list.push(word);
        }
    }
    claim.origin = Origin::Abroad;
    claim
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_numbers_as_other_languages_write_them() {
        let value = |text: &str, point: bool| read(text, point).map(|(value, step)| format!("{value} {step}"));
        assert_eq!(value("486.230", false).as_deref(), Some("486230 1"));
        assert_eq!(value("7,9", false).as_deref(), Some("7.9 0.1"));
        assert_eq!(value("2\u{202f}150", false).as_deref(), Some("2150 1"));
        assert_eq!(value("1.234,56", false).as_deref(), Some("1234.56 0.01"));
        assert_eq!(value("1’240", false).as_deref(), Some("1240 1"));
        assert_eq!(value("1,240", true).as_deref(), Some("1240 1"));
        assert_eq!(value("1,240", false).as_deref(), Some("1.240 0.001"));
        assert_eq!(value("12.05.2024", false), None);
        assert_eq!(value("5340", false).as_deref(), Some("5340 1"));
    }
}
