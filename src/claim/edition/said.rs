//! Sentences in which a document speaks of itself: "this 2022 report", "the 13th meeting was opened", "what's new
//! in 2.3", "we are pleased to announce Orchid 5.0".

use super::value::{Found, values};
use super::{Edition, EditionPlace, EditionValue, claim};
use crate::annotate::{Case, TokenKind, phrase_at, phrase_before};
use crate::claim::{BlockView, Claim, Context, lemma};
use crate::document::{BlockKind, Style};
use crate::lexicon::lower;
use compact_str::CompactString;
use std::ops::Range;

/// Tokens between "this" and its noun, and between the noun and the time at most.
const REACH: usize = 6;

/// Tokens between words of announcing and the version at most.
const ANNOUNCED: usize = 9;

/// Blocks with running text that are read: further on, a document speaks of others.
const BLOCKS: usize = 400;

pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut read = 0;
    for view in context.views() {
        match view.block.kind {
            BlockKind::Heading(_) => heading(context, &view, out),
            BlockKind::Paragraph | BlockKind::Item { .. } => {
                read += 1;
                if read > BLOCKS {
                    return;
                }
                for sentence in &view.layer.sentences {
                    let reader = Reader { context, view: &view, sentence: sentence.clone() };
                    reader.read(out);
                }
            }
            _ => {}
        }
    }
}

/// "What's new in 2.3": the heading of a part, not the title.
fn heading(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    if super::own::title(context) == Some(view.id) {
        return;
    }
    let all = 0..view.layer.tokens.len();
    let (text, tokens) = (view.text, &view.layer.tokens);
    let opened = (0..3).find_map(|at| phrase_at(context.lexicon, "edition.new", text, tokens, at).map(|n| at + n));
    let found = values(context, view, all.clone());
    let versions: Vec<&Found> = found.iter().filter(|f| matches!(f.value, EditionValue::Version(_))).collect();
    if let (Some(end), [only]) = (opened, versions.as_slice())
        && only.tokens.start >= end
        && only.tokens.start <= end + 3
        && only.tokens.end + 1 >= all.end
    {
        out.push(said(context, view, (*only).clone(), "version".into()));
    }
}

fn said(context: &Context<'_>, view: &BlockView<'_>, found: Found, of: CompactString) -> Claim {
    let at = view.member(found.tokens.clone());
    let words = match found.value {
        EditionValue::Version(_) => vec![found.of.clone()],
        _ => found.words,
    };
    let mut claim =
        claim(context, view.id, Edition { place: EditionPlace::Text, value: found.value, of, words, at, tie: None });
    claim.within = view.within(found.tokens.start);
    claim.sentence = u32::try_from(view.layer.sentence_index(found.tokens.start)).unwrap_or(u32::MAX);
    claim
}

