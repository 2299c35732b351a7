// Light or dark: as the system is, or as the reader chose. The page's head sets what was kept before anything is painted.

const SCHEME_KEY = 'kb-scheme';
const SCHEMES = ['auto', 'light', 'dark'];
const SCHEME_NAMES = [WORDS.head.scheme_auto, WORDS.head.scheme_light, WORDS.head.scheme_dark];

(function schemes() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector('.kb-scheme'));
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let chosen = Math.max(0, SCHEMES.indexOf(schemeKept()));
  const show = () => {
    const isDark = SCHEMES[chosen] === 'dark' || (SCHEMES[chosen] === 'auto' && dark.matches);
    document.body.setAttribute('data-md-color-scheme', isDark ? 'slate' : 'default');
    if (!button) return;
    button.dataset.scheme = SCHEMES[chosen];
    button.title = SCHEME_NAMES[chosen];
    button.setAttribute('aria-label', SCHEME_NAMES[chosen]);
  };
  if (button) button.addEventListener('click', () => {
    chosen = (chosen + 1) % SCHEMES.length;
    show();
    try {
      localStorage.setItem(SCHEME_KEY, SCHEMES[chosen]);
    } catch (error) {
      // A browser that keeps nothing: the choice lasts as long as the page.
    }
  });
  if (dark.addEventListener) dark.addEventListener('change', show); // older Safari has no such event
  show();
}());

/** @returns {string} */
function schemeKept() {
  try {
    return localStorage.getItem(SCHEME_KEY) || '';
  } catch (error) {
    return '';
  }
}
