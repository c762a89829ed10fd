//! Claims as a table for people and as JSON for programs.

use super::json::{JsonSpan, SCHEMA_VERSION};
use super::place::Places;
use super::table::{Column, Table};
use super::value::{cited, iso, json_quantity, quantity};
use super::{path, snippet};
use crate::claim::{
    Claim, Dated, Designation, EditionValue, Limit, Member, NameKind, Operand, Position, Says, SettingValue,
    StatedValue, Status, Value,
};
use crate::document::{BlockKind, Document};
use crate::source::SourceFile;
use crate::value::{DateRange, Decimal};
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// Claims of one file that are to be printed.
#[derive(Clone, Debug)]
pub struct ClaimsOf<'a> {
    /// The file.
    pub source: &'a SourceFile,
    /// Its document.
    pub document: &'a Document,
    /// The claims, in order.
    pub claims: Vec<&'a Claim>,
}

/// Writes a table for every file.
///
/// # Errors
///
/// When writing fails.
pub fn write_table(files: &[ClaimsOf<'_>], width: usize, out: &mut dyn Write) -> io::Result<()> {
    for (n, file) in files.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        if files.len() > 1 {
            writeln!(out, "{}: {}", path(file.source), super::count(file.claims.len(), "claim"))?;
        }
        if file.claims.is_empty() {
            if files.len() == 1 {
                writeln!(out, "no claims")?;
            }
            continue;
        }
        let comment = |claim: &&Claim| match file.document.block(claim.block).kind {
            BlockKind::Comment { comment } => Some(comment),
            _ => None,
        };
        let places = Places::new(file.document);
        for claims in file.claims.chunk_by(|a, b| comment(a) == comment(b)) {
            if let Some(first) = claims.first().filter(|first| comment(first).is_some()) {
                writeln!(out, "\n{}:", places.block(first.block))?;
            }
            table_of(file.source, claims).write(width, out)?;
        }
    }
    Ok(())
}

fn table_of(source: &SourceFile, claims: &[&Claim]) -> Table {
    let mut table = Table::new(&[
        Column::right("place", 12),
        Column::left("kind", 12),
        Column::left("claimed", 26),
        Column::left("of", 28),
        Column::left("said", 12),
        Column::rest("scope"),
    ]);
    for claim in claims {
        let at = source.line_column(claim.at.start);
        table.add(&[
            &format!("{}:{}", at.line, at.column),
            claim.kind.name(),
            &value(&claim.value),
            &subject(claim),
            &claim.predicate,
            &scope(claim),
        ]);
    }
    table
}

/// "male former fighter · kazakhstan"; for a name what it names and what it stands with.
#[must_use]
pub fn subject(claim: &Claim) -> String {
    if let Value::Name(name) = &claim.value {
        let kind = name_kind(name.kind);
        let also = name.titles.iter().chain(&name.anchors).map(|s| s.as_str());
        return std::iter::once(kind).chain(also).filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · ");
    }
    let subject = &claim.subject;
    let mut words: Vec<&str> = subject.modifiers.iter().map(|m| m.as_str()).collect();
    if !subject.head.is_empty() {
        words.push(&subject.head);
    }
    let mut out = if words.is_empty() { subject.wording.to_string() } else { words.join(" ") };
    for entity in &subject.entities {
        if !out.is_empty() {
            out.push_str(" · ");
        }
        out.push_str(entity);
    }
    out
}

/// The value of a setting in words.
fn setting(value: &SettingValue) -> String {
    match value {
        SettingValue::Quantity(q) => quantity(q),
        SettingValue::Word(word) => word.to_string(),
        SettingValue::Set(words) => words.join(", "),
        SettingValue::Version { major, minor: Some(minor) } => format!("{major}.{minor}"),
        SettingValue::Version { major, minor: None } => major.to_string(),
        SettingValue::Release(numbers) => numbers.iter().map(u32::to_string).collect::<Vec<_>>().join("."),
    }
}

/// The value of a setting as JSON.
fn json_setting(value: &SettingValue) -> Json {
    match value {
        SettingValue::Quantity(q) => json_quantity(q),
        SettingValue::Word(word) => json!(word),
        SettingValue::Set(words) => json!(words),
        SettingValue::Version { major, minor } => json!({ "major": major, "minor": minor }),
        SettingValue::Release(numbers) => json!(numbers),
    }
}

