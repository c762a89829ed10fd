//! Options with a default outside of tables, with the words of the place that describes them: items, lines of the help
//! of a program, headings with the text and fields below them.

use super::terms::{Terms, is_bound, of_names};
use super::{Parameter, is_default};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::section::Titles;
use crate::claim::setting::prose::default_in;
use crate::claim::setting::{SettingValue, code_spans, value_at};
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{BlockId, BlockKind, Style};
use crate::lexicon::Lexicon;
use compact_str::CompactString;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Longest label of an item, in bytes.
const LABEL: u32 = 60;

/// Most tokens of an item that are looked at for its default.
const DESCRIPTION: usize = 60;

/// Most tokens behind the value of a field.
const FIELD: usize = 12;

/// Most blocks below a heading that tell of what it names.
const BELOW: usize = 6;

/// Reads the described options of a document; those in tables are read with their rows.
pub(super) fn extract(context: &Context<'_>, settings: usize, out: &mut Vec<Claim>) {
    let mut titles = Titles::default();
    let mut found: Vec<Claim> = out[..settings].iter().filter_map(|claim| described(context, claim)).collect();
    let known: FxHashSet<u32> = found.iter().map(|claim| claim.block.0).collect();
    for view in context.views().filter(BlockView::is_prose) {
        found
            .extend(field(context, &view).or_else(|| labelled(context, &view).filter(|_| !known.contains(&view.id.0))));
    }
    for claim in &mut found {
        claim.scope.titles = titles.above(context, claim.block);
    }
    out.extend(found);
}

/// The option of a setting that was read in an item or in the help of a program.
fn described(context: &Context<'_>, claim: &Claim) -> Option<Claim> {
    let Value::Setting(setting) = &claim.value else { return None };
    if !is_default(setting) {
        return None;
    }
    let lexicon = context.lexicon;
    let view = context.view(claim.block);
    let mut terms = Terms::default();
    for word in setting.key.split(' ') {
        terms.name(lexicon, word, 3);
    }
    let text = match view.block.kind {
        BlockKind::Code => {
            let line = view.text.get(view.block.text.range(claim.within))?;
            // What else a head of a function or a line of a configuration says is code.
            let told = if line.trim_start().starts_with('-') { line } else { line.split_once('#').map_or("", |l| l.1) };
            terms.text(lexicon, told, 4);
            told.to_owned()
        }
        BlockKind::Item { .. } if opens(&view, &setting.key) => {
            terms.tokens(&view, lexicon, 0..view.layer.tokens.len(), 4);
            view.text.to_owned()
        }
        _ => return None,
    };
    if let Some(heading) = view.block.section.map(|id| context.view(id)) {
        terms.tokens(&heading, lexicon, 0..heading.layer.tokens.len(), 1);
    }
    let parameter = Parameter {
        slot: "default".into(),
        only: of_names(lexicon, &setting.only),
        others: beside(&view, claim),
        bound: is_bound(lexicon, &format!("{} {text}", setting.key)),
        ..Parameter::described(setting.key.clone(), terms.done(), setting.value.clone())
    };
    Some(Claim {
        kind: ClaimKind::Parameter,
        value: Value::Parameter(Box::new(parameter)),
        by: "parameter",
        ..claim.clone()
    })
}

/// Whether an item begins with the name of an option.
fn opens(view: &BlockView<'_>, key: &str) -> bool {
    let first = code_spans(view).into_iter().next().filter(|s| s.start <= 1);
    let last = key.rsplit(' ').next().unwrap_or_default();
    first.is_some_and(|span| view.wording(span).to_ascii_lowercase().contains(last))
}

/// The other numbers of the block that describes an option.
fn beside(view: &BlockView<'_>, claim: &Claim) -> Vec<SettingValue> {
    let own = |q: &Range<usize>| view.span(q.clone()) == claim.at;
    let numbers = view.layer.quantities.iter().filter(|q| !own(&q.tokens));
    numbers.map(|q| SettingValue::Quantity(q.quantity.clone())).collect()
}

