//! Quantities of running text.
//!
//! A number's subject is, in this order: the noun that it counts ("43 male former fighters"), the noun it
//! measures ("a weight limit of 30 tonnes"), the subject of its clause ("leakage fell to 41 Ml/d"). A number
//! without a subject is no claim.

use super::subject::{Found, complement, is_sample, is_singular, is_verb, phrase_before, pos, sampled, subject};
use crate::annotate::{Case, QuantityAt, TokenKind, phrases_at};
use crate::claim::context::BlockView;
use crate::claim::frame::{FrameReader, family};
use crate::claim::noun::{NounPhrase, class, lemma, noun_phrase};
use crate::claim::scope::{clause, entities, heading_times, is_known, lead, scope, window};
use crate::claim::section::Titles;
use crate::claim::{Claim, ClaimKind, Context, Origin, Scope, Status, Subject, Value};
use crate::document::BlockKind;
use crate::lexicon::{Lexicon, Pos, lower};
use crate::value::{Decimal, Hedge};
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Within how many tokens of a sentence its first word is looked for: marks of lists and quotes stand before it.
const OPENING: usize = 6;

/// Reads the quantities of paragraphs, list items and quotations.
pub(super) fn prose_claims(context: &Context<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let own = out.len();
    let mut titles = Titles::default();
    for view in context.views() {
        let heading = matches!(view.block.kind, BlockKind::Heading(_));
        let told = matches!(view.block.kind, BlockKind::Cell { .. }) && is_told(&view, lexicon);
        let running = matches!(
            view.block.kind,
            BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Quote | BlockKind::Comment { .. }
        );
        if !(heading || told || running) {
            continue;
        }
        let quotes = quoted(&view);
        let mut frames = FrameReader::default();
        let mut above = None;
        for at in &view.layer.quantities {
            let sample = is_sample(&view, at);
            let named = named_by(&view, lexicon, at);
            if at.label && !sample && named.is_none() || at.quantity.amount.low.is_sign_negative() {
                continue;
            }
            // Of headings only a number that is taken as known states something: "The 317 at a glance".
            if heading && !is_known(&view, lexicon, at.tokens.start) {
                continue;
            }
            let joined = joined_measure(&view, lexicon, at);
            let found = match &joined {
                Some(_) => joined.clone(),
                None if sample => sampled(&view, lexicon, at),
                None => subject(&view, lexicon, at),
            };
            let mut found = found;
            let left = at.label && !sample
                || joined.is_none() && found.as_ref().is_some_and(|f| is_label(&view, lexicon, at, f))
                || found.is_none() && is_loose(&view, at);
            if left {
                if named.is_none() || joined.is_some() {
                    continue;
                }
                found = named;
            }
            let mut claim = prose(&view, lexicon, at, found.as_ref(), &quotes);
            if left {
                claim.origin = Origin::Joined;
            }
            if claim.scope.times.is_empty() {
                let lead = lead(&view, lexicon, at.tokens.start);
                claim.scope.setting = if lead.is_empty() {
                    above.get_or_insert_with(|| heading_times(context, view.id)).clone()
                } else {
                    lead
                };
            }
            claim.scope.titles = titles.above(context, view.id);
            if claim.scope.titles.iter().any(|t| t.example) {
                claim.scope.cues.push("example".into());
                claim.status = Status::Example;
            }
            let behind = found.as_ref().map_or(at.tokens.end..at.tokens.end, |f| complement(&view, lexicon, f));
            let mut frame = frames.frame(&view, lexicon, &at.tokens, &at.quantity.unit.dimension, behind);
            if !claim.subject.head.is_empty() {
                frame.head = family(lexicon, &claim.subject.head);
            }
            if !claim.predicate.is_empty() && !lexicon.is_in("content.light", &claim.predicate) {
                frame.verb = family(lexicon, &claim.predicate);
            }
            claim.frame = Some(Box::new(frame));
            if let BlockKind::Cell { table, .. } = view.block.kind {
                claim.list = Some(context.document.lists.len() as u32 + table);
            }
            out.push(claim);
        }
    }
    adopt_currency(lexicon, &mut out[own..]);
}

