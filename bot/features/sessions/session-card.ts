import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import { type Field, fieldList } from '../../cards/fields.js';
import {
  type DetailCardData,
  type StateLooks,
  detailCard,
  detailCommon,
  stateChip,
} from '../../cards/detail-card.js';
import {
  type ButtonData,
  type Chip,
  type CommonData,
  type LinkData,
  type Notice,
  chipRow,
  noticeBands,
  plain,
  projectName,
  quoteBoxes,
  shortened,
  shownIn,
} from '../../cards/parts.js';
import { type Card, render } from '../../cards/render.js';
import { t } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import { translatedTo } from '../../../src/shared/translated.js';
import type { Programme } from '../../../src/people/person.js';
import {
  chosenPerson,
  type Occurrence,
  type OccurrenceLine,
  type OccurrenceStateName,
  occurrenceStates,
  projectOf,
} from '../../../src/sessions/occurrences/occurrence.js';
import type { AgendaItem, Named, SeriesKind } from '../../../src/sessions/series/series.js';
import type { Turn } from '../../conversation/turn.js';
import type { IconName } from '../../cards/icons.js';
import { timedAgenda } from '../../../src/shared/agenda-times.js';
import { momentText, spanText, timeText } from '../../../src/shared/dates.js';
import { kindLooks } from '../../../src/shared/session-kinds.js';
import { z } from 'zod';

/** One session: what it is, a reminder of it, a question about it, or a form that belongs to it. */
export interface SessionCardData extends DetailCardData {
  readonly titles: readonly { readonly text: string }[];
  /** Date and time, as people write them. */
  readonly whens: readonly { readonly text: string }[];
  readonly chips: readonly (Chip & { readonly note: string })[];
  readonly paragraphs: readonly { readonly text: string }[];
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** As {@link facts}, with a text that opens an address. */
  readonly linkFacts: readonly { readonly label: string; readonly text: string; readonly url: string }[];
  readonly agendas: readonly {
    readonly heading: string;
    readonly lines: readonly { readonly text: string; readonly note: string }[];
  }[];
  readonly fields: readonly Field[];
}

const agenda: object = {
  $data: '${agendas}',
  type: 'Container',
  style: 'emphasis',
  spacing: 'Medium',
  items: [
    plain('${heading}', { size: 'Small', weight: 'Bolder' }),
    {
      $data: '${lines}',
      type: 'RichTextBlock',
      spacing: 'Small',
      inlines: [
        { type: 'TextRun', text: '${text}' },
        { type: 'TextRun', text: '${note}', size: 'Small', isSubtle: true },
      ],
    },
  ],
};

/** The small label stands above its text: side by side they would wrap on a phone. */
const facts: object = {
  $data: '${facts}',
  type: 'Container',
  spacing: 'Small',
  items: [plain('${label}', { size: 'Small', isSubtle: true }), plain('${text}', {}, { spacing: 'None' })],
};

const linkFacts: object = {
  $data: '${linkFacts}',
  type: 'Container',
  spacing: 'Small',
  items: [
    plain('${label}', { size: 'Small', isSubtle: true }),
    {
      type: 'RichTextBlock',
      spacing: 'None',
      inlines: [
        {
          type: 'TextRun',
          text: '${text}',
          color: 'Accent',
          underline: true,
          selectAction: { type: 'Action.OpenUrl', title: '${text}', url: '${url}' },
        },
      ],
    },
  ],
};

const sessionCard = detailCard<SessionCardData>('session', [
  // May hold the name that a coordinator gave to a series.
  {
    ...plain('${text}', { size: 'Large', weight: 'Bolder' }, { spacing: 'Small' }),
    $data: '${headlines}',
  },
  noticeBands,
  { ...plain('${text}', { size: 'Medium', weight: 'Bolder' }), $data: '${titles}' },
  { ...plain('${text}', {}, { spacing: 'Small' }), $data: '${whens}' },
  { ...chipRow('${note}'), $data: '${chips}' },
  { ...plain('${text}', {}, { spacing: 'Small' }), $data: '${paragraphs}' },
  facts,
  linkFacts,
  agenda,
  quoteBoxes,
  fieldList,
]);

const textCharacters = 300;
const maxAgendaLines = 12;

export function kindIcon(kind: SeriesKind): IconName {
  return kindLooks[kind].icon;
}

