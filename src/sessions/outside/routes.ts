import { z } from 'zod';
import { open, type OpenCall, type Reply, type Route } from '../../http/route.js';
import { t } from '../../i18n/messages.js';
import type { MailKey } from '../../i18n/keys.js';
import type { Helper, Programme } from '../../people/person.js';
import type { Clock } from '../../platform/clock.js';
import { AppError, fieldFaults } from '../../platform/errors.js';
import { markup } from '../../platform/html.js';
import { freshId } from '../../platform/ids.js';
import { type Language, languages } from '../../shared/languages.js';
import type { ComingService } from '../coming/service.js';
import type { Found } from '../occurrences/reading.js';
import { helperOf } from '../series/series.js';
import { answerPage } from './answer-page.js';
import { helpLine, notice, outsidePage, type FormView } from './page.js';
import { seriesPage, sessionPath, type SeriesForms } from './series-page.js';
import type { OpenSeries, OpenSession, OutsideService, Taken, Typed } from './service.js';
import { publicJoinUrl, sessionPage, type SessionForms } from './session-page.js';

export interface OutsideRouteDeps {
  readonly outside: OutsideService;
  readonly coming: Pick<ComingService, 'byLink' | 'answerByLink'>;
  readonly programme: () => Promise<Programme>;
  readonly clock: Clock;
  /** A calendar file with one session; `page` is shown in place of the link to join. */
  readonly calendarFile: (found: Found, language: Language, page: string | undefined) => Promise<string>;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
}

const formIdPattern = /^[\w-]{8,64}$/;
const maxFields = 12;
const answerSchema = z.enum(['coming', 'notComing']);

type SeeOther = Extract<Reply, { readonly seeOther: string }>;

const html = (text: string, status = 200): Reply => ({ text, type: 'text/html; charset=utf-8', status });

function languageOf({ query, language }: OpenCall, otherwise = language): Language {
  return languages.find((each) => each === query.language) ?? otherwise;
}

/** What a form posted, field by field: nothing where it is no form. */
function typedIn({ body }: OpenCall): Typed {
  if (typeof body !== 'string') return {};
  const fields = Object.fromEntries([...new URLSearchParams(body)].slice(0, maxFields));
  const { formId = '' } = fields;
  return formIdPattern.test(formId) ? fields : { ...fields, formId: freshId() };
}

/** A form that was sent: what became of it is shown on the page from which it came. */
interface Sent {
  readonly form: FormView;
  readonly status: number;
}

/** Tries what a form asks for. What was typed comes back with what is wrong with it; a fault that no form can cause is thrown. */
async function sent(
  call: OpenCall,
  act: (typed: Typed) => Promise<Taken>,
  helper?: Helper,
): Promise<Sent | 'taken'> {
  const language = languageOf(call);
  const typed = typedIn(call);
  const say = (key: MailKey) => t(language, key);
  const again = { language, formId: typed.formId ?? freshId(), typed };
  try {
    const taken = await act(typed);
    if (taken === 'tooMany')
      return { form: { ...again, notice: notice(say('public.tooMany'), true) }, status: 429 };
    if (taken === 'fullToday') {
      const ask = helper && helpLine(language, helper);
      return { form: { ...again, notice: notice(say('public.signUp.fullToday'), true, ask) }, status: 429 };
    }
    return 'taken';
  } catch (error) {
    const faults = fieldFaults(error);
    if (faults.length > 0)
      return { form: { ...again, faults, notice: notice(say('public.check'), true) }, status: 400 };
    const isClosed =
      error instanceof AppError && ['occurrence.moveNotAllowed', 'series.ended'].includes(error.code);
    if (!isClosed) throw error;
    return { form: { ...again, notice: notice(say('public.closed'), true) }, status: 409 };
  }
}

const emptyForm = (language: Language): FormView => ({ language, formId: freshId() });

/** The thanks, in place of a form that was sent. */
const sentForm = (language: Language, done: MailKey): FormView => ({
  ...emptyForm(language),
  notice: notice(t(language, done)),
  isSent: true,
});

/** Where the browser goes on once a form was taken: the address to which it was posted, with its language. */
function afterForm(call: OpenCall, path: string): SeeOther {
  return { seeOther: `${path}?sent=yes&language=${languageOf(call)}#${path.split('/').at(-1) ?? ''}` };
}

const isSent = ({ query }: OpenCall): boolean => query.sent === 'yes';

/**
 * The pages for people outside, open to whoever has the address: of a series and its sessions that are open to them, of a
 * sign-up, and of the answer whether a contact comes. A GET changes nothing, since mail scanners follow links.
 */
