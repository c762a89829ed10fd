//! Defaults whose option is named by its words, or beside the value: "six worker processes by default", "given up
//! after 15 seconds unless `--timeout` says otherwise", "`./out` when `--out` is not given".

use super::{
    Beside, Setting, SettingSort, SettingValue, claim, code_spans, fold, key_of, literal, only, setting, single, words,
};
use crate::annotate::{QuantityAt, phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::{Claim, Context, Member, Value};
use crate::document::BlockKind;
use crate::lexicon::lower;
use crate::value::{Hedge, Quantity};
use compact_str::CompactString;
use std::ops::Range;

/// Words of an option that a sentence without its name must share.
const SHARED: usize = 2;

/// An option with its default, and the words that it is known by.
struct Known {
    key: CompactString,
    wording: CompactString,
    value: SettingValue,
    words: Vec<CompactString>,
    /// The block that describes it; `None` when a sentence gives its default and says no more.
    block: Option<u32>,
    /// Where it is described: its name in the first cell of the row, else its default.
    name: Member,
}

/// Reads the defaults of running text; the options are those that `out` has from tables, help and lists.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let known: Vec<Known> = out.iter().filter_map(|claim| option(context, claim)).collect();
    if known.is_empty() {
        return;
    }
    for view in context.views().filter(BlockView::is_prose) {
        if known.iter().any(|k| k.block == Some(view.id.0)) {
            continue;
        }
        for sentence in &view.layer.sentences {
            // What is parted by a semicolon is another statement, unless it only names the option.
            let parts: Vec<Range<usize>> = statements(&view, sentence);
            for part in parts {
                let reader = Reader { context, view: &view, sentence: part, known: &known };
                let read = reader.read();
                out.extend(read.as_ref().and_then(|claim| reader.misnamed(claim)));
                out.extend(read);
            }
        }
    }
}

/// The parts of a sentence between semicolons that have numbers of their own: "fetched by four workers; change that
/// with `--workers`" is one.
fn statements(view: &BlockView<'_>, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let numbered = |part: &Range<usize>| view.layer.quantities.iter().any(|q| part.contains(&q.tokens.start));
    let Some(semicolon) = sentence.clone().find(|&i| view.word(i) == ";") else { return vec![sentence.clone()] };
    let (first, second) = (sentence.start..semicolon, semicolon + 1..sentence.end);
    if numbered(&first) && numbered(&second) { vec![first, second] } else { vec![sentence.clone()] }
}

/// An option that is described: its row, its line of the help, its item.
fn option(context: &Context<'_>, claim: &Claim) -> Option<Known> {
    let Value::Setting(setting) = &claim.value else { return None };
    if setting.sort != SettingSort::Option || setting.slot != "default" || !setting.only.is_empty() {
        return None;
    }
    let view = context.view(claim.block);
    let mut described = String::new();
    let mut name = Member { at: claim.at, text: claim.text.clone() };
    match view.block.kind {
        BlockKind::Cell { table, row, .. } => {
            let cells = context.document.tables.get(table as usize)?.rows.get(row as usize)?;
            if let Some(first) = cells.first().copied().flatten().map(|id| context.view(id)) {
                name = first.member(0..first.layer.tokens.len());
            }
            for id in cells.iter().flatten() {
                described.push_str(context.view(*id).text);
                described.push(' ');
            }
        }
        BlockKind::Code => described.push_str(view.text.get(view.block.text.range(claim.within))?),
        BlockKind::Item { .. } => described.push_str(view.text),
        // A sentence that gives a default describes nothing.
        _ => {}
    }
    let described_in = matches!(view.block.kind, BlockKind::Cell { .. } | BlockKind::Code | BlockKind::Item { .. });
    Some(Known {
        key: setting.key.clone(),
        wording: claim.subject.wording.clone(),
        value: setting.value.clone(),
        words: words::content(context.lexicon, &described),
        block: described_in.then_some(claim.block.0),
        name,
    })
}

