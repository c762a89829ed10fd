//! Lists inside running text: after a colon or dash, by "(a) … (b)", by "First … Second".

use super::announcement::{Announcement, Tie, announcements, both, tie};
use super::push;
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::members::{coordination, joining};
use crate::claim::{Claim, Context, Member};
use crate::document::{BlockId, BlockKind, Style};
use crate::lexicon::{Lexicon, NumberRole, Pos, lower};
use std::ops::Range;

/// Most tokens between the counted phrase and the colon.
const GAP: usize = 10;

/// Most tokens between the counted phrase and the first "(a)".
const REACH: usize = 60;

/// Most tokens of a list, so that a text without sentences costs no more than its length.
const EXTENT: usize = 1000;

/// Most sentences of a paragraph among which "First, … Second, …" is looked for.
const SENTENCES: usize = 60;

/// Most tokens of a member without article or capital.
const BRIEF: usize = 4;

/// Furthest that a sentence list may be off; more is a misreading.
const FURTHEST: usize = 2;

/// Reads the lists inside one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for sentence in &view.layer.sentences {
        let found = announcements(view, context.lexicon, sentence.clone());
        for announcement in &found {
            if let Some(items) = enumerated(context, view, announcement, sentence) {
                // "only three ways to tell that two values differ: (a) … (b) … (c)": another number is meant.
                let other = found.iter().any(|f| f.count as usize == items.len() && f.number != announcement.number);
                if !other {
                    push(view, out, announcement, items);
                }
            } else if let Some(items) = coordinated(context, view, announcement, sentence)
                .or_else(|| named(context, view, announcement))
                .or_else(|| predicate(context, view, announcement, sentence))
            {
                push(view, out, announcement, items);
            } else if let Some(items) = ordered(context, view, announcement, sentence) {
                push(view, out, announcement, items);
            }
        }
        for announcement in both(view, context.lexicon, sentence.clone()) {
            if let Some(items) = coordinated(context, view, &announcement, sentence) {
                push(view, out, &announcement, items);
            }
        }
    }
}

/// The sign that opens a list in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Opener {
    Colon,
    Dash,
    Comma,
    Bracket,
}

/// The opener at a token and how many tokens it has; a dash may be written `–`, ` - ` or `--`.
fn opener(view: &BlockView<'_>, at: usize) -> Option<(Opener, usize)> {
    let tokens = &view.layer.tokens;
    match view.word(at) {
        ":" => Some((Opener::Colon, 1)),
        "–" | "—" => Some((Opener::Dash, 1)),
        "," => Some((Opener::Comma, 1)),
        "(" => Some((Opener::Bracket, 1)),
        "-" if view.word(at + 1) == "-" && tokens[at].end == tokens[at + 1].start => Some((Opener::Dash, 2)),
        "-" => {
            let spaced = at > 0
                && tokens[at - 1].end < tokens[at].start
                && tokens.get(at + 1).is_some_and(|next| tokens[at].end < next.start);
            spaced.then_some((Opener::Dash, 1))
        }
        _ => None,
    }
}

