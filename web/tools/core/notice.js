// Where a tool tells what became of what was filled in.

const BAR = 50; // pixels: about as high as the bar on top of the window

/**
 * @typedef {{ root: HTMLElement, tell: (text: string) => void }} Notice
 */

/**
 * Where a tool says what became of what was filled in: on its top, and again below what the reader touched last where the
 * top is out of sight.
 * @param {HTMLElement} place of the tool @param {string} text to begin with @returns {Notice}
 */
function noticeOf(place, text) {
  const root = make('p', { className: 'kb-told kb-notice', textContent: text });
  root.setAttribute('role', 'status');
  const near = make('p', { className: 'kb-told kb-near' }); // no status of its own: it would be read out twice
  let hand = /** @type {Element | null} */ (null);
  const touched = (/** @type {Event} */ { target }) => { hand = /** @type {Element} */ (target); };
  ['input', 'click'].forEach((kind) => place.addEventListener(kind, touched, true));
  const beside = () => {
    if (!hand || !place.contains(hand)) return null;
    return hand.closest('.kb-hands') || (inSight(root) ? null : hand.closest('.kb-ground, .kb-field, .kb-item'));
  };
  const tell = (/** @type {string} */ said) => {
    setText(root, said);
    setText(near, said);
    const above = said ? beside() : null;
    if (!above) near.remove();
    else if (above.nextSibling !== near) above.after(near);
  };
  return { root, tell };
}

/** @param {Element} element @returns {boolean} whether it stands in the window, below the bar on top and above a keyboard */
function inSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  const { height } = window.visualViewport || { height: window.innerHeight };
  return top >= BAR && bottom <= height;
}
