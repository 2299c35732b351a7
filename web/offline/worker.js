// The site's service worker: it keeps what a reader has opened and shows it where the network fails. The network comes
// first, because a deadline may have changed; only files whose name carries their hash are taken from the device first.
// The file that is sent begins with the build's hash (scripts/offline.py), so that each build replaces the worker.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const PATIENCE = 4000; // milliseconds after which a kept copy is shown while the network is still at it
const MOST = 400; // files kept as visited; older ones go
const MOST_LISTED = 40;
const FOREVER = /[./-][0-9a-f]{8,}[./]/;
const WORTH = /(?:\/|\.(?:html|css|js|json|svg|png|ico|webmanifest|docx))$/;
const CONTENT = /<article[^>]*>/;
const TITLE = /<title>([^<]*?)(?: - [^<-]*)?<\/title>/;

const root = worker.registration.scope;
let patience = PATIENCE; // for what a page needs; none where the page itself had to come from the device

// A new worker brings the saved site up to date, or is tried again with the next page. Then it waits until no page is
// open: skipWaiting() at times left the page that was just being opened hanging, and the old worker serves as well.
worker.addEventListener('install', (event) => event.waitUntil(caches.open(cacheName(root)).then(renew)));

worker.addEventListener('activate', (event) => {
  const ahead = worker.registration.navigationPreload;
  event.waitUntil(Promise.all([worker.clients.claim(), ahead && ahead.enable()]));
});

// A page says that it has loaded, and what it had loaded before there was a worker.
worker.addEventListener('message', (event) => {
  const urls = /** @type {string[]} */ (event.data).filter((url) => isOurs(url));
  const keeping = urls.map(async (url) => keep(keyOf(url), await fetch(url, { cache: 'force-cache' })));
  event.waitUntil(Promise.all(keeping).then(prune).catch(() => {}));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const past = request.cache === 'reload' || request.cache === 'no-store'; // such a request wants no cache
  if (request.method !== 'GET' || request.headers.has('range') || !isOurs(request.url)) return;
  if (request.mode === 'navigate') event.respondWith(answerPage(event));
  else if (!past) event.respondWith(answerFile(event));
});

/** @param {string} url @returns {boolean} */
function isOurs(url) {
  return url.startsWith(root) && WORTH.test(new URL(url).pathname);
}

/** @param {string} url @returns {string} a page has one copy, whatever was asked of it */
function keyOf(url) {
  const { origin, pathname, search } = new URL(url);
  const page = pathname.replace(/\/index\.html$/, '/');
  return origin + page + (/(?:\/|\.html)$/.test(page) ? '' : search);
}

/** @param {FetchEvent} event @returns {Promise<Response>} */
async function answerPage(event) {
  const early = Promise.resolve(event.preloadResponse).then((response) => response || fetch(event.request));
  const coming = fetched(event, early);
  const kept = await find(event.request.url);
  patience = PATIENCE;
  try {
    const response = await (kept ? soon(coming, PATIENCE) : coming);
    if (!kept || response.status < 500) return response;
  } catch (error) {
    // What is kept is shown below.
  }
  patience = 0;
  return kept ? noted(kept) : nothingKept();
}

/** @param {FetchEvent} event @returns {Promise<Response>} */
async function answerFile(event) {
  const kept = await find(event.request.url);
  if (kept && FOREVER.test(event.request.url.slice(root.length - 1))) return kept;
  const coming = fetched(event, fetch(event.request));
  if (!kept) return coming;
  try {
    const response = await soon(coming, patience);
    return response.status < 500 ? response : kept;
  } catch (error) {
    return kept;
  }
}

/**
 * Return what comes from the network, of which a copy is kept, late as it may be.
 * @param {FetchEvent} event @param {Promise<Response>} coming @returns {Promise<Response>}
 */
function fetched(event, coming) {
  const both = coming.then((response) => ({ response, copy: response.clone() }));
  event.waitUntil(both.then(({ copy }) => keep(keyOf(event.request.url), copy)).catch(() => {}));
  const answer = both.then(({ response }) => response);
  answer.catch(() => {}); // it may fail before anyone waits for it
  return answer;
}

/** @param {Promise<Response>} coming @param {number} wait milliseconds @returns {Promise<Response>} rejects when they are over */
function soon(coming, wait) {
  return Promise.race([coming, new Promise((_, reject) => setTimeout(reject, wait))]);
}

/** @param {string} url @returns {Promise<Response | undefined>} the copy, if any; none where storage is denied */
async function find(url) {
  try {
    if (await caches.has(cacheName(root))) return await (await caches.open(cacheName(root))).match(keyOf(url));
  } catch (error) {
    // The network must do.
  }
  return undefined;
}

/**
 * Keep a response. Where the reader has removed what was kept, there is no cache, and none is made.
 * @param {string} key @param {Response} response
 */
async function keep(key, response) {
  if (!await caches.has(cacheName(root))) return;
  const cache = await caches.open(cacheName(root));
  if (response.status === 404 || response.status === 410) await cache.delete(key);
  else if (response.status === 200 && response.type === 'basic' && !response.redirected) {
    await cache.put(key, stamped(response.body, response.headers));
  }
}

/** Bring the whole site up to date if the reader has saved it; of a new build only what has changed is fetched. */
async function renew() {
  const saved = await readState(root);
  const list = saved && await readList(root);
  if (saved && list && saved.build !== list.build) await saveAll(root, list);
}

/** Throw out what was kept first, except where the reader has saved the whole site. */
async function prune() {
  if (await readState(root) || !await caches.has(cacheName(root))) return;
  const cache = await caches.open(cacheName(root));
  const requests = await cache.keys();
  await Promise.all(requests.slice(0, Math.max(0, requests.length - MOST)).map((request) => cache.delete(request)));
}

/** @param {Response} kept @returns {Promise<Response>} a kept page that says so */
async function noted(kept) {
  if (!/html/.test(kept.headers.get('content-type') || '')) return kept;
  const line = `<p class="kb-offline">离线内容，存于 ${moment(kept.headers.get(KEPT_AT) || '')}；期限以后台为准。</p>`;
  const text = (await kept.text()).replace(CONTENT, (start) => start + line);
  return new Response(text, { headers: kept.headers });
}

/** @param {string} iso @returns {string} as the reader's clock shows it */
function moment(iso) {
  const date = new Date(iso);
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** @returns {Promise<Response>} a page that names the pages which are kept */
async function nothingKept() {
  const links = await listed().catch(() => []);
  const text = `<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><title>没有连上网</title><h1>没有连上网，这一页没有存过</h1>
<p>连上网以后再打开。${links.length ? '这些页存过，现在就能看：' : ''}</p><ul>${links.join('')}</ul></html>`;
  return new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" } });
}

/** @returns {Promise<string[]>} a link to each page that is kept, as HTML: its title stands escaped in the page */
async function listed() {
  const cache = await caches.open(cacheName(root));
  const pages = (await cache.keys()).filter(({ url }) => url.endsWith('/')).slice(-MOST_LISTED);
  return Promise.all(pages.map(async (request) => {
    const page = /** @type {Response} */ (await cache.match(request));
    const [, title] = TITLE.exec(await page.text()) || ['', request.url];
    return `<li><a href="${request.url}">${title}</a></li>`;
  }));
}
