import { helpLineHtml } from '../people/help-line.js';
import type { Helper } from '../people/person.js';
import { t } from '../i18n/messages.js';
import type { MailKey } from '../i18n/keys.js';
import { languages, type Language } from '../shared/languages.js';
import { cardPage } from '../platform/card-page.js';
import { Markup, markup } from '../platform/html.js';
import { shownAddress } from '../platform/mail-address.js';
import type { Contact, Offer } from './contact.js';

/**
 * What the page shows: what somebody chooses, with what has just happened; that mails have stopped, with what may be in
 * their calendar still, or that it is cleared; that whoever adds them again may write to them (`lifted`); or that there is
 * no such link.
 */
export type StopView =
  | {
      readonly is: 'choices';
      readonly contact: Contact;
      readonly offers: readonly Offer[];
      /** `savedLess`: a last mail takes something out of their calendar; `savedMore`: an invitation comes. */
      readonly notice?: 'saved' | 'savedLess' | 'savedMore' | 'isBack';
    }
  | {
      readonly is: 'done';
      readonly language: Language;
      readonly offers: readonly Offer[];
      readonly clears: boolean;
    }
  | { readonly is: 'lifted'; readonly language: Language }
  | { readonly is: 'none'; readonly language?: Language };

interface Facts {
  /** The programme's. */
  readonly names: Readonly<Record<Language, string>>;
  readonly helper?: Helper | undefined;
  /** Of whoever asks: the page's, where it is nobody's. */
  readonly language: Language;
  readonly key: string;
}

interface Reader {
  readonly language: Language;
  readonly key: string;
}

