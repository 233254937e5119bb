import type { Helper } from '../../people/person.js';
import { Temporal } from 'temporal-polyfill';
import { t } from '../../i18n/messages.js';
import { type Markup, markup, webLink } from '../../platform/html.js';
import { momentText, spanText } from '../../shared/dates.js';
import type { Language } from '../../shared/languages.js';
import { translatedTo } from '../../shared/translated.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { isUpcoming } from '../occurrences/workflow.js';
import { choice, field, formTo, outsidePage, type FormView } from './page.js';
import { inLanguage, sessionPath, spokenIn, talkOf } from './series-page.js';
import type { OpenSession } from './service.js';

/** So many hours before its start the way in is shown. */
const joinHours = 24;

export interface SessionForms {
  readonly question: FormView;
  readonly pulse: FormView;
}

interface Facts {
  readonly language: Language;
  readonly programme: string;
  readonly publicUrl: string;
  readonly helper?: Helper | undefined;
  readonly now: Temporal.Instant;
}

const publicFrom = ({ start }: Pick<Occurrence, 'start'>): Temporal.Instant =>
  Temporal.Instant.from(start).subtract({ hours: joinHours });

/** An instant as links of calendars take it: 20261201T070000Z. */
const compact = (instant: string): string =>
  Temporal.Instant.from(instant).round('second').toString().replace(/[-:]/g, '');

/** The link to join, once whoever finds the page may have it; until then the page itself is where to go. */
export function publicJoinUrl(
  { joinUrl, start }: Pick<Occurrence, 'joinUrl' | 'start'>,
  now: Temporal.Instant,
): string | undefined {
  return Temporal.Instant.compare(now, publicFrom({ start })) < 0 ? undefined : joinUrl;
}

function calendarLinks(
  { occurrence, key }: OpenSession,
  { language, publicUrl, now }: Facts,
  subject: string,
): Markup {
  const { start, end } = occurrence;
  const location = publicJoinUrl(occurrence, now);
  const page = `${publicUrl}${sessionPath(key, occurrence)}?language=${language}`;
  const google = new URLSearchParams({
    action: 'TEMPLATE',
    text: subject,
    dates: `${compact(start)}/${compact(end)}`,
    details: page,
    location: location ?? page,
  });
  const outlook = new URLSearchParams({
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject,
    startdt: start,
    enddt: end,
    body: page,
    location: location ?? page,
  });
  const file = `${sessionPath(key, occurrence)}/calendar.ics?language=${language}`;
  return markup`<div class="row">
<a href="${file}" download>${t(language, 'public.calendarFile')}</a>
<a href="https://calendar.google.com/calendar/render?${google.toString()}" rel="noreferrer">${t(language, 'public.toGoogle')}</a>
<a href="https://outlook.office.com/calendar/0/deeplink/compose?${outlook.toString()}" rel="noreferrer">${t(language, 'public.toOutlook')}</a>
</div>
`;
}

function wayIn({ joinUrl, start, end }: Occurrence, { language, now }: Facts): Markup | undefined {
  const from = publicFrom({ start });
  if (Temporal.Instant.compare(now, end) >= 0) return undefined;
  if (joinUrl === undefined) return undefined;
  if (Temporal.Instant.compare(now, from) < 0)
    return markup`<p class="quiet">${t(language, 'public.joinLater', { when: momentText(language, from.toString()) })}</p>
`;
  if (webLink(joinUrl) === undefined) return undefined;
  return markup`<p><a class="go" href="${joinUrl}" rel="noreferrer">${t(language, 'public.join')}</a></p>
`;
}

function statusOf(occurrence: Occurrence, language: Language): Markup | undefined {
  const { state, movedFrom } = occurrence;
  if (state.status === 'cancelled') {
    const { reason, language: written } = translatedTo(language, state);
    const why = reason === undefined ? undefined : markup` ${inLanguage(language, reason, written)}`;
    return markup`<div class="notice fault"><p><strong>${t(language, 'public.isCancelled')}</strong>${why}</p></div>
`;
  }
  if (movedFrom === undefined || state.status === 'held') return undefined;
  return markup`<div class="notice"><p>${t(language, 'public.moved', { when: momentText(language, movedFrom) })}</p></div>
`;
}

