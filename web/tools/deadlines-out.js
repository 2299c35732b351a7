// Deadlines taken along: as text to copy, as a calendar with alarms.

const ALARMS = ['P1D', 'PT3H']; // before a deadline: one day, three hours
const MORNING = 540; // 9:00, on the last day of a deadline that has no time of day
const HALF_AN_HOUR = 30;
const BACK_OFFICE = '平台的期限以后台倒计时为准。';

/** @param {ClocksData} data @param {Clock[]} clocks @param {number} moment @returns {string} */
function clocksText(data, clocks, moment) {
  const lines = clocks.map((clock, at) => {
    const { of, until, happened, from, how } = clock;
    const left = leftWords(clock, moment);
    return [
      `${at + 1}. ${titleOfClock(clock)}：${until}${left ? `（${left}）` : ''}`,
      ...(from ? [`起点：${from}${happened.note ? `（${tidy(happened.note)}）` : ''}`] : []),
      ...(of.then ? [`${doneBy(of)}：${of.then}`] : []),
      `怎么数：${how}`,
      ...(of.source ? [`依据：${nameOfSource(data, of.source)}`] : []),
    ].join('\n');
  });
  return [`我的期限（${momentInWords(moment)}算的，北京时间）`, ...lines, BACK_OFFICE].join('\n\n');
}

/** @param {DeadlineOf} of @returns {string} who must act, before what follows */
function doneBy({ acts, side }) {
  return { mine: `${acts}办；过了`, theirs: `${acts}办；到时`, waits: '等满以后' }[side];
}

/** @param {Clock} clock @returns {string} */
function titleOfClock({ of }) {
  return of.title.replace('，最长', '');
}

/** @param {{sources: Record<string, string[]>}} data @param {string} source @returns {string} */
function nameOfSource(data, source) {
  return (data.sources[source] || [''])[0];
}

/**
 * Return the entries of a calendar: each deadline that is dated and not over.
 * @param {ClocksData} data @param {Clock[]} clocks @param {number} moment @returns {CalendarEntry[]}
 */
function calendarEntries(data, clocks, moment) {
  return clocks.filter((clock) => clock.dated && clock.keep > moment).map((clock) => {
    const { id, of, keep, until, how, happened } = clock;
    const whole = keep % MINUTES === 0; // a day that ends at midnight: at 9:00 there is still time to act
    const start = whole ? keep - MINUTES + MORNING : keep - HALF_AN_HOUR;
    const name = { mine: '截止', theirs: '对方到期', waits: '等满' }[of.side];
    const note = id === COUNTDOWN ? '' : tidy(happened.note);
    return {
      uid: uidOf(clock), start, end: start + HALF_AN_HOUR, title: `${name}：${titleOfClock(clock)}${note ? `（${note}）` : ''}`,
      text: [until, ...(of.then ? [`${doneBy(of)}：${of.then}`] : []), how, ...(of.source ? [`依据：${nameOfSource(data, of.source)}`] : []),
        BACK_OFFICE].join('\n'),
      alarms: ALARMS,
    };
  });
}

/** @param {Clock} clock @returns {string} the same for the same deadline of the same event, so that a calendar replaces it */
function uidOf({ id, start, happened }) {
  const all = `${start}|${dense(happened.note)}`;
  let sum = 2166136261; // FNV-1a
  for (let at = 0; at < all.length; at += 1) sum = Math.imul(sum ^ all.charCodeAt(at), 16777619) >>> 0;
  return `${id}-${sum.toString(36)}@kb-deadlines`;
}
