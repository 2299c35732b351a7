// What the box and the search page share: the worker, started late, and how its answers are told to the reader.

const HERE = /** @type {HTMLScriptElement} */ (document.currentScript).src;
const ROOT = new URL('../../', HERE).href; // of the site: scripts lie in assets/kb/

// The protocol: 0 set up, 1 ready, 2 query, 3 result, 9 failed; 8 is our own and says that loading has begun.
const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;
const LOADING = 8;
const FAILED = 9;
const STUB = 'search/search_index.json'; // says where the index is
const TRIES = 2;
const PATIENCE = 15000; // milliseconds after which the reader is told; what arrives later still counts
const QUIET = 700; // milliseconds without a new answer before a screen reader is told of it
const MOST_WORDS = 8;
const LONGEST_LINK = 200; // characters of a query that an address carries

/**
 * @typedef {{ url: string, title: string, type: string, deadline: string, about: string, start: string,
 *   sections: { anchor: string, heading: string, text: string }[] }} Shown
 * @typedef {{ kind: 'found' | 'weak' | 'none', maybe: string[] }} Note
 * @typedef {{ query: string, pages: Shown[], note: Note }} Answer
 * @typedef {{ config: { index: string, shards: number }, files: Record<string, ArrayBuffer> }} Ahead
 * @typedef {{ type: 0 | 1 | 8, data?: undefined } | { type: 2, data: string } | { type: 3, data: Answer }
 *   | { type: 9, data?: string }} Message
 */

/** @type {Answer} */
const NO_ANSWER = { query: '', pages: [], note: { kind: 'none', maybe: [] } };

/** A worker that is started late. Only the newest query is answered. */
class LateWorker {
  /** @param {(message: Message) => void} heard */
  constructor(heard) {
    this.heard = heard;
    this.ready = false;
    /** @type {Worker | null} */
    this.worker = null;
    /** @type {string | null} */
    this.asked = null;
  }

  start() {
    if (!this.worker) this.restart();
  }

  restart() {
    this.stop();
    this.heard({ type: LOADING });
    this.launch(TRIES);
  }

  /** @param {string} query */
  ask(query) {
    this.asked = query;
    if (this.worker && this.ready) this.worker.postMessage({ type: QUERY, data: query });
    else this.start();
  }

  stop() {
    clearTimeout(this.patience);
    if (this.worker) this.worker.terminate();
    Object.assign(this, { worker: null, ready: false });
  }

  /** @param {number} tries */
  launch(tries) {
    const worker = new Worker(new URL('search-worker.js', HERE).href);
    /** @param {Message} message */
    const hear = (message) => worker === this.worker && this.hear(message, tries - 1);
    this.worker = worker;
    worker.addEventListener('message', ({ data }) => hear(data));
    worker.addEventListener('error', () => hear({ type: FAILED }));
    readAhead(ROOT).then((data) => worker.postMessage({ type: SETUP, data }, data ? Object.values(data.files) : []));
    this.patience = setTimeout(() => this.heard({ type: FAILED }), PATIENCE);
  }

  /** @param {Message} message @param {number} triesLeft */
  hear(message, triesLeft) {
    const { type, data } = message;
    if (type === FAILED) {
      this.stop();
      if (triesLeft) this.launch(triesLeft);
      else this.heard(message);
    } else if (type === READY) {
      const waiting = this.asked;
      clearTimeout(this.patience);
      this.ready = true;
      this.heard(message);
      if (waiting !== null) this.ask(waiting);
    } else if (type !== RESULT || data.query === undefined || data.query === this.asked) {
      this.heard(message);
    }
  }
}

/**
 * Fetch what the worker will need while it is still starting. Null where that fails: then it reads by itself, and says
 * what is wrong. @param {string} root @returns {Promise<Ahead | null>}
 */
async function readAhead(root) {
  try {
    const { config } = await (await fetch(root + STUB)).json();
    const names = config.shards === 1 ? ['core.json', 'words0.json', 'pages0.json'] : ['core.json'];
    const buffers = await Promise.all(names.map(async (name) => {
      const response = await fetch(root + config.index + name);
      return response.ok ? response.arrayBuffer() : Promise.reject(response.status);
    }));
    const files = /** @type {Record<string, ArrayBuffer>} */ ({});
    names.forEach((name, at) => { files[name] = buffers[at]; });
    return { config, files };
  } catch (error) {
    return null;
  }
}

/** @param {string} text with its hits between MARK_FROM and MARK_TO @returns {(Node | string)[]} */
function marked(text) {
  return (text || '').split(MARK_FROM).reduce((/** @type {(Node | string)[]} */ parts, piece, at) => {
    const [hit, rest] = at ? piece.split(MARK_TO) : ['', piece];
    return parts.concat(hit ? make('mark', { textContent: hit }) : [], rest || '');
  }, []);
}

/** Let a key lead to the search: `/`, and Ctrl+K or ⌘K also while the reader writes elsewhere. @param {() => void} open */
function onSearchKey(open) {
  document.addEventListener('keydown', (event) => {
    const typing = /^(input|textarea|select)$/i.test(/** @type {Element} */ (event.target).tagName);
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (!(event.key === '/' && !typing && !held) && !(event.key === 'k' && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    open();
  });
}

/** Say in one line what was found. @param {Note} note @param {number} count @returns {string} */
function verdict(note, count) {
  if (note.kind === 'none') return count ? WORDS.search.useful : WORDS.search.none;
  return filled(note.kind === 'weak' ? WORDS.search.weak : WORDS.search.found, { count });
}

/**
 * Fill `note` with buttons, one for each of `words`, after `lead`; without words it is hidden.
 * @param {HTMLElement} note @param {string} lead @param {string[]} words @param {(word: string) => void} [choose]
 */
function offer(note, lead, words, choose = () => {}) {
  note.textContent = lead;
  words.forEach((word) => {
    note.append(make('button', { type: 'button', textContent: word, onclick: () => choose(word) }));
  });
  note.hidden = !words.length;
}

/**
 * Return the quiet line of a result: its type and, where there is one, its deadline. Null where neither is known.
 * @param {Shown} page @returns {HTMLElement | null}
 */
function kindLine({ type, deadline }) {
  if (!type && !deadline) return null;
  const texts = [['', type], ['kb-due', deadline]].filter(([, text]) => text);
  const spans = texts.map(([className, textContent]) => make('span', { className, textContent }));
  return make('p', { className: 'kb-kind' }, ...spans);
}

/**
 * Return a function that tells `status` a text once nothing newer has come for a moment.
 * @param {Element} status @returns {(text: string) => void}
 */
function announcer(status) {
  /** @type {number | undefined} */
  let timer;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => { status.textContent = text; }, QUIET);
  };
}

/**
 * Let the links in `result` carry the words that are marked in it; the page that they lead to marks them too.
 * @param {Element} result
 */
function carryWords(result) {
  const words = Array.from(result.querySelectorAll('mark'), (mark) => mark.textContent);
  const long = words.filter((word) => word.length > 1);
  const carried = Array.from(new Set(long.length ? long : words)).slice(0, MOST_WORDS);
  result.querySelectorAll('a').forEach((link) => {
    const url = new URL(link.href);
    carried.forEach((word) => url.searchParams.append('h', word));
    link.href = url.href;
  });
}
