//! One occasion that is told in two places with two dates, found by the words around the dates.
//!
//! Goes in: occasions of one document, or of the documents of a release. Two of them are one when the words that they
//! share, weighted by how rare they are among the dated statements and how near they stand to the dates, together with
//! the likeness of the dates, weigh enough, and nothing sets them apart.

mod abroad;
mod evidence;
mod pair;
mod weighed;

use super::{Finding, Place, shortened};
use crate::claim::{Claim, Occasion, Value};
use crate::document::BlockId;
use crate::span::{FileId, Span};
use crate::value::Date;
use pair::{Weights, score, sets_apart};
use std::collections::{BTreeMap, BTreeSet};
use weighed::weighed;

/// Dated statements in which a word may stand for it to lead from one to another.
const COMMON: usize = 12;

/// Pairs that are looked at in one selection.
const PAIRS: usize = 20_000;

/// What a day is called that only its place in two documents tells of.
const ABROAD: &str = "one day in two languages";

/// What two dates are called that have no word in common.
const STRETCH: &str = "one stretch of time";

/// Documents that may be compared with each other: a release has few, a collection of minutes many.
const RELEASE: usize = 16;

/// A document with more dated statements than this is an archive of many meetings or releases.
const ARCHIVE: usize = 150;

/// A document with more dated statements than this, years among them, is looked at by no rule.
const MOST: usize = 400;

/// So few documents that are checked together are weighed against each other.
const FEW: usize = 6;

/// What shared words and likeness of dates must weigh together.
const WITHIN: i32 = 24;
const ACROSS: i32 = 26;

/// The same where the dates look like one that was written wrong: a digit lost, two exchanged, another month.
const LIKE_WITHIN: i32 = 20;
const LIKE_ACROSS: i32 = 18;

/// What is wanted more where the dates look like any two dates, and where words speak against one occasion.
const UNLIKELY: i32 = 2;
const DOUBTED: i32 = 6;

/// An occasion with its claim.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) claim: &'a Claim,
    pub(super) occasion: &'a Occasion,
}

impl Told<'_> {
    fn file(&self) -> FileId {
        self.claim.at.file
    }
}

/// What a pair must weigh for a finding, by the parameters of the rule, and the variables of its message: what happens, the
/// one date and the other.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    /// Least evidence that two dates are of one occasion, in log-odds.
    pub(super) least: f32,
    /// The names of the variables.
    pub(super) names: [&'static str; 3],
}

/// The findings over all occasions of a selection, those aside that name a date of `known`.
pub(super) fn findings(claims: &[&Claim], known: &BTreeSet<Span>, asked: Asked) -> Vec<Finding> {
    let every: Vec<Told<'_>> = claims
        .iter()
        .filter_map(|claim| match &claim.value {
            Value::Occasion(occasion) => Some(Told { claim, occasion }),
            _ => None,
        })
        .collect();
    let mut done: BTreeSet<Span> = known.clone();
    let mut out = Vec::new();
    across_languages(&every, &mut done, asked.names, &mut out);
    let every: Vec<Told<'_>> = every.into_iter().filter(|one| !one.occasion.abroad).collect();
    let firm: Vec<Told<'_>> = every.iter().copied().filter(|one| !one.occasion.faint).collect();
    for (told, by) in [(firm, By::Points), (every, By::Evidence(asked.least))] {
        // Once for all documents: the work for each must not grow with their number.
        let all = All { told: &told, blocks: Blocks::new(&told), by };
        let mut files: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
        for (i, one) in told.iter().enumerate() {
            files.entry(one.file()).or_default().push(i);
        }
        let days =
            |members: &[usize]| members.iter().filter(|&&i| told[i].occasion.when.date.from.month.is_some()).count();
        for members in files.values().filter(|m| days(m) <= ARCHIVE && m.len() <= MOST) {
            among(&all, members, false, &mut done, asked.names, &mut out);
        }
        let release = if matches!(by, By::Points) { RELEASE } else { FEW };
        if files.len() > 1 && files.len() <= release && told.len() <= ARCHIVE * release {
            let members: Vec<usize> = (0..told.len()).collect();
            among(&all, &members, true, &mut done, asked.names, &mut out);
        }
    }
    out
}

