//! Bare numbers: digits or words with their scale words, before their unit is read.

use super::words::Form;
use super::{Reader, digits, unit, words};
use crate::annotate::{Case, TokenKind};
use crate::lexicon::{NumberRole, Pos, UnitEntry, lower};
use crate::value::{Decimal, Unit};

/// A bare number without its unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Bare {
    pub(super) value: Decimal,
    pub(super) step: Decimal,
    /// What a scale word multiplied it by; one when there is none.
    pub(super) scale: Decimal,
    pub(super) words: bool,
    pub(super) plain: bool,
    pub(super) whole: usize,
    /// "a hundred", "a dozen": a round word for roughly as many.
    pub(super) article: bool,
    pub(super) fraction: bool,
    /// One past its last token.
    pub(super) end: usize,
    /// The unit glued to the digits or hyphenated to the word, and one past its last token.
    pub(super) unit: Option<(Unit, usize)>,
    /// "-odd" hangs on it.
    pub(super) odd: bool,
    /// Digits of a code, read out in words.
    pub(super) code: bool,
}

impl Bare {
    /// A number as it stands, without scale, article or unit.
    pub(super) fn exact(value: Decimal, step: Decimal, end: usize) -> Self {
        Self {
            value,
            step,
            scale: Decimal::ONE,
            words: false,
            plain: false,
            whole: 0,
            article: false,
            fraction: false,
            end,
            unit: None,
            odd: false,
            code: false,
        }
    }

    /// Makes the number so many times larger, as a scale word does.
    pub(super) fn multiply(&mut self, times: Decimal) -> Option<()> {
        self.value = self.value.checked_mul(times)?;
        self.step = self.step.checked_mul(times)?;
        self.scale = self.scale.checked_mul(times)?;
        self.plain &= times == Decimal::ONE;
        Some(())
    }
}

