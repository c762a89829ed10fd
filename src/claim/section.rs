//! In which section of its document a statement stands, and whether two sections are set side by side.
//!
//! Goes in: the headings above a block. Comes out: their words, outermost first. Sections of one build ("Case 1",
//! "Case 2"; "Restoring small databases", "Restoring large databases") speak of different things in the same words.

use super::context::{BlockView, Context};
use super::link::stem;
use crate::annotate::TokenKind;
use crate::document::BlockId;
use crate::lexicon::{Lexicon, Pos, lower};
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Most words of a heading that are kept.
const WORDS: usize = 24;

/// No outline is deeper than this.
const DEEPEST: usize = 12;

/// A heading above a statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Title {
    /// The heading.
    pub block: BlockId,
    /// Its content words without endings, and its numbers, in order.
    pub words: Vec<CompactString>,
    /// Whether it says that examples follow.
    pub example: bool,
    /// Whether it only says that options are told of: "Settings".
    pub general: bool,
}

/// The headings of a document, read once for all statements below them.
#[derive(Default)]
pub(super) struct Titles {
    known: FxHashMap<BlockId, Arc<[Title]>>,
}

impl Titles {
    /// The headings above a block, outermost first.
    pub(super) fn above(&mut self, context: &Context<'_>, block: BlockId) -> Arc<[Title]> {
        let Some(nearest) = context.document.block(block).section else { return Arc::default() };
        let read = || {
            let mut titles = Vec::new();
            let mut next = Some(nearest);
            while let Some(id) = next.filter(|_| titles.len() < DEEPEST) {
                let view = context.view(id);
                titles.push(title(&view, context.lexicon));
                next = view.block.section;
            }
            titles.reverse();
            titles.into()
        };
        self.known.entry(nearest).or_insert_with(read).clone()
    }
}

fn title(view: &BlockView<'_>, lexicon: &Lexicon) -> Title {
    let tokens = &view.layer.tokens;
    let closed = |i: usize| tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::CLOSED));
    let content = |i: &usize| tokens[*i].kind != TokenKind::Sign && !closed(*i);
    let word = |i: usize| CompactString::from(stem(&lower(view.word(i))));
    Title {
        block: view.id,
        words: (0..tokens.len()).filter(content).take(WORDS).map(word).collect(),
        general: (0..tokens.len()).any(|i| lexicon.is_in("section.options", &lower(view.word(i)))),
        example: (0..tokens.len()).any(|i| lexicon.is_in("section.example", &lower(view.word(i)))),
    }
}

/// Whether two stretches of headings part at sections of one build, so that what stands below speaks of different
/// things: headings that differ in a word or two, members of a series, or sections with subsections of one name.
pub(super) fn are_parallel(a: &[Title], b: &[Title]) -> bool {
    let common = a.iter().zip(b).take_while(|(x, y)| x.block == y.block).count();
    let (a, b) = (&a[common..], &b[common..]);
    let (Some(x), Some(y)) = (a.first(), b.first()) else { return false };
    let of_one_name = |(x, y): (&Title, &Title)| !x.words.is_empty() && x.words == y.words;
    a.iter().zip(b).any(of_one_name) || are_members(&x.words, &y.words) || differ_a_little(&x.words, &y.words)
}

/// Whether two options with headings of their own, of one name, stand in sections of two things: `### threads` under
/// "Store" and under "Log".
#[must_use]
pub fn are_namesakes(a: &[Title], b: &[Title]) -> bool {
    match (a, b) {
        ([.., x, own], [.., y, other]) => {
            let common = x.words.iter().any(|w| y.words.contains(w));
            own.words == other.words
                && !x.words.is_empty()
                && !y.words.is_empty()
                && !common
                && !x.general
                && !y.general
        }
        _ => false,
    }
}

/// "Case 1: no key", "Case 3: two keys".
fn are_members(x: &[CompactString], y: &[CompactString]) -> bool {
    let number = |w: &CompactString| w.bytes().all(|b| b.is_ascii_digit());
    match (x, y) {
        ([noun, n, ..], [other, m, ..]) => noun == other && !number(noun) && number(n) && number(m) && n != m,
        _ => false,
    }
}

/// "Restoring slow databases", "Restoring quick databases": most of the words, two at least, are common, and each has
/// one or two of its own.
fn differ_a_little(x: &[CompactString], y: &[CompactString]) -> bool {
    let own = |x: &[CompactString], y: &[CompactString]| x.iter().filter(|w| !y.contains(w)).count();
    let (own_x, own_y) = (own(x, y), own(y, x));
    let common = x.len() - own_x;
    common >= 2 && (1..=2).contains(&own_x) && (1..=2).contains(&own_y)
}

#[cfg(test)]
mod tests {
    use super::{Title, are_namesakes, are_parallel};
    use crate::document::BlockId;
    use compact_str::CompactString;

    fn path(titles: &[(u32, &str)]) -> Vec<Title> {
        let title = |&(block, words): &(u32, &str)| Title {
            block: BlockId(block),
            words: words.split(' ').map(CompactString::from).collect(),
            example: false,
            general: false,
        };
        titles.iter().map(title).collect()
    }

    #[test]
    fn reads_headings_of_one_build_as_parallel() {
        let slow = path(&[(0, "manual"), (1, "restor slow databas")]);
        let quick = path(&[(0, "manual"), (4, "restor quick databas")]);
        assert!(are_parallel(&slow, &quick));
        assert!(are_parallel(&path(&[(0, "case 1 no key")]), &path(&[(9, "case 3 two key")])));
        let here = path(&[(0, "law"), (1, "bread"), (2, "which work are there")]);
        let there = path(&[(0, "law"), (5, "salt"), (6, "which work are there")]);
        assert!(are_parallel(&here, &there));
    }

    #[test]
    fn reads_options_of_one_name_in_two_sections() {
        let store = path(&[(0, "configur"), (1, "store"), (2, "thread")]);
        let log = path(&[(0, "configur"), (7, "log"), (8, "thread")]);
        assert!(are_namesakes(&store, &log));
        assert!(!are_namesakes(&store, &store));
        assert!(!are_namesakes(&path(&[(0, "thread")]), &path(&[(4, "thread")])));
    }

    #[test]
    fn ignores_headings_that_only_share_a_word() {
        let results = path(&[(0, "report"), (1, "result survey")]);
        let methods = path(&[(0, "report"), (4, "method survey")]);
        assert!(!are_parallel(&results, &methods));
        assert!(!are_parallel(&results, &results));
        assert!(!are_parallel(&path(&[(0, "summary")]), &[]));
        assert!(!are_parallel(&path(&[(1, "1 introduction")]), &path(&[(2, "2 methods")])));
    }
}
