//! Logs: headings and list items that each have a day of their own.

use super::field::is_timeline;
use super::{claim, is_day, step};
use crate::claim::calendar::{SequenceSort, Step};
use crate::claim::moment::Moment;
use crate::claim::version::version_at;
use crate::claim::{BlockView, Claim, Context};
use crate::document::{BlockId, BlockKind};
use std::collections::BTreeMap;

/// Entries that a log of versions has at least, and any other.
const VERSIONS: usize = 3;
const ENTRIES: usize = 7;

/// Entries of a list that says that it is in the order of time.
const TIMELINE: usize = 5;

/// The entries of a log with their days.
type Entries<'a> = Vec<(&'a Moment, Step)>;

/// Headings of one level under one heading, each with one day.
pub(super) fn headings(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    let mut groups: BTreeMap<(Option<BlockId>, u8), Entries<'_>> = BTreeMap::new();
    for view in context.views() {
        let BlockKind::Heading(level) = view.block.kind else { continue };
        let [only] = all[view.id.index()].as_slice() else { continue };
        if !is_day(only) {
            continue;
        }
        let Some(mut step) = step(context, only) else { continue };
        step.version = version(&view, only);
        groups.entry((view.block.section, level)).or_default().push((only, step));
    }
    for group in groups.into_values() {
        add(context, group, out);
    }
}

/// Lists of which every item begins with a day.
pub(super) fn lists(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    for list in &context.document.lists {
        let mut group = Vec::new();
        let section = list.items.iter().find_map(|i| i.block).and_then(|b| context.document.block(b).section);
        let timeline = is_timeline(context, section, list.intro);
        for item in &list.items {
            let Some(block) = item.block else { continue };
            let fits = |m: &&Moment| is_day(m) || timeline && m.is_point() && m.has_own_year();
            let view = context.view(block);
            let Some(moment) = all[block.index()].first().filter(fits) else { continue };
            let Some(mut step) = step(context, moment) else { continue };
            if moment.tokens.start > 1 {
                // "1.8.0 (2025-04-02): a new option"
                let Some((parts, tokens)) = (0..2).find_map(|at| version_at(&view, at)) else { continue };
                let sign = |at: usize| matches!(view.word(at), "(" | "[" | "–" | "—" | "-" | "," | ":");
                if tokens.end > moment.tokens.start || !(tokens.end..moment.tokens.start).all(sign) {
                    continue;
                }
                step.version = parts;
            }
            group.push((moment, step));
        }
        if group.len() == list.items.len() {
            if timeline && group.len() >= TIMELINE && group.iter().all(|(_, step)| step.version.is_empty()) {
                let Some(last) = group.last().map(|(moment, _)| *moment) else { continue };
                let steps = group.into_iter().map(|(_, step)| step).collect();
                out.push(claim(context, last, SequenceSort::Timeline, steps));
            } else {
                add(context, group, out);
            }
        }
    }
}

fn add(context: &Context<'_>, group: Entries<'_>, out: &mut Vec<Claim>) {
    let versions = group.iter().all(|(_, step)| !step.version.is_empty());
    let descending = group.windows(2).all(|w| w[0].1.version > w[1].1.version);
    let ascending = group.windows(2).all(|w| w[0].1.version < w[1].1.version);
    let ordered = versions && (ascending || descending);
    if group.len() < if ordered { VERSIONS } else { ENTRIES } {
        return;
    }
    let Some(last) = group.last().map(|(moment, _)| *moment) else { return };
    let sort = if ordered { SequenceSort::Versions } else { SequenceSort::Log };
    // Where versions are in no order, nor need their days be.
    if versions && !ordered {
        return;
    }
    out.push(claim(context, last, sort, group.into_iter().map(|(_, step)| step).collect()));
}

/// The numbers of the only version of a block beside its date: `v1.4.2`, `0.12`; empty when there is none.
fn version(view: &BlockView<'_>, moment: &Moment) -> Vec<u32> {
    let mut found = None;
    let mut at = 0;
    while at < view.layer.tokens.len() {
        match version_at(view, at).filter(|_| !moment.tokens.contains(&at)) {
            Some(_) if found.is_some() => return Vec::new(),
            Some((parts, tokens)) => {
                found = Some(parts);
                at = tokens.end;
            }
            None => at += 1,
        }
    }
    found.unwrap_or_default()
}
