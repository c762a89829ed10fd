//! Notebooks of Jupyter: the cells of Markdown as they are, code set apart, output left out.
//!
//! A notebook is JSON with one line of text on every line of the file, as the programs that save notebooks write it.
//! One that is written on a single line is read all the same, on that line.

/// The lines as Markdown.
pub(super) fn lines(source: &[&str]) -> Vec<String> {
    let mut out = Vec::with_capacity(source.len());
    let mut kind = Kind::Other;
    let mut inside = false;
    for line in source {
        let bare = line.trim();
        if inside {
            if bare.starts_with(']') {
                inside = false;
                out.push(if kind == Kind::Code { "```".to_owned() } else { String::new() });
            } else {
                let words = string(bare.trim_end_matches(','));
                out.push(match kind {
                    Kind::Markdown | Kind::Code => words,
                    Kind::Other => String::new(),
                });
            }
            continue;
        }
        if let Some(value) = field(bare, "cell_type") {
            kind = match value.as_str() {
                "markdown" => Kind::Markdown,
                "code" => Kind::Code,
                _ => Kind::Other,
            };
        }
        if bare.starts_with("\"source\": [") && !bare.contains(']') {
            inside = true;
            out.push(if kind == Kind::Code { "```".to_owned() } else { String::new() });
        } else if kind == Kind::Markdown && bare.starts_with("\"source\":") {
            // A cell of one line, or a cell as one string.
            let value = bare["\"source\":".len()..].trim().trim_end_matches(',');
            let value = value.trim_start_matches('[').trim_end_matches(']').trim();
            out.push(string(value));
        } else {
            out.push(String::new());
        }
    }
    if source.len() <= 2 && out.iter().all(|line| line.trim().is_empty()) {
        return on_one_line(source);
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Markdown,
    Code,
    Other,
}

fn field(line: &str, name: &str) -> Option<String> {
    let rest = line.strip_prefix('"')?.strip_prefix(name)?.strip_prefix("\":")?;
    Some(string(rest.trim().trim_end_matches(',')))
}

/// What a string of JSON says, its line ends as blanks.
fn string(json: &str) -> String {
    serde_json::from_str::<String>(json).unwrap_or_default().trim_end_matches('\n').replace('\n', " ")
}

/// A notebook that is written on one line: its Markdown, on that line.
fn on_one_line(source: &[&str]) -> Vec<String> {
    let mut out = vec![String::new(); source.len()];
    let Ok(json) = serde_json::from_str::<serde_json::Value>(source.first().unwrap_or(&"")) else { return out };
    let mut words = Vec::new();
    for cell in json["cells"].as_array().into_iter().flatten().filter(|c| c["cell_type"] == "markdown") {
        match &cell["source"] {
            serde_json::Value::String(s) => words.push(s.clone()),
            serde_json::Value::Array(list) => words.extend(list.iter().filter_map(|s| s.as_str().map(str::to_owned))),
            _ => {}
        }
    }
    if let Some(first) = out.first_mut() {
        *first = words.join(" ").replace('\n', " ");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn reads_cells_on_their_lines() {
        let source = [
            "{",
            " \"cells\": [",
            "  {",
            "   \"cell_type\": \"markdown\",",
            "   \"source\": [",
            "    \"# Wells\\n\",",
            "    \"There are 43.\"",
            "   ]",
            "  },",
            "  {",
            "   \"cell_type\": \"code\",",
            "   \"outputs\": [],",
            "   \"source\": [",
            "    \"n = 43\"",
            "   ]",
            "  }",
            " ]",
            "}",
        ];
        let out = lines(&source);
        assert_eq!(
            (out[5].as_str(), out[6].as_str(), out[12].as_str(), out[13].as_str()),
            ("# Wells", "There are 43.", "```", "n = 43")
        );
        assert_eq!(lines(&["{\"cells\": [{\"cell_type\": \"markdown\", \"source\": [\"a\\n\", \"b\"]}]}"]), ["a  b"]);
    }
}
