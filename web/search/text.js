// Text as it is searched: the JavaScript half of one specification; scripts/search_text.py is the other half, and tells the
// rules. tests/data/search-text.json holds what both must do. Modules of a bundle share one closed scope.

const HAN = '\u3400-\u4dbf\u4e00-\u9fff';
const COMMA = /(\d),(?=\d)/g;
const OTHER = new RegExp(`[^${HAN}a-z0-9.%]+`, 'g');
const DECIMAL = /^[0-9]\.[0-9]$/; // the only place where a dot stays
const AROUND_HAN = new RegExp(`([${HAN}]) +(?=[${HAN}0-9])|([0-9]) +(?=[${HAN}])`, 'g');
const RUN = new RegExp(`[${HAN}]+|[a-z0-9.%]+`, 'g');
const UNITS = ['个工作日', '工作日', '自然日', '小时', '分钟', '个月', '天', '日', '年', '元', '次', '分', '倍', '条', '单'];
// How long, in Chinese numerals. 七天无理由 is a name; 一天 and 两天 are ordinary words.
const LASTING = /([二三四五六七八九]?十)?([一二三四五六七八九]?)(个?工作日|个?自然日|小时|天)(?!无理由)/g;
const TENS = '一二三四五六七八九';
const OVER = /(期|限|时间|时效|天|小时)(?:已经|已|都|早就|早|刚刚|刚|就|昨天|今天|前天)?过[了去]/g; // a period that is over
const PAST = /错?过了(申诉期|举证期)/g; // the same, said the other way round
const OVERDUE = '逾期';
// What was turned down: 申诉没过, but not 申诉期没过.
const REFUSED = /(?:没有?|未)通过|不通过(?!平台)|([诉核审次都又还])没过(?!期|时效)(?:审(?!核))?|(申诉)[也都又还]?不认(?![可识为])/g;
const REFUSAL = '驳回';
// What nobody gave a reason for: 不知道为什么扣, 啥原因也没写, but not 申诉理由没写清, 驳回没说原因. All its words are grammar, none tells.
const UNEXPLAINED = new RegExp([
  '(?:不知道?|不清楚|不明白|不晓得|搞不懂)(?:到底)?(?:是|因)?(?:为什么|为啥|为何|什么原因|啥原因|原因)',
  '(?:为什么|为啥|为何)(?=[又要会就]?[扣罚])',
  '([诉回]了?)?(?:(?:什么|啥)?(?:原因|理由)[也都又就]?(?:没有?|不|未)[写说给讲提](?:清楚?)?'
    + '|(?:没有?|不|未)[写说给讲提](?:清楚?)?(?:是|什么|啥)?(?:原因|理由|为什么|为啥))',
].join('|'), 'g');
const REASONLESS = '原因不明';
// A verb taken apart from its object: 刷个单, 提不了现.
const APART = new RegExp(
  '([刷退扣罚发补换起申上撤投报关封开提立结])(了个|了几|过几|不了|不出|不成|[了过完个几])'
    + '(单(?!号)|[款货](?!款)|现(?![金在有])|[诉警店缴案庭])',
  'g',
);
const TOGETHER = '刷单 扣款 罚款 补货 换货 起诉 申诉 上诉 撤诉 投诉 报警 关店 封店 开店 退店 提现 补缴 立案 结案 开庭'
  .split(' ');
// How a word may be written in a text: 7 天, 2,000; and what tells that a number does not begin or end there.
const GAP = '[ \u00a0]?';
const COMMA_BETWEEN = '[,，]?';
const COUNTED = /([0-9])\[ \u00a0\]\?(?=[0-9])/g; // a gap between digits
const NUMBER_BEFORE = /[0-9][.,，]?$|[a-z]$/i;
const NUMBER_ENDS = '(?![.,，]?[0-9]|[a-z%])';
const LONGEST_QUERY = 120; // characters; nobody types more into a box, and all work is linear in this

/**
 * Return a text in the form in which it is compared. Linear in its length.
 * @param {string} text
 * @param {Map<string, string>} plain the simplified form of each traditional character
 * @returns {string}
 */
