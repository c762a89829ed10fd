//! Numbers in words: cardinals, ordinals, fractions, decimals.

use super::Reader;
use super::cardinal::{Found, cardinal, fraction, spoken_decimals};
use crate::annotate::TokenKind;
use crate::lexicon::{NumberRole, NumberWord, Pos, lower};
use crate::value::Decimal;
use compact_str::CompactString;

/// A number written in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Words {
    /// Its value; the rank of an ordinal.
    pub(super) value: Decimal,
    /// Worth of the last place spoken: 1,000,000 for "two million", 1 for "two hundred".
    pub(super) step: Decimal,
    /// What it is.
    pub(super) form: Form,
    /// Begins with "a" or "an": "a hundred", "a dozen".
    pub(super) article: bool,
    /// One past its last token.
    pub(super) end: usize,
    /// What is joined to its last token by a hyphen: `mile` in "six-mile"; may be empty.
    pub(super) rest: CompactString,
    /// Read out with zeros in front, as codes are: "zero zero five".
    pub(super) code: bool,
}

/// What a number in words is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// How many.
    Cardinal,
    /// Which one.
    Ordinal,
    /// A part of a whole: "two thirds", "half".
    Fraction,
}

/// One word of a number; a hyphenated token has several.
pub(super) struct Part {
    /// The token it stands in.
    pub(super) token: usize,
    /// Lower case.
    pub(super) text: CompactString,
    /// What it says, if it is a number word.
    number: Option<NumberWord>,
    /// Byte offset in its token just after it.
    end: usize,
    /// Whether it is the last of its token.
    pub(super) last: bool,
}

impl Part {
    pub(super) fn role(&self) -> Option<NumberRole> {
        self.number.map(|n| n.role).filter(|r| !matches!(r, NumberRole::Month | NumberRole::Weekday))
    }

    pub(super) fn value(&self) -> Decimal {
        self.number.map_or(Decimal::ZERO, |n| n.value)
    }

    pub(super) fn is_article(&self) -> bool {
        self.text == "a" || self.text == "an"
    }

    /// hundred, thousand, million, dozen
    pub(super) fn multiplies(&self) -> bool {
        matches!(self.role(), Some(NumberRole::Hundred | NumberRole::Scale | NumberRole::Group))
    }

    /// "hundreds", "thousands", "dozens": many of them when no number stands before.
    pub(super) fn is_plural(&self) -> bool {
        self.text.ends_with('s')
    }
}

/// No number in words is longer.
const LONGEST: usize = 40;

/// Reads the number in words that begins at a token.
pub(super) fn words(reader: &Reader<'_>, at: usize) -> Option<Words> {
    let parts = parts(reader, at);
    let first = parts.first()?;
    let zeros = leading_zeros(&parts);
    let (number, k) = if first.is_article() {
        after_article(&parts)?
    } else if zeros > 0 {
        code(&parts, zeros)
    } else {
        plain(reader, &parts, at)?
    };
    let last = &parts[k - 1];
    let rest: CompactString = if last.last {
        CompactString::default()
    } else {
        let wording = reader.word(last.token);
        lower(wording.get(last.end..)?.trim_start_matches(['-', '\u{2010}', '\u{2011}']))
    };
    Some(Words {
        value: number.value,
        step: number.step,
        form: number.form,
        article: first.is_article(),
        end: last.token + 1,
        rest,
        code: zeros > 0,
    })
}

/// How many zeros stand before another number word: codes and telephone numbers are read out so.
fn leading_zeros(parts: &[Part]) -> usize {
    let is_zero = |p: &&Part| p.role() == Some(NumberRole::Unit) && p.value().is_zero();
    let zeros = parts.iter().take_while(is_zero).count();
    let goes_on = |p: &Part| matches!(p.role(), Some(NumberRole::Unit | NumberRole::Ten | NumberRole::Hundred));
    if zeros > 1 || zeros == 1 && parts.get(1).is_some_and(goes_on) { zeros } else { 0 }
}

