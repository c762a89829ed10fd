//! One person with two offices, ages, nationalities, honorifics or organisations; one office with two holders.

mod holder;
mod weighed;

use super::{Check, Finding, Place, Selection, shortened};
use crate::claim::{Claim, Holding, Role, Said, Value, stem};
use crate::span::FileId;
use compact_str::CompactString;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Most places of one finding.
const PLACES: usize = 8;

/// Most claims about one person that are compared; more is a biography.
const COMPARED: usize = 60;

/// More different offices than this are a career.
const CAREER: usize = 4;

/// Parameters of the relation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleCheck {
    /// Groups of offices of which a person holds one in one body.
    exclusive: Vec<CompactString>,
    /// Groups in which a person holds an office over one thing only: not finance here and research there.
    over_one: Vec<CompactString>,
    /// Offices that a person holds in several bodies at a time.
    many: Vec<CompactString>,
    /// Groups with committees, of which a person may head one and hold another office besides.
    committees: Vec<CompactString>,
    /// Groups in which the office is often written without its rank.
    courtesy: Vec<CompactString>,
    /// Offices that one person at a time holds.
    single: Vec<CompactString>,
    /// Offices that one person at a time holds over one thing: the head of what.
    single_over: Vec<CompactString>,
    /// Groups of offices that are posts somebody is appointed to.
    posts: Vec<CompactString>,
    /// Groups of what somebody is by training, in a post or out of it.
    professions: Vec<CompactString>,
    /// The evidence that two epithets need, in tenths of log-odds.
    weighed: u16,
    /// Countries that are parts of another, `part>whole`: both may be said of one person.
    parts: Vec<CompactString>,
}

impl Check for RoleCheck {
    fn variables(&self) -> &'static [&'static str] {
        &["person", "a", "b"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        let mut people: BTreeMap<&str, Vec<Stated<'_>>> = BTreeMap::new();
        for claim in selection.claims {
            let Value::Role(role) = &claim.value else { continue };
            people.entry(role.person.as_str()).or_default().push(Stated { claim, role });
        }
        for stated in people.values().filter(|s| s.len() > 1 && s.len() <= COMPARED) {
            for aspect in [Aspect::Office, Aspect::Age, Aspect::Nation, Aspect::Woman, Aspect::Affiliation] {
                found.extend(self.aspect(stated, aspect));
            }
        }
        let all: Vec<Stated<'_>> = people.values().flatten().copied().collect();
        holder::findings(self, &all, found);
        holder::across(self, &all, found);
        weighed::findings(self, &people, found);
    }
}

/// What is compared with each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aspect {
    Office,
    Age,
    Nation,
    Woman,
    Affiliation,
    Epithet,
}

impl Aspect {
    fn of(said: &Said) -> Self {
        match said {
            Said::Office(_) => Self::Office,
            Said::Age(_) => Self::Age,
            Said::Nation(_) => Self::Nation,
            Said::Woman(_) => Self::Woman,
            Said::Affiliation(..) => Self::Affiliation,
            Said::Epithet(_) => Self::Epithet,
        }
    }
}

/// One statement about a person.
#[derive(Clone, Copy)]
struct Stated<'a> {
    claim: &'a Claim,
    role: &'a Role,
}

impl Stated<'_> {
    fn has_cue(&self, cue: &str) -> bool {
        self.claim.scope.cues.iter().any(|c| c == cue)
    }

    fn block(&self) -> (FileId, crate::document::BlockId) {
        (self.claim.at.file, self.claim.block)
    }
}

