//! Numbers: digits and words, ranges, hedges, units; ordinals.
//!
//! Goes in: the tokens of a block and the dates found in it. Comes out: quantities and ordinals, in order.
//! One pass over the tokens with a bounded look in both directions.

mod address;
mod bare;
mod cardinal;
mod compound;
mod digits;
mod hedge;
mod label;
mod power;
mod range;
mod rank;
mod shared;
mod unit;
mod words;

use super::date::{DateAt, DateForm};
use super::token::{Token, TokenKind};
use crate::document::{Block, BlockKind, Style};
use crate::lexicon::{Lexicon, NumberRole, Pos, UnitEntry, lower};
use crate::value::{Amount, Date, DateRange, Decimal, Hedge, Quantity, Unit};
use address::addresses;
use bare::Bare;
use std::ops::Range;

/// A quantity and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuantityAt {
    /// The tokens of number and unit, hedge left out: "37", "2.3 million", "€47.8 million", "41 Ml/d".
    pub tokens: Range<usize>,
    /// The tokens of the bare number: "37", "2.3 million", "41".
    pub number: Range<usize>,
    /// The tokens with the hedge: "more than 37", "37 or so"; `tokens` when there is none.
    pub hedged: Range<usize>,
    /// What it says.
    pub quantity: Quantity,
    /// The number may be a name, a year, a date part, a page, a time, an identifier rather than a quantity, or it is
    /// [`vague`](Self::vague): it is compared with nothing.
    pub label: bool,
    /// "dozens of", "tens of thousands of": a size rather than a number; "(PDF, 1.2 MB, 24 pages)": what a reader fetches.
    pub vague: bool,
}

/// An ordinal and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ordinal {
    /// The tokens: "third", "5th", "twenty-first", "third-highest".
    pub tokens: Range<usize>,
    /// Its rank, from 1.
    pub rank: u32,
}

/// What is read in a block.
#[derive(Clone, Default, Debug)]
pub(super) struct Numbers {
    /// Quantities, in order.
    pub(super) quantities: Vec<QuantityAt>,
    /// Ordinals, in order.
    pub(super) ordinals: Vec<Ordinal>,
    /// Places counted from the end, in order: "the last but one" is 2.
    pub(super) from_end: Vec<Ordinal>,
}

/// What the reader of numbers looks at.
struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    styles: &'a [(Range<u32>, Style)],
    /// Addresses (URLs, mail) and tags of templates as byte ranges, in order.
    addresses: Vec<Range<usize>>,
    heading: bool,
    /// One past the last number that follows a plural label noun, or that such a number was joined to.
    labels_end: Option<usize>,
    /// No number begins before this token.
    free: usize,
    /// The unit of the number behind the last "from", and one past it: "from 12 per cent to 9".
    from: Option<(Unit, usize)>,
}

/// A quantity before it is known whether it is a label.
struct Draft {
    tokens: Range<usize>,
    unit: Unit,
    hedge: Hedge,
    plain: bool,
    words: bool,
    whole: usize,
}

/// What stands at a token.
enum Found {
    Quantity(QuantityAt),
    Ordinal(Ordinal),
    FromEnd(Ordinal),
}

