#!/usr/bin/env bash
# Builds each package from the sources at hand, installs it in a fresh folder and runs it there. What cannot be tried
# on this machine is named. The debug build is packed, since it is there already.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

tried=() left=()
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cargo build --locked --quiet
built=$root/${CARGO_TARGET_DIR:-target}/debug
program=$built/recount

# A folder with one page that contradicts itself, and the answer that every installed program has to give.
mkdir "$scratch/docs"
printf 'The boat treated 165 patients in spring, namely 106 children and 48 women.\n' > "$scratch/docs/page.md"
expected=$("$program" check --no-config --format short "$scratch/docs" || true)
answers() {
    local said
    said=$("$@" check --no-config --format short "$scratch/docs" || true)
    [ "$said" = "$expected" ] || { printf 'another answer from %s:\n%s\n' "$1" "$said" >&2; exit 1; }
}
[ -n "$expected" ]

# The archive.
mkdir "$scratch/archive"
packaging/archive.sh "$built" recount-try
tar -xzf dist/recount-try.tar.gz -C "$scratch/archive"
rm -r dist
answers "$scratch/archive/recount"
[ "$(find "$scratch/archive/man" -name '*.1' | wc -l)" -gt 8 ]
bash -n "$scratch/archive/completions/recount.bash"
tried+=(archive)

# The wheel.
if python3 -m venv "$scratch/python" > /dev/null 2>&1 && "$scratch/python/bin/pip" install --quiet maturin > /dev/null 2>&1; then
    (cd packaging/python && "$scratch/python/bin/maturin" build --quiet --locked --profile dev --out "$scratch/wheels")
    python3 -m venv "$scratch/fresh"
    "$scratch/fresh/bin/pip" install --quiet --no-index "$scratch"/wheels/*.whl
    answers "$scratch/fresh/bin/recount"
    tried+=("wheel ($(basename "$scratch"/wheels/*.whl))")
else
    left+=("wheel: no python3 with maturin")
fi

# The packages for npm.
if command -v npm > /dev/null && command -v node > /dev/null; then
    platform=$(node -p 'process.platform + "-" + process.arch')
    mkdir "$scratch/packed" "$scratch/node"
    node packaging/npm/build.mjs --out "$scratch/packed" "$platform=$program" > /dev/null
    # One package needs the other, which no registry has yet, so both are installed from here.
    (cd "$scratch/node" && npm init --yes > /dev/null &&
        npm install --silent --no-audit --no-fund --omit=optional "$scratch"/packed/*.tgz > /dev/null)
    answers "$scratch/node/node_modules/.bin/recount"
    tried+=("npm ($platform)")
else
    left+=("npm: no node and npm")
fi

# The hooks of pre-commit, with the program that was built instead of one that it installs.
if [ -x "$scratch/python/bin/pip" ] && "$scratch/python/bin/pip" install --quiet pre-commit > /dev/null 2>&1 &&
    command -v git > /dev/null; then
    pre_commit=$scratch/python/bin/pre-commit
    "$pre_commit" validate-manifest .pre-commit-hooks.yaml
    mkdir "$scratch/hooks"
    sed 's/language: rust/language: system/' .pre-commit-hooks.yaml > "$scratch/hooks/.pre-commit-hooks.yaml"
    git() { command git -c user.name=try -c user.email=try@localhost -c init.defaultBranch=main "$@"; }
    export PRE_COMMIT_HOME=$scratch/pre-commit PATH="$built:$PATH"
    (cd "$scratch/hooks" && git init --quiet && git add . && git commit --quiet -m hooks)
    (
        cd "$scratch/docs"
        git init --quiet
        printf 'repos:\n- repo: %s\n  rev: %s\n  hooks:\n  - id: recount\n' "$scratch/hooks" \
            "$(command git -C "$scratch/hooks" rev-parse HEAD)" > .pre-commit-config.yaml
        git add .
        # The page contradicts itself, so the first commit is stopped; what is in the repository stands from then on.
        if "$pre_commit" run > "$scratch/said" 2>&1; then
            printf 'the hook let a contradiction pass:\n' >&2
            cat "$scratch/said" >&2
            exit 1
        fi
        grep -q 'page.md' "$scratch/said"
        git commit --quiet --no-verify -m first
        printf 'Nothing is counted here.\n' > quiet.md
        git add quiet.md
        "$pre_commit" run > "$scratch/said" 2>&1 || { cat "$scratch/said" >&2; exit 1; }
    )
    tried+=("pre-commit hooks")
else
    left+=("pre-commit hooks: no pre-commit")
fi

# A validator that accepts everything would say nothing.
refuses() {
    if "$scratch/python/bin/check-jsonschema" --schemafile "$1" "$2" > /dev/null 2>&1; then
        printf '%s accepts %s, which is wrong\n' "$1" "$2" >&2
        exit 1
    fi
}

# SARIF, judged by a validator and a schema that others wrote.
schema=$scratch/sarif/node_modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json
mkdir "$scratch/sarif"
if [ -x "$scratch/python/bin/pip" ] && "$scratch/python/bin/pip" install --quiet check-jsonschema > /dev/null 2>&1 &&
    command -v npm > /dev/null && (cd "$scratch/sarif" && npm init --yes > /dev/null &&
        npm install --silent --no-audit --no-fund @microsoft/sarif-multitool-linux > /dev/null 2>&1) && [ -e "$schema" ]; then
    "$program" check --no-config fixtures/reports --format sarif > "$scratch/sarif/reports.sarif" || true
    "$program" check --no-config --preview fixtures/rules --format sarif > "$scratch/sarif/rules.sarif" || true
    "$scratch/python/bin/check-jsonschema" --schemafile "$schema" "$scratch"/sarif/*.sarif > "$scratch/said" 2>&1 ||
        { cat "$scratch/said" >&2; exit 1; }
    sed 's/"level": "warning"/"level": "loud"/' "$scratch/sarif/reports.sarif" > "$scratch/sarif/wrong.sarif"
    refuses "$schema" "$scratch/sarif/wrong.sarif"
    tried+=("SARIF ($(cat "$scratch"/sarif/r*.sarif | grep -c '"ruleId"') results against the schema)")
else
    left+=("SARIF: check-jsonschema, or the package that holds the schema, cannot be installed")
fi

# The schema of recount.toml, over the commented file that `recount init` writes with all its examples.
if [ -x "$scratch/python/bin/check-jsonschema" ] && [ -e docs/schema/recount.json ]; then
    sed -n '/^##/!s/^# //; /^##/!p' src/cli/init.toml > "$scratch/recount.toml"
    "$scratch/python/bin/check-jsonschema" --schemafile docs/schema/recount.json "$scratch/recount.toml" > "$scratch/said" 2>&1 ||
        { cat "$scratch/said" >&2; exit 1; }
    printf 'ignroe = []\n' > "$scratch/wrong.toml"
    refuses docs/schema/recount.json "$scratch/wrong.toml"
    tried+=("schema of recount.toml")
fi

# The workflows and the action, as far as schemas of their files tell.
if [ -x "$scratch/python/bin/check-jsonschema" ]; then
    "$scratch/python/bin/check-jsonschema" --builtin-schema vendor.github-workflows .github/workflows/*.yml > /dev/null
    "$scratch/python/bin/check-jsonschema" --builtin-schema vendor.github-actions packaging/action/action.yml > /dev/null
    tried+=("workflows and action (their schemas)")
fi

left+=("image: needs a docker engine" "action and workflows in use: run on GitHub only")
printf 'tried: %s\n' "${tried[@]}"
printf 'not tried: %s\n' "${left[@]}"
