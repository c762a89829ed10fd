//! The numbers of tables.

use super::{COMPANY, Cue, Datum, DatumPlace, around};
use crate::annotate::{QuantityAt, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::setting::parameter::{Terms, counted, in_tokens};
use crate::claim::setting::{SettingValue, literal, only};
use crate::claim::{Claim, Context};
use crate::document::{BlockId, BlockKind, Table};
use crate::lexicon::Lexicon;
use crate::value::{Hedge, Quantity};
use compact_str::CompactString;

/// Most rows of a table that is read; longer ones are data.
const ROWS: usize = 80;

/// Most columns of such a table.
const COLUMNS: usize = 8;

/// Most words of a cell beside a number that count as its label.
const LABEL: usize = 8;

/// Heads of columns that give defaults and bounds, by the sets of their words.
const SLOTS: &[(&str, &str)] =
    &[("default", "setting-default-head"), ("least", "setting-least-head"), ("most", "setting-most-head")];

pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for table in &context.document.tables {
        let wide = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        if table.rows.len() <= ROWS && wide <= COLUMNS && wide > 1 {
            for (n, row) in table.rows.iter().enumerate().skip(table.head_rows as usize) {
                self::row(context, table, n, row, out);
            }
        }
    }
}

fn row(context: &Context<'_>, table: &Table, n: usize, row: &[Option<BlockId>], out: &mut Vec<Claim>) {
    let cell = |col: usize| row.get(col).copied().flatten().map(|id| context.view(id));
    let company: Vec<(BlockId, &QuantityAt)> =
        (0..row.len()).filter_map(cell).flat_map(|v| v.layer.quantities.iter().map(move |q| (v.id, q))).collect();
    for col in 0..row.len() {
        let Some(view) = cell(col) else { continue };
        let head =
            table.rows.first().filter(|_| table.head_rows > 0 && n > 0).and_then(|h| h.get(col).copied().flatten());
        let head = head.map(|id| context.view(id));
        for one in &view.layer.quantities {
            let beside = company.iter().filter(|(id, q)| *id != view.id || q.tokens != one.tokens);
            let beside = beside.take(COMPANY).map(|(_, q)| SettingValue::Quantity(q.quantity.clone())).collect();
            out.extend(datum(context, row, col, &view, head.as_ref(), one, beside));
        }
    }
}

fn datum(
    context: &Context<'_>,
    row: &[Option<BlockId>],
    col: usize,
    view: &BlockView<'_>,
    head: Option<&BlockView<'_>>,
    one: &QuantityAt,
    company: Vec<SettingValue>,
) -> Option<Claim> {
    let lexicon = context.lexicon;
    let mut quantity = Quantity { hedge: Hedge::None, ..one.quantity.clone() };
    if one.vague || quantity.amount.range || quantity.unit.is_money() {
        return None;
    }
    let mut terms = Terms::default();
    for (at, word) in in_tokens(view, lexicon, 0..view.layer.tokens.len()) {
        if !one.tokens.contains(&at) {
            terms.add(word, 4);
        }
    }
    for (n, other) in row.iter().enumerate().filter(|(n, _)| *n != col) {
        let Some(other) = other.map(|id| context.view(id)) else { continue };
        let words = in_tokens(&other, lexicon, 0..other.layer.tokens.len());
        let weight = if n == 0 || col == 0 && words.len() <= LABEL { 4 } else { 3 };
        for (_, word) in words {
            terms.add(word, weight);
        }
    }
    let mut slot = match one.quantity.hedge {
        Hedge::AtMost | Hedge::MoreThan => "most",
        Hedge::AtLeast | Hedge::LessThan => "least",
        _ => "",
    };
    if let Some(head) = head {
        for (_, word) in in_tokens(head, lexicon, 0..head.layer.tokens.len()) {
            terms.add(word, 3);
        }
        let is = |set: &str| phrase_at(lexicon, set, head.text, &head.layer.tokens, 0).is_some();
        slot = SLOTS.iter().find(|(_, set)| is(set)).map_or(slot, |(slot, _)| slot);
        if quantity.unit.is_count()
            && let Some(unit) = unit_of(context, row, col, head, lexicon)
        {
            quantity.unit = unit;
        }
    }
    terms.extend(&around(context, view));
    let joins = |i: usize| matches!(view.word(i), "," | "/");
    let listed = one.tokens.start > 0 && joins(one.tokens.start - 1) || joins(one.tokens.end);
    let rounded = matches!(one.quantity.hedge, Hedge::About | Hedge::Nearly | Hedge::JustOver);
    let cues = Cue::Default.bit(slot == "default")
        | Cue::Label.bit(one.label)
        | Cue::Listed.bit(listed)
        | Cue::Rounded.bit(rounded);
    let (counted, only, table) = (counted(view, lexicon, one), row_only(context, row, head, lexicon), table_of(view));
    let value = SettingValue::Quantity(quantity);
    let datum = Datum { counted, slot, cues, company, only, table, ..Datum::new(DatumPlace::Cell, value, terms) };
    Some(datum.claim(view, one.tokens.clone()))
}

fn table_of(view: &BlockView<'_>) -> Option<u32> {
    if let BlockKind::Cell { table, .. } = view.block.kind { Some(table) } else { None }
}

/// The unit that a head gives in brackets, or another cell of the row: "Size (GiB)", `| idle | s | 45 |`.
fn unit_of(
    context: &Context<'_>,
    row: &[Option<BlockId>],
    col: usize,
    head: &BlockView<'_>,
    lexicon: &Lexicon,
) -> Option<crate::value::Unit> {
    let bracketed = head.text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(unit, _)| unit.trim());
    let cell =
        row.iter().enumerate().filter(|(n, _)| *n != col).filter_map(|(_, id)| Some(context.view((*id)?).text.trim()));
    let key = row.first().copied().flatten().filter(|_| col > 0).map(|id| context.view(id).text.trim_matches('`'));
    let last = key.and_then(|key| key.rsplit(['_', '-', '.']).next().filter(|last| *last != key));
    bracketed.into_iter().chain(cell).chain(last).find_map(|text| {
        let short = text.len() <= 12 && text.len() > usize::from(last == Some(text));
        let unit = literal::unit(lexicon, text).filter(|_| short)?;
        matches!(unit.dimension.as_str(), "time" | "data").then_some(unit)
    })
}

/// The platforms and plans that a row and the head of a column name.
fn row_only(
    context: &Context<'_>,
    row: &[Option<BlockId>],
    head: Option<&BlockView<'_>>,
    lexicon: &Lexicon,
) -> Vec<CompactString> {
    let mut all: Vec<CompactString> = row
        .iter()
        .flatten()
        .flat_map(|id| {
            let view = context.view(*id);
            only(&view, lexicon, 0..view.layer.tokens.len())
        })
        .collect();
    if let Some(head) = head {
        all.extend(only(head, lexicon, 0..head.layer.tokens.len()));
    }
    all.sort();
    all.dedup();
    all
}