/// "A revenue of 621.4 million" in a document that knows one currency: sums of money are written without it too.
fn adopt_currency(lexicon: &Lexicon, claims: &mut [Claim]) {
    let mut currencies = claims.iter().filter_map(|c| match &c.value {
        Value::Quantity(q) if q.unit.is_money() && !q.unit.dimension.contains('/') => Some(&q.unit),
        _ => None,
    });
    let Some(unit) = currencies.next().cloned() else { return };
    if currencies.any(|other| other.dimension != unit.dimension) {
        return;
    }
    let of_money = lexicon.attributes_of(&unit.dimension) & lexicon.exclusive_attributes();
    for claim in claims.iter_mut().filter(|c| matches!(c.by, "measured" | "clause")) {
        let (Some(frame), Value::Quantity(quantity)) = (claim.frame.as_deref_mut(), &mut claim.value) else { continue };
        let sum = frame.words.iter().any(|w| w.key == frame.head && w.attributes & of_money != 0);
        if sum && quantity.unit.is_count() && quantity.amount.step > Decimal::ONE {
            quantity.unit = unit.clone();
            frame.measurable = lexicon.attributes_of(&unit.dimension);
        }
    }
}

/// Whether a cell tells something in words: "Remove the scale with 50 g of citric acid".
fn is_told(view: &BlockView<'_>, lexicon: &Lexicon) -> bool {
    const LEAST: usize = 5;
    let tokens = &view.layer.tokens;
    let words = tokens.iter().filter(|t| t.kind == TokenKind::Word).count();
    let links = (0..tokens.len()).any(|i| pos(view, lexicon, i).any(Pos::PREPOSITION.and(Pos::DETERMINER)));
    words >= LEAST && links
}

/// Whether a number names, numbers or sorts its noun rather than counts or measures it.
fn is_label(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt, found: &Found) -> bool {
    let start = at.tokens.start;
    let head = lemma(view, lexicon, found.phrase.head);
    let head = head.as_str();
    // "three times", "Table 1 has 334", "a status of 200": a multiplier, a place in the document, a code. What happened
    // "1,250 times" has been counted.
    let multiplier = at.quantity.amount.low < Decimal::ONE_HUNDRED || at.quantity.amount.low.fract() != Decimal::ZERO;
    if head == "time" && multiplier || found.by != "counted" && lexicon.is_in("label.head", head) {
        return true;
    }
    // "256-bit keys", "a 40-year-old bridge": the kind of thing.
    if is_joined(view, at) {
        return true;
    }
    if !at.quantity.unit.is_count() {
        return false;
    }
    // "RFC 2475 states", "ISO 9001 requirements": an acronym numbered.
    if start > 0
        && view.layer.tokens[start - 1].case == Case::Upper
        && view.layer.tokens[start - 1].kind == TokenKind::Word
        && !at.quantity.amount.words
    {
        return true;
    }
    // "65 MPLS-TP paths must …" at the head of a paragraph: the paragraph's number.
    let next = view.layer.tokens.get(at.tokens.end);
    if start == 0 && !at.quantity.amount.words && next.is_some_and(|t| t.case != Case::Lower) {
        return true;
    }
    // "802.3 networks", "a 304 response": what is counted is a whole number of several things.
    let amount = &at.quantity.amount;
    if amount.low.scale() > 0 && amount.low >= Decimal::ONE_HUNDRED && amount.step < Decimal::ONE {
        return true;
    }
    // "the cluster runs 3.2": a version. What is counted in parts has its noun behind it, "2.4 persons".
    if !matches!(found.by, "counted" | "field") && amount.low.scale() > 0 && amount.step < Decimal::ONE {
        return true;
    }
    // "500 errors", "a 304": the code that a server answers with.
    let code = amount.low >= Decimal::ONE_HUNDRED && amount.low < Decimal::from(600) && amount.low.scale() == 0;
    if code && lexicon.is_in("label.code", head) {
        return true;
    }
    if found.by == "counted" && amount.low > Decimal::ONE && is_singular(view, lexicon, found.phrase.head) {
        return true;
    }
    // "the server returns 100", "networks of the 802.3 kind": only verbs of counting make a bare number a count.
    found.by == "clause" && !counts(view, lexicon, start)
}

