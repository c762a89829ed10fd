//! Captions and numbered headings, and what only begins like them.

use super::number::{number, series_at, sort_at};
use crate::annotate::Case;
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::BlockKind;
use crate::lexicon::Pos;
use compact_str::CompactString;
use rustc_hash::FxHashSet;

/// Most bytes of a caption or heading that are kept as its wording.
const WORDING: usize = 120;

/// Annexes with their noun from which on all of a document are taken to have it.
const NAMED: usize = 2;

/// Reads what the numbers of the text can lead to. Of paragraphs that only begin like a caption or heading, those
/// are read that a pointer leads to or that fill a gap.
pub(super) fn extract(context: &Context<'_>, pointers: &[Claim], out: &mut Vec<Claim>) {
    let mut wanted: FxHashSet<CompactString> = FxHashSet::default();
    for pointer in pointers {
        if let Value::Pointer { number, .. } = &pointer.value {
            wanted.insert(number.clone());
            wanted.insert(number.trim_end_matches(|c: char| c.is_ascii_lowercase()).into());
        }
    }
    let mut loose = Vec::new();
    let mut first = out.len();
    for view in context.views() {
        read(context, &view, out, &mut loose);
        for i in first.max(1)..out.len() {
            if let (Value::Place { number: a, .. }, Value::Place { number: b, .. }) = (&out[i - 1].value, &out[i].value)
            {
                wanted.extend(between(a, b));
            }
        }
        first = out.len();
    }
    // Captions of several sorts take turns, so gaps are looked for in each sort by itself.
    let mut last: Vec<(CompactString, CompactString)> = Vec::new();
    for claim in out.iter() {
        let Value::Place { sort, number, .. } = &claim.value else { continue };
        match last.iter_mut().find(|(s, _)| s == sort) {
            Some((_, before)) => {
                wanted.extend(between(before, number));
                *before = number.clone();
            }
            None => last.push((sort.clone(), number.clone())),
        }
    }
    drawn(context, &wanted, &mut loose);
    // Where annexes are called so, a cell that holds a letter is none.
    let is_annex = |c: &&Claim| matches!(&c.value, Value::Place { sort, firm: true, .. } if sort == "appendix");
    if out.iter().filter(is_annex).count() >= NAMED {
        let is_cell = |c: &Claim| matches!(context.view(c.block).block.kind, BlockKind::Cell { .. });
        loose.retain(|c| !matches!(&c.value, Value::Place { sort, .. } if sort == "appendix") || !is_cell(c));
    }
    out.extend(loose.into_iter().filter(|claim| match &claim.value {
        Value::Place { number, .. } => {
            let mut part = number.as_str();
            loop {
                let bare = part.trim_end_matches(|c: char| c.is_ascii_lowercase());
                if wanted.contains(part) || wanted.contains(bare) {
                    break true;
                }
                match part.rfind('.') {
                    Some(dot) => part = &part[..dot],
                    None => break false,
                }
            }
        }
        _ => false,
    }));
}

/// Captions inside blocks that are no running text: drawings, listings.
fn drawn(context: &Context<'_>, wanted: &FxHashSet<CompactString>, loose: &mut Vec<Claim>) {
    for (id, block) in context.document.iter().filter(|(_, b)| b.kind == BlockKind::Code) {
        let view = context.view(id);
        for line in block.text.string.lines() {
            let mut words = line.split_whitespace().map(|w| w.trim_end_matches([':', '.', ')']));
            let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
            for found in [first, second].into_iter().filter(|w| wanted.contains(*w)) {
                for sort in ["appendix", "chart", "figure", "listing", "section", "table"] {
                    push(&view, loose, sort, found, 0..0, false);
                }
            }
        }
    }
}

/// The number that is left out between two of one level: 4 between 3 and 5.
fn between(a: &str, b: &str) -> Option<CompactString> {
    let split = |s: &str| -> Option<(String, u32)> {
        let dot = s.rfind('.').map_or(0, |i| i + 1);
        Some((s[..dot].to_owned(), s[dot..].parse().ok()?))
    };
    let ((head, a), (other, b)) = (split(a)?, split(b)?);
    (head == other && b == a + 2).then(|| compact_str::format_compact!("{head}{}", a + 1))
}

