// What readers type, as the tools read it: full-width digits and letters, pasted spaces and invisible characters.

const INVISIBLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g; // but the line feed
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

/** @param {string} text @returns {number} characters as a form counts them: a character outside the first plane is one */
function lengthOf(text) {
  return Array.from(text).length;
}
