import { Temporal } from 'temporal-polyfill';
import type { FieldFault } from '../../../src/platform/errors.js';
import { homeDate, today, type Clock } from '../../../src/platform/clock.js';
import { say } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import type { Programme } from '../../../src/people/person.js';
import type { SessionContent } from '../../../src/sessions/fan-outs.js';
import type { Occurrence } from '../../../src/sessions/occurrences/occurrence.js';
import { button, type ButtonData, type Notice } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import type { Field } from '../../cards/fields.js';
import { momentText } from '../../../src/shared/dates.js';
import { formField } from '../../cards/form-field.js';
import { agendaOf, drawn, kindIcon, nameIn, presenterPhrase, talkFacts, whenOf } from './session-parts.js';
import {
  askButton,
  cannotButton,
  listButton,
  recordLinks,
  sessionLinks,
  type SessionFacts,
} from './session-view.js';

/** For whom a card is drawn: one person, or everybody who reads a language. */
export interface Readers {
  readonly language: Language;
  readonly programme: Programme;
}

const soonMinutes = 90;

/** "Hankeradio on huomenna": how near the session is at this moment. */
function nearness(
  { names, start }: Pick<Occurrence, 'names' | 'start'>,
  language: Language,
  clock: Clock,
): string {
  const name = nameIn(names, language);
  const minutes = clock.now().until(Temporal.Instant.from(start)).total('minutes');
  if (minutes < soonMinutes) return say(language, 'chat.reminder.soon', { name });
  const days = today(clock).until(homeDate(start), { largestUnit: 'days' }).days;
  if (days === 0) return say(language, 'chat.reminder.today', { name });
  return say(language, days === 1 ? 'chat.reminder.tomorrow' : 'chat.reminder.later', { name });
}

/**
 * A reminder: when, who presents what, the agenda, and how to join. Everybody of a language sees the same card, so
 * nobody's own data is in it.
 */
export function reminderView(readers: Readers, facts: SessionFacts, clock: Clock): Card {
  const { language, programme } = readers;
  const { occurrence, agenda } = facts;
  const name = nameIn(occurrence.names, language);
  const headline = nearness(occurrence, language, clock);
  const when = whenOf(occurrence, language);
  const hearing = { language, scope: 'channel' } as const;
  return drawn(language, {
    icon: kindIcon(occurrence.kind),
    kicker: say(language, 'chat.kicker.reminder', { name }),
    speak: [headline, when, occurrence.talk?.topic, presenterPhrase(occurrence, programme, language)],
    headlines: [{ text: headline }],
    whens: [{ text: when }],
    facts: talkFacts(occurrence, programme, language),
    agendas: agendaOf(agenda, language),
    links: sessionLinks(facts, readers),
    actions: [askButton(occurrence, readers), cannotButton(facts, hearing)],
  });
}

type Change = Extract<SessionContent, { kind: 'change' }>;

/** A session was moved, cancelled or brought back at short notice. */
export function changeView(readers: Readers, facts: SessionFacts, { change, was }: Change): Card {
  const { language, programme } = readers;
  const { occurrence } = facts;
  const { state } = occurrence;
  const name = nameIn(occurrence.names, language);
  const headline = say(language, `chat.change.${change}`, { name });
  const when = whenOf(occurrence, language);
  const hearing = { language, scope: 'channel' } as const;
  const before = { was: momentText(language, was) };
  const reason = state.status === 'cancelled' ? state.reason : undefined;
  const isOff = change === 'cancelled';
  return drawn(language, {
    icon: kindIcon(occurrence.kind),
    kicker: name,
    speak: [headline, when, reason],
    headlines: [{ text: headline }],
    notices: [
      {
        style: isOff ? 'warning' : 'accent',
        text: say(language, `chat.change.${change}.text`, { ...before, when }),
      },
    ],
    facts: isOff ? [] : talkFacts(occurrence, programme, language),
    quotes: reason === undefined ? [] : [{ label: say(language, 'chat.change.reason'), text: reason }],
    links: sessionLinks(facts, readers),
    actions: isOff
      ? [listButton(readers)]
      : [askButton(occurrence, readers), cannotButton(facts, hearing), listButton(readers)],
  });
}

/** The five answers to how useful it was, and the words of what to do better. */
export interface PulseTyped {
  readonly useful: string;
  readonly better: string;
}

function pulseFields(language: Language, typed: PulseTyped, faults: readonly FieldFault[]): Field[] {
  return [
    formField(language, faults, {
      id: 'useful',
      kind: 'buttons',
      label: say(language, 'chat.pulse.useful'),
      value: typed.useful,
      wants: say(language, 'chat.pulse.useful.wants'),
      isRequired: true,
      choices: ([5, 4, 3, 2, 1] as const).map((number) => ({
        title: say(language, `chat.pulse.${number}`),
        value: String(number),
      })),
    }),
    formField(language, faults, {
      id: 'better',
      kind: 'lines',
      label: say(language, 'chat.pulse.better'),
      example: say(language, 'chat.pulse.better.example'),
      value: typed.better,
    }),
  ];
}

/** What a drawing of the thanks says beyond the session. */
export interface ThanksSays {
  readonly isAnswered?: boolean;
  readonly typed?: PulseTyped;
  readonly faults?: readonly FieldFault[];
  readonly notices?: readonly Notice[];
}

/** Thanks with the materials and the recording, and two questions; once they are answered, thanks for that. */
export function thanksView(readers: Readers, occurrence: Occurrence, says: ThanksSays = {}): Card {
  const { language, programme } = readers;
  const name = nameIn(occurrence.names, language);
  const headline = say(language, 'chat.thanks.headline', { name });
  const isAnswered = says.isAnswered === true;
  const text = say(language, isAnswered ? 'chat.pulse.thanks' : 'chat.pulse.ask');
  const links = recordLinks(occurrence, readers);
  const send: ButtonData[] = isAnswered
    ? [listButton(readers)]
    : [button(say(language, 'chat.pulse.send'), 'pulse.send', { id: occurrence.id }, 'positive', 'auto')];
  return drawn(language, {
    icon: kindIcon(occurrence.kind),
    kicker: name,
    speak: [headline, text],
    headlines: [{ text: headline }],
    notices: says.notices ?? [],
    whens: [{ text: whenOf(occurrence, language) }],
    facts: talkFacts(occurrence, programme, language),
    paragraphs: [
      ...(links.length > 0 ? [{ text: say(language, 'chat.thanks.links') }] : []),
      ...(isAnswered ? [] : [{ text }]),
    ],
    fields: isAnswered
      ? []
      : pulseFields(language, says.typed ?? { useful: '', better: '' }, says.faults ?? []),
    closings: isAnswered ? [{ text }] : [],
    links: links.map((link) => ({ ...link, style: isAnswered ? link.style : 'default' })),
    actions: send,
  });
}
