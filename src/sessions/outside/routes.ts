import { open, type OpenCall, type Reply, type Route } from '../../http/route.js';
import { t } from '../../i18n/messages.js';
import type { MailKey } from '../../i18n/keys.js';
import type { Helper, Programme } from '../../people/person.js';
import type { Clock } from '../../platform/clock.js';
import { AppError, fieldFaults } from '../../platform/errors.js';
import { markup } from '../../platform/html.js';
import { freshId } from '../../platform/ids.js';
import { type Language, languages } from '../../shared/languages.js';
import type { AskedContact, ComingService } from '../coming/service.js';
import type { Found } from '../occurrences/reading.js';
import { helperOf } from '../series/series.js';
import { answerPage, type AnswerResult } from './answer-page.js';
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
  done: MailKey,
  helper?: Helper,
): Promise<Sent> {
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
    return { form: { ...emptyForm(language), notice: notice(say(done)) }, status: 200 };
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
    forms: (language: Language, open: OpenSeries) => Promise<SeriesForms & { status?: number }>,
  ): Promise<Reply> {
    const language = languageOf(call);
    const found = await outside.series(call.params.key ?? '');
    if (found === undefined) return missing(call, 'page');
    const current = await programme();
    const { status, ...shown } = await forms(language, found);
    const helper = helperOf(found.series, current);
    const facts = { language, programme: current.names[language], publicUrl, helper };
    return html(seriesPage(found, facts, shown), status);
  }

  async function onSession(
    call: OpenCall,
    forms: (language: Language, open: OpenSession) => Promise<SessionForms & { status?: number }>,
  ): Promise<Reply> {
    const language = languageOf(call);
    const found = await outside.session(call.params.key ?? '', call.params.date ?? '');
    if (found === undefined) return missing(call, 'page');
    const current = await programme();
    const { status, ...shown } = await forms(language, found);
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
  const showSeries = (call: OpenCall) => onSeries(call, (language) => Promise.resolve(seriesForms(language)));
  const showSession = (call: OpenCall) =>
    onSession(call, (language) => Promise.resolve(sessionForms(language)));

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

  async function signUpPage(call: OpenCall, press: boolean): Promise<Reply> {
    const token = call.params.token ?? '';
    if (press) await outside.confirm(token);
    const found = await outside.pending(token);
    if (found === undefined) return missing(call, 'link');
    const { series, isConfirmed, isOpen } = found;
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
      body: markup`<p>${t(language, `public.confirm.${view}More`, { name })}</p>
${view === 'ask' ? button : undefined}${path === undefined ? undefined : markup`<p class="line"><a href="${path}?language=${language}">${t(language, 'public.toSeries', { name })}</a></p>`}`,
    };
    return html(outsidePage(page));
  }

  async function answer(
    call: OpenCall,
    act?: (asked: AskedContact) => Promise<AnswerResult>,
  ): Promise<Reply> {
    const { occurrence = '', contact = '', signature = '' } = call.params;
    const asked = await coming.byLink(occurrence, contact, signature);
    if (asked === undefined) return missing(call, 'link');
    const result = await act?.(asked);
    const current = act === undefined ? asked : await coming.byLink(occurrence, contact, signature);
    if (current === undefined) return missing(call, 'link');
    const language = languageOf(call, asked.language);
    const series = await outside.pathOf(current.found.series.value.id);
    const key = series?.split('/').at(-1);
    const wished = call.query.answer === 'notComing' ? 'notComing' : 'coming';
    const path = `/coming/${occurrence}/${contact}/${signature}`;
    const page = key && `${sessionPath(key, current.found.occurrence)}?language=${language}`;
    const helper = helperOf(current.found.series.value, await programme());
    return html(answerPage(current, { language, path, result, wished, page, helper }));
  }

  return [
    open('get', '/open/:key', showSeries),
    // Whoever reloads what a form has answered comes back to its page.
    open('get', '/open/:key/sign-up', showSeries),
    open('get', '/open/:key/topic', showSeries),
    open('get', '/open/:key/:date', showSession),
    open('get', '/open/:key/:date/calendar.ics', calendarFile),
    open('get', '/open/:key/:date/question', showSession),
    open('get', '/open/:key/:date/pulse', showSession),
    open('post', '/open/:key/sign-up', (call) =>
      onSeries(call, async (language, { series }) => {
        const { form, ...rest } = await sent(
          call,
          (typed) => outside.signUp(series, typed, call.sender),
          'public.signUp.taken',
          helperOf(series, await programme()),
        );
        return { ...seriesForms(language), ...rest, signUp: form };
      }),
    ),
    open('post', '/open/:key/topic', (call) =>
      onSeries(call, async (language, { series }) => {
        const from = { sender: call.sender, language };
        const { form, ...rest } = await sent(
          call,
          (typed) => outside.propose(series, typed, from),
          'public.topic.taken',
        );
        return { ...seriesForms(language), ...rest, topic: form };
      }),
    ),
    open('post', '/open/:key/:date/question', (call) =>
      onSession(call, async (language, found) => {
        const from = { sender: call.sender, language };
        const { form, ...rest } = await sent(
          call,
          (typed) => outside.ask(found, typed, from),
          'public.question.taken',
        );
        return { ...sessionForms(language), ...rest, question: form };
      }),
    ),
    open('post', '/open/:key/:date/pulse', (call) =>
      onSession(call, async (language, found) => {
        const { form, ...rest } = await sent(
          call,
          (typed) => outside.pulse(found, typed, call.sender),
          'public.pulse.taken',
        );
        return { ...sessionForms(language), ...rest, pulse: form };
      }),
    ),
    open('get', '/sign-up/:token', (call) => signUpPage(call, false)),
    open('post', '/sign-up/:token', (call) => signUpPage(call, true)),
    open('get', '/coming/:occurrence/:contact/:signature', (call) => answer(call)),
    open('post', '/coming/:occurrence/:contact/:signature', (call) =>
      answer(call, async (asked) => {
        const { answer: wanted, start = '' } = typedIn(call);
        if (wanted !== 'coming' && wanted !== 'notComing') return undefined;
        return (await coming.answerByLink(asked, wanted, start)) ? 'kept' : 'moved';
      }),
    ),
  ];
}
