//! Families of numbered instruments and the ways to name them.

use super::load::{Lexicon, lower};
use super::words::{Pos, WordId};
use compact_str::CompactString;
use serde::Deserialize;

/// A family of numbered instruments: resolutions, directives, standards.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Family name, used as a key: `un-resolution`.
    pub family: CompactString,
    /// Whether it is a numbered part of a law or treaty, such as an article, so that numbers compare within one
    /// law only.
    #[serde(default)]
    pub part: bool,
    /// Whether numbers run on over the years, so that a number has one year.
    #[serde(default)]
    pub continuous: bool,
    /// Whether a number without its year is a part of one: "Law 2", "Regulation 5", but "Law 5 of 1999", "Decree 118/2025".
    #[serde(default)]
    pub yearly: bool,
    /// Words that name it before the number: `resolution`, `RFC`.
    #[serde(default)]
    pub names: Vec<String>,
    /// Symbols with `#` for the number: `S/RES/#`, `Regulation (EU) #`, `ISO/IEC #`.
    #[serde(default)]
    pub symbols: Vec<String>,
    /// Capitalised nouns that end or begin a title: `Data Protection Act`, `Convention on the Law of the Sea`.
    #[serde(default)]
    pub titles: Vec<String>,
}

/// One way to name an instrument, beginning with a given word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstrumentForm {
    /// Index into [`Lexicon::instruments`].
    pub instrument: u32,
    /// How it names it.
    pub kind: FormKind,
    /// The tokens after the first, `#` for the number; letters as written.
    pub rest: Vec<CompactString>,
}

/// How a form names an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormKind {
    /// Words before the number, in any case: `resolution 2178`.
    Name,
    /// A symbol with its number, letters as written: `S/RES/2178`.
    Symbol,
    /// A noun that makes capitalised words a title: `Act`.
    Title,
}

impl Lexicon {
    /// The ways to name an instrument that begin with the form of this entry.
    #[must_use]
    pub fn instrument_forms(&self, first: WordId) -> &[InstrumentForm] {
        self.instrument_forms.get(first)
    }

    /// Adds a family and indexes its forms by their first word.
    pub(super) fn add_instrument(&mut self, instrument: Instrument) {
        let at = self.instruments.len() as u32;
        let forms = [
            (FormKind::Name, &instrument.names),
            (FormKind::Symbol, &instrument.symbols),
            (FormKind::Title, &instrument.titles),
        ];
        for (kind, list) in forms {
            for form in list {
                let mut parts = form_tokens(form).into_iter();
                let Some(first) = parts.next() else { continue };
                let first = lower(&first);
                self.words.add(&first, Pos::default(), "", "");
                if let Some(id) = self.words.find(&first) {
                    let mut rest: Vec<CompactString> = parts.collect();
                    if kind == FormKind::Name {
                        rest.push("#".into());
                    }
                    self.instrument_forms.push(id, InstrumentForm { instrument: at, kind, rest });
                }
            }
        }
        self.instruments.push(instrument);
    }
}

/// A form in pieces as the tokens of a text are cut: words with their inner hyphens, every sign by itself.
fn form_tokens(form: &str) -> Vec<CompactString> {
    let mut out: Vec<CompactString> = Vec::new();
    let mut word = CompactString::default();
    let mut chars = form.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let initial = word.chars().rev().take_while(char::is_ascii_alphanumeric).count() == 1;
        let inner = !word.is_empty()
            && (c == '-' && next.is_some_and(char::is_alphanumeric)
                || c == '.' && initial && next.is_some_and(char::is_uppercase));
        if c.is_alphanumeric() || inner {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if !c.is_whitespace() {
            out.push(CompactString::from_iter([c]));
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::form_tokens;

    #[test]
    fn cuts_forms_as_the_tokenizer_does() {
        assert_eq!(form_tokens("S/RES/#"), ["S", "/", "RES", "/", "#"]);
        assert_eq!(form_tokens("H.R. #"), ["H.R", ".", "#"]);
        assert_eq!(form_tokens("Decree-Law No. #"), ["Decree-Law", "No", ".", "#"]);
    }
}
