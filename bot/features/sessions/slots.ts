import { z } from 'zod';
import { maskedPersonalIds } from '../../../src/content/personal-data.js';
import { t } from '../../../src/i18n/messages.js';
import { dayText } from '../../../src/shared/dates.js';
import { type OccurrenceLine, projectOf } from '../../../src/sessions/occurrences/occurrence.js';
import { agreedProject } from '../../../src/sessions/occurrences/reading.js';
import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import { action } from '../../conversation/actions.js';
import { type Answer, type Problem, type Turn, shown } from '../../conversation/turn.js';
import { type Notice, button, common, projectName } from '../../cards/parts.js';
import { plainCard } from '../../cards/plain-card.js';
import { render } from '../../cards/render.js';
import { type Asked, type Meant, askedSchema, dayNotices, meantAhead } from './meant.js';
import { presentingActions, presenterForm, talkTyped } from './presenting.js';
import type { SessionActions, SessionServices } from './services.js';
import {
  answerButtons,
  factsOf,
  isProposedTo,
  listButton,
  mayVolunteer,
  proposalView,
  sessionView,
} from './session.js';
import { isOpenSlot, sessionSnapshot } from './session-card.js';
import { proposing } from './topics.js';
import { swapActions } from './swaps.js';
import { overNotices } from './sessions.js';

const maxOthers = 3;

/** Whether a project of the person's presents there, as far as that is agreed. */
function isOwnSlot({ person }: Pick<Turn, 'person'>, line: OccurrenceLine): boolean {
  const project = agreedProject(line);
  return project !== undefined && isUpcoming(line) && person.projects.includes(project);
}

const isProposedToUs = ({ person }: Turn, line: OccurrenceLine): boolean => isProposedTo(person, line);

/** Whether a project of the person's presents there, or is proposed to. */
const isOurs = (turn: Turn, line: OccurrenceLine): boolean =>
  isOwnSlot(turn, line) || (isUpcoming(line) && isProposedToUs(turn, line));

/** Why a slot of which somebody speaks is not theirs to take or to change. */
function slotNotices({ language, programme }: Turn, line: OccurrenceLine): Notice[] {
  const say = (text: string): Notice[] => [{ style: 'emphasis', text }];
  if (line.slot === undefined) return say(t(language, 'chat.slot.hasNone'));
  const projectId = projectOf(line);
  if (projectId === undefined) return [];
  const project = projectName(programme, projectId, language);
  return say(
    t(language, line.slot.how === 'proposed' ? 'chat.slot.isProposed' : 'chat.slot.isTaken', { project }),
  );
}

/** What is true of a session that somebody names, and that is not what they took it for. */
async function asItIs(
  turn: Turn,
  line: OccurrenceLine,
  services: SessionServices,
  notices: readonly Notice[] = [],
): Promise<Answer> {
  const facts = await factsOf(turn.person, line.id, turn.language, services);
  if (!isUpcoming(line))
    return shown(
      turn,
      sessionView(turn, facts, { notices: [...notices, ...overNotices(turn, facts.occurrence)] }),
    );
  if (isProposedToUs(turn, line)) return shown(turn, proposalView(turn, facts, { notices }));
  return shown(turn, sessionView(turn, facts, { notices: [...notices, ...slotNotices(turn, line)] }));
}

/** The day that was named, with what there is on it; `undefined` where there is nothing. */
function onItsDay(turn: Turn, meant: Meant, services: SessionServices): Promise<Answer> | undefined {
  const [other] = meant.others ?? [];
  if (other === undefined) return undefined;
  return asItIs(turn, other, services, meant.isMoved === true ? dayNotices(turn, meant) : []);
}

const daysOf = ({ language }: Turn, lines: readonly OccurrenceLine[]): string =>
  lines
    .slice(0, maxOthers)
    .map(({ start }) => dayText(language, start))
    .join(', ');

