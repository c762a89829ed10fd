//! One subject, one value: claims that a rule reads with its own patterns, and facts declared elsewhere.

use super::fix::{Edit, Fix, restated};
use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, StatedValue, Value};
use crate::span::Span;
use crate::value::{Agreement, Decimal, agree};
use compact_str::CompactString;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Same {
    /// The value that every claim has to state; without it the claims are compared with each other.
    pub value: Option<String>,
    /// How far two numbers may lie apart, as a share of the larger: 0.01 for one per cent.
    pub tolerance: f64,
    /// Whether hedged and rounded numbers differ from exact ones that they can stand for, and other capitals from
    /// those declared.
    pub exact: bool,
    /// Where `value` is declared; set by the program.
    #[serde(skip)]
    pub declared: Option<Span>,
}

impl Check for Same {
    fn variables(&self) -> &'static [&'static str] {
        &["subject", "a", "b"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        let mut by_subject: BTreeMap<CompactString, Vec<(&Claim, &StatedValue)>> = BTreeMap::new();
        for claim in selection.claims {
            if let Value::Stated(stated) = &claim.value {
                by_subject.entry(stated.subject.clone()).or_default().push((claim, &stated.content));
            }
        }
        for (subject, claims) in by_subject {
            match &self.value {
                Some(value) => self.against(value, &subject, &claims, found),
                None => self.among(&subject, &claims, found),
            }
        }
    }

    fn fixes(&self, selection: Selection<'_>, finding: &Finding) -> Vec<Fix> {
        // Of statements among themselves none is known to be right.
        let (Some(value), Some(place)) = (&self.value, finding.places.first()) else { return Vec::new() };
        let first = selection.claims.partition_point(|c| c.at < place.at);
        let claims = selection.claims[first..].iter().take_while(|c| c.at == place.at);
        let written = claims.filter_map(|claim| match &claim.value {
            Value::Stated(stated) => Some((claim, declared_like(&claim.text, &stated.content, value)?)),
            _ => None,
        });
        let fix = |(claim, new): (&&Claim, String)| Fix {
            choice: None,
            edits: vec![Edit { at: claim.at, old: claim.text.to_string(), new }],
        };
        written.take(1).map(fix).collect()
    }
}

/// The declared value in the style in which a text states another.
fn declared_like(text: &str, content: &StatedValue, value: &str) -> Option<String> {
    match content {
        StatedValue::Number(quantity) => {
            // "About 180" may be rounded on purpose, and a range holds two numbers.
            if quantity.hedge != crate::value::Hedge::None || quantity.amount.low != quantity.amount.high {
                return None;
            }
            let number = value.replace([',', '_', ' '], "").parse().ok()?;
            restated(text, quantity.amount.low, number)
        }
        StatedValue::Date(date) => (date.as_str() == text).then(|| value.to_owned()),
        StatedValue::Text(_) => words_like(text, value),
    }
}

/// Words without capitals as a text has them: with one at the start of a sentence. Of a heading in capitals nobody
/// knows how it goes on.
fn words_like(text: &str, words: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    if !text.starts_with(char::is_uppercase) || words.contains(char::is_uppercase) {
        return Some(words.to_owned());
    }
    if letters.len() > 1 && letters.iter().all(|c| c.is_uppercase()) {
        return None;
    }
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect())
}

impl Same {
    /// Every claim against the declared value.
    fn against(&self, value: &str, subject: &str, claims: &[(&Claim, &StatedValue)], found: &mut Vec<Finding>) {
        for (claim, content) in claims {
            let as_written = matches!(content, StatedValue::Text(_)).then_some(claim.text.as_str());
            if self.agrees_with(content, value) && !(self.exact && as_written.is_some_and(|text| text != value)) {
                continue;
            }
            let mut places = vec![Place { at: claim.at, within: claim.within, label: format!("declared: {value}") }];
            if let Some(at) = self.declared {
                places.push(Place { at, within: at, label: "declared here".to_owned() });
            }
            found.push(Finding { places, variables: variables(subject, &claim.text, value), notes: Vec::new() });
        }
    }

