//! Numbers in words: cardinals, ordinals, fractions.

use super::Reader;
use crate::annotate::TokenKind;
use crate::lexicon::{NumberRole, NumberWord, lower};
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
struct Part {
    /// The token it stands in.
    token: usize,
    /// Lower case.
    text: CompactString,
    /// What it says, if it is a number word.
    number: Option<NumberWord>,
    /// Byte offset in its token just after it.
    end: usize,
    /// Whether it is the last of its token.
    last: bool,
}

impl Part {
    fn role(&self) -> Option<NumberRole> {
        self.number.map(|n| n.role).filter(|r| !matches!(r, NumberRole::Month | NumberRole::Weekday))
    }

    fn value(&self) -> Decimal {
        self.number.map_or(Decimal::ZERO, |n| n.value)
    }

    fn is_article(&self) -> bool {
        self.text == "a" || self.text == "an"
    }
}

/// No number in words is longer.
const LONGEST: usize = 20;

/// Reads the number in words that begins at a token.
pub(super) fn words(reader: &Reader<'_>, at: usize) -> Option<Words> {
    let parts = parts(reader, at);
    let first = parts.first()?;
    let (mut number, mut k) = if first.is_article() {
        let next = parts.get(1)?;
        let fits = match next.role()? {
            NumberRole::Hundred | NumberRole::Scale | NumberRole::Group => true,
            NumberRole::Fraction => next.value() > Decimal::ONE && next.text != "halves",
            NumberRole::Ordinal => next.value() > Decimal::TWO,
            _ => false,
        };
        if !fits || !first.last {
            return None;
        }
        match next.role()? {
            NumberRole::Fraction if next.text == "half" && half_of_scale(&parts, 1).is_some() => {
                half_of_scale(&parts, 1)?
            }
            NumberRole::Fraction | NumberRole::Ordinal => {
                of_scale(&parts, 2, next.value()).or_else(|| fraction(Decimal::ONE, next.value(), 2))?
            }
            _ => cardinal(&parts, 1)?,
        }
    } else {
        match first.role()? {
            NumberRole::Fraction if first.text == "half" => match half_of_scale(&parts, 0) {
                Some(found) => found,
                None => fraction(Decimal::ONE, Decimal::TWO, 1)?,
            },
            NumberRole::Ordinal => (Found { value: first.value(), step: Decimal::ONE, form: Form::Ordinal }, 1),
            NumberRole::Unit | NumberRole::Ten => cardinal(&parts, 0)?,
            _ => return None,
        }
    };
    // "two and a half million", "three and three quarters"
    if number.form == Form::Cardinal
        && let Some((above, below, next)) = and_fraction(&parts, k)
    {
        number.value = number.value.checked_add(above.checked_div(below)?)?;
        number.step = Decimal::ONE.checked_div(Decimal::TEN)?;
        k = next;
        while let Some(part) = parts.get(k)
            && matches!(part.role(), Some(NumberRole::Scale | NumberRole::Hundred | NumberRole::Group))
        {
            number.value = number.value.checked_mul(part.value())?;
            number.step = number.step.checked_mul(part.value())?;
            k += 1;
        }
    }
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
    })
}

struct Found {
    value: Decimal,
    step: Decimal,
    form: Form,
}

fn fraction(above: Decimal, below: Decimal, next: usize) -> Option<(Found, usize)> {
    let value = above.checked_div(below)?;
    let step = Decimal::ONE.checked_div(below)?;
    Some((Found { value, step, form: Form::Fraction }, next))
}

/// "half a million", "half a dozen", "half a hundred"; `k` is at "half".
fn half_of_scale(parts: &[Part], k: usize) -> Option<(Found, usize)> {
    let next = parts.get(k + 1)?;
    let at = if next.is_article() { k + 2 } else { k + 1 };
    let scale = parts.get(at)?;
    let fits = matches!(scale.role(), Some(NumberRole::Scale | NumberRole::Hundred | NumberRole::Group));
    let value = scale.value().checked_div(Decimal::TWO)?;
    fits.then_some((Found { value, step: value, form: Form::Cardinal }, at + 1))
}

/// "a quarter of a million"; `k` is behind the fraction.
fn of_scale(parts: &[Part], k: usize, below: Decimal) -> Option<(Found, usize)> {
    let of = parts.get(k).is_some_and(|p| p.text == "of") && parts.get(k + 1).is_some_and(Part::is_article);
    let at = if of { k + 2 } else { k };
    let scale = parts.get(at).filter(|p| p.role() == Some(NumberRole::Scale))?;
    let value = scale.value().checked_div(below)?;
    Some((Found { value, step: value, form: Form::Cardinal }, at + 1))
}

/// "and a half", "and three quarters" at `k`: numerator, denominator, next part.
fn and_fraction(parts: &[Part], k: usize) -> Option<(Decimal, Decimal, usize)> {
    let and = parts.get(k).filter(|p| p.text == "and")?;
    debug_assert!(and.number.is_none());
    let (head, tail) = (parts.get(k + 1)?, parts.get(k + 2)?);
    let below =
        tail.role().filter(|r| matches!(r, NumberRole::Fraction | NumberRole::Ordinal)).map(|_| tail.value())?;
    if head.is_article() && (tail.text == "half" || tail.text == "quarter" || tail.text == "third") {
        return Some((Decimal::ONE, below, k + 3));
    }
    let above = head.role().filter(|r| *r == NumberRole::Unit).map(|_| head.value())?;
    (tail.role() == Some(NumberRole::Fraction) && above < below).then_some((above, below, k + 3))
}

