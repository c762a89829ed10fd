//! Cells of a table that running text tells again, found by the sum of what speaks for them.
//!
//! [`super::anchored`] and the row index ask for conditions that must all hold; here every piece of evidence counts by its
//! weight (`evidence.rs`). A number that some likely cell bears out is settled. Otherwise the likeliest cell is held
//! against it, when the two values look like one that was written down wrongly.

mod evidence;

use super::Edge;
use super::anchored::scale;
use super::exchanged::key;
use super::release::{FEW, Releases};
use crate::claim::{Axes, Claim, Origin, is_year, values_agree};
use crate::document::BlockId;
use crate::span::FileId;
use crate::value::{Agreement, Decimal, Hedge, significant_digits};
use compact_str::CompactString;
use evidence::{Likeness, Surroundings};
use rustc_hash::{FxHashMap, FxHashSet};

/// A table with more cells is data.
const CELLS: usize = 600;
/// A paragraph with more numbers is a table that was not read as one.
const NUMBERS: usize = 60;
/// A word that names rows or columns of more tables finds none.
const CROWD: usize = 40;
/// A cell counts as one that bears a number out when so little speaks for it less than for the likeliest.
const NEARLY: f32 = 1.5;

/// What is asked for beyond the evidence across documents where no slip of the digits shows, in log-odds.
const ACROSS: f32 = 1.0;

/// A table and its numbers.
struct Table<'c> {
    file: FileId,
    block: BlockId,
    /// The cells of each row, as places among the claims.
    rows: Vec<Vec<usize>>,
    /// In how many rows each word of a label stands.
    row_words: FxHashMap<&'c str, u32>,
    /// In how many columns each word of a head stands.
    column_words: FxHashMap<&'c str, u32>,
    /// The years in labels, heads and caption.
    years: FxHashSet<&'c str>,
    /// The last year in the heads.
    last_year: Option<&'c str>,
    /// How many numbers it has.
    cells: usize,
    /// How many tables its document has.
    siblings: usize,
}

/// Appends an edge for each number and the cell that it tells otherwise; `least` is what the evidence must come to, in
/// log-odds.
pub(super) fn retold(claims: &[&Claim], releases: &Releases, several: bool, least: f32, edges: &mut Vec<Edge>) {
    let tables = tables(claims);
    if tables.is_empty() {
        return;
    }
    let files = claims.chunk_by(|a, b| a.at.file == b.at.file).count();
    let index = Index::new(claims, &tables);
    let mut paragraphs: FxHashMap<(FileId, BlockId), Vec<usize>> = FxHashMap::default();
    let mut stated: FxHashMap<(Decimal, &str), Vec<FileId>> = FxHashMap::default();
    for (i, claim) in claims.iter().enumerate().filter(|(_, c)| is_told(c)) {
        paragraphs.entry((claim.at.file, claim.block)).or_default().push(i);
        if let Some(key) = key(claim) {
            stated.entry(key).or_default().push(claim.at.file);
        }
    }
    let is_near = |a: FileId, b: FileId| a == b || several && (files <= FEW || releases.together(a, b));
    // Who says a number again means it.
    let is_repeated = |number: usize| {
        let files = key(claims[number]).map(|key| &stated[&key]);
        files.is_some_and(|files| files.iter().filter(|&&f| is_near(f, claims[number].at.file)).nth(1).is_some())
    };
    let mut keys: Vec<(FileId, BlockId)> = paragraphs.keys().copied().collect();
    keys.sort_unstable();
    for at in keys {
        let numbers = &paragraphs[&at];
        if numbers.len() > NUMBERS {
            continue;
        }
        for table in index.tables(claims, numbers) {
            let table = &tables[table];
            if !is_near(table.file, at.0) {
                continue;
            }
            let around = Surroundings::new(claims, table, numbers);
            for &number in numbers.iter().filter(|&&n| is_exact(claims[n])) {
                if let Some(cell) = contradicted(claims, &around, number, is_repeated(number), least) {
                    edges.push(Edge { a: number.min(cell), b: number.max(cell), agreement: Agreement::Different });
                }
            }
        }
    }
}

/// The cell of a table that a number tells otherwise.
fn contradicted(
    claims: &[&Claim],
    around: &Surroundings<'_, '_>,
    number: usize,
    repeated: bool,
    least: f32,
) -> Option<usize> {
    let mut candidates: Vec<(usize, f32, bool)> = around
        .candidates(number, repeated)
        .into_iter()
        .map(|(cell, worth)| (cell, worth, agrees(claims[number], claims[cell])))
        .collect();
    let most = candidates.iter().map(|c| c.1).fold(f32::MIN, f32::max);
    let settles = |&(cell, worth, agree): &(usize, f32, bool)| {
        agree && (worth >= most - NEARLY || around.naming(number, cell).mostly && states(claims[number], claims[cell]))
    };
    if candidates.iter().any(settles) {
        return None;
    }
    let elsewhere = candidates.iter().any(|c| c.2);
    candidates.retain(|c| !c.2 && !around.is_refused(number, c.0));
    let of = |i: usize| claims[i].quantity();
    let alike: Vec<Likeness> =
        candidates.iter().map(|&(c, ..)| Likeness::new(of(number)?, of(c)?)).collect::<Option<_>>()?;
    let mut best: Option<(usize, f32)> = None;
    for (n, &(cell, worth, _)) in candidates.iter().enumerate() {
        let rival = |m: usize| m != n && claims[candidates[m].0].text != claims[cell].text;
        let rivals = (0..candidates.len()).filter(|&m| rival(m));
        let nearest = rivals.clone().map(|m| candidates[m].1).fold(f32::MIN, f32::max);
        let company = evidence::Company {
            ahead: (worth - nearest).clamp(-2.0, 2.0),
            rival_slip: rivals.clone().any(|m| alike[m].is_slip() && candidates[m].1 > worth),
            elsewhere,
            repeated,
            taken: around.is_taken(number, cell),
        };
        let named = around.naming(number, cell);
        // Two digits stand in any order by chance; and without a name only the digits tell which row is meant.
        if alike[n].is_short() && !(named.in_clause && named.at_all) || !alike[n].is_slip() && !named.at_all {
            continue;
        }
        let stray = alike[n].is_short() && !named.counted;
        // Another document may reckon otherwise.
        let apart = !alike[n].is_slip() && claims[number].at.file != claims[cell].at.file;
        let less = if stray { 1.5 } else { 0.0 } + if apart { ACROSS } else { 0.0 };
        let sum = worth + alike[n].worth() + company.worth() - less;
        if best.is_none_or(|(_, most)| sum > most) {
            best = Some((cell, sum));
        }
    }
    best.filter(|&(_, sum)| sum >= least).map(|(cell, _)| cell)
}

