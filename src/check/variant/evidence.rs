//! Whether two close spellings name the same: what stands beside them.

use super::forms::{Form, Forms, Pair};
use crate::annotate::PartShape;
use crate::claim::{Known, NameKind};
use crate::lexicon::{Fold, Lexicon, STEP, name_form};
use crate::span::FileId;
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

/// Two spellings that name the same.
pub(super) struct Link {
    /// The spellings.
    pub(super) pair: Pair,
    /// Why.
    pub(super) reason: Reason,
    /// Folded keys of the neighbours that both have; when not empty, uses with another neighbour on that side are
    /// left out of the finding.
    pub(super) left: Vec<Vec<char>>,
    /// The same for the neighbours behind.
    pub(super) right: Vec<Vec<char>>,
    /// Documents that have both spellings and are no part of a finding across documents.
    pub(super) skip: Vec<FileId>,
}

/// Why two spellings name the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Reason {
    /// They stand beside the same name: its wording.
    Beside(CompactString),
    /// They are listed with the same names.
    Listed(CompactString),
    /// They have the same role.
    Title(CompactString),
    /// They are a part of the same sort of thing: "Junction".
    Head(CompactString),
    /// The initials of one are those of the other's given name.
    Initial,
    /// One is common and the other rare, and nothing speaks for two.
    Rare,
}

/// Decides over pairs.
pub(super) struct Judge<'a> {
    pub(super) forms: &'a Forms<'a>,
    endings: &'a [String],
    national: National<'a>,
    across: bool,
    /// There are more documents than name the same places and people.
    many: bool,
    /// The pairs that differ little, by their forms.
    near: FxHashSet<(u32, u32)>,
    /// What stands beside the spellings that are close to another one.
    beside: FxHashMap<u32, Beside<'a>>,
}

/// Spellings of one word in two countries: "behavioural", "behavioral".
struct National<'a>(&'a Fold);

impl National<'_> {
    fn equal(&self, a: &Form, b: &Form) -> bool {
        self.0.letters(&a.plain) == self.0.letters(&b.plain)
    }
}

/// Fewest letters of a surname in which an s at the end is no plural behind the given name.
const NAMED: usize = 6;

/// Documents that are read together as one text.
const FEW: usize = 24;

/// More spellings than these are those of a book.
const CROWD: usize = 400;

/// How many times as often one form of a people's name must be used as one that is odd.
const PEOPLE: usize = 5;

/// Letters before a vowel at the end from which on another vowel there makes no other word.
const VOWEL: usize = 5;

/// A length or a number of times that is never reached.
const NEVER: usize = usize::MAX;

/// What stands beside the uses of one spelling.
#[derive(Default)]
struct Beside<'a> {
    /// Keys of proper parts before it.
    left: FxHashSet<&'a [char]>,
    /// Keys of proper parts after it.
    right: FxHashSet<&'a [char]>,
    /// The forms of the parts right before it.
    before: FxHashSet<u32>,
    /// The forms of the parts right after it.
    after: FxHashSet<u32>,
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
    /// How often it is used.
    uses: usize,
    /// It is a common given name.
    given: bool,
    /// It is a known country or people.
    place: bool,
    /// Some use follows a common given name.
    behind_given: bool,
    /// Some use is the name of a person for sure.
    person: bool,
    /// Some use of a person's name stands behind another part or an initial: "H. Marchbank".
    behind_name: bool,
}

impl Beside<'_> {
    /// Whether it ever stands beside another proper name.
    fn has_neighbours(&self) -> bool {
        !self.left.is_empty() || !self.right.is_empty()
    }
}

