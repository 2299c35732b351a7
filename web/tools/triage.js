// What happened: one question a screen, every answer a link, so that the browser does the going back and forth.

/** @param {TriageData} data @param {HTMLElement} place */
function drawTriage(data, place) {
  const told = make('p', { className: 'kb-told' });
  told.setAttribute('role', 'status');
  const screen = make('div', { className: 'kb-triage' });
  let shown = '';
  const show = (/** @type {boolean} */ asked) => {
    const found = triageNames(window.location.hash);
    const names = found || [];
    if (asked && (!found || shown === names.join('.'))) return; // a place on the page, or what stands there already
    shown = names.join('.');
    const way = triageWay(data, names);
    const outcome = hasOwn(data.outcomes, way.place) ? data.outcomes[way.place] : null;
    told.textContent = way.fault ? triageFault(Boolean(outcome), way.given.length) : '';
    const given = () => triageGiven(way);
    if (outcome) fillSoon(screen, triageNow(data, outcome), () => triageMoves(data, outcome), given);
    else fillSoon(screen, triageQuestion(data, way), given);
    if (asked) focusHeading(screen);
  };
  fill(place, told, screen);
  const upward = document.querySelector('.md-top');
  if (upward) upward.remove(); // each answer scrolls up by itself; the button would come and stand on the question
  window.addEventListener('hashchange', () => {
    const before = shown;
    show(true);
    const heading = screen.querySelector('h3');
    if (heading && shown !== before) heading.scrollIntoView(); // the answers are in sight, not only the question
  });
  show(false);
}

/** @param {boolean} ended @param {number} count @returns {string} */
function triageFault(ended, count) {
  if (ended) return '网址里多出来的一段看不懂，没有用上；结果照前面选的。';
  return count ? '网址里有一段看不懂；前面选的还在，请从这一问接着选。' : '网址里的选择看不懂，请从第一问选起。';
}

/** @param {TriageData} data @param {TriageWay} way @returns {HTMLElement[]} */
function triageQuestion(data, { names, place }) {
  const { question, hint, answers } = data.questions[place];
  const left = triageLeft(data, place) - 1;
  const rest = left ? `后面最多还有 ${left} 问` : '最后一问';
  const links = answers.map(([name, text]) => make('li', {}, make('a', { href: triageHash([...names, name]), textContent: text })));
  return [
    make('p', { className: 'kb-hint', textContent: `第 ${names.length + 1} 问，${rest}` }),
    make('h3', { textContent: question }),
    ...(hint ? [make('p', { className: 'kb-hint', textContent: hint })] : []),
    make('ul', { className: 'kb-answers' }, ...links),
  ];
}

/** @param {TriageData} data @param {TriagePoint} point @returns {HTMLElement} */
function triagePoint(data, [text, sources]) {
  return make('li', {}, text,
    make('span', { className: 'kb-sources' }, ...triageSources(data, sources).map((source) => sourceLink(data, source))));
}

/** @param {TriageData} data @param {TriageOutcome} outcome @returns {HTMLElement[]} what it is and what cannot wait */
function triageNow(data, { title, now: clocks }) {
  return [
    make('h3', { textContent: title }),
    make('div', { className: 'kb-timing' }, make('h4', { textContent: '现在的期限' }),
      make('ul', {}, ...clocks.map((clock) => triagePoint(data, clock)))),
  ];
}

/** @param {TriageData} data @param {TriageOutcome} outcome @returns {HTMLElement[]} what to do, and where to go on */
function triageMoves(data, outcome) {
  const { moves, guide, tool } = outcome;
  const link = (/** @type {string[]} */ [name, href], /** @type {string} */ before, /** @type {string} */ className) =>
    make('a', { href, className: `kb-go ${className}`.trim() }, make('span', { textContent: before }), name);
  return [
    make('h4', { textContent: '先做这三件' }),
    make('ol', { className: 'kb-moves' }, ...moves.map((move) => triagePoint(data, move))),
    link(guide, '接着看', 'kb-go-first'),
    ...(tool.length ? [link(tool, '再用这个工具', '')] : []),
    copyButton('复制这个结果', () => triageText(outcome, window.location.href)),
  ];
}

/** @param {TriageData} data @param {string[]} sources @returns {string[]} those that are called the same named once */
function triageSources(data, sources) {
  const names = sources.map((source) => (data.sources[source] || [''])[0]);
  return sources.filter((source, at) => names.indexOf(names[at]) === at);
}

/** @param {TriageWay} way @returns {HTMLElement[]} what was chosen, each to be changed, and the way to begin anew */
function triageGiven({ names, given }) {
  if (!given.length) return [];
  const rows = given.map(([question, answer], at) => {
    const change = make('a', { href: triageHash(names.slice(0, at)), textContent: '改' });
    change.setAttribute('aria-label', `改这一问：${question}`);
    return make('li', {}, make('span', {}, make('span', { className: 'kb-hint', textContent: question }), answer), change);
  });
  return [
    make('h4', { textContent: '你选的' }),
    make('ol', { className: 'kb-given' }, ...rows),
    make('a', { className: 'kb-button kb-quiet kb-again', href: triageHash([]), textContent: '从头再来' }),
  ];
}

startTool(drawTriage);
