//! Lists set apart as lists, and lettered or numbered headings, after the paragraph that announces them.

use super::announcement::{Announcement, Tie, announcements, tie};
use super::push;
use crate::annotate::{QuantityAt, phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::members::{coordination, joining};
use crate::claim::noun::{lemma, noun_phrase};
use crate::claim::{Claim, Context, Member};
use crate::document::{Block, BlockId, BlockKind, List, Style};
use crate::lexicon::{Lexicon, Pos, lower, singular};
use crate::value::Decimal;
use std::ops::Range;

/// Furthest that a short list may be off; of a long one, half its length.
const FURTHEST: usize = 2;

/// How far into an item several pieces of code are looked for, in tokens.
const LEADING: usize = 40;

/// How many lists behind a list may lie inside of it.
const INNER: usize = 64;

/// Words of an item that a label shows.
const SHOWN: usize = 8;

/// Lists of the document with a paragraph or heading that introduces them.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (index, list) in context.document.lists.iter().enumerate() {
        let Some(intro) = list.intro else { continue };
        let view = context.view(intro);
        if !(view.is_prose() || matches!(view.block.kind, BlockKind::Heading(_))) || list.items.len() < 2 {
            continue;
        }
        let Some(sentence) = view.layer.sentences.last().cloned() else { continue };
        let Some((found, tie)) =
            announcement(context, &view, &sentence).or_else(|| taken_up(context, &view, &sentence))
        else {
            continue;
        };
        let extent = Extent::of(context, index, list);
        let announced = found.count as usize;
        let Some(items) = extent.items(announced) else { continue };
        if announced > items.len() && (is_open(context, list) || announced <= most(context, list)) {
            continue;
        }
        if announced < items.len() && announced + remarks(context, list) >= items.len()
            || is_grouped(context, index, announced)
        {
            continue;
        }
        // In notes, what follows the things counted is as often said about them.
        let noted = matches!(view.block.kind, BlockKind::Item { .. });
        if noted && items.len() == announced + 1 {
            continue;
        }
        // Where nothing says that these are the things counted, only a near miss is believed; and nobody miscounts
        // by much, while a list may run into the next.
        let furthest = if tie == Tie::Near { 1 } else { FURTHEST.max(announced / 2) };
        if announced.abs_diff(items.len()) > furthest || is_tally(context, list) {
            continue;
        }
        push(&view, out, &found, items);
    }
}

/// "We visited nine sites. They were:": the sentence before announces the list.
fn taken_up(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>) -> Option<(Announcement, Tie)> {
    let word = |n: usize| view.word(sentence.start + n);
    let pronoun = ["they", "these", "those"].iter().any(|w| word(0).eq_ignore_ascii_case(w));
    let colon = view.word(sentence.end.checked_sub(1)?) == ":";
    if !pronoun || !matches!(word(1), "are" | "were" | "include" | "included") || !colon || sentence.len() > 5 {
        return None;
    }
    let before = view.layer.sentences.iter().rev().nth(1)?.clone();
    let mut found = announcements(view, context.lexicon, before.clone());
    // "There are six other users, out of which four use it daily. They are:"
    let numbers = view.layer.quantities.iter().filter(|q| before.contains(&q.tokens.start)).count();
    if numbers > 1 {
        return None;
    }
    let open = matches!(word(1), "include" | "included");
    (found.len() == 1 && !open).then(|| (found.remove(0), Tie::Stated))
}

/// How many items at the end of a list, or in brackets, are remarks rather than things counted.
fn remarks(context: &Context<'_>, list: &List) -> usize {
    let is_remark = |id: BlockId| {
        let view = context.view(id);
        let remark = phrase_at(context.lexicon, "list-remark", view.text, &view.layer.tokens, 0).is_some();
        remark || view.text.starts_with('(') && view.text.trim_end().ends_with(')')
    };
    let blocks: Vec<BlockId> = list.items.iter().filter_map(|item| item.block).collect();
    let bracketed = blocks.iter().filter(|&&id| context.view(id).text.starts_with('(') && is_remark(id)).count();
    bracketed.max(blocks.iter().rev().take_while(|&&id| is_remark(id)).count())
}

/// Whether the items are groups of the things counted: "four networks:" and under two heads as many. The parts of
/// steps are no steps.
fn is_grouped(context: &Context<'_>, index: usize, announced: usize) -> bool {
    let lists = &context.document.lists;
    let list = &lists[index];
    let mut inner = vec![0; list.items.len()];
    for (outer, item) in lists.iter().skip(index + 1).take(INNER).filter_map(|l| Some((l.parent?, l.items.len()))) {
        if outer.0 as usize == index
            && let Some(count) = inner.get_mut(outer.1 as usize)
        {
            *count += item;
        }
    }
    let groups = inner.iter().filter(|&&n| n > 0).count();
    !list.ordered && groups * 2 >= inner.len() && inner.iter().map(|&n: &usize| n.max(1)).sum::<usize>() == announced
}

