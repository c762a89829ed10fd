#!/usr/bin/env node
'use strict';
// Runs the program that the package of this platform brought. RECOUNT_BINARY names another.

const { spawnSync } = require('node:child_process');

const platform = `${process.platform}-${process.arch}`;
const file = process.platform === 'win32' ? 'recount.exe' : 'recount';

function binary() {
  if (process.env.RECOUNT_BINARY) return process.env.RECOUNT_BINARY;
  try {
    return require.resolve(`recount-lint-${platform}/bin/${file}`);
  } catch {
    console.error(`error: there is no recount for ${platform}, or optional dependencies were left out`);
    process.exit(2);
  }
}

const done = spawnSync(binary(), process.argv.slice(2), { stdio: 'inherit' });
if (done.error) {
  console.error(`error: ${done.error.message}`);
  process.exit(2);
}
process.exit(done.status ?? 2);
