//! Terms that the document writes in more than one way: hyphen, space, capitals, full stops, the spellings of two
//! countries, thousands with and without separator.
//!
//! No list of terms is needed: two wordings with one fold are two ways of writing one term. A wording that has no
//! other beside it gives no claim, except names with a capital inside, which other documents may write otherwise.

use super::context::BlockView;
use super::{Claim, ClaimKind, Context, Value};
use crate::annotate::{Case, Token, TokenKind};
use crate::document::{BlockKind, Style};
use crate::lexicon::{Lexicon, Pos, lower};
use crate::value::Decimal;
use compact_str::{CompactString, format_compact};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Shortest term, in letters.
const SHORTEST: usize = 5;

/// Most places of one wording that are kept.
const PLACES: usize = 40;

/// A way of writing a term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// Equal for all ways of writing one term.
    pub key: CompactString,
    /// The way it is written here.
    pub wording: CompactString,
}

/// One use of a wording.
struct Use {
    block: crate::document::BlockId,
    tokens: Range<usize>,
    wording: CompactString,
    /// A word with a hyphen that stands before a noun: "decision-making process".
    modifier: bool,
}

/// Reads the claims of kind Term.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut uses: FxHashMap<CompactString, Vec<Use>> = FxHashMap::default();
    for view in context.views() {
        if matches!(view.block.kind, BlockKind::Meta | BlockKind::Contents | BlockKind::Quote) {
            continue;
        }
        // Words in quotation marks are those of somebody else.
        let mut quoted = false;
        for at in 0..view.layer.tokens.len() {
            match view.word(at) {
                "“" | "«" => quoted = true,
                "”" | "»" => quoted = false,
                _ => {}
            }
            if quoted {
                continue;
            }
            for (key, tokens, wording) in readings(context.lexicon, &view, at) {
                let modifier = wording.contains('-') && is_before_noun(context.lexicon, &view, tokens.end);
                uses.entry(key).or_default().push(Use { block: view.id, tokens, wording, modifier });
            }
        }
    }
    // Two words beside each other count only when the document also writes them as one.
    for view in context.views().filter(BlockView::is_prose) {
        for at in 0..view.layer.tokens.len() {
            let Some((key, tokens)) = pair(context.lexicon, &view, at) else { continue };
            if let Some(list) = uses.get_mut(&key) {
                let wording = lower(view.wording(tokens.clone()));
                list.push(Use { block: view.id, tokens, wording, modifier: false });
            }
        }
    }
    let mut groups: Vec<(CompactString, Vec<Use>)> = uses.into_iter().collect();
    groups.sort_by(|a, b| a.0.cmp(&b.0));
    for (key, mut list) in groups {
        // Two words get a hyphen before a noun: "decision making" and "decision-making process" are one way.
        if list.iter().all(|u| u.wording.contains(['-', ' '])) && list.iter().any(|u| u.wording.contains(' ')) {
            list.retain(|u| !u.modifier);
        }
        if list.is_empty() {
            continue;
        }
        let several = list.iter().any(|u| u.wording != list[0].wording);
        let shared = key.starts_with("capital:");
        if !several && !shared {
            continue;
        }
        let mut counts: FxHashMap<CompactString, usize> = FxHashMap::default();
        for used in list {
            let count = counts.entry(used.wording.clone()).or_default();
            *count += 1;
            if *count > PLACES {
                continue;
            }
            let view = context.view(used.block);
            let value = Value::Term(Term { key: key.clone(), wording: used.wording });
            out.push(view.claim(ClaimKind::Term, "term", used.tokens, value));
        }
    }
}

/// Whether a word that may be a noun or adjective follows.
fn is_before_noun(lexicon: &Lexicon, view: &BlockView<'_>, at: usize) -> bool {
    view.layer.tokens.get(at).is_some_and(|t| {
        let pos = pos(lexicon, t);
        let nominal = pos == Pos::default() || pos.any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::PEOPLE).and(Pos::GERUND));
        t.kind == TokenKind::Word && nominal && !pos.any(Pos::CLOSED)
    })
}

