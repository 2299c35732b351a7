// A table that can be sorted by the columns whose cells carry a number (data-key). Without scripts it is a plain table.

document.querySelectorAll('.kb-sortable table').forEach((table) => {
  const heads = Array.from(table.querySelectorAll('thead th'));
  heads.forEach((head, column) => {
    if (table.querySelector(`tbody td:nth-child(${column + 1})[data-key]`)) makeSortable(table, heads, column);
  });
});

/**
 * Put a button into a head. The first press puts the largest sum or the nearest deadline first, as `firstUp` says.
 * @param {Element} table @param {Element[]} heads @param {number} column
 */
function makeSortable(table, heads, column) {
  const head = heads[column];
  const button = make('button', { type: 'button', textContent: head.textContent || '' });
  const firstUp = !head.hasAttribute('data-largest-first');
  fill(head, button);
  head.setAttribute('aria-sort', 'none');
  button.addEventListener('click', () => {
    const before = head.getAttribute('aria-sort');
    const up = before === 'none' ? firstUp : before === 'descending';
    heads.forEach((each) => each.hasAttribute('aria-sort') && each.setAttribute('aria-sort', 'none'));
    head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    sortRows(table, column, up);
  });
}

/**
 * Sort the rows by the numbers of a column; equal rows keep their order.
 * @param {Element} table @param {number} column @param {boolean} up
 */
function sortRows(table, column, up) {
  const rows = Array.from(table.querySelectorAll('tbody tr')).map((row, place) => ({ row, place, key: keyOf(row, column) }));
  rows.sort((a, b) => (a.key === b.key ? a.place - b.place : up ? a.key - b.key : b.key - a.key));
  /** @type {Element} */ (table.querySelector('tbody')).append(...rows.map((each) => each.row));
}

/** A cell without a number has no limit: it counts as the largest. @param {Element} row @param {number} column */
function keyOf(row, column) {
  const key = row.children[column].getAttribute('data-key');
  return key === null ? Infinity : Number(key);
}
