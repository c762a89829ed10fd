//! What is said of two values that are set against each other, in words that may stand apart from them: "break-ins were
//! more frequent than before: 51, compared with 104", "310 in 2016 and 270 in 2017. The increase …".
//!
//! A word of change counts when it is the only direction that the sentence tells, and no other clause can be what it
//! is said of. In the sentence behind the pair it has to take up the pair: "this rise", "thus doubled".

use crate::claim::context::BlockView;
use crate::claim::look::Look;
use crate::claim::noun::noun_phrase;
use crate::claim::pairing::{Pair, Side, Tie, has_third, pairs};
use crate::claim::{Claim, ClaimKind, Context, Direction, Operand, Value};
use crate::lexicon::{Pos, lower};
use crate::value::{Decimal, Hedge};
use compact_str::CompactString;
use std::ops::Range;
use std::str::FromStr;

/// Most tokens between a word of change and the nearer value of its pair.
const REACH: usize = 22;

/// How a word states a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Verb,
    Noun,
    /// "higher … than"
    Than,
}

/// A word of change.
#[derive(Clone, Debug)]
struct Cue {
    tokens: Range<usize>,
    direction: Direction,
    form: Form,
}

/// Reads the changes of one block that are not among the claims yet.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let look = Look::new(context, *view);
    for pair in pairs(&look) {
        let Some(cue) = beside(&look, &pair).or_else(|| behind(&look, &pair)) else { continue };
        let known = |c: &Claim| {
            let at = |side: &Side| view.span(side.tokens.clone());
            matches!(&c.value, Value::Order { first, second, .. } if first.at == at(&pair.base) || second.at == at(&pair.base))
        };
        let change = is_change(&look, &pair.base) || is_change(&look, &pair.present);
        if !change && !out.iter().rev().take(32).any(known) && !is_inverse(&look, &pair) {
            out.push(claim(&look, &pair, &cue));
        }
    }
}

/// Whether a value says by how much something changed: "declined 1.9 per cent", "a rise of 5 per cent".
fn is_change(look: &Look<'_>, side: &Side) -> bool {
    let start = side.hedged.start;
    let led =
        |i: usize| look.sets_at(i).any(|(set, n)| kind(set).is_some() && (i + n..start).all(|t| is_adverb(look, t)));
    // "up 20 per cent"
    let bare = start.checked_sub(1).is_some_and(|i| matches!(look.word(i), "up" | "down"));
    bare || (1..=6).filter_map(|n| start.checked_sub(n)).any(led)
}

/// Whether a token may stand between a verb of change and its size: "fell sharply by 5 per cent".
fn is_adverb(look: &Look<'_>, at: usize) -> bool {
    matches!(look.word(at), "by" | "of" | "a" | "an" | "some" | "another")
        || look.word(at).ends_with("ly")
        || look.pos(at).any(Pos::ADVERB)
}

/// The word of change in the sentences of a pair, when all of them go one way.
fn beside(look: &Look<'_>, pair: &Pair) -> Option<Cue> {
    let window = look.sentence(pair.tokens.start).start..look.sentence(pair.tokens.end - 1).end;
    // "rose from one to eight" tells of its own two values.
    let own = |cue: &&Cue| {
        let from = cue.tokens.end;
        pair.tie == Tie::FromTo || look.word(from) != "from" || !(from + 2..from + 5).any(|i| look.word(i) == "to")
    };
    let apart = pair.tie == Tie::Times || !has_third(look, &window, &pair.base, &pair.present);
    let cues = cues(look, window.clone());
    let mut fitting = cues.iter().filter(own).filter(|cue| fits(look, pair, cue));
    let cue = fitting.next().filter(|_| apart)?;
    let one_way = cues.iter().all(|c| grows(c.direction) == grows(cue.direction));
    one_way.then(|| cue.clone())
}

