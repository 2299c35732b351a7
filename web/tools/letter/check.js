// The answers once more, what is wrong or missing, and the letter to take away.

const ROWS_AT_ONCE = 8;
const MOST_NAMED = 12; // fields that a summary names; more are a wall of text

/** The last step: every answer once more, what is missing, and the ways out. @param {Desk} desk @param {Opened} opened */
function showCheck(desk, opened) {
  const answers = answersOf(opened, desk.state.values);
  const problems = problemsIn(desk, opened);
  const edit = (/** @type {string} */ id) => { desk.focus = id; goTo(desk.state.place); };
  const asked = opened.asked.filter(({ slot }) => !slot.words);
  const list = make('dl', { className: 'kb-answers' });
  const paper = paperOf(opened);
  const rows = inPortions(asked.length, ROWS_AT_ONCE, (from, to) => {
    list.append(...asked.slice(from, to).map(({ slot }) => answerRow(slot, answers[slot.id].text, problems[slot.id] || '', () => edit(slot.id))));
  });
  fillSoon(desk.place, [make('h3', { textContent: `核对${nameOfLetter(opened)}` }), ...checkSummary(opened, answers, problems, edit)],
    () => [list], ...rows,
    () => [buttonOf('回去改', () => goTo(desk.state.place), 'kb-quiet'), make('h3', { textContent: '全文' }), paper.root],
    ...inPortions(paper.size, PARAGRAPHS_AT_ONCE, (_, to) => { paper.show(answers, to); }), () => {
      const sources = sourcesOf(opened);
      return [...(sources.length ? [sourceLine(desk.data, '正文里的依据：', sources)] : []), waysOut(opened, () => answers), nextSteps(opened)];
    });
}

/** @param {Slot} slot @param {string} text @param {string} problem @param {() => void} edit @returns {HTMLElement} */
function answerRow(slot, text, problem, edit) {
  const button = buttonOf('改', edit, 'kb-quiet');
  button.setAttribute('aria-label', `改：${slot.label}`);
  const fault = problem ? [make('p', { className: 'kb-fault', textContent: problem })] : [];
  return make('div', {}, make('dt', { textContent: slot.label }),
    make('dd', {}, text ? make('p', { textContent: text }) : make('p', { className: 'kb-hint', textContent: '没有填' }), ...fault, button));
}

/**
 * @param {Opened} opened @param {Record<string, Answer>} answers @param {Record<string, string>} problems
 * @param {(id: string) => void} edit @returns {HTMLElement[]} what to mend and what is missing, each leading to its field
 */
function checkSummary(opened, answers, problems, edit) {
  const missing = missingIn(opened, answers);
  const wrong = opened.asked.filter(({ slot }) => problems[slot.id]);
  const link = (/** @type {string} */ id, /** @type {string} */ text) => make('a', {
    href: '#kb-tool', textContent: text, onclick: (event) => { event.preventDefault(); edit(id); },
  });
  const lines = [];
  if (wrong.length) {
    const items = wrong.map(({ slot }) => make('li', {}, link(slot.id, `${slot.label}：${problems[slot.id]}`)));
    const title = make('p', { className: 'kb-summary-title', textContent: `有 ${wrong.length} 处要改` });
    lines.push(make('div', { className: 'kb-summary' }, title, make('ul', {}, ...items)));
  }
  if (missing.length) {
    const named = missing.length > MOST_NAMED ? ['；下面写着“没有填”的就是'] : ['：', ...between(missing.map(({ slot }) => link(slot.id, slot.label)), '、')];
    lines.push(make('p', { className: 'kb-missing' }, `有 ${missing.length} 栏没有填，正文里写成【】`, ...named, '。'));
  }
  const good = '每一栏都填了，没有看出矛盾。再念一遍全文，每句话都要属实。';
  return lines.length ? lines : [make('p', { className: 'kb-missing', textContent: good })];
}

/** @param {Opened} opened @returns {HTMLElement} */
function nextSteps({ template, asked }) {
  const costs = asked.some(({ slot }) => slot.fee) ? ['要花多少：', make('a', { className: 'kb-alone', href: '../costs/', textContent: '打官司要花多少' }), '。'] : [];
  return make('p', {}, '怎么交、交给谁：', make('a', { className: 'kb-alone', href: `../../templates/${template.id}/#moves`, textContent: template.title }), '。', ...costs);
}
