import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { load } from './load.mjs';

const {
  countEvidence, csvCell, evidenceCsv, evidenceItems, evidenceText, isEvidenceState, kindIn, listedEvidence, tidy, withFiles, MOST_FILES,
} = load(['web/tools/core/text.js', 'web/tools/core/store.js', 'web/tools/evidence-list.js']);

const DATA = {
  kinds: [
    ['late', '发货超时', [
      ['g1', '天灾', '报道', '到区县', '没有写', ['rule/1', 'rule/2'], [1], 0],
      ['g2', '没放错', '不用上传', '一致', '没有写', ['rule/1'], [], 1],
    ]],
    ['fake-shipment', '空包', [['g3', '不是空包', '视频', '看得清', '没有写', ['rule/3'], [1], 0]]],
  ],
  cares: [['c0', '订单', '后台', '不改', ['rule/1'], 1], ['c1', '证明', '出具的单位', '留原件', ['rule/3'], 0]],
  holds: [['原件不动', '留着', ['rule/3']]],
  next: [],
  sources: { 'rule/1': ['《甲》', '', ''], 'rule/2': ['《甲》', '', ''], 'rule/3': ['《乙》', '', ''] },
};
const stateOf = (more) => ({ kind: 'late', step: 'list', picked: ['g1', 'g2', 'g3'], answers: {}, own: [], list: [], ...more });
const answer = (have, note = '', files = []) => ({ have, note, files });

/** Read CSV back by RFC 4180. */
function cellsOf(text) {
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const [, quoted, plain, end] = cell.exec(text);
    rows[rows.length - 1].push(quoted === undefined ? plain : quoted.replace(/""/g, '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('the list holds what the picked grounds of this kind want, what every list has, and what was added', () => {
  const items = evidenceItems(DATA, stateOf({ own: [{ key: 'own-1', name: '视频' }] }));
  assert.deepEqual(items.map(({ key, group }) => [key, group]), [['g1', 'ground'], ['g2', 'ground'], ['c0', 'base'], ['own-1', 'own']]);
  assert.deepEqual(evidenceItems(DATA, stateOf({ kind: 'gone' })).map(({ key }) => key), ['c0']);
});

test('what is not marked is missing; what needs no hand-in is not counted', () => {
  const state = stateOf({ answers: { g1: answer('yes') } });
  const { missing, text } = countEvidence(evidenceItems(DATA, state), state);
  assert.deepEqual(missing.map(({ key }) => key), ['c0']);
  assert.equal(text, '要备 2 件：有 1 件，还缺 1 件（其中 1 件还没标），不用交材料的 1 条。');
  state.answers.c0 = answer('na');
  assert.equal(countEvidence(evidenceItems(DATA, state), state).text, '要备 1 件：有 1 件，还缺 0 件，不适用 1 件，不用交材料的 1 条。');
});

test('the letter gets what is handed in, with its note and files', () => {
  const state = stateOf({ answers: { g1: answer('yes', '两页', ['a.jpg']), c0: answer('na') } });
  assert.deepEqual(listedEvidence(evidenceItems(DATA, state), state), [{ name: '报道', proves: '天灾', have: 'yes', note: '两页', files: ['a.jpg'] }]);
});

test('a letter calls a proof by its name, and leaves out remarks for the reader', () => {
  const [late] = DATA.kinds;
  const ground = ['g4', '没有晚（别类违规）', '没有读到；先交揽件记录', '', '', [], [], 0, '揽件记录'];
  const data = { ...DATA, kinds: [[late[0], late[1], [ground]]] };
  const state = stateOf({ picked: ['g4'], answers: { g4: answer('yes'), c0: answer('na') } });
  assert.deepEqual(listedEvidence(evidenceItems(data, state), state).map(({ name, proves }) => [name, proves]), [['揽件记录', '没有晚']]);
  assert.match(evidenceText(data, state), /不要交出去[^]*没有读到；先交揽件记录/);
});

test('the text names what is missing, and each rule once', () => {
  const text = evidenceText(DATA, stateOf({ answers: { g1: answer('no', '找村委会\n下周拿') } }));
  assert.match(text, /还缺：报道／订单/);
  assert.match(text, /来源：《甲》；《乙》\n/);
  assert.match(text, /备注：找村委会\n {6}下周拿/);
  assert.match(text, /2\. 不用上传\n {3}证明：没放错\n.*\n.*\n {3}手里有吗：不用交材料/);
});

for (const [text, cell] of [['a', 'a'], ['a,b', '"a,b"'], ['说“好”', '说“好”'], ['a"b', '"a""b"'], ['=1+1', "'=1+1"], ['+86', "'+86"],
  ['-1', "'-1"], ['@x', "'@x"], ['＝1', "'＝1"], [' =1', "' =1"], ['=A,"1"', '"\'=A,""1"""'], ['a\nb', '"a\nb"'], ['', '']]) {
  test(`cell ${JSON.stringify(text)}`, () => assert.equal(csvCell(text), cell));
}

const note = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('=SUM(A1)', '@x', '"', 'a\r\nb', ',', '<b>', '\u202e=1', '\t=1', '\ufeff=1'));

