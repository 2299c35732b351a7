import assert from 'node:assert/strict';
import { test } from 'node:test';

import { data, load } from './load.mjs';

const MODULES = ['marks', 'text', 'snippet'].map((name) => `web/search/${name}.js`);
const { hitsIn, mark, normalise, runsOf, snippet, unitOf } = load(MODULES);
const { plain, pairs, numbers } = data('search-text.json');

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

for (const { number, found, missed } of numbers) {
  test(`${number} is found where it stands whole`, () => {
    const words = [normalise(number, new Map())];
    for (const text of found) assert.equal(hitsIn(text, words).length, 1, text);
    for (const text of missed) assert.deepEqual(hitsIn(text, words), [], text);
  });
}

test('a snippet begins with the sentence or clause of its hit', () => {
  const long = '很长的一段话没有停顿'.repeat(9);
  const begins = (text, words) => snippet(text, words).replace(/[\ue000\ue001]/g, '').slice(0, 6);
  assert.equal(begins(`${long}。可以申请提现；48 小时后再看${long}`, ['48小时']), '可以申请提现');
  assert.equal(begins(`${long}。${long.slice(0, 30)}；48 小时后再看${long}`, ['48小时']), '48 小时后');
  assert.equal(begins(`${long}。可以申请提现${long}`, ['提现']), '可以申请提现');
  assert.equal(begins(`${long}，当天提现${long}`, ['提现']), '…当天提现很');
  assert.equal(begins(`${long}先停下。”当天提现${long}`, ['提现']), '当天提现很长');
  assert.equal(begins(`${long}。${long.slice(0, 30)}提现${long}`, ['提现']), '很长的一段话');
  assert.equal(begins(`${long}提现${long}`, ['提现']).slice(0, 1), '…');
  assert.equal(begins(`${long}，${long.slice(0, 30)}提现${long}`, ['提现']), '…很长的一段');
  assert.equal(begins('短的提现', ['提现']), '短的提现');
  const near = snippet(`${long}。${long.slice(0, 10)}提现${long}${long}`, ['提现']).replace(/[\ue000\ue001]/g, '');
  assert.deepEqual([near.slice(0, 4), near.length, near.slice(-1)], ['很长的一', 85, '…']); // as long as one from the midst
  assert.equal(begins(`提现${long}`, ['申诉']), '提现很长的一');
});

test('a snippet is taken where most hits stand together', () => {
  const far = '字'.repeat(200);
  const three = `提现${'字'.repeat(26)}提现${'字'.repeat(26)}提现`;
  for (const text of [`提现${far}${three}${far}`, `${three}${far}提现${far}`, `提现${far}提现、提现${far}${three}${far}提现`]) {
    assert.equal(snippet(text, ['提现']).split('\ue000').length - 1, 3, text);
  }
});

test('a snippet is taken where what tells most stands, not where the same is said again', () => {
  const far = '字'.repeat(200);
  const shown = (text, weights) => snippet(text, ['扣', '发票', '2000'], new Map(Object.entries(weights))).includes('\ue000发票');
  assert.ok(shown(`扣，扣${far}发票${far}`, { 扣: 2, 发票: 3 }));
  assert.ok(!shown(`扣，扣${far}发票${far}`, { 扣: 3, 发票: 2 }));
  assert.ok(shown(`扣，扣${far}扣，发票${far}`, { 扣: 3, 发票: 2 }));
  assert.ok(!shown(`发票${far}2,000${far}`, { 2000: 3, 发票: 2 })); // a number as it is written
});

test('a snippet marks all that one of fixed place would, and stays short', () => {
  const pieces = ['提现', '申诉', '。', '，', '；', '的', '48 小时', '\n', '很长的一段'];
  for (let seed = 1; seed < 400; seed += 1) {
    const text = Array.from({ length: 40 }, (_, at) => pieces[(seed * 7 + at * at * seed) % 9 ^ (at * seed) % 2]).join('');
    const given = snippet(text, ['提现', '申诉']);
    const fixed = snippet(text.replace(/[。，；\n]/g, '的'), ['提现', '申诉']);
    const marks = (shown) => shown.split('\ue000').length;
    assert.ok(marks(given) >= marks(fixed), text);
    const { length } = given.replace(/[\ue000\ue001…]/g, '');
    assert.ok(length <= 100 && (length >= 84 || !given.endsWith('…')), text);
  }
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
