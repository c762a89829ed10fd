//! Names in code that stand once and are a slip away from one that stands elsewhere.
//!
//! Many names differ by little on purpose. What speaks for a slip is weighed: how the two differ, how long they are,
//! how often the usual one stands, whether it is the one that is described, how near they stand, and whether the same
//! stands in front of them.

use super::is_one_project;
use crate::check::{Finding, Place};
use crate::claim::{Claim, LISTING, Mention, MentionPlace, Value};
use crate::lexicon::{Lexicon, singular};
use crate::span::Span;
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Points from which a name is taken for a slip.
const ENOUGH: i32 = 60;

/// Most names that one key may lead to.
const CROWD: usize = 60;

/// Most places that are labelled.
const PLACES: usize = 4;

/// A name with its mentions in all documents.
struct Named<'a> {
    name: &'a str,
    words: &'a [CompactString],
    mentions: Vec<(&'a Claim, &'a Mention)>,
}

impl<'a> Named<'a> {
    fn places(&self) -> impl Iterator<Item = (&'a Claim, &'a MentionPlace)> + '_ {
        self.mentions.iter().flat_map(|&(claim, m)| m.places.iter().map(move |p| (claim, p)))
    }

    /// The only place of a name that stands once and nowhere in running text.
    fn alone(&self) -> Option<(&'a Claim, &'a Mention, &'a MentionPlace)> {
        let [(claim, mention)] = self.mentions[..] else { return None };
        (mention.count == 1 && mention.told == 0).then(|| (claim, mention, &mention.places[0]))
    }
}

/// How two names differ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Slip {
    /// The same letters, joined as one word or as several, or by another sign.
    Joined,
    /// Another form of the word: singular and plural, present and past.
    Form,
    /// A letter more or less.
    Letter,
    /// A doubled letter that stands once.
    Doubled,
    /// Two letters exchanged.
    Exchanged,
}

pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut names: BTreeMap<&str, Named<'_>> = BTreeMap::new();
    for &claim in claims {
        if let Value::Mention(m) = &claim.value {
            let new = || Named { name: &m.name, words: &m.words, mentions: Vec::new() };
            names.entry(&m.name).or_insert_with(new).mentions.push((claim, m));
        }
    }
    if names.is_empty() {
        return;
    }
    let names: Vec<Named<'_>> = names.into_values().collect();
    let mut by_key: FxHashMap<CompactString, Vec<usize>> = FxHashMap::default();
    for (n, named) in names.iter().enumerate() {
        for key in keys(named) {
            by_key.entry(key).or_default().push(n);
        }
    }
    let known: Vec<_> = found.iter().flat_map(|f| f.places.iter().map(|p| p.at)).collect();
    let is_known = |at: Span| known.iter().any(|k| k.file == at.file && k.start <= at.start && at.end <= k.end);
    for odd in &names {
        let Some((claim, mention, place)) = odd.alone() else { continue };
        if place.told_apart || is_known(place.at) {
            continue;
        }
        let mut near: Vec<usize> = keys(odd)
            .into_iter()
            .filter_map(|key| by_key.get(&key).filter(|list| list.len() <= CROWD))
            .flatten()
            .copied()
            .filter(|&n| names[n].name != odd.name && is_usual(&names[n], place))
            .collect();
        near.sort_unstable();
        near.dedup();
        let best = near
            .into_iter()
            .filter_map(|n| Some((points((claim, mention, place), odd, &names[n])?, n)))
            .max_by_key(|(points, n)| (*points, std::cmp::Reverse(*n)));
        if let Some((points, n)) = best
            && points >= ENOUGH
        {
            found.push(finding(odd, place, claim, &names[n]));
        }
    }
}

/// Whether a name may be what was meant by one that stands once. Of two that stand once each, that is the described one,
/// or the first.
fn is_usual(named: &Named<'_>, odd: &MentionPlace) -> bool {
    let Some((_, _, place)) = named.alone() else { return true };
    let earlier = (!place.defined, place.at) < (!odd.defined, odd.at);
    earlier && !place.told_apart
}

/// What a name and a slip of it have in common: the letters of its one half or the other, and the forms of its words
/// without endings.
fn keys(named: &Named<'_>) -> Vec<CompactString> {
    let joined = named.words.concat().replace(['-', '_'], "");
    let mut keys: Vec<CompactString> = Vec::new();
    if joined.is_ascii() {
        let n = joined.len();
        for length in [n.saturating_sub(1), n, n + 1] {
            let half = (length / 2).min(n);
            if half > 1 {
                keys.push(format!("<{length}:{}", &joined[..half]).into());
                keys.push(format!(">{length}:{}", &joined[n - half..]).into());
            }
        }
    }
    let forms: Vec<CompactString> = named.words.iter().map(|w| bare(w)).collect();
    keys.push(format!("={}", forms.join(" ")).into());
    keys
}

/// A word without the endings that make other forms of it.
fn bare(word: &str) -> CompactString {
    let word = singular(word);
    let rest = ["ied", "ed", "ing", "y", "ie", "e", "d"].iter().find_map(|end| word.strip_suffix(end));
    rest.filter(|rest| rest.len() > 3).unwrap_or(&word).into()
}

