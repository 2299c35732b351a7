// Ranking by page and by section.

// How much a hit counts by where it stands.
const WEIGHT = { title: 8, asked: 5, heading: 4, about: 3, text: 1 };
const WHOLE_RUN = 3; // a whole run of the query found as it was typed counts this many times more
const GUIDE = 1.3; // a guide that leads to action comes before a list that mentions it
const ENOUGH = 0.5; // a page must cover at least this share of what the best page covers
const UNSEEN = 0.2; // weight of a pair of characters that no page holds: it mostly straddles two words
const SECTIONS_SHOWN = 2;
const SNIPPET = 90;

/**
 * The index as it is fetched, and as it is compared.
 * @typedef {{url: string, title: string, asked: string[], about: string, guide: boolean,
 *   sections: [string, string, string][]}} Page
 * @typedef {{id: string, heading: string, text: string, headed: string, folded: string}} Section
 * @typedef {{page: Page, title: string, asked: string, about: string, sections: Section[]}} Folded
 * @typedef {{pages: Folded[]}} Index
 * @typedef {{page: Page, score: number, sections: (Section & {score: number})[]}} Found
 */

/**
 * Prepare the index: fold every field once, so that a query only compares.
 * @param {{pages: Page[]}} index
 * @returns {Index}
 */
function prepare(index) {
  const pages = index.pages.map((page) => ({
    page,
    title: fold(page.title),
    asked: fold(page.asked.join('\n')),
    about: fold(page.about),
    sections: page.sections.map(([id, heading, text]) => ({ id, heading, text, headed: fold(heading), folded: fold(text) })),
  }));
  return { pages };
}

/**
 * Return the terms of the query and the pages found, best first.
 * @param {Index} index
 * @param {string} query
 * @returns {{terms: WeighedTerm[], found: Found[]}}
 */
function rank(index, query) {
  const terms = weigh(index, termsOf(runsOf(query)));
  const total = terms.reduce((sum, term) => sum + term.weight, 0);
  const covers = index.pages.map(
    (each) => terms.reduce((sum, term) => sum + (holds(each, term.text) ? term.weight : 0), 0) / total,
  );
  const enough = Math.max(...covers) * ENOUGH;
  const found = index.pages
    .map((each, at) => ({ each, cover: covers[at] }))
    .filter(({ cover }) => cover > 0 && cover >= enough)
    .map(({ each, cover }) => scorePage(each, terms, cover));
  found.sort((a, b) => b.score - a.score);
  return { terms, found };
}

/** @type {(each: Folded, text: string) => boolean} */
function holds(each, text) {
  return each.title.includes(text) || each.asked.includes(text) || each.about.includes(text)
    || each.sections.some((section) => section.headed.includes(text) || section.folded.includes(text));
}

/**
 * Rare terms weigh more: the inverse of the share of pages that hold them. A run that no page holds as a whole weighs
 * nothing beside its pairs.
 * @param {Index} index
 * @param {Term[]} terms
 * @returns {WeighedTerm[]}
 */
function weigh(index, terms) {
  return terms.map((term) => {
    const pages = index.pages.filter((each) => holds(each, term.text)).length;
    if (!pages) return { ...term, weight: term.whole ? 0 : UNSEEN };
    const rarity = Math.log(1 + index.pages.length / (1 + pages));
    return { ...term, weight: rarity * (term.whole ? WHOLE_RUN : 1) };
  });
}

/** @type {(each: Folded, terms: WeighedTerm[], coverage: number) => Found} */
function scorePage(each, terms, coverage) {
  const sections = each.sections
    .map((section) => ({ ...section, score: scoreSection(section, terms) }))
    .sort((a, b) => b.score - a.score);
  const own = score(each.title, terms, WEIGHT.title) + score(each.asked, terms, WEIGHT.asked)
    + score(each.about, terms, WEIGHT.about);
  const best = sections.length ? sections[0].score : 0;
  return {
    page: each.page,
    score: (own + best) * coverage * (each.page.guide ? GUIDE : 1),
    sections: sections.filter((section) => section.score > 0 && section.id).slice(0, SECTIONS_SHOWN),
  };
}

/** @type {(section: Section, terms: WeighedTerm[]) => number} */
function scoreSection(section, terms) {
  return score(section.headed, terms, WEIGHT.heading) + score(section.folded, terms, WEIGHT.text);
}

/** @type {(text: string, terms: WeighedTerm[], weight: number) => number} */
function score(text, terms, weight) {
  return terms.reduce((sum, term) => {
    const count = text.split(term.text).length - 1;
    return sum + (count ? weight * term.weight * (1 + Math.log(count)) : 0);
  }, 0);
}

/**
 * Return the part of a section that shows the hit best, as HTML with marks.
 * @param {string} text
 * @param {WeighedTerm[]} terms
 */
function snippet(text, terms) {
  const folded = fold(text);
  const hits = terms.map((term) => ({ at: folded.indexOf(term.text), weight: term.weight })).filter((hit) => hit.at >= 0);
  if (!hits.length) return escapeHtml(text.slice(0, SNIPPET));
  const best = hits.reduce((a, b) => (b.weight > a.weight ? b : a));
  const start = Math.max(0, best.at - SNIPPET / 3);
  const piece = text.slice(start, start + SNIPPET).replace(/\n/g, ' ');
  return `${start > 0 ? '…' : ''}${mark(piece, terms)}${start + SNIPPET < text.length ? '…' : ''}`;
}
