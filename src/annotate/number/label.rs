//! Numbers that are names or places rather than quantities.

use super::{Draft, Reader};
use crate::annotate::phrase::{phrase_at, phrases_at};
use crate::annotate::{Case, TokenKind};
use crate::document::Style;
use crate::lexicon::Pos;
use crate::value::Hedge;
use std::ops::Range;

/// Within how many tokens of a numbered line the next one is looked for.
const LISTED: usize = 24;

/// Most tokens from the bracket around the description of a file to a number in it.
const FILE: usize = 12;

impl Reader<'_> {
    /// Whether the number is, or may be, a name, a year, a place in a document, an identifier.
    pub(super) fn is_label(&self, draft: &Draft) -> bool {
        let tokens = draft.tokens.clone();
        if self.in_code(tokens.start) || self.hangs(&tokens) || self.in_brackets(&tokens) || self.lists(&tokens) {
            return true;
        }
        if self.cue_at(tokens.end, "label.after") || self.is_hour(tokens.end) || self.equated(tokens.start) {
            return true;
        }
        // "12 deaths per 100,000": what a rate is told for.
        if tokens.start.checked_sub(1).is_some_and(|i| self.word(i) == "per") {
            return true;
        }
        if draft.unit.is_count() && self.is_version(&tokens) {
            return true;
        }
        let plain = draft.unit.is_count() && draft.hedge == Hedge::None;
        if !plain {
            return false;
        }
        if self.after_label_noun(&tokens)
            || self.cited(&tokens)
            || self.numbers_line(&tokens)
            || self.numbers_heading(&tokens)
            || self.is_release(&tokens)
            || self.ends_markup(&tokens)
        {
            return true;
        }
        draft.plain && !draft.words && (self.is_year(&tokens, draft) || self.after_name(&tokens))
    }

    /// "[5361](…/pull/5361)", "the **Employment Data 2** tab": all of a link, or the end of a name in bold.
    fn ends_markup(&self, tokens: &Range<usize>) -> bool {
        let (start, end) = (self.tokens[tokens.start].start, self.tokens[tokens.end - 1].end);
        let from = self.styles.partition_point(|(range, _)| range.end < end);
        self.styles[from..].iter().take_while(|(range, _)| range.end <= end + 1).any(|(range, style)| match style {
            Style::Link => range.start + 1 >= start,
            Style::Strong | Style::Emphasis => {
                let inside = (0..tokens.start).rev().take_while(|&i| self.tokens[i].start >= range.start);
                let capital = |i: usize| self.tokens[i].case == Case::Capital && self.tokens[i].kind == TokenKind::Word;
                range.end == end && inside.clone().count() > 1 && inside.clone().all(capital)
            }
            _ => false,
        })
    }

    /// "(PDF, 1.2 MB, 24 pages)": a bracket that opens with the format of a file tells what stands behind a link.
    pub(super) fn is_of_file(&self, at: usize) -> bool {
        let bracket = (at.saturating_sub(FILE)..at).rev().find(|&i| matches!(self.word(i), "(" | "[" | ")" | "]"));
        bracket.is_some_and(|i| matches!(self.word(i), "(" | "[") && self.cue_at(i + 1, "file.format"))
    }

    /// "941: 942: gwnode": the number of a line in a listing, which opens the block or stands beside the next one.
    fn numbers_line(&self, tokens: &Range<usize>) -> bool {
        let number = |at: usize| -> Option<u32> {
            let (token, colon) = (self.tokens.get(at)?, self.tokens.get(at + 1)?);
            let said: u32 = token.text(self.text).parse().ok()?;
            (colon.text(self.text) == ":" && token.end == colon.start).then_some(said)
        };
        let Some(own) = number(tokens.start).filter(|_| tokens.len() == 1) else { return false };
        let near = tokens.start.saturating_sub(LISTED)..tokens.start + LISTED;
        tokens.start == 0 || near.filter_map(number).any(|other| other.abs_diff(own) == 1)
    }

    /// "9 a.m.", "6 p. m.": a half of the day, letter by letter, behind the number.
    fn is_hour(&self, end: usize) -> bool {
        let letter = |at: usize| self.word(at).to_ascii_lowercase();
        matches!(letter(end).as_str(), "a" | "p") && self.word(end + 1) == "." && letter(end + 2) == "m"
    }

    /// "12.3 Ann Holt reports back", "4.1.2 Costs": the number of an item or section, which opens the block.
    fn numbers_heading(&self, tokens: &Range<usize>) -> bool {
        let opens = tokens.end == 1 || tokens.end == 2 && self.tokens[0].kind == TokenKind::Sign;
        let next = (tokens.end..self.tokens.len()).find(|&i| self.tokens[i].kind != TokenKind::Sign);
        let capital = next.is_some_and(|i| matches!(self.tokens[i].case, Case::Capital | Case::Upper));
        opens && is_dotted(self.word(tokens.start)) && capital
    }

    /// "since FooDB 2.3", "after Node 18.2": a number with one point behind a name, with no noun behind it to count.
    fn is_release(&self, tokens: &Range<usize>) -> bool {
        let Some(at) = tokens.start.checked_sub(1).filter(|_| is_dotted(self.word(tokens.start))) else { return false };
        let name = &self.tokens[at];
        let opens = at.checked_sub(1).is_none_or(|i| self.tokens[i].kind == TokenKind::Sign);
        let mixed = self.word(at).chars().skip(1).any(char::is_uppercase) && name.case != Case::Upper;
        let unknown = name.case == Case::Capital && !opens && self.pos(at) == Pos::default();
        tokens.len() == 1
            && name.kind == TokenKind::Word
            && (mixed || unknown)
            && name.end < self.tokens[tokens.start].start
            && !self.counts_noun(tokens.end)
    }

    /// "upgrade from 2.3 to 3.2", "release 1.10 or later": numbers with one point near a word that versions stand with.
    fn is_version(&self, tokens: &Range<usize>) -> bool {
        let dotted = |at: usize| is_dotted(self.word(at));
        let reach = tokens.start.saturating_sub(8)..(tokens.end + 8).min(self.tokens.len());
        (dotted(tokens.start) || dotted(tokens.end - 1)) && reach.into_iter().any(|i| self.cue_at(i, "version.near"))
    }

    /// Whether the number hangs on other signs: paths, symbols, scores, telephone numbers.
    fn hangs(&self, tokens: &Range<usize>) -> bool {
        let first = &self.tokens[tokens.start];
        if let Some(before) = tokens.start.checked_sub(1).map(|i| &self.tokens[i])
            && before.end == first.start
        {
            let sign = before.text(self.text);
            let earlier = tokens.start.checked_sub(2).map(|i| &self.tokens[i]).filter(|t| t.end == before.start);
            // "\$5": a plain text with the escapes of its source.
            let escaped = sign == "\\" && first.kind == TokenKind::Sign;
            if !escaped
                && matches!(sign, "/" | "\\" | "@" | "#" | "_" | "&" | "." | ":" | "№" | "*" | "^" | "§" | "?" | "|")
            {
                return true;
            }
            // A power that is too large or too small to be read: "1.99×10−30".
            if sign == "×" && self.word(tokens.start) == "10" && earlier.is_some() {
                return true;
            }
            // "Zhusan–2", "555-1212", "f(2)"; "Mon–5" too.
            let prefixed = sign == "-" && tokens.start > 1 && self.cue_at(tokens.start - 2, "number.prefix");
            if matches!(sign, "-" | "–" | "−" | "(" | "+")
                && earlier.is_some_and(|t| t.kind != TokenKind::Sign)
                && !prefixed
            {
                return true;
            }
            // "USD1" of "USD1,700" is a word when USD is no currency known; the rest is no number.
            let after_word = earlier.is_some_and(|t| t.kind == TokenKind::Word);
            if before.kind == TokenKind::Word && !self.is_currency(before)
                || matches!(sign, "," | "'" | "’") && after_word
            {
                return true;
            }
        }
        let last = &self.tokens[tokens.end - 1];
        let Some(after) = self.tokens.get(tokens.end).filter(|t| t.start == last.end) else { return false };
        let next = self.tokens.get(tokens.end + 1).filter(|t| t.start == after.end);
        match after.text(self.text) {
            "_" | "\\" | "@" | "=" | "#" | "&" | "(" => true,
            "/" | ":" => next.is_some(),
            "-" | "–" | "−" => {
                next.is_some_and(|t| t.kind == TokenKind::Number || t.case == Case::Capital || t.case == Case::Upper)
            }
            _ => after.kind == TokenKind::Word,
        }
    }

    /// A note mark or citation: "[12]", "[3, 4]".
    fn in_brackets(&self, tokens: &Range<usize>) -> bool {
        let opens = (1..=8)
            .map_while(|n| tokens.start.checked_sub(n))
            .find(|&i| self.tokens[i].kind != TokenKind::Number && !matches!(self.word(i), "," | "–" | "-" | ";"));
        opens.is_some_and(|i| self.word(i) == "[")
            && self.tokens.get(tokens.end).is_some_and(|t| matches!(t.text(self.text), "]" | "," | "–" | "-" | ";"))
    }

    /// The mark of a list item or a heading number: "1. Introduction", "2) cost".
    fn lists(&self, tokens: &Range<usize>) -> bool {
        let Some(after) = self.tokens.get(tokens.end) else { return false };
        let glued = after.start == self.tokens[tokens.end - 1].end;
        let opens = tokens.start == 0 || tokens.start == 1 && self.word(0) == "(";
        opens && glued && matches!(after.text(self.text), "." | ")") && self.tokens.len() > tokens.end + 1
    }

    /// The value of a variable or a statistic: "n = 43", "p < .001".
    fn equated(&self, start: usize) -> bool {
        let Some(sign) = start.checked_sub(1) else { return false };
        match self.word(sign) {
            // ">= 30" is a bound, "x = 30" a value.
            "=" => !sign.checked_sub(1).is_some_and(|i| matches!(self.word(i), "<" | ">")),
            "<" | ">" | "≤" | "≥" | "≈" => sign.checked_sub(1).is_some_and(|i| {
                let variable = self.tokens[i];
                variable.kind == TokenKind::Word && variable.end - variable.start <= 2 || self.word(i) == ")"
            }),
            _ => false,
        }
    }

    /// "Table 3", "piers 2 and 3", "No. 7".
    fn after_label_noun(&self, tokens: &Range<usize>) -> bool {
        let mut before = tokens.start;
        if self.labels_end.is_some_and(|end| {
            end < before
                && before - end <= 2
                && (end..before)
                    .all(|i| matches!(self.word(i), "," | "and" | "or" | "to" | "–" | "-" | "&" | "through" | "of"))
        }) && !self.counts_noun(tokens.end)
        {
            return true;
        }
        if before > 1 && self.word(before - 1) == "." && self.tokens[before - 1].start == self.tokens[before - 2].end {
            before -= 1;
        }
        let found = (1..=3).map_while(|n| before.checked_sub(n).map(|at| (at, n))).any(|(at, n)| {
            phrases_at(self.lexicon, self.text, self.tokens, at).any(|(set, length)| set == "label.noun" && length == n)
        });
        // "5 km 300" and "12 months 40" are no names.
        let measured = before
            .checked_sub(2)
            .is_some_and(|i| self.tokens[i].kind == TokenKind::Number || self.pos(i).any(Pos::NUMBER));
        found && !measured
    }

    /// The volume or page of a citation: "(2019) 12 Journal 30", "ibid., 167", "№ 72".
    fn cited(&self, tokens: &Range<usize>) -> bool {
        let before = |n: usize| tokens.start.checked_sub(n).map_or("", |i| self.word(i));
        let closes = matches!(before(1), ")" | "]");
        let year = before(2).len() == 4 && before(2).bytes().all(|b| b.is_ascii_digit());
        closes && year && matches!(before(3), "(" | "[")
            || self.aged(tokens)
            || before(1) == "№"
            || matches!(before(1), "," | ".")
                && (before(2).eq_ignore_ascii_case("ibid")
                    || before(2) == "." && before(3).eq_ignore_ascii_case("ibid"))
    }

    /// An age put behind a name: "Jamie Armstrong, 25, said".
    fn aged(&self, tokens: &Range<usize>) -> bool {
        let Some(name) = tokens.start.checked_sub(2).map(|i| &self.tokens[i]) else { return false };
        let small = self.word(tokens.start).len() <= 3;
        let after = self.word(tokens.end);
        small && self.word(tokens.start - 1) == "," && name.case == Case::Capital && matches!(after, "," | ".")
    }

    fn is_currency(&self, token: &crate::annotate::Token) -> bool {
        self.lexicon.units.get(token.text(self.text)).is_some_and(|unit| unit.before)
    }

    /// "Boeing 747", "Windows 11": a bare number after a name, with no noun behind it to count.
    fn after_name(&self, tokens: &Range<usize>) -> bool {
        let Some(at) = tokens.start.checked_sub(1) else { return false };
        let token = &self.tokens[at];
        let name = token.kind == TokenKind::Word
            && self.word(at).contains(char::is_uppercase)
            && !self.pos(at).any(Pos::CLOSED.and(Pos::VERB).and(Pos::ADVERB).and(Pos::NUMBER));
        name && !self.counts_noun(tokens.end)
    }

    /// Whether the word at a token can be the noun that a number counts.
    pub(super) fn counts_noun(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let pos = self.pos(at);
        token.kind == TokenKind::Word
            && token.case == Case::Lower
            && !pos.any(Pos::CLOSED)
            && (pos.any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::PEOPLE)) || !pos.any(Pos::VERB.and(Pos::ADVERB)))
    }

    /// Whether a plain number is most likely a year.
    fn is_year(&self, tokens: &Range<usize>, draft: &Draft) -> bool {
        if draft.whole != 4 || tokens.len() != 1 {
            return false;
        }
        let Ok(year) = self.word(tokens.start).parse::<u16>() else { return false };
        let cued = self.cue_before(tokens.start, "year.before") || self.is_month(tokens.start.wrapping_sub(1));
        match year {
            // "2000 pieces"
            2000 if !cued && self.counts_noun(tokens.end) => false,
            1900..=2100 => true,
            // 1320 women, but "in 1320", "(1754)", "1754, when"
            1000..=1899 => {
                cued && !self.counts_noun(tokens.end)
                    || self.word(tokens.start.wrapping_sub(1)) == "(" && self.word(tokens.end) == ")"
            }
            _ => false,
        }
    }

    fn is_month(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word) && self.pos(at).any(Pos::MONTH)
    }

    pub(super) fn cue_at(&self, at: usize, set: &str) -> bool {
        phrase_at(self.lexicon, set, self.text, self.tokens, at).is_some()
    }

    /// Whether a phrase of one set ends just before a token.
    pub(super) fn cue_before(&self, before: usize, set: &str) -> bool {
        (1..=3).map_while(|n| before.checked_sub(n).map(|at| (at, n))).any(|(at, n)| {
            phrases_at(self.lexicon, self.text, self.tokens, at).any(|(name, length)| name == set && length == n)
        })
    }
}

/// Whether a wording is two short numbers with a point between them, as versions and numbers of sections are.
fn is_dotted(wording: &str) -> bool {
    let digits = |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    wording.split_once('.').is_some_and(|(major, minor)| digits(major) && digits(minor))
}
