//! Whatever stands in a file: every place that a reader gives lies in the file and says what it claims to say.

use proptest::prelude::*;
use recount::annotate::annotate;
use recount::document::Document;
use recount::lexicon::Lexicon;
use recount::read::{Format, read};
use recount::source::{Origin, SourceFile};
use recount::span::{FileId, Span};
use std::path::PathBuf;

/// Reads a text in all formats of text and looks at every place.
fn check(text: &str) {
    for format in [Format::Markdown, Format::Plain, Format::Html, Format::Csv] {
        let source = SourceFile::new(PathBuf::from("x"), text.to_owned(), Origin::Verbatim);
        let document = read(&source, FileId(0), format);
        check_document(text, &document);
        let _ = recount::report::text::render(&source, &document);
    }
}

fn check_span(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
}

fn check_document(text: &str, document: &Document) {
    for (id, block) in document.iter() {
        let string = &block.text.string;
        check_span(text, block.text.whole());
        for (range, at) in block.text.copied_pieces() {
            assert_eq!(string.get(range.clone()), text.get(at..at + range.len()), "{id:?} in {text:?}");
        }
        for (range, _) in &block.text.styles {
            assert!(string.get(range.start as usize..range.end as usize).is_some(), "{range:?} of {string:?}");
        }
        assert!(block.section.is_none_or(|s| s < id), "{id:?} in {text:?}");
    }
    let layers = annotate(document, Lexicon::english());
    for (layer, block) in layers.blocks.iter().zip(&document.blocks) {
        for token in &layer.tokens {
            check_span(text, block.text.span(token.start as usize..token.end as usize));
        }
    }
    for mark in &document.marks {
        check_span(text, mark.at);
        let string = &document.block(mark.block).text.string;
        assert!(string.is_char_boundary(mark.offset as usize) && mark.offset as usize <= string.len());
    }
    for note in &document.notes {
        check_span(text, note.at);
        assert!(note.blocks.iter().all(|b| b.index() < document.blocks.len()));
    }
    for list in &document.lists {
        for item in &list.items {
            check_span(text, item.at);
            let written = &text[item.at.range()];
            assert!(item.marker.is_empty() || written == item.marker || written.starts_with('<'));
            assert!(item.block.is_none_or(|b| b.index() < document.blocks.len()));
        }
    }
    for table in &document.tables {
        for id in table.rows.iter().flatten().flatten().chain(&table.caption).chain(&table.intro) {
            assert!(id.index() < document.blocks.len());
        }
    }
}

/// Small pieces of markup and of what stands between them, put together at random.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "word",
        "Word",
        "43",
        "1,300",
        " ",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "*",
        "**",
        "_",
        "~",
        "~~",
        "`",
        "```\n",
        "[",
        "]",
        "(",
        ")",
        "[^1]",
        "[^1]: ",
        "[7]",
        "[7] ",
        "¹",
        "²⁴",
        "¹ ",
        "|",
        "|---|---|\n",
        "| a | b |\n",
        "> ",
        "- ",
        "1. ",
        "(a) ",
        "# ",
        "## ",
        "&eacute;",
        "&nbsp;",
        "\u{a0}",
        "e\u{301}",
        "\u{feff}",
        "<br>",
        "<sup>",
        "</sup>",
        "<!-- x -->",
        "<b>",
        "</b>",
        "<https://a.example/1>",
        "![alt](x)",
        "[t](u)",
        "\u{c}",
        "---\n",
        "+++\n",
        "$5",
        "\\*",
        "Table 1. ",
        ":::note\n",
        "!!! note\n",
        "    ",
        "import a from 'b'\n",
        ".",
        ",",
        "-\n",
        "é",
        "漢字",
        "Page 3\n",
        "Bibliography\n",
        "CONTENTS\n",
        " .... 4\n",
        "  ",
        "+--+\n",
        "•",
        "\u{200b}",
        "\u{ad}\n",
        "https://x.example",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|v| v.concat())
}

