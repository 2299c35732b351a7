// Deadlines counted: what happened and when, which clocks that set going, until when each runs.
// A platform says "7 天" and not how it counts: whole days after the one of the event, or 24 hours each. What the reader
// must keep is shown by the earlier reading (`keep`); only after the later one (`last`) it is called over.

/**
 * @typedef {{ title: string, starts: string, length: number, unit: string, acts: string, then: string, source: string,
 *   law: boolean, side: 'mine' | 'theirs' | 'waits' }} DeadlineOf
 * @typedef {{ id: string, title: string, day: string, time: '' | 'may' | 'must', asks: string, choices: [string, string, string][],
 *   deadlines: string[] }} EventOf
 * @typedef {{ groups: [string, EventOf[]][], deadlines: Record<string, DeadlineOf>, kinds: Record<string, [string, string]>,
 *   lists: Record<string, string>, links: Record<string, [string, string]>, years: Years, sources: Record<string, string[]> }} ClocksData
 * @typedef {Record<'event' | 'kind' | 'date' | 'time' | 'note', string>} Happened as the reader wrote it
 * @typedef {{ events: Happened[], draft: Happened }} ClocksState
 * @typedef {{ event: EventOf, ids: string[], day: number, minutes: number | null }} ReadEvent
 * @typedef {{ id: string, of: DeadlineOf, happened: Happened, start: string, from: string, keep: number, last: number, missing: number,
 *   dated: boolean, until: string, how: string }} Clock moments in China; `missing`: the year whose holidays are not known
 */

const COUNTDOWN = 'countdown'; // the reader copies when something ends
const UNSTATED = 'unstated'; // the reader's kind is not there, or its rule names no period
const LONGEST_NOTE = 40;
const MOST_EVENTS = 40;
const LONGEST_BREAK = 30; // days: more than any run of holidays
/** @type {Happened} */
const NOTHING_HAPPENED = { event: '', kind: '', date: '', time: '', note: '' };

/** @param {ClocksData} data @returns {EventOf[]} */
function allEvents(data) {
  return data.groups.reduce((all, [, events]) => all.concat(events), /** @type {EventOf[]} */ ([]));
}

/** @param {any} happened @returns {happened is Happened} */
function isHappened(happened) {
  return Boolean(happened) && Object.keys(NOTHING_HAPPENED).every((key) => typeof happened[key] === 'string');
}

/**
 * Stored text may be anything. An event that can no longer be counted stays: the list says so, and nothing is lost.
 * @param {any} state @returns {state is ClocksState}
 */
function isClocksState(state) {
  return Boolean(state) && isHappened(state.draft) && Array.isArray(state.events) && state.events.length <= MOST_EVENTS && state.events.every(isHappened);
}

/** @param {any} state @returns {any} without what is no event, so that one of them does not take the others with it */
function withoutBroken(state) {
  if (isClocksState(state) || !state || !Array.isArray(state.events)) return state;
  return { events: state.events.filter(isHappened).slice(0, MOST_EVENTS), draft: isHappened(state.draft) ? state.draft : NOTHING_HAPPENED };
}

/**
 * @param {Happened} written @returns {Happened} without spaces for nothing; a day pasted with its time, as the back office
 *   shows it, taken apart
 */
function takenApart(written) {
  const one = (/** @type {string} */ text) => halfWidth(text).replace(/\s+/g, ' ');
  const plain = { ...written, date: one(written.date), time: one(written.time), note: tidy(written.note) };
  const found = plain.date.match(/^(\S{6,}|\d{4} ?年.*日) (\d{1,2}[:点时]\S*)$/);
  return found && !plain.time ? { ...plain, date: found[1], time: found[2] } : plain;
}

/**
 * Read what happened, or say by field what is wrong.
 * @param {ClocksData} data @param {Happened} happened @returns {ReadEvent | { errors: Record<string, string> }}
 */
