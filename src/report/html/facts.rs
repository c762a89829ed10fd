//! The fact sheet: every claim on a row, in order of its subject, to be sorted and searched.

use super::markup::escaped;
use super::{close_page, open_page};
use crate::claim::Claim;
use crate::diagnostic::Diagnostic;
use crate::report::claims::{ClaimsOf, scope, subject, value};
use crate::report::count;
use crate::report::place::Places;
use crate::report::{path, snippet};
use crate::span::FileId;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

/// How many claims the page of a report lists; the others are counted.
const LISTED: usize = 20_000;

/// Where findings point to, to say at a claim that it is part of one.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// For every file the labelled places with the number of their finding, sorted.
    places: BTreeMap<FileId, Vec<(u32, u32, usize)>>,
}

impl Mentions {
    /// The places of findings that are numbered from 1 in this order.
    pub(super) fn new(findings: &[&Diagnostic]) -> Self {
        let mut places: BTreeMap<FileId, Vec<(u32, u32, usize)>> = BTreeMap::new();
        for (n, finding) in findings.iter().enumerate() {
            for label in &finding.labels {
                places.entry(label.span.file).or_default().push((label.span.start, label.span.end, n + 1));
            }
        }
        for list in places.values_mut() {
            list.sort_unstable();
        }
        Self { places }
    }

