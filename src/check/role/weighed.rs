//! What a text calls one person at two places, weighed: "Lehto, the signaller" and "Lehto, the conductor", when somebody
//! else is the conductor.

use super::{RoleCheck, Stated};
use crate::check::{Finding, Place, shortened};
use crate::claim::{Epithet, Said, Slot, Surety};
use crate::lexicon::Lexicon;
use crate::span::{FileId, Span};
use crate::value::log_odds;
use compact_str::CompactString;
use std::collections::{BTreeMap, BTreeSet};

/// Most epithets of one person that are compared; more is a biography.
const MANY: usize = 24;

/// More documents than these are not of one time.
const FEW: usize = 24;

/// More different epithets than these are a portrait.
const PORTRAIT: usize = 5;

/// One epithet with what the documents say of it.
#[derive(Clone, Copy)]
struct Called<'a> {
    stated: Stated<'a>,
    epithet: &'a Epithet,
    /// At how many other places the same person is called so.
    own: usize,
    /// How many other people are called so, and how many by the same noun.
    others: usize,
    alike: usize,
}

/// Appends a finding for every person who is called what, by the evidence, cannot both be true: its log-odds come to `weighed`.
///
/// People of whom something is said already are left out.
pub(super) fn findings(check: &RoleCheck, people: &BTreeMap<&str, Vec<Stated<'_>>>, found: &mut Vec<Finding>) {
    let least = f32::from(check.weighed) / 10.0;
    let told: BTreeSet<(FileId, u32, u32)> =
        found.iter().flat_map(|f| f.places.iter().map(|p| (p.at.file, p.at.start, p.at.end))).collect();
    let is_told = |c: &Called<'_>| {
        let (at, named) = (c.stated.claim.at, c.stated.role.named);
        let meets = |start: u32, end: u32, span: Span| start < span.end && span.start < end;
        told.iter().any(|&(file, start, end)| file == at.file && (meets(start, end, at) || meets(start, end, named)))
    };
    let holders = Holders::new(people);
    let files: BTreeSet<FileId> = people.values().flatten().map(|s| s.claim.at.file).collect();
    let many = files.len() > FEW;
    for (person, stated) in people {
        let called: Vec<Called<'_>> = stated.iter().filter_map(|s| holders.called(person, *s, stated)).collect();
        let kinds: BTreeSet<(&[CompactString], &str)> =
            called.iter().map(|c| (c.epithet.heads.as_slice(), c.epithet.rank.as_str())).collect();
        if called.len() < 2 || called.len() > MANY || kinds.len() > PORTRAIT {
            continue;
        }
        let mut best: Option<(f32, &Called<'_>, &Called<'_>)> = None;
        for (i, a) in called.iter().enumerate() {
            for b in &called[i + 1..] {
                if are_joined(a, b, &called) {
                    continue;
                }
                let Some(sum) = evidence(check, a, b, person, many) else { continue };
                if sum >= least && best.is_none_or(|(most, ..)| sum > most) {
                    best = Some((sum, a, b));
                }
            }
        }
        if let Some((_, a, b)) = best.filter(|(_, a, b)| !is_told(a) && !is_told(b)) {
            found.push(finding(a, b));
        }
    }
}

fn finding(a: &Called<'_>, b: &Called<'_>) -> Finding {
    // What others are called leads.
    let (odd, usual) = if b.own < a.own || b.own == a.own && b.others > a.others { (b, a) } else { (a, b) };
    let text = |c: &Called<'_>| shortened(&c.stated.claim.text);
    let place = |c: &Called<'_>| Place { at: c.stated.claim.at, within: c.stated.claim.within, label: String::new() };
    let name = |c: &Called<'_>| c.stated.claim.subject.wording.clone();
    let longest = if name(odd).len() > name(usual).len() { name(odd) } else { name(usual) };
    Finding {
        places: vec![place(odd), place(usual)],
        variables: vec![("person", shortened(&longest)), ("a", text(odd)), ("b", text(usual))],
        notes: Vec::new(),
    }
}

/// Who is called what: noun → people, with the words that narrow it.
struct Holders<'a> {
    of: BTreeMap<&'a str, Vec<(&'a str, &'a Epithet, FileId)>>,
}

impl<'a> Holders<'a> {
    fn new(people: &BTreeMap<&'a str, Vec<Stated<'a>>>) -> Self {
        let mut of: BTreeMap<&'a str, Vec<(&'a str, &'a Epithet, FileId)>> = BTreeMap::new();
        for (person, stated) in people {
            for one in stated {
                let Said::Epithet(epithet) = &one.role.said else { continue };
                for head in &epithet.heads {
                    of.entry(head).or_default().push((person, epithet, one.claim.at.file));
                }
            }
        }
        Self { of }
    }

