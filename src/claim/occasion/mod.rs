//! Dates with the words that say what they are the dates of, for the comparison of what is told in other words: "the
//! depot was handed over on 14 August", "| Handover of the depot | 24 August |", "Deadline for abstracts: 5 May".
//!
//! Goes in: the dates of a document. Comes out: for each the content words around it by word family, the class of what
//! happens, and what sets one occasion apart from others of its kind.

mod abroad;
mod table;
mod tie;
mod words;

use super::calendar::{Doubts, Edge, Occasion, OccasionTerm};
use super::moment::{Moment, is_joined};
use super::{BlockView, Claim, ClaimKind, Context, Status, Value, scope};
use crate::annotate::{Case, DateForm, TokenKind, phrase_at, phrase_before};
use crate::document::{BlockId, BlockKind, Style};
use crate::lexicon::{Pos, lower};
use crate::value::{Date, DateRange};
use compact_str::CompactString;
use std::ops::Range;
use std::sync::Arc;
use words::Words;

/// Dates of one sentence at most: a longer one is a list or a log.
const DATES: usize = 6;

/// Blocks at either end of a document, and words beside its date, that tell where and when it was written.
const EDGE: usize = 4;
const PLACE: usize = 6;

/// Reads the claims of kind Occasion.
pub(super) fn extract(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    if super::language::is_abroad(context) {
        abroad::extract(context, out);
        return;
    }
    let title = words::title(context);
    for view in context.views() {
        let moments = &all[view.id.index()];
        if let (BlockKind::Heading(_), [only]) = (&view.block.kind, moments.as_slice()) {
            out.extend(release(context, &view, only, &title));
        }
        // What stands in a bibliography are the days of other papers.
        let told = matches!(
            view.block.kind,
            BlockKind::Heading(_)
                | BlockKind::Paragraph
                | BlockKind::Item { .. }
                | BlockKind::Quote
                | BlockKind::Caption
                | BlockKind::Comment { .. }
                | BlockKind::Note { .. }
        );
        if !told || moments.is_empty() {
            continue;
        }
        let faint = matches!(view.block.kind, BlockKind::Heading(_) | BlockKind::Note { .. })
            || is_dateline(context, &view, moments);
        // The years of notes, and days in brackets there, are those of works.
        let note = matches!(view.block.kind, BlockKind::Note { .. });
        let bracket = |m: &Moment| m.tokens.start > 0 && view.word(m.tokens.start - 1) == "(";
        let told = |m: &Moment| is_told(m) && !(note && (bracket(m) || is_of_issue(&view, m)));
        for moment in moments.iter().filter(|m| told(m) || is_year(m) && !note && !is_of_name(&view, m)) {
            let claim = in_sentence(context, &view, all, moment, &title);
            out.extend(claim.map(|claim| if faint { faintly(claim) } else { claim }));
        }
        for moment in moments.iter().filter_map(rounded) {
            out.extend(in_sentence(context, &view, all, &moment, &title).map(faintly));
        }
    }
    table::extract(context, all, &title, out);
}

/// "*Valley Courier*, 3 May 1926": the day of an issue, behind the name of a periodical.
fn is_of_issue(view: &BlockView<'_>, moment: &Moment) -> bool {
    let Some(name) = moment.tokens.start.checked_sub(2) else { return false };
    let bytes = view.layer.bytes(name..name + 1);
    view.word(name + 1) == "," && view.block.text.has_style(bytes, Style::Emphasis)
}

/// "CITY OF BRENNACH, 2 July 2024": where and when a document was written, near its beginning or end; no word tells of
/// anything that happens.
fn is_dateline(context: &Context<'_>, view: &BlockView<'_>, moments: &[Moment]) -> bool {
    let id = view.id.index();
    let [only] = moments else { return false };
    let at_edge = id < EDGE || id + EDGE >= context.document.blocks.len();
    let plain = matches!(view.block.kind, BlockKind::Paragraph);
    let mut words = (0..view.layer.tokens.len())
        .filter(|i| !only.tokens.contains(i) && view.layer.tokens[*i].kind == TokenKind::Word)
        .peekable();
    let place = |i: usize| {
        let joins = view.layer.tokens[i]
            .word
            .is_some_and(|id| context.lexicon.words.pos(id).any(Pos::PREPOSITION.and(Pos::DETERMINER)));
        joins || view.layer.tokens[i].case != Case::Lower
    };
    at_edge
        && plain
        && view.layer.tokens.len() <= only.tokens.len() + PLACE
        && words.peek().is_some_and(|&i| i < only.tokens.start)
        && words.all(place)
}

