//! Numbered series: how many members they have and which member is named.

use crate::annotate::{Case, TokenKind, phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::grid::grid;
use crate::claim::noun::lemma;
use crate::claim::{Claim, ClaimKind, Context, Member, Value};
use crate::lexicon::{Lexicon, Pos, lower};
use crate::value::Decimal;
use compact_str::CompactString;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Longest series that is read.
const LARGEST: u32 = 20;

/// Most tokens to either side of a series noun in which names are looked for.
const NAMES: usize = 60;

/// Reads the series of all blocks and tables.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let counted = standing(context, out);
    for view in context.views() {
        if !view.is_prose() || view.layer.ordinals.is_empty() && view.layer.quantities.is_empty() {
            continue;
        }
        let first = out.len();
        sizes(context, &view, out);
        first_and_last(context, &view, out);
        last_named(context, &view, out);
        told(context, &view, out);
        let series: Vec<(u32, CompactString)> =
            out[first..].iter().map(|c| (c.sentence, c.subject.head.clone())).collect();
        members(context, &view, &series, &counted, out);
        if !series.is_empty() {
            labelled(context, &view, out);
        }
    }
    for table in 0..context.document.tables.len() {
        cells(context, table, out);
    }
}

/// "There are three towers, numbered from below.": things that a sentence says there are, with no more words about them,
/// so that a document which speaks of the fourth of them speaks of one too many. Gives their nouns.
fn standing(context: &Context<'_>, out: &mut Vec<Claim>) -> FxHashSet<CompactString> {
    let lexicon = context.lexicon;
    let mut heads = FxHashSet::default();
    for view in context.views().filter(BlockView::is_prose) {
        for q in &view.layer.quantities {
            let at = q.number.start;
            let plain = !q.label && q.quantity.unit.is_count() && q.quantity.is_plain() && q.number == q.tokens;
            let Some(size) = count_of(q.quantity.amount.low).filter(|_| plain) else { continue };
            if phrase_before(lexicon, "series-exist", view.text, &view.layer.tokens, at).is_none() {
                continue;
            }
            let head = q.number.end;
            let closed = matches!(view.word(head + 1), "." | "," | ";" | ":");
            let Some(token) = view.layer.tokens.get(head).filter(|t| closed && t.case == Case::Lower) else { continue };
            let noun = token.word.is_none_or(|id| lexicon.words.pos(id).any(Pos::NOUN));
            let base = lemma(&view, lexicon, head);
            let timed = phrase_at(lexicon, "time.noun", view.text, &view.layer.tokens, head).is_some();
            if noun && base != view.word(head) && !timed && series_head(&view, lexicon, head).is_none() {
                push(context, &view, out, at..head + 1, head, head..head, Value::Series { size, parts: Vec::new() });
                heads.insert(base);
            }
        }
    }
    heads
}

/// "runs through five stages", "a series of four lectures".
fn sizes(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    for q in &view.layer.quantities {
        if q.label || !q.quantity.unit.is_count() || !q.quantity.is_plain() || q.number != q.tokens {
            continue;
        }
        let Some(size) = count_of(q.quantity.amount.low) else { continue };
        let Some(head) = series_head(view, lexicon, q.number.end) else { continue };
        if lemma(view, lexicon, head) == lower(view.word(head)) {
            continue;
        }
        let structural = phrase_at(lexicon, "series-part", view.text, tokens, head).is_some();
        let cue = if structural { "series-whole" } else { "series-set" };
        // "was planned in five phases" says how many there are, "the first five phases" does not.
        if phrase_before(lexicon, cue, view.text, tokens, q.number.start).is_none()
            || is_open(view, lexicon, &q.number, 1)
        {
            continue;
        }
        let sentence = view.layer.sentence_of(head);
        let sentence = head.saturating_sub(NAMES).max(sentence.start)..sentence.end.min(head + NAMES);
        push(context, view, out, q.number.start..head + 1, head, sentence, Value::Series { size, parts: Vec::new() });
    }
}

/// "the third and final workshop": the series has so many members.
fn last_named(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    for ordinal in &view.layer.ordinals {
        let end = ordinal.tokens.end;
        let last = matches!(view.word(end), "and" | ",") && matches!(view.word(end + 1), "final" | "last");
        if !last || !(2..=LARGEST).contains(&ordinal.rank) {
            continue;
        }
        let Some(head) = series_head(view, lexicon, end + 2) else { continue };
        let sentence = view.layer.sentence_of(head);
        // The last of a year is not the last of all.
        let timed = view.layer.dates.iter().any(|d| sentence.contains(&d.tokens.start));
        if timed || view.word(head + 1) == "of" {
            continue;
        }
        let at = ordinal.tokens.start..head + 1;
        let parts = vec![view.member(at.clone())];
        // Where it was held does not say of which series it is.
        push(context, view, out, at.clone(), head, head..head, Value::Series { size: ordinal.rank, parts });
    }
}