/// "in four ways – A, B, C and D": the members between the sign after the counted phrase and the end.
fn coordinated(
    context: &Context<'_>,
    view: &BlockView<'_>,
    announcement: &Announcement,
    sentence: &Range<usize>,
) -> Option<Vec<Member>> {
    let lexicon = context.lexicon;
    let limit = sentence.end.min(announcement.end + GAP + 1);
    let at = (announcement.end..limit).find(|&i| opener(view, i).is_some() || view.word(i) == ";")?;
    let (open, length) = opener(view, at)?;
    let direct = at == announcement.end;
    let tie = tie(view, lexicon, announcement, sentence, at);
    let namely = phrase_at(lexicon, "list-namely", view.text, &view.layer.tokens, at + length).unwrap_or(0);
    let tied = match open {
        Opener::Colon => tie >= Tie::Stated,
        Opener::Dash | Opener::Bracket => direct,
        // Further on, an apposition is one of names only.
        Opener::Comma => {
            let of = (announcement.number.end..announcement.end).any(|i| view.word(i) == "of");
            !of && (direct || announcement.number.start == sentence.start)
        }
    };
    let apposed = open == Opener::Comma && !(direct && (namely > 0 || announcement.counted && tie == Tie::Direct));
    if !tied {
        return None;
    }
    let mut start = at + length + namely;
    start += usize::from(namely > 0 && view.word(start) == ",");
    let mut inner = start..closing(context, view, open, start, sentence.end)?;
    // "`from`, `to` and `by`. `from` can be left out": a sentence that begins with code is no part of the list.
    if let Some(stop) = inner.clone().find(|&i| view.word(i) == "." && is_code(view, i + 1)) {
        inner.end = stop;
    }
    if begins_clause(context, view, start) || is_no_list(context, view, open, announcement, inner.clone()) {
        return None;
    }
    if inner.len() < 3 || inner.len() > EXTENT {
        return None;
    }
    for i in inner.clone() {
        let opens = phrase_at(lexicon, "list-open", view.text, &view.layer.tokens, i).is_some();
        if opens || matches!(view.word(i), ":" | "?" | "…") {
            return None;
        }
    }
    let announced = announcement.count as usize;
    let mut list = coordination(view, lexicon, inner.clone())?;
    // "two kinds: dots and bars, drawn with …", "three states: on, off and unset, for when …": the list may end where a
    // participle or a small word goes on about it.
    let small = Pos::PAST.and(Pos::PREPOSITION).and(Pos::CONJUNCTION).and(Pos::RELATIVE);
    let goes_on = |&i: &usize| {
        view.word(i) == ","
            && joining(view, lexicon, i + 1) == 0
            && view.layer.tokens.get(i + 1).and_then(|t| t.word).is_some_and(|id| lexicon.words.pos(id).any(small))
    };
    if let Some(end) = inner.clone().find(goes_on)
        && let Some(first) = coordination(view, lexicon, inner.start..end)
        && first.closed
        && (first.least..=first.most).contains(&announced)
    {
        list = first;
    }
    // "runs two pumps: A in the cellar and B in the yard; the mill runs …": the list may end before the semicolon.
    if let Some(end) = inner.clone().find(|&i| view.word(i) == ";")
        && let Some(first) = coordination(view, lexicon, inner.start..end)
        && first.closed
        && (first.least..=first.most).contains(&announced)
    {
        list = first;
    }
    if !list.closed || list.members.len() < 2 || apposed && !are_apposed(context, view, &list.members, direct, sentence)
    {
        return None;
    }
    let names = list.members.iter().all(|m| is_name(context, view, m.clone()) || is_value(view, m));
    // "presents three case studies: a dairy in Jutland, a mill in Picardy and a brewery in Franconia"
    let single = |m: &Range<usize>| matches!(lower(view.word(m.start)).as_str(), "a" | "an" | "the");
    // "has three climates: tropical, desert and alpine"
    let brief = |m: &Range<usize>| m.len() <= BRIEF && !m.clone().any(|i| is_verb(context, view, i));
    let singles = open == Opener::Colon
        && tie == Tie::Direct
        && (list.members.iter().all(single) || list.members.len() >= 3 && list.members.iter().all(brief));
    if !(announcement.counted || names || namely > 0 || singles)
        || list.members.iter().any(|m| begins_with_count(view, context, m.clone()))
    {
        return None;
    }
    // An apposition may run over into the sentence; then a verb stands in its last member.
    let runs_over = open == Opener::Comma
        && list.members.iter().any(|m| m.len() > 6 || m.clone().any(|i| is_verb(context, view, i)));
    let far = matches!(open, Opener::Colon | Opener::Dash) && (announcement.counted || !singles);
    let furthest = if far { FURTHEST } else { 1 };
    let more = counted_members(context, view, &list.members);
    // "the two means a, b, the two deviations c, d": commas part what the counted members are as well.
    if more > 0 && !inner.clone().any(|i| view.word(i) == ";") {
        return None;
    }
    let (least, most) = (list.least + more, list.most + more);
    let distance = least.saturating_sub(announced).max(announced.saturating_sub(most));
    if runs_over || distance > furthest || distance > 0 && is_subject(context, view, &list.members) {
        return None;
    }
    if more > 0 {
        return Some(list.members.iter().flat_map(|m| repeated(context, view, m)).collect());
    }
    Some(list.reading(announced).into_iter().map(|m| view.member(m)).collect())
}

