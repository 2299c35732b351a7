// The way through the questions, as it stands in the address: #a=merchant.more.penalty. What follows the # stays on the
// device; back, reload and a shared link come for nothing. Anyone may have edited it.

/**
 * @typedef {[string, string[]]} TriagePoint words, and the ids of their sources
 * @typedef {{ question: string, hint: string, answers: [string, string, string][] }} TriageQuestion answers: name in the
 *   address, words, the id of what follows
 * @typedef {{ title: string, now: TriagePoint[], moves: TriagePoint[], guide: string[], tool: string[] }} TriageOutcome
 *   guide and tool: what it is called and its address; tool may be empty
 * @typedef {{ first: string, questions: Record<string, TriageQuestion>, outcomes: Record<string, TriageOutcome>,
 *   sources: Record<string, string[]> }} TriageData
 * @typedef {{ names: string[], given: [string, string][], place: string, fault: boolean }} TriageWay `given`: question and
 *   answer in words; `place`: the question to ask or the outcome; `fault`: some of the address was not understood
 */

const TRIAGE_MARK = '#a=';
const TRIAGE_LONGEST = 500; // characters of an address that are looked at

/** @param {string[]} names @returns {string} */
function triageHash(names) {
  return TRIAGE_MARK + names.join('.');
}

/**
 * Read an address's hash.
 * @param {string} hash @returns {string[] | null} the names of the answers; null where the hash is about something else
 */
function triageNames(hash) {
  if (!hash || hash === '#') return [];
  if (hash.slice(0, TRIAGE_MARK.length).toLowerCase() !== TRIAGE_MARK) return null;
  const text = hash.slice(TRIAGE_MARK.length, TRIAGE_LONGEST);
  return text.split('.').map((name) => dense(name).toLowerCase()).filter((name, at, all) => name || at < all.length - 1);
}

/** @param {Record<string, any>} record @param {string} key @returns {boolean} also for keys like constructor */
function hasOwn(record, key) {
  return Object.prototype.hasOwnProperty.call(record, key);
}

/**
 * Follow the answers as far as they are known.
 * @param {TriageData} data @param {string[]} names @returns {TriageWay}
 */
function triageWay(data, names) {
  const way = /** @type {TriageWay} */ ({ names: [], given: [], place: data.first, fault: false });
  for (const name of names) {
    const question = hasOwn(data.questions, way.place) ? data.questions[way.place] : null;
    const answer = question && question.answers.find(([id]) => id === name);
    if (!question || !answer) return { ...way, fault: true };
    way.names.push(name);
    way.given.push([question.question, answer[1]]);
    way.place = answer[2];
  }
  return way;
}

/** @param {TriageData} data @param {string} place @returns {number} how many questions may be left, this one included */
function triageLeft(data, place) {
  if (!hasOwn(data.questions, place)) return 0;
  return 1 + Math.max(...data.questions[place].answers.map(([, , to]) => triageLeft(data, to)));
}

/**
 * An outcome as text for a chat or a note.
 * @param {TriageOutcome} outcome @param {string} here the page's address @returns {string}
 */
function triageText({ title, now: clocks, moves, guide, tool }, here) {
  const link = (/** @type {string[]} */ [name, address]) => `${name} ${new URL(address, here).href}`;
  return [title, '', '现在的期限：', ...clocks.map(([text]) => `- ${text}`), '', '先做这三件：',
    ...moves.map(([text], at) => `${at + 1}. ${text}`), '', `接着看：${link(guide)}`, ...(tool.length ? [`再用：${link(tool)}`] : []),
    `这个结果：${here}`].join('\n');
}
