//! Documents that are numbered in a series by the names of their files: decisions, proposals, requests for comments
//! (`0014-use-postgres.md`, `rfc-0021.md`, `eip-1559.md`). The number may stand in the front matter and the title too.

use super::{Edition, EditionPlace, EditionValue, claim, own};
use crate::annotate::TokenKind;
use crate::claim::{BlockView, Claim, Context, Member};
use crate::document::BlockId;
use crate::lexicon::lower;
use compact_str::CompactString;
use std::ops::Range;

/// What the numbers of such documents count.
const SERIES: &str = "series";

/// Keys of the front matter that number a document, whatever its file is called.
const KEYS: [&str; 6] = ["adr", "id", "number", "no", "proposal", "rfc"];

/// The number in the name of a file.
struct Numbered {
    place: Range<usize>,
    number: u32,
    /// The word before the number, in small letters; empty when the name begins with the number.
    word: String,
}

pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let document = context.document;
    let Some(name) = numbered(context, &document.path).filter(|_| !document.blocks.is_empty()) else { return };
    let before = out.len();
    for field in &document.fields {
        let view = context.view(field.block);
        if field.key == "title" {
            out.extend(titled(context, &view, &name));
        } else if field.key == name.word || KEYS.contains(&field.key.as_str()) {
            out.extend(valued(context, &view, &name));
        }
    }
    if let Some(title) = own::title(context) {
        out.extend(titled(context, &context.view(title), &name));
    }
    if out.len() > before {
        let at = Member { at: context.view(BlockId(0)).span(0..0), text: document.path[name.place].into() };
        out.push(of_series(context, BlockId(0), EditionPlace::Name, name.number, at));
    }
}

/// The number that a name begins with, or that follows its first word. A number of two figures only orders files.
fn numbered(context: &Context<'_>, path: &str) -> Option<Numbered> {
    if own::path_date(context, path).is_some() {
        return None;
    }
    let name = own::stem(path);
    let pieces = own::parts(path, name);
    let digits = |i: usize| pieces.get(i).filter(|p| path.as_bytes()[p.start].is_ascii_digit());
    let (place, word) = match digits(0) {
        Some(first) => (first, String::new()),
        None => (digits(1)?, lower(&path[pieces[0].clone()]).to_string()),
    };
    let sort = if word.is_empty() { 3..=5 } else { 2..=5 };
    // "release-2-1" is a version.
    let joined = pieces.iter().filter(|p| path.as_bytes()[p.start].is_ascii_digit()).count() > 1;
    let number = path[place.clone()].parse().ok().filter(|_| sort.contains(&place.len()) && !joined)?;
    Some(Numbered { place: place.clone(), number, word })
}

/// A value that is nothing but a number, or the word of the series and a number: `15`, `ADR-0015`.
fn valued(context: &Context<'_>, view: &BlockView<'_>, name: &Numbered) -> Option<Claim> {
    let at = view.text.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |i| i + 1);
    let (lead, digits) = view.text.split_at(at);
    let word = lower(lead.trim_end_matches(['-', ' ', '#', '_'])).to_string();
    let fits = word.is_empty() || word == name.word || name.word.is_empty() && word.chars().all(char::is_alphabetic);
    let number = digits.parse().ok().filter(|_| fits && digits.len() <= 5)?;
    let at = Member { at: view.block.text.span(at..view.text.len()), text: digits.into() };
    Some(of_series(context, view.id, EditionPlace::Field, number, at))
}

/// The number at the beginning of a title: "RFC 21: Deep wells", "ADR-0015", "15. Use Postgres".
fn titled(context: &Context<'_>, view: &BlockView<'_>, name: &Numbered) -> Option<Claim> {
    let tokens = &view.layer.tokens;
    let at = (0..tokens.len().min(4)).find(|&at| tokens[at].kind == TokenKind::Number)?;
    let words: Vec<usize> = (0..at).filter(|&i| tokens[i].kind == TokenKind::Word).collect();
    let fits = match words.as_slice() {
        [] => name.word.is_empty() && at == 0 && matches!(view.word(1), "." | ":" | "-" | "–" | "—"),
        // A word in capitals, or the word of the series, or the word for what is numbered before a colon.
        [word] => {
            let said = view.word(*word);
            let kind = said.chars().all(char::is_uppercase) || view.word(at + 1) == ":";
            lower(said).as_str() == name.word || name.word.is_empty() && kind
        }
        _ => false,
    };
    let digits = view.word(at);
    let whole = digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| fits && whole)?;
    Some(of_series(context, view.id, EditionPlace::Title, number, view.member(at..at + 1)))
}

fn of_series(context: &Context<'_>, block: BlockId, place: EditionPlace, number: u32, at: Member) -> Claim {
    let (value, of) = (EditionValue::Number(number), CompactString::const_new(SERIES));
    claim(context, block, Edition { place, value, of, words: Vec::new(), at, tie: None })
}

#[cfg(test)]
mod tests {
    use super::numbered;
    use crate::annotate::annotate;
    use crate::claim::Context;
    use crate::document::Document;
    use crate::lexicon::Lexicon;
    use crate::span::FileId;

    #[test]
    fn reads_numbers_in_names_of_files() {
        let (lexicon, document) = (Lexicon::english(), Document::new(FileId(0)));
        let layers = annotate(&document, lexicon);
        let context = Context::new(&document, &layers, lexicon);
        let read = |path: &str| numbered(&context, path).map(|n| (n.word, n.number));
        for (path, expected) in [
            ("adr/0014-use-postgres.md", Some(("", 14))),
            ("RFC-0021.md", Some(("rfc", 21))),
            ("pep-8.md", None),
            ("03-wells.md", None),
            ("2021-04-minutes.md", None),
            ("release-21-10.md", None),
            ("notes-on-rfc-0021.md", None),
        ] {
            assert_eq!(read(path), expected.map(|(word, number)| (word.to_owned(), number)), "{path}");
        }
    }
}
