//! Where the value of a fact is found: a key, a cell, a number of rows or files, a match, a variable.

use super::Globs;
use crate::document::{BlockId, Document, Table};
use crate::read::{self, Format, Revisions};
use crate::rule::nearest;
use crate::source::{Origin as Encoding, SourceFile};
use crate::span::FileId;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use yaml_rust2::{Yaml, YamlLoader};

/// Where a value is found. Paths are relative to the folder of the configuration. Exactly one source is named, with
/// what it needs to lead to one value.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct From {
    /// A text file, with `regex`.
    pub file: Option<PathBuf>,
    /// The first match of an expression: its group `value`, else all of it.
    pub regex: Option<String>,
    /// A JSON file, with `key`.
    pub json: Option<PathBuf>,
    /// A TOML file, with `key`.
    pub toml: Option<PathBuf>,
    /// A YAML file, with `key`.
    pub yaml: Option<PathBuf>,
    /// A key, its parts separated by full stops: `engines.node`, `servers.0.port`; of a list or a table the length.
    pub key: Option<String>,
    /// A CSV file, with `rows`, or `column` and `row`.
    pub csv: Option<PathBuf>,
    /// A workbook, with `rows`, or `column` and `row`, and perhaps `sheet`.
    pub xlsx: Option<PathBuf>,
    /// A Markdown file, with `rows`, or `column` and `row`, and perhaps `table`.
    pub markdown: Option<PathBuf>,
    /// The sheet of a workbook; the first when not said.
    pub sheet: Option<String>,
    /// A table of a Markdown file: its caption, the heading above it, or its number from 1; the first when not said.
    pub table: Option<TableName>,
    /// `true`: the number of rows, the head left out.
    pub rows: Option<bool>,
    /// The head of a column.
    pub column: Option<String>,
    /// What stands in the first cell of a row.
    pub row: Option<String>,
    /// The number of files that a glob matches.
    pub files: Option<String>,
    /// A variable of the environment.
    pub env: Option<String>,
}

/// Which table of a document.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(untagged)]
pub enum TableName {
    /// By its place, from 1.
    Number(usize),
    /// By its caption or the heading above it.
    Words(String),
}

/// The sources, each with the keys that may stand with it.
const SOURCES: [(&str, &[&str]); 9] = [
    ("file", &["regex"]),
    ("json", &["key"]),
    ("toml", &["key"]),
    ("yaml", &["key"]),
    ("csv", &["rows", "column", "row"]),
    ("xlsx", &["sheet", "rows", "column", "row"]),
    ("markdown", &["table", "rows", "column", "row"]),
    ("files", &[]),
    ("env", &[]),
];

