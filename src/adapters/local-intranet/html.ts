import type { ProjectId, ReleaseId } from '../../platform/ids.js';
import { type PublicLanguage, otherLanguage } from '../../shared/languages.js';
import type { TextContent } from '../../content/text.js';
import type { Programme } from '../../people/person.js';
import { homeZone } from '../../platform/clock.js';
import { t } from '../../i18n/messages.js';
import type { MailKey, Values } from '../../i18n/keys.js';
import { toHtml } from '../../content/markdown.js';
import { Markup, markup } from '../../platform/html.js';

/** The style of the local intranet: colours of Fluent 2, one column of 68 characters, paper and dark included. */
export const style = `:root {
  color-scheme: light dark;
  --back: #ffffff;
  --quiet-back: #f5f5f5;
  --text: #242424;
  --quiet: #616161;
  --line: #e0e0e0;
  --link: #0f548c;
  --tag-back: #ebf3fc;
  --tag: #0c3b5e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #1f1f1f;
    --quiet-back: #292929;
    --text: #f5f5f5;
    --quiet: #c2c2c2;
    --line: #525252;
    --link: #82c7ff;
    --tag-back: #0e2a40;
    --tag: #b4d6fa;
  }
}
* { box-sizing: border-box; }
html { font: 1.0625rem/1.6 "Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, "Noto Sans", sans-serif; }
body { margin: 0; background: var(--back); color: var(--text); overflow-wrap: break-word; }
a { color: var(--link); text-underline-offset: 0.16em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--text); outline-offset: 3px; border-radius: 2px; }
.skip { position: absolute; left: -999rem; padding: 0.5rem 1rem; background: var(--back); z-index: 1; }
.skip:focus { left: 1rem; top: 0.5rem; }
.top { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: 0.75rem max(1rem, calc(50vw - 23rem)); background: var(--quiet-back); border-block-end: 1px solid var(--line); }
.name { color: inherit; text-decoration: none; line-height: 1.3; padding-block: 0.25rem; }
.name strong { display: block; font-weight: 600; }
.name span { display: block; font-size: 0.875rem; color: var(--quiet); }
.name:hover strong { text-decoration: underline; }
.language { display: inline-block; min-block-size: 2.75rem; padding: 0.55rem 0.9rem; border: 1px solid var(--line); border-radius: 4px; background: var(--back); text-decoration: none; }
.language:hover { text-decoration: underline; }
main, footer { max-inline-size: 48rem; margin-inline: auto; padding-inline: 1rem; }
main { padding-block: 2.5rem 3rem; }
h1, h2, h3, h4 { font-family: "Segoe UI Variable Display", "Segoe UI", system-ui, -apple-system, "Noto Sans", sans-serif; font-weight: 600; line-height: 1.25; text-wrap: balance; hyphens: auto; }
h1 { font-size: clamp(1.625rem, 1.2rem + 2vw, 2.25rem); margin: 0 0 1.25rem; }
.releases { list-style: none; margin: 0; padding: 0; }
.releases li { padding-block: 1.5rem; border-block-start: 1px solid var(--line); }
.releases li:last-child { border-block-end: 1px solid var(--line); }
.releases h2 { font-size: 1.25rem; margin: 0.4rem 0 0.4rem; }
.releases li:first-child h2 { font-size: 1.5rem; }
.releases h2 a:hover { text-decoration-thickness: 2px; }
.releases .lead { margin: 0; max-inline-size: 65ch; }
.facts { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.75rem; margin: 0; font-size: 0.875rem; color: var(--quiet); }
.tag { padding: 0.05rem 0.6rem; border-radius: 999px; background: var(--tag-back); color: var(--tag); font-weight: 600; }
.release .facts { margin-block-end: 1rem; }
.release > .lead { font-size: 1.25rem; line-height: 1.5; margin: 0 0 1.75rem; max-inline-size: 60ch; }
.body, .lead { max-inline-size: 68ch; white-space: normal; }
.body h2 { font-size: 1.375rem; margin: 2.25rem 0 0.6rem; }
.body h3, .body h4, .body h5, .body h6 { font-size: 1.125rem; margin: 1.75rem 0 0.4rem; }
.body p, .body ul, .body ol, .body blockquote { margin: 0 0 1.1rem; }
.body ul, .body ol { padding-inline-start: 1.5rem; }
.body li { margin-block-end: 0.35rem; }
.body blockquote { margin-inline: 0; padding: 0.1rem 0 0.1rem 1.25rem; border-inline-start: 4px solid var(--line); color: var(--quiet); }
.body blockquote p:last-child { margin-block-end: 0; }
.note { margin: 2.5rem 0 0; padding-block-start: 1.25rem; border-block-start: 1px solid var(--line); }
.contact { margin: 2rem 0 0; }
.corrections { margin: 1.5rem 0 0; padding: 0.75rem 1.25rem; list-style: none; background: var(--quiet-back); border-inline-start: 4px solid var(--line); }
.corrections li + li { margin-block-start: 0.5rem; }
.back, .paging { margin-block-start: 1.25rem; }
.paging { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1rem; }
.empty { padding: 1.5rem; background: var(--quiet-back); border-radius: 8px; }
footer { padding-block: 1rem 2.5rem; font-size: 0.875rem; color: var(--quiet); }
footer p { margin: 0 0 0.4rem; }
footer a { margin-inline-end: 1rem; }
@media (max-width: 30rem) {
  main { padding-block: 1.5rem 2rem; }
}
@media print {
  :root { --back: #fff; --quiet-back: #fff; --text: #000; --quiet: #333; --line: #999; --link: #000; --tag-back: #fff; --tag: #000; }
  html { font-size: 11pt; }
  .skip, .top nav, .back, .paging, footer p + p { display: none; }
  .top, main, footer { padding-inline: 0; }
  .tag { padding: 0; }
  .body a[href^="http"]::after { content: " (" attr(href) ")"; overflow-wrap: anywhere; }
  h1, h2, h3 { break-after: avoid; }
  .releases li { break-inside: avoid; }
}
`;

