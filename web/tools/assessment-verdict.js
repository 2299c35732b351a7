// What the answers say about each factor, which factor is the weakest, and what each way costs. Nothing is drawn here.
// A factor gets one of three classes by a rule that stands on the page (docs/tools/assessment.md#method); no sum, no share.

/**
 * @typedef {'good' | 'bad' | 'unclear'} Class
 * @typedef {[string, string, string[]]} Answer the answer, what it means, its sources
 * @typedef {{ id: string, text: string, decisive: boolean, answers: Record<Class, Answer> }} Question
 * @typedef {{ id: string, title: string, see: string, questions: Question[], improve: [string, string, string[]][],
 *   tool: string[] }} Factor `improve`: text, address, sources; `tool`: address and title, or nothing
 * @typedef {[string, string[]]} Told a text and its sources
 * @typedef {{ title: string, see: string, time: Told, gives: Told,
 *   cost: { fee: string, share: number, lowest: string, text: string, sources: string[] } }} Way
 * @typedef {{ classes: Record<Class, string>, first: string, factors: Factor[], ways: Way[], fees: Record<string, Fee>,
 *   amounts: AskedAmount[], sources: Record<string, string[]> }} AssessmentData
 * @typedef {{ answers: Record<string, string>, amount: string, at: number }} AssessmentState `answers` by factor.question;
 *   `at`: the factor that is asked about, or behind the last one the result
 * @typedef {{ question: Question, kind: Class, answer: Answer }} Reason
 * @typedef {{ factor: Factor, kind: Class, why: string, reasons: Reason[] }} Verdict
 */

const WORST_FIRST = /** @type {Class[]} */ (['bad', 'unclear', 'good']);

/** @param {any} state @returns {state is AssessmentState} */
function isAssessmentState(state) {
  if (!state || typeof state.amount !== 'string' || !Number.isInteger(state.at) || state.at < 0) return false;
  if (!state.answers || typeof state.answers !== 'object' || Array.isArray(state.answers)) return false; // JSON drops names from a list
  return Object.keys(state.answers).every((key) => ['', ...WORST_FIRST].includes(state.answers[key]));
}

/** @param {Factor} factor @param {Question} question @returns {string} under which name its answer is kept */
function answerKey(factor, question) {
  return `${factor.id}.${question.id}`;
}

/** @param {Factor} factor @param {Record<string, string>} answers @returns {Verdict} */
function verdictOf(factor, answers) {
  const asked = factor.questions.map((question) => ({ question, kind: /** @type {Class} */ (answers[answerKey(factor, question)]) }));
  const reasons = asked.filter(({ kind }) => WORST_FIRST.includes(kind))
    .map(({ question, kind }) => ({ question, kind, answer: question.answers[kind] }));
  reasons.sort((one, other) => WORST_FIRST.indexOf(one.kind) - WORST_FIRST.indexOf(other.kind));
  const [kind, why] = classOf(reasons, factor.questions.length - reasons.length);
  return { factor, kind, why, reasons };
}

/** @param {Reason[]} reasons @param {number} left how many questions have no answer @returns {[Class, string]} the class and why */
function classOf(reasons, left) {
  const count = (/** @type {Class} */ kind) => reasons.filter((reason) => reason.kind === kind).length;
  if (reasons.some(({ question, kind }) => question.decisive && kind === 'bad')) return ['bad', '关键的一题不利'];
  if (!reasons.length) return ['unclear', '还没有答'];
  if (!left && count('bad') === reasons.length) return ['bad', '每一题都不利'];
  if (!left && count('good') === reasons.length) return ['good', '每一题都有利'];
  const parts = [count('good') && count('bad') ? '有利、不利都有' : '', count('unclear') ? `${count('unclear')} 题说不清` : '',
    left ? `${left} 题没答` : ''].filter(Boolean);
  return ['unclear', parts.join('；')];
}

/**
 * Return the verdict on the weakest factor: the worse class, then more unfavourable answers, then more unclear ones, then
 * the order of work. A factor of which nothing but good is told is not weak; null where none is.
 * @param {Verdict[]} verdicts @returns {Verdict | null}
 */
function weakestOf(verdicts) {
  const count = (/** @type {Verdict} */ { reasons }, /** @type {Class} */ kind) => reasons.filter((reason) => reason.kind === kind).length;
  const weak = verdicts.filter(({ kind, reasons }) => kind !== 'good' && reasons.some((reason) => reason.kind !== 'good'));
  return weak.reduce((/** @type {Verdict | null} */ worst, each) => {
    if (!worst) return each;
    const order = [WORST_FIRST.indexOf(worst.kind) - WORST_FIRST.indexOf(each.kind), count(each, 'bad') - count(worst, 'bad'),
      count(each, 'unclear') - count(worst, 'unclear')].find(Boolean) || 0;
    return order > 0 ? each : worst;
  }, null);
}

/** @param {AssessmentData} data @param {Way} way @param {number} fen the amount at stake, 0: not told @returns {string} */
function costOfWay(data, way, fen) {
  const { fee, share, lowest, text } = way.cost;
  if (!fee || !fen) return lowest + text;
  return `争 ${yuan(fen)}，先垫受理费 ${yuan(feeOf(data.fees[fee], fen, share))}；${text}`;
}

/** @param {AssessmentData} data @param {Verdict[]} verdicts @param {number} fen @returns {string} the result to copy */
function assessmentText(data, verdicts, fen) {
  const names = (/** @type {string[]} */ sources) => sources.map((source) => (data.sources[source] || [''])[0]).join('、');
  const told = (/** @type {string} */ text, /** @type {string[]} */ sources) => text + (sources.length ? `（${names(sources)}）` : '');
  const weakest = weakestOf(verdicts);
  const lines = [weakest ? `最弱的一项：${weakest.factor.title}（${data.classes[weakest.kind]}，${weakest.why}）` : '答过的题里，没有不利、不明的'];
  if (weakest) lines.push(...weakest.factor.improve.map(([text, , sources]) => `- ${told(text, sources)}`));
  for (const { factor, kind, why, reasons } of verdicts) {
    lines.push('', `${factor.title}：${data.classes[kind]}（${why}）`);
    lines.push(...reasons.map((reason) => `- ${data.classes[reason.kind]}：${reason.answer[0]}。${told(reason.answer[1], reason.answer[2])}`));
  }
  lines.push('', fen ? `各条路（争 ${yuan(fen)}）` : '各条路');
  for (const way of data.ways) {
    lines.push(`- ${way.title}：${told(...way.time)}；${told(costOfWay(data, way, fen), way.cost.sources)}；${told(...way.gives)}`);
  }
  return [...lines, '', '只是对照，不是胜算。'].join('\n');
}
