//! Labels and keys for a beginning and an end: "Start date: 1 October 2024 … End date: 31 March 2025"; times of one
//! day; what is told as past in a document of an earlier day.

use super::{claim, clock, is_day, step};
use crate::annotate::{TokenKind, phrase_at};
use crate::claim::calendar::{Sequence, SequenceSort, Step};
use crate::claim::moment::Moment;
use crate::claim::{BlockView, Claim, ClaimKind, Context, Value};
use crate::document::{BlockId, BlockKind, Style};
use crate::lexicon::Pos;

/// Blocks between the label of the beginning and that of the end at most.
const NEAR: u32 = 3;

/// A time of day that ends so many seconds before it begins is no night.
const NIGHT: i32 = 4 * 3600;

/// Days after the day of the document at which something past is doubtful, and at which it is of another time.
const SOON: i32 = 7;
const LATE: i32 = 750;

/// Keys of the front matter that say when the document was made.
const MADE: [&str; 3] = ["created", "created_at", "creation-date"];

/// Keys of the front matter that say that the document was changed later.
const CHANGED: [&str; 7] = ["edited", "last_modified_at", "last_updated", "lastmod", "modified", "revised", "updated"];

/// Labels and keys for the beginning and the end.
pub(super) fn labels(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    changed(context, all, out);
    let mut beginning: Option<&Moment> = None;
    for moment in all.iter().flatten() {
        let named = |set: &str| is_labelled(context, moment, set) || is_key(context, moment, set);
        let whole = moment.is_point() && moment.has_own_year();
        if whole && named("sequence.start") {
            beginning = Some(moment);
        } else if whole && named("sequence.end") {
            let near = |m: &&Moment| moment.block.0 - m.block.0 <= NEAR;
            if let Some(first) = beginning.take().filter(near)
                && let (Some(a), Some(b)) = (step(context, first), step(context, moment))
            {
                out.push(claim(context, moment, SequenceSort::Columns, vec![a, b]));
            }
        }
    }
}

/// Keys of the front matter for the day on which a document was made, and for the one on which it was changed.
fn changed(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    let find = |keys: &[&str]| {
        let field = context.document.fields.iter().find(|f| keys.contains(&f.key.as_str()))?;
        all[field.block.index()].first().filter(|m| is_day(m))
    };
    if let (Some(made), Some(changed)) = (find(&MADE), find(&CHANGED))
        && let (Some(a), Some(b)) = (step(context, made), step(context, changed))
    {
        out.push(claim(context, changed, SequenceSort::Columns, vec![a, b]));
    }
}

/// Whether the words of a label are right before the date: "Start date: ".
fn is_labelled(context: &Context<'_>, moment: &Moment, set: &str) -> bool {
    let view = context.view(moment.block);
    let start = moment.tokens.start;
    let Some(colon) = start.checked_sub(1).filter(|&c| view.word(c) == ":") else { return false };
    let opens = |at: usize| {
        at == 0 || matches!(view.word(at - 1), "." | ";" | "|" | "·" | "•") || {
            let strong = |i: usize| view.block.text.has_style(view.layer.bytes(i..i + 1), Style::Strong);
            strong(at) && !strong(at - 1)
        }
    };
    (1..=3.min(colon)).any(|n| {
        let at = colon - n;
        // "Project start", "Grant period end"
        let named = |words: usize| {
            at >= words && opens(at - words) && (at - words..at).all(|i| view.layer.tokens[i].kind == TokenKind::Word)
        };
        phrase_at(context.lexicon, set, view.text, &view.layer.tokens, at) == Some(n) && (0..=2).any(named)
    })
}

fn is_key(context: &Context<'_>, moment: &Moment, set: &str) -> bool {
    let Some(field) = context.document.fields.iter().find(|f| f.block == moment.block) else { return false };
    let key = field.key.replace(['_', '-'], " ");
    context.lexicon.phrases_of(set).contains(&key)
}

