// What an appeal must hand in, and what of it is missing: the list itself, and how it leaves the page.
// The state is kept under `kb-tool-evidence`; tools/letter reads its `list` (see EvidenceState) and nothing else of it.

/**
 * The rows that scripts/tools/evidence.py writes.
 * @typedef {[key: string, reason: string, proof: string, accepts: string, refuses: string, sources: string[],
 *   cares: number[], nothing: number, called?: string]} Ground `cares`: places in EvidenceData.cares; `nothing`: 1 where
 *   nothing is handed in; `called`: the name in a letter of a proof that says more than a name
 * @typedef {[key: string, what: string, where: string, keep: string, sources: string[], base: number]} CareRow
 * @typedef {[what: string, how: string, sources: string[]]} HoldRow
 * @typedef {{ kinds: [slug: string, title: string, grounds: Ground[]][], cares: CareRow[], holds: HoldRow[],
 *   next: [href: string, text: string][], sources: Record<string, string[]> }} EvidenceData
 */

/**
 * @typedef {{ have: string, note: string, files: string[] }} EvidenceAnswer `have`: yes, no, na, or empty
 * @typedef {EvidenceAnswer & { name: string, proves: string }} ListedEvidence what tools/letter takes: nothing that needs no
 *   hand-in, nothing that is not applicable; `proves` is the ground of appeal, or empty
 * @typedef {{ kind: string, step: string, picked: string[], answers: Record<string, EvidenceAnswer>,
 *   own: { key: string, name: string }[], list: ListedEvidence[], draft?: string }} EvidenceState `picked`: keys of grounds,
 *   of all kinds; `draft`: an item of the reader's own that is not added yet
 * @typedef {{ key: string, name: string, proves: string, accepts: string, refuses: string, sources: string[],
 *   cares: CareRow[], group: 'ground' | 'base' | 'own', nothing: boolean, called?: string }} EvidenceItem
 */

const EVIDENCE_TITLE = '证据清单';
const MOST_OWN = 30;
const MOST_FILES = 50; // names of one item
const LONGEST_NAME = 300;
/** @type {EvidenceState} */
const NO_EVIDENCE = { kind: '', step: 'kind', picked: [], answers: {}, own: [], list: [], draft: '' };
/** @type {EvidenceAnswer} */
const NO_ANSWER = { have: '', note: '', files: [] };
const HAVE = /** @type {Record<string, string>} */ ({ yes: '有', no: '没有', na: '不适用', '': '还没标' });
const GROUPS = { ground: '按申诉原因', base: '申诉页没要，也要存的', own: '自己加的' };
const FOR_THE_READER = '自己核对用，不要交出去；要交的证据清单，用“写文书”填。';
const REMARK = /（[^）]*）/g;
const FORMULA = /^\s*[=+\-@＝＋－＠]/; // what a spreadsheet would work out

/** @param {any} state @returns {state is EvidenceState} */
function isEvidenceState(state) {
  const text = (/** @type {any} */ value, /** @type {number} */ most) => typeof value === 'string' && lengthOf(value) <= most;
  const texts = (/** @type {any} */ value, /** @type {number} */ count) => Array.isArray(value) && value.length <= count
    && value.every((each) => text(each, LONGEST_NAME));
  const answer = (/** @type {any} */ value) => Boolean(value) && Object.keys(HAVE).includes(value.have)
    && typeof value.note === 'string' && texts(value.files, MOST_FILES);
  const own = (/** @type {any} */ value) => Boolean(value) && /^own-\d{1,6}$/.test(value.key) && text(value.name, LONGEST_NAME);
  return Boolean(state) && text(state.kind, 50) && ['kind', 'grounds', 'list'].includes(state.step) && texts(state.picked, 1000)
    && Boolean(state.answers) && typeof state.answers === 'object' && !Array.isArray(state.answers) && Object.values(state.answers).every(answer)
    && Array.isArray(state.own) && state.own.length <= MOST_OWN && state.own.every(own) && Array.isArray(state.list)
    && ['undefined', 'string'].includes(typeof state.draft);
}

/** @param {EvidenceData} data @param {string} slug */
function disputeOf(data, slug) {
  return data.kinds.find(([kind]) => kind === slug);
}

