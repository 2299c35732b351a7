import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { load } from './load.mjs';

const MODULES = ['core/text', 'core/days', 'core/ics', 'deadlines-count', 'deadlines-out'].map((name) => `web/tools/${name}.js`);
const tool = load(MODULES);
const { calendarEntries, clocksOf, clocksText, dayOf, isClocksState, leftWords, readEvent, spanWords, stateOfClock, takenApart, uidOf } = tool;

const of = (title, length, unit, law, side, acts = '商家') => ({ title, starts: '', length, unit, acts, then: '后果', source: 's', law, side });
const event = (id, time, deadlines, choices = []) => ({ id, title: `事 ${id}`, day: '哪天', time, asks: choices.length ? '哪种' : '', choices, deadlines });
const DATA = {
  groups: [['一', [event('countdown', 'must', []), event('notice', 'may', ['seven', 'sampling'], [['a', '甲', 'seven'], ['b', '乙', 'sampling']])]],
    ['二', [event('hours', 'must', ['hours']), event('judgment', '', ['appeal']), event('known', '', ['limitation']), event('sent', '', ['review']),
      event('closing', '', ['closing'])]]],
  deadlines: {
    seven: of('甲：申诉', 7, '天', false, 'mine'), sampling: of('乙：申诉', 5, '工作日', false, 'mine'), hours: of('举证', 24, '小时', false, 'mine'),
    appeal: of('上诉', 15, '天', true, 'mine'), limitation: of('时效', 3, '年', true, 'mine'), review: of('审核', 5, '工作日', false, 'theirs', '平台'),
    closing: of('公示', 30, '天', false, 'waits'),
  },
  kinds: {}, links: {}, sources: { s: ['《甲》', '', ''] },
  years: { 2026: { off: [[dayOf(2026, 10, 1), dayOf(2026, 10, 7)]], worked: [dayOf(2026, 9, 20), dayOf(2026, 10, 10)] } },
};
const at = (year, month, date, hour = 0, minute = 0) => dayOf(year, month, date) * 1440 + hour * 60 + minute;
const happened = (name, date, time = '', kind = '', note = '') => ({ event: name, kind, date, time, note });
const only = (...written) => clocksOf(DATA, [happened(...written)])[0];

test('days of a platform are kept by the earlier reading, and over only by the later one', () => {
  const timed = only('notice', '2026-11-20', '15:00', 'a');
  assert.equal(timed.until, '2026 年 11 月 27 日（周五）15:00 前');
  assert.equal(stateOfClock(timed, at(2026, 11, 27, 14, 59)), 'soon');
  assert.equal(stateOfClock(timed, at(2026, 11, 27, 15)), 'unsure');
  assert.equal(stateOfClock(timed, at(2026, 11, 27, 23, 59)), 'unsure');
  assert.equal(stateOfClock(timed, at(2026, 11, 28)), 'over');
  assert.deepEqual([timed.start, timed.from], ['2026-11-20 15:00', '2026-11-20 15:00 事 notice']);
  assert.match(timed.how, /^从次日起数 7 天，到 2026 年 11 月 27 日。平台没有写.*提前一天交更稳/);
  assert.equal(only('notice', '2026-11-20', '', 'a').until, '2026 年 11 月 26 日（周四）当天内');
});

test('hours run to the minute', () => {
  const clock = only('hours', '2026-12-31', '下午11:45');
  assert.equal(clock.until, '2027 年 1 月 1 日（周五）23:45 前');
  assert.equal(leftWords(clock, at(2027, 1, 1, 20, 25)), '还剩 3 小时 20 分钟');
  assert.equal(leftWords(clock, at(2027, 1, 1, 23, 45)), '已过 1 分钟');
});

test('what a law says moves with the holidays, and says so', () => {
  const clock = only('judgment', '2026-09-18');
  assert.equal(clock.until, '2026 年 10 月 8 日（周四）当天内');
  assert.match(clock.how, /2026 年 10 月 3 日（周六）放假，顺延/);
  assert.match(only('judgment', '2026-11-10').how, /不顺延/);
});

test('a year without data: no day for working days, a day that may move for others', () => {
  const working = only('notice', '2026-12-29', '9:00', 'b');
  assert.equal(working.until, '算不出是哪一天：没有 2027 年的放假安排。要稳，2027 年 1 月 3 日前办完');
  assert.match(working.how, /按连着的 5 天办，一定不晚/);
  assert.deepEqual(calendarEntries(DATA, [working], 0), []);
  const years = only('known', '2026-11-25');
  assert.equal(years.until, '2029 年 11 月 25 日（周日）当天内');
  assert.match(years.how, /2029 年的放假安排没有读到，碰上放假会顺延/);
  assert.equal(stateOfClock(years, at(2029, 11, 26)), 'unsure');
  assert.equal(stateOfClock(years, at(2030, 1, 1)), 'over');
});

test('who is late is told', () => {
  const theirs = only('sent', '2026-11-25');
  assert.equal(theirs.until, '2026 年 12 月 2 日（周三）当天内');
  assert.equal(leftWords(theirs, at(2026, 12, 4)), '对方已超过 1 天');
  assert.equal(theirs.how, '从次日起数 5 个工作日（周末、放假不算，调休上班的算），到那天结束');
  const closing = only('closing', '2026-11-25');
  assert.equal(leftWords(closing, at(2026, 12, 25)), '还要等 1 天');
  assert.equal(closing.how, '从次日起数 30 天，到那天结束');
});

test('what is copied from a page ends when it says', () => {
  const clock = only('countdown', '2026-12-02', '9:00', '', '罚单 1');
  assert.equal(clock.until, '2026 年 12 月 2 日（周三）09:00 前');
  assert.equal(clock.of.title, '罚单 1');
});

