import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sample } from './ics-sample.mjs';
import { load } from './load.mjs';

const { calendarOf, dayOf, foldLine } = load(['text', 'days', 'ics'].map((name) => `web/tools/core/${name}.js`));
const noon = dayOf(2026, 11, 25) * 1440 + 720;

test('a calendar has its lines, in UTC', () => {
  const entry = { uid: 'a', start: noon, end: noon + 30, title: '申诉, 一', text: '甲\n乙;\\', alarms: ['P1D'] };
  assert.deepEqual(calendarOf([entry], noon).split('\r\n').slice(5), [
    'BEGIN:VEVENT', 'UID:a', 'DTSTAMP:20261125T040000Z', 'DTSTART:20261125T040000Z', 'DTEND:20261125T043000Z', 'SUMMARY:申诉\\, 一',
    'DESCRIPTION:甲\\n乙\\;\\\\', 'TRANSP:TRANSPARENT', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-P1D', 'DESCRIPTION:申诉\\, 一',
    'END:VALARM', 'END:VEVENT', 'END:VCALENDAR', '',
  ]);
});

test('a line is folded at 75 octets, between characters', () => {
  assert.equal(foldLine('a'.repeat(75)), 'a'.repeat(75));
  assert.equal(foldLine('a'.repeat(76)), `${'a'.repeat(75)}\r\n a`);
  assert.equal(foldLine('申'.repeat(26)), `${'申'.repeat(25)}\r\n 申`);
  assert.equal(foldLine(`${'a'.repeat(73)}😀`), `${'a'.repeat(73)}\r\n 😀`);
});

test('whatever is written, no line is longer, no control character is left, and unfolding gives the line again', () => {
  for (const { ics } of sample(300)) {
    for (const line of ics.split('\r\n')) assert.ok(new TextEncoder().encode(line).length <= 75, line);
    assert.ok(!/[\u0000-\u0009\u000b\u000c\u000e-\u001f]/.test(ics));
    assert.ok(!/[^\r]\n|\r[^\n]/.test(ics));
  }
  assert.equal(foldLine('申诉😀'.repeat(99)).replace(/\r\n /g, ''), '申诉😀'.repeat(99));
});
