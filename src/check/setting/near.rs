//! Whether two names in code are one, written in two ways.

use crate::lexicon::singular;
use compact_str::CompactString;

/// Shortest name, all words together, that may be written as one word and as several.
const JOINED: usize = 6;

/// Shortest word in which one letter may be a slip.
const WORD: usize = 6;

/// How surely two names are one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Near {
    /// A word is cut, or two words have their beginning in common.
    Loosely,
    /// The same letters in other words, a letter more or less, singular and plural.
    Surely,
}

/// Whether two names in words are nearly one; the same words are not *nearly* one.
pub(super) fn near(a: &[CompactString], b: &[CompactString]) -> Option<Near> {
    let (joined, other) = (a.concat(), b.concat());
    if a != b && joined == other {
        return (joined.len() >= JOINED).then_some(Near::Surely);
    }
    if a.len() != b.len() {
        return shortened(a, b).then_some(Near::Surely);
    }
    let mut apart = a.iter().zip(b).filter(|(x, y)| x != y);
    let ((x, y), None) = (apart.next()?, apart.next()) else { return None };
    slip(x, y, a.len())
}

/// Whether two words are one: a letter more, less or another, two letters exchanged, singular and plural, one cut.
/// The more other words the names share, the less of these two must be the same.
fn slip(a: &str, b: &str, words: usize) -> Option<Near> {
    if a.bytes().chain(b.bytes()).any(|c| c.is_ascii_digit()) {
        return None;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if words > 1 && (singular(a) == singular(b) || singular(a) == b || singular(b) == a) {
        return Some(Near::Surely);
    }
    let one = strsim::osa_distance(a, b) == 1;
    let exchanged = one && a.len() == b.len() && strsim::levenshtein(a, b) == 2;
    if exchanged && a.len() > 3 || one && long.len() >= WORD && short.len() + 1 >= WORD {
        return Some(Near::Surely);
    }
    let cut = short.len() > 2 && long.len() > short.len() + 1 && long.starts_with(short);
    let alike = words > 2 && short.len() > 4 && short.bytes().zip(long.bytes()).take_while(|(x, y)| x == y).count() > 2;
    (words > 1 && (cut || alike)).then_some(Near::Loosely)
}

/// Whether a variable is one of more words with each of them cut: `APP_PASSFILE`, `APP_PASSWORD_FILE`.
fn shortened(a: &[CompactString], b: &[CompactString]) -> bool {
    let joined = a.get(1..).unwrap_or_default().concat();
    a.len() < b.len() && b.len() > 2 && a[0] == b[0] && joined.len() >= JOINED && shortens(&joined, &b[1..])
}

/// Whether a text is made of beginnings of all words in turn, three letters of each at least.
fn shortens(text: &str, words: &[CompactString]) -> bool {
    let Some((first, rest)) = words.split_first() else { return text.is_empty() };
    let shared = text.bytes().zip(first.bytes()).take_while(|(x, y)| x == y).count();
    (3..=shared).rev().any(|n| text.is_char_boundary(n) && shortens(&text[n..], rest))
}

#[cfg(test)]
mod tests {
    use super::{Near, near, shortens};
    use compact_str::CompactString;

    fn words(name: &str) -> Vec<CompactString> {
        name.split(['_', '-', '.']).map(CompactString::from).collect()
    }

    #[test]
    fn reads_names_that_are_nearly_one() {
        for (a, b, expected) in [
            ("max-retry", "max-retries", Near::Surely),
            ("minsize", "min-size", Near::Surely),
            ("exclude-form", "exclude-from", Near::Surely),
            ("retry_backof", "retry_backoff", Near::Surely),
            ("quill_conf", "quill_config", Near::Loosely),
            ("store.retain_days", "store.retention_days", Near::Loosely),
            ("app_passfile", "app_password_file", Near::Surely),
        ] {
            assert_eq!(near(&words(a), &words(b)), Some(expected), "{a} {b}");
        }
    }

    #[test]
    fn ignores_names_of_two_things() {
        for (a, b) in [
            ("read", "load"),
            ("sha256", "sha512"),
            ("max_input", "max_output"),
            ("max_dir", "max_dim"),
            ("log_level", "log_label"),
            ("name", "names"),
            ("keep_daily", "keep_weekly"),
            ("start_time", "end_time"),
        ] {
            assert_eq!(near(&words(a), &words(b)), None, "{a} {b}");
        }
    }

    #[test]
    fn reads_shortened_words() {
        let words: Vec<CompactString> = vec!["password".into(), "file".into()];
        assert!(shortens("passfile", &words));
        assert!(!shortens("pwdfile", &words));
        assert!(!shortens("password", &words));
    }
}
