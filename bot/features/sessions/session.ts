import { z } from 'zod';
import { t } from '../../../src/i18n/messages.js';
import { takesPart } from '../../../src/sessions/policy.js';
import { type Occurrence, projectOf } from '../../../src/sessions/occurrences/occurrence.js';
import type { AnswerValue } from '../../../src/sessions/coming/answer.js';
import type { MessageKey } from '../../../src/i18n/keys.js';
import type { AgendaItem, Series } from '../../../src/sessions/series/series.js';
import { type ButtonData, type LinkData, type Notice, button } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import {
  agendaOf,
  chipsOf,
  isOpenSlot,
  kindIcon,
  nameIn,
  presenterFacts,
  presenterPhrase,
  renderSession,
  safeLink,
  type SessionCardData,
  sessionChanges,
  type SessionSnapshot,
  sessionSnapshot,
  sessionSnapshotSchema,
  shownText,
  whenOf,
  topicIn,
} from './session-card.js';
import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import type { SessionServices } from './services.js';
import { type Answer, type Turn, occurrenceIdSchema, shown } from '../../conversation/turn.js';
import type { Actor } from '../../../src/platform/actor.js';
import type { OccurrenceId } from '../../../src/platform/ids.js';
import type { Language } from '../../../src/shared/languages.js';
import { dayText, momentText } from '../../../src/shared/dates.js';
import { translatedTo } from '../../../src/shared/translated.js';
import { AppError } from '../../../src/platform/errors.js';
import { faultText } from '../../conversation/actions.js';

const maxMaterials = 3;
const maxActions = 6;

/** A session with everything that its cards show. */
export interface SessionFacts {
  readonly occurrence: Occurrence;
  readonly agenda: readonly AgendaItem[];
  readonly openQuestions: number;
  /** Whether the person comes, where they have answered to the time at which it is now. */
  readonly answer?: AnswerValue | undefined;
  readonly calendarUrl: string;
}

/** What the card shows besides the session itself. */
interface SessionOptions {
  readonly headline?: string;
  readonly notices?: readonly Notice[];
  readonly closing?: string;
  readonly quotes?: SessionCardData['quotes'];
  readonly actions?: readonly ButtonData[];
}

/** Whether the person could take this slot for a project of theirs. */
export function mayVolunteer({ person }: Turn, occurrence: Pick<Occurrence, 'slot' | 'state'>): boolean {
  return person.projects.length > 0 && takesPart(person) && isOpenSlot(occurrence);
}

/** Whether a project of the person's has the slot or is proposed for it; their answer then takes the slot. */
export function isOurSlot({ person }: Turn, occurrence: Occurrence): boolean {
  const project = projectOf(occurrence);
  return isUpcoming(occurrence) && person.projects.some((own) => own === project);
}

/** Whether the slot is proposed to a project of the person's, and not agreed yet. */
export function isProposedTo(
  { projects }: Pick<Turn['person'], 'projects'>,
  occurrence: Pick<Occurrence, 'slot'>,
): boolean {
  const project = projectOf(occurrence);
  return occurrence.slot?.how === 'proposed' && project !== undefined && projects.includes(project);
}

/** The language of a card, and whether others see it. */
type Viewer = Pick<Turn, 'language' | 'scope'>;

export function sessionLinks(
  { occurrence, calendarUrl }: SessionFacts,
  turn: Pick<Turn, 'language'>,
): LinkData[] {
  const { language } = turn;
  if (isUpcoming(occurrence)) {
    return [
      ...safeLink(t(language, 'chat.session.join'), occurrence.joinUrl, { style: 'positive' }),
      ...safeLink(t(language, 'chat.session.addToCalendar'), calendarUrl, { mode: 'secondary' }),
    ];
  }
  return occurrence.state.status === 'held' ? recordLinks(occurrence, turn) : [];
}

/** The recording and the materials of a session. */
export function recordLinks({ record }: Occurrence, { language }: Pick<Turn, 'language'>): LinkData[] {
  return [
    ...safeLink(t(language, 'chat.session.recording'), record?.recordingUrl, { style: 'positive' }),
    ...(record?.materials ?? [])
      .slice(0, maxMaterials)
      .map((material) => translatedTo(language, material))
      .flatMap(({ title, url }) => safeLink(shownText(title), url)),
  ];
}

/**
 * "I come" and "I can't come": once one of them is answered, the other. In a shared conversation both, as the card does not
 * reveal what the person has answered.
 */
export function answerButtons(
  { occurrence, answer }: Pick<SessionFacts, 'occurrence' | 'answer'>,
  { language, scope }: Viewer,
): ButtonData[] {
  const known = scope === 'personal' ? answer : undefined;
  const data = { id: occurrence.id, seen: sessionSnapshot(occurrence) };
  const come = button(t(language, 'chat.session.come'), 'session.come', data);
  const afterAll = button(t(language, 'chat.session.canAfterAll'), 'session.cannot', {
    ...data,
    cannot: false,
  });
  const cannot = button(t(language, 'chat.session.cannot'), 'session.cannot', { ...data, cannot: true });
  if (known === 'notComing') return [afterAll];
  return known === 'coming' ? [cannot] : [come, cannot];
}

