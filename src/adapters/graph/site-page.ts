import { Temporal } from 'temporal-polyfill';
import { toHtml } from '../../content/markdown.js';
import type { TextContent } from '../../content/text.js';
import { t } from '../../i18n/messages.js';
import type { Programme } from '../../people/person.js';
import { homeZone } from '../../platform/clock.js';
import { Markup, markup, webLink } from '../../platform/html.js';
import { deterministicId, type ReleaseId } from '../../platform/ids.js';
import type { Publication } from '../../releases/channels/channel.js';
import { otherLanguage, type PublicLanguage } from '../../shared/languages.js';

/** SharePoint cuts a page's title and description there. */
const maxCharacters = 255;

const words: Readonly<Record<PublicLanguage, string>> = { fi: 'tiedote', sv: 'meddelande' };

/**
 * The file name of a release's page in a language: always the same, so that SharePoint itself refuses a second one. The
 * title is no part of it: it changes with a correction, and Graph renames no page.
 * @param placeName of a further programme (people/programmes.ts): two programmes may share a site, and ids of releases come
 *   from forms, so that somebody could make one that another programme has.
 */
export const pageName = (id: ReleaseId, language: PublicLanguage, placeName = ''): string =>
  `${words[language]}-${placeName === '' ? '' : `${placeName}-`}${id}.aspx`;

/** What a page in a language shows, and where the same is in the other one. */
export interface PageContent {
  readonly publication: Publication;
  readonly language: PublicLanguage;
  readonly text: TextContent;
  /** Absent where there is no page in the other language. */
  readonly otherUrl?: string | undefined;
  readonly programme: Programme;
  /** See {@link pageName}. */
  readonly placeName?: string;
}

const line = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, maxCharacters);

function correctionList({ publication, language }: PageContent): Markup | undefined {
  const items = publication.corrections.toReversed().flatMap(({ at, note: { [language]: note } }) => {
    if (note === undefined) return [];
    const day = Temporal.Instant.from(at)
      .toZonedDateTimeISO(homeZone)
      .toLocaleString(language === 'fi' ? 'fi-FI' : 'sv-FI', { dateStyle: 'long', timeStyle: 'short' });
    return [markup`<li>${t(language, 'intranet.corrected')} ${day}: ${note}</li>`];
  });
  return items.length === 0 ? undefined : markup`<ul>${items}</ul>`;
}

function linkToOther({ publication, language, otherUrl }: PageContent): Markup | undefined {
  const other = otherLanguage(language);
  const title = publication.texts[other]?.title;
  const href = webLink(otherUrl);
  if (title === undefined || href === undefined) return undefined;
  return markup`<p><a href="${new Markup(href)}">${t(other, 'intranet.readHere', { title })}</a></p>`;
}

/** The text of a page: what our Markdown allows, so that nothing that people write becomes markup of its own. */
function htmlOf(content: PageContent): string {
  const { publication, language, text } = content;
  const { contact } = publication;
  const html = markup`${text.lead === '' ? undefined : markup`<p><strong>${text.lead}</strong></p>`}${new Markup(toHtml(text.body))}${
    contact === '' ? undefined : markup`<p>${t(language, 'intranet.contact', { contact })}</p>`
  }${correctionList(content)}${linkToOther(content)}`;
  return html.text;
}

const pageType = { '@odata.type': '#microsoft.graph.sitePage' } as const;

/** What the title area, the list of news and the page itself show. */
function shownFields(content: PageContent) {
  const { publication, language, text, programme } = content;
  const project = programme.projects.find(({ id }) => id === publication.projectId);
  const title = line(text.title);
  return {
    title,
    description: line(text.lead),
    titleArea: {
      layout: 'plain',
      title,
      textAlignment: 'left',
      showTextBlockAboveTitle: true,
      textAboveTitle: line(project?.names[language] ?? programme.names[language]),
      showAuthor: false,
      showPublishedDate: true,
    },
    canvasLayout: {
      horizontalSections: [
        {
          id: '1',
          layout: 'oneColumn',
          emphasis: 'none',
          columns: [
            {
              id: '1',
              width: 12,
              webparts: [{ '@odata.type': '#microsoft.graph.textWebPart', innerHtml: htmlOf(content) }],
            },
          ],
        },
      ],
    },
  };
}

/** Body of `POST /sites/{id}/pages` (https://learn.microsoft.com/graph/api/sitepage-create): a news page of which readers see nothing yet. */
export function newPage({ publication, language, text, placeName }: PageContent): object {
  return {
    ...pageType,
    name: pageName(publication.releaseId, language, placeName),
    title: line(text.title),
    pageLayout: 'article',
    promotionKind: 'newsPost',
    showComments: true,
    showRecommendedPages: false,
  };
}

/**
 * Body of `PATCH /sites/{id}/pages/{id}/microsoft.graph.sitePage` (https://learn.microsoft.com/graph/api/sitepage-update),
 * which takes the whole layout or none of it; and a stamp that is the same for the same contents.
 */
export function changedPage(content: PageContent): { readonly body: object; readonly stamp: string } {
  const shown = shownFields(content);
  return { body: { ...pageType, ...shown }, stamp: deterministicId('sitePage', JSON.stringify(shown)) };
}
