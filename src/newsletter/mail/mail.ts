import { t } from '../../i18n/messages.js';
import { otherLanguage, type PublicLanguage } from '../../shared/languages.js';
import { escapeHtml, escapeLines } from '../../platform/html.js';
import { colours, mailFrame, placeholder, type Frame } from '../../delivery/mail/frame.js';
import { addedTravelBytes, travelBytes } from '../../delivery/mail/size.js';
import { toPlainText } from '../../content/markdown.js';
import type { StoryId } from '../../platform/ids.js';
import { beginningOf, type Length, issueName, type MailModel, lengthOf, type MailStory } from './model.js';
import { plainText } from './plain-text.js';
import { kickerHtml, sectionHtml, storyHtml, type StoryPlace } from './story-html.js';

/** Gmail shows a mail of more than 102 KB cut off, behind a link (https://support.google.com/mail/thread/6348541). */
export const maxBytes = 102_000;

/** A story to fit in: what each length takes, and how far it may be cut. Heavier ones are cut later. */
export interface Piece {
  readonly length: Length;
  readonly weight: number;
  readonly bytes: (length: Length) => number;
}

const shorter: Readonly<Record<Length, Length | undefined>> = {
  whole: 'brief',
  brief: 'title',
  title: undefined,
};

/**
 * How long each story may be so that all of them take at most `room` bytes. What gives way first: whole stories
 * before the beginnings of others, light before heavy, later before earlier; the first piece, the lead story, last.
 * May not reach it when even titles take more.
 */
export function fit(pieces: readonly Piece[], room: number): Length[] {
  const lengths = pieces.map((piece) => piece.length);
  let over = pieces.reduce((sum, piece) => sum + piece.bytes(piece.length), 0) - room;
  const order = pieces
    .map((piece, index) => ({ piece, index }))
    .sort((one, other) =>
      one.index === 0 || other.index === 0
        ? other.index - one.index
        : one.piece.weight - other.piece.weight || other.index - one.index,
    );
  for (const stage of ['whole', 'brief'] as const) {
    for (const { piece, index } of order) {
      if (over <= 0) return lengths;
      const next = shorter[stage];
      if (lengths[index] !== stage || next === undefined) continue;
      lengths[index] = next;
      over -= piece.bytes(stage) - piece.bytes(next);
    }
  }
  return lengths;
}

const maxPreview = 140;
const lineBreakBytes = 3;
const maxLongest = 3;

/** Those that take most of the mail, where they don't all fit. */
function longestOf(pieces: readonly Made[], excess: number): Mail['longest'] {
  if (excess === 0) return [];
  return pieces
    .map(({ story, bytes, length }) => ({ id: story.id, title: story.title, bytes: bytes(length) }))
    .sort((one, other) => other.bytes - one.bytes)
    .slice(0, maxLongest);
}

function footer({ language, programme }: MailModel): string {
  return [
    t(language, 'mail.newsletter.from', { name: programme }),
    t(language, 'mail.newsletter.why'),
    t(language, 'mail.newsletter.stopWithout'),
  ]
    .map((text) => `<p style="margin:0 0 8px">${escapeHtml(text)}</p>`)
    .join('');
}

/** What an inbox shows after the subject: what was written for it, else whole words of the lead story's beginning. */
function previewOf({ lead, letter }: MailModel): string {
  if (letter.preheader !== undefined) return letter.preheader;
  const text = lead === undefined ? '' : toPlainText(beginningOf(lead)).replace(/\s+/g, ' ');
  return text.length <= maxPreview ? text : `${text.slice(0, maxPreview).replace(/\s\S*$/, '')}…`;
}

/** What the reader's inbox shows. */
export function subjectOf(model: MailModel): string {
  const subject = model.letter.subject ?? model.lead?.title ?? issueName(model);
  return model.isDraft ? t(model.language, 'mail.newsletter.draftSubject', { subject }) : subject;
}

const paragraph = 'margin:0 0 12px;font-size:16px;line-height:24px';

function letterHtml(text: string | undefined): string {
  return text === undefined ? '' : `<p style="${paragraph}">${escapeLines(text)}</p>`;
}

/** Above everything while nobody has approved it, so that a copy that travels is known for what it is. */
function draftHtml({ isDraft, language }: MailModel): string {
  if (!isDraft) return '';
  const note = escapeHtml(t(language, 'mail.newsletter.draftNote'));
  return `<p style="${paragraph};padding:8px 12px;border:2px dashed ${colours.quiet};font-weight:600">${note}</p>`;
}

