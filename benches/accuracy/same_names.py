#!/usr/bin/env python3
"""Whether recount takes two writings of a name for one name, against a suite of pairs that people judged.

same_names.py FOLDER [--recount BIN] [--compare BIN] [--half odd|even] [--failures]

FOLDER holds `pairs.csv` with the columns schema, name1, name2, is_match and quality. `--compare` is the example
`same_names`, which gives the verdict on two names by themselves ("model"); `--recount` is the program, which is given
a document of two sentences with the names and says "same" when `name-spelling` reports them ("rule"). The rule asks
for less than the model: a short form or a title is no slip, and a pair without surroundings says little. Pairs of the
same writing, letter case and accents aside, are left out. `--half` takes every other pair only: one half is for
development. Prints precision and recall, for all pairs and for people. Ends with 2 when the folder or the program
is absent.
"""

import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unicodedata

from reading import argument_parser, check_arguments, share


def plain(name):
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(c for c in letters if c.isalnum())


def text(schema, first, second):
    if schema == "Person":
        return f"In May we met {first} in town.\n\nThe letter to {second} came back.\n"
    return f"In May we met people of {first} in town.\n\nThe letter to {second} came back.\n"


def reported(recount, pairs):
    """The numbers of the pairs that the rule reports."""
    found = set()
    with tempfile.TemporaryDirectory() as folder:
        for n, pair in enumerate(pairs):
            pathlib.Path(folder, f"{n:06}").mkdir()
            path = pathlib.Path(folder, f"{n:06}", "pair.txt")
            path.write_text(text(pair["schema"], pair["name1"], pair["name2"]), encoding="utf-8")
        for path in sorted(pathlib.Path(folder).iterdir()):
            command = [recount, "check", "--format", "json", "--rule", "name-spelling", str(path)]
            done = subprocess.run(command, capture_output=True, check=False)
            if json.loads(done.stdout)["diagnostics"]:
                found.add(int(path.name))
    return found


def compared(program, pairs):
    """The numbers of the pairs that the model takes for one name."""
    lines = "".join(
        f"{'person' if p['schema'] == 'Person' else 'body'}\t{p['name1']}\t{p['name2']}\n" for p in pairs
    )
    done = subprocess.run([program], input=lines.encode("utf-8"), capture_output=True, check=True)
    verdicts = done.stdout.decode("utf-8").splitlines()
    return {n for n, verdict in enumerate(verdicts) if verdict.startswith("Same\t")}


def report(title, said, pairs, failures):
    for sort, chosen in (
        ("all", range(len(pairs))),
        ("people", [n for n, p in enumerate(pairs) if p["schema"] == "Person"]),
        ("bodies", [n for n, p in enumerate(pairs) if p["schema"] != "Person"]),
    ):
        same = {n for n in chosen if pairs[n]["is_match"] == "true"}
        told = said.intersection(chosen)
        right = len(told & same)
        print(f"{title}, {sort}: precision {share(right, len(told))}, recall {share(right, len(same))}")
    if failures:
        for n, pair in enumerate(pairs):
            same = pair["is_match"] == "true"
            if same != (n in said):
                print(f"{'missed' if same else 'wrong '} {pair['schema']}: {pair['name1']} = {pair['name2']}")


def main():
    parser = argument_parser(__doc__)
    parser.add_argument("--compare", default="target/release/examples/same_names", help="default: %(default)s")
    parser.add_argument("--half", choices=["odd", "even"])
    parsed = parser.parse_args()
    check_arguments(parsed, ["pairs.csv"])
    with (parsed.folder / "pairs.csv").open(encoding="utf-8", newline="") as file:
        pairs = [p for p in csv.DictReader(file) if plain(p["name1"]) != plain(p["name2"])]
    if parsed.half:
        pairs = pairs[int(parsed.half == "odd") :: 2]
    if shutil.which(parsed.compare) is None:
        print(f"no program {parsed.compare}: run `cargo build --release --example same_names` first", file=sys.stderr)
    else:
        report("model", compared(parsed.compare, pairs), pairs, parsed.failures)
    report("rule", reported(parsed.recount, pairs), pairs, False)


if __name__ == "__main__":
    main()
