// Query an index on disk: node large.mjs INDEX QUESTIONS.tsv. Prints p50 and p95 of a query's own time in ms, and the most
// bytes (brotli) that one query loads on a cold start, all files together.

import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

import { load } from './load.mjs';

const [folder, file] = process.argv.slice(2);
const modules = ['text', 'index', 'sound', 'query', 'rank'].map((name) => `web/search/${name}.js`);
const engine = load(modules);
const sizes = new Map();

function read(name) {
  const data = readFileSync(`${folder}/${name}`);
  if (!sizes.has(name)) sizes.set(name, brotliCompressSync(data).length);
  return { json: JSON.parse(data), bytes: sizes.get(name) };
}

function run(question) {
  const core = read('core.json');
  const index = engine.readCore(core.json);
  let bytes = core.bytes;
  for (const number of index.shards === 1 ? [0] : engine.shardsFor(index, question)) {
    const shard = read(`words${number}.json`);
    bytes += shard.bytes;
    engine.addShard(index, number, shard.json);
  }
  const sounds = engine.prepareSounds(index);
  const start = performance.now();
  const hits = engine.rank(index, engine.understand(index, sounds, question)).slice(0, 10);
  const spent = performance.now() - start;
  for (const chunk of new Set(hits.map((hit) => Math.floor(hit.page / index.chunk)))) bytes += read(`pages${chunk}.json`).bytes;
  return { spent, bytes };
}

const questions = readFileSync(file, 'utf8').trim().split('\n').slice(1, 61).map((line) => line.split('\t')[0]);
const runs = questions.map(run);
const times = runs.map((each) => each.spent).sort((a, b) => a - b);
const at = (share) => times[Math.floor(times.length * share)];
console.log(JSON.stringify({ p50: at(0.5), p95: at(0.95), most: Math.max(...runs.map((each) => each.bytes)) }));
