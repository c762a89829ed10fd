//! Names: runs of capitalised words with their particles, initials and titles.
//!
//! Reading is generous: whether a run names somebody or only begins a sentence shows in the rest of the document
//! and is for `claim` to decide.

use super::token::{Case, Token, TokenKind};
use crate::document::{Style, Text};
use crate::lexicon::{Lexicon, NameRoles, Pos, lower};
use std::ops::Range;

/// A name and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameAt {
    /// All its tokens, title left out; never empty.
    pub tokens: Range<usize>,
    /// The tokens of the title before it ("Deputy Foreign Minister", "Dr"); may be empty.
    pub title: Range<usize>,
    /// Its parts in order, particles left out; never empty.
    pub parts: Vec<NamePart>,
    /// The name opens a sentence, so the capital of its first part says nothing.
    pub opens_sentence: bool,
    /// Written surname first, as bibliographies do: "Okafor C", "Okafor, C.".
    pub inverted: bool,
}

/// One part of a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamePart {
    /// Its tokens; more than one for "Al - Hawl" and for initials with their full stops.
    pub tokens: Range<usize>,
    /// What it is.
    pub shape: PartShape,
}

/// What a part of a name is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PartShape {
    /// `A.`, `SE`
    Initial,
    /// An ordinary word or a title with a capital: `Junction`, `President`.
    Ordinary,
    /// Anything else with a capital.
    Proper,
}

/// Longest run taken for one name, in parts; what is longer is a line in capitals.
const LONGEST: usize = 8;

/// Reads the names of a block, in order.
pub(super) fn names(text: &Text, tokens: &[Token], sentences: &[Range<usize>], lexicon: &Lexicon) -> Vec<NameAt> {
    let reader = Reader { text: &text.string, tokens, lexicon, code: code_ranges(text) };
    let mut out = Vec::new();
    for sentence in sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            match reader.name(sentence, at) {
                Some(name) => {
                    at = name.tokens.end;
                    out.push(name);
                }
                None => at = reader.after(sentence, at),
            }
        }
    }
    out
}

/// The stretches marked as code, sorted and disjoint enough for a binary search.
fn code_ranges(text: &Text) -> Vec<Range<u32>> {
    let mut code: Vec<Range<u32>> =
        text.styles.iter().filter(|(_, s)| matches!(s, Style::Code)).map(|(r, _)| r.clone()).collect();
    code.sort_by_key(|r| r.start);
    code
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    code: Vec<Range<u32>>,
}

