#!/usr/bin/env python3
"""Times `recount check` against `typos` on the same Markdown, in one run.

    python3 benches/against-typos.py FOLDER [--recount BINARY] [--rounds N]

Both programs read every .md file under FOLDER. Their runs alternate, so that a busy machine slows both; medians
of elapsed and of processor time are compared. `typos` comes from PyPI: `pip install typos`. When a program or the folder is absent, the script says
so and exits with 2.
"""

import argparse
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def seconds(command):
    """Elapsed and processor time of one run; both programs exit with 1 or 2 when they find something."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    elapsed = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1, 2):
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[:500]}")
    return elapsed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(recount, typos, folder, rounds):
    """Elapsed and processor seconds of each run, by program; the runs alternate."""
    commands = {
        "recount": [recount, "check", "--no-cache", "--fail-on", "never", "--format", "json", folder],
        "typos": [typos, "--format", "json", folder],
    }
    for command in commands.values():
        seconds(command)  # fills the file cache
    times = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(seconds(command))
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--recount", default="target/release/recount", help="default: %(default)s")
    parser.add_argument("--rounds", type=int, default=9, help="runs of each program, default %(default)s")
    arguments = parser.parse_args()

    missing = []
    recount = shutil.which(arguments.recount)
    typos = shutil.which("typos")
    files = sorted(p for p in arguments.folder.rglob("*.md") if p.is_file()) if arguments.folder.is_dir() else []
    if recount is None:
        missing.append(f"no program {arguments.recount}: run `cargo build --release` first")
    if typos is None:
        missing.append("no program typos: run `pip install typos` first")
    if not files:
        missing.append(f"no .md file under {arguments.folder}")
    if missing:
        print("\n".join(missing), file=sys.stderr)
        return 2

    size = sum(p.stat().st_size for p in files)
    with tempfile.TemporaryDirectory() as folder:
        # A copy of the Markdown files alone: both programs walk the same folder with their own defaults.
        for path in files:
            copy = pathlib.Path(folder, path.relative_to(arguments.folder))
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        times = measure(recount, typos, folder, arguments.rounds)

    print(f"{len(files)} Markdown files, {size / 1e6:.1f} MB, {arguments.rounds} rounds, alternating")
    medians = {}
    for name, values in times.items():
        elapsed, processor = (statistics.median(column) for column in zip(*values))
        medians[name] = (elapsed, processor)
        print(f"{name:8} elapsed {elapsed * 1000:8.1f} ms {size / 1e6 / elapsed:7.1f} MB/s   "
              f"processor {processor * 1000:8.1f} ms   fastest {min(values)[0] * 1000:8.1f} ms")
    ratios = [mine / theirs for mine, theirs in zip(medians["recount"], medians["typos"])]
    print(f"recount / typos = {ratios[0]:.2f} elapsed, {ratios[1]:.2f} processor time (medians)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
