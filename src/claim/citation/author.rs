//! The authors of a work: "Cornell SE, Starr SF and Tucker J", "Oduya, T., & Fenn, R.", "World Bank".

use super::{Author, folded_words};
use crate::lexicon::{Lexicon, NameRoles, lower};
use compact_str::CompactString;

/// Most authors that are read; a longer list is something else.
const MOST: usize = 40;

/// Most words of one person's name.
const NAME: usize = 5;

/// Most words of an organisation's name.
const ORGANISATION: usize = 14;

/// The authors that a stretch of text names, and whether there are more. `None` when it is not a list of authors.
pub(super) fn authors(text: &str, lexicon: &Lexicon) -> Option<(Vec<Author>, bool)> {
    let mut more = false;
    let mut names: Vec<Name<'_>> = Vec::new();
    for piece in pieces(text) {
        let mut words: Vec<&str> = piece.split_whitespace().collect();
        while words.first().is_some_and(|w| is_word(w, &["and", "&", "und", "y", "et"])) {
            words.remove(0);
        }
        if let Some(others) =
            words.windows(2).position(|w| is_word(w[0], &["et", "and"]) && is_word(w[1], &["al", "alii", "others"]))
        {
            more = true;
            words.truncate(others);
        }
        if words.len() == 1 && is_word(words[0], &["others", "al"]) {
            more = true;
            continue;
        }
        // "(eds)", "Ed.": what somebody did, not who it is.
        words.retain(|w| !is_role(w));
        if !words.is_empty() {
            names.push(Name { words });
        }
    }
    if names.is_empty() || names.len() > MOST {
        return None;
    }
    let mut out: Vec<Author> = Vec::new();
    for (i, name) in names.iter().enumerate() {
        if name.words.iter().all(|w| is_initials(w))
            && let Some(last) = out.last_mut().filter(|l| !l.surname.is_empty() && l.given.is_empty())
        {
            last.given = initials(&name.words);
            last.inverted = true;
            last.text = format!("{}, {}", last.text, name.words.join(" ")).into();
            continue;
        }
        // "Brightwater, Lena, and Cora Okafor": only the first is turned round.
        if let [given] = name.words[..]
            && i == 1
            && names[0].words.len() == 1
            && names.len() != 2 | usize::from(text.contains(" and ") || text.contains('&'))
            && lexicon.name_roles(&lower(given)).any(NameRoles::GIVEN)
            && let Some(last) = out.last_mut().filter(|l| l.given.is_empty() && !l.surname.is_empty())
        {
            last.given = folded_words(given);
            last.text = format!("{}, {given}", last.text).into();
            continue;
        }
        match organisation(name, lexicon) {
            Some(words) => match out.last_mut().filter(|l| !l.words.is_empty()) {
                // "Bureau of Statistics, Ministry of Trade" is one.
                Some(last) => {
                    last.words.extend(words);
                    last.text = format!("{}, {}", last.text, name.words.join(" ")).into();
                }
                None => out.push(Author { words, ..empty(name) }),
            },
            None => out.push(person(name, lexicon)?),
        }
    }
    let clash = out.iter().filter(|a| !a.words.is_empty()).count();
    (clash <= 2 && !out.is_empty()).then_some((out, more))
}

struct Name<'t> {
    words: Vec<&'t str>,
}

/// The list cut at commas, semicolons and "and" between names.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for part in text.split([',', ';']) {
        let mut rest = part;
        while let Some((at, length)) =
            [" and ", " & ", " und ", " y "].iter().filter_map(|l| rest.find(l).map(|at| (at, l.len()))).min()
        {
            // The "and" of an organisation's name parts no names.
            let (left, right) = (&rest[..at], &rest[at + length..]);
            if is_part_of_name(left, right) {
                break;
            }
            out.push(left);
            rest = right;
        }
        out.push(rest);
    }
    out.retain(|p| !p.trim().is_empty());
    out
}

/// "Ministry of Trade and Industry": what stands before "and" has a small word or what comes after has one word of
/// an organisation's name.
fn is_part_of_name(left: &str, right: &str) -> bool {
    let small = |s: &str| s.split_whitespace().any(|w| is_word(w, &["of", "for", "on", "the", "in"]));
    small(left) && !right.starts_with("the ")
}

