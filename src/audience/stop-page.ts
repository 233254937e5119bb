import { t } from '../i18n/messages.js';
import type { Language } from '../shared/languages.js';
import { cardPage } from '../platform/card-page.js';
import { type Markup, markup } from '../platform/html.js';

/**
 * What the page shows: the question, that mails have stopped, that they are back, that whoever adds the person again may
 * write to them (`lifted`), or that there is no such link.
 */
export type StopView = 'ask' | 'done' | 'isBack' | 'lifted' | 'none';

interface Facts {
  readonly language: Language;
  readonly programme: string;
  readonly key: string;
}

function form(action: string, text: string): Markup {
  return markup`<form method="post" action="${action}"><button type="submit">${text}</button></form>`;
}

function nextStep(view: StopView, { language, key }: Facts): Markup | undefined {
  if (view === 'ask') return form(`/stop/${key}`, t(language, 'stop.button'));
  if (view !== 'done') return undefined;
  return markup`<div class="mistake"><p>${t(language, 'stop.mistake')}</p>
${form(`/stop/${key}/back`, t(language, 'stop.back'))}</div>`;
}

/** The page on which somebody stops the mails, or takes that back. Names nobody: links are forwarded. */
export function stopPage(view: StopView, facts: Facts): string {
  const { language, programme } = facts;
  const more = `stop.${view}More` as const;
  const heading = t(language, `stop.${view}`);
  return cardPage({
    language,
    name: programme,
    heading,
    title: t(language, 'stop.title'),
    body: markup`<p>${t(language, more, { programme })}</p>
${nextStep(view, facts)}`,
  });
}
