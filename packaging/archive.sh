#!/usr/bin/env bash
# Packs a built program with its manual pages, completions and licences: archive.sh FOLDER NAME → dist/NAME.tar.gz
set -euo pipefail
built=$(cd "$1" && pwd)
name=$2
cd "$(dirname "$0")/.."

binary=$built/recount
[ -e "$binary" ] || binary=$built/recount.exe
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$binary" README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$folder/"
mkdir "$folder/man" "$folder/completions"
"$binary" man > "$folder/man/recount.1"
for command in $("$binary" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p'); do
    "$binary" man "$command" > "$folder/man/recount-$command.1"
done
"$binary" completions bash > "$folder/completions/recount.bash"
"$binary" completions zsh > "$folder/completions/_recount"
"$binary" completions fish > "$folder/completions/recount.fish"
"$binary" completions powershell > "$folder/completions/_recount.ps1"
mkdir -p dist
tar -czf "dist/$name.tar.gz" -C "$folder" .
