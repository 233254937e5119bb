import type { Helper } from '../../people/person.js';
import { t } from '../../i18n/messages.js';
import { type Markup, markup, webLink } from '../../platform/html.js';
import { dateWithYearText, momentText, spanText } from '../../shared/dates.js';
import { type Language, languages } from '../../shared/languages.js';
import { wordsOfRule } from '../../shared/rule-words.js';
import { translatedTo } from '../../shared/translated.js';
import { takesContacts } from '../coming/invited.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import type { Series } from '../series/series.js';
import { field, formTo, outsidePage, tick, type FormView } from './page.js';
import type { OpenSeries } from './service.js';

/** Text with its language, where that is another than the page's. */
export function inLanguage(language: Language, text: string, written: string = language): Markup {
  return written === language ? markup`${text}` : markup`<span lang="${written}">${text}</span>`;
}

/** Where a session is followed by the calendars that people have. */
export function followLinks(
  { feedKey }: Pick<Series, 'feedKey'>,
  { language, publicUrl }: { readonly language: Language; readonly publicUrl: string },
): Markup {
  const feed = `${publicUrl}/calendar/${feedKey}/${language}.ics`;
  const webcal = feed.replace(/^https?:/, 'webcal:');
  const google = `https://calendar.google.com/calendar/r?cid=${encodeURIComponent(webcal)}`;
  const outlook = `https://outlook.office.com/calendar/0/addfromweb?url=${encodeURIComponent(feed)}`;
  return markup`<p>${t(language, 'public.follow.text')}</p>
<div class="row">
<a href="${webcal}">${t(language, 'public.follow.app')}</a>
<a href="${google}" rel="noreferrer">${t(language, 'public.toGoogle')}</a>
<a href="${outlook}" rel="noreferrer">${t(language, 'public.toOutlook')}</a>
</div>`;
}

/** What is presented and by whom; nothing where nobody has entered it. */
export function talkOf({ talk }: Pick<Occurrence, 'talk'>, language: Language) {
  return talk && translatedTo(language, talk);
}

/** In which language it is presented, where that is another than the reader's. */
export function spokenIn({ talk }: Pick<Occurrence, 'talk'>, language: Language): Markup | undefined {
  if (talk === undefined || talk.language === language) return undefined;
  return markup`<p class="quiet">${t(language, `public.spokenIn.${talk.language}`)}</p>`;
}

/** Its own address below that of the series. */
export const sessionPath = (key: string, { date }: Pick<Occurrence, 'date'>): string =>
  `/open/${key}/${date}`;

/** The topic first, or where nobody has entered one, the time. */
function line(key: string, occurrence: Occurrence, language: Language): Markup {
  const { state, start, end, movedFrom } = occurrence;
  const talk = talkOf(occurrence, language);
  const isOff = state.status === 'cancelled';
  const span = spanText(language, start, end);
  const when = isOff ? markup`<s>${span}</s>` : markup`${span}`;
  const tag = isOff ? markup` <span class="tag">${t(language, 'public.cancelled')}</span>` : undefined;
  const title = talk === undefined ? when : inLanguage(language, talk.topic, talk.language);
  const by =
    talk === undefined
      ? undefined
      : markup`<p>${when}</p><p class="quiet">${talk.presenter}</p>${spokenIn(occurrence, language)}`;
  const moved =
    movedFrom === undefined || isOff
      ? undefined
      : markup`<p class="quiet">${t(language, 'public.moved', { when: momentText(language, movedFrom) })}</p>`;
  return markup`<li><h3><a href="${sessionPath(key, occurrence)}?language=${language}">${title}</a>${tag}</h3>
${by}${moved}</li>
`;
}

function heldLine(key: string, occurrence: Occurrence, language: Language): Markup {
  const { names, start, record } = occurrence;
  const talk = talkOf(occurrence, language);
  const recording = webLink(record?.recordingUrl);
  const title =
    talk === undefined ? markup`${names[language]}` : inLanguage(language, talk.topic, talk.language);
  const link =
    recording === undefined
      ? undefined
      : markup`<a href="${record?.recordingUrl}" rel="noreferrer">${t(language, 'public.recording')}</a>`;
  return markup`<li><h3><a href="${sessionPath(key, occurrence)}?language=${language}">${title}</a></h3>
<p class="quiet">${dateWithYearText(language, start)}${talk === undefined ? undefined : markup` · ${talk.presenter}`}</p>${link === undefined ? undefined : markup`<p class="line">${link}</p>`}</li>
`;
}

function description({ descriptions }: Series, language: Language): Markup | undefined {
  const written = [language, ...languages].find((each) => (descriptions[each] ?? '') !== '');
  if (written === undefined) return undefined;
  return markup`<p class="lead">${inLanguage(language, descriptions[written] ?? '', written)}</p>
`;
}

