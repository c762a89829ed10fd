//! Sentences that read off a row of a table: "from 48,210 in 2021 to 52,817", where the row has 48,210 and 52,871.
//!
//! A number that stands in a row with three digits or more anchors its sentence to that row. Another number of the
//! sentence that no cell has, and that is a slip of the digits away from one of the row, is that cell written down
//! wrongly. Tables in thousands or millions are told by the anchor, so that the unit of the table need not be known.

use super::Edge;
use super::release::Releases;
use crate::claim::{Axes, Claim, Origin, Value, is_year};
use crate::document::BlockId;
use crate::span::FileId;
use crate::value::{Agreement, Decimal, Hedge, Quantity, Resemblance, resemblance};
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

/// Figures with fewer digits that mean something stand in a row by chance.
const DIGITS: usize = 3;

/// Figures with so many digits are hardly alike by chance.
const LONG: usize = 5;

/// Figures are compared up to so many digits.
const LONGEST: usize = 9;

/// A figure that stands in more cells anchors nothing.
const CROWD: usize = 6;

/// A row or sentence with more numbers is data.
const MOST: usize = 16;

/// The evidence that is needed; see [`evidence`].
const NEEDED: usize = 6;

/// Powers of ten by which a table may tell less than the text.
const SCALES: [i64; 3] = [1, 1_000, 1_000_000];

/// The cells of all tables, by row and by figure.
struct Cells {
    /// The cells of a row, by file, table and row.
    rows: FxHashMap<(FileId, u32, u32), Vec<usize>>,
    /// Cells by their first digits, and how many these are.
    figures: FxHashMap<(usize, u64), Vec<usize>>,
}

/// Appends an edge for each number and the cell that it is a slip of.
pub(super) fn anchored(claims: &[&Claim], releases: &Releases, several: bool, edges: &mut Vec<Edge>) {
    let cells = Cells::new(claims);
    if cells.rows.is_empty() {
        return;
    }
    let sentence = |c: &Claim| (c.at.file, c.block, c.sentence);
    let prose: Vec<usize> = (0..claims.len()).filter(|&i| is_told(claims[i])).collect();
    let mut sentences: FxHashMap<(FileId, BlockId, u32), Vec<usize>> = FxHashMap::default();
    for &i in &prose {
        sentences.entry(sentence(claims[i])).or_default().push(i);
    }
    let mut lists: Vec<Vec<usize>> = sentences.into_values().filter(|l| (2..=MOST).contains(&l.len())).collect();
    lists.sort();
    for list in lists {
        let near = |file: FileId| {
            let own = claims[list[0]].at.file;
            file == own || several && releases.together(file, own)
        };
        let found: Vec<Vec<usize>> = list.iter().map(|&i| cells.stating(claims, i, &near)).collect();
        for (n, &slip) in list.iter().enumerate().filter(|&(n, _)| found[n].is_empty()) {
            let anchors: Vec<(usize, usize)> = (0..list.len())
                .filter(|&m| m != n && found[m].len() <= CROWD)
                .flat_map(|m| found[m].iter().map(move |&cell| (m, cell)))
                .map(|(m, cell)| (list[m], cell))
                .collect();
            if let Some(cell) = cells.meant(claims, slip, &anchors, &list) {
                edges.push(Edge { a: slip.min(cell), b: slip.max(cell), agreement: Agreement::Different });
            }
        }
    }
}

impl Cells {
    fn new(claims: &[&Claim]) -> Self {
        let mut cells = Self { rows: FxHashMap::default(), figures: FxHashMap::default() };
        for (i, claim) in claims.iter().enumerate() {
            let (Some(axes), Some(quantity)) = (claim.axes.as_deref(), plain(claim)) else { continue };
            cells.rows.entry((claim.at.file, axes.table, axes.row)).or_default().push(i);
            for digits in DIGITS..=LONGEST {
                let Some(figure) = first_digits(quantity.amount.low, digits) else { continue };
                cells.figures.entry((digits, figure)).or_default().push(i);
            }
        }
        cells
    }

    /// The cells that state a number of running text.
    fn stating(&self, claims: &[&Claim], at: usize, near: &dyn Fn(FileId) -> bool) -> Vec<usize> {
        let Some(quantity) = plain(claims[at]) else { return Vec::new() };
        let digits = written(quantity).min(LONGEST);
        let figure = first_digits(quantity.amount.low, digits);
        let list = figure.and_then(|figure| self.figures.get(&(digits, figure))).map_or(&[][..], Vec::as_slice);
        let fits = |&cell: &usize| {
            near(claims[cell].at.file) && plain(claims[cell]).is_some_and(|other| scale(quantity, other).is_some())
        };
        list.iter().copied().filter(fits).take(CROWD + 1).collect()
    }

