// What a reader takes along: the link to a section or its text, with its sources and the day they were checked; paper.

const KEPT_BLOCKS = 'h1, h2, h3, p, li, tr, dt, dd';
const NOT_KEPT = '.headerlink, .footnote, .footnote-backref, .kb-meta, .kb-next, .kb-path, .kb-tool, .kb-out, script, svg, button';

(function keep() {
  const article = document.querySelector('article');
  const place = document.querySelector('.kb-take');
  if (!article) return;
  article.querySelectorAll('h2[id] > .headerlink, h3[id] > .headerlink').forEach((link) => {
    link.addEventListener('click', () => offerSection(/** @type {HTMLElement} */ (link.parentElement)));
  });
  document.querySelectorAll('.kb-file').forEach((link) => link.addEventListener('click', () => inWeChat() && warn(link)));
  openForPaper();
  if (!place) return;
  const paper = buttonOf(WORDS.keep.paper, () => {
    if (inWeChat()) warn(paper);
    else window.print();
  }, 'kb-quiet');
  place.prepend(copyButton(WORDS.keep.page_link, hereWithout), copyButton(WORDS.keep.page_text, () => textOf(article, article.children)), paper);
}());

/** @returns {string} this page's address without the place on it */
function hereWithout() {
  return location.href.split('#')[0];
}

/** Offer a section's link and its text, once, below its heading. @param {HTMLElement} heading */
function offerSection(heading) {
  const next = heading.nextElementSibling;
  if (next && next.classList.contains('kb-section')) return;
  const link = copyButton(WORDS.keep.section_link, () => `${hereWithout()}#${heading.id}`);
  const text = copyButton(WORDS.keep.section_text, () => textOf(/** @type {Element} */ (heading.closest('article')), sectionOf(heading)));
  heading.after(make('div', { className: 'kb-section kb-take kb-meta' }, link, text));
}

/** @param {Element} heading @returns {Element[]} it and what follows, up to the next heading of its level or above */
function sectionOf(heading) {
  const parts = [heading];
  const ends = heading.tagName === 'H2' ? 'h1, h2' : 'h1, h2, h3';
  for (let next = heading.nextElementSibling; next && !next.matches(ends); next = next.nextElementSibling) parts.push(next);
  return parts;
}

/**
 * Return parts of a page as plain text: a line each, the sources that they cite below, and where and when.
 * @param {Element} article @param {ArrayLike<Element>} parts @returns {string}
 */
function textOf(article, parts) {
  const lines = [];
  const cited = new Map();
  for (const part of Array.from(parts)) {
    if (part.matches(NOT_KEPT)) continue;
    const blocks = part.matches(KEPT_BLOCKS) ? [part] : Array.from(part.querySelectorAll(KEPT_BLOCKS));
    for (const block of blocks) {
      if (!block.closest(NOT_KEPT) && !(block.tagName === 'P' && block.closest('li, td, dd') !== null)) lines.push(lineOfBlock(block, cited));
    }
  }
  const status = /** @type {HTMLElement | null} */ (article.querySelector('.kb-status, .kb-glance > p:last-child'));
  const title = (article.querySelector('h1') || article).textContent || '';
  const sources = Array.from(cited, ([number, id]) => `[${number}] ${sourceText(id)}`);
  const foot = [`《${title.trim()}》 ${hereWithout()}`, status ? (status.textContent || '').replace(/\s+/g, ' ').trim() : ''];
  return [...lines.filter(Boolean), '', ...sources, ...(sources.length ? [''] : []), ...foot.filter(Boolean)].join('\n');
}

/** @param {Element} block @param {Map<string, string>} cited collects number and id of the notes @returns {string} */
function lineOfBlock(block, cited) {
  const copy = /** @type {Element} */ (block.cloneNode(true));
  copy.querySelectorAll(`${NOT_KEPT}, ul, ol`).forEach((node) => node.remove());
  copy.querySelectorAll('.footnote-ref').forEach((mark) => {
    const number = (mark.textContent || '').trim();
    cited.set(number, decodeURIComponent((mark.getAttribute('href') || '').slice(1)));
    mark.textContent = `[${number}]`;
  });
  copy.querySelectorAll('td:not(:last-child), th:not(:last-child)').forEach((cell) => cell.append(' | '));
  const text = (copy.textContent || '').replace(/\u2060/g, '').replace(/\s+/g, ' ').trim();
  return (block.tagName === 'LI' ? '- ' : '') + text;
}

/** @param {string} id @returns {string} what a note says */
function sourceText(id) {
  const note = document.getElementById(id);
  if (!note) return '';
  const copy = /** @type {Element} */ (note.cloneNode(true));
  copy.querySelectorAll('.footnote-backref').forEach((link) => link.remove());
  return (copy.textContent || '').replace(/\s+/g, ' ').trim();
}

/** Say, once, what to do where a chat app's browser saves nothing. @param {Element} after */
function warn(after) {
  const next = after.nextElementSibling;
  if (next && next.classList.contains('kb-told')) return;
  const told = make('span', { className: 'kb-told' });
  told.setAttribute('role', 'status');
  after.after(told);
  told.textContent = WECHAT + WORDS.keep.or_copy;
}

/** On paper everything is open; afterwards it is as it was. */
function openForPaper() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  window.addEventListener('beforeprint', () => {
    opened = Array.from(document.querySelectorAll('article details:not([open])'));
    opened.forEach((each) => { each.open = true; });
  });
  window.addEventListener('afterprint', () => opened.forEach((each) => { each.open = false; }));
}
