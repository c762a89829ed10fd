//! Rows of a table against the number of them that the text announces: "the 12 projects in Table 3", "Table 2 lists
//! six species", "the following three variables".

use super::announcement::{Announcement, Tie, announcements, tie};
use super::numbered::is_unnarrowed;
use super::push;
use crate::annotate::{TokenKind, phrase_at, phrase_before, phrases_at};
use crate::claim::context::BlockView;
use crate::claim::grid::{Content, Grid, grid};
use crate::claim::{Claim, Context, Member};
use crate::document::{BlockKind, Style};
use crate::lexicon::{Pos, lower, singular};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::ops::Range;

/// Furthest that a number may be off; more counts other things.
const FURTHEST: usize = 2;

/// Most rows of a table that somebody counts.
const MOST: usize = 40;

/// Reads announced numbers of rows.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let document = context.document;
    let mut labelled: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (index, table) in document.tables.iter().enumerate() {
        if let Some(intro) = table.intro {
            let view = context.view(intro);
            if let Some(sentence) = view.layer.sentences.last().filter(|_| view.is_prose()) {
                read(context, &view, sentence, index, true, out);
            }
        }
        if let Some(caption) = table.caption {
            let view = context.view(caption);
            for sentence in &view.layer.sentences {
                read(context, &view, sentence, index, false, out);
            }
            if let Some((_, label)) = (0..2).find_map(|i| table_at(&view, i)) {
                labelled.entry(label).and_modify(|t| *t = None).or_insert(Some(index));
            }
        }
    }
    if labelled.is_empty() {
        return;
    }
    for view in context.views().filter(|v| v.is_prose() && !v.layer.quantities.is_empty()) {
        for sentence in &view.layer.sentences {
            let mut tables = sentence.clone().filter_map(|i| table_at(&view, i));
            let (Some((_, label)), None) = (tables.next(), tables.next()) else { continue };
            if let Some(&Some(index)) = labelled.get(label) {
                read(context, &view, sentence, index, false, out);
            }
        }
    }
}

/// "Table 3" at a token: its label, and the token behind.
fn table_at<'a>(view: &BlockView<'a>, at: usize) -> Option<(usize, &'a str)> {
    let label = view.layer.tokens.get(at + 1).filter(|_| view.word(at).eq_ignore_ascii_case("table"))?;
    let text = label.text(view.text);
    let is_label = label.kind == TokenKind::Number || text.len() <= 3 && text.bytes().all(|b| b.is_ascii_uppercase());
    is_label.then(|| (at + 2, text.trim_end_matches(['.', ':'])))
}

/// The claims of one sentence about one table.
fn read(
    context: &Context<'_>,
    view: &BlockView<'_>,
    sentence: &Range<usize>,
    table: usize,
    introduces: bool,
    out: &mut Vec<Claim>,
) {
    for found in announcements(view, context.lexicon, sentence.clone()) {
        let last = sentence.end.saturating_sub(1);
        let announced =
            introduces && view.word(last) == ":" && tie(view, context.lexicon, &found, sentence, last) >= Tie::Stated;
        if !announced && !is_known(context, view, &found, sentence) {
            continue;
        }
        let grid = grid(context, table);
        let noun = singular(&lower(&found.noun));
        let head = grid.column_own_heads.first().is_some_and(|h| says(h, &noun));
        if noun.is_empty() || !head && !says(&grid.caption, &noun) {
            continue;
        }
        let Some(rows) = rows(context, &grid) else { continue };
        let announced = found.count as usize;
        // "the three years in the table" are columns.
        let numbered = grid.column_own_heads.iter().skip(1).all(|h| h.bytes().all(|b| b.is_ascii_digit()));
        let each = grid.column_own_heads.iter().all(|h| says(h, &noun));
        let columns = (!head || numbered || each) && (announced == grid.columns() || announced + 1 == grid.columns());
        if columns || rows.len().abs_diff(announced) > FURTHEST {
            continue;
        }
        push(view, out, &found, rows);
    }
}

/// Whether the number is of things that the author takes as known or says are there.
fn is_known(context: &Context<'_>, view: &BlockView<'_>, found: &Announcement, sentence: &Range<usize>) -> bool {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let at = found.number.start;
    let definite =
        at > sentence.start && matches!(lower(view.word(at - 1)).as_str(), "the" | "all" | "these" | "following");
    // "three of the nine districts" has another number in front, "with the three districts" may be some of all.
    let of = at > sentence.start + 1 && matches!(view.word(at - 2), "with" | "between" | "of");
    let the = at > sentence.start && matches!(lower(view.word(at - 1)).as_str(), "the" | "all" | "our");
    let verb = phrase_before(lexicon, "table-verb", view.text, tokens, at - usize::from(the)).is_some();
    let caption = view.block.kind == BlockKind::Caption && at <= sentence.start + 4;
    let open = sentence.clone().any(|i| {
        phrase_at(lexicon, "list-open", view.text, tokens, i).is_some()
            || phrase_at(lexicon, "series-open", view.text, tokens, i).is_some()
    });
    let inside = |i: usize| table_at(view, i).is_some();
    let tail = found.end;
    let unnarrowed = verb
        || is_unnarrowed(context, view, tail, sentence)
        || matches!(view.word(tail), "in" | "of" | "from") && (inside(tail + 1) || inside(tail + 2))
        // "the six species recorded at the site": the table is of the same.
        || tokens.get(tail).is_some_and(|t| t.word.is_some_and(|id| lexicon.words.pos(id).any(Pos::PAST)));
    (definite && !of || verb || caption) && !open && unnarrowed
}

/// Whether a head or caption names what is counted.
fn says(text: &str, noun: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| !w.is_empty() && singular(&lower(w)) == noun)
}

/// The rows that are things of their own; `None` when it is unclear which those are.
fn rows(context: &Context<'_>, grid: &Grid) -> Option<Vec<Member>> {
    let lexicon = context.lexicon;
    let mut out = Vec::new();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut bold = 0usize;
    for row in grid.head_rows..grid.rows() {
        let view = context.view(grid.cell(row, 0).block?);
        let label = view.text.trim();
        if label.is_empty() {
            return None;
        }
        let tokens = &view.layer.tokens;
        let sets: Vec<(usize, &str, usize)> = (0..tokens.len())
            .flat_map(|i| phrases_at(lexicon, view.text, tokens, i).map(move |(set, length)| (i, set, length)))
            .collect();
        let summary = sets.iter().any(|&(i, set, length)| {
            set == "table.total" || (set == "table.all" || set == "table.rate") && i == 0 && length == tokens.len()
        });
        if summary {
            continue;
        }
        if sets.iter().any(|&(i, set, _)| set == "table.subset" || set == "table.result" && i == 0 && tokens.len() > 1)
        {
            return None;
        }
        let text = &view.block.text;
        if text.is_all(Style::Struck) {
            return None;
        }
        bold += usize::from(text.is_all(Style::Strong));
        let blank = (1..grid.columns()).all(|c| matches!(grid.cell(row, c).content, Content::Blank));
        // Rows that only part the table, two lines of one thing, "others".
        if grid.columns() > 1 && blank || !seen.insert(label) || lower(label).starts_with("other") {
            return None;
        }
        out.push(super::block::opening(&view));
    }
    let groups = grid.row_groups.iter().any(|g| !g.is_empty());
    let parted = bold > 0 && bold < out.len();
    let fits = (2..=MOST).contains(&out.len());
    (!groups && !parted && fits).then_some(out)
}
