//! A page to be sent to an author: one HTML file that needs no network, no server and, for reading, no script.
//!
//! The summary, the findings with their places side by side, the fact sheet of all claims. The style sheet and the
//! script stand in the page; a policy in its head forbids it to load or send anything.

mod context;
mod facts;
mod markup;

pub use facts::write_sheet;

use super::claims::ClaimsOf;
use super::count;
use super::{Report, path};
use crate::claim::ClaimKind;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Analysis;
use context::Contexts;
use markup::escaped;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

/// The style sheet.
const STYLE: &str = include_str!("page.css");

/// The script: filters, sorting, what has been checked.
pub const SCRIPT: &str = include_str!("page.js");

/// The SHA-256 of [`SCRIPT`] in base64, which lets this script run and no other.
pub const SCRIPT_DIGEST: &str = "dDsrM8b+NQZNxJXNhFs5LaMovZm5pCoDGU0XpKrpLo8=";

/// Writes the page.
///
/// # Errors
///
/// When writing fails.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let shown: Vec<&Diagnostic> = report.shown().collect();
    let mut page = String::new();
    let title = title(report);
    let folder = common_folder(report.analyses.iter().map(|a| path(report.sources.get(a.document.file))));
    open_page(&mut page, &title);
    let _ = writeln!(page, "<a class=\"skip\" href=\"#findings\">Skip to the findings</a>");
    let _ = writeln!(page, "<header>\n<h1 dir=\"auto\">{}</h1>", escaped(&title));
    summary(report, &shown, &mut page);
    page.push_str("</header>\n");
    page.push_str(
        "<nav aria-label=\"Parts of this page\"><ul>\
         <li><a href=\"#documents\">Documents</a></li>\
         <li><a href=\"#findings\">Findings</a></li>\
         <li><a href=\"#facts\">Fact sheet</a></li></ul></nav>\n<main>\n",
    );
    documents(report, &shown, &folder, &mut page);
    out.write_all(page.as_bytes())?;
    page.clear();
    findings(report, &shown, &folder, &mut page);
    out.write_all(page.as_bytes())?;
    page.clear();
    let files: Vec<ClaimsOf<'_>> = report
        .analyses
        .iter()
        .map(|a| ClaimsOf {
            source: report.sources.get(a.document.file),
            document: &a.document,
            // What can be pointed to (headings, anchors) states nothing that could be checked.
            claims: a.all_claims().filter(|c| c.kind != ClaimKind::Place).collect(),
        })
        .collect();
    facts::section(&files, &facts::Mentions::new(&shown), &folder, &mut page);
    page.push_str("</main>\n");
    close_page(&mut page);
    out.write_all(page.as_bytes())
}

/// Everything up to the content.
fn open_page(page: &mut String, title: &str) {
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'sha256-{SCRIPT_DIGEST}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"recount {}\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        env!("CARGO_PKG_VERSION"),
        escaped(title)
    );
}

/// Everything behind the content.
fn close_page(page: &mut String) {
    let _ = write!(
        page,
        "<footer><p>Made by recount {}. The page is complete in itself: it loads nothing and sends nothing.</p></footer>\n\
         <script>{SCRIPT}</script>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    );
}

/// "Consistency of report.md", "Consistency of 3 documents".
fn title(report: &Report<'_>) -> String {
    match report.analyses {
        [only] => {
            let source = report.sources.get(only.document.file);
            let name = source.path.file_name().map_or_else(|| path(source), |n| n.to_string_lossy().into_owned());
            format!("Consistency of {name}")
        }
        several => format!("Consistency of {}", count(several.len(), "document")),
    }
}

/// The folder that holds all of several files, with its stroke at the end; empty when they share none.
fn common_folder(paths: impl Iterator<Item = String>) -> String {
    let paths: Vec<String> = paths.collect();
    let [first, rest @ ..] = paths.as_slice() else { return String::new() };
    let mut folder = if rest.is_empty() { "" } else { &first[..first.rfind('/').map_or(0, |i| i + 1)] };
    while !rest.iter().all(|p| p.starts_with(folder)) {
        folder = &folder[..folder.trim_end_matches('/').rfind('/').map_or(0, |i| i + 1)];
    }
    folder.to_owned()
}

/// A path without the folder that all share.
fn short<'p>(path: &'p str, folder: &str) -> &'p str {
    path.strip_prefix(folder).filter(|rest| !rest.is_empty()).unwrap_or(path)
}

