// Word documents: fills a template with data. Loaded only when a reader asks for a file.
import Docxtemplater from 'docxtemplater';
import PizZip from 'pizzip';

/** @param {string} template in base64 @param {object} data @returns {Blob} */
window.kbDocx = (template, data) => {
  const file = new Docxtemplater(new PizZip(template, { base64: true }), { paragraphLoop: true, linebreaks: true });
  file.render(data);
  const mimeType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  return file.getZip().generate({ type: 'blob', mimeType, compression: 'DEFLATE' });
};
