//! Sentence patterns: how a relation between numbers is put into words.
//!
//! A pattern is a line of elements parted by spaces:
//!
//! | Element | Matches |
//! | --- | --- |
//! | `of`, `the\|all`, `,` | one word or sign, one of several |
//! | `<set>` | a phrase of a phrase set |
//! | `{part}` | a number that is counted or measured, see [`SlotKind`] for `{share%}` and the others |
//! | `{low..high}` | a range, or two numbers with "to", "and" or a dash between |
//! | `~4` | up to so many words, no number, sign or word of the set `pattern.break` among them |
//! | `*9` | up to so many tokens of any kind, no number and no end of a sentence among them |
//! | `@time`, `@when` | a time: "in 2019", "the year before"; `@time` may be missing |
//! | `{part,}` | two or more numbers in a list: "3 …, 4 … and 5" |
//! | `{part()}` | the same with each number in a bracket: "surgery (12), medicine (9) and …" |
//! | `[ … ]` | what is inside, or nothing |
//! | `^` | the beginning of a clause |
//! | `$` | the end of a clause |

use super::words::{ByWord, WordId, Words};
use compact_str::CompactString;
use serde::Deserialize;

/// What a pattern says of its numbers. The slots are named in brackets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PatternRelation {
    /// `share` is the first as a share of the second (`part`, `whole`, `share`).
    Share,
    /// `change` is the growth from `start` to `end`.
    Growth,
    /// `change` is the fall from `start` to `end`.
    Fall,
    /// `change` is the change from `start` to `end`, all in per cent or percentage points.
    Points,
    /// `total` divided by `count` is `each`.
    Quotient,
    /// `count` times `each` is `total`, all of them counted.
    Product,
    /// `part` is to `whole` as `rate` is to `base`.
    Rate,
    /// `second` is the same share as `first`.
    Same,
    /// `second` is more than `first`.
    Up,
    /// `second` is less than `first`.
    Down,
    /// `second` is about as much as `first`.
    Level,
    /// `by` lies between `first` and `second`.
    Difference,
    /// `second` is `by` more than `first`.
    Rise,
    /// `second` is `by` less than `first`.
    Drop,
    /// `second` is a multiple of `first`; the first set of the pattern says which.
    Times,
    /// `part` is more than half of `whole`.
    Majority,
    /// `part` is less than half of `whole`.
    Minority,
    /// The numbers of the other slots make `whole`; those in `minus` are taken away.
    Sum,
    /// The same, and the last slot is named as what is left, so that any difference is a slip.
    Rest,
    /// The same, when they come so close that it is meant.
    Close,
    /// The same, and something may be left over.
    AtMost,
    /// The same, if the words of the sets are the two sides of one complement.
    TwoSorts,
    /// `value` lies between `low` and `high`.
    Within,
    /// `low` is not more than `high`.
    Ordered,
}

/// The extractor that a relation is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PatternFamily {
    /// Percentages, shares and quotients.
    Percentage,
    /// The order of two values.
    Order,
    /// Wholes and parts.
    Total,
    /// Ends of ranges.
    Range,
}

impl PatternRelation {
    /// The extractor that asks for it.
    #[must_use]
    pub fn family(self) -> PatternFamily {
        match self {
            Self::Share
            | Self::Growth
            | Self::Fall
            | Self::Points
            | Self::Quotient
            | Self::Product
            | Self::Rate
            | Self::Same => PatternFamily::Percentage,
            Self::Up
            | Self::Down
            | Self::Level
            | Self::Difference
            | Self::Rise
            | Self::Drop
            | Self::Times
            | Self::Majority
            | Self::Minority => PatternFamily::Order,
            Self::Sum | Self::Rest | Self::Close | Self::AtMost | Self::TwoSorts => PatternFamily::Total,
            Self::Within | Self::Ordered => PatternFamily::Range,
        }
    }
}

/// What number a slot takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SlotKind {
    /// `{x}`: anything counted or measured, no share.
    Measure,
    /// `{x%}`: a percentage.
    Percent,
    /// `{x/}`: a fraction.
    Fraction,
    /// `{x%/}`: a percentage or a fraction.
    Share,
    /// `{x+}`: percentage points.
    Points,
    /// `{x#}`: a plain count.
    Count,
    /// `{x:}`: so many per hundred, thousand or another power of ten.
    Rate,
    /// `{x*}`: any.
    Any,
}

/// One element of a pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Element {
    /// One of these words or signs, lower case.
    Words(Vec<CompactString>),
    /// A phrase of this set.
    Set(CompactString),
    /// A number with the name of its slot.
    Slot(CompactString, SlotKind),
    /// A range, or two numbers joined like one, with the names of both ends: `{low..high}`.
    Pair(CompactString, CompactString, SlotKind),
    /// Up to so many words.
    Gap(usize),
    /// Up to so many tokens of any kind.
    Any(usize),
    /// A time; or nothing, unless it must be there.
    Time {
        /// Whether it must be there.
        needed: bool,
    },
    /// Two or more numbers in a list, all in slots of one name.
    List(CompactString),
    /// The same with each number in a bracket behind its name.
    Brackets(CompactString),
    /// The beginning of a clause.
    Start,
    /// The end of a clause.
    End,
    /// What is inside, or nothing.
    Optional(Vec<Element>),
}

/// One pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// What it says.
    pub relation: PatternRelation,
    /// Its elements in order.
    pub elements: Vec<Element>,
}

/// The patterns of one extractor, found by what they begin with.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    all: Vec<Pattern>,
    by_word: ByWord<u32>,
    by_set: Vec<(CompactString, Vec<u32>)>,
    by_slot: Vec<u32>,
}