/// What the values of something may be, in words.
fn limit(limit: &Limit) -> String {
    let end = |n: &Option<Decimal>| n.map_or(String::new(), |n| n.to_string());
    match limit {
        Limit::OneOf(values) => format!("one of {}", values.join(", ")),
        Limit::Between(least, most) => format!("{} to {}", end(least), end(most)),
        Limit::Length(least, most, of) => {
            format!("{least} to {most} {}", if of.is_empty() { "characters" } else { of })
        }
        Limit::Type(sort) => sort.to_string(),
    }
}

fn name_kind(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "person",
        NameKind::Place => "place",
        NameKind::Other => "",
        NameKind::Identifier => "identifier",
        NameKind::Abroad => "abroad",
    }
}

/// Status, years and cues, each once: "target, 2019, subset".
pub(super) fn scope(claim: &Claim) -> String {
    let status = (claim.status != Status::Actual).then(|| claim.status.name());
    let mut words: Vec<&str> = Vec::new();
    for word in status.into_iter().chain(claim.scope.times.iter().chain(&claim.scope.cues).map(|s| s.as_str())) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(", ")
}

/// What is claimed, in few words.
#[must_use]
pub fn value(value: &Value) -> String {
    match value {
        Value::Quantity(q) => quantity(q),
        Value::Total { whole, readings, .. } => {
            let part = |o: &Operand| quantity(&o.quantity);
            let first = readings.first().map_or(String::new(), |parts| sum(parts.iter().map(part)));
            let more =
                if readings.len() > 1 { format!(" (or {} other ways)", readings.len() - 1) } else { String::new() };
            format!("{} = {first}{more}", quantity(&whole.quantity))
        }
        Value::List { announced, noun, items, .. } => {
            let items: Vec<&str> = items.iter().map(|i| i.text.as_str()).collect();
            format!("{announced} {noun}: {} listed: {}", items.len(), items.join(" · "))
        }
        Value::Setting(s) => {
            let value = setting(&s.value);
            [s.sort.name(), &s.key, &s.slot, &value].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
        }
        Value::Parameter(p) => {
            let terms: Vec<&str> = p.terms.iter().filter(|t| t.weight > 1).map(|t| t.key.as_str()).collect();
            let words = [p.source.name(), &p.key, &p.slot, &setting(&p.value)];
            let known: Vec<&str> = words.into_iter().filter(|w| !w.is_empty()).collect();
            format!("{}: {}", known.join(" "), terms.join(" "))
        }
        Value::Datum(d) => {
            let terms: Vec<&str> = d.terms.iter().filter(|t| t.weight > 2).map(|t| t.key.as_str()).collect();
            format!("{} {} {}: {}", d.place.name(), d.slot, setting(&d.value), terms.join(" "))
        }
        Value::Mention(m) => format!("{} {} times", m.name, m.count),
        Value::Term(term) => term.wording.to_string(),
        Value::Identifier(i) => {
            format!("{}{}", if i.declared { "declared " } else { "" }, i.words.join(" "))
        }
        Value::Declared(d) => {
            let bounds: Vec<String> = d.bounds.iter().map(|b| limit(&b.limit)).collect();
            format!("{}: {}", d.name, bounds.join("; "))
        }
        Value::Given(g) => format!("{} {} = {}", g.sort.name(), g.path.join("."), g.value),
        Value::Set(set) => {
            let members: Vec<&str> = set.members.iter().map(|m| m.text.as_str()).collect();
            format!("{}: {}", set.tie, members.join(" · "))
        }
        Value::Ordinal(rank) => format!("no. {rank}"),
        Value::Series { size, .. } => format!("{size} in all"),
        Value::Rank { rank, ahead } => {
            let ahead: Vec<&str> = ahead.iter().map(|m| m.text.as_str()).collect();
            format!("no. {rank} after {}", ahead.join(", "))
        }
        Value::Order { cue, first, second, .. } => {
            format!("{} {} {}", quantity(&first.quantity), cue.text, quantity(&second.quantity))
        }
        Value::Conversion { first, second, .. } => {
            format!("{} = {}", quantity(&first.quantity), quantity(&second.quantity))
        }
        Value::Percentage { relation, stated, others } => {
            let others: Vec<String> = others.iter().map(|o| quantity(&o.quantity)).collect();
            format!("{} {} {}", quantity(&stated.quantity), relation.name(), others.join(", "))
        }
        Value::Derived(d) => {
            let about: Vec<String> = d.about.iter().map(|a| a.keys.join(" ")).collect();
            match &d.says {
                Says::Change { direction, by } => {
                    let by = by.as_ref().map_or(String::new(), |b| format!(" {}", quantity(&b.quantity)));
                    format!("{}{by}: {}", direction.name(), about.join(", "))
                }
                Says::Share { part, stated } => {
                    format!("{} {} of {}", quantity(&part.quantity), quantity(&stated.quantity), about.join(", "))
                }
                Says::Extreme { highest, member } => {
                    let most = if *highest { "most" } else { "least" };
                    format!("{most} in {}: {}", member.keys.join(" "), about.join(", "))
                }
                Says::Than { direction, first, second } => {
                    let (first, second) = (first.keys.join(" "), second.keys.join(" "));
                    format!("{} in {first} than {second}: {}", direction.name(), about.join(", "))
                }
                Says::Probability { p } => format!("p {}: {}", p.text, about.join(", ")),
            }
        }
        Value::Name(name) => name.parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" "),
        Value::Reference(r) => {
            let mut words = vec![r.family.to_string()];
            words.extend([&r.title, &r.number].into_iter().filter(|s| !s.is_empty()).map(|s| s.to_string()));
            words.extend(r.year.map(|y| format!("({y})")));
            words.join(" ")
        }
        Value::Footnote { label, note, .. } => format!("{} {label}", if *note { "note" } else { "mark" }),
        Value::Place { sort, number, .. } => format!("{sort} {number}"),
        Value::Pointer { sort, number, path, .. } => {
            let of = path.as_ref().map_or(String::new(), |p| format!(" of {p}"));
            format!("to {sort} {number}{of}")
        }
        Value::Code(c) => format!("{} {} {}", c.scheme, c.number, c.other).trim_end().to_owned(),
        Value::Link(link) => {
            let pair = |(said, leads): &(Designation, Vec<Designation>)| {
                let leads: Vec<&str> = leads.iter().map(|d| d.number.as_str()).collect();
                format!("{} {} → {}", said.sort, said.number, leads.join(", "))
            };
            let place = link.place.as_ref().map(|p| format!("to #{p}"));
            link.pairs.iter().map(pair).chain(place).collect::<Vec<_>>().join("; ")
        }
        Value::Definition(d) => format!("{} = {}", d.short, d.long.text),
        Value::Role(r) => format!("{}: {}", r.person, r.said.name()),
        Value::Abbreviation(usage) => format!("{}, {} times", usage.short, usage.uses),
        Value::Within { value, low, high, .. } => {
            format!("{} in {}–{}", quantity(&value.quantity), quantity(&low.quantity), quantity(&high.quantity))
        }
        Value::Range { first, second, .. } => {
            format!("{} … {}", quantity(&first.quantity), quantity(&second.quantity))
        }
        Value::Period { from, to, .. } => format!("{} … {}", iso(*from), iso(*to)),
        Value::Mean { what, value, cases, .. } => {
            format!("{} {} of {}", what.name(), quantity(&value.quantity), quantity(&cases.quantity))
        }
        Value::Stated(s) => format!("{} = {}", s.subject, stated(&s.content)),
        Value::Statistic(s) => format!("{} {}", s.statistic.text, s.p.text),
        Value::Weekday { weekday, date, .. } => format!("{} {}", weekday.text, iso(*date)),
        Value::Edition(e) => format!("{} {}", e.place.name(), e.at.text),
        Value::Citation(c) => cited(c),
        Value::Quotation(q) => format!("{} words", q.words.len()),
        Value::Date(dated) => iso_range(dated.date),
        Value::Event(e) => format!("{} {}", e.action, iso_range(e.when.date)),
        Value::Occasion(o) => {
            let words: Vec<&str> = o.terms.iter().filter(|t| t.weight > 4).map(|t| t.key.as_str()).collect();
            format!("{} {}", iso_range(o.when.date), words.join(" "))
        }
        Value::Sequence(s) => {
            let steps: Vec<&str> = s.steps.iter().map(|step| step.at.text.as_str()).collect();
            format!("{}: {}", s.sort.name(), steps.join(", "))
        }
        Value::Position(position) => position.to_string(),
        Value::Zoned(z) => format!("{} = {}", z[0].at.text, z[1].at.text),
        Value::Interval(i) => format!("{}: {} … {}", i.stated.text, iso_range(i.from.date), iso_range(i.to.date)),
    }
}