function ruleText({ segments, state }: Series, language: Language): string {
  const last = segments.at(-1);
  if (last === undefined) return '';
  const { rule, time, until } = last;
  if (state.status === 'ended')
    return until === undefined
      ? t(language, 'public.ended')
      : t(language, 'public.endedAt', { date: dateWithYearText(language, `${until}T12:00:00Z`) });
  const words = wordsOfRule((key, values) => t(language, key, values), language, rule, time);
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}

/** The form on which somebody asks to be invited. */
function signUpForm(key: string, { names }: Series, form: FormView): Markup {
  const { language } = form;
  const consent = markup`${t(language, 'public.signUp.consent', { name: names[language] })} <a href="/privacy?language=${language}">${t(language, 'public.signUp.privacy')}</a>`;
  const options = languages.map(
    (
      each,
    ) => markup`<option value="${each}" lang="${each}"${(form.typed?.language ?? language) === each ? markup` selected` : undefined}>${t(each, `language.own.${each}`)}</option>
`,
  );
  return formTo(
    `/open/${key}/sign-up`,
    form,
    [
      field(form, 'sign-up', {
        id: 'name',
        label: 'public.field.name',
        kind: 'line',
        isRequired: true,
        autocomplete: 'name',
      }),
      field(form, 'sign-up', {
        id: 'address',
        label: 'public.field.address',
        kind: 'email',
        isRequired: true,
        autocomplete: 'email',
      }),
      field(form, 'sign-up', {
        id: 'organisation',
        label: 'public.field.organisation',
        kind: 'line',
        autocomplete: 'organization',
      }),
      markup`<div class="field"><label for="sign-up-language">${t(language, 'public.field.language')}</label>
<select id="sign-up-language" name="language">
${options}</select></div>
`,
      tick(form, 'sign-up', 'consent', consent),
    ],
    { button: 'public.signUp.button', another: 'public.signUp.another' },
  );
}

/** The forms of the page, and what was typed into the one that was sent. */
export interface SeriesForms {
  readonly signUp: FormView;
  readonly topic: FormView;
}

interface Facts {
  readonly language: Language;
  readonly programme: string;
  readonly helper?: Helper | undefined;
  readonly publicUrl: string;
}

/** The page of a series for people outside: what it is, its next sessions, and how they get its invitations. */
export function seriesPage(
  open: OpenSeries,
  { language, programme, publicUrl, helper }: Facts,
  forms: SeriesForms,
): string {
  const { series, key, next, held } = open;
  const isOn = takesContacts(series);
  const name = series.names[language];
  const section = (
    id: string,
    heading: string,
    body: Markup,
  ): Markup => markup`<section aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
${body}
</section>
`;
  const lines = next.map((occurrence) => line(key, occurrence, language));
  const nothing = markup`<p>${t(language, 'public.next.none')}</p>`;
  return outsidePage({
    language,
    name: programme,
    heading: name,
    title: programme,
    helper,
    path: `/open/${key}`,
    body: markup`${isOn ? undefined : (forms.signUp.notice ?? forms.topic.notice)}${description(series, language)}<p class="when">${ruleText(series, language)}</p>
${section('next', t(language, 'public.next'), lines.length === 0 ? nothing : markup`<ul class="plain">${lines}</ul>`)}${
      isOn
        ? [
            section(
              'sign-up',
              t(language, 'public.signUp'),
              markup`${
                forms.signUp.isSent
                  ? undefined
                  : markup`<p>${t(language, 'public.signUp.text')}</p>
`
              }${signUpForm(key, series, forms.signUp)}`,
            ),
            section('follow', t(language, 'public.follow'), followLinks(series, { language, publicUrl })),
          ]
        : []
    }${
      held.length === 0
        ? undefined
        : section(
            'held',
            t(language, 'public.held'),
            markup`<ul class="plain">${held.map((occurrence) => heldLine(key, occurrence, language))}</ul>`,
          )
    }${
      isOn
        ? section(
            'topic',
            t(language, 'public.topic'),
            formTo(
              `/open/${key}/topic`,
              forms.topic,
              [
                field(forms.topic, 'topic', {
                  id: 'text',
                  label: 'public.field.topic',
                  kind: 'line',
                  isRequired: true,
                }),
                field(forms.topic, 'topic', {
                  id: 'name',
                  label: 'public.field.nameIfYouWish',
                  kind: 'line',
                  autocomplete: 'name',
                }),
              ],
              { button: 'public.topic.button', another: 'public.topic.another' },
            ),
          )
        : undefined
    }`,
  });
}
