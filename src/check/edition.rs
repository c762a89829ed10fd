//! What a document says of itself at two places, shared by the relations over dates and values: the
//! title against the front matter, the name of the file and the sentences in which the document speaks of itself;
//! the words of a link against its address.

use super::{Finding, Place};
use crate::claim::{Claim, Edition, EditionPlace, EditionValue, Value, stem};
use crate::span::FileId;
use crate::value::DateRange;
use compact_str::CompactString;
use std::collections::{BTreeMap, BTreeSet};

/// Statements of one document that are compared.
const GROUP: usize = 200;

/// Links of a document whose words and addresses agree, for those that differ to be slips.
const AGREEING: usize = 2;

/// A year that has all days.
const LEAP: i16 = 2000;

/// The kind of value that a relation compares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sort {
    /// Days, months, years.
    Dates,
    /// Versions and numbers in a series.
    Numbers,
}

/// Two statements that cannot both be right: what they are about, and the two, the doubtful one first.
pub(super) struct Clash<'a> {
    pub what: String,
    pub here: &'a Claim,
    pub there: &'a Claim,
    /// Why, when one of the two stands in no text.
    pub notes: Vec<String>,
}

impl Clash<'_> {
    /// The finding, with names for the three variables of the message of the rule.
    pub(super) fn finding(self, names: [&'static str; 3]) -> Finding {
        let mut places = Vec::new();
        for claim in [self.here, self.there] {
            let Value::Edition(edition) = &claim.value else { continue };
            if edition.place != EditionPlace::Name {
                places.push(Place { at: claim.at, within: claim.within, label: label(edition.place).to_owned() });
            }
        }
        let [what, here, there] = names;
        let mut variables =
            vec![(what, self.what), (here, self.here.text.to_string()), (there, self.there.text.to_string())];
        variables.retain(|(name, _)| !name.is_empty());
        Finding { places, variables, notes: self.notes }
    }
}

fn label(place: EditionPlace) -> &'static str {
    match place {
        EditionPlace::Title => "the title",
        EditionPlace::Line => "the line",
        EditionPlace::Field => "the field",
        EditionPlace::Name => "the name of the file",
        EditionPlace::Text => "the document of itself",
        EditionPlace::Link => "the words of the link",
        EditionPlace::Address => "its address",
    }
}

/// A statement with its claim.
#[derive(Clone, Copy)]
struct Stated<'a> {
    claim: &'a Claim,
    edition: &'a Edition,
}

/// Finds the clashes of one sort in each document.
pub(super) fn clashes<'a>(claims: &[&'a Claim], sort: Sort) -> Vec<Clash<'a>> {
    let mut by_file: BTreeMap<FileId, Vec<Stated<'a>>> = BTreeMap::new();
    for &claim in claims {
        if let Value::Edition(edition) = &claim.value {
            by_file.entry(claim.at.file).or_default().push(Stated { claim, edition });
        }
    }
    let mut out = Vec::new();
    for stated in by_file.values() {
        if sort == Sort::Dates {
            links(stated, &mut out);
        }
        let own: Vec<Stated<'a>> = stated.iter().copied().filter(|s| s.edition.tie.is_none()).take(GROUP).collect();
        document(&own, sort, &mut out);
    }
    out
}

fn is_date(edition: &Edition) -> bool {
    matches!(edition.value, EditionValue::Date(_) | EditionValue::Double(_) | EditionValue::Season(..))
}

