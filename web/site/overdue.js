// A page that nobody has checked in time says so. Its box names the last day; the reader's day is China's, as the periods are.

const CHINA_AHEAD = 8 * 3600 * 1000;

document.querySelectorAll('.kb-glance').forEach((box) => {
  const due = box.querySelector('time');
  if (!due || new Date(Date.now() + CHINA_AHEAD).toISOString().slice(0, 10) <= (due.textContent || '')) return;
  box.prepend(make('p', { className: 'kb-overdue' }, make('strong', { textContent: WORDS.overdue.past }), WORDS.overdue.then));
});
