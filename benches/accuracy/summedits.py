#!/usr/bin/env python3
"""Scores recount on SummEdits (Laban et al., EMNLP 2023): a text with a summary of it, some with a wrong number.

    python3 benches/accuracy/summedits.py FOLDER [--recount BINARY]

FOLDER holds `labels.json`, as converted for this suite, and `docs/`. A pair counts as found when a finding has one label
in the text and one in the summary and both lie on edited numbers; a consistent pair counts as flagged when there is any
finding across the two. Findings inside one of the two documents are given apart.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path


# The rules that a summary is held to.
RULES = [f"--rule={rule}" for rule in ("quantity-mismatch", "date-mismatch", "ordinal-mismatch")]


def spans(folder, item):
    """The places of the edited numbers, as (file, start, end) in bytes."""
    out = []
    for place in item["evidence"]:
        text = (folder / place["file"]).read_bytes()
        start = text.find(place["quote"].encode())
        out.append((place["file"].split("/")[-1], start, start + len(place["quote"].encode())))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--recount", default="target/release/recount")
    options = parser.parse_args()
    labels = options.folder / "labels.json"
    if not labels.is_file():
        print(f"{labels} is not there", file=sys.stderr)
        return 2
    data = json.loads(labels.read_text())
    edits = {}
    for item in data["items"]:
        edits.setdefault(frozenset(item["pair"]), []).append(spans(options.folder, item))
    tally = dict.fromkeys(("wrong", "found", "clean", "flagged", "right", "across", "inside"), 0)
    for unit in data["units"]:
        paths = [str(options.folder / path) for path in unit]
        run = [options.recount, "check", *RULES, "--format", "json", *paths]
        findings = json.loads(subprocess.run(run, capture_output=True, text=True).stdout)["diagnostics"]
        wanted = edits.get(frozenset(path.split("/")[-1] for path in unit), [])
        across, right = 0, 0
        for finding in findings:
            places = [
                (label["path"].split("/")[-1], label["span"]["start"]["offset"], label["span"]["end"]["offset"])
                for label in finding["labels"]
            ]
            if len({file for file, _, _ in places}) < 2:
                tally["inside"] += 1
                continue
            across += 1
            hit = lambda spot: any(f == spot[0] and a < spot[2] and b > spot[1] for f, a, b in places)
            right += any(all(hit(spot) for spot in edit) for edit in wanted)
        tally["across"] += across
        tally["right"] += right
        tally["wrong" if wanted else "clean"] += 1
        tally["found" if wanted else "flagged"] += right > 0 if wanted else across > 0
    share = lambda part, whole: f"{part}/{whole} = {part / max(whole, 1):.1%}"
    print(
        f"pairs found {share(tally['found'], tally['wrong'])}   precision {share(tally['right'], tally['across'])}   "
        f"clean pairs flagged {share(tally['flagged'], tally['clean'])}   findings inside one document {tally['inside']}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
