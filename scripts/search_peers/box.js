// Runs in the page before its own scripts: sees when a search worker is asked and answers, and when the list changes.

(() => {
  const QUIET = 50; // milliseconds without news after which an answer is complete
  const PATIENCE = 8000;
  const Native = window.Worker;
  const log = { asked: [], answered: [], changed: [] };
  let names = {};

  window.Worker = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', () => log.answered.push(performance.now()));
    }

    postMessage(...given) {
      log.asked.push(performance.now());
      super.postMessage(...given);
    }
  };

  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const roots = () => [document, ...[...document.querySelectorAll('*')].map((node) => node.shadowRoot).filter(Boolean)];
  const all = (selector) => roots().flatMap((root) => [...root.querySelectorAll(selector)]);

  /** Return the element once it is there; a box may be made when it is opened. */
  async function wait(selector) {
    while (!all(selector).length) await pause(5);
    return all(selector)[0];
  }

  /** Open the box, and watch its list from now on. */
  async function open(given) {
    names = given;
    (await wait(names.open)).click();
    (await wait(names.box)).focus();
    const observer = new MutationObserver(() => log.changed.push(performance.now()));
    observer.observe(await wait(names.list), { childList: true, subtree: true });
  }

  /** Forget what was seen; call it before every query. */
  function arm() {
    Object.values(log).forEach((times) => times.splice(0));
  }

  /**
   * Wait until a query is answered for good; return what it took from `start` to the first list, and in the worker.
   * An engine may answer again, with snippets that it had to fetch: the reader has the list by then.
   */
  async function settled(start) {
    const until = performance.now() + PATIENCE;
    for (;;) {
      await pause(5);
      const [now, open] = [performance.now(), log.asked.length && !log.answered.length];
      const last = Math.max(0, ...log.answered, ...log.changed);
      if (now > until || (last && !open && now - last > QUIET)) break;
    }
    const answer = log.answered[0] ?? 0;
    const shown = log.changed.find((time) => time >= answer) ?? log.changed[0] ?? answer;
    return { list: shown ? shown - start : null, worker: answer && log.asked.length ? answer - log.asked[0] : null };
  }

  /** Put `text` into the box as a keyboard does: the theme listens to `keyup`, other boxes to `input`. */
  async function enter(text) {
    const box = await wait(names.box);
    arm();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, text);
    const start = performance.now();
    box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    box.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true, composed: true }));
    return start;
  }

  /** Type `text` letter by letter; return what every keystroke took. */
  async function type(text) {
    const letters = [...text];
    const keys = [];
    for (let length = 1; length <= letters.length; length += 1) {
      keys.push(await settled(await enter(letters.slice(0, length).join(''))));
    }
    return keys;
  }

  /** Return the milliseconds from reaching for the box to the first result of `text`. */
  async function first(given, text) {
    const start = performance.now();
    await open(given);
    await enter(text);
    while (!all(names.item).length && performance.now() - start < PATIENCE) await pause(5);
    return performance.now() - start;
  }

  /**
   * Return the milliseconds from reaching for the box to the order that sets up the worker, and from there to its word
   * that it is ready. Only for an engine that starts its worker then.
   */
  async function starting(given) {
    const start = performance.now();
    await open(given);
    while (!log.answered.length && performance.now() - start < PATIENCE) await pause(1);
    return [log.asked[0] - start, log.answered[0] - log.asked[0]];
  }

  /** Return the addresses in the list, in order; scroll for more until `limit` pages are there. */
  async function found(limit) {
    const links = () => all(names.item).map((link) => link.pathname);
    for (let before = -1; names.scroll && new Set(links()).size < limit && links().length > before; ) {
      before = links().length;
      for (let node = all(names.item).at(-1); node; node = node.parentElement) node.scrollTop = node.scrollHeight;
      await pause(60);
    }
    return links();
  }

  window.bench = { open, arm, settled, type, first, starting, found };
})();
