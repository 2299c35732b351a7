// MiniSearch with bigrams: any term may match (its default), the last may be unfinished. The weights are the best of
// five that were tried on the tuning half of the questions.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import MiniSearch from 'minisearch';

import { bigrams } from './bigrams.mjs';
import { run } from './node-peer.mjs';

const options = {
  fields: ['title', 'headings', 'text'],
  tokenize: bigrams,
  searchOptions: { boost: { title: 8, headings: 3 }, prefix: (term, at, terms) => at === terms.length - 1 },
};

await run({
  pack(records, out) {
    const index = new MiniSearch(options);
    index.addAll(records);
    writeFileSync(out, JSON.stringify(index));
    return out;
  },
  open(path) {
    const index = MiniSearch.loadJSON(readFileSync(path, 'utf8'), options);
    return (query) => index.search(query).map((result) => result.id);
  },
  code: fileURLToPath(new URL('../umd/index.js', import.meta.resolve('minisearch'))),
});
