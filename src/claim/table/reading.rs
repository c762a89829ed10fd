//! Ways to read a line as the sum of others, and which of them the table bears out.

use super::lines::{Axis, CellAt, Entry, Orientation, Role};
use crate::value::ROUNDING_DEVIATIONS;
use rustc_hash::FxHashMap;

/// One part of a sum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) cell: CellAt,
    pub(super) minus: bool,
}

/// A whole and its parts in one series.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    pub(super) orientation: Orientation,
    pub(super) whole: CellAt,
    pub(super) parts: Vec<Part>,
    /// Sum of the parts less the whole; 0 when it adds up within rounding.
    pub(super) residual: i128,
    /// Half of what rounding of all digits written can amount to, doubled: compare with `2 * residual`.
    pub(super) rounding: i128,
    /// In how many other series the same lines add up.
    pub(super) support: u32,
    /// Evidence that the table is not rounded, in bits: how unlikely it is that so many rounded parts add up to
    /// the last digit; negative when they do not.
    pub(super) footing: f64,
    /// How sure the reading is, 0 to 10; see [`crate::claim::Value::Total`].
    pub(super) strength: u8,
    /// Whether the sum must fit exactly.
    pub(super) exact: bool,
}

/// Sums that are one finding: they would all add up if one cell were another number.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Indices of the sums, the one to show first.
    pub(super) sums: Vec<usize>,
    /// The cell that they point to, when there are several.
    pub(super) culprit: Option<CellAt>,
    /// How sure the finding is.
    pub(super) strength: u8,
}

/// A line of a reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Term {
    line: usize,
    minus: bool,
}

/// One way to read a line as a sum.
#[derive(Clone, Debug)]
struct Reading {
    terms: Vec<Term>,
    /// How unlikely the reading is before looking at the numbers, in bits.
    cost: f64,
    /// Whether it takes in all that stands above up to the last heading, total or the top.
    natural: bool,
}

/// What a reading says in one series.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    /// Nothing to compare.
    Skip,
    /// It adds up; the bits of evidence in that.
    Match(f64),
    /// It does not.
    Miss { residual: i128, rounding: i128, blanks: bool },
}

/// How far readings look back, so that the work stays in bounds for tables of any size.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    /// How many open lines at most.
    reach: usize,
    /// Whether totals are so few that each may take in all that stands above.
    few_totals: bool,
}

/// About how many entries may be looked at in one table.
const WORK: f64 = 2e6;

impl Bounds {
    fn of(axis: &Axis) -> Self {
        let entries = (axis.lines.len() * axis.series.len()).max(1);
        let reach = (WORK / entries as f64).sqrt().clamp(3.0, 400.0) as usize;
        Self { reach, few_totals: axis.lines.iter().filter(|l| l.role.total).count() <= 40 }
    }

    /// How many open lines a reading of a line looks back over.
    fn reach(self, role: Role) -> usize {
        let wanted = if role.total {
            400
        } else if role.unlabelled {
            60
        } else if role.result {
            24
        } else {
            8
        };
        self.reach.min(wanted)
    }
}

/// Finds the sums along one orientation.
pub(super) fn sums(axis: &Axis, out: &mut Vec<Sum>) {
    if axis.series.iter().any(|s| s.usable) && axis.lines.len() >= 2 {
        let forward: Vec<usize> = (0..axis.lines.len()).collect();
        let found = pass(axis, &forward, out);
        if !found && axis.lines.iter().any(|l| l.role.total) {
            let backward: Vec<usize> = (0..axis.lines.len()).rev().collect();
            pass(axis, &backward, out);
        }
    }
}

