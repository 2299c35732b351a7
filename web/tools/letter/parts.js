// The fields of a letter, each with what its kind offers: today, the amount in words, the court's fee. And the letter itself.

/** @typedef {Field & { slot: Slot, key: string, show: (answer: Answer) => void }} LetterField */

const KEYS = /** @type {Record<string, FieldOf['keys']>} */ ({ phone: 'tel', date: 'numeric' });

/**
 * @param {LetterData} data @param {Asked} asked @param {string} value @param {number} today @param {() => number} written
 *   the day of the letter @param {() => void} changed @returns {LetterField}
 */
function letterField(data, { key, slot }, value, today, written, changed) {
  const kind = slot.kind === 'long' ? 'text' : slot.kind === 'money' || slot.kind === 'number' ? 'number' : 'line';
  const field = fieldOf({ id: slot.id, label: slot.label, hint: hintOf(slot), value, kind, rows: 3,
    most: slot.most, counted: slot.kind === 'long', keys: KEYS[slot.kind || ''] }, changed);
  if (slot.kind === 'date' || slot.kind === 'dates') {
    const put = (/** @type {number} */ day) => { field.set(longDay(day)); changed(); };
    const later = (slot.ahead || []).map((days) => buttonOf(`信上日期的 ${days} 天后`, () => put(endOf(written(), days, '天', {})), 'kb-quiet'));
    field.root.append(...(later.length ? later : [buttonOf('填今天', () => put(today), 'kb-quiet')]));
  }
  if (slot.from === 'amount') offerAmounts(field, data.amounts, changed);
  const extra = slot.kind === 'money' ? moneyLine(data, slot) : null;
  if (extra) field.root.append(extra.root);
  if (slot.sources) field.root.append(sourceLine(data, '这一栏的依据：', slot.sources));
  return { ...field, slot, key, show: extra ? extra.show : () => {} };
}

/** @param {Slot} slot @returns {string} what to write, and how it looks; some have no example but the reader's own */
function hintOf({ help, example, kind }) {
  if (kind === 'date') return `${help}\n示例：${example}，只打数字 20261125 也行`;
  return example.startsWith('示例，') ? help : `${help}\n示例：${example}`;
}

/** @param {LetterData} data @param {Slot} slot @returns {{ root: HTMLElement, show: (answer: Answer) => void }} */
function moneyLine(data, slot) {
  const root = make('div', { className: 'kb-money', hidden: true });
  let words = '';
  let drawn = /** @type {number | undefined} */ (undefined);
  const text = make('p', { className: 'kb-hint' });
  const fee = make('p', { className: 'kb-hint' });
  root.append(text, copyButton('复制大写', () => words), fee);
  const show = (/** @type {Answer} */ { values: [fen] }) => {
    if (fen === drawn) return;
    drawn = fen;
    root.hidden = fen === undefined;
    if (fen === undefined) return;
    words = inWords(fen);
    text.textContent = `大写：${words}`;
    if (slot.fee) fill(fee, ...feeLine(data, data.fees[slot.fee], fen));
  };
  return { root, show };
}

/** @param {LetterData} data @param {Fee & { source: string }} fee @param {number} fen @returns {(Node | string)[]} */
function feeLine(data, fee, fen) {
  const half = fee.id === 'acceptance' ? `，简易程序减半 ${yuan(feeOf(fee, fen, 2))}` : '';
  const sources = [fee.source, ...(half ? [data.halved] : [])].map((source) => sourceLink(data, source));
  const more = make('a', { className: 'kb-alone', href: '../costs/', textContent: '细算' });
  return [`${fee.title}：${yuan(feeOf(fee, fen))}${half}。`, ...between(sources, '、'), ' ', more];
}

/** @param {LetterData} data @param {string} lead @param {string[]} sources @returns {HTMLElement} */
function sourceLine(data, lead, sources) {
  return make('p', { className: 'kb-hint' }, lead, ...between(sources.map((source) => sourceLink(data, source)), '、'));
}

/** @param {Node[]} nodes @param {string} mark @returns {(Node | string)[]} */
function between(nodes, mark) {
  return /** @type {(Node | string)[]} */ ([]).concat(...nodes.map((node, at) => (at ? [mark, node] : [node])));
}

/**
 * The letter as it will be; `show` draws only the paragraphs that answers have changed, of the first `most` ones where that
 * is told, and returns the letter's text as far as it was asked for.
 * @param {Opened} opened
 * @returns {{ root: HTMLElement, size: number, show: (answers: Record<string, Answer>, most?: number) => string }} `size`: paragraphs
 */
function paperOf(opened) {
  const lines = opened.blocks.map(({ kind, texts }) => texts.map((text) => ({ text, drawn: '', p: make('p', { className: `kb-${kind}` }) })))
    .reduce((all, each) => [...all, ...each], []);
  const show = (/** @type {Record<string, Answer>} */ answers, most = lines.length) => lines.slice(0, most).map((line) => {
    const parts = letterParts(opened, answers, line.text);
    const drawn = JSON.stringify(parts);
    if (drawn !== line.drawn) fill(line.p, ...parts.map((part) => (part.gap ? make('mark', { textContent: part.text }) : part.text)));
    line.drawn = drawn;
    return parts.map((part) => part.text).join('');
  }).join('');
  return { root: make('div', { className: 'kb-paper' }, ...lines.map(({ p }) => p)), size: lines.length, show };
}

/**
 * @param {number} count @param {number} most of them at once @param {(from: number, to: number) => void} draw some of them into
 *   what stands on the page already
 * @returns {(() => Node[])[]} the parts in which all are drawn, for fillSoon
 */
function inPortions(count, most, draw) {
  return Array.from({ length: Math.ceil(count / most) }, (_, at) => () => {
    draw(at * most, (at + 1) * most);
    return [];
  });
}