/** A release as it is on the local intranet, in one language. */
export interface IntranetPage extends TextContent {
  readonly releaseId: ReleaseId;
  readonly language: PublicLanguage;
  readonly projectId?: ProjectId;
  /** ISO instant of the first time it was published. */
  readonly publishedAt: string;
  /** ISO instant at which this text was published, or what readers are told was corrected. */
  readonly updatedAt: string;
  /** Whom readers may ask. Absent on pages of before. */
  readonly contact?: string;
  /** What was corrected, oldest first; in the language of the page, else in the other one. */
  readonly corrections?: readonly {
    readonly at: string;
    readonly note: string;
    readonly language: PublicLanguage;
  }[];
  /** ISO instant since which readers no longer get it. */
  readonly takenDownAt?: string;
}

const letters: Readonly<Record<string, string>> = { å: 'a', ä: 'a', ö: 'o', ø: 'o', æ: 'ae', ß: 'ss' };
const idLength = 26;

/** The title as a part of an address: `elma-palvelutarjotin-auttaa`. */
function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[åäöøæß]/gu, (letter) => letters[letter] ?? '')
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/gu, '');
}

/** The path of a page. The id finds it; the words before it are for people, and may change with the title. */
export function pathOf({
  language,
  title,
  releaseId,
}: Pick<IntranetPage, 'language' | 'title' | 'releaseId'>): string {
  const slug = slugOf(title);
  return `/intranet/${language}/${slug === '' ? '' : `${slug}-`}${releaseId}`;
}

/** The release of a path's last part; `undefined` where it holds no id. */
export function releaseIdIn(name: string): ReleaseId | undefined {
  const found = new RegExp(`(?:^|-)([0-9a-f]{${idLength}})$`, 'u').exec(name)?.[1];
  return found === undefined ? undefined : (found as ReleaseId);
}

