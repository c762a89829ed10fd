//! Objects in braces, as JSON, JavaScript and their relatives have them.

use super::{GivenSort, Pair};
use std::ops::Range;

/// Deepest nesting that is followed.
const DEPTH: usize = 40;

/// An open brace or bracket.
struct Frame {
    /// The name that it is the value of.
    name: Option<Range<usize>>,
    /// The object that its names stand in; that of the frame around it for a list.
    object: u32,
    /// Whether names stand in it.
    braces: bool,
}

/// Whether a text in braces has names with values, and is no block of a program.
pub(super) fn is_object(text: &str) -> bool {
    let mut quoted = text.match_indices("\":");
    quoted.next().is_some() || text.contains("\" :") || text.lines().skip(1).take(3).any(|l| l.trim().contains(": "))
}

/// The names and values of the objects in a part of a text.
pub(super) fn pairs(text: &str, part: Range<usize>) -> Vec<Pair> {
    let mut reader = Reader { text, end: part.end, at: part.start, stack: Vec::new(), objects: 0, out: Vec::new() };
    reader.read();
    reader.out
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    stack: Vec<Frame>,
    objects: u32,
    out: Vec<Pair>,
}

impl Reader<'_> {
    fn byte(&self, at: usize) -> u8 {
        if at < self.end { self.text.as_bytes()[at] } else { 0 }
    }

    fn read(&mut self) {
        let mut pending: Option<Range<usize>> = None;
        while self.at < self.end {
            match self.byte(self.at) {
                b'{' | b'[' => {
                    let name = pending.take();
                    if let Some(name) = &name {
                        self.push(name.clone(), None, false);
                    }
                    let braces = self.byte(self.at) == b'{';
                    let outer = self.stack.last().map_or(0, |f| f.object);
                    self.objects += u32::from(braces);
                    self.stack.push(Frame { name, object: if braces { self.objects } else { outer }, braces });
                    self.at += 1;
                    if self.stack.len() > DEPTH {
                        return;
                    }
                }
                b'}' | b']' => {
                    self.stack.pop();
                    pending = None;
                    self.at += 1;
                }
                b'/' if self.byte(self.at + 1) == b'/' => self.skip_line(),
                b'#' => self.skip_line(),
                b if b.is_ascii_whitespace() || matches!(b, b',' | b';' | b'(' | b')') => self.at += 1,
                _ => {
                    let (token, quoted) = self.token();
                    if self.opens_value() && self.stack.last().is_some_and(|f| f.braces) {
                        pending = Some(token);
                    } else if let Some(name) = pending.take() {
                        self.push(name, Some(token), quoted);
                    }
                }
            }
        }
    }

    fn skip_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..self.end];
        self.at += rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
    }

    /// The string, word or number that begins here.
    fn token(&mut self) -> (Range<usize>, bool) {
        let quote = self.byte(self.at);
        if matches!(quote, b'"' | b'\'' | b'`') {
            let start = self.at + 1;
            self.at = start;
            while self.at < self.end && self.byte(self.at) != quote && self.byte(self.at) != b'\n' {
                self.at += 1 + usize::from(self.byte(self.at) == b'\\');
            }
            let end = self.at.min(self.end);
            self.at = end + 1;
            return (floor(self.text, start)..floor(self.text, end), true);
        }
        let start = self.at;
        while self.at < self.end
            && !self.byte(self.at).is_ascii_whitespace()
            && !matches!(self.byte(self.at), b',' | b':' | b'{' | b'}' | b'[' | b']' | b';')
        {
            self.at += 1;
        }
        self.at = self.at.max(start + 1);
        (floor(self.text, start)..floor(self.text, self.at), false)
    }

    /// Whether a colon or an arrow stands next; it is read.
    fn opens_value(&mut self) -> bool {
        let mut at = self.at;
        while self.byte(at) == b' ' {
            at += 1;
        }
        let length = match (self.byte(at), self.byte(at + 1)) {
            (b':', b':') => return false,
            (b':', _) => 1,
            (b'=', b'>') => 2,
            _ => return false,
        };
        self.at = at + length;
        true
    }

    fn push(&mut self, name: Range<usize>, value: Option<Range<usize>>, quoted: bool) {
        let around = self.stack.iter().filter_map(|f| f.name.clone()).collect();
        let object = self.stack.last().map_or(0, |f| f.object);
        self.out.push(Pair { sort: GivenSort::Field, around, name, value, quoted, object });
    }
}

/// The nearest character boundary at or before an offset.
fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn reads_names_with_the_objects_around_them() {
        let text = r#"{ "total": 2, "items": [ { "id": "a:1", "open": true }, { "id": "b\"2" } ], // two
          limits: { 'max': 10 } }"#;
        let read: Vec<String> = pairs(text, 0..text.len())
            .iter()
            .map(|p| {
                let around: Vec<&str> = p.around.iter().map(|r| &text[r.clone()]).collect();
                let value = p.value.clone().map_or("…", |v| &text[v]);
                format!("{}/{}={value}@{}", around.join("/"), &text[p.name.clone()], p.object)
            })
            .collect();
        assert_eq!(
            read,
            [
                "/total=2@1",
                "/items=…@1",
                "items/id=a:1@2",
                "items/open=true@2",
                "items/id=b\\\"2@3",
                "/limits=…@1",
                "limits/max=10@4"
            ]
        );
    }

    #[test]
    fn reads_broken_objects_without_an_end() {
        for text in ["{ \"a\": \"é", "{ \"a\": ", "}}]] { a: 'b", "{\"a\":\"\\"] {
            let _ = pairs(text, 0..text.len());
        }
        assert_eq!(pairs("{ \"a\": 1", 0..8).len(), 1);
    }
}
