import assert from 'node:assert/strict';
import { test } from 'node:test';

import { data, load } from './load.mjs';

const MODULES = ['text', 'index', 'sound', 'query', 'rank'].map((name) => `web/search/${name}.js`);
const { addShard, countOf, decode, isWholeIn, postingsOf, prepareSounds, rank, readCore, readLetters, recordOf, segment, soundKey, soundsLike, understand,
  wordsWithin } = load(MODULES);

// Two pages: 0 on the deposit (sections 0, 1), 1 on suing (section 2). Postings: gap × 2 + level; a phrase: its gap.
const CORE = {
  single: { words: '', levels: '', sections: '', phrases: '' },
  shards: 1,
  chunk: 2,
  sizes: '21',
  ranks: '22',
  listed: [0, 0],
  phrases: ['001', '000', '000', '444'],
  lexicon: [['保证金', '押金'], ['起诉', '打官司'], ['揽收', '揽件']], // of the last, no page holds either
  spoken: "长期chang'qi",
  sounds: 'bao保 zheng证正政 jin金今 qi起期其 su诉素 tui退 qian钱千前 chang长',
  plain: '證证',
};
const WORDS = { '保证金': ['12', '00'], '退钱': ['0', '1'], '起诉': ['5', '2'], '证据': ['2', ''], '7天': ['2', ''], dsr: ['2', ''] };

function small(core = CORE) {
  const index = readCore(core);
  const words = Object.keys(WORDS);
  addShard(index, 0, {
    words: words.join(' '),
    levels: '3'.repeat(words.length),
    sections: words.map((word) => WORDS[word][0]).join(' '),
    phrases: words.map((word) => WORDS[word][1]).join(' '),
  });
  return { index, sounds: prepareSounds(index) };
}

const { index, sounds } = small();
const found = (query) => rank(index, understand(index, sounds, query)).map((hit) => hit.page);
const texts = (query) => understand(index, sounds, query).map((slot) => slot.text);

test('numbers are read back', () => {
  assert.deepEqual(decode('0vw1'), [0, 31, 32]);
  assert.equal(countOf('0vw1'), 3);
  assert.ok(!readCore(CORE).loaded.has(0)); // the words of the core are no shard
  assert.deepEqual(postingsOf(index, 'sections', '保证金'), { numbers: [0, 2], levels: [1, 0] });
});

test('what the reader wants, after what happened, counts more', () => {
  const wished = (/** @type {string} */ query) => understand(index, sounds, query).filter((slot) => slot.wished).map((slot) => slot.text);
  assert.deepEqual(wished('保证金没退，想起诉'), ['起诉']);
  assert.deepEqual(wished('保证金没退，打算起诉但是怕退钱'), ['起诉']);
  assert.deepEqual(wished('保证金没退，能去起诉吗'), ['起诉']);
  for (const query of ['保证金没退，不想起诉', '想退钱', '起诉']) assert.deepEqual(wished(query), [], query);
  assert.equal(found('保证金退钱起诉')[0], 0);
  assert.equal(found('保证金退钱，想起诉')[0], 1);
});

test('the name of what money is taken for outweighs the rest of a sentence', () => {
  const { index: causes } = small({ ...CORE, phrases: ['001', '000', '006', '444'] });
  const query = '保证金退钱起诉起诉';
  assert.equal(found(query)[0], 0);
  assert.equal(rank(causes, understand(causes, sounds, query))[0].page, 1);
});

test('a word said again counts less than at first', () => {
  assert.equal(found('保证金退钱起诉')[0], 0);
  assert.equal(found('保证金保证金起诉')[0], 1);
});

test('a count of something that no page counts says nothing; a sum does', () => {
  assert.deepEqual(texts('保证金扣了7天'), ['保证金', '7天']);
  assert.ok(!texts('保证金扣了12单').includes('12'));
  assert.ok(texts('保证金12元').includes('12'));
});