/// Whether what stands behind the sign is no list of the things counted: alternatives or remarks set off by a comma
/// ("these three things, perhaps in another order or form"), what each of them does ("these two strategies …: the
/// first makes …"), members with a preposition of their own ("with four fields, with `id` as the key, …").
fn is_no_list(
    context: &Context<'_>,
    view: &BlockView<'_>,
    open: Opener,
    announcement: &Announcement,
    inner: Range<usize>,
) -> bool {
    let tokens = &view.layer.tokens;
    let pos = |i: usize| tokens.get(i).and_then(|t| t.word).map_or(Pos::default(), |id| context.lexicon.words.pos(id));
    let (first, second) = (lower(view.word(inner.start)), lower(view.word(inner.start + 1)));
    let ordinal = first == "the" && matches!(second.as_str(), "first" | "former" | "one");
    if ordinal && announcement.count > 1 {
        return true;
    }
    if open != Opener::Comma {
        return false;
    }
    let joined: Vec<usize> = inner.clone().filter(|&i| joining(view, context.lexicon, i) > 0).collect();
    let alternatives = joined.last().is_some_and(|&i| matches!(view.word(i), "or" | "nor"));
    let remark = pos(inner.start).any(Pos::PREPOSITION.and(Pos::ADVERB)) && !pos(inner.start).any(Pos::NOUN);
    // "reading and writing data, checking it, and drawing": the first pair is one member of a longer list.
    let sentence = view.layer.sentence_of(inner.start);
    let goes_on = (inner.end..sentence.end).any(|i| view.word(i) == "," && joining(view, context.lexicon, i + 1) > 0);
    alternatives || remark || goes_on
}

/// "the four towns of Arden, Brock and Cole": the names behind a noun for places.
fn named(context: &Context<'_>, view: &BlockView<'_>, announcement: &Announcement) -> Option<Vec<Member>> {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let sentence = view.layer.sentence_of(announcement.number.start);
    let noun = (announcement.number.end..announcement.end)
        .find(|&i| phrase_at(lexicon, "list-place-noun", view.text, tokens, i).is_some())?;
    if view.word(noun + 1) != "of" {
        return None;
    }
    let from = noun + 2;
    let joined = (from..sentence.end.min(from + 40)).find(|&i| joining(view, lexicon, i) > 0)?;
    let end = (joined + 1..sentence.end.min(joined + 6))
        .find(|&i| !matches!(tokens[i].case, Case::Capital | Case::Upper))
        .unwrap_or(sentence.end.min(joined + 6));
    // "of the Netherlands and Belgium" says where the towns are.
    if (from..end).any(|i| tokens[i].case == Case::Lower && !matches!(view.word(i), "and" | "&")) {
        return None;
    }
    let list = coordination(view, lexicon, from..end)?;
    let country = |m: &Range<usize>| lexicon.place(view.wording(m.clone())).is_some();
    let announced = announcement.count as usize;
    let near = list.least <= announced + 1 && announced <= list.most + 1;
    let fits = list.closed && list.members.len() >= 3 && near && !list.members.iter().any(country);
    let names = list.members.iter().all(|m| m.len() <= 4 && is_name(context, view, m.clone()));
    (fits && names).then(|| list.reading(announced).into_iter().map(|m| view.member(m)).collect())
}

