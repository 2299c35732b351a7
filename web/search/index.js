// The index as scripts/search_index.py writes it, read: which word stands where. Postings are decoded when asked for.

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_';
const RADIX = 32; // a digit of the upper half says that another one follows
const LEVELS = 4;

/**
 * @typedef {[string, string, string, number, string, [string, string][]]} PageRecord url, title, kind, guide, deadline,
 *   sections [anchor, heading]
 * @typedef {{ numbers: number[], levels: number[] }} Postings
 * @typedef {{ sections: string, phrases: string }} Entry
 * @typedef {{
 *   pages: PageRecord[], firstSection: number[], pageOf: Uint32Array, phrasePage: number[], phraseSection: number[],
 *   phraseSource: number[], phraseSize: Float32Array | null, lexicon: string[][], related: Map<string, string[]>,
 *   plain: Map<string, string>, readings: Map<string, string>, spoken: Map<string, string[]>,
 *   words: Map<string, Entry>, shards: number, loaded: Set<number>, longest: number, decoded: Map<string, Postings>,
 * }} Index
 */

/**
 * Read `core.json`. Linear in its length.
 * @param {any} core @returns {Index}
 */
function readCore(core) {
  const firstSection = [];
  const pageOf = [];
  core.pages.forEach((/** @type {PageRecord} */ page, /** @type {number} */ number) => {
    firstSection.push(pageOf.length);
    page[5].forEach(() => pageOf.push(number));
  });
  const [phrasePage, phraseSection, phraseSource] = core.phrases.map((/** @type {string} */ text) => text.split(' ').map(toNumber));
  return {
    pages: core.pages, firstSection, pageOf: Uint32Array.from(pageOf), phrasePage, phraseSection, phraseSource, phraseSize: null,
    lexicon: core.lexicon, related: relate(core.lexicon), plain: pairsOf(core.plain), readings: readingsOf(core.sounds),
    spoken: spokenOf(core.spoken), words: new Map(), shards: core.shards, loaded: new Set(), longest: 8, decoded: new Map(),
  };
}

/**
 * Add the words of one shard.
 * @param {Index} index @param {number} number @param {{words: string, sections: string, phrases: string}} shard
 */
function addShard(index, number, shard) {
  const sections = shard.sections.split(' ');
  const phrases = shard.phrases.split(' ');
  shard.words.split(' ').forEach((word, at) => index.words.set(word, { sections: sections[at], phrases: phrases[at] }));
  index.loaded.add(number);
}

/** @param {string} text one number as it is written @returns {number} */
function toNumber(text) {
  return decode(text)[0];
}

/** @param {string} text @returns {number[]} the numbers that are written one after the other */
function decode(text) {
  const numbers = [];
  let value = 0;
  let scale = 1;
  for (let at = 0; at < text.length; at += 1) {
    const digit = DIGITS.indexOf(text[at]);
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

/** @param {string} text `a阿啊 ai爱` @returns {Map<string, string>} the reading of each character */
function readingsOf(text) {
  const readings = new Map();
  for (const group of text.split(' ')) {
    const reading = (group.match(/^[a-z]+/) || [''])[0];
    for (const char of group.slice(reading.length)) readings.set(char, reading);
  }
  return readings;
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
