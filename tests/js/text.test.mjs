import assert from 'node:assert/strict';
import { test } from 'node:test';

import { load } from './load.mjs';

const { escapeHtml, fold, mark, runsOf, termsOf } = load(['web/search/text.js']);

test('folding keeps every position', () => {
  assert.equal(fold('ＡＢＣ　７天'), 'abc 7天');
  for (const text of ['㍿保证金', 'İstanbul', '😀保', 'ﬁ', '']) assert.equal(fold(text).length, text.length, text);
});

test('a query gives its runs without filler', () => {
  assert.deepEqual(runsOf('保证金怎么退？'), ['保证金', '退']);
  assert.deepEqual(runsOf('12315投诉'), ['12315', '投诉']);
  assert.deepEqual(runsOf('保 证 金'), ['保证金']);
});

test('where only filler was typed, the filler is the question', () => {
  assert.deepEqual(runsOf('怎么办'), ['怎么办']);
  assert.deepEqual(runsOf(' ？'), []);
});

test('a Chinese run gives itself and its pairs', () => {
  assert.deepEqual(termsOf(['保证金', 'ab']), [
    { text: '保证金', whole: true },
    { text: '保证', whole: false },
    { text: '证金', whole: false },
    { text: 'ab', whole: true },
  ]);
});

test('what is shown is escaped, also around marks', () => {
  assert.equal(escapeHtml('<a href="x">&'), '&lt;a href=&quot;x&quot;&gt;&amp;');
  assert.equal(mark('<b>Ａb金</b>', [{ text: 'ab' }]), '&lt;b&gt;<mark>Ａb</mark>金&lt;/b&gt;');
});
