// Writing a letter: choose it, fill in its fields, check the answers, take it away. Each step has its own address.

/** @typedef {{ place: string, values: Record<string, string> }} LetterState `place`: the letter that is being written */
/**
 * @typedef {{ data: LetterData, place: HTMLElement, store: Store<LetterState>, state: LetterState, notice: Notice,
 *   focus: string, today: number }} Desk `place`: of the step that is shown; `focus`: the field to go to in the next one
 */

const LETTER_TITLE = '写文书';
const FIELDS_AT_ONCE = 4;
const PARAGRAPHS_AT_ONCE = 6;
const MOST_VALUES = 500;

/** @param {any} state @returns {state is LetterState} */
function isLetterState(state) {
  if (!state || typeof state.place !== 'string' || !state.values || typeof state.values !== 'object' || Array.isArray(state.values)) return false;
  const values = Object.values(state.values);
  return values.length <= MOST_VALUES && values.every((value) => typeof value === 'string');
}

/** @param {LetterData} data @param {HTMLElement} place */
function drawLetter(data, place) {
  const store = storeOf('letter', 1, isLetterState);
  const kept = store.load();
  const [view, notice] = [make('div', { className: 'kb-letter' }), noticeOf(place, kept.notice)];
  /** @type {Desk} */
  const desk = { data, place: view, store, state: kept.state || { place: '', values: {} }, notice, focus: '', today: Math.floor(now() / MINUTES) };
  const use = (/** @type {LetterState | null} */ state) => {
    desk.state = state || { place: '', values: {} };
    const hash = window.location.hash;
    goTo(desk.state.place);
    if (window.location.hash === hash) showStep(desk, false);
    return state ? store.save(state) : '';
  };
  fill(place, notice.root, view, keeping(store, LETTER_TITLE, notice, () => desk.state, use));
  window.addEventListener('hashchange', () => {
    const { hash } = window.location;
    if (!hash || hash.includes('=')) showStep(desk, true); // others lead to places on this page
  });
  // The page's list has places of the same names, for readers without scripts; here an address opens a letter.
  document.querySelectorAll('[id^="letter="]').forEach((each) => each.removeAttribute('id'));
  showStep(desk, window.location.hash.includes('='));
}

/** Show what the address says. @param {Desk} desk @param {boolean} moved whether the reader came from another step */
function showStep(desk, moved) {
  const asked = new URLSearchParams(window.location.hash.slice(1));
  const named = asked.get('letter') || '';
  const opened = openLetter(desk.data, named);
  const wanted = desk.focus;
  desk.focus = '';
  if (!opened) {
    const kind = named || placeOfKind(desk.data, asked.get('kind') || '');
    showChoice(desk, kind);
  } else {
    desk.state.place = named;
    if (asked.get('step') === 'check') showCheck(desk, opened);
    else showForm(desk, opened, wanted);
  }
  if (moved && !wanted) focusHeading(desk.place);
}

/** @param {string} place @param {string} [step] */
function goTo(place, step) {
  window.location.hash = place ? `letter=${place}${step ? `&step=${step}` : ''}` : 'letter=';
}

/**
 * The first step: which letter. `wanted` is the place of a letter or of a template that the address names.
 * @param {Desk} desk @param {string} wanted
 */
function showChoice(desk, wanted) {
  const { templates } = desk.data;
  const [first, second] = (wanted || desk.state.place).split('/');
  const problems = errorPlace();
  const under = make('div', {});
  let letters = /** @type {Field | null} */ (null);
  const pick = (/** @type {string} */ chosen) => {
    const template = templates.find(({ id }) => id === templatesField.value());
    letters = template ? lettersField(template, chosen) : null;
    fill(under, ...(template && letters ? [letters.root, aboutLink(template)] : []));
  };
  const templatesField = fieldOf({ id: 'template', label: '写哪一种', kind: 'choice', value: first,
    options: templates.map(({ id, title }) => [id, title]) }, () => pick(''));
  pick(second || '');
  const start = () => {
    const fields = [templatesField, ...(letters ? [letters] : [])];
    const errors = /** @type {Record<string, string>} */ ({});
    for (const field of fields) if (!field.value()) errors[field.id] = '请选一个';
    if (showErrors(problems, fields, errors)) goTo(`${templatesField.value()}/${letters ? letters.value() : ''}`);
  };
  fillSoon(desk.place, [make('h3', { textContent: '选一份' }), problems, templatesField.root, under, buttonOf('开始填', start, 'kb-main')]);
}

/** @param {Template} template @param {string} chosen @returns {Field} */
function lettersField(template, chosen) {
  const only = template.letters.length === 1 ? template.letters[0].id : chosen;
  return fieldOf({ id: 'letter', label: `${template.title}：哪一份`, kind: 'choice', value: only,
    options: template.letters.map(({ id, title }) => [id, title]) }, () => {});
}

/** @param {Template} template @returns {HTMLElement} */
function aboutLink(template) {
  return make('p', { className: 'kb-hint' }, make('a', { className: 'kb-alone', href: `../../templates/${template.id}/`, textContent: `${template.title}什么时候用、填好的示例` }));
}

/**
 * The second step: the fields, and the letter as it grows.
 * @param {Desk} desk @param {Opened} opened @param {string} wanted the field that the reader came for, or nothing
 */
