//! What every command starts from: the configuration, the rules, and which of them run where.

use super::args::{BaselineArgs, CommentsArg, CommentsArgs, ConfigArgs};
use crate::config::{
    BASELINE_NAME, Comments, ConfigError, FactRule, Globs, Loaded, discover, fact_rules, spelling_rules,
};
use crate::lint::Group;
use crate::rule::{self, Rule, Stage};
use crate::source::{Origin, SourceFile, Sources};
use crate::span::FileId;
use anyhow::{Context as _, bail};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// The configuration and the rules as it wants them.
#[derive(Debug)]
pub(super) struct Setup {
    /// The configuration, if there is one.
    pub(super) loaded: Option<Loaded>,
    /// The built-in rules, patched, and one's own, sorted by id; facts are added by [`Setup::add_facts`].
    pub(super) rules: Vec<Rule>,
}

impl Setup {
    /// Reads the configuration for a run over these paths, and the rules.
    pub(super) fn load(args: &ConfigArgs, paths: &[PathBuf]) -> anyhow::Result<Self> {
        let path = match (&args.config, args.no_config) {
            (Some(path), _) => Some(path.clone()),
            (None, true) => None,
            (None, false) => discover(paths).map(shown),
        };
        let Some(path) = path else { return Ok(Self { loaded: None, rules: rule::builtin()? }) };
        let text = std::fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
        let loaded = Loaded::parse(&path, text)?;
        let rules = rules(&loaded)?;
        let setup = Self { loaded: Some(loaded), rules };
        setup.check_names()?;
        Ok(setup)
    }

    /// The files that are not read when a folder is.
    pub(super) fn excluded(&self) -> anyhow::Result<Option<Globs>> {
        let Some(loaded) = &self.loaded else { return Ok(None) };
        Ok(loaded.config.exclude.as_ref().map(|list| loaded.globs(list)).transpose()?)
    }

    /// Whether what comments say counts as said by their documents.
    pub(super) fn states_comments(&self, args: &CommentsArgs) -> bool {
        let configured = self.loaded.as_ref().and_then(|l| l.config.comments.as_ref());
        match args.comments {
            Some(given) => given == CommentsArg::Compared,
            None => configured.is_some_and(|c| *c.get_ref() == Comments::Compared),
        }
    }

    /// Adds the rules of the declared facts and spellings, and the configuration to the sources so that findings can show it.
    pub(super) fn facts(&self, given: &[(String, String)], sources: &mut Sources) -> anyhow::Result<Vec<FactRule>> {
        let declares = |l: &&Loaded| !l.config.facts.is_empty() || !l.config.spellings.is_empty();
        let Some(loaded) = self.loaded.as_ref().filter(declares) else {
            match given.first() {
                Some((name, _)) => bail!("no fact `{name}` is declared: facts are declared in recount.toml"),
                None => return Ok(Vec::new()),
            }
        };
        let file = SourceFile::new(loaded.path.clone(), loaded.text.clone(), Origin::Verbatim);
        let id: FileId = sources.add(file);
        let mut rules = fact_rules(loaded, given, id)?;
        rules.extend(spelling_rules(loaded, id)?);
        Ok(rules)
    }

    /// The baseline: that of the command line, else that of the configuration, else the usual name beside the
    /// configuration or in the current folder. `--no-config` reads none that is not named.
    pub(super) fn baseline(&self, args: &BaselineArgs<'_>) -> Option<PathBuf> {
        if let Some(path) = args.named {
            return Some(path.to_owned());
        }
        match &self.loaded {
            Some(loaded) => {
                let name = loaded.config.baseline.as_ref().map_or(Path::new(BASELINE_NAME), |b| b.get_ref());
                Some(loaded.folder.join(name))
            }
            None if args.no_config && !args.update => None,
            None => Some(PathBuf::from(BASELINE_NAME)),
        }
    }

    /// Whether the configuration names a baseline, which has to be there then.
    pub(super) fn names_baseline(&self) -> bool {
        self.loaded.as_ref().is_some_and(|l| l.config.baseline.is_some())
    }

