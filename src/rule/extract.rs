//! The `[[extract]]` tables of a manifest: how a rule reads claims of its own.

use crate::claim::{Pattern, Wanted};
use crate::lexicon::Lexicon;
use regex::{Regex, RegexBuilder};
use serde::Deserialize;

/// One pattern. Exactly one of `regex` and `phrase` is given.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExtractSpec {
    /// What the claims are about: claims with the same subject are compared. `{name}` stands for what the group of
    /// that name captured.
    pub subject: String,
    /// A regular expression with a group `value`, matched inside of blocks. Syntax: docs.rs/regex.
    pub regex: Option<String>,
    /// Words with one of `{number}`, `{date}`, `{name}` or `{text}` as the value, `{@set}` for any phrase of a
    /// lexicon, `…` for up to eight words. White space matches any white space, letter case is folded.
    pub phrase: Option<String>,
    /// What the group `value` of a `regex` holds.
    pub value: Option<Wanted>,
    /// Whether code and addresses are left out; set by the program.
    #[serde(skip)]
    pub prose: bool,
}

/// The largest compiled pattern, in bytes: a pattern that needs more is a mistake.
const LARGEST_PATTERN: usize = 1 << 20;

impl ExtractSpec {
    /// Compiles the pattern.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the pattern.
    pub fn build(&self, rule: &str, lexicon: &Lexicon) -> Result<Pattern, String> {
        let (pattern, wanted) = match (&self.regex, &self.phrase) {
            (Some(regex), None) => (regex.clone(), self.value.unwrap_or_default()),
            (None, Some(phrase)) => {
                let (pattern, wanted) = phrase_pattern(phrase, lexicon)?;
                (pattern, self.value.unwrap_or(wanted))
            }
            _ => return Err("`[[extract]]` has either `regex` or `phrase`".to_owned()),
        };
        let regex: Regex = RegexBuilder::new(&pattern)
            .size_limit(LARGEST_PATTERN)
            .case_insensitive(self.phrase.is_some())
            .build()
            .map_err(|e| format!("`[[extract]]`: {e}"))?;
        let names: Vec<&str> = regex.capture_names().flatten().collect();
        if !names.contains(&"value") {
            return Err("`[[extract]]`: the pattern has no group `value`: write `(?P<value>…)`".to_owned());
        }
        for part in self.subject.split('{').skip(1) {
            let name = part.split('}').next().unwrap_or("");
            if !names.contains(&name) {
                return Err(format!("`[[extract]]`: the subject names the group `{name}`, which the pattern has not"));
            }
        }
        Ok(Pattern { rule: rule.into(), subject: self.subject.clone(), regex, wanted, prose: self.prose })
    }
}

/// A number in digits or words; the reader of numbers says what it is.
const NUMBER: &str =
    r"(?P<value>[-−+]?\d+(?:[.,'’\u{a0}\u{202f}]\d+)*(?:\s(?:thousand|million|billion))?|\p{L}+(?:[-\s]\p{L}+){0,3}?)";
const DATE: &str = r"(?P<value>[\p{L}\d]+(?:[-–/.,\s]{1,2}[\p{L}\d]+){0,3}?)";
const NAME: &str =
    r"(?P<value>(?-i:\p{Lu}[\p{L}\p{M}'’.-]*(?:\s(?:(?:of|the|for|and|de|van|von|al)\s)?\p{Lu}[\p{L}\p{M}'’.-]*)*))";
const TEXT: &str = r"(?P<value>\S+)";

