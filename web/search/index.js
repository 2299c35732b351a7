// The index as scripts/search_index.py writes it, read: which word stands where. Postings are decoded when asked for.

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_';
const VALUES = Array.from(DIGITS).reduce((values, digit, value) => {
  values[digit.charCodeAt(0)] = value;
  return values;
}, new Uint8Array(128));
const RADIX = 32; // a digit of the upper half says that another one follows
const LEVELS = 2;
const SIZE_STEP = 0.25; // the size of a phrase is stored in steps of this
const LONGEST_WORD = 8;
const SHORT = 3; // characters of a word that its first character alone may mean
const EVENT = 5; // the source of a phrase that is a button of the home page
const CAUSE = 6; // the source of a phrase that names what money is taken for
const SINGLES = -1; // the words of one character, which come with the core

/**
 * @typedef {[string, string, string, string, [string, string][]]} PageRecord url, title, kind, deadline,
 *   sections [anchor, heading]
 * @typedef {{ numbers: number[], levels: number[] }} Postings
 * @typedef {{ sections: string, phrases: string, level: number }} Entry `level`: how much the word belongs to our subject
 * @typedef {{
 *   ranks: string, firstSection: number[], pageOf: Uint32Array, chunk: number, records: Map<number, PageRecord[]>,
 *   phrasePage: number[], phraseSection: number[], phraseSource: number[], phraseSize: number[],
 *   lexicon: string[][], related: Map<string, string[]>, plain: Map<string, string>, written: [string, string],
 *   readings: Map<string, string>, spoken: Map<string, string[]>, words: Map<string, Entry>, shards: number,
 *   loaded: Set<number>, longest: number, decoded: Map<string, Postings>, begin: Map<string, string[]>, told: number[],
 * }} Index `written`: how things sound, to be read into `readings` and `spoken` when it is first needed; `told`: how many
 *   sections and phrases words are counted in
 */

/**
 * Read `core.json`. Linear in its length.
 * @param {any} core @returns {Index}
 */
function readCore(core) {
  const firstSection = [0];
  const pageOf = /** @type {number[]} */ ([]);
  decode(core.sizes).forEach((size, page) => {
    for (let at = 0; at < size; at += 1) pageOf.push(page);
    firstSection.push(pageOf.length);
  });
  const [gaps, phraseSection, phraseSource, sizes] = core.phrases.map(decode);
  let page = 0;
  const index = {
    ranks: core.ranks, firstSection, pageOf: Uint32Array.from(pageOf), chunk: core.chunk, records: new Map(),
    phrasePage: gaps.map((/** @type {number} */ gap) => (page += gap)), phraseSection, phraseSource,
    phraseSize: sizes.map((/** @type {number} */ size) => size * SIZE_STEP),
    lexicon: core.lexicon, related: relate(core.lexicon), plain: pairsOf(core.plain),
    written: /** @type {[string, string]} */ ([core.sounds, core.spoken]), readings: new Map(), spoken: new Map(),
    words: new Map(), shards: core.shards, loaded: new Set(), longest: LONGEST_WORD, decoded: new Map(), begin: new Map(),
    told: [pageOf.length - core.listed[0], gaps.length - core.listed[1]],
  };
  addShard(index, SINGLES, core.single);
  return index;
}

/** @param {Index} index @param {number} page @returns {PageRecord} what a result shows of it; its chunk must be there */
function recordOf(index, page) {
  const chunk = index.records.get(Math.floor(page / index.chunk));
  return /** @type {PageRecord[]} */ (chunk)[page % index.chunk];
}

/**
 * Add the words of one shard.
 * @param {Index} index @param {number} number @param {{words: string, levels: string, sections: string, phrases: string}} shard
 */
function addShard(index, number, shard) {
  const sections = shard.sections.split(' ');
  const phrases = shard.phrases.split(' ');
  shard.words.split(' ').forEach((word, at) => {
    index.words.set(word, { sections: sections[at], phrases: phrases[at], level: Number(shard.levels[at]) });
    if (phrases[at] && FILLER.has(word)) takeOut(index, word);
    if (phrases[at] && word.length > 1 && word.length <= SHORT) {
      const others = index.begin.get(word[0]);
      if (others) others.push(word);
      else index.begin.set(word[0], [word]);
    }
  });
  index.loaded.add(number);
}

