//! The names of options and variables where they are used: in code spans and in code blocks.

use super::{Identifier, IdentifierForm, claim_in_code, code_spans, fold};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{BlockId, BlockKind};
use compact_str::CompactString;

/// Most identifiers of one code block that are read.
const CODE: usize = 200;

/// Reads the identifiers of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views() {
        if matches!(view.block.kind, BlockKind::Meta | BlockKind::Contents) {
            continue;
        }
        let heading = matches!(view.block.kind, BlockKind::Heading(_));
        for span in code_spans(&view) {
            let text = view.wording(span.clone());
            // "`tool --max-retries 5`": flags inside a command line.
            for (offset, word) in words(text).take(CODE) {
                let Some((words, form)) = fold(word) else { continue };
                if form == IdentifierForm::Key || is_short(&words) {
                    continue;
                }
                let start = view.layer.bytes(span.clone()).start + offset;
                let declared = heading && offset == 0;
                out.push(used(context, &view, start, word, words, form, declared));
            }
        }
    }
    for (id, block) in context.document.iter() {
        if block.kind == BlockKind::Code {
            in_code(context, id, out);
        }
    }
}

/// Whether a name is too short to be told from another by a slip: one word of a few letters.
fn is_short(words: &[CompactString]) -> bool {
    words.len() < 2 && words.concat().len() < 6
}

/// The words of a code text with their offsets, values behind `=` and quotation marks left out.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split([' ', '\n', '\t', '\r', '"', '\'', '`', '(', ')', '[', ']', '{', '}', ',', '|', '$', ';'])
        .filter(|w| w.len() > 3)
        .map(move |word| {
            // A unit of systemd sets variables: `Environment=APP_MODE=edge`.
            let word = word.strip_prefix("Environment=").unwrap_or(word);
            let offset = word.as_ptr() as usize - text.as_ptr() as usize;
            (offset, word.split(['=', ':']).next().unwrap_or(word).trim_end_matches(['.', '!', '?', '*']))
        })
}

fn used(
    context: &Context<'_>,
    view: &BlockView<'_>,
    start: usize,
    word: &str,
    words: Vec<CompactString>,
    form: IdentifierForm,
    declared: bool,
) -> Claim {
    let tokens = &view.layer.tokens;
    let first = tokens.partition_point(|t| (t.start as usize) < start).min(tokens.len().saturating_sub(1));
    let last = tokens.partition_point(|t| (t.end as usize) <= start + word.len()).max(first + 1).min(tokens.len());
    let sentence = view.layer.sentence_of(first);
    let changed =
        sentence.clone().any(|i| phrase_at(context.lexicon, "identifier-changed", view.text, tokens, i).is_some());
    let value = identifier(words, form, declared, changed);
    let mut claim = view.claim(ClaimKind::Identifier, "identifier", first..last.max(first), value);
    claim.subject.wording = word.into();
    claim
}

fn identifier(words: Vec<CompactString>, form: IdentifierForm, declared: bool, changed: bool) -> Value {
    Value::Identifier(Box::new(Identifier {
        words,
        form,
        declared,
        changed,
        folder: CompactString::default(),
        edition: CompactString::default(),
    }))
}

/// The flags and variables of a code block. A line that begins with a flag, as the help of a program does, declares
/// it.
fn in_code(context: &Context<'_>, id: BlockId, out: &mut Vec<Claim>) {
    let block = context.document.block(id);
    let text = &block.text.string;
    for (offset, word) in words(text).take(CODE) {
        let Some((words, form)) = fold(word) else { continue };
        if form == IdentifierForm::Key || is_short(&words) {
            continue;
        }
        let line = text[..offset].rfind('\n').map_or(0, |n| n + 1);
        let before = text[line..offset].trim();
        let end = text[offset..].find('\n').map_or(text.len(), |n| offset + n);
        // "  -m, --max-retries <N>  how often": described behind.
        let described = text[offset + word.len()..end].contains("  ");
        let short = before.is_empty() || before.len() <= 3 && before.starts_with('-');
        // A line of a grammar begins with names in capitals too.
        let declared = short && described && form == IdentifierForm::Flag;
        let value = identifier(words, form, declared, false);
        let at = offset..offset + word.len();
        out.push(claim_in_code((id, block), at, line..end, ClaimKind::Identifier, word, value));
    }
}