/// "Three appeals were held. The first, in May, … The second … The fourth": any noun, when its members are told one by
/// one behind it and one of them has a rank beyond their number.
fn told(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let pos = |at: usize| {
        let token = view.layer.tokens.get(at);
        token.and_then(|t| t.word).map_or(Pos::default(), |id| lexicon.words.pos(id))
    };
    let bare = |at: &Range<usize>| {
        let article = at.start > 0 && view.word(at.start - 1).eq_ignore_ascii_case("the");
        let next = pos(at.end);
        let open = next.any(Pos::VERB.and(Pos::AUXILIARY).and(Pos::PAST).and(Pos::PREPOSITION))
            && !next.any(Pos::NOUN.and(Pos::ADJECTIVE));
        article && (view.word(at.end) == "," || open)
    };
    let members: Vec<_> = view.layer.ordinals.iter().filter(|o| bare(&o.tokens)).collect();
    let (Some(first), Some(last)) = (members.iter().find(|o| o.rank == 1), members.iter().max_by_key(|o| o.rank))
    else {
        return;
    };
    let ahead = |at: usize| at < first.tokens.start;
    let mut counts = view.layer.quantities.iter().filter(|q| ahead(q.number.start) && q.quantity.unit.is_count());
    let (Some(count), None) = (counts.next(), counts.next()) else { return };
    let Some(size) = count_of(count.quantity.amount.low).filter(|_| count.quantity.is_plain() && !count.label) else {
        return;
    };
    let head = count.number.end;
    let plural = pos(head).any(Pos::NOUN) && lemma(view, lexicon, head) != lower(view.word(head));
    if !plural || last.rank != size + 1 || members.len() < 2 || is_open(view, lexicon, &count.number, 1) {
        return;
    }
    push(context, view, out, count.number.start..head + 1, head, head..head, Value::Series { size, parts: Vec::new() });
    let mut claim = view.claim(ClaimKind::Ordinal, "ordinal", last.tokens.clone(), Value::Ordinal(last.rank));
    claim.subject.head = lemma(view, lexicon, head);
    claim.subject.class = claim.subject.head.clone();
    claim.subject.wording = view.wording(last.tokens.clone()).into();
    out.push(claim);
}

/// "the first three phases … the final phase": one more than the first ones.
fn first_and_last(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    for q in &view.layer.quantities {
        let at = q.number.start;
        if q.label || at == 0 || !lower(view.word(at - 1)).eq("first") {
            continue;
        }
        let Some(count) = count_of(q.quantity.amount.low) else { continue };
        let Some(head) = series_head(view, lexicon, q.number.end) else { continue };
        let base = lemma(view, lexicon, head);
        let sentence = view.layer.sentence_of(head);
        let last = (head + 1..sentence.end.saturating_sub(1).min(head + NAMES))
            .find(|&i| matches!(lower(view.word(i)).as_str(), "final" | "last") && lower(view.word(i + 1)) == base);
        let Some(last) = last else { continue };
        let member = view.member(last..last + 2);
        let parts: Vec<Member> = vec![view.member(at - 1..head + 1), member];
        // Only the names behind the noun say whose phases they are; the sentence may speak of several.
        let named = head + 1..(head + 5).min(sentence.end);
        push(context, view, out, at - 1..head + 1, head, named, Value::Series { size: count + 1, parts });
    }
}

