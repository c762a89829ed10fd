//! Quantities of running text.
//!
//! A number's subject is, in this order: the noun that it counts ("43 male former fighters"), the noun it
//! measures ("a weight limit of 30 tonnes"), the subject of its clause ("leakage fell to 41 Ml/d"). A number
//! without a subject is no claim.

use crate::annotate::{Case, QuantityAt, TokenKind, phrase_at, phrases_at};
use crate::claim::context::BlockView;
use crate::claim::frame::{FrameReader, family};
use crate::claim::noun::{NounPhrase, class, lemma, noun_phrase};
use crate::claim::scope::{clause, entities, heading_times, is_known, lead, scope, window};
use crate::claim::{Claim, ClaimKind, Context, Status, Subject, Value};
use crate::document::BlockKind;
use crate::lexicon::{Lexicon, Pos, lower};
use crate::value::Decimal;
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Reads the quantities of paragraphs, list items and quotations.
pub(super) fn prose_claims(context: &Context<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    for view in context.views() {
        let heading = matches!(view.block.kind, BlockKind::Heading(_));
        if !heading && !matches!(view.block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Quote) {
            continue;
        }
        let quotes = quoted(&view);
        let mut frames = FrameReader::default();
        let mut above = None;
        for at in &view.layer.quantities {
            let sample = is_sample(&view, at);
            if at.label && !sample || at.quantity.amount.low.is_sign_negative() {
                continue;
            }
            // Of headings only a number that is taken as known states something: "The 317 at a glance".
            if heading && !is_known(&view, lexicon, at.tokens.start) {
                continue;
            }
            let found = if sample { sampled(&view, lexicon, at) } else { subject(&view, lexicon, at) };
            if found.as_ref().is_some_and(|f| is_label(&view, lexicon, at, f)) || found.is_none() && is_loose(&view, at)
            {
                continue;
            }
            let mut claim = prose(&view, lexicon, at, found.as_ref(), &quotes);
            if claim.scope.times.is_empty() {
                let lead = lead(&view, lexicon, at.tokens.start);
                claim.scope.setting = if lead.is_empty() {
                    above.get_or_insert_with(|| heading_times(context, view.id)).clone()
                } else {
                    lead
                };
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
            out.push(claim);
        }
    }
}

/// Whether a number names, numbers or sorts its noun rather than counts or measures it.
fn is_label(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt, found: &Found) -> bool {
    let start = at.tokens.start;
    let head = lemma(view, lexicon, found.phrase.head);
    let head = head.as_str();
    // "three times", "Table 1 has 334", "a status of 200": a multiplier, a place in the document, a code.
    if head == "time" || found.by != "counted" && lexicon.is_in("label.head", head) {
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
    if found.by != "counted" && amount.low.scale() > 0 && amount.step < Decimal::ONE {
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

/// Whether a noun stands in the singular: the lexicon knows it as a base form with a regular plural of its own.
fn is_singular(view: &BlockView<'_>, lexicon: &Lexicon, token: usize) -> bool {
    let form = lower(view.word(token));
    let Some(word) = lexicon.words.find(&form).map(|id| lexicon.words.get(id)) else { return false };
    let plural = lexicon.words.find(&format_compact!("{form}s")).map(|id| lexicon.words.get(id));
    word.pos.any(Pos::NOUN) && word.lemma.is_empty() && plural.is_some_and(|p| p.lemma == form)
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

/// Where the subject of a number was found.
struct Found {
    phrase: NounPhrase,
    /// Further noun that narrows the head: "weight limit of the bridge" → bridge.
    of: Option<NounPhrase>,
    by: &'static str,
}

/// Whether number and unit are one word with a hyphen, "a 40-year", but not a number in words, "thirty-seven".
fn is_joined(view: &BlockView<'_>, at: &QuantityAt) -> bool {
    let in_words = at.quantity.amount.words && at.quantity.unit.is_count();
    view.wording(at.tokens.clone()).contains('-') && !at.quantity.amount.range && !in_words
}

/// Whether a number is said to be the number of cases: "(n = 124)".
fn is_sample(view: &BlockView<'_>, at: &QuantityAt) -> bool {
    let start = at.tokens.start;
    start >= 2
        && view.word(start - 1) == "="
        && matches!(view.word(start - 2), "n" | "N")
        && at.quantity.unit.is_count()
        && at.quantity.amount.low.scale() == 0
}

/// What the cases are: the noun before the bracket, "the women (n = 124)"; when that has a number of its own, "from
/// nine practices (n = 241)", the subject of the sentence.
fn sampled(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    let sentence = view.layer.sentence_of(at.tokens.start);
    let open = (sentence.start..at.tokens.start).rev().take(6).find(|&i| matches!(view.word(i), "(" | "["))?;
    let before = phrase_before(view, lexicon, sentence.start, open)?;
    let counted = view.layer.quantities.iter().any(|q| q.tokens.end == before.tokens.start && q.tokens.start < open);
    let people = |p: &NounPhrase| pos(view, lexicon, p.head).any(Pos::PEOPLE);
    let first = (sentence.start..open).find(|&i| !pos(view, lexicon, i).any(Pos::DETERMINER));
    let phrase = first.and_then(|i| noun_phrase(view, lexicon, i)).filter(people);
    if !counted && people(&before) {
        return Some(Found { phrase: before, of: None, by: "sample" });
    }
    phrase.map(|phrase| Found { phrase, of: None, by: "sample" })
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
    let quoted = quotes.get(quote).is_some_and(|q| q.contains(&number.start));
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
    if is_delta(view, lexicon, &number) {
        scope.cues.push("delta".into());
    }
    if is_local(view, lexicon, &number) {
        scope.cues.push("local".into());
    }
    let by = found.map_or(if is_sample(view, at) { "sample" } else { "sentence" }, |f| f.by);
    let mut claim = view.claim(ClaimKind::Quantity, by, number.clone(), Value::Quantity(at.quantity.clone()));
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
    claim.scope = scope;
    claim.status = if quoted { Status::Quoted } else { status };
    claim
}

fn subject(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    if at.quantity.unit.is_count() {
        return of_them(view, lexicon, at)
            .or_else(|| counted(view, lexicon, at))
            .or_else(|| of_number(view, lexicon, at))
            .or_else(|| clause_subject(view, lexicon, at));
    }
    of_number(view, lexicon, at).or_else(|| clause_subject(view, lexicon, at))
}

/// What narrows a counted noun from behind: "the 58 contracts that we examined", "the 34 votes in favour of it". Empty
/// when the verb of the clause follows.
fn complement(view: &BlockView<'_>, lexicon: &Lexicon, found: &Found) -> Range<usize> {
    const LONGEST: usize = 12;
    let from = found.phrase.tokens.end;
    let clause = clause(view, found.phrase.head);
    let first = pos(view, lexicon, from);
    // "the wells drilled by the project are dry": a participle, not the verb.
    let participle = first.any(Pos::PAST) && !first.any(Pos::AUXILIARY) && {
        let next = pos(view, lexicon, from + 1);
        next.any(Pos::PREPOSITION)
    };
    let relative = first.any(Pos::RELATIVE);
    // "the 17 recommendations we made": a clause without its relative.
    let pronoun = first.any(Pos::PRONOUN) && found.by == "counted";
    if found.by != "counted"
        || from >= clause.end
        || !(participle || relative || pronoun || first.any(Pos::PREPOSITION))
    {
        return from..from;
    }
    // The verb that ends it: the first, or the second behind a relative.
    let mut verbs = usize::from(!(relative || pronoun));
    let mut end = from + 1;
    let mut last_verb = false;
    while end < clause.end && end < from + LONGEST {
        let p = pos(view, lexicon, end);
        let verb = p.any(Pos::AUXILIARY) || p.any(Pos::VERB) && !p.any(Pos::NOUN.and(Pos::ADJECTIVE));
        if verb && !last_verb {
            if verbs == 1 {
                break;
            }
            verbs += 1;
        }
        last_verb = verb || last_verb && p.any(Pos::ADVERB);
        end += 1;
    }
    from..end
}

/// Whether a noun says only that there is a value: "the number of", "an average of".
fn is_figure(lexicon: &Lexicon, lemma: &str) -> bool {
    lexicon.is_in("content.figure", lemma)
}

/// "43 male former fighters", "19 of the 60 contracts", "of our nine recommendations".
fn counted(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    let mut from = at.tokens.end;
    let limit = view.layer.sentence_of(at.tokens.start).end;
    if view.word(from) == "of" {
        from += 1;
        while from < limit && pos(view, lexicon, from).any(Pos::DETERMINER) {
            from += 1;
        }
    }
    // A bracket, comma or quotation mark between number and noun parts them.
    let phrase = noun_phrase(view, lexicon, from)?;
    (from < limit).then_some(Found { phrase, of: None, by: "counted" })
}

/// "Never events are rare. There were three of them": the subject of the sentence before.
fn of_them(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    if !is_there(view, lexicon, &at.tokens) {
        return None;
    }
    let sentence = view.layer.sentence_of(at.tokens.start);
    let before = view.layer.sentence_of(sentence.start.checked_sub(1)?);
    let mut start = before.start;
    while start < before.end && pos(view, lexicon, start).any(Pos::DETERMINER.and(Pos::CONJUNCTION)) {
        start += 1;
    }
    // "Never events": an adverb that opens the sentence as part of its subject.
    let opener = start;
    if pos(view, lexicon, start).any(Pos::ADVERB.and(Pos::NEGATION)) {
        start += 1;
    }
    let phrase = noun_phrase(view, lexicon, start).filter(|p| p.tokens.end < before.end)?;
    let plural = view.word(phrase.head).ends_with('s') || pos(view, lexicon, phrase.head).any(Pos::PEOPLE);
    let tokens = opener..phrase.tokens.end;
    plural.then_some(Found { phrase: NounPhrase { tokens, head: phrase.head }, of: None, by: "pronoun" })
}

/// Whether a number says how many of the things spoken of there are: "there were three of them".
fn is_there(view: &BlockView<'_>, lexicon: &Lexicon, number: &Range<usize>) -> bool {
    let of = view.word(number.end) == "of" && matches!(view.word(number.end + 1), "them" | "these" | "those");
    let clause = clause(view, number.start);
    let there = (clause.start..number.start)
        .any(|i| matches!(view.word(i), "there" | "There") && pos(view, lexicon, i + 1).any(Pos::AUXILIARY));
    of && there
}

/// "a weight limit of 30 tonnes", "revenue of €98.6 million", "a population of 538".
fn of_number(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    let sentence = view.layer.sentence_of(at.tokens.start);
    let mut i = at.tokens.start;
    // Hedges may stand between "of" and the number.
    while i > sentence.start && i + 3 > at.tokens.start && view.word(i - 1) != "of" {
        let p = pos(view, lexicon, i - 1);
        let hedge =
            p.any(Pos::ADVERB) || phrase_at(lexicon, "hedge.about", view.text, &view.layer.tokens, i - 1).is_some();
        if !hedge {
            return None;
        }
        i -= 1;
    }
    if i == sentence.start || view.word(i - 1) != "of" {
        return None;
    }
    let phrase = phrase_before(view, lexicon, sentence.start, i - 1)?;
    // "came in at an average of 79 %": what is averaged is the subject of the clause.
    if phrase.tokens.len() == 1 && is_figure(lexicon, &lemma(view, lexicon, phrase.head)) {
        return None;
    }
    // "an allowance for tax assets of 77 million": what is measured stands before the preposition.
    let mut before = phrase.tokens.start;
    while before > sentence.start
        && pos(view, lexicon, before - 1).any(Pos::DETERMINER.and(Pos::ADJECTIVE).and(Pos::PAST))
    {
        before -= 1;
    }
    if before > sentence.start
        && matches!(view.word(before - 1), "for" | "on" | "in" | "against" | "under")
        && let Some(outer) = phrase_before(view, lexicon, sentence.start, before - 1)
        && pos(view, lexicon, outer.head).any(Pos::NOUN)
        && !lexicon.is_in("content.light", &lemma(view, lexicon, outer.head))
        && !is_verb(view, lexicon, outer.head)
    {
        return Some(Found { phrase: outer, of: Some(phrase), by: "measured" });
    }
    Some(Found { phrase, of: None, by: "measured" })
}

/// "leakage fell to 41 Ml/d", "the cost of the work is put at about 0.83 million".
fn clause_subject(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    let mut clause = clause(view, at.tokens.start);
    // "Falls came down for the second year, to 23": the number hangs on the clause before.
    let hangs = clause.start + 1 == at.tokens.start && matches!(view.word(clause.start), "to" | "at");
    if hangs && clause.start > 1 {
        clause.start = self::clause(view, clause.start - 2).start;
    }
    let mut start = clause.start;
    let mut before = clause.start..at.tokens.start;
    let verb_at = if hangs {
        before.find(|&i| is_verb(view, lexicon, i))?
    } else {
        before.rev().take(6).find(|&i| is_verb(view, lexicon, i))?
    };
    // Only function words and adverbs may stand between verb and number.
    let between_ok = hangs
        || (verb_at + 1..at.tokens.start).all(|i| {
            let token = &view.layer.tokens[i];
            let p = pos(view, lexicon, i);
            token.kind == TokenKind::Sign && matches!(view.word(i), "“" | "\"" | "€" | "$" | "£")
                || p.any(Pos::PREPOSITION.and(Pos::ADVERB).and(Pos::AUXILIARY).and(Pos::DETERMINER).and(Pos::PAST))
        });
    if !between_ok {
        return None;
    }
    let mut verb = verb_at;
    while verb > clause.start
        && (pos(view, lexicon, verb - 1).any(Pos::AUXILIARY.and(Pos::ADVERB)) || is_verb(view, lexicon, verb - 1))
    {
        verb -= 1;
    }
    while start < verb {
        let p = pos(view, lexicon, start);
        if p.any(Pos::DETERMINER.and(Pos::CONJUNCTION).and(Pos::ADVERB)) {
            start += 1;
        } else if p.any(Pos::PREPOSITION) {
            // A leading adverbial ("In 2019 …") is passed over with its noun phrase.
            start += 1;
            while start < verb && pos(view, lexicon, start).any(Pos::DETERMINER) {
                start += 1;
            }
            start = noun_phrase(view, lexicon, start).map_or(start + 1, |p| p.tokens.end);
        } else {
            break;
        }
    }
    // "Every day we lost 44 megalitres": the subject is the pronoun, and who that is stays open.
    if verb > clause.start && pos(view, lexicon, verb - 1).any(Pos::PRONOUN) {
        return None;
    }
    let phrase = noun_phrase(view, lexicon, start).filter(|p| p.tokens.start < verb)?;
    let end = phrase.tokens.end.min(verb);
    let phrase = NounPhrase { tokens: phrase.tokens.start..end, head: end - 1 };
    let mut of = None;
    let mut i = phrase.tokens.end;
    if i < verb && pos(view, lexicon, i).any(Pos::PREPOSITION) {
        i += 1;
        while i < verb && pos(view, lexicon, i).any(Pos::DETERMINER) {
            i += 1;
        }
        of = noun_phrase(view, lexicon, i).filter(|p| p.tokens.end <= verb);
    }
    // "The number of complaints was 1,248" counts complaints.
    if is_figure(lexicon, &lemma(view, lexicon, phrase.head))
        && let Some(counted) = of.take_if(|_| view.word(phrase.tokens.end) == "of")
    {
        return Some(Found { phrase: counted, of: None, by: "clause" });
    }
    // "Passenger numbers grew to 6.3 million" counts passengers.
    if is_figure(lexicon, &lemma(view, lexicon, phrase.head)) && phrase.tokens.len() > 1 {
        let head = phrase.head - 1;
        if pos(view, lexicon, head).any(Pos::NOUN.and(Pos::PEOPLE)) {
            return Some(Found {
                phrase: NounPhrase { tokens: phrase.tokens.start..phrase.head, head },
                of,
                by: "clause",
            });
        }
    }
    Some(Found { phrase, of, by: "clause" })
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

/// The noun phrase that ends just before token `end`.
fn phrase_before(view: &BlockView<'_>, lexicon: &Lexicon, limit: usize, end: usize) -> Option<NounPhrase> {
    let mut start = end;
    while start > limit {
        let token = &view.layer.tokens[start - 1];
        let p = pos(view, lexicon, start - 1);
        let verb_only = p.any(Pos::VERB) && !p.any(Pos::NOUN.and(Pos::ADJECTIVE));
        if token.kind != TokenKind::Word || p.any(Pos::CLOSED) || (verb_only && token.case == Case::Lower) {
            break;
        }
        start -= 1;
    }
    (start < end).then(|| NounPhrase { tokens: start..end, head: end - 1 })
}

fn is_verb(view: &BlockView<'_>, lexicon: &Lexicon, i: usize) -> bool {
    let p = pos(view, lexicon, i);
    p.any(Pos::AUXILIARY)
        || (p.any(Pos::VERB) && (p.any(Pos::PAST) || !p.any(Pos::NOUN) || stands_as_verb(view, lexicon, i)))
}

/// Whether a form that can be noun or verb stands between a subject and what a verb takes: "the park covers 1,240
/// hectares", "the library lends a third".
fn stands_as_verb(view: &BlockView<'_>, lexicon: &Lexicon, i: usize) -> bool {
    let (Some(before), Some(token), Some(next)) =
        (i.checked_sub(1), view.layer.tokens.get(i), view.layer.tokens.get(i + 1))
    else {
        return false;
    };
    let b = pos(view, lexicon, before);
    let subject = view.layer.tokens[before].kind == TokenKind::Word
        && !b.any(Pos::CLOSED.and(Pos::ADJECTIVE).and(Pos::VERB).and(Pos::NUMBER));
    let n = pos(view, lexicon, i + 1);
    let object = next.kind == TokenKind::Number
        || n.any(Pos::NUMBER.and(Pos::DETERMINER))
        || matches!(view.word(i + 1), "$" | "€" | "£" | "about" | "some" | "nearly" | "almost" | "over" | "around");
    token.case == Case::Lower && subject && object
}

fn pos(view: &BlockView<'_>, lexicon: &Lexicon, i: usize) -> Pos {
    view.layer.tokens.get(i).and_then(|t| t.word).map_or(Pos::default(), |id| lexicon.words.pos(id))
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
    let people = pos(view, lexicon, found.phrase.head).any(Pos::PEOPLE);
    let class_of = class(lexicon, &head);
    Subject {
        class: class_of.clone(),
        head,
        entities: Vec::new(),
        owners: Vec::new(),
        people,
        loose: modifiers.iter().filter(|m| lexicon.is_in("known.modifier", m)).cloned().collect(),
        general: people && lexicon.is_in("people.general", &class_of),
        wording: view.wording(found.phrase.tokens.start..end).into(),
        modifiers,
    }
}
