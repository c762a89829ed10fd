//! The numbers of running text.

use super::{COMPANY, Cue, Datum, DatumPlace, around, has, lines};
use crate::annotate::{QuantityAt, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::scope::{clause, window};
use crate::claim::setting::parameter::{Terms, Word, counted, in_tokens};
use crate::claim::setting::{SettingValue, code_spans, only};
use crate::claim::{Claim, Context, Value, scope};
use crate::document::Style;
use crate::lexicon::{Lexicon, lower};
use crate::value::{Hedge, Quantity};
use std::ops::Range;

/// Tokens on either side of a number that count as beside it.
const BESIDE: usize = 5;

/// Words of a block that begins with a name in code or in bold.
const LEAD: usize = 6;

/// Longest piece of code in a sentence that is read.
const SPAN: usize = 160;

/// Cues of scope of values that hold for something else.
const OTHER: &[(&str, Cue)] =
    &[("edition", Cue::Edition), ("example", Cue::Example), ("previous", Cue::Changed), ("negated", Cue::Negated)];

pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views().filter(BlockView::is_prose) {
        let spans = code_spans(&view);
        if view.layer.quantities.is_empty() && spans.is_empty() {
            continue;
        }
        let reader = Reader { context, lead: lead(&view), around: around(context, &view), view };
        for one in &view.layer.quantities {
            out.extend(reader.datum(one));
        }
        for span in spans {
            reader.in_span(&span, out);
        }
    }
}

/// The name that a block begins with: "`poll` – how often …", "**Idle time**: …".
fn lead(view: &BlockView<'_>) -> Range<usize> {
    let styled = view.block.text.styles.iter().find(|(bytes, _)| bytes.start <= 2);
    let Some((bytes, _)) = styled else { return 0..0 };
    let end = view.layer.tokens.partition_point(|t| t.end <= bytes.end);
    if end <= LEAD { 0..end } else { 0..0 }
}

/// A block of running text with what all of its numbers have in common.
struct Reader<'a> {
    context: &'a Context<'a>,
    view: BlockView<'a>,
    /// The name that it begins with.
    lead: Range<usize>,
    /// The words of the headings above it.
    around: Vec<(Word, u8)>,
}

impl Reader<'_> {
    fn datum(&self, one: &QuantityAt) -> Option<Claim> {
        let (view, lexicon) = (&self.view, self.context.lexicon);
        let quantity = &one.quantity;
        let numbered = is_numbered(view, lexicon, one);
        if one.vague || numbered || quantity.amount.range || quantity.unit.is_money() {
            return None;
        }
        let sentence = window(view, one.tokens.start);
        let own = clause(view, one.tokens.start);
        let own = own.start.max(sentence.start)..own.end.min(sentence.end);
        let near = own.start.max(one.hedged.start.saturating_sub(BESIDE))..own.end.min(one.hedged.end + BESIDE);
        let mut terms = Terms::default();
        for (at, word) in in_tokens(view, lexicon, sentence.clone()) {
            if !one.tokens.contains(&at) {
                terms.add(word, if near.contains(&at) { 4 } else { 3 });
            }
        }
        for (_, word) in in_tokens(view, lexicon, self.lead.clone()) {
            terms.add(word, 4);
        }
        if let Some(before) = sentence.start.checked_sub(1).map(|i| view.layer.sentence_of(i)) {
            for (_, word) in in_tokens(view, lexicon, before) {
                terms.add(word, 2);
            }
        }
        terms.extend(&self.around);
        let (cues, slot) = cues(view, lexicon, one, &sentence, &own);
        let in_code = view.block.text.has_style(view.layer.bytes(one.tokens.clone()), Style::Code);
        let inside = |q: &&QuantityAt| q.tokens != one.tokens && sentence.contains(&q.tokens.start);
        let company = view.layer.quantities.iter().filter(inside).take(COMPANY);
        let company = company.map(|q| SettingValue::Quantity(q.quantity.clone())).collect();
        let value = SettingValue::Quantity(Quantity { hedge: Hedge::None, ..quantity.clone() });
        let place = if in_code { DatumPlace::Code } else { DatumPlace::Prose };
        let counted = counted(view, lexicon, one);
        let only = only(view, lexicon, sentence.clone());
        let datum = Datum { counted, slot, cues, company, only, ..Datum::new(place, value, terms) };
        Some(datum.claim(view, one.tokens.clone()))
    }

    /// The numbers in a piece of code: `localhost:8080`, `timeout=30`.
    fn in_span(&self, span: &Range<usize>, out: &mut Vec<Claim>) {
        let (view, lexicon) = (&self.view, self.context.lexicon);
        let bytes = view.layer.bytes(span.clone());
        if bytes.len() > SPAN || !view.text[bytes.clone()].bytes().any(|b| b.is_ascii_digit()) {
            return;
        }
        let read = |at: &Range<usize>| {
            let tokens = &view.layer.tokens;
            view.layer.quantities.iter().any(|q| {
                q.tokens.clone().any(|i| (tokens[i].start as usize) < at.end && at.start < tokens[i].end as usize)
            })
        };
        for (at, value) in lines::in_span(lexicon, view.text, bytes.clone()) {
            if read(&at) {
                continue;
            }
            let tokens = &view.layer.tokens;
            let first = tokens.partition_point(|t| (t.end as usize) <= at.start).min(span.end.saturating_sub(1));
            let SettingValue::Quantity(quantity) = &value else { continue };
            let one = QuantityAt {
                tokens: first..first + 1,
                number: first..first + 1,
                hedged: first..first + 1,
                quantity: quantity.clone(),
                label: false,
                vague: false,
            };
            let Some(mut claim) = self.datum(&one) else { continue };
            if let Value::Datum(datum) = &mut claim.value {
                datum.place = DatumPlace::Code;
                let own = clause(view, first);
                let before = own.start..span.start.max(own.start);
                datum.cues |= Cue::Chosen.bit(has(view, lexicon, "parameter-chosen", &before));
                let mut terms = Terms::of(std::mem::take(&mut datum.terms));
                terms.code(lexicon, &view.text[bytes.start..at.start], 4);
                terms.code(lexicon, &view.text[at.end..bytes.end], 4);
                datum.terms = terms.done();
            }
            claim.at = view.block.text.span(at.clone());
            claim.text = view.text[at].into();
            claim.subject.wording = claim.text.clone();
            out.push(claim);
        }
    }
}

