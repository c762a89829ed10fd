//! What the words of links name against what their addresses name.

use super::{fold, wrong_way};
use crate::check::slip::{Slip, slip};
use crate::check::{Finding, Place, shortened};
use crate::claim::{Claim, Designation, Linked, Value};
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Comparisons of neighbouring versions from which on one that leaves the line is a slip.
const CHAIN: usize = 3;

/// Most letters that two addresses of one page differ in.
const LETTERS: usize = 3;

/// Most bytes between a heading and a label that is given to it: the line's end, and marks of the heading.
const LABEL: u32 = 8;

/// Parts of addresses that lead to one page in several states.
const CHANNELS: [&str; 14] = [
    "blob", "current", "develop", "edit", "head", "latest", "main", "master", "nightly", "next", "raw", "stable",
    "tree", "trunk",
];

/// A link with its claim.
type Link<'a> = (&'a Linked, &'a Claim);

/// A link that is wrong: what its words name, what its address names, and what its words are called.
struct Odd<'a> {
    link: Link<'a>,
    said: &'a Designation,
    leads: &'a Designation,
}

/// Appends a finding for each link whose words and address name two things. `headings` are the places that links
/// can lead to.
pub(super) fn check(links: &[Link<'_>], headings: &[(&CompactString, &Claim)], found: &mut Vec<Finding>) {
    let mut sorts: BTreeMap<&str, (usize, Vec<Odd<'_>>)> = BTreeMap::new();
    for &(linked, claim) in links {
        for (said, leads) in &linked.pairs {
            let sort = sorts.entry(&said.sort).or_default();
            if is_comparison(claim) {
                let [from, to] = leads.as_slice() else { continue };
                if !agree(said, to) && (!agree(said, from) || sort.0 > 0) {
                    sort.1.push(Odd { link: (linked, claim), said, leads: to });
                } else if agree(said, to) && agree(from, to) {
                    let wrong = format!("{} is compared with itself", said.number);
                    found.push(finding((linked, claim), wrong, "the same version twice"));
                    sort.0 += 1;
                } else {
                    sort.0 += 1;
                }
            } else if leads.iter().any(|l| agree(said, l)) || said.sort == "version" && is_run_together(said, claim) {
                sort.0 += 1;
            } else if let Some(leads) = leads.iter().find(|l| is_odd(said, l, claim)) {
                sort.1.push(Odd { link: (linked, claim), said, leads });
            }
        }
    }
    for (sort, (sound, odd)) in &sorts {
        // Where more links than not lead to other numbers, they are numbered in another way.
        if odd.len() > (*sound).max(1) || needs_company(sort, odd) && *sound < odd.len().max(1) {
            continue;
        }
        for o in odd {
            let wrong = format!("the link {} leads to {}", shortened(&o.link.1.text), brief(&o.leads.number));
            let label = match o.said.number.chars().count() {
                ..=34 => format!("not {}", o.said.number),
                _ => "another".to_owned(),
            };
            found.push(finding(o.link, wrong, &label));
        }
    }
    chain(links, found);
    titles(links, headings, found);
}

fn finding((linked, claim): Link<'_>, wrong: String, label: &str) -> Finding {
    let mut places = vec![Place { at: claim.at, within: claim.within, label: label.to_owned() }];
    if !claim.at.overlaps(linked.words) {
        places.push(Place { at: linked.words, within: claim.within, label: String::new() });
    }
    Finding { places, variables: vec![("wrong", wrong)], notes: Vec::new() }
}

/// Whether the address has the number without its points: `#support-for-v34`.
fn is_run_together(said: &Designation, claim: &Claim) -> bool {
    claim.subject.wording.contains(release(&said.number).replace('.', "").as_str())
}

fn is_comparison(claim: &Claim) -> bool {
    claim.subject.wording.contains("/compare/")
}

/// Whether the words are ordinary ones ("Lecture 4"), whose numbers an address may count in another way.
fn needs_company(sort: &str, odd: &[Odd<'_>]) -> bool {
    let spelled = |o: &Odd<'_>| {
        !o.link.1.text.trim_start_matches(['[', '(']).starts_with(|c: char| c.is_uppercase()) || {
            let letters: String =
                o.link.1.text.chars().skip_while(|c| !c.is_alphabetic()).take_while(|c| c.is_alphabetic()).collect();
            letters.chars().any(char::is_lowercase)
        }
    };
    sort.starts_with("series:") && odd.iter().any(spelled)
}

/// Whether two designations of one sort can be one thing.
fn agree(said: &Designation, leads: &Designation) -> bool {
    let (a, b) = (said.number.as_str().to_lowercase(), leads.number.as_str().to_lowercase());
    let begins = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|r| r.is_empty() || r.starts_with(['.', '-', '+']))
    };
    match said.sort.as_str() {
        "revision" => a.starts_with(&b) || b.starts_with(&a),
        "day" => digits(&a) == digits(&b),
        "version" => {
            let (a, b) = (release(&a), release(&b));
            begins(a, b) || begins(b, a)
        }
        "doi" => a.starts_with(&b) || b.starts_with(&a),
        "address" => {
            let (a, b) = (plain(&a), plain(&b));
            a.starts_with(&b) || b.contains(&a)
        }
        "file" => a == b,
        _ => {
            let bare = |s: &str| s.trim_start_matches('0').to_owned();
            let (a, b) = (bare(&a), bare(&b));
            begins(&a, &b) || begins(&b, &a)
        }
    }
}