/// "The three pillars of the plan are prevention, early warning and repair".
fn predicate(
    context: &Context<'_>,
    view: &BlockView<'_>,
    announcement: &Announcement,
    sentence: &Range<usize>,
) -> Option<Vec<Member>> {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let at = announcement.number.start;
    let definite = at > sentence.start && matches!(lower(view.word(at - 1)).as_str(), "the" | "its" | "our" | "their");
    if !announcement.counted || !definite || at > sentence.start + 1 {
        return None;
    }
    let copula = (announcement.end..sentence.end.min(announcement.end + GAP))
        .find(|&i| matches!(view.word(i), "are" | "were" | "," | ":" | "that" | "which"))?;
    if !matches!(view.word(copula), "are" | "were") || sentence.end - copula > 60 {
        return None;
    }
    let inner = copula + 1..sentence.end;
    let unclear = |i: usize| {
        phrase_at(lexicon, "list-open", view.text, tokens, i).is_some()
            || matches!(view.word(i), ":" | ";" | "?" | "…" | "–" | "—" | "(" | "not")
    };
    if inner.clone().any(unclear) {
        return None;
    }
    let list = coordination(view, lexicon, inner)?;
    // What is said of them may be adjectives: "are cheap, simple and robust".
    let noun = |m: &Range<usize>| {
        let pos = |i: usize| tokens[i].word.map(|id| lexicon.words.pos(id));
        m.len() <= 5
            && pos(m.end - 1).is_some_and(|p| p.any(Pos::NOUN) && !p.any(Pos::ADJECTIVE.and(Pos::PAST)))
            && !m.clone().any(|i| is_verb(context, view, i))
            && !begins_with_count(view, context, m.clone())
    };
    let announced = announcement.count as usize;
    let near = list.least <= announced + 1 && announced <= list.most + 1;
    let fits = list.closed && list.members.len() >= 3 && near && list.members.iter().all(noun);
    fits.then(|| list.reading(announced).into_iter().map(|m| view.member(m)).collect())
}

/// Where a list that was opened ends: at the closing sign of the pair, else with the sentence.
fn closing(context: &Context<'_>, view: &BlockView<'_>, open: Opener, start: usize, end: usize) -> Option<usize> {
    match open {
        Opener::Colon => Some(end),
        Opener::Dash => Some(
            (start..end.min(start + EXTENT))
                .find(|&i| matches!(opener(view, i), Some((Opener::Dash, _))))
                .unwrap_or(end),
        ),
        Opener::Bracket => (start..end.min(start + EXTENT))
            .find(|&i| view.word(i) == ")")
            .filter(|&i| (start..i).all(|j| view.word(j) != "(")),
        Opener::Comma => {
            // The member after "and" is the last.
            let joined = (start..end.min(start + EXTENT)).find(|&i| joining(view, context.lexicon, i) > 0)?;
            Some((joined..end.min(joined + EXTENT)).find(|&i| view.word(i) == ",").unwrap_or(end))
        }
    }
}

fn is_verb(context: &Context<'_>, view: &BlockView<'_>, token: usize) -> bool {
    let token = &view.layer.tokens[token];
    token.case == Case::Lower
        && token.word.is_some_and(|id| {
            let pos = context.lexicon.words.pos(id);
            pos.any(Pos::AUXILIARY.and(Pos::PRONOUN).and(Pos::RELATIVE))
                || pos.any(Pos::VERB) && !pos.any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::GERUND))
        })
}

/// Whether names are an apposition: "the three volunteers, Ann, Ben and Carol, sold seeds"; at the end of the
/// sentence, "three speakers came, Ann Holt, Ben Marsh and Cara Voss", each of them has several words.
fn are_apposed(
    context: &Context<'_>,
    view: &BlockView<'_>,
    members: &[Range<usize>],
    direct: bool,
    sentence: &Range<usize>,
) -> bool {
    let plain = |m: &Range<usize>| {
        m.len() <= BRIEF
            && m.clone()
                .all(|i| matches!(view.layer.tokens[i].case, Case::Capital | Case::Upper) || view.word(i) == ".")
    };
    let ends = members.last().is_some_and(|m| m.end + 1 >= sentence.end);
    let long = members.iter().all(|m| m.len() >= 2);
    members.len() >= 2
        && members.iter().all(|m| plain(m) && is_name(context, view, m.clone()))
        && (direct || ends && long)
}

/// How many things the members name beyond one each: "the two experts, Ann Rao and Ben Cole".
fn counted_members(context: &Context<'_>, view: &BlockView<'_>, members: &[Range<usize>]) -> usize {
    members.iter().map(|m| weight(context, view, m) - 1).sum()
}