impl Patterns {
    /// The pattern with this number.
    #[must_use]
    pub fn get(&self, number: u32) -> &Pattern {
        &self.all[number as usize]
    }

    /// The numbers of the patterns that begin with a word.
    #[must_use]
    pub fn beginning_with(&self, word: WordId) -> &[u32] {
        self.by_word.get(word)
    }

    /// The numbers of the patterns that begin with a phrase of a set; a set may be named with a final `*`.
    pub fn beginning_with_set(&self, set: &str) -> impl Iterator<Item = u32> {
        self.by_set.iter().filter(move |(name, _)| covers(name, set)).flat_map(|(_, list)| list.iter().copied())
    }

    /// The numbers of the patterns that begin with a number.
    #[must_use]
    pub fn beginning_with_slot(&self) -> &[u32] {
        &self.by_slot
    }

    /// Adds a pattern as written.
    ///
    /// # Errors
    ///
    /// When an element is unknown, a bracket is left open, or the pattern begins with something optional.
    pub(super) fn add(&mut self, relation: PatternRelation, form: &str, words: &mut Words) -> Result<(), String> {
        let mut pieces = form.split_whitespace();
        let elements = parse(&mut pieces, false).map_err(|e| format!("pattern `{form}`: {e}"))?;
        let number = self.all.len() as u32;
        match elements.iter().find(|e| !matches!(e, Element::Start)) {
            Some(Element::Words(list)) => {
                for word in list {
                    words.add(word, super::Pos::default(), "", "");
                    let id = words.find(word).ok_or("a word that was added is not there")?;
                    self.by_word.push(id, number);
                }
            }
            Some(Element::Set(set)) => match self.by_set.iter_mut().find(|(name, _)| name == set) {
                Some((_, list)) => list.push(number),
                None => self.by_set.push((set.clone(), vec![number])),
            },
            Some(Element::Slot(..) | Element::Pair(..) | Element::List(_)) => self.by_slot.push(number),
            _ => return Err(format!("pattern `{form}` must begin with a word, a set or a number")),
        }
        self.all.push(Pattern { relation, elements });
        Ok(())
    }
}

/// Whether a set, or a family of sets named with a final `*`, covers a set.
#[must_use]
pub fn covers(wanted: &str, set: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(prefix) => set.starts_with(prefix),
        None => wanted == set,
    }
}

/// Reads elements up to the end, or up to the closing bracket when `inside` one.
fn parse<'a>(pieces: &mut impl Iterator<Item = &'a str>, inside: bool) -> Result<Vec<Element>, String> {
    let mut out = Vec::new();
    while let Some(piece) = pieces.next() {
        out.push(match piece {
            "]" if inside => return Ok(out),
            "[" => Element::Optional(parse(pieces, true)?),
            "^" => Element::Start,
            "$" => Element::End,
            "@time" => Element::Time { needed: false },
            "@when" => Element::Time { needed: true },
            _ => {
                if let Some(count) = piece.strip_prefix('~') {
                    Element::Gap(count.parse().map_err(|_| format!("`{piece}` is no gap"))?)
                } else if let Some(count) = piece.strip_prefix('*') {
                    Element::Any(count.parse().map_err(|_| format!("`{piece}` is no gap"))?)
                } else if let Some(name) = piece.strip_prefix('{').and_then(|p| p.strip_suffix(",}")) {
                    Element::List(name.into())
                } else if let Some(name) = piece.strip_prefix('{').and_then(|p| p.strip_suffix("()}")) {
                    Element::Brackets(name.into())
                } else if let Some(set) = piece.strip_prefix('<').and_then(|p| p.strip_suffix('>')) {
                    Element::Set(set.into())
                } else if let Some(slot) = piece.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
                    let end = slot.find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(slot.len());
                    let kind = match &slot[end..] {
                        "" => SlotKind::Measure,
                        "%" => SlotKind::Percent,
                        "/" => SlotKind::Fraction,
                        "%/" => SlotKind::Share,
                        "+" => SlotKind::Points,
                        "#" => SlotKind::Count,
                        ":" => SlotKind::Rate,
                        "*" => SlotKind::Any,
                        other => return Err(format!("`{other}` is no kind of number")),
                    };
                    match slot[..end].split_once("..") {
                        Some((low, high)) => Element::Pair(low.into(), high.into(), kind),
                        None => Element::Slot(slot[..end].into(), kind),
                    }
                } else {
                    Element::Words(piece.split('|').map(Into::into).collect())
                }
            }
        });
    }
    if inside { Err("a bracket is left open".to_owned()) } else { Ok(out) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_elements() {
        let read = |form: &str| parse(&mut form.split_whitespace(), false);
        let elements = read("^ {part} [ out ] of ~3 ( {share%/} ) $").expect("a pattern");
        assert_eq!(elements[1], Element::Slot("part".into(), SlotKind::Measure));
        assert_eq!(elements[2], Element::Optional(vec![Element::Words(vec!["out".into()])]));
        assert_eq!(elements[6], Element::Slot("share".into(), SlotKind::Share));
        assert!(read("{part} [ of").is_err());
        assert!(read("{part!}").is_err());
    }

    #[test]
    fn ignores_nothing_at_the_beginning() {
        let mut words = Words::default();
        let mut patterns = Patterns::default();
        assert!(patterns.add(PatternRelation::Share, "[ of ] {part}", &mut words).is_err());
        assert!(patterns.add(PatternRelation::Share, "of {part}", &mut words).is_ok());
    }
}
