// What going to court costs, and how likely winning must be for it to pay. Every formula names its article.

/**
 * @typedef {{ id: string, title: string, share: number, halved: string, source: string, length: number, unit: string, timed: string }} Procedure
 * @typedef {{ fees: Record<string, Fee & { source: string }>, procedures: Procedure[], amounts: AskedAmount[], sources: Record<string, string[]> }} CostsData
 * @typedef {Record<'claim' | 'procedure' | 'settled' | 'preserve' | 'lawyer' | 'other', string>} CostsState
 * @typedef {{ claim: number, preserve: number, lawyer: number, other: number }} Amounts whole fen
 * @typedef {{ what: string, how: string, much: string, source: string }} CostLine
 */

const COSTS_TITLE = '打官司要花多少';
/** @type {CostsState} */
const NO_COSTS = { claim: '', procedure: 'small', settled: 'no', preserve: '', lawyer: '', other: '' };

/** @param {any} state @returns {state is CostsState} */
function isCostsState(state) {
  return Boolean(state) && Object.keys(NO_COSTS).every((key) => typeof state[key] === 'string');
}

/**
 * Read what was filled in: the amounts, or the errors by field.
 * @param {CostsState} state @returns {{ amounts: Amounts, errors: Record<string, string> }}
 */
function readCosts(state) {
  const errors = /** @type {Record<string, string>} */ ({});
  const amounts = { claim: 0, preserve: 0, lawyer: 0, other: 0 };
  for (const key of /** @type {(keyof Amounts)[]} */ (Object.keys(amounts))) {
    const read = dense(state[key]) || key === 'claim' ? readMoney(state[key]) : { fen: 0 };
    if ('error' in read) errors[key] = dense(state[key]) ? read.error : '请写要对方付的金额，例如 2000';
    else amounts[key] = read.fen;
  }
  if (!errors.claim && !amounts.claim) errors.claim = '金额是 0，没有什么可以请求；请写要对方付的数';
  return { amounts, errors };
}

/** @param {Fee} fee @param {number} fen @returns {string} the sum as it is worked out: 50 + 10,000 × 2.5% */
function sumOf(fee, fen) {
  const parts = [];
  let floor = 0;
  for (const { up_to: upTo, fixed, rate } of fee.brackets) {
    const top = upTo === null ? fen : Math.min(fen, upTo * FEN);
    if (fixed !== null) parts.push(String(fixed));
    else if (top > floor) parts.push(`${yuan(top - floor).replace(' 元', '')} × ${rate}%`);
    floor = Math.max(floor, top);
  }
  return parts.join(' + ') + (fee.cap === null ? '' : `，最多 ${yuan(fee.cap * FEN)}`);
}

/**
 * Work everything out.
 * @param {CostsData} data @param {CostsState} state @param {Amounts} amounts
 * @returns {{ lines: CostLine[], chance: string, text: string }}
 */
function costsOf(data, state, amounts) {
  const procedure = data.procedures.find(({ id }) => id === state.procedure) || data.procedures[0];
  const { acceptance, preservation, enforcement } = data.fees;
  const settled = state.settled === 'yes';
  const share = procedure.share > 1 || settled ? 2 : 1; // halved once only
  const why = [procedure.halved, settled ? '调解结案或撤诉减半' : ''].filter(Boolean);
  const halved = share > 1 ? `，${why.join('；')}${why.length > 1 ? '，只减一次' : ''}` : '';
  const fee = feeOf(acceptance, amounts.claim, share);
  const lines = [{ what: '受理费，起诉时先垫', how: sumOf(acceptance, amounts.claim) + halved, much: yuan(fee), source: acceptance.source }];
  const kept = amounts.preserve ? feeOf(preservation, amounts.preserve) : 0;
  if (kept) lines.push({ what: '保全申请费，申请保全时先交', how: sumOf(preservation, amounts.preserve), much: yuan(kept), source: preservation.source });
  const own = amounts.lawyer + amounts.other;
  if (own) lines.push({ what: '自己另花的（律师、公证、车费）', how: '你填的数', much: yuan(own), source: '' });
  lines.push({ what: '开始时一共要拿出', how: '上面各项相加', much: yuan(fee + kept + own), source: '' });
  if (share > 1 && !settled) lines.push(wholeFee(acceptance, amounts.claim));
  lines.push({ what: '执行申请费，不用先交，由对方负担', how: sumOf(enforcement, amounts.claim), much: yuan(feeOf(enforcement, amounts.claim)), source: enforcement.source });
  lines.push({ what: '多久', how: '立案起，可以延长', much: `${procedure.length} ${procedure.unit}`, source: procedure.timed });
  const least = leastChance(amounts.claim, fee, kept + own);
  const chance = least === null
    ? '花的比能拿回的还多：只看钱，不划算。'
    : `赢面至少要有 ${least}%，只看钱才不亏：赢了拿回请求的数和受理费，输了受理费归你，另花的怎样都花了。`;
  const text = [`${COSTS_TITLE}（请求 ${yuan(amounts.claim)}，${procedure.title}）`,
    ...lines.map(({ what, how, much, source }) => `${what}：${much}（${how}${source ? `；${nameOf(data, source)}` : ''}）`), chance,
    '尾数四舍五入到分；以法院的交费通知为准。'].join('\n');
  return { lines, chance, text };
}

