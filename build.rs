//! Lists the rules and lexicons under `rules/`, so that adding one is adding a file; and tells the program which
//! sources it is built from, for `--version` and for what it keeps between runs.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
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
    fs::write(out.join("lexicons.rs"), lexicons)?;

    println!("cargo::rerun-if-changed=src");
    println!("cargo::rustc-env=RECOUNT_SOURCES={:016x}", sources(&root)?);
    println!("cargo::rerun-if-env-changed=RECOUNT_COMMIT");
    println!("cargo::rustc-env=RECOUNT_VERSION={}", version(&root));
    Ok(())
}

/// The version with the commit and its day, where they are known: those who build without a repository may say
/// `RECOUNT_COMMIT`, and builds for development, which follow the commits, leave it out.
fn version(root: &Path) -> String {
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let commit = match env::var("RECOUNT_COMMIT") {
        Ok(commit) => Some(commit),
        Err(_) if env::var("PROFILE").is_ok_and(|p| p == "release") => commit(root),
        Err(_) => None,
    };
    match commit.filter(|c| !c.is_empty()) {
        Some(commit) => format!("{version} ({commit})"),
        None => version,
    }
}

fn commit(root: &Path) -> Option<String> {
    let git = |args: &[&str]| {
        let output = Command::new("git").arg("-C").arg(root).args(args).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
        (output.status.success() && !text.is_empty()).then_some(text)
    };
    // A package that lies in a folder of another repository is not of its commit.
    let top = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?);
    if top.canonicalize().ok()? != root.canonicalize().ok()? {
        return None;
    }
    for name in ["HEAD", "logs/HEAD"] {
        if let Some(path) = git(&["rev-parse", "--git-path", name]).map(|p| root.join(p)).filter(|p| p.exists()) {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    git(&["log", "-1", "--format=%h %cs"])
}

/// A fingerprint (FNV-1a, 64 bits) of all that the program is made of: what one build keeps is of no use to another.
fn sources(root: &Path) -> io::Result<u64> {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for byte in bytes.iter().chain(&[0]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    let mut open = vec![root.join("src"), root.join("rules"), root.join("Cargo.lock")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let mut inside: Vec<PathBuf> = fs::read_dir(&path)?.map(|e| Ok(e?.path())).collect::<io::Result<_>>()?;
            inside.sort();
            open.extend(inside);
        } else if path.is_file() {
            add(path.strip_prefix(root).unwrap_or(&path).to_string_lossy().as_bytes());
            add(&fs::read(&path)?);
        }
    }
    Ok(hash)
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
