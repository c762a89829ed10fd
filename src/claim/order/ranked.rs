//! The place that a sentence gives a row of a table among all of them: "the second busiest line", "the largest sector",
//! "took third place", "the largest business, followed by ro-ro traffic and liquid bulk".
//!
//! Which column a sentence speaks of, it often does not say. So it is right when the row has its place in any column of
//! any table of the document that has the row, counted from above or below; where the words tell the direction, from
//! that end. It is wrong only when no column gives it that place and the sentence takes up the noun of the rows ("line"
//! above the labels) or the words of a head.

use super::superlative::{Superlative, is_member, operand};
use crate::annotate::TokenKind;
use crate::claim::grid::Grid;
use crate::claim::look::Look;
use crate::claim::noun::lemma;
use crate::claim::scope::is_year;
use crate::claim::{Claim, ClaimKind, Context, Direction, Value};
use crate::document::BlockId;
use crate::lexicon::{Pos, lower};
use crate::value::{Decimal, Unit};
use compact_str::CompactString;
use std::ops::Range;

/// Fewest rows among which a place is one.
const FEWEST: usize = 3;

/// Most words of a row's label.
const LABEL: usize = 6;

/// Most tokens from the word for a place to the noun that it ranks.
const NOUN: usize = 4;

/// Most tokens behind the word for a place in which it may be narrowed.
const REACH: usize = 8;

/// What a sentence says of rows.
struct Statement {
    /// Its tokens, from the row to the words of the place.
    whole: Range<usize>,
    cue: Range<usize>,
    /// The rows by their place, the first has the place `from`.
    rows: Vec<(usize, Range<usize>)>,
    from: usize,
    /// Whether the first is the greatest; `None` where the words do not tell.
    highest: Option<bool>,
    /// Rows that are said to stand before the only one: "third, behind migration".
    ahead: Vec<usize>,
}

