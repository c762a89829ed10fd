//! Units after and before a number, and compound units.

use super::Reader;
use crate::annotate::token::{POUND, is_money};
use crate::annotate::{Case, TokenKind};
use crate::lexicon::{Pos, UnitEntry, lower, singular};
use crate::value::{Decimal, Unit};
use compact_str::{CompactString, format_compact};

/// How many "per" parts a unit may have: litres per person per day.
const MOST_PARTS: usize = 3;

/// How many tokens from the beginning of a block a quotation mark may be that stands for inches.
const LONGEST_QUOTATION: usize = 400;

/// Letters that multiply a number: always, or only an amount of money.
pub(super) fn scale_letters(letters: &str, money: bool) -> Option<Decimal> {
    let power = match letters {
        "k" | "K" => 3,
        "M" | "MM" | "mn" | "Mn" | "mln" | "mio" | "mil" => 6,
        "bn" | "Bn" | "BN" | "bln" => 9,
        "tn" | "Tn" | "trn" | "tln" => 12,
        "m" if money => 6,
        "b" | "B" if money => 9,
        "B" => 9,
        "T" | "t" if money => 12,
        _ => return None,
    };
    Some(Decimal::from(10_i64.pow(power)))
}

impl Reader<'_> {
    /// The longest unit that begins with `first` and goes on at token `at`; gives the entry and one past its
    /// last token. `glued` says that `first` hangs on digits.
    pub(super) fn unit_entry(&self, first: &str, at: usize, glued: bool) -> Option<(&UnitEntry, usize)> {
        let lexicon = self.lexicon;
        let pieces = match lexicon.unit_pieces(first) {
            Some(n) => n,
            None if first.len() > 3 => lexicon.unit_pieces(&lower(first))?,
            None => return None,
        };
        let mut key = CompactString::from(first);
        let mut ends: Vec<(CompactString, usize)> = vec![(key.clone(), at)];
        for n in 1..pieces {
            let next = at + n - 1;
            let Some(token) = self.tokens.get(next) else { break };
            let apart = next > 0 && self.tokens[next - 1].end != token.start;
            if apart {
                key.push(' ');
            }
            key.push_str(token.text(self.text));
            ends.push((key.clone(), next + 1));
        }
        // "4 km^2", "4 km cubed"
        let power = match (self.word(at), self.word(at + 1)) {
            ("^", "2") if self.glued(at) && self.glued(at + 1) => Some(('²', at + 2)),
            ("^", "3") if self.glued(at) && self.glued(at + 1) => Some(('³', at + 2)),
            ("squared", _) => Some(('²', at + 1)),
            ("cubed", _) => Some(('³', at + 1)),
            _ => None,
        };
        if let Some((raised, end)) = power {
            ends.push((format_compact!("{first}{raised}"), end));
        }
        ends.iter().rev().find_map(|(form, end)| {
            let entry = lexicon.units.get(form.as_str()).or_else(|| {
                let long = form.len() > 3;
                long.then(|| lexicon.units.get(&lower(form))).flatten()
            })?;
            (glued || !entry.glued).then_some((entry, *end))
        })
    }

    /// The unit whose first token is `at`.
    pub(super) fn unit_at(&self, at: usize) -> Option<(&UnitEntry, usize)> {
        let token = self.tokens.get(at)?;
        if token.kind == TokenKind::Number {
            return None;
        }
        // A sign is part of the number only when it follows at once: 5 % and 5%, but not 5 "a".
        let text = token.text(self.text);
        let glued = at > 0 && self.tokens[at - 1].end == token.start;
        if text == "in" && !glued && self.are_inches(at) || text == "\"" && glued && self.closes_nothing(at) {
            return Some((self.lexicon.units.get("inches")?, at + 1));
        }
        // "3 $10 notes", "three USD50 cards": the sign belongs to what it is glued to.
        let next = self.is_kind(at + 1, TokenKind::Number) && self.glued(at + 1) && !glued;
        self.unit_entry(text, at + 1, glued).filter(|(entry, _)| !(next && entry.before))
    }

    /// Whether "in" behind a number is inches: "2 in thick", "12 in × 8 in", "(12 in)", and at the end of a sentence,
    /// where no preposition can stand.
    fn are_inches(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return true };
        let closes = match next.text(self.text) {
            ")" | "]" | ";" | "×" | "/" => true,
            "." => self.tokens.get(at + 2).is_none_or(|t| t.kind == TokenKind::Word && t.case == Case::Capital),
            "x" | "by" => self.is_kind(at + 2, TokenKind::Number),
            "thick" | "wide" | "long" | "tall" | "high" | "deep" | "across" => true,
            _ => false,
        };
        closes && self.is_kind(at - 1, TokenKind::Number)
    }

    /// Whether a quotation mark behind a number is no end of a quotation: none is open in the block.
    fn closes_nothing(&self, at: usize) -> bool {
        let alone = self.tokens.get(at + 1).is_none_or(|t| t.start != self.tokens[at].end || t.kind == TokenKind::Sign);
        let open = self.tokens[..at].iter().rev().take(LONGEST_QUOTATION).filter(|t| t.is_sign(self.text, '"')).count();
        alone && at < LONGEST_QUOTATION && open == 0 && self.is_kind(at - 1, TokenKind::Number)
    }

    /// "20 (kg)", "20 [kg]": a unit of two letters or more in brackets behind the number, and one past them.
    pub(super) fn bracketed_unit(&self, at: usize) -> Option<(Unit, usize)> {
        let closes = match self.word(at) {
            "(" => ")",
            "[" => "]",
            "{" => "}",
            "<" => ">",
            _ => return None,
        };
        let (entry, end) = self.unit_at(at + 1)?;
        let long = self.word(at + 1).chars().count() > 1 || end > at + 2;
        let alone = self.word(end) == closes && entry.dimension != "percent" && !entry.before;
        (long && alone).then(|| (unit(entry), end + 1))
    }

    /// Takes in what the unit is divided by, from token `at`: "/d", "per person", "a day".
    pub(super) fn compound(&self, mut unit: Unit, mut at: usize) -> (Unit, usize) {
        for _ in 0..MOST_PARTS {
            let Some((below, end)) = self.per(at, &unit) else { break };
            let Some(factor) = unit.factor.checked_div(below.factor) else { break };
            unit.dimension.push('/');
            unit.dimension.push_str(&below.dimension);
            unit.symbol.push('/');
            unit.symbol.push_str(&below.symbol);
            unit.factor = factor;
            at = end;
        }
        (unit, at)
    }

    /// One "per" part of a unit at token `at`. A plain count takes a unit only, never a bare noun after a slash.
    fn per(&self, at: usize, above: &Unit) -> Option<(Unit, usize)> {
        let count = above.is_count();
        let token = self.tokens.get(at)?;
        let word = self.word(at);
        let glued = at > 0 && self.tokens[at - 1].end == token.start;
        if word == "/" {
            let next = self.tokens.get(at + 1)?;
            if !glued || next.start != token.end || next.kind != TokenKind::Word {
                return None;
            }
            return match self.unit_at(at + 1) {
                Some((entry, end)) => Some((unit(entry), end)),
                None if count => None,
                None => self.noun_unit(at + 1),
            };
        }
        if word == "per" {
            let next = self.tokens.get(at + 1)?;
            if next.kind == TokenKind::Number {
                let digits = super::digits::digits(self.word(at + 1))?;
                if !digits.suffix.is_empty() {
                    return None;
                }
                let text = digits.value.normalize().to_string();
                let each = Unit { dimension: text.as_str().into(), symbol: text.as_str().into(), factor: Decimal::ONE };
                return Some((each, at + 2));
            }
            return match self.unit_at(at + 1) {
                Some((entry, end)) => Some((unit(entry), end)),
                None => self.noun_unit(at + 1),
            };
        }
        if matches!(word, "a" | "an" | "each" | "every") {
            let (entry, end) = self.unit_at(at + 1)?;
            let time = entry.dimension == "time" || entry.dimension == "months";
            let one = !self.word(at + 1).ends_with('s') && end == at + 2 && self.word(at + 1) != "second";
            let clock = matches!(self.word(end), "later" | "earlier" | "ago" | "before" | "after" | "old" | "long");
            // "$1,271 an ounce"
            let priced = above.is_money() && matches!(entry.dimension.as_str(), "mass" | "volume" | "energy" | "area");
            return ((time || priced) && one && !clock).then(|| (unit(entry), end));
        }
        None
    }

    /// A noun as the unit divided by: "per person".
    fn noun_unit(&self, at: usize) -> Option<(Unit, usize)> {
        let token = self.tokens.get(at)?;
        if token.kind != TokenKind::Word
            || self.pos(at).any(Pos::PREPOSITION.and(Pos::DETERMINER).and(Pos::CONJUNCTION))
        {
            return None;
        }
        let noun = singular(&lower(self.word(at)));
        Some((Unit { dimension: noun.clone(), symbol: noun, factor: Decimal::ONE }, at + 1))
    }

    /// A currency that ends just before token `at`: "€", "US$", "EUR", "HK $", "$US", "MAUD".
    pub(super) fn currency_before(&self, at: usize) -> Option<Currency> {
        let last = at.checked_sub(1)?;
        let token = self.tokens.get(last)?;
        if token.kind == TokenKind::Number {
            return None;
        }
        let near = self.text[token.end as usize..self.tokens[at].start as usize].chars().count() <= 1;
        if !near {
            return None;
        }
        let found = |form: &str| self.lexicon.units.get(form).filter(|e| e.before);
        let form = token.text(self.text);
        if let Some(first) = last.checked_sub(1)
            && self.tokens[first].kind != TokenKind::Number
        {
            let before = self.word(first);
            let glued = self.glued(last);
            let pair = match (token.kind, self.tokens[first].kind) {
                // "US$", "Y=", and "HK $216" of careless typing
                (TokenKind::Sign, TokenKind::Word) if glued || form == "$" && before.len() > 1 => {
                    // "usd$ 15"
                    let code = || found(&before.to_uppercase()).filter(|_| form == "$" && before.len() == 3);
                    let small = || self.lower_dollar(first).filter(|_| form == "$");
                    found(&format!("{before}{form}")).or_else(code).or_else(small)
                }
                (TokenKind::Sign, TokenKind::Word) if form == "$" => self.lower_dollar(first),
                // "U.S. $100"
                (TokenKind::Sign, TokenKind::Sign) if form == "$" && before == "." && first > 0 => {
                    let letters = self.word(first - 1).replace('.', "");
                    let dotted = self.glued(first) && self.word(first - 1).contains('.');
                    if dotted && let Some(entry) = found(&format!("{letters}$")) {
                        return Some(Currency { unit: unit(entry), first: first - 1, times: entry.times });
                    }
                    None
                }
                // "$US55,931"
                (TokenKind::Word, TokenKind::Sign) if glued && before == "$" => found(&format!("${form}")),
                _ => None,
            };
            if let Some(entry) = pair {
                return Some(Currency { unit: unit(entry), first, times: entry.times });
            }
        }
        if form == POUND && self.glued(at) {
            return found("£").map(|entry| Currency { unit: unit(entry), first: last, times: entry.times });
        }
        let entry = found(form)?;
        // "ALL 5 solutions"
        if entry.word && !self.is_amount(at) {
            return None;
        }
        Some(Currency { unit: unit(entry), first: last, times: entry.times })
    }

    /// The dollar of a country whose letters are written small: "hk $ 10", "c $ 16.4". Words such as "us" are none.
    fn lower_dollar(&self, at: usize) -> Option<&UnitEntry> {
        let word = self.word(at);
        let apart = at == 0 || !matches!(self.word(at - 1), "'" | "’" | ".");
        let letters = apart && self.tokens[at].case == Case::Lower && self.pos(at) == Pos::default() && word.len() < 4;
        let entry = self.lexicon.units.get(format!("{}$", word.to_uppercase()).as_str())?;
        (letters && entry.before).then_some(entry)
    }

    /// Whether a number is written as money is: with separators, decimals or a scale.
    fn is_amount(&self, at: usize) -> bool {
        is_money(&self.text[self.tokens[at].start as usize..]) || self.pos(at + 1).any(Pos::NUMBER)
    }
}

/// A currency before a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Currency {
    /// The unit.
    pub(super) unit: Unit,
    /// Its first token.
    pub(super) first: usize,
    /// What it multiplies the number by: a million for "MAUD".
    pub(super) times: Decimal,
}

/// The unit that an entry stands for.
pub(super) fn unit(entry: &UnitEntry) -> Unit {
    Unit { dimension: entry.dimension.clone(), symbol: entry.symbol.clone(), factor: entry.factor }
}
