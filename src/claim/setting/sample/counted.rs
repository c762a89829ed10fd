//! Objects that say how many members a list of theirs has: `{ "count": 2, "stations": [ … ] }`.

use super::Pair;
use crate::claim::context::claim_in_code;
use crate::claim::{Claim, ClaimKind, Member, Value};
use crate::document::{Block, BlockId};
use std::ops::Range;

/// Names of fields that count the members at hand.
const COUNTS: &[&str] = &["count", "item_count", "itemCount", "length", "returned"];

/// Names of fields that count all members, those of other pages too.
const TOTALS: &[&str] = &["total", "totalCount", "totalItems", "total_count", "total_items"];

/// Most members of a list that are counted.
const MEMBERS: usize = 60;

/// Reads the lists of a block whose number of members is given beside them.
pub(super) fn lists(block: (BlockId, &Block), pairs: &[Pair], out: &mut Vec<Claim>) {
    let text = &block.1.text.string;
    if text.contains("...") || text.contains('…') {
        return;
    }
    for counted in pairs {
        let name = &text[counted.name.clone()];
        let Some(number) = counted.value.clone() else { continue };
        let announced: u32 = match text[number.clone()].parse() {
            Ok(n) if !counted.quoted => n,
            _ => continue,
        };
        let beside: Vec<&Pair> =
            pairs.iter().filter(|p| p.object == counted.object && p.around == counted.around).collect();
        let whole = COUNTS.contains(&name) || TOTALS.contains(&name) && is_whole(text, &beside);
        let mut listed = beside.iter().filter_map(|p| Some((*p, members(text, pairs, p)?)));
        let (Some((list, items)), None) = (listed.next(), listed.next()) else { continue };
        if !whole || items.len() > MEMBERS {
            continue;
        }
        let place = |range: Range<usize>| Member { at: block.1.text.span(range.clone()), text: text[range].into() };
        let noun = &text[list.name.clone()];
        let value = Value::List {
            announced,
            number: place(number.clone()),
            noun: noun.into(),
            items: items.into_iter().map(place).collect(),
        };
        let line = counted.name.start..number.end;
        out.push(claim_in_code(block, number, line, ClaimKind::List, noun, value));
    }
}

/// Whether an object says that no members follow on other pages.
fn is_whole(text: &str, beside: &[&Pair]) -> bool {
    beside.iter().any(|pair| {
        let name = text[pair.name.clone()].replace('_', "").to_ascii_lowercase();
        let value = pair.value.clone().map_or("", |v| &text[v]);
        match name.as_str() {
            "hasmore" | "hasnext" | "more" | "truncated" => value == "false",
            "next" | "nextcursor" | "nextpage" | "nexttoken" | "cursor" => value == "null",
            "pages" | "totalpages" | "pagecount" => value == "1",
            _ => false,
        }
    })
}

/// The objects in a list, each by the name of its first field; `None` for what is no list of objects.
fn members(text: &str, pairs: &[Pair], list: &Pair) -> Option<Vec<Range<usize>>> {
    let opened =
        list.value.is_none() && text[list.name.end..].trim_start_matches(['"', '\'', ' ', ':']).starts_with('[');
    if !opened {
        return None;
    }
    let mut objects: Vec<u32> = Vec::new();
    let mut found = Vec::new();
    for pair in pairs.iter().filter(|p| p.around.last() == Some(&list.name)) {
        if !objects.contains(&pair.object) {
            objects.push(pair.object);
            found.push(pair.value.clone().unwrap_or(pair.name.clone()));
        }
    }
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::lists;
    use crate::claim::Value;
    use crate::document::{BlockId, BlockKind, Document};

    fn read(text: &str) -> Vec<(u32, usize)> {
        let document = Document::of_paragraph(text);
        let mut block = document.blocks[0].clone();
        block.kind = BlockKind::Code;
        let mut out = Vec::new();
        lists((BlockId(0), &block), &super::super::object::pairs(text, 0..text.len()), &mut out);
        out.iter()
            .filter_map(|c| match &c.value {
                Value::List { announced, items, .. } => Some((*announced, items.len())),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn reads_lists_with_their_number() {
        assert_eq!(read(r#"{ "count": 3, "berths": [ { "id": 1 }, { "id": 2, "at": { "x": 1 } } ] }"#), [(3, 2)]);
        assert_eq!(read(r#"{ "total": 4, "has_more": false, "items": [ { "id": 1 } ] }"#), [(4, 1)]);
    }

    #[test]
    fn ignores_pages_and_cut_lists() {
        for text in [
            r#"{ "total": 40, "items": [ { "id": 1 } ] }"#,
            r#"{ "total": 40, "has_more": true, "items": [ { "id": 1 } ] }"#,
            r#"{ "count": 3, "items": [ { "id": 1 }, ... ] }"#,
            r#"{ "count": 3, "a": [ { "id": 1 } ], "b": [ { "id": 1 } ] }"#,
        ] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