/** That the person's projects have no slot, and those that are free. */
async function noSlot(turn: Turn, notices: readonly Notice[], services: SessionServices): Promise<Answer> {
  const { language, person } = turn;
  const all = await services.series.upcoming(person, 24);
  const free = all
    .filter((line) => mayVolunteer(turn, line))
    .slice(0, maxOthers)
    .map((line) =>
      button(
        t(language, 'chat.session.volunteerFor', { day: dayText(language, line.start) }),
        'session.volunteer',
        {
          id: line.id,
          seen: sessionSnapshot(line),
        },
      ),
    );
  const [proposed, ...more] = all.filter((line) => isUpcoming(line) && isProposedToUs(turn, line));
  if (proposed !== undefined) {
    const facts = await factsOf(person, proposed.id, language, services);
    const none: Notice = { style: 'emphasis', text: t(language, 'chat.slot.noneAgreed') };
    return shown(
      turn,
      proposalView(turn, facts, {
        notices: [...notices, none],
        actions: free,
        ...(more.length > 0 && {
          closing: t(language, 'chat.slot.alsoProposed', { days: daysOf(turn, more) }),
        }),
      }),
    );
  }
  const heading = t(language, person.projects.length === 0 ? 'chat.slot.noProject' : 'chat.slot.none');
  const text =
    person.projects.length === 0
      ? t(language, 'chat.slot.noProject.text')
      : t(language, free.length > 0 ? 'chat.slot.none.free' : 'chat.slot.none.text');
  const card = render(plainCard, {
    ...common(language, 'session', t(language, 'chat.kicker.sessions'), [
      ...notices.map((notice) => notice.text),
      heading,
      text,
    ]),
    heading,
    notices,
    paragraphs: [{ text }],
    hints: [],
    actions: [...free, listButton(turn)],
  });
  return shown(turn, card);
}

/** When one presents next, what is missing and what waits there. */
async function mine(turn: Turn, asked: Asked, services: SessionServices): Promise<Answer> {
  const { language, person } = turn;
  const meant = await meantAhead(turn, asked, services, (line) => isOwnSlot(turn, line));
  const there = onItsDay(turn, meant, services);
  if (there !== undefined) return there;
  const [first, ...others] = meant.sessions;
  const notices = dayNotices(turn, meant);
  if (first === undefined) return noSlot(turn, notices, services);
  const facts = await factsOf(person, first.id, language, services);
  const { talk } = facts.occurrence;
  const data = { id: first.id, seen: sessionSnapshot(first) };
  const missing: Notice[] =
    talk === undefined ? [{ style: 'warning', text: t(language, 'chat.slot.noTopic') }] : [];
  return shown(
    turn,
    sessionView(turn, facts, {
      headline: t(language, 'chat.slot.yours', { when: dayText(language, first.start) }),
      notices: [...notices, ...missing],
      ...(others.length > 0 && { closing: t(language, 'chat.slot.later', { days: daysOf(turn, others) }) }),
      actions: [
        button(
          t(language, talk === undefined ? 'chat.presenter.tell' : 'chat.session.ours'),
          'presenter.open',
          data,
          talk === undefined ? 'positive' : 'default',
        ),
        button(t(language, 'chat.presenter.swap'), 'presenter.askSwap', data),
        ...answerButtons(facts, turn),
        others.length > 0 ? button(t(language, 'chat.slots.heading'), 'slots.open') : listButton(turn),
      ],
    }),
  );
}

const ownSlotSchema = askedSchema.extend({
  topic: z.string().max(500).transform(maskedPersonalIds).optional(),
});
type OwnAsked = z.infer<typeof ownSlotSchema>;

