// The tool in three steps: the kind of dispute, the grounds that truly apply, the list to tick off.

const GROUNDS_AT_ONCE = 3; // the others come within the next two frames

/** @typedef {{ data: EvidenceData, state: EvidenceState, view: HTMLElement, notice: Notice, keep: () => string,
 *   go: (step: string) => void }} EvidencePage `keep` stores what changed and returns what was said of it, `go` shows a step and brings the reader there */

/** @param {EvidenceData} data @param {HTMLElement} place */
function drawEvidence(data, place) {
  const store = storeOf('evidence', 1, isEvidenceState);
  const kept = store.load();
  const view = make('div', { className: 'kb-evidence' });
  const notice = noticeOf(place, kept.notice);
  let warned = ''; // what saving last said; another notice is not wiped away by a save that went well
  /** @type {EvidencePage} */
  const page = {
    data, view, notice, state: kept.state || fresh(),
    keep: () => {
      page.state.list = listedEvidence(evidenceItems(data, page.state), page.state);
      const said = store.save(page.state);
      if (said || said !== warned) notice.tell(said);
      warned = said;
      return said;
    },
    go: (step) => {
      page.state.step = step;
      page.keep();
      showStep(page);
      bringTo(page);
    },
  };
  const use = (/** @type {EvidenceState | null} */ state) => {
    page.state = state || fresh();
    showStep(page);
    return state ? page.keep() : '';
  };
  fill(place, notice.root, view, keeping(store, EVIDENCE_TITLE, notice, () => page.state, use));
  followAddress(page, place);
}

/** Bring the reader to the step that is shown: a heading in the lowest line of the window counts as seen, but is not. @param {EvidencePage} page */
function bringTo(page) {
  focusHeading(page.view, page.notice.root.textContent ? page.notice.root : page.view);
}

/** @returns {EvidenceState} */
function fresh() {
  return JSON.parse(JSON.stringify(NO_EVIDENCE));
}

/** Take the kind of dispute from the address, now and whenever it changes. @param {EvidencePage} page @param {HTMLElement} place */
function followAddress(page, place) {
  const follow = () => {
    if (!place.isConnected) {
      window.removeEventListener('hashchange', follow);
      return;
    }
    const { kind, unknown } = kindIn(page.data, window.location.hash);
    if (unknown) page.notice.tell('链接里的扣款原因这里没有；请自己选一种。');
    if (!kind) return;
    window.history.replaceState(window.history.state, '', `#kind=${kind}`); // the place on the page is not what is wanted
    if (kind === page.state.kind && page.state.step !== 'kind') {
      bringTo(page);
      return;
    }
    page.state.kind = kind;
    page.go('grounds');
  };
  showStep(page);
  follow();
  window.addEventListener('hashchange', follow);
}

/** @param {EvidencePage} page */
function showStep(page) {
  const known = disputeOf(page.data, page.state.kind);
  if (!known || page.state.step === 'kind') showKinds(page);
  else if (page.state.step === 'grounds') showGrounds(page, known[1], known[2]);
  else showEvidence(page, known[0], known[1]);
}

/** @param {EvidencePage} page */
function showKinds(page) {
  const problems = errorPlace();
  const options = /** @type {[string, string][]} */ (page.data.kinds.map(([slug, title]) => [slug, title]));
  const field = fieldOf({ id: 'kind', label: '扣款原因', hint: '照处置通知写的选；换一种，已填的都留着', kind: 'choice', options,
    value: page.state.kind }, () => field.fail(''));
  const next = buttonOf('下一步：选申诉原因', () => {
    const kind = field.value();
    if (!showErrors(problems, [field], kind ? {} : { kind: '请选一种；不知道是哪一种，看处置通知' })) return;
    page.state.kind = kind;
    if (kindIn(page.data, window.location.hash).kind) window.history.replaceState(window.history.state, '', `#kind=${kind}`);
    page.go('grounds');
  }, 'kb-main');
  fillSoon(page.view, [make('h3', { textContent: '第 1 步，共 3 步：处置通知写的是哪一种' }), problems, field.root, next]);
}

