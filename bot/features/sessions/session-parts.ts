import { say } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import type { Programme } from '../../../src/people/person.js';
import type { Occurrence, OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import type { AgendaItem, Named, SeriesKind } from '../../../src/sessions/series/series.js';
import type { IconName } from '../../cards/icons.js';
import { common, shortened, type CommonData } from '../../cards/parts.js';
import type { LinkData, SessionCardData } from './session-card.js';
import { render, type Card } from '../../cards/render.js';
import { sessionCard } from './session-card.js';
import { occurrenceChip } from '../../cards/state-chip.js';
import { spanText, dayText, momentText } from '../../../src/shared/dates.js';
import { projectName, shownIn } from '../news/receipt-view.js';

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
export const quoted = (label: string, text: string): { label: string; text: string } => ({
  label,
  text: shortened(text, quoteCharacters),
});

/** The project whose turn it is, where there is one. */
export function turnProject(occurrence: Pick<OccurrenceLine, 'slot'>): string | undefined {
  const { slot } = occurrence;
  return slot !== undefined && 'projectId' in slot ? slot.projectId : undefined;
}

/** Whether it is settled that a project presents; a proposal of the rotation settles nothing. */
export function isSlotOf(occurrence: Pick<OccurrenceLine, 'slot'>, projectId: string): boolean {
  return occurrence.slot?.how !== 'proposed' && turnProject(occurrence) === projectId;
}

/** Nobody presents: not even by the rotation's proposal. */
export function isOpenSlot(occurrence: Pick<OccurrenceLine, 'slot' | 'state'>): boolean {
  return occurrence.slot?.how === 'nobody' && isToCome(occurrence);
}

export function isToCome({ state }: Pick<OccurrenceLine, 'state'>): boolean {
  return state.status === 'planned' || state.status === 'confirmed';
}

/** Who presents, in a few words; `undefined` where a series has no turns and nobody said anything. */
export function presenterPhrase(
  occurrence: Pick<OccurrenceLine, 'slot' | 'talk'>,
  programme: Programme,
  language: Language,
): string | undefined {
  const { talk, slot } = occurrence;
  const projectId = turnProject(occurrence);
  const project = projectId === undefined ? undefined : projectName(programme, projectId, language);
  if (talk !== undefined) {
    const speaker = shownText(talk.presenter);
    return project === undefined ? speaker : say(language, 'chat.session.speakerOf', { speaker, project });
  }
  if (project !== undefined) {
    const key = slot?.how === 'proposed' ? 'chat.session.proposedTurn' : 'chat.session.turn';
    return say(language, key, { project });
  }
  return slot === undefined ? undefined : say(language, 'chat.session.nobody');
}

/** Who presents, as a labelled line. */
export function presenterFacts(
  occurrence: Pick<OccurrenceLine, 'slot' | 'talk'>,
  programme: Programme,
  language: Language,
): SessionCardData['facts'] {
  const text = presenterPhrase(occurrence, programme, language);
  return text === undefined ? [] : [{ label: say(language, 'chat.session.presenter'), text }];
}

/** The topic and who presents, as labelled lines. */
export function talkFacts(
  occurrence: Pick<OccurrenceLine, 'slot' | 'talk'>,
  programme: Programme,
  language: Language,
): SessionCardData['facts'] {
  const { talk } = occurrence;
  const topic = talk && { label: say(language, 'chat.session.topic'), text: shownText(talk.topic) };
  return [...(topic ? [topic] : []), ...presenterFacts(occurrence, programme, language)];
}

export function agendaOf(items: readonly AgendaItem[], language: Language): SessionCardData['agendas'] {
  const lines = items.slice(0, maxAgendaLines).map(({ title, minutes }) => ({
    text: nameIn(title, language),
    note: minutes === undefined ? '' : `\u2003${say(language, 'chat.session.minutes', { minutes })}`,
  }));
  return lines.length === 0 ? [] : [{ heading: say(language, 'chat.session.agenda'), lines }];
}

/** The state, and beside it what one must know of it: who cancelled, from when it was moved, the holiday. */
export function chipsOf(occurrence: OccurrenceLine, language: Language): SessionCardData['chips'] {
  return [{ ...occurrenceChip(language, occurrence.state.status), note: chipNote(occurrence, language) }];
}

function chipNote({ state, movedFrom, holiday }: OccurrenceLine, language: Language): string {
  if (state.status === 'cancelled') {
    return say(language, 'chat.session.byWhen', {
      name: state.by.name,
      when: momentText(language, state.at),
    });
  }
  if (movedFrom !== undefined) {
    return say(language, 'chat.session.movedFrom', { when: momentText(language, movedFrom) });
  }
  return holiday === undefined
    ? ''
    : say(language, 'chat.session.holiday', { name: shownText(holiday.names[language]) });
}

export const whenOf = ({ start, end }: Pick<Occurrence, 'start' | 'end'>, language: Language): string =>
  spanText(language, start, end);

/** "Hankeradio ti 1.12." */
export function nameAndDay(occurrence: Pick<OccurrenceLine, 'names' | 'start'>, language: Language): string {
  const name = nameIn(occurrence.names, language);
  return say(language, 'chat.session.nameAndDay', { name, day: dayText(language, occurrence.start) });
}

/** An address that may stand on a card: a link of any other kind is left out. */
export function safeLink(
  title: string,
  url: string | undefined,
  style: LinkData['style'] = 'default',
): LinkData[] {
  return url !== undefined && /^https?:\/\//i.test(url) ? [{ title, url, style }] : [];
}

type SessionCardSays = Partial<Omit<SessionCardData, keyof CommonData>> & {
  readonly actions: SessionCardData['actions'];
  readonly icon: IconName;
  readonly kicker: string;
  readonly speak: readonly (string | undefined)[];
};

/** A card of the session template, what it does not say left empty. */
export function drawn(language: Language, { icon, kicker, speak, ...parts }: SessionCardSays): Card {
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
