import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { load } from './load.mjs';

const KEPT = new Map();
const FULL = { now: false };
const localStorage = {
  getItem: (key) => (KEPT.has(key) ? KEPT.get(key) : null),
  setItem: (key, text) => {
    if (FULL.now) throw new Error('QuotaExceededError');
    KEPT.set(key, text);
  },
  removeItem: (key) => KEPT.delete(key),
};
const window = { localStorage, addEventListener() {} };
const CORE = ['text', 'money', 'days', 'store'].map((name) => `web/tools/core/${name}.js`);
const tool = (/** @type {string[]} */ ...modules) => load([...CORE, ...modules.map((name) => `web/tools/${name}.js`)], { window, startTool() {} });

const deadlines = tool('deadlines-count');
const NOTHING = { event: '', kind: '', date: '', time: '', note: '' };
/** Each tool: its store anew, and a state that has a text wherever a reader writes. */
const TOOLS = {
  costs: (() => {
    const { storeOf, isCostsState, NO_COSTS } = tool('costs');
    return { open: () => storeOf('costs', 1, isCostsState), written: (text) => ({ ...NO_COSTS, claim: text, lawyer: '3000' }), lists: [] };
  })(),
  assessment: (() => {
    const { storeOf, isAssessmentState } = tool('assessment-verdict');
    return { open: () => storeOf('assessment', 1, isAssessmentState), written: (amount) => ({ answers: { 'f.a': 'good' }, amount, at: 1 }), lists: ['answers'] };
  })(),
  deadlines: {
    open: () => deadlines.storeOf('deadlines', 1, deadlines.isClocksState, deadlines.withoutBroken),
    written: (text) => ({ events: [{ ...NOTHING, event: 'notice', date: text }], draft: { ...NOTHING, note: text } }), lists: [],
  },
  evidence: (() => {
    const { storeOf, isEvidenceState, NO_EVIDENCE } = tool('evidence-list');
    return { open: () => storeOf('evidence', 1, isEvidenceState),
      written: (text) => ({ ...NO_EVIDENCE, draft: text, answers: { g1: { have: 'yes', note: text, files: [] } } }), lists: ['answers'] };
  })(),
  letter: (() => {
    const { storeOf, isLetterState } = tool('letter/letter');
    return { open: () => storeOf('letter', 1, isLetterState), written: (text) => ({ place: 'a/b', values: { 'a/x': text, 'a/y': '示例' } }), lists: ['values'] };
  })(),
};

for (const [slug, { open, written, lists }] of Object.entries(TOOLS)) {
  test(`${slug}: whatever is written is read again`, () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 100000 }).map((many) => '9'.repeat(many))), (text) => {
      assert.equal(open().save(written(text)), '');
      assert.deepEqual(open().load(), { state: written(text), notice: '' });
      assert.deepEqual(open().imported(open().exported(written(text))), { state: written(text), whole: true });
    }), { numRuns: 50 });
    assert.match(open().save(written('9'.repeat(100001))), /太长/);
    assert.deepEqual(open().load(), { state: written('9'.repeat(100000)), notice: '' }); // and all else with it
  });

  test(`${slug}: a list in the place of names is no state, for what is put into it would not be kept`, () => {
    KEPT.clear();
    for (const name of lists) {
      const bad = { ...written(''), [name]: [] };
      assert.ok('error' in open().imported(open().exported(bad)));
      assert.match(open().save(bad), /存不下来/);
    }
    assert.equal(KEPT.size, 0);
  });
}

test('what cannot be read is set aside once, and stays until it is cleared', () => {
  KEPT.clear();
  const { open, written } = TOOLS.costs;
  const other = JSON.stringify({ tool: 'costs', version: 9, state: {} });
  for (const text of ['{', other, other]) {
    KEPT.set('kb-tool-costs', text);
    const store = open();
    const { state, notice } = store.load();
    assert.equal(state, null);
    assert.match(notice, /读不出来.*原文还留着/);
    store.save(written('2000'));
  }
  const store = open();
  assert.deepEqual(store.load(), { state: written('2000'), notice: '' });
  assert.equal(store.aside(), `{\n\n${other}`);
  store.clear();
  assert.equal(store.aside(), '');
  assert.equal(KEPT.size, 0);
});

test('what is set aside is bounded on the device, but this visit has all of it', () => {
  KEPT.clear();
  KEPT.set('kb-tool-costs', '9'.repeat(1000001) + 'x');
  const store = TOOLS.costs.open();
  store.load();
  assert.deepEqual([...KEPT.keys()], ['kb-tool-costs']);
  assert.equal(store.aside().length, 1000002);
});

test('what cannot be kept is told, and what was kept before stays', () => {
  KEPT.clear();
  const { open, written } = TOOLS.costs;
  open().save(written('2000'));
  FULL.now = true;
  assert.match(open().save(written('3000')), /不让保存/);
  FULL.now = false;
  assert.deepEqual(open().load().state, written('2000'));
});

test('an event that is none does not take the others with it', () => {
  KEPT.clear();
  const { open, written } = TOOLS.deadlines;
  const good = written('2026-11-25');
  const state = { events: [null, ...good.events, { event: 5 }, [], ...Array(50).fill(good.events[0])], draft: 1 };
  KEPT.set('kb-tool-deadlines', JSON.stringify({ tool: 'deadlines', version: 1, state }));
  const store = open();
  const read = store.load();
  assert.deepEqual(read.state, { events: Array(40).fill(good.events[0]), draft: NOTHING });
  assert.match(read.notice, /有一部分读不出来/);
  assert.match(store.aside(), /"event":5/);
  fc.assert(fc.property(fc.anything(), fc.anything(), (any, events) => {
    deadlines.withoutBroken(any);
    deadlines.withoutBroken({ events });
  }));
});