fn pos(lexicon: &Lexicon, token: &Token) -> Pos {
    token.word.map_or(Pos::default(), |id| lexicon.words.pos(id))
}

/// The folds of the word or number at a token, with the tokens and the wording that may vary.
fn readings(lexicon: &Lexicon, view: &BlockView<'_>, at: usize) -> Vec<(CompactString, Range<usize>, CompactString)> {
    let tokens = &view.layer.tokens;
    let token = &tokens[at];
    let word = view.word(at);
    let one = at..at + 1;
    let bytes = view.layer.bytes(one.clone());
    let code = view.block.text.has_style(bytes.clone(), Style::Code)
        || view.block.text.has_style(bytes.clone(), Style::Address)
        || view.text[..bytes.start].ends_with(['/', '@', '_', '#', '.'])
        || view.text[bytes.end..].starts_with(['/', '@', '_', '('])
        || view.text[bytes.end..].starts_with('.') && view.text[bytes.end + 1..].starts_with(char::is_alphanumeric);
    if code {
        return Vec::new();
    }
    if token.kind == TokenKind::Number {
        return thousands(view, at).map(|style| vec![("number:thousands".into(), one, style)]).unwrap_or_default();
    }
    if token.kind != TokenKind::Word || !word.is_ascii() || word.contains(['\'', '_', '&']) {
        return Vec::new();
    }
    let mut out = Vec::new();
    if token.case == Case::Upper && (2..=7).contains(&word.len()) && !word.contains('-') {
        // "US" and "U.S."
        let bare: CompactString = word.chars().filter(|&c| c != '.').collect();
        if bare.len() <= 4 && bare.chars().all(char::is_alphabetic) {
            let stopped = view.text[bytes.end..].starts_with('.') && word.contains('.');
            out.push((
                format_compact!("stops:{bare}"),
                one.clone(),
                if stopped { format_compact!("{word}.") } else { word.into() },
            ));
        }
        return out;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let first = view.layer.sentence_of(at).start == at;
    let heading = matches!(view.block.kind, BlockKind::Heading(_) | BlockKind::Caption | BlockKind::Cell { .. });
    let inner = word.as_bytes().windows(2).any(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase());
    let digit = word.bytes().any(|b| b.is_ascii_digit());
    if letters >= SHORTEST && !heading && (inner || token.case == Case::Capital && token.word.is_none())
        || digit && letters >= 4
    {
        let plain: String = word.chars().filter(|&c| c != '-').collect();
        if token.case != Case::Lower {
            out.push((format_compact!("capital:{}", plain.to_ascii_lowercase()), one.clone(), word.into()));
        }
    }
    // Capitals of ordinary words are those of titles and names.
    if token.case == Case::Lower && letters >= SHORTEST && !digit {
        let fold = national(&word.replace('-', ""));
        out.push((format_compact!("word:{fold}"), one.clone(), word.into()));
    } else if token.case == Case::Capital && letters >= SHORTEST && heading && !inner && !digit {
        let fold = national(&lower(word).replace('-', ""));
        out.push((format_compact!("word:{fold}"), one.clone(), lower(word)));
    }
    // "northeast Syria" and "Northeast Syria": an adjective before a name, inside a sentence.
    let next = tokens.get(at + 1);
    let named = |t: &Token| {
        t.kind == TokenKind::Word
            && t.case == Case::Capital
            && pos(lexicon, t).any(Pos::DEMONYM) | lexicon.place(t.text(view.text)).is_some()
    };
    if !first && !heading && letters >= SHORTEST && next.is_some_and(named) && is_direction(word) {
        out.push((format_compact!("before:{}:{}", lower(word), view.word(at + 1)), one, word.into()));
    }
    out
}

/// Whether a word names a direction or part of a land: north-eastern, Southwest, central.
fn is_direction(word: &str) -> bool {
    let word = lower(word).replace('-', "");
    let stem = word.strip_suffix("ern").unwrap_or(&word);
    matches!(
        stem,
        "north" | "south" | "east" | "west" | "northeast" | "northwest" | "southeast" | "southwest" | "central"
    )
}

/// "with" and "without" a separator, for a number of four digits and more that counts something.
fn thousands(view: &BlockView<'_>, at: usize) -> Option<CompactString> {
    let quantities = &view.layer.quantities;
    let q = quantities.get(quantities.partition_point(|q| q.number.end <= at)).filter(|q| q.number.contains(&at))?;
    let counted = !q.label && q.quantity.amount.low >= Decimal::from(1000) && q.number.len() <= 3;
    let word = view.word(at);
    let plain = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let grouped = word.len() == 5 && word.as_bytes()[1] == b',' && word.bytes().filter(u8::is_ascii_digit).count() == 4;
    // 1999 and 2024 may be years all the same.
    let year = plain && super::is_year(word);
    (counted && !year && view.is_prose() && (plain || grouped))
        .then(|| if plain { "1000".into() } else { "1,000".into() })
}

/// Two plain words beside each other, folded to one.
fn pair(lexicon: &Lexicon, view: &BlockView<'_>, at: usize) -> Option<(CompactString, Range<usize>)> {
    let tokens = &view.layer.tokens;
    let (a, b) = (&tokens[at], tokens.get(at + 1)?);
    let plain = |t: &Token| {
        t.kind == TokenKind::Word && t.case == Case::Lower && t.text(view.text).bytes().all(|c| c.is_ascii_lowercase())
    };
    let gap = &view.text[a.end as usize..b.start as usize];
    let closed = pos(lexicon, a).any(Pos::CLOSED) || pos(lexicon, b).any(Pos::CLOSED);
    let noun = pos(lexicon, b) == Pos::default() || pos(lexicon, b).any(Pos::NOUN.and(Pos::PEOPLE));
    if !plain(a) || !plain(b) || gap != " " || closed || !noun || (b.end - a.start) < 8 {
        return None;
    }
    let joined = format!("{}{}", a.text(view.text), b.text(view.text));
    Some((format_compact!("word:{}", national(&joined)), at..at + 2))
}

/// A lower-case word in one country's spelling. Source: the systematic differences of British and American spelling.
fn national(word: &str) -> String {
    const ENDINGS: &[(&str, &str)] = &[
        ("isations", "izations"),
        ("isation", "ization"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ise", "ize"),
        ("yses", "yzes"),
        ("ysing", "yzing"),
        ("ysed", "yzed"),
        ("yse", "yze"),
        ("entres", "enters"),
        ("entre", "enter"),
        ("ibres", "ibers"),
        ("ibre", "iber"),
        ("ogues", "ogs"),
        ("ogue", "og"),
        ("efence", "efense"),
        ("ffence", "ffense"),
        ("elling", "eling"),
        ("elled", "eled"),
        ("eller", "eler"),
        ("ellers", "elers"),
        ("grammes", "grams"),
        ("gramme", "gram"),
    ];
    let mut word = word.to_owned();
    for (from, to) in ENDINGS {
        if let Some(stem) = word.strip_suffix(from).filter(|s| !s.is_empty()) {
            word = format!("{stem}{to}");
            break;
        }
    }
    word = word.replace("ulph", "ulf").replace("aemo", "emo").replace("paed", "ped");
    for (from, to) in [
        ("abour", "abor"),
        ("aviour", "avior"),
        ("olour", "olor"),
        ("avour", "avor"),
        ("onour", "onor"),
        ("ighbour", "ighbor"),
        ("arbour", "arbor"),
        ("umour", "umor"),
        ("igour", "igor"),
    ] {
        word = word.replace(from, to);
    }
    word
}

#[cfg(test)]
mod tests {
    use super::national;

    #[test]
    fn reads_the_spellings_of_two_countries_as_one() {
        for (a, b) in [
            ("organisation", "organization"),
            ("counselling", "counseling"),
            ("centre", "center"),
            ("sulphate", "sulfate"),
            ("labour", "labor"),
            ("analysed", "analyzed"),
        ] {
            assert_eq!(national(a), national(b));
        }
        assert_ne!(national("tour"), national("tor"));
    }
}
