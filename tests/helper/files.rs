//! A scratch folder with files in it.

#![allow(dead_code, reason = "each test file uses some of it")]

use tempfile::TempDir;

/// A folder with the given files, each by its name below the folder.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    folder
}
