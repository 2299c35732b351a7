// The page reference/offline: save the whole site, see how far it is and how old it is, and take it all away again.

const KEY = 'kb-offline'; // 'off': the reader has removed what was kept, and nothing is kept any more
const HOME = new URL('../../', /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
const DAY = 86400000;
const FAULTS = /** @type {Record<string, string>} */ ({
  AbortError: '停下了。已经存好的还在，下次接着存。',
  QuotaExceededError: '空间不够，没有存完。清出一些空间再试。',
  MixedUp: '网站刚刚更新过，没有存完。请再按一次。',
  SecurityError: '这个浏览器不让网页存东西，没有存下来。',
  NotSupportedError: '这个浏览器不让网页存东西，没有存下来。',
});
const CUT = '网断了，没有存完。已经存好的还在，连上网再按一次，从断的地方接着存。';
const UNABLE = '这个浏览器不让网页存东西，离线保存用不了。无痕窗口里、有的聊天软件里是这样：换手机自带的浏览器打开这一页。';
const ON_DISK = '你看的是存在设备里的一份，不连网也能看。网上的可能改过，期限以后台为准。';

/** @typedef {Record<'size' | 'state' | 'told', HTMLElement> & Record<'save' | 'stop' | 'remove', HTMLButtonElement> & { bar: HTMLProgressElement }} Parts */

/** @type {SiteFiles | null} */
let list = null;
let stopper = new AbortController();

const place = document.getElementById('kb-offline');
if (place) start(place);

/** @param {HTMLElement} place */
async function start(place) {
  if (location.protocol === 'file:') place.textContent = ON_DISK;
  else if (!await isAble()) place.textContent = UNABLE;
  else {
    const { box, parts } = layOut();
    await offerAll(parts);
    /** @type {Element} */ (place.parentNode).replaceChild(box, place); // only now: nothing below it moves
  }
}

/** @returns {Promise<boolean>} */
async function isAble() {
  try {
    return Boolean(navigator.serviceWorker && await navigator.serviceWorker.getRegistrations() && await caches.keys());
  } catch (error) {
    return false;
  }
}

/** @returns {{ box: HTMLElement, parts: Parts }} */
function layOut() {
  const button = (/** @type {string} */ textContent, /** @type {string} */ className) => (
    make('button', { type: 'button', textContent, className, hidden: true }));
  const parts = {
    size: make('p', {}), state: make('p', {}), told: make('p', { className: 'kb-hint' }),
    save: button('离线保存', 'kb-button kb-main'), stop: button('停下', 'kb-button kb-quiet'), remove: button('删除离线内容', 'kb-button kb-quiet'),
    bar: make('progress', { hidden: true, max: 1 }),
  };
  parts.told.setAttribute('role', 'status');
  parts.bar.setAttribute('aria-label', '已存多少');
  const { size, state, told, save, stop, remove, bar } = parts;
  const box = make('div', { className: 'kb-tool kb-saving' }, state, size, bar, told, make('div', {}, save, stop, remove));
  save.addEventListener('click', () => saveSite(parts));
  stop.addEventListener('click', () => stopper.abort());
  remove.addEventListener('click', () => removeAll(parts));
  return { box, parts };
}

/** Show what there is to save and what is saved. @param {Parts} parts */
async function offerAll(parts) {
  const { size, state, save, stop, remove, bar } = parts;
  list = await readList(HOME).catch(() => null);
  const saved = await readState(HOME);
  const current = Boolean(saved && list && saved.build === list.build);
  size.textContent = list ? `整站 ${list.files.length} 个文件，下载大约 ${inMegabytes(list.wire)}，占空间 ${inMegabytes(list.bytes)}。` : '现在连不上网，看不到有没有新的。';
  state.textContent = saved ? `整站已经存在这台设备上，${age(saved.at)}存的${current ? '，和网上的一样' : ''}。` : '整站还没有存在这台设备上。';
  if (saved && list && !current) state.textContent += '网站后来改过，只下载改过的。';
  save.textContent = saved ? '更新离线内容' : '离线保存';
  save.hidden = !list || current;
  remove.hidden = !await caches.has(cacheName(HOME));
  stop.hidden = true;
  bar.hidden = true;
}

/** @param {Parts} parts */
async function saveSite(parts) {
  const { save, stop, remove, bar, told } = parts;
  stopper = new AbortController();
  [save, remove].forEach((button) => { button.hidden = true; });
  [stop, bar].forEach((each) => { each.hidden = false; });
  bar.value = 0;
  stop.focus();
  told.textContent = '正在存，请不要关掉这一页。';
  const fault = await trySaving(bar).then(() => '', (error) => FAULTS[error.name] || CUT);
  await offerAll(parts);
  told.textContent = fault || '存好了。没有网也能打开本站、搜索和用工具。';
  (save.hidden ? remove : save).focus();
}

/** @param {HTMLProgressElement} bar */
async function trySaving(bar) {
  const files = await readList(HOME); // the site may have changed since the page was opened
  remember('kept');
  await navigator.serviceWorker.register(`${HOME}sw.js`);
  await navigator.serviceWorker.ready;
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  await saveAll(HOME, files, (bytes) => { bar.value = bytes / files.bytes; }, stopper.signal);
}

/** @param {Parts} parts */
async function removeAll(parts) {
  remember('off');
  const registrations = await navigator.serviceWorker.getRegistrations();
  await Promise.all(registrations.filter(({ scope }) => scope === HOME).map((each) => each.unregister()));
  await caches.delete(cacheName(HOME));
  await offerAll(parts);
  parts.told.textContent = '已经删除。以后看过的页也不再存；想再存，按“离线保存”。';
  parts.save.focus();
}

/** @param {'off' | 'kept'} choice */
function remember(choice) {
  try {
    localStorage.setItem(KEY, choice);
  } catch (error) {
    // Where nothing can be written, nothing is kept anyway.
  }
}

/** @param {number} bytes @returns {string} */
function inMegabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @param {string} iso @returns {string} */
function age(iso) {
  const days = Math.floor((Date.now() - Date.parse(iso)) / DAY);
  return `${new Date(iso).toLocaleDateString('zh-CN')}（${days > 0 ? `${days} 天前` : '不到一天'}）`;
}
