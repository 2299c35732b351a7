// The theme's search box speaks to this worker: 0 set up, 1 ready, 2 query, 3 result.
// It is held to that protocol by tests/test_search.py; the theme is pinned.

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;
const TRIES = 3;

let index = { pages: [] };

/** Fetch the index, named by the set-up message relative to the site's root; a phone's network may need a second try. */
async function load(url) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${response.status}`);
      return prepare(await response.json());
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
  }
}

/** Shape what was found as the theme shows it: one group a page, the page itself first. */
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

self.addEventListener('message', async (event) => {
  const { type, data } = event.data;
  if (type === SETUP) {
    // This file lies in assets/kb/, two folders below the site's root.
    index = await load(new URL(`../../${data.config.index}`, self.location.href));
    self.postMessage({ type: READY });
  } else if (type === QUERY) {
    self.postMessage({ type: RESULT, data: { items: data.trim() ? answer(data) : [] } });
  }
});
