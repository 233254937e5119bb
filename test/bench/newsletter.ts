import mjml2html from 'mjml';
import type { Finding } from './measure.js';
import { inTurn, median, ms, times } from './measure.js';
import { renderMail } from '../../src/newsletter/mail/mail.js';
import type { MailModel } from '../../src/newsletter/mail/model.js';
import { toHtml } from '../../src/content/markdown.js';
import { sampleMail } from '../make-newsletter.js';

const stories = 200;
const ordinary = 30;
const maxBytes = 102 * 1024;

/** The same stories as plain MJML: a text block for each, all in one section. */
function mjmlOf({ lead, sections }: MailModel): string {
  const all = [...(lead === undefined ? [] : [lead]), ...sections.flatMap((section) => section.stories)];
  const texts = all.map(({ title, lead: why, body }) => {
    const html = `<h2>${title}</h2><p>${why}</p>${toHtml(body)}`;
    return `<mj-text font-size="16px" line-height="1.5">${html}</mj-text>`;
  });
  return `<mjml><mj-body><mj-section><mj-column>${texts.join('')}</mj-column></mj-section></mj-body></mjml>`;
}

/** A long issue in both languages, HTML and text, against mjml alone on the same stories in HTML. */
export async function newsletter(): Promise<Finding[]> {
  const models = [sampleMail('fi', stories), sampleMail('sv', stories)];
  const markup = models.map((model) => mjmlOf(model));
  const taken = await inTurn(30, {
    ours: async () => {
      for (const model of models) await renderMail(model);
    },
    alone: async () => {
      for (const text of markup) await mjml2html(text, { validationLevel: 'strict' });
    },
  });
  const ratio = median(taken.ours) / median(taken.alone);
  const [fi, sv] = [
    await renderMail(sampleMail('fi', ordinary)),
    await renderMail(sampleMail('sv', ordinary)),
  ];
  const largest = Math.max(fi.bytes, sv.bytes);
  return [
    {
      what: `newsletter, ${String(stories)} items, fi and sv, HTML and text`,
      measured: ms(median(taken.ours)),
      against: `mjml alone: ${ms(median(taken.alone))}: ${times(ratio)}`,
      goal: '<= 200 ms, <= 1.3 x',
      isMet: median(taken.ours) <= 200 && ratio <= 1.3,
    },
    {
      what: `mail of ${String(ordinary)} stories`,
      measured: `${(largest / 1024).toFixed(1)} kB`,
      against: 'where Gmail clips: 102 kB',
      goal: '<= 102 kB',
      isMet: largest <= maxBytes,
    },
  ];
}