/// Whether most items are numbers of things themselves: "15 projects have to be built anew".
fn is_tally(context: &Context<'_>, list: &List) -> bool {
    let counts = list.items.iter().filter_map(|item| item.block).filter(|&id| {
        let first = context.view(id).layer.quantities.first();
        first.is_some_and(|q| q.tokens.start == 0 && !q.label)
    });
    counts.count() * 2 > list.items.len()
}

/// How many things the items name at most when names or code are joined in one item: "Ada Brook and Ben Cole",
/// "`open()`, `close()`: files".
fn most(context: &Context<'_>, list: &List) -> usize {
    let named = |id: BlockId| {
        let view = context.view(id);
        let codes = leading_codes(context, &view);
        if codes > 1 {
            return Some(codes);
        }
        // "Three (3) members of the public": the item says how many it names.
        if let Some(first) = view.layer.quantities.first().filter(|q| q.tokens.start == 0 && q.quantity.unit.is_count())
            && !first.label
        {
            return first.quantity.amount.low.normalize().to_string().parse().ok();
        }
        let sentence = view.layer.sentence_of(0);
        let found = coordination(&view, context.lexicon, sentence.clone())?;
        let capital = |m: &Range<usize>| view.word(m.start).starts_with(char::is_uppercase);
        // "stack, exception and argument pointers"
        let coded = view.block.text.has_style(view.layer.bytes(0..1), Style::Code);
        let short = sentence.len() <= SHOWN && !coded && sentence.clone().any(|i| matches!(view.word(i), "," | "and"));
        (short || found.closed && found.members.iter().all(capital)).then_some(found.most)
    };
    list.items.iter().map(|item| item.block.and_then(named).unwrap_or(1)).sum()
}

/// How many pieces of code stand at the beginning of a block, joined by commas and "and".
fn leading_codes(context: &Context<'_>, view: &BlockView<'_>) -> usize {
    let is_code = |i: usize| view.block.text.has_style(view.layer.bytes(i..i + 1), Style::Code);
    let mut codes = 0;
    let mut inside = false;
    for i in 0..view.layer.tokens.len().min(LEADING) {
        if is_code(i) {
            codes += usize::from(!inside);
            inside = true;
        } else if matches!(view.word(i), "," | "/" | "[" | "]") || joining(view, context.lexicon, i) > 0 {
            inside = false;
        } else {
            break;
        }
    }
    codes
}

/// The announcement of the introducing sentence that the list answers to; `None` when there is none or when two
/// compete.
fn announcement(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>) -> Option<(Announcement, Tie)> {
    let lexicon = context.lexicon;
    let last = sentence.end.checked_sub(1)?;
    let colon = matches!(view.word(last), ":" | "–" | "—");
    let heading = matches!(view.block.kind, BlockKind::Heading(_));
    let end = if colon || matches!(view.word(last), "." | "!") { last } else { sentence.end };
    let mut found = announcements(view, lexicon, sentence.start..sentence.end);
    if found.len() > 1 {
        // "replace two of the three fields": which of them is listed is a guess.
        return None;
    }
    let found = found.pop()?;
    // "one new attribute and two existing attributes": both are listed.
    let one = |q: &QuantityAt| {
        let noun = noun_phrase(view, lexicon, q.number.end).map(|p| lemma(view, lexicon, p.head));
        q.quantity.amount.low == Decimal::ONE && noun.is_some_and(|n| n == singular(&lower(&found.noun)))
    };
    if view.layer.quantities.iter().filter(|q| sentence.contains(&q.tokens.start)).any(one) {
        return None;
    }
    let tie = tie(view, lexicon, &found, sentence, end);
    // "Two values are equal, if:": the items are conditions.
    if colon && phrase_before(lexicon, "list-condition", view.text, &view.layer.tokens, end).is_some() {
        return None;
    }
    // "Two questions", then what was answered: minutes and outlines promise nothing.
    if !colon && matches!(view.block.kind, BlockKind::Item { .. }) {
        return None;
    }
    let fits = if colon {
        tie >= Tie::Near
    } else if heading {
        found.counted && tie >= Tie::Direct || is_title(view, &found, sentence)
    } else {
        found.counted && tie >= Tie::Stated && names_nothing(view, lexicon, found.end..end)
    };
    fits.then_some((found, tie))
}