impl Reader<'_> {
    fn word(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |t| t.text(self.text))
    }

    fn is_sign(&self, token: usize, sign: char) -> bool {
        self.tokens.get(token).is_some_and(|t| t.is_sign(self.text, sign))
    }

    /// Whether the token follows the one before it without white space.
    fn touches(&self, token: usize) -> bool {
        token > 0 && self.tokens.get(token).is_some_and(|t| t.start == self.tokens[token - 1].end)
    }

    fn roles(&self, token: usize) -> NameRoles {
        self.lexicon.name_roles(&lower(self.word(token)))
    }

    /// Where to look for the next name after `at`, which begins none.
    fn after(&self, sentence: &Range<usize>, at: usize) -> usize {
        (at + 1).min(sentence.end)
    }

    /// Whether a token can be part of a name by the way it is written.
    fn is_capital(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        if token.kind != TokenKind::Word {
            return false;
        }
        let word = token.text(self.text);
        let fits = match token.case {
            Case::Capital => well_formed(word),
            Case::Lower => self.article_inside(word),
            Case::Upper => self.is_shouted(at),
            Case::None => false,
        };
        fits && !self.in_code(token) && !self.in_address(at)
    }

    /// "LINDQVIST, Marte" and "Marte LINDQVIST": a surname in capitals beside a given name.
    fn is_shouted(&self, at: usize) -> bool {
        let word = self.word(at);
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}'));
        let given = |i: usize| {
            self.tokens.get(i).is_some_and(|t| t.case == Case::Capital) && self.roles(i).any(NameRoles::GIVEN)
        };
        let beside = self.is_sign(at + 1, ',') && given(at + 2) || at > 0 && given(at - 1);
        letters && word.chars().count() >= 3 && beside
    }

    /// `al-Assad`: an article with a hyphen and a capital.
    fn article_inside(&self, word: &str) -> bool {
        // Asked of every small word: most have no sign that could be a hyphen.
        word.bytes().any(|b| b == b'-' || !b.is_ascii())
            && word.split_once(['-', '\u{2010}', '\u{2011}']).is_some_and(|(article, rest)| {
                self.lexicon.name_roles(article).any(NameRoles::ARTICLE)
                    && rest.starts_with(char::is_uppercase)
                    && well_formed(rest)
            })
    }

    fn in_code(&self, token: &Token) -> bool {
        let i = self.code.partition_point(|r| r.start <= token.start);
        i > 0 && self.code[i - 1].end > token.start
    }

    /// Whether the token is a piece of a URL, path, file name, mail address or identifier.
    fn in_address(&self, at: usize) -> bool {
        let touching = |i: usize, signs: &[char]| {
            self.tokens
                .get(i)
                .is_some_and(|t| t.kind == TokenKind::Sign && self.text[t.start as usize..].starts_with(signs))
        };
        if at > 0 && self.touches(at) {
            if touching(at - 1, &['/', '\\', '@', '#', '=', '_', '~', '$', '&', '%', '+', '<', '{']) {
                return true;
            }
            if touching(at - 1, &['.', ':', '-']) && at > 1 && self.touches(at - 1) {
                return true;
            }
        }
        if self.touches(at + 1) {
            let note = self.tokens.get(at + 2).is_some_and(|t| t.kind == TokenKind::Number);
            if touching(at + 1, &['/', '\\', '@', '=', '+', '>', '}', '#']) && self.touches(at + 2)
                || touching(at + 1, &['(', '[']) && !note
            {
                return true;
            }
            if touching(at + 1, &['.', ':']) && self.touches(at + 2) {
                let next = &self.tokens[at + 2];
                return next.kind != TokenKind::Sign || touching(at + 2, &[':', '/']);
            }
        }
        false
    }

    /// An initial at `at`: the number of its tokens.
    fn initial(&self, at: usize, inside: bool) -> Option<usize> {
        let token = self.tokens.get(at)?;
        if token.kind != TokenKind::Word || token.case == Case::Lower || self.in_code(token) {
            return None;
        }
        let word = token.text(self.text);
        let stop = self.is_sign(at + 1, '.') && self.touches(at + 1);
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        if word.contains('.') || word.contains('-') {
            // `J.-C.` and `U.S.` alike; the second is no initial at the head of a name.
            let single = word.split(['.', '-']).all(|p| p.chars().count() <= 1);
            return (single && letters().all(char::is_uppercase) && stop && letters().count() <= 3).then_some(2);
        }
        if token.case == Case::Capital && word.chars().count() == 1 {
            if stop {
                return Some(2);
            }
            return inside.then_some(1);
        }
        None
    }

    /// "S Frederick Starr": a letter without a full stop before a given name and another capital. "A" and "I" are
    /// words.
    fn bare_initial(&self, at: usize) -> Option<usize> {
        let word = self.tokens.get(at).filter(|t| t.case == Case::Capital)?.text(self.text);
        let letter = word.len() == 1 && !matches!(word, "A" | "I");
        let given = letter && self.is_capital(at + 1) && self.roles(at + 1).any(NameRoles::GIVEN);
        (given && self.is_capital(at + 2) && !self.is_function(at + 2)).then_some(1)
    }

    fn shape(&self, at: usize) -> PartShape {
        let token = &self.tokens[at];
        let roles = self.roles(at);
        if roles.any(NameRoles::GIVEN) {
            return PartShape::Proper;
        }
        let group = NameRoles::TITLE.and(NameRoles::PLACE).and(NameRoles::ORGANISATION).and(NameRoles::UNDERTAKING);
        if roles.any(group) {
            return PartShape::Ordinary;
        }
        let pos = token.word.map_or(Pos::default(), |id| self.lexicon.words.pos(id));
        if pos == Pos::default() || pos.any(Pos::DEMONYM) { PartShape::Proper } else { PartShape::Ordinary }
    }

    /// A word that is only capital because it opens a sentence or a title: no noun, no name.
    fn is_function(&self, at: usize) -> bool {
        let function = Pos::CLOSED.and(Pos::MONTH).and(Pos::WEEKDAY).and(Pos::NUMBER);
        let Some(id) = self.tokens[at].word else { return false };
        self.lexicon.words.pos(id).any(function) && !self.roles(at).any(NameRoles::GIVEN)
    }

    /// The name that begins at token `at`, if one does.
    fn name(&self, sentence: &Range<usize>, at: usize) -> Option<NameAt> {
        let starts = self.is_capital(at) && !(self.is_function(at) && self.initial(at, false).is_none());
        let initial_first =
            self.initial(at, false).or_else(|| self.bare_initial(at)).filter(|&n| self.begins_name(at + n));
        if !starts && initial_first.is_none() {
            return None;
        }
        let mut parts = Vec::new();
        let mut i = at;
        while i < sentence.end && parts.len() < LONGEST {
            let inside = !parts.is_empty();
            let closed = inside && (self.begins_name(i + 1) || self.closes(i + 1, sentence));
            let bare = if inside { None } else { self.bare_initial(i) };
            if let Some(n) = self.initial(i, closed).or(bare) {
                // A full stop after the last initial may also end the sentence; it belongs to the initial all the same.
                let n = n.min(sentence.end - i);
                parts.push(NamePart { tokens: i..i + n, shape: PartShape::Initial });
                i += n;
            } else if let Some(n) = self.article(i, sentence) {
                parts.push(NamePart { tokens: i..i + n, shape: PartShape::Proper });
                i += n;
            } else if self.is_capital(i) && self.word(i).chars().nth(1).is_some() && !(inside && self.is_function(i)) {
                parts.push(NamePart { tokens: i..i + 1, shape: self.shape(i) });
                i += 1;
            } else if inside && let Some(n) = self.particles(i, sentence) {
                i += n;
            } else {
                break;
            }
        }
        let last = parts.last()?;
        let mut end = last.tokens.end;
        let inverted = self.inverted(sentence, &mut parts, &mut end);
        let title = parts
            .iter()
            .take_while(|p| p.shape == PartShape::Ordinary && self.roles(p.tokens.start).any(NameRoles::TITLE))
            .count();
        // "President" alone is no name with a title but a word.
        let title = if title < parts.len() { title } else { 0 };
        let start = parts[title].tokens.start;
        let title_tokens = at..if title > 0 { parts[title - 1].tokens.end } else { at };
        let title_tokens = if title > 0 { title_tokens } else { self.title_before(sentence, at) };
        parts.drain(..title);
        let opens_sentence = title == 0 && self.opens(sentence, at);
        Some(NameAt { tokens: start..end, title: title_tokens, parts, opens_sentence, inverted })
    }

    /// Whether only signs stand between the start of the sentence and the token, or a colon or quote right before.
    fn opens(&self, sentence: &Range<usize>, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|&b| b >= sentence.start) else { return true };
        if self.tokens[before].kind == TokenKind::Sign {
            return (sentence.start..at).all(|i| self.tokens[i].kind != TokenKind::Word)
                || matches!(self.word(before), ":" | "“" | "\"" | "‘" | "«" | "•" | "–" | "—" | "·" | "|");
        }
        (sentence.start..at).all(|i| self.tokens[i].kind == TokenKind::Number)
    }

    /// A title in small letters right before: "president Kassym-Jomart Tokayev".
    fn title_before(&self, sentence: &Range<usize>, at: usize) -> Range<usize> {
        let mut start = at;
        let mut stop = at;
        // "Dr." keeps its full stop.
        if at > sentence.start + 1 && self.is_sign(at - 1, '.') && self.roles(at - 2).any(NameRoles::TITLE) {
            stop = at - 1;
            start = at - 2;
        }
        while start > sentence.start
            && self.tokens[start - 1].kind == TokenKind::Word
            && self.roles(start - 1).any(NameRoles::TITLE)
        {
            start -= 1;
        }
        if start == at { at..at } else { start..stop }
    }

    fn begins_name(&self, at: usize) -> bool {
        self.is_capital(at) && self.word(at).chars().nth(1).is_some() && !self.is_function(at)
            || self.initial(at, false).is_some()
    }

    /// Whether nothing that could continue a phrase follows: a sign, the end, or the "and" of a list.
    fn closes(&self, at: usize, sentence: &Range<usize>) -> bool {
        at >= sentence.end || self.tokens[at].kind == TokenKind::Sign || matches!(self.word(at), "and" | "et")
    }

    /// `Al - Hawl`, `Al Hawl`, `El-Hol`: the number of tokens of an article and what it belongs to, when they
    /// are separate tokens.
    fn article(&self, at: usize, sentence: &Range<usize>) -> Option<usize> {
        let word = self.word(at);
        if word.chars().count() > 3 || !self.roles(at).any(NameRoles::ARTICLE) || self.in_code(&self.tokens[at]) {
            return None;
        }
        let hyphen = matches!(self.word(at + 1), "-" | "\u{2010}" | "\u{2011}" | "\u{2013}");
        // Without a hyphen only the two articles that are no English words.
        let plain = matches!(word, "Al" | "El" | "al" | "el");
        let n = if hyphen {
            3
        } else if plain {
            2
        } else {
            return None;
        };
        let last = at + n - 1;
        (last < sentence.end && self.is_capital(last) && self.word(last).chars().count() > 2).then_some(n)
    }

    /// Particles between two capitals: their number.
    fn particles(&self, at: usize, sentence: &Range<usize>) -> Option<usize> {
        let n = (at..sentence.end.min(at + 3))
            .take_while(|&i| {
                let token = &self.tokens[i];
                token.kind == TokenKind::Word
                    && token.case == Case::Lower
                    && token.end - token.start <= 5
                    && self.roles(i).any(NameRoles::PARTICLE)
            })
            .count();
        (n > 0 && self.is_capital(at + n) && !self.is_function(at + n)).then_some(n)
    }

    /// Reads the initials behind a surname: `Okafor C`, `Okafor CJ`, `Okafor, C. J.`.
    fn inverted(&self, sentence: &Range<usize>, parts: &mut Vec<NamePart>, end: &mut usize) -> bool {
        let single = parts.len() == 1 && parts[0].shape == PartShape::Proper;
        let trailing = parts.len() >= 2
            && parts[0].shape == PartShape::Proper
            && parts[1..].iter().all(|p| p.shape == PartShape::Initial);
        if trailing {
            return true;
        }
        if !single {
            return false;
        }
        let i = *end;
        if i >= sentence.end {
            return false;
        }
        if self.is_sign(i, ',') {
            let mut n = i + 1;
            while let Some(m) = self.initial(n, false) {
                let m = m.min(sentence.end.saturating_sub(n));
                if m == 0 {
                    break;
                }
                parts.push(NamePart { tokens: n..n + m, shape: PartShape::Initial });
                n += m;
            }
            if n > i + 1 {
                *end = n;
                return true;
            }
            // "LINDQVIST, Marte": only capitals, or a line of its own, tell it from two names.
            let shouted = self.tokens[parts[0].tokens.start].case == Case::Upper;
            let lined = parts[0].tokens.start == sentence.start && (i + 2 >= sentence.end || self.is_sign(i + 2, '('));
            let given = i + 1 < sentence.end && self.is_capital(i + 1) && self.roles(i + 1).any(NameRoles::GIVEN);
            if given && (shouted || lined && !self.roles(parts[0].tokens.start).any(NameRoles::GIVEN)) {
                parts.push(NamePart { tokens: i + 1..i + 2, shape: PartShape::Proper });
                *end = i + 2;
                return true;
            }
            return false;
        }
        let token = &self.tokens[i];
        let capitals =
            token.case == Case::Upper && token.end - token.start <= 3 && self.word(i).chars().all(char::is_alphabetic);
        if capitals && self.closes(i + 1, sentence) {
            parts.push(NamePart { tokens: i..i + 1, shape: PartShape::Initial });
            *end = i + 1;
            return true;
        }
        false
    }
}

