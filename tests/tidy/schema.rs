//! The JSON Schemas of `docs/schema/`: they say what the program reads, no more and no less.

use recount::claim::ClaimKind;
use recount::config::{Config, Loaded};
use recount::rule::{BUILTIN, Manifest};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const CONFIG: &str = "docs/schema/recount.json";
const RULE: &str = "docs/schema/rule.json";

fn load(path: &str) -> Value {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the schema is there");
    serde_json::from_str(&text).expect("the schema is JSON")
}

/// The keys that a table may have: what the reader says of one that it does not know.
fn keys<T: DeserializeOwned>(toml: &str) -> BTreeSet<String> {
    let error = toml::from_str::<T>(toml).err().map(|e| e.message().to_owned()).expect("the key is unknown");
    let (unknown, known) = error.split_once(", ").unwrap_or((error.as_str(), ""));
    assert!(unknown.contains("unknown field `zzz`"), "{toml}: {error}");
    known.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The keys of a schema of a table.
fn properties(schema: &Value) -> BTreeSet<String> {
    assert_eq!(schema["additionalProperties"], json!(false), "{schema}");
    schema["properties"].as_object().expect("a table has keys").keys().cloned().collect()
}

/// What is wrong with a value by a schema: of the keywords those that ours use.
fn problems(root: &Value, schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        problems(root, root.pointer(name.trim_start_matches('#')).expect("the part is there"), value, at, out);
    }
    if let Some(list) = schema["enum"].as_array()
        && !list.contains(value)
    {
        out.push(format!("{at}: {value} is none of {list:?}"));
    }
    let is = |name: &Value| match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        other => panic!("{at}: type {other:?}"),
    };
    let of_type = match &schema["type"] {
        Value::Null => true,
        Value::Array(names) => names.iter().any(is),
        name => is(name),
    };
    if !of_type {
        out.push(format!("{at}: {value} is not of type {}", schema["type"]));
        return;
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let fits = |choice: &Value| {
            let mut found = Vec::new();
            problems(root, choice, value, at, &mut found);
            found.is_empty()
        };
        if !choices.iter().any(fits) {
            out.push(format!("{at}: {value} fits no choice"));
        }
    }
    if let Some(table) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !table.contains_key(name) {
                out.push(format!("{at}: `{name}` is missing"));
            }
        }
        for (key, value) in table {
            let at = format!("{at}.{key}");
            match (&schema["properties"][key], &schema["additionalProperties"]) {
                (Value::Null, Value::Bool(false)) => out.push(format!("{at}: unknown key")),
                (Value::Null, more @ Value::Object(_)) => problems(root, more, value, &at, out),
                (Value::Null, _) => {}
                (property, _) => problems(root, property, value, &at, out),
            }
        }
    }
    for (i, item) in value.as_array().into_iter().flatten().enumerate() {
        problems(root, &schema["items"], item, &format!("{at}[{i}]"), out);
    }
}

fn check(schema: &Value, toml: &str) -> Vec<String> {
    let value: Value = toml::from_str(toml).unwrap_or_else(|e| panic!("{toml}\n{e}"));
    let mut out = Vec::new();
    problems(schema, schema, &value, "", &mut out);
    out
}

#[test]
fn the_schema_of_the_configuration_has_the_keys_that_are_read() {
    let schema = load(CONFIG);
    for (toml, part) in [
        ("zzz = 1", ""),
        ("[[group]]\nzzz = 1", "/properties/group/items"),
        ("[[override]]\nzzz = 1", "/properties/override/items"),
        ("[[fact]]\nzzz = 1", "/properties/fact/items"),
        ("[[fact]]\nname = 'a'\n[fact.from]\nzzz = 1", "/$defs/from"),
        ("[[spelling]]\nzzz = 1", "/properties/spelling/items"),
    ] {
        let part = schema.pointer(part).expect("the part is there");
        assert_eq!(properties(part), keys::<Config>(toml), "{toml}");
    }
}

#[test]
fn the_examples_of_the_documentation_fit_the_schemas() {
    let (config, rule) = (load(CONFIG), rule_schema());
    let mut seen = 0;
    for (_, id, toml) in BUILTIN {
        assert_eq!(check(&rule, toml), [""; 0], "{id}");
    }
    let template = include_str!("../../src/cli/init.toml");
    let lines = template.lines().filter(|l| !l.starts_with("##")).map(|l| l.strip_prefix("# ").unwrap_or(l));
    assert_eq!(check(&config, &lines.collect::<Vec<_>>().join("\n")), [""; 0]);
    for page in ["docs/configuration.md", "docs/writing-rules.md", "docs/tutorial.md"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).expect("the page is there");
        for block in text.split("```toml\n").skip(1).filter_map(|b| b.split("```").next()) {
            let block: String = block.lines().map(|l| format!("{}\n", l.trim_start())).collect();
            if Loaded::parse(Path::new("recount.toml"), block.clone()).is_ok() {
                assert_eq!(check(&config, &block), [""; 0], "{page}: {block}");
                seen += 1;
            } else if toml::from_str::<Manifest>(&block).is_ok() {
                assert_eq!(check(&rule, &block), [""; 0], "{page}: {block}");
                seen += 1;
            }
        }
    }
    assert!(seen >= 5, "{seen} examples");
}

