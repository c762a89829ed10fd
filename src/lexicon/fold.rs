//! Forms of a name under which its spellings meet.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// Rewriting of letters, one pass from left to right, the longest rule first.
///
/// `zh>j` rewrites everywhere, `^ye>e` only at the start of a word, `off$>ov` only at its end.
#[derive(Clone, Debug, Default)]
pub struct Fold {
    rules: FxHashMap<char, Vec<Rule>>,
}

#[derive(Clone, Debug)]
struct Rule {
    from: Vec<char>,
    to: Vec<char>,
    at_start: bool,
    at_end: bool,
}

impl Fold {
    /// Reads rules; one without `>` is left out.
    pub fn new(rules: &[String]) -> Self {
        let mut by_first: FxHashMap<char, Vec<Rule>> = FxHashMap::default();
        for rule in rules {
            let Some((from, to)) = rule.split_once('>') else { continue };
            let at_end = from.ends_with('$');
            let at_start = from.starts_with('^');
            let from: Vec<char> = from.trim_start_matches('^').trim_end_matches('$').chars().collect();
            let Some(&first) = from.first() else { continue };
            by_first.entry(first).or_default().push(Rule { from, to: to.chars().collect(), at_start, at_end });
        }
        for rules in by_first.values_mut() {
            rules.sort_by_key(|r| (std::cmp::Reverse(r.from.len()), !r.at_end, !r.at_start));
        }
        Self { rules: by_first }
    }

    /// The key of a plain form: rewritten, doubled letters written once.
    pub fn key(&self, plain: &[char]) -> Vec<char> {
        let mut out = self.letters(plain);
        out.dedup();
        out
    }

    /// A plain form rewritten.
    pub fn letters(&self, plain: &[char]) -> Vec<char> {
        let mut out: Vec<char> = Vec::with_capacity(plain.len());
        let mut i = 0;
        while i < plain.len() {
            let rest = &plain[i..];
            let rule = self.rules.get(&plain[i]).and_then(|rules| {
                rules.iter().find(|r| {
                    rest.starts_with(&r.from) && (!r.at_end || rest.len() == r.from.len()) && (!r.at_start || i == 0)
                })
            });
            match rule {
                Some(rule) => {
                    out.extend(&rule.to);
                    i += rule.from.len();
                }
                None => {
                    out.push(plain[i]);
                    i += 1;
                }
            }
        }
        out
    }
}

/// The letters of a name without accents, capitals and separators; `None` when it is not written in Latin or
/// Cyrillic letters, whose spellings are all that is compared.
pub fn plain(lower: &str) -> Option<Vec<char>> {
    let mut out = Vec::with_capacity(lower.len());
    for c in lower.nfd() {
        if let Some(latin) = undivided(c) {
            out.extend(latin.chars());
            continue;
        }
        match c {
            '\u{300}'..='\u{36f}' | '\'' | '\u{2019}' | '\u{2bc}' | '`' | '-' | '.' => {}
            c if c.is_whitespace() || matches!(c, '\u{2010}'..='\u{2015}') => {}
            'a'..='z' | '\u{400}'..='\u{52f}' => out.push(c),
            c if c.is_alphabetic() && ('\u{c0}'..='\u{24f}').contains(&c) => out.push(c),
            _ => return None,
        }
    }
    Some(out)
}

/// What stands for a Latin letter that is no letter with an accent: `ae` for æ.
pub(super) fn undivided(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ø' => "o",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

/// Whether the letters are those of the Latin alphabet.
pub fn is_latin(plain: &[char]) -> bool {
    plain.iter().all(|&c| c < '\u{400}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(fold: &Fold, word: &str) -> String {
        fold.key(&plain(word).expect("Latin or Cyrillic")).into_iter().collect()
    }

    #[test]
    fn folds_longest_rule_first_and_doubles() {
        let rules: Vec<String> = ["zh>j", "dzh>j", "y>i", "off$>ov"].iter().map(|r| (*r).to_owned()).collect();
        let fold = Fold::new(&rules);
        assert_eq!(key(&fold, "dzhanibek"), "janibek");
        assert_eq!(key(&fold, "kassym"), "kasim");
        assert_eq!(key(&fold, "romanoff"), "romanov");
        assert_eq!(key(&fold, "offer"), "ofer");
    }

    #[test]
    fn drops_accents_and_separators() {
        assert_eq!(plain("al - hawl"), plain("al-hawl"));
        assert_eq!(plain("møller"), plain("moller"));
        assert_eq!(plain("习近平"), None);
    }
}
