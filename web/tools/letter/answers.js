// What was answered, read by the kind of its field, and what answers must obey together. Nothing here draws.

/**
 * @typedef {'line' | 'long' | 'phone' | 'date' | 'dates' | 'money' | 'number'} SlotKind
 * @typedef {{ id: string, label: string, help: string, example: string, kind?: SlotKind, most?: number, words?: string,
 *   fee?: string, from?: string, ahead?: number[], sources?: string[] }} Slot
 *   `ahead`: days after the letter's own date that are offered
 * @typedef {{ rule: 'past' | 'not-before' | 'at-most' | 'rest' | 'count', fields: string[], says: string }} Check
 * @typedef {{ text: string, values: number[], error: string }} Answer `text` as the letter has it; `values`: days, fen or a
 *   count; with an error the text stands as it was typed
 */

const NOT_CHARACTERS = /[\p{Cs}\ufffe\uffff]/gu; // halves of characters and what XML cannot hold
const BETWEEN = /[、，,；;]+/;
const NONE = '无';
const OPEN = /【写[^】]*】/; // what tools/evidence leaves for the reader to choose; the names of rules stand in 【】 too

/** @param {string} text @returns {string} what may stand in a letter and in a Word document */
function soundText(text) {
  return tidy(text.replace(NOT_CHARACTERS, ''));
}

/**
 * Read one answer.
 * @param {Slot} slot @param {string} typed @returns {Answer}
 */
function answerOf(slot, typed) {
  const sound = soundText(typed);
  const text = slot.kind === 'long' ? sound : sound.replace(/\s*\n\s*/g, ' ');
  if (!text) return { text: '', values: [], error: '' };
  const length = lengthOf(text);
  const most = slot.most || LONGEST_ANSWER;
  if (length > most) return { text, values: [], error: `超出 ${length - most} 字，最多 ${most} 字；请删短` };
  if (OPEN.test(text)) return { text, values: [], error: '还有【写……】；请换成你手里真有的那一件，没有的删掉' };
  const read = readerOf(slot)(text);
  return 'error' in read ? { text, values: [], error: read.error } : { error: '', ...read };
}

/** @param {Slot} slot @returns {(text: string) => { text: string, values: number[] } | { error: string }} */
function readerOf({ kind }) {
  if (kind === 'date' || kind === 'dates') return (text) => readDates(text, kind === 'dates');
  if (kind === 'money') return readAmount;
  if (kind === 'number') return readCount;
  return (text) => ({ text, values: [] });
}

/** @param {string} text @param {boolean} several @returns {{ text: string, values: number[] } | { error: string }} */
function readDates(text, several) {
  const days = [];
  for (const part of several ? text.split(BETWEEN).filter(dense) : [text]) {
    const read = readDay(part);
    if ('error' in read) return read;
    days.push(read.day);
  }
  return { text: days.map(longDay).join('、'), values: days };
}

/** @param {string} text @returns {{ text: string, values: number[] } | { error: string }} */
function readAmount(text) {
  const read = readMoney(text);
  return 'error' in read ? read : { text: yuan(read.fen).replace(' 元', ''), values: [read.fen] };
}

/** @param {string} text @returns {{ text: string, values: number[] } | { error: string }} */
function readCount(text) {
  const found = dense(text).match(/^(\d{1,4})[份个项天日件套]?$/);
  return found ? { text: String(Number(found[1])), values: [Number(found[1])] } : { error: '请只写数字，例如 8' };
}

/**
 * Return what is wrong, by the id of the field beside which it is told.
 * @param {Slot[]} slots @param {Check[]} checks @param {Record<string, Answer>} answers @param {number} today
 * @returns {Record<string, string>}
 */
function problemsOf(slots, checks, answers, today) {
  const problems = /** @type {Record<string, string>} */ ({});
  for (const { id } of slots) if (answers[id].error) problems[id] = answers[id].error;
  for (const { rule, fields: [first, ...others], says } of checks) {
    const named = [first, ...others].every((id) => id in answers);
    if (named && !problems[first] && !obeys(rule, answers[first], others.map((id) => answers[id]), today)) problems[first] = says;
  }
  return problems;
}

/**
 * Tell whether answers obey a rule; what is not answered, or not readable, breaks none.
 * @param {Check['rule']} rule @param {Answer} first @param {Answer[]} others @param {number} today @returns {boolean}
 */
function obeys(rule, first, others, today) {
  if (!first.values.length) return true;
  if (rule === 'count') return first.values[0] === others.filter(({ text }) => text && text !== NONE).length;
  if (rule === 'past') return Math.max(...first.values) <= today;
  if (others.some(({ values }) => !values.length)) return true;
  const [most, least] = [Math.max(...first.values), Math.min(...first.values)];
  if (rule === 'not-before') return least >= Math.max(...others[0].values);
  if (rule === 'at-most') return most <= others[0].values[0];
  return first.values[0] === others[0].values[0] - others[1].values[0];
}
