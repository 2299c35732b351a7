// How a tool begins on its page, and how it shows a view: at once what a hand waits for, the rest a part a frame.

shown = keepTogether;

let opening = false; // while a page opens there is no hand to answer: all of it is shown at once

/**
 * Start a tool: give `draw` its data and its place. Where that fails, the page says so; its text still helps.
 * @param {(data: any, place: HTMLElement) => void} draw
 */
function startTool(draw) {
  const place = document.getElementById('kb-tool');
  const data = document.getElementById('kb-data');
  if (!place || !data || place.classList.contains('kb-on')) return;
  place.classList.add('kb-on');
  opening = true;
  try {
    draw(JSON.parse(data.textContent || ''), place);
  } catch (error) {
    fill(place, make('p', { className: 'kb-fault', textContent: '这个工具在你的浏览器里打不开；下面的表和说明一样能用。' }));
    throw error;
  } finally {
    opening = false;
  }
}

/** @param {{sources: Record<string, string[]>}} data @param {string} source @returns {HTMLElement} a link to what it says */
function sourceLink(data, source) {
  const [name, gist, href] = data.sources[source] || ['', '', ''];
  return make('a', { className: 'kb-source', href, title: gist, textContent: name });
}

/** @param {[href: string, text: string][]} links @returns {HTMLElement[]} where a case goes on from here */
function goOn(links) {
  return [make('h4', { textContent: '接着做' }),
    make('ul', { className: 'kb-onward' }, ...links.map(([href, textContent]) => make('li', {}, make('a', { href, textContent, className: 'kb-alone' }))))];
}

/**
 * Do something once what stands on the page now was painted, at the beginning of the next frame: what it draws need not
 * wait for one more.
 * @param {() => void} work
 */
function afterFrame(work) {
  requestAnimationFrame(() => { requestAnimationFrame(work); });
}

/**
 * Return what asks for some work: it is done once, after the next frame, however often it was asked for by then. So a key
 * that was pressed is seen first.
 * @param {() => void} work @returns {() => void}
 */
function onceSoon(work) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    afterFrame(() => {
      waiting = false;
      work();
    });
  };
}

/**
 * Do what nobody sees yet a part a frame, so that a tap is answered at once. Ends where `place` has left the page.
 * @param {HTMLElement} place @param {(() => void)[]} parts
 */
function inParts(place, [first, ...rest]) {
  if (!first) return;
  afterFrame(() => {
    if (!place.isConnected) return;
    first();
    inParts(place, rest);
  });
}

/**
 * Show a view: what a hand waits for now, the rest a part a frame. Until all is there the place is busy and no lower than it
 * was, so that what stands below is not drawn up and pushed down again under a finger.
 * @param {HTMLElement} place @param {Node[]} first @param {...(() => (Node | string)[])} rest
 */
function fillSoon(place, first, ...rest) {
  const soon = !opening && rest.length > 0;
  const end = () => { place.style.minHeight = ''; place.removeAttribute('aria-busy'); };
  const parts = [...rest.map((part) => () => add(place, ...part())), end];
  if (soon) {
    if (place.firstChild) place.style.minHeight = `${place.offsetHeight}px`; // an empty one has no height to be laid out for
    place.setAttribute('aria-busy', 'true');
  }
  fill(place, ...first);
  if (soon) inParts(/** @type {HTMLElement} */ (place.firstChild), parts);
  else parts.forEach((part) => part());
}

/**
 * Bring the reader to what was just shown, once it is painted: to move the focus and to scroll would keep the first sight of it
 * waiting. A reader who went elsewhere by then is left there.
 * @param {HTMLElement} element @param {HTMLElement} [top] what the window then begins with
 */
function moveFocus(element, top) {
  const stood = document.activeElement;
  const move = () => {
    if (document.activeElement !== stood) return;
    element.focus();
    if (top) top.scrollIntoView();
  };
  if (opening) move();
  else afterFrame(move);
}

/** Bring the reader to the heading of what was just shown. @param {HTMLElement} root @param {HTMLElement} [top] as of `moveFocus` */
function focusHeading(root, top) {
  const heading = /** @type {HTMLElement | null} */ (root.querySelector('h2, h3'));
  if (!heading) return;
  heading.tabIndex = -1;
  moveFocus(heading, top);
}