/** What every page shows of the programme. */
export interface Frame {
  readonly language: PublicLanguage;
  readonly programmeName: string;
  /** The project's name in the page's language. */
  readonly projectName: (page: Pick<IntranetPage, 'projectId'>) => string | undefined;
  /** Shown to those who write it, before anybody can read it: a document that loads nothing. */
  readonly isPreview?: true;
}

/** What every page of a language shows. */
export function frameOf({ names, projects }: Programme, language: PublicLanguage): Frame {
  const projectName: Frame['projectName'] = ({ projectId }) =>
    projects.find((project) => project.id === projectId)?.names[language];
  return { language, programmeName: names[language], projectName };
}

export const indexPath = (language: PublicLanguage): string => `/intranet/${language}`;
const feedPath = (language: PublicLanguage, key: string | undefined): string =>
  key === undefined ? indexPath(language) : `${indexPath(language)}/${key}`;
/** The feeds; with the key where only members get them. */
export const atomPath = (language: PublicLanguage, key?: string): string =>
  `${feedPath(language, key)}/feed.atom`;
export const jsonFeedPath = (language: PublicLanguage, key?: string): string =>
  `${feedPath(language, key)}/feed.json`;
export const stylePath = '/intranet/style.css';

/** Nothing runs and nothing comes from elsewhere; the server's own policy applies too. */
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";
const previewPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const locales = { fi: 'fi-FI', sv: 'sv-FI' } as const;

