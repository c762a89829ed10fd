//! Compares names for `same_names.py`: reads lines of sort, name and name, divided by tabs, and prints whether the two
//! names are one, and how they differ. The sort is `person` or `body`.

use recount::claim::naming::{compare_bodies, compare_people};
use recount::lexicon::Lexicon;
use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let lexicon = Lexicon::english();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let fields: Vec<&str> = line.split('\t').collect();
        let [sort, a, b] = fields[..] else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("not three fields: {line}")));
        };
        let found = if sort == "person" { compare_people(a, b, lexicon) } else { compare_bodies(a, b, lexicon) };
        writeln!(out, "{:?}\t{:?}", found.sameness, found.differences)?;
    }
    Ok(())
}