/// "Default: 30 s" below a heading; the heading and the text below it say of what.
fn field(context: &Context<'_>, view: &BlockView<'_>) -> Option<Claim> {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let (start, length) = view.layer.sentences.iter().find_map(|sentence| {
        let length = phrase_at(lexicon, "setting-default", view.text, tokens, sentence.start)?;
        matches!(view.word(sentence.start + length), ":" | "=" | "is").then_some((sentence.start, length))
    })?;
    let heading = context.view(view.block.section?);
    let at = (start + length..start + length + 3).find(|&i| !matches!(view.word(i), ":" | "=" | "is" | "*" | "`"))?;
    let (place, value) = value_at(view, lexicon, &code_spans(view), at)?;
    let mut terms = Terms::default();
    terms.name(lexicon, heading.text.split(['(', '<', '=']).next().unwrap_or_default(), 3);
    let mut text = heading.text.replace(['_', '-', '.'], " ");
    let below = (heading.id.0 + 1..context.document.blocks.len() as u32)
        .map(|i| context.view(BlockId(i)))
        .take(BELOW)
        .take_while(|v| v.block.section == Some(heading.id) && v.id.0 <= view.id.0)
        .filter(|v| v.is_prose() && (v.id != view.id || v.layer.sentences.len() > 1));
    let mut others = Vec::new();
    for told in below {
        let end = if told.id == view.id { start } else { told.layer.tokens.len() };
        terms.tokens(&told, lexicon, 0..end, if matches!(told.block.kind, BlockKind::Item { .. }) { 1 } else { 4 });
        text.push_str(told.text);
        let inside = told.layer.quantities.iter().filter(|q| q.tokens != place || told.id != view.id);
        others.extend(inside.map(|q| SettingValue::Quantity(q.quantity.clone())));
    }
    let key: CompactString = crate::claim::setting::code::words(heading.text.trim()).join(" ").into();
    let parameter = Parameter {
        slot: "default".into(),
        others,
        bound: is_bound(lexicon, &text),
        ..Parameter::described(key, terms.done(), value)
    };
    let mut claim = view.claim(ClaimKind::Parameter, "parameter", place, Value::Parameter(Box::new(parameter)));
    claim.subject.wording = heading.text.split_whitespace().collect::<Vec<_>>().join(" ").into();
    Some(claim)
}

/// "`Capacity`: number of entries, 4096 by default", "**Page width:** 210 mm".
fn labelled(context: &Context<'_>, view: &BlockView<'_>) -> Option<Claim> {
    let lexicon = context.lexicon;
    let styles = &view.block.text.styles;
    let label = styles.iter().map(|(bytes, style)| (bytes, style)).find(|(bytes, style)| {
        bytes.start <= 1 && matches!(style, Style::Code | Style::Strong) && bytes.end - bytes.start < LABEL
    })?;
    let (start, end) = (label.0.start as usize, label.0.end as usize);
    let tokens = &view.layer.tokens;
    let mut at = tokens.partition_point(|t| (t.start as usize) < end);
    while matches!(view.word(at), "`" | "*") {
        at += 1;
    }
    let told =
        view.text[start..end].trim_end().ends_with(':') || matches!(view.word(at), ":" | "–" | "—" | "-" | "=" | "(");
    if !told {
        return None;
    }
    let after = at + usize::from(matches!(view.word(at), ":" | "–" | "—" | "-" | "="));
    let spans = code_spans(view);
    let default = default_in(view, lexicon, &spans, at..tokens.len().min(at + DESCRIPTION));
    let slot = if default.is_some() { "default" } else { "" };
    let (place, value) = default.or_else(|| only_value(view, lexicon, &spans, after))?;
    let name = view.text[start..end].trim_matches(['`', ':', ' ']);
    let mut terms = Terms::default();
    if label.1 == &Style::Code {
        terms.name(lexicon, name.split(['(', '<', '=', ' ']).next().unwrap_or_default(), 3);
    } else {
        terms.text(lexicon, name, 4);
    }
    terms.tokens(view, lexicon, after..tokens.len(), 4);
    if let Some(heading) = view.block.section.map(|id| context.view(id)) {
        terms.tokens(&heading, lexicon, 0..heading.layer.tokens.len(), 1);
    }
    let key: CompactString = crate::claim::setting::code::words(name).join(" ").into();
    let parameter = Parameter {
        slot: slot.into(),
        bound: is_bound(lexicon, &format!("{key} {}", view.text)),
        others: view
            .layer
            .quantities
            .iter()
            .filter(|q| q.tokens != place)
            .map(|q| SettingValue::Quantity(q.quantity.clone()))
            .collect(),
        ..Parameter::described(key, terms.done(), value)
    };
    let mut claim = view.claim(ClaimKind::Parameter, "parameter", place, Value::Parameter(Box::new(parameter)));
    claim.subject.wording = name.into();
    Some(claim)
}

/// The value of a field: "**Page width:** 210 mm", with a few words behind it at most.
fn only_value(
    view: &BlockView<'_>,
    lexicon: &Lexicon,
    spans: &[Range<usize>],
    at: usize,
) -> Option<(Range<usize>, SettingValue)> {
    let (place, value) = value_at(view, lexicon, spans, at)?;
    let rest = view.layer.tokens.len() - place.end;
    let ends = rest == 0 || matches!(view.word(place.end), "," | ";" | "(" | "." | "`");
    (ends && rest <= FIELD && matches!(value, SettingValue::Quantity(_))).then_some((place, value))
}
