// The theme's box listens to keyup alone; pasted, dictated and composed text must search too.
const box = document.querySelector('.md-search__input');
if (box) {
  box.addEventListener('input', () => box.dispatchEvent(new Event('keyup')));
  document.querySelector('.md-search').setAttribute('aria-label', '搜索');
  document.querySelector('.md-search-result__meta').setAttribute('aria-live', 'polite');
}