export function nameIn(names: Partial<Named>, language: Language): string {
  return shortened(shownIn(names, language) ?? '', textCharacters);
}

export const shownText = (text: string): string => shortened(text, textCharacters);

/** Whether the slot is free: no project has it or is proposed for it. */
export function isOpenSlot(occurrence: Pick<OccurrenceLine, 'slot' | 'state'>): boolean {
  return occurrence.slot?.how === 'nobody' && isUpcoming(occurrence);
}

/** Who presents, as a phrase; `undefined` where a series has no rotation and no presenter is known. */
export function presenterPhrase(
  occurrence: Pick<OccurrenceLine, 'slot' | 'talk'>,
  programme: Programme,
  language: Language,
): string | undefined {
  const { talk, slot } = occurrence;
  const projectId = projectOf(occurrence);
  const project = projectId === undefined ? undefined : projectName(programme, projectId, language);
  if (talk !== undefined) {
    const speaker = shownText(translatedTo(language, talk).presenter);
    return project === undefined ? speaker : t(language, 'chat.session.speakerOf', { speaker, project });
  }
  const chosen = chosenPerson(occurrence);
  if (project !== undefined && chosen !== undefined)
    return t(language, 'chat.session.speakerOf', { speaker: shownText(chosen.name), project });
  if (project !== undefined) {
    const key = slot?.how === 'proposed' ? 'chat.session.proposedTurn' : 'chat.session.turn';
    return t(language, key, { project });
  }
  return slot === undefined ? undefined : t(language, 'chat.session.nobody');
}

/** What is presented, in the readers' language where somebody has put it into that. */
export function topicIn({ talk }: Pick<OccurrenceLine, 'talk'>, language: Language): string | undefined {
  return talk && translatedTo(language, talk).topic;
}

/** Who presents, as a labelled line. */
export function presenterFacts(
  occurrence: Pick<OccurrenceLine, 'slot' | 'talk'>,
  programme: Programme,
  language: Language,
): SessionCardData['facts'] {
  const text = presenterPhrase(occurrence, programme, language);
  return text === undefined ? [] : [{ label: t(language, 'chat.session.presenter'), text }];
}

/** The topic and who presents, as labelled lines. */
export function talkFacts(
  occurrence: Pick<OccurrenceLine, 'slot' | 'talk'>,
  programme: Programme,
  language: Language,
): SessionCardData['facts'] {
  const text = topicIn(occurrence, language);
  const topic =
    text === undefined ? [] : [{ label: t(language, 'chat.session.topic'), text: shownText(text) }];
  return [...topic, ...presenterFacts(occurrence, programme, language)];
}

/** What happens in a session, with the clock times that the lengths add up to. */
export function agendaOf(
  items: readonly AgendaItem[],
  session: Pick<OccurrenceLine, 'start' | 'end'>,
  language: Language,
): SessionCardData['agendas'] {
  const lines = timedAgenda(items, session)
    .slice(0, maxAgendaLines)
    .map(({ item: { title, minutes }, start }) => ({
      text: [...(start === undefined ? [] : [timeText(language, start)]), nameIn(title, language)].join(
        '\u2002',
      ),
      note: minutes === undefined ? '' : `\u2003${t(language, 'chat.session.minutes', { minutes })}`,
    }));
  return lines.length === 0 ? [] : [{ heading: t(language, 'chat.session.agenda'), lines }];
}

const stateLooks: StateLooks<OccurrenceStateName> = {
  planned: { color: 'Accent', sign: '○' },
  confirmed: { color: 'Good', sign: '✓' },
  held: { color: 'Default', sign: '●' },
  cancelled: { color: 'Default', sign: '✕' },
};

/** The state, and a note beside it: who cancelled the session, from when it was moved, or the holiday. */
export function chipsOf(occurrence: OccurrenceLine, language: Language): SessionCardData['chips'] {
  const { status } = occurrence.state;
  const chip = stateChip(stateLooks[status], t(language, `session.state.${status}`));
  return [{ ...chip, note: chipNote(occurrence, language) }];
}

function chipNote({ state, movedFrom, holiday }: OccurrenceLine, language: Language): string {
  if (state.status === 'cancelled') {
    return t(language, 'chat.session.byWhen', {
      name: state.by.name,
      when: momentText(language, state.at),
    });
  }
  if (movedFrom !== undefined) {
    return t(language, 'chat.session.movedFrom', { when: momentText(language, movedFrom) });
  }
  return holiday === undefined
    ? ''
    : t(language, 'chat.session.holiday', { name: shownText(holiday.names[language]) });
}

