//! "see Table 5", "Sections 3.2 or 3.3": places that the words send the reader to.

use super::number::{number, sort_at};
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::quoted::{opens, quoted};
use crate::claim::{Claim, ClaimKind, Context, Member, Value};
use crate::document::{BlockKind, Style};
use crate::lexicon::lower;
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Sorts whose nouns are also written small.
const SMALL: [&str; 15] = [
    "appendix",
    "article",
    "box",
    "chapter",
    "chart",
    "clause",
    "equation",
    "exhibit",
    "figure",
    "listing",
    "map",
    "paragraph",
    "section",
    "step",
    "table",
];

/// How many tokens around a pointer are searched for a year in brackets.
const NEAR: usize = 6;

/// Most bytes of the title of a place.
const TITLE: usize = 120;

/// Most tokens behind a pointer that say what the place is about.
const TOPIC: usize = 40;

/// How many tokens around a pointer are searched for other documents.
const FAR: usize = 80;

/// Reads the pointers of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    if matches!(view.block.kind, BlockKind::Quote) {
        return;
    }
    let tokens = &view.layer.tokens;
    let mut at = 0;
    let mut elsewhere = false;
    while at < tokens.len() {
        let noun = at;
        at += 1;
        if tokens[noun].kind != TokenKind::Word {
            continue;
        }
        let Some((sort, length)) = sort_at(view, context.lexicon, noun) else { continue };
        if tokens[noun].case == Case::Lower && !SMALL.contains(&sort) {
            continue;
        }
        let Some(mut next) = tokens.get(noun + length) else { continue };
        let gap = &view.text[tokens[noun].start as usize..next.start as usize];
        if !gap.ends_with([' ', '\u{a0}', '\u{202f}']) {
            continue;
        }
        // "Equation (5)", "section [5.2]".
        let bracketed = match sort {
            "equation" => next.is_sign(view.text, '('),
            "section" => next.is_sign(view.text, '[') && view.word(noun + length + 2) == "]",
            _ => false,
        };
        if bracketed {
            let Some(inside) = tokens.get(noun + length + 1) else { continue };
            next = inside;
        }
        let plural = view.word(noun + length - 1).ends_with(['s', 'S']) || sort == "appendix" && gap.contains("ces");
        let found = numbers(view.text, next.start as usize, plural);
        let Some(last) = found.last().cloned() else { continue };
        at = tokens.partition_point(|t| (t.start as usize) < last.end);
        let first = tokens[noun].start as usize;
        let marked = [Style::Link, Style::Code, Style::Struck, Style::Address];
        if let Some(claim) = companion(context, view, sort, noun..at) {
            out.push(claim);
            elsewhere = true;
            continue;
        }
        let title = if found.len() == 1 { title(view, last.end) } else { None };
        // "Boxes 7-8: your regular place of work" tells of the boxes.
        if found.len() > 1 && view.word(at) == ":" && tokens[..noun].iter().all(|t| t.kind == TokenKind::Sign) {
            continue;
        }
        // What comes after a part of another document is likely to be of it too.
        elsewhere = elsewhere || is_elsewhere(context, view, sort, noun, at, last.end, title.is_some());
        if elsewhere || marked.iter().any(|&style| view.block.text.has_style(first..last.end, style)) {
            continue;
        }
        for (i, bytes) in found.into_iter().enumerate() {
            let wording = view.text[bytes.clone()].trim_end_matches('.');
            let value = Value::Pointer { sort: sort.into(), number: wording.into(), path: None, title: title.clone() };
            let mut claim = view.claim(ClaimKind::Pointer, "pointer", noun..at, value);
            let from = if i == 0 { first } else { bytes.start };
            let closed = bytes.end + usize::from(bracketed && view.text[bytes.end..].starts_with([')', ']']));
            claim.at = view.block.text.span(from..closed);
            claim.text = view.text[from..closed].into();
            claim.subject.wording = view.text[first..next.start as usize].trim().into();
            claim.scope.cues.extend(direction(context, view, at));
            if sort == "section" {
                claim.subject.modifiers = topic(context, view, at);
            }
            out.push(claim);
        }
    }
}