    /// The one cell that a number is a slip of, in the rows that other numbers of its sentence stand in.
    fn meant(&self, claims: &[&Claim], slip: usize, anchors: &[(usize, usize)], sentence: &[usize]) -> Option<usize> {
        let quantity = plain(claims[slip])?;
        let mut best: Option<(usize, usize)> = None;
        for &(anchor, at) in anchors {
            let axes = claims[at].axes.as_deref()?;
            let row = &self.rows[&(claims[at].at.file, axes.table, axes.row)];
            let times = scale(plain(claims[anchor])?, plain(claims[at])?)?;
            if row.len() > MOST || is_worked_out(claims, row, quantity, times) {
                continue;
            }
            let taken: FxHashSet<usize> = anchors.iter().map(|&(_, cell)| cell).collect();
            let in_row = anchors.iter().filter(|&&(_, cell)| row.contains(&cell)).map(|&(n, _)| n);
            let in_row = in_row.collect::<FxHashSet<usize>>().len();
            for &cell in row.iter().filter(|cell| !taken.contains(cell)) {
                if !is_slip(quantity, plain(claims[cell])?)
                    || says_other(claims, slip, cell, (anchor, at), sentence)
                    || in_row < 2 && written(quantity) < LONG && is_part(claims[slip], claims[cell])
                {
                    continue;
                }
                let evidence = evidence(claims[slip], claims[cell], quantity, in_row);
                match best {
                    Some((other, _)) if other != cell => return None,
                    Some((_, most)) if most >= evidence => {}
                    _ => best = Some((cell, evidence)),
                }
            }
        }
        best.filter(|&(_, evidence)| evidence >= NEEDED).map(|(cell, _)| cell)
    }
}

/// What speaks for a number being that of a cell: two for each number that stands in the row, one for each word of its
/// label in the sentence and another for all of them, two for the time of the column, one for another word of its head, one for four digits and another for five.
fn evidence(slip: &Claim, cell: &Claim, quantity: &Quantity, anchors: usize) -> usize {
    let (Some(axes), Some(frame)) = (cell.axes.as_deref(), slip.frame.as_deref()) else { return 0 };
    let said = axes.row_keys.iter().filter(|key| frame.has(key)).count();
    let whole = said > 0 && said == axes.row_keys.len();
    let time = axes.column_words.iter().any(|word| is_year(word) && slip.scope.times.contains(word));
    let column = usize::from(axes.column_keys.iter().any(|key| frame.has(key))).max(2 * usize::from(time));
    let label = if said == 0 { 0 } else { said.min(2) + usize::from(whole) };
    2 * anchors.min(2)
        + label
        + column
        + usize::from(written(quantity) > DIGITS)
        + usize::from(written(quantity) >= LONG)
}

/// Whether the text tells the number for another time than that of the cell, and names that time for no other number.
fn says_other(claims: &[&Claim], slip: usize, cell: usize, anchor: (usize, usize), sentence: &[usize]) -> bool {
    let (Some(axes), Some(first)) = (claims[cell].axes.as_deref(), claims[anchor.1].axes.as_deref()) else {
        return true;
    };
    let years = |axes: &Axes| axes.column_words.iter().any(|word| is_year(word));
    let times = &claims[slip].scope.times;
    let names = |axes: &Axes| axes.column_words.iter().any(|word| times.contains(word));
    // "from 48,210 in 2021 to 52,817 a year later": the year is that of the number beside it.
    let other = times.iter().any(|time| is_year(time)) && years(axes) && !names(axes) && !names(first);
    // "against a budget of £459.9 million", but not where the whole sentence is told of a plan.
    let cue = |i: usize, cue: &str| claims[i].scope.cues.iter().any(|c| c == cue);
    let planned = ["target", "forecast", "part-of", "subset"].iter().any(|c| cue(slip, c) && !cue(anchor.0, c));
    // "£455.9 million, against a budget of £459.9 million": the cell is stated beside the number.
    let stated = sentence.iter().any(|&i| i != slip && plain(claims[i]).is_some_and(|q| is_same(q, claims[cell])));
    other || planned || stated
}

/// Whether the text names a month or a quarter that the column of the cell does not.
fn is_part(slip: &Claim, cell: &Claim) -> bool {
    let named = |time: &CompactString| cell.axes.as_deref().is_some_and(|axes| axes.column_words.contains(time));
    let times = &slip.scope.times;
    times.iter().any(|time| !is_year(time)) && !times.iter().any(named)
}

fn is_same(quantity: &Quantity, cell: &Claim) -> bool {
    plain(cell).is_some_and(|other| scale(quantity, other).is_some())
}

/// Whether a number is the sum or the difference of two cells of the row.
fn is_worked_out(claims: &[&Claim], row: &[usize], quantity: &Quantity, times: Decimal) -> bool {
    let values: Vec<Decimal> =
        row.iter().filter_map(|&i| Some(plain(claims[i])?.amount.low.saturating_mul(times))).collect();
    let value = quantity.amount.low.abs();
    let Some(half) = quantity.amount.step.checked_div(Decimal::TWO) else { return true };
    values.iter().enumerate().any(|(n, x)| {
        let near = |y: &Decimal| (y.abs() - value).abs() <= half;
        values[n + 1..].iter().any(|y| near(&(*x - *y)) || near(&x.saturating_add(*y)))
    })
}

