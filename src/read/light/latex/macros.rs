//! Commands that an author defines for words: `\newcommand{\wells}{43}`, `\newcommand{\town}[1]{\textbf{#1}}`.
//!
//! Reports keep their figures in such commands, so that a text without them lacks its numbers. Only what is defined in
//! the file itself is carried out, and nothing that sets up commands or environments anew.

use crate::read::light::inline::closed;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How often what a command stands for may hold commands again.
const DEEPEST: usize = 8;

/// A line grows to no more than this many bytes.
const LONGEST_LINE: usize = 20_000;

/// What a command stands for.
struct Body<'s> {
    /// How many arguments it takes.
    arguments: usize,
    words: &'s str,
}

/// The commands that a file defines.
#[derive(Default)]
pub(super) struct Macros<'s> {
    bodies: BTreeMap<&'s str, Body<'s>>,
}

impl<'s> Macros<'s> {
    /// The commands that lines define, each on one line.
    pub(super) fn of(source: &[&'s str]) -> Self {
        let mut bodies = BTreeMap::new();
        for line in source {
            let Some((name, body)) = definition(line.trim_start()) else { continue };
            bodies.insert(name, body);
        }
        Self { bodies }
    }

    /// A line with what its commands stand for. A line that defines a command stays as it is.
    pub(super) fn carried_out<'l>(&self, line: &'l str) -> Cow<'l, str> {
        if self.bodies.is_empty() || definition(line.trim_start()).is_some() {
            return Cow::Borrowed(line);
        }
        let mut said = Cow::Borrowed(line);
        for _ in 0..DEEPEST {
            match self.once(&said) {
                Some(next) if next.len() <= LONGEST_LINE => said = Cow::Owned(next),
                _ => break,
            }
        }
        said
    }

    /// A line whose commands are replaced once; `None` when it has none that is known.
    fn once(&self, line: &str) -> Option<String> {
        let mut out = String::new();
        let (mut rest, mut found) = (line, false);
        while let Some(at) = rest.find('\\') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
            let called = self.bodies.get(&rest[1..=length]).and_then(|body| body.filled(&rest[1 + length..]));
            if let Some((words, more)) = called {
                out.push_str(&words);
                rest = more;
                found = true;
                // A command at the end of the words ends there.
                if rest.starts_with(|c: char| c.is_ascii_alphabetic()) && ends_in_command(&words) {
                    out.push_str("{}");
                }
            } else {
                // A sign behind a backslash is not the beginning of a command.
                let end =
                    1 + length + rest[1 + length..].chars().next().filter(|_| length == 0).map_or(0, char::len_utf8);
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            if out.len() > LONGEST_LINE {
                return None;
            }
        }
        out.push_str(rest);
        found.then_some(out)
    }
}

impl Body<'_> {
    /// The words with the arguments that follow the command, and what is left; `None` when arguments are missing.
    fn filled<'r>(&self, mut rest: &'r str) -> Option<(String, &'r str)> {
        let mut words = self.words.to_owned();
        for n in 1..=self.arguments {
            let (argument, end) = rest.strip_prefix('{').and_then(|r| closed(r, '{', '}'))?;
            words = words.replace(&format!("#{n}"), argument);
            if words.len() > LONGEST_LINE {
                return None;
            }
            rest = &rest[1 + end..];
        }
        if self.arguments == 0 {
            // `\wells{}` ends the command; without braces the blank behind it belongs to it.
            rest = rest.strip_prefix("{}").unwrap_or_else(|| rest.trim_start_matches(' '));
        }
        Some((words, rest))
    }
}

/// Whether the last word of a text is a command: `43~\\euro`.
fn ends_in_command(words: &str) -> bool {
    words.trim_end_matches(|c: char| c.is_ascii_alphabetic()).ends_with('\\')
        && words.ends_with(|c: char| c.is_ascii_alphabetic())
}

/// The name and the words of a command that a line defines.
fn definition(line: &str) -> Option<(&str, Body<'_>)> {
    let plain = line.strip_prefix("\\def");
    let rest = ["\\newcommand", "\\renewcommand", "\\providecommand"].iter().find_map(|c| line.strip_prefix(c));
    let rest = plain.or(rest)?.trim_start_matches('*').trim_start();
    let (name, mut rest) = match rest.strip_prefix('{') {
        Some(braced) => closed(braced, '{', '}').map(|(name, end)| (name.trim(), &braced[end..]))?,
        None => {
            let length = 1 + rest.strip_prefix('\\')?.bytes().take_while(u8::is_ascii_alphabetic).count();
            rest.split_at(length)
        }
    };
    let name = name.strip_prefix('\\').filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_alphabetic()))?;
    rest = rest.trim_start();
    let mut arguments = 0;
    if let Some((count, end)) = rest.strip_prefix('[').and_then(|r| closed(r, '[', ']')) {
        arguments = count.trim().parse().ok().filter(|n| *n <= 9)?;
        rest = rest[1 + end..].trim_start();
    }
    let (words, _) = rest.strip_prefix('{').and_then(|r| closed(r, '{', '}'))?;
    // What is defined by itself, or defines, has no words.
    let odd = words.contains("\\begin")
        || words.contains("\\def")
        || words.contains("command")
        || words.contains(&format!("\\{name}"));
    (!odd).then_some((name, Body { arguments, words }))
}

#[cfg(test)]
mod tests {
    use super::Macros;

    #[test]
    fn reads_commands_of_an_author() {
        let source = [
            r"\newcommand{\wells}{43}",
            r"\def\share{12\,\%}",
            r"\newcommand{\town}[1]{\textbf{#1}}",
            r"\newcommand{\both}{\wells{} and \share}",
            r"\newcommand{\price}{5~\euro}",
            r"\renewcommand{\self}{\self again}",
        ];
        let macros = Macros::of(&source);
        let said = |line| macros.carried_out(line).into_owned();
        assert_eq!(said(r"Of \wells{} wells in \town{Aune}, \both."), r"Of 43 wells in \textbf{Aune}, 43 and 12\,\%.");
        assert_eq!(said(r"\wellspring, \town, \self, 100\% and \\"), r"\wellspring, \town, \self, 100\% and \\");
        assert_eq!(said(r"\price more"), r"5~\euro{}more");
        assert_eq!(said(source[0]), source[0]);
    }

    #[test]
    fn reads_commands_that_grow_without_end_as_far_as_a_line_goes() {
        let definitions: Vec<String> = ('a'..='z')
            .zip('b'..='z')
            .map(|(a, b)| format!(r"\newcommand{{\{a}}}{{\{b}\{b}\{b}\{b}\{b}\{b}\{b}}}"))
            .collect();
        let source: Vec<&str> = definitions.iter().map(String::as_str).collect();
        assert!(Macros::of(&source).carried_out(r"\a").len() < 30_000);
        let turn = [r"\newcommand{\x}{\y}", r"\newcommand{\y}{\x}"];
        assert!(Macros::of(&turn).carried_out(r"\x").len() < 10);
    }
}
