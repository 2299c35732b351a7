import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { load } from './load.mjs';

const { triageHash, triageLeft, triageNames, triageText, triageWay } = load(['web/tools/core/text.js', 'web/tools/triage-path.js']);

const outcome = { title: '多半是超时', now: [['7 天', []]], moves: [['截图', []], ['写', []], ['交', []]], guide: ['申诉', '../a/#b'], tool: [] };
const FLOW = {
  first: 'what',
  questions: {
    what: { question: '哪一种？', hint: '', answers: [['late', '超时', 'left'], ['other', '别的', 'end']] },
    left: { question: '还剩多久？', hint: '', answers: [['more', '还早', 'end'], ['over', '过了', 'late']] },
  },
  outcomes: { end: outcome, late: { ...outcome, tool: ['期限', '../../tools/deadlines/#kind=late-shipment'] } },
  sources: {},
};

test('a way is followed to its end, and its hash reads back', () => {
  const way = triageWay(FLOW, ['late', 'over']);
  assert.deepEqual(way, { names: ['late', 'over'], given: [['哪一种？', '超时'], ['还剩多久？', '过了']], place: 'late', fault: false });
  assert.deepEqual(triageNames(triageHash(way.names)), way.names);
});

for (const [hash, names] of [['', []], ['#', []], ['#a=', []], ['#a=late.', ['late']], ['#a=Late. over ', ['late', 'over']],
  ['#a=ｌａｔｅ.over', ['late', 'over']], ['#list', null], ['#case-buyer', null]]) {
  test(`the hash ${JSON.stringify(hash)}`, () => assert.deepEqual(triageNames(hash), names));
}

for (const [names, kept, place] of [[['nope'], [], 'what'], [['late', 'nope', 'over'], ['late'], 'left'], [['other', 'over'], ['other'], 'end'],
  [['constructor'], [], 'what'], [['__proto__'], [], 'what'], [['', 'late'], [], 'what']]) {
  test(`${names.join('.')} stops at the last answer that is known`, () => {
    const way = triageWay(FLOW, names);
    assert.deepEqual([way.names, way.place, way.fault], [kept, place, true]);
  });
}

test('how many questions are left', () => {
  assert.equal(triageLeft(FLOW, 'what'), 2);
  assert.equal(triageLeft(FLOW, 'late'), 0);
});

test('an outcome as text names addresses that work elsewhere', () => {
  const text = triageText(FLOW.outcomes.late, 'https://example.invalid/tools/triage/#a=late.over');
  assert.match(text, /https:\/\/example\.invalid\/tools\/a\/#b/);
  assert.match(text, /https:\/\/example\.invalid\/tools\/deadlines\/#kind=late-shipment/);
  assert.match(text, /\n1\. 截图\n2\. 写\n3\. 交\n/);
});

test('any hash leads to a question or an outcome', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.array(fc.constantFrom('late', 'other', 'more', 'over', '.', '%', '😀')).map((all) => all.join('.'))), (text) => {
    const names = triageNames(`#a=${text}`);
    const way = triageWay(FLOW, names);
    assert.ok(way.place in FLOW.questions || way.place in FLOW.outcomes);
    assert.deepEqual(way.names, names.slice(0, way.names.length));
    assert.equal(way.fault, way.names.length < names.length);
  }));
});
