//! Numbered instruments as cited: resolutions, laws, directives, standards, treaties.
//!
//! Besides what is cited, a claim says what ties it to other citations of the same instrument: standing in
//! apposition with another designation, a note that is called where the instrument is cited, a bracketed label.

mod mention;

use super::around::{around, content_words};
use super::context::BlockView;
use super::noun::lemma;
use super::{Claim, ClaimKind, Context, Member, Value};
use crate::annotate::{Case, TokenKind, phrase_at, phrase_before};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::{Lexicon, Pos, lower};
use compact_str::{CompactString, format_compact};
use mention::{Mention, Shapes, bare_numbers, mentions, note_shape, title_key, year_of};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;

/// A numbered instrument as cited.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reference {
    /// Family, see the lexicon: `un-resolution`.
    pub family: CompactString,
    /// Normalised title when the instrument is cited by title: `convention rights children`.
    pub title: CompactString,
    /// The title in base forms: `convention right child`.
    pub key: CompactString,
    /// The number, if any: `2397`.
    pub number: CompactString,
    /// The year, if any.
    pub year: Option<u16>,
    /// The title as written, when the instrument is cited by title.
    pub titled: Option<Member>,
    /// What ties it to other mentions of the same instrument: the note that a mark leads to, an apposition.
    /// Two references with a common tie must be one instrument.
    pub ties: Vec<CompactString>,
}

/// Most tokens between two designations that stand in apposition.
const APART: usize = 5;

/// Most tokens between a document and its address.
const ADDRESS: usize = 60;

/// Tokens before a citation in which the thing it describes is looked for.
const REACH: usize = 8;

/// Most citations of a block that are looked at for labels and for the law of an article.
const AROUND: usize = 120;

/// Reads the claims of kind Reference.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut found: Vec<(BlockId, Vec<Mention>)> = Vec::new();
    for view in context.views() {
        if matches!(view.block.kind, BlockKind::Contents) {
            continue;
        }
        let list = mentions(&view, context.lexicon);
        if !list.is_empty() {
            found.push((view.id, list));
        }
    }
    add_bare_numbers(context, &mut found);
    let mut ties: FxHashMap<(BlockId, usize), Vec<CompactString>> = FxHashMap::default();
    for (id, list) in &found {
        let view = context.view(*id);
        appositions(&view, list, &mut ties);
        labels(&view, list, &mut ties);
    }
    notes(context, &found, &mut ties);
    for (id, list) in &found {
        let view = context.view(*id);
        for (i, mention) in list.iter().enumerate() {
            let ties = ties.remove(&(*id, i)).unwrap_or_default();
            let mut ties = ties;
            // Three digits and more: small bodies begin anew every year.
            if context.lexicon.instruments[mention.instrument as usize].continuous
                && mention.number.len() >= 3
                && mention.number.bytes().all(|b| b.is_ascii_digit())
            {
                ties.push(format_compact!("number:{}:{}", mention.instrument, mention.number));
            }
            let mut claim = claim(context, &view, mention, ties);
            // Numbers that are cited in a row share their sentence, not their content.
            let from = i.saturating_sub(4);
            let near = &list[from..(i + 5).min(list.len())];
            let alone = near.iter().all(|m| {
                m == mention
                    || m.instrument != mention.instrument
                    || view.layer.sentence_index(m.whole.start) as u32 != claim.sentence
            });
            let addressed = mention.glued && is_in_address(&view, mention);
            if addressed {
                claim.scope.cues.push("address".into());
            }
            // "CVE-2019-94072" is always written so.
            let glued = addressed || mention.glued && !mention.number.contains('-');
            if alone && !glued && !mention.number.is_empty() && view.is_prose() {
                claim.subject.modifiers = content_words(&view, context.lexicon, &mention.whole);
            }
            if context.lexicon.instruments[mention.instrument as usize].part
                && let Value::Reference(reference) = &mut claim.value
            {
                reference.title = law_of_part(&view, context.lexicon, list, i);
            }
            out.push(claim);
        }
    }
}

/// Whether the word of a citation is a part of an address: ".../cvename.cgi?name=CVE-2019-94072".
fn is_in_address(view: &BlockView<'_>, mention: &Mention) -> bool {
    let tokens = &view.layer.tokens;
    let touches = |a: usize, b: usize| tokens.get(a).zip(tokens.get(b)).is_some_and(|(a, b)| a.end == b.start);
    let sign = |t: usize| matches!(view.word(t), "/" | "=" | "#" | "_" | "?" | "&");
    let (start, end) = (mention.whole.start, mention.whole.end);
    start > 0 && touches(start - 1, start) && sign(start - 1) || touches(end - 1, end) && sign(end)
}

