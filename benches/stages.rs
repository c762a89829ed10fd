//! Times each stage of the pipeline: read, annotate, claim, check.
//!
//! `cargo bench --bench stages` prints the time and the bytes per second of every stage, on generated text of
//! three sizes (to see whether anything grows faster than the text) and on the reports of `fixtures/`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use recount::annotate::annotate;
use recount::claim::claims;
use recount::lexicon::Lexicon;
use recount::lint::{analyse_all, check};
use recount::read::{Format, read};
use recount::rule::{Rule, builtin};
use recount::source::{Origin, SourceFile, Sources};
use recount::span::FileId;
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Bytes of the generated documents.
const SIZES: [usize; 3] = [16 << 10, 128 << 10, 1 << 20];

/// A document of at least `bytes` bytes with the density of figures of an annual report: one number in about
/// twenty words, a table in every fourth section. The same size gives the same text.
fn report(bytes: usize) -> String {
    let places = ["Aune", "Brekke", "Dale", "Fossum", "Heim", "Lund", "Moen", "Nes"];
    let mut text = String::from("# Clinics of the valleys\n\n");
    let mut section = 0u32;
    while text.len() < bytes {
        section += 1;
        let place = places[section as usize % places.len()];
        let (men, women, children) = (section * 7 % 900, section * 13 % 900, section * 29 % 900);
        let _ = write!(
            text,
            "## Section {section}: {place}\n\n\
             The clinic at {place} treated {men} men in {year}, most of them in winter. Its staff of about {staff} \
             travelled by boat and by sledge, and nobody was turned away. According to the county, waiting times \
             fell from {a} to {b} days.\n\n\
             In the second half of the year, {women} women and {children} children were seen, of whom {some} came \
             twice. The council asked for a report, which Mrs Ingrid {place}stad presented in May; it names three \
             reasons: the distance, the weather, and the price of the ferry.\n\n",
            year = 2000 + section % 24,
            staff = 5 + section % 40,
            a = 40 + section % 9,
            b = 20 + section % 7,
            some = children / 3,
        );
        if section.is_multiple_of(4) {
            let _ = write!(
                text,
                "| Patients | First half | Second half |\n| --- | ---: | ---: |\n\
                 | Men | {men} | {women} |\n| Women | {women} | {children} |\n| Total | {} | {} |\n\n",
                men + women,
                women + children,
            );
        }
    }
    text
}

/// The documents of `fixtures/reports`, folders included.
fn fixtures() -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/reports")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("fixtures/reports is there") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if Format::of(&path).is_some() {
                let text = std::fs::read_to_string(&path).expect("fixtures are UTF-8");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

fn stages(c: &mut Criterion) {
    let rules = builtin().expect("built-in rules load");
    let rules: Vec<&Rule> = rules.iter().collect();
    let mut inputs: Vec<(String, Vec<(PathBuf, String)>)> = SIZES
        .iter()
        .map(|&bytes| (format!("generated-{}k", bytes >> 10), vec![(PathBuf::from("report.md"), report(bytes))]))
        .collect();
    inputs.push(("fixtures".to_owned(), fixtures()));
    for (name, documents) in inputs {
        let bytes: usize = documents.iter().map(|(_, text)| text.len()).sum();
        let mut sources = Sources::default();
        let files: Vec<(FileId, Format)> = documents
            .into_iter()
            .map(|(path, text)| {
                let format = Format::of(&path).expect("the document has a known format");
                (sources.add(SourceFile::new(path, text, Origin::Verbatim)), format)
            })
            .collect();
        let lexicon = Lexicon::english();
        let read_all = || files.iter().map(|&(file, format)| read(sources.get(file), file, format));
        let documents: Vec<_> = read_all().collect();
        let layers: Vec<_> = documents.iter().map(|d| annotate(d, lexicon)).collect();
        let analyses = analyse_all(&sources, &files, lexicon);

        let mut group = c.benchmark_group("stages");
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function(BenchmarkId::new("1-read", &name), |b| {
            b.iter(|| read_all().for_each(|d| drop(black_box(d))));
        });
        group.bench_function(BenchmarkId::new("2-annotate", &name), |b| {
            b.iter(|| documents.iter().for_each(|d| drop(black_box(annotate(d, lexicon)))));
        });
        group.bench_function(BenchmarkId::new("3-claim", &name), |b| {
            b.iter(|| {
                for (document, layers) in documents.iter().zip(&layers) {
                    drop(black_box(claims(document, layers, lexicon)));
                }
            });
        });
        group.bench_function(BenchmarkId::new("4-check", &name), |b| {
            b.iter(|| black_box(check(&sources, &analyses, &rules)));
        });
        group.finish();
    }
    c.bench_function("lexicon", |b| {
        b.iter(|| {
            let mut lexicon = Lexicon::default();
            for (_, stem, toml) in recount::lexicon::BUILTIN {
                lexicon.load(stem, toml).expect("built-in lexicons load");
            }
            black_box(lexicon)
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    targets = stages
}
criterion_main!(benches);
