//! How a date hangs in its sentence: "the decision of 29 July", "the evaluation (March 2017)", "closed on 30 June".
//!
//! Goes in: a date in its clause. Comes out: the sort of tie, and the word that the date hangs on.

use super::words::Words;
use crate::claim::calendar::{Tie, TieSort};
use crate::claim::{BlockView, Context};
use crate::lexicon::{Pos, lower};
use std::ops::Range;

/// Tokens to either side of a date in which the word that it hangs on is looked for.
const REACH: usize = 7;

/// The tie of a date.
pub(super) fn tie(
    context: &Context<'_>,
    words: &Words<'_>,
    view: &BlockView<'_>,
    clause: &Range<usize>,
    date: &Range<usize>,
) -> Tie {
    let start = lead(context, view, clause, date);
    let before = start.checked_sub(1).filter(|&at| at >= clause.start);
    let sort = match before {
        None => TieSort::Fronted,
        Some(at) => match lower(view.word(at)).as_str() {
            "of" => TieSort::Of,
            "(" | "[" => TieSort::Bracket,
            "," | ":" | "–" | "—" | ";" | "|" | "\"" | "“" => TieSort::Sign,
            _ if pos(context, view, at).any(Pos::PREPOSITION.and(Pos::CONJUNCTION)) => {
                let first =
                    (clause.start..at).all(|i| pos(context, view, i).any(Pos::CLOSED) || view.word(i).len() < 2);
                if first { TieSort::Fronted } else { TieSort::When }
            }
            _ => TieSort::Loose,
        },
    };
    // "the 1932 excavation", "the 17 July letter"
    let noun = pos(context, view, date.end).any(Pos::NOUN) && !pos(context, view, date.end).any(Pos::CLOSED);
    if noun && date.end < clause.end && matches!(sort, TieSort::Loose | TieSort::When) {
        let word = right(words, view, date.end..(date.end + 3).min(clause.end), true);
        return Tie { sort: TieSort::Modifier, word, ..article(context, view, clause, date.start) };
    }
    if sort == TieSort::Fronted {
        let word = right(words, view, date.end..(date.end + REACH).min(clause.end), false);
        return Tie { sort, word, ..Tie::default() };
    }
    let from = start.saturating_sub(REACH).max(clause.start);
    for at in (from..start).rev() {
        let (key, end) = words.key_at(view, at);
        if let Some(word) = key
            && end <= start
        {
            return Tie { sort, word, ..article(context, view, clause, at) };
        }
    }
    Tie { sort, ..Tie::default() }
}

fn pos(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> Pos {
    let token = view.layer.tokens.get(at);
    token.and_then(|t| t.word).map_or(Pos::default(), |id| context.lexicon.words.pos(id))
}

/// The token from which only a weekday, an article or a part of the month leads up to the date.
fn lead(context: &Context<'_>, view: &BlockView<'_>, clause: &Range<usize>, date: &Range<usize>) -> usize {
    let mut start = date.start;
    while start > clause.start {
        let at = start - 1;
        let word = lower(view.word(at));
        let weekday = pos(context, view, at).any(Pos::WEEKDAY);
        let comma = word == "," && at > clause.start && pos(context, view, at - 1).any(Pos::WEEKDAY);
        if !(weekday || comma || matches!(word.as_str(), "the" | "early" | "late" | "mid" | "*" | "**" | "\"" | "“"))
        {
            break;
        }
        start = at;
    }
    start
}

/// The first word to the right that says something, or the last of a run of them.
fn right(words: &Words<'_>, view: &BlockView<'_>, stretch: Range<usize>, run: bool) -> compact_str::CompactString {
    let mut found = compact_str::CompactString::default();
    let mut at = stretch.start;
    while at < stretch.end {
        let (key, end) = words.key_at(view, at);
        match key {
            Some(key) => {
                found = key;
                if !run {
                    break;
                }
            }
            None if run => break,
            None => {}
        }
        at = end;
    }
    found
}

/// Whether the words before a token make it known or new.
fn article(context: &Context<'_>, view: &BlockView<'_>, clause: &Range<usize>, at: usize) -> Tie {
    for i in (at.saturating_sub(4).max(clause.start)..=at).rev() {
        match lower(view.word(i)).as_str() {
            "the" | "this" | "that" | "these" | "those" | "its" | "his" | "her" | "their" | "our" | "my" | "said" => {
                return Tie { definite: true, ..Tie::default() };
            }
            "a" | "an" | "another" => return Tie { indefinite: true, ..Tie::default() },
            _ if i < at && pos(context, view, i).any(Pos::PREPOSITION.and(Pos::CONJUNCTION)) => break,
            _ => {}
        }
    }
    Tie::default()
}

#[cfg(test)]
mod tests {
    use crate::claim::calendar::{Tie, TieSort};
    use crate::claim::{Value, claims};
    use crate::lexicon::Lexicon;
    use crate::read::{Format, read};
    use crate::source::{Origin, SourceFile};
    use crate::span::FileId;

    fn ties(text: &str) -> Vec<Tie> {
        let lexicon = Lexicon::english();
        let source = SourceFile::new("ties.md".into(), text.to_owned(), Origin::Verbatim);
        let document = read(&source, FileId(0), Format::Markdown);
        let layers = crate::annotate::annotate(&document, lexicon);
        let occasion = |value| match value {
            Value::Occasion(occasion) => Some(occasion.tie),
            _ => None,
        };
        claims(&document, &layers, lexicon).into_iter().filter_map(|c| occasion(c.value)).collect()
    }

    fn sorts(text: &str) -> Vec<TieSort> {
        ties(text).into_iter().map(|tie| tie.sort).collect()
    }

    #[test]
    fn reads_how_dates_hang_in_their_sentences() {
        assert_eq!(sorts("Nothing came of the decree of 3 March 2011."), [TieSort::Of]);
        assert_eq!(sorts("The kiln survey (March 2017) was short."), [TieSort::Bracket]);
        assert_eq!(sorts("Closing date for bids: 30 September 2022"), [TieSort::Sign]);
        assert_eq!(sorts("On Monday, 4 May 2020 the mill shut."), [TieSort::Fronted]);
        assert_eq!(sorts("The mill shut on 4 May 2020."), [TieSort::When]);
        assert_eq!(sorts("It was found in the June 2014 excavation."), [TieSort::Modifier]);
    }

    #[test]
    fn reads_whether_the_word_is_known() {
        let known = ties("Nothing came of the decree of 3 March 2011.");
        assert!(known[0].definite && !known[0].word.is_empty());
        let new = ties("It had signed a contract on 3 March 2011.");
        assert!(new[0].indefinite && !new[0].definite);
    }
}