/// Adds the numbers that stand without a noun and have the shape of one with it.
fn add_bare_numbers(context: &Context<'_>, found: &mut Vec<(BlockId, Vec<Mention>)>) {
    let mut shapes = Shapes::new();
    found.iter().flat_map(|(_, list)| list).for_each(|m| note_shape(m, &mut shapes));
    if shapes.is_empty() {
        return;
    }
    let mut by_block: BTreeMap<BlockId, Vec<Mention>> = std::mem::take(found).into_iter().collect();
    for view in context.views().filter(|v| !matches!(v.block.kind, BlockKind::Contents)) {
        let more = bare_numbers(&view, &shapes, by_block.get(&view.id).map_or(&[][..], Vec::as_slice));
        if !more.is_empty() {
            let list = by_block.entry(view.id).or_default();
            list.extend(more);
            list.sort_by_key(|m| (m.whole.start, m.whole.end));
        }
    }
    found.extend(by_block);
}

fn claim(context: &Context<'_>, view: &BlockView<'_>, mention: &Mention, ties: Vec<CompactString>) -> Claim {
    let lexicon = context.lexicon;
    let instrument = &lexicon.instruments[mention.instrument as usize];
    let titled = (!mention.title.is_empty()).then(|| view.member(mention.title.clone()));
    let value = Value::Reference(Reference {
        family: instrument.family.clone(),
        title: title_key(view, lexicon, mention.title.clone(), false),
        key: title_key(view, lexicon, mention.title.clone(), true),
        number: mention.number.clone(),
        year: mention.year,
        titled,
        ties,
    });
    let mut claim = view.claim(ClaimKind::Reference, "reference", mention.at.clone(), value);
    claim.subject.wording = view.wording(named(view, lexicon, mention)).into();
    claim.subject.entities = described(view, lexicon, mention);
    let sentence = around(view, &mention.whole);
    claim.scope.times = sentence
        .clone()
        .filter(|i| !mention.whole.contains(i))
        .filter(|&i| view.layer.tokens[i].kind == TokenKind::Number && year_of(view.word(i)).is_some())
        .map(|i| view.word(i).into())
        .collect();
    let note = matches!(view.block.kind, BlockKind::Note { .. });
    if view.block.kind == BlockKind::Entry || note && context.document.bracketed_notes {
        claim.scope.cues.push("listed".into());
    }
    if is_history(view, lexicon, mention, &sentence) {
        claim.scope.cues.push("history".into());
    }
    if is_predecessor(view, lexicon, mention, &sentence) {
        claim.scope.cues.push("predecessor".into());
    }
    for i in sentence {
        if let Some(place) = lexicon.place(view.word(i)) {
            let cue = format_compact!("place:{}", place.place.to_lowercase());
            if !claim.scope.cues.contains(&cue) {
                claim.scope.cues.push(cue);
            }
        }
    }
    claim
}

/// A citation with the capitalised words before its noun: "Emergency Regulation No. 37 of 2022".
fn named(view: &BlockView<'_>, lexicon: &Lexicon, mention: &Mention) -> Range<usize> {
    const LONGEST: usize = 3;
    let whole = mention.whole.clone();
    let sentence = view.layer.sentence_of(whole.start);
    let narrows = |i: &usize| {
        let token = &view.layer.tokens[*i];
        let closed = token.word.is_some_and(|id| lexicon.words.pos(id).any(Pos::CLOSED));
        token.kind == TokenKind::Word && token.case == Case::Capital && !closed
    };
    let body = lexicon.instruments[mention.instrument as usize].family == "law" && mention.title.is_empty();
    let from = if body { whole.start.saturating_sub(LONGEST).max(sentence.start) } else { whole.start };
    let start = (from..whole.start).rev().take_while(narrows).last().unwrap_or(whole.start);
    start..whole.end
}

/// The law or treaty that an article belongs to: the one behind "of the", else the last one named before it in the
/// paragraph; empty when there is none.
fn law_of_part(view: &BlockView<'_>, lexicon: &Lexicon, list: &[Mention], part: usize) -> CompactString {
    let end = list[part].whole.end;
    let behind = list[part + 1..]
        .iter()
        .take(4)
        .find(|m| !m.title.is_empty() && m.whole.start <= end + 3 && view.word(end) == "of");
    let law = behind.or_else(|| list[..part].iter().rev().take(AROUND).find(|m| !m.title.is_empty()));
    law.map(|m| title_key(view, lexicon, m.title.clone(), false)).unwrap_or_default()
}