/// "zero zero five": the number behind the zeros, nothing when there is none.
fn code(parts: &[Part], zeros: usize) -> (Found, usize) {
    let nothing = Found { value: Decimal::ZERO, step: Decimal::ONE, form: Form::Cardinal };
    cardinal(parts, zeros).filter(|(n, _)| n.form == Form::Cardinal).unwrap_or((nothing, zeros))
}

/// "a hundred", "a dozen", "a third", "a quarter of a million".
fn after_article(parts: &[Part]) -> Option<(Found, usize)> {
    let (first, next) = (&parts[0], parts.get(1)?);
    if !first.last {
        return None;
    }
    match next.role()? {
        NumberRole::Hundred | NumberRole::Scale | NumberRole::Group if !next.is_plural() => mixed(parts, 1),
        NumberRole::Fraction if next.text == "half" => half_of_scale(parts, 1).or_else(|| {
            // "a half million"
            of_scale(parts, 2, Decimal::ONE, Decimal::TWO).or_else(|| fraction(Decimal::ONE, Decimal::TWO, 2))
        }),
        NumberRole::Fraction if next.value() > Decimal::ONE && !next.is_plural() => {
            of_scale(parts, 2, Decimal::ONE, next.value()).or_else(|| fraction(Decimal::ONE, next.value(), 2))
        }
        NumberRole::Ordinal if next.value() > Decimal::TWO => {
            of_scale(parts, 2, Decimal::ONE, next.value()).or_else(|| fraction(Decimal::ONE, next.value(), 2))
        }
        _ => None,
    }
}

/// A number that begins with a number word.
fn plain(reader: &Reader<'_>, parts: &[Part], at: usize) -> Option<(Found, usize)> {
    let first = &parts[0];
    match first.role()? {
        NumberRole::Fraction if first.text == "half" => half_of_scale(parts, 0)
            .or_else(|| of_scale(parts, 1, Decimal::ONE, Decimal::TWO))
            .or_else(|| fraction(Decimal::ONE, Decimal::TWO, 1)),
        // "quarter million", "quarter of a million"; a quarter alone is a time or a place.
        NumberRole::Fraction if !first.is_plural() => of_scale(parts, 1, Decimal::ONE, first.value()),
        NumberRole::Ordinal => Some((Found { value: first.value(), step: Decimal::ONE, form: Form::Ordinal }, 1)),
        NumberRole::Unit | NumberRole::Ten => mixed(parts, 0),
        NumberRole::Hundred | NumberRole::Scale if !first.is_plural() && opens(reader, parts, at) => mixed(parts, 0),
        _ => None,
    }
}

/// Whether "hundred" or "thousand" without a number before it is one: "hundred fifteen", not "several hundred",
/// "the thousand", "per thousand".
fn opens(reader: &Reader<'_>, parts: &[Part], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    let goes_on = parts.get(1).is_some_and(|p| p.role().is_some() || p.text == "and" && parts.len() > 2);
    let word = reader.word(before);
    if reader.is_kind(before, TokenKind::Number) || matches!(word, "per" | "of" | "a" | "few" | "several" | "many") {
        return false;
    }
    let pos = reader.pos(before);
    if reader.is_kind(before, TokenKind::Sign) {
        // "$" and "€" ask for digits; after a hyphen stands the second half of a word.
        return goes_on && !reader.glued(at) || matches!(word, "." | "(" | "“" | "\"" | "‘" | ":" | ";");
    }
    pos.any(Pos::PREPOSITION) && !pos.any(Pos::DETERMINER.and(Pos::NUMBER))
        || matches!(word, "minus" | "negative" | "Minus" | "Negative")
        || goes_on && pos.any(Pos::CONJUNCTION.and(Pos::VERB).and(Pos::AUXILIARY))
}

