import assert from 'node:assert/strict';
import { test } from 'node:test';

import { data, load } from './load.mjs';

const { keepTogether } = load(['site/make', 'tools/core/text'].map((name) => `web/${name}.js`));

test('numbers stay with their units, as in the pages', () => {
  for (const [text, kept] of data('typography.json')) {
    assert.equal(keepTogether(text), kept.replaceAll('~', '\u00a0').replaceAll('|', '\u2060'), text);
  }
});