/// "the fifth and sixth phases of the plan", "The fifth, by …" after a series in the same paragraph.
fn members(
    context: &Context<'_>,
    view: &BlockView<'_>,
    series: &[(u32, CompactString)],
    counted: &FxHashSet<CompactString>,
    out: &mut Vec<Claim>,
) {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    for ordinal in &view.layer.ordinals {
        let at = ordinal.tokens.start;
        if !(2..=LARGEST).contains(&ordinal.rank) || view.wording(ordinal.tokens.clone()).contains('-') {
            continue;
        }
        let sentence = view.layer.sentence_of(at);
        let article = (sentence.start..at)
            .rev()
            .take(3)
            .map(|i| lower(view.word(i)))
            .find(|w| lexicon.words.find(w).is_some_and(|id| lexicon.words.pos(id).any(Pos::DETERMINER)));
        // "a sixth phase" is a new one.
        if article
            .is_none_or(|a| matches!(a.as_str(), "a" | "an" | "another" | "any" | "no" | "every" | "each" | "some"))
        {
            continue;
        }
        // "fifth and sixth phases": the noun stands behind the last.
        let mut next = ordinal.tokens.end;
        while matches!(view.word(next), "and" | "or" | "," | "to")
            && view.layer.ordinals.binary_search_by_key(&(next + 1), |o| o.tokens.start).is_ok()
        {
            next += 2;
        }
        let known = |&head: &usize| {
            let noun = tokens.get(head).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Lower);
            let compound =
                tokens.get(head + 1).and_then(|t| t.word).is_some_and(|id| lexicon.words.pos(id) == Pos::NOUN);
            noun && !compound && counted.contains(&lemma(view, lexicon, head))
        };
        let head = series_head(view, lexicon, next).or_else(|| Some(next).filter(known));
        if is_open(view, lexicon, &ordinal.tokens, 3) || head.is_some_and(|head| is_elsewhere(view, lexicon, head)) {
            continue;
        }
        if let Some(head) = head {
            let named = head + 1..(head + 5).min(sentence.end);
            push(context, view, out, at..head + 1, head, named, Value::Ordinal(ordinal.rank));
            continue;
        }
        let index = view.layer.sentence_index(at) as u32;
        // "The fifth, by …", "The fifth dealt with …": the noun is that of the series before.
        let begins = at - sentence.start <= 2;
        let verb = tokens.get(next).is_some_and(|t| {
            t.is_sign(view.text, ',')
                || t.word.is_some_and(|id| {
                    let pos = lexicon.words.pos(id);
                    pos.any(Pos::VERB.and(Pos::AUXILIARY).and(Pos::PAST)) && !pos.any(Pos::NOUN)
                })
        });
        if let Some((_, head)) = series.iter().rev().find(|(i, _)| *i < index)
            && begins
            && verb
        {
            let mut claim =
                view.claim(ClaimKind::Ordinal, "ordinal", ordinal.tokens.clone(), Value::Ordinal(ordinal.rank));
            claim.subject.head = head.clone();
            claim.subject.class = head.clone();
            claim.subject.wording = view.wording(ordinal.tokens.clone()).into();
            out.push(claim);
        }
    }
}

/// "stage 4" in a paragraph that says how many stages there are.
fn labelled(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    for q in &view.layer.quantities {
        let at = q.number.start;
        let Some(rank) = count_of(q.quantity.amount.low) else { continue };
        let Some(length) = phrase_before(lexicon, "series-labelled", view.text, tokens, at) else { continue };
        let noun_follows = tokens.get(q.number.end).is_some_and(|t| {
            t.kind == TokenKind::Word
                && t.word.is_none_or(|id| {
                    let pos = lexicon.words.pos(id);
                    pos.any(Pos::NOUN) && !pos.any(Pos::VERB.and(Pos::PREPOSITION).and(Pos::ADVERB))
                })
        });
        // "a phase 3 trial" is of that sort, "step 7 of the older guide" is of another series.
        let before = at.checked_sub(length + 1).map_or(String::new(), |i| lower(view.word(i)).into());
        let elsewhere = matches!(before.as_str(), "a" | "an" | "any" | "see") || view.word(q.number.end) == "of";
        if noun_follows || elsewhere || q.number.len() > 1 || view.wording(q.number.clone()).contains('.') {
            continue;
        }
        push(context, view, out, at - length..q.number.end, at - 1, at..at, Value::Ordinal(rank));
    }
}

/// A row or column "Number of phases" with a name at the other axis.
fn cells(context: &Context<'_>, table: usize, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let grid = grid(context, table);
    let noun = |label: &str| {
        let last = label.split_whitespace().next_back()?;
        let form = lower(last);
        let id = lexicon.words.find(&form)?;
        let known = lexicon.phrases(id).iter().any(|p| p.rest.is_empty() && lexicon.set_name(p) == "series-noun");
        let lead = lower(label);
        let counts = ["number of ", "no. of ", "total "].iter().any(|c| lead.starts_with(c)) || lead == form;
        let base = lexicon.words.get(id).lemma.clone();
        (known && counts && !base.is_empty() && base != form).then_some(base)
    };
    for (row, column, number) in grid.numbers() {
        let Some(size) = count_of(number.value) else { continue };
        let (label, head) = (grid.row_labels[row].as_str(), grid.column_heads[column].as_str());
        let (base, owner) = match (noun(label), noun(head)) {
            (Some(base), None) => (base, head),
            (None, Some(base)) => (base, label),
            _ => continue,
        };
        let (Some(block), Some(at)) = (grid.cell(row, column).block, grid.place(context, row, column)) else {
            continue;
        };
        let view = context.view(block);
        if view.layer.tokens.is_empty() {
            continue;
        }
        let mut claim = view.claim(
            ClaimKind::Ordinal,
            "ordinal",
            0..view.layer.tokens.len(),
            Value::Series { size, parts: Vec::new() },
        );
        claim.at = at;
        claim.subject.head = base.clone();
        claim.subject.class = base;
        claim.subject.wording = label.into();
        claim.subject.entities = owner
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
            .map(lower)
            .filter(|w| !is_common(lexicon, w))
            .collect();
        out.push(claim);
    }
}