/// The word of change in the sentence behind a pair that takes the pair up.
fn behind(look: &Look<'_>, pair: &Pair) -> Option<Cue> {
    let here = look.sentence(pair.tokens.end - 1);
    let window = look.sentence(here.end);
    if window.start != here.end || window.is_empty() {
        return None;
    }
    let both = look.sentence(pair.tokens.start).start..window.end;
    let cues = cues(look, window.clone());
    let [cue] = cues.as_slice() else { return None };
    let takes_up = match cue.form {
        Form::Verb => (cue.tokens.start.saturating_sub(3).max(window.start)..cue.tokens.start)
            .chain(window.start..window.start + 1)
            .any(|i| look.phrase(i, "change.conclusion").is_some()),
        // "The rise was put down to the heat."
        Form::Noun => {
            let start = determined(look, cue).unwrap_or(usize::MAX);
            start == window.start
                && matches!(look.word(start), "The" | "This" | "That" | "Such" | "An" | "A")
                && is_plain_noun(look, cue)
        }
        Form::Than => false,
    };
    (takes_up && !has_third(look, &both, &pair.base, &pair.present)).then(|| cue.clone())
}

/// Whether a word of change in the sentence of a pair is said of the pair.
fn fits(look: &Look<'_>, pair: &Pair, cue: &Cue) -> bool {
    let (start, end) = (pair.tokens.start, pair.tokens.end);
    let inside = cue.tokens.start >= start && cue.tokens.end <= end;
    let gap = if cue.tokens.end <= start { cue.tokens.end..start } else { end.min(cue.tokens.start)..cue.tokens.start };
    if cue.form != Form::Than && is_elsewhere(look, pair)
        || gap.len() > REACH
        || gap.clone().any(|i| matches!(look.word(i), "." | "?" | "!"))
    {
        return false;
    }
    let joins = |i: usize| {
        matches!(look.word(i), ";" | "and" | "but" | "or" | "while") || look.phrase(i, "change.aside").is_some()
    };
    let before = cue.tokens.end <= start;
    match cue.form {
        // "35 mm fell in May and 40 mm in June" tells of no change: the value itself is what fell.
        Form::Verb if inside => is_led(look, cue, pair) && !opens_aside(look, cue, start) && !gap.clone().any(joins),
        Form::Verb if before => !opens_aside(look, cue, start) && !gap.clone().any(joins),
        Form::Verb => {
            (end..cue.tokens.start).any(|i| look.phrase(i, "change.conclusion").is_some())
                && !has_own_subject(look, end..cue.tokens.start, start)
        }
        Form::Noun => {
            let Some(from) = determined(look, cue) else { return false };
            let led = from.checked_sub(1).is_some_and(|i| {
                matches!(look.word(i), "," | ";" | "–" | "—" | "(" | ":")
                    || (1..=3).any(|n| i + 1 >= n && look.phrase(i + 1 - n, "change.stands-for") == Some(n))
            });
            !before && !inside && led && is_plain_noun(look, cue) && !gap.clone().any(|i| look.word(i) == "and")
        }
        // "more frequent than before: 51, compared with 104"
        Form::Than => before && !opens_aside(look, cue, start) && !gap.clone().any(joins),
    }
}

/// Whether the clause between a pair and a verb of change has a subject that the words before the pair do not have:
/// "The price was 4.10 and then 3.35, and the value therefore rose."
fn has_own_subject(look: &Look<'_>, gap: Range<usize>, pair: usize) -> bool {
    let Some(join) = gap.clone().rev().find(|&i| matches!(look.word(i), "and" | "but" | "while" | ";")) else {
        return false;
    };
    let before: Vec<CompactString> = look.sentence(pair).filter(|&i| i < pair).map(|i| lower(look.word(i))).collect();
    let noun = |i: usize| look.pos(i).any(Pos::NOUN) && !look.pos(i).any(Pos::ADVERB.and(Pos::CLOSED));
    let mut nouns = (join + 1..gap.end).filter(|&i| noun(i)).peekable();
    nouns.peek().is_some() && !nouns.any(|i| before.contains(&lower(look.word(i))))
}

