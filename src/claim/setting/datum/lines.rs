//! The numbers of blocks of code, line by line.

use super::{COMPANY, Cue, Datum, DatumPlace, around};
use crate::claim::setting::code::{self, ASSIGNED, lines, long_unit, parted};
use crate::claim::setting::parameter::Terms;
use crate::claim::setting::{SettingValue, claim_in_code, literal};
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{Block, BlockId, BlockKind};
use crate::lexicon::{Lexicon, lower};
use crate::value::{Amount, Decimal, Hedge, Quantity, Unit};
use std::ops::Range;

/// The instruction of a Dockerfile that says how often and how long the builder looks after the program.
const INSTRUCTION: &str = "HEALTHCHECK ";

/// Most lines of one block that are read.
const LINES: usize = 600;

/// Most lines of comments above a line that tell of it.
const ABOVE: usize = 6;

/// Bytes of a configuration in which it says that it is the one that is shipped.
const HEAD: usize = 600;

/// A number in a line of code, with the part of the line that says what it is.
struct Number {
    at: Range<usize>,
    amount: Decimal,
    unit: Unit,
    set: bool,
}

/// What encloses a line: where its name begins, and the line itself.
struct Around {
    indent: usize,
    line: Range<usize>,
    bracketed: bool,
}

/// The numbers of a piece of code that stands in a sentence or a cell, as places in it.
pub(super) fn in_span(lexicon: &Lexicon, text: &str, bytes: Range<usize>) -> Vec<(Range<usize>, SettingValue)> {
    bare(lexicon, text, bytes).iter().map(|one| (one.at.clone(), value(one))).collect()
}

pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (id, block) in context.document.iter().filter(|(_, b)| b.kind == BlockKind::Code) {
        in_block(context, (id, block), out);
    }
}

fn in_block(context: &Context<'_>, block: (BlockId, &Block), out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let text = &block.1.text.string;
    let intro = (block.0.0 as usize).checked_sub(1).map(|i| context.view(BlockId(i as u32)));
    let intro = intro.filter(crate::claim::BlockView::is_prose);
    let sample = is_sample(context);
    let headings = around(context, &context.view(block.0));
    let mut above: Vec<Range<usize>> = Vec::new();
    let mut around: Vec<Around> = Vec::new();
    let mut before: Option<Range<usize>> = None;
    for line in lines(text).take(LINES) {
        let (mut code, mut comment) = parted(text, line.clone());
        let mut commented = false;
        if text[code.clone()].trim().is_empty() {
            match comment {
                // `# port 7070`: a line that is commented out gives what holds without it.
                Some(told) if is_commented_out(&text[told.clone()]) => {
                    (code, comment, commented) = (told, None, true);
                }
                Some(told) => {
                    above.push(told);
                    continue;
                }
                None => {
                    above.clear();
                    continue;
                }
            }
        }
        // The options of an instruction are those of the builder, not of the program.
        if text[code.clone()].trim_start().starts_with(INSTRUCTION) {
            continue;
        }
        if is_comment_line(&text[code.clone()]) {
            above.push(code);
            continue;
        }
        let shown = &text[code.clone()];
        let indent = shown.len() - shown.trim_start().len();
        let bracketed = shown.trim().starts_with('[') && shown.trim().ends_with(']');
        if bracketed {
            around.clear();
        } else {
            around.retain(|a| a.bracketed || a.indent < indent);
        }
        let told: Vec<Range<usize>> = above.iter().rev().take(ABOVE).cloned().chain(comment.clone()).collect();
        let numbers = numbers(lexicon, text, code.clone(), &told);
        for (n, one) in numbers.iter().enumerate() {
            let mut terms = Terms::default();
            terms.code(lexicon, &text[code.start..one.at.start], 4);
            terms.code(lexicon, &text[one.at.end..code.end], 4);
            for comment in &told {
                terms.text(lexicon, &text[comment.clone()], 4);
            }
            if let Some(before) = &before {
                terms.code(lexicon, &text[before.clone()], 2);
            }
            for outer in &around {
                terms.code(lexicon, &text[outer.line.clone()], 3);
            }
            if let Some(view) = &intro {
                terms.tokens(view, lexicon, 0..view.layer.tokens.len(), 2);
            }
            terms.extend(&headings);
            file(context, lexicon, &mut terms);
            let said: String = told.iter().map(|c| lower(&text[c.clone()])).collect();
            let default = commented || said.contains("default") && !said.contains("than the default");
            let company = numbers.iter().enumerate().filter(|(m, _)| *m != n).take(COMPANY).map(|(_, o)| value(o));
            let place = if one.set { DatumPlace::Setting } else { DatumPlace::Code };
            let datum = Datum {
                slot: if default { "default" } else { "" },
                cues: Cue::Default.bit(default) | Cue::Example.bit(sample && !commented),
                company: company.collect(),
                source: is_file(context),
                ..Datum::new(place, value(one), terms)
            };
            let kind = Value::Datum(Box::new(datum));
            let mut claim = claim_in_code(block, one.at.clone(), line.clone(), ClaimKind::Datum, "", kind);
            claim.by = "datum";
            claim.subject.wording = text[one.at.clone()].into();
            out.push(claim);
        }
        above.clear();
        before = Some(code.clone());
        if around.len() < 8 {
            around.push(Around { indent, line: code, bracketed });
        }
    }
}