/// Reads the places that the sentences of a block give to rows; `known` are the tokens of the superlatives that are read
/// already.
pub(super) fn extract(
    context: &Context<'_>,
    look: &Look<'_>,
    grids: &[(Option<BlockId>, Grid)],
    (superlatives, known): (&[Superlative<'_>], &[Range<usize>]),
    out: &mut Vec<Claim>,
) {
    for at in 0..look.view.layer.tokens.len() {
        let Some((cue, from, highest)) = place(look, superlatives, at) else { continue };
        if known.iter().any(|k| k.start < cue.end && cue.start < k.end) || is_open(look, &cue) {
            continue;
        }
        let sentence = part(look, at);
        let mut wrong: Option<Claim> = None;
        let mut about = 0;
        let mut holds = false;
        for (_, grid) in grids {
            let Some(said) = statement(context, look, grid, &sentence, (&cue, from, highest)) else { continue };
            about += 1;
            let table = Ranked::new(context, look, grid, &said.cue);
            if table.columns.is_empty() || table.holds(&said) {
                holds = true;
            } else if table.is_meant(context, look, &said) && !table.is_partial(context, look, &said) {
                wrong = table.claim(context, look, &said);
            }
        }
        if let (false, 1, Some(claim)) = (holds, about, wrong) {
            out.push(claim);
        }
    }
}

/// The part of a sentence between semicolons.
fn part(look: &Look<'_>, at: usize) -> Range<usize> {
    let sentence = look.sentence(at);
    let start = (sentence.start..at).rev().find(|&i| look.word(i) == ";").map_or(sentence.start, |i| i + 1);
    let end = (at..sentence.end).find(|&i| look.word(i) == ";").unwrap_or(sentence.end);
    start..end
}

/// The words for a place at a token: their tokens, the place, and whether it is counted from the greatest.
fn place(look: &Look<'_>, superlatives: &[Superlative<'_>], at: usize) -> Option<(Range<usize>, usize, Option<bool>)> {
    let ordinal = look.view.layer.ordinals.iter().find(|o| o.tokens.start == at);
    let Some(ordinal) = ordinal else {
        let found = superlatives.iter().find(|s| s.tokens.start == at)?;
        return Some((found.tokens.clone(), 1, Some(found.highest)));
    };
    let rank = usize::try_from(ordinal.rank).ok().filter(|r| (2..=9).contains(r))?;
    let mut next = ordinal.tokens.end;
    if look.word(next) == "-" {
        next += 1;
    }
    // "the second busiest line"
    if let Some((set, n)) = look.sets_at(next).find(|(set, _)| is_superlative(set)) {
        return Some((at..next + n, rank, Some(set.starts_with("superlative.h"))));
    }
    // "took third place", "was third, behind …"
    let stands = look.word(next) == "place" || matches!(look.word(next), "," | "." | "behind" | "after");
    let verb = (1..=2).any(|n| at.checked_sub(n).is_some_and(|i| look.phrase(i, "rank.verb").is_some()));
    (stands && verb).then_some((at..next, rank, None))
}

fn is_superlative(set: &str) -> bool {
    set.starts_with("superlative.high.") || set.starts_with("superlative.low.")
}

/// Whether the words around say that it is a place among some of the rows, or at another time.
fn is_open(look: &Look<'_>, cue: &Range<usize>) -> bool {
    let sentence = look.sentence(cue.start);
    let from = cue.start.saturating_sub(6).max(sentence.start);
    let near = from..sentence.end.min(cue.end + 12);
    near.into_iter().any(|i| !cue.contains(&i) && look.phrase(i, "rank.narrowed").is_some())
        || look.is_denied(cue.start)
        || look.word(sentence.end - 1) == "?"
}

/// What the sentence says of the rows of one table: of the only one that it names, or of those that follow each other.
fn statement(
    context: &Context<'_>,
    look: &Look<'_>,
    grid: &Grid,
    sentence: &Range<usize>,
    (cue, from, highest): (&Range<usize>, usize, Option<bool>),
) -> Option<Statement> {
    let mut named: Vec<(usize, Range<usize>)> = Vec::new();
    for row in (grid.head_rows..grid.rows()).filter(|&row| is_member(context, grid, row)) {
        let mut at = places_of(look, sentence, code(&grid.row_labels[row]));
        let first = at.next();
        if at.next().is_some() {
            return None;
        }
        named.extend(first.map(|at| (row, at)));
    }
    named.sort_by_key(|(_, at)| at.start);
    let follows = (cue.end..sentence.end).find_map(|i| Some(i..i + look.phrase(i, "rank.follows")?));
    let behind = (cue.end..sentence.end).find(|&i| look.phrase(i, "rank-behind").is_some());
    if let (Some(follows), None) = (&follows, behind) {
        let (first, rest): (Vec<_>, Vec<_>) = named.iter().cloned().partition(|(_, at)| at.end <= follows.start);
        let [first] = &first[..] else { return None };
        if rest.is_empty() || !is_list(look, follows, &rest, sentence) || from != 1 {
            return None;
        }
        let rows: Vec<_> = std::iter::once(first.clone()).chain(rest).collect();
        let whole = rows[0].1.start.min(cue.start)..rows[rows.len() - 1].1.end;
        return Some(Statement { whole, cue: cue.clone(), rows, from, highest, ahead: Vec::new() });
    }
    let limit = behind.unwrap_or(sentence.end);
    let ahead = named.iter().filter(|(_, at)| at.start > limit).map(|(row, _)| *row).collect();
    named.retain(|(_, at)| at.end <= limit);
    let [(row, at)] = &named[..] else { return None };
    // Another clause may be about another thing.
    let between = at.end.min(cue.end)..at.start.max(cue.start);
    if between.clone().any(|i| matches!(look.word(i), ";" | ":" | "while" | "whereas" | "but")) {
        return None;
    }
    let whole = at.start.min(cue.start)..at.end.max(cue.end);
    Some(Statement { whole, cue: cue.clone(), rows: vec![(*row, at.clone())], from, highest, ahead })
}

/// Whether rows are listed one behind the other from the words on: ", followed by ro-ro traffic and liquid bulk".
fn is_list(look: &Look<'_>, follows: &Range<usize>, rows: &[(usize, Range<usize>)], sentence: &Range<usize>) -> bool {
    let mut from = follows.end;
    rows.iter().all(|(_, at)| {
        let gap = from..at.start;
        from = at.end;
        gap.len() <= 4 && gap.clone().all(|i| !matches!(look.word(i), ";" | ":" | "(" | "while" | "but"))
    }) && (from..sentence.end).len() <= NOUN
}

/// The code that a label begins with, "L3" of "L3 Central – Airport", else the label.
fn code(label: &str) -> &str {
    let first = label.split_whitespace().next().unwrap_or(label);
    let capital = first.starts_with(|c: char| c.is_ascii_uppercase());
    if capital && first.bytes().any(|b| b.is_ascii_digit()) && first.len() <= 5 { first } else { label }
}

/// Where a sentence has the label of a row.
fn places_of<'l>(
    look: &'l Look<'_>,
    sentence: &Range<usize>,
    label: &str,
) -> impl Iterator<Item = Range<usize>> + use<'l> {
    let words: Vec<CompactString> = label.split_whitespace().map(lower).collect();
    let telling = |w: &CompactString| {
        let letters = w.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 3 || letters >= 1 && w.chars().any(|c| c.is_ascii_digit())
    };
    let fits = (1..=LABEL).contains(&words.len()) && words.iter().any(telling);
    let range = if fits { sentence.clone() } else { 0..0 };
    range.filter_map(move |i| {
        words.iter().enumerate().all(|(n, w)| lower(look.word(i + n)) == *w).then_some(i..i + words.len())
    })
}

