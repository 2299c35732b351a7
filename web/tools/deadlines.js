// When everything ends: the reader says what happened and when; all deadlines that run from it, sorted, with alarms.

const CLOCKS_TITLE = '期限清单';
const CLOCKS_AT_ONCE = 1; // that a phone shows below the form
const EVERY = 20000; // milliseconds between two looks at the clock
const LIST = '#list';
/** @type {[string, string]} */
const NOT_CHOSEN = ['', '请选'];

/** @param {ClocksData} data @param {HTMLElement} place */
function drawClocks(data, place) {
  const store = storeOf('deadlines', 1, isClocksState, withoutBroken);
  const loaded = store.load();
  /** @type {ClocksState} */
  const state = loaded.state || { events: [], draft: NOTHING_HAPPENED };
  const notice = noticeOf(place, loaded.notice);
  const result = make('div', { className: 'kb-result' });
  result.setAttribute('role', 'region');
  result.setAttribute('aria-label', CLOCKS_TITLE);
  const { tell } = notice;
  const keep = () => tell(store.save(state));
  /** The hand is answered at once, the rest a part a frame. */
  const soon = (/** @type {(() => void)[]} */ ...parts) => {
    result.setAttribute('aria-busy', 'true');
    inParts(place, parts);
  };
  const list = clocksList(data, state, result, (at) => {
    if (result.getAttribute('aria-busy')) return; // what was tapped on is being drawn anew
    if (form.busy()) {
      tell('上面正填着一件；请先加进清单，或者把日期删掉。');
      form.focus();
      return;
    }
    const happened = state.events[at];
    state.events = state.events.filter((each) => each !== happened);
    state.draft = happened;
    tell(store.save(state) || '已从清单里拿出来，填在上面；改好再加，不要了就不用管。');
    soon(() => {
      form.use(happened);
      form.focus();
    }, list.draw);
  });
  const form = happenedForm(data, state.draft, (draft) => { state.draft = draft; keep(); }, (happened) => {
    state.events = state.events.concat(happened);
    state.draft = NOTHING_HAPPENED;
    keep();
    form.use(NOTHING_HAPPENED);
    const stood = document.activeElement;
    soon(() => {
      list.draw();
      if (document.activeElement === stood) focusHeading(result); // a reader who went elsewhere by now is left there
    });
  }, () => state.events);
  const use = (/** @type {ClocksState | null} */ read) => {
    state.events = read ? read.events.slice() : [];
    state.draft = read ? read.draft : NOTHING_HAPPENED;
    form.use(state.draft);
    list.draw();
    return read ? store.save(state) : '';
  };
  fill(place, form.root, notice.root, result, keeping(store, CLOCKS_TITLE, notice, () => state, use));
  list.draw();
  fromAddress(data, form);
  window.addEventListener('hashchange', () => fromAddress(data, form));
  const timer = setInterval(() => (place.isConnected ? list.tick() : clearInterval(timer)), EVERY);
}

/**
 * Choose what the address names: `#kind=late-shipment`, a deduction, or `#event=judgment`, an event of data/events.yml.
 * @param {ClocksData} data @param {HappenedForm} form
 */