/** @param {EvidencePage} page @param {string} title @param {Ground[]} grounds */
function showGrounds(page, title, grounds) {
  const box = (/** @type {Ground} */ [key, reason, proof]) => {
    const hint = make('span', { id: freshId('proof'), className: 'kb-hint', textContent: `交：${proof}` });
    const input = make('input', { type: 'checkbox', id: freshId('ground'), checked: page.state.picked.includes(key) });
    input.setAttribute('aria-describedby', hint.id);
    input.addEventListener('change', () => {
      page.state.picked = page.state.picked.filter((each) => each !== key).concat(input.checked ? [key] : []);
      page.keep();
    });
    return make('div', { className: 'kb-choice kb-ground' }, input, make('label', { htmlFor: input.id }, reason, hint));
  };
  const field = make('fieldset', { className: 'kb-field' }, make('legend', { textContent: '申诉原因，可以多选' }),
    make('p', { className: 'kb-hint', textContent: '只勾事实真是这样的。都不符合，就不勾，清单里只列自己要存的。' }), ...grounds.slice(0, GROUNDS_AT_ONCE).map(box));
  fillSoon(page.view, [make('h3', { textContent: `第 2 步，共 3 步：${title}，哪些原因真的符合` }), field], () => {
    field.append(...grounds.slice(GROUNDS_AT_ONCE).map(box));
    return [buttonOf('列出清单', () => page.go('list'), 'kb-main'), buttonOf('上一步', () => page.go('kind'), 'kb-quiet')];
  });
}

/** @param {EvidencePage} page @param {string} slug @param {string} title */
function showEvidence(page, slug, title) {
  const { data, state } = page;
  const items = evidenceItems(data, state);
  const count = make('p', { className: 'kb-count-line' });
  count.setAttribute('role', 'status');
  const missing = make('div', {});
  const recount = () => {
    const counted = countEvidence(evidenceItems(data, state), state);
    setText(count, counted.text);
    fill(missing, ...missingList(counted.missing));
  };
  const recountSoon = onceSoon(recount);
  const card = (/** @type {EvidenceItem} */ item, /** @type {number} */ number) => evidenceCard(data, item, number, answerTo(state, item.key),
    (answer) => {
      const had = answerTo(state, item.key).have;
      state.answers[item.key] = answer;
      page.keep();
      if (had !== answer.have) recountSoon();
    }, item.group === 'own' ? () => dropOwn(page, item.key) : null);
  const cards = { ground: make('div', {}), base: make('div', {}), own: make('div', {}) };
  const draw = (/** @type {EvidenceItem} */ item) => cards[item.group].append(card(item, items.indexOf(item) + 1));
  const later = (/** @type {EvidenceItem['group']} */ group) => items.filter((item) => item.group === group)
    .map((item) => () => { draw(item); return []; });
  const add = addOwn(page, (item) => {
    const number = evidenceItems(data, state).length;
    inParts(cards.own, [() => {
      const added = card(item, number);
      cards.own.append(added);
      recountSoon();
      moveFocus(/** @type {HTMLElement} */ (added.querySelector('h5')));
    }]);
  });
  setText(count, countEvidence(items, state).text);
  const none = make('p', { textContent: '没有勾申诉原因：这里只列自己要存的，其余照申诉页写的交。' });
  fillSoon(page.view, [
    make('h3', { textContent: `第 3 步，共 3 步：${title}，证据清单` }), count,
    make('p', {}, make('a', { href: `../../deductions/${slug}/#evidence`, textContent: '这一种的规则、期限和证据表', className: 'kb-alone' })),
    buttonOf('改申诉原因', () => page.go('grounds'), 'kb-quiet'), buttonOf('换扣款原因', () => page.go('kind'), 'kb-quiet'),
    make('h4', { textContent: GROUPS.ground }), items.some((item) => item.group === 'ground') ? cards.ground : none,
  ], ...later('ground'), () => [make('h4', { textContent: GROUPS.base }), cards.base], ...later('base'),
  () => [make('h4', { textContent: GROUPS.own }), cards.own], ...later('own'),
  () => {
    recount();
    return [add, make('h4', { textContent: '还缺的' }), missing, ...evidenceOut(page)];
  },
  () => [make('h4', { textContent: '交之前，都做到' }), holdList(data),
    ...goOn(data.next.map(([href, text]) => [filled(href, { kind: slug }), text]))]);
}