    /// The rules to run: those that `only` names, else those of stage stable and one's own, without those of `ignore`.
    /// What these lists of the command line name comes before what the configuration does.
    pub(super) fn chosen(&self, only: &[String], ignore: &[String], preview: bool) -> anyhow::Result<Vec<&Rule>> {
        for name in only.iter().chain(ignore) {
            known(&self.rules, name)?;
        }
        let config = self.loaded.as_ref().map(|l| &l.config);
        let list = |l: Option<&Spanned<Vec<String>>>| l.map_or(Vec::new(), |l| l.get_ref().clone());
        let (select, ignored) =
            (list(config.and_then(|c| c.select.as_ref())), list(config.and_then(|c| c.ignore.as_ref())));
        let preview = preview || config.and_then(|c| c.preview.as_ref()).is_some_and(|p| *p.get_ref());
        let wanted = |rule: &Rule| {
            if !only.is_empty() {
                return names(only, rule);
            }
            let chosen =
                if select.is_empty() { preview || rule.manifest.stage == Stage::Stable } else { names(&select, rule) };
            chosen && !names(&ignored, rule)
        };
        Ok(self.rules.iter().filter(|rule| wanted(rule) && !names(ignore, rule)).collect())
    }

    /// Whether the paths take in the folder of the configuration.
    pub(super) fn covers_all(&self, paths: &[PathBuf]) -> bool {
        let folder =
            self.loaded.as_ref().map(|l| if l.folder.as_os_str().is_empty() { Path::new(".") } else { &l.folder });
        let folder = folder.and_then(|f| f.canonicalize().ok());
        folder.is_some_and(|f| paths.iter().any(|p| p.canonicalize().is_ok_and(|p| f.starts_with(p))))
    }

    /// For each file the ids of the rules that leave it alone.
    pub(super) fn left_out<'a>(&self, files: impl Iterator<Item = &'a Path>) -> anyhow::Result<Vec<BTreeSet<String>>> {
        let mut overrides = Vec::new();
        if let Some(loaded) = &self.loaded {
            for o in &loaded.config.overrides {
                let ids: BTreeSet<String> =
                    self.rules.iter().filter(|r| names(o.ignore.get_ref(), r)).map(|r| r.id.clone()).collect();
                overrides.push((loaded.globs(&o.files)?, ids));
            }
        }
        let of = |file: &Path| {
            overrides.iter().filter(|(globs, _)| globs.contain(file)).flat_map(|(_, ids)| ids.iter().cloned()).collect()
        };
        Ok(files.map(of).collect())
    }

    /// The groups as indices of files; files in no group are one more.
    pub(super) fn groups<'a>(&self, files: impl Iterator<Item = &'a Path>) -> anyhow::Result<Vec<Group>> {
        let files: Vec<&Path> = files.collect();
        let Some(loaded) = self.loaded.as_ref().filter(|l| !l.config.groups.is_empty()) else {
            return Ok(vec![Group { documents: (0..files.len()).collect(), declared: false }]);
        };
        let mut groups = Vec::new();
        let mut rest: BTreeSet<usize> = (0..files.len()).collect();
        for group in &loaded.config.groups {
            let globs = loaded.globs(&group.files)?;
            let members: Vec<usize> = (0..files.len()).filter(|&i| globs.contain(files[i])).collect();
            for member in &members {
                rest.remove(member);
            }
            groups.push(Group { documents: members, declared: true });
        }
        groups.push(Group { documents: rest.into_iter().collect(), declared: false });
        Ok(groups)
    }

    /// Says which name of a rule or family in the configuration is none.
    fn check_names(&self) -> Result<(), ConfigError> {
        let Some(loaded) = &self.loaded else { return Ok(()) };
        let config = &loaded.config;
        let lists =
            [&config.select, &config.ignore].into_iter().flatten().chain(config.overrides.iter().map(|o| &o.ignore));
        for list in lists {
            for name in list.get_ref() {
                known(&self.rules, name).map_err(|e| loaded.error(list.span().start, e.to_string()))?;
            }
        }
        Ok(())
    }
}

