//! The distinct spellings of a selection and the pairs of them that are close.

use crate::annotate::PartShape;
use crate::claim::{Claim, Name, NameKind, Value};
use crate::lexicon::{Naming, Near, STEP, is_latin, name_form, plain};
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// One spelling of one part of names.
pub(super) struct Form {
    /// Lower case, without genitive ending.
    pub(super) text: CompactString,
    /// Its letters.
    pub(super) plain: Vec<char>,
    /// The pieces between hyphens and spaces, as ranges of `plain`; an article is a piece with what it belongs to.
    pub(super) pieces: Vec<Range<usize>>,
    /// Its folded letters.
    pub(super) key: Vec<char>,
    /// Where it stands: index into [`Forms::mentions`] and part.
    pub(super) uses: Vec<(u32, u32)>,
    /// How many of the uses stand where a capital means something.
    pub(super) strong: u32,
    /// It is written in Latin letters.
    pub(super) latin: bool,
    /// Its key is that of another form of the same given name: "Oleksandr", "Aleksandr".
    pub(super) renamed: bool,
}

impl Form {
    /// Its key without an Arabic article, when it has one.
    fn without_article(&self) -> Option<&[char]> {
        let article = self.text.get(..2).is_some_and(|t| matches!(t, "al" | "el"));
        let joined = self.text.get(2..).is_some_and(|rest| rest.starts_with(['-', ' ']));
        (article && joined && self.key.len() > 4).then(|| &self.key[2..])
    }
}

/// A claim of a name.
pub(super) struct Mention<'a> {
    /// The claim.
    pub(super) claim: &'a Claim,
    /// Its value.
    pub(super) name: &'a Name,
    /// The form of each part, where it has one.
    pub(super) forms: Vec<Option<u32>>,
}

/// Two close spellings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Pair {
    /// The smaller form index.
    pub(super) a: u32,
    /// The larger form index.
    pub(super) b: u32,
    /// Distance of the keys in halves of a letter; 0 when the folded keys are equal.
    pub(super) distance: u32,
    /// They differ in an Arabic article only: "Al-Roj", "Roj".
    pub(super) article: bool,
}

/// All spellings of a selection.
pub(super) struct Forms<'a> {
    /// The spellings, in order of first use.
    pub(super) forms: Vec<Form>,
    /// The names, in order of place.
    pub(super) mentions: Vec<Mention<'a>>,
}

/// Buckets with more spellings than this say nothing.
const BUCKET: usize = 40;
/// Shortest and longest key compared.
const KEY: std::ops::RangeInclusive<usize> = 3..=40;