/// Goes over the lines in one order; whether a total was borne out.
fn pass(axis: &Axis, order: &[usize], out: &mut Vec<Sum>) -> bool {
    let backward = order.first() > order.last();
    let bounds = Bounds::of(axis);
    let mut open: Vec<usize> = Vec::new();
    // Positions in `open` where a reading is likely to begin.
    let mut starts: Vec<usize> = vec![0];
    let mut raw: Vec<usize> = Vec::new();
    let mut found = false;
    for &t in order {
        let role = axis.lines[t].role;
        if role.heading {
            if starts.last() != Some(&open.len()) {
                starts.push(open.len());
            }
            continue;
        }
        if role.apart || (0..axis.series.len()).all(|s| !matches!(axis.entry(t, s), Entry::Number(..) | Entry::Nil)) {
            continue;
        }
        let mut taken = None;
        if !backward || role.total {
            let readings = readings(axis, &open, &starts, &raw, role, bounds);
            taken = judge(axis, t, role, &readings, out);
        }
        match taken {
            Some(terms) => {
                found |= role.total || terms.len() > 2;
                // The lines that the total took stand no longer open; they are the last ones, or among them.
                let oldest = terms.iter().map(|term| term.line).min_by_key(|&l| order_of(l, backward));
                let first = oldest
                    .map_or(open.len(), |l| open.partition_point(|&o| order_of(o, backward) < order_of(l, backward)));
                let taken: rustc_hash::FxHashSet<usize> = terms.iter().map(|term| term.line).collect();
                let kept: Vec<usize> = open[first..].iter().copied().filter(|o| !taken.contains(o)).collect();
                open.truncate(first);
                open.extend(kept);
                while starts.last().is_some_and(|&s| s > first) {
                    starts.pop();
                }
                open.push(t);
                starts.push(open.len());
            }
            None => {
                open.push(t);
                if role.total {
                    starts.push(open.len());
                }
            }
        }
        raw.push(t);
    }
    found
}

/// The place of a line in the order of a pass.
fn order_of(line: usize, backward: bool) -> usize {
    if backward { usize::MAX - line } else { line }
}

/// The readings of a line, given the lines above it that no total has taken yet.
fn readings(axis: &Axis, open: &[usize], starts: &[usize], raw: &[usize], role: Role, bounds: Bounds) -> Vec<Reading> {
    let mut out: Vec<Reading> = Vec::new();
    let mut add = |terms: Vec<Term>, cost: f64, natural: bool| {
        if !out.iter().rev().take(24).any(|r: &Reading| r.terms == terms) {
            out.push(Reading { terms, cost, natural });
        }
    };
    let base = if role.total {
        0.0
    } else if role.unlabelled {
        1.0
    } else if role.result {
        2.0
    } else {
        5.0
    };
    let plus = |lines: &[usize]| lines.iter().map(|&line| Term { line, minus: false }).collect::<Vec<_>>();
    let longest = open.len().min(bounds.reach(role));
    let recent = open.len() - longest;
    let last_total = open[recent..].iter().rposition(|&l| axis.lines[l].role.total).map(|i| recent + i);
    // The likely readings are tried whatever their length.
    let all = if role.total && bounds.few_totals { starts } else { &[] };
    let long = all.iter().rev().filter(|&&s| s < recent).take(4);
    let lengths: Vec<usize> = (1..=longest).chain(long.map(|&s| open.len() - s)).collect();
    for k in lengths {
        let from = open.len() - k;
        let lines = &open[from..];
        let natural = starts.iter().rev().take(64).any(|&s| s == from) || last_total == Some(from.wrapping_sub(1));
        let cost = base + if natural { 0.0 } else { 2.5 };
        add(plus(lines), cost, natural);
        let deducted: Vec<Term> = lines
            .iter()
            .map(|&line| Term { line, minus: axis.lines[line].role.minus && positive(axis, line) })
            .collect();
        if deducted[1..].iter().any(|t| t.minus) && !deducted[0].minus {
            add(deducted, cost + 1.0, natural);
        }
        if (2..=8).contains(&k) {
            let signed = if role.total { 4.0 } else { 1.0 };
            let first_less_rest = lines.iter().enumerate().map(|(i, &line)| Term { line, minus: i > 0 }).collect();
            add(first_less_rest, cost + signed, false);
            if k == 2 {
                let change = vec![Term { line: lines[0], minus: true }, Term { line: lines[1], minus: false }];
                add(change, cost + signed + 1.0, false);
            } else {
                let less_last =
                    lines.iter().enumerate().map(|(i, &line)| Term { line, minus: i + 1 == lines.len() }).collect();
                add(less_last, cost + signed + 1.0, false);
            }
        }
    }
    if role.total || role.unlabelled || role.result {
        // Totals only, and everything only, when subtotals and details are mixed.
        let totals: Vec<usize> = open[recent..].iter().copied().filter(|&l| axis.lines[l].role.total).collect();
        if totals.len() >= 2 && totals.len() < longest {
            for from in 0..totals.len().min(12) - 1 {
                add(plus(&totals[from..]), base + 2.0, from == 0);
            }
        }
        if role.total && bounds.few_totals || raw.len() <= bounds.reach(role) {
            let details: Vec<usize> = raw.iter().copied().filter(|&l| !axis.lines[l].role.total).collect();
            if details.len() >= 2 {
                add(plus(&details), base + 2.0, false);
            }
        }
    }
    out
}