#[test]
fn the_schemas_refuse_what_the_program_refuses() {
    let config = load(CONFIG);
    for (toml, expected) in [
        ("ignroe = []", ".ignroe: unknown key"),
        ("preview = 1", ".preview: 1 is not of type \"boolean\""),
        ("fail-on = 'warnign'", ".fail-on: \"warnign\" is none of"),
        ("[[group]]\nname = 'a'", ".group[0]: `files` is missing"),
        ("[[fact]]\nname = 'a'\nregex = 3", "fits no choice"),
        ("[rules.table-total]\nseverty = 'note'", ".rules.table-total.severty: unknown key"),
    ] {
        let found = check(&config, toml);
        assert!(found.len() == 1 && found[0].contains(expected), "{toml}: {found:?}");
    }
}

/// The type of a parameter, as the built-in rules give it.
fn type_of(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(_) => json!({"type": "string"}),
        toml::Value::Integer(_) => json!({"type": "integer"}),
        toml::Value::Float(_) => json!({"type": "number"}),
        toml::Value::Boolean(_) => json!({"type": "boolean"}),
        toml::Value::Array(_) => json!({"type": "array"}),
        _ => json!({}),
    }
}

/// The schema of rules, written from the types that read them and the parameters of the built-in rules.
fn rule_schema() -> Value {
    let head = "summary = ''\nseverity = 'note'\nmessage = ''\n[doc]\nwhy = ''\nnot = ''\n";
    let mut known: BTreeMap<(String, String), Value> = BTreeMap::new();
    for (_, _, toml) in BUILTIN {
        let table: toml::Table = toml.parse().expect("a manifest is TOML");
        for (relation, parameters) in table["check"].as_table().into_iter().flatten() {
            for (name, value) in parameters.as_table().into_iter().flatten() {
                known.insert((relation.clone(), name.clone()), type_of(value));
            }
        }
    }
    let mut check = Map::new();
    for relation in keys::<Manifest>(&format!("{head}[check]\non = []\nzzz = 1")) {
        let schema = match relation.as_str() {
            "on" => {
                let kinds: Vec<&str> = ClaimKind::ALL.iter().map(|k| k.name()).collect();
                json!({"description": "Kinds of claims, see claims.md.", "type": "array", "items": {"enum": kinds}})
            }
            "across" => json!({"description": "Compare the documents of a run too.", "type": "boolean"}),
            relation => {
                let probe = format!("{head}[check]\non = []\n[check.{relation}]\nzzz = 1");
                let own = |name: String| {
                    let schema = known.get(&(relation.to_owned(), name.clone())).cloned().unwrap_or(json!({}));
                    (name, schema)
                };
                let parameters: Map<String, Value> = keys::<Manifest>(&probe).into_iter().map(own).collect();
                json!({"type": "object", "additionalProperties": false, "properties": parameters})
            }
        };
        check.insert(relation, schema);
    }
    let text = |says: &str| json!({"description": says, "type": "string"});
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule of recount",
        "description": "One rule; the id is the name of its file. See writing-rules.md.",
        "type": "object",
        "additionalProperties": false,
        "required": ["summary", "severity", "message", "check", "doc"],
        "properties": {
            "summary": text("One line: what is wrong when the rule fires."),
            "severity": {"description": "How much a finding matters.", "enum": ["note", "warning", "error"]},
            "stage": {"description": "preview: runs when named, or with --preview.", "enum": ["stable", "preview"]},
            "message": text("The message, with {variables} of the relation."),
            "help": text("What to do."),
            "extract": {
                "description": "Patterns that read claims of kind stated for this rule.",
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["subject"],
                    "properties": {
                        "subject": text("What the claims are about; {name} stands for what that group captured."),
                        "regex": text("A regular expression with a group `value`."),
                        "phrase": text("Words with one of {number}, {date}, {name}, {text}; {@set} for a lexicon set."),
                        "value": {"description": "What the group holds.", "enum": ["number", "date", "any", "text"]}
                    }
                }
            },
            "check": {
                "description": "Kinds of claims, and exactly one relation.",
                "type": "object",
                "additionalProperties": false,
                "required": ["on"],
                "properties": check
            },
            "doc": {
                "type": "object",
                "additionalProperties": false,
                "required": ["why", "not"],
                "properties": {"why": text("Why it matters."), "not": text("What it leaves alone.")}
            },
            "example": {
                "description": "Texts that are documentation and test at once.",
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": {
                        "flag": text("Text with the places that are labelled in <<…>>."),
                        "pass": text("Text in which the rule finds nothing."),
                        "format": text("The ending of a file of its format; md when not said.")
                    }
                }
            }
        }
    })
}

#[test]
fn the_schema_of_rules_is_written_from_what_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(RULE);
    let schema = rule_schema();
    if std::env::var_os("RECOUNT_BLESS").is_some() {
        let text = serde_json::to_string_pretty(&schema).expect("it is JSON") + "\n";
        fs::write(&path, text).expect("the file can be written");
    }
    assert!(load(RULE) == schema, "docs/schema/rule.json is old: RECOUNT_BLESS=1 cargo test --test tidy");
    let head = "summary = ''\nseverity = 'note'\nmessage = ''\n";
    let rest = "[check]\non = []\n[doc]\nwhy = ''\nnot = ''\n";
    for (toml, part) in [
        (format!("{head}zzz = 1\n{rest}"), ""),
        (format!("{head}{rest}zzz = 1"), "/properties/doc"),
        (format!("{head}{rest}[[extract]]\nzzz = 1"), "/properties/extract/items"),
        (format!("{head}{rest}[[example]]\nzzz = 1"), "/properties/example/items"),
    ] {
        let part = schema.pointer(part).expect("the part is there");
        assert_eq!(properties(part), keys::<Manifest>(&toml), "{toml}");
    }
}
