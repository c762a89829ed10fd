//! Lists the rules and lexicons under `rules/`, so that adding one is adding a file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=rules");

    let mut rules = String::from("&[\n");
    let mut families: Vec<PathBuf> = dirs(&root.join("rules"))?;
    families.retain(|d| d.file_name().is_some_and(|n| n != "lexicons"));
    for family in families {
        list(&family, &mut rules)?;
    }
    rules.push(']');
    fs::write(out.join("rules.rs"), rules)?;

    let mut lexicons = String::from("&[\n");
    list(&root.join("rules/lexicons/en"), &mut lexicons)?;
    lexicons.push(']');
    fs::write(out.join("lexicons.rs"), lexicons)
}

fn dirs(at: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(at)? {
        let path = entry?.path();
        if path.is_dir() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Appends `("<family>", "<stem>", include_str!("<path>")),` for every TOML file of a folder, sorted.
fn list(folder: &Path, into: &mut String) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            files.push(path);
        }
    }
    files.sort();
    let family = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for file in files {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let _ = writeln!(into, "    ({family:?}, {stem:?}, include_str!({:?})),", file.display().to_string());
    }
    Ok(())
}
