//! From links to findings: one finding a name, its places grouped by spelling.

use super::evidence::{Link, Reason};
use super::forms::Forms;
use crate::check::{Finding, Place};
use crate::span::FileId;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// Variables of the message.
pub(super) const VARIABLES: &[&str] = &["spelling", "others"];

/// Most places labelled in one finding.
pub(super) const PLACES: usize = 12;

/// One spelling of one name.
struct Spelling {
    /// (mention, part), in order of place.
    uses: Vec<(u32, u32)>,
}

/// Builds the findings.
pub(super) fn findings(forms: &Forms<'_>, links: Vec<Link>, found: &mut Vec<Finding>) {
    let mut parent: BTreeMap<u32, u32> = BTreeMap::new();
    for link in &links {
        let (a, b) = (root(&mut parent, link.pair.a), root(&mut parent, link.pair.b));
        parent.insert(a.max(b), a.min(b));
    }
    let mut groups: BTreeMap<u32, Vec<&Link>> = BTreeMap::new();
    for link in &links {
        let group = root(&mut parent, link.pair.a);
        groups.entry(group).or_default().push(link);
    }
    // One mention with two odd parts is one finding: given name and surname of one person.
    let mut all: Vec<Built> = Vec::new();
    for links in groups.values() {
        let Some(built) = finding(forms, links) else { continue };
        match all.iter_mut().find(|other| built.odd.iter().any(|m| other.odd.contains(m))) {
            Some(other) => join(forms, other, built),
            None => all.push(built),
        }
    }
    found.extend(all.into_iter().map(|built| built.finding));
}

/// A finding with the mentions that it is made of.
struct Built {
    finding: Finding,
    /// The mentions of its places, in order.
    mentions: Vec<u32>,
    /// Those with the rarest spelling.
    odd: Vec<u32>,
}

/// Adds what is odd about another part of the same names; the whole names are labelled then.
fn join(forms: &Forms<'_>, built: &mut Built, other: Built) {
    for mention in other.mentions {
        if !built.mentions.contains(&mention) {
            built.mentions.push(mention);
        }
    }
    let claim = |m: u32| forms.mentions[m as usize].claim;
    let odd: Vec<u32> = built.odd.iter().copied().filter(|m| other.odd.contains(m)).collect();
    let usual = built.mentions.iter().copied().find(|m| !built.odd.contains(m) && !other.odd.contains(m));
    let Some((&first, usual)) = odd.first().zip(usual) else { return };
    built.mentions.sort_by_key(|m| (!odd.contains(m), claim(*m).at));
    built.mentions.truncate(PLACES);
    built.odd = odd;
    let place = |&m: &u32| Place { at: claim(m).at, within: claim(m).within, label: label(&claim(m).text) };
    built.finding.places = built.mentions.iter().map(place).collect();
    built.finding.variables = vec![("spelling", label(&claim(first).text)), ("others", label(&claim(usual).text))];
    // The counts of each part; that the parts stand beside each other is plain to see.
    built.finding.notes.truncate(1);
    built.finding.notes.extend(other.finding.notes.into_iter().take(1));
}

fn root(parent: &mut BTreeMap<u32, u32>, of: u32) -> u32 {
    let mut at = of;
    while let Some(&up) = parent.get(&at).filter(|&&up| up != at) {
        at = up;
    }
    parent.insert(of, at);
    at
}

fn finding(forms: &Forms<'_>, links: &[&Link]) -> Option<Built> {
    let left: FxHashSet<&[char]> = links.iter().flat_map(|l| &l.left).map(Vec::as_slice).collect();
    let right: FxHashSet<&[char]> = links.iter().flat_map(|l| &l.right).map(Vec::as_slice).collect();
    let skip: FxHashSet<FileId> = links.iter().flat_map(|l| l.skip.iter().copied()).collect();
    let mut ids: Vec<u32> = links.iter().flat_map(|l| [l.pair.a, l.pair.b]).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut spellings: Vec<Spelling> = ids
        .into_iter()
        .map(|form| {
            let uses = forms.forms[form as usize].uses.iter().copied();
            let elsewhere = |mention: u32| !skip.contains(&forms.mentions[mention as usize].claim.at.file);
            Spelling { uses: uses.filter(|&u| elsewhere(u.0) && fits(forms, u, &left, &right)).collect() }
        })
        .filter(|s| !s.uses.is_empty())
        .collect();
    if spellings.len() < 2 {
        return None;
    }
    // The rarest spelling leads; of equally rare ones the later, for the first writing is more often meant.
    spellings.sort_by_key(|s| (s.uses.len(), std::cmp::Reverse(s.uses[0])));
    let wording = |s: &Spelling| {
        let (mention, part) = s.uses[0];
        let text = &forms.mentions[mention as usize].name.parts[part as usize].text;
        label(text)
    };
    let mut others: Vec<String> = spellings[1..].iter().rev().map(wording).collect();
    others.dedup();
    let counts: Vec<String> =
        spellings.iter().rev().map(|s| format!("{}: {}", wording(s), times(s.uses.len()))).collect();
    let odd = spellings[0].uses.iter().map(|u| u.0).collect();
    let (places, mentions) = places(forms, &spellings);
    let finding = Finding {
        places,
        variables: vec![("spelling", wording(&spellings[0])), ("others", others.join(" and "))],
        notes: vec![counts.join("; "), why(forms, links)],
    };
    Some(Built { finding, mentions, odd })
}

