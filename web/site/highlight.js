// Marks the words that a search result's link carried (`?h=`) in the article. Esc or the button takes the marks away.
// Loaded by search-box.js on arrival by such a link only.

const MOST_MARKS = 200;
const MOST_WORDS = 8;
const LONGEST_WORD = 50;
const UNMARKED = 'script, style, code, pre, svg, button, noscript, .headerlink, .kb-meta, .kb-path';

(function markCarriedWords() {
  const url = new URL(location.href);
  const words = url.searchParams.getAll('h').filter((word) => word.length <= LONGEST_WORD)
    .map((word) => word.replace(/[\s,，]/g, '')).filter((word) => word);
  const article = document.querySelector('article');
  if (!url.searchParams.has('h')) return;
  url.searchParams.delete('h');
  history.replaceState(history.state, '', url.href);
  if (!article || !words.length) return;
  const marks = markWords(article, words.slice(0, MOST_WORDS));
  if (marks.length) offerToClear(article, marks);
}());

/**
 * Wrap the words in `root` in <mark> and return the marks. A number is marked where it stands whole (web/search/text.js).
 * @param {Element} root @param {string[]} words @returns {HTMLElement[]}
 */
function markWords(root, words) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.nodeType === Node.ELEMENT_NODE && /** @type {Element} */ (node).matches(UNMARKED)
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  /** @type {HTMLElement[]} */
  const marks = [];
  while (walker.nextNode() && marks.length < MOST_MARKS) {
    const text = /** @type {Text} */ (walker.currentNode);
    const hits = text.nodeType === Node.TEXT_NODE ? hitsIn(text.data, words).slice(0, MOST_MARKS - marks.length) : [];
    const wrapped = hits.reverse().map(([from, to]) => markPart(text, from, to)).reverse(); // from the end: places hold
    marks.push(...wrapped);
    if (wrapped.length) walker.currentNode = /** @type {Text} */ (wrapped[wrapped.length - 1].nextSibling);
  }
  return marks;
}

/** @param {Text} text @param {number} from @param {number} to @returns {HTMLElement} the part of a text, in a mark */
function markPart(text, from, to) {
  const mark = document.createElement('mark');
  const found = text.splitText(from);
  found.splitText(to - from);
  found.replaceWith(mark);
  mark.append(found);
  return mark;
}

/** @param {Element} article @param {HTMLElement[]} marks */
function offerToClear(article, marks) {
  const line = document.createElement('p');
  const button = document.createElement('button');
  const clear = () => {
    line.remove();
    marks.splice(0).forEach((mark) => {
      const parent = /** @type {Node} */ (mark.parentNode);
      mark.replaceWith(mark.textContent);
      parent.normalize();
    });
  };
  line.className = 'kb-marked kb-meta';
  button.type = 'button';
  button.textContent = WORDS.marks.clear;
  button.addEventListener('click', clear);
  line.append(WORDS.marks.told, button);
  article.prepend(line);
  document.addEventListener('keydown', (event) => event.key === 'Escape' && !searchIsOpen() && clear());
}

/** @returns {boolean} */
function searchIsOpen() {
  const toggle = /** @type {HTMLInputElement | null} */ (document.getElementById('__search'));
  return toggle !== null && toggle.checked;
}
