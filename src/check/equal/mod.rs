//! The same thing counted or measured with different values.

mod abroad;
mod anchored;
mod definite;
mod digest;
mod exchanged;
mod fields;
mod release;
mod restated;
mod retold;
mod weighed;

use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, Origin, RowIndex, Value, is_year, link, values_agree};
use crate::document::BlockId;
use crate::lexicon::Lexicon;
use crate::span::FileId;
use crate::value::{Agreement, Decimal, Hedge, Resemblance, neighbours_exchanged, resemblance};
use compact_str::CompactString;
use exchanged::digits;
pub(super) use release::Releases;
pub(super) use restated::Spread;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Parameters of the relation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Equal {
    /// Least strength of a link between two claims of one document.
    pub strength: u8,
    /// Least strength across documents.
    pub across: u8,
    /// Least strength between a number in running text and a table cell.
    pub cell: u8,
    /// Least score of two statements of one document in other words, in tenths.
    pub restated: u8,
    /// The same across documents.
    pub restated_across: u8,
    /// Least strength between a number that is taken as known and the place that states it.
    pub known: u8,
    /// Least evidence that two numbers of one document are one, in tenths of log-odds.
    pub weighed: i8,
    /// Least evidence that a number in running text tells a table cell, in tenths of log-odds.
    pub retold: i8,
    /// Least evidence that a number of a summary tells one of the longer document, in tenths of log-odds.
    pub digest: i8,
}

impl Default for Equal {
    fn default() -> Self {
        Self {
            strength: 6,
            across: 7,
            cell: 6,
            restated: 22,
            restated_across: 22,
            known: 7,
            weighed: 0,
            retold: 3,
            digest: 8,
        }
    }
}

/// A bucket with more claims than this speaks of something too common to compare.
const CROWD: usize = 60;

/// Digits that mean something from which on two equal numbers are hardly equal by chance.
const DIGITS: usize = 3;

/// Two claims about the same thing, by their index in the selection.
struct Edge {
    a: usize,
    b: usize,
    agreement: Agreement,
}

impl Check for Equal {
    fn variables(&self) -> &'static [&'static str] {
        &["subject", "a", "b"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        let claims = selection.claims;
        let mut edges = Vec::new();
        let releases = Releases::new(claims);
        self.prose(claims, &releases, &mut edges);
        self.cells(claims, &releases, selection.across, &mut edges);
        let least =
            restated::Least { inside: f32::from(self.restated) / 10.0, across: f32::from(self.restated_across) / 10.0 };
        restated::restated(claims, &releases, selection.across, least, &mut edges);
        exchanged::exchanged(claims, selection.across, &mut edges);
        definite::definite(claims, &releases, self.known, &mut edges);
        fields::fields(claims, &mut edges);
        weighed::weighed(claims, &releases, selection.across, f32::from(self.weighed) / 10.0, &mut edges);
        anchored::anchored(claims, &releases, selection.across, &mut edges);
        retold::retold(claims, &releases, selection.across, f32::from(self.retold) / 10.0, &mut edges);
        digest::digest(claims, &releases, selection.across, f32::from(self.digest) / 10.0, &mut edges);
        if selection.across {
            abroad::abroad(claims, &mut edges);
        }
        let twins = restated::Twins::new(claims);
        edges.retain(|e| claims[e.a].at.file != claims[e.b].at.file || !twins.are(claims, e.a, e.b));
        edges.retain(|e| !of_other_years(claims[e.a], claims[e.b]) && !of_other_years(claims[e.b], claims[e.a]));
        let sentences = Sentences::new(claims);
        edges.retain(|e| e.agreement != Agreement::Different || !sentences.reckon(claims, e.a, e.b));
        // Who disagrees with whom, and who backs them.
        let mut groups = Groups::new(claims.len());
        for edge in edges.iter().filter(|e| e.agreement == Agreement::Different) {
            groups.join(edge.a, edge.b);
        }
        let clashing: BTreeSet<usize> =
            edges.iter().filter(|e| e.agreement == Agreement::Different).flat_map(|e| [e.a, e.b]).collect();
        for edge in edges.iter().filter(|e| e.agreement == Agreement::Same) {
            if clashing.contains(&edge.a) || clashing.contains(&edge.b) {
                groups.join(edge.a, edge.b);
            }
        }
        let mut members: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for i in 0..claims.len() {
            members.entry(groups.root(i)).or_default().push(i);
        }
        let mut roots: Vec<usize> = clashing.iter().map(|&i| groups.root(i)).collect();
        roots.sort_unstable();
        roots.dedup();
        for root in roots {
            let list: Vec<&Claim> = members[&root].iter().map(|&i| claims[i]).collect();
            if !is_series(&list) {
                found.push(finding(&list));
            }
        }
    }
}

