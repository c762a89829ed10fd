//! `recount claims --why`: why two claims are compared or not.

use super::input::Input;
use super::lines::LineRef;
use super::output::Output;
use crate::check::Selection;
use crate::claim::{Claim, ClaimKind, Refusal, link, restatement, values_agree};
use crate::lint::Analysis;
use crate::report::claims::{subject, value};
use crate::report::count;
use crate::rule::{self, Rule};
use crate::source::SourceFile;
use crate::value::Agreement;
use std::io::Write;

/// Prints for every pair of quantities on the two lines whether they are compared.
pub(super) fn write(input: &Input, analyses: &[Analysis], lines: &[LineRef], out: &mut Output) -> anyhow::Result<()> {
    let [first, second] = lines else { anyhow::bail!("`--why` takes two lines") };
    let (here, there) = (on_line(input, analyses, first)?, on_line(input, analyses, second)?);
    let rules = rule::builtin()?;
    let (mut shown, mut unlike) = (0, 0);
    for (file_a, a) in &here {
        for (file_b, b) in &there {
            if std::ptr::eq(*a, *b) || (first == second && a.at >= b.at) {
                continue;
            }
            let agreement = match values_agree(a, b) {
                Agreement::Same => "the values agree",
                Agreement::Different => "the values differ",
                Agreement::Unknown => "whether the values agree cannot be told",
            };
            let linked = link(a, b, a.at.file != b.at.file);
            let words = in_words(a, b);
            let verdict = match linked {
                Err(Refusal::OtherUnit) => None,
                Err(Refusal::OtherHead) if words.is_none() => None,
                Err(refusal) => Some(format!("not compared by what is counted: {}", refusal.name())),
                Ok(strength) => Some(format!("link of strength {strength} by what is counted: {agreement}")),
            };
            let Some(verdict) = verdict else {
                unlike += 1;
                continue;
            };
            shown += 1;
            let reporting = reporting(&rules, a, b);
            writeln!(out, "{}\n{}\n  {verdict}", describe(file_a, a), describe(file_b, b))?;
            if let Some(words) = words {
                writeln!(out, "  {words}")?;
            }
            writeln!(out, "  {reporting}\n")?;
        }
    }
    if unlike > 0 {
        let pair = if shown > 0 { "other pair" } else { "pair" };
        writeln!(out, "{} about different things or in different units", count(unlike, pair))?;
    } else if shown == 0 {
        writeln!(out, "there are no two quantities to compare on these lines")?;
    }
    Ok(())
}

/// How the words around two numbers compare; `None` when they have too little in common to speak of.
fn in_words(a: &Claim, b: &Claim) -> Option<String> {
    match restatement(a, b, false, &|_| 1.0) {
        Err(Refusal::OtherUnit | Refusal::OtherHead | Refusal::Bare) => None,
        Err(refusal) => Some(format!("not compared by the words around them: {}", refusal.name())),
        Ok(found) if found.shared < 0.5 => None,
        Ok(found) => {
            let percent = |share: f32| (share * 100.0).round();
            Some(format!(
                "words in common {:.1}, of all {} % and {} %: score {:.1}",
                found.shared,
                percent(found.contained),
                percent(found.covered),
                found.score()
            ))
        }
    }
}

/// Which rules report two claims when nothing else is known.
fn reporting(rules: &[Rule], a: &Claim, b: &Claim) -> String {
    let claims = if a.at <= b.at { [a, b] } else { [b, a] };
    let selection = Selection { claims: &claims, across: a.at.file != b.at.file };
    let reports = |rule: &&Rule| {
        let spec = &rule.manifest.check;
        let mut found = Vec::new();
        if spec.on.contains(&a.kind) && spec.on.contains(&b.kind) && (spec.across || !selection.across) {
            rule::check(rule).check(selection, &mut found);
        }
        !found.is_empty()
    };
    let names: Vec<&str> = rules.iter().filter(reports).map(|rule| rule.id.as_str()).collect();
    if names.is_empty() { "no rule reports the two".to_owned() } else { format!("reported by {}", names.join(", ")) }
}

fn describe(file: &SourceFile, claim: &Claim) -> String {
    let at = file.line_column(claim.at.start);
    let said = if claim.predicate.is_empty() { String::new() } else { format!(", {}", claim.predicate) };
    let about = subject(claim);
    format!("{}:{}:{}: {} ({about}{said})", file.path.display(), at.line, at.column, value(&claim.value))
}

/// The quantities on a line, with their file.
fn on_line<'a>(
    input: &'a Input,
    analyses: &'a [Analysis],
    line: &LineRef,
) -> anyhow::Result<Vec<(&'a SourceFile, &'a Claim)>> {
    let file = match &line.path {
        Some(path) => input.sources.iter().find(|(_, file)| file.path == *path).map(|(id, _)| id),
        None if input.files.len() == 1 => input.files.first().map(|(id, _)| *id),
        None => anyhow::bail!("`--why` needs `FILE:LINE` when several files are read"),
    };
    let Some(file) = file else { anyhow::bail!("`--why`: that file is not among those read") };
    let source = input.sources.get(file);
    if line.line > source.line_count() {
        anyhow::bail!("`--why`: {} has {}", source.path.display(), count(source.line_count(), "line"));
    }
    let claims = &analyses[file.0 as usize].claims;
    let on_it = claims.iter().filter(|c| c.kind == ClaimKind::Quantity && source.line_of(c.at.start) + 1 == line.line);
    Ok(on_it.map(|claim| (source, claim)).collect())
}
