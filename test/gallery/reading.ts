import type { Browser } from 'playwright-core';
import type { Mail } from '../../src/delivery/mail/mailer.js';
import type { MailAnswer } from '../../src/shared/answers/newsletter.js';
import type { IssueListAnswer } from '../../src/shared/answers/newsletter.js';
import { publicLanguages, type PublicLanguage } from '../../src/shared/languages.js';
import { demoPeopleByKey } from '../../src/demo/people.js';
import { samplePages, sampleStoppedMail } from '../make-public-pages.js';
import { sampleNames, sampleSessionMail } from '../make-session-mails.js';
import { openWindow } from './browser.js';
import { type Album, type Theme, type Width } from './shots.js';
import { ask, type StartedApp } from './started-app.js';

/** What is read as it is: a mail, a page that anybody may open, or one of the intranet. */
interface ReadingPage {
  readonly group: 'mail' | 'public' | 'intranet';
  readonly name: string;
  readonly language: PublicLanguage;
  readonly widths: readonly Width[];
  readonly from: { readonly html: string } | { readonly url: string };
}

async function mails({ url }: StartedApp): Promise<ReadingPage[]> {
  const { id } = demoPeopleByKey.aino;
  const { issues } = await ask<IssueListAnswer>(url, id, '/api/newsletter');
  const [issue] = issues;
  if (issue === undefined) return [];
  return Promise.all(
    publicLanguages.map(async (language): Promise<ReadingPage> => {
      const path = `/api/newsletter/${issue.id}/preview?language=${language}`;
      const { mail } = await ask<MailAnswer>(url, id, path);
      return { group: 'mail', name: 'newsletter', language, widths: [600, 360], from: { html: mail.html } };
    }),
  );
}

/** The HTML of a mail with the pictures that travel with it. */
const withPictures = ({ html, pictures = [] }: Mail): string =>
  pictures.reduce(
    (text, { cid, type, base64 }) => text.replaceAll(`cid:${cid}`, `data:${type};base64,${base64}`),
    html,
  );

/** What contacts get of sessions, one of each kind. */
async function sessionMails(): Promise<ReadingPage[]> {
  const all = sampleNames.flatMap((name) => publicLanguages.map((language) => ({ name, language })));
  return Promise.all(
    all.map(async ({ name, language }): Promise<ReadingPage> => {
      const html = withPictures(await sampleSessionMail(name, language));
      return { group: 'mail', name: `session-${name}`, language, widths: [600, 360], from: { html } };
    }),
  );
}

/** The mail to whoever stopped the mails. */
function stoppedMails(): Promise<ReadingPage[]> {
  return Promise.all(
    publicLanguages.map(async (language): Promise<ReadingPage> => {
      const { html } = await sampleStoppedMail(language);
      return { group: 'mail', name: 'stopped', language, widths: [600, 360], from: { html } };
    }),
  );
}

/** What anybody with the address reads: the page that stops the mails, in each of its views, privacy and terms. */
async function publicPages(): Promise<ReadingPage[]> {
  const pages = await Promise.all(
    publicLanguages.map(async (language) =>
      (await samplePages(language)).map(({ name, html }): ReadingPage => {
        return { group: 'public', name, language, widths: [1280, 360], from: { html } };
      }),
    ),
  );
  return pages.flat();
}

/** The address of the newest release, as the list of the intranet links to it. */
async function newestRelease(url: string, language: PublicLanguage): Promise<string | undefined> {
  const feed = (await (await fetch(`${url}/intranet/${language}/feed.json`)).json()) as {
    readonly items: readonly { readonly url: string }[];
  };
  return feed.items[0]?.url;
}

async function intranetPages({ url }: StartedApp): Promise<ReadingPage[]> {
  const pages = await Promise.all(
    publicLanguages.map(async (language): Promise<ReadingPage[]> => {
      const release = await newestRelease(url, language);
      const usual = { group: 'intranet', language, widths: [1280, 360] } as const;
      return [
        { ...usual, name: 'list', from: { url: `${url}/intranet/${language}` } },
        { ...usual, name: 'not-found', from: { url: `${url}/intranet/${language}/0` } },
        ...(release === undefined ? [] : [{ ...usual, name: 'release', from: { url: release } }]),
      ];
    }),
  );
  return pages.flat();
}

async function picture(
  browser: Browser,
  album: Album,
  theme: Theme,
  width: Width,
  pages: readonly ReadingPage[],
): Promise<void> {
  const window = await openWindow(browser, width, theme, { forcedColors: true });
  const page = await window.newPage();
  for (const { group, name, language, from } of pages) {
    await album.attempt(`${group} ${name} ${language} ${theme} ${String(width)}`, async () => {
      if ('html' in from) await page.setContent(from.html);
      else await page.goto(from.url);
      await album.take({ group, name, language, theme, width }, page, { whole: true });
    });
  }
  await window.close();
}

/** Every mail, and the pages of the intranet. */
export async function readingWork(
  browser: Browser,
  app: StartedApp,
  album: Album,
): Promise<(() => Promise<void>)[]> {
  const all = [
    ...(await mails(app)),
    ...(await sessionMails()),
    ...(await stoppedMails()),
    ...(await publicPages()),
    ...(await intranetPages(app)),
  ];
  const pages = all.filter(({ group, name }) => album.wants(group, name));
  const widths = [...new Set(pages.flatMap((page) => page.widths))];
  return album.themes.flatMap((theme) =>
    widths.map(
      (width) => () =>
        picture(
          browser,
          album,
          theme,
          width,
          pages.filter((page) => page.widths.includes(width)),
        ),
    ),
  );
}