/// The number as a default of an option; "above 10 MiB" and "up to 10 MiB" say it of a limit.
fn exact(one: &QuantityAt, option: &Known) -> Option<Quantity> {
    let limit = option.key.split(' ').any(|w| matches!(w, "max" | "maximum" | "limit" | "quota"));
    let bound = limit && matches!(one.quantity.hedge, Hedge::MoreThan | Hedge::AtMost);
    (!one.label && !one.quantity.amount.range && (one.quantity.is_plain() || bound))
        .then(|| Quantity { hedge: Hedge::None, ..one.quantity.clone() })
}

struct Reader<'a> {
    context: &'a Context<'a>,
    view: &'a BlockView<'a>,
    sentence: Range<usize>,
    known: &'a [Known],
}

impl<'a> Reader<'a> {
    fn has(&self, set: &str) -> bool {
        self.sentence.clone().any(|i| self.at(set, i).is_some())
    }

    fn at(&self, set: &str, i: usize) -> Option<usize> {
        phrase_at(self.context.lexicon, set, self.view.text, &self.view.layer.tokens, i)
    }

    fn read(&self) -> Option<Claim> {
        let general = self.has("setting-by-default");
        let spans: Vec<Range<usize>> =
            code_spans(self.view).into_iter().filter(|s| self.sentence.contains(&s.start)).collect();
        let mut named = spans.iter().filter_map(|span| Some((span, self.named(span)?)));
        let first = named.next();
        if named.next().is_some() || self.has("default-not") {
            return None;
        }
        let Some((span, option)) = first else {
            if let Some(option) = self.unnamed() {
                let (tokens, value) = self.only_value(option)?;
                return Some(self.claim(tokens, value, option));
            }
            // "unless `--max-bytes` says otherwise": perhaps another name of an option that is described.
            let told = self.unknown(&spans);
            return (general || told.is_some()).then(|| self.by_words()).flatten();
        };
        if general && let Some(found) = self.inside(span, option) {
            return Some(found);
        }
        if !general && !self.is_settable(span) {
            return None;
        }
        let (tokens, value) = self.value(&spans, span, option)?;
        Some(self.claim(tokens, value, option))
    }

