// The lines at the end of every tool: what was filled in goes along, comes back, is cleared.

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
