//! Whether two close spellings name the same: what stands beside them.

use super::forms::{Form, Forms, Pair};
use crate::annotate::PartShape;
use crate::span::FileId;
use compact_str::CompactString;
use rustc_hash::FxHashSet;

/// Two spellings that name the same.
pub(super) struct Link {
    /// The spellings.
    pub(super) pair: Pair,
    /// Folded keys of the neighbours that both have; when not empty, uses with another neighbour on that side are
    /// left out of the finding.
    pub(super) left: Vec<Vec<char>>,
    /// The same for the neighbours behind.
    pub(super) right: Vec<Vec<char>>,
}

/// Decides over pairs.
pub(super) struct Judge<'a> {
    /// All spellings.
    pub(super) forms: &'a Forms<'a>,
    /// Endings that make another word.
    pub(super) endings: &'a [String],
    /// Only pairs of different documents are wanted.
    pub(super) across: bool,
}

/// What stands beside the uses of one spelling.
#[derive(Default)]
struct Beside<'a> {
    /// Keys of proper parts before it.
    left: FxHashSet<&'a [char]>,
    /// Keys of proper parts after it.
    right: FxHashSet<&'a [char]>,
    /// Ordinary words right before and right after it.
    heads: FxHashSet<(bool, CompactString)>,
    /// First letters of initials and given names.
    initials: FxHashSet<char>,
    /// Some use has its given names as initials only.
    abbreviated: bool,
    titles: FxHashSet<&'a str>,
    anchors: FxHashSet<&'a str>,
    /// Sentences it stands in, by place.
    sentences: FxHashSet<(FileId, u32)>,
    files: FxHashSet<FileId>,
    /// Uses outside citations.
    uses: usize,
}

