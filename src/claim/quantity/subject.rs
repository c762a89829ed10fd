//! What a number of running text is about: the noun that it counts or measures, the subject of its clause, a pronoun's
//! antecedent, the label of a field, the cases of a sample.

use super::measured::{antecedent, stuff, thing};
use crate::annotate::{Case, QuantityAt, TokenKind, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::noun::{NounPhrase, lemma, noun_phrase};
use crate::claim::scope::clause;
use crate::lexicon::{Lexicon, Pos, lower};
use compact_str::format_compact;
use std::ops::Range;

/// Where the subject of a number was found.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) phrase: NounPhrase,
    /// Further noun that narrows the head: "weight limit of the bridge" → bridge.
    pub(super) of: Option<NounPhrase>,
    pub(super) by: &'static str,
}

/// Whether a number is said to be the number of cases: "(n = 124)".
pub(super) fn is_sample(view: &BlockView<'_>, at: &QuantityAt) -> bool {
    let start = at.tokens.start;
    start >= 2
        && view.word(start - 1) == "="
        && matches!(view.word(start - 2), "n" | "N")
        && at.quantity.unit.is_count()
        && at.quantity.amount.low.scale() == 0
}

/// What the cases are: the noun before the bracket, "the women (n = 124)"; when that has a number of its own, "from
/// nine practices (n = 241)", the subject of the sentence.
pub(super) fn sampled(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
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

pub(super) fn subject(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    let measured = || {
        of_number(view, lexicon, at)
            .or_else(|| field(view, lexicon, at))
            .or_else(|| pronoun(view, lexicon, at))
            .or_else(|| clause_subject(view, lexicon, at))
            .or_else(|| requested(view, lexicon, at))
    };
    if at.quantity.unit.is_count() {
        return of_them(view, lexicon, at)
            .or_else(|| counted(view, lexicon, at))
            .or_else(|| elided(view, lexicon, at))
            .or_else(measured);
    }
    stuff(view, lexicon, at).or_else(|| measured().map(|found| thing(view, lexicon, at, found)))
}

/// What narrows a counted noun from behind: "the 58 contracts that we examined", "the 34 votes in favour of it". Empty
/// when the verb of the clause follows.
pub(super) fn complement(view: &BlockView<'_>, lexicon: &Lexicon, found: &Found) -> Range<usize> {
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
    let list = &view.layer.quantities;
    let counts = |i: usize| list.get(list.partition_point(|q| q.tokens.end <= i)).is_some_and(|q| q.tokens.start == i);
    while end < clause.end && end < from + LONGEST {
        // "the 19 seats of the League and the 14 of the Union": the next number has words of its own.
        if counts(end) {
            while end > from && pos(view, lexicon, end - 1).any(Pos::DETERMINER.and(Pos::CONJUNCTION)) {
                end -= 1;
            }
            break;
        }
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

/// "Participants: 48", "Duration — 14 months": a short line that is a label and its value.
fn field(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    const LABEL: usize = 6;
    const REST: usize = 8;
    let tokens = &view.layer.tokens;
    let mark = (1..tokens.len().min(LABEL + 1)).find(|&i| matches!(view.word(i), ":" | "–" | "—"))?;
    let spaced = view.word(mark) == ":" || tokens[mark - 1].end < tokens[mark].start;
    let value = mark + 1 == at.tokens.start
        || mark + 2 == at.tokens.start && pos(view, lexicon, mark + 1).any(Pos::ADVERB.and(Pos::PREPOSITION));
    if !spaced || !value || tokens.len() > at.tokens.end + REST || view.layer.sentence_of(0).end < at.tokens.end {
        return None;
    }
    let mut first = (0..mark).find(|&i| !pos(view, lexicon, i).any(Pos::DETERMINER))?;
    // "Use citric acid: 20 g": a request.
    let light = lexicon.is_in("content.light", &lower(view.word(first)));
    if first + 1 < mark && light && pos(view, lexicon, first).any(Pos::VERB) {
        first += 1;
    }
    let phrase = noun_phrase(view, lexicon, first)?;
    // "Number of participants: 48" counts participants.
    if view.word(phrase.tokens.end) == "of" && is_figure(lexicon, &lemma(view, lexicon, phrase.head)) {
        let counted = noun_phrase(view, lexicon, phrase.tokens.end + 1).filter(|p| p.tokens.end == mark)?;
        return Some(Found { phrase: counted, of: None, by: "field" });
    }
    (phrase.tokens.end == mark).then_some(Found { phrase, of: None, by: "field" })
}

/// "The villagers came without luggage. They numbered 312": the subject of the sentence before.
fn pronoun(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    let sentence = view.layer.sentence_of(at.tokens.start);
    let first = sentence.start;
    if first == 0 || !lexicon.is_in("pronoun.subject", &lower(view.word(first))) {
        return None;
    }
    // One clause, with one verb between the pronoun and the number.
    let verbs = (first + 1..at.tokens.start).filter(|&i| is_verb(view, lexicon, i)).count();
    if !(1..=3).contains(&verbs) || at.tokens.start > first + 7 || clause(view, at.tokens.start).start > first {
        return None;
    }
    let found = subject_before(view, lexicon, first)?;
    let many = view.word(found.phrase.head).ends_with('s') || pos(view, lexicon, found.phrase.head).any(Pos::PEOPLE);
    (lower(view.word(first)) != "it" || !many || !at.quantity.unit.is_count()).then_some(found)
}

/// "Never events are rare. There were three of them": the subject of the sentence before.
fn of_them(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    if !is_there(view, lexicon, &at.tokens) {
        return None;
    }
    let sentence = view.layer.sentence_of(at.tokens.start);
    let found = subject_before(view, lexicon, sentence.start)?;
    let head = found.phrase.head;
    let plural = view.word(head).ends_with('s') || pos(view, lexicon, head).any(Pos::PEOPLE);
    plural.then_some(found)
}

/// The subject of the sentence that ends before a token: the noun phrase that it begins with, behind the verb of a
/// request.
fn subject_before(view: &BlockView<'_>, lexicon: &Lexicon, token: usize) -> Option<Found> {
    let before = view.layer.sentence_of(token.checked_sub(1)?);
    let mut start = before.start;
    while start < before.end && pos(view, lexicon, start).any(Pos::DETERMINER.and(Pos::CONJUNCTION)) {
        start += 1;
    }
    // "Fill the tank slowly": a request has its object behind the verb.
    let verb = pos(view, lexicon, start);
    if verb.any(Pos::VERB) && pos(view, lexicon, start + 1).any(Pos::DETERMINER) && !verb.any(Pos::AUXILIARY) {
        start += 2;
    }
    // "Never events": an adverb that opens the sentence as part of its subject.
    let opener = start;
    if pos(view, lexicon, start).any(Pos::ADVERB.and(Pos::NEGATION)) {
        start += 1;
    }
    let phrase = noun_phrase(view, lexicon, start).filter(|p| p.tokens.end < before.end)?;
    let tokens = opener..phrase.tokens.end;
    Some(Found { phrase: NounPhrase { tokens, head: phrase.head }, of: None, by: "pronoun" })
}

/// "We wrote to 1,200 apprentices; 746 answered": the noun that the number before in the sentence counts.
fn elided(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    let next = at.tokens.end;
    let finite = pos(view, lexicon, next).any(Pos::AUXILIARY.and(Pos::PAST)) && is_verb(view, lexicon, next);
    let clause = clause(view, at.tokens.start);
    let opens = (clause.start..at.tokens.start).all(|i| pos(view, lexicon, i).any(Pos::CONJUNCTION.and(Pos::ADVERB)));
    if !finite || !opens {
        return None;
    }
    let sentence = view.layer.sentence_of(at.tokens.start);
    let list = &view.layer.quantities;
    let own = list.partition_point(|q| q.tokens.end <= at.tokens.start);
    let first = list[..own].iter().rev().take_while(|q| q.tokens.start >= sentence.start);
    let counts =
        |q: &&QuantityAt| q.quantity.unit.is_count() && !q.label && q.quantity.amount.low >= at.quantity.amount.low;
    let phrase = first.filter(counts).find_map(|q| counted(view, lexicon, q))?.phrase;
    Some(Found { phrase, of: None, by: "elided" })
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
    // "an agreed value of £1.2 million": a participle says which value.
    let which = phrase.tokens.start > sentence.start && pos(view, lexicon, phrase.tokens.start - 1).any(Pos::PAST);
    // "came in at an average of 79 %": what is averaged is the subject of the clause.
    if !which && phrase.tokens.len() == 1 && is_figure(lexicon, &lemma(view, lexicon, phrase.head)) {
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
    // "the face of the dam, which is 84 m high": what the relative takes up.
    if pos(view, lexicon, clause.start).any(Pos::RELATIVE) && verb == clause.start + 1 {
        return Some(Found { phrase: antecedent(view, lexicon, clause.start)?, of: None, by: "clause" });
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

/// "Begin treatment within 24 hours", "Check the urate four weeks after an attack": what the request is about.
fn requested(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    let clause = clause(view, at.tokens.start);
    let verb =
        (clause.start..at.tokens.start).find(|&i| !pos(view, lexicon, i).any(Pos::ADVERB.and(Pos::CONJUNCTION)))?;
    let base = lower(view.word(verb)) == lemma(view, lexicon, verb);
    if at.quantity.unit.is_count() || !base || !pos(view, lexicon, verb).any(Pos::VERB) || is_negation(view, verb) {
        return None;
    }
    let mut from = verb + 1;
    while from < at.tokens.start && pos(view, lexicon, from).any(Pos::DETERMINER) {
        from += 1;
    }
    let mut phrase = noun_phrase(view, lexicon, from).filter(|p| p.tokens.start < at.tokens.start)?;
    let end = phrase.tokens.end.min(at.tokens.start);
    phrase = NounPhrase { tokens: phrase.tokens.start..end, head: end - 1 };
    let finite = (end..at.tokens.start).any(|i| is_verb(view, lexicon, i));
    (!finite && pos(view, lexicon, phrase.head).any(Pos::NOUN)).then_some(Found { phrase, of: None, by: "request" })
}

fn is_negation(view: &BlockView<'_>, i: usize) -> bool {
    matches!(view.word(i), "no" | "No" | "not" | "Not")
}

/// The noun phrase that ends just before token `end`.
pub(super) fn phrase_before(view: &BlockView<'_>, lexicon: &Lexicon, limit: usize, end: usize) -> Option<NounPhrase> {
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

pub(super) fn is_verb(view: &BlockView<'_>, lexicon: &Lexicon, i: usize) -> bool {
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
        && !b.any(Pos::CLOSED.and(Pos::ADJECTIVE).and(Pos::NUMBER))
        && (b.any(Pos::NOUN) || !b.any(Pos::VERB));
    let n = pos(view, lexicon, i + 1);
    let object = next.kind == TokenKind::Number
        || n.any(Pos::NUMBER.and(Pos::DETERMINER))
        || matches!(view.word(i + 1), "$" | "€" | "£" | "about" | "some" | "nearly" | "almost" | "over" | "around");
    token.case == Case::Lower && subject && (object || is_only_verb(view, lexicon, i))
}

/// Whether a form in -s behind a noun in the singular can only be the verb of its clause, which has no other: "the
/// camera runs for six months", not "the road works in the town cost".
fn is_only_verb(view: &BlockView<'_>, lexicon: &Lexicon, i: usize) -> bool {
    let next = pos(view, lexicon, i + 1);
    let goes_on = next.any(Pos::PREPOSITION.and(Pos::ADVERB).and(Pos::CONJUNCTION)) && view.word(i + 1) != "of";
    let agrees = view.word(i).ends_with('s') && i > 0 && is_singular(view, lexicon, i - 1);
    agrees && goes_on && {
        let clause = clause(view, i);
        let other = |n: usize| {
            let p = pos(view, lexicon, n);
            p.any(Pos::AUXILIARY) || p.any(Pos::VERB) && !p.any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::PREPOSITION))
        };
        // A clause that a conjunction opens has a verb of its own.
        let end = (i + 1..clause.end).find(|&n| pos(view, lexicon, n).any(Pos::CONJUNCTION.and(Pos::RELATIVE)));
        !(clause.start..end.unwrap_or(clause.end)).any(|n| n != i && other(n))
    }
}

/// Whether a noun stands in the singular: the lexicon knows it as a base form with a regular plural of its own.
pub(super) fn is_singular(view: &BlockView<'_>, lexicon: &Lexicon, token: usize) -> bool {
    let form = lower(view.word(token));
    let Some(word) = lexicon.words.find(&form).map(|id| lexicon.words.get(id)) else { return false };
    let plural = lexicon.words.find(&format_compact!("{form}s")).map(|id| lexicon.words.get(id));
    word.pos.any(Pos::NOUN) && word.lemma.is_empty() && plural.is_some_and(|p| p.lemma == form)
}

pub(super) fn pos(view: &BlockView<'_>, lexicon: &Lexicon, i: usize) -> Pos {
    view.layer.tokens.get(i).and_then(|t| t.word).map_or(Pos::default(), |id| lexicon.words.pos(id))
}
