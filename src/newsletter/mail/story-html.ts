import { t } from '../../i18n/messages.js';
import type { PublicLanguage } from '../../shared/languages.js';
import { toHtml } from '../../content/markdown.js';
import { escapeHtml, escapeLines, webLink } from '../../platform/html.js';
import { urlOf } from '../../shared/links.js';
import { colours } from '../../delivery/mail/frame.js';
import { briefBodyOf, type Length, type MailStory } from './model.js';

const margin = 'margin:0 0 12px';
const bodyStyles: readonly (readonly [tag: string, styled: string])[] = [
  ['<p>', `<p style="${margin}">`],
  ['<ul>', `<ul style="${margin};padding-left:24px">`],
  ['<ol', `<ol style="${margin};padding-left:24px"`],
  ['<h4>', '<h4 style="margin:16px 0 4px;font-size:16px;line-height:24px">'],
  ['<h5>', '<h5 style="margin:16px 0 4px;font-size:16px;line-height:24px">'],
  ['<h6>', '<h6 style="margin:16px 0 4px;font-size:16px;line-height:24px">'],
  [
    '<blockquote>',
    `<blockquote style="margin:0 0 12px;padding-left:16px;border-left:3px solid ${colours.line}">`,
  ],
  ['<a href', `<a style="color:${colours.link}" href`],
];

/** Markdown as mail wants it, with styles on the tags. The writer's own `<` come out escaped, so a tag is ours. */
function bodyHtml(markdown: string): string {
  const html = toHtml(markdown, { firstHeading: 4 });
  return bodyStyles.reduce((text, [tag, styled]) => text.replaceAll(tag, styled), html);
}

/** Where a story stands: on top, under a heading, or under none, where its title is a heading of the mail itself. */
export type StoryPlace = 'lead' | 'under' | 'aside';

function titleHtml(title: string, place: StoryPlace): string {
  const text = escapeHtml(title);
  if (place === 'lead')
    return `<h2 style="margin:0 0 12px;font-size:30px;line-height:38px;font-weight:600">${text}</h2>`;
  const tag = place === 'under' ? 'h3' : 'h2';
  return `<${tag} style="margin:0 0 4px;font-size:20px;line-height:26px;font-weight:600">${text}</${tag}>`;
}

function leadHtml(lead: string, isLead: boolean): string {
  if (lead === '') return '';
  const style = isLead ? 'margin:0 0 16px;font-size:18px;line-height:27px' : margin;
  return `<p style="${style}">${escapeLines(lead)}</p>`;
}

function textHtml(story: MailStory, length: Length, isLead: boolean): string {
  if (length === 'title') return '';
  return leadHtml(story.lead, isLead) + bodyHtml(length === 'whole' ? story.body : briefBodyOf(story));
}

/** What the author wants readers to see besides, by the name of its site: where it leads is no surprise. */
function linkHtml({ link, language }: MailStory): string {
  const address = webLink(link);
  if (link === undefined || address === undefined) return '';
  const host = escapeHtml(urlOf(link)?.hostname.replace(/^www\./, '') ?? link);
  const about = escapeHtml(t(language, 'mail.newsletter.moreAt'));
  return `<p style="${margin}">${about} <a style="color:${colours.link}" href="${address}">${host}</a></p>`;
}

/** The way to the story's own page, where only its beginning is shown. */
function moreHtml({ page, language, title }: MailStory, isLead: boolean): string {
  const address = webLink(page);
  if (address === undefined) return '';
  // For screen readers that jump from link to link: each link names the story that it continues.
  const label = escapeHtml(t(language, 'mail.newsletter.readMoreAbout', { title }));
  const text = escapeHtml(t(language, 'mail.newsletter.readMore'));
  const [kind, style] = isLead
    ? [
        ' class="b"',
        `display:inline-block;padding:10px 20px;border-radius:4px;background:${colours.link};color:#ffffff;font-weight:600;text-decoration:none`,
      ]
    : ['', `color:${colours.link};font-weight:600`];
  return `<p style="${margin}"><a${kind} style="${style}" aria-label="${label}" href="${address}">${text}</a></p>`;
}

function onlyInHtml(story: MailStory, mailLanguage: PublicLanguage): string {
  if (story.language === mailLanguage) return '';
  const note = escapeHtml(t(mailLanguage, `mail.newsletter.onlyIn.${story.language}`));
  return `<p class="q" lang="${mailLanguage}" style="margin:0 0 4px;font-size:14px;color:${colours.quiet}">${note}</p>`;
}

/** One story as HTML, in the language of its text. Whatever its writer typed comes out as text. */
export function storyHtml(
  story: MailStory,
  length: Length,
  place: StoryPlace,
  mailLanguage: PublicLanguage,
): string {
  const isLead = place === 'lead';
  const parts = [
    onlyInHtml(story, mailLanguage),
    titleHtml(story.title, place),
    textHtml(story, length, isLead),
    length === 'whole' ? '' : moreHtml(story, isLead),
    linkHtml(story),
  ];
  const lang = story.language === mailLanguage ? '' : ` lang="${story.language}"`;
  return `<div${lang} style="margin:0 0 ${isLead ? 0 : 28}px">${parts.join('')}</div>`;
}

/** The heading of a section. */
export function sectionHtml(name: string): string {
  const style = `margin:20px 0 20px;padding-bottom:8px;border-bottom:1px solid ${colours.line};font-size:16px;line-height:22px;font-weight:600`;
  return `<h2 class="q" style="${style};color:${colours.quiet}">${escapeHtml(name)}</h2>`;
}

/** The project of the lead story, above its title. */
export function kickerHtml(name: string): string {
  return `<p class="q" style="margin:0 0 8px;font-size:14px;line-height:20px;color:${colours.quiet}">${escapeHtml(name)}</p>`;
}
