// Marks the words that a search result's link carried (`?h=`) in the article. Esc or the button takes the marks away.
// Loaded by search-box.js on arrival by such a link only.

const MOST_MARKS = 200;
const MOST_WORDS = 8;
const LONGEST_WORD = 50;
const UNMARKED = 'script, style, code, pre, svg, button, noscript, .headerlink, .kb-meta, .kb-path';

(function markCarriedWords() {
  const url = new URL(location.href);
  const words = url.searchParams.getAll('h').filter((word) => word.trim() && word.length <= LONGEST_WORD);
  const article = document.querySelector('article');
  if (!url.searchParams.has('h')) return;
  url.searchParams.delete('h');
  history.replaceState(history.state, '', url.href);
  if (!article || !words.length) return;
  const marks = markWords(article, words.slice(0, MOST_WORDS));
  if (marks.length) offerToClear(article, marks);
}());

/**
 * Wrap the words in `root` in <mark> and return the marks.
 * @param {Element} root @param {string[]} words @returns {HTMLElement[]}
 */
function markWords(root, words) {
  const longestFirst = words.sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '[ \\u00a0]')).join('|'), 'i');
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.nodeType === Node.ELEMENT_NODE && /** @type {Element} */ (node).matches(UNMARKED)
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  /** @type {HTMLElement[]} */
  const marks = [];
  while (walker.nextNode() && marks.length < MOST_MARKS) {
    const text = /** @type {Text} */ (walker.currentNode);
    const hit = text.nodeType === Node.TEXT_NODE && pattern.exec(text.data);
    if (hit) {
      const found = text.splitText(hit.index);
      const mark = document.createElement('mark');
      found.splitText(hit[0].length);
      found.replaceWith(mark);
      mark.append(found);
      marks.push(mark);
      walker.currentNode = found;
    }
  }
  return marks;
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
