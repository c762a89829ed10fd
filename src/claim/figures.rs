//! The numbers of neighbouring blocks, with what stands around them: what the weighed readings of totals and shares
//! start from.

use super::context::{BlockView, Context};
use super::noun::{lemma, noun_phrase};
use super::scope::is_year;
use crate::annotate::{QuantityAt, TokenKind, phrases_at};
use crate::document::BlockKind;
use crate::lexicon::{Lexicon, Pos};
use crate::value::Decimal;
use compact_str::CompactString;
use rust_decimal::prelude::ToPrimitive;

/// Classes of words around numbers, as sets of the lexicon; the place in the list is the bit of a [`Cues`].
const CLASSES: [&str; 18] = [
    "figure.total",
    "figure.amount",
    "figure.every",
    "figure.of",
    "figure.rest",
    "figure.more",
    "figure.each",
    "figure.open",
    "figure.hence",
    "figure.than",
    "figure.some",
    "figure.not",
    "figure.change",
    "figure.plan",
    "figure.signed",
    "figure.apart",
    "figure.having",
    "sum.overlapping",
];

/// A set of classes of words.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Cues(u32);

impl Cues {
    pub(super) fn has(self, class: &str) -> bool {
        CLASSES
            .iter()
            .position(|c| c.split_once('.').is_some_and(|(_, name)| name == class))
            .is_some_and(|bit| self.0 >> bit & 1 == 1)
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What stands right before or behind a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Neighbour {
    /// The beginning or the end of the sentence.
    Edge,
    /// A comma, semicolon, colon or dash.
    Sign,
    /// A bracket.
    Bracket,
    /// "and", "plus", "or"
    Joint,
    /// A preposition.
    Preposition,
    /// An article or another determiner.
    Determiner,
    /// A verb or auxiliary.
    Verb,
    /// A noun or anything else.
    Other,
}

/// A number with what stands around it.
pub(super) struct Figure<'a> {
    pub(super) at: &'a QuantityAt,
    pub(super) view: BlockView<'a>,
    /// The block, counted in the run.
    pub(super) block: usize,
    /// Its sentence, counted in the run.
    pub(super) sentence: usize,
    /// How many brackets are open around it.
    pub(super) depth: u32,
    /// The words between the number before it, or the beginning of its sentence, and itself.
    pub(super) before: Cues,
    /// The words behind it, up to the next number or the end of its sentence.
    pub(super) after: Cues,
    /// The words right before it and right behind it, three at most.
    pub(super) near: Cues,
    /// Of its whole sentence.
    pub(super) around: Cues,
    /// The base form of what it counts; empty when it is left out.
    pub(super) noun: CompactString,
    pub(super) left: Neighbour,
    pub(super) right: Neighbour,
    /// Its place among the tokens of the run.
    pub(super) token: usize,
    /// Whether "one" or "a further", which is no number of the list, stands between it and the next number.
    pub(super) single: bool,
    /// Whether a year stands in its clause.
    pub(super) dated: bool,
    /// The list that its block is an item of.
    pub(super) list: Option<u32>,
    /// Whether its block ends with a colon, or a colon follows it in its sentence before any other number.
    pub(super) colon: bool,
    /// The worth in base units.
    pub(super) worth: f64,
}

impl Figure<'_> {
    /// How many tokens stand between this number and one behind it.
    pub(super) fn gap(&self, next: &Self) -> usize {
        next.token.saturating_sub(self.token + self.at.tokens.len())
    }

    /// The first preposition behind it, a noun perhaps between: "148 visits in May".
    pub(super) fn followed_by(&self, lexicon: &Lexicon) -> Option<&str> {
        let from = self.at.hedged.end.max(self.at.tokens.end);
        let tokens = &self.view.layer.tokens;
        let is = |i: usize, pos: Pos| tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(pos));
        let stop = |&i: &usize| tokens[i].kind != TokenKind::Sign && (is(i, Pos::NOUN) || !is(i, Pos::VERB));
        (from..tokens.len().min(from + 4))
            .take_while(stop)
            .find(|&i| is(i, Pos::PREPOSITION))
            .map(|i| self.view.word(i))
    }

    /// The words for what it counts; empty when none follow.
    pub(super) fn noun_wording(&self, lexicon: &Lexicon) -> CompactString {
        let from = self.at.hedged.end.max(self.at.tokens.end);
        noun_phrase(&self.view, lexicon, from)
            .map_or_else(CompactString::default, |n| self.view.wording(n.tokens).into())
    }
}

/// The numbers of a run of neighbouring blocks of running text below one heading.
pub(super) struct Run<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) figures: Vec<Figure<'a>>,
}

