//! Shares of one whole: "45 % were in favour, 35 % against and 25 % had no opinion", lists of shares, two shares of
//! which one is the rest.
//!
//! Shares need not be of one whole, and people may name several things. They are taken to be the whole only when
//! the words say so: a last share that is called the rest, a verb that deals a whole out, a noun that can only be
//! dealt out.

use crate::annotate::{QuantityAt, TokenKind, phrases_at};
use crate::claim::context::{BlockView, Context};
use crate::claim::{Claim, ClaimKind, Operand, Relation, Value};
use crate::document::{BlockId, BlockKind};
use crate::value::Decimal;
use compact_str::CompactString;
use std::ops::Range;

/// A sentence or list with more shares is a table.
const MOST: usize = 20;

/// Reads the shares of one block, sentence by sentence.
pub(super) fn sentences(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    if !view.is_prose() || view.layer.quantities.len() < 2 {
        return;
    }
    let shares: Vec<&QuantityAt> = view.layer.quantities.iter().filter(|q| q.quantity.unit.is_percent()).collect();
    let mut next = 0;
    for sentence in &view.layer.sentences {
        while shares.get(next).is_some_and(|v| v.tokens.start < sentence.start) {
            next += 1;
        }
        let here = shares[next..].partition_point(|v| v.tokens.end <= sentence.end);
        let inside = &shares[next..next + here];
        if (3..=MOST).contains(&inside.len()) {
            let reader = Reader { context, view: *view };
            out.extend(reader.sentence(sentence.clone(), inside));
        }
    }
}

struct Reader<'a> {
    context: &'a Context<'a>,
    view: BlockView<'a>,
}

impl Reader<'_> {
    fn has(&self, range: Range<usize>, set: &str) -> bool {
        has(self.context, &self.view, range, |name| name == set)
    }

    /// The claim of a sentence whose percentages are shares of one whole.
    fn sentence(&self, range: Range<usize>, shares: &[&QuantityAt]) -> Option<Claim> {
        let plain = shares.iter().all(|v| v.quantity.is_plain() && !v.label);
        // A share in brackets repeats a number before it, a change has no whole.
        let other = has(self.context, &self.view, range.clone(), |name| {
            matches!(name, "order.up" | "order.down" | "order.widen" | "order.narrow" | "percentage.other-base")
        });
        let whole_block = 0..self.view.layer.tokens.len();
        if !plain || other || self.has(whole_block, "shares.several") || !self.level(shares) {
            return None;
        }
        let last = shares.last()?;
        let rest = self.has(range.clone(), "shares.rest");
        let told = self.has(range.clone(), "shares.whole");
        let dealt = self.dealt(range.clone(), shares);
        let grouped =
            shares.iter().skip(1).any(|v| matches!(self.view.word(v.hedged.end), "of" | "in" | "among" | "at"));
        let grouped =
            grouped || shares.first().is_some_and(|v| matches!(self.view.word(v.hedged.end), "in" | "among" | "at"));
        let strong = (dealt || rest) && !grouped || dealt && rest;
        let weak = told && !grouped;
        if !(strong || weak) {
            return None;
        }
        let sum = total(shares.iter().map(|v| v.quantity.value()))?;
        // A whole that is short of a hundred may have shares that are not told.
        let fits = if strong && rest { near(sum, 80, 120) } else { near(sum, 100, 115) };
        fits.then(|| claim(&self.view, last, shares))
    }

    /// Whether all shares stand on one level: outside brackets, or all of them alone in brackets.
    fn level(&self, shares: &[&QuantityAt]) -> bool {
        let bracketed = |v: &&QuantityAt| {
            let open = v.hedged.start.checked_sub(1).map_or("", |i| self.view.word(i));
            matches!(open, "(" | "[") && matches!(self.view.word(v.hedged.end), ")" | "]")
        };
        let inside = shares.iter().filter(|v| bracketed(v)).count();
        inside == 0 || inside == shares.len()
    }

    /// Whether the sentence speaks of something that is dealt out: "of the budget", "of power".
    fn dealt(&self, range: Range<usize>, shares: &[&QuantityAt]) -> bool {
        let first = shares.first().map_or(range.end, |v| v.hedged.end);
        let leading = matches!(self.view.word(range.start), "Of" | "of" | "From" | "from");
        let end = range.end.min(first + 5);
        let from = if leading { range.start } else { first };
        (from..end).any(|i| {
            self.view.word(i).eq_ignore_ascii_case("of") && {
                let to = (i + 1..(i + 6).min(end))
                    .find(|&j| self.view.layer.tokens[j].kind != TokenKind::Word)
                    .unwrap_or((i + 6).min(end));
                self.has(i + 1..to, "shares.amount")
            }
        })
    }
}

