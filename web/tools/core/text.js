// What readers type, as the tools read it: full-width digits and letters, pasted spaces and invisible characters.

const INVISIBLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g; // but the line feed
const NO_BREAK = '\u00a0';
// What scripts/typography.py does for pages; tests/data/typography.json holds what both must do.
const UNITS = '元|万|亿|天|小时|分钟|秒|个|工作日|自然日|年|月|日|周|条|款|项|次|倍|件|单|笔|页|字|家|分|人|份|步|位|行|档|级|号|种'
  + '|岁|张|处|问|kg|KB|MB|GB|cm|mm|毫米|厘米|%';
const BEFORE_UNIT = new RegExp(`([0-9%]) (?=${UNITS})`, 'g'); // a lookbehind is newer than ES2019
const BEFORE_NUMBER = /([年月第每]) (?=[0-9])/g;
const RANGE = /([0-9]–)(?=[0-9])/g;
const LONGEST_ANSWER = 5000; // characters of one answer; what is longer is refused with a message, never cut in silence

/** @param {string} text @returns {string} in half width, without invisible characters, without spaces around it. Linear */
function halfWidth(text) {
  return text.normalize('NFKC').replace(INVISIBLE, '').trim();
}

/** @param {string} text one line @returns {string} the same without any spaces */
function dense(text) {
  return halfWidth(text).replace(/\s+/g, '');
}

/** @param {string} text several lines as they are kept @returns {string} without invisible characters, line ends alike */
function tidy(text) {
  return text.replace(/\r\n?/g, '\n').replace(INVISIBLE, '').replace(/[ \t]+\n/g, '\n').trim();
}

/** @param {string} text @returns {string} with a no-break space between a number and its unit, ranges joined */
function keepTogether(text) {
  const joined = text.replace(RANGE, '$1\u2060');
  return joined.replace(BEFORE_UNIT, `$1${NO_BREAK}`).replace(BEFORE_NUMBER, `$1${NO_BREAK}`);
}

/** @param {string} text @returns {number} characters as a form counts them: a character outside the first plane is one */
function lengthOf(text) {
  return Array.from(text).length;
}