    /// The numbers of the findings that label a place within the claim, or around it.
    fn of(&self, claim: &Claim) -> Vec<usize> {
        let Some(list) = self.places.get(&claim.at.file) else { return Vec::new() };
        let (from, to) = (claim.at.start, claim.at.end);
        let after = list.partition_point(|&(start, ..)| start < to);
        // Labels are short, so those that begin long before the claim do not reach it.
        let near = list[..after].iter().rev().take(32).filter(|&&(_, end, _)| end > from);
        let mut numbers: Vec<usize> = near.map(|&(.., n)| n).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

/// A number with commas between groups of three.
pub(super) fn figure(n: usize) -> String {
    let words = count(n, "");
    words.split(' ').next().unwrap_or("").to_owned()
}

/// What a row is about; where the claim names nothing else, what it says.
fn headed(claim: &Claim) -> String {
    match (subject(claim), claim.text.trim()) {
        (subject, _) if !subject.is_empty() => subject,
        (_, text) if !text.is_empty() => text.to_owned(),
        _ => value(&claim.value),
    }
}

/// Appends the fact sheet as a part of a page.
pub(super) fn section(files: &[ClaimsOf<'_>], mentions: &Mentions, folder: &str, page: &mut String) {
    page.push_str("<section id=\"facts\" aria-labelledby=\"facts-head\">\n<h2 id=\"facts-head\">Fact sheet</h2>\n");
    let all: usize = files.iter().map(|f| f.claims.len()).sum();
    if all == 0 {
        page.push_str("<p>No claims were read.</p>\n</section>\n");
        return;
    }
    let _ = writeln!(
        page,
        "<p>Every claim that was read, in order of what it is about. A claim is listed whether or not it agrees with others.</p>"
    );
    if all > LISTED {
        let _ = writeln!(
            page,
            "<p>The first {} of {} are listed; <code>recount claims --format csv</code> gives all.</p>",
            figure(LISTED),
            count(all, "claim")
        );
    }
    table(files, mentions, LISTED, folder, page);
    page.push_str("</section>\n");
}

/// Writes the claims as a page of its own: a working list for the one who checks them.
///
/// # Errors
///
/// When writing fails.
pub fn write_sheet(files: &[ClaimsOf<'_>], out: &mut dyn Write) -> io::Result<()> {
    let title = match files {
        [only] => format!("Fact sheet of {}", path(only.source)),
        several => format!("Fact sheet of {}", count(several.len(), "document")),
    };
    let all: usize = files.iter().map(|f| f.claims.len()).sum();
    let mut page = String::new();
    open_page(&mut page, &title);
    let _ = write!(
        page,
        "<a class=\"skip\" href=\"#facts\">Skip to the claims</a>\n<header>\n<h1 dir=\"auto\">{}</h1>\n<p>{}.</p>\n</header>\n\
         <main>\n<section id=\"facts\" aria-label=\"Claims\">\n",
        escaped(&title),
        count(all, "claim")
    );
    let folder = super::common_folder(files.iter().map(|f| path(f.source)));
    table(files, &Mentions::default(), usize::MAX, &folder, &mut page);
    page.push_str("</section>\n</main>\n");
    close_page(&mut page);
    out.write_all(page.as_bytes())
}

struct Row<'a> {
    subject: String,
    file: usize,
    claim: &'a Claim,
}

fn table(files: &[ClaimsOf<'_>], mentions: &Mentions, most: usize, folder: &str, page: &mut String) {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (file, of) in files.iter().enumerate() {
        rows.extend(of.claims.iter().map(|claim| Row { subject: headed(claim), file, claim }));
    }
    rows.truncate(most);
    let places: Vec<Places<'_>> = files.iter().map(|f| Places::new(f.document)).collect();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        *kinds.entry(row.claim.kind.name()).or_default() += 1;
    }
    let several = files.len() > 1;
    page.push_str("<form id=\"sift\" hidden aria-label=\"Filters of the fact sheet\">\n<p><label>Search <input type=\"search\" name=\"words\"></label>\n<label>Kind <select name=\"kind\"><option value=\"\">all</option>\n");
    for (kind, n) in &kinds {
        let _ = writeln!(page, "<option value=\"{kind}\">{kind} ({n})</option>");
    }
    let _ = writeln!(
        page,
        "</select></label>\n<span role=\"status\" id=\"listed\">{} listed</span></p>\n</form>",
        count(rows.len(), "claim")
    );
    page.push_str("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Claims\"><table id=\"claims\" class=\"claims\">\n<thead><tr>");
    for (name, sorted) in [
        ("Subject", "ascending"),
        ("Claimed", "none"),
        ("Kind", "none"),
        ("Scope", "none"),
        ("Place", "none"),
        ("Sentence", "none"),
        ("Checked", "none"),
    ] {
        let _ = write!(page, "<th scope=\"col\" aria-sort=\"{sorted}\">{name}</th>");
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    // Rows in order of the documents are numbered first: sorting by place goes by that number.
    let mut order: Vec<(String, usize)> = rows.iter().enumerate().map(|(n, r)| (r.subject.to_lowercase(), n)).collect();
    order.sort();
    for (_, n) in order {
        let Row { subject, file, claim } = &rows[n];
        let of = &files[*file];
        let at = of.source.line_column(claim.at.start);
        let sentence = places[*file]
            .seen(claim.within, claim.at)
            .map_or_else(|| snippet(of.source, claim.within, claim.at), |(_, shown)| shown);
        let document = if several { format!("{}, ", super::short(&path(of.source), folder)) } else { String::new() };
        let place = format!("{document}line {}: {}", at.line, places[*file].block(claim.block));
        let key = format!(
            "{:016x}",
            xxhash_rust::xxh3::xxh3_64(
                format!("{}\u{0}{}\u{0}{sentence}\u{0}{}", path(of.source), claim.kind.name(), claim.text).as_bytes()
            )
        );
        let said = [claim.predicate.as_str(), &scope(claim)]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join("; ");
        let _ = write!(
            page,
            "<tr data-n=\"{n}\" data-kind=\"{kind}\" data-key=\"{key}\"><th scope=\"row\" dir=\"auto\">{}</th><td dir=\"auto\">{}",
            escaped(subject),
            escaped(&value(&claim.value)),
            kind = claim.kind.name(),
        );
        for number in mentions.of(claim) {
            let _ = write!(page, " <a class=\"mention\" href=\"#f{number}\">finding {number}</a>");
        }
        let _ = writeln!(
            page,
            "</td><td>{}</td><td dir=\"auto\">{}</td><td dir=\"auto\">{}</td><td dir=\"auto\">{}</td><td class=\"checked\">☐</td></tr>",
            claim.kind.name(),
            escaped(&said),
            escaped(&place),
            escaped(&sentence)
        );
    }
    page.push_str("</tbody></table></div>\n");
}
