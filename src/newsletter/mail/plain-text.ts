import { t } from '../../i18n/messages.js';
import { otherLanguage, type PublicLanguage } from '../../shared/languages.js';
import { toPlainText } from '../../content/markdown.js';
import { briefBodyOf, issueName, lengthOf, type MailModel, type MailStory } from './model.js';

const maxRule = 60;

const ruled = (text: string, mark: string): string =>
  `${text}\n${mark.repeat(Math.min(text.length, maxRule))}`;

/** The same measure as in the HTML by itself; plain text is never cut off, so nothing is shortened further. */
function storyText(story: MailStory, isLead: boolean, mailLanguage: PublicLanguage): string {
  const { language, title, lead, body, link, page } = story;
  const isWhole = lengthOf(story, isLead) === 'whole';
  const note = language === mailLanguage ? '' : `(${t(mailLanguage, `mail.newsletter.onlyIn.${language}`)})`;
  const more = isWhole || page === undefined ? '' : `${t(language, 'mail.newsletter.readMore')}: ${page}`;
  const besides = link === undefined ? '' : `${t(language, 'mail.newsletter.moreAt')} ${link}`;
  const parts = [
    isLead ? title.toLocaleUpperCase(language) : title,
    note,
    lead,
    toPlainText(isWhole ? body : briefBodyOf(story)),
    more,
    besides,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function footerText({ language, programme }: MailModel): string {
  const parts = [
    t(language, 'mail.newsletter.from', { name: programme }),
    t(language, 'mail.newsletter.why'),
    t(language, 'mail.newsletter.stopWithout'),
    t(otherLanguage(language), 'mail.newsletter.switchWithout'),
  ];
  // Two dashes and a space begin a signature (https://www.rfc-editor.org/rfc/rfc3676#section-4.3).
  return `-- \n${parts.join('\n')}\n`;
}

/** The mail for those who read text: headings underlined, links in brackets, lines as long as their paragraphs. */
export function plainText(model: MailModel): string {
  const { language, lead, sections } = model;
  const story = (one: MailStory): string => storyText(one, false, language);
  const blocks = [
    ruled(`${model.programme}\n${issueName(model)}`, '=').replace(/=+$/, '='.repeat(maxRule)),
    ...(model.isDraft ? [t(language, 'mail.newsletter.draftNote')] : []),
    ...(model.letter.greeting === undefined ? [] : [model.letter.greeting]),
    lead === undefined ? t(language, 'mail.newsletter.empty') : storyText(lead, true, language),
    ...sections.map(({ name, stories }) =>
      [...(name === undefined ? [] : [`${ruled(name, '-')}\n\n`]), stories.map(story).join('\n\n\n')].join(
        '',
      ),
    ),
    ...(model.letter.signOff === undefined ? [] : [model.letter.signOff]),
    footerText(model),
  ];
  return blocks.join('\n\n\n');
}