/// Whether the numbers of a line are mostly positive.
fn positive(axis: &Axis, line: usize) -> bool {
    let (mut up, mut down) = (0, 0);
    for s in 0..axis.series.len() {
        if let Entry::Number(v, _) = axis.entry(line, s) {
            if v > 0 {
                up += 1;
            } else if v < 0 {
                down += 1;
            }
        }
    }
    up > down
}

fn outcome(axis: &Axis, t: usize, s: usize, terms: &[Term]) -> Outcome {
    let (whole, whole_step) = match axis.entry(t, s) {
        Entry::Number(v, step) => (v, step),
        Entry::Nil => (0, 0),
        Entry::Blank | Entry::Unknown => return Outcome::Skip,
    };
    let mut sum = 0i128;
    let mut rounding = whole_step;
    let mut squares = whole_step as f64 * whole_step as f64;
    let (mut parts, mut numbers, mut blanks) = (0u32, 0u32, false);
    for term in terms {
        match axis.entry(term.line, s) {
            Entry::Unknown => return Outcome::Skip,
            Entry::Blank => blanks = true,
            Entry::Nil => numbers += 1,
            Entry::Number(v, step) => {
                numbers += 1;
                let v = if term.minus { -v } else { v };
                sum = sum.saturating_add(v);
                rounding += step;
                squares += step as f64 * step as f64;
                parts += u32::from(v != 0);
            }
        }
    }
    if numbers == 0 {
        return Outcome::Skip;
    }
    let residual = sum.saturating_sub(whole);
    rounding = rounding.min((2.0 * ROUNDING_DEVIATIONS * (squares / 12.0).sqrt()) as i128);
    let exact = axis.series[s].exact;
    let fits = if exact { residual == 0 } else { residual.saturating_abs().saturating_mul(2) <= rounding };
    if fits {
        // How surprising it would be for another number of this size to fit as well.
        let window = if exact { 1 } else { rounding.max(1) };
        let surprise = if parts >= 2 { (whole.saturating_abs() as f64 / window as f64).max(1.0).log2() } else { 0.0 };
        Outcome::Match(surprise.min(20.0))
    } else {
        Outcome::Miss { residual, rounding: if exact { 0 } else { rounding }, blanks }
    }
}

/// What the usable series say of one reading.
struct Verdict {
    evidence: f64,
    matches: u32,
    misses: u32,
    skips: u32,
}

fn verdict(axis: &Axis, t: usize, reading: &Reading) -> Verdict {
    let mut verdict = Verdict { evidence: -reading.cost, matches: 0, misses: 0, skips: 0 };
    for (s, series) in axis.series.iter().enumerate() {
        if !series.usable {
            continue;
        }
        match outcome(axis, t, s, &reading.terms) {
            Outcome::Skip => verdict.skips += 1,
            Outcome::Match(bits) => {
                verdict.evidence += bits;
                verdict.matches += u32::from(bits > 0.0);
            }
            Outcome::Miss { .. } => verdict.misses += 1,
        }
    }
    verdict
}