/// The tables by the words of their labels and heads.
struct Index<'c> {
    by_word: FxHashMap<&'c str, Vec<usize>>,
}

impl<'c> Index<'c> {
    fn new(claims: &[&'c Claim], tables: &[Table<'c>]) -> Self {
        let mut by_word: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (i, table) in tables.iter().enumerate() {
            let first = axes(claims, table.rows[0][0]);
            let words = table.row_words.keys().chain(table.column_words.keys()).copied();
            for word in words.chain(first.caption_keys.iter().map(CompactString::as_str)) {
                let list = by_word.entry(word).or_default();
                if list.last() != Some(&i) {
                    list.push(i);
                }
            }
        }
        Self { by_word }
    }

    /// The tables that share a word with the sentences of some numbers, in order.
    fn tables(&self, claims: &[&Claim], numbers: &[usize]) -> Vec<usize> {
        let words: FxHashSet<&str> = numbers
            .iter()
            .filter_map(|&n| claims[n].frame.as_deref())
            .flat_map(|f| f.words.iter().map(|w| w.key.as_str()))
            .collect();
        let lists = words.iter().filter_map(|word| self.by_word.get(word)).filter(|list| list.len() <= CROWD);
        let mut found: Vec<usize> = lists.flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The tables of a selection, which is in order of place.
fn tables<'c>(claims: &[&'c Claim]) -> Vec<Table<'c>> {
    let cells: Vec<usize> = (0..claims.len())
        .filter(|&i| claims[i].axes.is_some() && claims[i].quantity().is_some_and(|q| !q.amount.range))
        .collect();
    let place = |i: usize| (claims[i].at.file, axes(claims, i).table);
    let mut tables: Vec<Table<'c>> = Vec::new();
    for list in cells.chunk_by(|&a, &b| place(a) == place(b)) {
        if !(2..=CELLS).contains(&list.len()) {
            continue;
        }
        let rows: Vec<Vec<usize>> =
            list.chunk_by(|&a, &b| axes(claims, a).row == axes(claims, b).row).map(<[usize]>::to_vec).collect();
        let mut table = Table {
            file: claims[list[0]].at.file,
            block: claims[list[0]].block,
            rows,
            row_words: FxHashMap::default(),
            column_words: FxHashMap::default(),
            years: FxHashSet::default(),
            last_year: None,
            cells: list.len(),
            siblings: 1,
        };
        for row in &table.rows {
            for word in axes(claims, row[0]).row_keys.iter() {
                *table.row_words.entry(word).or_default() += 1;
            }
        }
        for &cell in &table.rows[0] {
            for word in axes(claims, cell).column_keys.iter() {
                *table.column_words.entry(word).or_default() += 1;
            }
        }
        for &cell in list {
            let axes = axes(claims, cell);
            let words = axes.row_words.iter().chain(axes.column_words.iter()).chain(axes.caption_words.iter());
            table.years.extend(words.filter(|w| is_year(w)).map(CompactString::as_str));
            let heads = axes.column_words.iter().filter(|w| is_year(w)).map(CompactString::as_str);
            table.last_year = table.last_year.into_iter().chain(heads).max();
        }
        tables.push(table);
    }
    let mut siblings: FxHashMap<FileId, usize> = FxHashMap::default();
    for table in &tables {
        *siblings.entry(table.file).or_default() += 1;
    }
    for table in &mut tables {
        table.siblings = siblings[&table.file];
    }
    tables
}

fn axes<'c>(claims: &[&'c Claim], cell: usize) -> &'c Axes {
    claims[cell].axes.as_deref().expect("a number of a table has axes")
}

/// Whether a claim is a number of running text.
fn is_told(claim: &Claim) -> bool {
    claim.origin == Origin::Prose && claim.frame.is_some() && claim.quantity().is_some()
}

/// Whether a number is stated as it is.
fn is_exact(claim: &Claim) -> bool {
    claim.quantity().is_some_and(|q| !q.amount.range && q.hedge == Hedge::None)
}

/// Whether a number can state a cell, in whatever scale the table is told.
fn agrees(told: &Claim, cell: &Claim) -> bool {
    let (Some(x), Some(y)) = (told.quantity(), cell.quantity()) else { return false };
    x.unit.dimension == y.unit.dimension && values_agree(told, cell) != Agreement::Different || scale(x, y).is_some()
}

/// Whether a number states a cell with two digits that mean something, which is hardly chance.
fn states(told: &Claim, cell: &Claim) -> bool {
    told.quantity().is_some_and(|q| significant_digits(q.amount.low).len() >= 2) && agrees(told, cell)
}
