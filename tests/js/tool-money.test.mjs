import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import fc from 'fast-check';

import { data, load } from './load.mjs';

const MODULES = ['site/make', 'tools/core/text', 'tools/core/money'].map((name) => `web/${name}.js`);
const { feeOf, leastChance, readMoney, yuan } = load(MODULES);
const VECTORS = data('fees.json');
// The brackets are those of data/fees.yml, as the built page has them.
const PAGE = readFileSync(new URL('../../site/tools/costs/index.html', import.meta.url), 'utf8');
const SOURCE = JSON.parse(PAGE.match(/<script type="application\/json" id="kb-data">([^<]*)</)[1]).fees;

const fenOf = (text) => Math.round(Number(text) * 100);

test('fees are those of the statute', () => {
  for (const [amount, acceptance, half, preservation, enforcement] of VECTORS.fees) {
    const fen = fenOf(amount);
    assert.equal(feeOf(SOURCE.acceptance, fen), fenOf(acceptance), `acceptance ${amount}`);
    assert.equal(feeOf(SOURCE.acceptance, fen, 2), fenOf(half), `half ${amount}`);
    assert.equal(feeOf(SOURCE.preservation, fen), fenOf(preservation), `preservation ${amount}`);
    assert.equal(feeOf(SOURCE.enforcement, fen), fenOf(enforcement), `enforcement ${amount}`);
  }
});

test('amounts are read as people write them, and what is none is refused with a message', () => {
  for (const [text, fen] of VECTORS.amounts) {
    const read = readMoney(text);
    if (fen === null) assert.ok(read.error && !('fen' in read), text);
    else assert.deepEqual(read, { fen }, text);
  }
});

test('the message says what is wrong with an amount', () => {
  const wrong = { '1.005': '两位', '0.000001千': '两位', 两千: '看不懂', '-5': '负数', '10000000000.01': '太大' };
  for (const [text, words] of Object.entries(wrong)) assert.ok(readMoney(text).error.includes(words), `${text}: ${readMoney(text).error}`);
});

test('whatever is typed gives an amount or a message, and an amount reads back', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    const read = readMoney(text);
    if ('error' in read) return read.error.length > 0;
    return Number.isSafeInteger(read.fen) && read.fen >= 0;
  }), { numRuns: 2000 });
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e12 }), (fen) => readMoney(yuan(fen)).fen === fen), { numRuns: 2000 });
});

test('an amount is written with its commas, and with fen where it has some', () => {
  const written = [[0, '0 元'], [1, '0.01 元'], [-1, '-0.01 元'], [100000, '1,000 元'], [99999, '999.99 元'], [-123456750, '-1,234,567.50 元']];
  for (const [fen, text] of written) assert.equal(yuan(fen), text);
});

test('fees grow with the amount and stay whole fen', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 0, max: 1e9 }), (fen, more) => (
    Object.values(SOURCE).every((fee) => Number.isSafeInteger(feeOf(fee, fen)) && feeOf(fee, fen) <= feeOf(fee, Math.min(1e12, fen + more)))
  )), { numRuns: 2000 });
});

test('the least chance is what the guide computes, and none where it cannot pay', () => {
  assert.equal(leastChance(50000, 2500, 0), 5);
  assert.equal(leastChance(50000, 2500, 50000), 100);
  assert.equal(leastChance(50000, 2500, 50001), null);
  assert.equal(leastChance(0, 0, 0), null);
});
