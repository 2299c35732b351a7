// The theme starts its search worker, and would load its index, on every page. Ours starts when the reader reaches for
// the box, so this script runs before the theme's bundle and stands in for the worker until then.

const SETUP = 0;
const box = document.querySelector('.md-search__input');

/**
 * Stand in for a worker that is not started yet: keeps what is posted to it, starts on `start()`.
 * Once started it is the worker: messages go to and fro in order.
 */
function lazyWorker(url, Native) {
  const stand = document.createDocumentFragment(); // an event target that every browser has
  const kept = [];
  let worker = null;
  stand.postMessage = (message) => (worker ? worker.postMessage(message) : kept.push(message));
  stand.start = () => {
    if (worker) return;
    worker = new Native(url);
    worker.addEventListener('message', (event) => stand.dispatchEvent(new MessageEvent('message', { data: event.data })));
    worker.postMessage({ type: SETUP });
    kept.splice(0).forEach((message) => worker.postMessage(message));
  };
  return stand;
}

if (box && window.Worker) {
  const Native = window.Worker;
  window.Worker = function SearchWorker(url) {
    window.Worker = Native; // the theme starts one worker, and it is the search
    const stand = lazyWorker(url, Native);
    box.addEventListener('focus', stand.start);
    if (document.activeElement === box || new URLSearchParams(location.search).has('q')) stand.start();
    return stand;
  };

  // The theme listens to keyup alone; pasted, dictated and composed text must search too.
  box.addEventListener('input', () => box.dispatchEvent(new Event('keyup')));
  document.querySelector('.md-search').setAttribute('aria-label', '搜索');
  document.querySelector('.md-search-result__meta').setAttribute('aria-live', 'polite');
}
