import { createHash } from 'node:crypto';
import type { PublicLanguage } from '../../shared/languages.js';
import { toHtml } from '../../content/markdown.js';
import { homeZone } from '../../platform/clock.js';
import { markup, type Markup } from '../../platform/html.js';
import { t } from '../../i18n/messages.js';
import { atomPath, indexPath, jsonFeedPath, pathOf, type IntranetPage } from './html.js';

/** The contents of a feed in one language; instants are ISO text. */
export interface FeedContent {
  readonly language: PublicLanguage;
  readonly title: string;
  /** The programme that publishes. */
  readonly author: string;
  readonly publicUrl: string;
  /** The key in the feed's address, where it has one. */
  readonly key?: string | undefined;
  /** Newest first. */
  readonly pages: readonly IntranetPage[];
  /** The project's name in the feed's language. */
  readonly projectName: (page: Pick<IntranetPage, 'projectId'>) => string | undefined;
}

/** When nothing was ever published, the feed is as old as time. */
const never = '1970-01-01T00:00:00.000Z';

/** An id that stays the same wherever the pages move to: a UUID of version 8 (RFC 9562) made of the parts. */
export function permanentId(...parts: readonly string[]): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(['intranet', ...parts]))
    .digest('hex');
  const variant = ((parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  const groups = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
  ];
  return `urn:uuid:${groups.join('-')}-${hash.slice(20, 32)}`;
}

/** RFC 3339 as feed readers expect it, in whole milliseconds. */
const rfc3339 = (instant: string): string => new Date(instant).toISOString();

function lastChange(pages: readonly IntranetPage[]): string {
  return pages
    .map((page) => rfc3339(page.updatedAt))
    .reduce((one, other) => (one > other ? one : other), never);
}

/** The body, with what was corrected before it: readers of feeds have read the first one. */
function contentHtml({ body, corrections = [], language }: IntranetPage): string {
  const day = new Intl.DateTimeFormat(language === 'fi' ? 'fi-FI' : 'sv-FI', {
    dateStyle: 'long',
    timeZone: homeZone,
  });
  const notes = corrections.map(
    ({ at, note, language: of }) =>
      markup`<p><em>${t(language, 'intranet.corrected')} ${day.format(new Date(at))}: <span lang="${of}">${note}</span></em></p>
`.text,
  );
  return notes.toReversed().join('') + toHtml(body);
}

function atomEntry(page: IntranetPage, { publicUrl, projectName }: FeedContent): Markup {
  const project = projectName(page);
  return markup`
  <entry xml:lang="${page.language}">
    <id>${permanentId(page.releaseId, page.language)}</id>
    <title>${page.title}</title>
    <link rel="alternate" type="text/html" hreflang="${page.language}" href="${publicUrl + pathOf(page)}"/>
    <published>${rfc3339(page.publishedAt)}</published>
    <updated>${rfc3339(page.updatedAt)}</updated>
    ${project === undefined ? undefined : markup`<category term="${page.projectId}" label="${project}"/>`}
    <summary>${page.lead}</summary>
    <content type="html">${contentHtml(page)}</content>
  </entry>`;
}

/** RFC 4287. Written here: feed packages that were tried write titles as unescaped HTML and categories without a term. */
export function atomFeed(content: FeedContent): string {
  const { language, title, author, publicUrl, pages, key } = content;
  const entries = pages.map((page) => atomEntry(page, content));
  const feed = markup`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
  <id>${permanentId('feed', language)}</id>
  <title>${title}</title>
  <updated>${lastChange(pages)}</updated>
  <author><name>${author}</name></author>
  <link rel="self" type="application/atom+xml" href="${publicUrl + atomPath(language, key)}"/>
  <link rel="alternate" type="text/html" hreflang="${language}" href="${publicUrl + indexPath(language)}"/>
  <generator>Big Room</generator>${entries}
</feed>
`;
  return feed.text;
}

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
export function jsonFeed({
  language,
  title,
  author,
  publicUrl,
  pages,
  projectName,
  key,
}: FeedContent): string {
  const items = pages.map((page) => {
    const project = projectName(page);
    return {
      id: permanentId(page.releaseId, page.language),
      url: publicUrl + pathOf(page),
      title: page.title,
      summary: page.lead,
      content_html: contentHtml(page),
      date_published: rfc3339(page.publishedAt),
      date_modified: rfc3339(page.updatedAt),
      language: page.language,
      ...(project !== undefined && { tags: [project] }),
    };
  });
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: publicUrl + indexPath(language),
    feed_url: publicUrl + jsonFeedPath(language, key),
    language,
    authors: [{ name: author }],
    items,
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}