/// A cardinal with what may follow it: decimals, a fraction, a scale for both.
fn mixed(parts: &[Part], from: usize) -> Option<(Found, usize)> {
    let (mut number, mut k) = cardinal(parts, from)?;
    match number.form {
        Form::Ordinal => return Some((number, k)),
        Form::Fraction => {
            // "two thirds of a million", "three quarters million"
            let scaled = of_scale(parts, k, number.value, Decimal::ONE);
            return Some(scaled.unwrap_or((number, k)));
        }
        Form::Cardinal => {}
    }
    if let Some((decimals, places, next)) = spoken_decimals(parts, k) {
        number.value = number.value.checked_add(decimals)?;
        number.step = Decimal::new(1, places);
        k = scales(parts, next, &mut number)?;
    } else if let Some((part, below, next)) = and_fraction(parts, k) {
        let scale = last_scale(parts, from, k);
        if parts.get(next).is_some_and(|p| p.role() == Some(NumberRole::Scale)) && scale > Decimal::ONE {
            // "one billion and a half million"
            let small = parts[next].value();
            number.value = number.value.checked_add(part.checked_mul(small)?)?;
            number.step = small.checked_div(below)?;
            k = next + 1;
        } else {
            // "two and a half million", "one million and a half", "three and three quarters"
            number.value = number.value.checked_add(part.checked_mul(scale)?)?;
            number.step = if below == Decimal::TWO { Decimal::new(1, 1) } else { Decimal::ONE.checked_div(below)? };
            number.step = number.step.checked_mul(scale)?;
            k = scales(parts, next, &mut number)?;
        }
    }
    Some((number, k))
}

/// Scale words for the whole number at `k`; one past them.
fn scales(parts: &[Part], mut k: usize, number: &mut Found) -> Option<usize> {
    while let Some(part) = parts.get(k)
        && part.multiplies()
    {
        number.value = number.value.checked_mul(part.value())?;
        number.step = number.step.checked_mul(part.value())?;
        k += 1;
    }
    Some(k)
}

/// The worth of the scale word that a number ends in, one when it ends in another: 1,000,000 for "two million".
fn last_scale(parts: &[Part], from: usize, k: usize) -> Decimal {
    let last = k.checked_sub(1).filter(|&i| i >= from).map(|i| &parts[i]);
    last.filter(|p| p.role() == Some(NumberRole::Scale)).map_or(Decimal::ONE, Part::value)
}

/// "half a million", "half a dozen", "half a hundred"; `k` is at "half".
fn half_of_scale(parts: &[Part], k: usize) -> Option<(Found, usize)> {
    let next = parts.get(k + 1)?;
    let at = if next.is_article() { k + 2 } else { k + 1 };
    let scale = parts.get(at).filter(|p| p.multiplies() && !p.is_plural())?;
    let value = scale.value().checked_div(Decimal::TWO)?;
    Some((Found { value, step: value, form: Form::Cardinal }, at + 1))
}

/// "(a quarter) of a million", "(quarter) million"; `k` is behind the fraction.
fn of_scale(parts: &[Part], k: usize, above: Decimal, below: Decimal) -> Option<(Found, usize)> {
    let of = parts.get(k).is_some_and(|p| p.text == "of") && parts.get(k + 1).is_some_and(Part::is_article);
    let at = if of { k + 2 } else { k };
    let scale = parts.get(at).filter(|p| p.role() == Some(NumberRole::Scale) && !p.is_plural())?;
    let value = scale.value().checked_mul(above)?.checked_div(below)?;
    let step = if below > Decimal::ONE { value } else { scale.value().checked_div(Decimal::TEN)? };
    Some((Found { value, step, form: Form::Cardinal }, at + 1))
}

/// "and a half", "and three quarters" at `k`: what it is worth, its denominator, one past it.
fn and_fraction(parts: &[Part], k: usize) -> Option<(Decimal, Decimal, usize)> {
    parts.get(k).filter(|p| p.text == "and" && p.number.is_none())?;
    let head = parts.get(k + 1)?;
    if head.is_article() {
        let tail = parts.get(k + 2)?;
        let below = match tail.role()? {
            NumberRole::Fraction if !tail.is_plural() => tail.value(),
            NumberRole::Ordinal if tail.value() > Decimal::TWO && tail.last => tail.value(),
            _ => return None,
        };
        return Some((Decimal::ONE.checked_div(below)?, below, k + 3));
    }
    head.role().filter(|r| matches!(r, NumberRole::Unit | NumberRole::Ten))?;
    let (part, next) = cardinal(parts, k + 1).filter(|(f, _)| f.form == Form::Fraction)?;
    let below = Decimal::ONE.checked_div(part.step)?.round();
    (part.value < Decimal::ONE).then_some((part.value, below, next))
}

