// In the place of the worker where the site offers no offline copy any more: it takes the old worker and its copies away.

const retired = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

retired.addEventListener('install', () => retired.skipWaiting());
retired.addEventListener('activate', (event) => {
  const { scope } = retired.registration;
  event.waitUntil(caches.delete(cacheName(scope)).then(() => retired.registration.unregister()));
});