/// The statements of a document about itself.
fn document<'a>(own: &[Stated<'a>], sort: Sort, out: &mut Vec<Clash<'a>>) {
    let of_sort: Vec<Stated<'a>> =
        own.iter().copied().filter(|s| is_date(s.edition) == (sort == Sort::Dates)).collect();
    let mut done: BTreeSet<(u32, u32)> = BTreeSet::new();
    for (i, &a) in of_sort.iter().enumerate() {
        for &b in &of_sort[i + 1..] {
            let (a, b) = if a.edition.place <= b.edition.place { (a, b) } else { (b, a) };
            if !differ(own, a, b) {
                continue;
            }
            // The doubtful one stands first: what is said in passing, then the field, then the title.
            let (here, there) = (b, a);
            let (here, there) = if here.edition.place == EditionPlace::Name { (there, here) } else { (here, there) };
            // One slip is one finding, however many places contradict it.
            if !done.insert((here.claim.at.start, here.claim.at.end)) {
                continue;
            }
            let notes = [here, there].into_iter().filter(|s| s.edition.place == EditionPlace::Name);
            let notes = notes.map(|s| format!("the name of the file says “{}”", s.claim.text)).collect();
            let what = match here.edition.value {
                EditionValue::Date(_) | EditionValue::Double(_) | EditionValue::Season(..) => "this document",
                EditionValue::Version(_) => "version of this document",
                EditionValue::Number(_) => "number of this document",
            };
            let what = what.to_owned();
            out.push(Clash { what, here: here.claim, there: there.claim, notes });
        }
    }
}