function links({ record, talk }: Occurrence, language: Language): Markup | undefined {
  const all: Markup[] = [];
  if (record?.recordingUrl !== undefined && webLink(record.recordingUrl) !== undefined)
    all.push(
      markup`<a href="${record.recordingUrl}" rel="noreferrer">${t(language, 'public.recording')}</a>`,
    );
  for (const material of record?.materials ?? []) {
    const { title, url, language: written } = translatedTo(language, material);
    if (webLink(url) !== undefined)
      all.push(markup`<a href="${url}" rel="noreferrer">${inLanguage(language, title, written)}</a>`);
  }
  const own = talk?.material;
  if (
    own !== undefined &&
    webLink(own) !== undefined &&
    record?.materials?.some(({ url }) => url === own) !== true
  )
    all.push(markup`<a href="${own}" rel="noreferrer">${t(language, 'public.material')}</a>`);
  if (all.length === 0) return undefined;
  return markup`<section aria-labelledby="links"><h2 id="links">${t(language, 'public.links')}</h2>
<ul class="plain">${all.map((each) => markup`<li class="line">${each}</li>`)}</ul></section>
`;
}

function answeredQuestions({ answered }: OpenSession, language: Language): Markup | undefined {
  if (answered.length === 0) return undefined;
  return markup`<section aria-labelledby="answered"><h2 id="answered">${t(language, 'public.answered')}</h2>
<ul class="plain">${answered.map(({ text, answer }) => markup`<li><h3>${text}</h3><p>${answer}</p></li>`)}</ul></section>
`;
}

function questionForm(path: string, form: FormView): Markup {
  const { language } = form;
  return markup`<section aria-labelledby="question"><h2 id="question">${t(language, 'public.question')}</h2>
${
  form.isSent
    ? undefined
    : markup`<p>${t(language, 'public.question.text')}</p>
`
}${formTo(
    `${path}/question`,
    form,
    [
      field(form, 'question', {
        id: 'text',
        label: 'public.field.question',
        kind: 'lines',
        isRequired: true,
      }),
      field(form, 'question', {
        id: 'name',
        label: 'public.field.nameIfYouWish',
        kind: 'line',
        autocomplete: 'name',
      }),
    ],
    { button: 'public.question.button', another: 'public.question.another' },
  )}</section>
`;
}

function pulseForm(path: string, form: FormView): Markup {
  const { language } = form;
  return markup`<section aria-labelledby="pulse"><h2 id="pulse">${t(language, 'public.pulse')}</h2>
${formTo(
  `${path}/pulse`,
  form,
  [
    choice(form, 'pulse', {
      id: 'useful',
      label: 'public.pulse.useful',
      options: ([5, 4, 3, 2, 1] as const).map((number) => [
        String(number),
        t(language, `public.pulse.${number}`),
      ]),
    }),
    field(form, 'pulse', { id: 'better', label: 'public.pulse.better', kind: 'lines' }),
  ],
  { button: 'public.pulse.button' },
)}</section>
`;
}

/** The page of one session for people outside: before it the way in and questions, after it what there is to see. */
export function sessionPage(open: OpenSession, facts: Facts, forms: SessionForms): string {
  const { occurrence, series, key } = open;
  const { language, now } = facts;
  const { names, start, end, state } = occurrence;
  const talk = talkOf(occurrence, language);
  const path = sessionPath(key, occurrence);
  const name = names[language];
  const heading = talk?.topic ?? name;
  const subject = talk === undefined ? name : `${name}: ${talk.topic}`;
  const isAhead = isUpcoming(occurrence);
  const hasBegun = state.status !== 'cancelled' && Temporal.Instant.compare(now, start) >= 0;
  return outsidePage({
    language,
    name: talk === undefined ? facts.programme : name,
    heading,
    headingLanguage: talk?.language,
    title: name,
    helper: facts.helper,
    path,
    body: markup`${isAhead ? undefined : forms.question.notice}${hasBegun ? undefined : forms.pulse.notice}${statusOf(occurrence, language)}<p class="when">${spanText(language, start, end)}</p>
${
  talk === undefined
    ? undefined
    : markup`<p>${talk.presenter}</p>
${spokenIn(occurrence, language)}`
}${isAhead ? wayIn(occurrence, facts) : undefined}${isAhead ? calendarLinks(open, facts, subject) : undefined}${links(occurrence, language)}${hasBegun ? pulseForm(path, forms.pulse) : undefined}${answeredQuestions(open, language)}${isAhead ? questionForm(path, forms.question) : undefined}<p class="line"><a href="/open/${key}?language=${language}">${t(language, 'public.toSeries', { name: series.value.names[language] })}</a></p>`,
  });
}