/// A path as people write it: relative to the current folder when it lies in it.
fn shown(path: PathBuf) -> PathBuf {
    let here = std::env::current_dir().and_then(|d| d.canonicalize());
    match here {
        Ok(here) => path.strip_prefix(&here).map(Path::to_owned).unwrap_or(path),
        Err(_) => path,
    }
}

/// The built-in rules with the patches of the configuration, and the rules of its folder.
fn rules(loaded: &Loaded) -> anyhow::Result<Vec<Rule>> {
    let mut rules = rule::builtin()?;
    if let Some(folder) = &loaded.config.rules_folder {
        let path = loaded.folder.join(folder.get_ref());
        let own = own_rules(&path).map_err(|e| loaded.error(folder.span().start, format!("{e:#}")))?;
        for rule in own {
            if rules.iter().any(|r| r.id == rule.id) {
                bail!("{}: there is a rule `{}` already", path.display(), rule.id);
            }
            rules.push(rule);
        }
    }
    for (id, patch) in &loaded.config.rules {
        let at = id.span().start;
        let place = |message: String| loaded.error(at, format!("[rules.{}]: {message}", id.get_ref()));
        let Some(rule) = rules.iter_mut().find(|r| r.id == *id.get_ref()) else {
            known(&rules, id.get_ref()).map_err(|e| place(e.to_string()))?;
            return Err(place("it is a family: settings are given rule by rule".to_owned()).into());
        };
        let builtin = rule::BUILTIN.iter().find(|(_, name, _)| *name == rule.id).map(|(_, _, toml)| (*toml).to_owned());
        let toml = match builtin {
            Some(toml) => toml,
            None => own_text(loaded, rule)?,
        };
        *rule = Rule::parse_patched(&rule.family, &rule.id, &toml, patch).map_err(|e| place(e.message))?;
    }
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(rules)
}

fn own_text(loaded: &Loaded, rule: &Rule) -> anyhow::Result<String> {
    let folder = loaded.config.rules_folder.as_ref().map(|f| loaded.folder.join(f.get_ref())).unwrap_or_default();
    let file = format!("{}.toml", rule.id);
    let path = [folder.join(&rule.family).join(&file), folder.join(&file)].into_iter().find(|p| p.is_file());
    let path = path.with_context(|| format!("{}: {file} has gone", folder.display()))?;
    std::fs::read_to_string(&path).with_context(|| format!("{}", path.display()))
}

/// The rules of a folder: `<id>.toml`, and `<family>/<id>.toml`; the folder `fixtures` is left out.
pub(super) fn own_rules(folder: &Path) -> anyhow::Result<Vec<Rule>> {
    let mut rules = Vec::new();
    let list = |folder: &Path| -> anyhow::Result<Vec<PathBuf>> {
        let mut paths = std::fs::read_dir(folder)
            .with_context(|| format!("{}", folder.display()))?
            .map(|entry| entry.map(|e| e.path()))
            .collect::<Result<Vec<_>, _>>()?;
        paths.sort();
        Ok(paths)
    };
    let mut add = |path: &Path, family: &str| -> anyhow::Result<()> {
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
        let rule = Rule::parse(family, &id, &text).map_err(|e| anyhow::anyhow!("{}: {}", path.display(), e.message))?;
        rules.push(rule);
        Ok(())
    };
    let is_toml = |path: &Path| path.extension().is_some_and(|e| e == "toml");
    for path in list(folder)? {
        if path.is_dir() && path.file_name().is_some_and(|n| n != "fixtures") {
            let family = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for path in list(&path)?.iter().filter(|p| is_toml(p)) {
                add(path, &family)?;
            }
        } else if is_toml(&path) {
            add(&path, "own")?;
        }
    }
    Ok(rules)
}

/// Whether a list of rules and families names a rule.
fn names(list: &[String], rule: &Rule) -> bool {
    list.iter().any(|name| *name == rule.id || *name == rule.family)
}

/// Checks that a name is one of a rule or a family.
///
/// # Errors
///
/// Names the ones that are spelled much like it.
fn known(rules: &[Rule], name: &str) -> anyhow::Result<()> {
    if rules.iter().any(|r| r.id == name || r.family == name) {
        return Ok(());
    }
    super::rules::find(rules, name).map(|_| ())
}