/// The claim as one that counts only where all evidence is weighed.
fn faintly(mut claim: Claim) -> Claim {
    if let Value::Occasion(occasion) = &mut claim.value {
        occasion.faint = true;
    }
    claim
}

/// "2.5.0 (2024-10-22)": the day of a release, as the heading of its changes.
fn release(
    context: &Context<'_>,
    view: &BlockView<'_>,
    moment: &Moment,
    title: &Arc<[CompactString]>,
) -> Option<Claim> {
    if !is_told(moment) || moment.date.from.day.is_none() {
        return None;
    }
    let mut words = Words::new(context);
    words.around(view, 0..view.layer.tokens.len(), &moment.tokens);
    words.is_version().then(|| {
        words.released();
        made(view, moment, words.occasion(moment.dated(context), Edge::Point, title))
    })?
}

/// Whether a date is one that can be told twice: a day or a month, or days from one to another.
fn is_told(moment: &Moment) -> bool {
    let form = match moment.form {
        DateForm::Point | DateForm::DayFirst | DateForm::MonthFirst => true,
        DateForm::Pair | DateForm::Range => moment.date.from.day.is_some() && moment.date.to.day.is_some(),
        DateForm::Open { .. } | DateForm::Double | DateForm::Part | DateForm::Vague => false,
    };
    form && moment.date.from.month.is_some()
}

/// What a person or thing has once, so that even its year alone is told twice.
const ONCE: [&str; 14] = [
    "adoption",
    "birth",
    "building",
    "completion",
    "consecration",
    "death",
    "enactment",
    "founding",
    "inauguration",
    "opening",
    "publication",
    "ratification",
    "signing",
    "sinking",
];

/// Whether a date is a year and no more, or a season of it.
fn is_year(moment: &Moment) -> bool {
    let form = moment.is_point() || moment.form == DateForm::Vague && moment.date.is_one();
    form && moment.date.from.year.is_some() && moment.date.from.month.is_none()
}

/// Whether a year belongs to the name of a law or to a cited work: "the Records Act 2021", "Okafor (2015)".
fn is_of_name(view: &BlockView<'_>, moment: &Moment) -> bool {
    let sign = |at: &usize| matches!(view.word(*at), "(" | "[" | "," | "*" | "\"" | "”" | ")" | ".");
    let sentence = view.layer.sentence_of(moment.tokens.start);
    let before = (sentence.start..moment.tokens.start).rev().find(|at| !sign(at));
    let name = |at: usize| view.layer.tokens[at].kind == TokenKind::Word && view.layer.tokens[at].case != Case::Lower;
    // "In 1931"
    before.is_some_and(|at| at > sentence.start && name(at))
}

/// A date somewhere in a month or year, as that month or year: "mid-October 2005", "early 1931".
fn rounded(moment: &Moment) -> Option<Moment> {
    let DateRange { from, to } = moment.date;
    if moment.form != DateForm::Vague || from.year != to.year || from.month.is_none() {
        return None;
    }
    let month = from.month.filter(|_| from.month == to.month);
    from.year.or(month.map(i16::from))?;
    let date = DateRange::one(Date { year: from.year, month, day: None });
    Some(Moment { date, ..moment.clone() })
}

