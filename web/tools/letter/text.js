// A letter from its blocks and the answers: as parts to draw, as plain text, as data for Word. The same text as the
// guides and their Word documents show, which scripts/kbcheck/letters.py and scripts/documents.py make.

/**
 * @typedef {{ kind: 'title' | 'heading' | 'text' | 'items' | 'sign', texts: string[], sources?: string[] }} Block
 * @typedef {{ id: string, title: string, fields: Slot[], blocks: number[] }} Letter
 * @typedef {{ id: string, title: string, fields: Slot[], checks: Check[], letters: Letter[] }} Template
 * @typedef {{ templates: Template[], blocks: Block[], halved: string, amounts: AskedAmount[],
 *   fees: Record<string, Fee & { source: string }>, sources: Record<string, string[]> }} LetterData
 * @typedef {{ id: string, label: string, text: string, gap: boolean }} Part `id`: of its field, or empty
 * @typedef {{ key: string, slot: Slot, group: string }} Asked a field with the key of its answer and its heading
 * @typedef {{ template: Template, letter: Letter, blocks: Block[], asked: Asked[], file: string }} Opened
 */

const MOST_EVIDENCE = 100;
const FILES_NAMED = 5; // of one piece of evidence
const KEPT = 4; // paragraphs before the signature that stay with it on its page: scripts/documents.py
const NAME = /\{([a-z][a-z0-9-]*)\}/g;

/** @param {LetterData} data @param {string} place such as appeal-letter/late-shipment @returns {Opened | null} */
function openLetter(data, place) {
  const [first, second] = place.split('/');
  const template = data.templates.find(({ id }) => id === first);
  const letter = template && template.letters.find(({ id }) => id === second);
  if (!template || !letter) return null;
  const blocks = letter.blocks.map((each) => data.blocks[each]);
  const file = letter.title === template.title ? letter.title : `${template.title}-${letter.title}`;
  return { template, letter, blocks, asked: askedIn(template, letter, blocks), file };
}

/**
 * Return the fields in the order in which the letter names them; one in words asks for nothing of its own.
 * @param {Template} template @param {Letter} letter @param {Block[]} blocks @returns {Asked[]}
 */
function askedIn(template, letter, blocks) {
  const asked = /** @type {Record<string, Asked>} */ ({});
  const slots = [...template.fields.map((slot) => ({ key: `${template.id}/${slot.id}`, slot })),
    ...letter.fields.map((slot) => ({ key: `${template.id}/${letter.id}/${slot.id}`, slot }))];
  let group = '';
  for (const block of blocks) {
    if (block.kind === 'heading') [group] = block.texts;
    for (const [, id] of matchesOf(block.texts.join('\n'))) {
      const found = slots.find(({ slot }) => slot.id === id);
      if (found && !asked[id]) asked[id] = { ...found, group };
    }
  }
  return Object.values(asked);
}

/** @param {string} text @returns {RegExpExecArray[]} its fields; String.matchAll is newer than ES2019 */
function matchesOf(text) {
  const found = [];
  const pattern = new RegExp(NAME);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) found.push(match);
  return found;
}

/** @param {Opened} opened @param {Record<string, string>} typed by key @returns {Record<string, Answer>} by the field's id */
function answersOf({ asked }, typed) {
  const read = asked.map(({ key, slot }) => [slot.id, answerOf(slot, typed[key] || '')]);
  const answers = /** @type {Record<string, Answer>} */ (Object.fromEntries(read));
  for (const { slot } of asked) {
    if (slot.words) answers[slot.id] = { text: inWords((answers[slot.words] || { values: [] }).values[0]), values: [], error: '' };
  }
  return answers;
}

/** @param {number | undefined} fen @returns {string} 人民币壹仟元整, or nothing where there is no amount */
function inWords(fen) {
  if (fen === undefined) return '';
  return /** @type {any} */ (window).kbWords(String(fen / FEN)); // below MOST_YUAN the two decimals of a double are exact
}

/**
 * Return one paragraph as parts. An answer that ends where the letter puts a full stop does not bring a second one.
 * @param {Opened} opened @param {Record<string, Answer>} answers @param {string} text @returns {Part[]}
 */