/// How many things a member names: as many as it says after an article.
fn weight(context: &Context<'_>, view: &BlockView<'_>, member: &Range<usize>) -> usize {
    let article =
        matches!(lower(view.word(member.start)).as_str(), "the" | "both" | "all" | "our" | "his" | "her" | "its");
    let count = context.lexicon.numbers.get(&lower(view.word(member.start + 1)));
    let count = count.filter(|n| article && n.role == NumberRole::Unit && member.start + 2 < member.end);
    count.and_then(|n| n.value.normalize().to_string().parse().ok()).filter(|n| (1..=12).contains(n)).unwrap_or(1)
}

/// A member as often as it names things.
fn repeated(context: &Context<'_>, view: &BlockView<'_>, member: &Range<usize>) -> Vec<Member> {
    vec![view.member(member.clone()); weight(context, view, member)]
}

fn is_code(view: &BlockView<'_>, token: usize) -> bool {
    token < view.layer.tokens.len() && view.block.text.has_style(view.layer.bytes(token..token + 1), Style::Code)
}

/// Whether a sentence of its own follows the sign, no list: "it would be …", "if the module …".
fn begins_clause(context: &Context<'_>, view: &BlockView<'_>, start: usize) -> bool {
    let Some(id) = view.layer.tokens.get(start).and_then(|t| t.word) else { return false };
    let pos = context.lexicon.words.pos(id);
    pos.any(Pos::CONJUNCTION) && joining(view, context.lexicon, start) == 0
        || matches!(lower(view.word(start)).as_str(), "it" | "they" | "we" | "there" | "you" | "i")
}

/// Whether only the last member has a verb: what precedes is its subject, and no list of all.
fn is_subject(context: &Context<'_>, view: &BlockView<'_>, members: &[Range<usize>]) -> bool {
    let has_verb = |m: &Range<usize>| m.clone().any(|i| is_verb(context, view, i));
    members.split_last().is_some_and(|(last, others)| has_verb(last) && !others.iter().any(has_verb))
}

/// Whether a member is a name: capitals from its first word on, articles left aside, or a code span.
fn is_name(context: &Context<'_>, view: &BlockView<'_>, member: Range<usize>) -> bool {
    let tokens = &view.layer.tokens;
    if view.block.text.has_style(view.layer.bytes(member.clone()), Style::Code) {
        return true;
    }
    member
        .clone()
        .find(|&i| tokens[i].word.is_none_or(|id| !context.lexicon.words.pos(id).any(Pos::DETERMINER)))
        .is_some_and(|i| matches!(tokens[i].case, Case::Capital | Case::Upper))
}

/// Whether a member is a bare number: "three codes: 0, 1 and 2".
fn is_value(view: &BlockView<'_>, member: &Range<usize>) -> bool {
    member.len() == 1 && view.layer.tokens[member.start].kind == TokenKind::Number
}

/// Whether a member is itself a number of things: "two nurses and four cooks" are parts of a sum.
fn begins_with_count(view: &BlockView<'_>, context: &Context<'_>, member: Range<usize>) -> bool {
    let token = &view.layer.tokens[member.start];
    let number =
        token.kind == TokenKind::Number || token.word.is_some_and(|id| context.lexicon.words.pos(id).any(Pos::NUMBER));
    number && !is_value(view, &member)
        || matches!(lower(view.word(member.start)).as_str(), "one" | "another" | "several" | "both")
}

