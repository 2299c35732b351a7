// What stands around the text of a page: the page tree, the title in the head, the reader's place in the contents, the way
// back to the top. All of it can be missed: without scripts the labels work their boxes and everything is unfolded.

const HEAD_HEIGHT = 64; // px that the head covers, and a little air
const FAR = 400; // px after which there is a way back to the top

/** @type {HTMLElement | null} */
const title = document.querySelector('article h1');
/** @type {HTMLElement | null} */
const upward = document.querySelector('.md-top');
/** @type {HTMLAnchorElement[]} */
const contents = Array.from(document.querySelectorAll('.md-sidebar--secondary .md-nav__link[href*="#"]'));
const places = contents.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
let lastTop = 0;
let waiting = false;

/** Show where the reader is: once a frame, however often the page scrolls. */
function followReader() {
  const top = window.pageYOffset;
  const head = document.querySelector('.md-header__title');
  waiting = false;
  if (head && title) head.classList.toggle('md-header__title--active', title.getBoundingClientRect().bottom < HEAD_HEIGHT);
  if (upward) upward.hidden = top < FAR || top >= lastTop;
  lastTop = top;
  if (contents.length && contents[0].offsetParent) followContents(); // on a phone they are not shown
}

function followContents() {
  const passed = places.filter((place) => place && place.getBoundingClientRect().top < HEAD_HEIGHT).length;
  contents.forEach((link, at) => {
    const here = at === passed - 1;
    if (here === link.classList.contains('md-nav__link--active')) return;
    link.classList.toggle('md-nav__link--active', here);
    const pane = /** @type {HTMLElement} */ (link.closest('.md-sidebar__scrollwrap'));
    if (here) pane.scrollTop = link.offsetTop - pane.clientHeight / 2;
  });
}

/** Unfold what the address leads into. */
function unfoldTarget() {
  const target = document.querySelector(':target');
  const folded = target && target.closest('details:not([open])');
  if (!target || !folded) return;
  folded.setAttribute('open', '');
  target.scrollIntoView();
}

/** Where the reader is, is asked when the page is laid out anyway. */
function followSoon() {
  if (!waiting) requestAnimationFrame(followReader);
  waiting = true;
}

addEventListener('scroll', followSoon, { passive: true });
addEventListener('hashchange', unfoldTarget);
if (location.hash) unfoldTarget();
followSoon();
if (upward) upward.addEventListener('click', () => {
  scrollTo({ top: 0 });
  if (title) Object.assign(title, { tabIndex: -1 }).focus({ preventScroll: true });
});

const drawer = /** @type {HTMLInputElement} */ (document.getElementById('__drawer'));
const tree = /** @type {HTMLElement} */ (document.querySelector('.md-sidebar--primary'));
const beside = matchMedia('(min-width: 76.25em)'); // the theme's width from which the tree stands beside the text

/** A label works its box without scripts, but only by a pointer; with them it is a button. @param {Element} label */
function makeButton(label) {
  const button = make('button', { type: 'button', className: label.className }, ...Array.from(label.childNodes));
  const box = /** @type {HTMLInputElement} */ (document.getElementById(label.getAttribute('for') || ''));
  const panel = box.parentElement && box.parentElement.querySelector('nav');
  button.setAttribute('for', box.id); // the theme's styles know it by this
  button.setAttribute('aria-label', label.getAttribute('aria-label') || button.innerText.trim() || (panel && panel.getAttribute('aria-label')) || '');
  button.addEventListener('click', () => box.click());
  label.replaceWith(button);
}

/** The labels of the page tree, when it is shown: all of it is styled anew for them. */
function makeTreeButtons() {
  tree.querySelectorAll('label:not([for=__drawer])').forEach(makeButton);
}

/** Beside the text, the page tree begins where the reader is, with a whole line. */
function scrollTree() {
  const here = /** @type {HTMLElement | null} */ (tree.querySelector('a.md-nav__link--active'));
  if (!here) return;
  const pane = /** @type {HTMLElement} */ (here.closest('.md-sidebar__scrollwrap'));
  pane.scrollTop = here.offsetTop - pane.clientHeight / 2;
  const beginning = pane.getBoundingClientRect().top;
  const distance = (/** @type {Element} */ link) => link.getBoundingClientRect().top - beginning;
  const first = Array.from(tree.querySelectorAll('.md-nav__link')).find((link) => distance(link) >= 0);
  if (first && pane.scrollTop) pane.scrollTop += distance(first);
}

/** Closed, the tree is not laid out: that would be half of the work of the first view (frame.css). */
function showTree() {
  makeTreeButtons();
  if (beside.matches) scrollTree();
}

document.querySelectorAll('label.md-header__button').forEach(makeButton);
if (beside.matches) showTree();
if (beside.addEventListener) beside.addEventListener('change', showTree); // older Safari has no such event

/** Bring the keys to the first of some elements that can be seen. @param {string} selector @param {Element} within */
function focusSeen(selector, within) {
  const seen = /** @type {HTMLElement[]} */ (Array.from(within.querySelectorAll(selector)))
    .find((each) => each.offsetParent && getComputedStyle(each).visibility === 'visible');
  if (seen) seen.focus({ preventScroll: true });
}

drawer.addEventListener('change', () => {
  makeTreeButtons();
  if (drawer.checked) focusSeen('a, button', tree);
});
tree.addEventListener('change', ({ target }) => {
  const box = /** @type {HTMLInputElement} */ (target);
  const item = /** @type {HTMLElement} */ (box.parentElement);
  focusSeen(box.checked ? 'nav button' : 'button', item);
});
tree.addEventListener('focusout', ({ relatedTarget }) => {
  if (relatedTarget && !tree.contains(/** @type {Node} */ (relatedTarget))) drawer.checked = false;
});
addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape' || !drawer.checked) return;
  drawer.checked = false;
  /** @type {HTMLElement} */ (document.querySelector('.md-header [for=__drawer]')).focus();
});