function readEvent(data, happened) {
  const errors = /** @type {Record<string, string>} */ ({});
  const event = allEvents(data).find(({ id }) => id === happened.event);
  if (!event) return { errors: { event: '请选发生了什么' } };
  const choice = event.choices.find(([id]) => id === happened.kind);
  if (event.asks && !choice && happened.kind !== UNSTATED) errors.kind = '请选一种；没有的，选最后一项';
  const day = dense(happened.date) ? readDay(happened.date) : { error: '请写日期，例如 2026-11-25' };
  if ('error' in day) errors.date = day.error;
  const minutes = timeOf(event, happened.time);
  if (typeof minutes === 'string') errors.time = minutes;
  if (lengthOf(tidy(happened.note)) > LONGEST_NOTE) errors.note = `最多写 ${LONGEST_NOTE} 字；请写短一点，例如单号`;
  if ('error' in day || typeof minutes === 'string' || Object.keys(errors).length) return { errors };
  const ids = event.asks ? (choice ? [choice[2]] : []) : event.deadlines;
  return { event, ids, day: day.day, minutes };
}

/** @param {EventOf} event @param {string} text @returns {number | null | string} minutes, null where there is none, or the message */
function timeOf(event, text) {
  if (!event.time || (event.time === 'may' && !dense(text))) return null;
  if (!dense(text)) return event.id === COUNTDOWN ? '请写截止的时刻，例如 14:30' : '这个期限按小时算，请写几点几分，例如 14:30';
  const read = readTime(text);
  return 'error' in read ? read.error : read.minutes;
}

/** @param {ClocksData} data @param {Happened[]} events @returns {Clock[]} all that run from these events, by their ends */
function clocksOf(data, events) {
  const clocks = events.reduce((all, happened) => {
    const read = readEvent(data, happened);
    if ('errors' in read) return all;
    if (read.event.id === COUNTDOWN) return all.concat(copiedClock(happened, read.day * MINUTES + Number(read.minutes)));
    return all.concat(read.ids.map((id) => clockOf(data, id, happened, read)));
  }, /** @type {Clock[]} */ ([]));
  return clocks.sort((one, other) => one.keep - other.keep || (one.id < other.id ? -1 : 1));
}

/** @param {Happened} happened @param {number} end @returns {Clock} */
function copiedClock(happened, end) {
  const of = /** @type {DeadlineOf} */ ({ title: tidy(happened.note) || '页面上的倒计时', starts: '', length: 0, unit: '', acts: '商家',
    then: '', source: '', law: false, side: 'mine' });
  return { id: COUNTDOWN, of, happened, start: String(end), from: '', keep: end, last: end, missing: 0, dated: true, until: untilWords(end),
    how: '你从页面上抄的；页面改了，照页面改' };
}

/** @param {ClocksData} data @param {string} id @param {Happened} happened @param {ReadEvent} read @returns {Clock} */
function clockOf(data, id, happened, { event, day, minutes }) {
  const of = data.deadlines[id];
  const start = [isoDay(day), minutes === null ? '' : momentInWords(minutes).slice(-5)].filter(Boolean).join(' ');
  const clock = { id, of, happened, start, from: `${start} ${event.title}`, missing: 0, dated: true };
  if (of.unit === '小时') {
    const end = day * MINUTES + Number(minutes) + of.length * 60;
    return { ...clock, keep: end, last: end, until: untilWords(end), how: `从那一刻起连着数 ${of.length} 小时，夜里、周末、放假都算。页面写了截止时刻的，照页面` };
  }
  const { end, plain, missing } = endWithYears(data, of, day);
  const dated = !(missing && of.unit === '工作日');
  const loose = of.side === 'mine' && !of.law && dated;
  const keep = loose ? end * MINUTES + Number(minutes) : (end + 1) * MINUTES;
  const last = (end + 1 + (missing ? LONGEST_BREAK : 0)) * MINUTES;
  const sure = of.side === 'mine' ? `。要稳，${longDay(end)}前办完` : '';
  const until = dated ? untilWords(keep) : `算不出是哪一天：没有 ${missing} 年的放假安排${sure}`;
  return { ...clock, keep, last, missing, dated, until, how: howCounted(of, { end, plain, missing, loose, minutes }) };
}

/**
 * Return the last day; where holidays are not known, the first that it can be, and the year that is missing.
 * @param {ClocksData} data @param {DeadlineOf} of @param {number} day @returns {{ end: number, plain: number, missing: number }}
 *   `plain`: before a holiday moved it
 */
