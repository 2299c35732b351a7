// The modules of a bundle share one closed scope and export nothing (scripts/generate.py BUNDLES). This closes some of
// them in a function, as the bundle does, and hands out what they declare.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

import { parse } from 'acorn';
import fc from 'fast-check';

fc.configureGlobal({ seed: 20261126 }); // every run tries the same examples, as those in Python do

const PROJECT = new URL('../../', import.meta.url);

/**
 * Return everything that `modules` (paths in the project, in the order of the bundle) declare at their top.
 * `globals` stands in for what a browser has and node has not, or for what a test wants to watch: {self, fetch}.
 * WORDS are those of the last build, as the bundle has them.
 */
export function load(modules, globals = {}) {
  const text = modules.map(read).join('\n');
  const known = { WORDS: JSON.parse(read('.build/interface.yml')).extra.words, ...globals };
  const names = parse(text, { ecmaVersion: 2019 }).body.flatMap(declared);
  // Compiled in this realm, not a fresh one, so that arrays and objects are equal to those of the test.
  const close = vm.compileFunction(`'use strict';${text}\nreturn { ${names.join(', ')} };`, Object.keys(known), {
    filename: fileURLToPath(new URL(modules[modules.length - 1], PROJECT)),
  });
  return close(...Object.values(known));
}

/** Return what a file in tests/data holds; tests in Python read the same. */
export function data(file) {
  return JSON.parse(read(`tests/data/${file}`));
}

function read(path) {
  return readFileSync(new URL(path, PROJECT), 'utf8');
}

function declared(statement) {
  return (statement.declarations || [statement]).filter(({ id }) => id).map(({ id }) => id.name);
}
