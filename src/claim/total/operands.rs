//! The numbers of a passage that can be wholes and parts.

use crate::annotate::{QuantityAt, TokenKind, phrases_at};
use crate::claim::Operand;
use crate::claim::context::{BlockView, Context};
use crate::claim::figures::is_share_left_out;
use crate::claim::noun::noun_phrase;
use crate::lexicon::{Lexicon, Pos};
use crate::value::{Decimal, Hedge, Quantity};
use compact_str::CompactString;

/// A number that may be a whole or a part.
#[derive(Clone, Debug)]
pub(super) struct Number<'a> {
    pub(super) quantity: &'a QuantityAt,
    /// Index of its sentence in the block.
    pub(super) sentence: usize,
    /// How many brackets are open around it.
    pub(super) depth: u32,
}

/// A block of prose with its usable numbers and the cues between them.
pub(super) struct Passage<'a> {
    pub(super) view: BlockView<'a>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) numbers: Vec<Number<'a>>,
    /// For each token the brackets open before it.
    pub(super) depths: Vec<u32>,
    /// Cue phrases as (first token, tokens, set without its prefix).
    pub(super) cues: Vec<(usize, usize, &'a str)>,
}

/// How many brackets are open before each token.
fn depths(view: &BlockView<'_>) -> Vec<u32> {
    let tokens = &view.layer.tokens;
    let mut depths = Vec::with_capacity(tokens.len() + 1);
    let mut depth = 0u32;
    let mut sentence = 0;
    for (i, token) in tokens.iter().enumerate() {
        // A bracket left open does not reach into the next sentence.
        if view.layer.sentences.get(sentence).is_some_and(|s| i >= s.end) {
            sentence += 1;
            depth = 0;
        }
        if token.kind == TokenKind::Sign && matches!(token.text(view.text), ")" | "]") {
            depth = depth.saturating_sub(1);
        }
        depths.push(depth);
        if token.kind == TokenKind::Sign && matches!(token.text(view.text), "(" | "[") {
            depth += 1;
        }
    }
    depths
}

impl<'a> Passage<'a> {
    pub(super) fn new(context: &Context<'a>, view: BlockView<'a>) -> Self {
        let tokens = &view.layer.tokens;
        let depths = depths(&view);
        let numbers: Vec<Number<'a>> = view
            .layer
            .quantities
            .iter()
            .filter(|q| !q.label && !q.quantity.amount.range && q.quantity.value() > Decimal::ZERO)
            .filter(|q| !is_share_left_out(&view, q))
            .map(|q| Number {
                quantity: q,
                sentence: view.layer.sentence_index(q.tokens.start),
                depth: depths.get(q.tokens.start).copied().unwrap_or(0),
            })
            .collect();
        let mut cues = Vec::new();
        if !numbers.is_empty() {
            for i in 0..tokens.len() {
                for (set, length) in phrases_at(context.lexicon, view.text, tokens, i) {
                    if let Some(set) = set.strip_prefix("sum.") {
                        cues.push((i, length, set));
                    }
                }
            }
        }
        Self { view, lexicon: context.lexicon, numbers, depths, cues }
    }

    /// Whether a cue of the set begins in the range of tokens.
    pub(super) fn has_cue(&self, tokens: std::ops::Range<usize>, set: &str) -> bool {
        let from = self.cues.partition_point(|c| c.0 < tokens.start);
        self.cues[from..].iter().take_while(|c| c.0 < tokens.end).any(|c| c.2 == set)
    }

    /// The first cue of the set that begins in the range of tokens, as (first token, one past its last).
    pub(super) fn cue(&self, tokens: std::ops::Range<usize>, set: &str) -> Option<(usize, usize)> {
        let from = self.cues.partition_point(|c| c.0 < tokens.start);
        self.cues[from..].iter().take_while(|c| c.0 < tokens.end).find(|c| c.2 == set).map(|c| (c.0, c.0 + c.1))
    }