impl<'a> Judge<'a> {
    /// Looks at what stands beside every spelling of the pairs. `endings` make another word; `across` asks for
    /// pairs of different documents only.
    pub(super) fn new(
        forms: &'a Forms<'a>,
        pairs: &[Pair],
        endings: &'a [String],
        national: &'a Fold,
        across: bool,
    ) -> Self {
        let files: FxHashSet<FileId> = forms.mentions.iter().map(|m| m.claim.at.file).collect();
        let many = files.len() > FEW;
        let mut beside = FxHashMap::default();
        for id in pairs.iter().flat_map(|p| [p.a, p.b]) {
            beside.entry(id).or_insert_with(|| look_beside(forms, &forms.forms[id as usize]));
        }
        let long = |id: u32| forms.forms[id as usize].plain.len() >= 4;
        let close = pairs.iter().filter(|p| p.distance <= 2 && !p.article && long(p.a) && long(p.b));
        let near = close.map(|p| (p.a, p.b)).collect();
        Self { forms, endings, national: National(national), across, many, near, beside }
    }

    /// The link between two close spellings, if the evidence is enough.
    pub(super) fn link(&self, pair: Pair) -> Option<Link> {
        let (a, b) = (&self.forms.forms[pair.a as usize], &self.forms.forms[pair.b as usize]);
        let length = a.plain.len().min(b.plain.len());
        if a.key.len().min(b.key.len()) < 3 || (pair.distance > 0 && length < 4 && !pair.article) {
            return None;
        }
        let one_place = self.is_one_place(pair, a, b);
        // Forms of one given name are those of one person only when the rest of the name is the same.
        if (a.renamed || b.renamed) && !one_place && !self.same_rest(a, b) {
            return None;
        }
        // A piece more or less is another name; only hyphen and space replace each other.
        if a.pieces.len() != b.pieces.len() && a.plain != b.plain && !a.renamed && !b.renamed {
            return None;
        }
        let (Some(x), Some(y)) = (self.beside.get(&pair.a), self.beside.get(&pair.b)) else { return None };
        // What one document says was judged there; across documents each must have one spelling for its own.
        let skip: Vec<FileId> = match self.across {
            true => x.files.intersection(&y.files).copied().collect(),
            false => Vec::new(),
        };
        if self.across && (skip.len() == x.files.len() || skip.len() == y.files.len()) {
            return None;
        }
        // Who writes both in one sentence tells two apart, or writes about spelling.
        if !self.across && !x.sentences.is_disjoint(&y.sentences) {
            return None;
        }
        if one_place || x.place && y.place && !self.across && self.is_one_people(pair, a, b) {
            return Some(Link { pair, reason: Reason::Rare, left: Vec::new(), right: Vec::new(), skip });
        }
        // Two countries; or one word in the spellings of two countries, which is for other rules.
        if x.place && y.place || self.national.equal(a, b) && !x.person && !y.person {
            return None;
        }
        if x.anchors.contains(b.text.as_str()) || y.anchors.contains(a.text.as_str()) {
            return None;
        }
        let left: Vec<Vec<char>> = shared(&x.left, &y.left);
        let right: Vec<Vec<char>> = shared(&x.right, &y.right);
        let ending = self.ending(a, b);
        let other_word = ending.is_some();
        // Behind one and the same given name an ending makes no other word.
        let named =
            length >= NAMED && (self.behind_one_name(x, y) || x.behind_name && y.behind_name && sounded(pair, a, b));
        let inflected = ending.is_some_and(|letters| !named && (letters == 0 || letters > 1 && !x.behind_given));
        // Each has a given name or a second part, and none of them is the same.
        let others_left = !x.left.is_empty() && !y.left.is_empty() && !initials_fit(x, y);
        let others_right = !x.right.is_empty() && !y.right.is_empty();
        let other_initials = !x.initials.is_empty() && !y.initials.is_empty() && x.initials.is_disjoint(&y.initials);
        let reason = if let Some(key) = left.first() {
            // The given name is the same: the surname may differ more.
            let enough = match pair.distance {
                0 => length >= 4,
                // Among many documents there are two people called Eric Schmitt and Eric Schmidt.
                2 if self.across && x.behind_given && length < 8 && substituted(a, b) => {
                    length >= 5 && !inflected && !x.titles.is_disjoint(&y.titles)
                }
                1 | 2 => length >= 5 && !inflected,
                _ => length >= 8 && !inflected,
            };
            enough.then(|| Reason::Beside(key.iter().collect()))
        } else if !others_left && let Some(key) = right.first() {
            // The surname is the same: brothers and sisters have similar given names, but known ones.
            let known = usize::from(x.given) + usize::from(y.given);
            let slip = known == 1 && (x.given == (x.uses >= y.uses) || x.uses == y.uses) && same_end(a, b);
            let rare = |times: usize| x.uses.max(y.uses) >= times * x.uses.min(y.uses);
            let heads = x.heads.intersection(&y.heads).count() + right.len() > 1;
            let enough = match pair.distance {
                0 => length >= 4,
                1 => {
                    same_end(a, b) && (length >= 7 && known < 2 || length >= 5 && known == 0 && rare(3))
                        || slip && length >= 5
                        || heads && length >= 5
                }
                2 => {
                    same_end(a, b) && length >= 6 && known == 0 && rare(4)
                        || slip && length >= 5
                        || heads && length >= 6
                }
                _ => false,
            };
            // Nobody calls two children Philip and Phillip.
            let slipped = length >= 5 && miswritten(&a.plain, &b.plain);
            (enough && !other_word || slipped).then(|| Reason::Beside(key.iter().collect()))
        } else if let Some(key) = self.both_near(pair, length, x, y) {
            Some(Reason::Beside(key))
        } else if others_left || others_right || other_initials || other_word && !(named && initials_fit(x, y)) {
            None
        } else {
            self.without_neighbour(pair, length, x, y, a, b)
        };
        let whole = || self.by_whole_name(pair, a, b).filter(|_| !inflected).map(Reason::Beside);
        reason.or_else(whole).map(|reason| Link { pair, reason, left, right, skip })
    }