impl Equal {
    /// Numbers in running text with each other.
    fn prose(&self, claims: &[&Claim], releases: &Releases, edges: &mut Vec<Edge>) {
        let mut buckets: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
        for (i, claim) in claims.iter().enumerate() {
            if let Value::Quantity(quantity) = &claim.value
                && claim.origin == Origin::Prose
                && !claim.subject.class.is_empty()
                // "The default is two hours.": of what was told before.
                && !(claim.subject.modifiers.is_empty()
                    && Lexicon::english().is_in("setting-default", &claim.subject.class))
            {
                let head = head(claim);
                buckets.entry((head, quantity.unit.dimension.as_str())).or_default().push(i);
                // "employs 312 people" stands with the staff too.
                if let Some(frame) = claim.frame.as_deref().filter(|f| !f.verb.is_empty() && f.verb != head)
                    && claim.subject.people
                {
                    buckets.entry((frame.verb.as_str(), quantity.unit.dimension.as_str())).or_default().push(i);
                }
            }
        }
        // What is too common in a set of documents may be rare in one of them.
        let mut buckets: Vec<Vec<usize>> = buckets
            .into_values()
            .flat_map(|bucket| if bucket.len() > CROWD { by_file(claims, bucket) } else { vec![bucket] })
            .filter(|bucket| (2..=CROWD).contains(&bucket.len()))
            .collect();
        buckets.sort();
        for bucket in buckets {
            for (n, &a) in bucket.iter().enumerate() {
                for &b in &bucket[n + 1..] {
                    let apart = !releases.together(claims[a].at.file, claims[b].at.file);
                    let Ok(strength) = link(claims[a], claims[b], apart) else { continue };
                    if strength >= if apart { self.across } else { self.strength } {
                        edges.push(Edge { a, b, agreement: values_agree(claims[a], claims[b]) });
                    }
                }
            }
        }
    }

    /// Numbers in running text with table cells.
    fn cells(&self, claims: &[&Claim], releases: &Releases, several: bool, edges: &mut Vec<Edge>) {
        let index = RowIndex::new(claims);
        if index.is_empty() {
            return;
        }
        let places: FxHashMap<*const Claim, usize> =
            claims.iter().enumerate().map(|(i, &c)| (std::ptr::from_ref(c), i)).collect();
        // A number without noun and unit restates no cell.
        let named =
            |c: &Claim| matches!(&c.value, Value::Quantity(q) if !q.unit.is_count()) || !c.subject.class.is_empty();
        let in_prose = |c: &&Claim| c.origin == Origin::Prose && named(c);
        for (a, prose) in claims.iter().enumerate().filter(|(_, c)| in_prose(c)) {
            for across in [false, true] {
                if across && !several {
                    continue;
                }
                let needed = |cell: &Claim| {
                    if releases.together(cell.at.file, prose.at.file) { self.cell } else { self.cell.max(self.across) }
                };
                let Some(found) = index.find(prose, across).filter(|m| m.strength >= needed(m.cell)) else { continue };
                if let Some(&b) = places.get(&std::ptr::from_ref(found.cell)) {
                    edges.push(Edge { a, b, agreement: found.agreement });
                }
            }
        }
    }
}

/// Whether a cell is of one year by its row or column, and a number in a list that runs beside a list of years of
/// another one.
fn of_other_years(cell: &Claim, prose: &Claim) -> bool {
    let [year] = prose.scope.times.as_slice() else { return false };
    let own: Vec<&CompactString> = cell.subject.entities.iter().filter(|e| is_year(e)).collect();
    let is_respective = prose.scope.cues.iter().any(|c| c == "respective");
    is_respective
        && cell.origin == Origin::Cell
        && prose.origin == Origin::Prose
        && is_year(year)
        && matches!(own.as_slice(), [one] if *one != year)
}

