// Text as it is searched. Modules of a bundle share one closed scope (scripts/generate.py).

// What people wrap around their question; it says nothing about the subject.
const FILLER = /请问|怎么办|怎么样|怎么|怎样|如何|为什么|什么|哪里|哪个|可以|能不能|是不是|有没有|我的|你们|一下|我|吗|呢|啊|吧|了|的|被|要/g;
const RUN = /[\u3400-\u9fff]+|[a-z0-9.]+/g;

/**
 * Fold width, case and white space, one character to one, so that positions in the text stay true.
 * @param {string} text
 */
function fold(text) {
  let folded = '';
  for (const char of text) {
    const plain = char.normalize('NFKC').toLowerCase();
    folded += plain.length === char.length ? plain : char.toLowerCase().slice(0, char.length).padEnd(char.length);
  }
  return folded;
}

/**
 * Split a query into runs of Chinese and of letters or digits, without filler and white space.
 * Where nothing but filler was typed, the filler is the question.
 * @param {string} query
 * @returns {string[]}
 */
function runsOf(query) {
  const folded = query.normalize('NFKC').toLowerCase();
  const joined = folded.replace(/([\u3400-\u9fff])\s+(?=[\u3400-\u9fff])/g, '$1');
  return joined.replace(FILLER, ' ').match(RUN) || joined.match(RUN) || [];
}

/**
 * A word to look for; `whole` where it is a run as it was typed. `weight` comes with the index (rank.js).
 * @typedef {{text: string, whole: boolean}} Term
 * @typedef {Term & {weight: number}} WeighedTerm
 */

/**
 * Turn runs into terms. A Chinese run gives itself and its pairs of characters.
 * @param {string[]} runs
 * @returns {Term[]}
 */
function termsOf(runs) {
  /** @type {Map<string, boolean>} */
  const terms = new Map();
  /** @type {(text: string, whole: boolean) => void} */
  const add = (text, whole) => terms.set(text, whole || terms.get(text) || false);
  for (const run of runs) {
    add(run, true);
    if (/[\u3400-\u9fff]/.test(run)) {
      for (let at = 0; at + 2 <= run.length && run.length > 2; at += 1) add(run.slice(at, at + 2), false);
    }
  }
  return Array.from(terms, ([text, whole]) => ({ text, whole }));
}

/** @type {Record<string, string>} */
const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** @param {string} text */
function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (char) => ESCAPES[char]);
}

/**
 * Return `text` as HTML with every occurrence of the terms marked.
 * @param {string} text
 * @param {Term[]} terms
 */
function mark(text, terms) {
  const folded = fold(text);
  const hit = new Array(text.length).fill(false);
  for (const term of terms) {
    for (let at = folded.indexOf(term.text); at >= 0; at = folded.indexOf(term.text, at + 1)) {
      hit.fill(true, at, at + term.text.length);
    }
  }
  let html = '';
  for (let at = 0; at < text.length;) {
    let end = at;
    while (end < text.length && hit[end] === hit[at]) end += 1;
    const piece = escapeHtml(text.slice(at, end));
    html += hit[at] ? `<mark>${piece}</mark>` : piece;
    at = end;
  }
  return html;
}