test('what is not known counts against a page, but for single letters and digits', () => {
  const covered = (query) => rank(index, understand(index, sounds, query))[0].covered;
  assert.equal(covered('保证金'), 1);
  for (const query of ['保证金 zzqqxx', '揽收保证金']) assert.ok(covered(query) < 1, query);
  for (const query of ['保证金 x', '保证金7']) assert.deepEqual(texts(query), ['保证金']);
  assert.deepEqual(texts('揽收保证金'), ['揽收', '保证金']);
  assert.deepEqual(texts('退退'), ['退']);
});

test('a section that holds a word is shown, whether or not people ask for it', () => {
  assert.deepEqual(rank(index, understand(index, sounds, '证据')).map(({ page, sections }) => [page, sections]), [[0, [1]]]);
});

test('of two sections that hold a word, the one that people ask for it is first', () => {
  const other = readCore({ ...CORE, phrases: ['0', '1', '0', '4'] });
  addShard(other, 0, { words: '证据', levels: '3', sections: '00', phrases: '0' });
  assert.deepEqual(rank(other, understand(other, prepareSounds(other), '证据')).map(({ sections }) => sections), [[1, 0]]);
});

test('a page is found in its chunk', () => {
  const records = new Map([[0, ['a', 'b']], [1, ['c', 'd']]]);
  assert.deepEqual([0, 1, 2, 3].map((page) => recordOf({ chunk: 2, records }, page)), ['a', 'b', 'c', 'd']);
});

test('the words within a long word are found, at its ends too', () => {
  const words = new Map(['保证金', '证金', '额度', '保证金额度'].map((word) => [word, {}]));
  assert.deepEqual(wordsWithin({ words, longest: 8 }, '保证金额度'), ['保证金', '证金', '额度']);
});

test('a part of a number is no word', () => {
  assert.ok(isWholeIn('3000元', 0, 4));
  for (const [text, from, end] of [['3000', 2, 4], ['3000', 0, 2], ['13.5', 0, 2]]) assert.ok(!isWholeIn(text, from, end), text);
});

test('a word, another name of it, and a sentence around it lead to the same page', () => {
  for (const query of ['保证金', '押金', '请问我的押金怎么办', '保證金', '保 证 金']) assert.equal(found(query)[0], 0, query);
});

test('the common characters sound as the table says, in their order, and the others by name', () => {
  const { index: other } = small({ ...CORE, sounds: 'a2 ai13 an bao保 ai霭' });
  assert.deepEqual(['啊', '阿', '埃', '隘', '鞍', '氨', '保', '霭'].map((char) => other.readings.get(char)), ['a', 'a', 'ai', 'ai', 'an', undefined, 'bao', 'ai']);
});

test('where the browser does not know the table, what is told by name is still there', () => {
  const usual = globalThis.TextDecoder;
  globalThis.TextDecoder = /** @type {any} */ (function () { throw new RangeError('no'); });
  const { index: other } = small({ ...CORE, sounds: 'a2 bao保' });
  globalThis.TextDecoder = usual;
  assert.deepEqual([...other.readings], [['保', 'bao']]);
});

test('wrong characters of the same sound are understood', () => {
  assert.deepEqual(soundsLike(index, sounds, '保正今', 0).map(({ word }) => word), ['保证金']);
  assert.equal(found('保正金')[0], 0);
  assert.equal(found('起素')[0], 1);
  assert.equal(found('其素')[0], 1); // no character is right, but nothing else was typed
  assert.ok(!texts('保证金其素证据').includes('起诉'));
  for (const pair of [['zheng', 'zen'], ['chang', 'can'], ['shang', 'san'], ['nan', 'lang'], ['huang', 'fan']]) assert.equal(soundKey([pair[0]]), soundKey([pair[1]]));
  for (const pair of [['hu', 'fu'], ['jin', 'qin']]) assert.notEqual(soundKey([pair[0]]), soundKey([pair[1]]));
});

test('a word that sounds like the one that was written counts less than one that was', () => {
  const weight = (query) => understand(index, sounds, query)[0].options.find(({ word }) => word === '起诉').weight;
  assert.equal(weight('起诉'), 1);
  for (const query of ['起素', 'qisu', '打官司']) assert.ok(weight(query) < 1, query);
});

