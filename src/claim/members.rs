//! The members of a coordination: "A, B, C and D", with every count that a fair reader may arrive at.

use super::context::BlockView;
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::document::Style;
use crate::lexicon::{Lexicon, Pos};
use std::ops::Range;

/// Longest member, in tokens, that is still taken for one when commas part the members.
const LONGEST: usize = 24;

/// A coordination and the ways to count it.
///
/// Commas and "and" also stand inside members ("research and development", "Paris, France"), so the number of
/// members is a range: every count from `least` to `most` is a fair reading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Coordination {
    /// The members in the plainest reading, as token ranges without the joining words.
    pub(super) members: Vec<Range<usize>>,
    /// Fewest members of any fair reading.
    pub(super) least: usize,
    /// Most members of any fair reading.
    pub(super) most: usize,
    /// Whether "and" or "or" stands before the last member, so that the list is complete.
    pub(super) closed: bool,
    /// Token positions inside the members at which one may be split in two, with the joining word.
    splits: Vec<usize>,
    /// Indices of members that may belong to the one before.
    joins: Vec<usize>,
}

impl Coordination {
    /// The members in the reading whose count is nearest to `count`.
    pub(super) fn reading(&self, count: usize) -> Vec<Range<usize>> {
        let mut out = self.members.clone();
        let mut splits = self.splits.iter();
        while out.len() < count {
            let Some(&at) = splits.next() else { break };
            if let Some(i) = out.iter().position(|m| m.start < at && at + 1 < m.end) {
                let tail = at + 1..out[i].end;
                out[i].end = at;
                out.insert(i + 1, tail);
            }
        }
        let mut joins = self.joins.iter().rev();
        while out.len() > count {
            let Some(&i) = joins.next() else { break };
            if i > 0 && i < out.len() {
                out[i - 1].end = out[i].end;
                out.remove(i);
            }
        }
        out
    }
}

/// Reads the tokens of a range as a coordination; `None` when they do not look like one.
pub(super) fn coordination(view: &BlockView<'_>, lexicon: &Lexicon, range: Range<usize>) -> Option<Coordination> {
    let mut range = range;
    while range.end > range.start && is_end(view, range.end - 1) {
        range.end -= 1;
    }
    let outside = top_level(view, range.clone());
    let semicolon = outside.iter().any(|&i| sign(view, i, ';'));
    let separator = if semicolon { ';' } else { ',' };
    let mut segments: Vec<Range<usize>> = Vec::new();
    let mut start = range.start;
    for &i in &outside {
        if sign(view, i, separator) {
            segments.push(start..i);
            start = i + 1;
        }
    }
    segments.push(start..range.end);
    segments.retain(|s| s.start < s.end);
    while segments.len() > 1 && segments.last().is_some_and(|s| is_continuation(view, lexicon, s.clone())) {
        segments.pop();
    }

    let mut members: Vec<Range<usize>> = Vec::new();
    let mut closed = false;
    for segment in &segments {
        if closed {
            // What follows the closing member may only go on about it: "A, B and C, which ...".
            if is_continuation(view, lexicon, segment.clone()) {
                break;
            }
            // "X and Y, Z, and W": the pair was a member of its own.
            closed = false;
        }
        // "training and, from March on, grants": what is put in after "and" leaves the members unclear.
        if segment.len() > 1 && joining(view, lexicon, segment.end - 1) == 1 {
            return None;
        }
        let skip = joining(view, lexicon, segment.start);
        if skip > 0 && !members.is_empty() {
            closed = true;
        }
        if segment.start + skip < segment.end {
            members.push(segment.start + skip..segment.end);
        }
    }
    if members.is_empty() {
        return None;
    }
    if !closed && !semicolon {
        // "A, B and C": the last member holds the closing word.
        let last = members.len() - 1;
        let inside: Vec<usize> = conjunctions(view, lexicon, &outside, members[last].clone());
        if let Some(&at) = inside.iter().rfind(|&&i| !sign(view, i, '/')) {
            let tail = at + 1..members[last].end;
            members[last].end = at;
            members.push(tail);
            closed = true;
        }
    }
    let closed_by_and = closed
        && members.last().is_some_and(|m| m.start > range.start && matches!(view.word(m.start - 1), "and" | "&"));
    let mut splits = Vec::new();
    for member in &members {
        if !semicolon && member.len() > LONGEST {
            return None;
        }
        // "A, B or C and D": what "or" joins is one of the members that "and" closes.
        let is_choice = |i: &usize| closed_by_and && matches!(view.word(*i), "or" | "/");
        splits.extend(conjunctions(view, lexicon, &outside, member.clone()).into_iter().filter(|i| !is_choice(i)));
        if semicolon {
            splits.extend(outside.iter().copied().filter(|&i| member.contains(&i) && sign(view, i, ',')));
        }
    }
    // "`--lib`, for libraries, and `--bin`": among pieces of code, what is none goes on about them.
    let is_code = |m: &Range<usize>| view.block.text.has_style(view.layer.bytes(m.start..m.start + 1), Style::Code);
    let code = members.iter().filter(|m| is_code(m)).count() >= 2 && is_code(&members[0]);
    // "wet, dry and mild" are three; "a safe, quick way" is one.
    let single_words = members.iter().all(|m| m.len() == 1);
    let joins: Vec<usize> = (1..members.len())
        .filter(|&i| {
            let goes_on = code && !is_code(&members[i]) || may_join(view, lexicon, &members[i - 1], &members[i]);
            goes_on || !single_words && is_adjective(view, lexicon, &members[i - 1])
        })
        .collect();
    let most = members.len() + splits.len();
    let least = members.len() - joins.len();
    Some(Coordination { members, least, most, closed, splits, joins })
}