    /// The option that a clause names in plain words and says to be absent: "when you do not give a limit".
    fn unnamed(&self) -> Option<&'a Known> {
        let tokens = &self.view.layer.tokens;
        self.known.iter().find(|k| {
            let length = k.key.split(' ').count();
            let named = |i: &usize| k.key.split(' ').zip(*i..).all(|(word, j)| lower(self.view.word(j)) == word);
            self.sentence.clone().filter(named).any(|i| {
                let set = "default-unnamed";
                phrase_before(self.context.lexicon, set, self.view.text, tokens, i).is_some()
                    || self.at("default-absent", i + length).is_some()
            })
        })
    }

    /// The one number of the sentence, when it can be the value of an option.
    fn only_value(&self, option: &Known) -> Option<(Range<usize>, SettingValue)> {
        let ([one], SettingValue::Quantity(default)) = (&self.quantities()[..], &option.value) else { return None };
        let fits = default.unit.is_count() || one.quantity.unit.dimension == default.unit.dimension;
        let quantity = Some(&one.quantity).filter(|q| fits && !one.label && !q.amount.range)?;
        Some((one.tokens.clone(), SettingValue::Quantity(Quantity { hedge: Hedge::None, ..quantity.clone() })))
    }

    /// The option that a code span begins with the name of.
    fn named(&self, span: &Range<usize>) -> Option<&'a Known> {
        let text = self.view.wording(span.clone());
        let key = match fold(text) {
            Some((words, form)) => key_of(&words, form).or_else(|| single(text)),
            None => single(text),
        }?;
        self.known.iter().find(|k| k.key == key)
    }

    /// A flag that no description has, and that makes the value of the sentence another.
    fn unknown(&self, spans: &[Range<usize>]) -> Option<Range<usize>> {
        let is = |s: &&Range<usize>| self.view.wording((*s).clone()).starts_with("--") && self.is_settable(s);
        spans.iter().find(is).cloned()
    }

    /// The claim that an option goes by two names: the one that the sentence gives it, and that of its description.
    /// They share a word.
    fn misnamed(&self, found: &Claim) -> Option<Claim> {
        let Value::Setting(setting) = &found.value else { return None };
        let spans: Vec<Range<usize>> =
            code_spans(self.view).into_iter().filter(|s| self.sentence.contains(&s.start)).collect();
        if spans.iter().any(|s| self.named(s).is_some()) {
            return None;
        }
        let span = self.unknown(&spans)?;
        let option = self.known.iter().find(|k| k.key == setting.key)?;
        let (words, _) = fold(self.view.wording(span.clone()))?;
        let shares = words.iter().any(|w| option.key.split(' ').any(|k| k == w));
        if !shares || words.len() < 2 || !option.name.text.starts_with("--") {
            return None;
        }
        let key: CompactString = words.join(" ").into();
        let name = option.name.text.split([' ', '=', '<']).next().unwrap_or_default();
        let beside = Beside {
            member: Member { at: option.name.at, text: name.into() },
            readings: vec![SettingValue::Word(option.key.clone())],
            meaning: CompactString::default(),
        };
        let value = SettingValue::Word(key.clone());
        let two = Setting { beside: Some(Box::new(beside)), ..self::setting(SettingSort::Option, key, "name", value) };
        let mut read = claim(self.context, self.view, span, "an option", two);
        read.scope.cues.clear();
        Some(read)
    }

    /// Whether the sentence says that the option can make it otherwise: "unless `--x`", "change it with `--x`", "when
    /// `--x` is not given", "(`--x`)".
    fn is_settable(&self, span: &Range<usize>) -> bool {
        let tokens = &self.view.layer.tokens;
        let before =
            |set: &str| phrase_before(self.context.lexicon, set, self.view.text, tokens, self.open(span)).is_some();
        let after = (span.end..span.end + 2).find(|&i| self.view.word(i) != "`").unwrap_or(span.end);
        before("default-unless")
            || self.at("default-absent", after).is_some()
            || self.has("default-override")
            || self.view.word(self.open(span).wrapping_sub(1)) == "(" && self.view.word(after) == ")"
    }

    /// The first token of a span, the mark before it taken with it.
    fn open(&self, span: &Range<usize>) -> usize {
        if span.start > 0 && self.view.word(span.start - 1) == "`" { span.start - 1 } else { span.start }
    }

    /// The numbers of the sentence that may be a default.
    fn quantities(&self) -> Vec<&'a QuantityAt> {
        let view = self.view;
        let inside = |q: &&QuantityAt| self.sentence.contains(&q.tokens.start);
        view.layer.quantities.iter().filter(inside).filter(|q| !q.vague).collect()
    }

    /// The one value in the sentence beside the name of the option.
    fn value(
        &self,
        spans: &[Range<usize>],
        name: &Range<usize>,
        option: &Known,
    ) -> Option<(Range<usize>, SettingValue)> {
        let quantities = self.quantities();
        match &option.value {
            SettingValue::Quantity(default) => {
                let [one] = quantities[..] else { return None };
                let counted = one.quantity.unit.is_count();
                let fits = default.unit.is_count() || one.quantity.unit.dimension == default.unit.dimension;
                // What is counted must be what the option counts.
                let noun =
                    !counted || self.noun(one).is_some_and(|n| option.words.iter().any(|w| words::are_alike(w, &n)));
                let quantity = exact(one, option).filter(|_| fits && noun)?;
                Some((one.tokens.clone(), SettingValue::Quantity(quantity)))
            }
            SettingValue::Word(default) => {
                let kind = |text: &str| (text.contains('/'), text.parse::<f64>().is_ok());
                let mut others = spans.iter().filter(|s| *s != name);
                let (one, None) = (others.next()?, others.next()) else { return None };
                let text = self.view.wording(one.clone());
                // A word is a default where it is called one; a path is where something is kept.
                let path = default.contains('/') && text.contains('/');
                if !quantities.is_empty() || kind(text) != kind(default) || !path && !self.has("setting-by-default") {
                    return None;
                }
                literal::value(self.context.lexicon, text, None, true).map(|value| (one.clone(), value))
            }
            _ => None,
        }
    }

    /// The word family of the noun behind a number: "six worker processes" → process, or that of a word that narrows
    /// it.
    fn noun(&self, q: &QuantityAt) -> Option<CompactString> {
        let end = (q.tokens.end + 3).min(self.sentence.end);
        let bytes = self.view.layer.bytes(q.tokens.end..end.max(q.tokens.end + 1).min(self.view.layer.tokens.len()));
        words::content(self.context.lexicon, self.view.text.get(bytes)?).into_iter().next()
    }

    /// `--depth 0` in a sentence that says "by default".
    fn inside(&self, span: &Range<usize>, option: &Known) -> Option<Claim> {
        let text = self.view.wording(span.clone());
        let end = text.find([' ', '='])?;
        let bare = text[end + 1..].trim();
        let value = literal::value(self.context.lexicon, bare, None, true)?;
        let start = self.view.layer.bytes(span.clone()).start + text.len() - bare.len();
        let first = self.view.layer.tokens.partition_point(|t| (t.start as usize) < start);
        (first < span.end && !bare.contains(' ')).then(|| self.claim(first..span.end, value, option))
    }

    /// An option that the sentence does not name: the one that counts what the sentence counts.
    fn by_words(&self) -> Option<Claim> {
        let [one] = self.quantities()[..] else { return None };
        let bytes = self.view.layer.bytes(self.sentence.clone());
        let said = words::content(self.context.lexicon, self.view.text.get(bytes)?);
        let noun = self.noun(one);
        let counts = |k: &&Known| {
            let SettingValue::Quantity(default) = &k.value else { return false };
            let counted = one.quantity.unit.is_count() && default.unit.is_count();
            let measured = !one.quantity.unit.is_count()
                && (default.unit.is_count() || default.unit.dimension == one.quantity.unit.dimension);
            counted && noun.as_ref().is_some_and(|n| k.words.iter().any(|w| words::are_alike(w, n))) || measured
        };
        let mut scored: Vec<(usize, &Known)> =
            self.known.iter().filter(counts).map(|k| (words::shared(&said, &k.words), k)).collect();
        scored.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
        let &(best, option) = scored.first()?;
        let tie = scored.get(1).is_some_and(|(n, other)| *n == best && other.key != option.key);
        // A noun that only one option counts names it.
        let alone = noun.as_ref().is_some_and(|n| {
            let counting = |k: &&&Known| k.words.iter().any(|w| words::are_alike(w, n));
            one.quantity.unit.is_count() && self.known.iter().collect::<Vec<_>>().iter().filter(counting).count() == 1
        });
        let needed = if alone { 1 } else { SHARED };
        let quantity = exact(one, option).filter(|_| best >= needed && !tie)?;
        Some(self.claim(one.tokens.clone(), SettingValue::Quantity(quantity), option))
    }

    fn claim(&self, tokens: Range<usize>, value: SettingValue, option: &Known) -> Claim {
        // "a silent client" is what the option is about, no part of a system that it is for.
        let mut only = only(self.view, self.context.lexicon, self.sentence.clone());
        only.retain(|o| !option.words.iter().any(|w| words::are_alike(w, o)));
        let found = Setting { only, ..setting(SettingSort::Option, option.key.clone(), "default", value) };
        let mut read = claim(self.context, self.view, tokens, &option.wording, found);
        read.scope.cues.retain(|c| matches!(c.as_str(), "example" | "previous" | "edition"));
        read
    }
}