impl Judge<'_> {
    /// The link between two close spellings, if the evidence is enough.
    pub(super) fn link(&self, pair: Pair) -> Option<Link> {
        let (a, b) = (&self.forms.forms[pair.a as usize], &self.forms.forms[pair.b as usize]);
        let length = a.plain.len().min(b.plain.len());
        if a.key.len().min(b.key.len()) < 3 || (pair.distance > 0 && length < 4) {
            return None;
        }
        let (x, y) = (self.beside(a), self.beside(b));
        if self.across && !x.files.is_disjoint(&y.files) {
            return None;
        }
        let same_sentence = !x.sentences.is_disjoint(&y.sentences);
        if same_sentence && pair.distance > 0 {
            return None;
        }
        if x.anchors.contains(b.text.as_str()) || y.anchors.contains(a.text.as_str()) {
            return None;
        }
        let left: Vec<Vec<char>> = shared(&x.left, &y.left);
        let right: Vec<Vec<char>> = shared(&x.right, &y.right);
        let ending = self.ending(a, b);
        let other_word = ending.is_some();
        // Behind one and the same given name a single letter more or less makes no other word, but a plural.
        let inflected = ending.is_some_and(|length| length != 1);
        // Each has a given name or a second part, and none of them is the same.
        let others_left = !x.left.is_empty() && !y.left.is_empty() && !initials_fit(&x, &y);
        let others_right = !x.right.is_empty() && !y.right.is_empty();
        let other_initials = !x.initials.is_empty() && !y.initials.is_empty() && x.initials.is_disjoint(&y.initials);
        let enough = if !left.is_empty() {
            // The given name is the same: the surname may differ more.
            match pair.distance {
                0 => length >= 4,
                1 | 2 => length >= 5 && !inflected,
                _ => length >= 8 && !inflected,
            }
        } else if !others_left && !right.is_empty() {
            match pair.distance {
                0 => length >= 4 && !other_word,
                1 => length >= 7 && !other_word && same_end(a, b),
                _ => false,
            }
        } else if others_left || others_right || other_initials || other_word {
            false
        } else {
            self.without_neighbour(pair, length, &x, &y, a, b)
        };
        enough.then_some(Link { pair, left, right })
    }

    /// Evidence other than a shared proper neighbour.
    fn without_neighbour(&self, pair: Pair, length: usize, x: &Beside<'_>, y: &Beside<'_>, a: &Form, b: &Form) -> bool {
        let titles = x.titles.intersection(&y.titles).count();
        if self.across {
            return titles > 0 && pair.distance <= 1 && length >= 6;
        }
        let (many, few) = (x.uses.max(y.uses), x.uses.min(y.uses));
        let lopsided = |times: usize| many >= times * few;
        let anchors = x.anchors.intersection(&y.anchors).count();
        let heads = x.heads.intersection(&y.heads).count();
        let initials = (x.abbreviated || y.abbreviated) && !x.initials.is_disjoint(&y.initials);
        let strong = a.strong > 0 && b.strong > 0;
        let by_anchor = match anchors {
            0 => false,
            1 => length >= [4, 6, 7, 9][pair.distance.min(3) as usize],
            _ => length >= 4,
        };
        let by_initial = initials && length >= [5, 6, 8, 10][pair.distance.min(3) as usize];
        let by_title = titles > 0 && length >= [5, 6, 7, 9][pair.distance.min(3) as usize];
        let by_head = heads > 0
            && match pair.distance {
                0 => length >= 5,
                1 => length >= 6 && lopsided(3),
                2 => length >= 7 && lopsided(3),
                _ => false,
            };
        let alone = strong
            && match pair.distance {
                0 => length >= 5 && lopsided(2),
                1 => length >= 8 && lopsided(4),
                2 => length >= 9 && lopsided(6),
                _ => false,
            };
        by_anchor || by_initial || by_title || by_head || alone
    }

    fn beside<'s>(&'s self, form: &Form) -> Beside<'s> {
        let mut out = Beside::default();
        for &(mention, part) in &form.uses {
            let mention = &self.forms.mentions[mention as usize];
            let part = part as usize;
            let name = mention.name;
            out.uses += 1;
            out.files.insert(mention.claim.at.file);
            out.sentences.insert((mention.claim.within.file, mention.claim.within.start));
            let mut initials_only = false;
            for (i, shape) in name.shapes.iter().enumerate() {
                if i == part {
                    continue;
                }
                match shape {
                    PartShape::Initial => {
                        if let Some(first) = name.parts[i].text.chars().find(|c| c.is_alphabetic()) {
                            out.initials.extend(first.to_lowercase());
                            initials_only = true;
                        }
                    }
                    PartShape::Proper => {
                        if let Some(id) = mention.forms[i] {
                            let key = &self.forms.forms[id as usize].key;
                            if i < part {
                                out.left.insert(key);
                                out.initials.extend(key.first());
                            } else {
                                out.right.insert(key);
                            }
                        }
                    }
                    PartShape::Ordinary if i + 1 == part || i == part + 1 => {
                        out.heads.insert((i < part, super::forms::form(&name.parts[i].text)));
                    }
                    PartShape::Ordinary => {}
                }
            }
            out.abbreviated |= initials_only;
            out.titles.extend(name.titles.iter().map(CompactString::as_str));
            out.anchors.extend(name.anchors.iter().map(CompactString::as_str));
        }
        out
    }

    /// The letters that the endings have together, when the two differ only by endings that make another word;
    /// 0 for a plural.
    fn ending(&self, a: &Form, b: &Form) -> Option<usize> {
        let common = a.plain.iter().zip(&b.plain).take_while(|(x, y)| x == y).count();
        let rest = |form: &Form, stem: usize| form.plain[stem..].iter().collect::<String>();
        let is_ending = |rest: &String| rest.is_empty() || self.endings.contains(rest);
        // The stem may end before the last common letter: "Terrorist", "Terrorism".
        (3..=common).rev().map(|stem| (rest(a, stem), rest(b, stem))).find(|(x, y)| is_ending(x) && is_ending(y)).map(
            |(x, y)| {
                let plural = |e: &str| matches!(e, "s" | "es");
                if plural(&x) || plural(&y) { 0 } else { x.chars().count() + y.chars().count() }
            },
        )
    }
}

fn shared(x: &FxHashSet<&[char]>, y: &FxHashSet<&[char]>) -> Vec<Vec<char>> {
    let mut both: Vec<Vec<char>> = x.intersection(y).filter(|k| k.len() >= 3).map(|k| k.to_vec()).collect();
    both.sort_unstable();
    both
}

/// Whether the given names may be the same as far as their initials tell.
fn initials_fit(x: &Beside<'_>, y: &Beside<'_>) -> bool {
    (x.abbreviated || y.abbreviated) && !x.initials.is_disjoint(&y.initials)
}

/// Whether the last letters are the same: given names of women and men differ there.
fn same_end(a: &Form, b: &Form) -> bool {
    a.key.last() == b.key.last()
}
