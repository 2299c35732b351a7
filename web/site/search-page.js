// The search page: /search/?q=… answers a query, and the form does the same as the reader types.

const SHOWN = 20; // results at first, and with every further request

const form = /** @type {HTMLFormElement} */ (document.querySelector('.kb-search'));
/** @typedef {Record<'types' | 'meta' | 'note' | 'list' | 'more', HTMLElement>} Elements */
const parts = /** @type {Elements & { field: HTMLInputElement, index: HTMLDetailsElement, only: HTMLDetailsElement }} */ ({
  field: form.q,
  only: form.querySelector('details'),
  types: form.querySelector('fieldset'),
  meta: document.querySelector('.kb-found__meta'),
  note: document.querySelector('.kb-note'),
  list: document.querySelector('.kb-found__list'),
  more: document.querySelector('.kb-found__more'),
  index: document.querySelector('.kb-az'),
});
const announce = announcer(/** @type {Element} */ (document.querySelector('.kb-found [role=status]')));
const client = new LateWorker(({ type, data }) => {
  if (type === RESULT) takeAnswer(data);
  if (type === LOADING && parts.field.value.trim()) say(WORDS.search.loading);
  if (type === LOADING || type === READY) offer(parts.note, '', []);
  if (type === FAILED) fail();
});
let answer = NO_ANSWER;
let chosen = new URLSearchParams(location.search).getAll('type');
let room = SHOWN;

/** @param {string} text */
function say(text) {
  parts.meta.textContent = text;
  announce(text);
}

function fail() {
  say(WORDS.search_page.broken);
  offer(parts.note, '', [WORDS.search.again], () => client.restart());
  parts.index.open = true;
}

function ask() {
  room = SHOWN;
  keepAddress(parts.field.value.slice(0, LONGEST_LINK));
  client.ask(parts.field.value);
}

/** Let the address say what is asked, so that it can be kept and sent on. @param {string} query */
function keepAddress(query) {
  const asked = query.trim() ? [['q', query], ...chosen.map((type) => ['type', type])] : [];
  const address = `${location.pathname}?${new URLSearchParams(asked)}`.replace(/\?$/, '') + location.hash;
  try {
    history.replaceState(history.state, '', address);
  } catch (error) {
    // Safari refuses more than a hundred changes in half a minute; the next one makes up for it.
  }
}

/** @param {Answer} data */
function takeAnswer(data) {
  answer = data;
  showTypes();
  show();
}

/** The types that the results have, most first, each a box to tick; none ticked shows all. */
function showTypes() {
  const counts = new Map();
  answer.pages.filter(({ type }) => type).forEach(({ type }) => counts.set(type, (counts.get(type) || 0) + 1));
  const labels = Array.from(counts).sort((a, b) => b[1] - a[1]).map(([type, count]) => {
    const tick = make('input', { type: 'checkbox', name: 'type', value: type, checked: chosen.includes(type) });
    return make('label', {}, tick, filled(WORDS.search_page.type, { type, count }));
  });
  parts.types.replaceChild(make('div', {}, ...labels), /** @type {Element} */ (parts.types.lastElementChild));
  parts.only.hidden = labels.length < 2 || !parts.field.value.trim();
}

function show() {
  const asked = parts.field.value.trim();
  const offered = parts.only.hidden ? [] : chosen.filter((type) => answer.pages.some((page) => page.type === type));
  const pages = asked ? answer.pages.filter(({ type }) => !offered.length || offered.includes(type)) : [];
  say(asked ? verdict(answer.note, pages.length) : '');
  offer(parts.note, WORDS.search.maybe, asked ? answer.note.maybe : [], (word) => {
    parts.field.value = word;
    parts.field.focus();
    ask();
  });
  parts.list.textContent = '';
  parts.list.append(...pages.slice(0, room).map(result));
  /** @type {HTMLElement} */ (parts.list.parentNode).hidden = !pages.length;
  parts.more.hidden = pages.length <= room;
}

/** @param {Shown} page @returns {HTMLElement} one page that was found */
function result(page) {
  /** @param {string} anchor @param {string} text */
  const link = (anchor, text) => make('a', { href: ROOT + page.url + (anchor && `#${anchor}`) }, ...marked(text));
  const item = make('li', {}, make('h3', {}, link(page.start, page.title)));
  const line = kindLine(page);
  const sections = page.sections.map(({ anchor, heading, text }) => make(
    'li', {}, link(anchor, heading || page.title), make('p', {}, ...marked(text)),
  ));
  if (line) item.append(line);
  item.append(make('p', {}, ...marked(page.about)), make('ul', {}, ...sections));
  carryWords(item);
  return item;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  parts.field.blur(); // a phone's keyboard goes away and shows the results
  ask();
});
form.addEventListener('input', ({ target }) => {
  /** @type {NodeListOf<HTMLInputElement>} */
  const ticked = form.querySelectorAll(':checked');
  if (target !== parts.field) chosen = Array.from(ticked, ({ value }) => value);
  ask();
});
parts.field.addEventListener('focus', () => client.start());
parts.more.addEventListener('click', () => {
  const link = parts.list.children.length;
  room += SHOWN;
  show();
  /** @type {HTMLElement} */ (parts.list.children[link].querySelector('a')).focus();
});

// The key and the button in the head lead to the field here.
onSearchKey(() => {
  parts.field.focus();
  parts.field.select();
});
/** @type {HTMLInputElement} */ (document.getElementById('__search')).addEventListener('change', ({ target }) => {
  /** @type {HTMLInputElement} */ (target).checked = false;
  parts.field.focus();
});

parts.index.classList.add('kb-on');
parts.only.open = chosen.length > 0;
parts.index.open = /^#(index|az)/.test(location.hash); // open in the page for readers without scripts
parts.field.value = new URLSearchParams(location.search).get('q') || '';
if (parts.field.value.trim()) {
  /** @type {HTMLElement} */ (form.previousElementSibling).hidden = true; // what to write: it is written, results have the room
  ask();
} else if (document.activeElement === parts.field) client.start();
