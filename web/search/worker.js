// The theme's search box speaks to this worker: 0 set up, 1 ready, 2 query, 3 result.
// It is held to that protocol by tests/test_browser.py; the theme is pinned.

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;
const TRIES = 3;

/** @type {Index} */
let index = { pages: [] };

/**
 * Fetch JSON; a phone's network may need a second try.
 * @param {URL} url
 */
async function load(url) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${response.status}`);
      return await response.json();
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
  }
}

/**
 * Shape what was found as the theme shows it: one group a page, the page itself first.
 * @param {string} query
 */
function answer(query) {
  const { terms, found } = rank(index, query);
  return found.map(({ page, score, sections }) => [
    { location: page.url, title: mark(page.title, terms), text: escapeHtml(page.about), score: score + 1, terms: {} },
    ...sections.map((section) => ({
      location: `${page.url}#${section.id}`,
      title: mark(section.heading, terms),
      text: snippet(section.text, terms),
      score: score + 1,
      terms: {},
    })),
  ]);
}

addEventListener('message', async (event) => {
  const { type, data } = event.data;
  if (type === SETUP) {
    // This file lies in assets/kb/, two folders below the site's root. The stub names the index of the moment.
    const root = new URL('../../', self.location.href);
    const stub = await load(new URL('search/search_index.json', root));
    index = prepare(await load(new URL(stub.config.index, root)));
    self.postMessage({ type: READY });
  } else if (type === QUERY) {
    self.postMessage({ type: RESULT, data: { items: data.trim() ? answer(data) : [] } });
  }
});