    /// Whether both are written behind a given name or initial in one document: "Helen Marchbanks", "Mrs H. Marchbank".
    /// An ending makes no other word of a surname there.
    fn behind_one_name(&self, x: &Beside<'_>, y: &Beside<'_>) -> bool {
        !self.across && x.behind_name && y.behind_name && (x.person || y.person)
    }

    /// Whether both are what one people is called, one of them hardly ever: "Kazakh", "Kazak".
    fn is_one_people(&self, pair: Pair, a: &Form, b: &Form) -> bool {
        let lexicon = Lexicon::english();
        let place = |form: &Form| lexicon.place(&form.text).map(|demonym| &demonym.place);
        let (few, many) = (a.uses.len().min(b.uses.len()), a.uses.len().max(b.uses.len()));
        pair.distance <= STEP && place(a) == place(b) && many >= PEOPLE * few && self.ending(a, b).is_none()
    }

    /// Whether both are romanisations of the name of one place, each of which stands by itself: "Kyiv", "Kiev". What
    /// something is called for good keeps the spelling of its time: "Chicken Kiev".
    fn is_one_place(&self, pair: Pair, a: &Form, b: &Form) -> bool {
        let naming = &Lexicon::english().naming;
        let alone = |form: &Form| {
            form.uses.iter().any(|&(mention, _)| self.forms.mentions[mention as usize].name.parts.len() == 1)
        };
        let place = naming.place(&a.text);
        !self.across && pair.distance == 0 && place.is_some() && place == naming.place(&b.text) && alone(a) && alone(b)
    }

    /// Whether some use of each stands in a name that is the same but for it.
    fn same_rest(&self, a: &Form, b: &Form) -> bool {
        // What stands before and behind the given name: "Shaikh", "bin Hamad".
        let rest = |&(mention, part): &(u32, u32)| {
            let forms = &self.forms.mentions[mention as usize].forms;
            let (before, behind) = (&forms[..part as usize], &forms[part as usize + 1..]);
            let whole = behind.iter().all(Option::is_some) && !behind.is_empty();
            whole.then(|| (before.to_vec(), behind.to_vec()))
        };
        let rests: FxHashSet<_> = a.uses.iter().filter_map(rest).collect();
        b.uses.iter().filter_map(rest).any(|r| rests.contains(&r))
    }