/// What ties the spellings together, in words.
fn why(forms: &Forms<'_>, links: &[&Link]) -> String {
    let Some(reason) = links.iter().map(|l| &l.reason).min() else { return String::new() };
    match reason {
        Reason::Beside(key) => {
            let key: Vec<char> = key.chars().collect();
            let found = links.iter().flat_map(|l| [l.pair.a, l.pair.b]).find_map(|id| {
                forms.forms[id as usize].uses.iter().find_map(|&(mention, part)| {
                    let mention = &forms.mentions[mention as usize];
                    let beside =
                        mention.forms.iter().position(|f| f.is_some_and(|f| forms.forms[f as usize].key == key))?;
                    (beside != part as usize).then(|| label(&mention.name.parts[beside].text))
                })
            });
            format!("all stand beside `{}`", found.unwrap_or_default())
        }
        Reason::Listed(name) => format!("all are listed with `{name}`"),
        Reason::Title(title) => format!("all have the role `{title}`"),
        Reason::Head(head) => format!("all are part of a name with `{head}`"),
        Reason::Initial => "the initials are those of the given name".to_owned(),
        Reason::Rare => "nothing in the text tells them apart".to_owned(),
    }
}

pub(super) fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

/// Whether the neighbours of a use are those that tie the spellings together, or there is none.
fn fits(forms: &Forms<'_>, (mention, part): (u32, u32), left: &FxHashSet<&[char]>, right: &FxHashSet<&[char]>) -> bool {
    let mention = &forms.mentions[mention as usize];
    let part = part as usize;
    let agree = |ids: &[Option<u32>], keys: &FxHashSet<&[char]>| {
        let mut beside = ids.iter().flatten().map(|&id| forms.forms[id as usize].key.as_slice()).peekable();
        keys.is_empty() || beside.peek().is_none() || beside.any(|k| keys.contains(k))
    };
    let bare_given =
        !right.is_empty() && left.is_empty() && mention.forms[part + 1..].iter().flatten().next().is_none();
    agree(&mention.forms[..part], left) && agree(&mention.forms[part + 1..], right) && !bare_given
}

/// Places of all spellings, the rarest first; a share of [`PLACES`] for each, those nearest to the rarest spelling
/// where there are more.
fn places(forms: &Forms<'_>, spellings: &[Spelling]) -> (Vec<Place>, Vec<u32>) {
    let mut room = PLACES.max(spellings.len());
    let mut out = Vec::new();
    let mut mentions = Vec::new();
    for (i, spelling) in spellings.iter().enumerate() {
        let share = (room / (spellings.len() - i)).max(1);
        let taken = spelling.uses.len().min(share);
        room -= taken.min(room);
        let mut uses = spelling.uses.clone();
        if taken < uses.len() && i > 0 {
            let odd = forms.mentions[spellings[0].uses[0].0 as usize].claim.at;
            let away = |&(mention, _): &(u32, u32)| {
                let at = forms.mentions[mention as usize].claim.at;
                (at.file != odd.file, at.start.abs_diff(odd.start))
            };
            uses.sort_by_key(away);
            uses[..taken].sort_unstable();
        }
        for &(mention, part) in &uses[..taken] {
            mentions.push(mention);
            let mention = &forms.mentions[mention as usize];
            let part = &mention.name.parts[part as usize];
            out.push(Place { at: part.at, within: mention.claim.within, label: label(&part.text) });
        }
    }
    (out, mentions)
}

/// The spelling, shortened to what a label holds.
pub(super) fn label(text: &str) -> String {
    let folded: Vec<&str> = text.split_whitespace().collect();
    folded.join(" ").chars().take(40).collect()
}
