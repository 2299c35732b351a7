import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import fc from 'fast-check';

import { load } from './load.mjs';

const CORE = ['site/make', 'tools/core/text', 'tools/core/money', 'tools/core/days'];
const MODULES = [...CORE, 'tools/letter/answers', 'tools/letter/text'].map((name) => `web/${name}.js`);
const window = { kbWords: (amount) => `大写${amount}` };
const { answerOf, answersOf, evidenceIn, dayOf, letterParts, missingIn, openLetter, placeOfKind, plainLetter, problemsOf, wordLetter } =
  load(MODULES, { window });
const PAGE = readFileSync(new URL('../../site/tools/letter/index.html', import.meta.url), 'utf8');
const DATA = JSON.parse(PAGE.match(/<script type="application\/json" id="kb-data">([^<]*)</)[1]);
const PLACES = DATA.templates.flatMap(({ id, letters }) => letters.map((letter) => `${id}/${letter.id}`));
const TODAY = dayOf(2026, 11, 26);

const slot = (kind, more = {}) => ({ id: 'a', label: '甲', help: '', example: '', kind, ...more });
const read = (kind, text) => answerOf(slot(kind), text);

test('the data of all letters is small', () => {
  assert.equal(PLACES.length, 34);
  assert.ok(Buffer.byteLength(JSON.stringify(DATA)) <= 130 * 1024);
});

test('answers are read by their kind', () => {
  assert.deepEqual(read('date', '２０２６年１１月５日'), { text: '2026 年 11 月 5 日', values: [dayOf(2026, 11, 5)], error: '' });
  assert.equal(read('dates', '2026-9-1；2026/9/17').text, '2026 年 9 月 1 日、2026 年 9 月 17 日');
  assert.deepEqual(read('money', '￥２，０００．５元'), { text: '2,000.50', values: [200050], error: '' });
  assert.deepEqual(read('number', ' 8 份 '), { text: '8', values: [8], error: '' });
  assert.equal(read(undefined, ' 甲\n乙\u200b ').text, '甲 乙');
  assert.equal(read('line', 'a\ufffeb\ud83d').text, 'ab');
  assert.equal(read('long', '甲  \r\n乙').text, '甲\n乙');
  for (const kind of ['date', 'dates', 'money', 'number', 'long', undefined]) {
    assert.deepEqual(read(kind, ' \u200b\n'), { text: '', values: [], error: '' });
  }
});

test('an answer longer than its form takes is told', () => {
  assert.match(answerOf(slot('long', { most: 3 }), '一二三四').error, /超出 1 字，最多 3 字/);
  assert.equal(answerOf(slot('long', { most: 4 }), '一二三😀').error, '');
});

test('what the list of evidence left open is told, names of rules are not', () => {
  assert.match(read('long', '证据 1 【写哪一种：报道、公告】').error, /真有的那一件/);
  assert.equal(read('line', '《【商家-欺诈发货】实施细则》3.2').error, '');
});

test('whatever is typed is read or told, and never gives what is no text', () => {
  const kinds = fc.constantFrom('line', 'long', 'date', 'dates', 'money', 'number');
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\d０-９ 年月日.,、/-]{0,20}$/));
  fc.assert(fc.property(kinds, texts, (kind, text) => {
    const { text: kept, values, error } = read(kind, text);
    assert.ok(!/NaN|undefined|Invalid/.test(kept.replace(text, '')));
    assert.ok(values.every(Number.isSafeInteger) && (!error || !values.length));
    assert.ok(!/[\u0000-\u0009\u000b-\u001f\ufffe\uffff]|\p{Cs}/u.test(kept));
  }), { numRuns: 2000 });
});

test('what was read reads as itself again', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e12 }), (fen) => {
    const once = read('money', String(fen / 100));
    return read('money', once.text).text === once.text && once.values[0] === fen;
  }));
  fc.assert(fc.property(fc.integer({ min: dayOf(2000, 1, 1), max: dayOf(2100, 12, 31) }), (day) => {
    const [year, month, date] = new Date(day * 864e5).toISOString().slice(0, 10).split('-');
    const once = read('date', `${year}-${month}-${date}`);
    return once.values[0] === day && read('date', once.text).values[0] === day;
  }));
});

