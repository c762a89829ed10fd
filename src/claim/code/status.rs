//! Status codes of HTTP beside the names that they are registered with.

use super::{Code, push};
use crate::annotate::phrases_at;
use crate::claim::{BlockView, Claim, Context};
use crate::document::BlockKind;
use crate::lexicon::same_word;

/// What the names of the phrase sets begin with that hold the names of a code.
const SETS: &str = "status-";

/// Signs of what the number is, in a text that may speak of rooms and prices.
const SIGNS: [&str; 6] = ["HTTP", "http", "tatus", "esponse", "server", "request"];

pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let text = view.text;
    if view.block.kind == BlockKind::Code {
        lines(context, view, out);
        return;
    }
    let signed = SIGNS.iter().any(|sign| text.contains(sign));
    let tokens = &view.layer.tokens;
    for i in 1..tokens.len() {
        let number = view.word(i - 1);
        if number.len() != 3
            || !number.bytes().all(|b| b.is_ascii_digit())
            || !(b'1'..=b'5').contains(&number.as_bytes()[0])
        {
            continue;
        }
        let gap = &text[tokens[i - 1].end as usize..tokens[i].start as usize];
        if gap != " " || !view.word(i).starts_with(char::is_uppercase) {
            continue;
        }
        let found: Vec<(&str, usize)> =
            phrases_at(context.lexicon, text, tokens, i).filter(|(set, _)| set.starts_with(SETS)).collect();
        let Some(length) = found.iter().map(|(_, length)| *length).max() else { continue };
        // A name in one word is a word of the language too, or the label of a field: "Created: 2001".
        let after = text[tokens[i + length - 1].end as usize..].trim_start_matches(' ');
        if length == 1 && (!signed || after.starts_with(char::is_alphabetic) || after.starts_with(':')) {
            continue;
        }
        let codes: Vec<&str> = found.iter().filter(|(_, l)| *l == length).map(|(set, _)| &set[SETS.len()..]).collect();
        let code =
            Code { scheme: "status".into(), number: number.into(), other: codes.join(" ").into(), series: "".into() };
        push(view, out, tokens[i - 1].start as usize..tokens[i + length - 1].end as usize, code);
    }
}

/// Status lines in a block of code: "HTTP/1.1 404 Not Found".
fn lines(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for (at, _) in view.text.match_indices("HTTP/") {
        let line = view.text[at..].lines().next().unwrap_or("");
        let mut words = line.split(' ');
        let (Some(protocol), Some(number)) = (words.next(), words.next()) else { continue };
        let name = line.get(protocol.len() + number.len() + 2..).unwrap_or("").trim();
        if number.len() != 3 || !number.bytes().all(|b| b.is_ascii_digit()) || name.is_empty() {
            continue;
        }
        let words: Vec<String> = name.split(' ').map(str::to_lowercase).collect();
        let Some(first) = context.lexicon.words.find(&words[0]) else { continue };
        let codes: Vec<&str> = (context.lexicon.phrases(first).iter())
            .filter(|p| p.rest.len() + 1 == words.len() && p.rest.iter().zip(&words[1..]).all(|(a, b)| same_word(b, a)))
            .filter_map(|p| context.lexicon.set_name(p).strip_prefix(SETS))
            .collect();
        if codes.is_empty() {
            continue;
        }
        let code =
            Code { scheme: "status".into(), number: number.into(), other: codes.join(" ").into(), series: "".into() };
        let from = at + protocol.len() + 1;
        push(view, out, from..from + number.len() + 1 + name.len(), code);
    }
}
