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
    const passage = selection ? selection.toString().replace(/\s+/g, ' ').trim().slice(0, LONGEST_PASSAGE) : '';
    if (!selection || !passage || !article.contains(selection.anchorNode) || root.contains(selection.anchorNode)) return;
    told.hidden = false;
    told.textContent = filled(WORDS.feedback.carried, { passage });
    root.querySelectorAll('a').forEach((link) => {
      link.href = (link.dataset.marked || link.href).replace(PASSAGE, () => encodeURIComponent(passage));
    });
  });
}());
