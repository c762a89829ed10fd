//! Headings that a sentence announces: "The next section describes the work in Arden, Brock and Cole", "This report
//! looks at education, health and water".

use super::names::lists;
use super::{Tie, claim, is_open_after, is_open_before, key, member};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::members::coordination;
use crate::claim::{Claim, ClaimKind, Context, NamedSet, SetMember, Value};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::lower;
use compact_str::{CompactString, format_compact};
use std::collections::BTreeMap;
use std::ops::Range;

/// Most headings of one group that are looked at.
const GROUP: usize = 40;

/// Longest member, in tokens.
const MEMBER: usize = 4;

/// The headings with one parent and one level.
struct Group {
    parent: Option<BlockId>,
    headings: Vec<Heading>,
}

/// A heading and the words to know it by.
struct Heading {
    id: BlockId,
    words: Vec<CompactString>,
}

/// Reads the announcements of headings and the headings that answer to them.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let groups = groups(context);
    if groups.is_empty() {
        return;
    }
    for view in context.views().filter(BlockView::is_prose) {
        for members in super::counted::lists(context, &view).into_iter().filter(|m| m.len() > 2) {
            out.extend(answer(context, &view, &groups, &members, &Whole::Counted).into_iter().flatten());
        }
        for sentence in &view.layer.sentences {
            let Some((whole, after)) = announcer(context, &view, sentence) else { continue };
            for members in candidates(context, &view, after..sentence.end) {
                out.extend(answer(context, &view, &groups, &members, &whole).into_iter().flatten());
            }
        }
    }
}

/// All headings by parent and level, groups of two or more.
fn groups(context: &Context<'_>) -> Vec<Group> {
    let mut found: BTreeMap<(Option<BlockId>, u8), Vec<Heading>> = BTreeMap::new();
    for view in context.views() {
        if let BlockKind::Heading(level) = view.block.kind {
            let words =
                key(context.lexicon, view.text).split([' ', '-']).filter(|w| !w.is_empty()).map(singular).collect();
            found.entry((view.block.section, level)).or_default().push(Heading { id: view.id, words });
        }
    }
    found
        .into_iter()
        .filter(|(_, headings)| (2..=GROUP).contains(&headings.len()))
        .map(|((parent, _), headings)| Group { parent, headings })
        .collect()
}

fn singular(word: &str) -> CompactString {
    crate::lexicon::singular(word)
}

/// What is said to treat the members.
enum Whole {
    /// The section that the sentence stands in, or that follows.
    Here,
    /// A section by its label, in lower case: "section iv".
    Labelled(CompactString),
    /// The document.
    Document,
    /// As many headings as members, below the sentence: "The scheduler has three parts: A, B and C".
    Counted,
}

/// The part of the document that a sentence announces, and the token behind the announcing verb.
fn announcer(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>) -> Option<(Whole, usize)> {
    let tokens = &view.layer.tokens;
    let phrase = |set: &str, i: usize| phrase_at(context.lexicon, set, view.text, tokens, i);
    let limit = sentence.end.min(sentence.start + 12);
    let (whole, mut at) = (sentence.start..limit).find_map(|i| {
        if let Some(n) = phrase("set-here", i) {
            return Some((Whole::Here, i + n));
        }
        if let Some(n) = phrase("set-document", i) {
            return Some((Whole::Document, i + n));
        }
        let labelled = matches!(view.word(i), "Section" | "Chapter" | "Part") && i + 1 < sentence.end;
        let label = lower(view.wording(i..(i + 2).min(sentence.end)));
        labelled.then_some((Whole::Labelled(label), i + 2))
    })?;
    let end = sentence.end.min(at + 8);
    while at < end {
        if let Some(n) = phrase("set-announce", at) {
            return Some((whole, at + n));
        }
        if view.word(at) == "," || view.word(at) == ";" {
            return None;
        }
        at += 1;
    }
    None
}

/// The lists of a stretch that the headings may repeat: lists of names, and the objects of the announcing verb.
fn candidates(context: &Context<'_>, view: &BlockView<'_>, range: Range<usize>) -> Vec<Vec<Range<usize>>> {
    let lexicon = context.lexicon;
    let mut out: Vec<Vec<Range<usize>>> = lists(view, lexicon)
        .into_iter()
        .filter(|members| {
            let (start, end) = (members[0].start, members[members.len() - 1].end);
            range.contains(&start) && !is_open_before(view, lexicon, start) && !is_open_after(view, lexicon, end)
        })
        .collect();
    if !out.is_empty() {
        return out;
    }
    let stop = range.clone().find(|&i| matches!(view.word(i), "." | ";" | "(" | ":" | "–" | "—")).unwrap_or(range.end);
    let open = (range.start..stop).any(|i| phrase_at(lexicon, "list-open", view.text, &view.layer.tokens, i).is_some());
    if !open
        && stop > range.start + 2
        && let Some(found) = coordination(view, lexicon, range.start..stop)
        && found.closed
        && found.members.len() > 2
        && found.members.iter().all(|m| m.len() <= MEMBER)
    {
        out.push(found.members);
    }
    out
}