/// Whether the verb before a bare number can state a count: "the figure is 2,100", "members rose to 12,860".
fn counts(view: &BlockView<'_>, lexicon: &Lexicon, number: usize) -> bool {
    let clause = clause(view, number);
    if clause.start + 1 == number && matches!(view.word(clause.start), "to" | "at") {
        return true;
    }
    (clause.start..number).rev().take(6).find(|&i| is_verb(view, lexicon, i)).is_some_and(|i| {
        pos(view, lexicon, i).any(Pos::AUXILIARY)
            || phrases_at(lexicon, view.text, &view.layer.tokens, i).any(|(set, _)| set.starts_with("order."))
            || lexicon.is_in("content.counting", &lemma(view, lexicon, i))
    })
}

/// The thing that a measure joined to it belongs to, when the author takes it as known: "the 45-minute sessions". Any
/// other such measure says of what kind a thing is.
fn joined_measure(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    let measures = matches!(at.quantity.unit.dimension.as_str(), "time" | "length" | "mass" | "volume");
    if !measures || !is_joined(view, at) || !is_known(view, lexicon, at.tokens.start) {
        return None;
    }
    let phrase = noun_phrase(view, lexicon, at.tokens.end).filter(|p| p.tokens.start == at.tokens.end)?;
    let age = view.word(at.tokens.end).trim_start_matches('-') == "old";
    (!age).then_some(Found { phrase, of: None, by: "joined" })
}

/// The thing that a measure joined to it tells the sort of: "a 30-day trial", "a 12-month warranty".
fn named_by(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    let unit = &at.quantity.unit;
    if unit.is_count() || unit.is_money() || !is_joined(view, at) {
        return None;
    }
    let phrase = noun_phrase(view, lexicon, at.tokens.end).filter(|p| p.tokens.start == at.tokens.end)?;
    let several = lexicon.is_in("joined.several", &lemma(view, lexicon, phrase.head));
    (!several).then_some(Found { phrase, of: None, by: "joined" })
}

/// Whether number and unit are one word with a hyphen, "a 40-year", but not a number in words, "thirty-seven".
fn is_joined(view: &BlockView<'_>, at: &QuantityAt) -> bool {
    let in_words = at.quantity.amount.words && at.quantity.unit.is_count();
    view.wording(at.tokens.clone()).contains('-') && !at.quantity.amount.range && !in_words
}

/// Whether a number without a subject is more likely a number of something else: part of an identifier or of a
/// formula, in a bracket of several numbers.
fn is_loose(view: &BlockView<'_>, at: &QuantityAt) -> bool {
    let number = &at.tokens;
    if is_joined(view, at) {
        return true;
    }
    let sign =
        |i: usize| matches!(view.word(i), "/" | "\\" | "_" | "*" | "+" | "^" | "|" | "#" | "<" | ">" | "@" | "=" | "~");
    let around = number.start.checked_sub(1).is_some_and(sign) && !is_sample(view, at) || sign(number.end);
    around || at.quantity.unit.is_count() && at.quantity.amount.low < Decimal::TWO
}