/// Reads the lists whose items each give one share.
pub(super) fn lists(context: &Context<'_>, out: &mut Vec<Claim>) {
    for list in &context.document.lists {
        if !(3..=MOST).contains(&list.items.len()) {
            continue;
        }
        let items: Option<Vec<(BlockId, &QuantityAt)>> = list
            .items
            .iter()
            .map(|item| {
                let id = item.block?;
                let layer = context.view(id).layer;
                let mut shares = layer.quantities.iter().filter(|q| q.quantity.unit.is_percent());
                let share = shares.next().filter(|q| q.quantity.is_plain() && !q.label)?;
                let alone = shares.next().is_none() && layer.tokens.len() <= 24;
                // The share opens or closes its item: "Donations: 30 %", "30 % from donations".
                let tokens = &share.tokens;
                let placed = tokens.start <= 1
                    || tokens.end + 1 >= layer.tokens.len()
                    || matches!(context.view(id).word(tokens.start - 1), ":" | "–" | "—" | "-" | "(");
                (alone && placed).then_some((id, share))
            })
            .collect();
        let Some(items) = items else { continue };
        let intro = list.intro.map(|id| context.view(id));
        let set_in = |view: &BlockView<'_>, set: &'static str| {
            has(context, view, 0..view.layer.tokens.len(), |name| name == set)
        };
        let section = intro.and_then(|v| v.block.section).map(|id| context.view(id));
        let about = |set| intro.iter().chain(&section).any(|v| set_in(v, set));
        let inside = |set| items.iter().any(|(id, _)| set_in(&context.view(*id), set));
        let changes = items.iter().any(|(id, _)| {
            let view = context.view(*id);
            has(context, &view, 0..view.layer.tokens.len(), |name| {
                matches!(name, "order.up" | "order.down" | "order.widen" | "order.narrow" | "percentage.other-base")
            })
        });
        if about("shares.several") || inside("shares.several") || changes {
            continue;
        }
        let rest = inside("shares.rest");
        let told = about("shares.whole") || about("shares.amount");
        let Some(sum) = total(items.iter().map(|(_, v)| v.quantity.value())) else { continue };
        let fits = if rest || told { near(sum, 85, 118) } else { false };
        let ends =
            intro.is_some_and(|v| matches!(v.block.kind, BlockKind::Heading(_)) || v.text.trim_end().ends_with(':'));
        if !fits || !ends {
            continue;
        }
        let mut operands: Vec<Operand> = items.iter().map(|(id, v)| operand(&context.view(*id), v)).collect();
        let Some(stated) = operands.pop() else { continue };
        let Some(&(id, last)) = items.last() else { continue };
        let value = Value::Percentage { relation: Relation::Whole, stated, others: operands };
        out.push(context.view(id).claim(ClaimKind::Percentage, "percentage", last.tokens.clone(), value));
    }
}

fn claim(view: &BlockView<'_>, last: &QuantityAt, shares: &[&QuantityAt]) -> Claim {
    let others = shares[..shares.len() - 1].iter().map(|v| operand(view, v)).collect();
    let value = Value::Percentage { relation: Relation::Whole, stated: operand(view, last), others };
    view.claim(ClaimKind::Percentage, "percentage", last.tokens.clone(), value)
}

fn operand(view: &BlockView<'_>, at: &QuantityAt) -> Operand {
    let member = view.member(at.tokens.clone());
    Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: at.quantity.clone() }
}

fn total(mut values: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    values.try_fold(Decimal::ZERO, Decimal::checked_add)
}

fn near(sum: Decimal, low: i64, high: i64) -> bool {
    sum >= Decimal::from(low) && sum <= Decimal::from(high)
}

fn has(context: &Context<'_>, view: &BlockView<'_>, range: Range<usize>, wanted: impl Fn(&str) -> bool) -> bool {
    let tokens = &view.layer.tokens;
    range.into_iter().any(|i| phrases_at(context.lexicon, view.text, tokens, i).any(|(name, _)| wanted(name)))
}
