//! A rule at work on an example or a fixture.

use crate::diagnostic::Diagnostic;
use crate::lexicon::Lexicon;
use crate::lint;
use crate::read::Format;
use crate::rule::{Example, Rule};
use crate::source::{Origin, SourceFile, Sources};
use crate::span::FileId;
use std::collections::BTreeSet;

/// One text and what a rule finds in it.
#[derive(Debug)]
pub(super) struct Sample {
    /// The text.
    pub(super) sources: Sources,
    /// The findings.
    pub(super) found: Vec<Diagnostic>,
    /// How many claims the rule had to compare.
    pub(super) read: usize,
    /// The places that the author marked, as byte ranges.
    marked: BTreeSet<(u32, u32)>,
}

impl Sample {
    /// Runs a rule on an example of its manifest, the marks taken out.
    pub(super) fn of_example(rule: &Rule, example: &Example) -> Self {
        let text = example.flag.as_ref().or(example.pass.as_ref()).map_or("", String::as_str);
        let (text, marked) = unmark(text.trim_start());
        let path = format!("example.{}", example.format);
        let format = Format::by_extension(&example.format).unwrap_or(Format::Markdown);
        Self { marked, ..Self::of_text(rule, &path, text, format) }
    }

    /// Runs a rule on a text.
    pub(super) fn of_text(rule: &Rule, path: &str, text: String, format: Format) -> Self {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new(path.into(), text, Origin::Verbatim));
        let (analyses, _) = lint::try_analyse_all(&sources, &[(file, format)], Lexicon::english(), &rule.patterns);
        let found = lint::check(&sources, &analyses, &[rule]);
        let kinds = &rule.manifest.check.on;
        let read = analyses.iter().flat_map(|a| &a.claims).filter(|claim| kinds.contains(&claim.kind)).count();
        Self { sources, found, read, marked: BTreeSet::new() }
    }

    /// Whether nothing could have been found, so that finding nothing tells nothing.
    pub(super) fn asserts_nothing(&self, rule: &Rule) -> bool {
        // With a value of its own, a rule would report any claim that it should not have read.
        let expects = rule.manifest.check.same.as_ref().is_some_and(|same| same.value.is_some());
        self.read == 0 && !expects
    }

    /// The places that are labelled and not marked, and those marked and not labelled, in words.
    pub(super) fn differences(&self) -> Vec<String> {
        let labelled: BTreeSet<(u32, u32)> =
            self.found.iter().flat_map(|d| &d.labels).map(|l| (l.span.start, l.span.end)).collect();
        let text = &self.sources.get(FileId(0)).text;
        let say = |&(start, end): &(u32, u32), what: &str| {
            format!("`{}` (byte {start}) is {what}", &text[start as usize..end as usize])
        };
        let missed = self.marked.difference(&labelled).map(|place| say(place, "marked and not labelled"));
        let extra = labelled.difference(&self.marked).map(|place| say(place, "labelled and not marked"));
        missed.chain(extra).collect()
    }
}

/// The text without its `<<` and `>>`, and the byte ranges that they enclosed.
fn unmark(marked: &str) -> (String, BTreeSet<(u32, u32)>) {
    let mut text = String::new();
    let mut places = BTreeSet::new();
    let mut pieces = marked.split("<<");
    text.push_str(pieces.next().unwrap_or(""));
    for piece in pieces {
        // An opening mark without its end marks nothing.
        let Some((inside, after)) = piece.split_once(">>") else {
            text.push_str("<<");
            text.push_str(piece);
            continue;
        };
        places.insert((text.len() as u32, (text.len() + inside.len()) as u32));
        text.push_str(inside);
        text.push_str(after);
    }
    (text, places)
}

#[cfg(test)]
mod tests {
    use super::unmark;

    #[test]
    fn reads_marks() {
        let (text, places) = unmark("a <<43>> b <<7>>. 1 << 2");
        assert_eq!(text, "a 43 b 7. 1 << 2");
        assert_eq!(places.into_iter().collect::<Vec<_>>(), [(2, 4), (7, 8)]);
    }
}
