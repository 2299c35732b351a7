// The eight factors asked about one after the other, then what the answers say, and the ways compared.

const ASSESSMENT_TITLE = '值不值得争：八项自评';
const SIGNS = /** @type {Record<Class, string>} */ ({ good: '＋', bad: '－', unclear: '？' });

/** @returns {AssessmentState} */
function noAssessment() {
  return { answers: {}, amount: '', at: 0 };
}

/** @param {AssessmentData} data @param {HTMLElement} place */
function drawAssessment(data, place) {
  const store = storeOf('assessment', 1, isAssessmentState);
  const kept = store.load();
  const notice = noticeOf(place, kept.notice);
  const view = make('div', { className: 'kb-view' });
  let state = kept.state || noAssessment();
  const changed = () => notice.tell(store.save(state));
  const go = (/** @type {number} */ at) => {
    state.at = at;
    changed();
    draw();
    focusHeading(view);
  };
  const draw = () => {
    if (state.at < data.factors.length) showStep(data, state, view, changed, go);
    else showResult(data, state, view, changed, go);
  };
  draw();
  fill(place, notice.root, view, keeping(store, ASSESSMENT_TITLE, notice, () => state, (read) => {
    state = read || noAssessment();
    draw();
    return read ? store.save(state) : '';
  }));
}

/**
 * One factor: its questions, and the ways on.
 * @param {AssessmentData} data @param {AssessmentState} state @param {HTMLElement} view @param {() => void} changed
 * @param {(at: number) => void} go
 */
function showStep(data, state, view, changed, go) {
  const [factor, last] = [data.factors[state.at], data.factors.length - 1];
  const ask = (/** @type {Question} */ question) => {
    const key = answerKey(factor, question);
    const options = /** @type {[string, string][]} */ ([
      ...['good', 'unclear', 'bad'].map((kind) => [kind, question.answers[/** @type {Class} */ (kind)][0]]), ['', '跳过，或者和我无关']]);
    const hint = question.decisive ? '关键：这一题不利，这一项就是不利' : '';
    const field = fieldOf({ id: question.id, label: question.text, hint, kind: 'choice', options, value: state.answers[key] || '' }, () => {
      state.answers[key] = field.value();
      changed();
    });
    return field.root;
  };
  const on = () => (state.at < last
    ? [buttonOf(`下一项：${data.factors[state.at + 1].title}`, () => go(state.at + 1), 'kb-main'), buttonOf('直接看结果', () => go(last + 1))]
    : [buttonOf('看结果', () => go(last + 1), 'kb-main')]);
  const back = () => (state.at ? [buttonOf('上一项', () => go(state.at - 1), 'kb-quiet')] : []);
  const count = make('span', { className: 'kb-step', textContent: `第 ${state.at + 1} 项，共 ${last + 1} 项` });
  const [first, ...rest] = factor.questions;
  fillSoon(view, [make('h3', {}, count, ' ', factor.title), ask(first)], () => rest.map(ask),
    () => [make('p', { className: 'kb-steps' }, ...on(), ...back())]);
}

/**
 * The result: the weakest factor first, then each factor, then the ways.
 * @param {AssessmentData} data @param {AssessmentState} state @param {HTMLElement} view @param {() => void} changed
 * @param {(at: number) => void} go
 */
function showResult(data, state, view, changed, go) {
  const verdicts = data.factors.map((factor) => verdictOf(factor, state.answers));
  const weakest = weakestOf(verdicts);
  const more = verdicts.some(({ reasons }) => reasons.length) ? [] : [buttonOf('从第一项开始答', () => go(0), 'kb-main')];
  const parts = (/** @type {Verdict[]} */ some) => some.map((verdict) => verdictPart(data, verdict, verdict === weakest,
    () => go(verdicts.indexOf(verdict))));
  const [half, ways] = [Math.ceil(verdicts.length / 2), waysOf(data)];
  fillSoon(view, [make('h3', { textContent: '对照的结果' })], () => [...weakestPart(data, verdicts), ...more],
    () => [make('h4', { textContent: '逐项看' }), ...parts(verdicts.slice(0, half))],
    () => [...parts(verdicts.slice(half)),
      make('p', { className: 'kb-hint' }, '怎么定的，看', make('a', { href: '#method', textContent: '怎么得出来的' }), '。不是胜算。')],
    () => [make('h4', { textContent: '各条路，要花什么、能得到什么' }), ...amountPart(data, state, changed, ways)],
    () => ways.draw(0, ways.half),
    () => [...ways.draw(ways.half),
      make('p', { className: 'kb-hint' }, '先后怎么排、协议条款有什么影响，看', make('a', { href: '#ways', textContent: '各条路' }), '。'),
      copyButton('复制结果', () => assessmentText(data, verdicts, ways.fen()))]);
}

/** @param {AssessmentData} data @param {Verdict[]} verdicts @returns {HTMLElement[]} the weakest factor and what to do about it */
function weakestPart(data, verdicts) {
  const weakest = weakestOf(verdicts);
  const toolOf = (/** @type {Factor} */ { tool: [href, textContent] }) => (href ? [make('p', {}, '接着用：', make('a', { className: 'kb-alone', href, textContent }))] : []);
  const first = verdicts.find(({ factor }) => factor.id === data.first);
  const urgent = first && first.kind !== 'good' && first !== weakest
    ? [make('p', {}, '期限不等人，先看', make('a', { href: first.factor.see, textContent: first.factor.title }), `：${first.why}。`)] : [];
  if (!weakest) {
    const none = verdicts.every(({ reasons }) => !reasons.length);
    return [make('p', { textContent: none ? '一题也没有答，看不出哪一项弱。' : '答过的题里，没有不利、不明的；没答的，接着答。' }), ...urgent,
      ...(first ? toolOf(first.factor) : [])];
  }
  const { factor, kind, why } = weakest;
  const advice = factor.improve.map(([text, see, sources]) => make('li', {}, make('a', { href: see, textContent: text }), ...cited(data, sources)));
  return [make('div', { className: 'kb-weakest' },
    make('p', { className: 'kb-weakest-title' }, `最弱的一项：${factor.title} `, signOf(data, kind), `（${why}）`),
    make('p', { textContent: '先这样补：' }), make('ul', {}, ...advice), ...toolOf(factor)), ...urgent];
}

