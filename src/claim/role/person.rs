//! Who is meant by a name: the people of a document, and the mention of one of them.

use super::super::naming::{Difference, Sameness, compare_people};
use super::super::{BlockView, Context};
use crate::annotate::{NameAt, PartShape};
use crate::document::BlockKind;
use crate::lexicon::{Lexicon, NameRoles, lower};
use compact_str::{CompactString, format_compact};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::ops::Range;

/// A name as a mention of a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mention {
    /// The tokens of the name without what stands before it.
    pub(super) tokens: Range<usize>,
    /// Where the run of capitals begins that the name is a part of: its titles.
    pub(super) lead: usize,
    given: Given,
    /// Whether "Dr" or "Ms" stands before it.
    titled: bool,
    /// Lower case.
    family: CompactString,
    /// Whether an honorific or the word for a relative says that it is a woman.
    woman: Option<bool>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Given {
    Missing,
    Initial(char),
    /// Lower case.
    Full(CompactString),
}

/// The people that a document names in full.
#[derive(Debug)]
pub(super) struct People<'a> {
    lexicon: &'a Lexicon,
    /// Family name → given names.
    given: FxHashMap<CompactString, BTreeSet<CompactString>>,
    /// Family name → initials that stand for the given name.
    initials: FxHashMap<CompactString, BTreeSet<char>>,
    /// Family names of which a sentence says that there are several.
    kin: FxHashSet<CompactString>,
    /// Given name → the family name of the only person who has it.
    first: FxHashMap<CompactString, Option<CompactString>>,
    /// (Given name, family name) → whether it is a woman.
    women: FxHashMap<(CompactString, CompactString), bool>,
}

impl<'a> People<'a> {
    /// Everybody named in a document; works that are cited name others.
    pub(super) fn new(context: &Context<'a>) -> Self {
        let mut people = Self {
            lexicon: context.lexicon,
            given: FxHashMap::default(),
            initials: FxHashMap::default(),
            kin: FxHashSet::default(),
            first: FxHashMap::default(),
            women: FxHashMap::default(),
        };
        for view in context.views().filter(|v| v.block.kind != BlockKind::Entry) {
            for name in &view.layer.names {
                let Some(mention) = mention(context, &view, name) else { continue };
                let sentence = view.layer.sentence_of(name.tokens.start);
                let near =
                    sentence.start.max(name.tokens.start.saturating_sub(8))..sentence.end.min(name.tokens.end + 8);
                if super::has_cue(context, &view, near, "role.kin") {
                    people.kin.insert(mention.family.clone());
                }
                match mention.given {
                    Given::Missing => {}
                    Given::Initial(c) => {
                        people.initials.entry(mention.family).or_default().insert(c);
                    }
                    Given::Full(given) => {
                        if let Some(woman) = mention.woman {
                            people.women.insert((given.clone(), mention.family.clone()), woman);
                        }
                        let one = people.first.entry(given.clone()).or_insert_with(|| Some(mention.family.clone()));
                        if one.as_ref().is_some_and(|family| *family != mention.family) {
                            *one = None;
                        }
                        people.given.entry(mention.family).or_default().insert(given);
                    }
                }
            }
        }
        people
    }

    /// Given and family name of the person meant, lower case; nothing when it may be one of several.
    pub(super) fn resolve(&self, mention: &Mention) -> Option<CompactString> {
        let given = match &mention.given {
            Given::Full(given) => {
                let all = self.given.get(&mention.family).into_iter().flatten();
                self.only(all.filter(|other| self.is_one(given, other, &mention.family)), &mention.family)
                    .unwrap_or_else(|| given.clone())
            }
            Given::Initial(c) => {
                let all = self.given.get(&mention.family)?.iter();
                self.only(all.filter(|g| g.starts_with(*c)), &mention.family)?
            }
            Given::Missing => {
                let all = self.given.get(&mention.family)?;
                // "Mr Brandt" is not Anna Brandt, his sister.
                let other = |given: &CompactString| {
                    let woman = self.women.get(&(given.clone(), mention.family.clone()));
                    woman.zip(mention.woman.as_ref()).is_some_and(|(theirs, own)| theirs != own)
                };
                let fitting: Vec<&CompactString> = all.iter().filter(|given| !other(given)).collect();
                if let [one] = fitting[..]
                    && all.len() > 1
                {
                    return Some(format_compact!("{one} {}", mention.family));
                }
                let only = self.only(all.iter(), &mention.family)?;
                let initials = self.initials.get(&mention.family);
                let other = initials.is_some_and(|of| of.iter().any(|c| !all.iter().any(|g| g.starts_with(*c))));
                (!other && !self.kin.contains(&mention.family)).then_some(only)?
            }
        };
        Some(format_compact!("{given} {}", mention.family))
    }

    /// Who is meant by a name that no full name of the document explains: the only person with this given name, with this
    /// surname and an initial, or with this surname behind "Mr" or "Dr".
    pub(super) fn guess(&self, mention: &Mention) -> Option<CompactString> {
        let family = &mention.family;
        match &mention.given {
            Given::Full(_) => None,
            Given::Initial(c) if !self.given.contains_key(family) => Some(format_compact!("{c}. {family}")),
            Given::Initial(_) => None,
            Given::Missing if self.given.contains_key(family) || self.kin.contains(family) => None,
            Given::Missing => match self.initials.get(family) {
                Some(initials) => {
                    let mut all = initials.iter();
                    let only = all.next().filter(|_| all.next().is_none())?;
                    Some(format_compact!("{only}. {family}"))
                }
                None => self.called(family).or_else(|| mention.titled.then(|| family.clone())),
            },
        }
    }

