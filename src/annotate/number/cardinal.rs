//! Adding up number words: "two hundred and forty", "five eighths", "twenty-first", the decimals of "two point five".

use super::words::{Form, Part};
use crate::lexicon::NumberRole;
use crate::value::Decimal;

/// A number as far as it is read.
pub(super) struct Found {
    /// Its value; the rank of an ordinal.
    pub(super) value: Decimal,
    /// Worth of the last place spoken.
    pub(super) step: Decimal,
    /// What it is.
    pub(super) form: Form,
}

/// A part of a whole; `next` is one past it.
pub(super) fn fraction(above: Decimal, below: Decimal, next: usize) -> Option<(Found, usize)> {
    let value = above.checked_div(below)?;
    let step = Decimal::ONE.checked_div(below)?;
    Some((Found { value, step, form: Form::Fraction }, next))
}

/// "point zero three", "point seventy-one" at `k`: the decimals, how many there are, one past them.
pub(super) fn spoken_decimals(parts: &[Part], k: usize) -> Option<(Decimal, u32, usize)> {
    parts.get(k).filter(|p| p.text == "point")?;
    let mut digits: i64 = 0;
    let mut places = 0;
    let mut next = k + 1;
    // "point zero three", digit by digit, as many as a measurement has.
    while let Some(part) = parts.get(next)
        && part.role() == Some(NumberRole::Unit)
        && part.value() < Decimal::TEN
        && places < 9
    {
        digits = digits * 10 + i64::try_from(part.value()).ok()?;
        places += 1;
        next += 1;
    }
    if places > 0 {
        return Some((Decimal::new(digits, places), places, next));
    }
    // "point seventy-one"
    let (tens, after) = cardinal(parts, next).filter(|(f, _)| f.form == Form::Cardinal)?;
    let value = i64::try_from(tens.value).ok().filter(|v| (10..100).contains(v))?;
    Some((Decimal::new(value, 2), 2, after))
}

/// What a cardinal is made of so far.
#[derive(Clone, Copy)]
struct Sum {
    total: Decimal,
    /// The number below the next scale word.
    group: Decimal,
    step: Decimal,
    /// The next part.
    k: usize,
}

