//! Statements that follow from figures which stand elsewhere: "visits rose by 9.1 per cent", "cable thefts were down",
//! "31.9 million, or 12.1 per cent of revenue".
//!
//! Goes in: sentences of running text. Comes out: what is said, and of what, by word family. Where the figures are is
//! for the checks to find, in the ledger of all figures.

mod cells;
mod change;
mod compare;
mod probability;
mod share;
mod subject;

use super::{Claim, Context, Direction, Member, Operand};
use compact_str::CompactString;

/// A statement about figures that stand elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Derived {
    /// What is said.
    pub says: Says,
    /// The words that say it: "were all down", "rose".
    pub cue: Member,
    /// What it is said of, one entry for each of "thefts, fires and floods".
    pub about: Vec<About>,
    /// Years named in the sentence.
    pub times: Vec<CompactString>,
}

/// One thing that a statement is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    /// Its place and wording.
    pub at: Member,
    /// Its content words by word family; never empty.
    pub keys: Vec<CompactString>,
    /// Whether all of a kind are meant: "all three segments".
    pub every: bool,
    /// How many they are, when that is said.
    pub count: Option<u32>,
}

/// What is said of figures that stand elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Says {
    /// It is more or less than at the time before, by a share if one is given.
    Change {
        /// Up or down.
        direction: Direction,
        /// "9.1 per cent", "a quarter".
        by: Option<Operand>,
    },
    /// A number is a share of a whole that does not stand beside it; `about` names the whole, if anything does.
    Share {
        /// The number.
        part: Operand,
        /// The percentage.
        stated: Operand,
    },
    /// It is most, or least, of all in one of them.
    Extreme {
        /// Whether it is most.
        highest: bool,
        /// In which.
        member: About,
    },
    /// It is more, or less, in one than in another.
    Than {
        /// Up: more in the first.
        direction: Direction,
        /// The first.
        first: About,
        /// The other.
        second: About,
    },
    /// The probability of a test, without its statistic.
    Probability {
        /// "0.02".
        p: Operand,
    },
}

/// Reads the claims of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    cells::extract(context, out);
    for view in context.views().filter(|v| v.is_prose()) {
        change::extract(context, &view, out);
        compare::extract(context, &view, out);
    }
    probability::extract(context, out);
    share::extract(context, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::claim::Value;
    use crate::document::Document;
    use crate::lexicon::Lexicon;

    /// What is said of what, one line a claim: "down thefts | fires".
    fn derived(text: &str) -> Vec<String> {
        let document = Document::of_paragraph(text);
        let lexicon = Lexicon::english();
        let layers = annotate(&document, lexicon);
        let mut out = Vec::new();
        extract(&Context::new(&document, &layers, lexicon), &mut out);
        let told = |claim: Claim| match claim.value {
            Value::Derived(derived) => {
                let about: Vec<&str> = derived.about.iter().map(|a| a.at.text.as_str()).collect();
                let says = match &derived.says {
                    Says::Change { direction, by } => {
                        format!("{} {}", direction.name(), by.as_ref().map_or("", |b| &b.text))
                    }
                    Says::Share { part, stated } => format!("{} is {} of", part.text, stated.text),
                    Says::Extreme { highest, member } => format!("{highest} in {} of", member.at.text),
                    Says::Than { direction, first, second } => {
                        format!("{} in {} than {} of", direction.name(), first.at.text, second.at.text)
                    }
                    Says::Probability { p } => format!("p {} of", p.text),
                };
                format!("{} {}", says.trim_end(), about.join(" | ")).trim_end().to_owned()
            }
            other => panic!("{other:?}"),
        };
        out.into_iter().map(told).collect()
    }

    #[test]
    fn reads_changes_of_what_stands_elsewhere() {
        for (text, expected) in [
            (
                "Loans of films grew by 14 per cent, and visits fell by 3 %.",
                &["up 14 per cent Loans of films", "down 3 % visits"][..],
            ),
            ("Thefts, floods and trespass were all lower than a year earlier.", &["down Thefts | floods | trespass"]),
            ("Compared with 2022, the number of late trains rose.", &["up number of late trains"]),
            ("There was a fall of 9 % in complaints about noise.", &["down 9 % complaints about noise"]),
            ("Sales grew in all three regions.", &["up regions"]),
            ("Thefts fell by a third within a year.", &["down a third Thefts"]),
        ] {
            assert_eq!(derived(text), expected, "{text}");
        }
    }

    #[test]
    fn reads_comparisons_of_what_stands_elsewhere() {
        for (text, expected) in [
            ("Rents are highest in the Heights.", &["true in Heights of Rents"][..]),
            ("The Mills have the lowest rents.", &["false in Mills of rents"]),
            (
                "Pain was lower in the walking groups than in usual care.",
                &["down in walking groups than usual care of Pain"],
            ),
            ("Rents are not highest in the Heights.", &[]),
        ] {
            assert_eq!(derived(text), expected, "{text}");
        }
    }

    #[test]
    fn reads_probabilities_without_a_statistic() {
        let text = "Walking speed improved with training (p = 0.04), and grip strength did not (P = 0.4).";
        let about = ["p 0.04 of Walking speed improved with training (", "p 0.4 of ), and grip strength did not ("];
        assert_eq!(derived(text), about);
    }

    #[test]
    fn ignores_changes_of_parts_plans_and_other_times() {
        for text in [
            "Thefts were lower in the north than in the south.",
            "Visits fell in the south.",
            "Visits may fall by 9 %, and would rise again.",
            "Visits did not rise.",
            "Since 2015 visits have risen by 9 %.",
            "They rose by 9 %.",
            "Visits of the 43 schools rose by 9 %.",
            "Organic sales rose by 9 %.",
        ] {
            assert!(derived(text).is_empty(), "{text}: {:?}", derived(text));
        }
    }

    #[test]
    fn reads_shares_of_what_stands_elsewhere() {
        for (text, expected) in [
            ("False alarms made 128 calls (25 per cent).", &["128 is 25 per cent of"][..]),
            ("It earned 31.9 million, or 12.1 per cent of revenue.", &["31.9 million is 12.1 per cent of revenue"]),
            ("Nine people have died, a case fatality of 3.2 per cent.", &["Nine is 3.2 per cent of"]),
            ("It grew to 31.9 million, 12 per cent more than before.", &[]),
        ] {
            assert_eq!(derived(text), expected, "{text}");
        }
    }
}
