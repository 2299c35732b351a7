// The search box in the head of every page but the search page. It is open while its check box is ticked; the worker starts
// when the reader reaches for it.

const COMPOSING = 229; // key code while an input method is at work

// What a result's link carried is marked on the page by a script of its own.
if (/[?&]h=/.test(location.search)) document.body.append(make('script', { src: new URL('highlight.js', HERE).href }));

/** @type {HTMLElement | null} */
const dialog = document.querySelector('.md-search');

/** The box: its parts, the worker behind it, and the answer that it shows. */
class SearchBox {
  /** @param {HTMLElement} root */
  constructor(root) {
    const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (root.querySelector(selector));
    this.root = root;
    this.box = /** @type {HTMLInputElement} */ (find('.md-search__input'));
    this.meta = find('.md-search-result__meta');
    this.note = find('.kb-note');
    this.list = find('.md-search-result__list');
    this.all = /** @type {HTMLAnchorElement} */ (find('.kb-all'));
    this.toggle = /** @type {HTMLInputElement} */ (document.getElementById('__search'));
    this.page = this.all.href;
    this.announce = announcer(find('[role=status]'));
    this.answer = NO_ANSWER;
    this.client = new LateWorker((message) => this.hear(message));
    this.linkTo('');
    this.watch();
    watchKeys(this);
  }

  watch() {
    const { box, root, toggle, client } = this;
    // A finger is on the box for a tenth of a second before the box is focused.
    document.querySelectorAll('[for=__search]').forEach((way) => way.addEventListener('pointerdown', () => client.start()));
    box.addEventListener('pointerdown', () => client.start());
    box.addEventListener('focus', () => this.open(true));
    toggle.addEventListener('change', () => this.open(toggle.checked));
    box.addEventListener('input', () => client.ask(box.value)); // typed, pasted, dictated, composed
    /** @type {HTMLFormElement} */ (box.form).addEventListener('reset', () => setTimeout(() => this.choose('')));
    this.list.addEventListener('click', ({ target }) => target instanceof Element && target.closest('a') && this.open(false));
    root.addEventListener('focusout', ({ relatedTarget }) => {
      const to = /** @type {Node | null} */ (relatedTarget);
      if (toggle.checked && to && !root.contains(to)) this.open(false);
    });
    const query = new URLSearchParams(location.search).get('q');
    if (query) this.choose(query);
  }

  /** @param {boolean} wanted */
  open(wanted) {
    this.toggle.checked = wanted;
    if (!wanted) this.box.blur();
    else if (document.activeElement !== this.box) this.box.focus();
    if (wanted) this.client.start();
    this.showOptions();
  }

  /** @param {Message} message */
  hear({ type, data }) {
    if (type === RESULT) this.show(data);
    if (type === FAILED) this.fail();
    if (type === LOADING) this.say(WORDS.search.loading);
    if (type === READY && !this.box.value.trim()) this.say(WORDS.search.hint);
    if (type === LOADING || type === READY) offer(this.note, '', []);
  }

  /** @param {string} text @param {string[]} words */
  say(text, words = []) {
    this.meta.textContent = text;
    this.announce(this.toggle.checked ? text + (words.length ? WORDS.search.maybe + words.join('、') : '') : '');
  }

  /** @param {Answer} data */
  show(data) {
    const asked = this.box.value.trim();
    const again = data.query === this.answer.query; // the same with snippets: the reader may have chosen an option
    const { note, pages } = this.answer = data;
    const words = asked ? note.maybe : [];
    const kept = again && this.box.getAttribute('aria-activedescendant');
    this.say(asked ? verdict(note, pages.length) : WORDS.search.hint, words);
    offer(this.note, WORDS.search.maybe, words, (word) => this.choose(word));
    this.linkTo(asked);
    fill(this.list, ...(asked ? pages : []).map(boxItem));
    this.showOptions(kept);
  }

  /** @param {string} word */
  choose(word) {
    this.box.value = word;
    this.client.ask(word);
    this.open(true);
  }

