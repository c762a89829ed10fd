#!/usr/bin/env python3
"""Times a first and a second, cached run of recount over many generated pages.

    python3 benches/cached.py [--pages 10000] [--recount target/release/recount]

Every page is about 5 KB of paragraphs, a list and a table with figures of its own; one in fifty contradicts itself.
The outputs of both runs have to be the same bytes, and those of a run without the cache. Exits with 1 when they are
not, or when the cached run is not ten times as fast.
"""

import argparse
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

PLACES = ["Aune", "Brekke", "Dale", "Fjell", "Gran", "Hove", "Lier", "Moss", "Nes", "Odda", "Rena", "Skien", "Tinn"]
THINGS = ["clinics", "schools", "boats", "bridges", "gauges", "meters", "wells", "depots", "buses", "ferries"]
PEOPLE = ["nurses", "teachers", "masters", "engineers", "pilots", "clerks", "drivers", "divers", "wardens"]
VERBS = ["opened", "inspected", "repaired", "counted", "replaced", "visited", "closed", "measured"]


def page(number, dice):
    place, thing = dice.choice(PLACES), dice.choice(THINGS)
    parts = [f"# {place} and its {thing}, part {number}\n"]
    for section in range(4):
        parts.append(f"## {dice.choice(PLACES)} district {section + 1}\n")
        for _ in range(3):
            sentences = [
                f"In {dice.randint(1995, 2023)} the district of {dice.choice(PLACES)} {dice.choice(VERBS)} "
                f"{dice.randint(2, 900)} {dice.choice(THINGS)} with {dice.randint(2, 90)} {dice.choice(PEOPLE)}.",
                f"The cost of the {dice.choice(THINGS)} was {dice.randint(2, 99)}.{dice.randint(0, 9)} million crowns, "
                f"about {dice.randint(2, 60)} % of the budget, as the board wrote in its letter of "
                f"{dice.randint(1, 28)} May {dice.randint(2001, 2023)}.",
                f"Nobody who works at the {dice.choice(THINGS)} remembers a year in which the weather was so kind.",
            ]
            dice.shuffle(sentences)
            parts.append(" ".join(sentences) + "\n")
        rows = [(name, dice.randint(10, 400), dice.randint(10, 400)) for name in dice.sample(PLACES, 4)]
        parts.append("| Town | Spring | Autumn |\n| --- | ---: | ---: |")
        parts.extend(f"| {name} | {a} | {b} |" for name, a, b in rows)
        wrong = 10 if section == 0 and number % 50 == 0 else 0
        parts.append(f"| Total | {sum(r[1] for r in rows) + wrong} | {sum(r[2] for r in rows)} |\n")
        parts.append("".join(f"- the {dice.choice(THINGS)} of {dice.choice(PLACES)}\n" for _ in range(4)))
    return "\n".join(parts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--recount", default="target/release/recount")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.recount).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        dice, size = random.Random(1), 0
        for number in range(arguments.pages):
            path = folder / "docs" / f"{number // 100:03}" / f"page-{number:05}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            text = page(number, dice)
            path.write_text(text)
            size += len(text)
        environment = dict(os.environ, RECOUNT_CACHE_DIR=str(folder / "cache"))

        def run(*more):
            command = [program, "check", "docs", "--no-config", "--format", "json", *more]
            begin = time.perf_counter()
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
            return time.perf_counter() - begin, done.returncode, done.stdout

        run("--no-cache")  # The files are in the memory of the system from here on.
        plain, code, output = run("--no-cache")
        first, *cold = run()
        rounds = [run() for _ in range(5)]
        second = statistics.median(seconds for seconds, *_ in rounds)
        same = all(rest == [code, output] for rest in [cold] + [list(r[1:]) for r in rounds])
    findings = output.count(b'"fingerprint"')
    print(f"{arguments.pages} pages, {size / 1e6:.1f} MB, {findings} findings, exit code {code}")
    print(f"without a cache {plain:.2f} s, first run {first:.2f} s, cached {second:.3f} s: {first / second:.1f} times")
    print("identical output" if same else "the outputs differ")
    return 0 if same and first >= 10 * second else 1


if __name__ == "__main__":
    sys.exit(main())
