import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import fc from 'fast-check';

import { load } from './load.mjs';

const MODULES = ['site/make', 'tools/core/text', 'tools/core/money', 'tools/assessment-verdict'].map((name) => `web/${name}.js`);
const { assessmentText, costOfWay, isAssessmentState, verdictOf, weakestOf } = load(MODULES);
// What the built page holds: made from data/factors.yml and data/ways.yml.
const PAGE = readFileSync(new URL('../../site/tools/assessment/index.html', import.meta.url), 'utf8');
const DATA = JSON.parse(PAGE.match(/<script type="application\/json" id="kb-data">([^<]*)</)[1]);

const KINDS = ['good', 'bad', 'unclear', ''];
const FACTOR = { id: 'f', questions: ['a', 'b', 'c'].map((id) => ({ id, decisive: id === 'a', answers: { good: [], bad: [], unclear: [] } })) };
const verdict = (letters) => {
  const kinds = { g: 'good', b: 'bad', u: 'unclear', '-': '' };
  const answers = Object.fromEntries(['a', 'b', 'c'].map((id, at) => [`f.${id}`, kinds[letters[at]]]));
  return verdictOf(FACTOR, answers);
};

test('a factor gets its class by the rule on the page', () => {
  const cases = { ggg: 'good', gg: 'unclear', 'gg-': 'unclear', ggu: 'unclear', ggb: 'unclear', gbb: 'unclear', bbb: 'bad', bgg: 'bad', 'b--': 'bad',
    '-bb': 'unclear', uuu: 'unclear', '---': 'unclear' };
  for (const [letters, kind] of Object.entries(cases)) assert.equal(verdict(letters).kind, kind, letters);
});

test('why a factor has its class is said', () => {
  const cases = { bgg: '关键的一题不利', ggg: '每一题都有利', bbb: '关键的一题不利', '---': '还没有答', 'gu-': '1 题说不清；1 题没答', ggb: '有利、不利都有' };
  for (const [letters, why] of Object.entries(cases)) assert.equal(verdict(letters).why, why, letters);
});

test('the weakest factor: the worse class, then more against, then more unclear, then the order', () => {
  const least = (...all) => {
    const found = weakestOf(all.map(verdict));
    return found && all.findIndex((letters) => JSON.stringify(verdict(letters)) === JSON.stringify(found));
  };
  assert.equal(least('uuu', 'b--'), 1);
  assert.equal(least('b--', 'bb-'), 1);
  assert.equal(least('bu-', 'buu'), 1);
  assert.equal(least('ggu', 'gug', 'uuu'), 2);
  assert.equal(least('ggg', 'gg-', '---'), null);
  assert.equal(weakestOf([]), null);
});

test('every factor of the data can come out as each class, and a decisive answer decides', () => {
  for (const factor of DATA.factors) {
    for (const kind of ['good', 'bad', 'unclear']) {
      const answers = Object.fromEntries(factor.questions.map(({ id }) => [`${factor.id}.${id}`, kind]));
      assert.equal(verdictOf(factor, answers).kind, kind, `${factor.id} ${kind}`);
      for (const { id, decisive } of factor.questions) {
        const told = verdictOf(factor, { ...answers, [`${factor.id}.${id}`]: 'bad' }).kind;
        assert.equal(told, decisive || kind === 'bad' ? 'bad' : 'unclear', `${factor.id}.${id} ${kind}`);
      }
    }
  }
});

test('one more favourable answer never makes a factor worse', () => {
  const worth = { bad: 0, unclear: 1, good: 2 };
  const kinds = fc.array(fc.constantFrom(...KINDS), { minLength: 3, maxLength: 3 });
  fc.assert(fc.property(kinds, fc.nat(2), (answers, at) => {
    const keyed = (list) => Object.fromEntries(['a', 'b', 'c'].map((id, place) => [`f.${id}`, list[place]]));
    const better = answers.map((kind, place) => (place === at ? 'good' : kind));
    assert.ok(worth[verdictOf(FACTOR, keyed(better)).kind] >= worth[verdictOf(FACTOR, keyed(answers)).kind]);
  }));
});

test('any answers and any amount give a text without a hole in it', () => {
  const names = DATA.factors.flatMap((factor) => factor.questions.map(({ id }) => `${factor.id}.${id}`));
  const answers = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...KINDS, 'else', 'toString'));
  fc.assert(fc.property(answers, fc.integer({ min: 0, max: 1e12 }), (told, fen) => {
    const text = assessmentText(DATA, DATA.factors.map((factor) => verdictOf(factor, told)), fen);
    assert.ok(!/undefined|NaN|null|%|\[object/.test(text), text);
  }), { numRuns: 60 });
});

test('a way without a fee costs what its data says; a suit costs what the amount makes of it', () => {
  const [appeal] = DATA.ways;
  assert.equal(costOfWay(DATA, appeal, 200000), appeal.cost.text);
  const small = DATA.ways.find(({ cost }) => cost.share === 2);
  assert.match(costOfWay(DATA, small, 200000), /^争 2,000 元，先垫受理费 25 元；/);
  assert.ok(costOfWay(DATA, small, 0).startsWith(small.cost.lowest));
});

test('only a state of this tool is a state', () => {
  const state = { answers: { 'f.a': 'good', 'f.b': '' }, amount: '', at: 0 };
  assert.ok(isAssessmentState(state));
  const wrong = [null, 1, 'x', [], {}, { ...state, answers: null }, { ...state, answers: { a: 'best' } }, { ...state, answers: { a: 1 } },
    { ...state, answers: [] }, { ...state, amount: 5 }, { ...state, at: -1 }, { ...state, at: 0.5 }, { ...state, at: '1' }];
  for (const each of wrong) assert.ok(!isAssessmentState(each), JSON.stringify(each));
  fc.assert(fc.property(fc.anything(), (any) => { isAssessmentState(any); }));
});
