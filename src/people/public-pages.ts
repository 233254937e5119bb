import { open, type OpenCall, type Reply, type Route } from '../http/route.js';
import type { MailKey } from '../i18n/keys.js';
import { t } from '../i18n/messages.js';
import { cardPage } from '../platform/card-page.js';
import { Markup, markup } from '../platform/html.js';
import { dateWithYearText } from '../shared/dates.js';
import { type Language, languages } from '../shared/languages.js';
import { helpLineHtml } from './help-line.js';
import type { Programme } from './person.js';

/** The pages about Big Room itself; the app's manifest names the first two, and the law wants the third. */
const pages = ['privacy', 'terms', 'accessibility'] as const;
type Page = (typeof pages)[number];

/** Whether invented people try it on one machine, or an organisation runs it for its own. */
type Use = 'trial' | 'own';

/**
 * The day (ISO date) on which somebody last compared the accessibility statement with what is so. Whoever changes what it
 * says, or looks at all of it anew, changes the day.
 */
const accessibilityCheckedOn = '2026-11-30';

/** The authority that supervises the act, in the languages that it has (checked on the day above). */
const authority: Readonly<Record<Language, string>> = {
  fi: 'https://www.saavutettavuusvaatimukset.fi/',
  sv: 'https://www.saavutettavuusvaatimukset.fi/sv',
  en: 'https://www.saavutettavuusvaatimukset.fi/',
};

interface Section {
  readonly heading: MailKey;
  readonly texts: readonly MailKey[];
  /** What follows the texts. */
  readonly more?: (facts: Facts) => Markup | undefined;
}

/** Who is asked, where the organisation has named somebody. */
function helper({ language, programme }: Facts): Markup | undefined {
  const named = programme?.helper;
  return named && markup`<p>${new Markup(helpLineHtml(language, named))}</p>`;
}

const authorityLink = ({ language }: Facts): Markup =>
  markup`<p><a href="${authority[language]}">${t(language, 'accessibility.authority.link')}</a></p>`;

/** What the accessibility statement says, in the order of the act (306/2019, section 9) as Traficom's model has it. */
function accessibilitySections(use: Use): readonly Section[] {
  return [
    { heading: 'accessibility.status', texts: ['accessibility.status.text'] },
    {
      heading: 'accessibility.lacks',
      texts: ['accessibility.lacks.cards', 'accessibility.lacks.links', 'accessibility.lacks.unknown'],
    },
    { heading: 'accessibility.tested', texts: ['accessibility.tested.text'] },
    {
      heading: 'accessibility.feedback',
      texts: ['accessibility.feedback.text', `accessibility.feedback.${use}`],
      ...(use === 'own' && { more: helper }),
    },
    { heading: 'accessibility.authority', texts: ['accessibility.authority.text'], more: authorityLink },
  ];
}

function sectionsOf(page: Page, use: Use): readonly Section[] {
  switch (page) {
    case 'privacy':
      return [
        { heading: 'privacy.controller', texts: [`privacy.controller.${use}`] },
        { heading: 'privacy.kept', texts: ['privacy.kept.text'] },
        { heading: 'privacy.where', texts: [`privacy.where.${use}`] },
        { heading: 'privacy.seen', texts: [`privacy.seen.${use}`] },
        { heading: 'privacy.howLong', texts: [`privacy.howLong.${use}`] },
        { heading: 'privacy.ask', texts: [`privacy.ask.${use}`] },
      ];
    case 'terms':
      return [
        { heading: 'terms.use', texts: [`terms.use.${use}`] },
        { heading: 'terms.content', texts: ['terms.content.text'] },
        { heading: 'terms.published', texts: [`terms.published.${use}`] },
        { heading: 'terms.ask', texts: [`privacy.ask.${use}`] },
      ];
    case 'accessibility':
      return accessibilitySections(use);
  }
}

interface Facts {
  readonly page: Page;
  readonly use: Use;
  readonly language: Language;
  /** Absent before there is a programme: the pages answer even then. */
  readonly programme: Programme | undefined;
}

function pageHtml(facts: Facts): string {
  const { page, use, language, programme } = facts;
  const values = { date: dateWithYearText(language, `${accessibilityCheckedOn}T12:00:00Z`) };
  const sections = sectionsOf(page, use).map(
    ({ heading, texts, more }) => markup`<h2>${t(language, heading)}</h2>
${texts.map((text) => markup`<p>${t(language, text, values)}</p>\n`)}${more?.(facts)}
`,
  );
  const others = languages.filter((each) => each !== language);
  const links = others.map(
    (
      other,
    ) => markup`<a href="/${page}?language=${other}" lang="${other}" hreflang="${other}">${t(other, `language.own.${other}`)}</a>
`,
  );
  const otherPages = pages
    .filter((each) => each !== page)
    .map(
      (other) => markup`<a href="/${other}?language=${language}">${t(language, `${other}.title`)}</a>
`,
    );
  return cardPage({
    language,
    name: programme?.names[language] ?? 'Big Room',
    heading: t(language, `${page}.title`),
    title: 'Big Room',
    body: markup`${sections}<nav aria-label="${t(language, 'privacy.more')}">
${links}${otherPages}</nav>`,
  });
}

interface Deps {
  readonly programme: () => Promise<Programme>;
  readonly use: Use;
}

/**
 * `/privacy`, `/terms` and `/accessibility`, open to anybody: in the language of the browser, or the one that `?language=`
 * names. They say what is so of every installation; whose it is, the organisation that runs it says elsewhere.
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