/// Whether the words next to a citation say that it is not the version in force or not the only one.
fn is_history(view: &BlockView<'_>, lexicon: &Lexicon, mention: &Mention, sentence: &Range<usize>) -> bool {
    let tokens = &view.layer.tokens;
    let is =
        |set: &str, mut range: Range<usize>| range.any(|i| phrase_at(lexicon, set, view.text, tokens, i).is_some());
    let from = mention.whole.start.saturating_sub(4).max(sentence.start);
    let to = (mention.whole.end + 4).min(sentence.end);
    is("instrument-past-before", from..mention.whole.start) || is("instrument-past-after", mention.whole.end..to)
}

/// Whether the words next to a citation say that it is the edition that this document replaces.
fn is_predecessor(view: &BlockView<'_>, lexicon: &Lexicon, mention: &Mention, sentence: &Range<usize>) -> bool {
    let tokens = &view.layer.tokens;
    let has = |set: &str, at: usize| phrase_at(lexicon, set, view.text, tokens, at);
    let start = mention.whole.start;
    let before = (start.saturating_sub(6).max(sentence.start)..start)
        .any(|i| has("instrument-predecessor-before", i).is_some_and(|n| i + n <= start));
    let behind = mention.whole.end..(mention.whole.end + 3).min(sentence.end);
    before || behind.into_iter().any(|i| has("instrument-predecessor-after", i).is_some())
}

/// The distinctive words that a citation stands with: "Argon2id (RFC 9106)", "TLS as defined in RFC 8446".
///
/// Distinctive is what mixes letters with digits or small letters with capitals inside the word, and a name of
/// several capitalised words.
fn described(view: &BlockView<'_>, lexicon: &Lexicon, mention: &Mention) -> Vec<CompactString> {
    let tokens = &view.layer.tokens;
    let sentence = view.layer.sentence_of(mention.whole.start);
    let from = mention.whole.start.saturating_sub(REACH).max(sentence.start);
    let mut out = Vec::new();
    for i in (from..mention.whole.start).rev() {
        let word = view.word(i);
        let cites =
            tokens[i].case != Case::Lower && tokens[i].word.is_some_and(|id| !lexicon.instrument_forms(id).is_empty());
        if matches!(word, ";" | ":") || cites {
            // Another citation: what stands before belongs to it.
            break;
        }
        if tokens[i].kind == TokenKind::Word && is_distinctive(word) {
            out.push(lower(word));
        }
    }
    let capital = |i: usize| {
        tokens[i].kind == TokenKind::Word
            && matches!(tokens[i].case, Case::Capital | Case::Upper)
            && !tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::DETERMINER.and(Pos::PREPOSITION)))
    };
    // The nearest name only: what stands further off is about something else.
    let end = (from..mention.whole.start).rev().find(|&i| capital(i)).map_or(from, |i| i + 1);
    let start = (from..end).rev().take_while(|&i| capital(i)).last().unwrap_or(end);
    if end - start >= 2 {
        let words: Vec<CompactString> = (start..end).map(|i| lemma(view, lexicon, i)).collect();
        out.push(words.join(" ").into());
    }
    out
}

fn is_distinctive(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let digits = word.chars().any(|c| c.is_ascii_digit());
    let mixed = word.chars().any(char::is_lowercase) && word.chars().skip(1).any(char::is_uppercase);
    letters >= 2 && word.chars().count() >= 4 && (digits || mixed)
}

/// Ties two designations of one instrument that stand side by side: "resolution 2178 (2014), S/RES/2178 (2014)",
/// "RFC 7517, DOI 10.17487/RFC7517".
fn appositions(view: &BlockView<'_>, list: &[Mention], ties: &mut FxHashMap<(BlockId, usize), Vec<CompactString>>) {
    for (j, b) in list.iter().enumerate().skip(1) {
        // Label, object identifier and address in a row all belong to the document named before them.
        let Some(i) = (j.saturating_sub(3)..j).rev().find(|&i| !list[i].glued) else { continue };
        let a = &list[i];
        if a.instrument != b.instrument || a.number.is_empty() || b.number.is_empty() {
            continue;
        }
        let between = a.whole.end..b.whole.start.max(a.whole.end);
        let side_by_side = a.kind != b.kind
            && !b.glued
            && i + 1 == j
            && between.len() <= APART
            && between
                .clone()
                .all(|t| matches!(view.word(t), "(" | ")" | "," | "." | "[" | "]" | "UN" | "Doc" | "doc"));
        let address = b.glued && between.len() <= ADDRESS && is_address(view, b, &between);
        if side_by_side || address {
            let tie = format_compact!("pair:{}:{i}:{j}", view.id.0);
            ties.entry((view.id, i)).or_default().push(tie.clone());
            ties.entry((view.id, j)).or_default().push(tie);
        }
    }
}