struct Reader<'a> {
    context: &'a Context<'a>,
    view: &'a BlockView<'a>,
    sentence: Range<usize>,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.view.word(at)
    }

    fn phrase(&self, set: &str, at: usize) -> Option<usize> {
        phrase_at(self.context.lexicon, set, self.view.text, &self.view.layer.tokens, at)
    }

    fn before(&self, set: &str, at: usize) -> Option<usize> {
        phrase_before(self.context.lexicon, set, self.view.text, &self.view.layer.tokens, at)
    }

    fn read(&self, out: &mut Vec<Claim>) {
        // A sentence without a figure or an ordinal names none of a series.
        let stretch = self.sentence.start..self.sentence.end.min(self.sentence.start + 120);
        let figures = stretch.clone().any(|i| self.view.layer.tokens[i].kind == TokenKind::Number);
        let ordinal = self.view.layer.ordinals.iter().any(|o| stretch.contains(&o.tokens.start));
        if !figures && !ordinal {
            return;
        }
        let found = values(self.context, self.view, stretch.clone());
        let found: Vec<Found> = found.into_iter().filter(|f| self.is_meant(f)).collect();
        if found.is_empty() {
            return;
        }
        for at in stretch.filter(|&at| matches!(self.word(at), "this" | "This" | "these" | "These")) {
            out.extend(self.this(at, &found));
            out.extend(self.member(at, &found));
        }
        out.extend(self.meeting(&found));
        for one in &found {
            match one.value {
                EditionValue::Number(_) if !one.words.is_empty() => out.extend(self.opened(one)),
                EditionValue::Version(_) => out.extend(self.announced(one, &found)),
                EditionValue::Season(..) => out.extend(self.welcomed(one)),
                _ => {}
            }
        }
    }

    fn is_meant(&self, found: &Found) -> bool {
        let bytes = self.view.layer.bytes(found.tokens.clone());
        let styled = |style| self.view.block.text.has_style(bytes.clone(), style);
        !styled(Style::Code) && !styled(Style::Struck) && !styled(Style::Address)
    }

    /// Whether the sentence speaks of other members of the series.
    fn speaks_of_others(&self) -> bool {
        self.sentence.clone().take(120).any(|at| self.phrase("edition.other", at).is_some())
    }

    /// "this 2022 report", "this report for 2022", "in this January 2024 issue", "this statement covers the year
    /// ended 31 March 2020".
    fn this(&self, at: usize, found: &[Found]) -> Option<Claim> {
        let end = self.sentence.end.min(at + REACH);
        let (noun, length) = (at + 1..end).find_map(|i| self.phrase("edition.document", i).map(|n| (i, n)))?;
        let timed = |f: &&Found| match &f.value {
            EditionValue::Date(date) => date.from.year.is_some(),
            EditionValue::Double(_) | EditionValue::Season(..) => true,
            _ => false,
        };
        let dates = || found.iter().filter(timed);
        let inside = dates().find(|f| f.tokens.start > at && f.tokens.end <= noun);
        let tokens = &self.view.layer.tokens;
        let behind = || {
            let next = dates().find(|f| f.tokens.start >= noun + length)?;
            let gap = noun + length..next.tokens.start;
            let lead = self.phrase("edition.covers", gap.start).filter(|n| gap.start + n <= gap.end)?;
            let mut rest = gap.start + lead..gap.end;
            // "presents the budget for fiscal year 2022"
            if let Some(at) = rest.clone().take(6).find(|&i| self.word(i) == "for")
                && rest.clone().take(6).all(|i| tokens[i].case == Case::Lower)
            {
                rest.start = at + 1;
            }
            let plain = rest.len() <= REACH
                && rest.clone().all(|i| {
                    matches!(
                        lower(self.word(i)).as_str(),
                        "the"
                            | "year"
                            | "fiscal"
                            | "financial"
                            | "calendar"
                            | "period"
                            | "month"
                            | "months"
                            | "quarter"
                            | "ended"
                            | "ending"
                            | "of"
                            | "from"
                            | "twelve"
                            | "12"
                            | "work"
                            | "activities"
                            | "season"
                            | "to"
                    )
                });
            plain.then_some(next)
        };
        let one = inside.or_else(behind)?;
        let of = lemma(self.view, self.context.lexicon, noun + length - 1);
        Some(said(self.context, self.view, one.clone(), of))
    }

    /// "Today's meeting (5 March) was opened", "this call, on 5 March,".
    fn meeting(&self, found: &[Found]) -> Option<Claim> {
        let at = self.sentence.clone().take(REACH).find(|&at| self.phrase("edition.today", at).is_some())?;
        let end = at + self.phrase("edition.today", at)?;
        let lead =
            |at: usize| matches!(self.word(at), "(" | "," | "on" | "of" | "held" | "is" | "took" | "takes" | "place");
        let date = found.iter().find(|f| f.tokens.start > end && matches!(f.value, EditionValue::Date(_)))?;
        let whole = matches!(date.value, EditionValue::Date(d) if d.is_one() && d.from.day.is_some());
        let near = date.tokens.start - end <= 4 && (end..date.tokens.start).all(lead);
        (whole && near).then(|| said(self.context, self.view, date.clone(), "meeting".into()))
    }

    /// "Welcome to the winter 2023 issue", "this is the spring 2024 newsletter".
    fn welcomed(&self, found: &Found) -> Option<Claim> {
        let next = found.tokens.end;
        let length = self.phrase("edition.document", next)?;
        let start = found.tokens.start;
        let article = start.checked_sub(1).filter(|&at| matches!(self.word(at), "the" | "our" | "this"))?;
        let clear = self.word(article) == "this"
            || self.before("edition.opening", article).is_some()
            || article >= 2 && matches!(self.word(article - 2), "This" | "this") && self.word(article - 1) == "is";
        let of = lemma(self.view, self.context.lexicon, next + length - 1);
        (clear && !self.speaks_of_others()).then(|| said(self.context, self.view, found.clone(), of))
    }

    /// "this issue (no. 33)", "in this week 22".
    fn member(&self, at: usize, found: &[Found]) -> Option<Claim> {
        let one = found.iter().find(|f| f.tokens.start > at + 1 && f.tokens.start <= at + 5)?;
        let counted =
            matches!(one.value, EditionValue::Number(_)) && lemma(self.view, self.context.lexicon, at + 1) == one.of;
        counted.then(|| said(self.context, self.view, one.clone(), one.of.clone()))
    }

    /// "The 13th meeting was opened", "Welcome to the 6th Annual Kite Workshop".
    fn opened(&self, found: &Found) -> Option<Claim> {
        let noun = (found.tokens.end..self.sentence.end.min(found.tokens.end + 6))
            .find(|&i| lemma(self.view, self.context.lexicon, i) == found.of)?;
        let start = found.tokens.start
            - usize::from(
                found.tokens.start > self.sentence.start
                    && matches!(self.word(found.tokens.start - 1), "the" | "our" | "The" | "Our" | "this" | "This"),
            );
        let ahead = self.before("edition.opening", start).is_some();
        let this = matches!(self.word(start), "this" | "This") && start < found.tokens.start;
        let behind = (noun + 1..self.sentence.end.min(noun + 8)).any(|i| self.phrase("edition.opened", i).is_some());
        let subject = start == self.sentence.start || self.word(start.saturating_sub(1)) == ",";
        let clear = ahead || this || behind && subject;
        (clear && !self.speaks_of_others()).then(|| said(self.context, self.view, found.clone(), found.of.clone()))
    }

    /// "We are pleased to announce Orchid 5.0", "Orchid 5.0 is now available", "You are reading the documentation of
    /// v1.8".
    fn announced(&self, found: &Found, all: &[Found]) -> Option<Claim> {
        let versions = all.iter().filter(|f| matches!(f.value, EditionValue::Version(_))).count();
        if versions > 1 || self.speaks_of_others() {
            return None;
        }
        let from = self.sentence.start.max(found.tokens.start.saturating_sub(ANNOUNCED));
        let ahead = (from..found.tokens.start).any(|i| self.phrase("edition.announce", i).is_some());
        // Only names and words for versions stand between the beginning and the version: "Orchid 5.0 brings".
        let opening = (self.sentence.start..found.tokens.start).all(|i| {
            let word = self.word(i);
            word.starts_with(char::is_uppercase)
                || matches!(word, "version" | "release" | "the" | "new" | "of" | "*" | "\"" | "“")
        }) && found.tokens.start - self.sentence.start <= 4;
        let behind = opening && self.phrase("edition.available", found.tokens.end).is_some();
        (ahead || behind).then(|| said(self.context, self.view, found.clone(), "version".into()))
    }
}