/// How one name may come to be written as another.
fn slip(odd: &Named<'_>, usual: &Named<'_>) -> Option<Slip> {
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let plain = |name: &str| name.trim_matches('_').to_ascii_lowercase();
    if digits(odd.name) != digits(usual.name) || plain(odd.name) == plain(usual.name) || case(odd) != case(usual) {
        return None;
    }
    let (a, b) = (odd.words.concat(), usual.words.concat());
    if a == b {
        return Some(Slip::Joined);
    }
    if odd.words.len() != usual.words.len() || joiner(odd.name) != joiner(usual.name) {
        return None;
    }
    let mut apart = odd.words.iter().zip(usual.words).filter(|(x, y)| x != y);
    let (Some((x, y)), None) = (apart.next(), apart.next()) else { return None };
    if bare(x) == bare(y) { Some(Slip::Form) } else { letters(x, y) }
}

/// Whether a name begins with a capital, and whether it has small letters.
fn case(named: &Named<'_>) -> (bool, bool) {
    let name = named.name.trim_matches('_');
    (name.starts_with(|c: char| c.is_ascii_uppercase()), name.contains(|c: char| c.is_ascii_lowercase()))
}

/// How one word may come to be written as another.
fn letters(odd: &str, usual: &str) -> Option<Slip> {
    let (x, y) = (odd.as_bytes(), usual.as_bytes());
    if x.len().min(y.len()) < 5 || strsim::osa_distance(odd, usual) != 1 {
        return None;
    }
    let same = x.iter().zip(y).take_while(|(a, b)| a == b).count();
    if x.len() == y.len() {
        let exchanged = x.get(same) == y.get(same + 1) && x.get(same + 1) == y.get(same) && same > 0;
        return exchanged.then_some(Slip::Exchanged);
    }
    let long = if x.len() > y.len() { x } else { y };
    let doubled = same > 0 && long[same - 1] == long[same.min(long.len() - 1)];
    match (doubled, same) {
        (true, _) => Some(Slip::Doubled),
        // What differs in the first or last letter is another word.
        (false, 0) => None,
        // "waitid" and "waitpid", "relpath" and "realpath": near its beginning a letter more makes another word.
        (false, same) => (same > 2 && same + 1 < long.len() && long.len() > 6).then_some(Slip::Letter),
    }
}

/// How much speaks for a slip; `None` when something speaks against it.
fn points(
    (claim, mention, place): (&Claim, &Mention, &MentionPlace),
    odd: &Named<'_>,
    usual: &Named<'_>,
) -> Option<i32> {
    let slip = slip(odd, usual)?;
    let mut near: Vec<(&Claim, &MentionPlace)> = usual.places().collect();
    let here: Vec<&(&Claim, &Mention)> = usual
        .mentions
        .iter()
        .filter(|(_, m)| is_one_project((&m.folder, &m.edition), (&mention.folder, &mention.edition)))
        .collect();
    if here.is_empty() || near.iter().any(|(_, p)| p.within == place.within && p.block == place.block) {
        return None;
    }
    near.retain(|(c, _)| c.at.file == claim.at.file);
    let defined = usual.places().any(|(_, p)| p.defined);
    let count: usize = here.iter().map(|(_, m)| m.count).sum();
    let same_before = !place.before.is_empty() && usual.places().any(|(_, p)| p.before == place.before);
    let same_mark = usual.places().any(|(_, p)| p.mark == place.mark || is_option(p) == is_option(place));
    let same_after = place.after == '(' && usual.places().any(|(_, p)| p.after == '(');
    let mut points = match slip {
        Slip::Exchanged | Slip::Doubled => 45,
        Slip::Letter => 35,
        Slip::Form | Slip::Joined => 25,
    };
    let free = joiner(odd.name) == '-' && !is_option(place);
    // A program has `entry` and `entries`, `readline` and `read_line`; options, keys and methods are called by their names.
    let looked_up = |p: &MentionPlace| is_option(p) || matches!(p.after, ':' | '=' | '"');
    let called = looked_up(place) || usual.places().any(|(_, p)| looked_up(p));
    let plural = || odd.words.iter().zip(usual.words).all(|(x, y)| singular(x) == singular(y));
    let one_thing = match slip {
        // A function is no field, and many of what a field holds one of are told of by a word of their own.
        Slip::Form if (place.after == '(') != usual.places().any(|(_, p)| p.after == '(') => false,
        Slip::Form => (called || defined && !plural()) && (looked_up(place) || place.mark == '.'),
        Slip::Joined => called || defined || same_after,
        Slip::Exchanged | Slip::Doubled | Slip::Letter => true,
    };
    if !one_thing {
        return None;
    }
    match slip {
        Slip::Form => {
            let crud = Lexicon::english().is_in("mention-of-many", &odd.words[0]);
            let file = odd.name.contains('.');
            // Types have plurals in sentences, and so have words that a hyphen joins.
            let plural = case(odd).0 && case(odd).1 || free;
            if plural || crud || place.defined && defined || odd.words.len() < 2 && !file && !is_option(place) {
                return None;
            }
            // Another document may speak of many where this one speaks of one.
            if near.is_empty() && !defined {
                return None;
            }
            points += i32::from(is_option(place)) * 10;
        }
        Slip::Joined => {
            if usual.places().all(|(_, p)| is_option(p) != is_option(place)) {
                return None;
            }
            let beside = |name: &str| style(name).map_or(0, |n| place.styles[n]);
            let (own, others) = (beside(odd.name), beside(usual.name));
            let restyled = odd.words == usual.words;
            let key = matches!(place.after, ':' | '=' | '"');
            // A word of a comment is no name.
            let styled = own == 0 && (others > 1 && claim.by != LISTING || others > 0 && key);
            let fits = if restyled { styled } else { same_after || is_option(place) };
            if !fits {
                return None;
            }
            points += if restyled { 20 } else { 15 };
        }
        Slip::Letter | Slip::Doubled | Slip::Exchanged => {
            // A single word is a name only where the other one is.
            let word = odd.words.len() < 2;
            let known = word && Lexicon::english().words.find(&odd.words[0]).is_some();
            if known || word && !same_before && !same_after && (slip != Slip::Exchanged || odd.name.len() < 6) {
                return None;
            }
        }
    }
    points += (10 * (odd.words.len().max(usual.words.len()) as i32 - 1)).min(20);
    points += match count {
        0 | 1 => 0,
        2 => 10,
        _ => 15,
    };
    points += i32::from(near.iter().any(|(_, p)| p.section == place.section)) * 10;
    points += i32::from(near.iter().any(|(_, p)| p.block == place.block)) * 10;
    points += i32::from(same_before) * 15 + i32::from(defined) * 15;
    points -= i32::from(place.defined) * 15 + i32::from(!same_mark) * 15 + i32::from(near.is_empty()) * 10;
    Some(points)
}

