// The links to the project's form at the end of a guide take along the passage that the reader marked last. Taps end a
// selection, so it is kept; what will be carried is shown.

const LONGEST_PASSAGE = 200; // characters; an address must stay short enough for every server
const PASSAGE = encodeURIComponent('{passage}');

(function feedback() {
  const root = document.querySelector('.kb-feedback');
  const article = document.querySelector('article');
  const told = root && /** @type {HTMLElement} */ (root.querySelector('[hidden]'));
  if (!root || !article || !told) return;
  document.addEventListener('selectionchange', () => {
    const selection = window.getSelection();
    if (!selection || !article.contains(selection.anchorNode) || root.contains(selection.anchorNode)) return;
    const passage = textWithin(selection);
    if (!passage) return;
    told.hidden = false;
    told.textContent = filled(WORDS.feedback.carried, { passage });
    root.querySelectorAll('a').forEach((link) => {
      link.href = (link.dataset.marked || link.href).replace(PASSAGE, () => encodeURIComponent(passage));
    });
  });
}());

/** @param {Selection} selection @returns {string} its text without the numbers of notes, on one line, not too long */
function textWithin(selection) {
  const part = selection.getRangeAt(0).cloneContents();
  part.querySelectorAll('.footnote-ref, .headerlink').forEach((mark) => mark.remove());
  return (part.textContent || '').replace(/\u2060/g, '').replace(/\s+/g, ' ').trim().slice(0, LONGEST_PASSAGE);
}
