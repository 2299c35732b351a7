// In a copy of the site on a disk a link must name its file. Those in the pages do; scripts also make links to folders,
// and these get their file's name when they are pointed at.

['pointerdown', 'focusin', 'click'].forEach((name) => document.addEventListener(name, ({ target }) => {
  const link = target instanceof Element && target.closest('a');
  if (link && link.protocol === 'file:' && link.pathname.endsWith('/')) link.pathname += 'index.html';
}, true));