/// More numbers in a block are a table that was not read as one.
const NUMBERS: usize = 60;
/// Most percentages in a row of which only the first has its sign.
const SHARES: usize = 12;
/// A run is cut here.
const LONGEST: usize = 400;

/// The runs of a document.
pub(super) fn runs<'a>(context: &Context<'a>) -> Vec<Run<'a>> {
    let mut runs = Vec::new();
    let mut run = Run { lexicon: context.lexicon, figures: Vec::new() };
    let mut last: Option<BlockView<'a>> = None;
    let (mut block, mut sentence, mut token) = (0, 0, 0);
    for view in context.views() {
        if !view.is_prose() {
            // A heading or a table sets apart; its cells are no running text.
            if !matches!(view.block.kind, BlockKind::Caption) && !run.figures.is_empty() {
                runs.push(std::mem::replace(&mut run, Run { lexicon: context.lexicon, figures: Vec::new() }));
            }
            continue;
        }
        let apart = last.is_some_and(|l| {
            l.block.section != view.block.section || is_beside(l.block.kind) != is_beside(view.block.kind)
        });
        if (apart || run.figures.len() > LONGEST) && !run.figures.is_empty() {
            runs.push(std::mem::replace(&mut run, Run { lexicon: context.lexicon, figures: Vec::new() }));
        }
        append(context.lexicon, view, (block, sentence, token), &mut run.figures);
        block += 1;
        sentence += view.layer.sentences.len().max(1);
        token += view.layer.tokens.len();
        last = Some(view);
    }
    if !run.figures.is_empty() {
        runs.push(run);
    }
    runs
}

/// Whether a block stands beside the text.
fn is_beside(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Note { .. } | BlockKind::Comment { .. })
}

fn append<'a>(
    lexicon: &'a Lexicon,
    view: BlockView<'a>,
    (block, sentence, token): (usize, usize, usize),
    out: &mut Vec<Figure<'a>>,
) {
    let numbers: Vec<&QuantityAt> = view
        .layer
        .quantities
        .iter()
        .filter(|q| !q.label && !q.vague && !q.quantity.amount.range && q.quantity.value() > Decimal::ZERO)
        .filter(|q| q.tokens.len() > 1 || !is_year(view.word(q.tokens.start)))
        .filter(|q| !is_share_left_out(&view, q))
        .collect();
    if numbers.is_empty() || numbers.len() > NUMBERS {
        return;
    }
    let cues = cues(lexicon, &view);
    let over = |range: std::ops::Range<usize>| {
        let from = cues.partition_point(|c| c.0 < range.start);
        let inside = cues[from..].iter().take_while(|c| c.0 < range.end);
        inside.fold(Cues::default(), |all, c| all.and(c.1))
    };
    let tokens = &view.layer.tokens;
    let ends = view.text.trim_end().ends_with(':');
    for (i, at) in numbers.iter().enumerate() {
        let index = view.layer.sentence_index(at.tokens.start);
        let range = view.layer.sentences.get(index).cloned().unwrap_or(0..tokens.len());
        let previous = i.checked_sub(1).map_or(range.start, |p| numbers[p].tokens.end.max(range.start));
        let next = numbers.get(i + 1).map_or(range.end, |n| n.hedged.start.min(range.end));
        let (start, end) = (at.hedged.start.min(at.tokens.start), at.hedged.end.max(at.tokens.end));
        let clause = clause(&view, &range, start);
        let colon = (end..next).any(|i| view.word(i) == ":") || ends && next == range.end;
        out.push(Figure {
            at,
            view,
            block,
            sentence: sentence + index,
            depth: depth(&view, range.start, start),
            before: over(previous.min(start)..start),
            after: over(end..next.max(end)),
            near: over(start.saturating_sub(3).max(previous).min(start)..start)
                .and(over(end..next.min(end + 3).max(end))),
            around: over(range.clone()),
            noun: counted(lexicon, &view, end),
            left: if start == range.start { Neighbour::Edge } else { neighbour(lexicon, &view, start - 1) },
            right: if end >= range.end { Neighbour::Edge } else { neighbour(lexicon, &view, end) },
            token: token + start,
            single: (end..next.max(end)).any(|i| is_single(&view, i)),
            dated: clause.clone().any(|i| is_year(view.word(i))),
            list: match view.block.kind {
                BlockKind::Item { list, .. } => Some(list),
                _ => None,
            },
            colon,
            worth: at.quantity.base().and_then(|b| b.to_f64()).unwrap_or(f64::MAX),
        });
    }
}

