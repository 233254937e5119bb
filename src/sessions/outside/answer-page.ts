import { t } from '../../i18n/messages.js';
import type { Helper } from '../../people/person.js';
import { type Markup, markup } from '../../platform/html.js';
import { momentText, spanText } from '../../shared/dates.js';
import type { Language } from '../../shared/languages.js';
import type { AskedContact } from '../coming/service.js';
import { isUpcoming } from '../occurrences/workflow.js';
import { outsidePage } from './page.js';
import { talkOf } from './series-page.js';

/** What came of a press: it was kept; the session has another time than the page on which it was pressed. */
export type AnswerResult = 'kept' | 'moved' | undefined;

interface Facts {
  readonly language: Language;
  /** The page's own address. */
  readonly path: string;
  readonly result: AnswerResult;
  /** The answer that the link of the mail named, shown first. */
  readonly wished: 'coming' | 'notComing';
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
  const { language, path, result, wished, page, helper } = facts;
  const { occurrence } = found;
  const { names, start, end, state } = occurrence;
  const name = names[language];
  const talk = talkOf(occurrence, language);
  const isOpen = isUpcoming(occurrence);
  const when = momentText(language, start);
  const closed = state.status === 'cancelled' ? 'cancelled' : 'over';
  const known = answer === 'maybe' ? undefined : answer;
  const heading = !isOpen
    ? t(language, `public.answer.${closed}`)
    : known === undefined
      ? t(language, 'public.answer.ask')
      : t(language, `public.answer.${known}`);
  const buttons = (['coming', 'notComing'] as const)
    .filter((each) => each !== known)
    .sort((one) => (one === wished ? -1 : 1))
    .map((each, at) =>
      button(path, start, each, at === 0 && known === undefined, t(language, `public.answer.button.${each}`)),
    );
  const said =
    result === 'moved' && isOpen
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
`
}${
      isOpen && known !== undefined
        ? markup`<p>${t(language, 'public.answer.change')}</p>
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
