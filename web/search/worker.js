// The engine answers web/site/search-client.js: 0 set up, 1 ready, 2 query, 3 result; 9 says that the index did not load.

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;
const FAILED = 9;
const TRIES = 3;
const SHOWN = 10; // pages a result shows
const FIRST = 5; // among so many first results, no page has more than SECTIONS_SHOWN sections
const LIST = '0'; // the rank of a list of words, cards, sources: nobody reads it from its top
const GUESSED = 1 / 3; // where less of a query was read by its sound, the rest tells enough: no other word is offered
const USEFUL = ['tools/triage/', 'topics/first-24-hours/', 'steps/find-reason/', 'steps/file-appeal/', 'deductions/', 'topics/deadline-missed/'];

/**
 * @typedef {{ url: string, title: string, type: string, deadline: string, about: string, start: string,
 *   sections: { anchor: string, heading: string, text: string }[] }} Shown `start`: where the page opens, an anchor or its top
 */

/** @typedef {{ config: { index: string, shards: number }, files: Record<string, ArrayBuffer> }} Ahead */

/** @type {Index} */
let index;
/** @type {Sounds} */
let sounds;
let folder = '';
let latest = 0;
/** @type {Map<number, string[]>} */
const texts = new Map();

/**
 * Fetch JSON; a phone's network may need another try.
 * @param {string | URL} url @returns {Promise<any>}
 */
