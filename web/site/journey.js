// The steps that a reader has done: ticked at the end of each step, shown in the path, kept on this device only.

const STEPS_KEY = 'kb-steps';

(function journey() {
  const path = document.querySelector('.kb-path');
  const here = path && path.querySelector('[aria-current]');
  const place = /** @type {HTMLElement | null} */ (document.querySelector('.kb-done'));
  if (!path || !here || !place) return;
  const done = stepsDone();
  const name = /** @type {HTMLElement} */ (here).dataset.step || '';
  const box = make('input', { type: 'checkbox', id: 'kb-done', checked: done.has(name) });
  const told = make('span', { className: 'kb-told' });
  told.setAttribute('role', 'status');
  box.addEventListener('change', () => {
    if (box.checked) done.add(name);
    else done.delete(name);
    told.textContent = keepSteps(done) ? '' : WORDS.journey.not_kept;
    showSteps(path, done);
  });
  fill(place, box, make('label', { htmlFor: 'kb-done', textContent: WORDS.journey.done }), told);
  place.hidden = false;
  showSteps(path, done);
}());

/** @returns {Set<string>} the names of the steps that were ticked; what cannot be read counts as none */
function stepsDone() {
  try {
    const names = JSON.parse(localStorage.getItem(STEPS_KEY) || '[]');
    return new Set(Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []);
  } catch (error) {
    return new Set();
  }
}

/** @param {Set<string>} done @returns {boolean} whether they could be kept */
function keepSteps(done) {
  try {
    localStorage.setItem(STEPS_KEY, JSON.stringify(Array.from(done)));
    return true;
  } catch (error) {
    return false;
  }
}

/** @param {Element} path @param {Set<string>} done */
function showSteps(path, done) {
  path.querySelectorAll('a').forEach((link) => {
    const ticked = done.has(link.dataset.step || '');
    const mark = link.querySelector('.kb-tick');
    if (mark && !ticked) mark.remove();
    if (!mark && ticked) link.append(make('span', { className: 'kb-tick', textContent: WORDS.journey.ticked }));
  });
}
