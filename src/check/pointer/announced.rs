//! What the text says of a numbered place against the title of that place.

use super::register::Register;
use super::{fold, is_akin, title_of, words};
use crate::check::{Finding, Place, shortened};
use crate::claim::{Claim, Value};

/// Fewest sections in a row that an announced structure names.
const ANNOUNCED: usize = 3;

/// Appends the places that are given another title, or announced with what another is about.
pub(super) fn check(register: &Register<'_>, found: &mut Vec<Finding>) {
    titles(register, found);
    announced(register, found);
}

/// Titles that are given with a number and that another number has.
fn titles(register: &Register<'_>, found: &mut Vec<Finding>) {
    for (number, pointer) in &register.pointers {
        let Value::Pointer { title: Some(title), .. } = &pointer.value else { continue };
        let given = fold(&title.text);
        let [place] = register.firm_of(number)[..] else { continue };
        let own = fold(title_of(place));
        if given.is_empty() || own.contains(&given) || given.contains(&own) {
            continue;
        }
        let Some((other, _)) = register.firm.iter().find(|(_, c)| fold(title_of(c)).starts_with(&given)) else {
            continue;
        };
        let wrong = format!("{} is {}, not {}", pointer.text, shortened(title_of(place)), shortened(&title.text));
        found.push(Finding {
            places: vec![
                Place {
                    at: pointer.at.cover(title.at),
                    within: pointer.within,
                    label: format!("{other} has this title"),
                },
                Place { at: place.within, within: place.within, label: String::new() },
            ],
            variables: vec![("wrong", wrong)],
            notes: Vec::new(),
        });
    }
}

/// "Section 2 describes …, Section 3 …": where what is said of one is the title of the next.
fn announced(register: &Register<'_>, found: &mut Vec<Finding>) {
    let said: Vec<(&str, &Claim)> = register
        .pointers
        .iter()
        .filter(|(_, c)| !c.subject.modifiers.is_empty())
        .map(|(n, c)| (n.as_str(), *c))
        .collect();
    for group in said.chunk_by(|a, b| a.1.block == b.1.block) {
        let count = |n: &str| n.parse::<u32>().unwrap_or(0);
        let rising = group.windows(2).all(|w| count(w[1].0) == count(w[0].0) + 1);
        if group.len() < ANNOUNCED || !rising {
            continue;
        }
        let fits = |topic: &Claim, number: &str| {
            let places = register.firm_of(number);
            let [place] = places[..] else { return None };
            Some((place, topic.subject.modifiers.iter().any(|w| words(title_of(place)).any(|t| is_akin(w, t)))))
        };
        let own: Vec<Option<(&Claim, bool)>> = group.iter().map(|(n, c)| fits(c, n)).collect();
        if !own.iter().flatten().any(|(_, fit)| *fit) {
            continue;
        }
        for (i, (number, topic)) in group.iter().enumerate() {
            let Some((place, false)) = own[i] else { continue };
            let next = (number.parse::<u32>().unwrap_or(0) + 1).to_string();
            // The next section must not be announced in its own words.
            if let Some((other, true)) = fits(topic, &next)
                && own.get(i + 1).copied().flatten().is_none_or(|(_, fit)| !fit)
            {
                let wrong = format!("{} is announced as what section {next} is about", topic.text);
                found.push(Finding {
                    places: [(topic.at, topic.within), (place.within, place.within), (other.within, other.within)]
                        .map(|(at, within)| Place { at, within, label: String::new() })
                        .into(),
                    variables: vec![("wrong", wrong)],
                    notes: Vec::new(),
                });
                break;
            }
        }
    }
}