/**
 * Let whole sentences weigh what they would without a word: no query asks for filler.
 * @param {Index} index @param {string} word
 */
function takeOut(index, word) {
  const weight = wordRarity(index, word);
  postingsOf(index, 'phrases', word).numbers.forEach((phrase) => {
    if (index.phraseSource[phrase] === EVENT) index.phraseSize[phrase] = Math.max(SIZE_STEP, index.phraseSize[phrase] - weight);
  });
}

/** @param {string} text @returns {number[]} the numbers that are written one after the other */
function decode(text) {
  const numbers = [];
  let value = 0;
  let scale = 1;
  for (let at = 0; at < text.length; at += 1) {
    const digit = VALUES[text.charCodeAt(at)];
    value += (digit % RADIX) * scale;
    if (digit < RADIX) {
      numbers.push(value);
      value = 0;
      scale = 1;
    } else {
      scale *= RADIX;
    }
  }
  return numbers;
}

/** @param {string} text @returns {number} how many numbers are written there, without reading them */
function countOf(text) {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) if (VALUES[text.charCodeAt(at)] < RADIX) count += 1;
  return count;
}

/**
 * Return in which sections or phrases a word stands. Linear in their number; the second time, no work.
 * @param {Index} index @param {'sections' | 'phrases'} kind @param {string} word @returns {Postings}
 */
function postingsOf(index, kind, word) {
  const key = kind + word;
  let found = index.decoded.get(key);
  if (!found) {
    const entry = index.words.get(word);
    const levels = kind === 'sections' ? LEVELS : 1;
    found = { numbers: [], levels: [] };
    let last = -1;
    for (const code of decode(entry ? entry[kind] : '')) {
      last += Math.floor(code / levels) + 1;
      found.numbers.push(last);
      found.levels.push(code % levels);
    }
    index.decoded.set(key, found);
  }
  return found;
}

/** @param {string[][]} lexicon @returns {Map<string, string[]>} for each name the other names of the same thing */
function relate(lexicon) {
  const related = new Map();
  for (const names of lexicon) {
    for (const name of names) related.set(name.toLowerCase(), names.filter((other) => other !== name));
  }
  return related;
}

/** @param {string} text pairs of characters @returns {Map<string, string>} */
function pairsOf(text) {
  const chars = Array.from(text);
  const pairs = new Map();
  for (let at = 0; at < chars.length; at += 2) pairs.set(chars[at], chars[at + 1]);
  return pairs;
}

/**
 * @param {string} text `a2 ai13 yi ai霭`: how many of the common characters, in their order, sound so; others by name
 * @returns {Map<string, string>} the reading of each character
 */
function readingsOf(text) {
  const readings = new Map();
  const common = commonCharacters();
  let from = 0;
  for (const group of text.split(' ')) {
    const reading = (group.match(/^[a-z]+/) || [''])[0];
    const rest = group.slice(reading.length);
    const chars = /^\d*$/.test(rest) ? common.slice(from, (from += Number(rest || 1))) : rest;
    for (const char of chars) readings.set(char, reading);
  }
  return readings;
}

/** @returns {string} the first level of GB 2312, in the order of their sound; none where the browser does not know it */
function commonCharacters() {
  const bytes = [];
  for (let high = 0xb0; high < 0xd8; high++) for (let low = 0xa1; low < 0xff; low++) bytes.push(high, low);
  try {
    return new TextDecoder('gbk').decode(new Uint8Array(bytes));
  } catch (error) {
    return '';
  }
}

/** @param {string} text `长期chang'qi 行业hang'ye` @returns {Map<string, string[]>} */
function spokenOf(text) {
  const spoken = new Map();
  for (const each of text.split(' ')) {
    const word = (each.match(/^[^a-z]+/) || [''])[0];
    if (word) spoken.set(word, each.slice(word.length).split("'"));
  }
  return spoken;
}
