// How text leaves a page: copied, and where a file is meant, with a word on chat apps that do not save files.

const WECHAT = WORDS.keep.wechat;

/** @param {string} text @param {() => void} onclick @param {string} [className] @returns {HTMLButtonElement} */
function buttonOf(text, onclick, className = '') {
  return make('button', { type: 'button', className: `kb-button ${className}`.trim(), textContent: text, onclick });
}

/**
 * Return a button that copies a text. Where copying is denied, the text is shown selected instead.
 * @param {string} label @param {() => string} text @returns {HTMLElement}
 */
function copyButton(label, text) {
  const status = make('span', { className: 'kb-told' });
  status.setAttribute('role', 'status');
  const area = make('textarea', { className: 'kb-copied', hidden: true, readOnly: true, rows: 8 });
  area.setAttribute('aria-label', label);
  const root = make('div', { className: 'kb-out' });
  const button = buttonOf(label, async () => {
    area.hidden = true;
    if (!await copied(text(), area)) {
      area.select();
      status.textContent = WORDS.keep.by_hand;
      return;
    }
    area.hidden = true;
    status.textContent = WORDS.keep.copied;
  });
  root.append(button, status, area);
  return root;
}

/**
 * Copy a text, in browsers that deny the new way by the old one, which needs it selected in `area`.
 * @param {string} text @param {HTMLTextAreaElement} area @returns {Promise<boolean>}
 */
async function copied(text, area) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    area.value = text;
    area.hidden = false;
    area.focus();
    area.select();
    return document.execCommand('copy');
  }
}

/** @returns {boolean} whether this is WeChat's browser, which often does not save files */
function inWeChat() {
  return /MicroMessenger/i.test(navigator.userAgent);
}