/** @param {EvidenceItem[]} missing @returns {HTMLElement[]} */
function missingList(missing) {
  if (!missing.length) return [make('p', { textContent: '列出的都有了。交之前再对一遍申诉页。' })];
  return [make('ul', {}, ...missing.map(({ name }) => make('li', { textContent: name })))];
}

/** @param {EvidenceData} data @returns {HTMLElement} */
function holdList(data) {
  return make('ul', {}, ...data.holds.map(([what, how, sources]) => make('li', {}, make('strong', { textContent: what }), `：${how}。`,
    ...sourceLinks(data, sources))));
}

/** @param {EvidencePage} page @param {(item: EvidenceItem) => void} added @returns {HTMLElement} */
function addOwn(page, added) {
  const { state } = page;
  const field = fieldOf({ id: 'own', label: '再加一件', hint: '申诉页要的、你手里有的；例如 9 月 20 日的发货视频', required: false,
    value: state.draft || '' }, () => keepDraft());
  const keepDraft = () => {
    field.fail('');
    state.draft = field.value();
    page.keep();
  };
  const add = () => {
    const name = tidy(field.value()).replace(/\n/g, ' ');
    const error = ownFault(state, name);
    field.fail(error);
    if (error) {
      field.input.focus();
      return;
    }
    const key = `own-${Math.max(0, ...state.own.map((each) => Number(each.key.slice(4)))) + 1}`;
    state.own.push({ key, name });
    field.set('');
    keepDraft();
    added(evidenceItems(page.data, state).filter((item) => item.key === key)[0]);
  };
  return make('div', { className: 'kb-add' }, formOf([field.root], '加上', add, 'kb-quiet'));
}

/** @param {EvidenceState} state @param {string} name @returns {string} what is wrong with the name, or nothing */
function ownFault(state, name) {
  if (!name) return '先写这是什么材料，例如：发货视频';
  if (lengthOf(name) > LONGEST_NAME) return `有 ${lengthOf(name)} 字，最多 ${LONGEST_NAME} 字；详细的写进备注`;
  return state.own.length < MOST_OWN ? '' : `最多加 ${MOST_OWN} 件；同一类的合成一件`;
}

/** @param {EvidencePage} page @param {string} key */
function dropOwn(page, key) {
  page.state.own = page.state.own.filter((each) => each.key !== key);
  delete page.state.answers[key];
  page.go('list');
}

/** The ways in which the list leaves the page. @param {EvidencePage} page @returns {HTMLElement[]} */
function evidenceOut(page) {
  const { data, state } = page;
  const told = make('p', { className: 'kb-told' });
  told.setAttribute('role', 'status');
  const save = (/** @type {string} */ name, /** @type {string} */ text, /** @type {string} */ type) => {
    saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }));
    told.textContent = handedOver();
  };
  return [
    copyButton('复制清单', () => evidenceText(data, state)),
    make('div', { className: 'kb-out' },
      buttonOf('存成 .txt', () => save(`${EVIDENCE_TITLE}.txt`, evidenceText(data, state), 'text/plain'), 'kb-quiet'),
      buttonOf('存成 .csv 表格', () => save(`${EVIDENCE_TITLE}.csv`, evidenceCsv(data, state), 'text/csv'), 'kb-quiet'), told),
    saveHint(),
  ];
}

startTool(drawEvidence);