/// Whether a number that differs is likely to be meant for the other.
fn is_odd(said: &Designation, leads: &Designation, claim: &Claim) -> bool {
    let (a, b) = (said.number.as_str(), leads.number.as_str());
    match said.sort.as_str() {
        "revision" => true,
        "day" => true,
        "doi" | "arxiv" => strsim::damerau_levenshtein(a, b) <= LETTERS,
        "version" => {
            let parts = |s: &str| release(s).split('.').map(|p| p.parse::<u32>().unwrap_or(0)).collect::<Vec<_>>();
            let (x, y) = (parts(a), parts(b));
            let apart = x.iter().zip(&y).filter(|(p, q)| p != q).count();
            // 1.0.0 and 0.70.0 are the stable and the unstable half of one release.
            x.len() == y.len() && x[0].abs_diff(y[0]) <= 1 && apart <= if x[0] == y[0] { 2 } else { 1 }
        }
        "file" => is_other_file(a, b, &claim.subject.wording),
        "address" => is_near(&plain(&a.to_lowercase()), &plain(&b.to_lowercase())),
        _ => {
            let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
            a.len() == b.len() || slip(a, b) == Some(Slip::Length)
        }
    }
}

/// A number short enough for a message: the beginning of a long one without spaces.
fn brief(number: &str) -> String {
    if number.chars().count() <= 38 { number.to_owned() } else { number.chars().take(12).chain(['…']).collect() }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The numbers of a version, without what is said about the build.
fn release(version: &str) -> &str {
    let end = version.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(version.len());
    version[..end].trim_end_matches('.')
}

/// Whether one file stands for another: of one sort, and neither the index of a folder nor a name with more words.
fn is_other_file(said: &str, leads: &str, address: &str) -> bool {
    let split = |s: &str| -> (String, String) {
        let (stem, ending) = s.rsplit_once('.').unwrap_or((s, ""));
        (stem.to_lowercase().replace(['-', '_', '.'], ""), ending.to_lowercase())
    };
    let ((a, x), (b, y)) = (split(said), split(leads));
    let index = ["index", "readme", "default", "mod", "main"].contains(&b.as_str());
    x == y
        && !index
        && !a.contains(&b)
        && !b.contains(&a)
        && !address.to_lowercase().replace(['-', '_'], "").contains(&a)
}

/// An address without what two ways of writing it may differ in, and without asterisks of emphasis that a
/// converter left inside of its words.
fn plain(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.trim_end_matches(['/', '.', '?', '#', '>', '*']).replace("**", "")
}

/// Whether two addresses are the same but for one part: a word of the path, a few letters, or a name of one host.
fn is_near(a: &str, b: &str) -> bool {
    let cut = |s: &str| s.split(['/', '?', '#', '&', '=']).map(str::to_owned).collect::<Vec<_>>();
    let (x, y) = (cut(a), cut(b));
    if x.len() != y.len() {
        return false;
    }
    let apart: Vec<usize> = (0..x.len()).filter(|&i| x[i] != y[i]).collect();
    let [at] = apart[..] else { return false };
    let (x, y) = (&x[at], &y[at]);
    let spelled = |s: &str| s.len() > LETTERS && s.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    if at > 0 && spelled(x) && spelled(y) && !CHANNELS.contains(&x.as_str()) && !CHANNELS.contains(&y.as_str()) {
        // Another page of one host: the address that is printed is not the one that the link has.
        return true;
    }
    if at == 0 {
        let name = |s: &str| s.split('.').next().unwrap_or("").to_owned();
        return name(x) == name(y) || strsim::damerau_levenshtein(x, y) <= 2;
    }
    strsim::damerau_levenshtein(x, y) <= LETTERS && x.len().min(y.len()) > LETTERS
}

/// Comparisons of each version with the one before: one that leaves the line.
fn chain(links: &[Link<'_>], found: &mut Vec<Finding>) {
    let entries: Vec<(&Designation, &Designation, Link<'_>)> = links
        .iter()
        .filter(|(_, claim)| is_comparison(claim))
        .flat_map(|&(linked, claim)| {
            linked.pairs.iter().filter_map(move |(said, leads)| match leads.as_slice() {
                [from, to] if agree(said, to) && !agree(from, to) => Some((said, from, (linked, claim))),
                _ => None,
            })
        })
        .collect();
    let breaks: Vec<usize> = (1..entries.len()).filter(|&i| !agree(entries[i].0, entries[i - 1].1)).collect();
    let [at] = breaks[..] else { return };
    if entries.len() < CHAIN + 2 {
        return;
    }
    let (said, from, link) = entries[at - 1];
    let next = entries[at].0;
    // A version may be left out on purpose when nothing has been released under it.
    let known = entries.iter().any(|(s, ..)| agree(s, from));
    if known && !agree(said, from) {
        let wrong = format!("{} is compared with {}, not with {}", said.number, from.number, next.number);
        found.push(finding(link, wrong, "not the version before"));
    }
}

/// Links whose words are one heading and that lead to another.
fn titles(links: &[Link<'_>], headings: &[(&CompactString, &Claim)], found: &mut Vec<Finding>) {
    let mut by_title: FxHashMap<CompactString, Vec<&CompactString>> = FxHashMap::default();
    let mut by_name: FxHashMap<&str, Vec<&Claim>> = FxHashMap::default();
    let mut numbers: FxHashMap<&str, &Claim> = FxHashMap::default();
    for &(name, claim) in headings {
        by_title.entry(claim.text.to_lowercase().trim().into()).or_default().push(name);
        by_name.entry(name).or_default().push(claim);
        if let Some(number) = leading(&claim.text) {
            numbers.entry(number).or_insert(claim);
        }
    }
    for &(linked, claim) in links {
        let Some(place) = &linked.place else { continue };
        let folded = fold(place);
        let Some([target]) = by_name.get(folded.as_str()).map(Vec::as_slice) else { continue };
        wrong_way(claim, target, found);
        let words = claim.text.trim();
        let own = by_title.get(words.to_lowercase().as_str()).map(Vec::as_slice);
        let is_title = |text: &str| text.contains(' ') || text.contains(char::is_uppercase);
        // "VEX" may well lead to the heading that speaks of VEX among other things.
        let another = !folded.contains(fold(words).as_str()) && !fold(words).contains(folded.as_str());
        let inside = |one: &CompactString| {
            let at = |name: &str| headings.iter().position(|(n, _)| n.as_str() == name);
            at(one).zip(at(&folded)).is_some_and(|(outer, inner)| is_below(headings, outer, inner))
        };
        // What stands in the section that the link leads to is found there, and who gives a heading a label of its own
        // right below it means that heading.
        let around = |one: &CompactString| {
            let at = |name: &str| headings.iter().position(|(n, _)| n.as_str() == name);
            at(&folded).zip(at(one)).is_some_and(|(outer, inner)| is_below(headings, outer, inner))
        };
        let words_at = linked.words.start;
        let labelled = linked.defined && words_at >= target.at.end && words_at - target.at.end <= LABEL;
        let elsewhere = |one: &CompactString| one.as_str() != folded && !inside(one) && !around(one) && !labelled;
        if is_title(words) && is_title(&target.text) && another && matches!(own, Some([one]) if elsewhere(one)) {
            let wrong = format!("the link {} leads to {}", shortened(words), shortened(&target.text));
            found.push(finding((linked, claim), wrong, "another heading"));
            continue;
        }
        let Some((said, is)) = leading(words).zip(leading(&target.text)) else { continue };
        if said != is && numbers.contains_key(said) {
            let wrong = format!("the link {} leads to {}", shortened(words), shortened(&target.text));
            found.push(finding((linked, claim), wrong, "another number"));
        }
    }
}

/// Whether a heading stands in the section of another: "Outlook" may lead to what comes first there.
fn is_below(headings: &[(&CompactString, &Claim)], outer: usize, inner: usize) -> bool {
    let level = |i: usize| match &headings[i].1.value {
        Value::Place { level, .. } => *level,
        _ => 0,
    };
    outer < inner && level(outer) > 0 && (outer + 1..=inner).all(|i| level(i) > level(outer))
}

/// The number that a heading, or the words that send to it, begins with: `4` of "4. Numbers" and "Section 4".
fn leading(text: &str) -> Option<&str> {
    let text = text.trim();
    let rest = match text.split_once([' ', '\u{a0}']) {
        Some((first, rest)) if first.chars().all(char::is_alphabetic) && first.starts_with(char::is_uppercase) => rest,
        _ => text,
    };
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    let number = rest[..end].trim_end_matches('.');
    let after = rest[end..].chars().next();
    (!number.is_empty() && !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '%' | ',' | '-' | '/' | '–')))
        .then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(sort: &str, number: &str) -> Designation {
        Designation { sort: sort.into(), number: number.into() }
    }

    #[test]
    fn ignores_what_may_be_one_thing() {
        let same = |sort: &str, a: &str, b: &str| agree(&named(sort, a), &named(sort, b));
        assert!(same("version", "3", "3.11") && same("version", "2.0.0-rc1", "2.0.0"));
        assert!(same("series:pep", "8", "0008") && same("series:lecture", "4", "04"));
        assert!(same("address", "https://a.example/x", "http://www.a.example/x/"));
        assert!(same("address", "https://a.example/x", "https://web.example/web/2019/https://a.example/x"));
        assert!(same("revision", "a1b2c3d", "a1b2c3d4e5f6"));
        assert!(!same("version", "2.1.0", "2.0.0") && !same("series:rfc", "7231", "7230"));
    }

    #[test]
    fn flags_near_addresses_only() {
        assert!(is_near("ferry.example.org/tickets", "ferry.example.com/tickets"));
        assert!(is_near("a.example/docs/guides", "a.example/docs/guide"));
        assert!(is_near("a.example/bicycles", "a.example/buses"));
        assert!(!is_near("a.example/docs/stable", "a.example/docs/latest"));
        assert!(!is_near("a.example/docs", "a.example/docs/guide"));
        assert!(!is_near("a.example/docs/one", "b.elsewhere/docs/two"));
    }

    #[test]
    fn reads_leading_numbers() {
        assert_eq!(
            [leading("4. Numbers"), leading("Section 4"), leading("Step 2: Go")],
            [Some("4"), Some("4"), Some("2")]
        );
        assert_eq!([leading("2-factor"), leading("Numbers"), leading("3D views")], [None, None, None]);
    }
}
