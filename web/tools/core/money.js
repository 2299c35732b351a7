// Money is counted in whole fen, in integers. A number of yuan is what readers write and see.

const FEN = 100; // in a yuan
const MOST_YUAN = 1e10; // beyond this nothing is computed; all sums below stay exact integers
const PART = 1e5; // a fee is computed in parts of a fen: rates have at most three decimals of a percent
const AMOUNT = /^(\d{1,12})(?:\.(\d{1,2}))?$/;

/**
 * @typedef {{ up_to: number | null, fixed: number | null, rate: number | null }} Bracket up_to and fixed in yuan, rate in percent
 * @typedef {{ id: string, title: string, brackets: Bracket[], cap: number | null }} Fee cap in yuan
 */

/**
 * Read an amount as people write it: 2000, 2,000.50, ２０００元, ￥2000, 1.5万.
 * @param {string} text @returns {{ fen: number } | { error: string }} the message says what to write
 */
function readMoney(text) {
  const plain = dense(text).replace(/^(?:[¥￥]|RMB|人民币)/i, '').replace(/元$/, '').replace(/,(?=\d{3}(?:\D|$))/g, '');
  if (/^-/.test(plain)) return { error: '金额不能是负数；请写被扣的数，例如 2000' };
  const [, number, unit] = plain.match(/^(.*?)(万|千|百)?$/) || [];
  const times = /** @type {Record<string, number>} */ ({ 万: 1e4, 千: 1e3, 百: 100 })[unit] || 1;
  const digits = (number || '').match(times > 1 ? /^(\d{1,8})(?:\.(\d{1,6}))?$/ : AMOUNT);
  if (!digits) {
    if (/^\d+\.\d{3,}$/.test(plain)) return { error: '金额最多写到分，也就是小数点后两位' };
    return { error: '看不懂这个金额；请只写数字，例如 2000 或 2000.50' };
  }
  const decimals = digits[2] || '';
  // Digits, not floating point: 1.15 × 100 is not 115.
  const scaled = Number(digits[1] + decimals) * FEN * times;
  const fen = scaled / 10 ** decimals.length;
  if (!Number.isInteger(fen)) return { error: '金额最多写到分，也就是小数点后两位' };
  return fen > MOST_YUAN * FEN ? { error: '金额太大了；请核对是不是多打了几位' } : { fen };
}

/** @param {number} fen whole fen @returns {string} 2,000 元, 2,000.50 元 */
function yuan(fen) {
  const whole = Math.floor(Math.abs(fen) / FEN);
  const rest = Math.abs(fen) % FEN;
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}${grouped}${rest ? `.${String(rest).padStart(2, '0')}` : ''} 元`;
}

/**
 * Return a fee in whole fen: each part of the amount by its own bracket, `share` of it taken (2 halves it), rounded half
 * up at the end. The Measures on litigation costs do not say how to round; scripts/kbcheck/fees.py is the other half.
 * @param {Fee} fee @param {number} fen the amount, whole fen @param {number} [share] @returns {number}
 */
function feeOf(fee, fen, share = 1) {
  let parts = 0; // of a fen, PART to each
  let floor = 0;
  for (const { up_to: upTo, fixed, rate } of fee.brackets) {
    const top = upTo === null ? fen : Math.min(fen, upTo * FEN);
    if (fixed !== null) parts += fixed * FEN * PART;
    else if (top > floor) parts += (top - floor) * Math.round(Number(rate) * 1000);
    floor = Math.max(floor, top);
  }
  const capped = fee.cap === null ? parts : Math.min(parts, fee.cap * FEN * PART);
  return Math.floor((capped / share) / PART + 0.5);
}

/**
 * How likely winning must be for a suit not to lose money, in whole percent, rounded up; null where it cannot pay.
 * Who wins gets the amount and the court's fee back, who loses has paid the fee, `own` is gone either way: the
 * expectation is zero at (fee + own) / (amount + fee). scripts/kbcheck/break_even.py is the other half.
 * @param {number} amount @param {number} fee @param {number} own all in whole fen @returns {number | null}
 */
function leastChance(amount, fee, own) {
  const [cost, whole] = [fee + own, amount + fee];
  return !whole || cost > whole ? null : Math.ceil((cost * 100) / whole);
}
