// Calendars of any text, always the same ones: node ics-sample.mjs NUMBER prints them as JSON for tests/test_ics.py, which
// reads them with a calendar library.

import { pathToFileURL } from 'node:url';

import fc from 'fast-check';

import { load } from './load.mjs';

const { calendarOf, tidy } = load(['text', 'days', 'ics'].map((name) => `web/tools/core/${name}.js`));

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.stringMatching(/^[申诉，；;,:\\"nN\n\r\t 😀a]{0,90}$/),
);
const entry = fc.record({
  uid: fc.stringMatching(/^[a-z0-9-]{1,60}$/),
  start: fc.integer({ min: 11000 * 1440, max: 60000 * 1440 }),
  title: words,
  text: words,
});

export function sample(number) {
  return fc.sample(fc.record({ entries: fc.array(entry, { minLength: 1, maxLength: 3 }), stamp: fc.integer({ min: 2e7, max: 5e7 }) }), { numRuns: number, seed: 7 })
    .map(({ entries, stamp }) => {
      const whole = entries.map((each) => ({ ...each, end: each.start + 30, alarms: ['P1D', 'PT3H'] }));
      const plain = whole.map((each) => ({ ...each, title: tidy(each.title), text: tidy(each.text) }));
      return { entries: plain, stamp, ics: calendarOf(whole, stamp) };
    });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(JSON.stringify(sample(Number(process.argv[2]))));
