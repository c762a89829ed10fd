//! Whether two names can be the name of one person or body, and how their writings differ.
//!
//! A name is cut into parts: titles, given names, initials, particles, surnames of a person; words and legal form of a
//! body. The parts are compared one by one, each pair with the weakest difference that explains it. What no part of the
//! other name explains tells two apart when both sides have such a part; on one side only it is left out.
//!
//! Knows nothing of documents: whether two names that can be one *are* one is decided by what stands beside them.

mod bodies;
mod parts;
mod people;

use crate::lexicon::Lexicon;

/// Whether two writings name the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Sameness {
    /// A part of one contradicts the other.
    Different,
    /// Nothing contradicts it, but the parts in common are few.
    Possible,
    /// What they have in common is enough.
    Same,
}

/// How two writings of one name differ; the weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Difference {
    /// A title stands before one: "Dr", "President".
    Title,
    /// The parts stand in another order: "Sato Kenji", "Smith, John".
    Order,
    /// Joined in one, divided in the other: "Jean Claude", "Jeanclaude".
    Division,
    /// An article or a small word: "The World Bank", "Institute of Peace", "Institute for Peace".
    SmallWord,
    /// A word or legal form and its abbreviation, or the spellings of two countries: "Ltd", "Limited".
    Abbreviation,
    /// A letter stands for a given name.
    Initial,
    /// A short form stands for a given name: "Ted", "Theodore".
    ShortForm,
    /// The same sounds in other letters: "Aleksandr", "Oleksandr", "Jussuf", "Yusuf".
    Romanisation,
    /// One has a part more: "Ali Velayati", "Ali Akbar Velayati".
    Missing,
    /// A letter was left out, put in, exchanged or replaced.
    Slip,
    /// The legal forms are two: "AG", "GmbH".
    LegalForm,
}

/// What a comparison of two names comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comparison {
    /// Whether they name the same.
    pub sameness: Sameness,
    /// How the writings differ, sorted, each once; empty when they are different names or equal.
    pub differences: Vec<Difference>,
}

impl Comparison {
    fn different() -> Self {
        Self { sameness: Sameness::Different, differences: Vec::new() }
    }

    fn new(sameness: Sameness, mut differences: Vec<Difference>) -> Self {
        differences.sort_unstable();
        differences.dedup();
        Self { sameness, differences }
    }
}

/// Compares two writings of the name of a person.
#[must_use]
pub fn compare_people(a: &str, b: &str, lexicon: &Lexicon) -> Comparison {
    people::compare(&parts::Person::read(a, lexicon), &parts::Person::read(b, lexicon), lexicon)
}

/// Compares two writings of the name of a company, office or other body.
#[must_use]
pub fn compare_bodies(a: &str, b: &str, lexicon: &Lexicon) -> Comparison {
    bodies::compare(&parts::Body::read(a, lexicon), &parts::Body::read(b, lexicon), lexicon)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(a: &str, b: &str) -> (Sameness, Vec<Difference>) {
        let found = compare_people(a, b, Lexicon::english());
        let turned = compare_people(b, a, Lexicon::english());
        assert_eq!(found, turned, "{a} = {b}: the order of the two must not matter");
        (found.sameness, found.differences)
    }

    fn bodies(a: &str, b: &str) -> (Sameness, Vec<Difference>) {
        let found = compare_bodies(a, b, Lexicon::english());
        (found.sameness, found.differences)
    }

    #[test]
    fn reads_one_person_in_many_writings() {
        use Difference::{Division, Initial, Missing, Order, Romanisation, ShortForm, Slip, Title};
        for (a, b, difference) in [
            ("Dr Tove Hallin", "Tove Hallin", Title),
            ("Hallin, Tove", "Tove Hallin", Order),
            ("T. Hallin", "Tove Hallin", Initial),
            ("Ted Marchbank", "Theodore Marchbank", ShortForm),
            ("Oleksandr Petrenko", "Aleksandr Petrenko", Romanisation),
            ("Олександр Петренко", "Oleksandr Petrenko", Romanisation),
            ("Tove Anna Hallin", "Tove Hallin", Missing),
            ("Tove Hallin", "Tove Halin", Romanisation),
            ("Tove Hallinder", "Tove Halilnder", Slip),
            ("Jean-Claude Moreau", "Jeanclaude Moreau", Division),
        ] {
            let (sameness, differences) = people(a, b);
            assert_eq!(sameness, Sameness::Same, "{a} = {b}");
            assert!(differences.contains(&difference), "{a} = {b}: {differences:?}");
        }
    }

    #[test]
    fn keeps_two_people_apart() {
        for (a, b) in [
            ("Tove Hallin", "Sven Hallin"),
            ("Tove Hallin", "Tove Lindgren"),
            ("S. Hallin", "Tove Hallin"),
            ("Maria Hallin", "Marta Hallin"),
            ("Sergey Borisovich Volkov", "Sergey Viktorovich Volkov"),
            ("Omar bin Abdullah", "Abdullah bin Omar"),
        ] {
            assert_ne!(people(a, b).0, Sameness::Same, "{a} = {b}");
        }
        assert_eq!(people("Hallin", "Tove Hallin").0, Sameness::Possible);
    }

    #[test]
    fn reads_one_body_in_many_writings() {
        use Difference::{Abbreviation, LegalForm, SmallWord};
        for (a, b, difference) in [
            ("Nordal Shipping Limited", "Nordal Shipping Ltd.", Abbreviation),
            ("OAO Sevmorput", "Open Joint Stock Company Sevmorput", Abbreviation),
            ("The Harbour Trust", "Harbour Trust", SmallWord),
            ("Institute for Tidal Studies", "Institute of Tidal Studies", SmallWord),
            ("Holt & Vane", "Holt and Vane", Abbreviation),
            ("Harbour Organisation", "Harbor Organization", Abbreviation),
        ] {
            let (sameness, differences) = bodies(a, b);
            assert_eq!(sameness, Sameness::Same, "{a} = {b}");
            assert!(differences.contains(&difference), "{a} = {b}: {differences:?}");
        }
        let (sameness, differences) = bodies("Nordal Shipping AG", "Nordal Shipping GmbH");
        assert_eq!((sameness, differences), (Sameness::Possible, vec![LegalForm]));
        for (a, b) in [
            ("Nordal Shipping Fund V", "Nordal Shipping Fund VI"),
            ("Bank of Norland", "Bank of Sundal"),
            ("Nordal Systems Ltd", "Nordal Ltd"),
        ] {
            assert_ne!(bodies(a, b).0, Sameness::Same, "{a} = {b}");
        }
    }
}
