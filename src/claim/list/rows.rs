//! Rows of a table against the number of them that the text announces: "the 12 projects in Table 3", "Table 2 lists
//! six species", "the following three variables".

use super::announcement::{Announcement, Tie, announcements, tie};
use super::numbered::is_unnarrowed;
use super::push;
use crate::annotate::{TokenKind, phrase_at, phrase_before, phrases_at};
use crate::claim::context::BlockView;
use crate::claim::grid::{Content, Grid, grid};
use crate::claim::{Claim, Context, Member};
use crate::document::{BlockId, BlockKind, Style};
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
    beside(context, out);
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

/// Sentences of the paragraphs before and behind a table that speak of it: "The five ships in the table are all in
/// service."
fn beside(context: &Context<'_>, out: &mut Vec<Claim>) {
    let blocks = &context.document.blocks;
    for (index, table) in context.document.tables.iter().enumerate() {
        let cells = || table.rows.iter().flatten().flatten().map(|id| id.index());
        let (Some(first), Some(last)) = (cells().min(), cells().max()) else { continue };
        for at in [first.checked_sub(1), Some(last + 1)].into_iter().flatten().filter(|&i| i < blocks.len()) {
            let view = context.view(BlockId(at as u32));
            if !view.is_prose() || view.layer.quantities.is_empty() {
                continue;
            }
            for sentence in &view.layer.sentences {
                if sentence.clone().any(|i| the_table(&view, i)) {
                    read(context, &view, sentence, index, false, out);
                }
            }
        }
    }
}

/// Whether "the table", "this table" or "the following table" stands at a token.
fn the_table(view: &BlockView<'_>, at: usize) -> bool {
    let article = matches!(lower(view.word(at)).as_str(), "the" | "this");
    let skip = usize::from(matches!(view.word(at + 1), "above" | "following" | "below"));
    article
        && view.word(at + 1 + skip) == "table"
        && view.layer.tokens.get(at + 2 + skip).is_none_or(|t| t.kind != TokenKind::Number)
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
        let head = names_rows(context, &grid, &noun);
        if noun.is_empty() || !announced && !head && !says(&grid.caption, &noun) {
            continue;
        }
        // Where nothing but the colon says that these are the things counted, only a near miss is believed.
        let furthest = if head || says(&grid.caption, &noun) { FURTHEST } else { 1 };
        let Some(rows) = rows(context, &grid) else { continue };
        let announced = found.count as usize;
        // "the three years in the table" are columns.
        let numbered = grid.column_own_heads.iter().skip(1).all(|h| h.bytes().all(|b| b.is_ascii_digit()));
        let each = grid.column_own_heads.iter().all(|h| says(h, &noun));
        // "three makes, old and new:" are six columns.
        let valued = grid.columns().saturating_sub(1);
        let columns =
            (!head || numbered || each) && (announced == valued + 1 || valued > 0 && valued.is_multiple_of(announced));
        if columns || rows.len().abs_diff(announced) > furthest {
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
        || matches!(view.word(tail), "in" | "of" | "from") && (inside(tail + 1) || inside(tail + 2) || the_table(view, tail + 1))
        // "the six species recorded at the site": the table is of the same.
        || tokens.get(tail).is_some_and(|t| t.word.is_some_and(|id| lexicon.words.pos(id).any(Pos::PAST)));
    (definite && !of || verb || caption) && !open && unnarrowed
}

/// Whether the head of the first column names what is counted, or of the second behind a column of numbers: "No.",
/// "Milestone".
fn names_rows(context: &Context<'_>, grid: &Grid, noun: &str) -> bool {
    let heads = &grid.column_own_heads;
    let counts = |column: usize| {
        (grid.head_rows..grid.rows()).enumerate().all(|(i, row)| {
            let cell = grid.cell(row, column).block.map_or("", |id| context.view(id).text);
            cell.trim().trim_end_matches('.') == (i + 1).to_string()
        })
    };
    heads.first().is_some_and(|h| says(h, noun)) || heads.get(1).is_some_and(|h| says(h, noun)) && counts(0)
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
    let sum = grid.sum_row();
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
        let rates = (1..grid.columns()).all(|c| grid.cell(row, c).number().is_some());
        let summary = sets.iter().any(|&(i, set, length)| {
            let whole = i == 0 && length == tokens.len();
            set == "table.total" || set == "table.all" && whole || set == "table.rate" && whole && rates
        });
        if summary || sum == Some(row) {
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