/// Whether a number is a percentage whose sign is left out: "rose to 92 per cent from 84", "19 per cent, illness for 14
/// and money for 13".
pub(super) fn is_share_left_out(view: &BlockView<'_>, at: &QuantityAt) -> bool {
    let list = &view.layer.quantities;
    let here = list.partition_point(|q| q.tokens.start < at.tokens.start);
    let sentence = view.layer.sentence_index(at.tokens.start);
    let bare = |q: &QuantityAt| {
        let led = q.hedged.start.checked_sub(1).map_or("", |i| view.word(i));
        q.quantity.unit.is_count()
            && matches!(led, "from" | "to" | "against" | "the" | "than" | "and" | "," | "(" | "by" | "for" | "at")
            && matches!(view.word(q.hedged.end), "." | "," | ";" | ")" | "" | "in" | "and" | "we")
    };
    let near = |q: &&QuantityAt| view.layer.sentence_index(q.tokens.start) + 1 >= sentence;
    let before = list[..here].iter().rev().take(SHARES).take_while(near).find(|q| !bare(q));
    bare(at) && before.is_some_and(|q| q.quantity.unit.is_percent())
}

/// The cues of a block, as (first token, class).
fn cues(lexicon: &Lexicon, view: &BlockView<'_>) -> Vec<(usize, Cues)> {
    let mut out = Vec::new();
    let mut covered = 0;
    for i in 0..view.layer.tokens.len() {
        let found: Vec<(usize, Cues)> = phrases_at(lexicon, view.text, &view.layer.tokens, i)
            .filter_map(|(set, n)| CLASSES.iter().position(|c| *c == set).map(|bit| (n, Cues(1 << bit))))
            .collect();
        // "no other" is not "other": a longer phrase goes before what it holds.
        let Some(&(length, _)) = found.iter().max_by_key(|(n, _)| *n) else { continue };
        if i < covered && length == 1 {
            continue;
        }
        covered = covered.max(i + length);
        out.push((i, found.iter().filter(|(n, _)| *n == length).fold(Cues::default(), |all, c| all.and(c.1))));
    }
    out
}

/// The tokens of the clause around a token: between signs.
fn clause(view: &BlockView<'_>, sentence: &std::ops::Range<usize>, at: usize) -> std::ops::Range<usize> {
    let breaks = |i: usize| {
        view.layer.tokens[i].kind == TokenKind::Sign
            && matches!(view.word(i), "," | ";" | ":" | "(" | ")" | "–" | "—" | "and")
    };
    let start = (sentence.start..at).rev().find(|&i| breaks(i)).map_or(sentence.start, |i| i + 1);
    let end = (at..sentence.end).find(|&i| breaks(i)).unwrap_or(sentence.end);
    start..end
}

/// Whether a word counts one thing without being read as a number: "one on fonts", "the chair", "a sixth".
fn is_single(view: &BlockView<'_>, token: usize) -> bool {
    let word = view.word(token);
    ["one", "another", "single", "once", "1"].iter().any(|w| word.eq_ignore_ascii_case(w))
}

fn depth(view: &BlockView<'_>, from: usize, to: usize) -> u32 {
    (from..to).fold(0u32, |depth, i| match view.word(i) {
        "(" | "[" => depth + 1,
        ")" | "]" => depth.saturating_sub(1),
        _ => depth,
    })
}

/// The base form of the noun behind a number; empty when none follows at once.
fn counted(lexicon: &Lexicon, view: &BlockView<'_>, end: usize) -> CompactString {
    noun_phrase(view, lexicon, end)
        .filter(|p| p.tokens.start == end)
        .map_or_else(CompactString::default, |p| lemma(view, lexicon, p.head))
}

fn neighbour(lexicon: &Lexicon, view: &BlockView<'_>, token: usize) -> Neighbour {
    let word = view.word(token);
    let pos = view.layer.tokens[token].word.map_or(Pos::default(), |id| lexicon.words.pos(id));
    match word {
        "," | ";" | ":" | "–" | "—" => Neighbour::Sign,
        "(" | ")" | "[" | "]" => Neighbour::Bracket,
        "and" | "plus" | "or" | "+" | "&" => Neighbour::Joint,
        "." | "!" | "?" => Neighbour::Edge,
        _ if pos.any(Pos::PREPOSITION) => Neighbour::Preposition,
        _ if pos.any(Pos::DETERMINER) => Neighbour::Determiner,
        _ if pos.any(Pos::VERB.and(Pos::AUXILIARY).and(Pos::PAST)) && !pos.any(Pos::NOUN) => Neighbour::Verb,
        _ => Neighbour::Other,
    }
}
