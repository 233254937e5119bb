import { t } from '../../../src/i18n/messages.js';
import { dayText, momentText } from '../../../src/shared/dates.js';
import { type OccurrenceLine, projectOf } from '../../../src/sessions/occurrences/occurrence.js';
import { agreedProject } from '../../../src/sessions/occurrences/reading.js';
import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import { action } from '../../conversation/actions.js';
import { type Answer, type Problem, type Turn, shown } from '../../conversation/turn.js';
import { type Notice, button, common } from '../../cards/parts.js';
import { plainCard } from '../../cards/plain-card.js';
import { render } from '../../cards/render.js';
import { type Asked, askedSchema, emptyDayNotices, meantAhead } from './meant.js';
import { presentingActions } from './presenting.js';
import type { SessionActions, SessionServices } from './services.js';
import { answerButtons, factsOf, listButton, mayVolunteer, sessionView } from './session.js';
import { isOpenSlot, sessionSnapshot } from './session-card.js';
import { swapActions } from './swaps.js';

const maxOthers = 3;

/** Whether a project of the person's presents there, as far as that is agreed. */
function isOwnSlot({ person }: Pick<Turn, 'person'>, line: OccurrenceLine): boolean {
  const project = agreedProject(line);
  return project !== undefined && isUpcoming(line) && person.projects.includes(project);
}

function isProposedToUs({ person }: Turn, line: OccurrenceLine): boolean {
  const project = projectOf(line);
  return line.slot?.how === 'proposed' && project !== undefined && person.projects.includes(project);
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
  const proposed = all.find((line) => isProposedToUs(turn, line));
  const free = all.filter((line) => mayVolunteer(turn, line)).slice(0, maxOthers);
  const heading = t(language, person.projects.length === 0 ? 'chat.slot.noProject' : 'chat.slot.none');
  const text =
    person.projects.length === 0
      ? t(language, 'chat.slot.noProject.text')
      : proposed === undefined
        ? t(language, free.length > 0 ? 'chat.slot.none.free' : 'chat.slot.none.text')
        : t(language, 'chat.slot.proposed', { when: momentText(language, proposed.start) });
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
    actions: [
      ...free.map((line) =>
        button(
          t(language, 'chat.session.volunteerFor', { day: dayText(language, line.start) }),
          'session.volunteer',
          {
            id: line.id,
            seen: sessionSnapshot(line),
          },
        ),
      ),
      listButton(turn),
    ],
  });
  return shown(turn, card);
}

/** When one presents next, what is missing and what waits there. */
async function mine(turn: Turn, asked: Asked, services: SessionServices): Promise<Answer> {
  const { language, person } = turn;
  const meant = await meantAhead(turn, asked, services, (line) => isOwnSlot(turn, line));
  const [first, ...others] = meant.sessions;
  const notices = emptyDayNotices(turn, meant);
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

/** What one does with one's own slot: the one that is named, else the next. */
function withOwnSlot(verb: 'presenter.open' | 'presenter.askSwap') {
  const actions = { ...presentingActions, ...swapActions };
  return async (turn: Turn, asked: Asked, services: SessionServices): Promise<Answer | Problem> => {
    const meant = await meantAhead(turn, asked, services, (line) => isOwnSlot(turn, line));
    const [first] = meant.sessions;
    if (first === undefined) return noSlot(turn, emptyDayNotices(turn, meant), services);
    return actions[verb].run(turn, { id: first.id }, services);
  };
}

/** The next slot that nobody has, to be taken with a press. */
async function volunteer(turn: Turn, asked: Asked, services: SessionServices): Promise<Answer> {
  const { language, person } = turn;
  const meant = await meantAhead(turn, asked, services, isOpenSlot);
  const [first, ...others] = meant.sessions;
  const notices = emptyDayNotices(turn, meant);
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
  'slot.topic': action('session:take', askedSchema, withOwnSlot('presenter.open')),
  'slot.swap': action('session:take', askedSchema, withOwnSlot('presenter.askSwap')),
  'slot.volunteer': action('session:take', askedSchema, volunteer),
} satisfies SessionActions;