/// Whether a heading promises a list by its number: "Top 10 tips for a quick start", "7 habits of calm teams".
fn is_title(view: &BlockView<'_>, found: &Announcement, sentence: &Range<usize>) -> bool {
    let at = found.number.start;
    let top = at > sentence.start && view.word(at - 1).eq_ignore_ascii_case("top");
    // "3 Results" is the third section.
    top || at == sentence.start && found.counted && found.count >= 4
}

/// A number of things above that a paragraph takes up right behind its list: "The above three problems".
pub(super) fn above(context: &Context<'_>, out: &mut Vec<Claim>) {
    let document = context.document;
    for (index, list) in document.lists.iter().enumerate().filter(|(_, l)| l.depth == 0 && l.items.len() >= 2) {
        let last = document.blocks.iter().rposition(|b| list_of(b).is_some_and(|l| l as usize == index));
        let Some(view) = last.filter(|&i| i + 1 < document.blocks.len()).map(|i| context.view(BlockId(i as u32 + 1)))
        else {
            continue;
        };
        let Some(sentence) = view.layer.sentences.first().filter(|_| view.is_prose()) else { continue };
        let tokens = &view.layer.tokens;
        for found in announcements(&view, context.lexicon, sentence.clone()) {
            let before = found.number.start.checked_sub(1).map_or("", |i| view.word(i));
            let above = before.eq_ignore_ascii_case("above")
                || matches!(view.word(found.end), "above" | "listed") && before.eq_ignore_ascii_case("the");
            let furthest = found.number.start < sentence.start + 4 && tokens.len() > found.end;
            // "Out of the five cases above": a list further up has them.
            let earlier = document.lists[..index].iter().rev().take(3).any(|l| l.items.len() == found.count as usize);
            if above && furthest && !earlier && list.items.len().abs_diff(found.count as usize) <= 2 {
                push(&view, out, &found, members(context, list));
            }
        }
    }
}

fn list_of(block: &Block) -> Option<u32> {
    match block.kind {
        BlockKind::Item { list, .. } => Some(list),
        _ => None,
    }
}

/// Whether what stands between the counted phrase and the full stop leaves the naming to the list: nothing, or
/// "to restore a copy", but not "two lakes, Erie and Huron".
fn names_nothing(view: &BlockView<'_>, lexicon: &Lexicon, tail: Range<usize>) -> bool {
    if tail.is_empty() {
        return true;
    }
    let word = &view.layer.tokens[tail.start].word;
    let opens = word.is_some_and(|id| lexicon.words.pos(id).any(Pos::PREPOSITION));
    opens && tail.len() <= 10 && tail.clone().all(|i| joining(view, lexicon, i) == 0)
}

/// The items of a list and of the lists that may be its continuation.
struct Extent {
    items: Vec<Member>,
    /// Lists further down in the same section that may belong to it, and whether a paragraph announces them.
    more: Vec<(Vec<Member>, bool)>,
}

impl Extent {
    fn of(context: &Context<'_>, index: usize, list: &List) -> Self {
        let mut items = members(context, list);
        let mut more = Vec::new();
        let section = section(context, list);
        let mut next = items.len() + 1;
        for later in context.document.lists[index + 1..].iter().take(64) {
            if later.depth < list.depth {
                break;
            }
            if later.depth != list.depth || later.parent != list.parent {
                continue;
            }
            let continues = later.items.first().and_then(|i| ordinal_of(&i.marker)) == Some(next) && more.is_empty();
            // A list that is numbered on may be parted by headings.
            if self::section(context, later) != section && !(continues && list.ordered) {
                break;
            }
            // "The following was left for later:" takes the numbers on for other things.
            if continues && !is_announced(context, later) {
                items.extend(members(context, later));
                next = items.len() + 1;
            } else {
                more.push((members(context, later), is_announced(context, later)));
            }
        }
        Self { items, more }
    }

    /// The items in the reading nearest to the announced number; `None` when the end of the list is unclear.
    fn items(mut self, announced: usize) -> Option<Vec<Member>> {
        let mut total = self.items.len();
        for (n, (later, _)) in self.more.iter().enumerate() {
            total += later.len();
            if total == announced {
                // An interruption, or groups of their own, part one list in several.
                self.items.extend(self.more.into_iter().take(n + 1).flat_map(|(items, _)| items));
                return Some(self.items);
            }
        }
        let unclear = self.items.len() < announced && total >= announced && self.more.iter().any(|(_, own)| !own);
        (!unclear).then_some(self.items)
    }
}

