#!/usr/bin/env node
// Packs the program for npm: one package for each platform with the binary, and `recount-lint`, which runs the one
// of the machine that it is installed on. Nothing is downloaded at installation.
//
//   node packaging/npm/build.mjs --version 0.1.0 --out dist linux-x64=target/release/recount …
//
// Platforms are named as Node.js does: `${process.platform}-${process.arch}`.

import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '..', '..');

const binaries = {};
let version;
let out = 'dist';
const rest = process.argv.slice(2);
while (rest.length > 0) {
  const word = rest.shift();
  if (word === '--version') version = rest.shift();
  else if (word === '--out') out = rest.shift();
  else if (word.includes('=')) binaries[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
  else throw new Error(`what is ${word}?`);
}
version ??= /^version = "(.*)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1];
if (Object.keys(binaries).length === 0) throw new Error('no binary is named: PLATFORM=FILE');

const common = { version, license: 'MIT OR Apache-2.0' };

function pack(folder, manifest) {
  for (const file of ['LICENSE-MIT', 'LICENSE-APACHE']) copyFileSync(join(root, file), join(folder, file));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', resolve(out)], { cwd: folder, stdio: 'inherit' });
}

for (const [platform, binary] of Object.entries(binaries)) {
  const [os, cpu] = platform.split('-');
  const name = os === 'win32' ? 'recount.exe' : 'recount';
  const folder = join(out, platform);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  copyFileSync(binary, join(folder, 'bin', name));
  chmodSync(join(folder, 'bin', name), 0o755);
  pack(folder, {
    name: `recount-lint-${platform}`,
    description: `The program of recount-lint for ${platform}`,
    ...common,
    os: [os],
    cpu: [cpu],
    files: ['bin'],
  });
}

const folder = join(out, 'recount-lint');
mkdirSync(join(folder, 'bin'), { recursive: true });
copyFileSync(join(here, 'recount.cjs'), join(folder, 'bin', 'recount.cjs'));
copyFileSync(join(root, 'README.md'), join(folder, 'README.md'));
pack(folder, {
  name: 'recount-lint',
  description: 'Reads reports like a fact-checker and shows the places that cannot all be true',
  ...common,
  bin: { recount: 'bin/recount.cjs' },
  engines: { node: '>=18' },
  files: ['bin'],
  optionalDependencies: Object.fromEntries(Object.keys(binaries).map((p) => [`recount-lint-${p}`, version])),
});
