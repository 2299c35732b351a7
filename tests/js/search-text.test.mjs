import assert from 'node:assert/strict';
import { test } from 'node:test';

import { data, load } from './load.mjs';

const { hitsIn, mark, normalise, unitOf } = load(['web/search/marks.js', 'web/search/text.js']);
const { plain, pairs } = data('search-text.json');

// tests/test_search_index.py runs the same pairs through the Python half.
for (const [input, output] of pairs) {
  test(`${JSON.stringify(input)} is normalised`, () => {
    assert.equal(normalise(input, new Map(Object.entries(plain))), output);
  });
}

test('a hit stands between marks, whatever is around it', () => {
  assert.equal(mark('<b>DSR 低</b>', ['dsr']), '<b>\ue000DSR\ue001 低</b>');
});

test('a word is found where it is written with a space or a comma', () => {
  assert.deepEqual(hitsIn('在 7 天内', ['7天']), [[2, 5]]);
  assert.deepEqual(hitsIn('扣 2,000 元', ['2000元']), [[2, 9]]);
});

test('the longest of several words is marked', () => {
  assert.equal(mark('保证金额', ['保证', '保证金']), '\ue000保证金\ue001额');
});

test('words are no patterns', () => {
  assert.deepEqual(hitsIn('a+b (c)', ['a+b', '(c)', '.*']), [[0, 3], [4, 7]]);
  assert.deepEqual(hitsIn('任意', []), []);
});

test('the unit of a number', () => {
  assert.equal(unitOf('个工作日内'), '个工作日');
  assert.equal(unitOf('内'), '');
});
