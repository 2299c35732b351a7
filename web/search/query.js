// What a query means: a list of slots, each of which any of several words may fill.

/**
 * @typedef {{ word: string, weight: number }} Option
 * @typedef {{ text: string, options: Option[], inner: string[], known: boolean, wished?: boolean }} Slot
 *   `inner`: words within the text; `wished`: the reader wants it, the rest is how it came about
 */

// What people wrap around their question. It says nothing about the subject, but a word may be made of it (要求, 的确).
const FILLER = new Set((
  '请问 怎么办 怎么样 怎么 怎样 咋办 咋样 咋 如何 为什么 为啥 什么 啥 哪里 哪个 哪些 哪 可以 可不可以 能不能 能否 能 是不是 有没有 会不会 要不要 该不该 是 有 会 '
  + '我的 我们 我 你们 你 他们 他 她 它 一下 吗 呢 啊 吧 了 的 得 地 被 要 就 都 也 还 又 在 把 给 让 跟 和 与 及 或 这个 那个 这 那 这样 那样 怎 么 请 想 知道 告诉 '
  + '一般 需要 应该 应当 进行 关于 求助 求 打算 谁 大家 各位 老师 麻烦 帮忙 帮 谢谢 这种 情况 时候 现在 已经 一直 真的 到底 究竟 才 才能 呀 哦 嗯 那么 然后 但是 因为 所以 如果 '
  + '以后 以前 之后 之前 之类 只有 只是 只 看看 看 看到 问 说 说是 来 去 上 下 出 过 好 点 里 里面 不 没 没有 再 太 很 最 更 已 个 些 您 你好 您好 我要 我想 我是 我这 '
  + '淘宝 天猫 京东 拼多多 快手 其实 比如 什 甚么 东西 一个 这边 那边 人家 人 之 其 为 以 于 等 等等 所 从 对 向 当 做 做的 弄 搞'
  + ' 内 前 后 但 怎么弄 咋弄 怎么搞 咋搞 怎么整 咋整 没说 昨天 前天 昨晚 刚 刚刚 刚才 这两天 前几天'
  + ' 抖店 抖音 小店 抖音小店 平台 商家 店铺 店 内容 方法 办法 解决 介绍 处理 问题 新规 最新'
).split(' '));
// Of these, what names the subject's surroundings counts a little; it decides where nothing else does.
const SURROUNDINGS = new Set('抖店 抖音 小店 抖音小店 平台 商家 店铺 店 内容 方法 办法 解决 处理 问题'.split(' '));
const WISH = /[^不](?:想|打算|能去|要去|可以去)[^但却被]*/; // after what happened, what the reader wants
const NUMERALS = '一二三四五六七八九十百千万两半几';
const ALONE = 4; // a text of so many characters is looked at as a word that may be mistyped
const MONEY = '元'; // a sum is the same with it and without
const SURROUNDING = 0.1;
const OTHER_NAME = 0.85; // how much another name of the same thing counts
const BY_SOUND = 0.83;
const INNER_FROM = 4; // a word of so many characters is also found by the words within it
const LONGER = 1.2; // a word of n characters is worth n to this power, so that longer words win
const A_NAME = 1.13; // what a name of the glossary is worth beside a word: 品质退货率 is not cut before 率高
const UNKNOWN = -0.8; // what a character is worth that is in no word
const SINGLE = 0.23; // a character that is no word counts so much for the words that hold it
const SINGLE_WORDS = 12;

/**
 * Read a query. Work is linear in its length times the longest word.
 * @param {Index} index @param {Sounds} sounds @param {string} query @returns {Slot[]}
 */
function understand(index, sounds, query) {
  const text = normalise(query, index.plain).slice(0, LONGEST_QUERY);
  const wish = WISH.exec(text);
  const from = wish ? wish.index + 1 : text.length;
  const to = wish ? wish.index + wish[0].length : text.length;
  const slots = readRuns(index, sounds, text.slice(0, from))
    .concat(readRuns(index, sounds, text.slice(from, to)).map((slot) => ({ ...slot, wished: true })))
    .concat(readRuns(index, sounds, text.slice(to)));
  const told = slots.filter((slot, at) => slot.text.length > 1 || slots.findIndex(({ text }) => text === slot.text) === at);
  return told.length ? told : readFiller(index, text);
}