fn prose(
    view: &BlockView<'_>,
    lexicon: &Lexicon,
    at: &QuantityAt,
    found: Option<&Found>,
    quotes: &[Range<usize>],
) -> Claim {
    let number = at.tokens.clone();
    let (mut scope, status) = scope(view, lexicon, &number);
    let quote = quotes.partition_point(|q| q.end <= number.start);
    let quoted = quotes.get(quote).is_some_and(|q| q.contains(&number.start)) || view.block.kind == BlockKind::Quote;
    if quoted {
        scope.cues.push("quotation".into());
    }
    if found.is_some_and(|f| f.by == "pronoun") {
        scope.cues.retain(|c| c != "subset");
    }
    // "19 of the 60": a part, whose whole is another claim.
    if view.word(number.end) == "of" && at.quantity.unit.is_count() && found.is_none_or(|f| f.by == "counted") {
        scope.cues.push("part-of".into());
    }
    if let Some(found) = found.filter(|f| f.by == "field") {
        label_cues(view, lexicon, found, &mut scope);
    }
    scope.cues.extend(period(view, lexicon, at));
    if found.is_some_and(|f| f.by == "counted" && is_placed(view, lexicon, f)) {
        scope.cues.push("placed".into());
    }
    if is_delta(view, lexicon, &number) {
        scope.cues.push("delta".into());
    }
    let mut quantity = at.quantity.clone();
    if is_denied_bound(view, lexicon, at) {
        quantity.hedge = Hedge::AtMost;
        scope.cues.retain(|c| !matches!(c.as_str(), "negated" | "subset" | "increment"));
    }
    if is_local(view, lexicon, &number) {
        scope.cues.push("local".into());
    }
    if is_instruction(view, lexicon, number.start) {
        scope.cues.push("instruction".into());
    }
    if window(view, number.start).any(|i| lexicon.is_in("section.speaker", &lower(view.word(i)))) {
        scope.cues.push("first-person".into());
    }
    let by = found.map_or(if is_sample(view, at) { "sample" } else { "sentence" }, |f| f.by);
    let mut claim = view.claim(ClaimKind::Quantity, by, number.clone(), Value::Quantity(quantity));
    let end = found.map_or(number.end, |f| f.phrase.tokens.end.max(number.end));
    claim.predicate = predicate(view, lexicon, &number, end);
    if let Some(found) = found {
        claim.subject = describe(view, lexicon, found);
        if let Some(joint) = joined(view, lexicon, found) {
            claim.subject.modifiers.push(joint);
        }
    }
    let subject = &mut claim.subject;
    if found.is_none() {
        subject.wording = nearest(view, lexicon, &number).into();
    }
    subject.entities = entities(view, lexicon, window(view, number.start));
    if let Some(found) = found
        && view.layer.tokens[found.phrase.head].case != Case::Lower
        && let Some(place) = lexicon.place(view.word(found.phrase.head))
    {
        // "600 Kazakhs": people of a place.
        subject.class = class(lexicon, "person");
        subject.people = true;
        let place = place.place.to_lowercase();
        if !subject.entities.contains(&place) {
            subject.entities.push(place);
        }
    }
    if found.is_some_and(|f| f.by != "clause")
        && let Some(owner) = owner(view, lexicon, number.start)
    {
        subject.owners = owner.tokens.clone().map(|i| class(lexicon, &lemma(view, lexicon, i))).collect();
    }
    let topic = |i: usize| {
        matches!(view.word(i), "we" | "We" | "our" | "Our") || lexicon.is_in("known.topic", &lemma(view, lexicon, i))
    };
    subject.topic |= subject.owners.iter().any(|o| lexicon.is_in("known.topic", o))
        || clause(view, number.start).take_while(|&i| i < number.start).any(topic);
    claim.scope = scope;
    claim.status = if quoted { Status::Quoted } else { status };
    claim
}

