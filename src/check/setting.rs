//! One setting, one value; one option, one name.

mod bounds;
mod calendar;
mod exchanged;
mod likeness;
mod meanings;
mod mentions;
mod names;
mod near;
mod parameters;
mod projects;
mod register;
mod releases;
mod renamed;
mod repeated;
mod signatures;
mod spelled;
mod unknown;
mod values;
mod weighed;

use super::edition::{Sort, clashes};
use super::{Check, Finding, Selection};
use compact_str::CompactString;
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingCheck {
    /// How many words an identifier has that two documents mean the same by, whatever else they say.
    words: usize,
    /// Cues of scope that keep a value from being compared.
    refuse: Vec<CompactString>,
}

impl Check for SettingCheck {
    fn variables(&self) -> &'static [&'static str] {
        &["what", "here", "there"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        values::findings(self, selection.claims, found);
        names::findings(selection.claims, found);
        let register = register::Register::new(selection.claims);
        bounds::findings(&register, found);
        unknown::findings(&register, found);
        meanings::findings(selection.claims, found);
        releases::findings(selection.claims, found);
        spelled::findings(selection.claims, found);
        parameters::findings(selection.claims, found);
        signatures::findings(selection.claims, found);
        repeated::findings(selection.claims, found);
        mentions::findings(selection.claims, found);
        renamed::findings(selection.claims, found);
        exchanged::findings(selection.claims, found);
        weighed::findings(selection.claims, found);
        let editions = clashes(selection.claims, Sort::Numbers);
        for clash in editions {
            let mut finding = clash.finding(["what", "here", "there"]);
            for (name, value) in &mut finding.variables {
                if *name == "there" {
                    value.push_str(" elsewhere");
                }
            }
            found.push(finding);
        }
    }
}

/// Whether one of two documents lies in a folder above the other, or in the same one, so that both speak of one
/// project; and for the same version of it.
fn is_one_project(a: (&str, &str), b: (&str, &str)) -> bool {
    let above =
        |x: &str, y: &str| x.is_empty() || x == y || y.strip_prefix(x).is_some_and(|rest| rest.starts_with('/'));
    (above(a.0, b.0) || above(b.0, a.0)) && a.1 == b.1
}

#[cfg(test)]
mod tests {
    use super::is_one_project;

    #[test]
    fn flags_nothing_across_projects_and_versions() {
        assert!(is_one_project(("docs", ""), ("", "")));
        assert!(is_one_project(("app/docs", ""), ("app", "")));
        assert!(!is_one_project(("packages/a", ""), ("packages/b", "")));
        assert!(!is_one_project(("docs", "v3.4"), ("docs", "v3.5")));
        assert!(!is_one_project(("docs", ""), ("docs-old", "")));
    }
}