/// The tokens around the words for a place, as far as no sign parts them.
fn beside(look: &Look<'_>, cue: &Range<usize>) -> Range<usize> {
    let sentence = look.sentence(cue.start);
    let near = cue.start.saturating_sub(NOUN).max(sentence.start)..(cue.end + NOUN).min(sentence.end);
    let sign = |i: &usize| look.view.layer.tokens[*i].kind == TokenKind::Sign;
    let end = (cue.end..near.end).find(sign).unwrap_or(near.end);
    let start = (near.start..cue.start).rev().find(sign).map_or(near.start, |i| i + 1);
    start..end
}

/// A table with the columns in which rows can have a place.
struct Ranked<'g> {
    grid: &'g Grid,
    rows: Vec<usize>,
    columns: Vec<usize>,
    /// Columns of changes, where the sentence speaks of one.
    changes: Vec<usize>,
    /// Whether the sentence speaks of how the numbers changed.
    changed: bool,
}

impl<'g> Ranked<'g> {
    fn new(context: &Context<'_>, look: &Look<'_>, grid: &'g Grid, cue: &Range<usize>) -> Self {
        let rows: Vec<usize> = (grid.head_rows..grid.rows()).filter(|&row| is_member(context, grid, row)).collect();
        let number = |row: usize, column: usize| grid.cell(row, column).number().filter(|n| !n.year_like);
        let changed = beside(look, cue)
            .any(|i| look.sets_at(i).any(|(set, _)| set.starts_with("order.") || set.ends_with(".growth")));
        let is_change =
            |column: usize| rows.iter().any(|&row| number(row, column).is_some_and(|n| n.value < Decimal::ZERO));
        let full = |&c: &usize| rows.iter().all(|&row| number(row, c).is_some());
        let (changes, columns): (Vec<usize>, Vec<usize>) =
            (grid.label_columns..grid.columns()).filter(full).partition(|&c| is_change(c));
        let changes = if changed { changes } else { Vec::new() };
        let rows = if rows.len() < FEWEST { Vec::new() } else { rows };
        Self { grid, rows, columns, changes, changed }
    }

