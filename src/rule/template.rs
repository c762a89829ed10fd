//! Message templates: text with `{variables}`.

/// A parsed template.
#[derive(Clone, Debug)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Variable(String),
}

impl Template {
    /// Parses a template that may use the given variables.
    ///
    /// # Errors
    ///
    /// An unclosed brace or an unknown variable, with the nearest known one.
    pub fn parse(template: &str, known: &[&str]) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let close =
                rest[open..].find('}').ok_or_else(|| format!("message: `{{` without `}}` in `{template}`"))? + open;
            let name = &rest[open + 1..close];
            if !known.contains(&name) {
                let near = known.iter().min_by_key(|k| strsim::damerau_levenshtein(k, name));
                let hint = near.map_or(String::new(), |n| format!("; did you mean `{{{n}}}`?"));
                return Err(format!("message: no variable `{{{name}}}` here{hint}"));
            }
            if open > 0 {
                parts.push(Part::Text(rest[..open].to_owned()));
            }
            parts.push(Part::Variable(name.to_owned()));
            rest = &rest[close + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self { parts })
    }

    /// The message with the values put in; a variable without a value is left out.
    #[must_use]
    pub fn fill(&self, values: &[(&'static str, String)]) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Variable(name) => {
                    out.push_str(values.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str()));
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Template;

    #[test]
    fn fills_variables() {
        let template = Template::parse("{subject}: {a} here", &["subject", "a"]).expect("known variables");
        assert_eq!(template.fill(&[("subject", "men".into()), ("a", "43".into())]), "men: 43 here");
    }

    #[test]
    fn names_the_nearest_variable() {
        let error = Template::parse("{subjct}", &["subject", "a"]).expect_err("unknown");
        assert!(error.contains("did you mean `{subject}`"), "{error}");
    }
}