/// Tags, references and words, put together at random.
fn tag_soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "word",
        "43",
        " ",
        "\n",
        "\r\n",
        "é",
        "漢字",
        "\u{feff}",
        "\u{a0}",
        "&nbsp;",
        "&eacute;",
        "&#8364;",
        "&#150;",
        "&",
        "&copy",
        "<",
        ">",
        "<!",
        "<?x?>",
        "<!-- c -->",
        "<!--",
        "-->",
        "</",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<h2>",
        "</h2>",
        "<ul>",
        "<ol start=3>",
        "</ul>",
        "<li>",
        "<li id=n1>",
        "</li>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<td rowspan=3 colspan=2>",
        "<th>",
        "</td>",
        "</tr>",
        "<thead>",
        "</thead>",
        "<caption>",
        "</caption>",
        "<dl>",
        "<dt>",
        "<dd>",
        "</dl>",
        "<sup>",
        "</sup>",
        "<a href='#n1'>",
        "<a id=r1 href=\"#n2\">",
        "</a>",
        "<p id=n2>",
        "1",
        "[1]",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<code>",
        "</code>",
        "<pre>",
        "</pre>",
        "<q>",
        "</q>",
        "<br>",
        "<blockquote>",
        "</blockquote>",
        "<del>",
        "</del>",
        "<nav>",
        "</nav>",
        "<main>",
        "</main>",
        "<footer>",
        "</footer>",
        "<script>",
        "</script>",
        "<p hidden>",
        "<figure>",
        "</figure>",
        "<figcaption>",
        "<textarea>",
        "</textarea>",
        "<div class=menu>",
        "<img alt='5'>",
        "<",
        "=",
        "\"",
        "'",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|v| v.concat())
}

/// A page that is well formed, with the words that a reader must see in it.
fn page() -> impl Strategy<Value = (String, Vec<String>)> {
    let word = "[a-z]{2,7}|[0-9]{1,3}|naïve|cafe\u{301}";
    let phrase = (prop::collection::vec(word, 1..5), 0..7usize).prop_map(|(words, dress)| {
        let inner = words.join(if dress == 6 { "\n  " } else { " " });
        let markup = match dress {
            0 => format!("<em>{inner}</em>"),
            1 => format!("<a href='https://a.example/'><b>{inner}</b></a>"),
            2 => format!("<code class=\"x y\">{inner}</code>"),
            3 => format!("<script>x < y</script>{inner}<span hidden>no</span>"),
            4 => format!("{inner} &amp;"),
            5 => format!("<del>{inner}</del><!-- c -->"),
            _ => inner,
        };
        (markup, words)
    });
    let block = (prop::collection::vec(phrase, 1..5), 0..8usize, any::<bool>()).prop_map(|(phrases, kind, closed)| {
        let words: Vec<String> = phrases.iter().flat_map(|p| p.1.clone()).collect();
        let parts: Vec<String> = phrases.into_iter().map(|p| p.0).collect();
        let line = parts.join(" ");
        let end = |tag: &str| if closed { format!("</{tag}>") } else { String::new() };
        let markup = match kind {
            0 => format!("<h2>{line}</h2>"),
            1 => format!("<ul><li>{}{}</ul>", parts.join(&format!("{}<li>", end("li"))), end("li")),
            2 => format!("<blockquote><p>{line}{}</blockquote>", end("p")),
            3 => format!("<table><tr><td>{}{}</table>", parts.join("<td>"), end("td")),
            4 => format!("<dl><dt>{}<dd>{}</dl>", parts[0], parts[1..].join(" ")),
            5 => format!("<div>{line}</div>"),
            6 => format!(
                "<table><tr><th rowspan=2>{}</th><td></td></tr><tr><td>{}</td></tr></table>",
                parts[0],
                parts[1..].join(" ")
            ),
            _ => format!("<p>{line}{}", end("p")),
        };
        (markup, words)
    });
    (prop::collection::vec(block, 1..6), any::<bool>()).prop_map(|(blocks, mark)| {
        let words = blocks.iter().flat_map(|b| b.1.clone()).collect();
        let body: Vec<String> = blocks.into_iter().map(|b| b.0).collect();
        (format!("{}<nav>Home</nav><body>{}</body>", if mark { "\u{feff}" } else { "" }, body.join("\n")), words)
    })
}

/// The words of a document are those that were written, each in its place.
fn check_words(text: &str, document: &Document, words: &[String]) {
    let mut found = Vec::new();
    for block in document.blocks.iter().filter(|b| !matches!(b.kind, recount::document::BlockKind::Note { .. })) {
        let string = &block.text.string;
        for word in string.split(|c: char| c.is_whitespace() || c == '&').filter(|w| !w.is_empty()) {
            let start = word.as_ptr() as usize - string.as_ptr() as usize;
            let span = block.text.span(start..start + word.len());
            assert_eq!(&text[span.range()], word, "{text:?}");
            found.push(word.to_owned());
        }
    }
    assert_eq!(found, words, "{text:?}");
}

