// How a letter leaves the page. Word needs a library and a template: both are fetched only when a reader asks for a file, as
// scripts, because a page opened from a disk cannot fetch anything else.

const ASSETS = '../../assets/kb/';

/** @param {string} name @returns {Promise<void>} */
function loadScript(name) {
  return new Promise((resolve, reject) => {
    const script = make('script', { src: ASSETS + name, onload: () => resolve(), onerror: () => { script.remove(); reject(new Error(name)); } });
    document.head.append(script);
  });
}

/** @param {object} data @returns {Promise<Blob>} */
async function wordFile(data) {
  const shared = /** @type {any} */ (window);
  if (!shared.kbDocx) await loadScript('lib-docx.js');
  if (!shared.kbLetterTemplate) await loadScript('letter-template.js');
  return shared.kbDocx(shared.kbLetterTemplate, data);
}

/**
 * @param {Opened} opened @param {() => Record<string, Answer>} answers @returns {HTMLElement} the buttons, with the hint
 */
function waysOut(opened, answers) {
  const told = make('p', { className: 'kb-told' });
  told.setAttribute('role', 'status');
  const text = () => plainLetter(opened, answers());
  const word = buttonOf('存成 Word', async () => {
    told.textContent = '正在做 Word 文档…';
    try {
      saveFile(`${opened.file}.docx`, await wordFile(wordLetter(opened, answers())));
      told.textContent = handedOver();
    } catch (error) {
      told.textContent = 'Word 文档做不出来；请用“复制全文”，粘贴到备忘录或 Word 里。';
    }
  });
  const plain = buttonOf('存成文本', () => {
    saveFile(`${opened.file}.txt`, new Blob([`\ufeff${text()}\n`], { type: 'text/plain' }));
    told.textContent = handedOver();
  }, 'kb-quiet');
  return make('div', { className: 'kb-ways' }, copyButton('复制全文', text),
    word, plain, buttonOf('打印', printLetter, 'kb-quiet'), told, saveHint());
}

/** Print the letter alone. */
function printLetter() {
  document.documentElement.classList.add('kb-print-letter');
  window.addEventListener('afterprint', () => document.documentElement.classList.remove('kb-print-letter'), { once: true });
  window.print();
}