/// The occasion of a date in running text.
fn in_sentence(
    context: &Context<'_>,
    view: &BlockView<'_>,
    all: &[Vec<Moment>],
    moment: &Moment,
    title: &Arc<[CompactString]>,
) -> Option<Claim> {
    let moments = &all[view.id.index()];
    let sentence = view.layer.sentence_of(moment.tokens.start);
    let within = |m: &&Moment| sentence.contains(&m.tokens.start);
    if moments.iter().filter(within).count() > DATES {
        return None;
    }
    // "from 2 March to 30 June": both ends have the words of the whole.
    let joined = |m: &&Moment| is_joined(view, &m.tokens, &moment.tokens) || is_joined(view, &moment.tokens, &m.tokens);
    let other = moments.iter().filter(within).find(joined);
    let span = other.map_or(moment.tokens.clone(), |m| {
        m.tokens.start.min(moment.tokens.start)..m.tokens.end.max(moment.tokens.end)
    });
    let others = || moments.iter().filter(within).filter(|m| m.tokens.end <= span.start || m.tokens.start >= span.end);
    let floor = others().filter(|m| m.tokens.end <= span.start).map(|m| m.tokens.end).max();
    let ceiling = others().filter(|m| m.tokens.start >= span.end).map(|m| m.tokens.start).min();
    let clause = split(view, floor.unwrap_or(sentence.start)..ceiling.unwrap_or(sentence.end), &span);
    let mut words = Words::new(context);
    words.around(view, clause.clone(), &span);
    words.meant(view, clause.clone());
    words.this_version(view, clause.clone());
    words.asked(view, sentence.clone());
    words.heading(view);
    let edge = match other {
        Some(m) if m.tokens.start > moment.tokens.start => Edge::Start,
        Some(_) => Edge::End,
        None => edge(context, view, &sentence, moment),
    };
    let (scope, status) = scope(view, context.lexicon, &moment.tokens);
    let near = words.happens_near();
    let tie = tie::tie(context, &words, view, &clause, &span);
    let beside = words.beside(view, sentence.clone(), &clause);
    let figures = words.figures(view, sentence.clone());
    let mut occasion = words.occasion(moment.dated(context), edge, title);
    occasion.doubts = doubts(context, view, &sentence, moment);
    occasion.faint = occasion.doubts.any() || is_year(moment) && !(near && ONCE.contains(&occasion.action.as_str()));
    (occasion.tie, occasion.beside) = (tie, beside);
    occasion.figures = figures;
    occasion.other = other.map(|m| m.date);
    occasion.firm = moment.year_from.as_ref().is_none_or(|(block, tokens)| {
        let heading = matches!(context.document.block(*block).kind, BlockKind::Heading(_));
        heading || *block == view.id && sentence.contains(&tokens.start)
    });
    occasion.under = under(context, view.id, all);
    let inner = split_by(view, clause.clone(), &span, |word| matches!(word, "," | "(" | ")"));
    occasion.ahead = tense(context, view, inner, status).or_else(|| tense(context, view, clause, status));
    let mut claim = made(view, moment, occasion)?;
    (claim.scope, claim.status) = (scope, status);
    Some(claim)
}

/// The first day of the date of the nearest heading that has one: minutes of many meetings, entries of a log.
fn under(context: &Context<'_>, block: BlockId, all: &[Vec<Moment>]) -> Option<i32> {
    let dated = |id: BlockId| all[id.index()].iter().find_map(|m| m.date.days()).map(|d| d.first);
    let below_title = |id: BlockId| context.document.headings(id).next().is_some();
    context.document.headings(block).filter(|(id, _)| below_title(*id)).find_map(|(id, _)| dated(id))
}

/// The claim of an occasion; `None` when no word says what it is.
fn made(view: &BlockView<'_>, moment: &Moment, mut occasion: Occasion) -> Option<Claim> {
    if occasion.terms.is_empty() {
        return None;
    }
    occasion.terms.sort_by(|a, b| a.key.cmp(&b.key).then(b.weight.cmp(&a.weight)));
    occasion.terms.dedup_by(|b, a| a.key == b.key);
    Some(view.claim(ClaimKind::Occasion, "occasion", moment.tokens.clone(), Value::Occasion(Box::new(occasion))))
}

/// The part of a clause between semicolons and full stops that a date stands in.
fn split(view: &BlockView<'_>, clause: Range<usize>, date: &Range<usize>) -> Range<usize> {
    split_by(view, clause, date, |word| matches!(word, ";" | "|" | "•"))
}