/// The claims of a list and of the headings that answer to it.
fn answer(
    context: &Context<'_>,
    view: &BlockView<'_>,
    groups: &[Group],
    members: &[Range<usize>],
    whole: &Whole,
) -> Option<[Claim; 2]> {
    let keys: Vec<Vec<CompactString>> = members
        .iter()
        .map(|m| key(context.lexicon, view.wording(m.clone())).split([' ', '-']).map(singular).collect())
        .collect();
    let fits = |group: &&Group| match whole {
        Whole::Here => group.parent == view.block.section && group.headings[0].id > view.id,
        Whole::Labelled(label) => {
            group.parent.is_some_and(|p| lower(&context.document.block(p).text.string).starts_with(label.as_str()))
        }
        Whole::Counted => {
            let near =
                group.parent == view.block.section || view.block.section.is_some_and(|s| group.headings[0].id == s);
            near && group.headings[0].id > view.id && group.headings.len() == members.len()
        }
        Whole::Document => {
            group.headings[0].id > view.id || group.headings.iter().any(|h| Some(h.id) == view.block.section)
        }
    };
    let (group, places) = groups
        .iter()
        .filter(fits)
        .map(|group| (group, matches(group, &keys)))
        .max_by_key(|(_, places)| places.iter().flatten().count())?;
    let found = places.iter().flatten().count();
    if found < 2 || found + 1 < keys.len() || keys.iter().any(Vec::is_empty) {
        return None;
    }
    // The headings that the list names, and those that look like them.
    let mut listed: Vec<SetMember> = Vec::new();
    let (mut first, mut last) = (usize::MAX, 0);
    for place in places.iter().flatten() {
        (first, last) = (first.min(*place), last.max(*place));
    }
    for (i, heading) in group.headings.iter().enumerate() {
        let named = places.iter().position(|p| *p == Some(i));
        let title = context.view(heading.id);
        let all = 0..title.layer.tokens.len();
        match named {
            Some(n) => listed.push(SetMember { key: keys[n].join(" ").into(), ..member(context, &title, all) }),
            None => {
                let inside = first < i && i < last || matches!(whole, Whole::Counted);
                if let Some(own) = own_words(group, &places, &keys, heading, inside) {
                    listed.push(SetMember { key: own, ..member(context, &title, all) });
                }
            }
        }
    }
    let missing = places.iter().position(Option::is_none);
    if let Some(n) = missing {
        // A member without a heading may be treated under another one, or under a heading of another level.
        let elsewhere = groups.iter().flat_map(|g| &g.headings).any(|h| keys[n].iter().any(|w| h.words.contains(w)));
        if elsewhere || found < 3 && !matches!(whole, Whole::Counted) {
            return None;
        }
    }
    let (start, end) = (members[0].start, members[members.len() - 1].end);
    let at = view.span(start..end);
    let tie = || Tie {
        key: format_compact!("sections:{}:{}", at.file.0, at.start),
        wording: "sections announced".into(),
        modifiers: Vec::new(),
        head: CompactString::default(),
        owner: CompactString::default(),
        whole: 2,
        strict: true,
    };
    let mut announced = claim(context, view, members, start, tie())?;
    if let Value::Set(named) = &mut announced.value {
        for (member, words) in named.members.iter_mut().zip(&keys) {
            member.key = words.join(" ").into();
        }
    }
    let title = context.view(group.headings[first].id);
    let Tie { key, wording, whole, strict, .. } = tie();
    let value = Value::Set(NamedSet { members: listed, tie: key, whole, strict });
    let mut headings = title.claim(ClaimKind::Set, "set", 0..title.layer.tokens.len(), value);
    headings.subject.wording = wording;
    Some([announced, headings])
}

/// For each member the heading that has all its words; a heading is taken once.
fn matches(group: &Group, keys: &[Vec<CompactString>]) -> Vec<Option<usize>> {
    let mut taken = vec![false; group.headings.len()];
    keys.iter()
        .map(|words| {
            let at = group
                .headings
                .iter()
                .enumerate()
                .position(|(i, h)| !taken[i] && !words.is_empty() && words.iter().all(|w| h.words.contains(w)))?;
            taken[at] = true;
            Some(at)
        })
        .collect()
}

/// The words that a heading not named has for itself, when it is built like those that are named: "Cole's harbour
/// plan" beside "Arden's harbour plan". `None` when it is of another sort.
fn own_words(
    group: &Group,
    places: &[Option<usize>],
    keys: &[Vec<CompactString>],
    heading: &Heading,
    inside: bool,
) -> Option<CompactString> {
    let rests: Vec<Vec<&CompactString>> = places
        .iter()
        .zip(keys)
        .filter_map(|(place, words)| {
            Some(group.headings[(*place)?].words.iter().filter(|w| !words.contains(w)).collect())
        })
        .collect();
    let common: Vec<&CompactString> =
        rests.first()?.iter().copied().filter(|w| rests.iter().all(|r| r.contains(w))).collect();
    if common.is_empty() {
        // Headings that are nothing but the members: only one in their midst is one of them.
        let bare = rests.iter().all(Vec::is_empty) && heading.words.len() <= 2;
        return (bare && inside).then(|| heading.words.join(" ").into());
    }
    let shared = heading.words.iter().filter(|w| common.contains(w)).count();
    let own: Vec<&str> = heading.words.iter().filter(|w| !common.contains(w)).map(|w| w.as_str()).collect();
    (2 * shared >= common.len() && shared >= 2.min(common.len()) && !own.is_empty() && own.len() <= 3)
        .then(|| own.join(" ").into())
}
