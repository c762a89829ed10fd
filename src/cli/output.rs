//! Standard output: buffered, coloured when people look at it, silent when nobody does any more.

use super::args::Color;
use crate::report::terminal::{DEFAULT_WIDTH, Look};
use std::io::{self, IsTerminal, Write};

/// Standard output with what is known of who reads it.
#[derive(Debug)]
pub(super) struct Output {
    out: io::BufWriter<io::StdoutLock<'static>>,
    look: Look,
    /// The reader has gone (`recount … | head`): what is written from now on is dropped.
    closed: bool,
}

impl Output {
    /// Looks at the terminal and the environment.
    pub(super) fn new(color: Color, width: Option<u16>) -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let set = |name| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|v| v == "dumb");
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && !set("NO_COLOR") && !dumb,
        };
        let width = width.map(usize::from).unwrap_or_else(|| {
            let found = terminal.then(terminal_size::terminal_size).flatten();
            // A window narrower than this shows nothing well.
            found.map_or(DEFAULT_WIDTH, |(terminal_size::Width(columns), _)| usize::from(columns).max(40))
        });
        let out = io::BufWriter::with_capacity(1 << 16, stdout.lock());
        Self { out, look: Look { width, color }, closed: false }
    }

    /// How to draw.
    pub(super) fn look(&self) -> Look {
        self.look
    }

    /// Writes out what is buffered.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.flush()
    }

    fn or_closed<T>(&mut self, result: io::Result<T>, instead: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(instead)
            }
            result => result,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let written = self.out.write(bytes);
        self.or_closed(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let flushed = self.out.flush();
        self.or_closed(flushed, ())
    }
}