/// "No class has more than 28 pupils", "files must not be larger than 100 MB": a bound that is denied is the other one.
fn is_denied_bound(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> bool {
    let clause = clause(view, at.tokens.start);
    let denies = |i: usize| pos(view, lexicon, i).any(Pos::NEGATION) || matches!(view.word(i), "no" | "No");
    at.quantity.hedge == Hedge::MoreThan && (clause.start..at.tokens.start).any(denies)
}

/// Whether words behind a counted noun say where or for what: "12 bunks stand in the loft", perhaps not all of them.
fn is_placed(view: &BlockView<'_>, lexicon: &Lexicon, found: &Found) -> bool {
    let from = found.phrase.tokens.end;
    let passed = |&i: &usize| pos(view, lexicon, i).any(Pos::VERB.and(Pos::AUXILIARY).and(Pos::ADVERB));
    let next = (from..from + 4).find(|i| !passed(i)).unwrap_or(from);
    pos(view, lexicon, next).any(Pos::PREPOSITION)
}

/// "15 euros for two hours", "for the whole day 32 euros": for how long a price holds, as a cue.
fn period(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<CompactString> {
    if !at.quantity.unit.is_money() {
        return None;
    }
    let sentence = window(view, at.tokens.start);
    let time = |i: usize| {
        let list = &view.layer.quantities;
        let next = list.get(list.partition_point(|q| q.tokens.end <= i)).filter(|q| q.tokens.contains(&i));
        next.is_some_and(|q| matches!(q.quantity.unit.dimension.as_str(), "time" | "months"))
            || lexicon.is_in("time.noun", &lower(view.word(i)))
    };
    let from = sentence.clone().find(|&i| matches!(view.word(i), "for" | "For"))? + 1;
    let end = (from..sentence.end.min(from + 4)).find(|&i| time(i))?;
    Some(format_compact!("for:{}", lower(view.wording(from..end + 1))))
}

/// The cues in the label of a field: "Planned duration: 14 months".
fn label_cues(view: &BlockView<'_>, lexicon: &Lexicon, found: &Found, scope: &mut Scope) {
    for i in 0..found.phrase.tokens.end {
        for (set, _) in phrases_at(lexicon, view.text, &view.layer.tokens, i) {
            if let Some(cue) = set.strip_prefix("scope.")
                && !scope.cues.iter().any(|c| c == cue)
            {
                scope.cues.push(cue.into());
            }
        }
    }
}

/// Who has, does or is what is counted: the noun phrase before the first verb of the clause.
fn owner(view: &BlockView<'_>, lexicon: &Lexicon, number: usize) -> Option<NounPhrase> {
    let clause = clause(view, number);
    let mut start = clause.start;
    while start < number && pos(view, lexicon, start).any(Pos::DETERMINER.and(Pos::CONJUNCTION)) {
        start += 1;
    }
    let phrase = noun_phrase(view, lexicon, start).filter(|p| p.tokens.end < number)?;
    is_verb(view, lexicon, phrase.tokens.end).then_some(phrase)
}

/// The wording of the noun phrase nearest to a number, before it in its sentence, else behind it.
fn nearest<'v>(view: &BlockView<'v>, lexicon: &Lexicon, number: &Range<usize>) -> &'v str {
    let sentence = window(view, number.start);
    let noun = |i: &usize| {
        let p = pos(view, lexicon, *i);
        view.layer.tokens[*i].kind == TokenKind::Word
            && !p.any(Pos::CLOSED.and(Pos::MONTH).and(Pos::WEEKDAY).and(Pos::ADVERB).and(Pos::NUMBER))
            && (p.any(Pos::NOUN) || !p.any(Pos::VERB))
    };
    let before = (sentence.start..number.start)
        .rev()
        .find(noun)
        .and_then(|end| phrase_before(view, lexicon, sentence.start, end + 1));
    let phrase = before.or_else(|| (number.end..sentence.end).find(noun).and_then(|i| noun_phrase(view, lexicon, i)));
    phrase.map_or("the same figure", |p| view.wording(p.tokens))
}

/// "missed by 140", "ahead by 40": a difference, not a level. "used by 9,200 households" names who did it.
fn is_delta(view: &BlockView<'_>, lexicon: &Lexicon, number: &Range<usize>) -> bool {
    let Some(by) = (number.start.saturating_sub(2)..number.start).rev().find(|&i| view.word(i) == "by") else {
        return false;
    };
    let passive = by > 0
        && pos(view, lexicon, by - 1).any(Pos::PAST)
        && (by.saturating_sub(4)..by).any(|i| pos(view, lexicon, i).any(Pos::AUXILIARY));
    !(passive
        || by + 1 == number.start
            && by > 0
            && pos(view, lexicon, by - 1).any(Pos::PAST)
            && is_people_count(view, lexicon, number))
}

/// Whether the number counts people, who do things rather than measure differences.
fn is_people_count(view: &BlockView<'_>, lexicon: &Lexicon, number: &Range<usize>) -> bool {
    noun_phrase(view, lexicon, number.end).is_some_and(|p| pos(view, lexicon, p.head).any(Pos::PEOPLE))
}

/// "575 women and children": the number counts both, so neither alone.
fn joined(view: &BlockView<'_>, lexicon: &Lexicon, found: &Found) -> Option<CompactString> {
    if found.by != "counted" {
        return None;
    }
    let and = found.phrase.tokens.end;
    if !matches!(view.word(and), "and" | "or" | "&") {
        return None;
    }
    let mut from = and + 1;
    // "10 beds and a view": what is one by itself is not counted along.
    if matches!(view.word(from), "a" | "an") {
        return None;
    }
    while pos(view, lexicon, from).any(Pos::DETERMINER) {
        from += 1;
    }
    let other = noun_phrase(view, lexicon, from)?;
    (!is_verb(view, lexicon, other.tokens.start)).then(|| format_compact!("and:{}", lemma(view, lexicon, other.head)))
}

