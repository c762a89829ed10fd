//! Compares two people part by part.

use super::parts::{Part, Person};
use super::{Comparison, Difference, Sameness};
use crate::lexicon::{Lexicon, NameRoles, STEP};

/// Fewest letters in which one may be a slip.
const LONG: usize = 4;

/// Fewest letters in which a letter and a half may be a slip.
const LONGER: usize = 8;

/// Fewest letters of a name of one part that is known by itself.
const ALONE: usize = 7;

/// Most parts that one name may have more than the other, when they share no more than two.
const MORE: usize = 3;

/// Most letters' worth of slips in a whole name, in halves.
const SLIPS: u32 = 2 * STEP;

/// Compares two names.
pub(super) fn compare(a: &Person, b: &Person, lexicon: &Lexicon) -> Comparison {
    if a.parts.is_empty() || b.parts.is_empty() {
        return Comparison::different();
    }
    if a.generation.is_some() && b.generation.is_some() && a.generation != b.generation {
        return Comparison::different();
    }
    let mut found = Vec::new();
    if a.titled != b.titled {
        found.push(Difference::Title);
    }
    let mut pairing = Pairing::new(a, b);
    let explained = pairing.explain(lexicon, &mut found);
    if !explained {
        // "FriedrichBuchenberg": the whole name in one word.
        let joined = a.parts.len() != b.parts.len()
            && a.parts.len().min(b.parts.len()) == 1
            && near_letters(&a.letters(), &b.letters(), lexicon).is_some();
        if !joined {
            return Comparison::different();
        }
        found.push(Difference::Division);
        return Comparison::new(Sameness::Same, found);
    }
    let turned = pairing.turned();
    if turned {
        // The son of one is the father of the other.
        if a.descent && b.descent && pairing.full >= 2 {
            return Comparison::different();
        }
        found.push(Difference::Order);
    } else if a.inverted != b.inverted {
        found.push(Difference::Order);
    }
    if a.generation != b.generation || pairing.left.iter().any(|left| !left.is_empty()) {
        found.push(Difference::Missing);
    }
    Comparison::new(pairing.sameness(turned, a.inverted || b.inverted, lexicon), found)
}

/// Which part of one name stands for which part of the other.
struct Pairing<'a> {
    a: &'a Person,
    b: &'a Person,
    /// Places of the pairs, in order of `a`.
    pairs: Vec<(usize, usize)>,
    /// Places of the parts that have no counterpart, by side.
    left: [Vec<usize>; 2],
    /// How many pairs are of whole names, not of initials.
    full: usize,
    /// What the slips come to, in halves of a letter.
    slips: u32,
}

impl<'a> Pairing<'a> {
    fn new(a: &'a Person, b: &'a Person) -> Self {
        let left = [(0..a.parts.len()).collect(), (0..b.parts.len()).collect()];
        Self { a, b, pairs: Vec::new(), left, full: 0, slips: 0 }
    }

    /// Pairs the parts, the surest ways first; whether nothing contradicts.
    fn explain(&mut self, lexicon: &Lexicon, found: &mut Vec<Difference>) -> bool {
        let given = |p: &Part| lexicon.name_roles(&p.form).any(NameRoles::GIVEN);
        self.pair(|x, y| (x.form == y.form).then_some(0));
        let before = self.pairs.len();
        self.pair(|x, y| (x.letters == y.letters && !x.is_initial()).then_some(0));
        self.pair(|x, y| {
            (x.key == y.key && x.key.len() > 1 && !(given(x) && given(y) && other_names(x, y))).then_some(0)
        });
        if self.pairs.len() > before {
            found.push(Difference::Romanisation);
        }
        self.join(found);
        let before = self.pairs.len();
        self.pair(|x, y| lexicon.naming.is_short_for(&x.form, &y.form).then_some(0));
        if self.pairs.len() > before {
            found.push(Difference::ShortForm);
        }
        let before = self.pairs.len();
        self.pair(|x, y| slip(x, y, lexicon).filter(|_| !(given(x) && given(y))));
        if self.pairs.len() > before {
            found.push(Difference::Slip);
        }
        self.full = self.pairs.len();
        let before = self.pairs.len();
        self.pair(|x, y| {
            let stands = |i: &Part, name: &Part| i.is_initial() && name.letters.first() == i.letters.first();
            (stands(x, y) || stands(y, x)).then_some(0)
        });
        if self.pairs.len() > before {
            found.push(Difference::Initial);
        }
        self.pairs.sort_unstable();
        (self.left[0].is_empty() || self.left[1].is_empty()) && self.slips <= SLIPS
    }