/// Adds up a cardinal from part `from`; ordinals and fractions that it ends in change its form.
pub(super) fn cardinal(parts: &[Part], from: usize) -> Option<(Found, usize)> {
    let hundred = Decimal::ONE_HUNDRED;
    let mut sum = Sum { total: Decimal::ZERO, group: Decimal::ZERO, step: Decimal::ONE, k: from };
    // What the last word was.
    let mut before: Option<NumberRole> = None;
    let mut last_scale: Option<Decimal> = None;
    // Where to go back to when what follows an "and" turns out to be a number of its own.
    let mut undo: Option<Sum> = None;
    while let Some(part) = parts.get(sum.k) {
        let value = part.value();
        let above = sum.total.checked_add(sum.group)?;
        match part.role() {
            Some(NumberRole::Unit) => {
                let after_ten = before == Some(NumberRole::Ten) && value < Decimal::TEN && !value.is_zero();
                let fresh = matches!(before, None | Some(NumberRole::Hundred | NumberRole::Scale));
                if !(after_ten || fresh) || fresh && before.is_some() && value.is_zero() {
                    break;
                }
                sum.group = sum.group.checked_add(value)?;
                sum.step = Decimal::ONE;
            }
            Some(NumberRole::Ten) => {
                let apart = matches!(before, Some(NumberRole::Unit | NumberRole::Ten));
                if let Some(below) = denominator(parts, sum.k, apart) {
                    // "twenty-fifths" of nothing is no number.
                    return if above.is_zero() { None } else { fraction(above, below, sum.k + 2) };
                }
                if !matches!(before, None | Some(NumberRole::Hundred | NumberRole::Scale)) {
                    break;
                }
                sum.group = sum.group.checked_add(value)?;
                sum.step = Decimal::ONE;
            }
            Some(NumberRole::Hundred) => {
                let none = before == Some(NumberRole::Unit) && sum.group.is_zero();
                if none || matches!(before, Some(NumberRole::Hundred | NumberRole::Scale)) || sum.group >= hundred {
                    sum = undo.unwrap_or(sum);
                    break;
                }
                sum.group = if sum.group.is_zero() { hundred } else { sum.group.checked_mul(hundred)? };
                sum.step = Decimal::ONE;
            }
            Some(NumberRole::Group) => {
                if matches!(before, Some(NumberRole::Scale)) {
                    break;
                }
                sum.group = if sum.group.is_zero() { value } else { sum.group.checked_mul(value)? };
                sum.step = Decimal::ONE;
            }
            Some(NumberRole::Scale) => {
                // "three lakh crore", "four hundred thousand million": a scale of a scale, said without "and".
                let stacked = last_scale.is_some_and(|s| value > s)
                    && before == Some(NumberRole::Scale)
                    && sum.group.is_zero()
                    && undo.is_none();
                if stacked {
                    sum.total = sum.total.checked_mul(value)?;
                    last_scale = Some(value);
                    sum.step = sum.step.checked_mul(value)?;
                    before = part.role();
                    sum.k += 1;
                    continue;
                }
                if last_scale.is_some_and(|s| value >= s) {
                    sum = undo.unwrap_or(sum);
                    break;
                }
                let many = if sum.group.is_zero() && sum.k == from { Decimal::ONE } else { sum.group };
                if many.is_zero() {
                    break;
                }
                sum.total = sum.total.checked_add(many.checked_mul(value)?)?;
                sum.group = Decimal::ZERO;
                last_scale = Some(value);
                sum.step = value;
            }
            Some(NumberRole::Ordinal) => {
                let multiplies = value >= hundred && (!sum.group.is_zero() || sum.k == from);
                let compound = match before {
                    Some(NumberRole::Ten) => value < Decimal::TEN || multiplies,
                    Some(NumberRole::Hundred | NumberRole::Scale) => value < hundred || multiplies,
                    Some(NumberRole::Unit) => multiplies && sum.group > Decimal::ONE,
                    _ => false,
                };
                if compound {
                    let many = if sum.group.is_zero() { Decimal::ONE } else { sum.group };
                    let rank = if multiplies {
                        sum.total.checked_add(many.checked_mul(value)?)?
                    } else {
                        above.checked_add(value)?
                    };
                    return Some((Found { value: rank, step: Decimal::ONE, form: Form::Ordinal }, sum.k + 1));
                }
                // "one third"; "one second" is a time.
                if sum.k == from + 1 && sum.group == Decimal::ONE && value > Decimal::TWO {
                    return fraction(Decimal::ONE, value, sum.k + 1);
                }
                break;
            }
            Some(NumberRole::Fraction) => {
                if part.is_plural() != (above == Decimal::ONE) && !above.is_zero() {
                    return fraction(above, value, sum.k + 1);
                }
                break;
            }
            Some(NumberRole::Many | NumberRole::Month | NumberRole::Weekday) => break,
            None => {
                let next = parts.get(sum.k + 1).and_then(Part::role);
                let joins = part.text == "and"
                    && part.last
                    && matches!(before, Some(NumberRole::Hundred | NumberRole::Scale))
                    && matches!(next, Some(NumberRole::Unit | NumberRole::Ten | NumberRole::Ordinal))
                    && !parts.get(sum.k + 1).is_some_and(|p| p.value().is_zero())
                    // "a hundred and three quarters" is a hundred and a fraction.
                    && !is_fraction(parts, sum.k + 1);
                if !joins {
                    break;
                }
                undo = Some(sum);
                sum.k += 1;
                continue;
            }
        }
        before = part.role();
        sum.k += 1;
    }
    // "and" is only taken in together with what follows.
    while sum.k > from && parts[sum.k - 1].text == "and" {
        sum.k -= 1;
    }
    if sum.k == from {
        return None;
    }
    let value = sum.total.checked_add(sum.group)?;
    Some((Found { value, step: sum.step, form: Form::Cardinal }, sum.k))
}

/// Twenty-five of "twenty-fifths", when ten and unit stand in one token at `k`; of "one twenty-fifth" too. With
/// `apart`, when the ten cannot belong to the number before it, of "three twenty fifths".
fn denominator(parts: &[Part], k: usize, apart: bool) -> Option<Decimal> {
    let (ten, unit) = (&parts[k], parts.get(k + 1)?);
    let ends = unit.role() == Some(NumberRole::Fraction) && unit.is_plural()
        || unit.role() == Some(NumberRole::Ordinal) && k > 0 && parts[k - 1].value() == Decimal::ONE;
    let joined = !ten.last && ten.token == unit.token || apart && unit.role() == Some(NumberRole::Fraction);
    let fits = joined && ends && unit.value() < Decimal::TEN;
    fits.then(|| ten.value() + unit.value())
}

/// Whether the parts at `k` are a fraction below one: "three quarters", "fifty-four hundredths".
fn is_fraction(parts: &[Part], k: usize) -> bool {
    let below = |n: usize| parts.get(k + n).filter(|p| p.role() == Some(NumberRole::Fraction)).map(Part::value);
    match (parts[k].role(), parts.get(k + 1).and_then(Part::role)) {
        (Some(NumberRole::Ten), Some(NumberRole::Unit)) => {
            below(2).is_some_and(|b| parts[k].value() + parts[k + 1].value() < b)
        }
        (Some(NumberRole::Unit | NumberRole::Ten), _) => below(1).is_some_and(|b| parts[k].value() < b),
        _ => false,
    }
}
