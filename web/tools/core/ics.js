// Calendar files (RFC 5545). The text lines, the folding and the escaping are ours: the library for it weighs more than
// any of the tools. Times are given in UTC, so that no description of a time zone is needed.

const LONGEST_LINE = 75; // octets, without the line's end

/**
 * @typedef {{ uid: string, start: number, end: number, title: string, text: string, alarms: string[] }} CalendarEntry
 *   start and end are moments in China; alarms how long before the start, as 'P1D' or 'PT3H'
 */

/**
 * Return a calendar as text.
 * @param {CalendarEntry[]} entries @param {number} stamp the moment it is @returns {string}
 */
function calendarOf(entries, stamp) {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//KB//Deadlines//ZH', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'];
  for (const { uid, start, end, title, text, alarms } of entries) {
    lines.push('BEGIN:VEVENT', `UID:${escapeIcs(uid)}`, `DTSTAMP:${utcOf(stamp)}`, `DTSTART:${utcOf(start)}`, `DTEND:${utcOf(end)}`,
      `SUMMARY:${escapeIcs(title)}`, `DESCRIPTION:${escapeIcs(text)}`, 'TRANSP:TRANSPARENT');
    for (const before of alarms) {
      lines.push('BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:-${before}`, `DESCRIPTION:${escapeIcs(title)}`, 'END:VALARM');
    }
    lines.push('END:VEVENT');
  }
  return [...lines, 'END:VCALENDAR', ''].map(foldLine).join('\r\n');
}

/** @param {number} moment in China @returns {string} 20261125T063000Z */
function utcOf(moment) {
  return new Date((moment - CHINA) * 60000).toISOString().replace(/[-:]|\.\d+/g, '');
}

/** @param {string} text @returns {string} as the value of a property: no control characters, nothing that ends it */
function escapeIcs(text) {
  return tidy(text).replace(/\t/g, ' ').replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');
}

/** @param {string} line @returns {string} in pieces of at most 75 octets of UTF-8, no character split */
function foldLine(line) {
  const pieces = [''];
  let octets = 0;
  for (const character of line) {
    const point = Number(character.codePointAt(0));
    const more = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (octets + more > LONGEST_LINE) {
      pieces.push('');
      octets = 1; // the space that goes on with a line
    }
    pieces[pieces.length - 1] += character;
    octets += more;
  }
  return pieces.join('\r\n ');
}