fn summary(report: &Report<'_>, shown: &[&Diagnostic], page: &mut String) {
    let s = report.summary();
    let of = |severity| shown.iter().filter(|d| d.severity == severity).count();
    let mut kinds = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        match of(severity) {
            0 => {}
            n => kinds.push(count(n, severity.name())),
        }
    }
    let found = match shown.len() {
        0 => "No places were found that contradict each other.".to_owned(),
        n => format!("{}: {}.", count(n, "finding"), kinds.join(", ")),
    };
    let _ = writeln!(page, "<p class=\"verdict\">{found}</p>");
    let _ = writeln!(
        page,
        "<p>Read: {}, {}, {}. A finding names places that cannot all be true. Which of them is right is for you to \
         say, unless the arithmetic shows it.</p>",
        count(s.files, "document"),
        count(s.words, "word"),
        count(s.claims, "claim")
    );
    let hidden = report.diagnostics.len() - shown.len();
    if hidden > 0 {
        let _ = writeln!(
            page,
            "<p>{} of lower severity or beyond the limit are not in this page.</p>",
            count(hidden, "finding")
        );
    }
    if s.unreadable > 0 {
        let _ = writeln!(page, "<p><strong>{} could not be read.</strong></p>", count(s.unreadable, "path"));
    }
    if !report.skipped.is_empty() {
        let each: Vec<String> = report.skipped.iter().map(|(format, n)| format!("{format} {n}")).collect();
        let _ = writeln!(page, "<p>Files of formats that are not read: {}.</p>", escaped(&each.join(", ")));
    }
}

fn documents(report: &Report<'_>, shown: &[&Diagnostic], folder: &str, page: &mut String) {
    page.push_str(
        "<section id=\"documents\" aria-labelledby=\"documents-head\">\n<h2 id=\"documents-head\">Documents</h2>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"documents-head\"><table class=\"documents\">\n\
         <thead><tr><th scope=\"col\">Document</th><th scope=\"col\">Words</th><th scope=\"col\">Claims</th>\
         <th scope=\"col\">Errors</th><th scope=\"col\">Warnings</th><th scope=\"col\">Notes</th></tr></thead>\n<tbody>\n",
    );
    for Analysis { document, noted, words, .. } in report.analyses {
        let source = report.sources.get(document.file);
        let touching = |severity| {
            let here =
                |d: &&&Diagnostic| d.severity == severity && d.labels.iter().any(|l| l.span.file == document.file);
            shown.iter().filter(here).count()
        };
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\" dir=\"auto\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            escaped(short(&path(source), folder)),
            facts::figure(*words),
            facts::figure(*noted),
            touching(Severity::Error),
            touching(Severity::Warning),
            touching(Severity::Note)
        );
        for issue in document.issues.iter().take(20) {
            let at = source.line_column(issue.at.start);
            let _ = writeln!(
                page,
                "<tr class=\"issue\"><td colspan=\"6\">not read as written, line {}: {}</td></tr>",
                at.line,
                escaped(&issue.message)
            );
        }
    }
    page.push_str("</tbody></table></div>\n");
    if !folder.is_empty() {
        let _ = writeln!(page, "<p class=\"more\">All of them in {}</p>", escaped(folder));
    }
    page.push_str("</section>\n");
}

fn findings(report: &Report<'_>, shown: &[&Diagnostic], folder: &str, page: &mut String) {
    page.push_str(
        "<section id=\"findings\" aria-labelledby=\"findings-head\">\n<h2 id=\"findings-head\">Findings</h2>\n",
    );
    if shown.is_empty() {
        page.push_str("<p>None.</p>\n</section>\n");
        return;
    }
    filters(report, shown, folder, page);
    page.push_str("<ol class=\"findings\">\n");
    let mut contexts = Contexts::new(report, folder);
    for (n, diagnostic) in shown.iter().enumerate() {
        finding(report, n + 1, diagnostic, &mut contexts, page);
    }
    page.push_str("</ol>\n<p id=\"none\" hidden>No finding is left by these filters.</p>\n</section>\n");
}