/** The address so that its owner knows it, and nobody to whom the link was forwarded learns it. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${at > 1 ? address.slice(0, 1) : ''}…${shownAddress(address).slice(at)}`;
}

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly more?: string;
  readonly isChosen: boolean;
  readonly language?: Language;
}

function choiceField(type: 'checkbox' | 'radio', name: string, choice: Choice): Markup {
  const { value, label, more, isChosen, language } = choice;
  const lang = language && markup` lang="${language}"`;
  const quiet = more === undefined ? undefined : markup`<small>${more}</small>`;
  return markup`<label class="choice"${lang}><input type="${type}" name="${name}" value="${value}"${isChosen ? markup` checked` : undefined}><span>${label}${quiet}</span></label>
`;
}

function fieldset(legend: string, fields: readonly Markup[]): Markup {
  return markup`<fieldset><legend>${legend}</legend>
${fields}</fieldset>
`;
}

function choicesForm({ contact, offers }: Extract<StopView, { is: 'choices' }>, { key }: Reader): Markup {
  const { language, subscriptions, wants = 'both' } = contact;
  const series = offers.map(({ id, name, line }) =>
    choiceField('checkbox', 'series', {
      value: id,
      label: name,
      more: line,
      isChosen: subscriptions.includes(id),
    }),
  );
  const shown = offers.map(({ id }) => markup`<input type="hidden" name="shown" value="${id}">`);
  const what = (['both', 'invitations', 'reminders'] as const).map((each) =>
    choiceField('radio', 'what', {
      value: each,
      label: t(language, `choices.what.${each}`),
      more: t(language, `choices.what.${each}More`),
      isChosen: wants === each,
    }),
  );
  const tongues = languages.map((each) =>
    choiceField('radio', 'language', {
      value: each,
      label: t(each, `language.own.${each}`),
      isChosen: each === language,
      language: each,
    }),
  );
  return markup`<form method="post" action="/stop/${key}/choices">
${shown}${series.length === 0 ? undefined : fieldset(t(language, 'choices.series'), series)}
${fieldset(t(language, 'choices.what'), what)}
${fieldset(t(language, 'choices.language'), tongues)}
<button type="submit">${t(language, 'choices.save')}</button>
</form>`;
}

const linesOf = (offers: readonly Offer[], { language, key }: Reader) => ({
  feeds: offers.flatMap(({ name, feedUrl }) =>
    feedUrl === undefined
      ? []
      : [
          markup`<li><a href="${feedUrl.replace(/^https?:/, 'webcal:')}">${t(language, 'choices.feed', { name })}</a></li>
`,
        ],
  ),
  removals: offers.flatMap(({ name, inCalendar }) =>
    inCalendar.map(({ name: file, line }) => {
      const what = inCalendar.length > 1 ? `${name}, ${line}` : name;
      return markup`<li><a href="/stop/${key}/calendar/${file}.ics">${t(language, 'choices.remove', { name: what })}</a></li>
`;
    }),
  ),
});

function calendarPart(offers: readonly Offer[], reader: Reader): Markup | undefined {
  const { feeds, removals } = linesOf(offers, reader);
  if (feeds.length + removals.length === 0) return undefined;
  const { language } = reader;
  return markup`<section><h2>${t(language, 'choices.calendar')}</h2>
<p>${t(language, 'choices.calendarMore')}</p>
<ul class="links">${feeds}${removals}</ul></section>`;
}

function stopPart({ language, key }: Reader): Markup {
  return markup`<section><h2>${t(language, 'stop.ask')}</h2>
<p>${t(language, 'stop.askMore')}</p>
<form class="quiet" method="post" action="/stop/${key}">
<input type="hidden" name="from" value="page">
<label class="choice"><input type="checkbox" name="calendar" value="on" checked><span>${t(language, 'choices.stopCalendar')}</span></label>
<button type="submit">${t(language, 'stop.button')}</button>
</form></section>`;
}

function choicesBody(view: Extract<StopView, { is: 'choices' }>, reader: Reader): Markup {
  const { language } = reader;
  const { contact, offers, notice } = view;
  const said = notice === 'isBack' ? (`isBack.${contact.wants ?? 'both'}` as const) : notice;
  const status =
    said &&
    markup`<p class="status" role="status">${t(language, `choices.${said}`)}</p>
`;
  return markup`${status}<p>${t(language, 'choices.more', { address: maskedAddress(contact.address) })}</p>
${choicesForm(view, reader)}
${calendarPart(
  offers.filter(({ id }) => contact.subscriptions.includes(id)),
  reader,
)}
${stopPart(reader)}`;
}

function doneBody({ offers, clears }: Extract<StopView, { is: 'done' }>, reader: Reader): Markup {
  const { language, key } = reader;
  const { removals } = linesOf(offers, reader);
  const calendar =
    removals.length === 0
      ? undefined
      : markup`<p>${t(language, 'stop.doneFiles')}</p>
<ul class="links">${removals}</ul>`;
  return markup`<p>${t(language, clears ? 'stop.doneCalendar' : 'stop.doneMore')}</p>
${calendar}<div class="mistake"><p>${t(language, 'stop.mistake')}</p>
<form method="post" action="/stop/${key}/back"><button type="submit">${t(language, 'stop.back')}</button></form></div>`;
}

/** The page on which somebody chooses what they are sent, stops it, or takes that back. Names nobody: links are forwarded. */
export function stopPage(view: StopView, { names, language: ofBrowser, key, helper }: Facts): string {
  const own = (view.is === 'choices' ? view.contact.language : view.language) ?? ofBrowser;
  const reader = { language: own, key };
  const programme = names[own];
  const heading: MailKey = view.is === 'choices' ? 'choices.heading' : `stop.${view.is}`;
  const text = (name: MailKey): Markup => markup`<p>${t(own, name, { programme })}</p>`;
  const body =
    view.is === 'choices'
      ? choicesBody(view, reader)
      : view.is === 'done'
        ? doneBody(view, reader)
        : text(`stop.${view.is}More`);
  return cardPage({
    language: own,
    name: programme,
    heading: t(own, heading),
    title: t(own, 'stop.title'),
    body: markup`${body}${helper === undefined ? undefined : markup`<p class="help">${new Markup(helpLineHtml(own, helper))}</p>`}
<nav><a href="/privacy?language=${own}">${t(own, 'privacy.title')}</a></nav>`,
  });
}