function fromAddress(data, form) {
  const [, what, name] = window.location.hash.match(/^#(kind|event)=([\w-]{1,60})$/) || [];
  const known = what === 'kind' ? Object.prototype.hasOwnProperty.call(data.kinds, name) : allEvents(data).some(({ id }) => id === name);
  if (!known) return;
  const [event, kind] = what === 'kind' ? data.kinds[name] : [name, ''];
  form.use({ ...form.written(), event, kind });
}

/**
 * @typedef {{ root: HTMLElement, use: (happened: Happened) => void, written: () => Happened, busy: () => boolean,
 *   focus: () => void }} HappenedForm `busy`: something would be lost if another event were put in
 */

/**
 * The form for one event. Its fields follow from what happened: which kind, whether a time of day is needed.
 * @param {ClocksData} data @param {Happened} draft @param {(draft: Happened) => void} changed
 * @param {(happened: Happened) => void} add @param {() => Happened[]} events that are in the list @returns {HappenedForm}
 */
function happenedForm(data, draft, changed, add, events) {
  const problems = errorPlace();
  const place = make('div', {});
  let written = { ...draft };
  let rest = /** @type {Field[]} */ ([]);
  const read = () => {
    written = { ...written };
    [first, ...rest].forEach((field) => { written[/** @type {keyof Happened} */ (field.id)] = field.value(); });
    changed(written);
  };
  const draw = () => {
    rest = detailFields(data, written, read);
    fill(place, ...rest.map((field) => field.root));
  };
  const first = eventField(data, written.event, () => {
    showErrors(problems, [first, ...rest], {});
    read();
    written.kind = '';
    draw();
  });
  const use = (/** @type {Happened} */ happened) => {
    showErrors(problems, [first, ...rest], {});
    written = { ...happened };
    first.set(written.event);
    draw();
  };
  const submit = () => {
    const happened = takenApart(written);
    const found = readEvent(data, happened);
    if (!showErrors(problems, [first, ...rest], 'errors' in found ? found.errors : refusal(events(), happened))) return;
    add(happened);
  };
  draw();
  return {
    root: make('div', { className: 'kb-happened' }, formOf([problems, first.root, place], '加进清单', submit, 'kb-main')),
    use,
    written: () => ({ ...written }),
    busy: () => Boolean(dense(written.date) || dense(written.note)),
    focus: () => first.input.focus(),
  };
}

/** @param {Happened[]} events @param {Happened} happened @returns {Record<string, string>} why it is not taken */
function refusal(events, happened) {
  const keys = /** @type {(keyof Happened)[]} */ (Object.keys(NOTHING_HAPPENED));
  const alike = (/** @type {Happened} */ other) => keys.every((key) => dense(other[key]) === dense(happened[key]));
  if (events.some(alike)) return { event: '这件事已经在清单里；另一张单，请在备注里写单号' };
  return events.length < MOST_EVENTS ? {} : { event: `清单里最多 ${MOST_EVENTS} 件；请先拿出几件` };
}

/** @param {ClocksData} data @param {string} value @param {() => void} changed @returns {Field} */
function eventField(data, value, changed) {
  const groups = data.groups.map(([title, events]) => /** @type {[string, [string, string][]]} */ ([title, events.map((event) => [event.id, event.title])]));
  return fieldOf({ id: 'event', label: '发生了什么', kind: 'select', options: [NOT_CHOSEN], groups, value }, changed);
}

/** @param {ClocksData} data @param {Happened} happened @param {() => void} changed @returns {Field[]} what an event asks for */
function detailFields(data, happened, changed) {
  const event = allEvents(data).find(({ id }) => id === happened.event);
  const wanted = /** @type {FieldOf[]} */ ([]);
  if (event && event.asks) {
    const options = event.choices.map(([id, words]) => /** @type {[string, string]} */ ([id, words]));
    wanted.push({ id: 'kind', label: event.asks, kind: 'select', options: [NOT_CHOSEN, ...options, [UNSTATED, '上面没有，或者不知道']] });
  }
  wanted.push({ id: 'date', label: event ? event.day : '哪天', hint: '例如 2026-11-25，只打数字 20261125 也行；从后台复制来的也可以', keys: 'numeric' });
  if (event && event.time) wanted.push(timeField(event));
  wanted.push({ id: 'note', label: event && event.id === COUNTDOWN ? '什么事的截止' : '备注', hint: '例如罚单号，分得清是哪一张就行', required: false });
  return wanted.map((of) => quick(fieldOf({ ...of, value: happened[/** @type {keyof Happened} */ (of.id)] }, changed), happened.event, changed));
}

/**
 * Give the fields of a day and of a time buttons for what is most often written. A deadline that is copied lies ahead.
 * @param {Field} field @param {string} event @param {() => void} changed @returns {Field}
 */
function quick(field, event, changed) {
  const ahead = event === COUNTDOWN;
  const day = (/** @type {number} */ more) => isoDay(Math.floor(now() / MINUTES) + more);
  const words = /** @type {Record<string, [string, () => string][]>} */ ({
    date: [['今天', () => day(0)], ahead ? ['明天', () => day(1)] : ['昨天', () => day(-1)]],
    time: ahead ? [] : [['现在', () => timeOfDay(now())]],
  })[field.id] || [];
  const told = make('span', { className: 'kb-told' });
  told.setAttribute('role', 'status');
  const buttons = words.map(([word, value]) => {
    const button = buttonOf(word, () => {
      field.set(value());
      field.fail('');
      changed();
      setText(told, `已填${word}，北京时间`);
    }, 'kb-quiet');
    button.setAttribute('aria-label', `${word}，填进“${field.label}”`);
    return button;
  });
  if (buttons.length) field.root.append(make('div', { className: 'kb-quick' }, ...buttons, told));
  return field;
}

/** @param {EventOf} event @returns {FieldOf} */
function timeField({ id, time }) {
  const why = id === COUNTDOWN ? '' : time === 'must' ? '这个期限按小时算。' : '填了算得更准。';
  return { id: 'time', label: '几点几分', hint: `${why}例如 14:30，只打数字 1430 也行`, required: time === 'must', keys: 'numeric' };
}

/**
 * The list of all deadlines; `tick` renews what depends on the time, in silence.
 * @param {ClocksData} data @param {ClocksState} state @param {HTMLElement} place @param {(at: number) => void} takeOut
 * @returns {{ draw: () => void, tick: () => void }}
 */
function clocksList(data, state, place, takeOut) {
  let ticks = /** @type {((moment: number) => void)[]} */ ([]);
  const tick = () => ticks.forEach((each) => each(now()));
  const draw = () => {
    const clocks = clocksOf(data, state.events);
    const all = make('ol', { className: 'kb-clocks', hidden: !clocks.length });
    const show = (/** @type {Clock[]} */ some) => {
      const shown = some.map((clock) => clockItem(data, clock));
      shown.forEach((each) => each.tick(now()));
      ticks = ticks.concat(shown.map((each) => each.tick));
      all.append(...shown.map((each) => each.root));
    };
    ticks = [];
    if (!state.events.length) {
      fillSoon(place, []);
      return;
    }
    fillSoon(place, [make('h3', { textContent: `你的${CLOCKS_TITLE}` }),
      make('p', { className: 'kb-hint', textContent: `按到期的先后排，全是北京时间。${BACK_OFFICE}` })], () => {
      show(clocks.slice(0, CLOCKS_AT_ONCE));
      return [all];
    }, () => {
      show(clocks.slice(CLOCKS_AT_ONCE));
      return unstatedLines(data, state.events);
    }, () => [...(clocks.length ? waysOut(data, clocks) : []), eventsList(data, state.events, takeOut), ...goOn(listsFor(data, state.events))]);
  };
  return { draw, tick };
}

/** @param {ClocksData} data @param {Clock} clock @returns {{ root: HTMLElement, tick: (moment: number) => void }} */
function clockItem(data, clock) {
  const { of, until, how, from, happened, dated } = clock;
  const left = make('p', { className: 'kb-left' });
  const told = make('p', { className: 'kb-then', hidden: true });
  const note = tidy(happened.note);
  const lines = [
    make('h4', { textContent: titleOfClock(clock) + (note && from ? `（${note}）` : '') }),
    untilLine(until, dated), left, told,
  ];
  if (of.then) lines.push(make('p', { className: 'kb-line', textContent: `${doneBy(of)}：${of.then}。` }));
  const counted = make('p', { className: 'kb-line' }, `怎么数：${how}。`);
  if (from) add(counted, `起点：${from}。`);
  lines.push(counted);
  if (of.source) lines.push(make('p', { className: 'kb-line' }, '依据：', sourceLink(data, of.source)));
  const root = make('li', {}, ...lines);
  let state = '';
  const tick = (/** @type {number} */ moment) => {
    const [text, next] = [leftWords(clock, moment), stateOfClock(clock, moment)];
    setText(left, text);
    if (state === next) return;
    state = next;
    root.className = `kb-clock kb-${of.side} kb-is-${state}`;
    fill(told, ...whatNow(data, clock, state));
    told.hidden = !told.childNodes.length;
  };
  return { root, tick };
}

/** @param {ClocksData} data @param {Happened[]} events @returns {[string, string][]} the evidence for what was deducted */
function listsFor(data, events) {
  const kinds = Object.keys(data.lists).filter((kind) => events.some((happened) => happened.kind === kind));
  return kinds.length ? kinds.map((kind) => [`../evidence/#kind=${kind}`, `列证据清单：${data.lists[kind]}`]) : [['../evidence/', '列证据清单']];
}

/** @param {string} until @param {boolean} dated @returns {HTMLElement} its time of day is never broken */
function untilLine(until, dated) {
  const [day, time] = until.split('）');
  if (!dated || !time) return make('p', { className: dated ? 'kb-until' : 'kb-until kb-undated', textContent: until });
  return make('p', { className: 'kb-until' }, `${day}）`, make('span', { textContent: time }));
}

/** @param {ClocksData} data @param {Clock} clock @param {string} state @returns {(Node | string)[]} what to do now, or nothing */
function whatNow(data, { of, missing }, state) {
  const link = (/** @type {string} */ name) => {
    const [textContent, href] = data.links[name];
    return make('a', { className: 'kb-alone', href, textContent });
  };
  if (of.side === 'theirs') return state === 'over' && data.links[of.acts] ? ['可以催了：', link(of.acts), '。'] : [];
  if (of.side === 'waits') return [];
  const missed = link(of.law ? 'missedLaw' : 'missed');
  if (state === 'soon') return of.law ? ['不到一天了，先做这一件。'] : ['不到一天了，先做这一件：', link('soon'), '。'];
  if (state === 'unsure' && missing) return ['碰上放假才会顺延。现在就办；办不成，看', missed, '。'];
  if (state === 'unsure') return ['后台倒计时没有到零的，现在就交，看', link('lastDay'), '；到零了，看', missed, '。'];
  if (state !== 'over') return [];
  return [of.law ? '先核对起点；真过了，还有什么路：' : '先看后台还能不能交；不能，还有什么路：', missed, '。'];
}

/** @param {ClocksData} data @param {Happened[]} events @returns {HTMLElement[]} a line for those whose rule names no period */
function unstatedLines(data, events) {
  const titles = events.filter(({ kind }) => kind === UNSTATED).map(({ event }) => allEvents(data).filter(({ id }) => id === event).map(({ title }) => title).join(''));
  return titles.map((title) => make('p', { className: 'kb-unstated' }, `${title}：你的这一种，这里没有它的天数。打开那张单，把页面上的截止时刻抄下来，在上面选“页面上写了截止时刻”；也可以查`,
    make('a', { href: LIST, textContent: '全部期限的表' }), '。'));
}

/** @param {ClocksData} data @param {Clock[]} clocks @returns {HTMLElement[]} copy, calendar, print */
function waysOut(data, clocks) {
  const told = make('span', { className: 'kb-told' });
  told.setAttribute('role', 'status');
  const save = buttonOf('存成日历提醒', () => {
    const entries = calendarEntries(data, clocks, now());
    if (entries.length) saveFile(`${CLOCKS_TITLE}.ics`, new Blob([calendarOf(entries, now())], { type: 'text/calendar;charset=utf-8' }));
    setText(told, entries.length ? `${handedOver()}${entries.length} 个期限，各提醒两次，提前 1 天和 3 小时。用手机日历打开它。`
      : '没有还没到期的日子，不用提醒。');
  });
  return [
    make('div', { className: 'kb-ways' }, copyButton('复制清单', () => clocksText(data, clocks, now())), save,
      buttonOf('打印', () => window.print()), told),
    saveHint(),
  ];
}

/** @param {ClocksData} data @param {Happened[]} events @param {(at: number) => void} takeOut @returns {HTMLElement} */
function eventsList(data, events, takeOut) {
  const items = events.map((happened, at) => {
    const read = readEvent(data, happened);
    const title = 'errors' in read ? '这件事现在算不出来，请改' : read.event.title;
    const kind = 'errors' in read ? '' : read.event.choices.filter(([id]) => id === happened.kind).map(([, name]) => name).join('');
    const words = [dense(happened.date), dense(happened.time), title + (kind && `：${kind}`), tidy(happened.note)].filter(Boolean).join(' ');
    const button = buttonOf('改或去掉', () => takeOut(at), 'kb-quiet');
    button.setAttribute('aria-label', `改或去掉：${words}`);
    return make('li', {}, make('span', { textContent: words }), button);
  });
  return make('div', { className: 'kb-noted' }, make('h4', { textContent: '记下的事' }), make('ul', {}, ...items));
}

startTool(drawClocks);
