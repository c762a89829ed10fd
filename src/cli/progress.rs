//! How far a long run has come, on standard error, for people who wait.
//!
//! Nothing is written when standard error is no terminal, in continuous integration, and in the first second.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long a run may take before it says how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line is written anew.
const RHYTHM: Duration = Duration::from_millis(100);

/// One part of a run. The line disappears when it is dropped.
#[derive(Debug)]
pub(super) struct Progress {
    shared: Arc<Shared>,
    watcher: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    done: AtomicUsize,
    over: AtomicBool,
}

impl Progress {
    /// Begins a part that consists of so many files; 0 when they are not counted.
    pub(super) fn start(what: &'static str, total: usize) -> Self {
        let shared = Arc::new(Shared { done: AtomicUsize::new(0), over: AtomicBool::new(false) });
        let watched = Arc::clone(&shared);
        let watcher = is_watched().then(|| std::thread::spawn(move || watch(&watched, what, total)));
        Self { shared, watcher }
    }

    /// One more file is done.
    pub(super) fn step(&self) {
        self.shared.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Relaxed);
        if let Some(watcher) = self.watcher.take() {
            watcher.thread().unpark();
            // A line that could not be written is no reason to fail.
            let _ = watcher.join();
        }
    }
}

/// Whether somebody sees what is written.
fn is_watched() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let dumb = std::env::var_os("TERM").is_none_or(|v| v == "dumb");
    io::stderr().is_terminal() && !set("CI") && !dumb
}

fn watch(shared: &Shared, what: &str, total: usize) {
    let start = Instant::now();
    let mut shown = false;
    while !shared.over.load(Ordering::Relaxed) {
        if start.elapsed() >= PATIENCE {
            let line = line(what, shared.done.load(Ordering::Relaxed), total);
            // Back to the first column, and the rest of the line is cleared.
            let _ = write!(io::stderr(), "\r{line}\x1b[K");
            shown = true;
        }
        std::thread::park_timeout(RHYTHM);
    }
    if shown {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
}

/// "reading 1,250 of 10,000 files"
fn line(what: &str, done: usize, total: usize) -> String {
    if total == 0 {
        return format!("{what} …");
    }
    format!("{what} {} of {} files", grouped(done), grouped(total))
}

/// A number with separators of thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn says_how_far_it_is() {
        assert_eq!(line("reading", 1250, 10_000), "reading 1,250 of 10,000 files");
        assert_eq!(line("comparing claims", 0, 0), "comparing claims …");
    }
}