/// Whether a number is that of an issue, a law, a standard: "#4711", "2022/1148", "RFC 9110", "agreement No 4711".
fn is_numbered(view: &BlockView<'_>, lexicon: &Lexicon, one: &QuantityAt) -> bool {
    let before = one.tokens.start.checked_sub(1).map_or("", |i| view.word(i));
    let full_stop = before == "." && one.tokens.start > 1;
    let word = if full_stop { view.word(one.tokens.start - 2) } else { before };
    let capitals = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    let figures = view.word(one.tokens.end + 1).starts_with(|c: char| c.is_ascii_digit());
    before.ends_with(['#', '/'])
        || view.word(one.tokens.end) == "/" && figures
        || capitals && !full_stop
        || lexicon.is_in("datum-number", &lower(word))
}

/// What is said of a number besides, and whether it is a default or a bound.
fn cues(
    view: &BlockView<'_>,
    lexicon: &Lexicon,
    one: &QuantityAt,
    sentence: &Range<usize>,
    own: &Range<usize>,
) -> (u32, &'static str) {
    let tokens = &view.layer.tokens;
    let (found, _) = scope(view, lexicon, &one.tokens);
    let by_default = has(view, lexicon, "setting-by-default", sentence)
        || has(view, lexicon, "setting-default", sentence)
        || has(view, lexicon, "datum-default", sentence);
    let asked = phrase_at(lexicon, "parameter-chosen", view.text, tokens, own.start).is_some();
    let to = one.hedged.start > own.start && lower(view.word(one.hedged.start - 1)) == "to";
    let quantity = &one.quantity;
    let joins =
        |i: usize| matches!(lower(view.word(i)).as_str(), "," | "and" | "or" | "/" | "to" | "–" | "-" | "×" | "x");
    let number = |i: usize| view.word(i).starts_with(|c: char| c.is_ascii_digit());
    let listed = one.tokens.start >= 2 && joins(one.tokens.start - 1) && number(one.tokens.start - 2)
        || joins(one.tokens.end) && number(one.tokens.end + 1);
    let conditional = matches!(lower(view.word(own.start)).as_str(), "if" | "when" | "whenever" | "where" | "while");
    let rounded = matches!(quantity.hedge, Hedge::About | Hedge::Nearly | Hedge::JustOver)
        || one.tokens.start > 0 && lexicon.is_in("datum-rounded", &lower(view.word(one.tokens.start - 1)));
    let mut bits = 0;
    for (cue, is) in [
        (Cue::Default, by_default),
        (Cue::Told, has(view, lexicon, "parameter-told", sentence)),
        (Cue::Changed, has(view, lexicon, "setting-changed", own) || has(view, lexicon, "setting-former", own)),
        (Cue::Chosen, asked || to),
        (Cue::Rounded, rounded),
        (Cue::Label, one.label),
        (Cue::Listed, listed),
        (Cue::Conditional, conditional),
        (Cue::Words, quantity.amount.words),
    ] {
        bits |= cue.bit(is);
    }
    for (name, cue) in OTHER {
        bits |= cue.bit(found.cues.iter().any(|c| c == name));
    }
    let slot = match quantity.hedge {
        Hedge::AtMost | Hedge::MoreThan => "most",
        Hedge::AtLeast | Hedge::LessThan => "least",
        _ if by_default => "default",
        _ => "",
    };
    (bits, slot)
}