impl From {
    /// The keys that are given.
    fn given(&self) -> Vec<&'static str> {
        [
            ("file", self.file.is_some()),
            ("regex", self.regex.is_some()),
            ("json", self.json.is_some()),
            ("toml", self.toml.is_some()),
            ("yaml", self.yaml.is_some()),
            ("key", self.key.is_some()),
            ("csv", self.csv.is_some()),
            ("xlsx", self.xlsx.is_some()),
            ("markdown", self.markdown.is_some()),
            ("sheet", self.sheet.is_some()),
            ("table", self.table.is_some()),
            ("rows", self.rows.is_some()),
            ("column", self.column.is_some()),
            ("row", self.row.is_some()),
            ("files", self.files.is_some()),
            ("env", self.env.is_some()),
        ]
        .into_iter()
        .filter_map(|(key, given)| given.then_some(key))
        .collect()
    }

    /// Says what is too much.
    fn check(&self) -> Result<(), String> {
        let given = self.given();
        let mut sources = SOURCES.iter().filter(|(source, _)| given.contains(source));
        let Some((source, with)) = sources.next() else {
            let known = SOURCES.map(|(source, _)| format!("`{source}`")).join(", ");
            return Err(format!("`from` names no source: give one of {known}"));
        };
        if let Some((other, _)) = sources.next() {
            return Err(format!("`from` names two sources, `{source}` and `{other}`"));
        }
        match given.iter().find(|key| *key != source && !with.contains(key)) {
            Some(key) => Err(format!("`{key}` does not go with `{source}`")),
            None => Ok(()),
        }
    }

    /// The value.
    ///
    /// # Errors
    ///
    /// Says which key is missing or too much, or why there is no value.
    pub(super) fn find(&self, folder: &Path) -> Result<String, String> {
        self.check()?;
        if let Some(file) = &self.file {
            let regex = self.regex.as_ref().ok_or("`file` needs `regex`")?;
            return matched(&text_of(folder, file)?, regex, file);
        }
        if let Some(json) = &self.json {
            return json_key(&text_of(folder, json)?, self.key()?, json);
        }
        if let Some(toml) = &self.toml {
            return toml_key(&text_of(folder, toml)?, self.key()?, toml);
        }
        if let Some(yaml) = &self.yaml {
            return yaml_key(&text_of(folder, yaml)?, self.key()?, yaml);
        }
        if let Some(csv) = &self.csv {
            return self.in_csv(folder, csv);
        }
        if let Some(xlsx) = &self.xlsx {
            return self.in_workbook(folder, xlsx);
        }
        if let Some(markdown) = &self.markdown {
            let source = SourceFile::new(markdown.clone(), text_of(folder, markdown)?, Encoding::Verbatim);
            let document = read::read(&source, FileId(0), Format::Markdown);
            let table = named(&document, self.table.as_ref(), markdown)?;
            return self.in_table(&document, table, markdown);
        }
        if let Some(files) = &self.files {
            return count(folder, files);
        }
        let env = self.env.as_deref().unwrap_or_default();
        std::env::var(env).map_err(|_| format!("the variable {env} is not set"))
    }

    fn key(&self) -> Result<&str, String> {
        self.key.as_deref().ok_or_else(|| "`key` is missing: the key whose value it is".to_owned())
    }

    /// Column and row; `None` when the rows are counted.
    fn cell(&self) -> Result<Option<(&str, &str)>, String> {
        match (self.rows, &self.column, &self.row) {
            (Some(true), None, None) => Ok(None),
            (None, Some(column), Some(row)) => Ok(Some((column, row))),
            (Some(false), ..) => Err("`rows` is `true` or left out".to_owned()),
            _ => Err("give `rows = true`, or `column` and `row`".to_owned()),
        }
    }

    fn in_csv(&self, folder: &Path, csv: &Path) -> Result<String, String> {
        let cell = self.cell()?;
        let problem = |e: csv::Error| format!("{}: {e}", csv.display());
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(folder.join(csv)).map_err(problem)?;
        let Some((column, row)) = cell else {
            let mut count = 0_usize;
            for record in reader.records() {
                record.map_err(problem)?;
                count += 1;
            }
            return Ok(count.to_string());
        };
        let heads: Vec<String> = reader.headers().map_err(problem)?.iter().map(|h| h.trim().to_owned()).collect();
        let at = position(&heads, column).map_err(|hint| format!("{}: no column `{column}`{hint}", csv.display()))?;
        let mut first: Vec<String> = Vec::new();
        for record in reader.records() {
            let record = record.map_err(problem)?;
            let label = record.get(0).unwrap_or("").trim();
            if label == row {
                return Ok(record.get(at).unwrap_or("").trim().to_owned());
            }
            first.push(label.to_owned());
        }
        let hint = position(&first, row).err().unwrap_or_default();
        Err(format!("{}: no row `{row}`{hint}", csv.display()))
    }

    fn in_workbook(&self, folder: &Path, xlsx: &Path) -> Result<String, String> {
        let problem = |e: &dyn std::fmt::Display| format!("{}: {e}", xlsx.display());
        let bytes = std::fs::read(folder.join(xlsx)).map_err(|e| problem(&e))?;
        let opened = read::open(xlsx, bytes, Format::Xlsx, Revisions::Accepted).map_err(|e| problem(&e))?;
        let document = opened.document.ok_or_else(|| problem(&"no workbook"))?;
        let name = |table: &Table| table.sheet.as_ref().map_or(String::new(), |s| s.name.clone());
        let on_sheet = |table: &&Table| self.sheet.as_ref().is_none_or(|sheet| name(table) == *sheet);
        let table = document.tables.iter().find(on_sheet).ok_or_else(|| match &self.sheet {
            Some(sheet) => {
                let names: Vec<String> = document.tables.iter().map(name).collect();
                let hint = position(&names, sheet).err().unwrap_or_default();
                problem(&format!("no sheet `{sheet}` with a table{hint}"))
            }
            None => problem(&"there is no table"),
        })?;
        self.in_table(&document, table, xlsx)
    }

    /// The value in a table, whose first row is its head whatever it looks like.
    fn in_table(&self, document: &Document, table: &Table, path: &Path) -> Result<String, String> {
        let text = |id: &Option<BlockId>| id.map_or("", |id| document.block(id).text.string.trim()).to_owned();
        let heads = table.head_rows.max(1) as usize;
        let Some((column, row)) = self.cell()? else {
            return Ok(table.rows.len().saturating_sub(heads).to_string());
        };
        let head: Vec<String> = table.rows.get(heads - 1).map_or(Vec::new(), |cells| cells.iter().map(text).collect());
        let at = position(&head, column).map_err(|hint| format!("{}: no column `{column}`{hint}", path.display()))?;
        let labels: Vec<String> =
            table.rows.iter().skip(heads).map(|cells| cells.first().map_or(String::new(), text)).collect();
        let n = position(&labels, row).map_err(|hint| format!("{}: no row `{row}`{hint}", path.display()))?;
        Ok(table.rows[heads + n].get(at).map_or(String::new(), text))
    }
}

