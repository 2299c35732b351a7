// Pages are kept as they are read, for when there is no network (web/offline/worker.js). Never needed, and silent where
// it is not to be had: in a private window, in many chat apps, from a disk, and where the reader has removed it.

const KEEP_KEY = 'kb-offline';
const KEEPER = new URL('../../sw.js', /** @type {HTMLScriptElement} */ (document.currentScript).src).href;

// A site without this link offers nothing, and its sw.js takes the old worker away.
if (document.querySelector('.kb-offline-way') && /^http/.test(KEEPER)) {
  window.addEventListener('load', () => keepPages().catch(() => {}));
}

async function keepPages() {
  if (localStorage.getItem(KEEP_KEY) === 'off') return;
  const keeper = navigator.serviceWorker;
  const loaded = keeper.controller ? [] : [location.href, ...performance.getEntriesByType('resource').map(({ name }) => name)];
  await keeper.register(KEEPER);
  const { active } = await keeper.ready;
  /** @type {ServiceWorker} */ (active).postMessage(loaded);
}