fn is_word(word: &str, of: &[&str]) -> bool {
    let bare = word.trim_matches(|c: char| c == '.' || c == ',' || c == '(' || c == ')');
    of.iter().any(|o| bare.eq_ignore_ascii_case(o))
}

/// Whether a word says what somebody did for the work.
fn is_role(word: &str) -> bool {
    is_word(word, &["ed", "eds", "editor", "editors", "trans", "transl", "translator", "comp", "hrsg", "dir", "coord"])
}

/// Whether a word stands for initials: "T.", "S.E.", "SE", "J.-P.".
fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters > 0
        && letters <= 4
        && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '’' | '\''))
        && (letters <= 3 || word.contains('.'))
}

fn initials(words: &[&str]) -> Vec<CompactString> {
    words
        .iter()
        .flat_map(|w| w.chars().filter(|c| c.is_alphabetic()))
        .map(|c| folded_words(&c.to_string()).concat().into())
        .collect()
}

/// Degrees that are written behind a name, without their full stops.
const DEGREES: [&str; 22] = [
    "ba", "bsc", "dphil", "esq", "jd", "llb", "lld", "llm", "ma", "mba", "mbbs", "md", "mp", "mph", "mphil", "mpp",
    "msc", "phd", "qc", "kc", "rn", "obe",
];

fn is_degree(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    let stops = word.contains('.') || word.chars().filter(|c| c.is_uppercase()).count() >= 2;
    stops && word.chars().any(char::is_uppercase) && DEGREES.contains(&bare.as_str())
}

/// The words of an organisation's name, when it is one.
fn organisation(name: &Name<'_>, lexicon: &Lexicon) -> Option<Vec<CompactString>> {
    let words = &name.words;
    let role = |w: &str| lexicon.name_roles(&lower(w.trim_matches(['(', ')', '.'])));
    let small = words.iter().skip(1).any(|w| is_word(w, &["of", "for", "on", "in", "to"]));
    let kind = words.len() >= 2 && words.iter().any(|w| role(w).any(NameRoles::ORGANISATION) || is_medium(w));
    let acronym = words.len() <= 2
        && words.iter().all(|w| w.chars().filter(|c| c.is_uppercase()).count() >= 2)
        && words.iter().any(|w| w.chars().count() >= 3 && !w.contains('.'))
        && !words.iter().any(|w| is_degree(w));
    let article = words.len() >= 2 && is_word(words[0], &["the"]);
    // Who signs with initials is a person, whatever the surname means.
    let signed = words.len() >= 2 && words[1..].iter().all(|w| is_initials(w))
        || words[..words.len() - 1].iter().any(|w| w.len() == 2 && w.ends_with('.'));
    let named = words.iter().all(|w| {
        w.starts_with(|c: char| c.is_uppercase() || c == '(')
            || is_word(w, &["of", "for", "on", "in", "the", "to", "and", "&", "de", "la", "du", "des", "at", "by"])
    });
    (named && words.len() <= ORGANISATION && (small || acronym || article || kind && !signed))
        .then(|| folded_words(&words.join(" ")))
}

/// Words of newspapers, agencies and their desks, which no person is called by.
fn is_medium(word: &str) -> bool {
    is_word(
        word,
        &[
            "staff",
            "news",
            "radio",
            "television",
            "tv",
            "daily",
            "times",
            "newspaper",
            "magazine",
            "correspondent",
            "correspondents",
            "reporter",
            "reporters",
            "editors",
            "desk",
            "newsroom",
            "media",
            "online",
            "bulletin",
            "gazette",
            "journal",
            "nations",
            "states",
            "ministry",
            "department",
        ],
    )
}