fn value(one: &Number) -> SettingValue {
    SettingValue::Quantity(Quantity {
        amount: Amount::exact(one.amount, Decimal::ONE),
        hedge: Hedge::None,
        unit: one.unit.clone(),
    })
}

/// Whether a file is code as a whole.
fn is_file(context: &Context<'_>) -> bool {
    context.document.source || context.document.blocks.len() == 1
}

/// Whether a file shows one of many ways to set a program up, or tries it out: a configuration that does not say that
/// it is the one that is shipped, an example, a test.
fn is_sample(context: &Context<'_>) -> bool {
    let path = lower(&context.document.path);
    let parts = || path.split(['/', '.', '_', '-']);
    let settings =
        matches!(path.rsplit('.').next(), Some("yaml" | "yml" | "json" | "ini" | "conf" | "cfg" | "env" | "toml"));
    let shown = |p: &str| matches!(p, "example" | "examples" | "sample" | "samples");
    if parts().any(|p| shown(p) || context.document.source && matches!(p, "test" | "tests" | "spec")) {
        return settings || context.document.source;
    }
    if !context.document.source {
        return false;
    }
    let text = context.document.blocks.first().map_or("", |b| b.text.string.as_str());
    let said = lower(text.get(..text.len().min(HEAD)).unwrap_or(text));
    let shipped = parts().any(|p| matches!(p, "default" | "defaults" | "manifest" | "package" | "values"))
        || ["default", "built-in", "as installed", "shipped"].iter().any(|w| said.contains(w));
    settings && !shipped
}

/// Adds the words of the name of a file that is code as a whole.
fn file(context: &Context<'_>, lexicon: &Lexicon, terms: &mut Terms) {
    if is_file(context) {
        let name = context.document.path.rsplit('/').next().unwrap_or_default();
        terms.code(lexicon, name.split('.').next().unwrap_or_default(), 1);
    }
}