    /// Given name and surname are both written nearly the same: "Usama bin Ladin", "Osama bin Laden". The key of the
    /// neighbour.
    fn both_near(&self, pair: Pair, length: usize, x: &Beside<'_>, y: &Beside<'_>) -> Option<CompactString> {
        if self.across || pair.distance > 2 || pair.article || length < 5 {
            return None;
        }
        let mut tied = [(&x.before, &y.before), (&x.after, &y.after)].into_iter().flat_map(|(xs, ys)| {
            let near = move |&(a, b): &(u32, u32)| self.near.contains(&(a.min(b), a.max(b)));
            xs.iter().flat_map(move |&a| ys.iter().map(move |&b| (a, b))).filter(near).collect::<Vec<_>>()
        });
        let (neighbour, other) = tied.next()?;
        // Two people of one family have other given names, and common ones are not misspelled into each other.
        let (a, b) = (&self.forms.forms[neighbour as usize], &self.forms.forms[other as usize]);
        let given = |form: &Form| {
            form.uses
                .iter()
                .any(|&(mention, part)| self.forms.mentions[mention as usize].name.known[part as usize] == Known::Given)
        };
        let both_known = given(a) && given(b) || x.given && y.given;
        let once = x.before.len() + x.after.len() == 1 && y.before.len() + y.after.len() == 1;
        (!both_known && once && a.plain.len().min(b.plain.len()) >= 5).then(|| a.key.iter().collect())
    }

    /// Evidence other than a shared proper neighbour.
    fn without_neighbour(
        &self,
        pair: Pair,
        length: usize,
        x: &Beside<'_>,
        y: &Beside<'_>,
        a: &Form,
        b: &Form,
    ) -> Option<Reason> {
        let distance = pair.distance.min(3) as usize;
        let least = |lengths: [usize; 4]| length >= lengths[distance];
        let first = |x: &FxHashSet<&str>, y: &FxHashSet<&str>| x.intersection(y).min().map(|s| CompactString::from(*s));
        let title = first(&x.titles, &y.titles);
        if self.across && self.many {
            return title.filter(|_| least([6, 6, NEVER, NEVER])).map(Reason::Title);
        }
        let ((few, few_form), (many, many_form)) = if x.uses <= y.uses { ((x, a), (y, b)) } else { ((y, b), (x, a)) };
        let lopsided = |times: [usize; 4]| many.uses >= times[distance].saturating_mul(few.uses);
        let alike = x.anchors.intersection(&y.anchors).count();
        if alike > 0 && (pair.article || least([4, 6, 7, 9]) || alike > 1 && length >= 4) {
            return first(&x.anchors, &y.anchors).map(Reason::Listed);
        }
        // Many write "al-Assad" once and "Assad" from then on.
        if pair.article {
            return None;
        }
        if (x.abbreviated || y.abbreviated) && !x.initials.is_disjoint(&y.initials) {
            // Two initials are less than an initial and a full name.
            let lengths = if x.has_neighbours() || y.has_neighbours() { [4, 6, 6, 10] } else { [5, 7, 9, NEVER] };
            if least(lengths) {
                return Some(Reason::Initial);
            }
        }
        if x.has_neighbours() && y.has_neighbours() {
            return None;
        }
        // Two given names are two people as long as no surname ties them together.
        if x.given || y.given {
            return None;
        }
        if let Some(title) = title.filter(|_| least([5, 6, 7, 9])) {
            return Some(Reason::Title(title));
        }
        let head = x.heads.intersection(&y.heads).min().map(|(_, head)| head.clone());
        // A letter left out, put in or swapped makes no other name so easily as one exchanged.
        let slipped = !substituted(a, b) && least([5, 7, 7, NEVER]) && lopsided([1, 2, 2, NEVER]);
        if let Some(head) = head.filter(|_| slipped || least([5, 6, 7, NEVER]) && lopsided([1, 3, 3, NEVER])) {
            return Some(Reason::Head(head));
        }
        let people = x.person && y.person && least([5, 6, 7, NEVER]) && lopsided([1, 3, 5, NEVER]);
        // A name that everybody knows, and something close to it that nobody does.
        let known =
            many.place && (least([5, 7, 7, NEVER]) || least([5, 5, NEVER, NEVER]) && lopsided([1, 5, NEVER, NEVER]));
        let seldom = match (few_form.strong > 0, many_form.strong > 0) {
            (true, true) => {
                least([5, 7, 8, NEVER]) && lopsided([2, 3, 4, NEVER])
                    || least([5, 6, 7, NEVER]) && lopsided([2, 6, 10, NEVER])
                    || least([5, 9, 10, NEVER]) && lopsided([2, 2, 2, NEVER])
                    || least([5, 6, NEVER, NEVER])
                    || !substituted(a, b) && least([5, 6, 7, NEVER])
                    || known
            }
            (false, true) => least([6, 8, 10, NEVER]) && (lopsided([3, 4, 4, NEVER]) || known),
            _ => false,
        } || (few_form.strong + many_form.strong > 0 && least([8, NEVER, NEVER, NEVER]));
        // Of many names some are alike by chance.
        let crowded = self.forms.forms.len() > CROWD;
        ((people || seldom) && (!crowded || is_close(pair, a, b))).then_some(Reason::Rare)
    }