/// Adds up a cardinal from part `from`; ordinals and fractions that it ends in change its form.
fn cardinal(parts: &[Part], from: usize) -> Option<(Found, usize)> {
    let hundred = Decimal::ONE_HUNDRED;
    let mut total = Decimal::ZERO;
    // The number below the next scale word, and what its last word was.
    let mut group = Decimal::ZERO;
    let mut before: Option<NumberRole> = None;
    let mut last_scale: Option<Decimal> = None;
    let mut step = Decimal::ONE;
    let mut k = from;
    // Where to go back to when what follows an "and" turns out to be a number of its own.
    let mut undo: Option<(Decimal, Decimal, Decimal, usize)> = None;
    while let Some(part) = parts.get(k) {
        let value = part.value();
        match part.role() {
            Some(NumberRole::Unit) => {
                let after_ten = before == Some(NumberRole::Ten) && value < Decimal::TEN && !value.is_zero();
                let fresh = matches!(before, None | Some(NumberRole::Hundred | NumberRole::Scale));
                if !(after_ten || fresh) {
                    break;
                }
                group = group.checked_add(value)?;
                step = Decimal::ONE;
            }
            Some(NumberRole::Ten) => {
                if !matches!(before, None | Some(NumberRole::Hundred | NumberRole::Scale)) {
                    break;
                }
                group = group.checked_add(value)?;
                step = Decimal::ONE;
            }
            Some(NumberRole::Hundred) => {
                if matches!(before, Some(NumberRole::Hundred | NumberRole::Scale)) || group >= hundred {
                    if let Some((t, g, s, at)) = undo {
                        (total, group, step, k) = (t, g, s, at);
                    }
                    break;
                }
                group = if group.is_zero() { hundred } else { group.checked_mul(hundred)? };
                step = Decimal::ONE;
            }
            Some(NumberRole::Group) => {
                if matches!(before, Some(NumberRole::Scale)) {
                    break;
                }
                group = if group.is_zero() { value } else { group.checked_mul(value)? };
                step = Decimal::ONE;
            }
            Some(NumberRole::Scale) => {
                if last_scale.is_some_and(|s| value >= s) {
                    if let Some((t, g, s, at)) = undo {
                        (total, group, step, k) = (t, g, s, at);
                    }
                    break;
                }
                let many = if group.is_zero() && k == from { Decimal::ONE } else { group };
                if many.is_zero() {
                    break;
                }
                total = total.checked_add(many.checked_mul(value)?)?;
                group = Decimal::ZERO;
                last_scale = Some(value);
                step = value;
            }
            Some(NumberRole::Ordinal) => {
                let compound = match before {
                    Some(NumberRole::Ten) => value < Decimal::TEN,
                    Some(NumberRole::Hundred | NumberRole::Scale) => value < hundred,
                    _ => false,
                };
                if compound {
                    let rank = total.checked_add(group)?.checked_add(value)?;
                    return Some((Found { value: rank, step: Decimal::ONE, form: Form::Ordinal }, k + 1));
                }
                // "one third"; "one second" is a time.
                if k == from + 1 && group == Decimal::ONE && value > Decimal::TWO {
                    return fraction(Decimal::ONE, value, k + 1);
                }
                break;
            }
            Some(NumberRole::Fraction) => {
                let above = total.checked_add(group)?;
                let plural = part.text.ends_with('s');
                if plural != (above == Decimal::ONE) && above < hundred && last_scale.is_none() {
                    return fraction(above, value, k + 1);
                }
                break;
            }
            Some(NumberRole::Month | NumberRole::Weekday) => break,
            None => {
                let joins = part.text == "and"
                    && part.last
                    && matches!(before, Some(NumberRole::Hundred | NumberRole::Scale))
                    && matches!(
                        parts.get(k + 1).and_then(Part::role),
                        Some(NumberRole::Unit | NumberRole::Ten | NumberRole::Ordinal)
                    )
                    // "a hundred and three quarters" is left alone
                    && parts.get(k + 2).and_then(Part::role) != Some(NumberRole::Fraction);
                if !joins {
                    break;
                }
                undo = Some((total, group, step, k));
                k += 1;
                continue;
            }
        }
        before = part.role();
        k += 1;
    }
    if k == from {
        return None;
    }
    // "and" is only taken in together with what follows.
    while k > from && parts[k - 1].text == "and" {
        k -= 1;
    }
    let value = total.checked_add(group)?;
    Some((Found { value, step, form: Form::Cardinal }, k))
}

/// The words that can belong to a number, from token `at`, up to the first that cannot.
fn parts(reader: &Reader<'_>, at: usize) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::with_capacity(6);
    let mut token = at;
    while out.len() < LONGEST
        && let Some(t) = reader.tokens.get(token)
        && t.kind == TokenKind::Word
    {
        let wording = t.text(reader.text);
        let whole = lower(wording);
        let mut open = true;
        let mut start = 0;
        while open && start <= wording.len() {
            let rest = &wording[start..];
            let hyphen = rest.char_indices().find(|&(_, c)| matches!(c, '-' | '\u{2010}' | '\u{2011}'));
            let (end, next) =
                hyphen.map_or((wording.len(), wording.len() + 1), |(i, c)| (start + i, start + i + c.len_utf8()));
            let text = if hyphen.is_none() && start == 0 { whole.clone() } else { lower(&wording[start..end]) };
            let number = reader.lexicon.numbers.get(&text).copied();
            // "a quarter of a million"
            let of = text == "of"
                && matches!(out.last().and_then(Part::role), Some(NumberRole::Fraction | NumberRole::Ordinal));
            if number.is_none() && !of && !matches!(text.as_str(), "and" | "a" | "an") {
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