/// The tokens of a range that stand outside brackets and quotation marks.
fn top_level(view: &BlockView<'_>, range: Range<usize>) -> Vec<usize> {
    let mut out = Vec::with_capacity(range.len());
    let mut depth = 0u32;
    let mut quoted = false;
    for i in range {
        match view.word(i) {
            "(" | "[" | "{" | "“" | "«" => depth += 1,
            ")" | "]" | "}" | "”" | "»" => depth = depth.saturating_sub(1),
            "\"" => quoted = !quoted,
            _ if depth == 0 && !quoted => out.push(i),
            _ => {}
        }
    }
    out
}

fn sign(view: &BlockView<'_>, token: usize, sign: char) -> bool {
    view.layer.tokens[token].is_sign(view.text, sign)
}

fn is_end(view: &BlockView<'_>, token: usize) -> bool {
    matches!(view.word(token), "." | ":" | "?" | "!" | "…" | ")" | "”" | "\"" | ";" | ",")
        && view.layer.tokens[token].kind == TokenKind::Sign
}

/// The length in tokens of a joining phrase ("and", "or", "as well as") at a token, 0 when there is none.
pub(super) fn joining(view: &BlockView<'_>, lexicon: &Lexicon, token: usize) -> usize {
    phrase_at(lexicon, "joining", view.text, &view.layer.tokens, token).unwrap_or(0)
}

fn conjunctions(view: &BlockView<'_>, lexicon: &Lexicon, outside: &[usize], member: Range<usize>) -> Vec<usize> {
    let from = outside.partition_point(|&i| i <= member.start);
    outside[from..]
        .iter()
        .copied()
        .take_while(|&i| i + 1 < member.end)
        .filter(|&i| joining(view, lexicon, i) > 0 || sign(view, i, '/'))
        .collect()
}

