//! Front matter: `key: value` lines between two lines `---`, or `key = value` between two lines `+++`. Proposals have
//! it in a code block, or between `<pre>` and `</pre>`, at the head of the file; it has the key `title` there.

use crate::document::{BlockKind, Document, Field, Text};

/// Adds the values of the front matter as blocks. Gives the offset at which the body begins.
pub(super) fn read(source: &str, start: usize, document: &mut Document) -> usize {
    let rest = &source[start..];
    let mut lines = rest.split_inclusive('\n');
    let Some(first) = lines.next() else { return start };
    let (fence, sign, titled) = match first.trim_end() {
        "---" => ("---", ':', false),
        "+++" => ("+++", '=', false),
        "```" => ("```", ':', true),
        "<pre>" => ("</pre>", ':', true),
        _ => return start,
    };
    let mut offset = start + first.len();
    let mut values: Vec<(String, std::ops::Range<usize>)> = Vec::new();
    for line in lines {
        let content = line.trim_end();
        if content == fence || (fence == "---" && content == "...") {
            if titled && values.iter().all(|(key, _)| key != "title") {
                return start;
            }
            for (key, value) in values.into_iter().filter(|(_, v)| !v.is_empty()) {
                let mut text = Text::new(document.file);
                text.push_copied(&source[value.clone()], value.start as u32);
                let block = document.push(BlockKind::Meta, text, None);
                if !key.is_empty() {
                    document.fields.push(Field { key, block });
                }
            }
            return offset + line.len();
        }
        if let Some(value) = value(content, sign) {
            // The lines of a proposal's head are indented as a whole.
            let own = if titled { content.trim_start() } else { content };
            values.push((key(own, sign), offset + value.start..offset + value.end));
        } else if !content.is_empty() && !content.starts_with([' ', '#', '-', ']', '[', '}', '\t', '"', '\'']) {
            // Two rules around a paragraph are no front matter.
            return start;
        }
        offset += line.len();
    }
    start
}

/// The key of a line that is not indented, in lower case; empty when there is none.
fn key(line: &str, sign: char) -> String {
    let key = sign_at(line, sign).map_or("", |at| &line[..at]);
    if line.starts_with([' ', '\t', '-']) { String::new() } else { key.trim().trim_matches(['"', '\'']).to_lowercase() }
}

/// Where the key of a line ends. In "cSpell:ignore: words" the first sign is one of the key's characters.
fn sign_at(line: &str, sign: char) -> Option<usize> {
    let ends = |at: &usize| {
        let follows = &line[at + sign.len_utf8()..];
        sign == '=' || follows.is_empty() || follows.starts_with([' ', '\t'])
    };
    line.match_indices(sign).map(|(at, _)| at).find(ends)
}

/// The byte range of the value in a line, quotes and list mark left out.
fn value(line: &str, sign: char) -> Option<std::ops::Range<usize>> {
    let trimmed = line.trim_start();
    if trimmed.starts_with('#') {
        return None;
    }
    let key_end = sign_at(line, sign).filter(|&at| {
        let key = line[..at].trim().trim_start_matches("- ").trim_matches(['"', '\'']);
        !key.is_empty()
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@' | ' ' | '/' | ':'))
    });
    let from = match key_end {
        Some(at) => at + sign.len_utf8(),
        None if trimmed.starts_with("- ") => line.len() - trimmed.len() + 2,
        None => return None,
    };
    let value = line[from..].trim();
    let value = value.trim_start_matches(['[', '{', '>', '|']).trim_end_matches([']', '}', ',']).trim();
    let bare = value
        .strip_prefix('"')
        .and_then(|v| v.strip_suffix('"'))
        .or_else(|| value.strip_prefix('\'').and_then(|v| v.strip_suffix('\'')))
        .unwrap_or(value);
    let at = bare.as_ptr() as usize - line.as_ptr() as usize;
    // A key without a value stands for the lines below it: nothing is said here, and the line is read all the same.
    Some(at..at + bare.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;

    fn values(source: &str) -> (Vec<String>, usize) {
        let mut document = Document::new(FileId(0));
        let body = read(source, 0, &mut document);
        (document.blocks.iter().map(|b| b.text.string.clone()).filter(|s| !s.is_empty()).collect(), body)
    }

    #[test]
    fn reads_values_of_both_kinds() {
        let yaml = "---\ntitle: \"Wells, 2021\"\nauthors:\n  - Ann Lee\n# note\n---\nText\n";
        assert_eq!(values(yaml), (vec!["Wells, 2021".into(), "Ann Lee".into()], yaml.len() - 5));
        let spelled = "---\ncSpell:ignore: Benes Ostrander\n---\nText\n";
        assert_eq!(values(spelled), (vec!["Benes Ostrander".into()], spelled.len() - 5));
        let toml = "+++\r\ntitle = 'Wells'\r\ndraft = false\r\n+++\r\nText";
        assert_eq!(values(toml), (vec!["Wells".into(), "false".into()], toml.len() - 4));
    }

    #[test]
    fn reads_values_in_a_code_block_with_a_title() {
        let block = "```\nTIP: 7\nTitle: Wells\nAuthor: Ann Lee,\n  Bo Ek\n```\nText\n";
        assert_eq!(values(block), (vec!["7".into(), "Wells".into(), "Ann Lee".into()], block.len() - 5));
        let pre = "<pre>\n  TIP: 7\n  Title: Wells\n</pre>\nText\n";
        assert_eq!(values(pre).1, pre.len() - 5);
        assert_eq!(values("```\nhost: a\nport: 7\n```\n"), (vec![], 0));
    }

    #[test]
    fn ignores_rules_around_a_paragraph() {
        assert_eq!(values("---\nThe wells ran dry, every one.\n---\n"), (vec![], 0));
        assert_eq!(values("---\ntitle: never closed\n"), (vec![], 0));
    }
}
