// The parts of a form: each field with its label, hint and error beside it, a summary of the errors on top, and the ways
// in which a result leaves the page. A download may fail in a chat app's browser, so the text to copy stands beside it.

let made = 0;

/** @param {string} stem @returns {string} an id that no other element has */
function freshId(stem) {
  made += 1;
  return `kb-${stem}-${made}`;
}

/**
 * @typedef {{ id: string, label: string, hint?: string, value?: string, kind?: 'line' | 'text' | 'number' | 'choice' | 'select',
 *   options?: [string, string][], groups?: [string, [string, string][]][], most?: number, counted?: boolean, rows?: number,
 *   required?: boolean, keys?: 'numeric' | 'tel' }} FieldOf
 *   `kind`: one line, several lines, one line on a numeric keyboard, one of `options` as radio buttons, or one of `options` and
 *   then of `groups` as a list to open; `most`: characters a form takes; `counted`: they are counted also where it is not known;
 *   `keys`: the phone's keyboard, where all that is asked for can be typed on it
 * @typedef {{ id: string, root: HTMLElement, input: HTMLElement, label: string, value: () => string,
 *   set: (value: string) => void, fail: (message: string) => void }} Field `fail('')` takes the error away
 */

/**
 * Make a field. `changed` is called with every edit, pasted and dictated ones too.
 * @param {FieldOf} of @param {() => void} changed @returns {Field}
 */
function fieldOf(of, changed) {
  return of.kind === 'choice' ? choiceOf(of, changed) : lineOf(of, changed);
}

/** @param {FieldOf} of @param {() => void} changed @returns {Field} */
function lineOf(of, changed) {
  const id = freshId(of.id);
  const [hint, error, count] = [`${id}-hint`, `${id}-error`, `${id}-count`];
  const input = controlOf(of, id);
  input.value = of.value || '';
  const parts = [
    make('label', { htmlFor: id, textContent: of.label + (of.required === false ? '（可不填）' : '') }),
    ...(of.hint ? [make('p', { id: hint, className: 'kb-hint', textContent: of.hint })] : []),
  ];
  const fault = make('p', { id: error, className: 'kb-fault', hidden: true });
  const counter = make('p', { id: count, className: 'kb-count', hidden: !of.most && !of.counted });
  const root = make('div', { className: 'kb-field' }, ...parts, fault, input, counter);
  const describe = () => {
    const ids = [of.hint ? hint : '', fault.hidden ? '' : error, of.most ? count : ''].filter(Boolean).join(' ');
    if (ids) input.setAttribute('aria-describedby', ids);
    else input.removeAttribute('aria-describedby');
  };
  const tell = () => {
    if (of.counted && !of.most) setText(counter, input.value ? `已写 ${lengthOf(input.value)} 字` : '');
    if (!of.most) return;
    const left = of.most - lengthOf(input.value);
    setText(counter, left < 0 ? `超出 ${-left} 字，最多 ${of.most} 字` : `已写 ${of.most - left} 字，最多 ${of.most} 字`);
    counter.classList.toggle('kb-over', left < 0);
  };
  input.addEventListener('input', () => {
    tell();
    changed();
  });
  tell();
  describe();
  return {
    id: of.id, root, input, label: of.label, value: () => input.value,
    set: (value) => { input.value = value; tell(); },
    fail: (message) => { showFault(root, input, fault, message); describe(); },
  };
}

/** @param {FieldOf} of @param {string} id @returns {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} */
function controlOf(of, id) {
  if (of.kind === 'text') return make('textarea', { id, rows: of.rows || 4 });
  if (of.kind === 'select') {
    const list = (/** @type {[string, string][]} */ options) => options.map(([value, textContent]) => make('option', { value, textContent }));
    return make('select', { id }, ...list(of.options || []), ...(of.groups || []).map(([label, options]) => make('optgroup', { label }, ...list(options))));
  }
  return make('input', { id, type: 'text', autocomplete: 'off', inputMode: of.keys || (of.kind === 'number' ? 'decimal' : '') });
}