function translate(language: PublicLanguage, key: MailKey, values?: Values): string {
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

interface PageContent {
  readonly title: string;
  /** Where the same is in the other language. */
  readonly otherPath: string;
  readonly main: Markup;
  readonly head?: Markup;
}

function feedLinks(language: PublicLanguage): Markup {
  return markup`<link rel="alternate" type="application/atom+xml" title="Atom" href="${atomPath(language)}">
<link rel="alternate" type="application/feed+json" title="JSON Feed" href="${jsonFeedPath(language)}">`;
}

function pageHtml(
  { language, programmeName, isPreview }: Frame,
  { title, otherPath, main, head }: PageContent,
): string {
  const other = otherLanguage(language);
  const page = markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${isPreview === true ? previewPolicy : policy}">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${
  isPreview === true
    ? markup`<style>${new Markup(style)}</style>`
    : markup`<link rel="stylesheet" href="${stylePath}">
${feedLinks(language)}
${head}`
}
</head>
<body>
<a class="skip" href="#content">${translate(language, 'intranet.skip')}</a>
<header class="top">
<a class="name" href="${indexPath(language)}"><strong>${translate(language, 'intranet.name')}</strong><span>${programmeName}</span></a>
<nav aria-label="${translate(language, 'intranet.languages')}">
<a class="language" href="${otherPath}" lang="${other}" hreflang="${other}">${t(other, `language.own.${other}`)}</a>
</nav>
</header>
<main id="content">
${main}
</main>
<footer>
<p>${translate(language, 'intranet.footer')}</p>
<p><a href="${atomPath(language)}">${translate(language, 'intranet.atom')}</a> <a href="${jsonFeedPath(language)}">${translate(language, 'intranet.jsonFeed')}</a></p>
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
export function indexPage(
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
      ? markup`<p class="empty">${translate(language, 'intranet.empty')}</p>`
      : markup`<ol class="releases">${items}</ol>`;
  const older =
    next === undefined
      ? undefined
      : markup`<a href="${indexPath(language)}?after=${encodeURIComponent(next)}" rel="next">${translate(language, 'intranet.older')}</a>`;
  const newest = isFirst
    ? undefined
    : markup`<a href="${indexPath(language)}">${translate(language, 'intranet.newest')}</a>`;
  const paging =
    older === undefined && newest === undefined
      ? undefined
      : markup`<nav class="paging" aria-label="${translate(language, 'intranet.paging')}">${newest}${older}</nav>`;
  return pageHtml(frame, {
    title: `${translate(language, 'intranet.name')} – ${frame.programmeName}`,
    otherPath: indexPath(otherLanguage(language)),
    main: markup`<h1>${translate(language, 'intranet.title')}</h1>
${list}
${paging}`,
  });
}

function contactLine({ contact, language }: IntranetPage): Markup | undefined {
  if (contact === undefined || contact === '') return undefined;
  return markup`<p class="contact">${translate(language, 'intranet.contact', { contact })}</p>`;
}

/** What was corrected, newest first. */
function correctionList({ corrections = [], language }: IntranetPage): Markup | undefined {
  if (corrections.length === 0) return undefined;
  const items = corrections.toReversed().map(
    ({ at, note, language: of }) =>
      markup`<li>${translate(language, 'intranet.corrected')} ${moment(at, language)}: <span lang="${of}">${note}</span></li>
`,
  );
  return markup`<ul class="corrections">
${items}</ul>`;
}

/** One release. `other` is the same release in the other language, where there is one. */
export function releasePage(frame: Frame, page: IntranetPage, other: IntranetPage | undefined): string {
  const { language } = frame;
  const otherOne = otherLanguage(language);
  const updated =
    page.updatedAt === page.publishedAt
      ? undefined
      : markup`<span>${translate(language, 'intranet.updated')} ${moment(page.updatedAt, language)}</span>`;
  const inOther =
    other === undefined
      ? markup`<p class="note">${translate(language, 'intranet.onlyHere')}</p>`
      : markup`<p class="note"><a href="${pathOf(other)}" lang="${otherOne}" hreflang="${otherOne}">${translate(otherOne, 'intranet.readHere', { title: other.title })}</a></p>`;
  return pageHtml(frame, {
    title: `${page.title} – ${translate(language, 'intranet.name')}`,
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
${contactLine(page)}
${correctionList(page)}
${inOther}
</article>
<p class="back"><a href="${indexPath(language)}">${translate(language, 'intranet.all')}</a></p>`,
  });
}

/** The page at an address of a feed that holds no more, or never did. It names nothing of the programme. */
export function missingFeedPage(language: PublicLanguage): string {
  const page = markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<title>${translate(language, 'intranet.feedGone.title')}</title>
<link rel="stylesheet" href="${stylePath}">
</head>
<body>
<main>
<h1>${translate(language, 'intranet.feedGone.title')}</h1>
<p class="lead">${translate(language, 'intranet.feedGone.text')}</p>
</main>
</body>
</html>
`;
  return page.text;
}

/** The page that stands where a release was taken down. */
export function takenDownPage(frame: Frame, takenDownAt: string): string {
  const { language } = frame;
  return pageHtml(frame, {
    title: translate(language, 'intranet.takenDown.title'),
    otherPath: indexPath(otherLanguage(language)),
    main: markup`<h1>${translate(language, 'intranet.takenDown.title')}</h1>
<p class="lead">${translate(language, 'intranet.takenDown.text')} ${moment(takenDownAt, language)}.</p>
<p class="back"><a href="${indexPath(language)}">${translate(language, 'intranet.all')}</a></p>`,
  });
}

/** The page for an unknown address, with a link to the other language where there is one. */
export function missingPage(frame: Frame, other: IntranetPage | undefined): string {
  const { language } = frame;
  const otherOne = otherLanguage(language);
  return pageHtml(frame, {
    title: translate(language, 'intranet.missing.title'),
    otherPath: other === undefined ? indexPath(otherOne) : pathOf(other),
    main: markup`<h1>${translate(language, 'intranet.missing.title')}</h1>
<p class="lead">${translate(language, other === undefined ? 'intranet.missing.text' : 'intranet.missing.language')}</p>
${
  other === undefined
    ? undefined
    : markup`<p><a href="${pathOf(other)}" lang="${otherOne}" hreflang="${otherOne}">${other.title}</a></p>`
}
<p class="back"><a href="${indexPath(language)}">${translate(language, 'intranet.all')}</a></p>`,
  });
}