/// `2024-03-14`, or both ends.
fn iso_range(range: DateRange) -> String {
    if range.is_one() { iso(range.from) } else { format!("{}..{}", iso(range.from), iso(range.to)) }
}

fn sum(parts: impl Iterator<Item = String>) -> String {
    let mut out = String::new();
    for part in parts {
        match part.strip_prefix('-') {
            Some(taken) if !out.is_empty() => out.push_str(&format!(" − {taken}")),
            _ if !out.is_empty() => out.push_str(&format!(" + {part}")),
            _ => out.push_str(&part),
        }
    }
    out
}

#[derive(Serialize)]
struct JsonClaim<'a> {
    kind: &'static str,
    path: String,
    span: JsonSpan,
    place: String,
    text: &'a str,
    snippet: String,
    subject: JsonSubject<'a>,
    predicate: &'a str,
    scope: JsonScope<'a>,
    status: &'static str,
    hedge: Option<&'static str>,
    value: Json,
    extractor: &'static str,
}

#[derive(Serialize)]
struct JsonSubject<'a> {
    head: &'a str,
    class: &'a str,
    modifiers: Vec<&'a str>,
    entities: Vec<&'a str>,
    wording: &'a str,
}

#[derive(Serialize)]
struct JsonScope<'a> {
    times: Vec<&'a str>,
    cues: Vec<&'a str>,
}

