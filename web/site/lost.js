// The page for addresses that lead nowhere: it names the pages whose addresses are nearest to the one that was asked.

/** @typedef {[slug: string, title: string, moved?: string]} Known a page, or an old address with where it moved */

const MOST_NEAR = 3;
const FARTHEST = 0.4; // share of an address that may differ
const OTHER_SECTION = 0.1; // what the right last part counts less in another section
const LONGEST_ASKED = 100;

(function suggest() {
  const place = document.getElementById('kb-near');
  const data = document.getElementById('kb-pages');
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('.kb-search'));
  if (!place || !data || !form) return;
  const root = new URL('..', form.action);
  const asked = slugAsked(location.pathname, root.pathname);
  const found = nearest(asked, JSON.parse(data.textContent || '[]'));
  if (!found.length) return;
  const links = found.map(([slug, title, moved]) => {
    const [path, id] = (moved || slug).split('#');
    const href = new URL(`${path === 'index' ? '' : `${path}/`}${id ? `#${id}` : ''}`, root).href;
    return make('li', {}, make('a', { href, textContent: title }));
  });
  const lead = found[0][2] && found[0][0] === asked ? WORDS.lost.moved : WORDS.lost.near;
  place.append(make('p', { textContent: lead }), make('ul', { className: 'kb-ways' }, ...links));
  place.hidden = false;
}());

/** @param {string} path @param {string} root @returns {string} what was asked below the site's root, as a slug */
function slugAsked(path, root) {
  const below = path.startsWith(root) ? path.slice(root.length) : path;
  let plain = below;
  try {
    plain = decodeURIComponent(below);
  } catch (error) {
    // A broken escape: what stands there is still the best we know.
  }
  return plain.toLowerCase().replace(/(^|\/)index\.html?$/, '').replace(/\.(html?|md|php)$/, '').replace(/_/g, '-')
    .replace(/^\/+|\/+$/g, '').slice(0, LONGEST_ASKED);
}

/** @param {string} asked @param {Known[]} known @returns {Known[]} the nearest first; an old address itself, alone */
function nearest(asked, known) {
  const old = known.find(([slug, , moved]) => moved && slug === asked);
  if (old) return [old];
  const last = (/** @type {string} */ slug) => slug.slice(slug.lastIndexOf('/') + 1);
  const rated = known.map((page) => {
    const whole = difference(asked, page[0]);
    return { page, far: Math.min(whole, difference(last(asked), last(page[0])) + OTHER_SECTION) };
  });
  return rated.filter(({ far }) => far <= FARTHEST).sort((a, b) => a.far - b.far).slice(0, MOST_NEAR).map(({ page }) => page);
}

/** @param {string} a @param {string} b @returns {number} edits that make one of the other, as a share of the longer one */
function difference(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length] / Math.max(a.length, b.length, 1);
}