    /// Whether the text itself gives the sum of the parts behind a whole, in its sentence or the next: "165
    /// people, namely 106 children and 48 women: the parts make 154".
    pub(super) fn knows(&self, whole: usize, parts: &[Operand]) -> bool {
        let number = &self.numbers[whole];
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p.quantity.base()?));
        let (Some(sum), Some(last)) = (sum, parts.iter().map(|p| p.at).max()) else { return false };
        if number.quantity.quantity.base() == Some(sum) {
            return false;
        }
        let near = self.numbers[whole + 1..].iter().take_while(|n| n.sentence <= number.sentence + 1);
        near.into_iter().any(|n| {
            let quantity = &n.quantity.quantity;
            quantity.base() == Some(sum)
                && quantity.unit.dimension == number.quantity.quantity.unit.dimension
                && self.view.span(n.quantity.tokens.clone()) > last
        })
    }

    /// Whether two numbers are in one unit.
    pub(super) fn same_unit(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.numbers[a].quantity.quantity, &self.numbers[b].quantity.quantity);
        a.unit.dimension == b.unit.dimension && !a.unit.is_percent()
    }

    /// The wording of what a number counts; empty when no noun follows.
    pub(super) fn noun(&self, number: usize) -> CompactString {
        let from = self.numbers[number].quantity.tokens.end;
        noun_phrase(&self.view, self.lexicon, from)
            .map_or_else(CompactString::default, |n| self.view.wording(n.tokens).into())
    }

    /// What sort of thing a number counts: `Some(true)` for people, `Some(false)` for other things that the
    /// lexicon knows, `None` when no noun follows or it is not known.
    pub(super) fn people(&self, number: usize) -> Option<bool> {
        let from = self.numbers[number].quantity.tokens.end;
        let phrase = noun_phrase(&self.view, self.lexicon, from)?;
        let pos = self.view.layer.tokens[phrase.head].word.map(|id| self.lexicon.words.pos(id))?;
        if pos.any(Pos::PEOPLE.and(Pos::DEMONYM)) {
            Some(true)
        } else if pos.any(Pos::NOUN) && !is_agent(self.view.word(phrase.head)) {
            Some(false)
        } else {
            None
        }
    }

    /// Whether what a number counts does something: "6 families drove".
    pub(super) fn acts(&self, number: usize) -> bool {
        let from = self.numbers[number].quantity.tokens.end;
        let Some(phrase) = noun_phrase(&self.view, self.lexicon, from) else { return false };
        let next = self.view.layer.tokens.get(phrase.tokens.end);
        let pos = next.and_then(|t| t.word).map_or(Pos::default(), |id| self.lexicon.words.pos(id));
        pos.any(Pos::VERB.and(Pos::PAST)) && !pos.any(Pos::PREPOSITION.and(Pos::AUXILIARY).and(Pos::GERUND))
    }

    /// The value of a number in base units, for choosing; `None` on overflow.
    pub(super) fn value(&self, number: usize) -> Option<Decimal> {
        self.numbers[number].quantity.quantity.base()
    }

    /// Sum less whole as a share of the whole, without sign; `None` on overflow.
    pub(super) fn gap(&self, whole: usize, parts: &[usize]) -> Option<Decimal> {
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, &p| sum.checked_add(self.value(p)?))?;
        let whole = self.value(whole)?;
        sum.checked_sub(whole)?.abs().checked_div(whole)
    }

    /// Whether the parts miss the whole by one.
    pub(super) fn off_by_one(&self, whole: usize, parts: &[usize]) -> bool {
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, &p| sum.checked_add(self.value(p)?));
        sum.zip(self.value(whole)).is_some_and(|(s, w)| s.checked_sub(w).is_some_and(|d| d.abs() == Decimal::ONE))
    }

    /// Whether the numbers come close enough to a sum to have been meant as one: within a share of the whole,
    /// no part being as large as the whole.
    pub(super) fn near(&self, whole: usize, parts: &[usize], share: Decimal) -> bool {
        let largest = parts.iter().filter_map(|&p| self.value(p)).max();
        parts.len() >= 2
            && self.gap(whole, parts).is_some_and(|gap| gap <= share)
            && largest < self.value(whole)
            && parts.iter().all(|&p| self.same_unit(whole, p))
    }

    pub(super) fn parts(&self, parts: &[usize]) -> Vec<Operand> {
        parts.iter().map(|&p| self.operand(p, None)).collect()
    }

    /// The whole as an operand. A round whole is taken to be as precise as the roundest of its parts.
    pub(super) fn whole(&self, number: usize, parts: &[Operand]) -> Operand {
        let coarsest = parts.iter().map(|p| p.quantity.amount.step).max();
        self.operand(number, coarsest)
    }

    fn operand(&self, number: usize, finest: Option<Decimal>) -> Operand {
        let at = self.numbers[number].quantity;
        Operand {
            at: self.view.span(at.tokens.clone()),
            text: self.view.wording(at.tokens.clone()).into(),
            name: self.noun(number),
            quantity: rounded(&at.quantity, finest),
        }
    }
}

/// Whether a noun has the ending of those who do something, which tools share: "sailors", "boilers".
fn is_agent(noun: &str) -> bool {
    ["er", "ers", "or", "ors", "ist", "ists", "ian", "ians"].iter().any(|ending| noun.ends_with(ending))
}

/// A quantity with the step that its zeros suggest: 1,000 for `61,000`, nothing for a count such as `60`,
/// whose zeros may well be counted, or for money written in full; at most `finest` where given.
pub(super) fn rounded(quantity: &Quantity, finest: Option<Decimal>) -> Quantity {
    let mut quantity = quantity.clone();
    if quantity.hedge != Hedge::None {
        return quantity;
    }
    if quantity.amount.step == Decimal::ONE {
        let round = quantity.amount.round_step();
        quantity.amount.step =
            if round >= Decimal::ONE_HUNDRED && !quantity.unit.is_money() { round } else { Decimal::ZERO };
        if let Some(finest) = finest {
            quantity.amount.step = quantity.amount.step.min(finest);
        }
    }
    quantity
}