test('the table is read back as it was, begins with the mark, and holds no formula', () => {
  fc.assert(fc.property(note, fc.array(note, { maxLength: 3 }), (text, names) => {
    const { files } = withFiles([], names);
    const csv = evidenceCsv(DATA, stateOf({ answers: { g1: answer('yes', text, files) } }));
    assert.equal(csv[0], '\ufeff');
    const rows = cellsOf(csv.slice(1));
    assert.equal(rows.length, 4);
    rows.forEach((row) => {
      assert.equal(row.length, 12);
      row.forEach((cell) => assert.doesNotMatch(cell, /^\s*[=+\-@＝＋－＠]/));
    });
    assert.equal(rows[1][7].replace(/^'(?=\s*[=+\-@＝＋－＠])/, ''), tidy(text));
  }));
});

test('a state is what was kept or nothing, and checking never throws', () => {
  assert.ok(isEvidenceState(stateOf({ answers: { g1: answer('no', '备注', ['a']) }, own: [{ key: 'own-2', name: 'x' }] })));
  const bad = [{ kind: 5 }, { step: 'x' }, { picked: [1] }, { picked: 'g1' }, { answers: null }, { answers: [] }, { answers: { a: null } }, { own: [null] },
    { answers: { a: answer('maybe') } }, { answers: { a: answer('toString') } }, { answers: { a: answer('no', 5) } }, { draft: 5 },
    { own: [{ key: '__proto__', name: 'x' }] }, { own: [{ key: 'own-1', name: 5 }] }, { list: {} }];
  for (const more of bad) assert.ok(!isEvidenceState(stateOf(more)), JSON.stringify(more));
  fc.assert(fc.property(fc.anything(), (value) => { isEvidenceState(value); }));
  fc.assert(fc.property(fc.anything(), fc.constantFrom('kind', 'step', 'picked', 'answers', 'own', 'list'), (value, key) => {
    const state = stateOf({ [key]: value });
    if (isEvidenceState(state)) evidenceText(DATA, state);
  }));
});

test('the kind in an address', () => {
  const cases = [['#kind=late', 'late', false], ['#late', 'late', false], ['#kind=fake-shipment', 'fake-shipment', false], ['#list', '', false],
    ['', '', false], ['#kind=gone', '', true], ['#kind=<b>', '', true], ['#kind=constructor', '', true], ['#kind=', '', true]];
  for (const [hash, kind, unknown] of cases) assert.deepEqual(kindIn(DATA, hash), { kind, unknown }, hash);
});

test('names of files are kept once, without what cannot be seen, and not beyond the limit', () => {
  assert.deepEqual(withFiles(['a'], ['a', 'b', 'b', 'c\u202e\nd']), { files: ['a', 'b', 'c d'], told: '记下 2 个文件名。' });
  assert.deepEqual(withFiles(['a'], ['a']).told, '这些文件名已经记过了。');
  const many = withFiles([], Array.from({ length: 60 }, (_, at) => `${at}.jpg`));
  assert.equal(many.files.length, MOST_FILES);
  assert.match(many.told, /最多记 50 个/);
});