/// Whether the paragraph before a list ends in a colon.
fn is_announced(context: &Context<'_>, list: &List) -> bool {
    list.intro.is_some_and(|id| context.document.block(id).text.string.trim_end().ends_with(':'))
}

fn section(context: &Context<'_>, list: &List) -> Option<BlockId> {
    list.items.iter().find_map(|i| i.block).and_then(|b| context.document.block(b).section)
}

/// The place of an item's first words, else of its mark.
fn members(context: &Context<'_>, list: &List) -> Vec<Member> {
    // What is struck out is no longer in the list.
    let stands = |id: BlockId| !context.document.block(id).text.is_all(Style::Struck);
    list.items
        .iter()
        .filter(|item| item.block.is_none_or(stands))
        .map(|item| match item.block {
            Some(id) => opening(&context.view(id)),
            None => Member { at: item.at, text: item.marker.as_str().into() },
        })
        .collect()
}

/// The first words of a block.
pub(super) fn opening(view: &BlockView<'_>) -> Member {
    let end = view.layer.sentence_of(0).end.min(SHOWN);
    let mut end = end.min(view.layer.tokens.len());
    while end > 1 && matches!(view.word(end - 1), "." | ":" | "," | ";") {
        end -= 1;
    }
    view.member(0..end)
}

/// What an ordered list's mark counts: `3.` and `(c)` are 3.
pub(super) fn ordinal_of(marker: &str) -> Option<usize> {
    let label = marker.trim_matches(|c: char| !c.is_alphanumeric());
    if let Ok(n) = label.parse() {
        return Some(n);
    }
    let mut chars = label.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii_alphabetic() => Some((c.to_ascii_lowercase() as u8 - b'a') as usize + 1),
        _ => None,
    }
}

/// Whether an item says that the list goes on: "…", "etc.", "and more".
fn is_open(context: &Context<'_>, list: &List) -> bool {
    list.items.iter().filter_map(|i| i.block).any(|id| {
        let view = context.view(id);
        let text = view.text.trim_end();
        if text.ends_with('…') || text.ends_with("...") {
            return true;
        }
        let tokens = &view.layer.tokens;
        let from = tokens.len().saturating_sub(6);
        (from..tokens.len()).any(|i| phrase_at(context.lexicon, "list-open", view.text, tokens, i).is_some())
    })
}

/// Lettered or numbered headings under the section whose last paragraph announces them: "a.", "b.", "c.".
pub(super) fn headings(context: &Context<'_>, out: &mut Vec<Claim>) {
    let document = context.document;
    let mut i = 0;
    while i + 1 < document.blocks.len() {
        let id = BlockId(i as u32);
        let next = &document.blocks[i + 1];
        i += 1;
        let BlockKind::Heading(level) = next.kind else { continue };
        let view = context.view(id);
        // Headings beside the section that announces them are its neighbours.
        let beside = view
            .block
            .section
            .is_some_and(|s| matches!(document.block(s).kind, BlockKind::Heading(own) if own >= level));
        if !view.is_prose() || label_of(next) != Some(1) || beside {
            continue;
        }
        let Some(sentence) = view.layer.sentences.last().cloned() else { continue };
        let found = announcements(&view, context.lexicon, sentence.clone());
        let [found] = found.as_slice() else { continue };
        if !found.counted {
            continue;
        }
        let end = sentence.end - usize::from(matches!(view.word(sentence.end - 1), "." | ":"));
        if tie(&view, context.lexicon, found, &sentence, end) < Tie::Stated {
            continue;
        }
        let mut items = Vec::new();
        for (offset, block) in document.blocks[i..].iter().enumerate() {
            match block.kind {
                BlockKind::Heading(l) if l < level => break,
                BlockKind::Heading(l) if l == level => {
                    if label_of(block) != Some(items.len() + 1) {
                        break;
                    }
                    items.push(opening(&context.view(BlockId((i + offset) as u32))));
                }
                _ => {}
            }
        }
        if items.len() >= 2 {
            push(&view, out, found, items);
        }
    }
}

/// The letter or number that a heading begins with, as a number: "c. Costs" is 3, "2.1 Costs" is none.
fn label_of(block: &Block) -> Option<usize> {
    let (label, rest) = block.text.string.split_once(char::is_whitespace)?;
    let closed = label.ends_with(['.', ')']) && !rest.trim().is_empty();
    let inner = label.trim_start_matches('(').trim_end_matches(['.', ')']);
    (closed && inner.len() <= 2 && inner.chars().all(char::is_alphanumeric)).then(|| ordinal_of(inner)).flatten()
}