/// Whether two statements of a document about itself cannot both be right.
fn differ(own: &[Stated<'_>], a: Stated<'_>, b: Stated<'_>) -> bool {
    use EditionPlace::{Field, Line, Name, Text, Title};
    let (x, y) = (a.edition, b.edition);
    match (&x.value, &y.value) {
        (EditionValue::Date(d), EditionValue::Date(e)) => {
            if !one_of(own, a) || !one_of(own, b) {
                return false;
            }
            let Some(apart) = apart(*d, *e) else { return false };
            match (x.place, y.place) {
                (Title, Title) => same_words(x, y),
                (Title, Line) => !y.words.is_empty() && names_all(y, x) && (apart.is_copied() || apart.alike),
                (Title, Field) if y.of == "meeting" => is_meeting(x) && apart.whole,
                (Title | Name | Field, Text) if y.of == "meeting" => apart.whole && apart.is_next(),
                (Title, Name) if is_meeting(x) && apart.whole && apart.is_next() => true,
                (Field, Name) if x.of == "meeting" => apart.whole && apart.is_copied(),
                (Title | Line, Field) | (Field, Name) => y.of != "meeting" && apart.is_copied(),
                (Title, Name) => {
                    apart.is_copied() && !apart.month_only || worded_alike(x, y) && apart.is_near() && apart.alike
                }
                (Line, Name) => x.words.is_empty() && y.value_is_month() && apart.is_near(),
                (Title, Text) => speaks_of(x, y) && apart.is_near(),
                (Line, Text) => x.words.is_empty() && y.value_is_month() && apart.is_near(),
                (Name, Text) => speaks_of(x, y) && apart.is_near(),
                _ => false,
            }
        }
        (EditionValue::Season(s, d), EditionValue::Season(t, e)) => {
            let near = d.from.year.zip(e.from.year).is_some_and(|(m, n)| m.abs_diff(n) <= 2);
            let same = s == t && d == e;
            near && !same
                && one_of(own, a)
                && one_of(own, b)
                && match (x.place, y.place) {
                    (Title, Title) => same_words(x, y),
                    (Title, Field) => true,
                    (Title, Text) => speaks_of(x, y),
                    (Field, Text) => is_periodical(&y.of),
                    _ => false,
                }
        }
        // Fiscal years and seasons of one name.
        (EditionValue::Double(d), EditionValue::Double(e)) => {
            let near = d != e && d.from.year.zip(e.from.year).is_some_and(|(m, n)| m.abs_diff(n) <= 2);
            let length = |r: &DateRange| r.from.year.zip(r.to.year).map(|(m, n)| n - m);
            let alike = length(d) == length(e) && one_of(own, a) && one_of(own, b);
            near && alike && (x.place, y.place) == (Title, Title) && same_words(x, y)
                || near && alike && (x.place, y.place) == (Title, Text) && speaks_of(x, y)
        }
        (EditionValue::Version(v), EditionValue::Version(w)) => {
            if !versions_differ(v, w) || !one_of(own, a) {
                return false;
            }
            let marked = |title: &Edition| {
                title.at.text.starts_with(['v', 'V'])
                    || title
                        .words
                        .iter()
                        .any(|w| matches!(w.as_str(), "version" | "release" | "changelog" | "highlight"))
            };
            match (x.place, y.place) {
                (Title, Title) => same_words(x, y) && one_of(own, b),
                (Title, Field) => v.len() == w.len() && (marked(x) || !x.of.is_empty() && is_next(v, w)),
                // "v1.6.0.md" tells of 1.6.3 too.
                (Title, Name) if v.len() == 3 && w.len() == 3 && v[..2] == w[..2] && w[2] == 0 => false,
                (Title, Name) => {
                    v.len() == w.len()
                        && (y.of == "folder" && x.at.text.starts_with(['v', 'V'])
                            || y.of == "stem" && (marked(x) || worded_alike(x, y))
                            || y.of == "digits" && worded_alike(x, y))
                }
                // "release-1.4.md" is that of 1.4.0.
                (Field, Name) if v.len() == 3 && w.len() == 2 && y.of == "stem" => {
                    versions_differ(&v[..2], w) && is_next(&v[..2], w) && y.words.iter().any(|w| w == "release")
                }
                (Field, Name) => {
                    v.len() == w.len() && (y.of == "folder" || y.of == "stem" && y.words.iter().any(|w| w == "release"))
                }
                // The name before the version, where both have one.
                (Title, Text) => {
                    (x.of.is_empty() || y.words.iter().all(|w| w.is_empty() || *w == x.of))
                        && is_next(v, w)
                        && !says(own, Text, &x.value)
                }
                (Field, Text) => v.len() == w.len() && is_next(v, w) && !says(own, Text, &x.value),
                (Name, Text) => {
                    x.of != "digits" && is_next(v, w) && !says(own, Title, &x.value) && !says(own, Title, &y.value)
                }
                _ => false,
            }
        }
        // Numbers of proposals and decisions: a slip is a neighbour's number, or one other figure.
        (EditionValue::Number(m), EditionValue::Number(n)) if x.of == "series" || y.of == "series" => {
            x.of == y.of && m != n && (m.abs_diff(*n) <= 9 || same_figures(*m, *n)) && one_of(own, a) && one_of(own, b)
        }
        (EditionValue::Number(m), EditionValue::Number(n)) => {
            let near = m.abs_diff(*n) <= 3 && m != n;
            if !near || !one_of(own, a) && y.place != Text {
                return false;
            }
            match (x.place, y.place) {
                (Title, Title) => same_words(x, y),
                (Title, Field) => {
                    x.of == y.of
                        || x.of.is_empty()
                        || matches!(y.of.as_str(), "number" | "issue" | "edition") && only_number(own, x)
                }
                (Title, Name) => x.of == y.of && !x.of.is_empty(),
                (Title, Line) => x.of == y.of && !x.of.is_empty() && names_all(y, x),
                (Title, Text) => {
                    let same = stem(&x.of) == stem(&y.of) && y.words.iter().all(|w| x.words.contains(w));
                    (same || is_periodical(&x.of) && is_periodical(&y.of)) && !says(own, Text, &x.value)
                }
                _ => false,
            }
        }
        _ => false,
    }
}

/// Whether two numbers have the same figures in another order.
fn same_figures(m: u32, n: u32) -> bool {
    let figures = |n: u32| {
        let mut figures = n.to_string().into_bytes();
        figures.sort_unstable();
        figures
    };
    figures(m) == figures(n)
}

impl Edition {
    fn value_is_month(&self) -> bool {
        matches!(&self.value, EditionValue::Date(d) if d.from.month.is_some() && d.from.day.is_none())
    }
}

/// Whether no other statement at the same place gives another value of the same kind: a title with two dates is about
/// a stretch of time.
fn one_of(own: &[Stated<'_>], one: Stated<'_>) -> bool {
    let kind = |e: &Edition| (e.place, std::mem::discriminant(&e.value));
    own.iter().all(|s| {
        s.claim.block != one.claim.block
            || kind(s.edition) != kind(one.edition)
            || s.edition.value == one.edition.value
            || s.edition.place == EditionPlace::Text
    })
}

/// Whether the title has no other number.
fn only_number(own: &[Stated<'_>], title: &Edition) -> bool {
    let numbers = own
        .iter()
        .filter(|s| s.edition.place == EditionPlace::Title && matches!(s.edition.value, EditionValue::Number(_)));
    numbers.into_iter().all(|s| s.edition.value == title.value)
}

/// Whether a place of this sort says the value.
fn says(own: &[Stated<'_>], place: EditionPlace, value: &EditionValue) -> bool {
    own.iter().any(|s| s.edition.place == place && s.edition.value == *value)
}

/// Titles in the same words.
fn same_words(a: &Edition, b: &Edition) -> bool {
    a.words == b.words && !a.words.is_empty()
}

/// Words that say nothing of what a document is about.
const PLAIN: [&str; 19] = [
    "a", "agenda", "and", "at", "call", "for", "from", "in", "index", "meet", "meeting", "minute", "minutes", "note",
    "notes", "of", "on", "the", "to",
];

/// Whether the words of a title and of a name are the same, but for those that every title has.
fn worded_alike(title: &Edition, name: &Edition) -> bool {
    let of = |words: &[CompactString]| -> BTreeSet<CompactString> {
        words.iter().filter(|w| !PLAIN.contains(&w.as_str())).map(|w| stem(w).into()).collect()
    };
    let (t, n) = (of(&title.words), of(&name.words));
    let plain = t.is_empty() && n.is_empty();
    plain || !n.is_empty() && n == t
}

fn is_meeting(title: &Edition) -> bool {
    title.words.iter().any(|w| matches!(w.as_str(), "agenda" | "call" | "meet" | "meeting" | "minute" | "minutes"))
}

/// Whether the noun is one of a paper that appears again and again.
fn is_periodical(noun: &str) -> bool {
    matches!(noun, "bulletin" | "digest" | "edition" | "issue" | "magazine" | "newsletter" | "review")
}

/// Whether a document of this title or name would call itself so: "this report" of "Annual report 2023".
fn speaks_of(title: &Edition, text: &Edition) -> bool {
    let same = |w: &CompactString| stem(w) == stem(&text.of) || is_periodical(w) && is_periodical(&text.of);
    title.words.iter().any(same)
}

/// Whether a line has all words of the title that say anything.
fn names_all(line: &Edition, title: &Edition) -> bool {
    let mut words = title.words.iter().filter(|w| !PLAIN.contains(&w.as_str())).peekable();
    words.peek().is_some() && words.all(|w| line.words.contains(w))
}

/// How two dates differ.
#[derive(Clone, Copy, Debug)]
struct Apart {
    /// Whether both are whole days.
    whole: bool,
    /// Whether years differ.
    years: i32,
    /// Months from one to the other.
    months: i32,
    /// Days from one to the other; between their first days when they are longer.
    days: i32,
    /// Whether both give a day, and the same.
    same_day: bool,
    /// Whether both give a month, and the same.
    same_month: bool,
    /// Both give a day, and only the month is another.
    month_only: bool,
    /// Both are months, or both are years.
    alike: bool,
}

impl Apart {
    /// Whether they look like a date that was copied and changed in part: only the year or only the month is another.
    fn is_copied(self) -> bool {
        self.same_day && (self.same_month && self.years.abs() <= 3 || self.years == 0)
    }

    /// Whether the two days may be those of a meeting and of the one before or after it; a day apart they may be one
    /// in two time zones.
    fn is_next(self) -> bool {
        self.days.abs() > 1 && self.months.abs() <= 1
    }

    /// Whether the one may be the predecessor of the other.
    fn is_near(self) -> bool {
        self.months.abs() <= 25
    }
}

/// How two dates differ in what both give; `None` when they agree.
fn apart(a: DateRange, b: DateRange) -> Option<Apart> {
    let same_form = |x: DateRange| x.is_one() || x.from.day.is_none();
    if !same_form(a) || !same_form(b) {
        return None;
    }
    // Without a year, the day is one of the year of the other.
    let year = a.from.year.or(b.from.year).unwrap_or(LEAP);
    let (a, b) = (a.or_year(Some(year)), b.or_year(b.from.year.or(Some(year))));
    let (x, y) = (a.from, b.from);
    let (from, to) = (x.year?, y.year?);
    let years = i32::from(to) - i32::from(from);
    let (m, n) = (x.month, y.month);
    // A quarter and a month of it.
    let overlap = a.days()?.is_apart(b.days()?);
    if !overlap {
        return None;
    }
    let months = years * 12 + m.zip(n).map_or(0, |(m, n)| i32::from(n) - i32::from(m));
    let both = |p: Option<u8>, q: Option<u8>| p.is_some() && p == q;
    let whole = x.is_whole() && y.is_whole();
    let same_day = both(x.day, y.day);
    let same_month = both(m, n);
    let alike = x.month.is_some() == y.month.is_some() && x.day.is_none() && y.day.is_none();
    Some(Apart {
        alike,
        whole,
        years,
        months,
        days: b.days()?.first - a.days()?.first,
        same_day,
        same_month,
        month_only: whole && same_day && years == 0 && !same_month,
    })
}

fn versions_differ(a: &[u32], b: &[u32]) -> bool {
    // "2.4" is the line of "2.4.1".
    let shared = a.len().min(b.len());
    a[..shared] != b[..shared]
}

/// Whether one version follows the other: one part is one more or less, those behind it are anything.
fn is_next(a: &[u32], b: &[u32]) -> bool {
    let at = a.iter().zip(b).position(|(x, y)| x != y);
    a.len() == b.len() && at.is_some_and(|i| a[i].abs_diff(b[i]) <= 2)
}

/// The days that are the words of links against those of their addresses.
fn links<'a>(stated: &[Stated<'a>], out: &mut Vec<Clash<'a>>) {
    let mut pairs: BTreeMap<u32, [Option<Stated<'a>>; 2]> = BTreeMap::new();
    for &one in stated {
        if let Some(tie) = one.edition.tie {
            pairs.entry(tie).or_default()[usize::from(one.edition.place == EditionPlace::Address)] = Some(one);
        }
    }
    let apart = |words: &Stated<'a>, address: &Stated<'a>| match (&words.edition.value, &address.edition.value) {
        (EditionValue::Date(d), EditionValue::Date(e)) => apart(*d, *e),
        _ => None,
    };
    let pairs: Vec<(Stated<'a>, Stated<'a>, Option<Apart>)> = pairs
        .into_values()
        .filter_map(|[words, address]| Some((words?, address?)))
        .map(|(words, address)| (words, address, apart(&words, &address)))
        .collect();
    let right = pairs.iter().filter(|p| p.2.is_none()).count();
    let wrong = pairs.len() - right;
    // Where words and addresses differ as a rule, the addresses give another day: that of publication.
    let usual = right >= AGREEING && right >= 4 * wrong;
    for (words, address, apart) in pairs {
        let Some(apart) = apart else { continue };
        let month = apart.alike && apart.years == 0 && wrong <= right + 1;
        if usual || month || apart.whole && apart.is_copied() && wrong <= right + 1 {
            let what = "the words of a link and its address".to_owned();
            out.push(Clash { what, here: words.claim, there: address.claim, notes: Vec::new() });
        }
    }
}