fn split_by(
    view: &BlockView<'_>,
    clause: Range<usize>,
    date: &Range<usize>,
    stops: impl Fn(&str) -> bool,
) -> Range<usize> {
    let stop = |i: &usize| stops(view.word(*i));
    let start = (clause.start..date.start).rev().find(stop).map_or(clause.start, |i| i + 1);
    let end = (date.end..clause.end).find(stop).unwrap_or(clause.end);
    start..end
}

/// What the sentence says itself of there being several such dates, or of this one no longer holding.
fn doubts(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>, moment: &Moment) -> Doubts {
    let tokens = &view.layer.tokens;
    let at = |set: &str, i: usize| phrase_at(context.lexicon, set, view.text, tokens, i).is_some();
    let near = moment.tokens.start.saturating_sub(8).max(sentence.start)..(moment.tokens.end + 8).min(sentence.end);
    let comma = |i: &usize| matches!(view.word(*i), "," | "(" | ")" | ":");
    let start = (near.start..moment.tokens.start).rev().find(comma).unwrap_or(near.start);
    let end = (moment.tokens.end..near.end).find(comma).unwrap_or(near.end);
    let negation = |i: usize| tokens[i].word.is_some_and(|id| context.lexicon.words.pos(id).any(Pos::NEGATION));
    // "who cited the version of 3 July need not change it": what is told after the date is another matter.
    let opens = moment.tokens.start - start <= 3;
    let reach = if opens { end } else { moment.tokens.end };
    let before = moment.tokens.start.saturating_sub(4).max(sentence.start)..moment.tokens.start;
    Doubts {
        // "Table 1. Boats by harbour, 30 September 2023": as they were on that day.
        state: phrase_before(context.lexicon, "dating.state", view.text, tokens, moment.tokens.start).is_some()
            || view.block.kind == BlockKind::Caption
                && moment.tokens.start.checked_sub(1).is_some_and(|i| view.word(i) == ","),
        byline: before.into_iter().any(|i| at("dating.byline", i)),
        again: (near.start..end).any(|i| at("dating.again", i)),
        moved: sentence.clone().take(200).any(|i| at("dating.moved", i)),
        denied: (start..end.min(reach)).any(negation),
    }
}

/// What the words before a date make of it.
fn edge(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>, moment: &Moment) -> Edge {
    let mut at = moment.tokens.start;
    let weekday =
        |i: usize| view.layer.tokens[i].word.is_some_and(|id| context.lexicon.words.pos(id).any(Pos::WEEKDAY));
    while at > sentence.start && (weekday(at - 1) || matches!(view.word(at - 1), "," | "the" | "(" | "*" | "**")) {
        at -= 1;
    }
    let Some(lead) = at.checked_sub(1).filter(|&i| i >= sentence.start) else { return Edge::Point };
    match lower(view.word(lead)).as_str() {
        "from" | "since" | "starting" | "beginning" => Edge::Start,
        "until" | "till" | "to" | "through" | "by" | "before" | "after" => Edge::End,
        _ => Edge::Point,
    }
}

/// Whether the clause looks ahead to the date or back; `None` when it has no verb that shows it.
fn tense(context: &Context<'_>, view: &BlockView<'_>, clause: Range<usize>, status: Status) -> Option<bool> {
    let pos = |i: usize| view.layer.tokens[i].word.map_or(Pos::default(), |id| context.lexicon.words.pos(id));
    let ahead = matches!(status, Status::Forecast | Status::Target)
        || clause.clone().any(|i| matches!(view.word(i), "will" | "shall" | "would" | "should"));
    let past = clause.into_iter().any(|i| {
        matches!(view.word(i), "was" | "were" | "had" | "has" | "have")
            || pos(i).any(Pos::PAST)
                && !pos(i).any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::AUXILIARY))
                // "are asked to use the other gate"
                && !matches!(view.word(i.wrapping_sub(1)), "am" | "are" | "be" | "is")
    });
    if ahead { Some(true) } else { past.then_some(false) }
}
