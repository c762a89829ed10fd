//! The thing that a measure belongs to: the tram of "a length of 32 metres", the lentils of "600 g of lentils".
//!
//! A measure names what is measured (its length, its power) or leaves it to the unit; what it is about is the thing
//! that has it. Goes in: the noun found for a number. Comes out: the noun of the thing, when the words name one.

use super::subject::{Found, is_verb, phrase_before, pos};
use crate::annotate::{QuantityAt, TokenKind};
use crate::claim::context::BlockView;
use crate::claim::noun::{NounPhrase, lemma, noun_phrase};
use crate::claim::scope::clause;
use crate::lexicon::{Lexicon, Pos, lower};

/// "600 g of red lentils", "38 hectares of vines", "600 g red lentils": what there is so much of.
pub(super) fn stuff(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt) -> Option<Found> {
    let dimension = at.quantity.unit.dimension.as_str();
    if !matches!(dimension, "mass" | "volume" | "area" | "energy") {
        return None;
    }
    let mut from = at.tokens.end;
    let of = view.word(from) == "of";
    if of {
        from += 1;
        while pos(view, lexicon, from).any(Pos::DETERMINER) {
            from += 1;
        }
    }
    let phrase = noun_phrase(view, lexicon, from)?;
    let head = pos(view, lexicon, phrase.head);
    let bare = view.layer.tokens[from].kind == TokenKind::Word && !is_verb(view, lexicon, from) && head.any(Pos::NOUN);
    (of || matches!(dimension, "mass" | "volume") && bare).then_some(Found { phrase, of: None, by: "stuff" })
}

/// The same number with the thing as its subject, when the noun found says only what of the thing is measured: "a height
/// of 48 m", "the length of the cable is 5 m".
pub(super) fn thing(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt, found: Found) -> Found {
    if !names_measure(view, lexicon, at, found.phrase.head) {
        return found;
    }
    match thing_of(view, lexicon, at, &found) {
        Some(phrase) => Found { phrase, of: None, by: found.by },
        None => found,
    }
}

/// Whether a noun is a word for what numbers of a dimension measure: height, length, duration.
fn names_measure(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt, noun: usize) -> bool {
    let unit = &at.quantity.unit;
    let mask = lexicon.attributes_of(&unit.dimension);
    !unit.is_count() && !unit.is_money() && lexicon.attributes(&lemma(view, lexicon, noun)) & mask != 0
}

fn thing_of(view: &BlockView<'_>, lexicon: &Lexicon, at: &QuantityAt, found: &Found) -> Option<NounPhrase> {
    let phrase = &found.phrase;
    // "the length of the cable is 5 m"
    if found.by == "clause" && view.word(phrase.tokens.end) == "of" {
        return found.of.clone();
    }
    // "cable length: 5 m", "the tram's length is 32 m"
    if phrase.tokens.len() > 1 {
        let tokens = phrase.tokens.start..phrase.head;
        let noun = pos(view, lexicon, tokens.end - 1);
        return noun.any(Pos::NOUN).then_some(NounPhrase { head: tokens.end - 1, tokens });
    }
    if found.by != "measured" {
        return None;
    }
    let clause = clause(view, at.tokens.start);
    let mut before = phrase.tokens.start;
    while before > clause.start && pos(view, lexicon, before - 1).any(Pos::DETERMINER.and(Pos::ADJECTIVE)) {
        before -= 1;
    }
    // "a dam with a height of 48 m", "trams, which have a length of 32 m", "the dam has a height of 48 m"
    let word = before.checked_sub(1).map(|i| lower(view.word(i)))?;
    if word == "with" {
        return phrase_before(view, lexicon, clause.start, before - 1);
    }
    if !matches!(word.as_str(), "has" | "have" | "had" | "having" | "of" | "reaches" | "reach" | "reached") {
        return None;
    }
    let verb = before - 1;
    if verb > 0 && pos(view, lexicon, verb - 1).any(Pos::RELATIVE) {
        return antecedent(view, lexicon, verb - 1);
    }
    phrase_before(view, lexicon, clause.start, verb)
}

/// The noun that a relative word takes up: "the face of the dam, which is 84 m high" → dam.
pub(super) fn antecedent(view: &BlockView<'_>, lexicon: &Lexicon, relative: usize) -> Option<NounPhrase> {
    let end = if relative > 0 && view.word(relative - 1) == "," { relative - 1 } else { relative };
    phrase_before(view, lexicon, view.layer.sentence_of(relative).start, end)
}

#[cfg(test)]
mod tests {
    use crate::annotate::annotate;
    use crate::claim::{Claim, ClaimKind, Value, claims};
    use crate::document::Document;
    use crate::lexicon::Lexicon;
    use crate::value::Hedge;

    fn numbers(text: &str) -> Vec<Claim> {
        let document = Document::of_paragraph(text);
        let lexicon = Lexicon::english();
        let layers = annotate(&document, lexicon);
        let mut found = claims(&document, &layers, lexicon);
        found.retain(|c| c.kind == ClaimKind::Quantity);
        found
    }

    /// The nouns that the numbers of a text are about.
    fn subjects(text: &str) -> Vec<String> {
        numbers(text).iter().map(|c| c.subject.class.to_string()).collect()
    }

    #[test]
    fn reads_the_thing_behind_a_measure() {
        assert_eq!(subjects("The ferry has a length of 28 metres."), ["ferry"]);
        assert_eq!(subjects("We looked at the ferry, which is 28 metres long."), ["ferry"]);
        assert_eq!(subjects("Sift 540 g of flour."), ["flour"]);
        assert_eq!(subjects("Begin treatment within 24 hours."), ["treatment"]);
        assert_eq!(subjects("The camera runs for 6 months."), ["camera"]);
    }

    #[test]
    fn reads_the_noun_of_the_number_before() {
        assert_eq!(subjects("We asked 320 nurses; 214 were at work."), ["nurse", "nurse"]);
    }

    #[test]
    fn reads_a_denied_bound_as_the_other_one() {
        let found = numbers("No class has more than 28 pupils.");
        let Value::Quantity(quantity) = &found[0].value else { panic!("no quantity") };
        assert_eq!(quantity.hedge, Hedge::AtMost);
        assert!(found[0].scope.cues.iter().all(|c| c != "negated"), "{:?}", found[0].scope.cues);
    }

    #[test]
    fn reads_sums_in_the_currency_of_the_document() {
        let found = numbers("Revenue came to 48.7 million euros. A revenue of 47.8 million is enough.");
        let Value::Quantity(quantity) = &found[1].value else { panic!("no quantity") };
        assert!(quantity.unit.is_money(), "{:?}", quantity.unit);
    }

    #[test]
    fn ignores_words_of_a_bound_as_cues() {
        let found = numbers("There must be no more than 20 boats.");
        assert_eq!(found.len(), 1);
        assert!(found[0].scope.cues.iter().all(|c| c != "negated" && c != "increment"), "{:?}", found[0].scope.cues);
    }
}
