import { homeZone } from '../../platform/clock.js';
import { t } from '../../i18n/messages.js';
import type { MailKey, Values } from '../../i18n/keys.js';
import { otherLanguage, type PublicLanguage } from '../../shared/languages.js';
import { toHtml } from '../../content/markdown.js';
import { atomPath, indexPath, jsonFeedPath } from './feeds.js';
import { Markup, markup } from '../../platform/markup.js';
import { pathOf, type IntranetPage } from './page.js';

/** What every page shows of the programme. */
export interface Frame {
  readonly language: PublicLanguage;
  readonly programmeName: string;
  /** The project's name in the page's language. */
  readonly projectName: (page: IntranetPage) => string | undefined;
}

export const stylePath = '/intranet/style.css';

/** Nothing runs and nothing comes from elsewhere; the server's own policy stands beside it. */
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";

const locales = { fi: 'fi-FI', sv: 'sv-FI' } as const;

function word(language: PublicLanguage, key: MailKey, values?: Values): string {
  return t(language, key, values);
}

/** `1. joulukuuta 2026 klo 9.00`, `1 december 2026 kl. 9.00`, in Helsinki time. */
function moment(instant: string, language: PublicLanguage): Markup {
  const text = new Intl.DateTimeFormat(locales[language], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: homeZone,
  }).format(new Date(instant));
  return markup`<time datetime="${instant}">${text}</time>`;
}

interface Sheet {
  readonly title: string;
  /** Where the same is told in the other language. */
  readonly otherPath: string;
  readonly main: Markup;
  readonly head?: Markup;
}

function feedLinks(language: PublicLanguage): Markup {
  return markup`<link rel="alternate" type="application/atom+xml" title="Atom" href="${atomPath(language)}">
<link rel="alternate" type="application/feed+json" title="JSON Feed" href="${jsonFeedPath(language)}">`;
}

function sheet({ language, programmeName }: Frame, { title, otherPath, main, head }: Sheet): string {
  const other = otherLanguage(language);
  const page = markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="${stylePath}">
${feedLinks(language)}
${head}
</head>
<body>
<a class="skip" href="#content">${word(language, 'intranet.skip')}</a>
<header class="top">
<a class="name" href="${indexPath(language)}"><strong>${word(language, 'intranet.name')}</strong><span>${programmeName}</span></a>
<nav aria-label="${word(language, 'intranet.languages')}">
<a class="language" href="${otherPath}" lang="${other}" hreflang="${other}">${t(other, `language.own.${other}`)}</a>
</nav>
</header>
<main id="content">
${main}
</main>
<footer>
<p>${word(language, 'intranet.footer')}</p>
<p><a href="${atomPath(language)}">${word(language, 'intranet.atom')}</a> <a href="${jsonFeedPath(language)}">${word(language, 'intranet.jsonFeed')}</a></p>
</footer>
</body>
</html>
`;
  return page.text;
}

function tag(frame: Frame, page: IntranetPage): Markup | undefined {
  const project = frame.projectName(page);
  return project === undefined ? undefined : markup`<span class="tag">${project}</span>`;
}

/** The list of releases, newest first; `next` continues it. */
export function indexSheet(
  frame: Frame,
  pages: readonly IntranetPage[],
  { next, isFirst }: { readonly next?: string; readonly isFirst: boolean },
): string {
  const { language } = frame;
  const items = pages.map(
    (page) => markup`<li><article>
<p class="facts">${tag(frame, page)}${moment(page.publishedAt, language)}</p>
<h2><a href="${pathOf(page)}">${page.title}</a></h2>
${page.lead === '' ? undefined : markup`<p class="lead">${page.lead}</p>`}
</article></li>
`,
  );
  const list =
    items.length === 0
      ? markup`<p class="empty">${word(language, 'intranet.empty')}</p>`
      : markup`<ol class="releases">${items}</ol>`;
  const older =
    next === undefined
      ? undefined
      : markup`<a href="${indexPath(language)}?after=${encodeURIComponent(next)}" rel="next">${word(language, 'intranet.older')}</a>`;
  const newest = isFirst
    ? undefined
    : markup`<a href="${indexPath(language)}">${word(language, 'intranet.newest')}</a>`;
  const paging =
    older === undefined && newest === undefined
      ? undefined
      : markup`<nav class="paging" aria-label="${word(language, 'intranet.paging')}">${newest}${older}</nav>`;
  return sheet(frame, {
    title: `${word(language, 'intranet.name')} – ${frame.programmeName}`,
    otherPath: indexPath(otherLanguage(language)),
    main: markup`<h1>${word(language, 'intranet.title')}</h1>
${list}
${paging}`,
  });
}

/** One release. `other` is the same release in the other language, where there is one. */
export function releaseSheet(frame: Frame, page: IntranetPage, other: IntranetPage | undefined): string {
  const { language } = frame;
  const otherOne = otherLanguage(language);
  const updated =
    page.updatedAt === page.publishedAt
      ? undefined
      : markup`<span>${word(language, 'intranet.updated')} ${moment(page.updatedAt, language)}</span>`;
  const inOther =
    other === undefined
      ? markup`<p class="note">${word(language, 'intranet.onlyHere')}</p>`
      : markup`<p class="note"><a href="${pathOf(other)}" lang="${otherOne}" hreflang="${otherOne}">${word(otherOne, 'intranet.readHere', { title: other.title })}</a></p>`;
  return sheet(frame, {
    title: `${page.title} – ${word(language, 'intranet.name')}`,
    otherPath: other === undefined ? indexPath(otherOne) : pathOf(other),
    head: markup`<link rel="canonical" href="${pathOf(page)}">${
      other === undefined
        ? undefined
        : markup`
<link rel="alternate" hreflang="${otherOne}" href="${pathOf(other)}">`
    }`,
    main: markup`<article class="release">
<p class="facts">${tag(frame, page)}${moment(page.publishedAt, language)}${updated}</p>
<h1>${page.title}</h1>
${page.lead === '' ? undefined : markup`<p class="lead">${page.lead}</p>`}
<div class="body">
${new Markup(toHtml(page.body))}</div>
${inOther}
</article>
<p class="back"><a href="${indexPath(language)}">${word(language, 'intranet.all')}</a></p>`,
  });
}

/** Says that there is no such page, and where it may be read in the other language. */
export function missingSheet(frame: Frame, other: IntranetPage | undefined): string {
  const { language } = frame;
  const otherOne = otherLanguage(language);
  return sheet(frame, {
    title: word(language, 'intranet.missing.title'),
    otherPath: other === undefined ? indexPath(otherOne) : pathOf(other),
    main: markup`<h1>${word(language, 'intranet.missing.title')}</h1>
<p class="lead">${word(language, other === undefined ? 'intranet.missing.text' : 'intranet.missing.language')}</p>
${
  other === undefined
    ? undefined
    : markup`<p><a href="${pathOf(other)}" lang="${otherOne}" hreflang="${otherOne}">${other.title}</a></p>`
}
<p class="back"><a href="${indexPath(language)}">${word(language, 'intranet.all')}</a></p>`,
  });
}