/// Whether a comment is a setting that is left as it is: `port 7070`, `memory = 256mb`.
fn is_commented_out(comment: &str) -> bool {
    let words: Vec<&str> =
        comment.split(|c: char| c.is_whitespace() || matches!(c, '=' | ':')).filter(|w| !w.is_empty()).collect();
    let name = |w: &str| w.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-' | b'.'));
    words.len() == 2 && name(words[0]) && words[1].starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a line is inside of a comment of several lines: ` * at most one`, `/* at most one`.
fn is_comment_line(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("* ") || line.starts_with("<!--") || line.starts_with("/*")
}

/// The numbers of a line of code.
fn numbers(lexicon: &Lexicon, text: &str, code: Range<usize>, told: &[Range<usize>]) -> Vec<Number> {
    let shown = &text[code.clone()];
    let found = ASSIGNED.captures(shown).or_else(|| code::DEFINED.captures(shown));
    if let Some((key, value)) = found.as_ref().and_then(|f| Some((f.name("key")?, f.name("value")?)))
        && !value.as_str().contains("* *")
        && let Some((amount, unit)) = code::expression(lexicon, value.as_str())
    {
        let named = code::words(key.as_str());
        let unit = unit.or_else(|| named.last().and_then(|word| long_unit(lexicon, word)));
        let unit = unit.or_else(|| told.iter().find_map(|c| unit_told(lexicon, &text[c.clone()])));
        let quoted = value.as_str().len() - value.as_str().trim_start_matches(['"', '\'']).len();
        let start = code.start + value.start() + quoted;
        let end = (code.start + value.end() - quoted.min(value.as_str().len())).max(start);
        return vec![Number { at: start..end, amount, unit: unit.unwrap_or_else(Unit::count), set: true }];
    }
    // A schedule of cron: each figure is of another unit.
    if shown.contains("* *") {
        return Vec::new();
    }
    let set = found.is_some();
    bare(lexicon, text, code).into_iter().map(|n| Number { set, ..n }).collect()
}

/// The unit that a comment gives: "in bytes", "KiB", "Seconds of silence".
fn unit_told(lexicon: &Lexicon, comment: &str) -> Option<Unit> {
    let mut words = comment.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let measured = |w: &str| {
        let long = w.len() > 3 || matches!(w, "ms" | "MB" | "kB" | "KB" | "MiB" | "KiB" | "GiB" | "GB");
        literal::unit(lexicon, w).filter(|u| long && matches!(u.dimension.as_str(), "time" | "data"))
    };
    let first = words.next()?;
    if let Some(unit) = measured(first) {
        return Some(unit);
    }
    let mut before = first;
    for word in words {
        if matches!(before, "in" | "of")
            && let Some(unit) = measured(word)
        {
            return Some(unit);
        }
        before = word;
    }
    None
}

/// Numbers that stand by themselves in code: no parts of names, addresses, dates, times and versions.
fn bare(lexicon: &Lexicon, text: &str, code: Range<usize>) -> Vec<Number> {
    let mut out = Vec::new();
    let shown = &text[code.clone()];
    let bytes = shown.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'_' | b'.' | b',')) {
            at += 1;
        }
        let piece = shown[start..at].trim_end_matches(['.', ',', '_']);
        let before = start.checked_sub(1).map_or(b' ', |i| bytes[i]);
        let after = bytes.get(start + piece.len()).copied().unwrap_or(b' ');
        let digit_after = bytes.get(start + piece.len() + 1).is_some_and(u8::is_ascii_digit);
        let joined = before.is_ascii_alphanumeric()
            || matches!(before, b'_' | b'.')
            || matches!(after, b'-' | b':' | b'/') && digit_after
            || matches!(before, b'-' | b':' | b'/') && start >= 2 && bytes[start - 2].is_ascii_digit()
            || piece.matches('.').count() > 1;
        // `8095:3000` gives two ports.
        let pair = matches!((before, after), (b':', _) | (_, b':'))
            && piece.len() >= 2
            && piece.bytes().all(|b| b.is_ascii_digit())
            && piece.len() >= 4;
        if joined && !pair {
            continue;
        }
        let place = code.start + start..code.start + start + piece.len();
        if let Some(n) = crate::claim::integer::integer(piece).and_then(|n| i64::try_from(n).ok()) {
            out.push(Number { at: place, amount: Decimal::from(n), unit: Unit::count(), set: false });
            continue;
        }
        let Some((number, suffix)) = literal::number(piece) else { continue };
        let unit = if suffix.is_empty() { Some(Unit::count()) } else { literal::unit(lexicon, suffix) };
        if let Some(unit) = unit {
            out.push(Number { at: place, amount: number, unit, set: false });
        }
    }
    out
}
