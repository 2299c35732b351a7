// Speaks the search worker's protocol with answers made up from the query, so that the interface is tested on its own.
// Each query is answered twice, the second time with snippets; with `等`, when the channel `go` says so.
// `无` finds nothing, `近` finds half, `多` finds 45 pages, `错` throws. The index is the real stub.
const hit = (text) => `\ue000${text}\ue001`;

const page = (at, query, text) => ({
  url: ['steps/file-appeal/', 'topics/complaints/', 'topics/refunds/'][at % 3],
  title: `第 ${at} 页 ${hit(query.slice(0, 20))}`,
  type: at % 3 ? '专题' : '步骤',
  deadline: at % 3 ? '' : '期限：7 天',
  about: `关于 <b> ${query.slice(0, 20)}`,
  start: '',
  sections: [{ anchor: 'moves', heading: '怎么做', text }],
});

const answer = (query, text) => {
  const count = query.trim() ? (query.includes('多') && 45) || 3 : 0;
  const pages = Array.from({ length: count }, (_, at) => page(at, query, text));
  const kind = (query.includes('无') && 'none') || (query.includes('近') && 'weak') || 'found';
  const maybe = kind === 'found' ? [] : ['保证金', '<i>申诉</i>'];
  self.postMessage({ type: 3, data: { query, pages, note: { kind, maybe } } });
};

const load = async () => {
  try {
    const response = await fetch('../../search/search_index.json');
    self.postMessage(response.ok ? { type: 1 } : { type: 9, data: `${response.status}` });
  } catch (error) {
    self.postMessage({ type: 9, data: `${error}` });
  }
};

self.addEventListener('message', ({ data: { type, data } }) => {
  if (type === 0) load();
  if (type !== 2) return;
  if (data.includes('错')) throw new Error('made up');
  const again = () => answer(data, `片段 ${hit(data.slice(0, 4))} 7 天`);
  answer(data, '');
  if (data.includes('等')) new BroadcastChannel('go').onmessage = again;
  else again();
});