test('checks hold for what is answered and break for what contradicts', () => {
  const told = (rule, texts, kind) => {
    const ids = texts.map((_, at) => `f${at}`);
    const slots = ids.map((id) => ({ ...slot(kind), id }));
    const answers = Object.fromEntries(slots.map((each, at) => [each.id, answerOf(rule === 'count' && at ? { ...each, kind: 'long' } : each, texts[at])]));
    return Boolean(problemsOf(slots, [{ rule, fields: ids, says: '不对' }], answers, TODAY).f0);
  };
  assert.ok(told('past', ['2026-11-27'], 'date') && !told('past', ['2026-11-26'], 'date') && !told('past', [''], 'date'));
  assert.ok(told('not-before', ['2026-1-1', '2026-1-2'], 'date') && !told('not-before', ['2026-1-2', '2026-1-2'], 'date'));
  assert.ok(!told('not-before', ['2026-1-1', ''], 'date') && !told('not-before', ['2026-1-1', '不知道'], 'date'));
  assert.ok(told('at-most', ['2', '1.99'], 'money') && !told('at-most', ['2', '2.00'], 'money'));
  assert.ok(told('rest', ['1', '3', '1'], 'money') && !told('rest', ['0.30', '0.40', '0.10'], 'money'));
  assert.ok(told('count', ['2', '甲', '无', ''], 'number') && !told('count', ['1', '甲', '无', ''], 'number'));
});

test('every letter holds every field it asks for, and a gap for each that is not answered', () => {
  for (const place of PLACES) {
    const opened = openLetter(DATA, place);
    const text = plainLetter(opened, answersOf(opened, {}));
    for (const { slot: { label } } of opened.asked) assert.ok(text.includes(`【${label}】`), `${place} ${label}`);
    assert.equal(missingIn(opened, answersOf(opened, {})).length, opened.asked.filter(({ slot: { words } }) => !words).length);
    assert.ok(!/[{}]|undefined/.test(text), place);
  }
});

test('answers stand in a letter whatever they are, braces and dollars too', () => {
  fc.assert(fc.property(fc.constantFrom(...PLACES), fc.oneof(fc.string(), fc.constantFrom('{a}', '$&', '__proto__', '【】')), (place, text) => {
    const opened = openLetter(DATA, place);
    const typed = Object.fromEntries(opened.asked.map(({ key }) => [key, text]));
    const plain = plainLetter(opened, answersOf(opened, typed));
    assert.ok(!/undefined|NaN/.test(plain.split(text || '\0').join('')));
    const parts = wordLetter(opened, answersOf(opened, typed)).blocks.flatMap((block) => Object.values(block).flat());
    assert.ok(parts.every((each) => each.parts.every((part) => Boolean(part.text) !== Boolean(part.gap))));
  }), { numRuns: 300 });
});

test('a full stop of the reader and one of the letter are one', () => {
  const opened = openLetter(DATA, 'appeal-letter/late-shipment');
  const parts = letterParts(opened, answersOf(opened, { 'appeal-letter/facts': '都发了。' }), '经过：{facts}。');
  assert.equal(parts.map(({ text }) => text).join(''), '经过：都发了。');
  assert.deepEqual(parts.map(({ id, gap }) => [id, gap]), [['', false], ['facts', false], ['', false]]);
});

test('an amount stands in words too, and a file is named by its letter', () => {
  const opened = openLetter(DATA, 'settlement-agreement/platform');
  const [{ key }] = opened.asked.filter(({ slot }) => slot.id === 'amount');
  assert.equal(answersOf(opened, { [key]: '2,000.50' })['amount-words'].text, '大写2000.5');
  assert.equal(answersOf(opened, {})['amount-words'].text, '');
  assert.equal(opened.file, '和解协议书-与平台公司的和解协议');
  const same = { templates: [{ id: 'a', title: '甲', fields: [], letters: [{ id: 'b', title: '甲', fields: [], blocks: [] }] }], blocks: [] };
  assert.equal(openLetter(same, 'a/b').file, '甲');
});

test('only letters that exist are opened', () => {
  for (const place of ['', '/', 'appeal-letter', 'appeal-letter/', 'appeal-letter/-1', '__proto__/constructor', 'x/y']) {
    assert.equal(openLetter(DATA, place), null, place);
  }
  assert.equal(placeOfKind(DATA, 'late-shipment'), 'appeal-letter/late-shipment');
  assert.equal(placeOfKind(DATA, 'preservation'), 'preservation');
  assert.equal(placeOfKind(DATA, 'toString'), '');
});

test('what the other tool keeps is never trusted', () => {
  fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (kept) => evidenceIn(kept).every((name) => typeof name === 'string' && name)));
  for (const kept of [null, '{"state":{"list":[null,7,{},{"have":"yes"},{"have":"yes","name":5},{"have":"no","name":"甲"}]}}']) {
    assert.deepEqual(evidenceIn(kept), []);
  }
  const list = [{ name: ' 面单\n照片 ', have: 'yes', proves: '我已真实发货' }, { name: '聊天', have: 'yes', proves: '' }];
  assert.deepEqual(evidenceIn(JSON.stringify({ state: { list } })), ['面单 照片，证明“我已真实发货”', '聊天']);
});