    fn called(&self, person: &str, stated: Stated<'a>, all: &[Stated<'a>]) -> Option<Called<'a>> {
        let Said::Epithet(epithet) = &stated.role.said else { return None };
        let own = all
            .iter()
            .filter(|s| s.claim.at != stated.claim.at)
            .filter(|s| matches!(&s.role.said, Said::Epithet(other) if is_one(epithet, other)))
            .count();
        let mut others: BTreeSet<&str> = BTreeSet::new();
        let mut alike: BTreeSet<&str> = BTreeSet::new();
        for (other, theirs, file) in epithet.heads.iter().filter_map(|h| self.of.get(h.as_str())).flatten().take(400) {
            if *other != person && *file == stated.claim.at.file {
                alike.insert(other);
                if is_one(epithet, theirs) {
                    others.insert(other);
                }
            }
        }
        Some(Called { stated, epithet, own, others: others.len(), alike: alike.len() })
    }
}

/// Whether two epithets can be one in a longer and a shorter form.
fn is_one(a: &Epithet, b: &Epithet) -> bool {
    a.rank == b.rank && same_head(a, b) && super::fits(&a.words, &b.words)
}

fn same_head(a: &Epithet, b: &Epithet) -> bool {
    a.heads.iter().any(|x| b.heads.iter().any(|y| x == y))
}

/// The log-odds of two epithets of which nothing is known, and the weights of the evidence.
///
/// Set by hand with 24 pairs in view that were labelled as slips and some 40 that were not, too few to learn from; nothing
/// of it was validated on other text.
const PRIOR: f32 = -2.0;

/// How likely two epithets, the earlier first, cannot both be true of a person, in log-odds; `None` when they can be one, or
/// when something keeps them apart that nothing outweighs.
fn evidence(check: &RoleCheck, a: &Called<'_>, b: &Called<'_>, person: &str, many: bool) -> Option<f32> {
    let (x, y) = (a.epithet, b.epithet);
    let (p, q) = (a.stated.claim, b.stated.claim);
    let one_file = p.at.file == q.at.file;
    let kin = a.stated.has_cue("kin") || b.stated.has_cue("kin");
    let both = a.stated.has_cue("both") || b.stated.has_cue("both");
    let deeds = x.slot == Slot::Deed && y.slot == Slot::Deed;
    // A surname alone is another's in another document.
    let named = one_file || person.contains(' ') && !person.contains('.');
    let generic = is_generic(x) || is_generic(y);
    let together = one_file && p.within == q.within;
    let earlier = a.stated.has_cue("earlier") || b.stated.has_cue("earlier");
    let apart = kin || both || earlier;
    if is_one(x, y) || together || apart || deeds || generic || !named || !may_compare(&a.stated, &b.stated) {
        return None;
    }
    Some(PRIOR + of_others(a, b) + of_nouns(check, x, y) + of_places(a, b, one_file, many))
}

/// Whether one is what somebody else is called, while the person is called otherwise.
fn of_others(a: &Called<'_>, b: &Called<'_>) -> f32 {
    let Some(odd) = taken(a, b) else { return 0.0 };
    log_odds(&[
        (3.5, true),
        // What many are called, the person may be besides.
        (-2.0, odd.others > 1 || odd.alike > 2),
        (-2.0, odd.epithet.indefinite),
    ])
}

/// Which of two epithets is somebody else's, when one is.
fn taken<'c, 'a>(a: &'c Called<'a>, b: &'c Called<'a>) -> Option<&'c Called<'a>> {
    let is_taken = |c: &Called<'_>| c.others > 0 && c.own == 0;
    match (is_taken(a), is_taken(b)) {
        (true, false) => Some(a),
        (false, true) => Some(b),
        _ => None,
    }
}