  /** @param {string} query */
  linkTo(query) {
    this.all.textContent = query ? WORDS.search.all : WORDS.search.index;
    this.all.href = this.page + (query ? `?${new URLSearchParams({ q: query.slice(0, LONGEST_LINK) })}` : '#index');
  }

  openAll() {
    this.linkTo(this.box.value.trim());
    this.all.click();
  }

  /** @param {string | false | null} [kept] */
  showOptions(kept) {
    const { box, list, toggle } = this;
    const options = optionsOf(list);
    box.setAttribute('aria-expanded', String(toggle.checked && options.length > 0));
    list.setAttribute('role', options.length ? 'listbox' : 'list');
    activate(box, options, options.findIndex(({ id }) => id === kept));
  }

  fail() {
    this.say(WORDS.search.broken);
    offer(this.note, '', [WORDS.search.again], () => {
      this.client.restart();
      this.box.focus();
    });
    this.linkTo('');
  }
}

/**
 * One page that was found: an option for the page, and one for each section.
 * @param {Shown} page @param {number} at its place @returns {HTMLElement}
 */
function boxItem(page, at) {
  /** @param {string} anchor @param {number} nth @param {...(Node | string)} inside */
  const option = (anchor, nth, ...inside) => {
    const link = make('a', { id: `kb-result-${at}-${nth}`, className: 'md-search-result__link', href: ROOT + page.url + (anchor && `#${anchor}`), tabIndex: -1 });
    link.setAttribute('role', 'option');
    link.append(make('div', { className: 'md-search-result__article md-typeset' }, ...inside));
    return link;
  };
  const line = kindLine(page);
  const item = make('li', { className: 'md-search-result__item' }, option(
    page.start, 0, make('h1', {}, ...marked(page.title)), ...(line ? [line] : []), make('p', {}, ...marked(page.about)),
  ), ...page.sections.map(({ anchor, heading, text }, nth) => option(
    anchor, nth + 1, make('h2', {}, ...marked(heading)), make('p', {}, ...marked(text)),
  )));
  item.setAttribute('role', 'presentation');
  carryWords(item);
  return item;
}

/** @param {HTMLElement} list @returns {HTMLElement[]} */
function optionsOf(list) {
  return Array.from(list.querySelectorAll('[role=option]'));
}

/**
 * Keys of a combobox: focus stays in the field, the arrows walk through the options. Enter opens the first result where
 * all of the query was found there; else it leads to the page with all results.
 * @param {SearchBox} parts
 */
function watchKeys(parts) {
  const { box, list, root } = parts;
  box.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === COMPOSING || event.altKey || event.ctrlKey || event.metaKey) return;
    const options = optionsOf(list);
    const active = options.findIndex(({ id }) => id === box.getAttribute('aria-activedescendant'));
    const step = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 })[event.key];
    const chosen = options[active] || (parts.answer.note.kind === 'found' && options[0]);
    if (step) activate(box, options, active + step);
    else if (event.key !== 'Enter') return;
    else if (chosen) chosen.click();
    else if (box.value.trim()) parts.openAll();
    event.preventDefault();
  });
  root.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    parts.open(false);
    /** @type {HTMLElement} */ (document.querySelector('.md-header [for=__search]')).focus(); // where it is shown
  });
  onSearchKey(() => parts.open(true));
}

/**
 * Point the field at option `at`; before the first and after the last, the field itself has its turn.
 * @param {HTMLElement} box @param {HTMLElement[]} options @param {number} at
 */
function activate(box, options, at) {
  const turns = options.length + 1;
  const option = options[(at + turns) % turns];
  options.forEach((each) => each.setAttribute('aria-selected', String(each === option)));
  box.setAttribute('aria-activedescendant', option ? option.id : '');
  if (option) option.scrollIntoView({ block: 'nearest' });
}

if (dialog && window.Worker) new SearchBox(dialog);