/// A numbered place of the other document of a release: "table 5 of the report".
fn companion(context: &Context<'_>, view: &BlockView<'_>, sort: &str, tokens: Range<usize>) -> Option<Claim> {
    let own = phrase_at(context.lexicon, "pointer-companion", view.text, &view.layer.tokens, tokens.end)?;
    // "of the report of the ministry", "of the report by Marsh": another one.
    let behind = tokens.end + own;
    let narrowed = matches!(view.word(behind), "of" | "by" | "on" | "from" | "for")
        || view.layer.tokens.get(behind).is_some_and(|t| t.case != Case::Lower && t.kind != TokenKind::Sign);
    if narrowed || !matches!(sort, "table" | "figure" | "appendix" | "box") {
        return None;
    }
    let number = view.word(tokens.end - 1).trim_end_matches('.');
    let sort = format_compact!("companion:{sort}");
    let value = Value::Pointer { sort, number: number.into(), path: None, title: None };
    Some(view.claim(ClaimKind::Pointer, "pointer", tokens, value))
}

/// Reads "(d) above": letters of a list that the words send the reader up or down to.
pub(super) fn letters(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let tokens = &view.layer.tokens;
    for at in 1..tokens.len().saturating_sub(2) {
        let bracketed = tokens[at - 1].is_sign(view.text, '(') && tokens[at + 1].is_sign(view.text, ')');
        let word = view.word(at);
        if !bracketed || word.len() != 1 || !word.starts_with(|c: char| c.is_ascii_lowercase()) {
            continue;
        }
        // "Article 6(d) above" is of something else.
        let glued = at >= 2 && tokens[at - 2].end == tokens[at - 1].start;
        let Some(way) = direction(context, view, at + 2).filter(|_| !glued) else { continue };
        let value = Value::Pointer { sort: "letter".into(), number: word.into(), path: None, title: None };
        let mut claim = view.claim(ClaimKind::Pointer, "pointer", at - 1..at + 2, value);
        claim.scope.cues.push(way);
        out.push(claim);
    }
}

/// The title in quotation marks or italics that follows a number: "Section 3, “Results”", "Section 3 (*Results*)".
fn title(view: &BlockView<'_>, end: usize) -> Option<Member> {
    let rest = &view.text[end..];
    let bare = rest.trim_start_matches([' ', '\u{a0}', ',', ':', '(', '–', '—']);
    let start = view.text.len() - bare.len();
    // A stop between them parts two statements.
    if start == end || start > end + 4 {
        return None;
    }
    let range = if bare.starts_with(opens) {
        quoted(view.text, start..view.text.len()).filter(|(_, whole)| whole.start == start)?.0
    } else {
        let emphasis =
            view.block.text.styles.iter().find(|(r, s)| *s == Style::Emphasis && r.start as usize == start)?;
        emphasis.0.start as usize..emphasis.0.end as usize
    };
    let words = view.text[range.clone()].trim_end_matches([',', '.']);
    (words.len() <= TITLE && words.starts_with(|c: char| c.is_uppercase()))
        .then(|| Member { at: view.block.text.span(range.start..range.start + words.len()), text: words.into() })
}

/// Whether the words behind a pointer send the reader up or down.
fn direction(context: &Context<'_>, view: &BlockView<'_>, end: usize) -> Option<CompactString> {
    ["above", "below"].into_iter().map(CompactString::from).find(|way| {
        let set = format!("pointer-{way}");
        phrase_at(context.lexicon, &set, view.text, &view.layer.tokens, end).is_some()
    })
}

/// The words that say what a section is about: from its number to the next, or to the end of the sentence.
fn topic(context: &Context<'_>, view: &BlockView<'_>, end: usize) -> Vec<CompactString> {
    let sentence = view.layer.sentence_of(end.saturating_sub(1));
    let mut out = Vec::new();
    for i in end..sentence.end.min(end + TOPIC) {
        if sort_at(view, context.lexicon, i).is_some() {
            break;
        }
        let word = lower(view.word(i));
        if word.len() > 3 && word.chars().all(char::is_alphabetic) {
            out.push(word);
        }
    }
    out
}

/// The numbers that begin at a byte: one, or several behind a noun in the plural.
fn numbers(text: &str, start: usize, plural: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = start;
    loop {
        let rest = &text[at..];
        let one = number(rest).or_else(|| {
            // "Tables 2-4": the hyphen parts two numbers.
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
            (plural && end > 0 && rest[end..].starts_with('-')).then(|| rest[..end].trim_end_matches('.'))
        });
        let Some(one) = one else { break };
        found.push(at..at + one.len());
        if !plural || found.len() == 20 {
            break;
        }
        let rest = &text[at + one.len()..];
        let links = [", and ", ", or ", " and ", " or ", ", ", " to ", " through ", " & ", "–", " – ", "-"];
        let Some(link) = links.iter().find(|l| rest.starts_with(**l)) else { break };
        at += one.len() + link.len();
        // "Tables 2 and 3 of 40": what comes next must look like the number before.
        let (a, b) = (one, text[at..].split_whitespace().next().unwrap_or(""));
        let alike = |s: &str| s.starts_with(|c: char| c.is_ascii_digit());
        if alike(a) != alike(b) || a.contains('.') != b.trim_end_matches(['.', ',', ')', ';']).contains('.') {
            break;
        }
    }
    found
}