test('sorted by end; the text and the calendar say the same', () => {
  const clocks = clocksOf(DATA, [happened('notice', '2026-11-20', '', 'a', '单号 1'), happened('judgment', '2026-11-10'), happened('hours', '2026-11-25', '10:00')]);
  assert.deepEqual(clocks.map(({ id }) => id), ['appeal', 'hours', 'seven']);
  const moment = at(2026, 11, 25, 9, 30);
  const [appeal, hours, seven] = calendarEntries(DATA, clocks, moment);
  assert.deepEqual([appeal.start, appeal.end], [at(2026, 11, 25, 9), at(2026, 11, 25, 9, 30)]);
  assert.deepEqual([hours.start, hours.end], [at(2026, 11, 26, 9, 30), at(2026, 11, 26, 10)]);
  assert.equal(seven.title, '截止：甲：申诉（单号 1）');
  assert.deepEqual(seven.alarms, ['P1D', 'PT3H']);
  const text = clocksText(DATA, clocks, moment);
  for (const clock of clocks) assert.ok(text.includes(clock.until) && text.includes(clock.how));
  assert.match(text, /起点：2026-11-20 事 notice（单号 1）\n商家办；过了：后果\n怎么数：.*\n依据：《甲》/);
});

test('what ends at the same moment has one order, however it was written down', () => {
  const both = [happened('sent', '2026-11-18'), happened('judgment', '2026-11-10')];
  for (const events of [both, both.slice().reverse()]) assert.deepEqual(clocksOf(DATA, events).map(({ id }) => id), ['appeal', 'review']);
});

test('the same deadline of the same event keeps its name, another note has another', () => {
  const uid = (...written) => uidOf(only('notice', ...written));
  assert.equal(uid('2026-11-20', '9:00', 'a', '一'), uid('2026/11/20', '９:00', 'a', ' 一 '));
  assert.notEqual(uid('2026-11-20', '9:00', 'a', '一'), uid('2026-11-20', '9:00', 'a', '二'));
});

test('a day pasted with its time is taken apart', () => {
  assert.deepEqual(takenApart(happened('notice', '2026-11-20 15:00:59')), happened('notice', '2026-11-20', '15:00:59'));
  assert.deepEqual(takenApart(happened('notice', '2026年11月20日 15:00')), happened('notice', '2026年11月20日', '15:00'));
  for (const day of ['2026 年 11 月 20 日', '2026年 11月 20日']) assert.deepEqual(takenApart(happened('notice', `${day} 15:00`)), happened('notice', day, '15:00'));
  for (const left of [happened('notice', '2026-11-2015:00'), happened('notice', '2026-11-20 15:00', '9:00'), happened('notice', '2026 年 11 月 20 日'), happened('notice', '')]) assert.deepEqual(takenApart(left), left);
  assert.deepEqual(takenApart(happened('notice', `2026-11-20${' '.repeat(5001)}`)), happened('notice', '2026-11-20'));
});

test('what is missing or wrong is said by field', () => {
  assert.deepEqual(readEvent(DATA, happened('', '')), { errors: { event: '请选发生了什么' } });
  assert.deepEqual(Object.keys(readEvent(DATA, happened('notice', 'x', 'y', '', '长'.repeat(41))).errors), ['kind', 'date', 'time', 'note']);
  assert.deepEqual(Object.keys(readEvent(DATA, happened('hours', '2026-11-25')).errors), ['time']);
});

test('how long: two units, of long times the days', () => {
  const spans = [[0, '1 分钟'], [1, '1 分钟'], [60, '1 小时'], [61, '1 小时 1 分钟'], [1440, '1 天'], [3065, '2 天 3 小时'], [43200, '30 天'], [43261, '30 天']];
  for (const [minutes, words] of spans) assert.equal(spanWords(minutes), words);
});

test('whatever is written, nothing is NaN or undefined, and a state that is kept is taken again', () => {
  const events = DATA.groups.flatMap(([, each]) => each.map(({ id }) => id));
  const words = fc.oneof(fc.string({ unit: 'binary', maxLength: 50 }), fc.constantFrom('2026-02-29', '2026-12-31', '2100-12-31', '2000-01-01', '9:00', '', '__proto__'));
  const some = fc.record({ event: fc.oneof(fc.constantFrom(...events), words), kind: fc.constantFrom('a', 'b', 'unstated', '__proto__'), date: words, time: words, note: words });
  fc.assert(fc.property(fc.array(some, { maxLength: 5 }), fc.integer({ min: 0, max: 9e7 }), (all, moment) => {
    const clocks = clocksOf(DATA, all);
    const entries = calendarEntries(DATA, clocks, moment);
    const said = JSON.stringify([clocks.map((clock) => [clock.until, clock.how, leftWords(clock, moment)]), entries]) + clocksText(DATA, clocks, moment);
    assert.ok(!/NaN|undefined|null|Invalid/.test(said.replace(JSON.stringify(all.map(({ note }) => note)), '')) || all.some(({ note }) => /NaN|undefined|null|Invalid/.test(note)));
    assert.ok(isClocksState({ events: all, draft: all[0] || happened('', '') }));
  }), { numRuns: 1500 });
});

test('what is no state is refused', () => {
  const draft = happened('', '');
  assert.ok(isClocksState({ events: Array(40).fill(draft), draft }));
  for (const state of [null, 1, 'x', [], {}, { events: [], draft: null }, { events: {}, draft }, { events: [1], draft }, { events: [{}], draft },
    { events: Array(41).fill(draft), draft }]) assert.ok(!isClocksState(state), JSON.stringify(state));
});
