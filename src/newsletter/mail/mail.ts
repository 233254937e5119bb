import { t } from '../../i18n/messages.js';
import type { StoryId } from '../../platform/ids.js';
import type { PublicLanguage } from '../../shared/languages.js';
import { escapeHtml } from '../../platform/html.js';
import { fit, maxBytes, type Piece } from './fit.js';
import { newsletterFrame, subjectOf } from './frame.js';
import { lengthOf, type Length, type MailModel, type MailStory } from './model.js';
import { plainText } from './plain-text.js';
import { kickerHtml, sectionHtml, storyHtml } from './story-html.js';

/** A mail ready to look at or to send. */
export interface Mail {
  readonly language: PublicLanguage;
  /** Of the issue. */
  readonly number: number;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Of the HTML, as UTF-8. */
  readonly bytes: number;
  /** What it may be before mail programs cut it. */
  readonly limit: number;
  /** The stories of which less is shown than they deserve, so that the mail keeps within the limit. */
  readonly shortened: readonly StoryId[];
}

/** A story with its HTML at each length, made when it is asked for and then kept. */
interface Made extends Piece {
  readonly story: MailStory;
  readonly html: (length: Length) => string;
}

function made(story: MailStory, isLead: boolean, language: PublicLanguage): Made {
  const kept = new Map<Length, string>();
  const html = (length: Length): string => {
    const found = kept.get(length) ?? storyHtml(story, length, isLead, language);
    kept.set(length, found);
    return found;
  };
  return {
    story,
    html,
    length: lengthOf(story, isLead),
    weight: story.weight,
    bytes: (length) => Buffer.byteLength(html(length)),
  };
}

function emptyHtml(language: PublicLanguage): string {
  return `<p style="margin:0">${escapeHtml(t(language, 'mail.newsletter.empty'))}</p>`;
}

/** The mail in HTML and in plain text. Stories are shortened where the HTML would be cut off otherwise. */
export async function renderMail(model: MailModel): Promise<Mail> {
  const { language } = model;
  const frame = await newsletterFrame(model);
  const lead = model.lead && made(model.lead, true, language);
  const sections = model.sections.map(({ name, stories }) => ({
    heading: sectionHtml(name),
    stories: stories.map((story) => made(story, false, language)),
  }));
  const kicker = model.leadProject === undefined ? '' : kickerHtml(model.leadProject);
  const headings = sections.reduce((sum, section) => sum + Buffer.byteLength(section.heading), 0);
  const pieces = [...(lead ? [lead] : []), ...sections.flatMap((section) => section.stories)];
  const lengths = fit(pieces, maxBytes - frame.bytes - headings - Buffer.byteLength(kicker));
  const chosen = new Map(pieces.map((piece, index) => [piece, lengths[index] ?? piece.length]));
  const htmlOf = (piece: Made): string => piece.html(chosen.get(piece) ?? piece.length);
  const html = frame.fill({
    lead: lead ? kicker + htmlOf(lead) : emptyHtml(language),
    stories: sections.map(({ heading, stories }) => heading + stories.map(htmlOf).join('')).join(''),
  });
  return {
    language,
    number: model.number,
    subject: subjectOf(model),
    html,
    text: plainText(model),
    bytes: Buffer.byteLength(html),
    limit: maxBytes,
    shortened: pieces.filter((piece) => chosen.get(piece) !== piece.length).map((piece) => piece.story.id),
  };
}
