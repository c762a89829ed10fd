//! Formats that are written by hand in other markup than Markdown: AsciiDoc, reStructuredText, LaTeX, Typst, Org and
//! notebooks of Jupyter.
//!
//! Each becomes Markdown of the same number of lines, line for line, which the reader of Markdown reads. So lines are
//! those of the file; columns are not. Tables become tables of HTML, since those can be written on any lines.

mod asciidoc;
mod inline;
mod latex;
mod notebook;
mod org;
mod restructured;
mod table;
mod typst;

use super::Format;

/// The Markdown that a text is, with as many lines.
pub(super) fn markdown(source: &str, format: Format) -> String {
    let joined;
    let source = match format {
        Format::Latex => {
            joined = inline::notes_in_brackets(source, "\\footnote{", ('{', '}'));
            joined.as_str()
        }
        Format::Restructured => {
            joined = restructured::on_their_lines(source);
            joined.as_str()
        }
        Format::AsciiDoc => {
            joined = asciidoc::without_marks(&inline::notes_in_brackets(source, "footnote:[", ('[', ']')));
            joined.as_str()
        }
        Format::Typst => {
            joined = typst::shown(&inline::notes_in_brackets(source, "#footnote[", ('[', ']')));
            joined.as_str()
        }
        _ => source,
    };
    let lines: Vec<&str> = source.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    let out = match format {
        Format::AsciiDoc => asciidoc::lines(&lines),
        Format::Restructured => restructured::lines(&lines),
        Format::Latex => latex::lines(&lines),
        Format::Typst => typst::lines(&lines),
        Format::Org => org::lines(&lines),
        _ => notebook::lines(&lines),
    };
    debug_assert_eq!(out.len(), lines.len(), "lines stay where they are");
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::markdown;
    use crate::read::Format;

    #[test]
    fn reads_any_text_without_moving_its_lines() {
        let pieces = [
            "\\begin{tabular}{ll}\na & b \\\\\n",
            "|===\n|a |b\n\n|1 |2\n",
            "=====  ===\na      b\n=====  ===\n",
            "#figure(\n  table(\n",
            "\\footnote{",
            "$x$",
            "``code``",
            "[[",
            "}",
            "{\"cells\": [\n",
            "\"source\": [\n",
            "* a\n** b\n",
            ".. note:: x\n\n   y\n",
            "****\n",
            "----\n",
            "+--+\n|a |\n+--+\n",
            "\\",
            "#+BEGIN_SRC\n",
            "= T\n",
            "T\n=\n",
            "漢字 – “x”\n",
            "<<a,b>>",
            "`a <b>`_",
        ];
        let mut seed = 7u64;
        for round in 0..400 {
            let mut text = String::new();
            for _ in 0..round % 9 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            for format in
                [Format::AsciiDoc, Format::Restructured, Format::Latex, Format::Typst, Format::Org, Format::Notebook]
            {
                let out = markdown(&text, format);
                assert_eq!(out.split('\n').count(), text.split('\n').count(), "{format:?}: {text:?} → {out:?}");
            }
        }
    }
}
