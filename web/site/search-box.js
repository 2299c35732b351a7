// The theme's search box. The theme starts its worker on every page; ours starts when the reader reaches for the box,
// so this script runs before the theme's bundle. The theme renders the answers; here they get what it does not know.

const COMPOSING = 229; // key code while an input method is at work

// What a result's link carried is marked on the page by a script of its own.
if (/[?&]h=/.test(location.search)) {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  document.body.append(make('script', { src: new URL('highlight.js', script.src).href }));
}

/** @type {HTMLElement | null} */
const dialog = document.querySelector('.md-search');

if (dialog && window.Worker) {
  const Native = window.Worker;
  window.Worker = /** @type {any} */ (function SearchWorker(/** @type {string} */ url) {
    window.Worker = Native; // the theme starts one worker, and it is the search
    return new SearchBox(dialog, url, Native).client.stand;
  });
}

/** The box: its parts, the worker behind it, and the answer that it shows. */
class SearchBox {
  /** @param {HTMLElement} root @param {string} url @param {typeof Worker} Native */
  constructor(root, url, Native) {
    const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (root.querySelector(selector));
    this.box = /** @type {HTMLInputElement} */ (find('.md-search__input'));
    this.meta = find('.md-search-result__meta');
    this.note = find('.kb-note');
    this.list = find('.md-search-result__list');
    this.all = /** @type {HTMLAnchorElement} */ (find('.kb-all'));
    this.toggle = /** @type {HTMLInputElement} */ (document.getElementById('__search'));
    this.page = this.all.href;
    this.announce = announcer(find('[role=status]'));
    this.answer = NO_ANSWER;
    this.client = new LateWorker(url, Native, (message) => this.hear(message));
    this.linkTo('');
    this.watch(root);
  }

  /** @param {HTMLElement} root */
  watch(root) {
    const { box, list, toggle, client } = this;
    // The theme shows ten results, and the others once the list is scrolled.
    new MutationObserver(() => decorate(list, this.answer.pages)).observe(list, { childList: true });
    // The theme sets the list's role when the box opens; a listener on the document comes after it.
    document.addEventListener('change', ({ target }) => target === toggle && this.showOptions());
    watchKeys(root, this, () => this.answer.note.kind === 'found');
    box.addEventListener('focus', () => client.start());
    // A finger is on the box for a tenth of a second before the box is focused.
    document.querySelectorAll('[for=__search]').forEach((way) => way.addEventListener('pointerdown', () => client.start()));
    box.addEventListener('pointerdown', () => client.start());
    if (document.activeElement === box || new URLSearchParams(location.search).has('q')) client.start();
  }

  /** @param {Message} message */
  hear({ type, data }) {
    if (type === RESULT) this.show(data);
    if (type === FAILED) this.fail();
    if (type === LOADING) this.say(WORDS.search.loading);
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
    const again = data.query === this.answered; // the same with snippets: the reader may have chosen an option
    this.answer = data;
    this.answered = data.query;
    const { note, pages } = this.answer;
    const words = asked ? note.maybe : [];
    this.say(asked ? verdict(note, pages.length) : WORDS.search.hint, words);
    offer(this.note, WORDS.search.maybe, words, (word) => this.choose(word));
    this.linkTo(asked);
    this.showOptions(again && this.box.getAttribute('aria-activedescendant'));
  }

  /** @param {string} word */
  choose(word) {
    this.box.value = word;
    this.box.focus();
    this.box.dispatchEvent(new Event('keyup'));
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
    const any = list.children.length > 0;
    decorate(list, this.answer.pages);
    box.setAttribute('aria-expanded', String(toggle.checked && any));
    list.setAttribute('role', any ? 'listbox' : 'list');
    activate(box, optionsOf(list), optionsOf(list).findIndex(({ id }) => id === kept));
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
 * Make options of the theme's results and add what it does not show. Results that have it already are left alone.
 * @param {HTMLElement} list @param {Shown[]} pages
 */
function decorate(list, pages) {
  Array.from(list.children).forEach((item, at) => {
    if (item.hasAttribute('role')) return;
    const title = item.querySelector('h1');
    const line = pages[at] && kindLine(pages[at]);
    item.setAttribute('role', 'presentation');
    if (title && line) title.after(line);
    item.querySelectorAll('a').forEach((link, nth) => {
      link.id = `kb-result-${at}-${nth}`;
      link.setAttribute('role', 'option');
    });
    carryWords(item);
  });
}

/** @param {HTMLElement} list @returns {HTMLElement[]} */
function optionsOf(list) {
  return Array.from(list.querySelectorAll('[role=option]'));
}

/**
 * Keys of a combobox: focus stays in the field, the arrows walk through the options. The theme has the others. Enter
 * opens the first result where all of the query was found there; else it leads to the page with all results.
 * @param {HTMLElement} root @param {SearchBox} parts @param {() => boolean} isSure
 */
function watchKeys(root, parts, isSure) {
  const { box, list, toggle } = parts;
  // The theme listens to keyup alone; pasted, dictated and composed text must search too.
  box.addEventListener('input', () => box.dispatchEvent(new Event('keyup')));
  box.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === COMPOSING || event.altKey || event.ctrlKey || event.metaKey) return;
    const options = optionsOf(list);
    const active = options.findIndex(({ id }) => id === box.getAttribute('aria-activedescendant'));
    const step = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 })[event.key];
    if (step) activate(box, options, active + step);
    else if (event.key !== 'Enter' || (active < 0 && isSure())) return;
    else if (active >= 0) options[active].click();
    else if (box.value.trim()) parts.openAll();
    event.preventDefault();
    event.stopPropagation();
  });
  // To the theme, Tab closes the box, and every other key belongs to the field wherever it is pressed.
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Tab' || (event.target !== box && event.key !== 'Escape')) event.stopPropagation();
  });
  root.addEventListener('focusout', ({ relatedTarget }) => {
    const to = /** @type {Node | null} */ (relatedTarget);
    if (toggle.checked && to && !root.contains(to)) toggle.click();
  });
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