/// Whether a name in one word is the label, address or object identifier of the document named before it.
fn is_address(view: &BlockView<'_>, mention: &Mention, between: &Range<usize>) -> bool {
    let before = mention.whole.start.checked_sub(1).map_or("", |i| view.word(i));
    let label = before == "[" && between.len() == 1;
    let path = before == "/"
        && between.clone().any(|i| matches!(lower(view.word(i)).as_str(), "doi" | "http" | "https" | "info"));
    label || path
}

/// Ties a citation with a bracketed label to the entry of that label: "RFC 8017 [PKCS1]".
fn labels(view: &BlockView<'_>, list: &[Mention], ties: &mut FxHashMap<(BlockId, usize), Vec<CompactString>>) {
    let entry = label_at(view, 0).filter(|_| list.len() <= AROUND);
    let single = |m: &Mention| list.iter().filter(|o| o.instrument == m.instrument && !o.glued).count() == 1;
    for (i, mention) in list.iter().enumerate() {
        if mention.number.is_empty() || mention.glued {
            continue;
        }
        let label = label_at(view, mention.whole.end).or_else(|| entry.clone().filter(|_| single(mention)));
        if let Some(label) = label {
            ties.entry((view.id, i)).or_default().push(format_compact!("label:{}:{label}", mention.instrument));
        }
    }
}

/// A label in square brackets that begins at a token: `[PKCS1]`; plain numbers are none, they differ by document.
fn label_at(view: &BlockView<'_>, at: usize) -> Option<CompactString> {
    if view.word(at) != "[" {
        return None;
    }
    let end = (at + 1..(at + 8).min(view.layer.tokens.len())).find(|&i| view.word(i) == "]")?;
    let label = lower(view.wording(at + 1..end).trim());
    (label.chars().any(char::is_alphabetic) && !label.contains(' ')).then_some(label)
}

/// Ties the one instrument of a kind that a sentence cites before a note mark to the note that the mark calls.
fn notes(
    context: &Context<'_>,
    found: &[(BlockId, Vec<Mention>)],
    ties: &mut FxHashMap<(BlockId, usize), Vec<CompactString>>,
) {
    let document = context.document;
    if document.notes.is_empty() || document.marks.is_empty() {
        return;
    }
    let by_block: FxHashMap<BlockId, &Vec<Mention>> = found.iter().map(|(id, list)| (*id, list)).collect();
    let mut notes: FxHashMap<&str, usize> = FxHashMap::default();
    for (i, note) in document.notes.iter().enumerate() {
        notes.insert(note.label.as_str(), i);
    }
    for (m, mark) in document.marks.iter().enumerate() {
        let (Some(list), Some(&note)) = (by_block.get(&mark.block), notes.get(mark.label.as_str())) else { continue };
        let view = context.view(mark.block);
        if matches!(view.block.kind, BlockKind::Note { .. }) {
            continue;
        }
        // From the sentence's beginning, or the mark before, up to the mark.
        let token = view.layer.tokens.partition_point(|t| t.start < mark.offset).saturating_sub(1);
        let sentence = view.layer.sentence_of(token);
        let mut from = view.layer.bytes(sentence.clone()).start as u32;
        if let Some(previous) = m.checked_sub(1).map(|p| &document.marks[p]).filter(|p| p.block == mark.block) {
            from = from.max(previous.offset.min(mark.offset));
        }
        // Mentions are in order of place.
        let place = |i: &Mention| view.layer.tokens[i.whole.start].start;
        let first = list.partition_point(|i| place(i) < from);
        let cited: Vec<usize> = (first..list.len())
            .take_while(|&i| place(&list[i]) < mark.offset)
            .take(AROUND)
            .filter(|&i| !list[i].number.is_empty())
            .collect();
        for &i in &cited {
            let instrument = list[i].instrument;
            if cited.iter().any(|&j| list[j].instrument == instrument && list[j].number != list[i].number) {
                continue;
            }
            let Some(answer) = answering(context, &by_block, &document.notes[note].blocks, instrument, ties) else {
                continue;
            };
            let tie = format_compact!("note:{}:{instrument}", mark.label);
            ties.entry((mark.block, i)).or_default().push(tie.clone());
            for place in answer {
                ties.entry(place).or_default().push(tie.clone());
            }
        }
    }
}

