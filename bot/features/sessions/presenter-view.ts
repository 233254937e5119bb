import type { FieldFault } from '../../../src/platform/errors.js';
import type { OccurrenceId, ProjectId } from '../../../src/platform/ids.js';
import { say } from '../../../src/i18n/messages.js';
import { languages, type Language } from '../../../src/shared/languages.js';
import type { Occurrence, OccurrenceLine, Talk } from '../../../src/sessions/occurrences/occurrence.js';
import { button, type ButtonData, type Notice } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import type { SessionCardData } from './session-card.js';
import { dayText, momentText } from '../../../src/shared/dates.js';
import { seenSession } from './session-snapshot.js';
import type { Turn } from '../../conversation/turn.js';
import { formField } from '../../cards/form-field.js';
import { projectName } from '../news/receipt-view.js';
import { drawn, isToCome, kindIcon, nameIn, quoted, turnProject, whenOf } from './session-parts.js';

/** What a presenter has typed, as the card sends it. */
export interface TalkTyped {
  readonly topic: string;
  readonly speaker: string;
  readonly material: string;
  readonly talkLanguage: string;
}

/** The answer that stands, or an empty form: by oneself, in one's own language. */
export function talkTyped({ person, language }: Turn, talk: Talk | undefined): TalkTyped {
  return {
    topic: talk?.topic ?? '',
    speaker: talk?.presenter ?? person.name,
    material: talk?.material ?? '',
    talkLanguage: talk?.language ?? language,
  };
}

export interface PresenterSays {
  readonly headline: string;
  readonly typed: TalkTyped;
  readonly faults?: readonly FieldFault[];
  readonly notices?: readonly Notice[];
  readonly quotes?: SessionCardData['quotes'];
  readonly intro?: string;
}

function fields(language: Language, typed: TalkTyped, faults: readonly FieldFault[]) {
  return [
    formField(language, faults, {
      id: 'topic',
      kind: 'text',
      label: say(language, 'chat.presenter.topic'),
      example: say(language, 'chat.presenter.topic.example'),
      wants: say(language, 'chat.presenter.topic.wants'),
      value: typed.topic,
      isRequired: true,
    }),
    formField(language, faults, {
      id: 'speaker',
      kind: 'text',
      label: say(language, 'chat.presenter.speaker'),
      example: say(language, 'chat.presenter.speaker.example'),
      wants: say(language, 'chat.presenter.speaker.wants'),
      value: typed.speaker,
      isRequired: true,
    }),
    formField(language, faults, {
      id: 'material',
      kind: 'link',
      label: say(language, 'chat.presenter.material'),
      example: say(language, 'chat.presenter.material.example'),
      wants: say(language, 'field.notALink'),
      value: typed.material,
    }),
    formField(language, faults, {
      id: 'talkLanguage',
      kind: 'choice',
      label: say(language, 'chat.presenter.language'),
      wants: say(language, 'chat.form.wants.language'),
      value: typed.talkLanguage,
      isRequired: true,
      choices: languages.map((value) => ({ title: say(language, `language.own.${value}`), value })),
    }),
  ];
}

/** What of the answer an old card has seen: whoever answers over a newer one is told first. */
const answeredAt = ({ talk }: Occurrence): string => talk?.at ?? '';

/** The presenter's form: topic, speaker, material; or "we can't", or another turn. */
export function presenterView(turn: Turn, occurrence: Occurrence, says: PresenterSays): Card {
  const { language, programme } = turn;
  const name = nameIn(occurrence.names, language);
  const project = projectName(programme, turnProject(occurrence) ?? '', language);
  const when = whenOf(occurrence, language);
  const data = { id: occurrence.id, seen: seenSession(occurrence) };
  const send = say(language, occurrence.talk === undefined ? 'chat.presenter.send' : 'chat.form.save');
  return drawn(language, {
    icon: kindIcon(occurrence.kind),
    kicker: say(language, 'chat.kicker.presenter', { name, project }),
    speak: [says.headline, when, ...(says.notices ?? []).map(({ text }) => text)],
    headlines: [{ text: says.headline }],
    notices: says.notices ?? [],
    whens: [{ text: when }],
    paragraphs: says.intro === undefined ? [] : [{ text: says.intro }],
    quotes: says.quotes ?? [],
    fields: fields(language, says.typed, says.faults ?? []),
    actions: [
      button(send, 'presenter.send', { ...data, answered: answeredAt(occurrence) }, 'positive', 'auto'),
      button(say(language, 'chat.presenter.swap'), 'presenter.askSwap', data),
      button(say(language, 'chat.presenter.giveUp'), 'presenter.askGiveUp', data),
    ],
  });
}

/** An answer of somebody else, to read beside one's own. */
export function talkQuotes(
  language: Language,
  { topic, presenter, material, by }: Talk,
): SessionCardData['quotes'] {
  const label = say(language, 'chat.presenter.theirs', { name: by.name });
  const parts = [topic, presenter, ...(material === undefined ? [] : [material])];
  return [quoted(label, parts.join(' · '))];
}