/// Markup that is well formed, with the words that a reader must see in it.
fn written() -> impl Strategy<Value = (String, Vec<String>)> {
    let word = "[a-z]{2,7}|[0-9]{1,3}|naïve|cafe\u{301}";
    let phrase = prop::collection::vec(word, 1..5);
    let dressed = (phrase, 0..8usize).prop_map(|(words, dress)| {
        let inner = words.join(if dress == 7 { "\u{a0}" } else { " " });
        let markup = match dress {
            0 => format!("*{inner}*"),
            1 => format!("**{inner}**"),
            2 => format!("[{inner}](https://a.example/{})", words.len()),
            3 => format!("`{inner}`"),
            4 => format!("{inner}[^n]"),
            5 => format!("{inner} &amp;"),
            _ => inner,
        };
        (markup, words)
    });
    let line = prop::collection::vec(dressed, 1..5);
    let block = (line, 0..7usize).prop_map(|(phrases, kind)| {
        let words: Vec<String> = phrases.iter().flat_map(|p| p.1.clone()).collect();
        let line: Vec<String> = phrases.into_iter().map(|p| p.0).collect();
        let markup = match kind {
            0 => format!("## {}", line.join(" ")),
            1 => format!("- {}", line.join("\n  ")),
            2 => format!("> {}", line.join("\n> ")),
            3 => format!("| {} |\n|{}", line.join(" | "), "---|".repeat(line.len())),
            4 => format!("1. {}\n\n   - {}", line[0], line[1..].join(" ").trim_end()),
            _ => line.join("\n"),
        };
        (markup, words)
    });
    (prop::collection::vec(block, 1..6), any::<bool>(), any::<bool>()).prop_map(|(blocks, mark, carriage)| {
        let words = blocks.iter().flat_map(|b| b.1.clone()).collect();
        let body: Vec<String> = blocks.into_iter().map(|b| b.0).collect();
        let text = format!("{}{}\n\n[^n]: Note.\n", if mark { "\u{feff}" } else { "" }, body.join("\n\n"));
        (if carriage { text.replace('\n', "\r\n") } else { text }, words)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_keeps_its_places(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn any_lines_keep_their_places(text in "[ -~\\n\\t\\r\u{c}é¹²]{0,300}") {
        check(&text);
    }

    #[test]
    fn written_words_are_read_in_their_places((text, words) in written()) {
        check(&text);
        let source = SourceFile::new(PathBuf::from("x"), text.clone(), Origin::Verbatim);
        let document = read(&source, FileId(0), Format::Markdown);
        check_words(&text, &document, &words);
    }

    #[test]
    fn words_of_pages_are_read_in_their_places((text, words) in page()) {
        check(&text);
        let source = SourceFile::new(PathBuf::from("x"), text.clone(), Origin::Verbatim);
        check_words(&text, &read(&source, FileId(0), Format::Html), &words);
    }

    #[test]
    fn any_tags_keep_their_places(text in tag_soup()) {
        check(&text);
    }

    #[test]
    fn any_markup_keeps_its_places(text in soup()) {
        check(&text);
    }
}

#[test]
fn deep_nesting_neither_hangs_nor_overflows() {
    for piece in [
        "> ",
        "- ",
        "* ",
        "1. ",
        "[",
        "![",
        "*",
        "**",
        "_",
        "`",
        "~",
        "<b>",
        "\\",
        "&",
        "[^a]: ",
        "  ",
        "(",
        "¹",
        "|",
        "[a](",
        "](",
        "-www.",
        "a://",
        "<div>",
        "<table><tr><td>",
        "<ul><li>",
        "<p><i>",
        "<dl><dt>",
        "<sup><a href=#x>",
        "<div class=menu>",
        "</p>",
        "<td colspan=1000 rowspan=9>",
        "<blockquote>",
        "<h1>",
        "<nav>",
        "&#",
        "<main>",
    ] {
        check(&format!("{}x", piece.repeat(10_000)));
        check(&format!("{}\n", format!("{piece}x ").repeat(3_000)));
    }
    check(&"a\n".repeat(20_000));
    check(&"*a* ".repeat(20_000));
    check(&"a[^1] ".repeat(20_000));
    check(&"\t1\n".repeat(20_000));
    check(&"1 A\nword2 and\n".repeat(20_000));
    check(&"and then the words went on and on to the end of the line\n\n¹ Note\n\n".repeat(20_000));
}
