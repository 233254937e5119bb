import { open, type OpenCall, type Reply, type Route } from '../http/route.js';
import type { MailKey } from '../i18n/keys.js';
import { t } from '../i18n/messages.js';
import { cardPage } from '../platform/card-page.js';
import { markup } from '../platform/html.js';
import { type Language, languages } from '../shared/languages.js';
import type { Programme } from './person.js';

/** The pages that the app's manifest names. */
const pages = ['privacy', 'terms'] as const;
type Page = (typeof pages)[number];

/** Whether invented people try it on one machine, or an organisation runs it for its own. */
type Use = 'trial' | 'own';

interface Section {
  readonly heading: MailKey;
  readonly text: MailKey;
}

function sectionsOf(page: Page, use: Use): readonly Section[] {
  return page === 'privacy'
    ? [
        { heading: 'privacy.controller', text: `privacy.controller.${use}` },
        { heading: 'privacy.kept', text: 'privacy.kept.text' },
        { heading: 'privacy.where', text: `privacy.where.${use}` },
        { heading: 'privacy.seen', text: `privacy.seen.${use}` },
        { heading: 'privacy.howLong', text: `privacy.howLong.${use}` },
        { heading: 'privacy.ask', text: `privacy.ask.${use}` },
      ]
    : [
        { heading: 'terms.use', text: `terms.use.${use}` },
        { heading: 'terms.content', text: 'terms.content.text' },
        { heading: 'terms.published', text: `terms.published.${use}` },
        { heading: 'terms.ask', text: `privacy.ask.${use}` },
      ];
}

interface Facts {
  readonly page: Page;
  readonly use: Use;
  readonly language: Language;
  /** Absent before there is a programme: the pages answer even then. */
  readonly programme: Programme | undefined;
}

function pageHtml({ page, use, language, programme }: Facts): string {
  const sections = sectionsOf(page, use).map(
    ({ heading, text }) => markup`<h2>${t(language, heading)}</h2>
<p>${t(language, text)}</p>
`,
  );
  const others = languages.filter((each) => each !== language);
  const links = others.map(
    (
      other,
    ) => markup`<a href="/${page}?language=${other}" lang="${other}" hreflang="${other}">${t(other, `language.own.${other}`)}</a>
`,
  );
  const otherPage = page === 'privacy' ? 'terms' : 'privacy';
  return cardPage({
    language,
    name: programme?.names[language] ?? 'Big Room',
    heading: t(language, `${page}.title`),
    title: 'Big Room',
    body: markup`${sections}<nav aria-label="${t(language, 'privacy.more')}">
${links}<a href="/${otherPage}?language=${language}">${t(language, `${otherPage}.title`)}</a>
</nav>`,
  });
}

interface Deps {
  readonly programme: () => Promise<Programme>;
  readonly use: Use;
}

/**
 * `/privacy` and `/terms`, open to anybody: in the language of the browser, or the one that `?language=` names. They say
 * what is so of every installation; whose it is, the organisation that runs it says elsewhere.
 */
export function publicPageRoutes({ programme, use }: Deps): Route[] {
  const show = async (page: Page, { language: ofBrowser, query }: OpenCall): Promise<Reply> => {
    const language = languages.find((each) => each === query.language) ?? ofBrowser;
    const current = await programme().catch(() => undefined);
    const text = pageHtml({ page, use, language, programme: current });
    return { text, type: 'text/html; charset=utf-8' };
  };
  return pages.map((page) => open('get', `/${page}`, (call) => show(page, call)));
}