/// Writes one JSON object, one claim a line.
///
/// # Errors
///
/// When writing fails.
pub fn write_json(files: &[ClaimsOf<'_>], out: &mut dyn Write) -> io::Result<()> {
    let tool = json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")});
    write!(out, "{{\"schema_version\":{SCHEMA_VERSION},\n\"tool\":{tool},\n\"claims\":[")?;
    let mut first = true;
    for file in files {
        let places = Places::new(file.document);
        for claim in &file.claims {
            out.write_all(if first { b"\n" } else { b",\n" })?;
            first = false;
            serde_json::to_writer(&mut *out, &twin(file.source, &places, claim))?;
        }
    }
    writeln!(out, "\n]}}")
}

fn twin<'a>(source: &'a SourceFile, places: &Places<'_>, claim: &'a Claim) -> JsonClaim<'a> {
    let texts = |list: &'a [compact_str::CompactString]| list.iter().map(|s| s.as_str()).collect();
    let hedge = match &claim.value {
        Value::Quantity(q) if !q.hedge.name().is_empty() => Some(q.hedge.name()),
        _ => None,
    };
    JsonClaim {
        kind: claim.kind.name(),
        path: path(source),
        span: JsonSpan::new(source, claim.at.start, claim.at.end),
        place: places.block(claim.block),
        text: source.slice(claim.at),
        snippet: places
            .seen(claim.within, claim.at)
            .map_or_else(|| snippet(source, claim.within, claim.at), |(_, shown)| shown),
        subject: JsonSubject {
            head: &claim.subject.head,
            class: &claim.subject.class,
            modifiers: texts(&claim.subject.modifiers),
            entities: texts(&claim.subject.entities),
            wording: &claim.subject.wording,
        },
        predicate: &claim.predicate,
        scope: JsonScope { times: texts(&claim.scope.times), cues: texts(&claim.scope.cues) },
        status: claim.status.name(),
        hedge,
        value: json_value(source, &claim.value),
        extractor: claim.by,
    }
}