/// The name of a person. `None` when a word is none of a name.
fn person(name: &Name<'_>, lexicon: &Lexicon) -> Option<Author> {
    let mut author = empty(name);
    let mut words: Vec<&str> = Vec::new();
    for word in &name.words {
        let bare = word.trim_matches(['(', ')']);
        if lexicon.name_roles(&lower(bare.trim_end_matches('.'))).any(NameRoles::TITLE)
            && words.is_empty()
            && name.words.len() > 2
        {
            author.titles.push(lower(bare.trim_end_matches('.')));
        } else if is_degree(bare) {
            author.titles.push(lower(&bare.replace('.', "")));
        } else {
            words.push(bare);
        }
    }
    // "LL.M TM": the degree was taken for the surname.
    if words.is_empty() || words.iter().all(|w| is_initials(w)) && !author.titles.is_empty() {
        author.broken = !author.titles.is_empty() && name.words.len() == 2 && is_degree(name.words[0]);
        author.surname = folded_words(name.words[0]).concat().into();
        author.inverted = true;
        return author.broken.then_some(author);
    }
    if words.len() > 1 && words.last().is_some_and(|w| is_suffix(w)) {
        words.pop();
    }
    let fits = |w: &&str| {
        let first = w.chars().next().unwrap_or(' ');
        let letters = w.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.' | '‘'));
        let particle = lexicon.name_roles(&lower(w)).any(NameRoles::PARTICLE.and(NameRoles::ARTICLE));
        letters
            && (first.is_uppercase() || particle || w.starts_with("d'") || w.starts_with("d’") || w.starts_with("al-"))
    };
    if words.len() > NAME || !words.iter().all(fits) {
        return None;
    }
    let last = words.len() - 1;
    if last > 0 && is_initials(words[last]) && words[..last].iter().any(|w| !is_initials(w)) {
        let split = words.iter().rposition(|w| !is_initials(w)).map_or(last, |i| i + 1);
        author.given = initials(&words[split..]);
        author.surname = folded_words(words[split - 1]).concat().into();
        author.inverted = true;
    } else {
        author.given = words[..last].iter().flat_map(|w| folded_words(w)).collect();
        author.surname = folded_words(words[last]).concat().into();
    }
    (author.surname.chars().count() > 1).then_some(author)
}

fn is_suffix(word: &str) -> bool {
    is_word(word, &["jr", "sr", "ii", "iii", "iv"])
}

fn empty(name: &Name<'_>) -> Author {
    Author {
        surname: CompactString::default(),
        given: Vec::new(),
        words: Vec::new(),
        inverted: false,
        broken: false,
        titles: Vec::new(),
        text: name.words.join(" ").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let (authors, more) = authors(text, Lexicon::english())?;
        let mut out: Vec<String> = authors
            .iter()
            .map(|a| {
                let given: Vec<&str> = a.given.iter().map(|g| g.as_str()).collect();
                let org: Vec<&str> = a.words.iter().map(|g| g.as_str()).collect();
                format!("{}/{}{}{}", a.surname, given.join(" "), org.join(" "), if a.broken { "!" } else { "" })
            })
            .collect();
        if more {
            out.push("+".to_owned());
        }
        Some(out.join("; "))
    }

    #[test]
    fn reads_lists_of_authors() {
        let cases = [
            ("Cornell SE, Starr SF and Tucker J", "cornell/s e; starr/s f; tucker/j"),
            ("Oduya, T., & Fenn, R.", "oduya/t; fenn/r"),
            (
                "Svante E Cornell, S Frederick Starr and Julian Tucker",
                "cornell/svante e; starr/s frederick; tucker/julian",
            ),
            ("Cook and Vale", "cook/; vale/"),
            ("Thomas Francis Lynch and others", "lynch/thomas francis; +"),
            ("Brightwater, L. and Okafor, C.", "brightwater/l; okafor/c"),
            ("Ní Aoláin F", "aolain/f"),
            (
                "Bureau of Counterterrorism, US Department of State",
                "/bureau of counterterrorism us department of state",
            ),
            ("Ministry of Trade and Industry", "/ministry of trade and industry"),
            ("Reuters Staff", "/reuters staff"),
            ("Staff R", "staff/r"),
            ("LL.M TM and Paulussen DC", "llm/!; paulussen/d c"),
            ("Tanya Mehra LL.M and Dr Christophe Paulussen", "mehra/tanya; paulussen/christophe"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn ignores_what_is_no_list_of_authors() {
        for text in [
            "Interview with Olga Ryl",
            "as the minister said",
            "Updated 3 May",
            "This Number Was Mentioned by Us All Again",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