/// Chooses the reading of a line that the table bears out best, notes what it says of every series, and gives
/// the lines that it takes.
fn judge(axis: &Axis, t: usize, role: Role, readings: &[Reading], out: &mut Vec<Sum>) -> Option<Vec<Term>> {
    let tried = (readings.len() as f64).max(1.0);
    let verdicts: Vec<Verdict> = readings.iter().map(|r| verdict(axis, t, r)).collect();
    let score = |v: &Verdict| v.evidence - 4.0 * f64::from(v.misses);
    let best = (0..readings.len()).max_by(|&a, &b| score(&verdicts[a]).total_cmp(&score(&verdicts[b])))?;
    let (reading, verdict) = (&readings[best], &verdicts[best]);
    let need = if reading.natural && role.total {
        3.5
    } else if reading.natural {
        5.0
    } else {
        4.0 + tried.log2()
    };
    let borne_out = verdict.matches > 0 && verdict.evidence >= need && verdict.misses <= verdict.matches;
    if !borne_out {
        // A line that repeats the one above it takes its place.
        if let Some(single) = readings.iter().position(|r| r.terms.len() == 1)
            && repeats(axis, t, readings[single].terms[0].line)
            && (role.total || role.unlabelled)
        {
            return Some(readings[single].terms.clone());
        }
        if role.total {
            unconfirmed(axis, t, readings, out);
        }
        return None;
    }
    for (s, series) in axis.series.iter().enumerate() {
        if !series.usable {
            continue;
        }
        match outcome(axis, t, s, &reading.terms) {
            Outcome::Skip => {}
            Outcome::Match(_) => {
                out.push(sum(axis, t, s, reading, 0, 0, verdict.matches.saturating_sub(1), 10));
            }
            Outcome::Miss { residual, rounding, blanks } => {
                if explained(axis, t, s, best, readings, residual, rounding, verdict.matches) {
                    continue;
                }
                let slip = slips(axis, t, s, &reading.terms, residual);
                let sure = verdict.matches;
                let strength = match (role, slip) {
                    _ if blanks && !slip => 3,
                    (Role { total: true, .. } | Role { unlabelled: true, .. }, true) => 8,
                    (Role { total: true, .. } | Role { unlabelled: true, .. }, false) if sure >= 2 => 6,
                    (Role { result: true, .. }, true) if verdict.misses == 1 && (sure >= 2 || reading.natural) => 6,
                    (Role { result: true, .. }, false) if sure >= 3 && verdict.misses == 1 => 5,
                    (_, true) if sure >= 3 && verdict.misses == 1 => 5,
                    _ => 3,
                };
                out.push(sum(axis, t, s, reading, residual, rounding, sure, strength));
            }
        }
    }
    Some(reading.terms.clone())
}

/// A total that nothing else bears out: noted when its only series looks like a slip of the pen.
fn unconfirmed(axis: &Axis, t: usize, readings: &[Reading], out: &mut Vec<Sum>) {
    let natural = |r: &Reading| r.natural && r.terms.len() >= 2;
    let Some(longest) = readings.iter().rposition(natural) else { return };
    // What stands between the last total and this one, when it is a digit off.
    let nearest = readings.iter().position(|r| {
        natural(r)
            && r.terms.iter().all(|term| !axis.lines[term.line].role.total && !term.minus)
            && (0..axis.series.len()).filter(|&s| axis.series[s].usable).any(|s| {
                matches!((axis.entry(t, s), outcome(axis, t, s, &r.terms)),
                    (Entry::Number(whole, _), Outcome::Miss { residual, .. }) if one_digit(whole + residual, whole))
            })
    });
    let best = nearest.unwrap_or(longest);
    let reading = &readings[best];
    let mut misses = Vec::new();
    for (s, series) in axis.series.iter().enumerate() {
        if let (true, Outcome::Miss { residual, rounding, blanks }) =
            (series.usable, outcome(axis, t, s, &reading.terms))
        {
            misses.push((s, residual, rounding, blanks));
        }
    }
    let single = misses.len() == 1;
    for (s, residual, rounding, blanks) in misses {
        if explained(axis, t, s, best, readings, residual, rounding, 0) {
            continue;
        }
        let Entry::Number(whole, _) = axis.entry(t, s) else { continue };
        // A small total has more neighbours that differ in one digit, so it must be close, and of several parts.
        let parts = reading.terms.iter().filter(|t| matches!(axis.entry(t.line, s), Entry::Number(..))).count();
        let close = parts >= 3 && residual.saturating_abs().saturating_mul(20) <= whole.abs();
        let large = whole.abs() >= 100 || whole.abs() >= 20 && close && axis.series[s].exact;
        let strict = !blanks && single && large && one_digit(whole + residual, whole);
        out.push(sum(axis, t, s, reading, residual, rounding, 0, if strict { 5 } else { 2 }));
    }
}

fn repeats(axis: &Axis, t: usize, line: usize) -> bool {
    let mut same = false;
    for s in 0..axis.series.len() {
        match (axis.entry(t, s), axis.entry(line, s)) {
            (Entry::Number(a, _), Entry::Number(b, _)) if a == b => same = true,
            (Entry::Number(..), _) | (_, Entry::Number(..)) => return false,
            _ => {}
        }
    }
    same
}

