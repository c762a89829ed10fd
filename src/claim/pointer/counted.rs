//! Numbers that are given without a noun: of equations, steps, paragraphs, items of lists; and what has none.

use super::number::number;
use super::place::push;
use crate::annotate::phrase_at;
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{BlockId, BlockKind, List};
use crate::span::Span;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// Fewest paragraphs of a text whose paragraphs are numbered.
const PARAGRAPHS: usize = 5;

/// Whether a pointer to the sort is among the claims.
fn is_meant(pointers: &[Claim], wanted: &str) -> bool {
    pointers.iter().any(|c| matches!(&c.value, Value::Pointer { sort, .. } if sort == wanted))
}

/// The numbers that equations are given at the ends of their lines, or by `\tag`.
pub(super) fn equations(context: &Context<'_>, pointers: &[Claim], out: &mut Vec<Claim>) {
    if !is_meant(pointers, "equation") {
        return;
    }
    for (id, _) in context.document.iter() {
        let view = context.view(id);
        for line in view.text.lines() {
            let end = line.trim_end().strip_suffix(')').and_then(|l| l.rfind('(').map(|at| &l[at + 1..]));
            let tags = line.match_indices("\\tag{").filter_map(|(at, tag)| {
                let rest = &line[at + tag.len()..];
                rest.find('}').map(|end| &rest[..end])
            });
            for found in end.into_iter().chain(tags) {
                if number(found) == Some(found) {
                    push(&view, out, "equation", found, 0..0, true);
                }
            }
        }
    }
}

/// The items of the longest ordered list, when the text speaks of steps: a list of steps needs no other name.
pub(super) fn steps(context: &Context<'_>, pointers: &[Claim], out: &mut Vec<Claim>) {
    if !is_meant(pointers, "step") {
        return;
    }
    let lists = context.document.lists.iter().filter(|l| l.ordered);
    let Some(longest) = lists.max_by_key(|l| l.items.len()).filter(|l| l.items.len() >= 3) else { return };
    for (i, item) in longest.items.iter().enumerate() {
        let Some(block) = item.block else { continue };
        // The marks may all be ones.
        for found in [number(item.marker.trim_start_matches('(')).unwrap_or(""), &(i + 1).to_string()] {
            if !found.is_empty() {
                push(&context.view(block), out, "step", found, 0..0, true);
            }
        }
    }
}

/// The items of ordered lists under a heading that says what they are: "Recommendations".
pub(super) fn headed(context: &Context<'_>, pointers: &[Claim], out: &mut Vec<Claim>) {
    let sorts: BTreeSet<&str> = pointers
        .iter()
        .filter_map(|c| match &c.value {
            Value::Pointer { sort, .. } => Some(sort.as_str()),
            _ => None,
        })
        .collect();
    for list in context.document.lists.iter().filter(|l| l.ordered && l.depth == 0) {
        let first = list.items.iter().find_map(|i| i.block);
        let section = first.and_then(|b| context.document.block(b).section);
        let Some(heading) = section.map(|id| context.view(id)) else { continue };
        let last = heading.layer.tokens.len().saturating_sub(1);
        for sort in &sorts {
            let set = format!("place-{sort}");
            let named = phrase_at(context.lexicon, &set, heading.text, &heading.layer.tokens, last) == Some(1);
            if !named || !heading.word(last).to_lowercase().ends_with('s') {
                continue;
            }
            for item in &list.items {
                let found = number(item.marker.trim_start_matches('(')).unwrap_or_default();
                if let Some(block) = item.block.filter(|_| !found.is_empty()) {
                    push(&context.view(block), out, sort, found, 0..0, true);
                }
            }
        }
    }
}

/// The paragraphs of a text that counts them through, when it sends the reader to one.
pub(super) fn paragraphs(context: &Context<'_>, pointers: &[Claim], out: &mut Vec<Claim>) {
    if !is_meant(pointers, "paragraph") {
        return;
    }
    let mut counted: Vec<(BlockId, std::ops::Range<usize>)> = Vec::new();
    let mut others = 0;
    for view in context.views() {
        let numbered = match view.block.kind {
            BlockKind::Item { list, item } => {
                let list = &context.document.lists[list as usize];
                if list.depth > 0 {
                    continue;
                }
                list.items.get(item as usize).and_then(|i| paragraph_number(&i.marker)).map(|(n, _)| (n, 0..0))
            }
            BlockKind::Paragraph => {
                paragraph_number(view.text).filter(|(_, end)| *end < view.text.len()).map(|(n, end)| (n, 0..end))
            }
            _ => continue,
        };
        match numbered {
            Some((number, bytes)) if number as usize == counted.len() + 1 => counted.push((view.id, bytes)),
            // Numbers that begin anew are of lists.
            Some((1, _)) if counted.len() > 1 => return,
            _ => others += usize::from(!counted.is_empty()),
        }
    }
    if counted.len() < PARAGRAPHS || others > counted.len() {
        return;
    }
    for (i, (block, bytes)) in counted.into_iter().enumerate() {
        push(&context.view(block), out, "paragraph", &(i + 1).to_string(), bytes, true);
    }
}