function normalise(text, plain) {
  const folded = Array.from(text.normalize('NFKC').toLowerCase(), (char) => plain.get(char) || char).join('');
  const kept = folded.replace(COMMA, '$1').replace(OTHER, ' ')
    .replace(/\.+/g, (dots, at, whole) => (DECIMAL.test(whole.slice(at - 1, at + dots.length + 1)) ? '.' : ' '));
  const counted = asCounted(kept.replace(AROUND_HAN, '$1$2').replace(/ +/g, ' ').trim());
  const refused = counted.replace(APART, together).replace(REFUSED, (_, before = '', appeal = '') => before + appeal + REFUSAL);
  return refused.replace(UNEXPLAINED, (whole, own) => (own ? whole : REASONLESS));
}

/**
 * Return a verb and its object as one word, if they are one; 不了 is kept, behind it.
 * @param {string} whole @param {string} verb @param {string} between @param {string} thing @returns {string}
 */
function together(whole, verb, between, thing) {
  return TOGETHER.includes(verb + thing) ? verb + thing + (between[0] === '不' ? '不了' : '') : whole;
}

/** @param {string} text @returns {string} periods in one form, so that 七天申诉期昨天过了 is 7天申诉期逾期 */
function asCounted(text) {
  return text.replace(PAST, `$1${OVERDUE}`).replace(OVER, `$1${OVERDUE}`).replace(LASTING, (whole, tens = '', ones, unit) => {
    const number = (tens === '十' ? 10 : (TENS.indexOf(tens.charAt(0) || '〇') + 1) * 10) + TENS.indexOf(ones || '〇') + 1;
    return number > 1 ? `${number}${unit}` : whole;
  });
}

/** @param {string} text normalised @returns {string[]} runs of Han characters, and of letters and digits */
function runsOf(text) {
  return text.match(RUN) || [];
}

/** @param {string} run @returns {boolean} */
function isHan(run) {
  return run >= '\u3400';
}

/**
 * Return the unit that a run begins with when a number stands before it, or nothing.
 * @param {string} run @returns {string}
 */
function unitOf(run) {
  return UNITS.find((unit) => run.startsWith(unit)) || '';
}

/**
 * Return `text` with every occurrence of the words between MARK_FROM and MARK_TO.
 * @param {string} text @param {string[]} words normalised @returns {string}
 */
function mark(text, words) {
  let out = '';
  let end = 0;
  for (const [from, to] of hitsIn(text, words)) {
    out += text.slice(end, from) + MARK_FROM + text.slice(from, to) + MARK_TO;
    end = to;
  }
  return out + text.slice(end);
}

/**
 * Return where words stand in a text as it is written: [from, to) in order, without overlaps. A space between the
 * characters of a word, as in “7 天”, does not hide it; a number is found whole only, 3000 in neither 13,000 nor 3000.5 or 3000%.
 * @param {string} text @param {string[]} words normalised @returns {[number, number][]}
 */
function hitsIn(text, words) {
  if (!words.length) return [];
  const found = [];
  const matcher = matcherOf(words);
  matcher.lastIndex = 0;
  for (let match = matcher.exec(text); match && match[0]; match = matcher.exec(text)) {
    const [from, to] = [match.index, match.index + match[0].length];
    if (/^[0-9]/.test(match[0]) && NUMBER_BEFORE.test(text.slice(Math.max(0, from - 2), from))) matcher.lastIndex = from + 1;
    else found.push(/** @type {[number, number]} */ ([from, to]));
  }
  return found;
}

/** @type {{ words: string[], matcher: RegExp }} one answer marks many texts with the same words */
let made = { words: [], matcher: /(?!)/g };

/** @param {string[]} words @returns {RegExp} what finds any of them, the longest first */
function matcherOf(words) {
  if (made.words !== words) {
    const longestFirst = words.slice().sort((a, b) => b.length - a.length);
    made = { words, matcher: new RegExp(longestFirst.map(patternOf).join('|'), 'gi') };
  }
  return made.matcher;
}

/** @param {string} word @returns {string} the pattern of a word as it may be written */
function patternOf(word) {
  const spaced = Array.from(word, escapePattern).join(GAP).replace(COUNTED, `$1${COMMA_BETWEEN}`);
  return spaced + (/[0-9]$/.test(word) ? NUMBER_ENDS : '');
}

/** @param {string} char @returns {string} */
function escapePattern(char) {
  return char.replace(/[.*+?^${}()|[\]\\%-]/, '\\$&');
}
