//! Quantities of table cells: row label, column heads and caption say what is counted.

use crate::annotate::TokenKind;
use crate::claim::grid::{Grid, grid};
use crate::claim::keys::content_words;
use crate::claim::noun::{class, lemma};
use crate::claim::{Axes, Claim, ClaimKind, Context, Origin, Scope, Status, Subject, Value};
use crate::document::BlockId;
use crate::lexicon::{Lexicon, Pos};
use compact_str::CompactString;
use std::sync::Arc;

/// A table with more cells than this is data, not a statement to compare with prose.
const LARGEST: usize = 2_000;

/// Reads the numeric cells of every table.
pub(super) fn cell_claims(context: &Context<'_>, out: &mut Vec<Claim>) {
    for table in 0..context.document.tables.len() {
        let grid = grid(context, table);
        if grid.rows() * grid.columns() > LARGEST {
            continue;
        }
        table_claims(context, table, &grid, out);
    }
}

fn table_claims(context: &Context<'_>, table: usize, grid: &Grid, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let source = &context.document.tables[table];
    let pairs_of = |id: Option<BlockId>| id.map_or_else(Vec::new, |id| block_words(context, id));
    let words_of =
        |id: Option<BlockId>| -> Vec<CompactString> { pairs_of(id).into_iter().map(|(word, _)| word).collect() };
    let title = source.caption.or(source.section);
    let mut caption = words_of(title);
    // The verb of the text shares its stem with the caption's own word, not with the name of its class.
    caption.extend(title.map_or_else(Vec::new, |id| lemmas(context, id, lexicon)));
    let caption: Arc<[CompactString]> = caption.into();
    let mut caption_keys: Vec<CompactString> = title.map_or_else(Vec::new, |id| all_keys(context, id));
    // "| Region | 2022 | 2023 |": what the rows are called is said in the corner.
    for row in 0..grid.head_rows {
        for column in 0..grid.label_columns {
            caption_keys.extend(pairs_of(grid.cell(row, column).block).into_iter().map(|(_, key)| key));
        }
    }
    let caption_keys: Arc<[CompactString]> = caption_keys.into();
    let column_keys: Vec<Arc<[CompactString]>> = (0..grid.columns())
        .map(|column| {
            let heads = (0..grid.head_rows).flat_map(|row| pairs_of(grid.cell(row, column).block));
            heads.map(|(_, key)| key).collect()
        })
        .collect();
    let columns: Vec<Arc<[CompactString]>> = (0..grid.columns())
        .map(|column| {
            let mut words: Vec<CompactString> = Vec::new();
            for row in 0..grid.head_rows {
                words.extend(words_of(grid.cell(row, column).block));
            }
            words.into()
        })
        .collect();
    let people = |words: &[CompactString]| {
        words.iter().any(|w| lexicon.words.find(w).is_some_and(|id| lexicon.words.pos(id).any(Pos::PEOPLE)))
    };
    let people_caption = people(&caption);
    let mut last_row = usize::MAX;
    let mut row_words: Arc<[CompactString]> = Arc::from([]);
    let mut row_keys: Arc<[CompactString]> = Arc::from([]);
    for (row, column, number) in grid.numbers() {
        let Some(block) = grid.cell(row, column).block else { continue };
        if number.year_like && columns[column].is_empty() {
            continue;
        }
        if row != last_row {
            let label = grid.row_label_blocks[row];
            let words = pairs_of(label);
            row_keys = words.iter().map(|(_, key)| key.clone()).collect();
            row_words = words.into_iter().map(|(word, _)| word).collect();
            last_row = row;
        }
        let Some(at) = grid.place(context, row, column) else { continue };
        let quantity = grid.quantity(column, number);
        let label = &grid.row_labels[row];
        let total = row_words.iter().all(|w| is_total(w)) && !label.is_empty();
        let head = row_words.last().cloned().unwrap_or_default();
        out.push(Claim {
            kind: ClaimKind::Quantity,
            subject: Subject {
                class: class(lexicon, &head),
                head,
                modifiers: Vec::new(),
                entities: columns[column].to_vec(),
                owners: Vec::new(),
                people: if total { people_caption } else { people(&row_words) },
                loose: Vec::new(),
                topic: false,
                general: false,
                wording: label.clone(),
            },
            predicate: CompactString::default(),
            scope: Scope::default(),
            status: Status::Actual,
            value: Value::Quantity(quantity),
            at,
            text: context.document.block(block).text.string.trim().into(),
            within: context.document.block(block).text.whole(),
            block,
            sentence: 0,
            list: None,
            origin: Origin::Cell,
            frame: None,
            axes: Some(Box::new(Axes {
                table: table as u32,
                row: row as u32,
                column: column as u32,
                total,
                row_words: row_words.clone(),
                row_keys: row_keys.clone(),
                column_words: columns[column].clone(),
                column_keys: column_keys[column].clone(),
                caption_words: caption.clone(),
                caption_keys: caption_keys.clone(),
                column_wording: grid.column_heads[column].clone(),
                caption_wording: grid.caption.clone(),
            })),
            by: "cell",
        });
    }
}

/// Whether a label word says "total".
fn is_total(word: &str) -> bool {
    matches!(word, "total" | "all" | "sum" | "overall" | "subtotal" | "altogether")
}

/// The lemmas of a block's words as they are.
fn lemmas(context: &Context<'_>, id: BlockId, lexicon: &Lexicon) -> Vec<CompactString> {
    let view = context.view(id);
    let words = view.layer.tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Word);
    words.map(|(i, _)| lemma(&view, lexicon, i)).collect()
}

/// The content words of a whole block.
fn block_words(context: &Context<'_>, id: BlockId) -> Vec<(CompactString, CompactString)> {
    let view = context.view(id);
    content_words(&view, context.lexicon, 0..view.layer.tokens.len())
}

/// The word families of a whole block, of what stands in brackets too.
fn all_keys(context: &Context<'_>, id: BlockId) -> Vec<CompactString> {
    let view = context.view(id);
    let words = (0..view.layer.tokens.len()).flat_map(|i| content_words(&view, context.lexicon, i..i + 1));
    words.map(|(_, key)| key).collect()
}
