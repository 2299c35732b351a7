import assert from 'node:assert/strict';
import { test } from 'node:test';

import { data, load } from './load.mjs';

const { normalise } = load(['web/search/text.js']);
const { plain, pairs } = data('search-text.json');
const skip = !normalise && 'web/search/text.js has no normalise() yet';

// tests/test_search_text.py runs the same pairs through the Python half.
for (const [input, output] of pairs) {
  test(`${JSON.stringify(input)} is normalised`, { skip }, () => {
    assert.equal(normalise(input, new Map(Object.entries(plain))), output);
  });
}
