//! Globs of files, relative to the folder of the configuration.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::path::{Path, PathBuf};

/// A set of globs and the folder they start from.
#[derive(Clone, Debug)]
pub struct Globs {
    folder: PathBuf,
    set: GlobSet,
}

impl Globs {
    /// Compiles globs: `*` stays inside of a folder, `**` does not; a folder's name stands for all in it.
    ///
    /// # Errors
    ///
    /// Says which glob cannot be read and why.
    pub fn new(folder: &Path, globs: &[String]) -> Result<Self, String> {
        let mut builder = GlobSetBuilder::new();
        let mut add = |glob: &str| -> Result<(), globset::Error> {
            builder.add(GlobBuilder::new(glob).literal_separator(true).build()?);
            Ok(())
        };
        for glob in globs {
            let plain = glob.trim_start_matches("./").trim_end_matches('/');
            add(plain).map_err(|e| e.to_string())?;
            add(&format!("{plain}/**")).map_err(|e| e.to_string())?;
        }
        let set = builder.build().map_err(|e| e.to_string())?;
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let folder = here.canonicalize().unwrap_or_else(|_| folder.to_owned());
        Ok(Self { folder, set })
    }

    /// Whether a file is one of them.
    #[must_use]
    pub fn contain(&self, file: &Path) -> bool {
        self.set.is_match(relative(&self.folder, file))
    }
}

/// The path of a file as seen from a folder; the path itself when it lies elsewhere.
#[must_use]
pub fn relative(folder: &Path, file: &Path) -> PathBuf {
    let whole = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    whole.strip_prefix(folder).map_or(whole.clone(), Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::Globs;
    use std::path::Path;

    #[test]
    fn reads_globs_from_the_folder() {
        let globs = Globs::new(Path::new("/p"), &["docs/*.md".to_owned(), "old/".to_owned()]).expect("they are right");
        for (path, expected) in
            [("/p/docs/a.md", true), ("/p/docs/b/a.md", false), ("/p/old/b/a.md", true), ("/q/docs/a.md", false)]
        {
            assert_eq!(globs.contain(Path::new(path)), expected, "{path}");
        }
        assert!(Globs::new(Path::new("/p"), &["a[".to_owned()]).is_err());
    }
}
