// Ask an index on disk all questions of stdin (JSON list): prints for each the pages found, and the size (brotli) of what
// every search loads. node quality.mjs INDEX

import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

import { load } from './load.mjs';

const [folder] = process.argv.slice(2);
const engine = load(['text', 'index', 'sound', 'query', 'rank'].map((name) => `web/search/${name}.js`));
const files = ['core.json', 'words0.json', 'pages0.json'].map((name) => readFileSync(`${folder}/${name}`));
const [core, words, pages] = files.map((file) => JSON.parse(file));
const index = engine.readCore(core);
engine.addShard(index, 0, words);
const sounds = engine.prepareSounds(index);

const found = JSON.parse(readFileSync(0, 'utf8')).map((question) => (
  engine.rank(index, engine.understand(index, sounds, question)).slice(0, 10).map((hit) => pages[hit.page][0].replace(/\/$/, '') || 'index')
));
const params = { [constants.BROTLI_PARAM_LGBLOCK]: 16 }; // as scripts/pack.py
console.log(JSON.stringify({ found, bytes: files.reduce((sum, file) => sum + brotliCompressSync(file, { params }).length, 0) }));
