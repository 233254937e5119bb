import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import { type Field, fieldList } from '../../cards/fields.js';
import {
  type ButtonData,
  type Chip,
  type CommonData,
  type LinkData,
  type Notice,
  type Quote,
  buttons,
  cardAround,
  chipRow,
  common,
  header,
  links,
  noticeBands,
  plain,
  projectName,
  quoteBoxes,
  shortened,
  shownIn,
} from '../../cards/parts.js';
import { type Card, cardTemplate, render } from '../../cards/render.js';
import { t } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import type { Programme } from '../../../src/people/person.js';
import {
  type Occurrence,
  type OccurrenceLine,
  type OccurrenceStateName,
  occurrenceStates,
} from '../../../src/sessions/occurrences/occurrence.js';
import type { AgendaItem, Named, SeriesKind } from '../../../src/sessions/series/series.js';
import type { IconName } from '../../cards/icons.js';
import { dayText, momentText, spanText } from '../../../src/shared/dates.js';
import { z } from 'zod';

/** One session: what it is, a reminder of it, a question about it, or a form that belongs to it. */
export interface SessionCardData extends CommonData {
  /** What has happened or is asked; none where the card only shows. */
  readonly headlines: readonly { readonly text: string }[];
  readonly notices: readonly Notice[];
  readonly titles: readonly { readonly text: string }[];
  /** When it is, as people say it. */
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
  readonly quotes: readonly Quote[];
  readonly fields: readonly Field[];
  readonly closings: readonly { readonly text: string }[];
  readonly links: readonly LinkData[];
  readonly actions: readonly ButtonData[];
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

/** The label small above what it names: beside each other they would break on a phone. */
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

const sessionCard = cardTemplate<SessionCardData>(
  'session',
  cardAround({
    body: [
      header,
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
      { ...plain('${text}', {}, { spacing: 'Medium' }), $data: '${closings}' },
    ],
    actions: [links, buttons],
  }),
);

const textCharacters = 300;
const quoteCharacters = 1200;
const maxAgendaLines = 12;

const kindIcons: Readonly<Record<SeriesKind, IconName>> = {
  hankeradio: 'radio',
  bigRoom: 'room',
  training: 'training',
  own: 'session',
};

export function kindIcon(kind: SeriesKind): IconName {
  return kindIcons[kind];
}

export function nameIn(names: Partial<Named>, language: Language): string {
  return shortened(shownIn(names, language) ?? '', textCharacters);
}

export const shownText = (text: string): string => shortened(text, textCharacters);
export const quote = (label: string, text: string): { label: string; text: string } => ({
  label,
  text: shortened(text, quoteCharacters),
});

/** The project that has the slot or is proposed for it, where there is one. */
export function slotProject(occurrence: Pick<OccurrenceLine, 'slot'>): string | undefined {
  const { slot } = occurrence;
  return slot !== undefined && 'projectId' in slot ? slot.projectId : undefined;
}

/** Nobody presents: not even by the rotation's proposal. */
export function isOpenSlot(occurrence: Pick<OccurrenceLine, 'slot' | 'state'>): boolean {
  return occurrence.slot?.how === 'nobody' && isUpcoming(occurrence);
}

/** Who presents, in a few words; `undefined` where a series has no rotation and no presenter is known. */
export function presenterPhrase(
  occurrence: Pick<OccurrenceLine, 'slot' | 'talk'>,
  programme: Programme,
  language: Language,
): string | undefined {
  const { talk, slot } = occurrence;
  const projectId = slotProject(occurrence);
  const project = projectId === undefined ? undefined : projectName(programme, projectId, language);
  if (talk !== undefined) {
    const speaker = shownText(talk.presenter);
    return project === undefined ? speaker : t(language, 'chat.session.speakerOf', { speaker, project });
  }
  if (project !== undefined) {
    const key = slot?.how === 'proposed' ? 'chat.session.proposedTurn' : 'chat.session.turn';
    return t(language, key, { project });
  }
  return slot === undefined ? undefined : t(language, 'chat.session.nobody');
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
  const { talk } = occurrence;
  const topic = talk && { label: t(language, 'chat.session.topic'), text: shownText(talk.topic) };
  return [...(topic ? [topic] : []), ...presenterFacts(occurrence, programme, language)];
}

export function agendaOf(items: readonly AgendaItem[], language: Language): SessionCardData['agendas'] {
  const lines = items.slice(0, maxAgendaLines).map(({ title, minutes }) => ({
    text: nameIn(title, language),
    note: minutes === undefined ? '' : `\u2003${t(language, 'chat.session.minutes', { minutes })}`,
  }));
  return lines.length === 0 ? [] : [{ heading: t(language, 'chat.session.agenda'), lines }];
}

const occurrenceLooks: Readonly<Record<OccurrenceStateName, { color: Chip['chipColor']; sign: string }>> = {
  planned: { color: 'Accent', sign: '○' },
  confirmed: { color: 'Good', sign: '✓' },
  held: { color: 'Default', sign: '●' },
  cancelled: { color: 'Default', sign: '✕' },
};

function occurrenceChip(language: Language, state: OccurrenceStateName): Chip {
  const { color, sign } = occurrenceLooks[state];
  return { chipColor: color, chipText: `${sign} ${t(language, `session.state.${state}`)}` };
}

/** The state, and beside it what one must know of it: who cancelled, from when it was moved, the holiday. */
export function chipsOf(occurrence: OccurrenceLine, language: Language): SessionCardData['chips'] {
  return [{ ...occurrenceChip(language, occurrence.state.status), note: chipNote(occurrence, language) }];
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

/** "Hankeradio ti 1.12." */
export function nameAndDay(occurrence: Pick<OccurrenceLine, 'names' | 'start'>, language: Language): string {
  const name = nameIn(occurrence.names, language);
  return t(language, 'chat.session.nameAndDay', { name, day: dayText(language, occurrence.start) });
}

/** An address that may stand on a card: a link of any other kind is left out. */
export function safeLink(
  title: string,
  url: string | undefined,
  style: LinkData['style'] = 'default',
): LinkData[] {
  return url !== undefined && /^https?:\/\//i.test(url) ? [{ title, url, style }] : [];
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
  { icon, kicker, speak, ...parts }: SessionCardOptions,
): Card {
  const said = speak.filter((part) => part !== undefined && part !== '');
  return render(sessionCard, {
    ...common(
      language,
      icon,
      kicker,
      said.map((part) => `${(part ?? '').replace(/[.…]$/, '')}.`),
    ),
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
    ...parts,
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

/** That it is cancelled or over, whatever the card knew; and that it was moved or brought back since. */
export function sessionChanges(
  seen: SessionSnapshot | undefined,
  { state, start }: OccurrenceLine,
  language: Language,
): Notice[] {
  const when = momentText(language, start);
  if (state.status === 'cancelled') {
    const text = t(language, 'chat.session.isCancelled', { name: state.by.name });
    const reason =
      state.reason === undefined ? [] : [{ style: 'emphasis' as const, text: shownText(state.reason) }];
    return [{ style: 'warning', text }, ...reason];
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
