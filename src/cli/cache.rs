//! What is kept between runs: a folder of files, each named after the hash of all that went into it.
//!
//! A file that is damaged counts as absent. Files are written beside their place and then moved to it, so that any
//! number of runs may read and write at once; what was used last is kept longest.

use super::CLEAN;
use super::args::{CacheAction, CacheArgs};
use super::output::Output;
use anyhow::{Context as _, bail};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use xxhash_rust::xxh3::xxh3_128;

/// The form of the files; a new form is a new folder.
const FORM: &str = "v1";

/// What every file begins with, before the checksum of the rest.
const HEAD: &[u8; 16] = b"recount cache 1\n";

/// The folder is kept below this size, in bytes.
const LARGEST: u64 = 512 << 20;

/// What eviction leaves, so that it need not run every time.
const ENOUGH: u64 = LARGEST / 4 * 3;

/// A file that was left half written is taken away after this time.
const ABANDONED: Duration = Duration::from_secs(3600);

/// The folder of what is kept.
#[derive(Clone, Debug)]
pub(super) struct Store {
    folder: PathBuf,
}

impl Store {
    /// The folder by the environment: `RECOUNT_CACHE_DIR`, else `recount` in the place for such files that the system
    /// has. `None` when there is none; an empty `RECOUNT_CACHE_DIR` means that nothing is kept.
    pub(super) fn by_environment() -> Option<Self> {
        let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
        let folder = match std::env::var_os("RECOUNT_CACHE_DIR") {
            Some(own) if own.is_empty() => return None,
            Some(own) => PathBuf::from(own),
            None if cfg!(windows) => absolute("LOCALAPPDATA")?.join("recount").join("cache"),
            // The XDG Base Directory Specification has paths that are not absolute ignored.
            None => match absolute("XDG_CACHE_HOME") {
                Some(caches) => caches.join("recount"),
                None if cfg!(target_os = "macos") => absolute("HOME")?.join("Library/Caches/recount"),
                None => absolute("HOME")?.join(".cache/recount"),
            },
        };
        Some(Self { folder })
    }

    fn files(&self) -> PathBuf {
        self.folder.join(FORM)
    }

    fn path(&self, sort: &str, key: u128) -> PathBuf {
        self.files().join(format!("{sort}-{key:032x}"))
    }

    /// What was kept under a key. Says so on standard error when it is damaged.
    pub(super) fn load<T: DeserializeOwned>(&self, sort: &str, key: u128) -> Option<T> {
        let path = self.path(sort, key);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == ErrorKind::NotFound => return None,
            Err(e) => {
                eprintln!("note: {}: {e}; the cache is not used", path.display());
                return None;
            }
        };
        let found = unpacked(&bytes).and_then(|content| postcard::from_bytes(content).ok());
        if found.is_none() {
            eprintln!("note: {}: this file of the cache is damaged and is ignored", path.display());
            let _ = fs::remove_file(&path);
            return None;
        }
        // The time tells eviction what was used last.
        if let Ok(file) = fs::File::options().append(true).open(&path) {
            let _ = file.set_modified(SystemTime::now());
        }
        found
    }

    /// Keeps something. What cannot be kept is not: the run has done its work.
    pub(super) fn save<T: Serialize>(&self, sort: &str, key: u128, content: &T) {
        let Ok(content) = postcard::to_stdvec(content) else { return };
        let saved = self.prepare().and_then(|()| {
            let path = self.path(sort, key);
            let new = path.with_extension(format!("{}.new", std::process::id()));
            let mut file = fs::File::create(&new)?;
            file.write_all(HEAD)?;
            file.write_all(&xxh3_128(&content).to_le_bytes())?;
            file.write_all(&content)?;
            drop(file);
            fs::rename(&new, &path)
        });
        if let Err(e) = saved {
            eprintln!("note: {}: {e}; nothing is kept for the next run", self.folder.display());
            return;
        }
        self.evict(LARGEST, ENOUGH);
    }

    /// Makes the folder, marked so that backups leave it out (bford.info/cachedir).
    fn prepare(&self) -> io::Result<()> {
        fs::create_dir_all(self.files())?;
        let tag = self.folder.join("CACHEDIR.TAG");
        if !tag.exists() {
            fs::write(tag, "Signature: 8a477f597d28d172789f06886806bc55\n# This folder may be deleted at any time.\n")?;
        }
        Ok(())
    }

    /// The files that are kept, with size and time of the last use.
    fn list(&self) -> io::Result<Vec<(PathBuf, u64, SystemTime)>> {
        let entries = match fs::read_dir(self.files()) {
            Ok(entries) => entries,
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(e),
        };
        // A file may go while others are looked at.
        let file = |entry: io::Result<fs::DirEntry>| {
            let entry = entry.ok()?;
            let data = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((entry.path(), data.len(), data.modified().unwrap_or(SystemTime::UNIX_EPOCH)))
        };
        Ok(entries.filter_map(file).collect())
    }

    /// When there is more than `largest`, takes away what was not used for longest until `enough` is left.
    fn evict(&self, largest: u64, enough: u64) {
        let Ok(mut files) = self.list() else { return };
        let now = SystemTime::now();
        files.retain(|(path, _, time)| {
            let left = path.extension().is_some_and(|e| e == "new")
                && now.duration_since(*time).is_ok_and(|age| age > ABANDONED);
            !(left && fs::remove_file(path).is_ok())
        });
        let mut size: u64 = files.iter().map(|(_, size, _)| size).sum();
        if size <= largest {
            return;
        }
        files.sort_by(|a, b| (a.2, &a.0).cmp(&(b.2, &b.0)));
        for (path, length, _) in files {
            if size <= enough {
                break;
            }
            let _ = fs::remove_file(path);
            size -= length;
        }
    }
}