#[expect(clippy::too_many_arguments, reason = "private, and all are different things")]
fn sum(
    axis: &Axis,
    t: usize,
    s: usize,
    reading: &Reading,
    residual: i128,
    rounding: i128,
    support: u32,
    strength: u8,
) -> Sum {
    let parts = reading
        .terms
        .iter()
        .filter(|term| matches!(axis.entry(term.line, s), Entry::Number(..)))
        .map(|term| Part { cell: axis.at(term.line, s), minus: term.minus })
        .collect();
    Sum {
        orientation: axis.orientation,
        whole: axis.at(t, s),
        parts,
        residual,
        rounding,
        footing: footing(axis, t, s, &reading.terms),
        support,
        strength,
        exact: axis.series[s].exact,
    }
}

/// See [`Sum::footing`].
fn footing(axis: &Axis, t: usize, s: usize, terms: &[Term]) -> f64 {
    let Entry::Number(whole, step) = axis.entry(t, s) else { return 0.0 };
    let (mut sum, mut parts) = (0i128, 0u32);
    for term in terms {
        if let Entry::Number(v, part_step) = axis.entry(term.line, s) {
            if part_step != step {
                return 0.0;
            }
            sum = sum.saturating_add(if term.minus { -v } else { v });
            parts += u32::from(v != 0);
        }
    }
    if parts < 2 {
        return 0.0;
    }
    if sum == whole {
        // The error of n rounded numbers and their rounded sum is nearly normal with variance (n + 1) / 12 steps,
        // so the chance of none is about 1.38 / sqrt(n + 1).
        ((f64::from(parts) + 1.0).sqrt() / 1.38).log2().max(0.2)
    } else {
        -1.0
    }
}

/// Whether another reading adds up in this series, or the reading with one part left out or turned round. The
/// more series bear the reading out, the less another one counts.
#[expect(clippy::too_many_arguments, reason = "private, and all are different things")]
fn explained(
    axis: &Axis,
    t: usize,
    s: usize,
    chosen: usize,
    readings: &[Reading],
    residual: i128,
    rounding: i128,
    sure: u32,
) -> bool {
    let tried = readings.len() as f64;
    for (i, other) in readings.iter().enumerate() {
        if i == chosen {
            continue;
        }
        if let Outcome::Match(bits) = outcome(axis, t, s, &other.terms)
            && (other.natural || bits >= tried.log2() + f64::from(sure.max(1)))
        {
            return true;
        }
    }
    let near = |a: i128, b: i128| (a - b).abs().saturating_mul(2) <= rounding;
    let terms = &readings[chosen].terms;
    let turned = terms.iter().any(|term| match axis.entry(term.line, s) {
        Entry::Number(v, _) if v != 0 => {
            let v = if term.minus { -v } else { v };
            v.abs() > rounding.saturating_mul(4) && (near(residual, v) || near(residual, v.saturating_mul(2)))
        }
        _ => false,
    });
    // A line that was set apart by its label may be a part all the same.
    let lines = terms.iter().map(|term| term.line);
    let (first, last) = (lines.clone().min().unwrap_or(t).min(t), lines.max().unwrap_or(t).max(t));
    let mut apart = (first..=last).filter(|&l| axis.lines[l].role.apart).filter_map(|l| match axis.entry(l, s) {
        Entry::Number(v, _) => Some(v),
        _ => None,
    });
    turned && sure < 3
        || apart.any(|v| v.abs() > rounding.saturating_mul(4) && (near(residual, -v) || near(residual, v)))
}

/// Whether one cell of the sum, written slightly otherwise, would make it add up.
fn slips(axis: &Axis, t: usize, s: usize, terms: &[Term], residual: i128) -> bool {
    let whole = match axis.entry(t, s) {
        Entry::Number(v, _) => v,
        _ => return false,
    };
    if slip(whole.saturating_add(residual), whole) {
        return true;
    }
    terms.iter().any(|term| match axis.entry(term.line, s) {
        Entry::Number(v, _) => {
            slip(if term.minus { v.saturating_add(residual) } else { v.saturating_sub(residual) }, v)
        }
        _ => false,
    })
}