/**
 * Read the kind of dispute in an address: #kind=late-shipment, and #late-shipment, which is also a place on the page.
 * @param {EvidenceData} data @param {string} hash @returns {{ kind: string, unknown: boolean }}
 */
function kindIn(data, hash) {
  const [, asked = '', slug = ''] = hash.match(/^#(kind=)?([a-z-]{1,50})$/) || [];
  if (disputeOf(data, slug)) return { kind: slug, unknown: false };
  return { kind: '', unknown: Boolean(asked) || /^#kind=/.test(hash) };
}

/** @param {EvidenceState} state @param {string} key @returns {EvidenceAnswer} */
function answerTo(state, key) {
  return state.answers[key] || NO_ANSWER;
}

/** @param {EvidenceState} state @param {string} key @returns {string} as it leaves the page: nothing of one that is too long */
function noteOf(state, key) {
  const { note } = answerTo(state, key);
  return lengthOf(note) > LONGEST_ANSWER ? '' : note;
}

/**
 * Everything on the list: what the picked grounds want, what every list has, what the reader added.
 * @param {EvidenceData} data @param {EvidenceState} state @returns {EvidenceItem[]}
 */
function evidenceItems(data, state) {
  const [, , grounds] = disputeOf(data, state.kind) || ['', '', []];
  const wanted = grounds.filter(([key]) => state.picked.includes(key));
  return [
    ...wanted.map(([key, reason, proof, accepts, refuses, sources, cares, nothing, called]) => /** @type {EvidenceItem} */ ({
      key, name: proof, proves: reason, accepts, refuses, sources, cares: cares.map((at) => data.cares[at]), group: 'ground',
      nothing: Boolean(nothing), called,
    })),
    ...data.cares.filter((care) => care[5]).map((care) => /** @type {EvidenceItem} */ ({
      key: care[0], name: care[1], proves: '', accepts: '', refuses: '', sources: [], cares: [care], group: 'base', nothing: false,
    })),
    ...state.own.map(({ key, name }) => /** @type {EvidenceItem} */ ({
      key, name, proves: '', accepts: '', refuses: '', sources: [], cares: [], group: 'own', nothing: false,
    })),
  ];
}

/**
 * What is there and what is missing; what is not marked is missing.
 * @param {EvidenceItem[]} items @param {EvidenceState} state @returns {{ missing: EvidenceItem[], text: string }}
 */
function countEvidence(items, state) {
  const by = (/** @type {string} */ have) => items.filter(({ key, nothing }) => !nothing && answerTo(state, key).have === have);
  const [have, not, na, open] = ['yes', 'no', 'na', ''].map(by);
  const missing = items.filter((item) => not.includes(item) || open.includes(item));
  const free = items.filter(({ nothing }) => nothing).length;
  const unmarked = open.length ? `（其中 ${open.length} 件还没标）` : '';
  const parts = [`有 ${have.length} 件`, `还缺 ${missing.length} 件${unmarked}`];
  if (na.length) parts.push(`不适用 ${na.length} 件`);
  if (free) parts.push(`不用交材料的 ${free} 条`);
  return { missing, text: `要备 ${have.length + missing.length} 件：${parts.join('，')}。` };
}

/**
 * What a letter says of the evidence: names, not what to hand in; grounds without the remarks meant for the reader.
 * @param {EvidenceItem[]} items @param {EvidenceState} state @returns {ListedEvidence[]}
 */
function listedEvidence(items, state) {
  return items.filter(({ key, nothing }) => !nothing && answerTo(state, key).have !== 'na')
    .map(({ key, name, proves, called }) => ({ name: called || name, proves: proves.replace(REMARK, ''), ...answerTo(state, key), note: noteOf(state, key) }));
}

/** @param {EvidenceItem} item @param {EvidenceState} state @returns {string} whether it is there, in words */
function haveInWords(item, state) {
  return item.nothing ? '不用交材料' : HAVE[answerTo(state, item.key).have];
}

/** @param {EvidenceData} data @param {string[]} sources @returns {string} */
function sourceNames(data, sources) {
  return byName(data, sources).map((source) => (data.sources[source] || [''])[0]).filter(Boolean).join('；');
}

/** Clauses of one rule may be called alike: each name once. @param {EvidenceData} data @param {string[]} sources */
function byName(data, sources) {
  const names = sources.map((source) => (data.sources[source] || [source])[0]);
  return sources.filter((_, at) => names.indexOf(names[at]) === at);
}

/** @param {EvidenceData} data @param {EvidenceState} state @returns {string} the list as text */
function evidenceText(data, state) {
  const items = evidenceItems(data, state);
  const { missing, text } = countEvidence(items, state);
  const [, title] = disputeOf(data, state.kind) || ['', ''];
  const lines = [`${EVIDENCE_TITLE}（${title}）`, FOR_THE_READER, text];
  if (missing.length) lines.push(`还缺：${missing.map(({ name }) => name).join('／')}`);
  items.forEach((item, at) => {
    if (!at || items[at - 1].group !== item.group) lines.push('', GROUPS[item.group]);
    lines.push(...itemLines(data, state, item, at));
  });
  lines.push('', '交之前，都做到', ...data.holds.map(([what, how, sources]) => `· ${what}：${how}（${sourceNames(data, sources)}）`));
  return `${lines.join('\n')}\n`;
}

/** @param {EvidenceData} data @param {EvidenceState} state @param {EvidenceItem} item @param {number} at @returns {string[]} */
function itemLines(data, state, item, at) {
  const [note, { files }] = [noteOf(state, item.key), answerTo(state, item.key)];
  const parts = [
    ['证明', item.proves], ['怎样才认', item.accepts], ['不认什么', item.refuses], ['手里有吗', haveInWords(item, state)],
    ['备注', tidy(note).replace(/\n/g, '\n      ')], ['文件', files.join('、')],
    ...item.cares.map(([, what, where, keep]) => [what, `${where}；${keep}`]),
    ['来源', sourceNames(data, [...item.sources, ...item.cares.map((care) => care[4]).reduce((all, each) => all.concat(each), [])])],
  ];
  return [`${at + 1}. ${item.name}`, ...parts.filter(([, text]) => text).map(([head, text]) => `   ${head}：${text}`)];
}

/**
 * A cell by RFC 4180. One that a spreadsheet would take for a formula gets an apostrophe before it.
 * @param {string} text @returns {string}
 */
function csvCell(text) {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** @param {EvidenceData} data @param {EvidenceState} state @returns {string} the list as CSV; the mark says it is UTF-8 */
function evidenceCsv(data, state) {
  const heads = ['编号', '类', '交什么', '证明什么', '怎样才认', '不认什么', '手里有吗', '备注', '文件', '去哪里取', '怎么存', '来源'];
  const rows = evidenceItems(data, state).map((item, at) => {
    const [note, { files }] = [noteOf(state, item.key), answerTo(state, item.key)];
    return [String(at + 1), GROUPS[item.group], item.name, item.proves, item.accepts, item.refuses, haveInWords(item, state),
      tidy(note), files.join('\n'), item.cares.map((care) => care[2]).join('\n'), item.cares.map((care) => care[3]).join('\n'),
      sourceNames(data, item.sources)];
  });
  return '\ufeff' + [heads, ...rows].map((row) => row.map(csvCell).join(',') + '\r\n').join('');
}

/**
 * Take names of files into a list, each once.
 * @param {string[]} files @param {string[]} names @returns {{ files: string[], told: string }}
 */
function withFiles(files, names) {
  const clean = names.map((name) => tidy(name).replace(/\n/g, ' ')).filter((name) => name && lengthOf(name) <= LONGEST_NAME);
  const fresh = clean.filter((name, at) => !files.includes(name) && clean.indexOf(name) === at);
  const kept = [...files, ...fresh].slice(0, MOST_FILES);
  const added = kept.length - files.length;
  if (added < fresh.length) return { files: kept, told: `一件最多记 ${MOST_FILES} 个文件名；记下 ${added} 个，其余请写进备注。` };
  return { files: kept, told: added ? `记下 ${added} 个文件名。` : '这些文件名已经记过了。' };
}