/// Whether a number is one slip of the digits away from a cell, in whatever scale: the note "in millions" may stand at
/// one column and hold for all.
fn is_slip(quantity: &Quantity, cell: &Quantity) -> bool {
    let said = quantity.amount.low.abs();
    let alike = |times: Decimal| {
        let value = cell.amount.low.abs().saturating_mul(times);
        let mut rounded = value.round_dp(said.scale());
        rounded.rescale(said.scale());
        resemblance(said, rounded) != Resemblance::None
    };
    quantity.unit.is_percent() == cell.unit.is_percent() && scales().any(alike)
}

/// The powers of ten between a text and its table, in both directions.
fn scales() -> impl Iterator<Item = Decimal> {
    let down = SCALES.into_iter().skip(1).filter_map(|n| Decimal::ONE.checked_div(Decimal::from(n)));
    SCALES.into_iter().map(Decimal::from).chain(down)
}

/// By how much a number of the text is larger as written than the cell that states it; `None` when it does not.
pub(super) fn scale(quantity: &Quantity, cell: &Quantity) -> Option<Decimal> {
    let one_sort = quantity.unit.is_percent() == cell.unit.is_percent();
    let (said, value) = (quantity.amount.low.abs(), cell.amount.low.abs());
    let half = quantity.amount.step.checked_div(Decimal::TWO)?;
    scales().find(|times| one_sort && value.checked_mul(*times).is_some_and(|v| (v - said).abs() <= half))
}

/// The number of a claim when it is one number in digits, stated as it is.
fn plain(claim: &Claim) -> Option<&Quantity> {
    let Value::Quantity(quantity) = &claim.value else { return None };
    let single = !quantity.amount.range && !quantity.amount.words && !quantity.amount.low.is_zero();
    (single && quantity.hedge == Hedge::None).then_some(quantity)
}

/// Whether a claim is a number of running text with three digits that mean something.
fn is_told(claim: &Claim) -> bool {
    let told = claim.origin == Origin::Prose && claim.frame.is_some();
    told && plain(claim).is_some_and(|q| written(q) >= DIGITS && (significant(q) >= 2))
}

/// How many digits a number is written with: 4 for "207.0".
fn written(quantity: &Quantity) -> usize {
    let Some(units) = quantity.amount.low.abs().checked_div(quantity.amount.step) else { return 0 };
    units.round().normalize().to_string().bytes().take_while(u8::is_ascii_digit).count()
}

/// How many of the digits stand before its last zeros.
fn significant(quantity: &Quantity) -> usize {
    let digits = quantity.amount.low.abs().normalize().to_string();
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

/// The first digits of a value, rounded: 2,070 for 207.04 and four.
fn first_digits(value: Decimal, digits: usize) -> Option<u64> {
    let rounded = value.abs().round_sf(u32::try_from(digits).ok()?)?.normalize();
    let text: String = rounded.to_string().chars().filter(char::is_ascii_digit).collect();
    let text = text.trim_start_matches('0').trim_end_matches('0');
    let padded = format!("{text:0<digits$}");
    padded.get(..digits)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Amount, Unit, written_step};
    use std::str::FromStr;

    fn quantity(text: &str) -> Quantity {
        let value = Decimal::from_str(text).expect("a decimal");
        let step = written_step(value, value.scale());
        Quantity { amount: Amount::exact(value, step), hedge: Hedge::None, unit: Unit::count() }
    }

    #[test]
    fn reads_the_scale_of_a_table() {
        let times = |text: &str, cell: &str| scale(&quantity(text), &quantity(cell)).map(|d| d.normalize().to_string());
        assert_eq!(times("207.0", "207"), Some("1".into()));
        assert_eq!(times("11.9", "11907"), Some("0.001".into()));
        assert_eq!(times("11907000", "11907"), Some("1000".into()));
        assert_eq!(times("11.8", "11907"), None);
    }

    #[test]
    fn reads_the_first_digits() {
        let digits = |text: &str, n| first_digits(Decimal::from_str(text).expect("a decimal"), n);
        assert_eq!(digits("207.04", 4), Some(2070));
        assert_eq!(digits("0.0314", 3), Some(314));
        assert_eq!(digits("5", 3), Some(500));
    }

    #[test]
    fn flags_slips_in_any_scale() {
        assert!(is_slip(&quantity("52817"), &quantity("52871")));
        assert!(is_slip(&quantity("328100000"), &quantity("328.8")));
        assert!(!is_slip(&quantity("52817"), &quantity("48210")));
    }
}