/// Where a name stands in a list, or the nearest one as a hint.
fn position(list: &[String], name: &str) -> Result<usize, String> {
    list.iter().position(|known| known == name).ok_or_else(|| {
        let near = nearest(name, list.iter().map(String::as_str));
        near.map_or(String::new(), |n| format!("; did you mean `{n}`?"))
    })
}

fn text_of(folder: &Path, path: &Path) -> Result<String, String> {
    std::fs::read_to_string(folder.join(path)).map_err(|e| format!("{}: {e}", path.display()))
}

fn matched(text: &str, regex: &str, path: &Path) -> Result<String, String> {
    let regex = regex::Regex::new(regex).map_err(|e| e.to_string())?;
    let captures = regex.captures(text).ok_or_else(|| format!("{}: nothing matches", path.display()))?;
    let value = captures.name("value").or_else(|| captures.get(0));
    Ok(value.map_or(String::new(), |m| m.as_str().to_owned()))
}

/// That a key is not there, with the nearest one that is.
fn no_key<'k>(path: &Path, key: &str, known: impl IntoIterator<Item = &'k str>, part: &str) -> String {
    let hint = nearest(part, known).map_or(String::new(), |n| format!("; did you mean `{n}`?"));
    format!("{}: no key `{key}`{hint}", path.display())
}

fn json_key(text: &str, key: &str, path: &Path) -> Result<String, String> {
    let whole: serde_json::Value = serde_json::from_str(text).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut value = &whole;
    for part in key.split('.') {
        let next = match value {
            serde_json::Value::Array(list) => part.parse::<usize>().ok().and_then(|n| list.get(n)),
            other => other.get(part),
        };
        let known = || value.as_object().into_iter().flat_map(|map| map.keys().map(String::as_str));
        value = next.ok_or_else(|| no_key(path, key, known(), part))?;
    }
    Ok(match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(list) => list.len().to_string(),
        serde_json::Value::Object(map) => map.len().to_string(),
        other => other.to_string(),
    })
}

fn toml_key(text: &str, key: &str, path: &Path) -> Result<String, String> {
    let whole = toml::Value::Table(text.parse().map_err(|e: toml::de::Error| format!("{}: {e}", path.display()))?);
    let mut value = &whole;
    for part in key.split('.') {
        let next = match value {
            toml::Value::Array(list) => part.parse::<usize>().ok().and_then(|n| list.get(n)),
            other => other.get(part),
        };
        let known = || value.as_table().into_iter().flat_map(|table| table.keys().map(String::as_str));
        value = next.ok_or_else(|| no_key(path, key, known(), part))?;
    }
    Ok(match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(n) => n.to_string(),
        toml::Value::Float(n) => n.to_string(),
        toml::Value::Boolean(b) => b.to_string(),
        toml::Value::Datetime(date) => date.to_string(),
        toml::Value::Array(list) => list.len().to_string(),
        toml::Value::Table(table) => table.len().to_string(),
    })
}

fn yaml_key(text: &str, key: &str, path: &Path) -> Result<String, String> {
    let whole = YamlLoader::load_from_str(text).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut value = whole.first().ok_or_else(|| format!("{}: it is empty", path.display()))?;
    for part in key.split('.') {
        let next = match value {
            Yaml::Array(list) => part.parse::<usize>().ok().and_then(|n| list.get(n)),
            Yaml::Hash(map) => map.iter().find(|(name, _)| scalar(name).as_deref() == Some(part)).map(|(_, v)| v),
            _ => None,
        };
        let names: Vec<String> = match value {
            Yaml::Hash(map) => map.keys().filter_map(scalar).collect(),
            _ => Vec::new(),
        };
        value = next.ok_or_else(|| no_key(path, key, names.iter().map(String::as_str), part))?;
    }
    Ok(match value {
        Yaml::Array(list) => list.len().to_string(),
        Yaml::Hash(map) => map.len().to_string(),
        other => scalar(other).ok_or_else(|| format!("{}: the key `{key}` has no value", path.display()))?,
    })
}