/// Whether the text says elsewhere that the person is both: in one passage, or in one epithet ("Minister of Finance and
/// Planning").
fn are_joined(a: &Called<'_>, b: &Called<'_>, all: &[Called<'_>]) -> bool {
    let (x, y) = (a.epithet, b.epithet);
    let block = |c: &Called<'_>| (c.stated.claim.at.file, c.stated.claim.block);
    // Who is called both in a paragraph is both, unless somebody else is the one.
    if block(a) == block(b) && taken(a, b).is_none() {
        return true;
    }
    let like = |c: &Called<'_>, e: &Epithet| same_head(c.epithet, e) && c.epithet.rank == e.rank;
    let own = [a.stated.claim.at, b.stated.claim.at];
    let others = || all.iter().filter(|c| !own.contains(&c.stated.claim.at));
    let pair = |c: &Called<'_>, d: &Called<'_>| c.stated.claim.at == own[0] && d.stated.claim.at == own[1];
    let with = |c: &Called<'_>| all.iter().any(|d| block(c) == block(d) && like(d, y) && !pair(c, d));
    let beside = all.iter().any(|c| like(c, x) && with(c));
    let parted = same_head(x, y) && x.rank == y.rank;
    let whole = |c: &Called<'_>| {
        super::within(&x.words, &c.epithet.words) && super::within(&y.words, &c.epithet.words) && like(c, x)
    };
    parted && others().any(whole) || !parted && beside
}

/// How the nouns and what narrows them exclude each other.
fn of_nouns(check: &RoleCheck, x: &Epithet, y: &Epithet) -> f32 {
    let same = same_head(x, y);
    let overlap = x.words.iter().any(|w| y.words.iter().any(|v| super::is_one_word(w, v)));
    let parted = !x.words.is_empty() && !y.words.is_empty() && !overlap;
    let bodies = !x.body.is_empty() && !y.body.is_empty();
    let sort = |e: &Epithet, sorts: &[CompactString]| e.groups.iter().any(|g| sorts.contains(g));
    let (post, profession) = (|e| sort(e, &check.posts), |e| sort(e, &check.professions));
    let board = |e: &Epithet| e.groups.iter().any(|g| check.committees.contains(g));
    let known = x.noun == Surety::Known && y.noun == Surety::Known;
    let faint = |s: Surety| [x, y].into_iter().filter(|e| e.noun == s).count() as f32;
    let exclusive = x.groups.iter().any(|g| y.groups.contains(g) && check.exclusive.contains(g));
    let loose = x.groups.iter().any(|g| y.groups.contains(g) && check.over_one.contains(g))
        && (x.words.is_empty() && x.body.is_empty() || y.words.is_empty() && y.body.is_empty());
    let mixed = post(x) && profession(y) || post(y) && profession(x);
    -0.75 * faint(Surety::Ending) - 2.5 * faint(Surety::Capital)
        + log_odds(&[
            (3.0, same && x.rank != y.rank && super::fits(&x.words, &y.words)),
            // Who chairs one committee may chair another.
            (1.5, same && parted && x.rank == y.rank && !board(x)),
            (1.0, known),
            (1.0, post(x) && post(y) && !same),
            // The head of a unit is its director, its manager and its leader.
            (-1.5, loose && !same),
            (1.0, exclusive && !same),
            (-1.5, mixed),
            (-0.75, !same && parted),
            (0.5, bodies && !super::fits(&x.body, &y.body) && !same),
        ])
}

/// Where they stand, and what stands around them.
fn of_places(a: &Called<'_>, b: &Called<'_>, one_file: bool, many: bool) -> f32 {
    let (x, y) = (a.epithet, b.epithet);
    let cue = |cue: &str| a.stated.has_cue(cue) || b.stated.has_cue(cue);
    let indefinite = x.indefinite && y.indefinite;
    log_odds(&[
        (1.0, !x.indefinite && !y.indefinite),
        (-1.0, one_file && (x.indefinite || y.indefinite) && !(a.others > 0 || b.others > 0)),
        (1.0, !one_file && !many),
        // In years of documents people change their posts.
        (-1.0, !one_file && many),
        // "was the signaller", "is the conductor"
        (-2.5, a.stated.has_cue("past") && b.stated.has_cue("present")),
        (-2.5, a.stated.has_cue("present") && b.stated.has_cue("past")),
        // Two documents introduce the person, each in its own way.
        (0.5, !one_file && indefinite),
        (-2.5, cue("changing")),
        (-0.75, cue("changed")),
        (-0.5, a.own > 0 && b.own > 0),
    ])
}

/// Whether an epithet says of the person what is said of many.
fn is_generic(epithet: &Epithet) -> bool {
    epithet.heads.iter().any(|head| {
        let last = head.rsplit(' ').next().unwrap_or(head);
        Lexicon::english().is_in("role.generic", last) && epithet.rank.is_empty()
    })
}

/// Whether two statements are of one time, as far as their documents say.
fn may_compare(a: &Stated<'_>, b: &Stated<'_>) -> bool {
    super::may_compare(a, b, super::Aspect::Epithet)
}
