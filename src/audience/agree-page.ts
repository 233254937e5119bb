import { t } from '../i18n/messages.js';
import { cardPage } from '../platform/card-page.js';
import { helpLineHtml } from '../people/help-line.js';
import type { Helper } from '../people/person.js';
import { Markup, markup } from '../platform/html.js';
import type { Language } from '../shared/languages.js';

/** What the page shows: the question, that they have agreed, or that there is nothing to answer. */
export type AgreeView = 'ask' | 'agreed' | 'none';

/** The page on which somebody agrees to get mails. Names nobody: links are forwarded. */
export function agreePage(
  view: AgreeView,
  {
    language,
    programme,
    key,
    helper,
  }: {
    readonly language: Language;
    readonly programme: string;
    readonly key: string;
    readonly helper: Helper | undefined;
  },
): string {
  const button = markup`<form method="post" action="/agree/${key}"><button type="submit">${t(language, 'ask.button')}</button></form>`;
  return cardPage({
    language,
    name: programme,
    heading: t(language, `ask.${view}`, { programme }),
    title: t(language, 'ask.title'),
    body: markup`<p>${t(language, `ask.${view}More`, { programme })}</p>
${view === 'ask' ? button : undefined}${helper === undefined ? undefined : markup`<p class="help">${new Markup(helpLineHtml(language, helper))}</p>`}
<nav><a href="/privacy?language=${language}">${t(language, 'privacy.title')}</a></nav>`,
  });
}