/** @param {Fee & { source: string }} acceptance @param {number} claim @returns {CostLine} what is asked for when nothing halves it */
function wholeFee(acceptance, claim) {
  return { what: '法院用普通程序的，受理费', how: `不减半：${sumOf(acceptance, claim)}`, much: yuan(feeOf(acceptance, claim)), source: acceptance.source };
}

/** @param {{sources: Record<string, string[]>}} data @param {string} source @returns {string} how a source is called */
function nameOf(data, source) {
  return (data.sources[source] || [''])[0];
}

/** @param {CostsData} data @param {HTMLElement} place */
function drawCosts(data, place) {
  const store = storeOf('costs', 1, isCostsState);
  const kept = store.load();
  const notice = noticeOf(place, kept.notice);
  const problems = errorPlace();
  const result = make('div', { className: 'kb-result' });
  result.setAttribute('role', 'region');
  result.setAttribute('aria-label', '算出来的结果');
  const shown = { text: '' };
  const changed = () => {
    notice.tell(store.save(stateOf()));
    if (result.childElementCount) again();
  };
  const fields = costsFields(data, kept.state || NO_COSTS, changed);
  offerAmounts(fields[0], data.amounts, changed);
  const stateOf = () => /** @type {CostsState} */ (Object.fromEntries(fields.map((field) => [field.id, field.value()])));
  const show = (/** @type {boolean} */ asked) => {
    const state = stateOf();
    const { amounts, errors } = readCosts(state);
    if (asked ? !showErrors(problems, fields, errors) : Object.keys(errors).length) {
      fillSoon(result, []);
      return;
    }
    if (!asked) showErrors(problems, fields, {});
    const { lines, chance, text } = costsOf(data, state, amounts);
    shown.text = text;
    const heading = make('h3', { textContent: '算出来' });
    const table = () => [linesTable(data, lines)];
    const below = () => [make('p', { textContent: chance }),
      make('p', { className: 'kb-hint', textContent: '尾数四舍五入到分；以法院的交费通知为准。' }), copyButton('复制结果', () => shown.text),
      ...goOn([['../letter/#kind=statement-of-claim', '写起诉状'], ['../assessment/', '对照八项，看值不值得争']])];
    if (!asked) {
      fillSoon(result, [heading, ...table(), ...below()]);
      return;
    }
    fillSoon(result, [heading], table, below);
    focusHeading(result);
  };
  const again = onceSoon(() => { if (result.childElementCount) show(false); });
  const use = (/** @type {CostsState | null} */ state) => {
    fields.forEach((field) => field.set((state || NO_COSTS)[/** @type {keyof CostsState} */ (field.id)]));
    showErrors(problems, fields, {});
    fillSoon(result, []);
    return state ? store.save(state) : '';
  };
  const form = formOf(fields.map((field) => field.root), '算一算', () => show(true), 'kb-main');
  fill(place, problems, notice.root, form, result, keeping(store, COSTS_TITLE, notice, stateOf, use));
}

/** @param {CostsData} data @param {CostsState} state @param {() => void} changed @returns {Field[]} */
function costsFields(data, state, changed) {
  return [
    { id: 'claim', label: '要对方付的金额', hint: '单位元。例如 2000、1.5 万', kind: 'number' },
    { id: 'procedure', label: '按哪种程序', hint: '由法院定；金额小、事实清楚的，一般先按小额或简易', kind: 'choice',
      options: data.procedures.map(({ id, title }) => [id, title]) },
    { id: 'settled', label: '估计会调解结案或者撤诉吗', kind: 'choice', options: [['no', '不会，等判决'], ['yes', '会']] },
    { id: 'preserve', label: '申请保全的金额', hint: '不申请就空着', kind: 'number', required: false },
    { id: 'lawyer', label: '律师费', hint: '自己问来的数；我们不猜', kind: 'number', required: false },
    { id: 'other', label: '公证、打印、车费等', kind: 'number', required: false },
  ].map((of) => fieldOf({ .../** @type {FieldOf} */ (of), value: state[/** @type {keyof CostsState} */ (of.id)] }, changed));
}

/** @param {CostsData} data @param {CostLine[]} lines @returns {HTMLElement} */
function linesTable(data, lines) {
  const rows = lines.map(({ what, how, much, source }) => make('tr', {}, make('th', { scope: 'row', textContent: what }),
    make('td', { textContent: much }), make('td', {}, how, ...(source ? [make('br', {}), sourceLink(data, source)] : []))));
  const heads = ['项目', '多少', '怎么算'].map((text) => make('th', { scope: 'col', textContent: text }));
  return make('table', { className: 'kb-lines' }, make('thead', {}, make('tr', {}, ...heads)), make('tbody', {}, ...rows));
}

startTool(drawCosts);
