// The theme starts its search worker, and would load its index, on every page. Ours starts when the reader reaches for
// the box, so this script runs before the theme's bundle and stands in for the worker until then.

const SETUP = 0;
const box = document.querySelector('.md-search__input');

/**
 * Stand in for a worker that is not started yet: keeps what is posted to it, starts on `start()`.
 * Once started it is the worker: messages go to and fro in order.
 * @param {string | URL} url
 * @param {typeof Worker} Native
 */
function lazyWorker(url, Native) {
  const stand = document.createDocumentFragment(); // an event target that every browser has
  /** @type {unknown[]} */
  const kept = [];
  /** @type {Worker | null} */
  let worker = null;
  /** @param {unknown} message */
  const postMessage = (message) => (worker ? worker.postMessage(message) : kept.push(message));
  const start = () => {
    if (worker) return;
    const started = new Native(url);
    worker = started;
    started.addEventListener('message', (event) => stand.dispatchEvent(new MessageEvent('message', { data: event.data })));
    started.postMessage({ type: SETUP });
    kept.splice(0).forEach((message) => started.postMessage(message));
  };
  return Object.assign(stand, { postMessage, start });
}

/** @type {(selector: string, name: string, value: string) => void} */
function set(selector, name, value) {
  const element = document.querySelector(selector);
  if (element) element.setAttribute(name, value);
}

if (box && window.Worker) {
  const Native = window.Worker;
  /** @type {any} */ (window).Worker = function SearchWorker(/** @type {string | URL} */ url) {
    window.Worker = Native; // the theme starts one worker, and it is the search
    const stand = lazyWorker(url, Native);
    box.addEventListener('focus', stand.start);
    if (document.activeElement === box || new URLSearchParams(location.search).has('q')) stand.start();
    return stand;
  };

  // The theme listens to keyup alone; pasted, dictated and composed text must search too.
  box.addEventListener('input', () => box.dispatchEvent(new Event('keyup')));
  set('.md-search', 'aria-label', '搜索');
  set('.md-search-result__meta', 'aria-live', 'polite');
}
