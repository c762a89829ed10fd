//! Configurations with a key and its value on each line: TOML, INI, YAML, and what looks like them.

use super::{GivenSort, Pair, object};
use crate::claim::setting::code::{ASSIGNED, lines, parted};
use std::ops::Range;

/// Most lines of one block that are read.
const LINES: usize = 1_000;

/// What lines of programs begin with.
const PROGRAM: &[&str] = &[
    "#include",
    "class ",
    "const ",
    "def ",
    "else",
    "elif ",
    "enum ",
    "except",
    "fn ",
    "for ",
    "from ",
    "func ",
    "function ",
    "if ",
    "impl ",
    "import ",
    "interface ",
    "let ",
    "namespace ",
    "package ",
    "print(",
    "printf",
    "private ",
    "pub ",
    "public ",
    "raise ",
    "return ",
    "select ",
    "static ",
    "struct ",
    "switch ",
    "template ",
    "try",
    "type ",
    "using ",
    "var ",
    "while ",
    "with ",
    "insert ",
    "create ",
    "message ",
    "async ",
    "await ",
    "throw ",
];

/// Whether a text is a program rather than a configuration.
pub(in crate::claim::setting) fn is_program(text: &str) -> bool {
    text.lines().take(LINES).any(|line| {
        let line = line.trim_start().to_ascii_lowercase();
        PROGRAM.iter().any(|word| line.starts_with(word)) || line.ends_with(");") || line.ends_with('\\')
    })
}

/// A section: where its names begin on their lines, and its own name.
struct Section {
    indent: usize,
    name: Range<usize>,
    /// Whether it is set in brackets, so that it ends at the next one.
    bracketed: bool,
}

/// The keys of a text with their values.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let mut out = Vec::new();
    let mut sections: Vec<Section> = Vec::new();
    for line in lines(text).take(LINES) {
        let (code, _) = parted(text, line.clone());
        let shown = &text[code.clone()];
        let indent = shown.len() - shown.trim_start().len();
        let trimmed = shown.trim();
        if trimmed.starts_with(['$', '>', '-', '<']) && !trimmed.starts_with("- ") || trimmed.is_empty() {
            continue;
        }
        let start = code.start + indent;
        if let Some(name) = bracketed(trimmed) {
            sections = name
                .split('.')
                .fold(
                    (Vec::new(), start + trimmed.len() - trimmed.trim_start_matches('[').len()),
                    |(mut all, at), part| {
                        all.push(Section { indent: 0, name: at..at + part.len(), bracketed: true });
                        (all, at + part.len() + 1)
                    },
                )
                .0;
            continue;
        }
        sections.retain(|s| s.bracketed || s.indent < indent);
        if let Some(name) = opened(trimmed) {
            let at = start + (trimmed.len() - trimmed.trim_start_matches(['-', ' ', '"', '\'']).len());
            sections.push(Section { indent, name: at..at + name.len(), bracketed: false });
            continue;
        }
        let Some(found) = ASSIGNED.captures(shown) else { continue };
        let (Some(key), Some(value)) = (found.name("key"), found.name("value")) else { continue };
        let mut around: Vec<Range<usize>> = sections.iter().map(|s| s.name.clone()).collect();
        if value.as_str().starts_with('{') {
            around.push(code.start + key.start()..code.start + key.end());
            let found = object::pairs(text, code.start + value.start()..code.start + value.end());
            out.extend(found.into_iter().map(|pair| Pair {
                around: [around.clone(), pair.around].concat(),
                sort: GivenSort::Key,
                ..pair
            }));
            continue;
        }
        let all = value.as_str();
        let bare = all.trim_matches(['"', '\'', '`']);
        let offset = code.start + value.start() + (all.len() - all.trim_start_matches(['"', '\'', '`']).len());
        out.push(Pair {
            sort: if is_variable(key.as_str()) { GivenSort::Variable } else { GivenSort::Key },
            around,
            name: code.start + key.start()..code.start + key.end(),
            value: Some(offset..offset + bare.len()),
            quoted: bare.len() < all.len(),
            object: 0,
        });
    }
    out
}

/// The name of a section in brackets: `[store]`, `[[rule]]`.
fn bracketed(line: &str) -> Option<&str> {
    let name = line.trim_start_matches('[').trim_end_matches(']');
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    (plain && line.starts_with('[') && line.ends_with(']')).then_some(name)
}

/// The name that a line opens: `service:`, `log: {`.
fn opened(line: &str) -> Option<&str> {
    let name = line.trim_end_matches(['{', '[', ' ']).strip_suffix(':')?;
    let name = name.trim_start_matches(['-', ' ', '"', '\'']).trim_end_matches(['"', '\'']);
    name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-')).then_some(name)
}

/// Whether a name is that of an environment variable.
pub(super) fn is_variable(name: &str) -> bool {
    name.len() > 3 && name.contains('_') && !name.contains(|c: char| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{is_program, pairs};

    fn read(text: &str) -> Vec<String> {
        pairs(text)
            .iter()
            .map(|p| {
                let mut path: Vec<&str> = p.around.iter().map(|r| &text[r.clone()]).collect();
                path.push(&text[p.name.clone()]);
                format!("{}={}", path.join("."), &text[p.value.clone().unwrap_or(0..0)])
            })
            .collect()
    }

    #[test]
    fn reads_keys_with_their_sections() {
        assert_eq!(read("a = 1\n[store.disk]\nsync = \"lazy\"  # slow\n"), ["a=1", "store.disk.sync=lazy"]);
        assert_eq!(
            read("service:\n  type: NodePort\n  ports:\n    - name: web\n  size: 5\nreplicas: 3\n"),
            ["service.type=NodePort", "service.ports.name=web", "service.size=5", "replicas=3"]
        );
    }

    #[test]
    fn ignores_programs() {
        assert!(is_program("import x\nx = 5\n") && !is_program("x = 5\nimports: 3\n"));
    }
}