/// Whether `written` may be a slip of the pen for `meant`: one digit other, two digits swapped, one digit too
/// many or too few, the sign lost.
fn slip(meant: i128, written: i128) -> bool {
    if meant == -written && meant != 0 {
        return true;
    }
    if (meant < 0) != (written < 0) {
        return false;
    }
    let (a, b) = (meant.unsigned_abs().to_string(), written.unsigned_abs().to_string());
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() == b.len() {
        let differing: Vec<usize> = (0..a.len()).filter(|&i| a[i] != b[i]).collect();
        return match differing.as_slice() {
            [_] => true,
            [i, j] => a[*i] == b[*j] && a[*j] == b[*i],
            _ => false,
        };
    }
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    long.len() == short.len() + 1
        && short.len() >= 2
        && (0..long.len())
            .any(|skip| long.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, c)| c).eq(short.iter()))
}

/// One digit other or two neighbours swapped, in a number of the same length.
fn one_digit(meant: i128, written: i128) -> bool {
    meant.unsigned_abs().to_string().len() == written.unsigned_abs().to_string().len()
        && meant != -written
        && slip(meant, written)
}

/// With more failing sums than this in a table they are not compared with each other.
const MAX_FAILING: usize = 300;

/// Puts the sums that fail into groups with one cell to blame, and every sound one into a group of its own.
pub(super) fn blame(sums: &[Sum]) -> Vec<Group> {
    let failing: Vec<usize> = (0..sums.len()).filter(|&i| sums[i].residual != 0).collect();
    // A table that fails everywhere is not additive, and no cell of it is to blame.
    let compare = failing.len() <= MAX_FAILING;
    let of_cells: Vec<Corrections> = if compare && failing.len() > 1 {
        failing.iter().map(|&i| corrections(&sums[i])).collect()
    } else {
        Vec::new()
    };
    let mut groups: Vec<Group> = (0..sums.len())
        .filter(|&i| sums[i].residual == 0)
        .map(|i| Group { sums: vec![i], culprit: None, strength: sums[i].strength })
        .collect();
    let mut used = vec![false; sums.len()];
    for (n, &i) in failing.iter().enumerate() {
        if used[i] {
            continue;
        }
        used[i] = true;
        let mut members = vec![i];
        let mut culprit = None;
        for (m, &j) in failing.iter().enumerate().skip(n + 1).take_while(|_| compare) {
            if used[j] {
                continue;
            }
            if let Some(cell) = shared((&sums[i], &of_cells[n]), (&sums[j], &of_cells[m]))
                && culprit.is_none_or(|c| c == cell)
            {
                culprit = Some(cell);
                members.push(j);
                used[j] = true;
            }
        }
        // The sum whose whole is to blame is the one to show, else the surest.
        members.sort_by_key(|&m| (Some(sums[m].whole) != culprit, std::cmp::Reverse(sums[m].strength), m));
        let best = members.iter().map(|&m| sums[m].strength).max().unwrap_or(0);
        let strength = if culprit.is_some() { best.max(if best >= 3 { 8 } else { 5 }) } else { best };
        groups.push(Group { sums: members, culprit, strength });
    }
    groups
}

/// The one cell that both sums hold and that, changed by the same amount, would make both add up.
fn shared((a, of_a): (&Sum, &Corrections), (b, of_b): (&Sum, &Corrections)) -> Option<CellAt> {
    let cells = std::iter::once(a.whole).chain(a.parts.iter().map(|p| p.cell));
    let mut cells = cells.into_iter().filter(|cell| match (of_a.get(cell), of_b.get(cell)) {
        (Some(x), Some(y)) => (x - y).abs().saturating_mul(2) <= a.rounding.max(b.rounding),
        _ => false,
    });
    let first = cells.next()?;
    cells.all(|cell| cell == first).then_some(first)
}

/// By how much each cell of a sum is off if it alone is to blame.
type Corrections = FxHashMap<CellAt, i128>;

fn corrections(sum: &Sum) -> Corrections {
    let mut out = Corrections::default();
    out.insert(sum.whole, sum.residual);
    for part in &sum.parts {
        out.entry(part.cell).or_insert(if part.minus { sum.residual } else { -sum.residual });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::slip;

    #[test]
    fn tells_slips_of_the_pen() {
        for (meant, written) in [(2992, 2982), (831_048, 813_048), (475, 435), (672, 627), (45, -45), (1290, 129)] {
            assert!(slip(meant, written), "{meant} {written}");
        }
        for (meant, written) in [(2992, 2871), (100, 12), (120, 98), (0, 0)] {
            assert!(!slip(meant, written), "{meant} {written}");
        }
    }
}