fn json_value(source: &SourceFile, value: &Value) -> Json {
    let member = |m: &Member| json!({"text": m.text, "span": JsonSpan::new(source, m.at.start, m.at.end)});
    let operand = |o: &Operand| {
        let span = JsonSpan::new(source, o.at.start, o.at.end);
        json!({"text": o.text, "span": span, "name": o.name, "quantity": json_quantity(&o.quantity)})
    };
    match value {
        Value::Quantity(q) => json_quantity(q),
        Value::Total { whole, readings, strength, .. } => {
            let readings: Vec<Vec<Json>> = readings.iter().map(|r| r.iter().map(operand).collect()).collect();
            json!({"whole": operand(whole), "readings": readings, "strength": strength})
        }
        Value::List { announced, number, noun, items } => {
            let items: Vec<Json> = items.iter().map(member).collect();
            json!({"announced": announced, "number": member(number), "noun": noun, "items": items})
        }
        Value::Setting(s) => {
            json!({"sort": s.sort.name(), "key": s.key, "slot": s.slot, "value": json_setting(&s.value),
                "only": s.only})
        }
        Value::Parameter(p) => {
            let terms: Vec<Json> = p.terms.iter().map(|t| json!({"word": t.key, "weight": t.weight})).collect();
            json!({"source": p.source.name(), "key": p.key, "slot": p.slot, "value": json_setting(&p.value),
                "words": terms, "only": p.only})
        }
        Value::Datum(d) => {
            let terms: Vec<Json> = d.terms.iter().map(|t| json!({"word": t.key, "weight": t.weight})).collect();
            json!({"place": d.place.name(), "slot": d.slot, "value": json_setting(&d.value), "words": terms})
        }
        Value::Mention(m) => json!({"name": m.name, "words": m.words, "count": m.count}),
        Value::Term(term) => json!({"key": term.key, "style": term.style, "wording": term.wording}),
        Value::Identifier(i) => json!({"words": i.words, "declared": i.declared}),
        Value::Declared(d) => {
            let bounds: Vec<String> = d.bounds.iter().map(|b| limit(&b.limit)).collect();
            json!({"name": d.name, "bounds": bounds})
        }
        Value::Given(g) => json!({"sort": g.sort.name(), "path": g.path, "value": g.value}),
        Value::Set(set) => {
            let members: Vec<Json> = set
                .members
                .iter()
                .map(|m| json!({"text": m.text, "span": JsonSpan::new(source, m.at.start, m.at.end)}))
                .collect();
            json!({"tie": set.tie, "members": members})
        }
        Value::Ordinal(rank) => json!({"rank": rank}),
        Value::Series { size, parts } => {
            json!({"size": size, "parts": parts.iter().map(member).collect::<Vec<_>>()})
        }
        Value::Rank { rank, ahead } => {
            json!({"rank": rank, "ahead": ahead.iter().map(member).collect::<Vec<_>>()})
        }
        Value::Order { cue, direction, first, second, by } => {
            let (first, second, by) = (operand(first), operand(second), by.as_ref().map(operand));
            json!({"cue": member(cue), "direction": direction.name(), "first": first, "second": second, "by": by})
        }
        Value::Conversion { first, second, .. } => json!({"first": operand(first), "second": operand(second)}),
        Value::Percentage { relation, stated, others } => {
            let others: Vec<Json> = others.iter().map(operand).collect();
            json!({"relation": relation.name(), "stated": operand(stated), "others": others})
        }
        Value::Derived(d) => {
            let about: Vec<Json> = d.about.iter().map(|a| json!({"at": member(&a.at), "keys": a.keys})).collect();
            match &d.says {
                Says::Change { direction, by } => {
                    let by = by.as_ref().map(operand);
                    json!({"cue": member(&d.cue), "direction": direction.name(), "by": by, "about": about})
                }
                Says::Share { part, stated } => {
                    json!({"part": operand(part), "stated": operand(stated), "about": about})
                }
                Says::Extreme { highest, member: one } => {
                    json!({"cue": member(&d.cue), "highest": highest, "member": member(&one.at), "about": about})
                }
                Says::Than { direction, first, second } => {
                    let (first, second) = (member(&first.at), member(&second.at));
                    json!({"cue": member(&d.cue), "direction": direction.name(), "first": first, "second": second, "about": about})
                }
                Says::Probability { p } => json!({"p": operand(p), "about": about}),
            }
        }
        Value::Name(name) => {
            let kind = if name.kind == NameKind::Other { "other" } else { name_kind(name.kind) };
            let parts: Vec<Json> = name.parts.iter().map(member).collect();
            json!({"kind": kind, "parts": parts, "titles": name.titles, "anchors": name.anchors})
        }
        Value::Reference(r) => {
            json!({"family": r.family, "title": r.title, "number": r.number, "year": r.year, "ties": r.ties})
        }
        Value::Footnote { label, note, .. } => json!({"label": label, "note": note}),
        Value::Place { sort, number, firm, .. } => json!({"sort": sort, "number": number, "firm": firm}),
        Value::Pointer { sort, number, path, .. } => json!({"sort": sort, "number": number, "path": path}),
        Value::Code(c) => json!({"scheme": c.scheme, "number": c.number, "other": c.other, "series": c.series}),
        Value::Link(link) => {
            let numbers = |list: &[Designation]| list.iter().map(|d| d.number.clone()).collect::<Vec<_>>();
            let pairs: Vec<Json> = (link.pairs.iter())
                .map(|(said, leads)| json!({"sort": said.sort, "said": said.number, "leads": numbers(leads)}))
                .collect();
            json!({"pairs": pairs, "place": link.place})
        }
        Value::Definition(d) => json!({"short": d.short, "long": member(&d.long)}),
        Value::Quotation(q) => json!({"words": q.folded, "gaps": q.gaps}),
        Value::Citation(c) => {
            let authors: Vec<&str> = c.authors.iter().map(|a| a.text.as_str()).collect();
            let addresses: Vec<Json> = c.addresses.iter().map(member).collect();
            json!({"form": c.form.name(), "authors": authors, "more": c.more, "title": c.title.as_ref().map(member),
                "year": c.year, "publisher": c.publisher.as_ref().map(member), "addresses": addresses, "label": c.label})
        }
        Value::Abbreviation(usage) => json!({"short": usage.short, "uses": usage.uses, "known": usage.known}),
        Value::Role(r) => json!({"person": r.person, "said": r.said.name()}),
        Value::Within { cue, value, low, high } => {
            json!({"cue": member(cue), "value": operand(value), "low": operand(low), "high": operand(high)})
        }
        Value::Range { cue, first, second } => {
            json!({"cue": member(cue), "first": operand(first), "second": operand(second)})
        }
        Value::Period { cue, first, second, from, to } => {
            json!({"cue": member(cue), "first": member(first), "second": member(second), "from": iso(*from),
                "to": iso(*to)})
        }
        Value::Mean { what, value, deviation, cases } => {
            json!({"what": what.name(), "value": operand(value), "deviation": deviation.as_ref().map(operand),
                "cases": operand(cases)})
        }
        Value::Stated(s) => {
            json!({"rule": s.rule, "subject": s.subject, "value": stated(&s.content)})
        }
        Value::Statistic(s) => {
            let degrees: Vec<String> = s.reported.degrees.iter().map(ToString::to_string).collect();
            json!({"test": s.reported.test.name(), "degrees_of_freedom": degrees, "statistic": member(&s.statistic),
                "p": member(&s.p), "one_tailed": s.one_tailed})
        }
        Value::Weekday { stated, weekday, date, day, source } => {
            json!({"weekday": member(weekday), "number": stated, "day": member(day), "date": iso(*date),
                "year_from": source.as_ref().map(member)})
        }
        Value::Date(dated) => json_date(source, dated),
        Value::Event(e) => {
            let thing = &e.thing;
            json!({"action": e.action, "once": e.once, "when": json_date(source, &e.when), "thing": thing.wording,
                "head": thing.head, "words": thing.words, "marks": thing.marks, "ahead": e.ahead})
        }
        Value::Occasion(o) => {
            let words: Vec<Json> = o.terms.iter().map(|t| json!({"word": t.key, "weight": t.weight})).collect();
            json!({"when": json_date(source, &o.when), "words": words, "marks": o.marks, "action": o.action})
        }
        Value::Edition(e) => {
            let value = match &e.value {
                EditionValue::Date(date) | EditionValue::Double(date) => iso_range(*date),
                EditionValue::Season(name, year) => format!("{name} {}", iso_range(*year)),
                EditionValue::Version(parts) => parts.iter().map(u32::to_string).collect::<Vec<_>>().join("."),
                EditionValue::Number(number) => number.to_string(),
            };
            json!({"place": e.place.name(), "value": value, "of": e.of, "words": e.words})
        }
        Value::Sequence(s) => {
            let steps: Vec<Json> = s.steps.iter().map(|step| member(&step.at)).collect();
            json!({"sort": s.sort.name(), "steps": steps})
        }
        Value::Position(position) => match position {
            Position::Day { date, weekday } => json!({"date": iso(*date), "weekday": weekday}),
            Position::Rank { rank, noun } => json!({"rank": rank, "noun": noun}),
        },
        Value::Zoned(zoned) => {
            let times = zoned.iter().map(|z| json!({"at": member(&z.at), "day": z.day, "offsets": z.offsets}));
            json!({"times": times.collect::<Vec<Json>>()})
        }
        Value::Interval(i) => {
            json!({"sort": i.sort.name(), "stated": operand(&i.stated), "from": json_date(source, &i.from),
                "to": json_date(source, &i.to)})
        }
    }
}

fn json_date(source: &SourceFile, dated: &Dated) -> Json {
    let member = |m: &Member| json!({"text": m.text, "span": JsonSpan::new(source, m.at.start, m.at.end)});
    json!({"at": member(&dated.at), "from": iso(dated.date.from), "to": iso(dated.date.to),
        "year_from": dated.year_from.as_ref().map(member)})
}

fn stated(value: &StatedValue) -> String {
    match value {
        StatedValue::Number(q) => quantity(q),
        StatedValue::Date(text) | StatedValue::Text(text) => text.to_string(),
    }
}
