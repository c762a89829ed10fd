//! Finds the wordings that cite an instrument.

use crate::annotate::{Case, Token, TokenKind};
use crate::claim::context::BlockView;
use crate::claim::noun::lemma;
use crate::lexicon::{FormKind, Lexicon, Pos, lower};
use compact_str::{CompactString, format_compact};
use std::collections::BTreeMap;
use std::ops::Range;

/// Most words of a title.
const TITLE: usize = 24;

/// Most tokens of a part of a title in brackets.
const BRACKET: usize = 12;

/// One citation of an instrument.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mention {
    /// All its tokens.
    pub(super) whole: Range<usize>,
    /// The tokens to label: the number with its year, the year behind a title, else the title.
    pub(super) at: Range<usize>,
    /// Index into the lexicon's instruments.
    pub(super) instrument: u32,
    /// How it is named.
    pub(super) kind: FormKind,
    /// The number as compared: `2397`, `95/46`; empty when there is none.
    pub(super) number: CompactString,
    /// The year.
    pub(super) year: Option<u16>,
    /// The tokens of the title; empty when it is cited by number alone.
    pub(super) title: Range<usize>,
    /// Whether name and number are one word, as in addresses: `rfc7992`.
    pub(super) glued: bool,
}

/// All citations of a block, in order of their first token; titles may hold other titles.
pub(super) fn mentions(view: &BlockView<'_>, lexicon: &Lexicon) -> Vec<Mention> {
    let tokens = &view.layer.tokens;
    let mut out: Vec<Mention> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let token = &tokens[i];
        if token.kind != TokenKind::Word {
            i += 1;
            continue;
        }
        let found = match token.word {
            Some(_) => by_number(view, lexicon, i),
            None => glued(view, lexicon, i),
        };
        let found = found.or_else(|| edition(view, lexicon, i));
        if let Some(mention) = found {
            let end = mention.whole.end;
            let plural = mention.kind == FormKind::Name && view.word(mention.whole.start).ends_with('s');
            out.push(mention);
            i = end;
            if plural {
                i = more_numbers(view, &mut out, i);
            }
            continue;
        }
        if let Some(mention) = by_title(view, lexicon, i) {
            out.push(mention);
        }
        i += 1;
    }
    out.sort_by_key(|m| (m.whole.start, m.whole.end));
    out
}

/// The numbers with letters, in the shape of which others of the same series are written: `hc-9999-9999`.
pub(super) type Shapes = BTreeMap<String, u32>;

/// Adds the shape of a number that is unlike any other number: letters, a hyphen and five digits at least.
pub(super) fn note_shape(mention: &Mention, shapes: &mut Shapes) {
    let number = mention.number.as_str();
    if is_coded(number) && !mention.glued {
        shapes.entry(shape(number)).or_insert(mention.instrument);
    }
}

/// Whether a number has letters before its digits, and too many digits to be met by chance.
fn is_coded(number: &str) -> bool {
    let letters = number.bytes().take_while(u8::is_ascii_lowercase).count();
    letters > 0 && number[letters..].starts_with(['-', '/']) && number.bytes().filter(u8::is_ascii_digit).count() >= 5
}

/// The letters and signs of a number, with nines for its digits.
fn shape(number: &str) -> String {
    number.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect()
}

/// Numbers without the noun of their instrument, in the shape of one that has it: "filed under WF-2019-141".
pub(super) fn bare_numbers(view: &BlockView<'_>, shapes: &Shapes, found: &[Mention]) -> Vec<Mention> {
    let is_known = |at: usize| found.iter().any(|m| m.whole.contains(&at));
    let tokens = view.layer.tokens.iter().enumerate();
    tokens
        .filter(|(_, token)| token.kind == TokenKind::Word && token.end - token.start >= 7)
        .filter_map(|(at, token)| {
            let number = lower(token.text(view.text));
            let instrument = *shapes.get(&shape(&number)).filter(|_| is_coded(&number) && !is_known(at))?;
            let whole = at..at + 1;
            Some(Mention {
                at: whole.clone(),
                whole,
                instrument,
                kind: FormKind::Symbol,
                number,
                year: None,
                title: 0..0,
                glued: false,
            })
        })
        .collect()
}