/// "this problem has two variables": what "this" points to stands nearby and nowhere else.
fn is_local(view: &BlockView<'_>, lexicon: &Lexicon, number: &Range<usize>) -> bool {
    // "in one of three states": the states that can be at this point.
    if number.start >= 2
        && view.word(number.start - 1) == "of"
        && matches!(view.word(number.start - 2), "one" | "One" | "any" | "either" | "each")
    {
        return true;
    }
    let clause = clause(view, number.start);
    // "this morning", "this is how" point to nothing that has the number.
    (clause.start..number.start).any(|i| {
        matches!(view.word(i), "this" | "This" | "these" | "These")
            && pos(view, lexicon, i + 1).any(Pos::NOUN)
            && !matches!(lower(view.word(i + 1)).as_str(), "time" | "way")
            && !["time.noun", "known.topic"].iter().any(|set| lexicon.is_in(set, &lower(view.word(i + 1))))
    })
}

/// "Insert three documents", "Then choose two servers": a sentence that opens with a verb in its base form tells the
/// reader what to do.
fn is_instruction(view: &BlockView<'_>, lexicon: &Lexicon, number: usize) -> bool {
    let sentence = view.layer.sentence_of(number);
    let opens = |i: &usize| {
        view.layer.tokens[*i].kind == TokenKind::Word && !lexicon.is_in("section.next", &lower(view.word(*i)))
    };
    let Some(verb) = sentence.clone().take(OPENING).find(opens).filter(|&i| i < number) else { return false };
    let first = pos(view, lexicon, verb);
    let form = lower(view.word(verb));
    if !first.any(Pos::VERB) || first.any(Pos::CLOSED.and(Pos::AUXILIARY)) || lemma(view, lexicon, verb) != form {
        return false;
    }
    // "Support for three formats", "Research into 40 cases": a noun that looks like a verb.
    let next = pos(view, lexicon, verb + 1);
    !first.any(Pos::NOUN.and(Pos::ADJECTIVE)) || next.any(Pos::DETERMINER.and(Pos::PRONOUN)) || verb + 1 == number
}

/// The stretches of a block between quotation marks, as token ranges.
fn quoted(view: &BlockView<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (i, token) in view.layer.tokens.iter().enumerate() {
        if token.kind != TokenKind::Sign {
            continue;
        }
        match (view.word(i), open) {
            ("“" | "«" | "\"", None) => open = Some(i),
            ("”" | "»" | "\"", Some(start)) => {
                out.push(start..i);
                open = None;
            }
            _ => {}
        }
    }
    out
}

/// The verb that says what happened to the counted: before the number, else after its noun phrase.
fn predicate(view: &BlockView<'_>, lexicon: &Lexicon, number: &Range<usize>, from: usize) -> CompactString {
    let clause = clause(view, number.start);
    let weak = |i: usize| pos(view, lexicon, i).any(Pos::AUXILIARY);
    let before = (clause.start..number.start).rev().take(5).find(|&i| is_verb(view, lexicon, i));
    if let Some(i) = before.filter(|&i| !weak(i)) {
        return lemma(view, lexicon, i);
    }
    let after = (from..clause.end).take(8).find(|&i| is_verb(view, lexicon, i) && !weak(i));
    after.or(before).map(|i| lemma(view, lexicon, i)).unwrap_or_default()
}

fn describe(view: &BlockView<'_>, lexicon: &Lexicon, found: &Found) -> Subject {
    let head = lemma(view, lexicon, found.phrase.head);
    let mut modifiers: Vec<CompactString> =
        (found.phrase.tokens.start..found.phrase.head).map(|i| class(lexicon, &lemma(view, lexicon, i))).collect();
    if let Some(of) = &found.of {
        modifiers.extend(of.tokens.clone().map(|i| class(lexicon, &lemma(view, lexicon, i))));
    }
    let end = found.of.as_ref().map_or(found.phrase.tokens.end, |p| p.tokens.end);
    let people = pos(view, lexicon, found.phrase.head).any(Pos::PEOPLE) || lexicon.is_in("people.body", &head);
    let class_of = class(lexicon, &head);
    Subject {
        class: class_of.clone(),
        head,
        entities: Vec::new(),
        owners: Vec::new(),
        people,
        topic: lexicon.is_in("known.topic", &class_of),
        loose: modifiers.iter().filter(|m| lexicon.is_in("known.modifier", m)).cloned().collect(),
        general: people && lexicon.is_in("people.general", &class_of),
        wording: view.wording(found.phrase.tokens.start..end).into(),
        modifiers,
    }
}