/// Whether a name is that of an option.
fn is_option(place: &MentionPlace) -> bool {
    place.mark == '-'
}

/// Which of the styles of a block a name has: a hyphen, an underscore, a capital.
fn style(name: &str) -> Option<usize> {
    ['-', '_', 'A'].iter().position(|sign| *sign == joiner(name))
}

/// The sign that joins the words of a name; a letter for capitals.
fn joiner(name: &str) -> char {
    let hump = name.as_bytes().windows(2).any(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase());
    name.chars().find(|c| matches!(c, '_' | '-')).unwrap_or(if hump { 'A' } else { ' ' })
}

fn finding(odd: &Named<'_>, place: &MentionPlace, claim: &Claim, usual: &Named<'_>) -> Finding {
    let mut elsewhere: Vec<(&Claim, &MentionPlace)> = usual.places().collect();
    elsewhere.sort_by_key(|(c, p)| (c.at.file != claim.at.file, !p.defined, p.at));
    let labelled = |at, within, label: &str| Place { at, within, label: label.to_owned() };
    let mut places = vec![labelled(place.at, place.within, "stands once")];
    places.extend(elsewhere.into_iter().take(PLACES).map(|(_, p)| labelled(p.at, p.within, "")));
    Finding {
        places,
        variables: vec![
            ("what", "a name in code".to_owned()),
            ("here", format!("`{}`", odd.name)),
            ("there", format!("`{}` elsewhere", usual.name)),
        ],
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, Slip, bare, slip};
    use compact_str::CompactString;

    fn slipped(odd: &str, usual: &str) -> Option<Slip> {
        let words = |name: &str| -> Vec<CompactString> {
            name.split(['_', '-', '.']).map(|w| w.to_lowercase().into()).collect()
        };
        let (x, y) = (words(odd), words(usual));
        slip(
            &Named { name: odd, words: &x, mentions: Vec::new() },
            &Named { name: usual, words: &y, mentions: Vec::new() },
        )
    }

    #[test]
    fn reads_how_names_differ() {
        for (odd, usual, expected) in [
            ("quill-agnet", "quill-agent", Slip::Exchanged),
            ("deffer", "defer", Slip::Doubled),
            ("parse_manfest", "parse_manifest", Slip::Letter),
            ("ignored_paths", "ignore_paths", Slip::Form),
            ("joinall", "join_all", Slip::Joined),
            ("reply-to", "reply_to", Slip::Joined),
        ] {
            assert_eq!(slipped(odd, usual), Some(expected), "{odd} {usual}");
        }
    }

    #[test]
    fn ignores_names_of_two_things() {
        for (odd, usual) in [
            ("min_width", "max_width"),
            ("layer1", "layer2"),
            ("_from", "from"),
            ("Token", "token"),
            ("write", "writer"),
            ("InputStream", "input-stream"),
        ] {
            assert_eq!(slipped(odd, usual), None, "{odd} {usual}");
        }
    }

    #[test]
    fn reads_forms_of_one_word() {
        assert_eq!(bare("retries"), bare("retry"));
        assert_eq!(bare("ignored"), bare("ignore"));
        assert_ne!(bare("reader"), bare("ready"));
    }
}
