// Ranking: pages by what their sections hold and by what people ask them for. CONTRIBUTING.md tells the formula.

const FIT = [0.55, 1.3]; // what the levels of a posting are worth
// What a page counts by what it is: lists of words and sources, ways to other pages, guides that lead to action.
const RANKS = [0.6, 0.45, 1.15];
const ASKED = 4.6; // what it is worth that people ask for a page in just these words
// What a phrase counts by where it comes from: keyword, title, term, question of the FAQ, what is said for a term,
// button of the home page, name of what money is taken for.
const SOURCE = [1, 1.55, 1, 1, 0.65, 1.2, 1];
const SHARE = 0.37; // how much of a phrase's worth depends on how much of the phrase was asked
const NAMED = 0.3; // what a phrase adds that stands whole in the query
const CAUSED = 1.35; // and what it does where it names what money is taken for, beside all that everybody writes
const WHOLLY = 0.95; // from this share on a phrase does
const SHARPER = 1.9; // a nearly exact phrase counts much more than half of one
const OWN_SECTION = 0.5; // what a phrase of a section adds to it beside its text
const WITHIN = 0.17; // a word within a longer word of the query
const WEIGHTS = [0.5, 0.5, 0.75, 1]; // what a word weighs by its level; scripts/search_index.py has the same
const SECOND = 0.3; // what the second best section adds to the best
const SECTIONS_SHOWN = 2;
const WISHED = 2; // how much more a word tells that says what the reader wants
const REPEATED = 0.5; // how much a word tells when it is said again
const PAGES_SHOWN = 20;
const ENOUGH = 0.4; // a page must be worth at least this share of the best
const WHOLE = 0.75; // a query is understood where at least this share of it was found on one page

/**
 * @typedef {{ pages: Map<number, number>, sections: Map<number, number>, named: Map<number, number> }} Asked `named`: what
 *   the best phrase adds that stands whole in the query, however much else does
 * @typedef {{ page: number, score: number, covered: number, sections: number[] }} Hit sections by number, best first
 */

/**
 * Return the pages that answer best. Linear in the postings of the words asked for.
 * @param {Index} index @param {Slot[]} slots @returns {Hit[]}
 */
function rank(index, slots) {
  const weighed = slots.filter((slot) => slot.options.length).map((slot, at, all) => (
    { slot, rarity: rarityOf(index, slot) * (all.findIndex(({ text }) => text === slot.text) < at ? REPEATED : 1) }
  ));
  const total = weighed.reduce((sum, { rarity }) => sum + rarity, 0) + unknownWeight(index, slots);
  if (!weighed.length) return [];
  const sections = new Float32Array(index.pageOf.length);
  const held = new Float32Array(index.ranks.length);
  for (const { slot, rarity } of weighed) addSlot(index, slot, rarity, sections, held);
  const asked = askedFor(index, weighed, total);
  return best20(index, sections, held, asked, total);
}

/** @param {Index} index @param {Slot[]} slots @returns {number} what the words weigh that no page holds */
function unknownWeight(index, slots) {
  const usual = Math.log(1 + index.told[0] / 20);
  return slots.filter((slot) => !slot.options.length).length * usual * 0.5;
}

/**
 * How much a slot tells: words that stand in few sections tell more.
 * @param {Index} index @param {Slot} slot @returns {number}
 */
function rarityOf(index, slot) {
  const sure = Math.max(...slot.options.map((option) => option.weight));
  const main = slot.options.filter((option) => option.weight >= sure * 0.75);
  const many = Math.max(...main.map(({ word }) => postingsOf(index, 'sections', word).numbers.length), 1);
  return (slot.wished ? WISHED : 1) * Math.log(1 + index.told[0] / many) * sure * Math.max(...main.map(({ word }) => weightOf(index, word)));
}

/** @param {Index} index @param {string} word @returns {number} how much the word belongs to our subject */
function weightOf(index, word) {
  const entry = index.words.get(word);
  return entry ? WEIGHTS[entry.level] : 1;
}

/**
 * Add to each section what a slot is worth there: its best word; and to each page how much of the query it holds.
 * @param {Index} index @param {Slot} slot @param {number} rarity @param {Float32Array} sections @param {Float32Array} held
 */
function addSlot(index, slot, rarity, sections, held) {
  const sure = Math.max(...slot.options.map((option) => option.weight));
  const fits = new Map();
  const add = (/** @type {string} */ word, /** @type {number} */ weight) => {
    const { numbers, levels } = postingsOf(index, 'sections', word);
    numbers.forEach((number, at) => {
      const value = FIT[levels[at]] * weight;
      if (value > (fits.get(number) || 0)) fits.set(number, value);
    });
  };
  slot.options.forEach(({ word, weight }) => add(word, weight / sure));
  slot.inner.forEach((word) => add(word, WITHIN));
  const pages = new Map();
  fits.forEach((value, number) => {
    sections[number] += value * rarity;
    const page = index.pageOf[number];
    pages.set(page, Math.max(pages.get(page) || 0, Math.min(1, value)));
  });
  pages.forEach((share, page) => { held[page] += share * rarity; });
}

