// Days and periods. A day is a count of days since 1970-01-01, a moment a count of minutes since that day's midnight in
// China: no device's time zone has a part in it. scripts/kbcheck/periods.py is the other half, tests/data/periods.json
// holds what both must do.
// Civil code, articles 200 to 203: the day of the event does not count; hours run from the minute; where the last day of
// a statutory period is a holiday, the period ends on the next working day. Platform rules do not say how they count:
// none of their periods is moved, for earlier is safer.

const MINUTES = 1440; // of a day
const CHINA = 480; // minutes ahead of UTC, all year
const EARLIEST = 2000;
const LATEST = 2100;
const WEEKDAYS = '日一二三四五六';
const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$|^(\d{4})(\d{2})(\d{2})$/;
const TIME = /^(上午|早上|凌晨|中午|下午|晚上)?(\d{1,2})(?::(\d{1,2})(?::[0-5]?\d)?|[点时](?:(半)|(\d{1,2})分?)?)$/;
const DIGITS = /^(\d{1,2})(\d{2})$/; // a time on a keyboard that has no colon
// Of each part of the day: its first and last hour, and what is added to 1 to 11. 晚上 12 点 may be either end of a day.
const DAY_PARTS = /** @type {Record<string, [number, number, number]>} */ ({
  凌晨: [0, 6, 0], 早上: [4, 11, 0], 上午: [5, 12, 0], 中午: [11, 13, 12], 下午: [12, 23, 12], 晚上: [17, 23, 12],
});

/** @typedef {{ off: [number, number][], worked: number[] }} Year days off as [first, last], weekend days that are worked */
/** @typedef {Record<string, Year>} Years by year; a year that is not there is not known, and never guessed */

/** A year whose holidays are not known. */
class NoYear extends Error {
  /** @param {number} year */
  constructor(year) {
    super(`没有 ${year} 年的放假安排`);
    this.year = year;
  }
}

/** @param {number} year @param {number} month 1 to 12 @param {number} date @returns {number} */
function dayOf(year, month, date) {
  return Date.UTC(year, month - 1, date) / (MINUTES * 60000);
}

/** @param {number} day @returns {[number, number, number]} year, month (1 to 12), date */
function partsOf(day) {
  const date = new Date(day * MINUTES * 60000);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

/** @param {number} day @returns {number} 0 is Sunday */
function weekdayOf(day) {
  return (((day + 4) % 7) + 7) % 7;
}

/** @param {number} [clock] milliseconds, as Date.now() @returns {number} the moment it is in China */
function now(clock = Date.now()) {
  return Math.floor(clock / 60000) + CHINA;
}

/**
 * Read a day as people write it: 2026-11-25, 2026/11/25, 2026年11月25日, 20261125, also in full width.
 * @param {string} text @returns {{ day: number } | { error: string }}
 */
function readDay(text) {
  const found = dense(text).match(DAY);
  if (!found) return { error: '看不懂这个日期；请写成 2026-11-25 这样' };
  const [year, month, date] = (found[1] ? found.slice(1, 4) : found.slice(4, 7)).map(Number);
  if (year < EARLIEST || year > LATEST) return { error: `请写 ${EARLIEST} 到 ${LATEST} 年之间的日期` };
  const day = dayOf(year, month, date);
  const [, realMonth, realDate] = partsOf(day);
  if (month < 1 || month > 12) return { error: `没有 ${month} 月；请核对` };
  return realMonth === month && realDate === date ? { day } : { error: `${year} 年 ${month} 月没有 ${date} 日；请核对` };
}

/**
 * Read a time of day: 14:30, 14:30:05, 1430, 14点30分, 下午2点半. What may be either half of the day is not guessed.
 * @param {string} text @returns {{ minutes: number } | { error: string }} minutes since midnight
 */
function readTime(text) {
  const found = dense(text).replace(DIGITS, '$1:$2').match(TIME);
  if (!found) return { error: '看不懂这个时刻；请写成 14:30 这样' };
  const [, part, hour, colon, half, word] = found;
  const minute = half ? 30 : Number(colon || word || 0);
  if (Number(hour) > 23 || minute > 59) return { error: '没有这个时刻；小时 0–23，分钟 0–59' };
  const hours = part ? hourOf(part, Number(hour)) : Number(hour);
  return hours === null ? { error: `“${part}${Number(hour)}点”说不准是几点；请写成 14:30 这样` } : { minutes: hours * 60 + minute };
}

/** @param {string} part @param {number} hour @returns {number | null} the hour of 24, null where the two do not agree */
function hourOf(part, hour) {
  const [from, to, more] = DAY_PARTS[part];
  const hours = part === '凌晨' && hour === 12 ? 0 : hour;
  const fitting = [hours, hours + more].filter((each) => from <= each && each <= to);
  return fitting.length ? fitting[0] : null;
}

/** @param {number} day @returns {string} 2026-11-25 */
function isoDay(day) {
  const [year, month, date] = partsOf(day);
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** @param {number} day @returns {string} 2026 年 11 月 25 日 */
function longDay(day) {
  const [year, month, date] = partsOf(day);
  return `${year} 年 ${month} 月 ${date} 日`;
}

/** @param {number} day @returns {string} 2026 年 11 月 25 日（周三） */
function dayInWords(day) {
  return `${longDay(day)}（周${WEEKDAYS[weekdayOf(day)]}）`;
}

/** @param {number} moment @returns {string} 14:30 */
function timeOfDay(moment) {
  const minutes = ((moment % MINUTES) + MINUTES) % MINUTES;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** @param {number} moment @returns {string} 2026 年 11 月 25 日（周三）14:30 */
function momentInWords(moment) {
  return `${dayInWords(Math.floor(moment / MINUTES))}${timeOfDay(moment)}`;
}

/** @param {number} day @param {Years} years @returns {boolean} throws NoYear for a year without data */
function isWorking(day, years) {
  const year = years[partsOf(day)[0]];
  if (!year) throw new NoYear(partsOf(day)[0]);
  const weekend = weekdayOf(day) % 6 === 0;
  const off = year.off.some(([first, last]) => first <= day && day <= last);
  return year.worked.includes(day) || (!weekend && !off);
}

/** @param {number} day @param {number} months @returns {number} the same date so many months later, or that month's last */
function addMonths(day, months) {
  const [year, month, date] = partsOf(day);
  const count = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(count / 12), (count % 12) + 1];
  const last = partsOf(dayOf(toYear, toMonth + 1, 0))[2];
  return dayOf(toYear, toMonth, Math.min(date, last));
}

/**
 * Return the last day of a period that something on `start` set going. Throws NoYear where a holiday must be known.
 * @param {number} start @param {number} length @param {string} unit 天, 自然日, 工作日, 个月, 年; 小时 as whole days, rounded up
 * @param {Years} years @param {boolean} [statutory] whether a period that would end on a holiday ends on the next working day
 * @returns {number}
 */
function endOf(start, length, unit, years, statutory = false) {
  if (unit === '工作日') return workingDays(start, length, years);
  let end = start + length;
  if (unit === '个月' || unit === '年') end = addMonths(start, length * (unit === '年' ? 12 : 1));
  if (unit === '小时') end = start + Math.ceil(length / 24);
  while (statutory && unit !== '小时' && !isWorking(end, years)) end += 1;
  return end;
}

/** @param {number} start @param {number} length @param {Years} years @returns {number} */
function workingDays(start, length, years) {
  let day = start;
  for (let count = 0; count < length; count += 1) {
    do day += 1; while (!isWorking(day, years));
  }
  return day;
}
