// How the engine is spoken to: here as a worker. port-local.js is the same for a page that cannot start one.

/**
 * @typedef {{ here: string, post: (message: object) => void, hear: (take: (message: { type: number, data: any }) => void) => void }} Port
 * `here`: the address of this script
 */

/** @type {Port} */
const port = {
  here: self.location.href,
  post: (message) => self.postMessage(message),
  hear: (take) => addEventListener('message', ({ data }) => take(data)),
};