export function outsideRoutes(deps: OutsideRouteDeps): Route[] {
  const { outside, coming, programme, clock, publicUrl } = deps;

  async function missing(call: OpenCall, what: 'page' | 'link', otherwise?: Language): Promise<Reply> {
    const language = languageOf(call, otherwise);
    const { names } = await programme();
    const page = {
      language,
      name: names[language],
      heading: t(language, `public.missing.${what}`),
      title: names[language],
      path: '/privacy',
      body: markup`<p>${t(language, `public.missing.${what}More`)}</p>`,
    };
    return html(outsidePage(page), 404);
  }

  async function onSeries(
    call: OpenCall,
    forms: (language: Language, open: OpenSeries) => Promise<(SeriesForms & { status?: number }) | SeeOther>,
  ): Promise<Reply> {
    const language = languageOf(call);
    const found = await outside.series(call.params.key ?? '');
    if (found === undefined) return missing(call, 'page');
    const became = await forms(language, found);
    if ('seeOther' in became) return became;
    const { status, ...shown } = became;
    const current = await programme();
    const helper = helperOf(found.series, current);
    const facts = { language, programme: current.names[language], publicUrl, helper };
    return html(seriesPage(found, facts, shown), status);
  }

  async function onSession(
    call: OpenCall,
    forms: (
      language: Language,
      open: OpenSession,
    ) => Promise<(SessionForms & { status?: number }) | SeeOther>,
  ): Promise<Reply> {
    const language = languageOf(call);
    const found = await outside.session(call.params.key ?? '', call.params.date ?? '');
    if (found === undefined) return missing(call, 'page');
    const became = await forms(language, found);
    if ('seeOther' in became) return became;
    const { status, ...shown } = became;
    const current = await programme();
    const helper = helperOf(found.series.value, current);
    const facts = {
      language,
      programme: current.names[language],
      publicUrl,
      helper,
      now: clock.now(),
    };
    return html(sessionPage(found, facts, shown), status);
  }

  const seriesForms = (language: Language): SeriesForms => ({
    signUp: emptyForm(language),
    topic: emptyForm(language),
  });
  const sessionForms = (language: Language): SessionForms => ({
    question: emptyForm(language),
    pulse: emptyForm(language),
  });
  const showSeries = (which?: keyof SeriesForms) => (call: OpenCall) =>
    onSeries(call, (language) => {
      const done = isSent(call) && which && { [which]: sentForm(language, `public.${which}.taken`) };
      return Promise.resolve({ ...seriesForms(language), ...done });
    });
  const showSession = (which?: keyof SessionForms) => (call: OpenCall) =>
    onSession(call, (language) => {
      const done = isSent(call) && which && { [which]: sentForm(language, `public.${which}.taken`) };
      return Promise.resolve({ ...sessionForms(language), ...done });
    });

  /** The session as a calendar file: people find it among their downloads by its date. */
  async function calendarFile(call: OpenCall): Promise<Reply> {
    const language = languageOf(call);
    const { key = '', date = '' } = call.params;
    const found = await outside.session(key, date);
    if (found === undefined) return missing(call, 'page');
    const { occurrence } = found;
    const page = `${publicUrl}${sessionPath(key, occurrence)}?language=${language}`;
    const isPublic = publicJoinUrl(occurrence, clock.now()) !== undefined;
    const text = await deps.calendarFile(found, language, isPublic ? undefined : page);
    return { text, type: 'text/calendar; charset=utf-8', fileName: `big-room-${occurrence.date}.ics` };
  }

  async function signUpPage(call: OpenCall): Promise<Reply> {
    const token = call.params.token ?? '';
    const found = await outside.pending(token);
    if (found === undefined) return missing(call, 'link');
    const { series, isConfirmed, wasInvited, isOpen } = found;
    const language = languageOf(call, found.language);
    const current = await programme();
    const { names } = current;
    const name = series.names[language];
    const view = isConfirmed ? 'done' : isOpen ? 'ask' : 'closed';
    const button = markup`<form method="post" action="/sign-up/${token}?language=${language}"><button type="submit">${t(language, 'public.confirm.button')}</button></form>
`;
    const path = await outside.pathOf(series.id);
    const page = {
      language,
      name: names[language],
      heading: t(language, `public.confirm.${view}`, { name }),
      title: name,
      helper: helperOf(series, current),
      path: `/sign-up/${token}`,
      body: markup`<p>${t(language, wasInvited ? 'public.confirm.wasInvited' : `public.confirm.${view}More`, { name })}</p>
${view === 'ask' ? button : undefined}${path === undefined ? undefined : markup`<p class="line"><a href="${path}?language=${language}">${t(language, 'public.toSeries', { name })}</a></p>`}`,
    };
    return html(outsidePage(page));
  }

  async function confirm(call: OpenCall): Promise<Reply> {
    const token = call.params.token ?? '';
    const found = await outside.pending(token);
    if (found === undefined) return missing(call, 'link');
    await outside.confirm(token);
    return { seeOther: `/sign-up/${token}?language=${languageOf(call, found.language)}` };
  }

  const linkOf = ({ params: { occurrence = '', contact = '', signature = '' } }: OpenCall) =>
    ({
      path: `/coming/${occurrence}/${contact}/${signature}`,
      asked: coming.byLink(occurrence, contact, signature),
    }) as const;

  async function showAnswer(call: OpenCall): Promise<Reply> {
    const { path, asked: link } = linkOf(call);
    const asked = await link;
    if (asked === undefined) return missing(call, 'link');
    const language = languageOf(call, asked.language);
    const series = await outside.pathOf(asked.found.series.value.id);
    const key = series?.split('/').at(-1);
    const wished = answerSchema.safeParse(call.query.answer).data;
    const page = key && `${sessionPath(key, asked.found.occurrence)}?language=${language}`;
    const helper = helperOf(asked.found.series.value, await programme());
    const isMoved = call.query.result === 'moved';
    return html(answerPage(asked, { language, path, isMoved, wished, page, helper }));
  }

  async function takeAnswer(call: OpenCall): Promise<Reply> {
    const { path, asked: link } = linkOf(call);
    const asked = await link;
    if (asked === undefined) return missing(call, 'link');
    const { answer, start = '' } = typedIn(call);
    const wanted = answerSchema.safeParse(answer).data;
    const isKept = wanted === undefined || (await coming.answerByLink(asked, wanted, start));
    const language = languageOf(call, asked.language);
    return { seeOther: `${path}?language=${language}${isKept ? '' : '&result=moved'}` };
  }

  return [
    open('get', '/open/:key', showSeries()),
    // What came of a form is shown at the address to which it was posted.
    open('get', '/open/:key/sign-up', showSeries('signUp')),
    open('get', '/open/:key/topic', showSeries('topic')),
    open('get', '/open/:key/:date', showSession()),
    open('get', '/open/:key/:date/calendar.ics', calendarFile),
    open('get', '/open/:key/:date/question', showSession('question')),
    open('get', '/open/:key/:date/pulse', showSession('pulse')),
    open('post', '/open/:key/sign-up', (call) =>
      onSeries(call, async (language, { series, key }) => {
        const helper = helperOf(series, await programme());
        const became = await sent(call, (typed) => outside.signUp(series, typed, call.sender), helper);
        if (became === 'taken') return afterForm(call, `/open/${key}/sign-up`);
        const { form, ...rest } = became;
        return { ...seriesForms(language), ...rest, signUp: form };
      }),
    ),
    open('post', '/open/:key/topic', (call) =>
      onSeries(call, async (language, { series, key }) => {
        const from = { sender: call.sender, language };
        const became = await sent(call, (typed) => outside.propose(series, typed, from));
        if (became === 'taken') return afterForm(call, `/open/${key}/topic`);
        const { form, ...rest } = became;
        return { ...seriesForms(language), ...rest, topic: form };
      }),
    ),
    open('post', '/open/:key/:date/question', (call) =>
      onSession(call, async (language, found) => {
        const from = { sender: call.sender, language };
        const became = await sent(call, (typed) => outside.ask(found, typed, from));
        if (became === 'taken')
          return afterForm(call, `${sessionPath(found.key, found.occurrence)}/question`);
        const { form, ...rest } = became;
        return { ...sessionForms(language), ...rest, question: form };
      }),
    ),
    open('post', '/open/:key/:date/pulse', (call) =>
      onSession(call, async (language, found) => {
        const became = await sent(call, (typed) => outside.pulse(found, typed, call));
        if (became === 'taken') return afterForm(call, `${sessionPath(found.key, found.occurrence)}/pulse`);
        const { form, ...rest } = became;
        return { ...sessionForms(language), ...rest, pulse: form };
      }),
    ),
    open('get', '/sign-up/:token', signUpPage),
    open('post', '/sign-up/:token', confirm),
    open('get', '/coming/:occurrence/:contact/:signature', showAnswer),
    open('post', '/coming/:occurrence/:contact/:signature', takeAnswer),
  ];
}