/// Whether a capitalised word is written like a name: no digits or underscores, no capital inside except after a
/// hyphen, an apostrophe or Mc, Mac, De, Le and the like, and no small letter after a hyphen except in articles.
fn well_formed(word: &str) -> bool {
    let mut previous = ' ';
    for (at, c) in word.char_indices() {
        if c.is_numeric() || matches!(c, '_' | '&' | '.') {
            return false;
        }
        if c.is_uppercase() && previous.is_lowercase() {
            let prefix = &word[..at];
            let piece = prefix.rsplit(['-', '\'', '\u{2019}']).next().unwrap_or(prefix);
            if !matches!(piece, "Mc" | "Mac" | "De" | "Di" | "Le" | "La" | "Van" | "Fitz" | "Du" | "Des") {
                return false;
            }
        }
        if c.is_uppercase() && previous.is_uppercase() {
            return false;
        }
        if matches!(previous, '-' | '\u{2010}' | '\u{2011}') && c.is_lowercase() {
            let rest = &word[at..];
            let piece = rest.split(['-', '\u{2010}', '\u{2011}']).next().unwrap_or(rest);
            if piece.len() == rest.len()
                || !matches!(
                    piece,
                    "al" | "el" | "ad" | "ar" | "as" | "ud" | "ul" | "de" | "la" | "le" | "sur" | "on" | "en" | "upon"
                )
            {
                return false;
            }
        }
        previous = c;
    }
    true
}
