//! The places beside the name of a person where the text says what he or she is.

use super::epithet::{Described, Epithet, Slot, Surety};
use super::phrase::Reader;
use super::{Frames, Said};
use crate::annotate::{Case, TokenKind};
use crate::claim::Claim;
use crate::lexicon::{Pos, lower};
use compact_str::CompactString;

/// Most tokens between a name and the "as" that belongs to it.
const AS: usize = 12;

/// Most tokens before a name that an epithet reaches back.
const BACK: usize = 16;

impl Frames<'_> {
    /// Appends what the text around one mention calls the person; gives the end of what belongs to it.
    pub(super) fn epithets(&self, person: &CompactString, taken: usize, out: &mut Vec<Claim>) -> usize {
        let mut end = self.mention.tokens.end;
        let ahead = self.called_before(taken);
        let comma = ahead.as_ref().is_some_and(|d| d.epithet.slot == Slot::Before);
        for found in ahead.into_iter().chain(self.called_behind(comma)) {
            end = end.max(found.tokens.end);
            self.claim(person, Said::Epithet(found.epithet), found.tokens, out);
        }
        end
    }

    /// Whether a token is "Mr", "Dr", "Canon": what stands between an epithet and the name.
    fn is_style(&self, token: usize) -> bool {
        self.reader.cue(token, "role.he").is_some()
            || self.reader.cue(token, "role.she").is_some()
            || self.reader.cue(token, "role.style").is_some()
    }

    /// Where the name begins with its "Dr" and "Prof.".
    fn styled_start(&self, floor: usize) -> usize {
        let mut stop = self.mention.tokens.start;
        while stop > floor {
            if self.is_style(stop - 1) {
                stop -= 1;
            } else if self.word(stop - 1) == "." && stop > floor + 1 && self.is_style(stop - 2) {
                stop -= 2;
            } else {
                break;
            }
        }
        stop
    }

    /// Whether the name narrows a noun right behind it, which what stands before is about: "the official Vik blog".
    fn is_attribute(&self) -> bool {
        let end = self.mention.tokens.end;
        let verb = self.pos(end).any(Pos::VERB.and(Pos::AUXILIARY).and(Pos::ADVERB));
        end < self.sentence.end && self.reader.case(end) == Some(Case::Lower) && self.pos(end).any(Pos::NOUN) && !verb
    }

    fn called_before(&self, taken: usize) -> Option<Described> {
        let start = self.mention.tokens.start;
        let floor = self.sentence.start.max(taken).max(start.saturating_sub(BACK));
        let stop = self.styled_start(floor);
        if stop <= floor || self.is_attribute() {
            return None;
        }
        let sign = self.word(stop - 1);
        if matches!(sign, "," | ":" | "–" | "—" | "." | "…" | "|" | "=") {
            let mut limit = stop;
            while limit > floor && self.reader.view.layer.tokens[limit - 1].kind == TokenKind::Sign {
                limit -= 1;
            }
            // "Ferryman .......... Colm Tierney"
            let dots = sign != "." || stop - limit > 2;
            let slot = if sign == "," { Slot::Before } else { Slot::Label };
            return self.ending_at(floor, limit, slot).filter(|_| dots);
        }
        // "a psychologist (Dr Renée Hippolyte)"
        if sign == "(" && self.word(self.mention.tokens.end) == ")" {
            return self.ending_at(floor, stop - 1, Slot::Bracket);
        }
        // "Our head keeper is again Marek Suchý"
        let mut verb = stop;
        while verb > floor && self.pos(verb - 1).any(Pos::ADVERB) {
            verb -= 1;
        }
        if verb > floor + 1 && matches!(self.word(verb - 1), "is" | "was" | "remains" | "be") {
            let will = self.word(verb - 1) == "be" && self.word(verb - 2) == "will";
            let limit = verb - 1 - usize::from(will);
            return self.ending_at(floor, limit, Slot::Copula).filter(|d| d.tokens.start <= self.sentence.start + 2);
        }
        self.ending_at(floor, stop, Slot::Title)
    }

    /// The longest epithet that ends at `limit` and begins where one can.
    fn ending_at(&self, floor: usize, limit: usize, slot: Slot) -> Option<Described> {
        for start in floor..limit {
            let determiner = self.pos(start).any(Pos::DETERMINER);
            let opens = start == floor && (floor == self.sentence.start || slot == Slot::Title)
                || start > floor && matches!(self.word(start - 1), ";" | ":" | "(" | "*" | "-" | "•" | "|");
            let owned = self.word(start).ends_with("'s") || self.word(start).ends_with("’s");
            let begins = match slot {
                Slot::Title => {
                    opens
                        || determiner
                        || owned
                        || start > floor
                            && (self.reader.view.layer.tokens[start - 1].kind == TokenKind::Sign
                                || self.pos(start - 1).any(Pos::CLOSED.and(Pos::VERB).and(Pos::ADVERB))
                                || self.reader.view.layer.tokens[start].case == Case::Capital)
                }
                Slot::Label => start == self.sentence.start || opens,
                _ => opens || determiner || owned,
            };
            if !begins {
                continue;
            }
            let Some(found) = self.reader.described(start, limit, slot) else { continue };
            if found.tokens.end == limit && found.tokens.start < limit {
                return Some(found);
            }
        }
        None
    }

    fn called_behind(&self, comma: bool) -> Vec<Described> {
        let limit = self.sentence.end.min(self.next.max(self.mention.tokens.end));
        let end = self.mention.tokens.end;
        let mut out = Vec::new();
        match self.word(end) {
            "," | "–" | "—" if matches!(self.word(end + 1), "who" | "himself" | "herself") => {
                out.extend(self.relative(end + 2, limit, self.word(end + 1) != "who"));
            }
            "," | "–" | "—" if self.word(end + 1) == "as" => out.extend(self.closed(end + 2, limit, Slot::As)),
            "," => out.extend(self.closed(end + 1, limit, Slot::Behind).filter(|d| !self.is_others(d, comma))),
            "–" | "—" => out.extend(self.closed(end + 1, limit, Slot::Behind)),
            "(" => out.extend(self.bracketed(end + 1, limit)),
            "is" | "was" | "remains" => out.extend(self.closed(self.past_adverbs(end + 1), limit, Slot::Copula)),
            _ => out.extend(self.deed_of(end, limit, false)),
        }
        if out.is_empty() {
            out.extend(self.as_what(end, limit));
        }
        // "our treasurer and Secretary General"
        while let Some(last) = out.last().filter(|_| out.len() < 3) {
            let stop = last.tokens.end + usize::from(self.word(last.tokens.end) == ",");
            if !matches!(self.word(stop), "and" | "&") {
                break;
            }
            let Some(next) = self.closed(stop + 1, limit, last.epithet.slot) else { break };
            out.push(next);
        }
        out
    }

    fn past_adverbs(&self, mut at: usize) -> usize {
        while self.pos(at).any(Pos::ADVERB) && !self.pos(at).any(Pos::DETERMINER) && at < self.sentence.end {
            at += 1;
        }
        at
    }

    /// Whether "the treasurer, Ole Brandt, the secretary, Anna Holm" goes on with another person.
    fn is_others(&self, found: &Described, comma: bool) -> bool {
        let stop = found.tokens.end;
        stop >= self.next && found.epithet.body.is_empty()
            || comma && matches!(self.word(stop), "," | ":") && self.next <= stop + 3
    }

    /// An epithet behind which its clause ends.
    fn closed(&self, at: usize, limit: usize, slot: Slot) -> Option<Described> {
        let found = self.reader.described(at, limit, slot)?;
        let stop = found.tokens.end;
        let signs = [",", ".", ";", ")", "(", "–", "—", ":", "”", "\"", "|", "and", "&", "who"];
        let open = Pos::VERB.and(Pos::AUXILIARY).and(Pos::PREPOSITION).and(Pos::RELATIVE).and(Pos::ADVERB);
        let closes = stop >= self.sentence.end || signs.contains(&self.word(stop)) || self.pos(stop).any(open);
        // "Ole Brandt, director Anna Holm": hers; but "surgeon on the East Indiaman" names no second person.
        let hers = stop >= self.next && self.next < self.sentence.end && found.epithet.body.is_empty();
        (closes && !hers).then_some(found)
    }

    fn bracketed(&self, at: usize, limit: usize) -> Option<Described> {
        let found = self.reader.described(at, limit, Slot::Bracket)?;
        matches!(self.word(found.tokens.end), ")" | "," | ";").then_some(found)
    }

    /// "who is our engineer", "who as engineer", "who farms", "himself a farmer"
    fn relative(&self, at: usize, limit: usize, oneself: bool) -> Option<Described> {
        match self.word(at) {
            _ if oneself => self.closed(at, limit, Slot::Behind),
            "is" | "was" => self.closed(self.past_adverbs(at + 1), limit, Slot::Copula),
            "as" => self.closed(at + 1, limit, Slot::As),
            _ => self.deed_of(at, limit, true),
        }
    }

    /// "heads the Cash Department", "who farms at the edge of the fen"
    fn deed_of(&self, at: usize, limit: usize, relative: bool) -> Option<Described> {
        let verb = at + usize::from(relative && matches!(self.word(at), "had" | "has"));
        if verb >= limit || !self.pos(verb).any(Pos::VERB) && !self.word(verb).ends_with('s') {
            return None;
        }
        let object = self.pos(verb + 1).any(Pos::DETERMINER);
        if !(relative || object && self.word(verb).ends_with('s')) {
            return None;
        }
        let doers = self.reader.doers(verb, relative);
        if doers.is_empty() {
            return None;
        }
        let mut words = Vec::new();
        let mut body = Vec::new();
        let mut end = verb + 1;
        if object && let Some(stop) = self.reader.complement(verb + 1, limit.min(verb + AS)) {
            for t in (verb + 2..stop).filter(|&t| self.reader.nominal(t)) {
                let list = if self.reader.is_name(t, true) { &mut body } else { &mut words };
                list.push(self.reader.base(t));
            }
            end = stop;
        }
        words.retain(|w| !super::phrase::is_empty_word(w));
        let (mut heads, groups): (Vec<CompactString>, _) = doers.into_iter().unzip();
        heads.dedup();
        let rank = CompactString::default();
        let epithet = Epithet {
            heads,
            groups,
            rank,
            words,
            body,
            noun: Surety::Known,
            slot: Slot::Deed,
            definite: object,
            indefinite: !object,
        };
        Some(Described { tokens: verb..end, epithet })
    }

    /// "joined the team as its psychologist": an "as" with an owner or article, in the same clause.
    fn as_what(&self, from: usize, limit: usize) -> Option<Described> {
        let to = limit.min(from + AS);
        for at in from..to {
            if matches!(self.word(at), ";" | ":" | "(" | "“" | "\"" | "”") {
                return None;
            }
            if self.word(at) == "as" && at > 0 && !matches!(lower(self.word(at - 1)).as_str(), "as" | "well" | "such") {
                let owned =
                    matches!(self.word(at + 1), "the" | "our" | "its" | "their" | "his" | "her" | "your" | "my");
                return self.closed(at + 1, limit, Slot::As).filter(|_| owned);
            }
        }
        None
    }
}

impl Reader<'_> {
    /// What a cell calls the person of another cell of its row: all of it, or up to the first comma.
    pub(super) fn of_cell(&self) -> Option<Described> {
        let end = self.view.layer.tokens.len();
        let found = self.described(0, end, Slot::Row)?;
        (found.tokens.end == end || matches!(self.view.word(found.tokens.end), "," | ";" | "(")).then_some(found)
    }
}