function endWithYears(data, of, day) {
  const unit = of.unit === '工作日' ? '天' : of.unit;
  const plain = endOf(day, of.length, unit, data.years);
  try {
    const end = endOf(day, of.length, of.unit, data.years, of.law);
    return { end, plain: of.unit === '工作日' ? end : plain, missing: 0 };
  } catch (error) {
    if (!(error instanceof NoYear)) throw error;
    return { end: plain, plain, missing: error.year };
  }
}

/** @param {number} moment @returns {string} midnight is told as the end of the day before */
function untilWords(moment) {
  return moment % MINUTES ? `${momentInWords(moment)} 前` : `${dayInWords(moment / MINUTES - 1)}当天内`;
}

/**
 * Say in one line how a deadline in days was counted.
 * @param {DeadlineOf} of @param {{ end: number, plain: number, missing: number, loose: boolean, minutes: number | null }} counted
 * @returns {string}
 */
function howCounted(of, { end, plain, missing, loose, minutes }) {
  const working = of.unit === '工作日';
  const first = of.unit === '年' || of.unit === '个月' ? `当天不算，数 ${of.length} ${of.unit}` : `从次日起数 ${of.length} ${working ? '个工作日' : of.unit}`;
  if (missing && working) {
    const sure = of.side === 'mine' ? `按连着的 ${of.length} 天办，一定不晚` : `不会早于 ${longDay(end)}`;
    return `${first}，要用 ${missing} 年的放假通知，没有读到，不猜。${sure}${of.law ? '' : '；以后台显示的为准'}`;
  }
  const days = working ? '（周末、放假不算，调休上班的算）' : '';
  if (loose) {
    const time = minutes === null ? '；没有填几点，所以再早一天' : '';
    return `${first}${days}，到 ${longDay(end)}。平台没有写按整天数还是按 24 小时数，这里按早的${time}。提前一天交更稳，以后台倒计时为准`;
  }
  if (missing) return `${first}，到 ${longDay(plain)}；${missing} 年的放假安排没有读到，碰上放假会顺延，先按不顺延准备`;
  if (!of.law || working) return `${first}${days}，到那天结束`;
  const moved = end > plain ? `${dayInWords(plain)}放假，顺延到放假后的第一天` : '最后一天不放假，不顺延';
  return `${first}；${moved}。对方有下班时间的，到下班为止`;
}

/** @param {Clock} clock @param {number} moment @returns {'running' | 'soon' | 'unsure' | 'over' | 'unknown'} */
function stateOfClock({ keep, last, dated, of }, moment) {
  if (!dated) return moment < last ? 'unknown' : 'over';
  if (moment >= last) return 'over';
  if (moment >= keep) return 'unsure';
  return of.side === 'mine' && keep - moment < MINUTES ? 'soon' : 'running';
}

/** @param {number} minutes @returns {string} 2 天 3 小时; 3 小时 20 分钟; of long times the days alone */
function spanWords(minutes) {
  const [days, hours, rest] = [Math.floor(minutes / MINUTES), Math.floor((minutes % MINUTES) / 60), minutes % 60];
  if (days >= 30) return `${days} 天`;
  const [many, few] = days ? [`${days} 天`, hours && `${hours} 小时`] : [hours && `${hours} 小时`, (rest || !hours) && `${Math.max(rest, 1)} 分钟`];
  return [many, few].filter(Boolean).join(' ');
}

/** @param {Clock} clock @param {number} moment @returns {string} how long is left, or how long it has been over */
function leftWords(clock, moment) {
  const { keep, last, missing, of } = clock;
  const state = stateOfClock(clock, moment);
  if (state === 'unknown') return '';
  const end = missing ? keep : last;
  const past = spanWords(Math.max(moment - end, 0));
  if (state === 'over') return { mine: `已过 ${past}`, theirs: `对方已超过 ${past}`, waits: `已满 ${past}` }[of.side];
  if (state === 'unsure') return missing ? '可能已过' : '按早的数法已过';
  const left = spanWords(keep - moment);
  return { mine: `还剩 ${left}`, theirs: `对方还有 ${left}`, waits: `还要等 ${left}` }[of.side];
}