/**
 * Return for each page, and section, how well the best phrase that people ask it for matches the query: 0 to about 1.
 * @param {Index} index @param {{slot: Slot, rarity: number}[]} weighed @param {number} total
 * @returns {Asked}
 */
function askedFor(index, weighed, total) {
  const shared = new Map();
  const matched = new Map();
  for (const { slot, rarity } of weighed) addPhrases(index, slot, rarity, shared, matched);
  const pages = new Map();
  const sections = new Map();
  const named = new Map();
  shared.forEach((value, phrase) => {
    const share = Math.min(1, (matched.get(phrase) || 0) / index.phraseSize[phrase]);
    const source = index.phraseSource[phrase];
    const score = (value / total) * (1 - SHARE + SHARE * share) * SOURCE[source];
    const page = index.phrasePage[phrase];
    const section = index.firstSection[page] + index.phraseSection[phrase];
    pages.set(page, Math.max(score, pages.get(page) || 0));
    sections.set(section, Math.max(score, sections.get(section) || 0));
    const added = value * SOURCE[source] * (source === CAUSE ? CAUSED : NAMED);
    if (share > WHOLLY) named.set(page, Math.max(added, named.get(page) || 0));
  });
  return { pages, sections, named };
}

/**
 * @param {Index} index @param {Slot} slot @param {number} rarity
 * @param {Map<number, number>} shared what the query and each phrase share @param {Map<number, number>} matched of the phrase
 */
function addPhrases(index, slot, rarity, shared, matched) {
  const sure = Math.max(...slot.options.map((option) => option.weight));
  const bestHere = new Map();
  const see = (/** @type {string} */ word, /** @type {number} */ weight, /** @type {boolean} */ within) => {
    const own = wordRarity(index, word);
    for (const phrase of postingsOf(index, 'phrases', word).numbers) {
      const whole = within && index.phraseSource[phrase] === CAUSE; // a name is whole with the words within it
      bestHere.set(phrase, Math.max(weight, bestHere.get(phrase) || 0));
      matched.set(phrase, (matched.get(phrase) || 0) + own * (whole ? 1 : weight));
    }
  };
  slot.options.forEach(({ word, weight }) => see(word, weight / sure, false));
  slot.inner.forEach((word) => see(word, WITHIN, true));
  bestHere.forEach((weight, phrase) => shared.set(phrase, (shared.get(phrase) || 0) + weight * rarity));
}

/** @param {Index} index @param {string} word @returns {number} */
function wordRarity(index, word) {
  return Math.log(1 + index.told[1] / Math.max(1, postingsOf(index, 'phrases', word).numbers.length)) * weightOf(index, word);
}

/**
 * @param {Index} index @param {Float32Array} sections @param {Float32Array} held
 * @param {Asked} asked @param {number} total @returns {Hit[]}
 */
function best20(index, sections, held, asked, total) {
  /** @type {Hit[]} */
  const hits = [];
  held.forEach((share, page) => {
    if (!share && !asked.pages.has(page)) return;
    const numbers = sectionsOf(index, page).filter((number) => sections[number] || asked.sections.has(number));
    const worthOf = (/** @type {number} */ number) => sections[number] + ASKED * total * OWN_SECTION * (asked.sections.get(number) || 0);
    numbers.sort((a, b) => worthOf(b) - worthOf(a) || a - b);
    const covered = Math.min(1, Math.max(held[page] / total, asked.pages.get(page) || 0));
    const text = (numbers.length ? sections[numbers[0]] : 0) + (numbers.length > 1 ? SECOND * sections[numbers[1]] : 0);
    const wanted = ASKED * total * (asked.pages.get(page) || 0) ** SHARPER + (asked.named.get(page) || 0);
    const score = (text * covered + wanted) * RANKS[Number(index.ranks[page])];
    hits.push({ page, score, covered, sections: numbers });
  });
  hits.sort((a, b) => b.score - a.score || a.page - b.page);
  const enough = hits.length ? hits[0].score * ENOUGH : 0;
  return hits.filter((hit, at) => at < PAGES_SHOWN && hit.score >= enough * (at > 4 ? 1 : 0.25));
}

/** @param {Index} index @param {number} page @returns {number[]} the numbers of its sections */
function sectionsOf(index, page) {
  const numbers = [];
  for (let at = index.firstSection[page]; at < index.firstSection[page + 1]; at += 1) numbers.push(at);
  return numbers;
}