/// The content of a file, if head and checksum are right.
fn unpacked(bytes: &[u8]) -> Option<&[u8]> {
    let (sum, content) = bytes.strip_prefix(HEAD)?.split_first_chunk::<16>()?;
    (xxh3_128(content).to_le_bytes() == *sum).then_some(content)
}

/// `recount cache`
pub(super) fn run(args: &CacheArgs, out: &mut Output) -> anyhow::Result<u8> {
    let Some(store) = Store::by_environment() else { bail!("nothing is kept: no folder for it is known") };
    let context = || format!("{}", store.folder.display());
    match args.action {
        CacheAction::Dir => writeln!(out, "{}", store.folder.display())?,
        CacheAction::Size => {
            let files = store.list().with_context(context)?;
            let size: u64 = files.iter().map(|(_, size, _)| size).sum();
            writeln!(out, "{} files, {}", files.len(), shown(size))?;
        }
        CacheAction::Clear => {
            let (mut files, mut size) = (0, 0);
            for (path, length, _) in store.list().with_context(context)? {
                match fs::remove_file(&path) {
                    Ok(()) => (files, size) = (files + 1, size + length),
                    Err(e) if e.kind() == ErrorKind::NotFound => {}
                    Err(e) => return Err(e).with_context(|| format!("{}", path.display())),
                }
            }
            writeln!(out, "removed {files} files, {}", shown(size))?;
        }
    }
    Ok(CLEAN)
}

/// A size in the unit that suits it.
fn shown(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes.div_ceil(1024)),
        _ => format!("{} MiB", bytes.div_ceil(1 << 20)),
    }
}

/// Builds a key out of everything that a result depends on.
#[derive(Clone, Debug, Default)]
pub(super) struct Key {
    bytes: Vec<u8>,
}

impl Key {
    /// A key for results of this very program.
    pub(super) fn new() -> Self {
        let mut key = Self::default();
        key.add(env!("RECOUNT_SOURCES").as_bytes());
        key
    }

    /// Adds a part; where parts begin and end counts.
    pub(super) fn add(&mut self, part: &[u8]) {
        self.bytes.extend((part.len() as u64).to_le_bytes());
        self.bytes.extend(part);
    }

    /// Adds what a value shows of itself.
    pub(super) fn add_shown(&mut self, value: &dyn std::fmt::Debug) {
        self.add(format!("{value:?}").as_bytes());
    }

    /// Adds a path.
    pub(super) fn add_path(&mut self, path: &Path) {
        self.add(path.as_os_str().as_encoded_bytes());
    }

    /// The key.
    pub(super) fn finish(&self) -> u128 {
        xxh3_128(&self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Store};
    use std::fs;
    use std::time::{Duration, SystemTime};

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store { folder: folder.path().join("cache") };
        (folder, store)
    }

    #[test]
    fn reads_what_was_kept() {
        let (_folder, store) = store();
        assert_eq!(store.load::<String>("run", 1), None);
        store.save("run", 1, &"kept".to_owned());
        assert_eq!(store.load("run", 1), Some("kept".to_owned()));
        assert_eq!(store.load::<String>("run", 2), None);
        assert_eq!(store.load::<String>("file", 1), None);
    }

    #[test]
    fn ignores_what_is_damaged() {
        let (_folder, store) = store();
        for damage in
            [|b: &mut Vec<u8>| b.truncate(9), |b: &mut Vec<u8>| *b.last_mut().expect("a byte") ^= 1, Vec::clear]
        {
            store.save("run", 1, &"kept".to_owned());
            let path = store.path("run", 1);
            let mut bytes = fs::read(&path).expect("it is there");
            damage(&mut bytes);
            fs::write(&path, bytes).expect("it can be written");
            assert_eq!(store.load::<String>("run", 1), None);
            assert!(!path.exists());
        }
    }

    #[test]
    fn keeps_what_was_used_last() {
        let (_folder, store) = store();
        for key in 0..10 {
            store.save("run", key, &vec![0_u8; 1000]);
            let file = fs::File::options().append(true).open(store.path("run", key)).expect("it is there");
            let time = SystemTime::now() - Duration::from_secs(1000 - u64::try_from(key).expect("small"));
            file.set_modified(time).expect("a time");
        }
        let kept = || (0..10).filter(|&key| store.path("run", key).exists()).collect::<Vec<u128>>();
        store.evict(20_000, 5_000);
        assert_eq!(kept().len(), 10);
        assert!(store.load::<Vec<u8>>("run", 0).is_some());
        store.evict(10_000, 4_200);
        assert_eq!(kept(), [0, 7, 8, 9]);
    }

    #[test]
    fn tells_parts_of_a_key_apart() {
        let key = |parts: &[&str]| {
            let mut key = Key::new();
            parts.iter().for_each(|p| key.add(p.as_bytes()));
            key.finish()
        };
        assert_ne!(key(&["a", "bc"]), key(&["ab", "c"]));
        assert_eq!(key(&["a", "bc"]), key(&["a", "bc"]));
    }
}
