#!/usr/bin/env python3
"""Whether recount takes two writings of a name for one name, against a suite of pairs that people judged.

same_names.py FOLDER [--recount BIN] [--failures]

FOLDER holds `pairs.csv` with the columns schema, name1, name2, is_match and quality. Each pair becomes a document of
two sentences, and counts as "same" when `name-spelling` reports it. Pairs of the same writing, letter case and
accents aside, are left out: there is nothing to report. Prints precision and recall, for all pairs and for people.
Ends with 2 when the folder or the program is absent.
"""

import csv
import json
import pathlib
import subprocess
import tempfile
import unicodedata

from reading import arguments, share


def plain(name):
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(c for c in letters if c.isalnum())


def text(schema, first, second):
    if schema == "Person":
        return f"In May we met {first} in town.\n\nThe letter to {second} came back.\n"
    return f"In May we met people of {first} in town.\n\nThe letter to {second} came back.\n"


def main():
    parsed = arguments(__doc__, ["pairs.csv"])
    with (parsed.folder / "pairs.csv").open(encoding="utf-8", newline="") as file:
        pairs = [p for p in csv.DictReader(file) if plain(p["name1"]) != plain(p["name2"])]
    with tempfile.TemporaryDirectory() as folder:
        for n, pair in enumerate(pairs):
            pathlib.Path(folder, f"{n:06}").mkdir()
            path = pathlib.Path(folder, f"{n:06}", "pair.txt")
            path.write_text(text(pair["schema"], pair["name1"], pair["name2"]), encoding="utf-8")
        reported = set()
        for path in sorted(pathlib.Path(folder).iterdir()):
            command = [parsed.recount, "check", "--format", "json", "--rule", "name-spelling", str(path)]
            done = subprocess.run(command, capture_output=True, check=False)
            if json.loads(done.stdout)["diagnostics"]:
                reported.add(int(path.name))
    for title, chosen in (
        ("all", range(len(pairs))),
        ("people", [n for n, p in enumerate(pairs) if p["schema"] == "Person"]),
        ("people, strong", [n for n, p in enumerate(pairs) if p["schema"] == "Person" and p["quality"] == "STRONG"]),
    ):
        same = {n for n in chosen if pairs[n]["is_match"] == "true"}
        said = reported.intersection(chosen)
        print(f"{title}: precision {share(len(said & same), len(said))}, recall {share(len(said & same), len(same))}")
    if parsed.failures:
        for n, pair in enumerate(pairs):
            same = pair["is_match"] == "true"
            if same != (n in reported):
                print(f"{'missed' if same else 'wrong '} {pair['schema']}: {pair['name1']} = {pair['name2']}")


if __name__ == "__main__":
    main()
