// What is kept on the reader's device for when there is no network: one cache of the browser, which the worker and the
// page reference/offline share. A copy carries when it was kept and, saved with the whole site, the hash it was asked by.

const LIST = 'offline.json'; // every file of the site; scripts/offline.py writes it
const STATE = 'offline-saved.json'; // of the whole site as saved: a name that only the cache knows
const KEPT_AT = 'x-kb-kept';
const KEPT_HASH = 'x-kb-hash';
const LANES = 4; // files fetched at a time
const FETCH_TRIES = 2;
const SKIPPED_HEADERS = ['content-encoding', 'content-length', 'vary']; // they describe the body as it was sent

/** @typedef {{ build: string, bytes: number, wire: number, files: [path: string, size: number, hash: string][] }} SiteFiles */
/** @typedef {{ build: string, at: string, bytes: number, files: number }} Saved */

/** @param {string} root @returns {string} the cache of the site at this address: other sites may share its host */
function cacheName(root) {
  return `kb-kept ${new URL(root).pathname}`;
}

/**
 * Return a response as it is kept. A copy of a response that was redirected would be refused as a page, so it is rebuilt.
 * @param {BodyInit | null} body @param {Headers} headers @param {string} [hash] @returns {Response}
 */
function stamped(body, headers, hash) {
  const kept = new Headers(headers);
  SKIPPED_HEADERS.forEach((name) => kept.delete(name));
  kept.set(KEPT_AT, new Date().toISOString());
  if (hash) kept.set(KEPT_HASH, hash);
  return new Response(body, { headers: kept });
}

/** @param {string} root @returns {Promise<SiteFiles>} */
async function readList(root) {
  const response = await fetch(root + LIST, { cache: 'no-store' });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

/** @param {string} root @returns {Promise<Saved | null>} the whole site as it was saved last */
async function readState(root) {
  if (!await caches.has(cacheName(root))) return null;
  const cache = await caches.open(cacheName(root));
  const response = await cache.match(root + STATE);
  return response ? response.json() : null;
}

/**
 * Save every file of the list, but for those that are there already; what the list does not name is thrown away.
 * Rejects with a MixedUp error where a file is not the one of the list: then the site was just published anew.
 * @param {string} root @param {SiteFiles} list @param {(bytes: number) => void} [progress] gets what has been done so far
 * @param {AbortSignal} [signal]
 */
async function saveAll(root, list, progress = () => {}, signal) {
  const cache = await caches.open(cacheName(root));
  const queue = list.files.slice();
  let done = 0;
  const lane = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      await saveOne(cache, root, file, signal);
      progress(done += file[1]);
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } finally {
    queue.length = 0; // where one lane failed, the others stop
  }
  await throwOut(cache, new Set(list.files.map(([path]) => root + path)));
  const state = { build: list.build, at: new Date().toISOString(), bytes: list.bytes, files: list.files.length };
  await cache.put(root + STATE, new Response(JSON.stringify(state)));
}

/**
 * @param {Cache} cache @param {string} root @param {[path: string, size: number, hash: string]} file @param {AbortSignal} [signal]
 */
async function saveOne(cache, root, [path, , hash], signal) {
  const url = root + path;
  const there = await cache.match(url);
  if (there && there.headers.get(KEPT_HASH) === hash) return;
  const response = await fetchAnew(url, signal);
  const body = await response.arrayBuffer();
  if (await hashOf(body) !== hash) throw Object.assign(new Error(path), { name: 'MixedUp' });
  await cache.put(url, stamped(body, response.headers, hash));
}

/** @param {string} url @param {AbortSignal} [signal] @returns {Promise<Response>} past every cache, the worker's too */
async function fetchAnew(url, signal) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(url, { cache: 'reload', signal });
      if (!response.ok) throw Object.assign(new Error(`${response.status} ${url}`), { name: 'MixedUp' });
      return response;
    } catch (error) {
      if (attempt === FETCH_TRIES || (signal && signal.aborted)) throw error;
    }
  }
}

/** @param {ArrayBuffer} body @returns {Promise<string>} as scripts/offline.py makes it: 16 hexadecimal digits */
async function hashOf(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', body)).subarray(0, 8);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {Cache} cache @param {Set<string>} stay addresses */
async function throwOut(cache, stay) {
  const requests = await cache.keys();
  await Promise.all(requests.filter(({ url }) => !stay.has(url)).map((request) => cache.delete(request)));
}
