// What stands below the first screens is laid out when the reader moves, or after a while, a little in each turn
// (guide.css): the first view comes sooner, and no tap waits for a whole page. Until then the browser lays out what comes
// near the screen. A page that opens at a place in it is laid out at once.

const FIRST = 11; // elements of the article that are laid out at once; guide.css has the same
const SHARE = 100; // elements of one turn, those within them counted: some 8 ms, on a phone 30
const WHILE = 2500; // ms without a reader that moves

(function layOutBelow() {
  const root = document.documentElement;
  const article = document.querySelector('.kb-below article');
  if (!article) return;
  const joined = article.querySelector('ol + .kb-joined'); // all steps on one page: the first of them
  const below = (/** @type {Element} */ all) => /** @type {HTMLElement[]} */ (Array.from(all.children)).slice(FIRST);
  const waiting = [...(joined ? below(joined) : []), ...below(article)]
    .filter((child) => !child.matches('.footnote')); // notes wait for the reader
  let begun = false;
  const layOut = (/** @type {HTMLElement} */ each) => each.style.setProperty('content-visibility', 'visible');
  const turn = () => {
    for (let share = SHARE; share > 0 && waiting.length;) {
      const [next] = waiting.splice(0, 1);
      layOut(next);
      share -= 1 + next.querySelectorAll('*').length;
    }
    article.getBoundingClientRect(); // laid out here; painting is a turn of its own
    if (waiting.length) setTimeout(turn);
    else root.classList.remove('kb-below');
  };
  const begin = () => {
    if (!begun) setTimeout(turn);
    begun = true;
  };
  ['scroll', 'keydown', 'pointerdown'].forEach((moved) => addEventListener(moved, begin, { passive: true }));
  setTimeout(begin, WHILE);
  addEventListener('click', ({ target, clientY }) => {
    // A jump goes by the heights of all that stands before its aim, and the way back by those before the link.
    const link = target instanceof Element && target.closest('a[href*="#"]');
    if (!link) return;
    const stood = clientY || link.getBoundingClientRect().top; // a finger says where it was when it was last painted
    waiting.splice(0).forEach(layOut);
    const { top, bottom } = link.getBoundingClientRect();
    if (stood < top || stood > bottom) scrollBy({ top: top - stood, behavior: 'instant' });
  }, true);
}());