/// Whether a segment goes on about what came before: "which …", "including …", "so that …".
fn is_continuation(view: &BlockView<'_>, lexicon: &Lexicon, segment: Range<usize>) -> bool {
    let tokens = &view.layer.tokens;
    if phrase_at(lexicon, "list-continuation", view.text, tokens, segment.start).is_some() {
        return true;
    }
    let Some(id) = tokens[segment.start].word else { return false };
    lexicon.words.pos(id).any(Pos::RELATIVE.and(Pos::AUXILIARY))
}

/// Whether a member ends in an adjective, which a comma may part from the next: "a safe, quick way", "sites that have
/// rich, topical content", but not "sites that are rich".
fn is_adjective(view: &BlockView<'_>, lexicon: &Lexicon, member: &Range<usize>) -> bool {
    let pos = |i: usize| view.layer.tokens[i].word.map_or(Pos::default(), |id| lexicon.words.pos(id));
    let last = pos(member.end - 1);
    let leads = member.len() <= 2
        || pos(member.end - 2).any(Pos::DETERMINER.and(Pos::PREPOSITION))
        || matches!(view.word(member.end - 2), "have" | "has" | "had" | "with");
    leads && last.any(Pos::ADJECTIVE) && !last.any(Pos::NOUN)
}

/// Whether a member may belong to the one before it: an apposition, a place in a country.
fn may_join(view: &BlockView<'_>, lexicon: &Lexicon, before: &Range<usize>, member: &Range<usize>) -> bool {
    if is_continuation(view, lexicon, member.clone()) {
        return true;
    }
    let token = &view.layer.tokens[member.start];
    if view.block.text.has_style(view.layer.bytes(member.clone()), Style::Code) {
        return false;
    }
    if token.kind == TokenKind::Number && member.len() > 1 {
        return true;
    }
    let pos = token.word.map_or(Pos::default(), |id| lexicon.words.pos(id));
    if token.case == Case::Lower && pos.any(Pos::PREPOSITION.and(Pos::ADVERB).and(Pos::NEGATION).and(Pos::CONJUNCTION))
    {
        return true;
    }
    // "Turin, Italy": the second name says where the first is.
    let country = |r: &Range<usize>| lexicon.place(view.wording(r.clone())).is_some();
    country(member) && !country(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::claim::Context;
    use crate::document::{BlockId, Document};

    fn counts(text: &str) -> Option<(usize, usize, usize, bool)> {
        let document = Document::of_paragraph(text);
        let lexicon = Lexicon::english();
        let layers = annotate(&document, lexicon);
        let context = Context::new(&document, &layers, lexicon);
        let view = context.view(BlockId(0));
        let found = coordination(&view, lexicon, 0..view.layer.tokens.len())?;
        for n in found.least..=found.most {
            assert_eq!(found.reading(n).len(), n, "reading of {n} in {text}");
        }
        Some((found.least, found.members.len(), found.most, found.closed))
    }

    #[test]
    fn reads_lists_with_and_without_the_last_comma() {
        assert_eq!(counts("wind, rain, hail, and snow."), Some((4, 4, 4, true)));
        assert_eq!(counts("wind, rain, hail and snow."), Some((4, 4, 4, true)));
        assert_eq!(counts("wind or rain"), Some((2, 2, 2, true)));
        assert_eq!(counts("wind, rain, hail, snow"), Some((4, 4, 4, false)));
    }

    #[test]
    fn reads_pairs_inside_members_as_one_or_two() {
        assert_eq!(counts("fetch, sort and pack, seal, and ship."), Some((4, 4, 5, true)));
        assert_eq!(counts("the red and the green lamp; the bell; and the horn"), Some((3, 3, 4, true)));
    }

    #[test]
    fn leaves_out_what_goes_on_about_the_last_member() {
        assert_eq!(counts("wind, rain and snow, including sleet."), Some((3, 3, 3, true)));
    }

    #[test]
    fn commas_in_brackets_part_nothing() {
        assert_eq!(counts("wind (east, west), rain, and snow"), Some((3, 3, 3, true)));
    }
}