/** What one does with one's own slot, the one that is named, else the next; a slot that is only proposed is taken or refused. */
function withOwnSlot(verb: 'presenter.open' | 'presenter.askSwap' | 'presenter.askGiveUp') {
  const actions = { ...presentingActions, ...swapActions };
  return async (turn: Turn, asked: OwnAsked, services: SessionServices): Promise<Answer | Problem> => {
    const meant = await meantAhead(turn, asked, services, (line) => isOwnSlot(turn, line));
    const proposed = (meant.others ?? []).find((line) => isOurs(turn, line));
    const [first] = meant.emptyDay === undefined ? meant.sessions : [];
    const own = first ?? proposed ?? (await nextProposed(turn, asked, services));
    if (asked.topic !== undefined) return withTopic(turn, asked.topic, own, services);
    if (own !== undefined && (isOwnSlot(turn, own) || verb === 'presenter.askGiveUp'))
      return actions[verb].run(turn, { id: own.id }, services);
    const there = onItsDay(turn, meant, services);
    return there ?? noSlot(turn, dayNotices(turn, meant), services);
  };
}

/** The next slot that is proposed to the person's projects, where no day was named. */
async function nextProposed(
  turn: Turn,
  asked: Asked,
  services: SessionServices,
): Promise<OccurrenceLine | undefined> {
  if (asked.days.length > 0) return undefined;
  const { sessions } = await meantAhead(turn, asked, services, (line) => isOurs(turn, line));
  return sessions[0];
}

/** The form of what is presented, with the topic that somebody wrote; a proposal of a topic where they have no slot. */
async function withTopic(
  turn: Turn,
  topic: string,
  own: OccurrenceLine | undefined,
  services: SessionServices,
): Promise<Answer | Problem> {
  if (own === undefined) return proposing(turn, topic, services);
  const { occurrence } = await services.series.occurrence(turn.person, own.id);
  const { language } = turn;
  const isProposed = occurrence.slot?.how === 'proposed';
  const notices: Notice[] = isProposed
    ? [{ style: 'accent', text: t(language, 'chat.slot.topicTakes') }]
    : [];
  const typed = { ...talkTyped(turn, occurrence.talk), topic };
  return shown(turn, presenterForm(turn, occurrence, { typed, notices }));
}

/** The next slot that nobody has, to be taken with a press. */
async function volunteer(turn: Turn, asked: Asked, services: SessionServices): Promise<Answer> {
  const { language, person } = turn;
  const meant = await meantAhead(turn, asked, services, isOpenSlot);
  const [named] = meant.others ?? [];
  if (named !== undefined) {
    if (isOwnSlot(turn, named)) return mine(turn, askedSchema.parse({ id: named.id }), services);
    return asItIs(turn, named, services, meant.isMoved === true ? dayNotices(turn, meant) : []);
  }
  const [first, ...others] = meant.sessions;
  const notices = dayNotices(turn, meant);
  if (first === undefined) {
    const heading = t(language, 'chat.slot.noneFree');
    const text = t(language, 'chat.slot.noneFree.text');
    const card = render(plainCard, {
      ...common(language, 'session', t(language, 'chat.kicker.sessions'), [heading, text]),
      heading,
      notices,
      paragraphs: [{ text }],
      hints: [],
      actions: [button(t(language, 'chat.topic.suggest'), 'topic.form'), listButton(turn)],
    });
    return shown(turn, card);
  }
  const facts = await factsOf(person, first.id, language, services);
  return shown(
    turn,
    sessionView(turn, facts, {
      headline: t(language, 'chat.slot.free', { when: dayText(language, first.start) }),
      notices,
      ...(others.length > 0 && {
        closing: t(language, 'chat.slot.alsoFree', { days: daysOf(turn, others) }),
      }),
    }),
  );
}

/** One's own slots, and those that are free, as people ask for them in words. */
export const slotActions = {
  'slot.mine': action('session:take', askedSchema, mine),
  'slot.topic': action('session:take', ownSlotSchema, withOwnSlot('presenter.open')),
  'slot.swap': action('session:take', ownSlotSchema, withOwnSlot('presenter.askSwap')),
  'slot.giveUp': action('session:take', ownSlotSchema, withOwnSlot('presenter.askGiveUp')),
  'slot.volunteer': action('session:take', askedSchema, volunteer),
} satisfies SessionActions;