/// Reads all quantities and ordinals of a block, in order. Bare years are added to `dates`.
pub(super) fn numbers(
    text: &str,
    tokens: &[Token],
    block: &Block,
    dates: &mut Vec<DateAt>,
    lexicon: &Lexicon,
) -> Numbers {
    let mut reader = Reader {
        text,
        tokens,
        lexicon,
        styles: &block.text.styles,
        addresses: addresses(text),
        heading: matches!(block.kind, BlockKind::Heading(_)),
        labels_end: None,
        free: 0,
        from: None,
    };
    let mut out = Numbers::default();
    let mut years = Vec::new();
    let mut next_date = 0;
    let mut i = 0;
    while i < tokens.len() {
        while dates.get(next_date).is_some_and(|d| d.tokens.end <= i) {
            next_date += 1;
        }
        if let Some(date) = dates.get(next_date).filter(|d| d.tokens.start <= i) {
            i = date.tokens.end;
            reader.free = i;
            continue;
        }
        if reader.in_address(i) {
            i += 1;
            continue;
        }
        let begins = reader.begins(i) || reader.begins_with_one(i);
        match reader.place_from_end(i).or_else(|| if begins { reader.read(i) } else { None }) {
            Some((Found::Quantity(quantity), end)) => {
                if quantity.label
                    && let Some(year) = reader.bare_year(&quantity)
                {
                    let form = if year.is_one() { DateForm::Point } else { DateForm::Range };
                    years.push(DateAt { tokens: quantity.tokens.clone(), date: year, form });
                }
                i = end.max(i + 1);
                reader.keep_unit(&quantity);
                out.quantities.push(quantity);
                reader.free = i;
            }
            Some((Found::Ordinal(ordinal), end)) => {
                i = end.max(i + 1);
                out.ordinals.push(ordinal);
                reader.free = i;
            }
            Some((Found::FromEnd(ordinal), end)) => {
                i = end.max(i + 1);
                out.from_end.push(ordinal);
                reader.free = i;
            }
            None => i += 1,
        }
    }
    if !years.is_empty() {
        dates.append(&mut years);
        dates.sort_by_key(|d| d.tokens.start);
    }
    out
}

/// The unit of a part of a whole without another unit: "a third of them".
fn part_of_whole() -> Unit {
    Unit { dimension: "fraction".into(), symbol: "".into(), factor: Decimal::ONE }
}

