//! Members of a numbered series with a day each, in the rows of a table or the items of a list: "Beta 1", "Beta 2".

use super::{claim, is_day, step};
use crate::annotate::{TokenKind, phrase_before};
use crate::claim::calendar::{SequenceSort, Step};
use crate::claim::moment::Moment;
use crate::claim::{BlockView, Claim, Context};
use crate::document::BlockId;
use crate::lexicon::lower;
use std::collections::BTreeMap;

/// Tokens of a label at most: "Release candidate 2 (frozen)".
const LABEL: usize = 8;

/// Rows or items that are looked at.
const ROWS: usize = 500;

/// The series that follow each other where something is released.
const STAGES: [&[&str]; 3] = [&["alpha"], &["beta"], &["release candidate", "candidate", "rc"]];

/// The members of one series with their days, by number.
type Series<'a> = BTreeMap<u32, Option<(&'a Moment, Step)>>;

pub(super) fn tables(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    for table in &context.document.tables {
        let rows = table.rows.iter().skip(table.head_rows as usize).take(ROWS);
        let labelled = rows.filter_map(|row| {
            let cells: Vec<BlockId> = row.iter().flatten().copied().collect();
            let mut dated = cells.iter().filter(|id| !all[id.index()].is_empty());
            let (Some(day), None) = (dated.next(), dated.next()) else { return None };
            let [moment] = all[day.index()].as_slice() else { return None };
            let label =
                cells.iter().filter(|id| *id != day).find_map(|id| label(context, &context.view(*id), usize::MAX))?;
            Some((label, moment))
        });
        add(context, labelled.collect(), out);
    }
}

pub(super) fn lists(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    for list in &context.document.lists {
        let labelled = list.items.iter().take(ROWS).filter_map(|item| {
            let block = item.block?;
            let [moment] = all[block.index()].as_slice() else { return None };
            Some((label(context, &context.view(block), moment.tokens.start)?, moment))
        });
        add(context, labelled.collect(), out);
    }
}

/// The words of a series and the number of its member, before a token: "beta", 2.
fn label(context: &Context<'_>, view: &BlockView<'_>, end: usize) -> Option<(String, u32)> {
    let tokens = &view.layer.tokens;
    let limit = tokens.len().min(end).min(LABEL);
    let at = (1..limit).find(|&i| tokens[i].kind == TokenKind::Number)?;
    phrase_before(context.lexicon, "sequence.numbered", view.text, tokens, at)?;
    let words = (0..at).map(|i| lower(view.word(i)).to_string()).collect::<Vec<_>>().join(" ");
    Some((words, view.word(at).parse().ok()?))
}

/// Adds a claim for every two neighbours of a series, and for two series that follow each other.
fn add(context: &Context<'_>, labelled: Vec<((String, u32), &Moment)>, out: &mut Vec<Claim>) {
    let mut series: BTreeMap<String, Series<'_>> = BTreeMap::new();
    for ((words, number), moment) in labelled {
        let day = is_day(moment).then(|| step(context, moment)).flatten().map(|step| (moment, step));
        // A member with two days says nothing.
        series.entry(words).or_default().entry(number).and_modify(|known| *known = None).or_insert(day);
    }
    for stages in STAGES.windows(2) {
        let of = |names: &[&str]| names.iter().find_map(|name| series.get(*name));
        let (Some(before), Some(behind)) = (of(stages[0]), of(stages[1])) else { continue };
        let (last, first) = (before.values().flatten().next_back(), behind.values().flatten().next());
        if let (Some((_, last)), Some((moment, first))) = (last, first) {
            out.push(claim(context, moment, SequenceSort::Numbered, vec![last.clone(), first.clone()]));
        }
    }
    for members in series.into_values() {
        let members: Vec<(&Moment, Step)> = members.into_values().flatten().collect();
        for pair in members.windows(2) {
            let [(_, first), (last, second)] = pair else { continue };
            out.push(claim(context, last, SequenceSort::Numbered, vec![first.clone(), second.clone()]));
        }
    }
}