impl Reader<'_> {
    /// The bare number that begins at a token.
    pub(super) fn bare(&self, at: usize, money: bool) -> Option<Bare> {
        let token = self.tokens.get(at)?;
        match token.kind {
            TokenKind::Number => self.bare_digits(at, money, false),
            TokenKind::Word => self.bare_words(at),
            TokenKind::Sign => {
                let (above, below) = digits::vulgar(self.word(at).chars().next()?)?;
                let value = Decimal::from(above).checked_div(Decimal::from(below))?;
                let step = Decimal::ONE.checked_div(Decimal::from(below))?;
                Some(Bare { fraction: true, ..Bare::exact(value, step, at + 1) })
            }
        }
    }

    /// The point of a decimal without a digit before it, ".08".
    pub(super) fn point(&self, at: usize) -> Option<usize> {
        let point = at.checked_sub(1).filter(|&i| i >= self.free && self.word(i) == "." && self.glued(at))?;
        let opens =
            !self.glued(point) || matches!(self.word(point - 1), "(" | "[" | "$" | "<" | "=" | ">" | "-" | "−" | "+");
        (opens && self.is_kind(at, TokenKind::Number)).then_some(point)
    }

    /// A number in digits; with `point` the digits are the decimals of a number below one.
    pub(super) fn bare_digits(&self, at: usize, money: bool, point: bool) -> Option<Bare> {
        let pointed = if point { format!("0.{}", self.word(at)) } else { String::new() };
        let text = if point { pointed.as_str() } else { self.word(at) };
        let read = digits::digits(text)?;
        let mut bare = Bare {
            plain: read.plain && read.suffix.is_empty(),
            whole: read.whole,
            ..Bare::exact(read.value, read.step, at + 1)
        };
        // "the 1990s", "in her 40s"
        if read.suffix == "s" && (read.whole == 4 || self.is_decade(at)) {
            return None;
        }
        // "two Model 3s", "Channel 5s": the plural or possessive of a name.
        if read.suffix == "s" && read.plain && self.names_before(at) {
            return None;
        }
        if self.power(&mut bare, read.suffix).is_some() {
            return Some(bare);
        }
        if !read.suffix.is_empty() {
            // Money first: "€5m" is five million, "5m" five metres.
            let scale = unit::scale_letters(read.suffix, money).filter(|_| money);
            let glued = || self.unit_entry(read.suffix, at + 1, true);
            if let Some(scale) = scale {
                bare.scale = scale;
            } else if matches!(read.suffix, "C" | "F")
                && (!self.after_cue_of_value(at) || self.word(at + 1) == "/" && self.glued(at + 1))
            {
                // "Boeing 777F", "the 13F filing", cents as in "14.7C/ per share"
                return None;
            } else if let Some((entry, end)) = glued() {
                bare.unit = Some((unit::unit(entry), end));
                return Some(bare);
            } else {
                // "1.2b users", but "1500b" may be bits.
                let decimal = !read.plain && read.step < Decimal::ONE;
                let letters = unit::scale_letters(read.suffix, decimal && read.suffix == "b");
                bare.scale = letters.or_else(|| self.scale_word(read.suffix))?;
            }
        } else if read.plain {
            self.add_fraction(&mut bare, at);
        }
        self.scale(&mut bare, money);
        bare.value = bare.value.checked_mul(bare.scale)?;
        bare.step = bare.step.checked_mul(bare.scale)?;
        self.add_lower(&mut bare);
        bare.plain &= bare.scale == Decimal::ONE;
        Some(bare)
    }

    /// Whether a number stands where values stand: at the start, after a sign, "at", "is", "to" …
    fn after_cue_of_value(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        !self.is_kind(before, TokenKind::Word)
            || self.pos(before).any(Pos::PREPOSITION.and(Pos::CONJUNCTION).and(Pos::ADVERB))
            || self.pos(before).any(Pos::AUXILIARY) && !self.pos(at + 1).any(Pos::AUXILIARY)
    }

    fn names_before(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&i| self.is_kind(i, TokenKind::Word) && !self.glued(at));
        before.is_some_and(|i| self.tokens[i].case == Case::Capital && !self.pos(i).any(Pos::CLOSED))
    }

    fn is_decade(&self, at: usize) -> bool {
        let before = self.word(at.wrapping_sub(1));
        matches!(before, "the" | "his" | "her" | "their" | "early" | "mid" | "late" | "'" | "’" | "-")
    }

    fn scale_word(&self, word: &str) -> Option<Decimal> {
        let number = self.lexicon.numbers.get(&lower(word))?;
        matches!(number.role, NumberRole::Scale | NumberRole::Hundred | NumberRole::Group).then_some(number.value)
    }

    /// "10 1/2", "10 ½" and "1/2".
    fn add_fraction(&self, bare: &mut Bare, at: usize) -> Option<()> {
        if matches!(self.word(at + 1), "/" | "\u{2044}")
            && self.glued(at + 1)
            && self.glued(at + 2)
            && (!self.glued(at) || self.minus(at).is_some())
            && !self.glued(at + 3)
        {
            let (above, below) = (bare.value, self.small(at + 2)?);
            let usual = [2, 3, 4, 5, 8, 16, 32].map(Decimal::from).contains(&below) || self.word(at + 1) == "\u{2044}";
            // "about 1/40 of the wavelength", "1⁄128 of a gallon"
            if (usual || self.word(at + 3) == "of") && above < below && !above.is_zero() {
                bare.value = above.checked_div(below)?;
                bare.step = Decimal::ONE.checked_div(below)?;
                bare.end = at + 3;
                bare.fraction = true;
                bare.plain = false;
            }
            return Some(());
        }
        let next = self.word(at + 1).chars().next()?;
        let (above, below, end) = match digits::vulgar(next) {
            Some((above, below)) => (Decimal::from(above), Decimal::from(below), at + 2),
            None if self.word(at + 2) == "/"
                && self.glued(at + 2)
                && self.glued(at + 3)
                && !self.glued(at + 1)
                && !self.glued(at + 4) =>
            {
                (self.small(at + 1)?, self.small(at + 3)?, at + 4)
            }
            None => return None,
        };
        let usual = [2, 3, 4, 5, 6, 8, 10, 16, 32].map(Decimal::from).contains(&below);
        if usual && above < below && !above.is_zero() {
            bare.value = bare.value.checked_add(above.checked_div(below)?)?;
            bare.step = Decimal::ONE.checked_div(below)?;
            bare.end = end;
            bare.plain = false;
        }
        Some(())
    }

    /// A number below 1,000 without anything glued on.
    fn small(&self, at: usize) -> Option<Decimal> {
        let text = self.word(at);
        (text.len() <= 3 && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse().ok())
            .flatten()
    }

    /// "4 thousand 3 hundred and 21", "3 million and a half": what is added below the scale word.
    fn add_lower(&self, bare: &mut Bare) -> Option<()> {
        if bare.scale == Decimal::ONE || bare.unit.is_some() {
            return None;
        }
        if let Some((part, end)) = words::half_after(self, bare.end) {
            bare.value = bare.value.checked_add(bare.scale.checked_mul(part)?)?;
            bare.step = bare.scale.checked_div(Decimal::TEN)?;
            bare.end = end;
            return Some(());
        }
        let mut below = bare.scale;
        while below >= Decimal::ONE_HUNDRED {
            let and = self.word(bare.end) == "and";
            let at = bare.end + usize::from(and);
            // "3 hundred and one", "6 crore and two hundred"
            if and && self.is_kind(at, TokenKind::Word) {
                let words = words::words(self, at).filter(|w| w.form == Form::Cardinal && w.rest.is_empty())?;
                let fits = words.value < below
                    && (below == Decimal::ONE_HUNDRED || (words.value % Decimal::ONE_HUNDRED).is_zero());
                if fits && !words.value.is_zero() {
                    bare.value = bare.value.checked_add(words.value)?;
                    bare.step = words.step;
                    bare.end = words.end;
                }
                return None;
            }
            if !self.is_kind(at, TokenKind::Number) || self.glued(at) {
                return None;
            }
            let next = digits::digits(self.word(at)).filter(|d| d.plain && d.suffix.is_empty())?;
            let scale = self.scale_word(self.word(at + 1)).filter(|s| *s < below);
            let value = next.value.checked_mul(scale.unwrap_or(Decimal::ONE))?;
            // "3 hundred 21" may be two numbers; zero adds nothing.
            let joined = scale.is_some() || and && below == Decimal::ONE_HUNDRED;
            let another = scale.is_none() && self.scale_word(self.word(at + 1)).is_some();
            if value >= below || value.is_zero() || !joined || another {
                return None;
            }
            bare.value = bare.value.checked_add(value)?;
            bare.step = scale.unwrap_or(Decimal::ONE);
            bare.end = at + 1 + usize::from(scale.is_some());
            below = scale.unwrap_or(Decimal::ONE);
        }
        Some(())
    }

    /// Scale words after digits: "2.3 million", "5 hundred thousand", "€5 m".
    fn scale(&self, bare: &mut Bare, money: bool) {
        for _ in 0..2 {
            let word = self.word(bare.end);
            if !self.is_kind(bare.end, TokenKind::Word) {
                // "2.3-million"
                let hyphen = word == "-" && self.glued(bare.end) && self.glued(bare.end + 1);
                match hyphen.then(|| self.scale_word(self.word(bare.end + 1))).flatten() {
                    Some(scale) => {
                        let Some(product) = bare.scale.checked_mul(scale) else { return };
                        bare.scale = product;
                        bare.end += 2;
                    }
                    None => return,
                }
                continue;
            }
            // "30 MUSD", "75 USD million"
            if let Some((times, entry, end)) = self.scaled_code(bare.end) {
                let Some(product) = bare.scale.checked_mul(times) else { return };
                bare.scale = product;
                bare.end = end;
                bare.unit = Some((unit::unit(entry), end));
                return;
            }
            let letters = match word {
                "bn" | "mn" | "tn" | "mln" | "bln" | "tln" | "Bn" | "Mn" | "trn" => unit::scale_letters(word, true),
                // "2.33 k", but not the five kelvins of a careless "5 k"
                "k" | "M" if !bare.plain && !bare.fraction => unit::scale_letters(word, true),
                "m" | "b" | "M" | "B" if money => unit::scale_letters(word, true),
                _ => None,
            };
            // "1.8 billion-mile"
            if let Some((scale, rest)) = word.split_once('-')
                && let Some(scale) = self.scale_word(scale)
                && let Some((entry, end)) = self.unit_entry(&lower(rest), bare.end + 1, false)
                && let Some(product) = bare.scale.checked_mul(scale)
            {
                bare.scale = product;
                bare.end += 1;
                bare.unit = Some((unit::unit(entry), end));
                return;
            }
            let found =
                letters.or_else(|| self.pos(bare.end).any(Pos::NUMBER).then(|| self.scale_word(word)).flatten());
            let Some(product) = found.and_then(|scale| bare.scale.checked_mul(scale)) else { return };
            bare.scale = product;
            bare.end += 1;
        }
    }

    /// A currency code with its scale at a token: "MUSD", "USD million"; one past it.
    fn scaled_code(&self, at: usize) -> Option<(Decimal, &UnitEntry, usize)> {
        let token = self.tokens.get(at).filter(|t| t.case != Case::Lower || t.text(self.text).starts_with('k'))?;
        let entry = self.lexicon.units.get(token.text(self.text)).filter(|e| e.before && !e.word)?;
        if entry.times > Decimal::ONE {
            return Some((entry.times, entry, at + 1));
        }
        let times = self.scale_word(self.word(at + 1)).filter(|s| *s >= Decimal::ONE_THOUSAND)?;
        Some((times, entry, at + 2))
    }

    fn bare_words(&self, at: usize) -> Option<Bare> {
        let words = words::words(self, at)?;
        let mut bare = Bare {
            value: words.value,
            step: words.step,
            scale: Decimal::ONE,
            words: true,
            plain: true,
            whole: 0,
            article: words.article,
            fraction: words.form == Form::Fraction,
            end: words.end,
            unit: None,
            odd: false,
            code: words.code,
        };
        if let Some((times, entry, end)) = self.scaled_code(bare.end)
            && words.rest.is_empty()
        {
            bare.multiply(times)?;
            bare.unit = Some((unit::unit(entry), end));
            bare.end = end;
        }
        if !words.rest.is_empty() {
            if words.rest == "odd" {
                bare.odd = true;
            } else if bare.fraction && matches!(words.rest.as_str(), "year" | "yearly" | "day" | "term") {
                // "the half-year" is a time, not a length.
                return None;
            } else {
                let (entry, end) = self.unit_entry(&words.rest, words.end, false)?;
                bare.unit = Some((unit::unit(entry), end));
            }
        }
        Some(bare)
    }
}