/// The numbers of running text by the sentence they stand in.
struct Sentences(BTreeMap<(FileId, BlockId, u32), Vec<usize>>);

impl Sentences {
    fn new(claims: &[&Claim]) -> Self {
        let mut sentences: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (i, claim) in claims.iter().enumerate().filter(|(_, c)| c.origin == Origin::Prose) {
            sentences.entry((claim.at.file, claim.block, claim.sentence)).or_default().push(i);
        }
        Self(sentences)
    }

    /// Whether a third number beside one of two makes up their difference, "412,600 households and 24,300 businesses"
    /// here, "436,900 customers" there; or is the other, so that the sentence tells of both: "five fields, or six with
    /// seconds". A number of three digits of another document may stand anywhere in the paragraph.
    fn reckon(&self, claims: &[&Claim], a: usize, b: usize) -> bool {
        let base = |i: usize| match &claims[i].value {
            Value::Quantity(q) if !q.amount.range => q.base(),
            _ => None,
        };
        let Some((x, y)) = base(a).zip(base(b)) else { return false };
        let difference = (x - y).abs();
        let across = claims[a].at.file != claims[b].at.file;
        // 1,426 and 1,246 are a slip wherever they stand, but not beside the number that they would be a slip of; unless
        // both paragraphs have both, one being a copy of the other.
        let states = |i: usize, value: Decimal| self.paragraph(claims[i]).any(|c| c != i && base(c) == Some(value));
        let copied = || states(a, y) && states(b, x);
        let exchanged = neighbours_exchanged(x, y) && (!across || copied());
        [(a, y, b), (b, x, a)].iter().any(|&(i, other, from)| {
            let claim = claims[i];
            let one_noun = |c: usize| head(claims[c]).is_empty() || head(claims[c]) == head(claim);
            let of_one = |c: usize| c != a && c != b && dimension(claims[c]) == dimension(claim);
            let is_other = |c: usize| of_one(c) && base(c) == Some(other) && !exchanged;
            let makes_up = |c: usize| of_one(c) && base(c) == Some(difference) && difference > Decimal::ONE;
            let long = across && digits(claims[from]).len() >= DIGITS;
            self.of(claim).iter().any(|&c| makes_up(c) || is_other(c) && one_noun(c))
                || long && self.paragraph(claim).any(is_other)
        })
    }

    /// The numbers of the sentence of a claim.
    fn of(&self, claim: &Claim) -> &[usize] {
        self.0.get(&(claim.at.file, claim.block, claim.sentence)).map_or(&[], Vec::as_slice)
    }

    /// The numbers of the paragraph of a claim.
    fn paragraph(&self, claim: &Claim) -> impl Iterator<Item = usize> {
        let (file, block) = (claim.at.file, claim.block);
        self.0.range((file, block, 0)..=(file, block, u32::MAX)).flat_map(|(_, list)| list.iter().copied())
    }
}

/// What is counted or measured: the word family, else the class of the noun.
fn head(claim: &Claim) -> &str {
    let family = claim.frame.as_deref().map_or("", |f| f.head.as_str());
    if family.is_empty() { claim.subject.class.as_str() } else { family }
}

/// What the unit measures; a share is one thing in words and in per cent.
fn dimension(claim: &Claim) -> &str {
    match &claim.value {
        Value::Quantity(q) if q.unit.dimension == "fraction" => "percent",
        Value::Quantity(q) => q.unit.dimension.as_str(),
        _ => "",
    }
}

/// A bucket, which is in order of place, cut at the ends of files.
fn by_file(claims: &[&Claim], bucket: Vec<usize>) -> Vec<Vec<usize>> {
    bucket.chunk_by(|&a, &b| claims[a].at.file == claims[b].at.file).map(<[usize]>::to_vec).collect()
}

/// Whether the claims give so many values that each must speak of a thing of its own ("coverage is 97 %" under
/// every heading): three or more values, none of which is stated more often than all the others together.
fn is_series(members: &[&Claim]) -> bool {
    let backers = |c: &Claim| members.iter().filter(|m| values_agree(c, m) != Agreement::Different).count();
    let mut values: Vec<&Claim> = Vec::new();
    for &claim in members {
        if values.iter().all(|v| values_agree(v, claim) == Agreement::Different) {
            values.push(claim);
        }
    }
    values.len() > 2 && values.iter().all(|v| 2 * backers(v) <= members.len())
}

