//! One citation in an entry of a bibliography or in a note: who, what, when, where.

use super::address::addresses;
use super::author::authors;
use super::title::{emphasised, trimmed};
use super::{Citation, CitationForm, folded_words, member};
use crate::annotate::{Case, TokenKind, phrase_at, phrase_before};
use crate::claim::quoted::quoted;
use crate::claim::{BlockView, Context};
use crate::lexicon::lower;
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Most bytes before the title that can be authors.
const HEAD: usize = 400;

/// Reads one citation; `None` when the text does not show what is cited.
pub(super) fn read(
    context: &Context<'_>,
    view: &BlockView<'_>,
    range: Range<usize>,
    form: CitationForm,
) -> Option<Citation> {
    let text = view.text;
    let mut citation = Citation { form, ..Citation::default() };
    let mut range = trimmed(text, range);
    if form == CitationForm::Entry
        && let Some((label, length)) = label(&text[range.clone()])
    {
        citation.label = label.into();
        range = trimmed(text, range.start + length..range.end);
    }
    range = trimmed(text, range.start + signal(context, view, &range)..range.end);
    let links = addresses(view, range.clone());
    citation.back = back(context, view, &range);
    let until = links.first().map_or(range.end, |(r, _)| r.start);
    let years = years(context, view, &range, &links.iter().map(|(r, _)| r.clone()).collect::<Vec<_>>());
    citation.target = target(context, view, &range);
    let Some(shape) = shape(view, range.start..until, &years, form) else {
        return short(context, view, range, citation);
    };
    let key = folded_words(&text[shape.title.clone()]);
    let head = trimmed(text, range.start..shape.head);
    let named = text[head.clone()].trim_end_matches([',', ':', '(', ' ', '.']);
    let initial = text[head.start + named.len()..].starts_with('.');
    let named = head.start..head.start + named.len() + usize::from(initial && ends_in_initial(named));
    if !named.is_empty()
        && named.len() <= HEAD
        && let Some((list, more)) = authors(&text[named.clone()], context.lexicon)
    {
        citation.authors = list;
        citation.more = more;
        citation.named = Some(member(view, named));
    }
    let year = years.iter().find(|y| {
        !overlap(&y.range, &shape.whole) && (y.range.start >= shape.whole.end || shape.dated == Some(y.range.start))
    });
    if let Some(year) = year {
        citation.year = Some(year.year);
        citation.letter = year.letter;
        citation.dated = Some(member(view, year.range.clone()));
    }
    citation.publisher = publisher(view, shape.whole.end..until);
    citation.cues = cues(context, view, &range, &shape.whole);
    citation.addresses = links.into_iter().map(|(_, m)| m).collect();
    citation.title = Some(member(view, shape.title));
    citation.key = key;
    // A quotation in an explanatory note is no title.
    let sound = !citation.authors.is_empty() || citation.year.is_some() || !citation.addresses.is_empty();
    let plain = head.is_empty() || citation.named.is_some();
    let enough = form == CitationForm::Entry || plain && sound;
    (enough && !citation.key.is_empty()).then_some(citation)
}

/// A short form without a title: "Ito, ibid.", "Ito (n 12) 34".
fn short(context: &Context<'_>, view: &BlockView<'_>, range: Range<usize>, mut citation: Citation) -> Option<Citation> {
    if citation.form != CitationForm::Note || !citation.back && citation.target.is_none() {
        return None;
    }
    let tokens = &view.layer.tokens;
    let first = tokens.partition_point(|t| (t.start as usize) < range.start);
    let sends = (first..tokens.len()).find(|&i| {
        ["citation-back", "citation-note"]
            .iter()
            .any(|set| phrase_at(context.lexicon, set, view.text, tokens, i).is_some())
    })?;
    let end = tokens[sends].start as usize;
    let named = view.text[range.start..end.max(range.start)].trim_end_matches([' ', ',', '.', '(', ':', ';']);
    let named = range.start..range.start + named.len();
    if !named.is_empty() {
        // What is no list of authors may be a title, an interview, a law.
        let (list, more) = authors(&view.text[named.clone()], context.lexicon).filter(|_| named.len() <= HEAD)?;
        citation.authors = list;
        citation.more = more;
        citation.named = Some(member(view, named));
    }
    Some(citation)
}