/// The regular expression of a phrase, and what its value is.
fn phrase_pattern(phrase: &str, lexicon: &Lexicon) -> Result<(String, Wanted), String> {
    let mut pattern = String::from(r"\b");
    let mut wanted = None;
    let mut rest = phrase.trim();
    // An edge that is no word character has no word boundary.
    if rest.starts_with(|c: char| !c.is_alphanumeric()) {
        pattern.clear();
    }
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            pattern.push_str(r"\s+");
            rest = rest.trim_start();
        } else if c == '…' {
            pattern.push_str(r"(?:\S+\s+){0,8}?");
            rest = rest[c.len_utf8()..].trim_start();
        } else if c == '{' {
            let close = rest.find('}').ok_or_else(|| format!("phrase: `{{` without `}}` in `{phrase}`"))?;
            let name = &rest[1..close];
            let (piece, kind) = match name {
                "number" => (NUMBER.to_owned(), Some(Wanted::Number)),
                "date" => (DATE.to_owned(), Some(Wanted::Date)),
                "name" => (NAME.to_owned(), Some(Wanted::Text)),
                "text" => (TEXT.to_owned(), Some(Wanted::Text)),
                _ => (set(name, lexicon)?, None),
            };
            if kind.is_some() && wanted.is_some() {
                return Err(format!("phrase: `{phrase}` has two values"));
            }
            wanted = wanted.or(kind);
            pattern.push_str(&piece);
            rest = &rest[close + 1..];
        } else {
            pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
            rest = &rest[c.len_utf8()..];
        }
    }
    if phrase.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == '}') {
        pattern.push_str(r"\b");
    }
    let wanted = wanted.ok_or_else(|| {
        format!("phrase: `{phrase}` has no value: write `{{number}}`, `{{date}}`, `{{name}}` or `{{text}}`")
    })?;
    Ok((pattern, wanted))
}

/// Any phrase of a lexicon set: `{@hedge.about}`.
fn set(name: &str, lexicon: &Lexicon) -> Result<String, String> {
    let Some(set) = name.strip_prefix('@') else {
        return Err(format!(
            "phrase: `{{{name}}}` is none of `{{number}}`, `{{date}}`, `{{name}}`, `{{text}}`, `{{@set}}`"
        ));
    };
    let phrases = lexicon.phrases_of(set);
    if phrases.is_empty() {
        let sets = lexicon.sets();
        let near = sets.iter().min_by_key(|known| strsim::damerau_levenshtein(known, set));
        let hint = near.map_or(String::new(), |n| format!("; did you mean `{{@{n}}}`?"));
        return Err(format!("phrase: there is no lexicon set `{set}`{hint}"));
    }
    let words = |p: &String| regex::escape(p).replace(' ', r"\s+").replace("\\ ", r"\s+");
    Ok(format!("(?:{})", phrases.iter().map(words).collect::<Vec<_>>().join("|")))
}

#[cfg(test)]
mod tests {
    use super::ExtractSpec;
    use crate::lexicon::Lexicon;

    fn values(phrase: &str, text: &str) -> Vec<String> {
        let spec = ExtractSpec {
            subject: "s".to_owned(),
            regex: None,
            phrase: Some(phrase.to_owned()),
            value: None,
            prose: false,
        };
        let extractor = spec.build("rule", Lexicon::english()).expect("the phrase compiles");
        extractor.regex.captures_iter(text).map(|c| c["value"].to_owned()).collect()
    }

    fn error(phrase: &str) -> String {
        let spec = ExtractSpec {
            subject: "s".to_owned(),
            regex: None,
            phrase: Some(phrase.to_owned()),
            value: None,
            prose: false,
        };
        spec.build("rule", Lexicon::english()).expect_err("the phrase is wrong")
    }

    #[test]
    fn reads_phrases_with_a_value() {
        assert_eq!(values("{number} tools", "It has 1,178  Tools; three tools."), ["1,178", "three"]);
        assert_eq!(values("listens on port {text}", "It listens\non port 8080 now"), ["8080"]);
        assert_eq!(values("led by {name}", "It was led by Ana de Souza and others"), ["Ana de Souza"]);
        assert_eq!(values("founded … in {number}", "founded by two friends in 1998."), ["1998"]);
    }

    #[test]
    fn says_what_is_wrong_with_a_phrase() {
        assert!(error("tools").contains("has no value"));
        assert!(error("{numbr} tools").contains("is none of"));
        assert!(error("{number} of {number}").contains("two values"));
        assert!(error("{@sum.clos} {number}").contains("did you mean `{@sum.close}`"));
    }
}
