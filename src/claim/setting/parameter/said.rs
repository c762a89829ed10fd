//! Sentences that give a value in words of their own: "by default four uploads run in parallel", "undelivered mail is
//! kept in the spool for three days".

use super::terms::{Terms, Word, in_tokens, of_names};
use super::{Parameter, ParameterSource, Term};
use crate::annotate::{Ordinal, QuantityAt, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::scope::{clause, window};
use crate::claim::section::Titles;
use crate::claim::setting::prose::is_conditional;
use crate::claim::setting::{SettingValue, code, code_spans, literal, only};
use crate::claim::{Claim, ClaimKind, Context, Value, scope};
use crate::document::BlockKind;
use crate::lexicon::{Lexicon, Pos, lower};
use crate::value::{Amount, Decimal, Hedge, Quantity, Unit};
use compact_str::CompactString;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Most values of one document; more are those of a report.
const VALUES: usize = 2_000;

/// Most tokens of a sentence that names a default.
const LONGEST: usize = 40;

/// Tokens behind a number among which the noun stands that it counts.
const NOUN: usize = 4;

/// Cues of scope that make a number something else than a value of the program.
const OTHER: &[&str] = &["edition", "example", "explained", "previous", "quotation"];

/// Reads the sentences of a document; the claims of `out` from `settings` on describe something.
pub(super) fn extract(context: &Context<'_>, settings: usize, out: &mut Vec<Claim>) {
    let mut titles = Titles::default();
    let mut left = VALUES;
    let described: FxHashSet<u32> = out[settings..].iter().map(|claim| claim.block.0).collect();
    for view in context.views().filter(|v| v.is_prose() && !matches!(v.block.kind, BlockKind::Note { .. })) {
        if described.contains(&view.id.0) {
            continue;
        }
        out.extend(words_by_default(context, &view, &mut titles));
        let ordinals = view.layer.ordinals.iter();
        out.extend(ordinals.filter_map(|one| beyond(context, &view, one, &mut titles)).collect::<Vec<_>>());
        let rhythms = rhythms(&view, context.lexicon);
        for one in view.layer.quantities.iter().chain(&rhythms) {
            if let Some(mut claim) = said(context, &view, one) {
                claim.scope.titles = titles.above(context, view.id);
                out.push(claim);
                left -= 1;
                if left == 0 {
                    return;
                }
            }
        }
    }
}

/// "once a minute", "every hour": intervals of one unit, which have no number.
fn rhythms(view: &BlockView<'_>, lexicon: &Lexicon) -> Vec<QuantityAt> {
    let word = |i: usize| lower(view.word(i));
    let read = |i: usize| {
        let start = match word(i).as_str() {
            "once" if matches!(word(i + 1).as_str(), "a" | "an" | "per" | "every" | "each") => i + 2,
            "every" => i + 1,
            _ => return None,
        };
        let unit = literal::unit(lexicon, &word(start)).filter(|unit| unit.dimension == "time")?;
        let tokens = i..start + 1;
        let quantity = Quantity { amount: Amount::exact(Decimal::ONE, Decimal::ONE), hedge: Hedge::None, unit };
        let (number, hedged) = (tokens.clone(), tokens.clone());
        Some(QuantityAt { tokens, number, hedged, quantity, label: false, vague: false })
    };
    (0..view.layer.tokens.len()).filter_map(read).collect()
}

/// The value of a number in a sentence.
fn said(context: &Context<'_>, view: &BlockView<'_>, one: &QuantityAt) -> Option<Claim> {
    let lexicon = context.lexicon;
    let stands_for = phrase_at(lexicon, "setting-by-default", view.text, &view.layer.tokens, one.tokens.end).is_some();
    let value = stated(one, stands_for)?;
    let sentence = statement(view, one);
    // `"5m"`: a literal is shown, not said.
    if one.tokens.start > 0 && matches!(view.word(one.tokens.start - 1), "\"" | "“" | "'" | "‘") {
        return None;
    }
    let hedged = matches!(one.quantity.hedge, Hedge::AtMost | Hedge::MoreThan);
    // "fails six times before it is given up": so often it may be tried.
    let tried = counted(view, lexicon, one) == "=attempt";
    if is_told(view, lexicon, &sentence, hedged || tried || stands_for || is_within(view, one)) {
        return None;
    }
    let by_default = has(view, lexicon, "setting-by-default", &sentence)
        || has(view, lexicon, "setting-default", &sentence) && sentence.len() < 40
        || sentence.clone().any(|i| lower(view.word(i)) == "unless");
    let own = clause(view, one.tokens.start);
    // "a tolerance in metres, 0.25 by default": what stands before the comma is meant.
    let first = if stands_for { sentence.start } else { own.start.max(sentence.start) };
    let own = first..own.end.min(sentence.end);
    if !by_default && is_chosen(view, lexicon, &own, one) {
        return None;
    }
    let (cues, status) = scope(view, lexicon, &one.tokens);
    if cues.cues.iter().any(|c| OTHER.contains(&c.as_str())) {
        return None;
    }
    // "Node 3 (index 2)": a number that counts nothing and is said of nothing is a name.
    let counts = !one.quantity.unit.is_count() || !counted(view, lexicon, one).is_empty();
    let before = one.hedged.start.checked_sub(1).map_or("", |i| view.word(i));
    if !counts && !stands_for && !matches!(lower(before).as_str(), "are" | "is" | "of" | "at" | "=" | ":") {
        return None;
    }
    let terms = words(context, view, one, &sentence, &own);
    if terms.iter().filter(|t| !t.plain && t.weight > 1).count() == 0 {
        return None;
    }
    let slot = match one.quantity.hedge {
        Hedge::AtMost | Hedge::MoreThan if by_default => "default",
        Hedge::AtMost | Hedge::MoreThan => "most",
        Hedge::AtLeast | Hedge::LessThan => "least",
        _ if is_within(view, one) => "most",
        _ if by_default => "default",
        _ => "",
    };
    let conditional = slot.is_empty() && is_conditional(view, lexicon, own.clone());
    if conditional
        || slot != "most" && (is_condition(view, own.start) || is_condition(view, sentence.start))
        || is_listed(view, one)
    {
        return None;
    }
    let mut parameter = Parameter {
        source: ParameterSource::Said,
        slot: slot.into(),
        only: platforms(context, view, &sentence),
        bound: sentence.clone().any(|i| lexicon.is_in("parameter-bound", &lower(view.word(i)))),
        beyond: one.quantity.hedge == Hedge::MoreThan && !is_negated(view, one),
        counted: if stands_for { CompactString::default() } else { counted(view, lexicon, one) },
        ..Parameter::described(named(view, &sentence), terms, SettingValue::Quantity(value))
    };
    // The other numbers of the sentence may be what is meant.
    let others = view.layer.quantities.iter().filter(|q| {
        // Everything lies in a range.
        sentence.contains(&q.tokens.start) && q.tokens != one.tokens && !q.quantity.amount.range
    });
    parameter.others = others.map(|q| SettingValue::Quantity(q.quantity.clone())).collect();
    let value = Value::Parameter(Box::new(parameter));
    let mut claim = view.claim(ClaimKind::Parameter, "parameter", one.tokens.clone(), value);
    claim.scope = cues;
    claim.status = status;
    claim.subject.wording = view.wording(one.tokens.clone()).into();
    Some(claim)
}

/// The part of the sentence between semicolons that a number stands in; a name in code may begin another sentence
/// with a small letter.
fn statement(view: &BlockView<'_>, one: &QuantityAt) -> Range<usize> {
    let sentence = window(view, one.tokens.start);
    let ends = |i: &usize| matches!(view.word(*i), ";" | ".");
    let start = (sentence.start..one.tokens.start).rev().find(ends).map_or(sentence.start, |i| i + 1);
    let end = (one.tokens.end..sentence.end).find(ends).unwrap_or(sentence.end);
    start..end.max(one.tokens.end)
}

/// The number as one that a program can have for a value; "0.25 by default" says so of a small one without a unit.
fn stated(one: &QuantityAt, is_default: bool) -> Option<Quantity> {
    let quantity = &one.quantity;
    let firm =
        matches!(quantity.hedge, Hedge::None | Hedge::AtMost | Hedge::AtLeast | Hedge::MoreThan | Hedge::LessThan);
    let plain = !one.label && !one.vague && !quantity.amount.range && !quantity.unit.is_money();
    let small = quantity.unit.is_count() && quantity.value() < Decimal::ONE && !is_default;
    // "more than a second" tells what is long, "only one" what is single.
    let one_by_words = quantity.amount.words && quantity.value() == Decimal::ONE;
    let loose = one_by_words && (quantity.hedge != Hedge::None || quantity.unit.is_count());
    (firm && plain && !small && !loose).then(|| Quantity {
        hedge: Hedge::None,
        unit: whole(&quantity.unit),
        ..quantity.clone()
    })
}

/// A unit without what it is given for each of: "25 MiB per object" is a size.
fn whole(unit: &Unit) -> Unit {
    let own = ["time", "data"].into_iter().find(|d| unit.dimension.strip_prefix(d).is_some_and(|r| r.starts_with('/')));
    match own {
        // What is done in a time is a rate.
        Some(own) if !unit.dimension.ends_with("/time") => {
            let symbol = unit.symbol.split('/').next().unwrap_or_default().into();
            Unit { dimension: own.into(), symbol, factor: unit.factor }
        }
        _ => unit.clone(),
    }
}

fn has(view: &BlockView<'_>, lexicon: &Lexicon, set: &str, range: &Range<usize>) -> bool {
    range.clone().any(|i| phrase_at(lexicon, set, view.text, &view.layer.tokens, i).is_some())
}

/// Whether a number that something is more than is denied: "must not have more than five".
fn is_negated(view: &BlockView<'_>, one: &QuantityAt) -> bool {
    let clause = clause(view, one.tokens.start);
    (clause.start..one.hedged.start)
        .any(|i| matches!(lower(view.word(i)).as_str(), "no" | "not" | "never" | "nor" | "n't" | "cannot"))
}

/// Whether a sentence tells what somebody did, had or advises; a bound may hold before or between something.
fn is_told(view: &BlockView<'_>, lexicon: &Lexicon, sentence: &Range<usize>, bound: bool) -> bool {
    let tokens = &view.layer.tokens;
    // "raises an alarm" is no change of the value.
    let open = |i: usize| match lower(view.word(i)).as_str() {
        "before" | "between" => bound,
        "raise" | "raises" => bound && matches!(view.word(i + 1), "a" | "an"),
        _ => false,
    };
    // "we keep backups for a week" states what holds.
    let policy = |i: usize| lower(view.word(i)) == "we" && lexicon.is_in("parameter-policy", &lower(view.word(i + 1)));
    // "files older than 30 days" tells of no older files.
    let told = |i: usize, set: &str| {
        phrase_at(lexicon, set, view.text, tokens, i).is_some_and(|n| lower(view.word(i + n)) != "than")
    };
    sentence.clone().filter(|&i| !open(i) && !policy(i)).any(|i| {
        ["parameter-told", "parameter-derived", "setting-former", "default-not"].iter().any(|set| told(i, set))
    })
}

/// Whether a clause says when something is so: "if the pause is 10 seconds".
fn is_condition(view: &BlockView<'_>, start: usize) -> bool {
    matches!(lower(view.word(start)).as_str(), "if" | "when" | "whenever" | "where" | "while")
}

/// Whether a number is one of several that follow each other: "2, 4 and 8 seconds".
fn is_listed(view: &BlockView<'_>, one: &QuantityAt) -> bool {
    let joins = |i: usize| matches!(lower(view.word(i)).as_str(), "," | "and" | "or" | "/" | "to");
    let number = |i: usize| view.word(i).starts_with(|c: char| c.is_ascii_digit());
    // "between 0 and 1, 0.4 by default": the range is told of before.
    let range =
        one.tokens.start >= 3 && view.word(one.tokens.start - 1) == "," && view.word(one.tokens.start - 3) == "and";
    let before = one.tokens.start >= 2 && joins(one.tokens.start - 1) && number(one.tokens.start - 2) && !range;
    before || joins(one.tokens.end) && number(one.tokens.end + 1)
}

/// Whether a number is the time that something has: "within 10 seconds".
fn is_within(view: &BlockView<'_>, one: &QuantityAt) -> bool {
    one.hedged.start > 0 && lower(view.word(one.hedged.start - 1)) == "within"
}

/// Whether the clause asks for a value: "use 5 workers", "for archives pass a level of 19".
fn is_chosen(view: &BlockView<'_>, lexicon: &Lexicon, clause: &Range<usize>, one: &QuantityAt) -> bool {
    let tokens = &view.layer.tokens;
    let mut first = clause.start;
    while first < clause.end
        && tokens[first].word.is_some_and(|w| lexicon.words.pos(w).any(Pos::CONJUNCTION.and(Pos::ADVERB)))
    {
        first += 1;
    }
    let asks = phrase_at(lexicon, "parameter-chosen", view.text, tokens, first).is_some();
    asks || one.hedged.start > clause.start && lower(view.word(one.hedged.start - 1)) == "to"
}

/// The words around a number: those of its clause, of its sentence, of the sentence before when a pronoun stands for
/// them, and of the heading.
fn words(
    context: &Context<'_>,
    view: &BlockView<'_>,
    one: &QuantityAt,
    sentence: &Range<usize>,
    clause: &Range<usize>,
) -> Vec<Term> {
    let lexicon = context.lexicon;
    let mut terms = Terms::default();
    for (at, word) in in_tokens(view, lexicon, sentence.clone()) {
        // "25 MiB per object" tells of objects.
        let per = at > one.number.end && one.tokens.contains(&at) && lower(view.word(at - 1)) == "per";
        if per || !one.hedged.contains(&at) && !one.tokens.contains(&at) {
            terms.add(word, if clause.contains(&at) { 4 } else { 2 });
        }
    }
    if matches!(lower(view.word(one.tokens.start)).as_str(), "every" | "once") {
        terms.add(Word { key: "=interval".into(), plain: false }, 4);
    }
    // "does not answer within 20 seconds": that long is waited.
    if is_within(view, one) && one.quantity.unit.dimension == "time" {
        terms.add(Word { key: "=timeout".into(), plain: false }, 4);
    }
    if counted(view, lexicon, one) == "=attempt" {
        terms.add(Word { key: "=attempt".into(), plain: false }, 4);
    }
    let before = sentence.start.checked_sub(1).map(|i| view.layer.sentence_of(i));
    if let Some(before) = before {
        let pronoun = lexicon.is_in("pronoun.subject", &lower(view.word(sentence.start)));
        for (_, word) in in_tokens(view, lexicon, before) {
            terms.add(word, if pronoun { 2 } else { 1 });
        }
    }
    if let Some(heading) = view.block.section.map(|id| context.view(id)) {
        for (_, word) in in_tokens(&heading, lexicon, 0..heading.layer.tokens.len()) {
            terms.add(word, 1);
        }
    }
    terms.done()
}

/// The noun that a number counts: "four uploads".
pub(in crate::claim::setting) fn counted(view: &BlockView<'_>, lexicon: &Lexicon, one: &QuantityAt) -> CompactString {
    if !one.quantity.unit.is_count() {
        return CompactString::default();
    }
    let end = (one.tokens.end + NOUN).min(view.layer.tokens.len());
    let stop = (one.tokens.end..end).find(|&i| matches!(view.word(i), "." | "," | ";" | ":" | "(")).unwrap_or(end);
    let mut noun = CompactString::default();
    for (at, word) in in_tokens(view, lexicon, one.tokens.end..stop) {
        // "(1 - alpha)": a formula counts nothing.
        if (one.tokens.end..at).any(|i| !view.word(i).starts_with(|c: char| c.is_alphabetic() || c == '`')) {
            break;
        }
        // "up to three times": so often it is tried.
        if lower(view.word(at)) == "times" {
            return "=attempt".into();
        }
        let nominal = view.layer.tokens[at]
            .word
            .is_none_or(|w| lexicon.words.pos(w).any(Pos::NOUN) || lexicon.words.pos(w).0 == 0);
        if !nominal && !noun.is_empty() {
            break;
        }
        noun = word.key;
        if lower(view.word(at)).ends_with('s') {
            break;
        }
    }
    noun
}

/// The one name in code that a sentence has, folded.
fn named(view: &BlockView<'_>, sentence: &Range<usize>) -> CompactString {
    let mut names = code_spans(view).into_iter().filter(|s| sentence.contains(&s.start)).filter_map(|span| {
        let text = view.wording(span);
        let name = &text[..text.find([' ', '=', '<', '(', ':']).unwrap_or(text.len())];
        name.contains(|c: char| c.is_ascii_alphabetic()).then(|| code::words(name).join(" "))
    });
    match (names.next(), names.next()) {
        (Some(one), None) => one.into(),
        _ => CompactString::default(),
    }
}

/// The platforms and plans that a sentence or the heading above it names.
fn platforms(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>) -> Vec<CompactString> {
    let mut found = only(view, context.lexicon, sentence.clone());
    if let Some(heading) = view.block.section.map(|id| context.view(id)) {
        found.extend(only(&heading, context.lexicon, 0..heading.layer.tokens.len()));
    }
    let mut found = of_names(context.lexicon, &found);
    found.sort();
    found.dedup();
    found
}

/// The word in code that a sentence calls a default: "the log level is `warn` by default".
fn words_by_default(context: &Context<'_>, view: &BlockView<'_>, titles: &mut Titles) -> Vec<Claim> {
    let lexicon = context.lexicon;
    let mut out = Vec::new();
    let spans = code_spans(view);
    for sentence in view.layer.sentences.iter().filter(|s| s.len() < LONGEST) {
        let by_default = ["setting-by-default", "setting-default"].iter().any(|set| has(view, lexicon, set, sentence));
        if has(view, lexicon, "setting-by-default", sentence) && !is_told(view, lexicon, sentence, false) {
            out.extend(switches(context, view, sentence, titles));
        }
        let inside: Vec<&Range<usize>> = spans.iter().filter(|s| sentence.contains(&s.start)).collect();
        if !by_default || is_told(view, lexicon, sentence, false) || is_conditional(view, lexicon, sentence.clone()) {
            continue;
        }
        // The last one is the value; one before it may be the name.
        let (Some(value), true) = (inside.last(), inside.len() <= 2) else { continue };
        let text = view.wording((*value).clone()).trim_matches(['"', '\'']);
        // "the default is `x`", "uses `x` by default": the cue stands beside the value.
        let open = value.start - usize::from(value.start > 0 && view.word(value.start - 1) == "`");
        let led = open > 0 && matches!(lower(view.word(open - 1)).as_str(), "is" | "to" | "as" | ":" | "=");
        let close = value.end + usize::from(view.word(value.end) == "`");
        let followed = phrase_at(lexicon, "setting-by-default", view.text, &view.layer.tokens, close).is_some();
        if !led && !followed {
            continue;
        }
        let plain = text.len() > 1 && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        if !plain || text.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let Some(stated) = literal::value(lexicon, text, None, true) else { continue };
        let mut terms = Terms::default();
        for (_, word) in in_tokens(view, lexicon, sentence.clone()).into_iter().filter(|(at, _)| !value.contains(at)) {
            terms.add(word, 4);
        }
        let key =
            if inside.len() == 2 { named(view, &(sentence.start..value.start)) } else { CompactString::default() };
        let parameter = Parameter {
            source: ParameterSource::Said,
            slot: "default".into(),
            only: platforms(context, view, sentence),
            ..Parameter::described(key, terms.done(), stated)
        };
        let kind = Value::Parameter(Box::new(parameter));
        let mut claim = view.claim(ClaimKind::Parameter, "parameter", (*value).clone(), kind);
        claim.scope.titles = titles.above(context, view.id);
        claim.subject.wording = text.into();
        out.push(claim);
    }
    out
}

/// What a sentence says to be on or off by default: "stemming is off unless told otherwise".
fn switches(
    context: &Context<'_>,
    view: &BlockView<'_>,
    sentence: &Range<usize>,
    titles: &mut Titles,
) -> Option<Claim> {
    let lexicon = context.lexicon;
    let is_switch = |i: usize| {
        let word = lower(view.word(i));
        let led = i > sentence.start && lexicon.is_in("switch-verb", &lower(view.word(i - 1)));
        let next = lower(view.word(i + 1));
        // "is on disk": nothing is switched.
        let ends =
            i + 1 >= sentence.end || lexicon.is_in("switch-end", &next) || !next.starts_with(char::is_alphabetic);
        matches!(word.as_str(), "on" | "off" | "enabled" | "disabled") && led && ends
    };
    let mut found = sentence.clone().filter(|&i| is_switch(i));
    let (Some(at), None) = (found.next(), found.next()) else { return None };
    let value = literal::value(lexicon, view.word(at), None, true)?;
    let own = clause(view, at);
    let mut terms = Terms::default();
    for (i, word) in in_tokens(view, lexicon, sentence.clone()).into_iter().filter(|(i, _)| *i != at) {
        terms.add(word, if own.contains(&i) { 4 } else { 2 });
    }
    let parameter = Parameter {
        source: ParameterSource::Said,
        slot: "default".into(),
        only: platforms(context, view, sentence),
        ..Parameter::described(named(view, sentence), terms.done(), value)
    };
    let value = Value::Parameter(Box::new(parameter));
    let mut claim = view.claim(ClaimKind::Parameter, "parameter", at..at + 1, value);
    claim.scope.titles = titles.above(context, view.id);
    claim.subject.wording = view.word(at).into();
    Some(claim)
}

/// The bound that an ordinal beyond it gives: "a 41st project is refused" of at most 40 projects.
fn beyond(context: &Context<'_>, view: &BlockView<'_>, one: &Ordinal, titles: &mut Titles) -> Option<Claim> {
    let lexicon = context.lexicon;
    let tokens = one.tokens.clone();
    let rank = Decimal::from(one.rank.checked_sub(1).filter(|n| *n > 1)?);
    let quantity = Quantity { amount: Amount::exact(rank, Decimal::ONE), hedge: Hedge::None, unit: Unit::count() };
    let (number, hedged) = (tokens.clone(), tokens.clone());
    let at = QuantityAt { tokens: tokens.clone(), number, hedged, quantity, label: false, vague: false };
    let sentence = statement(view, &at);
    if !has(view, lexicon, "parameter-refused", &sentence) || is_told(view, lexicon, &sentence, true) {
        return None;
    }
    let own = clause(view, tokens.start);
    let parameter = Parameter {
        source: ParameterSource::Said,
        slot: "most".into(),
        beyond: true,
        only: platforms(context, view, &sentence),
        counted: counted(view, lexicon, &at),
        ..Parameter::described(
            named(view, &sentence),
            words(context, view, &at, &sentence, &own),
            SettingValue::Quantity(at.quantity.clone()),
        )
    };
    let value = Value::Parameter(Box::new(parameter));
    let mut claim = view.claim(ClaimKind::Parameter, "parameter", tokens.clone(), value);
    claim.scope.titles = titles.above(context, view.id);
    claim.subject.wording = view.wording(tokens).into();
    Some(claim)
}
