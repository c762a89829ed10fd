#!/usr/bin/env python3
"""Slips that recount finds in passages and documents, and right passages that it flags.

passages.py FILE_OR_FOLDER... [--recount BIN] [--kind KIND] [--misses]

A .txt file holds passages. A passage begins with a line "=== KIND | genre" and is Markdown, or several files that each
begin with a line "--- path". `{{right||wrong}}` is the slip and `<<...>>` what it contradicts: with the right words all is
true, with the wrong ones the marked places cannot all be. A passage is found when a finding on the wrong text, which the
right text does not have, touches a mark; a right passage is flagged when it has a warning.

A folder holds documents in the form of fixtures/accuracy: a document or folder of documents, and beside it a .toml with
[[slip]] and [[look-alike]] or [[pass]] entries. A slip is found when a finding touches two of its places, or the lines of
them, or its only one.

Prints one line a kind; --misses also prints what is not found, but nothing of a folder named "unread". Ends with 2 when
the program or a source is absent.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor

HEAD = re.compile(r"=== ([a-z-]+)(?: \| .*)?$")
FILE = re.compile(r"--- (\S+)\s*$")
MARK = re.compile(r"\{\{(.*?)\|\|(.*?)\}\}|<<(.*?)>>", re.S)


def passages(path):
    """The passages of a file: kind, and the name and marked text of each file in it."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines(True):
        head = HEAD.match(line.rstrip())
        if head:
            found.append((head[1], []))
        elif found:
            found[-1][1].append(line)
    return [(kind, files("".join(lines).strip("\n") + "\n")) for kind, lines in found]


def files(text):
    out, name, lines = [], "passage.md", []
    for line in text.splitlines(True):
        head = FILE.match(line)
        if head:
            if "".join(lines).strip():
                out.append((name, "".join(lines)))
            name, lines = head[1], []
        else:
            lines.append(line)
    return out + [(name, "".join(lines))]


def variant(text, wrong):
    """The text without marks, and the byte ranges of the marks."""
    out, marks, end = "", [], 0
    for mark in MARK.finditer(text):
        out += text[end : mark.start()]
        end = mark.end()
        words = mark[3] if mark[3] is not None else mark[2] if wrong else mark[1]
        start = len(out.encode())
        out += words
        marks.append((start, len(out.encode())))
    return out + text[end:], marks


def findings(recount, target):
    command = [recount, "check", "--format", "json", "--threads", "1", "--no-cache", str(target)]
    return json.loads(subprocess.run(command, capture_output=True, text=True).stdout)["diagnostics"]


def run(recount, passage, wrong):
    """The findings of one variant, each with whether it touches a mark."""
    with tempfile.TemporaryDirectory() as folder:
        marks = {}
        for name, text in passage:
            text, own = variant(text, wrong)
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            pathlib.Path(path).write_text(text, encoding="utf-8")
            marks[path] = own
        out = []
        for finding in findings(recount, folder):
            touched = any(
                label["span"]["start"]["offset"] < end and start < label["span"]["end"]["offset"]
                for label in finding["labels"]
                for start, end in marks.get(label["path"], [])
            )
            out.append((finding["rule"], finding["severity"], finding["message"], touched))
        return out