/// A standard with the year of its edition: "TS 4417:2015", whoever issues it.
fn edition(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> Option<Mention> {
    let issuer = view.word(at);
    if view.layer.tokens[at].case != Case::Upper || !(2..=6).contains(&issuer.len()) || !issuer.is_ascii() {
        return None;
    }
    let run = number_run(view, at + 1)?;
    let (number, year) = number_of(view, run.clone());
    let instrument = lexicon.instruments.iter().position(|i| i.family == "standard")? as u32;
    year.map(|_| Mention {
        whole: at..run.end,
        at: at..run.end,
        instrument,
        kind: FormKind::Symbol,
        number: format_compact!("{} {number}", lower(issuer)),
        year,
        title: 0..0,
        glued: false,
    })
}

/// A name or symbol with its number that begins at a token; the longest form wins.
fn by_number(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> Option<Mention> {
    let tokens = &view.layer.tokens;
    let forms = lexicon.instrument_forms(tokens[at].word?);
    let mut best: Option<(usize, Range<usize>, u32, FormKind)> = None;
    for form in forms {
        if form.kind == FormKind::Title {
            continue;
        }
        if form.kind == FormKind::Symbol && tokens[at].case == Case::Lower {
            continue;
        }
        let mut i = at + 1;
        let mut number = None;
        let mut fits = true;
        for part in &form.rest {
            if part == "#" {
                if form.kind == FormKind::Name {
                    i = skip_number_word(view, i);
                }
                match number_run(view, i) {
                    Some(run) => {
                        i = run.end;
                        number = Some(run);
                    }
                    None => {
                        fits = false;
                        break;
                    }
                }
                continue;
            }
            let same = match form.kind {
                FormKind::Symbol => view.word(i) == part.as_str(),
                _ => lower(view.word(i)) == lower(part),
            };
            if !same {
                fits = false;
                break;
            }
            i += 1;
        }
        let Some(run) = number.filter(|_| fits) else { continue };
        if best.as_ref().is_none_or(|(length, ..)| form.rest.len() > *length) {
            best = Some((form.rest.len(), run, form.instrument, form.kind));
        }
    }
    let (_, run, instrument, kind) = best?;
    let (number, year_inside) = number_of(view, run.clone());
    let (year, end) = match year_inside {
        Some(year) => (Some(year), run.end),
        None => year_after(view, run.end, false),
    };
    if lexicon.instruments[instrument as usize].yearly && year.is_none() && !number.contains('/') {
        return None;
    }
    // A symbol is labelled as a whole: `S/RES/2178`.
    let mut start = run.start;
    while start > at && tokens[start - 1].end == tokens[start].start {
        start -= 1;
    }
    Some(Mention { whole: at..end, at: start..end, instrument, kind, number, year, title: 0..0, glued: false })
}

/// "No.", "no", "number", "#" before a number.
fn skip_number_word(view: &BlockView<'_>, at: usize) -> usize {
    match lower(view.word(at)).as_str() {
        "no" | "nos" | "nr" if view.word(at + 1) == "." => at + 2,
        "no" | "nos" | "nr" | "number" | "#" | "n°" => at + 1,
        _ => at,
    }
}

/// Name and number in one word: `RFC7992`, `rfc-2119`.
fn glued(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> Option<Mention> {
    let word = view.word(at);
    let digits = word.find(|c: char| c.is_ascii_digit())?;
    let name = word[..digits].trim_end_matches(['-', '_']);
    if name.is_empty() || !word[digits..].bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return None;
    }
    let id = lexicon.words.find(&lower(name))?;
    let form =
        lexicon.instrument_forms(id).iter().find(|f| f.kind == FormKind::Name && f.rest.iter().all(|r| r == "#"))?;
    Some(Mention {
        whole: at..at + 1,
        at: at..at + 1,
        instrument: form.instrument,
        kind: FormKind::Symbol,
        number: word[digits..].trim_start_matches('0').into(),
        year: None,
        title: 0..0,
        glued: true,
    })
}

/// "RFCs 7230, 7231 and 7232": the numbers after the first. Gives the token after the last.
fn more_numbers(view: &BlockView<'_>, out: &mut Vec<Mention>, from: usize) -> usize {
    let mut i = from;
    while let Some(model) = out.last().cloned() {
        let mut next = i;
        while matches!(view.word(next), "," | "and" | "or" | "&") {
            next += 1;
        }
        if next == i {
            break;
        }
        let Some(run) = number_run(view, next) else { break };
        let (number, inside) = number_of(view, run.clone());
        if number.len() + 1 < model.number.len() {
            break;
        }
        let (year, end) = match inside {
            Some(year) => (Some(year), run.end),
            None => year_after(view, run.end, false),
        };
        out.push(Mention { whole: next..end, at: run.start..end, number, year, ..model });
        i = end;
    }
    i
}

/// The tokens of a number that begins at a token: `2397`, `2016/679`, `800-107`, `802.15.4e`, `9001:2015`.
fn number_run(view: &BlockView<'_>, at: usize) -> Option<Range<usize>> {
    let tokens = &view.layer.tokens;
    let first = tokens.get(at)?;
    let starts = first.kind == TokenKind::Number
        || first.kind == TokenKind::Word
            && first.text(view.text).len() <= 12
            && first.text(view.text).bytes().any(|b| b.is_ascii_digit());
    if !starts {
        return None;
    }
    let adjacent = |a: &Token, b: &Token| a.end == b.start;
    let mut end = at + 1;
    while end + 1 < tokens.len() {
        let (sign, next) = (&tokens[end], &tokens[end + 1]);
        let joined = sign.kind == TokenKind::Sign
            && matches!(sign.text(view.text), "-" | "/" | "." | ":" | "‑")
            && adjacent(&tokens[end - 1], sign)
            && adjacent(sign, next)
            && next.kind != TokenKind::Sign;
        if !joined {
            break;
        }
        end += 2;
    }
    Some(at..end)
}

/// The number as compared and the year written into it: `9001:2015` → `9001`, 2015; `95/46/EC` → `95/46`.
fn number_of(view: &BlockView<'_>, run: Range<usize>) -> (CompactString, Option<u16>) {
    let wording = view.wording(run);
    let (number, year) = match wording.rsplit_once(':') {
        Some((number, year)) if year_of(year).is_some() => (number, year_of(year)),
        _ => (wording, None),
    };
    let mut number = lower(&number.replace('\u{2011}', "-"));
    for tail in ["/ec", "/eec", "/eu", "/jha", "/euratom", "/cfsp"] {
        if let Some(stem) = number.strip_suffix(tail) {
            number = stem.into();
        }
    }
    (number, year)
}

/// A year of the last three centuries written with four digits.
pub(super) fn year_of(word: &str) -> Option<u16> {
    let year: u16 = word.parse().ok().filter(|_| word.len() == 4)?;
    (1780..2100).contains(&year).then_some(year)
}

/// The year after a number or title and the token after it: "(2017)", "of 2017", after a title also "2017".
fn year_after(view: &BlockView<'_>, at: usize, title: bool) -> (Option<u16>, usize) {
    let bare = |i: usize| {
        let token = view.layer.tokens.get(i)?;
        (token.kind == TokenKind::Number).then(|| year_of(token.text(view.text))).flatten()
    };
    match view.word(at) {
        "(" if view.word(at + 2) == ")" => match bare(at + 1) {
            Some(year) => (Some(year), at + 3),
            None => (None, at),
        },
        "of" | "von" | "de" | "du" => match bare(at + 1) {
            Some(year) => (Some(year), at + 2),
            None => (None, at),
        },
        "," if title => match bare(at + 1) {
            Some(year) if !matches!(view.word(at + 2), "," | "-" | "–") => (Some(year), at + 2),
            _ => (None, at),
        },
        _ if title => match bare(at) {
            Some(year) => (Some(year), at + 1),
            None => (None, at),
        },
        _ => (None, at),
    }
}

/// A title around a title noun: capitalised words before it, or "on the …" behind it.
fn by_title(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> Option<Mention> {
    let tokens = &view.layer.tokens;
    if tokens[at].case == Case::Lower {
        return None;
    }
    let instrument = lexicon.instrument_forms(tokens[at].word?).iter().find(|f| f.kind == FormKind::Title)?.instrument;
    let is_title_noun = |i: usize| {
        tokens[i].case != Case::Lower
            && tokens[i].word.is_some_and(|id| lexicon.instrument_forms(id).iter().any(|f| f.kind == FormKind::Title))
    };
    let sentence = view.layer.sentence_of(at);
    let mut start = at;
    let mut i = at;
    while i > sentence.start && at - i < TITLE {
        i -= 1;
        if is_capital(view, i) && !is_title_noun(i) {
            if is_function(lexicon, &tokens[i]) {
                break;
            }
            start = i;
        } else if let Some(open) = bracket_before(view, i, sentence.start) {
            i = open;
        } else if !joins_title(view, i) {
            break;
        }
    }
    let mut end = at + 1;
    if opens_tail(view, end) {
        let mut i = end;
        while i < sentence.end && i - at < TITLE {
            if is_capital(view, i) {
                end = i + 1;
            } else if !joins_title(view, i) && !opens_tail(view, i) {
                break;
            }
            i += 1;
        }
    }
    if end - start < 2 {
        return None;
    }
    if let Some((run, after)) = number_behind(view, lexicon, end) {
        let (number, inside) = number_of(view, run.clone());
        let (year, after) = match (inside, year_after(view, run.end, false)) {
            (Some(year), _) => (Some(year), after),
            (None, (year, next)) => (year, after.max(next)),
        };
        return Some(Mention {
            whole: start..after,
            at: run,
            instrument,
            kind: FormKind::Title,
            number,
            year,
            title: start..end,
            glued: false,
        });
    }
    let (year, after) = year_after(view, end, true);
    let label = if year.is_some() {
        (end..after).find(|&i| tokens[i].kind == TokenKind::Number).map_or(start..end, |i| i..i + 1)
    } else {
        start..end
    };
    Some(Mention {
        whole: start..after,
        at: label,
        instrument,
        kind: FormKind::Title,
        number: CompactString::default(),
        year,
        title: start..end,
        glued: false,
    })
}

/// The number that follows a title, and the token after it: "Flood Act (No. 31 of 2015)", "Flood Act, No. 31",
/// "Habitats Directive (92/43/EEC)".
fn number_behind(view: &BlockView<'_>, lexicon: &Lexicon, end: usize) -> Option<(Range<usize>, usize)> {
    let bracket = view.word(end) == "(";
    let mut at = end + usize::from(bracket || view.word(end) == ",");
    // "(Act No. 31 of 2015)", "(Directive 92/43/EEC)".
    if bracket
        && view.layer.tokens.get(at).and_then(|t| t.word).is_some_and(|id| !lexicon.instrument_forms(id).is_empty())
    {
        at += 1;
    }
    let numbered = skip_number_word(view, at);
    let run = number_run(view, numbered)?;
    let named = numbered > at;
    let structured = view.wording(run.clone()).contains('/');
    if !(named || bracket && structured) {
        return None;
    }
    let close = if bracket {
        (run.end..run.end + 4).find(|&i| view.word(i) == ")").map_or(run.end, |i| i + 1)
    } else {
        run.end
    };
    Some((run, close))
}

fn is_capital(view: &BlockView<'_>, token: usize) -> bool {
    let token = &view.layer.tokens[token];
    token.kind == TokenKind::Word && matches!(token.case, Case::Capital | Case::Upper)
}

/// The opening bracket of a part of a title that ends with the bracket at a token: "Transport (Local Services) Act".
fn bracket_before(view: &BlockView<'_>, close: usize, from: usize) -> Option<usize> {
    if view.word(close) != ")" {
        return None;
    }
    let open = (from..close).rev().take(BRACKET).find(|&i| view.word(i) == "(")?;
    let inside = (open + 1..close).all(|i| is_capital(view, i) || joins_title(view, i) || view.word(i) == ",");
    let led = open > from && is_capital(view, open - 1);
    (inside && open + 1 < close && led).then_some(open)
}

/// "The", "This", "In": capitals only because a sentence begins.
fn is_function(lexicon: &Lexicon, token: &Token) -> bool {
    token.word.is_some_and(|id| {
        lexicon
            .words
            .pos(id)
            .any(Pos::DETERMINER.and(Pos::PREPOSITION).and(Pos::CONJUNCTION).and(Pos::PRONOUN).and(Pos::AUXILIARY))
    })
}

/// Small words inside titles.
fn joins_title(view: &BlockView<'_>, token: usize) -> bool {
    matches!(
        view.word(token),
        "of" | "the" | "and" | "on" | "for" | "to" | "in" | "with" | "against" | "&" | "all" | "by" | "at"
    )
}

/// Small words that a title goes on with behind its noun: "Convention on …", "Protocol relating to …".
fn opens_tail(view: &BlockView<'_>, token: usize) -> bool {
    matches!(
        view.word(token),
        "on" | "of" | "for" | "to" | "against" | "relating" | "concerning" | "between" | "establishing" | "governing"
    )
}

/// The words of a title as compared: lower case, without small words; in base forms when asked for.
///
/// The title noun is always in its base form: "Money Laundering Regulations" are cited as "Regulation" as well.
pub(super) fn title_key(view: &BlockView<'_>, lexicon: &Lexicon, title: Range<usize>, base: bool) -> CompactString {
    let mut out = CompactString::default();
    for i in title {
        let token = &view.layer.tokens[i];
        if token.kind != TokenKind::Word || joins_title(view, i) || opens_tail(view, i) {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        let noun = token.word.is_some_and(|id| lexicon.instrument_forms(id).iter().any(|f| f.kind == FormKind::Title));
        if base || noun {
            out.push_str(&lemma(view, lexicon, i));
        } else {
            out.push_str(&lower(view.word(i)));
        }
    }
    out
}