/// The number of the note that a citation sends to: "above n 12", "supra note 12", "(n 12)".
fn target(
    context: &Context<'_>,
    view: &BlockView<'_>,
    range: &Range<usize>,
) -> Option<(CompactString, crate::claim::Member)> {
    let tokens = &view.layer.tokens;
    let first = tokens.partition_point(|t| (t.start as usize) < range.start);
    (first + 1..tokens.len()).take_while(|&i| (tokens[i].end as usize) <= range.end).find_map(|i| {
        let number = tokens[i].kind == TokenKind::Number
            && view.word(i).len() <= 4
            && view.word(i).bytes().all(|b| b.is_ascii_digit());
        let stop = usize::from(tokens[i - 1].is_sign(view.text, '.'));
        let led = phrase_before(context.lexicon, "citation-note", view.text, tokens, i.checked_sub(stop)?).is_some();
        (number && led).then(|| (view.word(i).into(), view.member(i..i + 1)))
    })
}

fn ends_in_initial(named: &str) -> bool {
    let mut back = named.chars().rev();
    back.next().is_some_and(char::is_uppercase) && back.next().is_none_or(|c| !c.is_alphabetic())
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The label of an entry of a numbered or labelled list, and its length: `[12]`, `12.`, `[RFC2119]`.
fn label(text: &str) -> Option<(&str, usize)> {
    if let Some(inner) = text.strip_prefix('[') {
        let end = inner.find(']').filter(|&end| (1..=24).contains(&end))?;
        return (!inner[..end].contains(' ')).then_some((&inner[..end], end + 2));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    ((1..=3).contains(&digits) && rest.starts_with(['.', ')']) && rest[1..].starts_with([' ', '\t', '\u{a0}']))
        .then(|| (&text[..digits], digits + 1))
}

/// The bytes of the words that lead to a citation: "See also", "Cf."
fn signal(context: &Context<'_>, view: &BlockView<'_>, range: &Range<usize>) -> usize {
    let tokens = &view.layer.tokens;
    let first = tokens.partition_point(|t| (t.start as usize) < range.start);
    let mut at = first;
    while let Some(length) = phrase_at(context.lexicon, "citation-signal", view.text, tokens, at) {
        at += length;
        while tokens
            .get(at)
            .is_some_and(|t| t.is_sign(view.text, ',') || t.is_sign(view.text, '.') || t.is_sign(view.text, ':'))
        {
            at += 1;
        }
    }
    match tokens.get(at) {
        Some(next) if at > first && (next.start as usize) < range.end => next.start as usize - range.start,
        _ => 0,
    }
}

/// Whether the citation sends back to an earlier note.
fn back(context: &Context<'_>, view: &BlockView<'_>, range: &Range<usize>) -> bool {
    let tokens = &view.layer.tokens;
    let first = tokens.partition_point(|t| (t.start as usize) < range.start);
    (first..tokens.len())
        .take_while(|&i| (tokens[i].end as usize) <= range.end)
        .any(|i| phrase_at(context.lexicon, "citation-back", view.text, tokens, i).is_some())
}

/// A year in a citation.
struct Year {
    range: Range<usize>,
    year: i16,
    letter: Option<char>,
}

/// The years that can say when a work appeared, in order.
fn years(context: &Context<'_>, view: &BlockView<'_>, range: &Range<usize>, links: &[Range<usize>]) -> Vec<Year> {
    let tokens = &view.layer.tokens;
    let mut out = Vec::new();
    let first = tokens.partition_point(|t| (t.start as usize) < range.start);
    let mut accessed = false;
    for i in first..tokens.len() {
        let token = &tokens[i];
        let at = token.start as usize..token.end as usize;
        if at.end > range.end {
            break;
        }
        if phrase_at(context.lexicon, "citation-accessed", view.text, tokens, i).is_some() {
            accessed = true;
        }
        if token.kind != TokenKind::Number || links.iter().any(|l| overlap(l, &at)) {
            continue;
        }
        let Some((year, letter)) = year(token.text(view.text)) else { continue };
        let before = view.text[..at.start].chars().next_back().unwrap_or(' ');
        let after = view.text[at.end..].chars().next().unwrap_or(' ');
        // "A/67/2012", "2012-2018", page numbers.
        if matches!(before, '/' | '-' | '–' | '_' | '$' | '€' | '#') || matches!(after, '/' | '–' | '_') {
            continue;
        }
        let paged = phrase_before(context.lexicon, "citation-page", view.text, tokens, i).is_some()
            || i > 0
                && tokens[i - 1].is_sign(view.text, '.')
                && phrase_before(context.lexicon, "citation-page", view.text, tokens, i - 1).is_some();
        // The first year behind "accessed" is the day of the visit.
        if std::mem::take(&mut accessed) || paged {
            continue;
        }
        out.push(Year { range: at, year, letter });
    }
    out
}

/// A year of four digits, perhaps with a letter: 2012a.
fn year(word: &str) -> Option<(i16, Option<char>)> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &word[digits..];
    let letter = rest.chars().next();
    if digits != 4 || rest.len() > 1 || letter.is_some_and(|c| !c.is_ascii_lowercase()) {
        return None;
    }
    let year: i16 = word[..4].parse().ok()?;
    (1500..=2100).contains(&year).then_some((year, letter))
}

/// Where title and authors stand.
struct Shape {
    /// The words of the title.
    title: Range<usize>,
    /// The title with its quotation marks.
    whole: Range<usize>,
    /// Where the authors end.
    head: usize,
    /// Where the year begins that stands between authors and title.
    dated: Option<usize>,
}

/// Finds the title: in quotation marks, in italics, or behind the year that follows the authors.
fn shape(view: &BlockView<'_>, range: Range<usize>, years: &[Year], form: CitationForm) -> Option<Shape> {
    let text = view.text;
    let quoted = quoted(text, range.clone());
    let italic = emphasised(view, range.clone()).find(|r| text[r.clone()].split_whitespace().count() >= 2);
    // "Fenn, R. (2019). Dose-finding in …", "Fenn, Rosa. 2019. Dose-finding …"
    let year = years
        .first()
        .filter(|y| y.range.start >= range.start && y.range.end <= range.end && y.range.start - range.start <= HEAD);
    let first = quoted.as_ref().map(|(_, w)| w.start).into_iter().chain(italic.as_ref().map(|r| r.start)).min();
    if let Some(year) = year.filter(|y| first.is_none_or(|f| y.range.start < f)) {
        let open = text[..year.range.start].ends_with(['(', '[']);
        let mut head = year.range.start - usize::from(open);
        head = range.start + text[range.start..head].trim_end().len();
        let dated = Some(year.range.start);
        let mut at = year.range.end;
        if open {
            // "(2019, May 3)"
            at += text[at..range.end].find([')', ']']).filter(|&n| n <= 30)? + 1;
        }
        let rest = text[at..range.end].trim_start_matches([' ', '.', ',', ':', '\u{a0}']);
        at = range.end - rest.len();
        if let Some((inner, whole)) = quoted.filter(|(_, w)| w.start == at) {
            return Some(Shape { title: inner, whole, head, dated });
        }
        if let Some(r) = italic.filter(|r| r.start <= at + 1 && r.end > at) {
            let end = r.start + text[r.clone()].trim_end_matches(['.', ',', ' ']).len();
            return Some(Shape { title: r.start..end, whole: r, head, dated });
        }
        let separated = open || text[year.range.end..].starts_with(['.', ',', ':', ')']);
        if form == CitationForm::Entry
            && separated
            && rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
            && head > range.start
        {
            let end = at + sentence(rest, first.map(|f| f.saturating_sub(at)));
            let cut = at + text[at..end].trim_end_matches(['.', ',', ' ']).len();
            return Some(Shape { title: at..cut, whole: at..end, head, dated });
        }
        return None;
    }
    // Italics before the quotation are the title of a book with a quotation in it.
    match (quoted, italic) {
        (Some((inner, whole)), italic) if italic.as_ref().is_none_or(|r| whole.start <= r.start) => {
            if text[inner.clone()].split_whitespace().count() < 2 {
                return None;
            }
            let head = whole.start;
            Some(Shape { title: inner, whole, head, dated: None })
        }
        (_, Some(r)) => {
            // What stands in italics behind a title is the journal.
            if let Some(shape) = vancouver(text, range.start..range.end, form).filter(|s| s.whole.end <= r.start) {
                return Some(shape);
            }
            let end = r.start + text[r.clone()].trim_end_matches(['.', ',', ' ']).len();
            Some(Shape { title: r.start..end, head: r.start, whole: r, dated: None })
        }
        _ => vancouver(text, range, form),
    }
}

/// "Smith AB, Jones C. Title of the paper. Harbour J. 2010;12:3–4."
fn vancouver(text: &str, range: Range<usize>, form: CitationForm) -> Option<Shape> {
    if form != CitationForm::Entry {
        return None;
    }
    let (head, rest) = text[range.clone()].split_once(". ")?;
    let initials = head.split([',', ' ']).rfind(|w| !w.is_empty())?;
    let signed = initials.chars().count() <= 3 && initials.chars().all(char::is_uppercase) || head.ends_with("et al");
    if !signed || !rest.starts_with(char::is_uppercase) || head.len() > HEAD {
        return None;
    }
    let at = range.start + head.len() + 2;
    let end = at + sentence(rest, None);
    let cut = at + text[at..end].trim_end_matches(['.', ' ']).len();
    Some(Shape { title: at..cut, whole: at..end, head: range.start + head.len(), dated: None })
}

/// The length of the first sentence of a text, at most `most` bytes.
fn sentence(text: &str, most: Option<usize>) -> usize {
    let bytes = text.as_bytes();
    let most = most.unwrap_or(text.len()).min(text.len());
    for at in memchr::memchr3_iter(b'.', b'?', b'!', &bytes[..most]) {
        let next = text[at + 1..].chars().next();
        // "vs.", "U.S. law": one short word before the full stop ends no title.
        let word = text[..at].rsplit(' ').next().unwrap_or("");
        if next.is_none_or(char::is_whitespace) && (word.chars().count() > 3 || bytes[at] != b'.') {
            return at + 1;
        }
    }
    most
}

/// What stands in a bracket with the year, or in italics behind the title: publisher, newspaper, journal, site.
fn publisher(view: &BlockView<'_>, range: Range<usize>) -> Option<crate::claim::Member> {
    let text = view.text;
    if range.start >= range.end {
        return None;
    }
    let open = range.start + text[range.clone()].find('(')?;
    // Only directly behind the title: what is between would be the journal.
    if open > range.start + 3 {
        return None;
    }
    let close = open + text[open..range.end].find(')')?;
    let inner = &text[open + 1..close];
    let end = inner.find(|c: char| c.is_ascii_digit()).unwrap_or(inner.len());
    let name = inner[..end].trim_end_matches([' ', ',']);
    // "Cambridge: Hill Press"
    let from = name.rfind(": ").map_or(0, |i| i + 2);
    let name = open + 1 + from..open + 1 + name.len();
    let words = text[name.clone()].split_whitespace().count();
    (text[name.clone()].starts_with(char::is_uppercase) && (1..=8).contains(&words)).then(|| member(view, name))
}

/// Words outside the title that tell editions, parts and translations apart.
fn cues(context: &Context<'_>, view: &BlockView<'_>, range: &Range<usize>, title: &Range<usize>) -> Vec<CompactString> {
    let tokens = &view.layer.tokens;
    let first = tokens.partition_point(|t| (t.start as usize) < range.start);
    let mut out = Vec::new();
    for i in (first..tokens.len()).take_while(|&i| (tokens[i].end as usize) <= range.end) {
        if phrase_at(context.lexicon, "citation-edition", view.text, tokens, i).is_none() {
            continue;
        }
        let at = tokens[i].start as usize..tokens[i].end as usize;
        let before = i.checked_sub(1).map_or("", |b| view.word(b));
        // A first edition is what every book is.
        if !overlap(&at, title) && !matches!(before, "1st" | "1" | "First" | "first") {
            out.push("edition".into());
            break;
        }
    }
    // "RFC 2183", "COM 2015": the number that a body gives its document.
    for i in first + 1..tokens.len() {
        let (before, at) = (&tokens[i - 1], &tokens[i]);
        if at.end as usize > range.end {
            break;
        }
        let body = before.kind == TokenKind::Word && before.case == Case::Upper && at.kind == TokenKind::Number;
        if body && !overlap(&(before.start as usize..at.end as usize), title) && year(view.word(i)).is_none() {
            out.push(format_compact!("number:{}{}", lower(view.word(i - 1)), view.word(i)));
        }
    }
    let first = tokens.partition_point(|t| (t.start as usize) < range.start);
    let ends = |i: usize| (tokens[i].end as usize) <= range.end;
    let found = |i: usize| phrase_at(context.lexicon, "citation-secondary", view.text, tokens, i).is_some();
    if (first..tokens.len()).take_while(|&i| ends(i)).any(found) {
        out.push("secondary".into());
    }
    let first = tokens.partition_point(|t| (t.start as usize) < title.start);
    let mut words = (first..tokens.len()).filter(|&i| tokens[i].kind == TokenKind::Word);
    if words.next().is_some_and(|i| phrase_at(context.lexicon, "citation-genre", view.text, tokens, i).is_some()) {
        out.push("genre".into());
    }
    out
}