/// Whether the value that another is set against is one of another place or group: "compared with 38 in the south".
fn is_elsewhere(look: &Look<'_>, pair: &Pair) -> bool {
    let end =
        noun_phrase(&look.view, look.lexicon, pair.base.tokens.end).map_or(pair.base.tokens.end, |n| n.tokens.end);
    let place = |at: usize| {
        matches!(
            look.word(at),
            "in" | "at" | "for" | "of" | "among" | "on" | "from" | "by" | "nationally" | "elsewhere"
        )
    };
    // "exports of 3.1 billion, compared with imports of 2.8 billion"
    let start = pair.base.hedged.start;
    let other = start.checked_sub(2).is_some_and(|i| {
        look.word(i + 1) == "of"
            && look.pos(i).any(Pos::NOUN)
            && !look.lexicon.is_in("content.figure", &lower(look.word(i)))
    });
    pair.tie == Tie::Against && (other || !pair.dated && place(end))
}

/// Whether the value behind a verb between the two is what it leads to: "was 212 in May and rose to 247".
fn is_led(look: &Look<'_>, cue: &Cue, pair: &Pair) -> bool {
    let last = pair.base.hedged.start.max(pair.present.hedged.start);
    matches!(last.checked_sub(1).map(|i| look.word(i)), Some("to" | "at")) && last - cue.tokens.end <= 6
}

/// Whether the clause of a cue begins with a word that makes it another one: "although prices rose".
fn opens_aside(look: &Look<'_>, cue: &Cue, pair: usize) -> bool {
    let sentence = look.sentence(cue.tokens.start);
    let from = (sentence.start..cue.tokens.start)
        .rev()
        .find(|&i| matches!(look.word(i), "," | ";" | ":"))
        .map_or(sentence.start, |i| i + 1);
    let comma = (cue.tokens.end..pair).any(|i| look.word(i) == ",") || from > sentence.start;
    comma && (from..cue.tokens.start).any(|i| look.phrase(i, "change.aside").is_some())
}

/// The determiner before a noun of change with adjectives and ordinals between: "the third increase".
fn determined(look: &Look<'_>, cue: &Cue) -> Option<usize> {
    let sentence = look.sentence(cue.tokens.start);
    (1..=4)
        .filter_map(|n| cue.tokens.start.checked_sub(n))
        .take_while(|&i| i >= sentence.start && look.word(i) != ",")
        .find(|&i| look.pos(i).any(Pos::DETERMINER))
}

/// Whether nothing behind a noun of change says that it is one of something else: "a rise in prices".
fn is_plain_noun(look: &Look<'_>, cue: &Cue) -> bool {
    let next = cue.tokens.end;
    match look.word(next) {
        "in" => matches!(look.word(next + 1), "a" | "every" | "each") && matches!(look.word(next + 2), "row" | "year"),
        "of" => look.is_number(next + 1) || matches!(look.word(next + 1), "more" | "about" | "nearly" | "almost"),
        "to" | "for" | "between" => false,
        _ => !look.pos(next).any(Pos::NOUN) || look.pos(next).any(Pos::AUXILIARY.and(Pos::PREPOSITION).and(Pos::VERB)),
    }
}

/// The words of change among the tokens that are neither denied nor only possible.
fn cues(look: &Look<'_>, tokens: Range<usize>) -> Vec<Cue> {
    let mut out = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        let found = look.sets_at(at).filter_map(|(set, n)| Some((n, kind(set)?))).max_by_key(|&(n, _)| n);
        let Some((n, (direction, form))) = found else {
            at += 1;
            continue;
        };
        let cue = Cue { tokens: at..at + n, direction: hedged(look, at, direction), form };
        at += n;
        if is_stated(look, &cue) {
            out.push(cue);
        }
    }
    out
}

/// What the words of a set say, and how.
fn kind(set: &str) -> Option<(Direction, Form)> {
    Some(match set {
        "change.up-verb" => (Direction::Up, Form::Verb),
        "change.down-verb" => (Direction::Down, Form::Verb),
        "change.up-noun" => (Direction::Up, Form::Noun),
        "change.down-noun" => (Direction::Down, Form::Noun),
        "change.up-than" => (Direction::Up, Form::Than),
        "change.down-than" => (Direction::Down, Form::Than),
        _ => (Direction::Times(Decimal::from_str(set.strip_prefix("order.times.")?).ok()?, Hedge::None), Form::Verb),
    })
}