/// Whether the place is one of another document: words, citations and names around it say so, or leave it open.
fn is_elsewhere(
    context: &Context<'_>,
    view: &BlockView<'_>,
    sort: &str,
    noun: usize,
    end: usize,
    end_byte: usize,
    titled: bool,
) -> bool {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let sentence = view.layer.sentence_of(noun);
    let word = |i: usize| lower(view.word(i));
    let own = |w: &str| matches!(w, "this" | "these" | "our" | "present");
    // "Section 18(2)" is of a law; "Table 3's" goes on.
    if view.text[end_byte..].starts_with(['(', '\'', '’', '[', '/', '-', '–', '§']) {
        return true;
    }
    if end < sentence.end {
        let next = &tokens[end];
        let joined = matches!(word(end).as_str(), "of" | "in" | "from" | "within" | "under" | "at" | "to" | "et");
        if joined && !own(&word(end + 1)) {
            return true;
        }
        if next.kind == TokenKind::Word && matches!(next.case, Case::Capital | Case::Upper)
            || next.is_sign(view.text, '(')
                && !titled
                && tokens.get(end + 1).is_some_and(|t| t.kind != TokenKind::Number && t.case != Case::Lower)
        {
            return true;
        }
    }
    if noun > sentence.start {
        let before = noun - 1;
        let token = &tokens[before];
        let possessive = view.word(before).ends_with("'s")
            || view.word(before).ends_with("’s")
            || view.word(before).ends_with(['\'', '’'])
            || phrase_at(lexicon, "elsewhere-owner", view.text, tokens, before).is_some();
        let named = token.kind == TokenKind::Word
            && matches!(token.case, Case::Capital | Case::Upper)
            && before > sentence.start
            && phrase_at(lexicon, "pointer-lead", view.text, tokens, before).is_none();
        let comma = token.is_sign(view.text, ',');
        let held = before.checked_sub(usize::from(comma)).filter(|&i| i >= sentence.start).map(|i| &tokens[i]);
        // "Article 9, paragraph 7", "*Oduya*, paragraph 44".
        let work = comma && sort == "paragraph" && held.is_some_and(|t| t.case != Case::Lower);
        let cited = held.is_some_and(|t| t.kind == TokenKind::Number || t.is_sign(view.text, ']'))
            || work
            || token.is_sign(view.text, ':');
        if possessive || named || cited {
            return true;
        }
    }
    // A sentence may be as long as the file.
    for i in sentence.start.max(noun.saturating_sub(FAR))..sentence.end.min(end + FAR) {
        if i >= noun && i < end {
            continue;
        }
        let token = &tokens[i];
        let near = i + NEAR >= noun && i < end + NEAR;
        if token.is_sign(view.text, '[')
            && tokens.get(i + 1).is_some_and(|t| t.kind == TokenKind::Word && t.case != Case::Lower || near)
        {
            return true;
        }
        if token.kind == TokenKind::Number {
            let text = view.word(i).as_bytes();
            let year = text.len() >= 4
                && (text.starts_with(b"19") || text.starts_with(b"20"))
                && text[..4].iter().all(u8::is_ascii_digit);
            if year && near && !matches!(sort, "section" | "appendix") {
                let sign = |i: usize| tokens.get(i).is_some_and(|t| "(),;".contains(t.text(view.text)));
                if sign(i + 1) || i > 0 && sign(i - 1) {
                    return true;
                }
            }
            continue;
        }
        // "As stated in Section 5.3, a host that knows RFC 1701 …": what comes later is not what the section is of.
        let joined = near || i < noun || matches!(view.word(i - 1), "of" | "in" | "from" | "by" | "to" | "per" | "the");
        let capital = matches!(token.case, Case::Capital | Case::Upper) && joined;
        let ruling = sort == "paragraph" && phrase_at(lexicon, "elsewhere-ruling", view.text, tokens, i).is_some();
        if ruling && !(i > sentence.start && own(&word(i - 1)))
            || phrase_at(lexicon, "elsewhere-law", view.text, tokens, i).is_some()
            || capital && phrase_at(lexicon, "elsewhere-instrument", view.text, tokens, i).is_some()
            || phrase_at(lexicon, "elsewhere-work", view.text, tokens, i).is_some()
                && !(i > sentence.start && own(&word(i - 1)))
        {
            return true;
        }
    }
    false
}