    /// The letters that the endings have together, when the two differ only by endings that make another word;
    /// 0 for a plural and a people's name.
    fn ending(&self, a: &Form, b: &Form) -> Option<usize> {
        let (x, y) = differing_piece(a, b);
        let common = x.iter().zip(y).take_while(|(x, y)| x == y).count();
        let is_ending =
            |rest: &[char]| rest.is_empty() || self.endings.iter().any(|e| e.chars().eq(rest.iter().copied()));
        // The stem may end before the last common letter: "Terrorist", "Terrorism".
        // "Kombwa" and "Kombwe" are no forms of one word of English.
        if common >= VOWEL && x.len() == y.len() && common + 1 == x.len() && [x, y].iter().all(|w| ends_in_vowel(w)) {
            return None;
        }
        (2..=common).rev().find(|&stem| is_ending(&x[stem..]) && is_ending(&y[stem..])).map(|stem| {
            let other = |e: &[char]| matches!(e, ['s'] | ['e', 's']) || (e == ['n'] && x[stem - 1] == 'a');
            if other(&x[stem..]) || other(&y[stem..]) { 0 } else { x.len() + y.len() - 2 * stem }
        })
    }
}

fn ends_in_vowel(word: &[char]) -> bool {
    matches!(word.last(), Some('a' | 'e' | 'i' | 'o' | 'u'))
}

/// Collects what stands beside all uses of a spelling.
fn look_beside<'a>(forms: &'a Forms<'_>, form: &Form) -> Beside<'a> {
    let mut out = Beside::default();
    for &(mention, part) in &form.uses {
        let mention = &forms.mentions[mention as usize];
        let part = part as usize;
        let name = mention.name;
        out.uses += 1;
        out.given |= name.known[part] == Known::Given;
        out.place |= name.known[part] == Known::Place;
        out.person |= name.kind == NameKind::Person;
        out.behind_name |= name.kind != NameKind::Place && part > 0 && name.shapes[part - 1] != PartShape::Ordinary;
        out.files.insert(mention.claim.at.file);
        out.sentences.insert((mention.claim.within.file, mention.claim.within.start));
        let mut given = None;
        let mut initial = None;
        for (i, shape) in name.shapes.iter().enumerate() {
            if i == part {
                continue;
            }
            match shape {
                PartShape::Initial => {
                    initial = initial.or_else(|| name.parts[i].text.chars().find(|c| c.is_alphabetic()));
                }
                PartShape::Proper => {
                    if let Some(id) = mention.forms[i] {
                        let form = &forms.forms[id as usize];
                        if i + 1 == part {
                            out.before.insert(id);
                        } else if i == part + 1 {
                            out.after.insert(id);
                        }
                        if i < part {
                            out.behind_given |= name.known[i] == Known::Given;
                            out.left.insert(&form.key);
                            given = given.or_else(|| form.plain.first().copied());
                        } else {
                            out.right.insert(&form.key);
                        }
                    }
                }
                PartShape::Ordinary if i + 1 == part || i == part + 1 => {
                    out.heads.insert((i < part, name_form(&name.parts[i].text)));
                }
                PartShape::Ordinary => {}
            }
        }
        // An initial beside a full given name is a second name and says nothing of the first.
        out.abbreviated |= given.is_none() && initial.is_some();
        if let Some(first) = given.or(initial) {
            out.initials.extend(first.to_lowercase());
        }
        out.titles.extend(name.titles.iter().map(CompactString::as_str));
        out.anchors.extend(name.anchors.iter().map(CompactString::as_str));
    }
    out
}

