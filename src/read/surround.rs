//! What introduces a table or a list, and what its caption is: told from what stands next to it.

use crate::document::{BlockId, BlockKind, Document, Style, Text};

/// Blocks, tables and lists in the order they came; cells are left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flow {
    /// A block outside tables.
    Block(BlockId),
    /// A table.
    Table(u32),
    /// The place where a list begins.
    List(u32),
}

/// The words that head a caption, with their number, in the languages that reports are set in most. This is how
/// captions are laid out, not what they say.
const CAPTION_WORDS: [&str; 16] = [
    "table",
    "tables",
    "tab.",
    "figure",
    "fig.",
    "exhibit",
    "chart",
    "box",
    "graph",
    "tabelle",
    "abbildung",
    "abb.",
    "tableau",
    "tabla",
    "cuadro",
    "figura",
];

/// A caption set in bold or italics without a number is no longer than this, in bytes.
const LONGEST_BARE_CAPTION: usize = 200;

/// A caption with a number is no longer than this, in bytes.
const LONGEST_CAPTION: usize = 500;

/// Gives tables their captions and introductions, and lists their introductions.
pub(super) fn connect(document: &mut Document, flow: &[Flow]) {
    for table in 0..document.tables.len() {
        extend_head(document, table);
    }
    // Captions above come first: what stands between two tables with captions above belongs to the second.
    for (i, &item) in flow.iter().enumerate() {
        let Flow::Table(table) = item else { continue };
        let mut before = i;
        if let Some(Flow::Block(id)) = before.checked_sub(1).map(|b| flow[b])
            && is_caption(document, id)
        {
            document.blocks[id.index()].kind = BlockKind::Caption;
            document.tables[table as usize].caption = Some(id);
            before -= 1;
        }
        if let Some(Flow::Block(id)) = before.checked_sub(1).map(|b| flow[b])
            && matches!(document.block(id).kind, BlockKind::Paragraph | BlockKind::Quote)
        {
            document.tables[table as usize].intro = Some(id);
        }
    }
    for (i, &item) in flow.iter().enumerate() {
        match item {
            Flow::Table(table) if document.tables[table as usize].caption.is_none() => {
                if let Some(&Flow::Block(id)) = flow.get(i + 1)
                    && document.block(id).kind == BlockKind::Paragraph
                    && (is_numbered_caption(&document.block(id).text.string)
                        || is_marked_caption(&document.block(id).text))
                {
                    document.blocks[id.index()].kind = BlockKind::Caption;
                    document.tables[table as usize].caption = Some(id);
                }
            }
            Flow::Table(_) => {}
            Flow::List(list) => {
                if let Some(Flow::Block(id)) = i.checked_sub(1).map(|b| flow[b]) {
                    let parent = document.lists[list as usize].parent.map(|(parent, _)| parent);
                    let introduces = match document.block(id).kind {
                        BlockKind::Paragraph | BlockKind::Quote | BlockKind::Heading(_) | BlockKind::Note { .. } => {
                            true
                        }
                        BlockKind::Item { list, .. } => Some(list) == parent,
                        _ => false,
                    };
                    if introduces {
                        document.lists[list as usize].intro = Some(id);
                    }
                }
            }
            Flow::Block(id) => {
                if document.block(id).kind == BlockKind::Paragraph
                    && is_numbered_caption(&document.block(id).text.string)
                {
                    document.blocks[id.index()].kind = BlockKind::Caption;
                }
            }
        }
    }
}

/// A head may have several rows: those that go on without a row label and name columns or years.
fn extend_head(document: &mut Document, index: usize) {
    let table = &document.tables[index];
    if table.head_rows != 1 || table.rows.len() < 3 {
        return;
    }
    let unlabelled = |row: &[Option<BlockId>]| row.len() > 1 && matches!(row.first(), None | Some(None));
    let names = |id: BlockId| {
        let cell = document.block(id).text.string.trim();
        let is_year = cell.len() == 4
            && cell.bytes().all(|b| b.is_ascii_digit())
            && (cell.starts_with("19") || cell.starts_with("20"));
        is_year
            || cell.chars().filter(|c| c.is_alphabetic()).count() >= 3
            || !cell.contains(|c: char| c.is_ascii_digit())
    };
    let heads = table
        .rows
        .iter()
        .take(table.rows.len() - 1)
        .take_while(|row| unlabelled(row) && row.iter().flatten().all(|&id| names(id)))
        .count();
    if heads > 1 {
        document.tables[index].head_rows = heads as u32;
    }
}

fn is_caption(document: &Document, id: BlockId) -> bool {
    let block = document.block(id);
    if block.kind == BlockKind::Caption {
        return true;
    }
    block.kind == BlockKind::Paragraph
        && (is_numbered_caption(&block.text.string)
            || block.text.len() <= LONGEST_BARE_CAPTION
                && (block.text.is_all(Style::Strong) || block.text.is_all(Style::Emphasis)))
}

/// `: Caption`, as some dialects write it below a table.
fn is_marked_caption(text: &Text) -> bool {
    text.string.starts_with(": ") && text.len() <= LONGEST_BARE_CAPTION
}

/// `Table 3. Wells by district`, `Figure A-2: …`.
pub(super) fn is_numbered_caption(text: &str) -> bool {
    let string = text.trim();
    if string.len() > LONGEST_CAPTION {
        return false;
    }
    let string = string.trim_start_matches('*');
    let Some((word, rest)) = string.split_once([' ', '\u{a0}']) else { return false };
    if word.len() > 10 || !word.starts_with(char::is_uppercase) {
        return false;
    }
    let word = word.to_lowercase();
    if !CAPTION_WORDS.contains(&word.as_str()) {
        return false;
    }
    let number =
        rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | '\u{2011}'))).unwrap_or(rest.len());
    let (label, after) = rest.split_at(number);
    let bare = label.trim_end_matches('.');
    let numbered = !bare.is_empty()
        && bare.len() <= 8
        && (bare.contains(|c: char| c.is_ascii_digit())
            || bare.len() <= 4 && bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'A'..='H')));
    if !numbered {
        return false;
    }
    let after = after.trim_start_matches([' ', '\u{a0}', ')']);
    label.ends_with('.')
        || after.is_empty()
        || after.starts_with([':', '.', '-', '–', '—', '|', '('])
        || after.starts_with(char::is_uppercase) && !string.ends_with('.')
}

/// Whether the first row of cells names columns: every cell has words and not one is a number, and a later row has a
/// number.
pub(super) fn is_head<'c>(first: impl Iterator<Item = &'c str>, mut later: impl Iterator<Item = &'c str>) -> bool {
    let is_number = |cell: &str| {
        let cell = cell.trim();
        cell.contains(|c: char| c.is_ascii_digit()) && !cell.contains(|c: char| c.is_alphabetic())
    };
    let is_year = |cell: &str| cell.trim().len() == 4 && cell.trim().bytes().all(|b| b.is_ascii_digit());
    let mut says = 0;
    for cell in first {
        if is_number(cell) && !is_year(cell) {
            return false;
        }
        says += usize::from(!cell.trim().is_empty());
    }
    says > 0 && later.any(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_captions_from_sentences() {
        for caption in [
            "Table 1. Wells by district",
            "Table 2: Wells",
            "Figure A-1 – Wells",
            "Table IV Wells of the north",
            "Table 3",
        ] {
            assert!(is_numbered_caption(caption), "{caption}");
        }
        for prose in
            ["Table 1 presents the wells.", "Table tops were sold.", "Tables turned. It rained", "Figure skating 2: x"]
        {
            assert!(!is_numbered_caption(prose), "{prose}");
        }
    }
}