/** @param {FieldOf} of @param {() => void} changed @returns {Field} */
function choiceOf(of, changed) {
  const id = freshId(of.id);
  const fault = make('p', { id: `${id}-error`, className: 'kb-fault', hidden: true });
  const radios = (of.options || []).map(([value], at) => make('input', {
    type: 'radio', name: id, value, id: `${id}-${at}`, checked: value === of.value, onchange: changed,
  }));
  const lines = (of.options || []).map(([, text], at) => make('div', { className: 'kb-choice' },
    radios[at], make('label', { htmlFor: radios[at].id, textContent: text })));
  const hint = of.hint ? [make('p', { id: `${id}-hint`, className: 'kb-hint', textContent: of.hint })] : [];
  const root = make('fieldset', { className: 'kb-field' }, make('legend', { textContent: of.label }), ...hint, fault, ...lines);
  const describe = () => {
    const ids = [of.hint ? `${id}-hint` : '', fault.hidden ? '' : fault.id].filter(Boolean).join(' ');
    if (ids) root.setAttribute('aria-describedby', ids);
    else root.removeAttribute('aria-describedby');
  };
  describe();
  return {
    id: of.id, root, input: radios[0], label: of.label,
    value: () => (radios.find((radio) => radio.checked) || { value: '' }).value,
    set: (value) => radios.forEach((radio) => { radio.checked = radio.value === value; }),
    fail: (message) => { showFault(root, radios[0], fault, message); describe(); },
  };
}

/** @param {HTMLElement} root @param {HTMLElement} input @param {HTMLElement} fault @param {string} message */
function showFault(root, input, fault, message) {
  setText(fault, message);
  fault.hidden = !message;
  root.classList.toggle('kb-wrong', Boolean(message));
  if (message) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
}

/**
 * Show the errors of a form in one list at its top, each leading to its field, and beside their fields; move the focus
 * there. Without errors the list goes away.
 * @param {HTMLElement} place @param {Field[]} fields @param {Record<string, string>} errors by the field's id
 * @returns {boolean} whether there is none
 */
function showErrors(place, fields, errors) {
  fields.forEach((field) => field.fail(errors[field.id] || ''));
  const wrong = fields.filter((field) => errors[field.id]);
  place.hidden = !wrong.length;
  fill(place);
  if (!wrong.length) return true;
  const items = wrong.map((field) => make('li', {}, make('a', {
    href: `#${field.input.id}`, textContent: `${field.label}：${errors[field.id]}`,
    onclick: (event) => { event.preventDefault(); field.input.focus(); },
  })));
  const title = make('p', { className: 'kb-summary-title', textContent: `有 ${wrong.length} 处要改` });
  add(place, title, make('ul', {}, ...items));
  moveFocus(place);
  return false;
}

/**
 * Put fields into a form with its button: Enter in any of them, or a phone keyboard's own key for it, does the same. It leads
 * nowhere.
 * @param {(Node | string)[]} parts @param {string} words of the button @param {() => void} submit @param {string} className
 *   of the button @returns {HTMLElement}
 */
function formOf(parts, words, submit, className) {
  const form = make('form', { noValidate: true }, ...parts, make('button', { type: 'submit', className: `kb-button ${className}`, textContent: words }));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  return form;
}

/** @returns {HTMLElement} the place for the errors of a form */
function errorPlace() {
  const place = make('div', { className: 'kb-summary', hidden: true, tabIndex: -1 });
  place.setAttribute('role', 'alert');
  return place;
}

/**
 * Let the browser save a file. Chat apps' browsers may refuse it without a word.
 * @param {string} name @param {Blob} blob
 */
function saveFile(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = make('a', { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/** @returns {string} what is said once a file was given to the browser, of which nothing more is heard */
function handedOver() {
  return inWeChat() ? '微信里多半收不到文件；请用“复制”，或者点右上角“…”，选“在浏览器打开”再存。' : '已交给浏览器保存。';
}

/** @returns {HTMLElement} what to do where a file does not arrive */
function saveHint() {
  return make('p', { className: 'kb-hint', textContent: inWeChat() ? `${WECHAT}或者用上面的“复制”。` : '没有反应，就用上面的“复制”。' });
}
