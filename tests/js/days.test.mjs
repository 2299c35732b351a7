import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import fc from 'fast-check';

import { data, load } from './load.mjs';

const days = load(['web/tools/core/text.js', 'web/tools/core/days.js']);
const { NoYear, dayInWords, dayOf, endOf, isoDay, momentInWords, now, partsOf, readDay, readTime, weekdayOf } = days;
const cases = data('periods.json');
const UNITS = ['小时', '天', '自然日', '工作日', '个月', '年'];

/** The holidays as scripts/tools/deadlines.py hands them out: two dates of a holiday, and weekend days that are worked. */
function yearsOf(text) {
  const years = {};
  for (const [, first, last, work] of text.matchAll(/first: (\S+)\s+last: (\S+)(?:\s+work: \[(.*)\])?/g)) {
    const year = years[first.slice(0, 4)] || (years[first.slice(0, 4)] = { off: [], worked: [] });
    year.off.push([first, last].map((day) => readDay(day).day));
    year.worked.push(...(work || '').split(', ').filter(Boolean).map((day) => readDay(day).day));
  }
  return years;
}

const years = yearsOf(readFileSync(new URL('../../data/holidays.yml', import.meta.url), 'utf8'));

// tests/test_periods.py runs the same cases through the Python half.
for (const { start, length, unit, statutory, end, missing, why } of cases.periods) {
  test(`${length} ${unit} from ${start}${statutory ? ', statutory' : ''}: ${why}`, () => {
    const count = () => endOf(readDay(start).day, length, unit, years, statutory);
    if (missing) assert.throws(count, (error) => error instanceof NoYear && error.year === missing);
    else assert.equal(isoDay(count()), end);
  });
}

for (const [text, expected] of cases.days) {
  test(`day ${JSON.stringify(text.slice(0, 40))}`, () => {
    const read = readDay(text);
    if (/^\d{4}-/.test(expected)) assert.equal(isoDay(read.day), expected); // no message: it shows a day as well
    else assert.ok(read.error.includes(expected), read.error);
  });
}

for (const [text, expected] of cases.times) {
  test(`time ${JSON.stringify(text.slice(0, 40))}`, () => {
    const read = readTime(text);
    if (/^\d/.test(expected)) assert.equal(momentInWords(read.minutes).slice(-5), expected);
    else assert.ok(read.error.includes(expected), read.error);
  });
}

const someDay = fc.integer({ min: dayOf(2000, 1, 1), max: dayOf(2100, 12, 31) });

test('no period ends before it starts, a longer one not earlier, and a year without data is never guessed', () => {
  fc.assert(fc.property(someDay, fc.nat(400), fc.constantFrom(...UNITS), fc.boolean(), (start, length, unit, statutory) => {
    try {
      const end = endOf(start, length, unit, years, statutory);
      assert.ok(Number.isInteger(end) && end >= start);
      if (unit === '工作日' || (statutory && unit !== '小时')) assert.ok(length === 0 || years[partsOf(end)[0]]);
      assert.ok(endOf(start, length + 1, unit, years, statutory) >= end);
    } catch (error) {
      if (!(error instanceof NoYear)) throw error;
      assert.ok(!years[error.year] && (unit === '工作日' || statutory));
    }
  }), { numRuns: 2000 });
});

test('a day that is shown is read back', () => {
  fc.assert(fc.property(someDay, (day) => {
    assert.deepEqual(readDay(isoDay(day)), { day });
    assert.equal(weekdayOf(day), new Date(day * 86400000).getUTCDay());
    assert.ok(!/NaN|undefined/.test(dayInWords(day)));
  }));
});

test('whatever is written is a day or a message, never anything else', () => {
  const digits = fc.stringMatching(/^[０-９0-9年月日点时分半上下午晚:：/. -]{0,20}$/);
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), digits), (text) => {
    const [day, time] = [readDay(text), readTime(text)];
    assert.ok('day' in day ? Number.isInteger(day.day) : day.error.length > 5);
    assert.ok('minutes' in time ? time.minutes >= 0 && time.minutes < 1440 : time.error.length > 5);
  }), { numRuns: 2000 });
});

test('now is the minute it is in China', () => {
  assert.equal(momentInWords(now(Date.UTC(2026, 10, 25, 16, 0, 59))), '2026 年 11 月 26 日（周四）00:00');
  assert.equal(momentInWords(now(Date.UTC(2026, 10, 25, 15, 59, 59))), '2026 年 11 月 25 日（周三）23:59');
});