function showForm(desk, opened, wanted) {
  const { data, state } = desk;
  const problems = errorPlace();
  const paper = paperOf(opened);
  const [length, filled] = [make('p', { className: 'kb-count' }), make('p', { className: 'kb-hint' })];
  const anyway = buttonOf('先不改，去核对', () => goTo(desk.state.place, 'check'), 'kb-quiet');
  anyway.hidden = true;
  const read = () => answersOf(opened, state.values);
  const count = (/** @type {ReturnType<typeof answersOf>} */ answers) => {
    setText(filled, `已填 ${asked.length - missingIn(opened, answers).length} 栏，共 ${asked.length} 栏。不知道的先空着。`);
  };
  const update = onceSoon(() => {
    const answers = read();
    fields.forEach((field) => field.show(answers[field.slot.id]));
    const text = paper.show(answers);
    count(answers);
    setText(length, `全文 ${lengthOf(text.replace(/\s/g, ''))} 字，不算空格；申诉框能写多少字，以页面为准。`);
    if (!anyway.hidden) fields.forEach((field) => field.fail(problemsIn(desk, opened)[field.slot.id] || ''));
  });
  const changed = () => {
    fields.forEach((field) => { state.values[field.key] = field.value(); });
    desk.notice.tell(desk.store.save(state));
    update();
  };
  const written = () => (read().date || { values: [] }).values[0] || desk.today;
  const asked = opened.asked.filter(({ slot }) => !slot.words);
  const fields = /** @type {LetterField[]} */ ([]); // those that are drawn
  const draw = (/** @type {number} */ from, /** @type {number} */ to) => {
    const drawn = asked.slice(from, to).map((each) => letterField(data, each, state.values[each.key] || '', desk.today, written, changed));
    drawn.forEach((field) => field.input.setAttribute('data-field', field.slot.id));
    fields.push(...drawn);
    return belowHeadings(asked, from, drawn);
  };
  const check = () => {
    const errors = problemsIn(desk, opened);
    anyway.hidden = !Object.keys(errors).length;
    if (showErrors(problems, fields, errors)) goTo(state.place, 'check');
  };
  const later = [];
  for (let at = FIELDS_AT_ONCE; at < asked.length; at += FIELDS_AT_ONCE) later.push(() => draw(at, at + FIELDS_AT_ONCE));
  const preview = [() => [make('h3', { textContent: '预览' }),
    make('p', { className: 'kb-hint', textContent: '跟着你填的变。画了线的【】是还没有填的。' }), paper.root],
  ...inPortions(paper.size, PARAGRAPHS_AT_ONCE, (_, to) => { paper.show(read(), to); })];
  const offer = evidenceOffer(asked, fields, changed);
  count(read()); // before it is drawn: a line that comes later pushes what a reader is about to tap
  fillSoon(desk.place, [make('h3', { textContent: `填${nameOfLetter(opened)}` }), otherLetter(desk), aboutLink(opened.template), filled, problems,
    offer.root, ...draw(0, FIELDS_AT_ONCE)], ...later, ...preview, () => {
    // A reader who went to another field by now is not called back from it.
    if (document.activeElement === document.body) fields.filter(({ slot }) => slot.id === wanted).forEach((field) => field.input.focus());
    offer.ready();
    update();
    return [length, buttonOf('核对', check, 'kb-main'), anyway];
  });
}

/** @param {Desk} desk @param {Opened} opened @returns {Record<string, string>} */
function problemsIn(desk, opened) {
  const slots = opened.asked.map(({ slot }) => slot);
  return problemsOf(slots, opened.template.checks, answersOf(opened, desk.state.values), desk.today);
}

/** @param {Opened} opened @returns {string} 申诉书：发货超时申诉 */
function nameOfLetter({ template, letter }) {
  return `${template.title}：${letter.title}`;
}

/** @param {Desk} desk @returns {HTMLElement} */
function otherLetter(desk) {
  const [template] = desk.state.place.split('/');
  return buttonOf('换一份', () => { window.location.hash = `letter=${template}`; }, 'kb-quiet');
}

/**
 * @param {Asked[]} asked @param {number} from the place of the first of the fields @param {LetterField[]} fields
 * @returns {HTMLElement[]} the fields, each below the letter's heading where that begins
 */
function belowHeadings(asked, from, fields) {
  const shown = /** @type {HTMLElement[]} */ ([]);
  fields.forEach((field, at) => {
    const { group } = asked[from + at];
    const last = from + at ? asked[from + at - 1].group : '';
    if (group !== last) shown.push(make('h4', { textContent: group.replace(/^[一二三四五六七八九十]+、/, '') }));
    shown.push(field.root);
  });
  return shown;
}

/**
 * Offer what tools/evidence keeps, for the fields that take it. Nothing that was written is replaced.
 * @param {Asked[]} asked @param {LetterField[]} fields all of them once `ready` is called @param {() => void} changed
 * @returns {{ root: HTMLElement, ready: () => void }}
 */
function evidenceOffer(asked, fields, changed) {
  const names = asked.some(({ slot }) => slot.from === 'evidence') ? evidenceIn(takeItem(`${PREFIX}evidence`)) : [];
  const offer = make('div', { hidden: !names.length });
  const told = make('p', { className: 'kb-told' });
  told.setAttribute('role', 'status');
  const take = buttonOf(`放进证据清单里已有的 ${names.length} 件`, () => {
    const takers = fields.filter(({ slot }) => slot.from === 'evidence');
    const last = takers.length - 1;
    takers.forEach((field, at) => {
      const own = at === last ? names.slice(at) : names.slice(at, at + 1);
      const text = takers.length > 1 ? own.join('；') : own.map((name, number) => `证据 ${number + 1} ${name}`).join('；');
      if (text) field.set([field.value(), text].filter(Boolean).join('；'));
    });
    told.textContent = `已放进“${takers.map(({ label }) => label).join('、')}”，请逐份核对；【写……】换成你手里真有的那一件。`;
    take.disabled = true;
    changed();
  }, 'kb-quiet');
  take.disabled = true;
  offer.append(take, told);
  return { root: offer, ready: () => { take.disabled = false; } };
}

startTool(drawLetter);
