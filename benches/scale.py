#!/usr/bin/env python3
"""Time and memory of one run over more and more pages of documentation.

    cargo build --release
    python3 benches/scale.py                         synthetic pages, 625 to 10,000
    python3 benches/scale.py --corpus FOLDER         the Markdown files of a folder, repeated with other figures
    python3 benches/scale.py --sizes 100,200 --binary target/debug/recount

Prints for every size the megabytes read, claims, findings, seconds of wall time and of processor time, the peak of
memory, and how time and memory grew against the size before: 2.0 is linear where the size is doubled.
"""

import argparse
import json
import os
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile
import time

PLACES = ["Arden", "Brock", "Cole", "Dunmore", "Elvan", "Farrow", "Gale", "Harwick", "Ives", "Jarrow", "Kelling", "Lorne"]
THINGS = ["berths", "keepers", "lamps", "moorings", "pilots", "ropes", "sheds", "signals", "sluices", "winches"]
VERBS = ["has", "keeps", "counts", "maintains", "lists"]
OPTIONS = ["batch-size", "cache-limit", "flush-interval", "lock-timeout", "max-retries", "page-size", "queue-depth"]


def page(number, rng):
    """One page: prose with figures, an option table, a table with a total, a list, a code block, links."""
    place = f"{rng.choice(PLACES)} {number}"
    name = f"tide{number}"
    cells = [rng.randrange(10, 900) for _ in range(5)]
    lines = [
        f"# {place}",
        "",
        f"{place} {rng.choice(VERBS)} {rng.randrange(20, 900)} {rng.choice(THINGS)} and {rng.randrange(20, 900)} "
        f"{rng.choice(THINGS)}. It opened on {rng.randrange(1, 28)} May {rng.randrange(1950, 2024)}. "
        f"About {rng.randrange(2, 60)} per cent of the visitors come by rail.",
        "",
        "## Options",
        "",
        "| Option | Default | Meaning |",
        "| --- | --- | --- |",
    ]
    chosen = rng.sample(OPTIONS, 4)
    lines += [f"| `--{name}-{o}` | {rng.randrange(1, 90)} | limit of {o.replace('-', ' ')} |" for o in chosen]
    lines += [
        "",
        f"`--{name}-{chosen[0]}` is read once. The pages of {place} are rebuilt every {rng.randrange(5, 50)} minutes.",
        "",
        "## Figures",
        "",
        "| Month | Visitors |",
        "| --- | ---: |",
    ]
    lines += [f"| {m} | {c} |" for m, c in zip(["January", "February", "March", "April", "May"], cells)]
    lines += [
        f"| Total | {sum(cells)} |",
        "",
        "There are three ways to reach it:",
        "",
        "- by rail",
        "- by road",
        "- by sea",
        "",
        "```sh",
        f"# wait {cells[0]} seconds",
        f"sleep {cells[0]}",
        f"{name} serve --{name}-{chosen[1]} {rng.randrange(1, 90)}",
        "```",
        "",
        f"See [the page before](page-{max(number - 1, 0):05}.md) and Resolution {rng.randrange(1000, 9999)} of the Harbour "
        f"Board. The council of {place} met {rng.randrange(3, 30)} times in {rng.randrange(2010, 2024)}.",
        "",
    ]
    return "\n".join(lines)


def synthetic(folder, count):
    rng = random.Random(7)
    for number in range(count):
        part = folder / f"part-{number // 100:03}"
        part.mkdir(exist_ok=True)
        (part / f"page-{number:05}.md").write_text(page(number, rng), encoding="utf-8")


def repeated(folder, count, corpus):
    """The files of a corpus in turn, their figures of two digits and more changed from the second round on."""
    files = sorted(p for p in pathlib.Path(corpus).rglob("*.md") if p.is_file())
    if not files:
        sys.exit(f"{corpus}: no Markdown file")
    for number in range(count):
        rounds, which = divmod(number, len(files))
        text = files[which].read_text(encoding="utf-8", errors="replace")
        if rounds:
            text = re.sub(r"\d{2,}", lambda m: str(int(m[0]) + rounds) if len(m[0]) < 9 else m[0], text)
        part = folder / f"round-{rounds:03}"
        part.mkdir(exist_ok=True)
        (part / f"{which:05}-{files[which].name}").write_text(text, encoding="utf-8")


def measure(binary, folder):
    """Seconds of wall time and of processor time, megabytes of memory at the peak, and the summary of the report."""
    with tempfile.NamedTemporaryFile("w+", suffix=".json") as out:
        start = time.monotonic()
        child = subprocess.Popen([binary, "check", "--no-config", "--format", "json", str(folder)], stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            sys.exit(f"recount ended with {child.returncode}")
        out.seek(0)
        summary = json.load(out)["summary"]
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, summary


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default="target/release/recount")
    parser.add_argument("--sizes", default="625,1250,2500,5000,10000")
    parser.add_argument("--corpus")
    args = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print("| pages | MB | words | claims | findings | wall s | cpu s | peak MB | time × | memory × |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    before = None
    for count in map(int, args.sizes.split(",")):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            if args.corpus:
                repeated(folder, count, args.corpus)
            else:
                synthetic(folder, count)
            size = sum(p.stat().st_size for p in folder.rglob("*.md")) / 1e6
            wall, cpu, memory, summary = measure(args.binary, folder)
        growth = (f"{cpu / before[0]:.2f}", f"{memory / before[1]:.2f}") if before else ("", "")
        found = summary["errors"] + summary["warnings"]
        print(
            f"| {count:,} | {size:.1f} | {summary['words']:,} | {summary['claims']:,} | {found:,} | {wall:.1f} | {cpu:.1f} "
            f"| {memory:.0f} | {growth[0]} | {growth[1]} |",
            flush=True,
        )
        before = (cpu, memory)


if __name__ == "__main__":
    main()