/** @param {Index} index @param {Sounds} sounds @param {string} text normalised @returns {Slot[]} */
function readRuns(index, sounds, text) {
  const runs = joinLetters(index, sounds, runsOf(text));
  /** @type {Slot[]} */
  const slots = [];
  runs.forEach((run, at) => {
    if (isHan(run)) {
      const unit = at && /[0-9]$/.test(runs[at - 1]) ? unitOf(run) : '';
      slots.push(...readHan(index, sounds, run.slice(unit.length)));
    } else {
      slots.push(...readLatin(index, sounds, run, unitOf(runs[at + 1] || '')));
    }
  });
  return slots;
}

/** @param {string} pair the first two characters of a word @param {number} shards @returns {number} */
function shardOf(pair, shards) {
  return (pair.charCodeAt(0) * 31 + pair.charCodeAt(1)) % shards;
}

/**
 * Return the shards that hold the words of a query: a word lies in the shard of its first two characters, and any two
 * outside filler may begin one; of the other names of what stands there, whole words are wanted.
 * @param {Index} index @param {string} query @returns {number[]}
 */
function shardsFor(index, query) {
  const whole = normalise(query, index.plain).slice(0, LONGEST_QUERY);
  const text = Array.from(FILLER).reduce((left, filler) => (filler.length > 1 ? left.split(filler).join(' ') : left), whole);
  const named = index.lexicon.filter((each) => each.some((name) => text.includes(name.toLowerCase())));
  const names = /** @type {string[]} */ ([]).concat(...named).map((name) => name.toLowerCase());
  const pairs = names.concat(Array.from(text, (_, at) => text.slice(at, at + 2))).filter((pair) => /^\S\S/.test(pair));
  return Array.from(new Set(pairs.map((pair) => shardOf(pair, index.shards))));
}

/**
 * Join letters that stand apart and are no words where they can be read together: pinyin is typed with spaces too.
 * @param {Index} index @param {Sounds} sounds @param {string[]} runs @returns {string[]}
 */
function joinLetters(index, sounds, runs) {
  const joined = /** @type {string[]} */ ([]);
  const loose = (/** @type {string} */ run) => /^[a-z]+$/.test(run) && !isName(index, run);
  for (let at = 0; at < runs.length;) {
    let end = at + 1;
    while (loose(runs[at]) && end < runs.length && loose(runs[end])) end += 1;
    const whole = runs.slice(at, end).join('');
    if (end > at + 1 && readLetters(sounds, whole).length) joined.push(whole);
    else joined.push(...runs.slice(at, end));
    at = end;
  }
  return joined;
}

/** @param {Index} index @param {string} text @returns {Slot[]} where nothing but filler was typed, it is the question */
function readFiller(index, text) {
  return runsOf(text).filter((run) => index.words.has(run)).map((run) => slotOf(index, run));
}

/** @param {Index} index @param {Sounds} sounds @param {string} run @param {string} unit @returns {Slot[]} */
function readLatin(index, sounds, run, unit) {
  if (unit && index.words.has(run + unit)) return [slotOf(index, run + unit)];
  if (unit && unit !== MONEY && /^[0-9.]+$/.test(run)) return []; // 12 单 has nothing to do with 12 分
  if (isName(index, run)) return [slotOf(index, run)];
  const letters = run.replace(/[^a-z]/g, '').replace(/v/g, 'v');
  const parts = letters === run ? readLetters(sounds, run) : [];
  if (!parts.length) return run.length > 1 ? [{ text: run, options: [], inner: [], known: false }] : [];
  return parts.map((options) => ({
    text: options.length ? options[0].word : run,
    options: withNames(index, options.map(({ word, weight }) => ({ word, weight: weight * BY_SOUND }))),
    inner: [], known: true,
  }));
}

/** @param {Index} index @param {string} word @returns {boolean} whether the pages or the glossary know it */
function isName(index, word) {
  return index.words.has(word) || index.related.has(word);
}

/**
 * Split a Han run into words, filler and what is neither, so that the longest words win.
 * @param {Index} index @param {Sounds} sounds @param {string} run @returns {Slot[]}
 */
function readHan(index, sounds, run) {
  const parts = segment(index, sounds, run);
  const slots = [];
  for (let at = 0; at < parts.length; at += 1) {
    const { kind, text, options } = parts[at];
    if (kind === 'word') slots.push(slotOf(index, text));
    else if (kind === 'sound') slots.push({ text: options[0].word, options: withNames(index, options), inner: [], known: true });
    else if (kind === 'filler' && SURROUNDINGS.has(text)) slots.push({ text, options: [{ word: text, weight: SURROUNDING }], inner: [], known: true });
    else if (kind === 'unknown') slots.push(singleSlot(index, text));
  }
  return slots.filter((slot) => slot.options.length || slot.text.length > 1);
}