function letterParts({ asked }, answers, text) {
  const parts = /** @type {Part[]} */ ([]);
  let end = 0;
  const plain = (/** @type {number} */ to) => { if (to > end) parts.push({ id: '', label: '', text: text.slice(end, to), gap: false }); };
  for (const match of matchesOf(text)) {
    plain(match.index);
    end = match.index + match[0].length;
    const found = asked.find(({ slot }) => slot.id === match[1]);
    const label = found ? found.slot.label : '';
    const given = (answers[match[1]] || { text: '' }).text;
    const answer = text[end] === '。' ? given.replace(/[。；;]+$/, '') : given;
    parts.push({ id: match[1], label, text: answer || `【${label}】`, gap: !answer });
  }
  plain(text.length);
  return parts;
}

/** @param {Opened} opened @param {Record<string, Answer>} answers @returns {string} the letter to copy */
function plainLetter(opened, answers) {
  const blocks = opened.blocks.map(({ texts }) => texts.map((text) => letterParts(opened, answers, text).map((part) => part.text).join('')));
  return blocks.map((texts) => texts.join('\n')).join('\n\n');
}

/** @param {Opened} opened @param {Record<string, Answer>} answers @returns {object} what letter-template.js asks for */
function wordLetter(opened, answers) {
  const paragraph = (/** @type {string} */ text) => ({
    parts: letterParts(opened, answers, text).map((part) => (part.gap ? { text: '', gap: part.text } : { text: part.text, gap: '' })),
  });
  const kinds = { title: [], heading: [], text: [], items: [], kept: [], sign: [] };
  return { title: opened.letter.title, blocks: keptTogether(opened.blocks).map(({ kind, text }) => ({ ...kinds, [kind]: [paragraph(text)] })) };
}

/** @param {Block[]} blocks @returns {{ kind: string, text: string }[]} paragraphs, those just before the signature as `kept` */
function keptTogether(blocks) {
  const all = blocks.reduce((/** @type {{ kind: string, text: string }[]} */ some, { kind, texts }) => [...some, ...texts.map((text) => ({ kind, text }))], []);
  const signed = all.findIndex(({ kind }) => kind === 'sign');
  const near = (/** @type {number} */ at) => at < signed && at >= signed - KEPT;
  return all.map(({ kind, text }, at) => ({ kind: near(at) && ['text', 'items'].includes(kind) ? 'kept' : kind, text }));
}

/** @param {Opened} opened @param {Record<string, Answer>} answers @returns {Asked[]} the fields without an answer */
function missingIn({ asked }, answers) {
  return asked.filter(({ slot }) => !slot.words && !answers[slot.id].text);
}

/** @param {Opened} opened @returns {string[]} what its text leans on, each once */
function sourcesOf({ blocks }) {
  const all = blocks.map(({ sources }) => sources || []);
  return Array.from(new Set(/** @type {string[]} */ ([]).concat(...all)));
}

/**
 * Return the letter that the name of a reason for a deduction, or of a template, leads to.
 * @param {LetterData} data @param {string} kind @returns {string} its place, or the template's, or nothing
 */
function placeOfKind(data, kind) {
  const appeal = data.templates.find(({ letters }) => letters.some(({ id }) => id === kind));
  const named = data.templates.find(({ id }) => id === kind);
  return named ? kind : appeal ? `${appeal.id}/${kind}` : '';
}

/**
 * Return what the reader has of the list that tools/evidence keeps (its EvidenceState), whatever stands in its place: names,
 * with those of its files. Not the notes: they are the reader's own, and a letter goes to the other side.
 * @param {string | null} kept @returns {string[]} a line each, only of what is at hand
 */
function evidenceIn(kept) {
  /** @type {any} */
  let list;
  try {
    ({ list } = (JSON.parse(kept || 'null') || {}).state || {});
  } catch (error) {
    return [];
  }
  const line = (/** @type {any} */ text) => (typeof text === 'string' ? soundText(text).replace(/\s+/g, ' ') : '');
  const items = Array.isArray(list) ? list.filter((item) => item && item.have === 'yes' && line(item.name)) : [];
  return items.slice(0, MOST_EVIDENCE).map(({ name, proves, files }) => {
    const names = (Array.isArray(files) ? files : []).map(line).filter(Boolean);
    const more = names.length > FILES_NAMED ? `等 ${names.length} 个` : '';
    return line(name) + (names.length ? `（文件：${names.slice(0, FILES_NAMED).join('、')}${more}）` : '') + (line(proves) ? `，证明“${line(proves)}”` : '');
  });
}