impl<'a> Forms<'a> {
    /// Collects the spellings of the claims.
    pub(super) fn new(claims: &[&'a Claim], naming: &Naming) -> Self {
        let mut ids: FxHashMap<CompactString, Option<u32>> = FxHashMap::default();
        let ordinary: FxHashSet<CompactString> = claims
            .iter()
            .filter_map(|c| name_of(c))
            .flat_map(|n| n.parts.iter().zip(&n.shapes))
            .filter(|(_, shape)| **shape == PartShape::Ordinary)
            .map(|(part, _)| name_form(&part.text))
            .collect();
        let mut forms: Vec<Form> = Vec::new();
        let mut mentions = Vec::new();
        for claim in claims {
            let Some(name) = name_of(claim) else { continue };
            let mention = mentions.len() as u32;
            let mut of_parts = Vec::with_capacity(name.parts.len());
            for (i, (part, shape)) in name.parts.iter().zip(&name.shapes).enumerate() {
                if *shape != PartShape::Proper {
                    of_parts.push(None);
                    continue;
                }
                let text = name_form(&part.text);
                let id = match ids.get(&text) {
                    Some(&id) => id,
                    None => {
                        let made = if ordinary.contains(&text) { None } else { make(&text, naming) };
                        let id = made.map(|f| {
                            forms.push(f);
                            forms.len() as u32 - 1
                        });
                        ids.insert(text, id);
                        id
                    }
                };
                if let Some(id) = id {
                    let form = &mut forms[id as usize];
                    form.uses.push((mention, i as u32));
                    form.strong += u32::from(!name.weak);
                }
                of_parts.push(id);
            }
            mentions.push(Mention { claim, name, forms: of_parts });
        }
        Self { forms, mentions }
    }

    /// The pairs of close spellings, in order.
    pub(super) fn pairs(&self, near: &Near) -> Vec<Pair> {
        let mut buckets: Vec<(u64, u32)> = Vec::with_capacity(self.forms.len() * 10);
        let mut scratch = Vec::new();
        for (i, form) in self.forms.iter().enumerate() {
            let i = i as u32;
            buckets.push((hash(&form.key), i));
            if let Some(bare) = form.without_article() {
                buckets.push((hash(bare), i));
            }
            if !form.latin || form.key.len() < 4 {
                continue;
            }
            for skip in 0..form.key.len() {
                scratch.clear();
                scratch.extend(form.key.iter().enumerate().filter(|(n, _)| *n != skip).map(|(_, c)| *c));
                buckets.push((hash(&scratch), i));
            }
            scratch.clear();
            scratch.push('\0');
            scratch.extend(form.key.iter().filter(|c| !is_vowel(**c)).map(|&c| near.representative(c)));
            scratch.dedup();
            if scratch.len() > 3 {
                buckets.push((hash(&scratch), i));
            }
        }
        buckets.sort_unstable();
        buckets.dedup();
        let mut pairs = Vec::new();
        for bucket in buckets.chunk_by(|a, b| a.0 == b.0) {
            if bucket.len() > BUCKET {
                continue;
            }
            for (n, &(_, a)) in bucket.iter().enumerate() {
                for &(_, b) in &bucket[n + 1..] {
                    pairs.push((a, b));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
            .into_iter()
            .filter_map(|(a, b)| {
                let (x, y) = (&self.forms[a as usize], &self.forms[b as usize]);
                if x.latin != y.latin {
                    return None;
                }
                if x.without_article() == Some(&y.key) || y.without_article() == Some(&x.key) {
                    return Some(Pair { a, b, distance: 1, article: true });
                }
                let limit = if x.key.len().min(y.key.len()) >= 8 { STEP + 1 } else { STEP };
                let distance = near.distance(&x.key, &y.key, limit)?;
                let firsts = (x.key[0], y.key[0]);
                let first = firsts.0 == firsts.1 || near.near(firsts.0, firsts.1);
                (first && (distance == 0 || x.latin)).then_some(Pair { a, b, distance, article: false })
            })
            .collect()
    }
}

fn name_of(claim: &Claim) -> Option<&Name> {
    match &claim.value {
        Value::Name(name) if !matches!(name.kind, NameKind::Abroad | NameKind::Identifier) => Some(name),
        _ => None,
    }
}

fn make(text: &CompactString, naming: &Naming) -> Option<Form> {
    let mut letters: Vec<char> = Vec::with_capacity(text.len());
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for piece in text.split([' ', '-', '\u{2013}']).filter(|p| !p.is_empty()) {
        let start = letters.len();
        letters.extend(plain(piece)?);
        match pieces.last_mut() {
            // Articles and the like are too short to be pieces of their own.
            Some(last) if last.len() == 2 => last.end = letters.len(),
            _ => pieces.push(start..letters.len()),
        }
    }
    let own = naming.fold.key(&letters);
    let key = match naming.given(text).or_else(|| naming.place(text)) {
        Some(name) => naming.fold.key(&plain(name)?),
        None => own.clone(),
    };
    let renamed = key != own;
    let latin = is_latin(&letters);
    KEY.contains(&key.len()).then(|| Form {
        text: text.clone(),
        plain: letters,
        pieces,
        key,
        uses: Vec::new(),
        strong: 0,
        latin,
        renamed,
    })
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

fn hash(key: &[char]) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    for &c in key {
        hasher.write_u32(c as u32);
    }
    hasher.finish()
}
