import { t } from '../../i18n/messages.js';
import type { Helper } from '../../people/person.js';
import { type Markup, markup } from '../../platform/html.js';
import { momentText, spanText } from '../../shared/dates.js';
import type { Language } from '../../shared/languages.js';
import type { AskedContact } from '../coming/service.js';
import { isUpcoming } from '../occurrences/workflow.js';
import { outsidePage } from './page.js';
import { spokenIn, talkOf } from './series-page.js';

interface Facts {
  readonly language: Language;
  /** The page's own address. */
  readonly path: string;
  /** The session has another time than the page on which somebody pressed: that was not kept. */
  readonly isMoved: boolean;
  /** The answer that the link of the mail named, which is saved once it is pressed here too. */
  readonly wished: 'coming' | 'notComing' | undefined;
  /** The public page of the session, where it has one. */
  readonly page?: string | undefined;
  readonly helper?: Helper | undefined;
}

function button(
  path: string,
  start: string,
  answer: 'coming' | 'notComing',
  isFirst: boolean,
  text: string,
): Markup {
  return markup`<form method="post" action="${path}"><input type="hidden" name="answer" value="${answer}"><input type="hidden" name="start" value="${start}">
<button type="submit"${isFirst ? undefined : markup` class="other"`}>${text}</button></form>
`;
}

/** The page on which somebody outside says whether they come. Names nobody: links are forwarded. */
export function answerPage({ found, answer }: AskedContact, facts: Facts): string {
  const { language, path, isMoved, wished, page, helper } = facts;
  const { occurrence } = found;
  const { names, start, end, state } = occurrence;
  const name = names[language];
  const talk = talkOf(occurrence, language);
  const isOpen = isUpcoming(occurrence);
  const when = momentText(language, start);
  const closed = state.status === 'cancelled' ? 'cancelled' : 'over';
  const known = answer === 'maybe' ? undefined : answer;
  const asked = known !== undefined && wished !== undefined && wished !== known ? wished : undefined;
  const heading = !isOpen
    ? t(language, `public.answer.${closed}`)
    : asked === undefined
      ? t(language, known === undefined ? 'public.answer.ask' : `public.answer.${known}`)
      : t(language, `public.answer.changeTo.${asked}`);
  // Whoever pressed the mail's other button wants to change what they answered; the old answer is below.
  const first = known === undefined ? (wished ?? 'coming') : asked;
  const order =
    first === 'notComing' ? (['notComing', 'coming'] as const) : (['coming', 'notComing'] as const);
  const buttons = order
    .filter((each) => asked !== undefined || each !== known)
    .map((each) => button(path, start, each, each === first, t(language, `public.answer.button.${each}`)));
  const more = known === undefined || asked !== undefined ? 'pressToSave' : 'change';
  const said =
    isMoved && isOpen
      ? markup`<div class="notice" role="status"><p>${t(language, 'public.answer.movedMeanwhile', { when })}</p></div>
`
      : undefined;
  return outsidePage({
    language,
    name,
    heading,
    title: name,
    helper,
    path,
    body: markup`${said}<p class="when">${state.status === 'cancelled' ? markup`<s>${spanText(language, start, end)}</s>` : spanText(language, start, end)}</p>
${
  talk === undefined
    ? undefined
    : markup`<p><span lang="${talk.language}">${talk.topic}</span> – ${talk.presenter}</p>
${spokenIn(occurrence, language)}`
}${
      isOpen
        ? markup`<p>${t(language, `public.answer.${more}`)}</p>
`
        : undefined
    }${
      isOpen
        ? markup`<div class="answers">${buttons}</div>
`
        : markup`<p>${t(language, `public.answer.${closed}More`)}</p>
`
    }${page === undefined ? undefined : markup`<p class="line"><a href="${page}">${t(language, 'public.answer.page')}</a></p>`}`,
  });
}