/// The findings between documents in two languages.
fn across_languages(every: &[Told<'_>], done: &mut BTreeSet<Span>, names: [&'static str; 3], out: &mut Vec<Finding>) {
    let files: BTreeSet<FileId> = every.iter().map(|one| one.file()).collect();
    if files.len() > FEW {
        return;
    }
    for (home, abroad) in abroad::pairs(every) {
        let (a, b) = (every[home], every[abroad]);
        if done.insert(b.claim.at) {
            done.insert(a.claim.at);
            out.push(finding(a, b, names));
        }
    }
}

/// How pairs are found.
#[derive(Clone, Copy)]
enum By {
    /// By points for what speaks for them, when nothing speaks against.
    Points,
    /// By all evidence, which must come to so much.
    Evidence(f32),
}

/// The occasions of all documents, and what their blocks say.
struct All<'t, 'a> {
    told: &'t [Told<'a>],
    blocks: Blocks,
    by: By,
}

/// The findings among some occasions: those of one document, or across documents.
fn among(
    all: &All<'_, '_>,
    members: &[usize],
    across: bool,
    done: &mut BTreeSet<Span>,
    names: [&'static str; 3],
    out: &mut Vec<Finding>,
) {
    let All { told, blocks, by } = all;
    let scored = match *by {
        By::Points => by_points(told, members, across, blocks),
        By::Evidence(least) => weighed(told, members, across, blocks, least),
    };
    for (i, j) in scored {
        let (a, b) = (told[i].claim.at, told[j].claim.at);
        if done.contains(&a) || done.contains(&b) {
            continue;
        }
        done.insert(a);
        done.insert(b);
        out.push(finding(told[i], told[j], names));
    }
}

/// The pairs that have points enough, those with most first.
fn by_points(told: &[Told<'_>], members: &[usize], across: bool, blocks: &Blocks) -> Vec<(usize, usize)> {
    let weights = Weights::new(told, members);
    let mut scored: Vec<(i32, usize, usize)> = Vec::new();
    for (i, j) in pairs(told, &weights) {
        if (told[i].file() != told[j].file()) != across || listed(told[i], told[j]) || sets_apart(told[i], told[j]) {
            continue;
        }
        let found = score(told, i, j, &weights);
        // Dates that look like any two are those of one happening in words alone.
        let row = told[i].occasion.row || told[j].occasion.row;
        let (a, b) = (told[i], told[j]);
        if !found.is_likely() && (!(found.is_told() || row && pair::is_named(a, b)) || pair::is_far(a, b)) {
            continue;
        }
        let wanted = match (across, found.is_slip()) {
            (false, false) => WITHIN,
            (false, true) => LIKE_WITHIN,
            (true, false) => ACROSS,
            (true, true) => LIKE_ACROSS,
        };
        let doubted = pair::doubts(a.occasion, b.occasion);
        let beside = is_beside(a, b);
        if beside && (goes_on(a, b) || !pair::is_restated(a.occasion, b.occasion))
            || is_year(a, b) && !pair::is_same_year_told(a, b)
        {
            continue;
        }
        let wanted = wanted + if found.is_likely() { 0 } else { UNLIKELY } + if doubted { DOUBTED } else { 0 };
        if found.total() >= wanted && (beside || !blocks.know(a, b)) && is_only(told, members, i, j, &weights) {
            scored.push((-found.total(), i, j));
        }
    }
    scored.sort_unstable();
    scored.into_iter().map(|(_, i, j)| (i, j)).collect()
}

/// Whether both are items of lists in one document, which tell of one thing after another.
fn listed(a: Told<'_>, b: Told<'_>) -> bool {
    a.file() == b.file() && a.claim.list.is_some() && b.claim.list.is_some() && !(a.occasion.row || b.occasion.row)
}

/// Whether one of the dates is a year alone.
fn is_year(a: Told<'_>, b: Told<'_>) -> bool {
    a.occasion.when.date.from.month.is_none() || b.occasion.when.date.from.month.is_none()
}

/// Whether both stand in one paragraph, in which an author who tells of two things tells them apart.
fn is_beside(a: Told<'_>, b: Told<'_>) -> bool {
    a.file() == b.file() && a.claim.block == b.claim.block
}

/// Days after which the next thing that is told of is another one.
const SOON: i32 = 3;

/// Whether the later statement of a paragraph has a day shortly after that of the earlier one: who tells day by day tells
/// of one thing after another.
fn goes_on(a: Told<'_>, b: Told<'_>) -> bool {
    let (earlier, later) = if a.claim.at < b.claim.at { (a, b) } else { (b, a) };
    let days = earlier.occasion.when.days_beside(&later.occasion.when);
    days.is_some_and(|(x, y)| (1..=SOON).contains(&(y.first - x.first)))
}

/// The days of the year that each block gives: month and day of beginning and end.
struct Blocks(BTreeMap<(FileId, BlockId), Vec<[Date; 2]>>);

impl Blocks {
    fn new(told: &[Told<'_>]) -> Self {
        let mut blocks: BTreeMap<(FileId, BlockId), Vec<[Date; 2]>> = BTreeMap::new();
        for one in told {
            blocks.entry((one.file(), one.claim.block)).or_default().push(ends(one.occasion));
        }
        Self(blocks)
    }

    /// Whether the author of one of two occasions gives the date of the other right beside it.
    fn know(&self, a: Told<'_>, b: Told<'_>) -> bool {
        let has = |one: Told<'_>, other: Told<'_>| {
            let ([from, to], own) = (ends(other.occasion), ends(one.occasion));
            let list = self.0.get(&(one.file(), one.claim.block));
            let beside = |day: &[Date; 2]| *day != own && (day[0] == from || day[1] == to);
            list.is_some_and(|list| list.iter().any(beside))
        };
        has(a, b) || has(b, a)
    }
}

/// Beginning and end of a date without their years.
fn ends(occasion: &Occasion) -> [Date; 2] {
    let bare = |date: Date| Date { year: None, ..date };
    [bare(occasion.when.date.from), bare(occasion.when.date.to)]
}

/// Pairs of occasions with a word in common that few have.
fn pairs(told: &[Told<'_>], weights: &Weights<'_>) -> BTreeSet<(usize, usize)> {
    let mut out = BTreeSet::new();
    for list in weights.lists().filter(|l| l.len() <= COMMON) {
        for (n, &i) in list.iter().enumerate() {
            for &j in &list[n + 1..] {
                if out.len() >= PAIRS {
                    return out;
                }
                // The rows of a table and the items of a list are things beside each other.
                let (a, b) = (told[i].claim, told[j].claim);
                let beside = a.block == b.block && a.sentence == b.sentence || a.list.is_some() && a.list == b.list;
                if !beside || told[i].file() != told[j].file() {
                    out.insert((i, j));
                }
            }
        }
    }
    out
}

/// Whether the occasions that have the words of a pair give two dates and not more, or the one of the pair alone its.
fn is_only(told: &[Told<'_>], members: &[usize], i: usize, j: usize, weights: &Weights<'_>) -> bool {
    let shared = weights.shared(told[i], told[j]);
    let like: Vec<usize> = weights
        .having(&shared)
        .into_iter()
        .filter(|n| members.binary_search(n).is_ok() && *n != i && *n != j)
        .filter(|&n| {
            told[n].occasion.marks == told[i].occasion.marks || told[n].occasion.marks == told[j].occasion.marks
        })
        .collect();
    let (x, y) = (told[i].occasion, told[j].occasion);
    let acts = !x.action.is_empty() && !y.action.is_empty();
    // What has the words, and is another happening, or the other end of it, does not count.
    let other = |n: usize| {
        let z = told[n].occasion;
        let kind = acts && z.action != x.action && z.action != y.action && !pair::kin(&z.action, &x.action);
        kind || pair::edges(z, x) || pair::edges(z, y)
    };
    let like: Vec<usize> = like.into_iter().filter(|&n| !other(n)).collect();
    let differs = |a: usize, b: usize| pair::differ(told[a], told[b]);
    let others = like.iter().filter(|&&n| differs(n, i) && differs(n, j)).count();
    // Both dates in other places again: the author knows of both. A month may stand for either.
    let backs = |one: usize, other: usize| like.iter().any(|&n| !differs(n, one) && differs(n, other));
    let (with_i, with_j) = (backs(i, j), backs(j, i));
    others == 0 && !(with_i && with_j)
}

/// What two dates are called.
fn called(a: Told<'_>, b: Told<'_>) -> String {
    if a.occasion.abroad || b.occasion.abroad {
        return ABROAD.to_owned();
    }
    let named = shortened(&pair::named(a, b));
    if named.is_empty() { STRETCH.to_owned() } else { named }
}

fn finding(a: Told<'_>, b: Told<'_>, names: [&'static str; 3]) -> Finding {
    // What a sentence says in passing is doubted before what a table or an earlier place says.
    let (here, there) = if a.occasion.row && !b.occasion.row || a.claim.at < b.claim.at { (b, a) } else { (a, b) };
    let place = |one: Told<'_>| Place { at: one.claim.at, within: one.claim.within, label: String::new() };
    let [what, one, other] = names;
    Finding {
        places: vec![place(here), place(there)],
        variables: vec![
            (what, called(a, b)),
            (one, here.claim.text.to_string()),
            (other, there.claim.text.to_string()),
        ],
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, findings};
    use crate::claim::{Claim, claims};
    use crate::lexicon::Lexicon;
    use crate::read::{Format, read};
    use crate::source::{Origin, SourceFile};
    use crate::span::FileId;
    use std::collections::BTreeSet;

    fn dates(texts: &[&str]) -> Vec<String> {
        let lexicon = Lexicon::english();
        let mut all: Vec<Claim> = Vec::new();
        for (n, text) in texts.iter().enumerate() {
            let source = SourceFile::new(format!("{n}.md").into(), (*text).to_owned(), Origin::Verbatim);
            let document = read(&source, FileId(n as u32), Format::Markdown);
            let layers = crate::annotate::annotate(&document, lexicon);
            all.extend(claims(&document, &layers, lexicon));
        }
        let all: Vec<&Claim> = all.iter().collect();
        let found = findings(&all, &BTreeSet::new(), Asked { least: 1.0, names: ["event", "a", "b"] });
        found.iter().map(|f| format!("{} / {}", f.variables[1].1, f.variables[2].1)).collect()
    }

    #[test]
    fn flags_one_occasion_in_other_words() {
        let text = "The depot at Lindgrove was handed over on 14 August 2023.\n\nThe tram is red.\n\n\
                    Training began with the handover of the Lindgrove depot on 24 August 2023.";
        assert_eq!(dates(&[text]), ["24 August 2023 / 14 August 2023"]);
    }

    #[test]
    fn flags_rows_and_prose() {
        let text = "| Step | Day |\n|---|---|\n| Feature freeze | 12 May 2026 |\n| Release | 1 July 2026 |\n\n\
                    New packages are taken until the day of the feature freeze, 19 May 2026.";
        assert_eq!(dates(&[text]), ["19 May 2026 / 12 May 2026"]);
    }

    #[test]
    fn flags_occasions_across_documents() {
        let report = "# Report\n\nThe kiln at Lower Wend was opened on 5 June 2025.";
        let leaflet = "# Hops for everybody\n\nThe kiln at Lower Wend has had guests since its opening on 15 June.";
        assert_eq!(dates(&[report, leaflet]).len(), 1);
        let twin = "# Report Brugg\n\nThe well was drilled on 14 May 2024.";
        assert!(dates(&["# Report Holm\n\nThe well was drilled on 4 May 2024.", twin]).is_empty());
    }

    #[test]
    fn flags_a_second_mention_in_the_same_paragraph() {
        let text = "A first complaint came from the school in 2017. The court gave a ruling on 14 June 2019 in favour of \
                    the quarry. Nothing in the ruling of 14 July 2019 bound the quarry.";
        assert_eq!(dates(&[text]), ["14 July 2019 / 14 June 2019"]);
    }

    #[test]
    fn ignores_what_is_told_day_by_day_and_in_series() {
        let days = "The ferry was stopped on 4 November 2021. The ferry was moored at the mole on 5 November 2021.";
        assert!(dates(&[days]).is_empty());
        let loans = "Interest on the loan of 400 million is paid on 15 May 2020.\n\n\
                     Interest on the loan of 250 million is paid on 15 June 2020.";
        assert!(dates(&[loans]).is_empty());
    }

    #[test]
    fn ignores_other_stages_and_known_pairs() {
        let late = "Applications are due by 15 May 2026.\n\nLate applications are due by 25 May 2026.";
        assert!(dates(&[late]).is_empty());
        let both =
            "The shed opens on 5 June 2025, the café on 15 June 2025.\n\nThe café in the shed opens on 15 June 2025.";
        assert!(dates(&[both]).is_empty());
        let series = "The reef was dived on 3 May 2025.\n\nThe reef was dived on 13 May 2025.\n\nThe reef was dived on 23 May 2025.";
        assert!(dates(&[series]).is_empty());
    }
}
