// What the box and the search page share: the worker, started late, and how its answers are told to the reader.

// The protocol: 0 set up, 1 ready, 2 query, 3 result, 9 failed; 8 is our own and says that loading has begun.
const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;
const LOADING = 8;
const FAILED = 9;
const TRIES = 2;
const PATIENCE = 15000; // milliseconds after which the reader is told; what arrives later still counts
const QUIET = 700; // milliseconds without a new answer before a screen reader is told of it
const MOST_WORDS = 8;
const LONGEST_LINK = 200; // characters of a query that an address carries

/**
 * A worker that is started late. `stand` takes its place for the theme meanwhile; `heard` gets every message after the
 * listeners of the stand have had it. Only the newest query is answered.
 */
class LateWorker {
  constructor(url, Native, heard) {
    Object.assign(this, { url, Native, heard, worker: null, ready: false, asked: null });
    this.stand = document.createDocumentFragment(); // an event target that every browser has
    this.stand.postMessage = ({ type, data }) => type === QUERY && this.ask(data); // we set up the worker ourselves
  }

  start() {
    if (!this.worker) this.restart();
  }

  restart() {
    this.stop();
    this.say({ type: LOADING });
    this.launch(TRIES);
  }

  ask(query) {
    this.asked = query;
    if (this.ready) this.worker.postMessage({ type: QUERY, data: query });
    else this.start();
  }

  say(message) {
    this.stand.dispatchEvent(new MessageEvent('message', { data: message }));
    this.heard(message);
  }

  stop() {
    clearTimeout(this.patience);
    if (this.worker) this.worker.terminate();
    Object.assign(this, { worker: null, ready: false });
  }

  launch(tries) {
    const worker = new this.Native(this.url);
    const hear = (message) => worker === this.worker && this.hear(message, tries - 1);
    this.worker = worker;
    worker.addEventListener('message', ({ data }) => hear(data));
    worker.addEventListener('error', () => hear({ type: FAILED }));
    worker.postMessage({ type: SETUP });
    this.patience = setTimeout(() => this.say({ type: FAILED }), PATIENCE);
  }

  hear(message, triesLeft) {
    const { type, data } = message;
    if (type === FAILED) {
      this.stop();
      if (triesLeft) this.launch(triesLeft);
      else this.say(message);
    } else if (type === READY) {
      const waiting = this.asked;
      clearTimeout(this.patience);
      this.ready = true;
      this.say(message);
      if (waiting !== null) this.ask(waiting);
    } else if (type !== RESULT || data.query === undefined || data.query === this.asked) {
      this.say(message);
    }
  }
}

/** Return {note, pages} of an answer; a worker that gives only what the theme shows has no types and no deadlines. */
function readAnswer({ items, pages, note }) {
  return {
    note: note || { kind: items.length ? 'found' : 'none', maybe: [] },
    pages: pages || items.map(([page, ...sections]) => ({
      url: page.location,
      title: page.title,
      about: page.text,
      sections: sections.map(({ location, title, text }) => ({ anchor: location.split('#')[1], heading: title, text })),
    })),
  };
}

/** Say in one line what was found. */
function verdict(note, count) {
  if (note.kind === 'none') return count ? '没有找到对得上的。常用的是这几页：' : '没有找到对得上的，请换个说法。';
  return note.kind === 'weak' ? `没有完全对上的，最接近的 ${count} 个结果：` : `找到 ${count} 个结果`;
}

/** Make an element with its properties and children. */
function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Fill `note` with buttons, one for each of `words`, after `lead`; without words it is hidden. */
function offer(note, lead, words, choose) {
  note.textContent = lead;
  words.forEach((word) => {
    note.append(make('button', { type: 'button', textContent: word, onclick: () => choose(word) }));
  });
  note.hidden = !words.length;
}

/** Return the quiet line of a result: its type and, where there is one, its deadline. Null where neither is known. */
function kindLine({ type, deadline }) {
  if (!type && !deadline) return null;
  const texts = [['', type], ['kb-due', deadline]].filter(([, text]) => text);
  const spans = texts.map(([className, textContent]) => make('span', { className, textContent }));
  return make('p', { className: 'kb-kind' }, ...spans);
}

/** Return a function that tells `status` a text once nothing newer has come for a moment. */
function announcer(status) {
  let timer;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => { status.textContent = text; }, QUIET);
  };
}

/** Let the links in `result` carry the words that are marked in it; the page that they lead to marks them too. */
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