/// "The meeting took place 14:00–12:30": a range of times that ends before it begins, and is no night.
pub(super) fn times(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let tokens = &view.layer.tokens;
    let open = |at: usize| phrase_at(context.lexicon, "sequence.open", view.text, tokens, at).is_some();
    for at in 0..tokens.len().saturating_sub(2) {
        let joined = matches!(view.word(at + 1), "–" | "-" | "—" | "−" | "to" | "until" | "till");
        if tokens[at].kind != TokenKind::Number || tokens[at + 2].kind != TokenKind::Number || !joined {
            continue;
        }
        let (Some(from), Some(to)) = (clock(view.word(at)), clock(view.word(at + 2))) else { continue };
        let back = from.first - to.first;
        let half = matches!(view.word(at + 3).to_ascii_lowercase().as_str(), "am" | "pm" | "a.m" | "p.m");
        let chain = at > 0 && matches!(view.word(at - 1), "–" | "-" | "/" | ":");
        if !(600..=NIGHT).contains(&back)
            || half
            || chain
            || view.block.text.has_style(view.layer.bytes(at..at + 3), Style::Code)
        {
            continue;
        }
        // "open 06:00–05:30", "12:30–1:30" of a clock with twelve hours.
        let sentence = view.layer.sentence_of(at);
        if sentence.clone().take(80).any(open) || to.first < 8 * 3600 {
            continue;
        }
        let step = |at: usize, days| Step { at: view.member(at..at + 1), days, version: Vec::new() };
        let steps = vec![step(at, from), step(at + 2, to)];
        let value = Value::Sequence(Box::new(Sequence { sort: SequenceSort::Columns, steps }));
        out.push(view.claim(ClaimKind::Sequence, "sequence", at + 2..at + 3, value));
    }
}

/// The only day later than that of the front matter that running text tells of as past.
pub(super) fn told(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    let fields = &context.document.fields;
    if fields.iter().any(|f| CHANGED.contains(&f.key.as_str())) {
        return;
    }
    let own = fields.iter().find(|f| matches!(f.key.as_str(), "date" | "published" | "pubdate" | "publishdate"));
    let Some(own) = own.and_then(|f| all[f.block.index()].first()).filter(|m| is_day(m)) else { return };
    let Some(appeared) = step(context, own) else { return };
    let mut later = Vec::new();
    for moment in all.iter().flatten().filter(|m| m.block != own.block) {
        let Some(days) = moment.date.days().filter(|d| d.first > appeared.days.first + SOON) else { continue };
        later.push((moment, days));
    }
    // A document with several later days was written on, or tells of what is to come.
    let [(moment, days)] = later.as_slice() else { return };
    if is_day(moment) && days.first - appeared.days.first <= LATE && is_past(context, moment) {
        let Some(step) = step(context, moment) else { return };
        out.push(claim(context, moment, SequenceSort::Told, vec![step, appeared]));
    }
}

/// Whether the sentence of a date tells of it as past.
fn is_past(context: &Context<'_>, moment: &Moment) -> bool {
    let view = context.view(moment.block);
    let sentence = view.layer.sentence_of(moment.tokens.start);
    if !matches!(view.block.kind, BlockKind::Paragraph) || sentence.len() > 60 {
        return false;
    }
    let tokens = &view.layer.tokens;
    let pos = |at: usize| tokens[at].word.map_or(Pos::default(), |id| context.lexicon.words.pos(id));
    let past = sentence.clone().any(|at| {
        let was = matches!(view.word(at), "was" | "were");
        was || pos(at).any(Pos::PAST)
            && !pos(at).any(Pos::NOUN.and(Pos::ADJECTIVE))
            && tokens[at].kind == TokenKind::Word
    });
    let ahead = |at: usize| phrase_at(context.lexicon, "sequence.ahead", view.text, tokens, at).is_some();
    let opens = moment.tokens.start <= sentence.start + 2;
    past && opens && !sentence.clone().any(ahead)
}

/// The heading or paragraph that says that a list or table is one of times: "Timeline", "Key dates".
pub(super) fn is_timeline(context: &Context<'_>, section: Option<BlockId>, intro: Option<BlockId>) -> bool {
    [section, intro].into_iter().flatten().any(|id| {
        let view = context.view(id);
        let tokens = view.layer.tokens.len().min(24);
        (0..tokens)
            .any(|at| phrase_at(context.lexicon, "sequence.timeline", view.text, &view.layer.tokens, at).is_some())
    })
}
