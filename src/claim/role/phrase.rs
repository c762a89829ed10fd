//! A phrase that names an office: "our head of conservation", "Deputy Minister of Foreign Affairs".

use super::super::{BlockView, Context, lemma};
use super::Holding;
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::lexicon::{NameRoles, Office, Pos, lower};
use compact_str::CompactString;
use std::ops::Range;

/// Most tokens before the office itself, and most after it.
const REACH: usize = 12;

/// An office as named at one place.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// From the first word that narrows the office to the last, determiner left out.
    pub(super) tokens: Range<usize>,
    /// What is held.
    pub(super) holding: Holding,
    /// A nationality among the words before the office, by its country.
    pub(super) nation: Option<CompactString>,
    /// An age among them: "a 43-year-old teacher".
    pub(super) age: Option<u8>,
}

/// Reads phrases of one block.
pub(super) struct Reader<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) view: &'a BlockView<'a>,
    /// Tokens at which the names of people begin, in order.
    pub(super) people: &'a [usize],
}

/// An office at a place: its tokens, its possible meanings, and what makes it a lower one.
struct Found<'a> {
    end: usize,
    offices: Vec<&'a Office>,
    rank: CompactString,
}

impl<'a> Reader<'a> {
    pub(super) fn pos(&self, token: usize) -> Pos {
        let word = self.view.layer.tokens.get(token).and_then(|t| t.word);
        word.map_or(Pos::default(), |id| self.context.lexicon.words.pos(id))
    }

    pub(super) fn kind(&self, token: usize) -> Option<TokenKind> {
        self.view.layer.tokens.get(token).map(|t| t.kind)
    }

    pub(super) fn case(&self, token: usize) -> Option<Case> {
        self.view.layer.tokens.get(token).map(|t| t.case)
    }