export function askButton(occurrence: Occurrence, { language }: Pick<Turn, 'language'>): ButtonData {
  const data = { id: occurrence.id, seen: sessionSnapshot(occurrence) };
  return button(t(language, 'chat.session.ask'), 'session.ask', data);
}

export const listButton = ({ language }: Pick<Turn, 'language'>): ButtonData =>
  button(t(language, 'chat.session.all'), 'sessions.open');

/** The buttons: those for taking an open slot and for presenting in one's own slot come first. */
function actionsOf(facts: SessionFacts, turn: Turn): ButtonData[] {
  const { occurrence } = facts;
  const { language } = turn;
  if (!isUpcoming(occurrence)) return [listButton(turn)];
  const data = { id: occurrence.id, seen: sessionSnapshot(occurrence) };
  const taking = mayVolunteer(turn, occurrence)
    ? [button(t(language, 'chat.session.volunteer'), 'session.volunteer', data)]
    : [];
  const presenting =
    isOurSlot(turn, occurrence) && turn.scope === 'personal'
      ? [button(t(language, 'chat.session.ours'), 'presenter.open', data)]
      : [];
  return [
    ...taking,
    ...presenting,
    ...answerButtons(facts, turn),
    askButton(occurrence, turn),
    listButton(turn),
  ];
}

/** A slot that is proposed to the person's project: to take it, or to refuse it. */
export function proposalView(
  turn: Turn,
  facts: SessionFacts,
  options: Pick<SessionOptions, 'notices' | 'closing' | 'actions'> = {},
): Card {
  const { language } = turn;
  const { occurrence } = facts;
  const data = { id: occurrence.id, seen: sessionSnapshot(occurrence) };
  const projectId = projectOf(occurrence);
  return sessionView(turn, facts, {
    closing: t(language, 'chat.slot.proposed', { when: momentText(language, occurrence.start) }),
    ...options,
    headline: t(language, 'chat.slot.proposedOn', { day: dayText(language, occurrence.start) }),
    actions: [
      button(t(language, 'chat.session.volunteer'), 'session.volunteer', { ...data, projectId }, 'positive'),
      button(t(language, 'chat.slot.refuse'), 'presenter.askGiveUp', data),
      ...(options.actions ?? []),
      listButton(turn),
    ],
  });
}

const answerKeys = {
  coming: 'chat.session.youCome',
  notComing: 'chat.session.youCannot',
  maybe: 'chat.session.youMayCome',
} as const satisfies Record<AnswerValue, MessageKey>;

/** What the person has answered, unless a notice says so already; not shown in a shared conversation. */
function ownAnswer(
  { occurrence, answer }: SessionFacts,
  { language, scope }: Turn,
  { notices }: SessionOptions,
) {
  const isShown = scope === 'personal' && isUpcoming(occurrence) && (notices ?? []).length === 0;
  return isShown && answer !== undefined ? [{ text: t(language, answerKeys[answer]) }] : [];
}

function closingsOf({ occurrence, openQuestions: count }: SessionFacts, turn: Turn, options: SessionOptions) {
  const isShown = count > 0 && occurrence.state.status !== 'cancelled';
  return [
    ...(isShown ? [{ text: t(turn.language, 'chat.session.questions', { count }) }] : []),
    ...(options.closing === undefined ? [] : [{ text: options.closing }]),
  ];
}

/** What the presenters link to, until a button of what was shown leads there. */
function materialOf({ talk, record }: Occurrence, { language }: Turn): SessionCardData['linkFacts'] {
  if (record?.materials?.some(({ url }) => url === talk?.material) === true) return [];
  const label = t(language, 'chat.session.material');
  const text = t(language, 'chat.session.openMaterial');
  return safeLink(text, talk?.material).map(({ url }) => ({ label, text, url }));
}

function attendance({ state, record }: Occurrence, { language }: Turn): SessionCardData['facts'] {
  const count = record?.attendance?.count;
  if (state.status !== 'held' || count === undefined) return [];
  return [
    { label: t(language, 'chat.session.attended'), text: t(language, 'chat.session.people', { count }) },
  ];
}

