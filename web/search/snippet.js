// The part of a text that a result shows.

const SNIPPET = 84; // characters
const BEFORE = 24; // of these, before the first hit
const AGAIN = 0.25; // what a word counts that the snippet holds already
const FURTHER = 16; // so many more where a clause begins there and none does nearer
const SENTENCE_END = /[。！？；\n][”」』）]*\s*/g;
const CLAUSE_END = /[，：][”」』）]*\s*/g;

/**
 * Return the part of a text that shows its hits best, with marks. It begins with a sentence or a clause where one begins
 * shortly before the hits; dots say what is left out of the sentence before it, and that the text goes on behind it.
 * @param {string} text @param {string[]} words @param {Map<string, number>} [weights] how much each word tells; the same, if not said
 * @returns {string}
 */
function snippet(text, words, weights = new Map()) {
  const hits = hitsIn(text, words);
  const best = hits.length ? fullest(text, hits, weights) : 0;
  const from = Math.max(0, Math.min(best - BEFORE, text.length - SNIPPET));
  const first = hits.find((hit) => hit[0] >= from); // not only of the fullest part: no mark is lost for a clause
  const { start, whole } = beginning(text, from, first ? first[0] : from);
  const end = Math.max(start, from) + SNIPPET;
  const piece = text.slice(start, end).replace(/\n/g, ' ');
  return `${whole ? '' : '…'}${mark(piece, words)}${end < text.length ? '…' : ''}`;
}

/**
 * Return where a snippet begins: with the first sentence between two places, else with the first clause, else with what
 * begins a little before, else in the midst. `whole` says that a sentence begins there.
 * @param {string} text @param {number} from @param {number} to @returns {{start: number, whole: boolean}}
 */
function beginning(text, from, to) {
  if (from === 0) return { start: 0, whole: true };
  const sentences = startsIn(text, SENTENCE_END, from - FURTHER, to);
  const starts = sentences.concat(startsIn(text, CLAUSE_END, from - FURTHER, to));
  const near = starts.find((at) => at >= from);
  const start = near === undefined ? Math.max(...starts, 0) || from : near;
  return { start, whole: sentences.includes(start) };
}

/**
 * Return the places between two others where something begins because a pattern ends there.
 * @param {string} text @param {RegExp} ending @param {number} from @param {number} to @returns {number[]}
 */
function startsIn(text, ending, from, to) {
  const found = [];
  ending.lastIndex = Math.max(0, from - 1);
  for (let match = ending.exec(text); match && ending.lastIndex <= to; match = ending.exec(text)) found.push(ending.lastIndex);
  return found;
}

/**
 * Return where a snippet holds what tells most. Linear in the hits, as a snippet holds but a few.
 * @param {string} text @param {[number, number][]} hits @param {Map<string, number>} weights @returns {number}
 */
function fullest(text, hits, weights) {
  const words = hits.map(([from, to]) => text.slice(from, to).toLowerCase().replace(/[ \u00a0,，]/g, ''));
  let best = hits[0][0];
  let most = 0;
  hits.forEach(([start], from) => {
    let sum = 0;
    for (let at = from; at < hits.length && hits[at][1] <= start + SNIPPET - BEFORE; at += 1) {
      const weight = weights.has(words[at]) ? Number(weights.get(words[at])) : 1;
      sum += weight * (words.indexOf(words[at], from) < at ? AGAIN : 1);
    }
    if (sum > most) {
      most = sum;
      best = start;
    }
  });
  return best;
}
