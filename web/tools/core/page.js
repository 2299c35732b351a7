// How a tool begins on its page, and the line of things that all tools offer for what was filled in.

shown = keepTogether;

const BAR = 50; // pixels: about as high as the bar on top of the window
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

/**
 * The lines at the end of every tool: take what was filled in along, as a file or copied, read it again, clear it.
 * @template State
 * @param {Store<State>} store @param {string} title @param {Notice} notice @param {() => State} state
 * @param {(state: State | null) => string} use takes and keeps a state that was read, or null to begin anew; returns what
 *   keeping it said @returns {HTMLElement}
 */
function keeping(store, title, notice, state, use) {
  const box = make('div', {}); // made when asked for: a browser looks through all fields, hidden ones too
  const take = (/** @type {string} */ text) => {
    const read = store.imported(text);
    if ('error' in read) return read.error;
    const said = use(read.state);
    notice.tell(said || (read.whole ? '已读入。' : '已读入；有一部分读不出来，没有用上。'));
    return '';
  };
  const input = make('input', { type: 'file', accept: '.json,application/json', hidden: true });
  input.addEventListener('change', async () => {
    const [file] = Array.from(input.files || []);
    if (!file) return;
    const error = take(await file.text());
    input.value = '';
    if (error) notice.tell(error);
  });
  const save = buttonOf('存成文件', () => {
    saveFile(`${title}.json`, new Blob([store.exported(state())], { type: 'application/json' }));
    notice.tell(handedOver());
  }, 'kb-quiet');
  const copy = buttonOf('复制填的内容', () => copyInto(box, copy, () => store.exported(state()), notice), 'kb-quiet');
  const open = buttonOf('读入文件', () => input.click(), 'kb-quiet');
  const paste = buttonOf('粘贴读入', () => pasteInto(box, paste, take), 'kb-quiet');
  const aside = asideOf(store, title, notice);
  const clear = buttonOf('清空', () => {
    if (!window.confirm('清空这里填的全部内容？这台设备上存的也一起删掉。')) return;
    store.clear();
    fill(aside);
    use(null);
    notice.tell('已清空。');
  }, 'kb-quiet');
  const note = make('p', { className: 'kb-hint', textContent: '填的内容只存在这台设备的浏览器里，不会发给任何人。' });
  return make('div', { className: 'kb-keep' }, make('div', { className: 'kb-hands' }, save, copy, open, paste, clear, input, box),
    saveHint(), aside, note);
}

/**
 * Copy what is kept, so that a chat or a note holds it. Where copying is denied, it is shown selected.
 * @param {HTMLElement} box @param {HTMLElement} button @param {() => string} text @param {Notice} notice
 */
async function copyInto(box, button, text, notice) {
  const area = make('textarea', { className: 'kb-copied', hidden: true, readOnly: true, rows: 8 });
  area.setAttribute('aria-label', button.textContent || '');
  fill(box, area);
  const done = await copied(text(), area);
  if (done) {
    fill(box);
    button.focus();
  } else area.select();
  notice.tell(done ? WORDS.keep.copied : WORDS.keep.by_hand);
}

/**
 * Open a field into which what was copied is pasted, or close it.
 * @param {HTMLElement} box @param {HTMLElement} button @param {(text: string) => string} take returns why it is not taken
 */
function pasteInto(box, button, take) {
  const open = Boolean(box.querySelector('.kb-field'));
  fill(box);
  if (open) return;
  const field = fieldOf({ id: 'paste', label: '粘贴以前复制的内容', kind: 'text' }, () => field.fail(''));
  const read = buttonOf('读入', () => {
    const error = take(field.value());
    field.fail(error.replace('请选对文件', '请粘贴完整的一份'));
    (error ? field.input : button).focus();
    if (!error) fill(box);
  }, 'kb-main');
  fill(box, field.root, read);
  field.input.focus();
}

/**
 * What was found and could not be read: the reader may take it along. Empty where there is none.
 * @template State
 * @param {Store<State>} store @param {string} title @param {Notice} notice @returns {HTMLElement}
 */
function asideOf(store, title, notice) {
  const root = make('div', {});
  if (!store.aside()) return root;
  const box = make('div', {});
  const copy = buttonOf('复制读不出来的原文', () => copyInto(box, copy, store.aside, notice), 'kb-quiet');
  const save = buttonOf('把它存成文件', () => {
    saveFile(`${title}，读不出来的.txt`, new Blob([store.aside()], { type: 'text/plain' }));
    notice.tell(handedOver());
  }, 'kb-quiet');
  const note = make('p', { className: 'kb-hint', textContent: '以前填的有读不出来的，原文还留在这台设备上；“清空”时一起删掉。' });
  root.append(make('div', { className: 'kb-hands' }, copy, save, box), note);
  return root;
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
    place.style.minHeight = `${place.offsetHeight}px`;
    place.setAttribute('aria-busy', 'true');
  }
  fill(place, ...first);
  if (soon) inParts(/** @type {HTMLElement} */ (place.firstChild), parts);
  else parts.forEach((part) => part());
}

/** Bring the reader to the heading of what was just shown. @param {HTMLElement} root */
function focusHeading(root) {
  const heading = /** @type {HTMLElement | null} */ (root.querySelector('h2, h3'));
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}