/**
 * One factor: a line that opens what its answers mean. On paper everything is open.
 * @param {AssessmentData} data @param {Verdict} verdict @param {boolean} open @param {() => void} change @returns {HTMLElement}
 */
function verdictPart(data, { factor, kind, why, reasons }, open, change) {
  const lines = reasons.map((reason) => make('li', {}, signOf(data, reason.kind), ` ${reason.answer[0]}。${reason.answer[1]}`,
    ...cited(data, reason.answer[2])));
  const answer = buttonOf(reasons.length ? '改答案' : '去答', change, 'kb-quiet');
  answer.setAttribute('aria-label', `${answer.textContent}：${factor.title}`);
  const panel = make('div', { id: freshId('verdict'), className: 'kb-panel', hidden: !open },
    ...(lines.length ? [make('ul', {}, ...lines)] : []),
    make('p', {}, answer, make('a', { href: factor.see, textContent: `${factor.title}：怎么自己判断` })));
  const line = make('button', { type: 'button', className: 'kb-open' }, make('span', { className: 'kb-open-title', textContent: factor.title }),
    signOf(data, kind), make('span', { className: 'kb-open-why', textContent: why }));
  const tell = () => line.setAttribute('aria-expanded', String(!panel.hidden));
  line.setAttribute('aria-controls', panel.id);
  line.addEventListener('click', () => { panel.hidden = !panel.hidden; tell(); });
  tell();
  return make('section', { className: 'kb-verdict' }, make('h5', {}, line), panel);
}

/** @param {AssessmentData} data @param {Class} kind @returns {HTMLElement} the class as a word with a sign of its own */
function signOf(data, kind) {
  const sign = make('span', { textContent: SIGNS[kind] });
  sign.setAttribute('aria-hidden', 'true');
  return make('span', { className: `kb-class kb-class-${kind}` }, sign, data.classes[kind]);
}

/** @param {AssessmentData} data @param {string[]} sources @returns {(Node | string)[]} links to the sources, small */
function cited(data, sources) {
  return sources.reduce((/** @type {(Node | string)[]} */ parts, source) => [...parts, ' ', sourceLink(data, source)], []);
}

/**
 * @typedef {{ half: number, draw: (from: number, to?: number) => HTMLElement[], show: (fen: number) => void, fen: () => number }} Ways
 *   `draw`: some of them into their list, which it returns where that is new; `show`: with this amount, 0: not told; `fen`: the
 *   amount that they show
 */

/** @param {AssessmentData} data @returns {Ways} the ways compared */
function waysOf(data) {
  const ways = data.ways.map((way) => wayPart(data, way));
  const list = make('div', { className: 'kb-ways' });
  let shown = 0;
  const draw = (/** @type {number} */ from, /** @type {number | undefined} */ to) => {
    list.append(...ways.slice(from, to).map(({ root }) => root));
    return from ? [] : [list];
  };
  return { half: Math.ceil(ways.length / 2), draw, fen: () => shown, show: (fen) => { shown = fen; ways.forEach((way) => way.show(fen)); } };
}

/**
 * The reader's own amount, with which the ways are compared where it is told.
 * @param {AssessmentData} data @param {AssessmentState} state @param {() => void} changed @param {Ways} ways
 * @returns {HTMLElement[]}
 */
function amountPart(data, state, changed, ways) {
  const problems = errorPlace();
  const field = fieldOf({ id: 'amount', label: '被扣的金额', hint: '单位元，例如 2000、1.5 万；填了就算出受理费', kind: 'number',
    required: false, value: state.amount }, () => typed());
  const typed = () => {
    state.amount = field.value();
    changed();
    show(false);
  };
  offerAmounts(field, data.amounts, typed);
  const show = (/** @type {boolean} */ asked) => {
    const read = dense(state.amount) ? readMoney(state.amount) : { fen: 0 };
    // While an amount is being typed it may be half a number: it is judged when asked for, or when it is right again.
    if (asked || 'fen' in read) showErrors(problems, [field], 'error' in read ? { amount: read.error } : {});
    ways.show('fen' in read ? read.fen : 0);
  };
  show(false);
  return [formOf([problems, field.root], '照这个数算', () => show(true), '')];
}

/** @param {AssessmentData} data @param {Way} way @returns {{ root: HTMLElement, show: (fen: number) => void }} */
function wayPart(data, way) {
  const cost = make('span', {});
  const rows = /** @type {[string, string | Node, string[]][]} */ ([['多久', ...way.time], ['多少钱', cost, way.cost.sources],
    ['能得到', ...way.gives]]);
  const parts = rows.map(([head, text, sources]) => make('div', {}, make('dt', { textContent: head }), make('dd', {}, text, ...cited(data, sources))));
  const root = make('section', { className: 'kb-way' }, make('h5', {}, make('a', { href: way.see, textContent: way.title })), make('dl', {}, ...parts));
  return { root, show: (fen) => setText(cost, costOfWay(data, way, fen)) };
}

startTool(drawAssessment);