/// The part that "and a half", "and three quarters" at a token adds, below one, and one past its last token.
pub(super) fn half_after(reader: &Reader<'_>, at: usize) -> Option<(Decimal, usize)> {
    if reader.word(at) != "and" {
        return None;
    }
    let parts = parts(reader, at);
    let (part, _, next) = and_fraction(&parts, 0)?;
    let last = parts.get(next - 1).filter(|p| p.last)?;
    Some((part, last.token + 1))
}

/// The words that can belong to a number, from token `at`, up to the first that cannot.
fn parts(reader: &Reader<'_>, at: usize) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::with_capacity(6);
    let mut token = at;
    while out.len() < LONGEST
        && let Some(t) = reader.tokens.get(token)
    {
        let wording = t.text(reader.text);
        if t.kind != TokenKind::Word {
            // "two hundred & forty"
            if wording == "&" && out.last().is_some_and(Part::multiplies) {
                out.push(Part { token, text: "and".into(), number: None, end: 1, last: true });
                token += 1;
                continue;
            }
            // "three million, two hundred and forty"
            if wording == "," && goes_on_below(reader, &out, token) {
                token += 1;
                continue;
            }
            break;
        }
        let whole = lower(wording);
        let mut open = true;
        let mut start = 0;
        while open && start <= wording.len() {
            let rest = &wording[start..];
            let hyphen = rest.char_indices().find(|&(_, c)| matches!(c, '-' | '\u{2010}' | '\u{2011}'));
            let (end, next) =
                hyphen.map_or((wording.len(), wording.len() + 1), |(i, c)| (start + i, start + i + c.len_utf8()));
            let text = if hyphen.is_none() && start == 0 { whole.clone() } else { lower(&wording[start..end]) };
            let number = reader.lexicon.numbers.get(&text).copied().or_else(|| plural_ordinal(reader, &text));
            // "a quarter of a million", "five point two"
            let of = text == "of"
                && matches!(out.last().and_then(Part::role), Some(NumberRole::Fraction | NumberRole::Ordinal));
            let point = text == "point" && !out.is_empty() && hyphen.is_none() && start == 0;
            if number.is_none() && !of && !point && !matches!(text.as_str(), "and" | "a" | "an") {
                open = false;
                break;
            }
            out.push(Part { token, text, number, end, last: hyphen.is_none() });
            start = next;
        }
        if !open {
            break;
        }
        token += 1;
    }
    out
}

/// Whether behind a comma at a token a number goes on with hundreds or a smaller scale than its last.
fn goes_on_below(reader: &Reader<'_>, parts: &[Part], comma: usize) -> bool {
    let Some(last) = parts.last().filter(|p| p.role() == Some(NumberRole::Scale) && !p.is_plural()) else {
        return false;
    };
    let number = |at: usize| reader.lexicon.numbers.get(&lower(reader.word(at)));
    let counts = number(comma + 1).is_some_and(|n| matches!(n.role, NumberRole::Unit | NumberRole::Ten));
    let scale = (comma + 2..comma + 4).find_map(|at| {
        number(at).filter(|n| matches!(n.role, NumberRole::Hundred | NumberRole::Scale)).map(|n| n.value)
    });
    counts && scale.is_some_and(|scale| scale < last.value())
}

/// "fifths", "hundredths", "twenty-firsts": the plural of an ordinal is a denominator.
fn plural_ordinal(reader: &Reader<'_>, text: &str) -> Option<NumberWord> {
    let stem = text.strip_suffix('s').filter(|s| s.len() > 3)?;
    let ordinal = reader.lexicon.numbers.get(stem).filter(|n| n.role == NumberRole::Ordinal)?;
    (ordinal.value != Decimal::TWO).then_some(NumberWord { role: NumberRole::Fraction, value: ordinal.value })
}
