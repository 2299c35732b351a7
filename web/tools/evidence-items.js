// One piece of evidence on the page: what it must be like, whether it is there, a note, the names of its files.

/**
 * @param {EvidenceData} data @param {EvidenceItem} item @param {number} number @param {EvidenceAnswer} answer
 * @param {(answer: EvidenceAnswer) => void} changed @param {(() => void) | null} remove takes the reader's own item away
 * @returns {HTMLElement}
 */
function evidenceCard(data, item, number, answer, changed, remove) {
  const now = { ...answer };
  const tell = () => changed({ ...now, files: now.files.slice() });
  const heading = make('h5', { id: freshId('item'), textContent: `${number}. ${item.name}`, tabIndex: -1 });
  const card = make('div', { className: 'kb-item' }, heading, itemFacts(data, item));
  card.setAttribute('role', 'group');
  card.setAttribute('aria-labelledby', heading.id);
  if (item.cares.length && item.group !== 'base') card.append(careNotes(data, item));
  if (!item.nothing) card.append(haveField(now, tell));
  card.append(remarks(now, tell));
  if (remove) card.append(buttonOf('删掉这一件', remove, 'kb-quiet'));
  return card;
}

/**
 * The note and the names of files, made when the reader opens them: a browser that looks for fields it could fill in lays
 * out each one that is folded away, again and again.
 * @param {EvidenceAnswer} now @param {() => void} tell @returns {HTMLElement}
 */
function remarks(now, tell) {
  const summary = make('summary', { textContent: '备注、文件名' });
  const more = make('details', { className: 'kb-more', open: Boolean(now.note || now.files.length) }, summary);
  const open = () => {
    if (more.lastChild === summary) more.append(noteField(now, tell), fileNames(now, tell));
  };
  if (more.open) open();
  summary.addEventListener('click', open); // before the browser shows what is inside
  more.addEventListener('toggle', open); // and where no click opened it: a search in the page, a print
  return more;
}

/** @param {EvidenceData} data @param {EvidenceItem} item @returns {HTMLElement} */
function itemFacts(data, item) {
  const [, , where, keep, from] = item.group === 'base' ? item.cares[0] : ['', '', '', '', item.sources];
  const facts = [['证明', item.proves], ['怎样才认', item.accepts], ['不认什么', item.refuses], ['去哪里取', where], ['怎么存', keep],
    ['要交吗', item.nothing ? '不用交材料；理由照样写清楚' : '']].filter(([, text]) => text)
    .map(([head, text]) => make('div', {}, make('dt', { textContent: head }), make('dd', { textContent: text })));
  if (from.length) facts.push(make('div', {}, make('dt', { textContent: '来源' }), make('dd', {}, ...sourceLinks(data, from))));
  return make('dl', { className: 'kb-facts' }, ...facts);
}

/** @param {EvidenceData} data @param {string[]} sources @returns {(Node | string)[]} */
function sourceLinks(data, sources) {
  return byName(data, sources).reduce((/** @type {(Node | string)[]} */ all, source, at) => [...all, ...(at ? ['；'] : []), sourceLink(data, source)], []);
}

/** Where the kinds of evidence that an item needs are got. @param {EvidenceData} data @param {EvidenceItem} item */
function careNotes(data, item) {
  const lines = item.cares.map(([, what, where, keep, sources]) => make('li', {},
    ...(item.cares.length > 1 ? [make('strong', { textContent: what }), '：'] : []),
    `${where}。怎么存：${keep}。`, ...sourceLinks(data, sources)));
  return make('details', { className: 'kb-more' },
    make('summary', { textContent: '去哪里取、怎么存' }), make('ul', {}, ...lines));
}

/** @param {EvidenceAnswer} now @param {() => void} tell @returns {HTMLElement} */
function haveField(now, tell) {
  const options = /** @type {[string, string][]} */ (['yes', 'no', 'na'].map((have) => [have, HAVE[have]]));
  const field = fieldOf({ id: 'have', label: '手里有吗', kind: 'choice', options, value: now.have }, () => {
    now.have = field.value();
    tell();
  });
  field.root.classList.add('kb-marks');
  return field.root;
}

/** @param {EvidenceAnswer} now @param {() => void} tell @returns {HTMLElement} */
function noteField(now, tell) {
  const field = fieldOf({ id: 'note', label: '备注', kind: 'text', rows: 2, required: false, value: now.note }, () => {
    const length = lengthOf(field.value());
    const fits = length <= LONGEST_ANSWER;
    field.fail(fits ? '' : `有 ${length} 字，最多 ${LONGEST_ANSWER} 字；删短以前，这条备注不会存下，也不进清单`);
    if (!fits) return;
    now.note = field.value();
    tell();
  });
  return field.root;
}

/** Files are picked for their names only: nothing here opens one. @param {EvidenceAnswer} now @param {() => void} tell */
function fileNames(now, tell) {
  const input = make('input', { type: 'file', multiple: true, hidden: true });
  const names = make('ul', { className: 'kb-files' });
  const told = make('p', { className: 'kb-told' });
  told.setAttribute('role', 'status');
  const pick = buttonOf('选文件，只记名字', () => input.click(), 'kb-quiet');
  const drop = (/** @type {string} */ name) => {
    now.files = now.files.filter((each) => each !== name);
    told.textContent = `删掉了 ${name}`;
    show();
    tell();
    pick.focus();
  };
  const show = () => {
    names.hidden = !now.files.length;
    fill(names, ...now.files.map((name) => {
      const button = buttonOf('删掉', () => drop(name), 'kb-quiet');
      button.setAttribute('aria-label', `删掉 ${name}`);
      return make('li', {}, make('span', { textContent: name }), button);
    }));
  };
  input.addEventListener('change', () => {
    const taken = withFiles(now.files, Array.from(input.files || []).map(({ name }) => name));
    input.value = '';
    now.files = taken.files;
    setText(told, taken.told);
    show();
    tell();
  });
  show();
  return make('div', { className: 'kb-pick' }, pick, input, told, names);
}