/**
 * @typedef {{ kind: 'word' | 'filler' | 'sound' | 'unknown', text: string, options: Option[] }} Part
 * @param {Index} index @param {Sounds} sounds @param {string} run @returns {Part[]}
 */
function segment(index, sounds, run) {
  /** @type {{ score: number, from: number, part: Part }[]} */
  const paths = [];
  const scoreAt = (/** @type {number} */ at) => (at ? paths[at].score : 0);
  for (let end = 1; end <= run.length; end += 1) {
    for (let from = Math.max(0, end - index.longest); from < end; from += 1) {
      const { value, part } = worth(index, sounds, run.slice(from, end), run.length <= ALONE);
      const score = scoreAt(from) + value;
      if (!paths[end] || score > paths[end].score) paths[end] = { score, from, part };
    }
  }
  const parts = [];
  for (let end = run.length; end > 0; end = paths[end].from) parts.unshift(paths[end].part);
  return parts;
}

/**
 * What a stretch of Han characters is, and what it is worth to read it so.
 * @param {Index} index @param {Sounds} sounds @param {string} text @param {boolean} alone
 * @returns {{ value: number, part: Part }}
 */
function worth(index, sounds, text, alone) {
  const size = text.length ** LONGER;
  if (FILLER.has(text)) return { value: size * 0.95, part: { kind: 'filler', text, options: [] } };
  if (isName(index, text)) return { value: size * (index.related.has(text) ? A_NAME : 1), part: { kind: 'word', text, options: [] } };
  if (text.length > 1 && text.length <= INNER_FROM && mayBeMistyped(text, alone)) {
    const options = soundsLike(index, sounds, text, alone ? 0 : 1).map(({ word, weight }) => ({ word, weight: weight * BY_SOUND }));
    if (options.length) return { value: size * 0.7, part: { kind: 'sound', text, options } };
  }
  return { value: text.length === 1 ? UNKNOWN : UNKNOWN * 4, part: { kind: 'unknown', text, options: [] } };
}

/**
 * Ordinary words sound like ours by chance (五千 in 被罚五千 is no 法务): within a longer text, a stretch with a word of
 * grammar or a number in it is what it says.
 * @param {string} text @param {boolean} alone whether it is nearly all that was typed @returns {boolean}
 */
function mayBeMistyped(text, alone) {
  return alone || !Array.from(text).some((char) => FILLER.has(char) || NUMERALS.includes(char));
}

/** @param {Index} index @param {string} word @returns {Slot} */
function slotOf(index, word) {
  const inner = word.length >= INNER_FROM ? wordsWithin(index, word) : [];
  return { text: word, options: withNames(index, [{ word, weight: 1 }]), inner, known: true };
}

/** @param {Index} index @param {string} text @returns {string[]} the words within a text, not itself, and no parts of a number */
function wordsWithin(index, text) {
  const found = [];
  for (let from = 0; from < text.length; from += 1) {
    for (let end = from + 2; end <= Math.min(text.length, from + index.longest); end += 1) {
      const word = text.slice(from, end);
      if (word !== text && index.words.has(word) && isWholeIn(text, from, end)) found.push(word);
    }
  }
  return found;
}

/** @param {string} text @param {number} from @param {number} end @returns {boolean} whether a part of a text cuts no number: 00 in 3000 does */
function isWholeIn(text, from, end) {
  return ![from, end].some((at) => /^[0-9.]{2}$/.test(text.slice(Math.max(0, at - 1), at + 1)));
}

/**
 * Add the other names of the same thing, and leave out what no page holds.
 * @param {Index} index @param {Option[]} options @returns {Option[]}
 */
function withNames(index, options) {
  /** @type {Map<string, number>} */
  const weights = new Map();
  for (const { word, weight } of options) {
    weights.set(word, Math.max(weight, weights.get(word) || 0));
    for (const other of index.related.get(word) || []) {
      const name = other.toLowerCase();
      weights.set(name, Math.max(weight * OTHER_NAME, weights.get(name) || 0));
    }
  }
  return Array.from(weights, ([word, weight]) => ({ word, weight })).filter(({ word }) => index.words.has(word));
}

/** @param {Index} index @param {string} char @returns {Slot} the words that people ask for and that hold the character */
function singleSlot(index, char) {
  const found = (index.begin.get(char) || []).map((word) => ({ word, weight: postingsOf(index, 'phrases', word).numbers.length }));
  const options = best(found).slice(0, SINGLE_WORDS).map(({ word, weight }) => ({ word, weight: weight * SINGLE }));
  return { text: char, options, inner: [], known: options.length > 0 };
}