/** Asks before a turn is given up. */
export function giveUpView(turn: Turn, occurrence: Occurrence, notices: readonly Notice[]): Card {
  const { language } = turn;
  const data = { id: occurrence.id, seen: seenSession(occurrence) };
  const ask = say(language, 'chat.presenter.askGiveUp');
  return plainSession(turn, occurrence, ask, {
    notices: [...notices, { style: 'warning', text: say(language, 'chat.presenter.giveUpMeans') }],
    actions: [
      button(say(language, 'chat.presenter.giveUpYes'), 'presenter.giveUp', data, 'destructive'),
      button(say(language, 'chat.presenter.swap'), 'presenter.askSwap', data),
      button(say(language, 'chat.presenter.keep'), 'presenter.open', data),
    ],
  });
}

/** A slot of another project, as a choice: "ke 6.1. · Digihoitopolut". */
function slotTitle({ language, programme }: Turn, slot: OccurrenceLine): string {
  const projectId = turnProject(slot);
  const project =
    projectId === undefined
      ? say(language, 'chat.session.nobody')
      : projectName(programme, projectId, language);
  return say(language, 'chat.presenter.slot', { day: dayText(language, slot.start), project });
}

export interface SwapSays {
  readonly slots: readonly OccurrenceLine[];
  readonly chosen: string;
  readonly faults: readonly FieldFault[];
  readonly notices: readonly Notice[];
}

/** The other turns with which this one could be swapped. */
export function swapView(turn: Turn, occurrence: Occurrence, says: SwapSays): Card {
  const { language } = turn;
  const data = { id: occurrence.id, seen: seenSession(occurrence) };
  const isPossible = says.slots.length > 0;
  const back = button(say(language, 'chat.form.cancel'), 'presenter.open', data);
  const swap = button(say(language, 'chat.presenter.swapAsk'), 'presenter.swap', data, 'positive', 'auto');
  const none: Notice = { style: 'emphasis', text: say(language, 'chat.presenter.noSwap') };
  const choice = formField(language, says.faults, {
    id: 'withId',
    kind: 'choice',
    label: say(language, 'chat.presenter.swapWith'),
    example: say(language, 'chat.presenter.swapWith.example'),
    wants: say(language, 'field.unknownChoice'),
    value: says.chosen,
    isRequired: true,
    choices: says.slots.map((slot) => ({ title: slotTitle(turn, slot), value: slot.id })),
  });
  return plainSession(turn, occurrence, say(language, 'chat.presenter.swapHeading'), {
    notices: isPossible ? says.notices : [...says.notices, none],
    fields: isPossible ? [choice] : [],
    actions: isPossible ? [swap, back] : [back],
  });
}

/** The projects of a person who works in several, to choose for which a slot is taken. */
export function volunteerView(turn: Turn, occurrence: Occurrence, projects: readonly ProjectId[]): Card {
  const { language, programme } = turn;
  return plainSession(turn, occurrence, say(language, 'chat.presenter.whichProject'), {
    actions: projects.map((projectId, index) =>
      button(
        projectName(programme, projectId, language),
        'session.volunteer',
        { id: occurrence.id, seen: seenSession(occurrence), projectId },
        index === 0 ? 'positive' : 'default',
      ),
    ),
  });
}

/** Another project asks for one's turn; or, once it is answered, how that came out. */
export function swapAskedView(
  turn: Turn,
  { occurrence, other, by }: { occurrence: Occurrence; other: Occurrence; by: string },
): Card {
  const { language, programme } = turn;
  const project = projectName(programme, turnProject(occurrence) ?? '', language);
  const id: OccurrenceId = occurrence.id;
  const days = {
    project,
    by,
    theirs: momentText(language, occurrence.start),
    ours: momentText(language, other.start),
  };
  return plainSession(turn, other, say(language, 'chat.swap.asked'), {
    paragraphs: [{ text: say(language, 'chat.swap.asked.text', days) }],
    actions: [
      button(
        say(language, 'chat.swap.accept'),
        'swap.answer',
        { id, withId: other.id, accept: true },
        'positive',
      ),
      button(say(language, 'chat.swap.decline'), 'swap.answer', { id, withId: other.id, accept: false }),
    ],
  });
}

type PlainParts = Partial<
  Pick<SessionCardData, 'notices' | 'paragraphs' | 'quotes' | 'fields' | 'closings' | 'links'>
> & { readonly actions: readonly ButtonData[] };

/** A session in few words under what is asked or has happened. */
export function plainSession(turn: Turn, occurrence: Occurrence, headline: string, parts: PlainParts): Card {
  const { language } = turn;
  const name = nameIn(occurrence.names, language);
  const when = whenOf(occurrence, language);
  const said = [...(parts.notices ?? []), ...(parts.paragraphs ?? []), ...(parts.closings ?? [])];
  return drawn(language, {
    icon: kindIcon(occurrence.kind),
    kicker: name,
    speak: [headline, name, when, ...said.map(({ text }) => text)],
    headlines: [{ text: headline }],
    whens: isToCome(occurrence) || occurrence.state.status === 'held' ? [{ text: when }] : [],
    ...parts,
  });
}