    /// The claims against each other: the values that fewer places state against the one that most do.
    fn among(&self, subject: &str, claims: &[(&Claim, &StatedValue)], found: &mut Vec<Finding>) {
        let mut groups: Vec<Vec<&Claim>> = Vec::new();
        let mut values: Vec<&StatedValue> = Vec::new();
        for (claim, content) in claims {
            match values.iter().position(|value| self.agree(value, content)) {
                Some(i) => groups[i].push(claim),
                None => {
                    values.push(content);
                    groups.push(vec![claim]);
                }
            }
        }
        if groups.len() < 2 {
            return;
        }
        // The first of those stated most often; what is stated at fewer places is what an editor looks at first.
        let most = groups.iter().map(Vec::len).max().unwrap_or(0);
        let usual = groups.iter().position(|g| g.len() == most).unwrap_or(0);
        let mut places = Vec::new();
        for (i, group) in groups.iter().enumerate().filter(|(i, _)| *i != usual) {
            let label = format!("{} of {} places", group.len(), claims.len());
            let _ = i;
            places.extend(group.iter().map(|c| Place { at: c.at, within: c.within, label: label.clone() }));
        }
        let odd = places.len();
        let label = format!("{most} of {} places", claims.len());
        places.extend(groups[usual].iter().take(2).map(|c| Place { at: c.at, within: c.within, label: label.clone() }));
        let first = groups.iter().enumerate().find(|(i, _)| *i != usual).map_or("", |(_, g)| g[0].text.as_str());
        let usual_text = groups[usual][0].text.as_str();
        let notes =
            if most > 2 && odd < places.len() { vec![format!("{most} places say {usual_text}")] } else { Vec::new() };
        found.push(Finding { places, variables: variables(subject, first, usual_text), notes });
    }

    fn agree(&self, a: &StatedValue, b: &StatedValue) -> bool {
        match (a, b) {
            (StatedValue::Number(a), StatedValue::Number(b)) => {
                if a.unit.dimension != b.unit.dimension {
                    return a.unit == b.unit;
                }
                let (Some(x), Some(y)) = (a.base(), b.base()) else { return true };
                // Of two numbers written alike neither is a rounded form of the other.
                let alike = a.is_plain() && b.is_plain() && a.amount.step == b.amount.step && a.unit == b.unit;
                self.near(x, y) || !self.exact && !alike && agree(a, b) != Agreement::Different
            }
            // A date known in part agrees with one that begins like it.
            (StatedValue::Date(a), StatedValue::Date(b)) => a.starts_with(b.as_str()) || b.starts_with(a.as_str()),
            (a, b) => wording(a) == wording(b),
        }
    }

    fn agrees_with(&self, content: &StatedValue, value: &str) -> bool {
        match content {
            StatedValue::Number(quantity) => match value.replace([',', '_', ' '], "").parse::<Decimal>() {
                Ok(number) => {
                    let mut declared = quantity.clone();
                    declared.amount = crate::value::Amount::exact(number, Decimal::new(1, number.scale()));
                    declared.hedge = crate::value::Hedge::None;
                    self.agree(content, &StatedValue::Number(declared))
                }
                Err(_) => wording(content) == value.to_lowercase(),
            },
            StatedValue::Date(date) => date.as_str() == value || value.starts_with(date.as_str()),
            StatedValue::Text(text) => *text == value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase(),
        }
    }

    fn near(&self, x: Decimal, y: Decimal) -> bool {
        let tolerance = Decimal::try_from(self.tolerance).unwrap_or_default();
        let most = x.abs().max(y.abs());
        (x - y).abs() <= most.checked_mul(tolerance).unwrap_or_default()
    }
}

fn wording(value: &StatedValue) -> String {
    match value {
        StatedValue::Number(quantity) => quantity.value().normalize().to_string(),
        StatedValue::Date(text) | StatedValue::Text(text) => text.to_string(),
    }
}

fn variables(subject: &str, a: &str, b: &str) -> Vec<(&'static str, String)> {
    vec![("subject", subject.to_owned()), ("a", a.to_owned()), ("b", b.to_owned())]
}