async function load(url) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${response.status}`);
      return await response.json();
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
  }
}

/**
 * Read what every query needs. This file lies in assets/kb/, two folders below the site's root.
 * @param {Ahead | null} [ahead] what the page has read already
 */
async function setUp(ahead) {
  const root = new URL('../../', port.here);
  const { config } = ahead || await load(new URL('search/search_index.json', root));
  folder = new URL(config.index, root).href;
  const whole = config.shards === 1 ? ['words0.json', 'pages0.json'] : []; // of a small site, all at once
  const read = (/** @type {string} */ name) => (ahead ? parse(ahead.files[name]) : load(folder + name));
  const [core, words, pages] = await Promise.all(['core.json', ...whole].map(read));
  index = readCore(core);
  if (words) addShard(index, 0, words);
  if (pages) index.records.set(0, pages);
}

/** @param {ArrayBuffer} buffer @returns {any} */
function parse(buffer) {
  return JSON.parse(new TextDecoder().decode(buffer));
}

/** @param {number[]} numbers */
async function loadShards(numbers) {
  const missing = numbers.filter((number) => !index.loaded.has(number));
  await Promise.all(missing.map(async (number) => addShard(index, number, await load(`${folder}words${number}.json`))));
  return missing.length > 0;
}

/** @param {number[]} numbers */
async function loadChunks(numbers) {
  const missing = numbers.filter((number) => !index.records.has(number));
  await Promise.all(missing.map(async (number) => index.records.set(number, await load(`${folder}pages${number}.json`))));
}

/** Load the shards that hold the words of a query and their other names. @param {string} query */
async function loadWords(query) {
  if (index.shards === 1) return;
  if (await loadShards(shardsFor(index, query))) sounds = prepareSounds(index);
}

/** @param {string} query */
async function answer(query) {
  const turn = latest += 1;
  await loadWords(query);
  const slots = understand(index, sounds, query);
  const found = rank(index, slots).slice(0, SHOWN);
  const hits = found.length ? found : useful();
  await loadChunks(Array.from(new Set(hits.map((hit) => Math.floor(hit.page / index.chunk)))));
  const weights = weigh(slots);
  const words = Array.from(weights.keys());
  const note = noteOf(slots, found);
  const post = () => {
    const pages = hits.map((hit, at) => show(hit, words, weights, at));
    if (turn === latest) port.post({ type: RESULT, data: { query, pages, note } });
  };
  post();
  const missing = hits.filter((hit) => !texts.has(hit.page));
  if (!missing.length) return;
  // Without a network some texts are not to be had: the pages are found all the same.
  await Promise.all(missing.map((hit) => load(`${folder}text${hit.page}.json`).then((text) => texts.set(hit.page, text), () => {})));
  post();
}

/** @param {Slot[]} slots @returns {Map<string, number>} how much each word of a query tells: rare ones more, parts of words less */
function weigh(slots) {
  const weights = new Map();
  const add = (/** @type {string} */ word, /** @type {number} */ weight) => weights.set(word, Math.max(weight, weights.get(word) || 0));
  slots.filter((slot) => slot.options.length).forEach((slot) => {
    const rarity = rarityOf(index, slot);
    slot.options.forEach(({ word, weight }) => add(word, rarity * weight));
    slot.inner.forEach((word) => add(word, rarity * WITHIN));
  });
  return weights;
}

/** @returns {Hit[]} the guides that help when nothing was found */
function useful() {
  const records = index.records.get(0) || [];
  const pages = USEFUL.map((url) => records.findIndex((record) => record[0] === url)).filter((page) => page >= 0);
  return pages.map((page) => ({ page, score: 0, covered: 0, sections: [] }));
}

/**
 * Say how well a query was understood, and which terms its author may have meant.
 * @param {Slot[]} slots @param {Hit[]} found @returns {{kind: 'found' | 'weak' | 'none', maybe: string[]}}
 */
function noteOf(slots, found) {
  const kind = !found.length ? 'none' : found[0].covered < WHOLE ? 'weak' : 'found';
  const maybe = kind === 'found' ? [] : slots.filter(isMisspelt).map((slot) => slot.options[0].word);
  const offered = maybe.length < slots.length * GUESSED ? [] : maybe;
  return { kind, maybe: Array.from(new Set(offered)).slice(0, 5) };
}

/** @param {Slot} slot @returns {boolean} whether it was read by its sound; what one character may mean is no guess to offer */
function isMisspelt(slot) {
  const sure = Math.max(0, ...slot.options.map((option) => option.weight));
  return sure < 1 && sure > SINGLE;
}

/**
 * Where a long list opens: at its best section; not at its top, which holds its keywords, if a heading below was hit too.
 * @param {[string, string, ...unknown[]][]} sections best first @param {string[]} words @returns {string}
 */
function opening(sections, words) {
  if (!sections.length || sections[0][0]) return sections.length ? sections[0][0] : '';
  const below = sections.find(([anchor, heading]) => anchor && hitsIn(heading, words).length);
  return below ? below[0] : '';
}

/**
 * @param {Hit} hit @param {string[]} words @param {Map<string, number>} weights @param {number} place @returns {Shown}
 */
function show(hit, words, weights, place) {
  const [url, title, type, deadline, sections] = recordOf(index, hit.page);
  const text = texts.get(hit.page) || [];
  const first = index.firstSection[hit.page];
  const numbers = hit.sections.filter((number) => sections[number - first][0]).slice(0, place < FIRST ? SECTIONS_SHOWN : 1);
  return {
    url, title: mark(title, words), type, deadline, about: snippet(text[0] || '', words, weights),
    start: index.ranks[hit.page] === LIST ? opening(hit.sections.map((number) => sections[number - first]), words) : '',
    sections: numbers.map((number) => {
      const [anchor, heading] = sections[number - first];
      return { anchor, heading: mark(heading, words), text: snippet(text[number - first + 1] || '', words, weights) };
    }),
  };
}

port.hear(async ({ type, data }) => {
  try {
    if (type === SETUP) {
      await setUp(data);
      port.post({ type: READY });
      sounds = prepareSounds(index); // the reader is still typing the first character
    } else if (type === QUERY && index) {
      if (String(data).trim()) await answer(String(data));
      else port.post({ type: RESULT, data: { query: String(data), pages: [], note: { kind: 'found', maybe: [] } } });
    }
  } catch (error) {
    port.post({ type: FAILED, data: String(error) });
  }
});