    /// Pairs what is left where a test says so; the test gives the slips in halves of a letter.
    fn pair(&mut self, same: impl Fn(&Part, &Part) -> Option<u32>) {
        let mut i = 0;
        while i < self.left[0].len() {
            let x = self.left[0][i];
            let other = self.left[1].iter().position(|&y| same(&self.a.parts[x], &self.b.parts[y]).is_some());
            let Some(j) = other else {
                i += 1;
                continue;
            };
            let y = self.left[1].remove(j);
            self.left[0].remove(i);
            self.slips += same(&self.a.parts[x], &self.b.parts[y]).unwrap_or_default();
            self.pairs.push((x, y));
        }
    }

    /// Pairs two parts that stand side by side with the part that they are joined to: "Mohammad Hasni",
    /// "Mohammadhasni".
    fn join(&mut self, found: &mut Vec<Difference>) {
        for (one, two) in [(0, 1), (1, 0)] {
            let parts = [&self.a.parts, &self.b.parts];
            let joined = |left: &[usize], whole: &Part| {
                left.windows(2).position(|w| {
                    let (x, y) = (&parts[one][w[0]], &parts[one][w[1]]);
                    w[1] == w[0] + 1 && x.letters.iter().chain(&y.letters).eq(&whole.letters)
                })
            };
            let hit = self.left[two]
                .iter()
                .enumerate()
                .find_map(|(j, &y)| joined(&self.left[one], &parts[two][y]).map(|i| (i, j)));
            if let Some((i, j)) = hit {
                let (x, y) = (self.left[one][i], self.left[two][j]);
                self.left[one].drain(i..i + 2);
                self.left[two].remove(j);
                self.pairs.push(if one == 0 { (x, y) } else { (y, x) });
                found.push(Difference::Division);
            }
        }
    }

    /// Whether the parts stand in another order.
    fn turned(&self) -> bool {
        self.pairs.windows(2).any(|w| w[1].1 < w[0].1)
    }

    /// How much the parts in common say.
    fn sameness(&self, turned: bool, marked: bool, lexicon: &Lexicon) -> Sameness {
        let long = |part: &Part| part.letters.len() > 1;
        let whole = self.pairs.iter().filter(|(x, y)| long(&self.a.parts[*x]) && long(&self.b.parts[*y])).count();
        if self.pairs.len() == 1 && self.a.parts.len() == 1 && self.b.parts.len() == 1 {
            let letters = self.a.letters().len().min(self.b.letters().len());
            return if letters >= ALONE || self.slips == 0 { Sameness::Same } else { Sameness::Possible };
        }
        let more = self.left.iter().map(Vec::len).max().unwrap_or_default();
        if whole == 0 || self.pairs.len() < 2 || self.pairs.len() == 2 && more > MORE {
            return Sameness::Possible;
        }
        // Somebody called "Hans Friedrich" is not somebody called "Friedrich Hans".
        let given = |person: &Person| person.parts.iter().all(|p| lexicon.name_roles(&p.form).any(NameRoles::GIVEN));
        if turned && !marked && self.a.parts.len() == 2 && self.b.parts.len() == 2 && given(self.a) {
            return Sameness::Possible;
        }
        Sameness::Same
    }
}

/// Whether two given names with one key are two all the same: they differ in more than their romanisation.
fn other_names(x: &Part, y: &Part) -> bool {
    x.letters.first() != y.letters.first() && x.letters.last() != y.letters.last()
}

/// What a slip from one part to the other comes to, in halves of a letter.
fn slip(x: &Part, y: &Part, lexicon: &Lexicon) -> Option<u32> {
    near_letters(&x.letters, &y.letters, lexicon)
        .or_else(|| near_letters(&x.key, &y.key, lexicon).filter(|_| x.key.len().min(y.key.len()) > LONG))
}

fn near_letters(x: &[char], y: &[char], lexicon: &Lexicon) -> Option<u32> {
    let length = x.len().min(y.len());
    if length < LONG {
        return None;
    }
    let limit = if length >= LONGER { STEP + 1 } else { STEP };
    let first = x[0] == y[0] || lexicon.naming.near.near(x[0], y[0]);
    lexicon.naming.near.distance(x, y, limit).filter(|_| first)
}
