// What the peers that run in Node share: {pages, queries, typed, out} on standard input, what they found on output.

import { readFileSync } from 'node:fs';

const SHOWN = 10;

/** Return a page as one record: its title, its headings, its text. */
function record(page) {
  return {
    id: page.url,
    title: page.title,
    headings: page.sections.map((section) => section.heading).join('\n'),
    text: page.sections.map((section) => section.text).join('\n'),
  };
}

/** Return how many milliseconds `work` took, and what it returned. */
async function timed(work) {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}

/**
 * Run a peer. `pack(records, out)` writes the index to a file and returns its path; `open(path)` reads it as a browser
 * would and returns a function from a query to page addresses; `code` is the script a browser would fetch.
 */
export async function run({ pack, open, code }) {
  const { pages, queries, typed, out } = JSON.parse(readFileSync(0, 'utf8'));
  const index = await pack(pages.map(record), out);
  const [ready, find] = await timed(async () => {
    const opened = await open(index);
    opened('保证金');
    return opened;
  });
  const found = queries.map((query) => find(query).slice(0, SHOWN));
  const keys = [];
  for (const query of typed) {
    const letters = [...query];
    for (let length = 1; length <= letters.length; length += 1) {
      keys.push((await timed(() => find(letters.slice(0, length).join(''))))[0]);
    }
  }
  process.stdout.write(JSON.stringify({ found, ready, keys, index, code }));
}