    fn value(&self, row: usize, column: usize) -> Decimal {
        self.grid.cell(row, column).number().map_or(Decimal::ZERO, |n| n.value)
    }

    /// Whether the rows have their places in any column, or in what lies between two columns.
    fn holds(&self, said: &Statement) -> bool {
        let fits = |of: &dyn Fn(usize) -> Decimal| {
            [true, false].into_iter().filter(|&high| said.highest.is_none_or(|h| h == high)).any(|high| {
                let before = |&r: &usize| if high { of(r) >= of(said.rows[0].0) } else { of(r) <= of(said.rows[0].0) };
                said.ahead.iter().all(before)
                    && said.rows.iter().enumerate().all(|(n, &(row, _))| self.has_place(of, row, said.from + n, high))
            })
        };
        let column = |c: usize| fits(&|row: usize| self.value(row, c));
        let change = |a: usize, b: usize| {
            let rise = |row: usize| self.value(row, b) - self.value(row, a);
            let share = |row: usize| rise(row).checked_div(self.value(row, a)).unwrap_or_default();
            fits(&rise) || fits(&share)
        };
        self.columns.iter().chain(&self.changes).any(|&c| column(c))
            || self.changes.iter().any(|&c| fits(&|row: usize| self.value(row, c).abs()))
            || self.changed && self.columns.windows(2).any(|pair| change(pair[0], pair[1]))
    }

    /// Whether a row has a place; rows with one value share it.
    fn has_place(&self, of: &dyn Fn(usize) -> Decimal, row: usize, place: usize, high: bool) -> bool {
        let own = of(row);
        let before = self.rows.iter().filter(|&&r| if high { of(r) > own } else { of(r) < own }).count();
        let same = self.rows.iter().filter(|&&r| of(r) == own).count();
        (before + 1..=before + same).contains(&place)
    }

    /// Whether the sentence speaks of this table: it takes up the noun of its rows or the words of a head or caption, and
    /// no year that the table does not have.
    fn is_meant(&self, context: &Context<'_>, look: &Look<'_>, said: &Statement) -> bool {
        if self.rows.is_empty() || said.highest.is_none() && said.ahead.is_empty() {
            return false;
        }
        let sentence = look.sentence(said.cue.start);
        let heads = || {
            (0..self.grid.columns())
                .flat_map(|c| (0..self.grid.head_rows).filter_map(move |r| self.grid.cell(r, c).block))
                .chain(context.document.tables[self.grid.table as usize].caption)
        };
        let in_heads = |word: &str| heads().any(|id| context.document.block(id).text.string.contains(word));
        if sentence.clone().any(|i| is_year(look.word(i)) && !in_heads(look.word(i))) {
            return false;
        }
        let keys = self.words(context);
        let ranked = |i: usize| {
            !said.cue.contains(&i)
                && !said.rows.iter().any(|(_, row)| row.contains(&i))
                && look.pos(i).any(Pos::NOUN)
                && keys.contains(&lemma(&look.view, look.lexicon, i))
        };
        said.rows.len() > 1 || !said.ahead.is_empty() || beside(look, &said.cue).any(ranked)
    }

    /// Whether the place is one among some of the rows, or by a measure that the table does not have: "the largest of the
    /// coastal towns", "in value". A whole of which there is one holds all of them: "of the network".
    fn is_partial(&self, context: &Context<'_>, look: &Look<'_>, said: &Statement) -> bool {
        let sentence = look.sentence(said.cue.start);
        let end = sentence.end.min(said.cue.end + REACH);
        let known = |word: &str| {
            let in_label = self.grid.row_labels.iter().any(|l| l.split_whitespace().any(|w| lower(w) == lower(word)));
            in_label || self.words(context).contains(&lower(word))
        };
        (said.cue.end..end).filter(|&i| matches!(look.word(i), "of" | "among" | "in" | "for" | "on" | "at")).any(|i| {
            let article = matches!(look.word(i + 1), "the" | "our" | "all" | "this" | "its" | "these");
            let at = i + 1 + usize::from(article);
            let word = look.word(at);
            let counts = look.view.layer.quantities.iter().find(|q| q.hedged.contains(&at));
            let all = counts.is_some_and(|q| q.quantity.value() == Decimal::from(self.rows.len() as u64));
            let one = article && lemma(&look.view, look.lexicon, at) == word && word.starts_with(char::is_lowercase);
            let member = said.rows.iter().any(|(_, m)| m.contains(&at) || m.start == at);
            !(all || one || member || known(word) || matches!(word, "them" | "all"))
        })
    }