/// The citations of a note, when all of them are designations of one instrument of the family.
fn answering(
    context: &Context<'_>,
    by_block: &FxHashMap<BlockId, &Vec<Mention>>,
    blocks: &[BlockId],
    instrument: u32,
    ties: &FxHashMap<(BlockId, usize), Vec<CompactString>>,
) -> Option<Vec<(BlockId, usize)>> {
    let mut places: Vec<(BlockId, usize)> = Vec::new();
    for id in blocks {
        let Some(list) = by_block.get(id) else { continue };
        let view = context.view(*id);
        for (i, mention) in list.iter().enumerate() {
            if mention.instrument != instrument || mention.number.is_empty() {
                continue;
            }
            if phrase_before(context.lexicon, "see-also", view.text, &view.layer.tokens, mention.whole.start).is_some()
            {
                return None;
            }
            places.push((*id, i));
        }
    }
    // Two citations must be a pair of designations, not two instruments.
    let paired = |a: &(BlockId, usize), b: &(BlockId, usize)| {
        let of = |p: &(BlockId, usize)| ties.get(p).map_or(&[][..], Vec::as_slice);
        of(a).iter().any(|t| t.starts_with("pair:") && of(b).contains(t))
    };
    (!places.is_empty() && places.windows(2).all(|p| paired(&p[0], &p[1]))).then_some(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::document::Document;

    fn read(text: &str) -> Vec<(String, String, Option<u16>)> {
        let document = Document::of_paragraph(text);
        let lexicon = Lexicon::english();
        let layers = annotate(&document, lexicon);
        let mut out = Vec::new();
        extract(&Context::new(&document, &layers, lexicon), &mut out);
        out.iter()
            .filter_map(|c| match &c.value {
                Value::Reference(r) => Some((format!("{} {}", r.family, r.title), r.number.to_string(), r.year)),
                _ => None,
            })
            .collect()
    }

    fn one(text: &str) -> (String, String, Option<u16>) {
        let mut found = read(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.remove(0)
    }

    #[test]
    fn reads_symbols_and_names() {
        for (text, family, number, year) in [
            ("Security Council resolution 2178 (2014) says so", "un-resolution ", "2178", Some(2014)),
            ("see S/RES/2178 (2014).", "un-resolution ", "2178", Some(2014)),
            ("under Regulation (EU) 2016/679 it is", "eu-act ", "2016/679", None),
            ("Directive 95/46/EC was repealed", "eu-act ", "95/46", None),
            ("certified to ISO/IEC 27001:2013", "iso ", "27001", Some(2013)),
            ("IEEE 802.15.4e is", "ieee ", "802.15.4e", None),
            ("Act No. 17 of 2022 allows it", "law ", "17", Some(2022)),
            ("in NIST SP 800-107, it", "nist-publication ", "800-107", None),
            ("at info/rfc7992 there", "rfc ", "7992", None),
        ] {
            assert_eq!(one(text), (family.to_owned(), number.to_owned(), year), "{text}");
        }
        assert_eq!(read("RFCs 7230, 7231 and 7232 say so").len(), 3);
    }

    #[test]
    fn reads_titles_with_their_year() {
        for (text, title, year) in [
            ("The Coastal Paths Act 2018 allows it", "law coastal paths act", Some(2018)),
            ("the Electoral Code of 2021 offers", "law electoral code", Some(2021)),
            ("under the Treaty on the Law of the Lakes (1994)", "law treaty law lakes", Some(1994)),
        ] {
            let found = read(text);
            assert!(found.iter().any(|f| f.0 == title && f.2 == year), "{text}: {found:?}");
        }
    }

    #[test]
    fn ignores_common_words() {
        assert!(read("We act 3 times by law 4 and in order 5.").is_empty());
    }

    #[test]
    fn finds_the_distinctive_words() {
        assert!(is_distinctive("Argon2id") && is_distinctive("OpenPGP") && !is_distinctive("Water"));
        assert!(!is_distinctive("TLS"));
    }
}
