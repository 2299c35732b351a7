// What a reader filled in, kept on this device only: versioned, exportable, and told when it cannot be kept. Nothing is kept
// that could not be read again; what is found and cannot be read is set aside, not written over.

const PREFIX = 'kb-tool-';
const LONGEST_KEPT = 100000; // characters of one text: far beyond what any field takes, so that the other fields have room
const LONGEST_ASIDE = 1000000; // characters

/**
 * @template State
 * @typedef {{
 *   load: () => { state: State | null, notice: string }, save: (state: State) => string, clear: () => void,
 *   exported: (state: State) => string, imported: (text: string) => ReadState<State>, aside: () => string,
 * }} Store `notice` and what `save` returns are a line for the reader, or empty; `aside`: text that could not be read
 */
/**
 * @template State
 * @typedef {{ state: State, whole: boolean } | { error: string }} ReadState `whole`: nothing of it had to be left out
 */

/**
 * Return the store of one tool. Stored text may be anything: `valid` says whether it is a state of this version.
 * @template State
 * @param {string} slug @param {number} version @param {(value: any) => value is State} valid
 * @param {(value: any) => any} [sound] leaves out parts that cannot be read; returns the same value where there are none
 * @returns {Store<State>}
 */
function storeOf(slug, version, valid, sound = (value) => value) {
  const key = PREFIX + slug;
  const asideKey = `${key}-old`;
  let aside = '';
  /** @type {(text: string) => ReadState<State>} */
  const imported = (text) => {
    try {
      const kept = JSON.parse(text);
      if (!kept || kept.tool !== slug) return { error: '这不是这个工具存的文件；请选对文件' };
      if (kept.version !== version) return { error: '这是另一个版本存的，不能读；请照旧文件重新填写' };
      const state = sound(kept.state);
      return valid(state) ? { state, whole: state === kept.state } : { error: '文件里有缺漏，不能读；请换一份' };
    } catch (error) {
      return { error: '这不是这个工具存的文件；请选对文件' };
    }
  };
  const setAside = (/** @type {string} */ text) => {
    if (aside.includes(text)) return;
    aside = aside ? `${aside}\n\n${text}` : text;
    if (aside.length <= LONGEST_ASIDE) putItem(asideKey, aside);
  };
  return {
    load() {
      const text = takeItem(key);
      aside = takeItem(asideKey) || '';
      if (text === null) return { state: null, notice: '' };
      const kept = imported(text);
      if ('state' in kept && kept.whole) return { state: kept.state, notice: '' };
      setAside(text);
      const where = aside ? '原文还留着，可以复制，在这个工具末尾。' : '';
      if ('state' in kept) return { state: kept.state, notice: `上次填的有一部分读不出来，没有用上。${where}` };
      return { state: null, notice: `上次填的内容读不出来，这里从空白开始。${where}` };
    },
    save(state) {
      let cut = false;
      const text = writtenState(slug, version, state, (_, value) => {
        if (typeof value !== 'string' || value.length <= LONGEST_KEPT) return value;
        cut = true;
        return value.slice(0, LONGEST_KEPT);
      });
      if ('error' in imported(text)) return '刚才填的存不下来，以前存的还在；要留着，请用这个工具末尾的“复制填的内容”。';
      if (!putItem(key, text)) return '这台设备不让保存（无痕窗口或空间已满），关掉网页就没有了；要留着，请用这个工具末尾的“存成文件”或“复制填的内容”。';
      return cut ? `有一处太长，只存下前 ${LONGEST_KEPT / 10000} 万字，其余的都存了；请删短。` : '';
    },
    clear() {
      aside = '';
      dropItem(key);
      dropItem(asideKey);
    },
    exported: (state) => writtenState(slug, version, state),
    imported,
    aside: () => aside,
  };
}

/** @param {string} slug @param {number} version @param {unknown} state @param {(key: string, value: any) => any} [each] @returns {string} */
function writtenState(slug, version, state, each) {
  return JSON.stringify({ tool: slug, version, state }, each, 1);
}

/** @param {string} key @returns {string | null} what this device keeps, or nothing where that is denied, as in private windows */
function takeItem(key) {
  try {
    return window.localStorage.getItem(key);
  } catch (error) {
    return null;
  }
}

/** @param {string} key @param {string} text @returns {boolean} whether it is kept */
function putItem(key, text) {
  try {
    window.localStorage.setItem(key, text);
    return true;
  } catch (error) {
    return false;
  }
}

/** @param {string} key */
function dropItem(key) {
  try {
    window.localStorage.removeItem(key);
  } catch (error) {
    // What was never kept needs no clearing.
  }
}
