// The engine in a page that was opened from a disk, where browsers start no worker and fetch nothing: it runs in the page,
// takes the place of the worker, and reads the index from scripts (scripts/offline_zip.py wraps each file in one).

/**
 * @typedef {{ here: string, post: (message: object) => void, hear: (take: (message: { type: number, data: any }) => void) => void }} Port
 * @typedef {{ kbShard: (name: string, value: any) => void, fetch: (url: string | URL) => Promise<any>, Worker: any }} Replaced
 */

const LOCAL_ROOT = new URL('../../', /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
/** @type {Map<string, any>} */
const shards = new Map();
/** @type {(message: { type: number, data: any }) => void} */
let engine = () => {};
/** @type {EventTarget | null} */
let standIn = null;

/** @type {Port} */
const port = {
  here: `${LOCAL_ROOT}assets/kb/search-worker.js`,
  post: (data) => { if (standIn) standIn.dispatchEvent(new MessageEvent('message', { data })); },
  hear: (take) => { engine = take; },
};

const replaced = /** @type {Replaced} */ (/** @type {unknown} */ (window));
replaced.kbShard = (name, value) => { shards.set(name, value); };
replaced.fetch = readShard;
replaced.Worker = function LocalWorker() {
  const postMessage = (/** @type {any} */ message) => { Promise.resolve(message).then(engine); }; // later, as a worker would
  standIn = Object.assign(document.createDocumentFragment(), { postMessage, terminate() {} });
  return standIn;
};

/**
 * Read a file of the index. As bytes it is not to be had; then the engine reads it by itself.
 * @param {string | URL} url
 */
async function readShard(url) {
  const name = String(url).slice(LOCAL_ROOT.length);
  if (!shards.has(name)) await runScript(`${url}.js`);
  return { ok: true, json: async () => shards.get(name), arrayBuffer: () => Promise.reject(new Error(name)) };
}

/** @param {string} src @returns {Promise<Event>} */
function runScript(src) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}