    /// The office that begins at a token, "vice-chair" and "deputy head" with their rank.
    fn office(&self, token: usize, limit: usize) -> Option<Found<'a>> {
        if token >= limit || self.kind(token) != Some(TokenKind::Word) {
            return None;
        }
        let offices = &self.context.lexicon.offices;
        let word = |i: usize| if i < limit { lower(self.view.word(i)) } else { CompactString::default() };
        let first = word(token);
        let (n, found) = offices.at(&first, |i| word(token + i));
        if n > 0 {
            return Some(Found { end: token + n, offices: found, rank: CompactString::default() });
        }
        // "vice-chair", "under-secretary-general"
        if let Some((rank, rest)) = first.split_once('-')
            && self.is_rank(rank)
        {
            let (n, found) = offices.at(rest, |i| word(token + i));
            if n > 0 {
                return Some(Found { end: token + n, offices: found, rank: rank.into() });
            }
        }
        if self.is_rank(&first) {
            let next = self.office(token + 1, limit)?;
            return Some(Found { rank: first, ..next });
        }
        None
    }

    pub(super) fn is_rank(&self, word: &str) -> bool {
        let lexicon = self.context.lexicon;
        lexicon.words.find(word).is_some_and(|id| {
            lexicon.phrases(id).iter().any(|p| p.rest.is_empty() && lexicon.set_name(p) == "role.rank")
        })
    }

    /// Whether a token can narrow an office or what it is held in.
    pub(super) fn nominal(&self, token: usize) -> bool {
        if self.kind(token) != Some(TokenKind::Word) {
            return false;
        }
        let pos = self.pos(token);
        if pos.any(Pos::CLOSED.and(Pos::MONTH).and(Pos::WEEKDAY)) {
            return false;
        }
        let nominal = Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::PEOPLE).and(Pos::DEMONYM).and(Pos::GERUND);
        pos == Pos::default() || pos.any(nominal) || self.case(token) != Some(Case::Lower)
    }

    /// The phrase that begins at `start`, determiner or first word, and reaches no further than `limit`.
    pub(super) fn phrase(&self, start: usize, limit: usize) -> Option<Phrase> {
        let mut i = start;
        let mut own = false;
        let mut several = false;
        let definite = self.view.word(i) == "the" || self.view.word(i) == "The";
        if self.pos(i).any(Pos::DETERMINER) && i < limit {
            let word = lower(self.view.word(i));
            own = matches!(word.as_str(), "our" | "its" | "their" | "his" | "her" | "my");
            // "no director", "every director", "one of the directors"
            several = matches!(word.as_str(), "a" | "an");
            if !own && !several && word != "the" {
                return None;
            }
            i += 1;
        }
        let mut from = i;
        let mut before: Vec<usize> = Vec::new();
        let mut body: Vec<CompactString> = Vec::new();
        let mut nation = None;
        let mut age = None;
        let found = loop {
            if i >= limit || i - start > REACH {
                return None;
            }
            if let Some(found) = self.office(i, limit) {
                // "head coach", "finance director": the last one is meant; "head of" is not followed by one.
                match self.office(found.end, limit) {
                    Some(next) if next.end > found.end && found.rank.is_empty() => before.extend(i..found.end),
                    _ => break found,
                }
                i = found.end;
                continue;
            }
            let word = lower(self.view.word(i));
            if let Some((years, n)) = years_old(self.view, i) {
                age = Some(years);
                i += n;
                continue;
            }
            if !self.nominal(i) && (!matches!(word.as_str(), "and" | "&") || before.is_empty()) {
                return None;
            }
            if let Some(owner) = word.strip_suffix("'s").or_else(|| word.strip_suffix("s'")) {
                body.extend(before.drain(..).map(|t| self.base(t)));
                body.push(owner.into());
                from = i + 1;
            } else if self.pos(i).any(Pos::DEMONYM)
                && let Some(place) = self.context.lexicon.place(&word)
            {
                nation = Some(place.place.to_lowercase());
            } else {
                before.push(i);
            }
            i += 1;
        };
        let head = i;
        let mut domain: Vec<CompactString> = Vec::new();
        for &t in &before {
            // "UN Deputy Secretary General"
            if self.case(t) == Some(Case::Upper) {
                body.push(lower(self.view.word(t)));
            } else {
                domain.push(self.base(t));
            }
        }
        let mut end = found.end;
        let mut at = found.end;
        while at < limit && self.pos(at).any(Pos::PREPOSITION) && is_link(self.view.word(at)) {
            let Some(stop) = self.complement(at + 1, limit.min(found.end + REACH)) else { break };
            let words = (at + 1..stop).filter(|&t| self.nominal(t));
            // "Director of the Harbour Services", but "Director of Customer Services".
            let article = self.pos(at + 1).any(Pos::DETERMINER);
            let named =
                words.clone().any(|t| self.is_name(t, article)) || matches!(self.view.word(at), "at" | "in" | "from");
            let list = if named { &mut body } else { &mut domain };
            list.extend(words.map(|t| self.base(t)));
            end = stop;
            at = stop;
        }
        let offices = found.offices.iter().map(|o| (o.name.clone(), o.group.clone())).collect();
        let first = before.first().copied().unwrap_or(head).max(from);
        domain.retain(|w| !is_empty_word(w));
        let holding =
            Holding { offices, rank: found.rank, domain, body, own, bare: false, several, definite, labelled: false };
        Some(Phrase { tokens: first..end, holding, nation, age })
    }

    /// The end of the words behind "of": determiner, nouns and adjectives, "and" between them.
    pub(super) fn complement(&self, from: usize, limit: usize) -> Option<usize> {
        let mut i = from;
        if self.pos(i).any(Pos::DETERMINER) {
            i += 1;
        }
        let mut end = None;
        while i < limit {
            if self.people.binary_search(&i).is_ok() {
                break;
            }
            let verb = self.pos(i).any(Pos::VERB)
                && !self.pos(i).any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::GERUND))
                && self.case(i) == Some(Case::Lower);
            if self.nominal(i) && !verb {
                i += 1;
                end = Some(i);
            } else if matches!(self.view.word(i), "and" | "&") && end.is_some() {
                // "head of finance and secretary of the club"
                let next = i + 1 + usize::from(self.pos(i + 1).any(Pos::DETERMINER));
                let another = (next..limit.min(next + 3)).any(|t| self.office(t, limit).is_some());
                if another || !self.nominal(next) {
                    break;
                }
                i = next;
            } else {
                break;
            }
        }
        end
    }

    /// Whether a word behind "of" makes a name of an organisation or place of the phrase.
    pub(super) fn is_name(&self, token: usize, article: bool) -> bool {
        match self.case(token) {
            Some(Case::Upper) => true,
            Some(Case::Capital) => {
                let word = lower(self.view.word(token));
                self.pos(token) == Pos::default()
                    || article && self.context.lexicon.name_roles(&word).any(NameRoles::ORGANISATION)
                    || self.context.lexicon.place(&word).is_some()
            }
            _ => false,
        }
    }

    pub(super) fn base(&self, token: usize) -> CompactString {
        lemma(self.view, self.context.lexicon, token)
    }

    /// Whether one of a set of cue phrases begins in a range of tokens.
    pub(super) fn has_cue(&self, tokens: Range<usize>, set: &str) -> bool {
        super::has_cue(self.context, self.view, tokens, set)
    }

    /// "will be our treasurer", "will be the new head of mission": an office that is still to come.
    pub(super) fn is_to_be(&self, tokens: Range<usize>) -> bool {
        let end = self.view.layer.tokens.len();
        tokens
            .into_iter()
            .any(|t| self.view.word(t) == "will" && self.view.word(t + 1) == "be" && self.phrase(t + 2, end).is_some())
    }

    /// The length of a cue phrase at a token.
    pub(super) fn cue(&self, token: usize, set: &str) -> Option<usize> {
        phrase_at(self.context.lexicon, set, self.view.text, &self.view.layer.tokens, token)
    }
}

/// "43-year-old" at a token: the years and the number of tokens.
pub(super) fn years_old(view: &BlockView<'_>, at: usize) -> Option<(u8, usize)> {
    let years = view.word(at).parse().ok().filter(|y| (1..=115).contains(y))?;
    let old = |t: usize| matches!(view.word(t), "year-old" | "years-old");
    match view.word(at + 1) {
        "-" | "\u{2010}" | "\u{2011}" if old(at + 2) => Some((years, 3)),
        _ if old(at + 1) => Some((years, 2)),
        _ => None,
    }
}

pub(super) fn is_link(word: &str) -> bool {
    matches!(word, "of" | "for" | "at" | "in" | "to" | "with" | "on" | "from" | "under")
}

/// Words that one writes and another leaves out.
pub(super) fn is_empty_word(word: &str) -> bool {
    matches!(
        word,
        "affair"
            | "department"
            | "division"
            | "section"
            | "unit"
            | "office"
            | "team"
            | "group"
            | "new"
            | "senior"
            | "chief"
            | "honorary"
            | "current"
            | "present"
            | "long-serving"
            | "principal"
            | "lead"
            | "matter"
            | "issue"
            | "and"
            | "&"
            | "organisation"
            | "organization"
            | "body"
            | "board"
            | "club"
            | "association"
            | "company"
    )
}