/// "(a) … (b) … (c)" after the announcement, in its paragraph and in those that follow and go on with the letters.
fn enumerated(
    context: &Context<'_>,
    view: &BlockView<'_>,
    announcement: &Announcement,
    sentence: &Range<usize>,
) -> Option<Vec<Member>> {
    let here = marks(view, announcement.end..sentence.end.min(announcement.end + REACH)).next();
    let last = sentence.end.checked_sub(1)?;
    // The marks begin in the paragraph behind the colon.
    let next = view.word(last) == ":" && sentence.end == view.layer.tokens.len() && here.is_none();
    let from = match here {
        Some((at, _)) => at,
        None if next => sentence.end,
        None => return None,
    };
    let told = |i: usize| phrase_at(context.lexicon, "list-elsewhere", view.text, &view.layer.tokens, i).is_some();
    if here.is_some_and(|(_, n)| n != 1) || (announcement.end..from.min(sentence.end)).any(told) {
        return None;
    }
    let sign = here.is_some_and(|(at, _)| at > 0 && view.word(at - 1) == ":");
    let colon = if next { last } else { from };
    let tied = sign
        || tie(view, context.lexicon, announcement, sentence, colon) >= Tie::Stated
        || announcement.counted && from - announcement.end <= GAP;
    if !tied || !announcement.counted && !sign && !next {
        return None;
    }
    let mut items: Vec<Member> = Vec::new();
    // Collects the marks that come in turn; true when the list was closed.
    let collect = |view: &BlockView<'_>, from: usize, items: &mut Vec<Member>| {
        for (at, n) in marks(view, from..view.layer.tokens.len().min(from + EXTENT)) {
            if n != items.len() + 1 {
                // A mark out of turn is a reference to an item, or the next list.
                continue;
            }
            let mut end = (at + 3 + 5).min(view.layer.sentence_of(at).end);
            while end > at + 3 && matches!(view.word(end - 1), ";" | "," | "." | ":") {
                end -= 1;
            }
            items.push(view.member(at..end));
            // "(a) … and (b)" closes the list; later marks begin or belong to another.
            let end = view.layer.sentence_of(at).end.min(at + EXTENT);
            let goes_on = marks(view, at + 1..end).any(|(_, next)| next == items.len() + 1);
            if at > 0 && joining(view, context.lexicon, at - 1) > 0 && !goes_on {
                return true;
            }
        }
        false
    };
    let mut closed = !next && collect(view, from, &mut items);
    let section = view.block.section;
    for next in view.id.0 + 1..(view.id.0 + 40).min(context.document.blocks.len() as u32) {
        let later = context.view(BlockId(next));
        if later.block.section != section || matches!(later.block.kind, BlockKind::Heading(_)) {
            break;
        }
        let goes_on = marks(&later, 0..later.layer.tokens.len().min(3)).next().is_some_and(|m| m.1 == items.len() + 1);
        if closed || !goes_on {
            break;
        }
        closed = collect(&later, 0, &mut items);
    }
    (items.len() >= 2).then_some(items)
}

/// The marks "(a)", "(2)", "(iii)", "b)" of a range of tokens with what they count. A mark "i" begins Roman numerals
/// where "ii" follows.
fn marks<'v>(view: &'v BlockView<'_>, range: Range<usize>) -> impl Iterator<Item = (usize, usize)> + 'v {
    let end = range.end;
    range.filter_map(move |i| {
        let closed = i + 2 < end && view.word(i) == "(" && view.word(i + 2) == ")";
        if closed {
            return Some((i, mark(view.word(i + 1))?));
        }
        // "risks: a) theft; b) fire": behind a sign and before a bracket that nothing opened.
        let bare = i + 1 < end
            && view.word(i + 1) == ")"
            && (i == 0 || matches!(view.word(i - 1), ":" | ";" | "," | "." | "and" | "or"))
            && view.word(i).len() <= 4;
        bare.then(|| mark(view.word(i))).flatten().map(|n| (i, n))
    })
}

/// What a mark counts: digits, Roman numerals of small letters as far as they are no letter in turn, letters.
fn mark(word: &str) -> Option<usize> {
    if let Some(n) = super::numbered::roman(&word.to_uppercase())
        && word.chars().all(|c| c.is_ascii_lowercase())
        && (word == "i" || word == "v" || word == "x" || word.len() > 1)
    {
        return Some(n);
    }
    super::block::ordinal_of(word).filter(|&n| n <= 26)
}