impl RoleCheck {
    fn aspect(&self, all: &[Stated<'_>], aspect: Aspect) -> Option<Finding> {
        let of_aspect = |s: &Stated<'_>| Aspect::of(&s.role.said) == aspect && !s.has_cue("earlier");
        let stated: Vec<Stated<'_>> = all.iter().copied().filter(of_aspect).collect();
        if stated.len() < 2 {
            return None;
        }
        // Offices, organisations and ages change; whoever writes of a change knows.
        if aspect != Aspect::Woman && aspect != Aspect::Nation && stated.iter().any(|s| s.has_cue("changed")) {
            return None;
        }
        if aspect == Aspect::Nation && all.iter().any(|s| s.has_cue("origin")) {
            return None;
        }
        let held = together(&stated, |a, b| a.block() == b.block());
        let joined = together(&stated, |a, b| a.claim.within == b.claim.within);
        let mut clashing: BTreeSet<usize> = BTreeSet::new();
        let mut first = None;
        for (i, a) in stated.iter().enumerate() {
            for (j, b) in stated.iter().enumerate().skip(i + 1) {
                let in_turn = self.is_taken_up(a, b) && !stated.iter().any(|whole| joins(whole, a, b));
                let held = if in_turn { &joined } else { &held };
                if !(in_turn || may_compare(a, b, aspect)) || !self.clash(&a.role.said, &b.role.said, held) {
                    continue;
                }
                first = first.or(Some((i, j)));
                clashing.extend([i, j]);
            }
        }
        let (i, j) = first?;
        let text = |s: &Stated<'_>| shortened(&s.claim.text);
        let texts: BTreeSet<String> = clashing.iter().map(|&i| text(&stated[i]).to_lowercase()).collect();
        if texts.len() > CAREER {
            return None;
        }
        // The rarer statement leads.
        let count =
            |of: usize| stated.iter().filter(|s| text(s).to_lowercase() == text(&stated[of]).to_lowercase()).count();
        let (a, b) = if count(i) < count(j) { (i, j) } else { (j, i) };
        let mut order: Vec<usize> = vec![a, b];
        order.extend(clashing.iter().copied().filter(|n| *n != a && *n != b));
        let place = |&n: &usize| Place { at: stated[n].claim.at, within: stated[n].claim.within, label: String::new() };
        let name = stated[a].claim.subject.wording.to_string();
        let longest = stated.iter().map(|s| s.claim.subject.wording.as_str()).max_by_key(|w| w.len()).unwrap_or(&name);
        Some(Finding {
            places: order.iter().take(PLACES).map(place).collect(),
            variables: vec![("person", shortened(longest)), ("a", text(&stated[a])), ("b", text(&stated[b]))],
            notes: Vec::new(),
        })
    }

    /// Whether the second of two statements in one paragraph takes up the first: "first mate Ivo Kralj … Captain Kralj",
    /// "Lindqvist, head of the office … the deputy head". Of boards, people hold two offices.
    fn is_taken_up(&self, a: &Stated<'_>, b: &Stated<'_>) -> bool {
        let (Said::Office(x), Said::Office(y)) = (&a.role.said, &b.role.said) else { return false };
        let cue = |s: &Stated<'_>| ["changed", "both", "kin"].iter().any(|cue| s.has_cue(cue));
        let later = if a.claim.at <= b.claim.at { y } else { x };
        let board = |held: &Holding| held.offices.iter().any(|(_, group)| self.committees.contains(group));
        let timed = |s: &Stated<'_>| !s.claim.scope.times.is_empty();
        a.block() == b.block()
            && a.claim.sentence != b.claim.sentence
            && (later.bare || later.definite)
            && !(board(x) && board(y) && x.rank == y.rank)
            && !cue(a)
            && !cue(b)
            && !(timed(a) && timed(b))
    }

    /// Whether two statements of one sort cannot both be true of one person at one time.
    fn clash(&self, a: &Said, b: &Said, held: &BTreeSet<(CompactString, CompactString)>) -> bool {
        match (a, b) {
            (Said::Age(x), Said::Age(y)) => x != y,
            (Said::Woman(x), Said::Woman(y)) => x != y,
            (Said::Nation(x), Said::Nation(y)) => {
                let part = |x: &str, y: &str| {
                    self.parts.iter().any(|p| p.split_once('>').is_some_and(|(part, whole)| part == x && whole == y))
                };
                x != y && !part(x, y) && !part(y, x)
            }
            (Said::Affiliation(x, xs), Said::Affiliation(y, ys)) => x == y && !within(xs, ys) && !within(ys, xs),
            (Said::Office(x), Said::Office(y)) => self.offices_clash(x, y, held),
            _ => false,
        }
    }

    fn offices_clash(&self, x: &Holding, y: &Holding, held: &BTreeSet<(CompactString, CompactString)>) -> bool {
        // Another body, another office.
        if !fits(&x.body, &y.body) {
            return false;
        }
        let one = x.offices.iter().find(|(name, _)| y.offices.iter().any(|(other, _)| other == name));
        if let Some((name, group)) = one {
            if x.rank != y.rank {
                let higher = if x.rank.is_empty() { x } else { y };
                let lower = if x.rank.is_empty() { y } else { x };
                // "Minister" is what a deputy minister is called for short, and anybody may be a professor.
                let short = higher.rank.is_empty() && higher.bare && !lower.bare;
                return !short && !self.courtesy.contains(group) && fits(&x.domain, &y.domain);
            }
            let over = !x.domain.is_empty() && !y.domain.is_empty() && !fits(&x.domain, &y.domain);
            return over && self.over_one.contains(group) && !self.many.contains(name);
        }
        let pair = x.offices.iter().find_map(|(name, group)| {
            y.offices.iter().find(|(_, other)| other == group).map(|(other, _)| (name, other, group))
        });
        let Some((a, b, group)) = pair else { return false };
        if held.contains(&(a.min(b).clone(), a.max(b).clone())) {
            return false;
        }
        if self.over_one.contains(group) {
            return !x.domain.is_empty() && !y.domain.is_empty() && !fits(&x.domain, &y.domain);
        }
        // The chair of a committee may be the treasurer of the club.
        let whole = !self.committees.contains(group) || x.domain.is_empty() == y.domain.is_empty();
        self.exclusive.contains(group) && whole && fits(&x.domain, &y.domain)
    }
}

/// Whether a third statement has what both offices are over: "Minister of Finance and Planning".
fn joins(whole: &Stated<'_>, a: &Stated<'_>, b: &Stated<'_>) -> bool {
    let (Said::Office(all), Said::Office(x), Said::Office(y)) = (&whole.role.said, &a.role.said, &b.role.said) else {
        return false;
    };
    let parted = !x.domain.is_empty() && !y.domain.is_empty() && x.domain != y.domain;
    parted && within(&x.domain, &all.domain) && within(&y.domain, &all.domain)
}

/// Offices that one passage gives to the person side by side.
fn together(
    stated: &[Stated<'_>],
    is_one_passage: impl Fn(&Stated<'_>, &Stated<'_>) -> bool,
) -> BTreeSet<(CompactString, CompactString)> {
    let mut held = BTreeSet::new();
    for (i, a) in stated.iter().enumerate() {
        for b in stated[i + 1..].iter().filter(|b| is_one_passage(a, b)) {
            let (Said::Office(x), Said::Office(y)) = (&a.role.said, &b.role.said) else { continue };
            for (m, _) in &x.offices {
                for (n, _) in &y.offices {
                    held.insert((m.min(n).clone(), m.max(n).clone()));
                }
            }
        }
    }
    held
}

/// Whether two statements are about one time and one person, as far as the text shows.
fn may_compare(a: &Stated<'_>, b: &Stated<'_>, aspect: Aspect) -> bool {
    let other_time =
        |x: &[CompactString], y: &[CompactString]| !x.is_empty() && !y.is_empty() && x.iter().all(|t| !y.contains(t));
    let (x, y) = (&a.claim.scope, &b.claim.scope);
    let periods = x.period.is_some() && y.period.is_some() && x.period != y.period;
    // A passage may give two offices to one person, but not two ages.
    let one_block = a.block() == b.block();
    let fixed = matches!(aspect, Aspect::Age | Aspect::Woman | Aspect::Nation | Aspect::Epithet);
    if one_block && (!fixed || a.claim.sentence == b.claim.sentence) || a.has_cue("kin") || b.has_cue("kin") {
        return false;
    }
    match aspect {
        Aspect::Woman | Aspect::Nation => true,
        Aspect::Age => !periods && x.times.is_empty() && y.times.is_empty(),
        _ => !periods && !other_time(&x.times, &y.times) && !a.has_cue("both") && !b.has_cue("both"),
    }
}

/// Whether the words of one list are all among those of the other.
fn fits(a: &[CompactString], b: &[CompactString]) -> bool {
    within(a, b) || within(b, a)
}

fn within(a: &[CompactString], b: &[CompactString]) -> bool {
    a.iter().all(|w| b.iter().any(|v| is_one_word(w, v)))
}

/// Whether two words are one, hyphens aside: "front-end", "frontend".
fn is_one_word(a: &str, b: &str) -> bool {
    a == b || stem(a) == stem(b) || a.contains('-') != b.contains('-') && a.replace('-', "") == b.replace('-', "")
}