/** The newsletter without its stories, which are put in later; the other language's readers are pointed to their mail. */
export function newsletterFrame(model: MailModel): Promise<Frame<'lead' | 'stories'>> {
  const { language, programme } = model;
  const other = otherLanguage(language);
  return mailFrame(
    {
      language,
      subject: subjectOf(model),
      preview: previewOf(model),
      above: { language: other, text: t(other, 'mail.newsletter.switchWithout') },
      heading: programme,
      line: issueName(model),
      cards: [
        { html: placeholder('lead'), padding: '32px 24px 16px', cssClass: 'lead' },
        { html: placeholder('stories'), padding: '0 24px 8px', cssClass: 'stories' },
      ],
      footer: footer(model),
    },
    ['lead', 'stories'],
  );
}

/** A mail ready to look at or to send. */
export interface Mail {
  readonly language: PublicLanguage;
  /** Of the issue. */
  readonly number: number;
  readonly subject: string;
  /** Nobody has approved it yet. */
  readonly isDraft: boolean;
  readonly html: string;
  readonly text: string;
  /** Of the HTML as it travels ({@link travelBytes}). */
  readonly bytes: number;
  /** What it may be before mail programs cut it. */
  readonly limit: number;
  /** How much more than the limit it would take if no story were shortened; 0 where all have room. */
  readonly excess: number;
  /** The stories that take most of it, as long as they deserve to be; none where all have room. */
  readonly longest: readonly { readonly id: StoryId; readonly title: string; readonly bytes: number }[];
  /** The stories of which less is shown than they deserve, so that the mail keeps within the limit. */
  readonly shortened: readonly StoryId[];
}

/** A story with its HTML at each length, made when it is asked for and then kept. */
interface Made extends Piece {
  readonly story: MailStory;
  readonly html: (length: Length) => string;
}

function made(story: MailStory, place: StoryPlace, language: PublicLanguage): Made {
  const kept = new Map<Length, string>();
  const html = (length: Length): string => {
    const found = kept.get(length) ?? storyHtml(story, length, place, language);
    kept.set(length, found);
    return found;
  };
  return {
    story,
    html,
    length: lengthOf(story, place === 'lead'),
    weight: story.weight,
    bytes: (length) => addedTravelBytes(html(length)),
  };
}

function emptyHtml(language: PublicLanguage): string {
  return `<p style="margin:0">${escapeHtml(t(language, 'mail.newsletter.empty'))}</p>`;
}

/** The mail in HTML and in plain text. Stories are shortened where the HTML would be cut off otherwise. */
export async function renderMail(model: MailModel): Promise<Mail> {
  const { language } = model;
  const frame = await newsletterFrame(model);
  const lead = model.lead && made(model.lead, 'lead', language);
  const sections = model.sections.map(({ name, stories }) => ({
    heading: name === undefined ? '' : sectionHtml(name),
    stories: stories.map((story) => made(story, name === undefined ? 'aside' : 'under', language)),
  }));
  const kicker = model.leadProject === undefined ? '' : kickerHtml(model.leadProject);
  const before = draftHtml(model) + letterHtml(model.letter.greeting);
  const after = letterHtml(model.letter.signOff);
  const around = travelBytes(
    frame.fill({
      lead: before + kicker,
      stories: sections.map(({ heading }) => heading).join('') + after,
    }),
  );
  const pieces = [...(lead ? [lead] : []), ...sections.flatMap((section) => section.stories)];
  // Each heading may break a line more where stories come between.
  const room = maxBytes - around - (sections.length + 2) * lineBreakBytes;
  const lengths = fit(pieces, room);
  const chosen = new Map(pieces.map((piece, index) => [piece, lengths[index] ?? piece.length]));
  const htmlOf = (piece: Made): string => piece.html(chosen.get(piece) ?? piece.length);
  const wanted = pieces.reduce((sum, piece) => sum + piece.bytes(piece.length), 0);
  const excess = Math.max(0, wanted - room);
  const html = frame.fill({
    lead: before + (lead ? kicker + htmlOf(lead) : emptyHtml(language)),
    stories: sections.map(({ heading, stories }) => heading + stories.map(htmlOf).join('')).join('') + after,
  });
  return {
    language,
    number: model.number,
    isDraft: model.isDraft,
    subject: subjectOf(model),
    html,
    text: plainText(model),
    bytes: travelBytes(html),
    limit: maxBytes,
    excess,
    longest: longestOf(pieces, excess),
    shortened: pieces.filter((piece) => chosen.get(piece) !== piece.length).map((piece) => piece.story.id),
  };
}