/// A value of YAML that is no list and no map, as it is written.
fn scalar(value: &Yaml) -> Option<String> {
    match value {
        Yaml::Real(text) | Yaml::String(text) => Some(text.clone()),
        Yaml::Integer(n) => Some(n.to_string()),
        Yaml::Boolean(b) => Some(b.to_string()),
        _ => None,
    }
}

/// The table that is named; the first when none is.
fn named<'d>(document: &'d Document, name: Option<&TableName>, path: &Path) -> Result<&'d Table, String> {
    let none = |what: String| format!("{}: {what}", path.display());
    match name {
        None => document.tables.first().ok_or_else(|| none("there is no table".to_owned())),
        Some(TableName::Number(n)) => {
            let tables = document.tables.len();
            n.checked_sub(1)
                .and_then(|n| document.tables.get(n))
                .ok_or_else(|| none(format!("there is no table {n}, but {tables}")))
        }
        Some(TableName::Words(words)) => {
            let said = |table: &Table| -> Vec<String> {
                let blocks = [table.caption, table.section].into_iter().flatten();
                blocks.map(|id| document.block(id).text.string.trim().to_owned()).collect()
            };
            let all: Vec<String> = document.tables.iter().flat_map(said).collect();
            document.tables.iter().find(|t| said(t).contains(words)).ok_or_else(|| {
                let hint = position(&all, words).err().unwrap_or_default();
                none(format!("no table with the caption or below the heading `{words}`{hint}"))
            })
        }
    }
}

fn count(folder: &Path, files: &str) -> Result<String, String> {
    let globs = Globs::new(folder, &[files.to_owned()])?;
    let start = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let walk = ignore::WalkBuilder::new(start).require_git(false).build();
    let count = walk.flatten().filter(|e| e.path().is_file() && globs.contain(e.path())).count();
    Ok(count.to_string())
}

#[cfg(test)]
mod tests {
    use super::From;
    use std::path::Path;

    fn find(from: &str, folder: &Path) -> Result<String, String> {
        toml::from_str::<From>(from).expect("the keys are known").find(folder)
    }

    #[test]
    fn reads_values_of_tables_and_keys() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        write("a.yaml", "image:\n  tag: 1.10\nports: [80, 443]\nhosts:\n  - name: shore\n");
        write("a.csv", "name,age\nAna,41\nOle,37\n");
        write(
            "a.md",
            "# Lists\n\n## Crew\n\n| Name | Boats |\n| --- | --- |\n| Ana | 4 |\n| Ole | 7 |\n\n## Piers\n\n| Pier | Depth |\n| --- | --- |\n| North | 6 m |\n",
        );
        for (from, expected) in [
            ("yaml = 'a.yaml'\nkey = 'image.tag'", "1.10"),
            ("yaml = 'a.yaml'\nkey = 'ports'", "2"),
            ("yaml = 'a.yaml'\nkey = 'hosts.0.name'", "shore"),
            ("csv = 'a.csv'\nrows = true", "2"),
            ("csv = 'a.csv'\ncolumn = 'age'\nrow = 'Ole'", "37"),
            ("markdown = 'a.md'\nrows = true", "2"),
            ("markdown = 'a.md'\ntable = 'Piers'\ncolumn = 'Depth'\nrow = 'North'", "6 m"),
            ("markdown = 'a.md'\ntable = 2\nrows = true", "1"),
        ] {
            assert_eq!(find(from, folder.path()).as_deref(), Ok(expected), "{from}");
        }
        for (from, expected) in [
            ("yaml = 'a.yaml'\nkey = 'image.tga'", "a.yaml: no key `image.tga`; did you mean `tag`?"),
            ("csv = 'a.csv'\ncolumn = 'aeg'\nrow = 'Ole'", "a.csv: no column `aeg`; did you mean `age`?"),
            ("csv = 'a.csv'\ncolumn = 'age'\nrow = 'Olle'", "a.csv: no row `Olle`; did you mean `Ole`?"),
            ("csv = 'a.csv'", "give `rows = true`, or `column` and `row`"),
            ("csv = 'a.csv'\nkey = 'x'", "`key` does not go with `csv`"),
            ("csv = 'a.csv'\njson = 'b'", "`from` names two sources, `json` and `csv`"),
            ("key = 'x'", "`from` names no source: give one of `file`, `json`"),
            ("markdown = 'a.md'\ntable = 'Pier'\nrows = true", "did you mean `Piers`?"),
        ] {
            let error = find(from, folder.path()).expect_err("it is wrong");
            assert!(error.contains(expected), "{from}: {error}");
        }
    }
}
