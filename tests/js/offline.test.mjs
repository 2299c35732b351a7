import assert from 'node:assert/strict';
import { test } from 'node:test';

import { load } from './load.mjs';

const ROOT = 'https://ab12cd34ef.example/kb/'; // a preview's host may look like a hash; only what is below it counts
const AT = { 'content-type': 'text/html', 'x-kb-kept': '2026-11-20T04:05:00.000Z' };

/** Start the worker with `kept` (path: Response) on the device; `net` answers what it fetches. */
function start(net, kept = {}, { denied = false, timer = setTimeout } = {}) {
  const there = new Map(Object.entries(kept).map(([path, response]) => [ROOT + path, response]));
  const cache = {
    match: async (key) => (there.has(key.url || key) ? there.get(key.url || key).clone() : undefined),
    put: async (key, response) => { there.set(key, response); },
    delete: async (key) => there.delete(key),
    keys: async () => Array.from(there.keys(), (url) => ({ url })),
  };
  const caches = { has: async () => { if (denied) throw new Error('denied'); return true; }, open: async () => cache };
  const listeners = {};
  const self = { registration: { scope: ROOT }, addEventListener: (name, hear) => { listeners[name] = hear; } };
  load(['web/offline/kept.js', 'web/offline/worker.js'], { self, caches, fetch: net, setTimeout: timer });
  return { there, listeners };
}

/** Ask the worker for `path`; returns what the page gets, or undefined where the worker leaves it to the browser. */
async function ask({ listeners }, path, { mode = 'navigate', method = 'GET', headers = {}, cache = 'default', url = ROOT + path } = {}) {
  const waits = [];
  let answer;
  const request = { url, mode, method, cache, headers: new Headers(headers) };
  listeners.fetch({ request, respondWith: (given) => { answer = given; }, waitUntil: (wait) => waits.push(wait) });
  const response = await answer;
  await Promise.all(waits);
  return response;
}

/** A response as it comes from the network of one's own host. */
function page(text, { status = 200, redirected = false } = {}) {
  const response = new Response(`<article class="a">${text}</article>`, { headers: AT, status });
  const clone = () => page(text, { status, redirected });
  return Object.defineProperties(response, { type: { value: 'basic' }, redirected: { value: redirected }, clone: { value: clone } });
}

const down = async () => { throw new TypeError('Failed to fetch'); };

test('the network comes first, and what it brings is kept under one address', async () => {
  const worker = start(async () => page('new'), { 'a/': page('old') });
  assert.match(await (await ask(worker, 'a/?h=secret')).text(), />new</);
  assert.deepEqual(Array.from(worker.there.keys()), [`${ROOT}a/`]);
  assert.match(await worker.there.get(`${ROOT}a/`).text(), />new</);
});

test('without a network, or where the server fails, the copy is shown and says so', async () => {
  for (const net of [down, async () => page('broken', { status: 502 })]) {
    const text = await (await ask(start(net, { 'a/': page('old') }), 'a/index.html')).text();
    assert.match(text, /<article class="a"><p class="kb-offline">离线内容，存于 2026-11-20 \d\d:05；期限以后台为准。<\/p>old/);
  }
});

test('a slow network is not waited for where there is a copy, and its answer is kept when it comes', async () => {
  const worker = start(() => new Promise((resolve) => setTimeout(resolve, 5, page('late'))), { 'a/': page('old') }, { timer: (late) => late() });
  assert.match(await (await ask(worker, 'a/')).text(), /离线内容.*old/);
  assert.match(await worker.there.get(`${ROOT}a/`).text(), />late</);
});

test('an answer that is no copy of a page is passed on and not kept', async () => {
  for (const [asked, options, kept] of [['b/', { status: 404 }, []], ['c/', { status: 500 }, ['b/']], ['c/', { redirected: true }, ['b/']]]) {
    const worker = start(async () => page('x', options), { 'b/': page('old') });
    assert.equal((await ask(worker, asked)).status, options.status || 200);
    assert.deepEqual(Array.from(worker.there.keys()), kept.map((path) => ROOT + path));
  }
});

test('where nothing was kept, the page names what was', async () => {
  const titled = page('x<title>甲&amp;乙 - 站</title>');
  const text = await (await ask(start(down, { 'a/': titled }), 'c/')).text();
  assert.match(text, /没有存过.*<a href="https:\/\/ab12cd34ef.example\/kb\/a\/">甲&amp;乙<\/a>/s);
});

test('a file with its hash in its name is taken from the device, any other from the network', async () => {
  const kept = { 'x.57a0d79d.js': page('old'), 'x.js': page('old') };
  assert.match(await (await ask(start(down, kept), 'x.57a0d79d.js', { mode: 'cors' })).text(), />old</);
  assert.match(await (await ask(start(async () => page('new'), kept), 'x.js', { mode: 'cors' })).text(), />new</);
  assert.match(await (await ask(start(down, kept), 'x.js', { mode: 'cors' })).text(), />old</);
  await assert.rejects(ask(start(down), 'x.js', { mode: 'cors' }), TypeError);
});

test('what is none of its business is left to the browser', async () => {
  const worker = start(down);
  const others = [
    ['', { method: 'POST' }], ['x.js', { headers: { range: 'bytes=0-1' }, mode: 'cors' }], ['x.js', { cache: 'reload', mode: 'cors' }],
    ['offline.json', { cache: 'no-store', mode: 'cors' }], ['llms-full.txt', {}], ['', { url: 'https://ab12cd34ef.example/other/' }],
  ];
  for (const [path, options] of others) assert.equal(await ask(worker, path, options), undefined);
});

test('where storage is denied the network is passed on', async () => {
  assert.match(await (await ask(start(async () => page('new'), {}, { denied: true }), 'a/')).text(), />new</);
});