    /// The base forms of the words of the heads and of the caption.
    fn words(&self, context: &Context<'_>) -> Vec<CompactString> {
        let caption = context.document.tables[self.grid.table as usize].caption;
        let heads = (0..self.grid.columns())
            .flat_map(|c| (0..self.grid.head_rows).filter_map(move |r| self.grid.cell(r, c).block))
            .chain(caption);
        let mut out = Vec::new();
        for id in heads {
            let view = context.view(id);
            let word = |i: &usize| view.layer.tokens[*i].kind == TokenKind::Word && view.word(*i).len() > 2;
            out.extend((0..view.layer.tokens.len()).filter(word).map(|i| lemma(&view, context.lexicon, i)));
        }
        out
    }

    /// The column that the sentence is most likely to speak of: one with its noun in the head, numbers rather than
    /// shares, the latest year.
    fn likely(&self, look: &Look<'_>, cue: &Range<usize>) -> Option<usize> {
        let nouns: Vec<CompactString> = beside(look, cue)
            .filter(|i| !cue.contains(i) && look.pos(*i).any(Pos::NOUN))
            .map(|i| lemma(&look.view, look.lexicon, i))
            .collect();
        let score = |c: usize| {
            let head = &self.grid.column_heads[c];
            let words = || head.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
            let named = words().any(|w| nouns.iter().any(|n| lower(w).starts_with(n.as_str())));
            let share = self.grid.column_units[c].as_ref().is_some_and(Unit::is_percent);
            let year = words().filter(|w| is_year(w)).max().map(str::to_owned);
            (named, !share, year, std::cmp::Reverse(c))
        };
        self.columns.iter().copied().max_by_key(|&c| score(c))
    }

    /// The claim: the first row that has not its place against the row that has it.
    fn claim(&self, context: &Context<'_>, look: &Look<'_>, said: &Statement) -> Option<Claim> {
        let column = self.likely(look, &said.cue)?;
        let high = said.highest.unwrap_or(true);
        let of = |row: usize| self.value(row, column);
        let (n, (row, member)) =
            said.rows.iter().enumerate().find(|(n, (row, _))| !self.has_place(&of, *row, said.from + n, high))?;
        let mut order = self.rows.clone();
        order.sort_by(|&a, &b| if high { of(b).cmp(&of(a)) } else { of(a).cmp(&of(b)) });
        let other = *order.get(said.from + n - 1)?;
        let side = |row: usize| operand(context, self.grid, (row, column), self.grid.cell(row, column).number()?);
        let first = side(other)?;
        let second = side(*row)?;
        // One that comes too soon is less than the one whose place it is given, else it is more.
        let direction = if of(*row) < of(other) { Direction::Up } else { Direction::Down };
        let cue = look.view.member(said.whole.clone());
        let place = if n == 0 { look.view.wording(said.cue.clone()) } else { "followed by" };
        let text = format!("{place}: {}", look.view.wording(member.clone()));
        let value = Value::Order { cue, direction, first, second, by: None };
        let mut claim = look.view.claim(ClaimKind::Order, "ranked", said.whole.clone(), value);
        claim.text = text.split_whitespace().collect::<Vec<_>>().join(" ").into();
        Some(claim)
    }
}
