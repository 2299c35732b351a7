// FlexSearch with a bigram encoder: `suggest` lets a page match that has not every term; the title counts first.
// Its context option found less on the tuning half of the questions, with an index of 20 MB, so it is off.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import FlexSearch from 'flexsearch';

import { bigrams } from './bigrams.mjs';
import { run } from './node-peer.mjs';

const FIELDS = ['title', 'headings', 'text'];
const make = () =>
  new FlexSearch.Document({
    tokenize: 'strict',
    encode: bigrams,
    document: { id: 'id', index: FIELDS },
  });

await run({
  async pack(records, out) {
    const index = make();
    records.forEach((record) => index.add(record));
    const parts = [];
    await index.export((key, data) => void parts.push([key, data]));
    writeFileSync(out, JSON.stringify(parts));
    return out;
  },
  async open(path) {
    const index = make();
    for (const [key, data] of JSON.parse(readFileSync(path, 'utf8'))) await index.import(key, data);
    return (query) =>
      index.search(query, { limit: 20, suggest: true, merge: true }).map((result) => result.id);
  },
  code: fileURLToPath(new URL('flexsearch.bundle.min.js', import.meta.resolve('flexsearch'))),
});
