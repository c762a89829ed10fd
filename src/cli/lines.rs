//! Lines and places as they are named on the command line.

use std::path::PathBuf;

/// Lines from the first to the last, both 1-based and included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct LineRange {
    /// The first line.
    pub(super) first: usize,
    /// The last line.
    pub(super) last: usize,
}

impl std::str::FromStr for LineRange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let range = Self { first: line(first)?, last: line(last)? };
        if range.last < range.first { Err(format!("`{text}` ends before it begins")) } else { Ok(range) }
    }
}

/// A line, possibly of a named file: `31`, `report.md:31`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct LineRef {
    /// The file as on the command line; the only one when not said.
    pub(super) path: Option<PathBuf>,
    /// The line, from 1.
    pub(super) line: usize,
}

impl std::str::FromStr for LineRef {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.rsplit_once(':') {
            Some((path, number)) => Ok(Self { path: Some(path.into()), line: line(number)? }),
            None => Ok(Self { path: None, line: line(text)? }),
        }
    }
}

fn line(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err(format!("`{text}` is no line number: lines are counted from 1")),
        Ok(line) => Ok(line),
    }
}

#[cfg(test)]
mod tests {
    use super::{LineRange, LineRef};

    #[test]
    fn reads_lines() {
        assert_eq!("31".parse(), Ok(LineRange { first: 31, last: 31 }));
        assert_eq!("31-40".parse(), Ok(LineRange { first: 31, last: 40 }));
        assert!("0".parse::<LineRange>().is_err());
        assert!("40-31".parse::<LineRange>().is_err());
        assert_eq!("a:b.md:7".parse(), Ok(LineRef { path: Some("a:b.md".into()), line: 7 }));
    }
}
