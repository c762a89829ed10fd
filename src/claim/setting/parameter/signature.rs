//! Arguments with defaults in the heads of functions: "## `Record.fill_gaps(max_gap="3h", method="linear")`".

use super::Parameter;
use super::terms::{Terms, is_bound};
use crate::claim::context::BlockView;
use crate::claim::setting::{code, code_spans, literal};
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{BlockId, BlockKind};
use compact_str::{CompactString, format_compact};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The reader of arguments in the heads of functions.
pub(crate) const SIGNATURE: &str = "signature";

/// Most blocks below a heading that tell of the function.
const BELOW: usize = 3;

/// `name(arguments)`, perhaps with what it returns.
static CALL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[a-z]+\s+)?(?P<name>[A-Za-z_][\w.:]*)\s*\((?P<arguments>[^()]*=[^()]*)\)")
        .expect("the pattern is fixed and compiles")
});

/// `limit: int = 5`, `fmt="csv"`
static ARGUMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:^|,)\s*(?P<key>[A-Za-z_]\w*)\s*(?::\s*[\w\[\]|. ]+?)?\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^,()=]+?)\s*(?:,|$)"#)
        .expect("the pattern is fixed and compiles")
});

/// Reads the heads of functions that a document describes: headings, and items that begin with one.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views() {
        if matches!(view.block.kind, BlockKind::Heading(_) | BlockKind::Item { .. } | BlockKind::Paragraph) {
            in_head(context, &view, out);
        }
    }
}

/// The code that a heading is, or that an item begins with and tells of.
fn head(view: &BlockView<'_>) -> Option<Range<usize>> {
    let span = code_spans(view).into_iter().next().map(|tokens| view.layer.bytes(tokens));
    match view.block.kind {
        BlockKind::Heading(_) => span.or(Some(0..view.text.len())),
        _ => span.filter(|bytes| {
            let after = view.text[bytes.end..].trim_start_matches(['`', '*', ' ']);
            bytes.start <= 2 && after.starts_with([':', '–', '—', '-'])
        }),
    }
}

fn in_head(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let Some(bytes) = head(view) else { return };
    let text = &view.text[bytes.clone()];
    let Some(found) = CALL.captures(text.trim_start_matches('`')) else { return };
    let (Some(name), Some(arguments)) = (found.name("name"), found.name("arguments")) else { return };
    let from = bytes.start + (text.len() - text.trim_start_matches('`').len()) + arguments.start();
    let told = below(context, view);
    let mut rest = 0;
    while let Some(one) = ARGUMENT.captures(&arguments.as_str()[rest..]) {
        let (Some(key), Some(value)) = (one.name("key"), one.name("value")) else { break };
        let at = from + rest + value.start()..from + rest + value.end();
        let bare = value.as_str().trim_matches(['"', '\'']);
        if let Some(value) = literal::value(lexicon, bare, None, true) {
            let mut terms = Terms::default();
            terms.name(lexicon, key.as_str(), 4);
            terms.name(lexicon, name.as_str().rsplit(['.', ':']).next().unwrap_or_default(), 3);
            // What a sentence with the name of the argument says is said of it.
            for (told, sentence) in told.iter().flat_map(|v| v.layer.sentences.iter().map(move |s| (v, s.clone()))) {
                let of_it = told.wording(sentence.clone()).contains(key.as_str());
                terms.tokens(told, lexicon, sentence, if of_it { 4 } else { 3 });
            }
            let words = code::words(key.as_str());
            let parameter = Parameter {
                slot: "default".into(),
                bound: is_bound(lexicon, &words.join(" ")),
                others: Vec::new(),
                ..Parameter::described(words.join(" ").into(), terms.done(), value)
            };
            out.push(claim(view, at, key.as_str(), name.as_str(), parameter));
        }
        // The comma behind one argument stands before the next.
        rest += value.end();
    }
}

fn claim(view: &BlockView<'_>, at: Range<usize>, key: &str, function: &str, parameter: Parameter) -> Claim {
    let tokens = &view.layer.tokens;
    let first = tokens.partition_point(|t| (t.end as usize) <= at.start);
    let value = Value::Parameter(Box::new(parameter));
    let mut claim = view.claim(ClaimKind::Parameter, SIGNATURE, first..first + 1, value);
    claim.at = view.block.text.span(at.clone());
    claim.text = CompactString::from(&view.text[at]);
    claim.subject.wording = format_compact!("{key} of {function}");
    claim
}

/// The paragraphs that tell of a function.
fn below<'a>(context: &Context<'a>, view: &BlockView<'a>) -> Vec<BlockView<'a>> {
    if !matches!(view.block.kind, BlockKind::Heading(_)) {
        return vec![*view];
    }
    let next = (view.id.0 + 1..context.document.blocks.len() as u32).map(|i| context.view(BlockId(i)));
    next.take(BELOW).take_while(|v| v.block.section == Some(view.id)).filter(BlockView::is_prose).collect()
}

#[cfg(test)]
mod tests {
    use super::{ARGUMENT, CALL};

    #[test]
    fn reads_heads_of_functions() {
        let call = CALL.captures(r#"Record.write(path, fmt: str = "csv", step=5)"#).expect("a call is read");
        assert_eq!(&call["name"], "Record.write");
        let first = ARGUMENT.captures(&call["arguments"]).expect("an argument is read");
        assert_eq!((&first["key"], &first["value"]), ("fmt", "\"csv\""));
        assert!(CALL.captures("len(path)").is_none());
    }
}
