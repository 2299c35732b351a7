// What a reader filled in, kept on this device only: versioned, exportable, and told when it cannot be kept.

const PREFIX = 'kb-tool-';

/**
 * @template State
 * @typedef {{
 *   load: () => { state: State | null, notice: string }, save: (state: State) => string, clear: () => void,
 *   exported: (state: State) => string, imported: (text: string) => { state: State } | { error: string },
 * }} Store `notice` and what `save` returns are a line for the reader, or empty
 */

/**
 * Return the store of one tool. Stored text may be anything: `valid` says whether it is a state of this version.
 * @template State
 * @param {string} slug @param {number} version @param {(value: any) => value is State} valid
 * @param {() => Storage} [storage] may throw: private windows deny it @returns {Store<State>}
 */
function storeOf(slug, version, valid, storage = () => window.localStorage) {
  const key = PREFIX + slug;
  const read = (/** @type {string} */ text) => {
    const kept = JSON.parse(text);
    if (!kept || kept.tool !== slug) return { error: '这不是这个工具存的文件；请选对文件' };
    if (kept.version !== version) return { error: '这是另一个版本存的，不能读；请照旧文件重新填写' };
    return valid(kept.state) ? { state: kept.state } : { error: '文件里有缺漏，不能读；请换一份' };
  };
  const exported = (/** @type {State} */ state) => JSON.stringify({ tool: slug, version, state }, null, 1);
  return {
    load() {
      try {
        const text = storage().getItem(key);
        if (text === null) return { state: null, notice: '' };
        const kept = read(text);
        return 'state' in kept ? { state: kept.state, notice: '' } : { state: null, notice: '上次填的内容读不出来，这里从空白开始。' };
      } catch (error) {
        return { state: null, notice: error instanceof SyntaxError ? '上次填的内容读不出来，这里从空白开始。' : '' };
      }
    },
    save(state) {
      try {
        storage().setItem(key, exported(state));
        return '';
      } catch (error) {
        return '这台设备不让保存（无痕窗口或空间已满），关掉网页就没有了；要留着，请用“存成文件”。';
      }
    },
    clear() {
      try {
        storage().removeItem(key);
      } catch (error) {
        // What was never kept needs no clearing.
      }
    },
    exported,
    imported(text) {
      try {
        return read(text);
      } catch (error) {
        return { error: '这不是这个工具存的文件；请选对文件' };
      }
    },
  };
}