export const whenOf = ({ start, end }: Pick<Occurrence, 'start' | 'end'>, language: Language): string =>
  spanText(language, start, end);

/** A link to a web address; a link of any other kind is left out, as it may not be on a card. */
export function safeLink(
  title: string,
  url: string | undefined,
  look: Partial<Pick<LinkData, 'style' | 'mode'>> = {},
): LinkData[] {
  if (url === undefined || !/^https?:\/\//i.test(url)) return [];
  return [{ title, url, style: 'default', mode: 'primary', ...look }];
}

type SessionCardOptions = Partial<Omit<SessionCardData, keyof CommonData>> & {
  readonly actions: SessionCardData['actions'];
  readonly icon: IconName;
  readonly kicker: string;
  readonly speak: readonly (string | undefined)[];
};

/** A card of the session template; what is left out of the options stays empty. */
export function renderSession(
  language: Language,
  { icon, kicker, speak, ...content }: SessionCardOptions,
): Card {
  return render(sessionCard, {
    ...detailCommon(language, icon, kicker, speak),
    headlines: [],
    notices: [],
    titles: [],
    whens: [],
    chips: [],
    paragraphs: [],
    facts: [],
    linkFacts: [],
    agendas: [],
    quotes: [],
    fields: [],
    closings: [],
    links: [],
    ...content,
  });
}

type PlainContent = Partial<
  Pick<SessionCardData, 'notices' | 'paragraphs' | 'quotes' | 'fields' | 'closings' | 'links'>
> & { readonly actions: readonly ButtonData[] };

/** A session with its name and time only, below a headline about what is asked or has happened. */
export function renderPlainSession(
  turn: Turn,
  occurrence: Occurrence,
  headline: string,
  content: PlainContent,
): Card {
  const { language } = turn;
  const name = nameIn(occurrence.names, language);
  const when = whenOf(occurrence, language);
  const texts = [...(content.notices ?? []), ...(content.paragraphs ?? []), ...(content.closings ?? [])];
  return renderSession(language, {
    icon: kindIcon(occurrence.kind),
    kicker: name,
    speak: [headline, name, when, ...texts.map(({ text }) => text)],
    headlines: [{ text: headline }],
    whens: isUpcoming(occurrence) || occurrence.state.status === 'held' ? [{ text: when }] : [],
    ...content,
  });
}

/** Time and state of a session when its card was made; part of the card, so that an old card can show what has changed. */
export const sessionSnapshotSchema = z.object({
  start: z.iso.datetime(),
  state: z.enum(occurrenceStates),
});
export type SessionSnapshot = z.infer<typeof sessionSnapshotSchema>;

export function sessionSnapshot({ start, state }: Pick<OccurrenceLine, 'start' | 'state'>): SessionSnapshot {
  return { start, state: state.status };
}

/** Notices that the session is cancelled or over, and that it was moved or brought back since its card was made. */
export function sessionChanges(
  seen: SessionSnapshot | undefined,
  { state, start }: OccurrenceLine,
  language: Language,
): Notice[] {
  const when = momentText(language, start);
  if (state.status === 'cancelled') {
    const text = t(language, 'chat.session.isCancelled', { name: state.by.name });
    const { reason } = translatedTo(language, state);
    const why = reason === undefined ? [] : [{ style: 'emphasis' as const, text: shownText(reason) }];
    return [{ style: 'warning', text }, ...why];
  }
  const isMoved = seen !== undefined && seen.start !== start;
  const moved: Notice[] = isMoved
    ? [
        {
          style: 'warning',
          text: t(language, 'chat.session.isMoved', { was: momentText(language, seen.start), when }),
        },
      ]
    : [];
  if (state.status === 'held') {
    return [
      ...moved,
      ...(seen?.state === 'held'
        ? []
        : [{ style: 'accent' as const, text: t(language, 'chat.session.isHeld') }]),
    ];
  }
  const isBack = seen?.state === 'cancelled';
  const back: Notice[] = isBack ? [{ style: 'good', text: t(language, 'chat.session.isBack') }] : [];
  return [...back, ...moved];
}
