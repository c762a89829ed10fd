//! Files that a project is built and set up from: manifests, build files, samples of configurations. Each is one block
//! of code; what it says is compared with the documentation beside it.
//!
//! Only files whose name says that they are one are read: data in the same formats says nothing of the project.

use crate::document::{BlockKind, Document, Text};
use crate::span::FileId;

/// Manifests and build files, by their whole name in lower case.
const PROJECT: &[&str] = &[
    "build.gradle",
    "build.gradle.kts",
    "cargo.toml",
    "chart.yaml",
    "cmakelists.txt",
    "compose.yaml",
    "compose.yml",
    "composer.json",
    "containerfile",
    "docker-compose.yaml",
    "docker-compose.yml",
    "dockerfile",
    "go.mod",
    "gradle.properties",
    "package.json",
    "pom.xml",
    "pyproject.toml",
    "setup.cfg",
];

/// Endings of files with settings.
const SETTINGS: &[&str] = &["cfg", "conf", "env", "ini", "properties", "toml", "yaml", "yml"];

/// Words in the name of a file whose settings are those of a fresh installation.
const SAMPLES: &[&str] = &["default", "defaults", "example", "sample", "values"];

/// Whether a file is one by its name.
pub(super) fn is_listing(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if PROJECT.contains(&name.as_str()) || name.starts_with("dockerfile.") {
        return true;
    }
    let mut words = name.split(['.', '-', '_']);
    let ending = name.rsplit('.').next().unwrap_or_default();
    // `config.toml.example` says so behind the ending.
    let settings = SETTINGS.contains(&ending) || name.split('.').any(|part| SETTINGS.contains(&part));
    settings && words.any(|word| SAMPLES.contains(&word))
}

/// Endings of files with code or settings.
const CODE: &[&str] = &[
    "c",
    "cc",
    "cfg",
    "conf",
    "cpp",
    "cs",
    "env",
    "go",
    "h",
    "hpp",
    "ini",
    "java",
    "js",
    "json",
    "jsx",
    "kt",
    "lua",
    "php",
    "pl",
    "properties",
    "py",
    "rb",
    "rs",
    "scala",
    "service",
    "sh",
    "sql",
    "swift",
    "tf",
    "toml",
    "ts",
    "tsx",
    "yaml",
    "yml",
];

/// Whether a file is code or a configuration by its name; lists of locked versions are generated.
pub(super) fn is_source(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    CODE.contains(&ending) && !stem.contains("lock") && !stem.ends_with(".min")
}

/// Longest file that is read; longer ones are generated.
pub(super) const LONGEST: usize = 64 * 1024;

/// Reads such a file.
pub(super) fn read(source: &str, file: FileId) -> Document {
    let mut document = Document::new(file);
    if !source.trim().is_empty() && source.len() <= LONGEST {
        let mut text = Text::new(file);
        text.push_copied(source, 0);
        document.push(BlockKind::Code, text, None);
    }
    document
}

#[cfg(test)]
mod tests {
    use super::{is_listing, read};
    use crate::span::FileId;

    #[test]
    fn reads_files_of_projects_by_their_names() {
        for name in ["Cargo.toml", "Dockerfile", "CMakeLists.txt", "config.example.yaml", "default.conf", "values.yaml"]
        {
            assert!(is_listing(name), "{name}");
        }
        for name in ["data.yaml", "main.rs", "tsconfig.json", "notes.txt", "sample.csv"] {
            assert!(!is_listing(name), "{name}");
        }
    }

    #[test]
    fn reads_one_block_of_code() {
        let document = read("[package]\nname = \"quill\"\n", FileId(0));
        assert_eq!(document.blocks.len(), 1);
        assert_eq!(document.blocks[0].text.string, "[package]\nname = \"quill\"\n");
        assert!(read("  \n", FileId(0)).blocks.is_empty());
    }
}