/// "First, … Second, … Third, …" at the beginnings of the sentences after the announcement, also in the
/// paragraphs that follow: "The first was …", "One is … Another is …". A sequence that stops one short is a claim
/// when nothing behind it can be the last.
fn ordered(
    context: &Context<'_>,
    view: &BlockView<'_>,
    announcement: &Announcement,
    sentence: &Range<usize>,
) -> Option<Vec<Member>> {
    if !announcement.counted {
        return None;
    }
    let lexicon = context.lexicon;
    let mut items: Vec<Member> = Vec::new();
    // Whether the last was said to be the last, and whether something may be one more.
    let (mut last, mut open) = (false, false);
    let mut from = view.layer.sentence_index(sentence.start) + 1;
    'blocks: for next in view.id.0..(view.id.0 + 12).min(context.document.blocks.len() as u32) {
        let later = context.view(BlockId(next));
        if next > view.id.0 {
            if matches!(later.block.kind, BlockKind::Heading(_)) {
                break;
            }
            if !later.is_prose() || later.block.section != view.block.section {
                open = true;
                break;
            }
            from = 0;
        }
        for part in later.layer.sentences.iter().skip(from).take(SENTENCES) {
            let Some(rank) = rank_of(&later, lexicon, part, announcement, items.len() as u32) else {
                open |= (part.start..part.end).any(|i| {
                    phrase_at(lexicon, "list-more", later.text, &later.layer.tokens, i).is_some()
                        || later.layer.ordinals.iter().any(|o| o.tokens.start == i)
                });
                continue;
            };
            if rank == 1 && !items.is_empty() || last {
                // The next sequence begins.
                open = !last;
                break 'blocks;
            }
            if rank != items.len() as u32 + 1 {
                return None;
            }
            last = phrase_at(lexicon, "list-last", later.text, &later.layer.tokens, part.start).is_some();
            let mut end = (part.start + 6).min(part.end);
            end -= usize::from(matches!(later.word(end - 1), "." | "," | ";" | ":"));
            items.push(later.member(part.start..end));
        }
        if next == view.id.0 && items.is_empty() && view.layer.sentences.len() > from {
            return None;
        }
    }
    let announced = announcement.count as usize;
    let short = items.len() + 1 == announced && items.len() >= 2 && !open;
    (items.len() >= announced || short).then_some(items)
}

/// What the first words of a sentence count: "First, …", "Secondly …", "The third reason is …", "Another is …".
/// `seen` is how many came before.
fn rank_of(
    view: &BlockView<'_>,
    lexicon: &Lexicon,
    sentence: &Range<usize>,
    announcement: &Announcement,
    seen: u32,
) -> Option<u32> {
    let first = sentence.start;
    let word = lower(view.word(first));
    let ordinal = |word: &str| -> Option<u32> {
        let number = lexicon.numbers.get(word).filter(|n| n.role == NumberRole::Ordinal)?;
        number.value.normalize().to_string().parse().ok()
    };
    if let Some(number) = word.strip_suffix("ly").and_then(ordinal) {
        return Some(number);
    }
    if seen > 0 && matches!(word.as_str(), "next" | "then") && view.word(first + 1) == "," {
        return Some(seen + 1);
    }
    if seen > 0
        && let Some(length) = phrase_at(lexicon, "list-last", view.text, &view.layer.tokens, first)
        && view.word(first + length) == ","
        // "Finally, …" further down may end something else.
        && seen < announcement.count
    {
        return Some(seen + 1);
    }
    if let Some(rank) = ordinal(&word) {
        return (view.word(first + 1) == ",").then_some(rank);
    }
    // "The first was a survey", "One reason is cost", "A second is time", "Another is noise".
    let (rank, mut next) = match word.as_str() {
        "one" if seen == 0 => (1, first + 1),
        "another" if seen > 0 => (seen + 1, first + 1),
        "the" | "a" => (ordinal(&lower(view.word(first + 1)))?, first + 2),
        _ => return None,
    };
    let noun = crate::lexicon::singular(&lower(&announcement.noun));
    if lower(view.word(next)) == noun {
        next += 1;
    }
    matches!(view.word(next), "is" | "was" | "," | ":" | "has" | "had" | "concerns" | "concerned").then_some(rank)
}