fn push(
    context: &Context<'_>,
    view: &BlockView<'_>,
    out: &mut Vec<Claim>,
    at: Range<usize>,
    head: usize,
    names: Range<usize>,
    value: Value,
) {
    let lexicon = context.lexicon;
    let mut claim = view.claim(ClaimKind::Ordinal, "ordinal", at.clone(), value);
    claim.subject.head = lemma(view, lexicon, head);
    claim.subject.class = claim.subject.head.clone();
    claim.subject.wording = view.wording(at.clone()).into();
    claim.subject.entities = names
        .chain(at)
        .filter(|&i| {
            let token = &view.layer.tokens[i];
            token.kind == TokenKind::Word && matches!(token.case, Case::Capital | Case::Upper)
        })
        .map(|i| lower(view.word(i).trim_end_matches("'s").trim_end_matches("’s")))
        .filter(|w| !is_common(lexicon, w))
        .collect();
    out.push(claim);
}

/// Whether a capitalised word is a common one, so that it names nothing: "Operation", "The".
fn is_common(lexicon: &Lexicon, form: &str) -> bool {
    lexicon.words.find(form).is_some_and(|id| {
        let pos = lexicon.words.pos(id);
        pos.any(
            Pos::NOUN
                .and(Pos::VERB)
                .and(Pos::ADJECTIVE)
                .and(Pos::ADVERB)
                .and(Pos::DETERMINER)
                .and(Pos::PREPOSITION)
                .and(Pos::CONJUNCTION)
                .and(Pos::PRONOUN),
        ) && !pos.any(Pos::DEMONYM)
    })
}

/// A count from 2 to [`LARGEST`].
fn count_of(value: Decimal) -> Option<u32> {
    let count = value.normalize().to_string().parse().ok()?;
    (2..=LARGEST).contains(&count).then_some(count)
}

/// The series noun that begins at a token, up to two adjectives before it.
fn series_head(view: &BlockView<'_>, lexicon: &Lexicon, from: usize) -> Option<usize> {
    let tokens = &view.layer.tokens;
    for i in from..(from + 3).min(tokens.len()) {
        if let Some(length) = phrase_at(lexicon, "series-noun", view.text, tokens, i) {
            let head = i + length - 1;
            // "phase three trial": the noun only narrows another.
            let compound = tokens.get(head + 1).is_some_and(|t| {
                t.kind == TokenKind::Word
                    && t.case == Case::Lower
                    && t.word.is_some_and(|id| {
                        let pos = lexicon.words.pos(id);
                        pos.any(Pos::NOUN)
                            && !pos.any(Pos::VERB.and(Pos::PREPOSITION).and(Pos::ADVERB).and(Pos::CONJUNCTION))
                    })
            });
            return (!compound).then_some(head);
        }
        let modifier = tokens[i].kind == TokenKind::Word
            && tokens[i].word.is_none_or(|id| lexicon.words.pos(id).any(Pos::ADJECTIVE.and(Pos::NOUN).and(Pos::PAST)));
        if !modifier {
            return None;
        }
    }
    None
}

/// "the seventh stage of the race": of something that the block has not named before.
fn is_elsewhere(view: &BlockView<'_>, lexicon: &Lexicon, head: usize) -> bool {
    if view.word(head + 1) != "of" {
        return false;
    }
    let determiner = |i: usize| {
        let token = view.layer.tokens.get(i).and_then(|t| t.word);
        token.is_some_and(|id| lexicon.words.pos(id).any(Pos::DETERMINER))
    };
    let noun = head + 2 + usize::from(determiner(head + 2));
    let Some(token) = view.layer.tokens.get(noun).filter(|t| t.case == Case::Lower && t.kind == TokenKind::Word) else {
        return false;
    };
    let base = lemma(view, lexicon, noun);
    let named = (0..head)
        .rev()
        .take(400)
        .any(|i| view.layer.tokens[i].kind == TokenKind::Word && lemma(view, lexicon, i) == base);
    token.word.is_some_and(|id| lexicon.words.pos(id).any(Pos::NOUN)) && !named
}

/// Whether words around a number say that the series goes on or that others were left out; `before` is how many words
/// before it are looked at.
fn is_open(view: &BlockView<'_>, lexicon: &Lexicon, at: &Range<usize>, before: usize) -> bool {
    let sentence = view.layer.sentence_of(at.start);
    let from = at.start.saturating_sub(before).max(sentence.start);
    let to = (at.end + 8).min(sentence.end);
    (from..to).any(|i| phrase_at(lexicon, "series-open", view.text, &view.layer.tokens, i).is_some())
}