def score_passages(parsed, path, counts):
    wanted = [(kind, passage) for kind, passage in passages(path) if parsed.kind in (None, kind)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        wrong = list(pool.map(lambda p: run(parsed.recount, p[1], True), wanted))
        right = list(pool.map(lambda p: run(parsed.recount, p[1], False), wanted))
    for (kind, passage), slip, clean in zip(wanted, wrong, right):
        known = {(rule, message) for rule, _, message, _ in clean}
        found = any(touched and (rule, message) not in known for rule, _, message, touched in slip)
        add(counts, kind, found, any(severity != "note" for _, severity, _, _ in clean))
        if parsed.misses and not found and "unread" not in path.parts:
            print(f"miss: {path} {kind}", *(f"--- {name}\n{text}" for name, text in passage), sep="\n")


def place(target, wording):
    """The file, byte range and line of a place, which is told as "file: text with <<marks>>"."""
    path = target
    if target.is_dir():
        # A folder with one document needs no name of a file.
        files = [p for p in target.rglob("*") if p.is_file()]
        name, found, rest = wording.partition(": ")
        alone = len(files) == 1 and not (found and (target / name).is_file())
        path, wording = (files[0], wording) if alone else (target / name, rest)
    text = path.read_text(encoding="utf-8")
    at = text.index(wording.replace("<<", "").replace(">>", ""))
    start = at + max(wording.find("<<"), 0)
    end = at + wording.replace("<<", "").find(">>") if ">>" in wording else at + len(wording)
    return str(path), len(text[:start].encode()), len(text[:end].encode()), text.count("\n", 0, start) + 1


def touches(finding, places):
    """Whether a finding touches two of the places, or the only one."""

    def one(path, start, end, line):
        spans = [label["span"] for label in finding["labels"] if label["path"] == path]
        return any(s["start"]["offset"] < end and start < s["end"]["offset"] or s["start"]["line"] == line for s in spans)

    return sum(one(*p) for p in places) >= min(2, len(places))


def score_documents(parsed, folder, counts):
    wrong = 0
    for labels in sorted(folder.glob("*.toml")):
        entries = tomllib.loads(labels.read_text(encoding="utf-8"))
        if "slip" not in entries:
            continue
        base = labels.with_suffix("")
        target = base if base.is_dir() else next(p for p in folder.glob(f"{base.name}.*") if p.suffix != ".toml")
        found = findings(parsed.recount, target)
        used = set()
        for slip in entries["slip"]:
            places = [place(target, p) for p in slip["places"]]
            hits = {n for n, finding in enumerate(found) if touches(finding, places)}
            used |= hits
            if parsed.kind in (None, slip["kind"]):
                add(counts, slip["kind"], bool(hits), False)
                if parsed.misses and not hits and "unread" not in folder.parts:
                    print(f"miss: {base.name} {slip['kind']}: {slip['why']}")
        passes = [[place(target, p) for p in e["places"]] for e in entries.get("pass", []) + entries.get("look-alike", [])]
        for n, finding in enumerate(found):
            alike = any(touches(finding, places) for places in passes)
            wrong += n not in used and (alike or finding["severity"] != "note")
    print(f"{folder}: {wrong} findings are no labelled slip")


def add(counts, kind, found, flagged):
    """Counts one slip of a kind."""
    for n, more in enumerate((1, found, flagged)):
        counts[kind][n] += int(more)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", type=pathlib.Path)
    parser.add_argument("--recount", default="target/release/recount")
    parser.add_argument("--kind")
    parser.add_argument("--misses", action="store_true")
    parsed = parser.parse_args()
    parsed.recount = os.path.abspath(parsed.recount)
    if not os.path.isfile(parsed.recount):
        print(f"{parsed.recount}: absent; `cargo build --release` makes it", file=sys.stderr)
        sys.exit(2)
    counts = collections.defaultdict(lambda: [0, 0, 0])
    for source in parsed.sources:
        if not source.exists():
            print(f"{source}: absent", file=sys.stderr)
            sys.exit(2)
        if source.is_dir():
            for path in sorted(source.glob("*.txt")):
                if not path.with_suffix(".toml").exists():
                    score_passages(parsed, path, counts)
            if any(source.glob("*.toml")):
                score_documents(parsed, source, counts)
        else:
            score_passages(parsed, source, counts)
    for kind, (slips, found, flagged) in sorted(counts.items()):
        print(f"{kind:24}{found:4} of {slips:<4} right passages flagged: {flagged}")
    slips, found, flagged = (sum(row[n] for row in counts.values()) for n in range(3))
    print(f"{'all':24}{found:4} of {slips:<4} right passages flagged: {flagged}")


if __name__ == "__main__":
    main()
