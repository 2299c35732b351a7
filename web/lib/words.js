// Amounts in words, as they stand in documents about money.
import nzh from 'nzh/cn';

/** @param {string} amount yuan in digits, such as 1000.50 @returns {string} 人民币壹仟元伍角 */
window.kbWords = (amount) => nzh.toMoney(amount);