/// The number that a paragraph begins with, and where what it is written in ends: "12. ", "[12]", "(12)".
fn paragraph_number(text: &str) -> Option<(u32, usize)> {
    let bare = text.trim_start().trim_start_matches(['[', '(', '¶', '§', ' ', '\u{a0}']);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &bare[digits..];
    let closed = rest.starts_with(['.', ')', ']']) && !rest[1..].starts_with(|c: char| c.is_alphanumeric());
    let number = bare[..digits].parse().ok().filter(|&n| n < 2000)?;
    closed.then_some((number, text.len() - rest.len() + 1))
}

/// What is lettered, at the beginning of a block or in the sentence, when the text sends the reader to a letter.
pub(super) fn letters(context: &Context<'_>, pointers: &[Claim], out: &mut Vec<Claim>) {
    if !is_meant(pointers, "letter") {
        return;
    }
    let sent: FxHashSet<Span> =
        pointers.iter().filter(|c| is_meant(std::slice::from_ref(c), "letter")).map(|c| c.at).collect();
    for view in context.views() {
        if let BlockKind::Item { list, item } = view.block.kind {
            let marker = context.document.lists[list as usize].items.get(item as usize).map_or("", |i| &i.marker);
            let letter = marker.trim_matches(|c: char| !c.is_alphanumeric());
            if letter.len() == 1 && letter.starts_with(|c: char| c.is_ascii_lowercase()) {
                push(&view, out, "letter", letter, 0..0, true);
            }
        }
        for (at, _) in view.text.match_indices(')') {
            let inside = view.text[..at].char_indices().next_back().filter(|(_, c)| c.is_ascii_lowercase());
            let Some((start, _)) = inside else { continue };
            if start > 0 && !view.text[..start].ends_with(['(', ' ', '\n']) {
                continue;
            }
            let bytes = start.saturating_sub(1)..at + 1;
            if !sent.contains(&view.block.text.span(bytes.clone())) {
                push(&view, out, "letter", &view.text[start..at], bytes, true);
            }
        }
    }
}

/// Tables without a caption, when the text sends the reader to a table: one of them may be meant.
pub(super) fn unnamed(context: &Context<'_>, pointers: &[Claim], out: &mut Vec<Claim>) {
    if !is_meant(pointers, "table") {
        return;
    }
    for table in context.document.tables.iter().filter(|t| t.caption.is_none()) {
        if let Some(block) = table.rows.iter().flatten().flatten().next() {
            push(&context.view(*block), out, "table", "", 0..0, false);
        }
    }
}

/// Whether a number that a list lacks begins a line between its items all the same, or dots stand for it.
fn left_out(context: &Context<'_>, list: &List, numbers: &[u32]) -> bool {
    let gap = (1..numbers.len()).find(|&i| numbers[i] == numbers[i - 1] + 2);
    let Some(gap) = gap else { return false };
    let (Some(from), Some(to)) = (list.items[gap - 1].block, list.items[gap].block) else { return true };
    // "3. … / ... / 5. …": the author leaves it to the reader.
    let before = context.document.block(from).text.string.trim_end();
    if before.ends_with("...") || before.ends_with('…') {
        return true;
    }
    let number = (numbers[gap] - 1).to_string();
    context.document.blocks[from.index()..to.index().max(from.index())].iter().any(|b| {
        b.text.string.split(['\n', ' ']).any(|w| {
            w.trim_start_matches(['(', '[', '-'])
                .strip_prefix(number.as_str())
                .is_some_and(|r| r.starts_with(['.', ')', ':', ']']))
        })
    })
}

/// The marks of numbered lists that are not counted through.
pub(super) fn items(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (index, list) in context.document.lists.iter().enumerate() {
        if !list.ordered || list.items.len() < 3 {
            continue;
        }
        let number = |marker: &str| {
            marker.trim_matches(|c: char| !c.is_ascii_alphanumeric()).parse::<u32>().ok().filter(|&n| n < 1000)
        };
        let numbers: Option<Vec<u32>> = list.items.iter().map(|i| number(&i.marker)).collect();
        let Some(numbers) = numbers else { continue };
        if numbers.windows(2).all(|w| w[1] == w[0] + 1) || numbers.windows(2).all(|w| w[1] == w[0]) {
            continue;
        }
        if left_out(context, list, &numbers) {
            continue;
        }
        for (item, number) in list.items.iter().zip(&numbers) {
            let Some(block) = item.block else { continue };
            let number = compact_str::format_compact!("{number}");
            let value = Value::Place { sort: "item".into(), number, firm: true, level: 0 };
            let mut claim = context.view(block).claim(ClaimKind::Place, "pointer", 0..0, value);
            claim.at = item.at;
            claim.within = item.at;
            claim.text = item.marker.as_str().into();
            claim.list = Some(index as u32);
            out.push(claim);
        }
    }
}
