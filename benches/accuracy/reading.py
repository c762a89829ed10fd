"""What recount reads in short texts: the part that the scorers of this folder have in common."""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile


def argument_parser(description):
    """What every scorer can be told."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--recount", default="target/release/recount", help="default: %(default)s")
    parser.add_argument("--failures", action="store_true", help="print every case that is not right")
    return parser


def arguments(description, files):
    """The command line of a scorer; ends with 2 when the program or a file of the suite is absent."""
    parsed = argument_parser(description).parse_args()
    check_arguments(parsed, files)
    return parsed


def check_arguments(parsed, files):
    """Ends with 2 when the program or a file of the suite is absent."""
    missing = [f"no file {parsed.folder / name}" for name in files if not (parsed.folder / name).is_file()]
    if shutil.which(parsed.recount) is None:
        missing.append(f"no program {parsed.recount}: run `cargo build --release` first")
    if missing:
        print("\n".join(missing), file=sys.stderr)
        sys.exit(2)


def load(folder, name):
    """A JSON file of the suite."""
    return json.loads((folder / name).read_text(encoding="utf-8"))


def read(recount, texts, command="numbers"):
    """For each text the list of what `recount numbers` (or `claims`) prints, with spans counted in characters."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for n, text in enumerate(texts):
            path = pathlib.Path(folder, f"{n:06}.txt")
            path.write_bytes(text.encode("utf-8"))
            paths.append(str(path))
        if not paths:
            return []
        done = subprocess.run([recount, command, "--format", "json", folder], capture_output=True, check=True)
    found = {path: [] for path in paths}
    key = "numbers" if command == "numbers" else "claims"
    for item in json.loads(done.stdout)[key]:
        found[item["path"]].append(item)
    for text, path in zip(texts, paths):
        raw = text.encode("utf-8")
        for item in found[path]:
            for name in ("span", "number", "hedged"):
                if name in item:
                    ends = (item[name]["start"]["offset"], item[name]["end"]["offset"])
                    item[name] = tuple(len(raw[:end].decode("utf-8", errors="replace")) for end in ends)
    return [found[path] for path in paths]


def bounds(item):
    """Lower and upper end of a quantity as floating point numbers."""
    return float(item["value"]["low"]), float(item["value"]["high"])


def close(a, b):
    """Whether two numbers are the same up to 1e-5 of their size."""
    return abs(a - b) <= 1e-8 + 1e-5 * abs(b)


def share(right, of):
    """`12/15 = 80.0 %`."""
    return f"{right}/{of} = {100 * right / of:.1f} %" if of else "0/0"