impl<'a> Reader<'a> {
    fn in_address(&self, at: usize) -> bool {
        if self.addresses.is_empty() {
            return false;
        }
        let start = self.tokens[at].start as usize;
        let i = self.addresses.partition_point(|a| a.end <= start);
        self.addresses.get(i).is_some_and(|a| a.start <= start)
    }

    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| t.text(self.text))
    }

    fn pos(&self, at: usize) -> Pos {
        self.tokens.get(at).and_then(|t| t.word).map_or(Pos::default(), |id| self.lexicon.words.pos(id))
    }

    fn glued(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|t| t.start == self.tokens[at - 1].end)
    }

    fn is_kind(&self, at: usize, kind: TokenKind) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == kind)
    }

    /// Whether a number can begin at a token; cheap, as it is asked of every token.
    fn begins(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        match token.kind {
            TokenKind::Number => true,
            TokenKind::Sign => {
                let word = self.word(at);
                !word.is_ascii() && word.chars().next().is_some_and(|c| digits::vulgar(c).is_some())
            }
            TokenKind::Word => {
                let word = self.word(at);
                self.pos(at).any(Pos::NUMBER)
                    || matches!(word, "a" | "an" | "A" | "An") && self.pos(at + 1).any(Pos::NUMBER)
                    || word.bytes().any(|b| b == b'-' || !b.is_ascii()) && word.contains(['-', '\u{2010}', '\u{2011}'])
            }
        }
    }

    /// Whether the token stands in a code span.
    fn in_code(&self, at: usize) -> bool {
        let start = self.tokens[at].start;
        // Stretches are in order of their end.
        let from = self.styles.partition_point(|(range, _)| range.end <= start);
        self.styles[from..]
            .iter()
            .take(8)
            .any(|(range, style)| *style == Style::Code && range.start <= start && start < range.end)
    }

    /// The year that a label says, when it is one.
    fn bare_year(&self, quantity: &QuantityAt) -> Option<DateRange> {
        let text = self.word(quantity.tokens.start);
        // "2010-2015-86", "2015 - 32": figures of another kind.
        let next = quantity.tokens.end;
        let dash = matches!(self.word(next), "-" | "/") && self.is_kind(next + 1, TokenKind::Number);
        if dash && (self.glued(next) && self.glued(next + 1) || self.word(next + 1).len() < 3) {
            return None;
        }
        if quantity.quantity.amount.range {
            let year = |at| self.word(at).parse::<i16>().ok().map(|y| Date { year: Some(y), month: None, day: None });
            return Some(DateRange { from: year(quantity.tokens.start)?, to: year(quantity.tokens.end - 1)? })
                .filter(|_| self.are_years(&quantity.quantity, &quantity.tokens));
        }
        if quantity.tokens.len() != 1 || text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let year: i16 = text.parse().ok().filter(|y| (1000..=2100).contains(y))?;
        let glued = self.glued(quantity.tokens.start)
            && !matches!(self.word(quantity.tokens.start - 1), "(" | "[" | "“" | "\"" | "‘");
        let date = Date { year: Some(year), month: None, day: None };
        (!glued).then_some(DateRange { from: date, to: date })
    }

    /// Whether a range is one of plain years: "between 2012 and 2019".
    fn are_years(&self, quantity: &Quantity, tokens: &Range<usize>) -> bool {
        let year = |value: Decimal| (Decimal::from(1800)..=Decimal::from(2100)).contains(&value);
        let plain = |at: usize| self.word(at).len() == 4;
        quantity.unit.is_count()
            && year(quantity.amount.low)
            && year(quantity.amount.high)
            && plain(tokens.start)
            && plain(tokens.end - 1)
    }

    /// Reads what begins at a token; gives the token to go on at.
    fn read(&mut self, at: usize) -> Option<(Found, usize)> {
        let mut start = at;
        let mut currency = self.currency_before(at).filter(|c| c.first >= self.free);
        let mut negative = false;
        if currency.is_none()
            && let Some(sign) = at.checked_sub(1).filter(|&i| matches!(self.word(i), "-" | "−") && self.glued(at))
        {
            // "$-50.8bn"
            currency = self.currency_before(sign).filter(|c| c.first >= self.free && self.glued(sign));
            negative = currency.is_some();
        }
        if let Some(currency) = &currency {
            start = currency.first;
        }
        if let Some(ordinal) = self.ordinal(at) {
            return ordinal;
        }
        if let Some((vague, end)) = self.vague(at) {
            return Some((Found::Quantity(vague), end));
        }
        let point = self.point(at);
        let bare = match point {
            Some(point) => {
                start = start.min(point);
                self.bare_digits(at, currency.is_some(), true)
            }
            None => self.one_and(at).or_else(|| self.bare(at, currency.is_some())),
        };
        let mut bare = bare?;
        if let Some(sign) = self.minus(start).or_else(|| self.minus_word(start)) {
            start = sign;
            negative = true;
        }
        if negative {
            bare.value = -bare.value;
        }
        if let Some(currency) = &currency {
            bare.multiply(currency.times)?;
        }
        let (mut unit, mut end) = self.unit_of(&bare, currency.as_ref().map(|c| &c.unit));
        let smaller = self
            .add_smaller(&mut bare, &unit, end)
            .or_else(|| self.add_cents(&mut bare, &unit, end))
            .or_else(|| self.add_half(&mut bare, &unit, end));
        if let Some(next) = smaller {
            end = next;
        }
        if unit.is_count() && self.is_age(&bare, start, end) {
            unit = self.lexicon.units.get("years old").map_or(unit, unit::unit);
        }
        let first = range::Side { bare, unit, start, end, number: at, money: currency.is_some() };
        let whole = self.range(&first);
        let (amount, unit, number, tokens, bare) = match whole {
            Some(range) => (range.amount, range.unit, range.number, range.tokens, first.bare),
            None => {
                let bare = first.bare;
                let mut amount = Amount::exact(bare.value, bare.step);
                amount.words = bare.words;
                let number = if start < at && currency.is_none() { start..bare.end } else { at..bare.end };
                (amount, first.unit, number, start..first.end, bare)
            }
        };
        if tokens.end == tokens.start {
            return None;
        }
        let (amount, unit, number, tokens, bare) = match self.rate(&bare, &unit, &tokens).filter(|_| !amount.range) {
            Some(rate) => {
                let mut amount = Amount::exact(rate.value, rate.step);
                amount.words = rate.words;
                let tokens = tokens.start..rate.end;
                (amount, part_of_whole(), tokens.clone(), tokens, rate)
            }
            None => (amount, unit, number, tokens, bare),
        };
        let range = amount.range;
        let (mut hedge, mut hedged) = self.hedge(tokens.clone());
        hedged.start = hedged.start.max(self.free.min(tokens.start));
        if hedge == Hedge::None && (bare.article && !bare.fraction || bare.odd) {
            hedge = Hedge::About;
        }
        let both = if range { None } else { self.bounded(&amount, &unit, hedge, hedged.clone()) };
        let (amount, hedge, hedged, tokens, number, range) = match both {
            Some((amount, end)) => {
                let whole = hedged.start..end;
                (amount, Hedge::None, whole.clone(), whole.clone(), whole, true)
            }
            None => (amount, hedge, hedged, tokens, number, range),
        };
        let mut unit = unit;
        if unit.is_count() && !range && tokens.end == bare.end {
            unit = self.shared_unit(&bare, tokens.start, tokens.end).unwrap_or(unit);
        }
        let draft = Draft {
            tokens: tokens.clone(),
            unit: unit.clone(),
            hedge,
            plain: bare.plain && !range,
            words: bare.words,
            whole: bare.whole,
        };
        if bare.words && !range && !self.counts(&bare, &draft) {
            return None;
        }
        let mut label = bare.code || self.is_label(&draft) || bare.fraction && self.is_period(tokens.start);
        if range && !label && unit.is_count() && self.tokens_after_name(&draft) {
            label = true;
        }
        let plain = Quantity { amount, hedge, unit: unit.clone() };
        label |= range && self.are_years(&plain, &tokens) || self.heading && tokens.start == 0;
        if label && draft.unit.is_count() && self.joins_labels(&draft) {
            self.labels_end = Some(tokens.end);
        }
        let next = hedged.end;
        let vague = self.is_of_file(tokens.start);
        let label = label || vague;
        let quantity = QuantityAt { tokens, number, hedged, quantity: plain, label, vague };
        Some((Found::Quantity(quantity), next))
    }

    /// "more than 20 and fewer than 30", "at least 5 but no more than 10": two bounds that make a range; gives it and
    /// one past its last token.
    fn bounded(&self, first: &Amount, unit: &Unit, hedge: Hedge, hedged: Range<usize>) -> Option<(Amount, usize)> {
        let lower = |hedge| matches!(hedge, Hedge::MoreThan | Hedge::AtLeast);
        let upper = |hedge| matches!(hedge, Hedge::LessThan | Hedge::AtMost);
        if !lower(hedge) && !upper(hedge) {
            return None;
        }
        let at = hedged.end + usize::from(self.pos(hedged.end).any(Pos::CONJUNCTION) || self.word(hedged.end) == ",");
        let (other, number) = self.hedge_at(at).filter(|_| at > hedged.end)?;
        let second = self.bare(number, false).filter(|b| !b.fraction || first.step < Decimal::ONE)?;
        let (below, end) = self.unit_of(&second, None);
        let one = below.dimension == unit.dimension && below.factor == unit.factor;
        let (low, high) = if lower(hedge) { (first.low, second.value) } else { (second.value, first.low) };
        let fits = one && low < high && (lower(hedge) && upper(other) || upper(hedge) && lower(other));
        let step = first.step.min(second.step);
        fits.then_some((Amount { low, high, step, range: true, words: first.words && second.words }, end))
    }

    /// "pages 5–7", "Sections 3 to 5": a range after a label noun.
    fn tokens_after_name(&self, draft: &Draft) -> bool {
        draft.hedge == Hedge::None && self.cue_before(draft.tokens.start, "label.noun")
    }

    /// Whether numbers joined on to this label are labels too: after a plural, a name or a label joined on.
    fn joins_labels(&self, draft: &Draft) -> bool {
        let before = self.word(draft.tokens.start.wrapping_sub(1));
        before.ends_with('s')
            || before == "."
            || matches!(before, "and" | "or" | "," | "to" | "–" | "-" | "&" | "through" | "page")
    }

    /// "1 in 40,000", "one in five", "one out of three": one number, a part of a whole, not two counts.
    fn rate(&self, above: &Bare, unit: &Unit, tokens: &Range<usize>) -> Option<Bare> {
        let one = above.value == Decimal::ONE;
        let at = match (self.word(tokens.end), self.word(tokens.end + 1)) {
            ("in", "every") if one => tokens.end + 2,
            ("out", "of") if one && self.word(tokens.end + 2) == "every" => tokens.end + 3,
            ("out", "of") if one => tokens.end + 2,
            ("in", _) => tokens.end + 1,
            _ => return None,
        };
        let plain = |bare: &Bare| !bare.fraction && bare.unit.is_none() && !bare.article && bare.value.is_integer();
        if !unit.is_count() || !plain(above) || above.value <= Decimal::ZERO || self.glued(tokens.end) {
            return None;
        }
        let below = self.bare(at, false).filter(|b| plain(b) && b.value > above.value)?;
        // "one in 2019", "2 in 5 days", "two in seventeen": a count and a time, a place, a set.
        let year = below.plain && below.whole == 4 && self.are_years_alone(below.value);
        let usual = one || below.value <= Decimal::TEN || (below.value % Decimal::TEN).is_zero();
        if year || !usual || self.unit_of(&below, None).1 != below.end || self.pos(below.end).any(Pos::MONTH) {
            return None;
        }
        Some(Bare {
            value: above.value.checked_div(below.value)?,
            step: Decimal::ONE.checked_div(below.value)?,
            words: above.words,
            plain: false,
            fraction: true,
            end: below.end,
            ..below
        })
    }

    fn are_years_alone(&self, value: Decimal) -> bool {
        (Decimal::from(1800)..=Decimal::from(2100)).contains(&value)
    }

    /// "dozens of", "tens of thousands of": the size that a plural scale word without a number stands for.
    fn vague(&self, at: usize) -> Option<(QuantityAt, usize)> {
        let scale = |at: usize| {
            let number = self.lexicon.numbers.get(&lower(self.word(at)))?;
            let scale =
                matches!(number.role, NumberRole::Hundred | NumberRole::Scale | NumberRole::Group | NumberRole::Many);
            (scale && self.word(at).ends_with('s')).then_some(number.value)
        };
        let mut low = scale(at)?;
        let mut end = at + 1;
        // "hundreds of thousands"
        while self.word(end) == "of"
            && let Some(next) = scale(end + 1)
        {
            low = low.checked_mul(next)?;
            end += 2;
        }
        // "many thousands", "the millions that": only what is told of things is a size.
        if self.word(end) != "of"
            || at > 0 && (self.is_kind(at - 1, TokenKind::Number) || self.pos(at - 1).any(Pos::NUMBER))
        {
            return None;
        }
        let mut unit = Unit::count();
        if let Some((entry, _)) = self.unit_at(end + 1) {
            unit = unit::unit(entry);
        }
        let amount = Amount { low, high: low.checked_mul(Decimal::TEN)?, step: low, range: true, words: true };
        let quantity = Quantity { amount, hedge: Hedge::About, unit };
        Some((
            QuantityAt { tokens: at..end, number: at..end, hedged: at..end, quantity, label: true, vague: true },
            end,
        ))
    }

    /// "the first half", "the second quarter": a time.
    fn is_period(&self, start: usize) -> bool {
        matches!(
            self.word(start.wrapping_sub(1)),
            "first"
                | "second"
                | "third"
                | "fourth"
                | "last"
                | "latter"
                | "this"
                | "next"
                | "previous"
                | "other"
                | "better"
                | "each"
                | "every"
        )
    }

    /// A minus sign just before a token, that is no hyphen and no dash of a range.
    fn minus(&self, start: usize) -> Option<usize> {
        let sign = start.checked_sub(1).filter(|&i| i >= self.free)?;
        if !matches!(self.word(sign), "-" | "−" | "–") || !self.glued(start) {
            return None;
        }
        let before = sign.checked_sub(1);
        let opens = before.is_none_or(|i| {
            !self.glued(sign) || matches!(self.word(i), "(" | "[" | "“" | "\"" | "~" | "=" | "<" | ">" | ",")
        });
        let number_before = before.is_some_and(|i| self.is_kind(i, TokenKind::Number));
        (opens && !number_before).then_some(sign)
    }

    /// "minus" or "negative" just before a number that is taken from nothing: "minus five", "minus-130 degrees".
    fn minus_word(&self, start: usize) -> Option<usize> {
        let hyphen = start.checked_sub(1).filter(|&i| self.word(i) == "-" && self.glued(i) && self.glued(start));
        let word = hyphen.unwrap_or(start).checked_sub(1).filter(|&i| i >= self.free)?;
        let minus = self.word(word).eq_ignore_ascii_case("minus");
        if !minus && !self.word(word).eq_ignore_ascii_case("negative") {
            return None;
        }
        let before = word.checked_sub(1);
        let number_before = before.is_some_and(|i| {
            self.is_kind(i, TokenKind::Number)
                || self.pos(i).any(Pos::NUMBER)
                || matches!(self.word(i), ")" | "]" | "%")
                // "equity minus debt" of words, and "a negative 2 result"
                || !minus && self.pos(i).any(Pos::DETERMINER.and(Pos::ADJECTIVE))
        });
        (!number_before).then_some(word)
    }

    /// The unit of a number and one past its last token.
    fn unit_of(&self, bare: &Bare, currency: Option<&Unit>) -> (Unit, usize) {
        if let Some(currency) = currency {
            return self.compound(currency.clone(), bare.end);
        }
        if let Some((unit, end)) = &bare.unit {
            return self.compound(unit.clone(), *end);
        }
        if bare.fraction && bare.value < Decimal::ONE {
            // "half an hour"
            if bare.words
                && matches!(self.word(bare.end), "a" | "an")
                && let Some((entry, end)) = self.unit_at(bare.end + 1)
            {
                return (unit::unit(entry), end);
            }
            // "a quarter of an hour"
            if bare.words
                && self.word(bare.end) == "of"
                && matches!(self.word(bare.end + 1), "a" | "an")
                && let Some((entry, end)) = self.measure_at(bare.end + 2)
            {
                return (unit::unit(entry), end);
            }
            let part = part_of_whole();
            // "one-half mile", but "a half day", "three quarter years" are times.
            let measure = |entry: &UnitEntry| !bare.words || !matches!(entry.dimension.as_str(), "time" | "months");
            let unit = self.unit_at(bare.end).filter(|(entry, _)| measure(entry));
            let unit = unit.map(|(entry, end)| (unit::unit(entry), end));
            return unit.map_or((part, bare.end), |(unit, end)| self.compound(unit, end));
        }
        if let Some((unit, end)) = self.bracketed_unit(bare.end) {
            return (unit, end);
        }
        // "3-inch", "12-month"
        let hyphen = self.word(bare.end) == "-" && self.glued(bare.end) && self.glued(bare.end + 1);
        let at = if hyphen { bare.end + 1 } else { bare.end };
        let Some((entry, end)) = self.unit_at(at) else { return self.compound(Unit::count(), bare.end) };
        let symbol = self.word(at);
        if self.is_kind(at, TokenKind::Word) && symbol.chars().count() == 1 && !self.single_letter(bare, at, end) {
            return (Unit::count(), bare.end);
        }
        let mut unit = unit::unit(entry);
        // "1.99×10−30", "3x4": a product, not so many times.
        if unit.dimension == "times" && self.glued(end) && self.is_kind(end, TokenKind::Number) {
            return (Unit::count(), bare.end);
        }
        if unit.dimension == "degrees" && self.is_angle(at) {
            unit.dimension = "angle".into();
        }
        // "two million pounds" is money.
        if unit.symbol == "lb" && bare.scale >= Decimal::from(1_000_000) {
            unit = self.lexicon.units.get("£").map_or(unit, unit::unit);
        }
        self.compound(unit, end)
    }

    /// "aged 34", "at age 87": a number of years without the word.
    fn is_age(&self, bare: &Bare, start: usize, end: usize) -> bool {
        let small = bare.plain && bare.value < Decimal::from(130) && bare.value > Decimal::ZERO;
        small && end == bare.end && self.cue_before(start, "age.before") && !self.counts_noun(end)
    }

    /// Whether the degrees at a token are those of an angle: "turn 45 degrees", "latitude 60°".
    fn is_angle(&self, at: usize) -> bool {
        (at.saturating_sub(6)..at + 5).any(|i| self.cue_at(i, "unit.angle"))
    }

    /// Whether a single letter apart from the digits is a unit: "120 m", not "Annex 4 A".
    fn single_letter(&self, bare: &Bare, at: usize, end: usize) -> bool {
        let after = self.tokens.get(end);
        let stands_alone = after.is_none_or(|t| {
            !matches!(t.text(self.text), "'" | "’" | "-" | "." | "=")
                || t.start != self.tokens[at].end
                || t.is_sign(self.text, '.')
        });
        !bare.words && stands_alone && !self.after_letter_series(at)
    }

    fn after_letter_series(&self, at: usize) -> bool {
        self.tokens[at].case == super::token::Case::Capital && !matches!(self.word(at), "W" | "V" | "N" | "J" | "L")
    }

    /// Whether a number in words counts something: "one man", not "one of the men", "no one", "the one who".
    fn counts(&self, bare: &Bare, draft: &Draft) -> bool {
        let end = draft.tokens.end;
        if bare.fraction {
            let next = self.word(end);
            let hedged = draft.hedge != Hedge::None;
            // "a third party" is an ordinal, "a third of the party" a part.
            // "fell by a third within a year" is a part, "sold by a third party" is none.
            let by = self.word(draft.tokens.start.wrapping_sub(1)) == "by" && self.pos(end).any(Pos::CLOSED);
            let article = bare.article && !hedged && !by;
            let ordinal_like = article
                && self.is_kind(end, TokenKind::Word)
                && !matches!(next, "of" | "more" | "less" | "fewer" | "larger" | "smaller" | "higher" | "lower");
            let period = self.word(draft.tokens.start) == "quarter";
            return !ordinal_like && !period && next != "past";
        }
        if bare.value != Decimal::ONE || !draft.unit.is_count() {
            return true;
        }
        if !self.word(draft.tokens.start).eq_ignore_ascii_case("one") {
            return true;
        }
        let before = draft.tokens.start.wrapping_sub(1);
        let named = matches!(
            self.word(before).to_ascii_lowercase().as_str(),
            "the" | "this" | "that" | "no" | "any" | "every" | "each" | "which" | "another" | "some" | "a"
        );
        let vague =
            matches!(self.word(end), "another" | "day" | "or" | "thing" | "side" | "hand" | "way" | "time" | "such");
        // "one, two and three"
        let series = matches!(self.word(end), "," | "and") && self.pos(end + 1).any(Pos::NUMBER);
        let counts = self.counts_noun(end) || self.word(end) == "in" || draft.hedge != Hedge::None || series;
        !named && !vague && counts
    }
}

#[cfg(test)]
mod tests;