/// Disjoint groups of claims; the root of a group is its smallest member.
struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    fn new(n: usize) -> Self {
        Self { parents: (0..n).collect() }
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.parents[i] != i {
            self.parents[i] = self.parents[self.parents[i]];
            i = self.parents[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }
}

/// One finding for all places that take part. The statement to look at first is the one in the minority, or
/// the later one: the first statement is more often the considered one.
fn finding(members: &[&Claim]) -> Finding {
    // A cell of a table "in millions", and a number of a translation, are compared by their digits alone.
    let told = |c: &Claim| matches!(c.origin, Origin::Prose | Origin::Joined);
    let bare = |c: &Claim| !told(c);
    let differ = |a: &Claim, b: &Claim| match values_agree(a, b) {
        Agreement::Different => true,
        Agreement::Unknown => {
            [a, b].iter().any(|c| c.origin == Origin::Abroad) || digest::agreement(a, b) == Agreement::Different
        }
        // "3 to 5 per cent", "2 to 4 per cent"
        Agreement::Same => {
            let ranges = [a, b].iter().all(|c| c.quantity().is_some_and(|q| q.amount.range));
            ranges && digest::agreement(a, b) == Agreement::Different
        }
    };
    let backers = |c: &Claim| members.iter().filter(|m| !differ(c, m)).count();
    // Only running text can be the slip to look at; a cell has its column beside it.
    let mut primary = members[0];
    for &claim in members.iter().filter(|c| told(c)) {
        let better =
            primary.origin == Origin::Cell || (backers(claim), claim.at.file) <= (backers(primary), claim.at.file);
        if better {
            primary = claim;
        }
    }
    let other = members.iter().filter(|c| differ(primary, c)).max_by_key(|c| backers(c)).copied().unwrap_or(members[0]);
    let mut places = vec![Place { at: primary.at, within: primary.within, label: primary.text.to_string() }];
    for claim in members.iter().filter(|c| !std::ptr::eq(**c, primary)) {
        let differs = differ(primary, claim) || bare(claim) && values_agree(primary, claim) == Agreement::Unknown;
        let label = if differs { format!("but {}", claim.text) } else { format!("{} too", claim.text) };
        places.push(Place { at: claim.at, within: claim.within, label });
    }
    let subject = [primary, other]
        .iter()
        .filter(|c| told(c))
        .map(|c| c.subject.wording.as_str())
        .max_by_key(|w| w.len())
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let notes = digits_note(primary, other).into_iter().chain(members.iter().find_map(|c| cell_note(c))).collect();
    let elsewhere = if other.origin == Origin::Cell { "in the table" } else { "elsewhere" };
    Finding {
        places,
        variables: vec![("subject", subject), ("a", stated(primary)), ("b", format!("{} {elsewhere}", stated(other)))],
        notes,
    }
}

/// What the digits of two numbers have in common, when that shows how the slip came about.
fn digits_note(a: &Claim, b: &Claim) -> Option<String> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return None };
    if !x.is_plain() || !y.is_plain() {
        return None;
    }
    Some(match resemblance(x.amount.low, y.amount.low) {
        Resemblance::Transposed => format!("{} and {} have the same digits in another order", a.text, b.text),
        Resemblance::OneDigit => format!("{} and {} differ in one digit", a.text, b.text),
        Resemblance::Dropped => format!("{} and {} differ by a digit that one of them lacks", a.text, b.text),
        Resemblance::None => return None,
    })
}

/// The value with its hedge: "about 600".
fn stated(claim: &Claim) -> String {
    match &claim.value {
        Value::Quantity(q) if q.hedge != Hedge::None && !claim.text.starts_with(q.hedge.name()) => {
            format!("{} {}", q.hedge.name(), claim.text)
        }
        _ => claim.text.to_string(),
    }
}

/// Where in its table a cell stands.
fn cell_note(claim: &Claim) -> Option<String> {
    let axes = claim.axes.as_deref()?;
    let mut note = format!("{} stands in row \"{}\"", claim.text, claim.subject.wording);
    if !axes.column_wording.is_empty() {
        note.push_str(&format!(", column \"{}\"", axes.column_wording));
    }
    if !axes.caption_wording.is_empty() {
        note.push_str(&format!(", of \"{}\"", axes.caption_wording));
    }
    Some(note)
}
