//! Pointers against the places of the documents, and the places against each other.

mod anchor;
mod announced;
mod companion;
mod linked;
mod numbering;
mod outline;
mod register;
mod titled;

use super::{Check, Finding, Place, Selection, shortened};
use crate::claim::{Claim, Value};
use register::Register;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pointer {}

/// A place that ends no more bytes than these before a pointer may be the one that "below" goes on with.
const NEAR: u32 = 300;

impl Check for Pointer {
    fn variables(&self) -> &'static [&'static str] {
        &["wrong"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        if selection.across {
            anchor::check_across(selection.claims, found);
            companion::check(selection.claims, found);
            return;
        }
        let mut sorts: BTreeMap<&str, Register<'_>> = BTreeMap::new();
        let mut lists: BTreeMap<u32, Vec<(u32, &Claim)>> = BTreeMap::new();
        let (mut links, mut headings, mut listed, mut titled) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for &claim in selection.claims {
            match &claim.value {
                Value::Place { sort, number, .. } if sort == "item" => {
                    if let (Some(list), Ok(number)) = (claim.list, number.parse()) {
                        lists.entry(list).or_default().push((number, claim));
                    }
                }
                Value::Place { sort, number, level, .. } if sort == "heading" => {
                    headings.push(outline::Title { number, level: *level, claim });
                }
                Value::Place { sort, number, level, .. } if sort == "listed" => {
                    listed.push(outline::Title { number, level: *level, claim });
                }
                Value::Place { sort, number, firm, .. } => sorts.entry(sort).or_default().place(number, *firm, claim),
                Value::Pointer { sort, .. } if sort == "title" => titled.push(claim),
                Value::Pointer { sort, number, path: None, .. } => {
                    sorts.entry(sort).or_default().pointers.push((number, claim));
                }
                Value::Link(link) => links.push((link.as_ref(), claim)),
                _ => {}
            }
        }
        register::join_clauses(&mut sorts);
        let anchors_of = sorts.get("anchor").map_or(&[][..], |s| &s.firm);
        linked::check(&links, anchors_of, found);
        outline::check(&headings, listed, found);
        titled::check(&titled, &headings, found);
        for (name, sort) in &sorts {
            match *name {
                "anchor" => anchor::check(&sort.pointers, &anchor::Names::new(anchors_of.iter().copied()), found),
                _ => {
                    // A step may have parts that are counted by themselves.
                    sort.check(*name != "step", found);
                    numbering::check(sort, found);
                    announced::check(sort, found);
                }
            }
        }
        for items in lists.values() {
            numbering::in_step(items, found);
        }
    }
}

/// Appends a finding when a pointer sends the reader up and the place is further down, or the other way round.
fn wrong_way(pointer: &Claim, place: &Claim, found: &mut Vec<Finding>) {
    let says = |way: &str| pointer.scope.cues.iter().any(|c| c == way);
    let (way, other) = if says("above") && place.at.start > pointer.within.end {
        ("above", "below")
    } else if says("below") && place.at.end + NEAR < pointer.at.start {
        ("below", "above")
    } else {
        return;
    };
    let wrong = format!("{} is {other}, not {way}", shortened(&pointer.text));
    found.push(Finding {
        places: vec![
            Place { at: pointer.at, within: pointer.within, label: format!("“{way}”") },
            Place { at: place.at, within: place.within, label: String::new() },
        ],
        variables: vec![("wrong", wrong)],
        notes: Vec::new(),
    });
}

fn step(first: &Claim, second: &Claim, wrong: String) -> Finding {
    let place = |c: &Claim| Place { at: c.at, within: c.within, label: String::new() };
    Finding { places: vec![place(second), place(first)], variables: vec![("wrong", wrong)], notes: Vec::new() }
}

/// The title behind the number of a heading or caption.
fn title_of(place: &Claim) -> &str {
    let wording = place.subject.wording.as_str();
    wording.get(place.text.len()..).unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 3)
}

/// Whether two words begin alike but for an ending: results, result; methods, methodology.
fn is_akin(a: &str, b: &str) -> bool {
    let b = b.to_lowercase();
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    common >= 4 && common + 3 >= a.chars().count().min(b.chars().count())
}

/// The letters and digits of a text, small.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
