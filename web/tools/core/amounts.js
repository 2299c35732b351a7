// An amount that the reader typed in another tool already: offered here, never put in without being asked.

/** @typedef {[tool: string, place: string, name: string]} AskedAmount where another tool keeps an amount, see scripts/tools/amounts.py */

/** @param {string} slug @returns {string | null} what another tool keeps, or nothing where that is denied */
function keptElsewhere(slug) {
  try {
    return window.localStorage.getItem(PREFIX + slug);
  } catch (error) {
    return null;
  }
}

/**
 * @param {AskedAmount} asked @returns {number} whole fen; 0 where there is none, or what is kept cannot be read
 */
function keptAmount([slug, place]) {
  try {
    const { state } = JSON.parse(keptElsewhere(slug) || '');
    const text = (state.values || state)[place];
    const read = typeof text === 'string' && text.length <= LONGEST_ANSWER ? readMoney(text) : { error: '' };
    return 'fen' in read ? read.fen : 0;
  } catch (error) {
    return 0;
  }
}

/**
 * Put below an empty field a button for each amount that other tools keep.
 * @param {Field} field @param {AskedAmount[]} asked @param {() => void} changed
 */
function offerAmounts(field, asked, changed) {
  if (dense(field.value())) return;
  const seen = /** @type {number[]} */ ([]);
  const buttons = asked.map((each) => ({ fen: keptAmount(each), name: each[2] }))
    .filter(({ fen }) => fen > 0 && !seen.includes(fen) && seen.push(fen))
    .map(({ fen, name }) => buttonOf(`用“${name}”里填的 ${yuan(fen)}`, () => {
      field.set(yuan(fen).replace(' 元', ''));
      field.fail('');
      field.input.focus();
      offer.hidden = true;
      changed();
    }, 'kb-quiet'));
  const offer = make('div', { className: 'kb-quick', hidden: !buttons.length }, ...buttons);
  field.root.append(offer);
}