    /// The only person who goes by a given name.
    fn called(&self, given: &CompactString) -> Option<CompactString> {
        self.first.get(given)?.clone().map(|family| format_compact!("{given} {family}"))
    }

    /// The longest of some given names of one family, when all of them are the name of one person: "Ted", "Theodore".
    fn only<'n>(&self, names: impl Iterator<Item = &'n CompactString>, family: &str) -> Option<CompactString> {
        let names: Vec<&CompactString> = names.collect();
        let longest = names.iter().copied().max_by_key(|name| (name.len(), std::cmp::Reverse(*name)))?;
        names.iter().all(|name| self.is_one(name, longest, family)).then(|| longest.clone())
    }

    /// Whether two given names of one family are one in two forms; a slip of the pen is no business of this kind of
    /// claim.
    fn is_one(&self, a: &CompactString, b: &CompactString, family: &str) -> bool {
        a == b || {
            let found = compare_people(&format!("{a} {family}"), &format!("{b} {family}"), self.lexicon);
            found.sameness == Sameness::Same && !found.differences.contains(&Difference::Slip)
        }
    }
}

impl Mention {
    /// Whether the given name is written out.
    pub(super) fn is_full(&self) -> bool {
        matches!(self.given, Given::Full(_))
    }
}

/// Reads a run of capitals as the name of a person, leaving out titles, offices and nationalities before it.
pub(super) fn mention(context: &Context<'_>, view: &BlockView<'_>, name: &NameAt) -> Option<Mention> {
    let mut parts = name.parts.as_slice();
    // A line below the name: "Halina Drost / Head of Mission".
    let titled = |p: &crate::annotate::NamePart| {
        p.shape == PartShape::Ordinary
            && context.lexicon.name_roles(&lower(view.wording(p.tokens.clone()))).any(NameRoles::TITLE)
    };
    if let Some(cut) = parts.iter().rposition(|p| !titled(p)).filter(|&cut| cut >= 1 && cut + 1 < parts.len()) {
        parts = &parts[..=cut];
    }
    let word = |i: usize| stem(view.wording(parts[i].tokens.clone()));
    let roles = |i: usize| context.lexicon.name_roles(&word(i));
    if name.inverted {
        return None;
    }
    let given = (0..parts.len().saturating_sub(1)).find(|&i| roles(i).any(NameRoles::GIVEN));
    // Behind "Dr" or "Ms" every capital is the name's.
    let titled = !name.title.is_empty() && {
        let last = lower(view.word(name.title.end - usize::from(view.word(name.title.end - 1) == ".") - 1));
        matches!(last.as_str(), "mr" | "mrs" | "ms" | "miss" | "dr" | "prof" | "professor" | "sir" | "dame")
    };
    let start = match given {
        _ if titled => 0,
        // "S. Frederick Starr"
        Some(i) => (0..i).rev().take_while(|&b| parts[b].shape == PartShape::Initial).last().unwrap_or(i),
        None => {
            let run = parts.iter().rev().take_while(|p| p.shape != PartShape::Ordinary).count();
            let mut start = parts.len() - run;
            while start + 1 < parts.len() && context.lexicon.place(&word(start)).is_some() {
                start += 1;
            }
            start
        }
    };
    let last = parts.len().checked_sub(1).filter(|&last| last >= start && parts[last].shape != PartShape::Initial)?;
    let thing = NameRoles::ORGANISATION.and(NameRoles::UNDERTAKING).and(NameRoles::PLACE);
    if (start..=last).any(|i| roles(i).any(thing) && !(i == last && given.is_some() && last == start + 1)) {
        return None;
    }
    let family = word(last);
    let first = word(start);
    let given = match parts[start].shape {
        _ if start == last => Given::Missing,
        PartShape::Initial => match first.chars().find(|c| c.is_alphabetic()) {
            // "S. Frederick Starr" goes by the second name.
            Some(_) if given.is_some_and(|g| g > start && g < last) => {
                given.map_or(Given::Missing, |g| Given::Full(word(g)))
            }
            Some(c) => Given::Initial(c),
            None => Given::Missing,
        },
        _ => Given::Full(first),
    };
    let whole = family.chars().count() > 2 && (titled || parts[last].shape != PartShape::Ordinary)
        || matches!(given, Given::Full(_)) && start != last;
    whole.then(|| Mention {
        tokens: parts[start].tokens.start..parts[last].tokens.end,
        lead: name.title.start.min(name.tokens.start).min(parts[0].tokens.start),
        given,
        titled,
        family,
        woman: woman(context, view, name),
    })
}

/// Whether a person is said to be a woman: "Ms Anna Brandt", "Anna Brandt, his sister".
fn woman(context: &Context<'_>, view: &BlockView<'_>, name: &NameAt) -> Option<bool> {
    let cue = |tokens: Range<usize>, set: &str| super::has_cue(context, view, tokens, set);
    let end = name.tokens.end;
    let relative =
        matches!(view.word(end), "," | "(") && matches!(view.word(end + 1), "his" | "her" | "their" | "whose");
    let behind = if relative { end + 2..(end + 5).min(view.layer.tokens.len()) } else { end..end };
    let (she, he) = (
        cue(name.title.clone(), "role.she") || cue(behind.clone(), "role.kinswoman"),
        cue(name.title.clone(), "role.he") || cue(behind, "role.kinsman"),
    );
    (she != he).then_some(she)
}

/// Lower case, without genitive ending and full stops.
fn stem(wording: &str) -> CompactString {
    let form = lower(wording);
    let form = ["'s", "'"].iter().find_map(|e| form.strip_suffix(e)).unwrap_or(&form);
    form.chars().filter(|c| *c != '.').collect()
}