/** One session with its presenter, agenda and questions, and what can be done with it. */
export function sessionView(turn: Turn, facts: SessionFacts, options: SessionOptions = {}): Card {
  const { language, programme } = turn;
  const { occurrence, agenda } = facts;
  const name = nameIn(occurrence.names, language);
  const links = sessionLinks(facts, turn);
  const when = whenOf(occurrence, language);
  const topic = topicIn(occurrence, language);
  // Of one that was held it is of no use to say that nobody is known.
  const isUnknown =
    occurrence.state.status === 'held' && occurrence.slot?.how === 'nobody' && occurrence.talk === undefined;
  return renderSession(language, {
    icon: kindIcon(occurrence.kind),
    kicker: topic === undefined ? t(language, 'chat.kicker.sessions') : name,
    speak: [
      options.headline,
      name,
      when,
      topic,
      isUnknown ? undefined : presenterPhrase(occurrence, programme, language),
      t(language, `session.state.${occurrence.state.status}`),
      ...(options.notices ?? []).map(({ text }) => text),
      options.closing,
    ],
    headlines: options.headline === undefined ? [] : [{ text: options.headline }],
    notices: options.notices ?? [],
    titles: [{ text: topic === undefined ? name : shownText(topic) }],
    whens: [{ text: when }],
    chips: chipsOf(occurrence, language),
    paragraphs: ownAnswer(facts, turn, options),
    facts: [
      ...(isUnknown ? [] : presenterFacts(occurrence, programme, language)),
      ...attendance(occurrence, turn),
    ],
    linkFacts: materialOf(occurrence, turn),
    agendas: agendaOf(agenda, occurrence, language),
    quotes: options.quotes ?? [],
    closings: closingsOf(facts, turn, options),
    links,
    actions: (options.actions ?? actionsOf(facts, turn)).slice(0, maxActions - links.length),
  });
}

/** Where a calendar file of one session is downloaded. */
function calendarUrl(publicUrl: string, { feedKey }: Series, id: OccurrenceId, language: Language): string {
  return `${publicUrl}/calendar/${feedKey}/${language}/${id}.ics`;
}

/** Reads a session with everything that its cards show. @throws AppError `occurrence.notFound`. */
export async function factsOf(
  actor: Actor,
  id: OccurrenceId,
  language: Language,
  { series, topics, coming, publicUrl }: SessionServices,
): Promise<SessionFacts> {
  const [{ occurrence }, agenda, questions, answer] = await Promise.all([
    series.occurrence(actor, id),
    topics.agenda(actor, id),
    topics.questions(actor, id),
    coming.mine(actor, id),
  ]);
  const own = await series.get(actor, occurrence.seriesId);
  return {
    occurrence,
    agenda,
    openQuestions: questions.filter(({ state }) => state.status === 'open').length,
    answer,
    calendarUrl: calendarUrl(publicUrl, own.series, id, language),
  };
}

/** The session alone. @throws AppError `occurrence.notFound`. */
export async function occurrenceOf(
  actor: Actor,
  id: OccurrenceId,
  { series }: SessionServices,
): Promise<Occurrence> {
  return (await series.occurrence(actor, id)).occurrence;
}

/** Whether an action was not possible because something has changed, rather than because something failed. */
export function isSuperseded(error: unknown): boolean {
  const codes: readonly string[] = [
    'occurrence.moveNotAllowed',
    'occurrence.timePassed',
    'presenter.notYours',
    'presenter.taken',
    'swap.notPossible',
    'question.moveNotAllowed',
  ];
  return error instanceof AppError && codes.includes(error.code);
}

export const sessionSchema = z.object({ id: occurrenceIdSchema, seen: sessionSnapshotSchema.optional() });

/** The session of a card, and what the card showed of it. */
export interface Pressed {
  readonly id: OccurrenceId;
  readonly seen: SessionSnapshot | undefined;
}

/** The current session, what has changed since the card was made, and the reason if the action was not carried out. */
export async function currentSession(
  turn: Turn,
  { id, seen }: Pressed,
  services: SessionServices,
  { fault, ...options }: SessionOptions & { readonly fault?: unknown } = {},
): Promise<Answer> {
  const { language, person } = turn;
  const facts = await factsOf(person, id, language, services);
  const changes = sessionChanges(seen, facts.occurrence, language);
  // Where the session has changed, the change is the reason.
  const reason: Notice[] =
    fault === undefined || changes.length > 0 ? [] : [{ style: 'warning', text: faultText(fault, language) }];
  const notices = [...reason, ...changes, ...(options.notices ?? [])];
  return shown(turn, sessionView(turn, facts, { ...options, notices }));
}

/** The current session if a project of the person's still has its slot; otherwise the card that answers instead. */
export async function ourSession(
  turn: Turn,
  data: z.infer<typeof sessionSchema>,
  services: SessionServices,
): Promise<{ occurrence: Occurrence; changes: readonly Notice[] } | { answer: Answer }> {
  const occurrence = await occurrenceOf(turn.person, data.id as OccurrenceId, services);
  const changes = sessionChanges(data.seen, occurrence, turn.language);
  if (isOurSlot(turn, occurrence)) return { occurrence, changes };
  const pressed = { id: occurrence.id, seen: data.seen };
  const fault = new AppError('presenter.notYours');
  return { answer: await currentSession(turn, pressed, services, isUpcoming(occurrence) ? { fault } : {}) };
}
