// A page that nobody has checked in time says so. Its box names the last day; the reader's day is China's, as the periods are.

const CHINA_AHEAD = 8 * 3600 * 1000;

document.querySelectorAll('.kb-glance').forEach((box) => {
  const due = box.querySelector('time');
  if (!due || new Date(Date.now() + CHINA_AHEAD).toISOString().slice(0, 10) <= (due.textContent || '')) return;
  const said = '规则可能已经改了。先看后台通知上的倒计时，再到规则中心查现行版；和这一页不一样的，以那里为准。';
  box.prepend(make('p', { className: 'kb-overdue' }, make('strong', { textContent: '这一页该核对的日子已过。' }), said));
});