/// A multiple with the hedge before it: "more than doubled".
fn hedged(look: &Look<'_>, at: usize, direction: Direction) -> Direction {
    let Direction::Times(factor, _) = direction else { return direction };
    let hedge = (1..=3).filter_map(|n| at.checked_sub(n).map(|s| (s, n))).find_map(|(s, n)| {
        look.sets_at(s).filter(|&(_, length)| length == n).find_map(|(set, _)| match set {
            "hedge.more-than" | "hedge.just-over" | "hedge.at-least" => Some(Hedge::MoreThan),
            "hedge.nearly" => Some(Hedge::Nearly),
            "hedge.about" | "hedge.less-than" | "hedge.at-most" => Some(Hedge::About),
            _ => None,
        })
    });
    Direction::Times(factor, hedge.unwrap_or(Hedge::None))
}

/// Whether the author states the change, as a verb that has a subject, a noun with an article, or before "than".
fn is_stated(look: &Look<'_>, cue: &Cue) -> bool {
    let (start, end) = (cue.tokens.start, cue.tokens.end);
    if look.is_denied(start) || look.is_number(start) {
        return false;
    }
    match cue.form {
        Form::Verb => {
            let Some(before) = start.checked_sub(1).filter(|&i| i >= look.sentence(start).start) else { return false };
            // "the increased demand", "by increased fares"
            let pos = look.pos(before);
            let single = cue.tokens.len() == 1;
            // "Doubling" and the bare "double" are not told as a fact.
            let past = !single || look.pos(start).any(Pos::PAST) || look.word(start).ends_with("ed");
            past && !pos.any(Pos::DETERMINER.and(Pos::PREPOSITION))
                && !(single && look.word(start) == "fell" && look.word(end) == "short")
        }
        Form::Noun => true,
        Form::Than => {
            let than = (end..end + 8).find(|&i| look.word(i) == "than");
            than.is_some_and(|than| {
                (end..than).all(|i| !matches!(look.word(i), "," | ";" | ":")) && is_earlier(look, than + 1)
            })
        }
    }
}

/// Whether what follows "than" is an earlier time: "than before", "than in the year before".
fn is_earlier(look: &Look<'_>, at: usize) -> bool {
    (at..at + 2).any(|i| {
        matches!(look.word(i), "before" | "it" | "they")
            || look.phrase(i, "pairing.earlier").is_some()
            || look.phrase(i, "pairing.last").is_some()
    })
}

/// Whether a direction makes a value larger.
fn grows(direction: Direction) -> bool {
    match direction {
        Direction::Up | Direction::Wider => true,
        Direction::Times(factor, _) => factor > Decimal::ONE,
        _ => false,
    }
}

/// Whether the sentences of a pair speak of a scale on which up may be a smaller number.
fn is_inverse(look: &Look<'_>, pair: &Pair) -> bool {
    let window = look.sentence(pair.tokens.start).start..look.sentence(pair.tokens.end - 1).end;
    let unit = &pair.present.quantity.unit;
    look.has("inverse.any", window.clone())
        || unit.is_count() && look.has("inverse.count", window.clone())
        || unit.dimension == "length" && look.has("inverse.length", window)
}

fn claim(look: &Look<'_>, pair: &Pair, cue: &Cue) -> Claim {
    let operand = |side: &Side| {
        let member = look.view.member(side.tokens.clone());
        Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: side.quantity.clone() }
    };
    let (first, second) = (operand(&pair.base), operand(&pair.present));
    let told = look.view.wording(cue.tokens.clone());
    let said = match pair.tie {
        Tie::FromTo => format!("{told} from {} to {}", first.text, second.text),
        _ => format!("“{told}” of {} after {}", second.text, first.text),
    };
    let value =
        Value::Order { cue: look.view.member(cue.tokens.clone()), direction: cue.direction, first, second, by: None };
    let whole = pair.tokens.start.min(cue.tokens.start)..pair.tokens.end.max(cue.tokens.end);
    let mut claim = look.view.claim(ClaimKind::Order, "order", whole, value);
    claim.text = said.split_whitespace().collect::<Vec<_>>().join(" ").into();
    claim
}