/// What can be chosen. Shown by the script, since nothing but the script can act on it.
fn filters(report: &Report<'_>, shown: &[&Diagnostic], folder: &str, page: &mut String) {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    let mut severities: BTreeMap<Severity, usize> = BTreeMap::new();
    for diagnostic in shown {
        *rules.entry(&diagnostic.rule).or_default() += 1;
        *severities.entry(diagnostic.severity).or_default() += 1;
    }
    page.push_str("<form id=\"filters\" hidden aria-label=\"Filters of the findings\">\n<fieldset><legend>Severity</legend><div>\n");
    for (severity, n) in severities.iter().rev() {
        let name = severity.name();
        let _ = writeln!(
            page,
            "<label><input type=\"checkbox\" name=\"severity\" value=\"{name}\" checked> {name} <span class=\"count\">{n}</span></label>"
        );
    }
    page.push_str("</div></fieldset>\n<fieldset><legend>Rule</legend><div>\n");
    for (rule, n) in &rules {
        let rule = escaped(rule);
        let _ = writeln!(
            page,
            "<label><input type=\"checkbox\" name=\"rule\" value=\"{rule}\" checked> {rule} <span class=\"count\">{n}</span></label>"
        );
    }
    page.push_str("</div></fieldset>\n");
    if report.analyses.len() > 1 {
        page.push_str("<p><label>Document <select name=\"document\"><option value=\"\">all</option>\n");
        for analysis in report.analyses {
            let id = analysis.document.file;
            if shown.iter().any(|d| d.labels.iter().any(|l| l.span.file == id)) {
                let _ = writeln!(
                    page,
                    "<option value=\"{}\">{}</option>",
                    id.0,
                    escaped(short(&path(report.sources.get(id)), folder))
                );
            }
        }
        page.push_str("</select></label></p>\n");
    }
    let n = shown.len();
    let _ = writeln!(
        page,
        "<p><button type=\"reset\">Show all</button> <span role=\"status\" id=\"shown\">{n} of {} shown</span></p>\n</form>",
        count(n, "finding")
    );
}

fn finding(report: &Report<'_>, n: usize, diagnostic: &Diagnostic, contexts: &mut Contexts<'_, '_>, page: &mut String) {
    let severity = diagnostic.severity.name();
    let rule = escaped(&diagnostic.rule);
    let mut files: Vec<String> = diagnostic.labels.iter().map(|l| l.span.file.0.to_string()).collect();
    files.sort();
    files.dedup();
    let _ = writeln!(
        page,
        "<li><article id=\"f{n}\" class=\"finding {severity}\" data-severity=\"{severity}\" data-rule=\"{rule}\" \
         data-files=\" {} \" data-key=\"{}\" aria-labelledby=\"f{n}-head\">",
        files.join(" "),
        escaped(&diagnostic.fingerprint)
    );
    let _ = writeln!(
        page,
        "<header><h3 id=\"f{n}-head\" dir=\"auto\"><a href=\"#f{n}\" class=\"number\">{n}</a> {}</h3>\n\
         <p class=\"tags\"><span class=\"severity\">{severity}</span> <span class=\"rule\">{rule}</span> \
         <label class=\"settled\" hidden><input type=\"checkbox\"> settled</label></p></header>",
        escaped(&diagnostic.message)
    );
    contexts.write(&diagnostic.labels, page);
    if !diagnostic.notes.is_empty() {
        page.push_str("<ul class=\"arithmetic\">\n");
        for note in &diagnostic.notes {
            let class = if note.contains(" = ") { " class=\"sum\"" } else { "" };
            let _ = writeln!(page, "<li{class}>{}</li>", escaped(note));
        }
        page.push_str("</ul>\n");
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(page, "<p class=\"help\"><strong>What to do:</strong> {}</p>", escaped(help));
    }
    if let Some(rule) = report.rules.iter().find(|r| r.id == diagnostic.rule) {
        let doc = &rule.manifest.doc;
        let _ = writeln!(
            page,
            "<details class=\"about\"><summary>About {}</summary>\n<p>{}</p>\n<p>Left alone: {}</p>\n</details>",
            escaped(&rule.id),
            escaped(&doc.why),
            escaped(&doc.not)
        );
    }
    page.push_str("</article></li>\n");
}