/// The letters of the first pieces of two hyphenated names that differ; all letters when the names have no hyphen
/// or another number of pieces.
fn differing_piece<'f>(a: &'f Form, b: &'f Form) -> (&'f [char], &'f [char]) {
    if a.pieces.len() == b.pieces.len() {
        let pieces = || a.pieces.iter().zip(&b.pieces).map(|(x, y)| (&a.plain[x.clone()], &b.plain[y.clone()]));
        if let Some(pair) = pieces().find(|(x, y)| x != y) {
            return pair;
        }
    }
    (&a.plain, &b.plain)
}

fn shared(x: &FxHashSet<&[char]>, y: &FxHashSet<&[char]>) -> Vec<Vec<char>> {
    let mut both: Vec<Vec<char>> = x.intersection(y).filter(|k| k.len() >= 2).map(|k| k.to_vec()).collect();
    both.sort_unstable();
    both
}

/// Whether the given names may be the same as far as their initials tell.
fn initials_fit(x: &Beside<'_>, y: &Beside<'_>) -> bool {
    (x.abbreviated || y.abbreviated) && !x.initials.is_disjoint(&y.initials)
}

/// Whether a letter was replaced by another one, rather than left out, added or swapped: what tells two surnames
/// apart more often than it tells a slip.
fn substituted(a: &Form, b: &Form) -> bool {
    let sorted = |form: &Form| {
        let mut letters = form.plain.clone();
        letters.sort_unstable();
        letters
    };
    a.plain.len() == b.plain.len() && sorted(a) != sorted(b)
}

/// Whether two spellings are read alike, or differ in one near letter inside of the word.
fn is_close(pair: Pair, a: &Form, b: &Form) -> bool {
    let (x, y) = (&a.plain, &b.plain);
    let front = x.iter().zip(y).take_while(|(x, y)| x == y).count();
    let back = x.iter().rev().zip(y.iter().rev()).take_while(|(x, y)| x == y).count();
    let inside = front > 0 && back > 0 && front + back + 1 >= x.len().max(y.len());
    pair.distance == 0 || pair.distance == 1 && inside
}

/// Whether one near letter inside of the last syllable is exchanged, "Corrigan" and "Corrigen": no ending of English
/// becomes another by it but those of *man* and *crisis*.
fn sounded(pair: Pair, a: &Form, b: &Form) -> bool {
    let end = |form: &Form| form.text.chars().rev().take(3).collect::<String>();
    let plural = |text: &str| matches!(text, "nam" | "nem") || text.starts_with("si") || text.starts_with("se");
    pair.distance == 1 && a.plain.len() == b.plain.len() && same_end(a, b) && !plural(&end(a)) && !plural(&end(b))
}

/// Whether two spellings differ in two letters that changed places, or in a letter that is doubled in one of them.
fn miswritten(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let Some(at) = (0..long.len()).find(|&i| short.get(i) != Some(&long[i])) else { return false };
    if short.len() == long.len() {
        at + 1 < long.len()
            && short[at] == long[at + 1]
            && short[at + 1] == long[at]
            && short[at] != short[at + 1]
            && short[at + 2..] == long[at + 2..]
    } else {
        long.len() == short.len() + 1 && at > 0 && long[at] == long[at - 1] && short[at..] == long[at + 1..]
    }
}

/// Whether the last letters are the same: given names of women and men differ there.
fn same_end(a: &Form, b: &Form) -> bool {
    a.key.last() == b.key.last()
}
