// What is typed by its sound: pinyin, whole or half or by initials; and wrong characters that sound like the right ones.

/**
 * @typedef {{ word: string, syllables: string[], letters: string, initials: string, weight: number }} Spoken
 * @typedef {{ byLetter: Map<string, Spoken[]>, bySound: Map<string, Spoken[]> }} Sounds
 */

// Sounds that a keyboard or an accent takes for one another.
/** @type {[RegExp, string][]} */
const ALIKE = [[/^zh/, 'z'], [/^ch/, 'c'], [/^sh/, 's'], [/^n(?!g)/, 'l'], [/ng$/, 'n'], [/^hu(?=[aoein])/, 'f']];
const PARTLY = 2; // letters at the end of a query that may begin a word
const CANDIDATES = 6;
const SYLLABLE = 2; // letters that a syllable has at least where it is spelt out
const MOST_SHORT = 2; // parts of a query that may be initials

/**
 * Prepare the words that people ask for. Linear in their number.
 * @param {Index} index @returns {Sounds}
 */
function prepareSounds(index) {
  if (!index.readings.size) {
    index.readings = readingsOf(index.written[0]);
    index.spoken = spokenOf(index.written[1]);
  }
  const byLetter = new Map();
  const bySound = new Map();
  index.words.forEach((entry, word) => {
    if (!entry.phrases || !isHan(word)) return;
    const syllables = syllablesOf(index, word);
    if (syllables.includes('')) return;
    const spoken = {
      word, syllables, letters: syllables.join(''), initials: syllables.map((each) => each[0]).join(''),
      weight: Math.log(1 + countOf(entry.phrases)),
    };
    push(byLetter, spoken.letters[0], spoken);
    push(bySound, soundKey(syllables), spoken);
  });
  return { byLetter, bySound };
}

/** @param {Map<string, any[]>} map @param {string} key @param {any} value */
function push(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** @param {Index} index @param {string} word @returns {string[]} its syllables; '' for a character without a reading */
function syllablesOf(index, word) {
  return index.spoken.get(word) || Array.from(word, (char) => index.readings.get(char) || '');
}

/** @param {string[]} syllables @returns {string} the same for all that sound alike */
function soundKey(syllables) {
  return syllables.map(roughly).join(' ');
}

/** @type {Map<string, string>} there are but some four hundred syllables */
const rough = new Map();

/** @param {string} syllable @returns {string} the same for all syllables that sound alike */
function roughly(syllable) {
  let sound = rough.get(syllable);
  if (sound === undefined) {
    sound = ALIKE.reduce((spelt, [from, to]) => spelt.replace(from, to), syllable);
    rough.set(syllable, sound);
  }
  return sound;
}

/**
 * Return the words that sound like a stretch of Han characters but are written otherwise, the most asked for first.
 * @param {Index} index @param {Sounds} sounds @param {string} text @param {number} same so many characters must be right
 * @returns {{word: string, weight: number}[]}
 */
function soundsLike(index, sounds, text, same) {
  const syllables = syllablesOf(index, text);
  if (syllables.includes('')) return [];
  const alike = (sounds.bySound.get(soundKey(syllables)) || []).filter((each) => each.word !== text && kept(each.word, text) >= same);
  return best(alike.map((each) => ({ word: each.word, weight: each.weight + kept(each.word, text) })));
}

/** @param {string} a @param {string} b @returns {number} how many characters stand at the same place in both */
function kept(a, b) {
  return Array.from(a).filter((char, at) => char === b[at]).length;
}

/** @param {{word: string, weight: number}[]} found @returns {{word: string, weight: number}[]} the best, weights up to 1 */
function best(found) {
  const sorted = found.sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1)).slice(0, CANDIDATES);
  const top = sorted.length ? sorted[0].weight : 1;
  return sorted.map((each) => ({ word: each.word, weight: top ? each.weight / top : 1 }));
}

/**
 * Split letters into words by their sound: at each place whole words, words by their initials, and at the end the
 * beginning of a word. Returns for each part the words it may mean; nothing where the letters cannot be read so.
 * len(letters) × (words that begin with the same letter) steps.
 * @param {Sounds} sounds @param {string} letters @returns {{word: string, weight: number}[][]}
 */
function readLetters(sounds, letters) {
  /** @type {{score: number, from: number}[]} */
  const paths = [{ score: 0, from: 0 }];
  for (let at = 0; at < letters.length; at += 1) {
    if (!paths[at]) continue;
    for (const { length, value } of spansAt(sounds, letters, at)) {
      const score = paths[at].score + value;
      const end = at + length;
      if (!paths[end] || paths[end].score < score) paths[end] = { score, from: at };
    }
  }
  if (!paths[letters.length]) return [];
  const parts = [];
  for (let end = letters.length; end > 0; end = paths[end].from) parts.unshift([paths[end].from, end]);
  const short = parts.filter(([from, to]) => to - from < SYLLABLE * 2).length;
  if (short > MOST_SHORT) return []; // any letters can be taken for initials
  return parts.map(([from, to]) => best(wordsFor(sounds, letters, from, to)));
}

/** @param {Sounds} sounds @param {string} letters @param {number} at @returns {{length: number, value: number}[]} */
function spansAt(sounds, letters, at) {
  const longest = new Map();
  for (const each of sounds.byLetter.get(letters[at]) || []) {
    const fit = fitOf(each, letters, at);
    if (fit && (longest.get(fit.length) || 0) < fit.value) longest.set(fit.length, fit.value);
  }
  return Array.from(longest, ([length, value]) => ({ length, value }));
}

/**
 * How a word fits the letters at a place: the letters it takes, and what that is worth.
 * @param {Spoken} spoken @param {string} letters @param {number} at @returns {{length: number, value: number} | null}
 */
function fitOf(spoken, letters, at) {
  const { letters: whole, initials } = spoken;
  if (letters.startsWith(whole, at)) return { length: whole.length, value: whole.length ** 1.3 };
  const rest = letters.length - at;
  if (rest >= PARTLY && rest < whole.length && whole.startsWith(letters.slice(at))) return { length: rest, value: rest };
  if (initials.length > 1 && letters.startsWith(initials, at)) return { length: initials.length, value: initials.length * 0.8 };
  return null;
}

/** @param {Sounds} sounds @param {string} letters @param {number} from @param {number} to */
function wordsFor(sounds, letters, from, to) {
  const found = [];
  for (const each of sounds.byLetter.get(letters[from]) || []) {
    const fit = fitOf(each, letters, from);
    if (fit && fit.length === to - from) found.push({ word: each.word, weight: each.weight * (fit.value / (to - from)) });
  }
  return found;
}