/// What one block is called by its first words.
fn read(context: &Context<'_>, view: &BlockView<'_>, firm: &mut Vec<Claim>, loose: &mut Vec<Claim>) {
    let text = view.text;
    let tokens = &view.layer.tokens;
    let lead = text.len() - text.trim_start().len();
    let heading = matches!(view.block.kind, BlockKind::Heading(_));
    if !tokens.is_empty()
        && let Some((sort, length)) = series_at(view, context.lexicon, 0)
        && let Some(next) = tokens.get(length)
        && let Some(found) = number(&text[next.start as usize..])
    {
        let end = next.start as usize + found.len();
        let after = text[end..].trim_start();
        let set_apart = after.is_empty() || after.starts_with(['.', ':', '—', '–', '|', '-']);
        let sure = match view.block.kind {
            BlockKind::Caption | BlockKind::Heading(_) => true,
            // "Day 3: we sailed on" is an entry of a diary as likely as a heading.
            BlockKind::Paragraph | BlockKind::Item { .. } => {
                set_apart && text[end..].chars().count() > 1 && sort_at(view, context.lexicon, 0).is_some()
            }
            _ => false,
        };
        // "Section 3.2 of the guide describes …" begins a sentence about another document.
        let foreign = ["of ", "in ", "from "].iter().any(|word| after.starts_with(word));
        // "Table 4 lists the time by step." sends the reader there.
        let told = tokens.iter().find(|t| t.start as usize >= end).is_some_and(|t| {
            t.case == Case::Lower && t.word.is_some_and(|id| context.lexicon.words.pos(id).any(Pos::VERB))
        });
        let told = told && matches!(view.block.kind, BlockKind::Paragraph);
        if !sure && (foreign || told) {
            return;
        }
        push(view, if sure { firm } else { loose }, sort, found, 0..end, sure);
        return;
    }
    if let Some(found) = number(&text[lead..]) {
        let end = lead + found.len();
        let rest = &text[end..];
        let after = rest.trim_start_matches(['.', ')', ':', ' ', '\u{a0}', '\t', '—', '–']);
        let titled = after.starts_with(|c: char| c.is_uppercase() || c == '"' || c == '`');
        let dotted = found.contains('.') || rest.starts_with(['.', ')', ':']);
        let digits = found.starts_with(|c: char| c.is_ascii_digit());
        let small = !digits || found.split('.').all(|p| p.len() <= 2);
        let sure = heading && small && titled && (dotted || digits);
        // "9 January 2023" in a cell, "2 mL of acid".
        if !sure && is_measured(view, end) {
            return;
        }
        push(view, if sure { firm } else { loose }, "section", found, lead..end, sure);
        push(view, loose, "step", found, lead..end, false);
        if !digits {
            push(view, loose, "appendix", found, lead..end, false);
        }
    }
    if let BlockKind::Item { list, item } = view.block.kind
        && let Some(item) = context.document.lists[list as usize].items.get(item as usize)
        && let Some(found) = number(item.marker.trim_start_matches('('))
    {
        push(view, loose, "section", found, 0..0, false);
        push(view, loose, "step", found, 0..0, false);
        push(view, loose, "clause", found, 0..0, false);
    }
}

/// Whether the number that a block begins with is part of a date or of a measure, which go on behind it.
fn is_measured(view: &BlockView<'_>, end: usize) -> bool {
    let goes_on = |tokens: &std::ops::Range<usize>| tokens.start == 0 && view.layer.bytes(tokens.clone()).end > end;
    view.layer.dates.iter().take(1).any(|d| goes_on(&d.tokens))
        || view.layer.quantities.iter().take(1).any(|q| !q.label && goes_on(&q.tokens))
}

pub(super) fn push(
    view: &BlockView<'_>,
    out: &mut Vec<Claim>,
    sort: &str,
    number: &str,
    bytes: std::ops::Range<usize>,
    firm: bool,
) {
    let value = Value::Place { sort: sort.into(), number: number.into(), firm, level: 0 };
    let mut claim = view.claim(ClaimKind::Place, "pointer", 0..0, value);
    claim.at = view.block.text.span(bytes.clone());
    claim.text = view.text[bytes].into();
    claim.within = view.block.text.whole();
    let mut end = view.text.len().min(WORDING);
    while !view.text.is_char_boundary(end) {
        end -= 1;
    }
    claim.subject.wording = view.text[..end].into();
    out.push(claim);
}