test('a button of the home page weighs what it would without its filler', () => {
  const other = readCore({ ...CORE, phrases: ['00', '00', '51', 'gg'] });
  addShard(other, 0, { words: '怎么 证据 退钱', levels: '333', sections: '0 0 0', phrases: '00 00 00' });
  assert.deepEqual(other.phraseSize, [4 - Math.log(2), 4]);
});

test('in a longer text, words of grammar and numbers are not taken for wrong characters', () => {
  assert.deepEqual(texts('退千'), ['退钱']);
  assert.ok(!texts('他们要我退千块保证金').includes('退钱'));
  assert.ok(!texts('他们要我退前给保证金').includes('退钱'));
  assert.ok(texts('他们要我退保正金').includes('保证金'));
  assert.deepEqual(soundsLike(index, sounds, '其素', 0).map(({ word }) => word), ['起诉']);
  assert.deepEqual(soundsLike(index, sounds, '其素', 1), []); // alike, but no character is right
});

test('a word that is common in any text weighs less than one of the subject', () => {
  const weighed = (levels) => {
    const other = readCore(CORE);
    addShard(other, 0, { words: '退钱 起诉', levels, sections: '0 5', phrases: '1 2' });
    return rank(other, understand(other, prepareSounds(other), '退钱起诉')).map((hit) => hit.page)[0];
  };
  assert.equal(weighed('30'), 0);
  assert.equal(weighed('03'), 1);
});

test('pinyin, half of it, and initials are understood', () => {
  for (const query of ['baozhengjin', 'bao zheng jin', 'baozhengj', 'bzj', 'BZJ']) assert.equal(found(query)[0], 0, query);
  assert.equal(found('qisu')[0], 1);
  assert.deepEqual(readLetters(sounds, 'xyz'), []);
  assert.deepEqual(texts('dsr bao zheng jin'), ['dsr', '保证金']); // a name that the pages know is not spelt
});

test('longer words win, and filler is no word', () => {
  assert.deepEqual(segment(index, sounds, '保证金怎么退钱').map(({ kind, text }) => `${kind}:${text}`), ['word:保证金', 'filler:怎么', 'word:退钱']);
  assert.deepEqual(texts('7 天内'), ['7天']);
  assert.deepEqual(segment(index, sounds, '保证金飞天').map(({ text }) => text), ['保证金', '飞', '天']);
});

test('nothing understood gives nothing, and never an error', () => {
  for (const query of ['', '   ', 'zzqqxx', '<script>', '__proto__', 'constructor', '😀', '\u0000', '.*+?^${}()|[]\\', '的']) {
    assert.deepEqual(found(query), [], query);
  }
});

test('a query of 10,000 characters is cut', () => {
  assert.ok(understand(index, sounds, '保证金怎么退'.repeat(2000)).length <= 120);
});

test('a word lies in the shard where the index has it', () => {
  const { shardOf } = load(MODULES);
  for (const [word, shards, shard] of data('search-text.json').shards) assert.equal(shardOf(word.slice(0, 2), shards), shard, word);
});

test('of a sharded index, the shards of the words asked for and of their other names are loaded', () => {
  const { shardOf, shardsFor } = load(MODULES);
  const shards = shardsFor({ ...index, shards: 1000 }, '押金 退店');
  for (const pair of ['押金', '退店', '保证']) assert.ok(shards.includes(shardOf(pair, 1000)), pair);
  assert.equal(shards.length, 4); // spaces between Han characters say nothing, so 金退 may be a word too
});

test('a long list opens at its best section, and not at its top if a heading below was hit', () => {
  const { opening } = load(['web/search/text.js', 'web/search/worker.js'], { port: { hear() {}, say() {} } });
  const top = ['', '按罚单写的原因查'];
  const card = ['duplicate', '重复铺货、重复上架'];
  const other = ['contact', '发了微信'];
  assert.equal(opening([other, top, card], ['重复']), 'contact'); // the best is a card
  assert.equal(opening([top, other, card], ['重复']), 'duplicate'); // keywords are in the top
  assert.equal(opening([top, other, card], ['原因']), '');
  assert.equal(opening([], ['重复']), '');
});
