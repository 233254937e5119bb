import { z } from 'zod';
import { aggregate, type Draft } from '../platform/aggregate.js';
import type { PersonRef } from '../platform/actor.js';
import type { Clock } from '../platform/clock.js';
import { whileConflicting, type Versioned } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import { deterministicId, type MessageId, type ReleaseId } from '../platform/ids.js';
import { storedId } from '../platform/stored.js';
import { owedLanguages } from '../people/person.js';
import { languages, publicLanguages, type PublicLanguage } from '../shared/languages.js';
import { isWholeDeviation, usedStatus, withDeviation, type Deviations } from '../content/deviation.js';
import { isSameText, isWhole, textStatus, type TextContent, type Texts } from '../content/text.js';
import { messageKind } from '../delivery/outbox/kind.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import type { NewsItem } from '../news/types.js';
import type { NewsService } from '../news/service.js';
import { systemActor } from '../people/permissions.js';
import { wholeProgramme, type Programme } from '../people/person.js';
import type { ReleaseStore } from './store.js';
import type {
  Approval,
  CorrectionNote,
  FirstApproval,
  Out,
  Plan,
  Release,
  ReleaseBefore,
  ReleaseEvent,
  ReleaseState,
  Revisions,
  Shown,
} from './types.js';

export type ReleaseDraft = Draft<Release, ReleaseEvent, ReleaseState, NewMessage>;

export interface ChangeDeps {
  readonly store: ReleaseStore;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel' | 'settle'>;
  readonly news: Pick<NewsService, 'many' | 'make' | 'revision' | 'markOut'>;
  readonly clock: Clock;
  readonly programme: () => Promise<Pick<Programme, 'approvals'>>;
  /** How long "publish now" waits, so that an undo can still hold it back. */
  readonly undoSeconds: number;
}

/** A release as it was read, with the item behind it; without one only where that was erased. */
export interface FoundRelease extends Versioned<Release> {
  readonly item?: NewsItem;
}

/** The item's relation to a release. */
export const useOf = ({ id, channel }: Pick<Release, 'id' | 'channel'>, at: string) =>
  ({ in: 'release', id, channel, at }) as const;

/** How releases are read and changed, by people and by the delivery that publishes. */
export function releaseChanges(deps: ChangeDeps) {
  const { store, news, outbox } = deps;

  /** @throws AppError `release.notFound`. */
  async function read(id: ReleaseId): Promise<FoundRelease> {
    const found = await whileConflicting(async () => {
      const stored = await store.find(id);
      if (stored === undefined) throw new AppError('release.notFound', { id });
      const { before } = stored.value;
      if (before !== undefined) await settle(stored, before);
      return before === undefined ? stored : await store.find(id);
    });
    if (found === undefined) throw new AppError('release.notFound', { id });
    const [item] = await news.many([found.value.newsId]);
    return { ...found, ...(item && { item }) };
  }

  /** Who made a release, for the item that it gets. */
  async function makerOf(id: ReleaseId): Promise<PersonRef> {
    const first = await store.audit.entry(id, 1);
    return first?.by ?? { id: systemActor.id, name: systemActor.name };
  }

  /**
   * Gives a release of before what it has today: an item behind it, whose text stands, and what it says otherwise. What was
   * approved, planned or published stays so.
   */
  async function settle(stored: Versioned<Release>, before: ReleaseBefore): Promise<void> {
    const { before: _before, ...release } = stored.value;
    const { id, newsId, createdAt } = release;
    if (before.source === undefined) {
      const [by, history] = await Promise.all([makerOf(id), store.historyBefore(id)]);
      const { state } = release;
      const isOut = state.status === 'published';
      const use =
        state.status === 'cancelled'
          ? undefined
          : { ...useOf(release, createdAt), ...(isOut && { outAt: state.at, urls: state.urls }) };
      const { item, changes, messages } = news.make({ by, at: createdAt }, newsId, use, {
        projectId: before.projectId ?? wholeProgramme,
        originalLanguage: languages.find((language) => before.texts[language] !== undefined) ?? 'fi',
        texts: before.texts,
        ...(history.length > 0 && { history }),
      });
      const settled = settledWith(release, item, {});
      await outbox.commit([...store.replace(stored, settled, []), ...changes], messages);
      return;
    }
    const [item] = await news.many([newsId]);
    const settled = settledWith(release, item, deviationsOf(release, before, item));
    const { changes, messages } = await news.markOut(newsId, { in: 'release', id }, settled.out);
    await outbox.commit([...store.replace(stored, settled, []), ...changes], messages);
  }

  const { change, undo } = aggregate<
    ReleaseId,
    FoundRelease,
    Release,
    ReleaseEvent,
    ReleaseState,
    NewMessage
  >(
    {
      read,
      valueOf: ({ value }) => value,
      write: (before, { value, audit, changes, messages }) => {
        const shown = before.item === undefined ? value.shown : shownOf(value, before.item);
        const written = { ...value, shown };
        return {
          value: written,
          changes: [...store.replace(before, written, audit), ...changes],
          messages,
        };
      },
      auditEntry: store.audit.entry,
      aboutOf: ({ value: { id } }) => ({ noun: 'release', id }),
    },
    deps,
  );
  return { read, change, undo };
}

/** The state of a release of before, whose texts had revisions of their own, with those of the item. */
function withItemRevisions(state: ReleaseState, item: NewsItem | undefined): ReleaseState {
  if (!('approval' in state)) return state;
  const revisions = languages.flatMap((language) =>
    state.approval.revisions[language] === undefined
      ? []
      : [[language, item?.texts[language]?.revision ?? 0] as const],
  );
  return { ...state, approval: { ...state.approval, revisions: Object.fromEntries(revisions) } };
}

/** A release of before with what today's have. */
function settledWith(release: Release, item: NewsItem | undefined, own: Deviations): Release {
  const state = withItemRevisions(release.state, item);
  const settled: Release = { ...release, own, state };
  const out: Out | undefined =
    state.status === 'published'
      ? {
          at: state.at,
          urls: state.urls,
          stamp: stampOf(contentsOf(settled, item?.texts ?? {}, state.approval.revisions)),
          corrections: [],
          approval: state.approval,
        }
      : undefined;
  const withOut = out === undefined ? settled : { ...settled, out };
  return item === undefined ? withOut : { ...withOut, shown: shownOf(withOut, item) };
}

/**
 * What a release of before says otherwise than its item: all of it where it differs, and where it was decided on although
 * the item was not ready in that language.
 */
function deviationsOf(
  { state }: Release,
  { texts, source }: ReleaseBefore,
  item: NewsItem | undefined,
): Deviations {
  return Object.fromEntries(
    publicLanguages.flatMap((language) => {
      const own = texts[language];
      const current = item?.texts[language];
      const isDecided = state.status === 'approved' || state.status === 'scheduled';
      const isItems = !isDecided || textStatus(item?.texts ?? {}, language) === 'ready';
      if (own === undefined || (current !== undefined && isSameText(own, current) && isItems)) return [];
      const { title, lead, body, by, at } = own;
      const taken = source?.revisions[language] ?? 0;
      // A draft shows that the item has moved on; whatever was decided already stays as it was decided.
      const basedOn = state.status === 'draft' ? taken : (current?.revision ?? taken);
      return [[language, { title, lead, body, basedOn, by, at }] as const];
    }),
  );
}

/** A draft together with what else is stored and sent for it. */
export function withWrites(
  draft: ReleaseDraft,
  { changes = [], messages = [] }: Partial<Pick<ReleaseDraft, 'changes' | 'messages'>>,
): ReleaseDraft {
  return {
    ...draft,
    changes: [...draft.changes, ...changes],
    messages: [...draft.messages, ...messages],
  };
}

/**
 * The draft without the release's earlier message: that does not wait any more and needs nobody's attention.
 * @throws AppError `outbox.tooLate` when it is leaving just now.
 */
export async function cancelPlan(
  outbox: Pick<Outbox, 'settle'>,
  draft: ReleaseDraft,
  { state }: Release,
): Promise<ReleaseDraft> {
  switch (state.status) {
    case 'scheduled':
    case 'publishing':
    case 'failed':
    case 'uncertain':
      return withWrites(draft, { changes: await outbox.settle(state.message) });
    default:
      return draft;
  }
}

/** The revisions of an approval as text, the same for the same revisions. */
export function revisionKey(revisions: Revisions): string {
  return languages
    .filter((language) => revisions[language] !== undefined)
    .map((language) => `${language}${revisions[language]}`)
    .join('-');
}

/** Asks to publish a release. */
export const releaseMessage = messageKind(
  'release',
  z.object({ releaseId: storedId<ReleaseId>(), revision: z.string() }),
);

/** What a plan is for, and the note of a correction to its readers. */
export type Intent = Pick<Plan, 'purpose' | 'note'>;

/** What a plan is for, without the rest of it. */
export function intentOf({ purpose, note }: Intent): Intent {
  return { ...(purpose && { purpose }), ...(note && { note }) };
}

/** The plan of a release for a time (ISO instant), with the message that will ask the channel: a new one for each plan. */
export function planned(
  { id, channel, plans }: Release,
  approval: Approval,
  due: string,
  intent: Intent = {},
): { readonly plan: Plan; readonly message: NewMessage; readonly plans: number } {
  const revision = revisionKey(approval.revisions);
  const next = plans + 1;
  const message = deterministicId<MessageId>('release', id, channel, revision, String(next));
  return {
    plan: { approval, due, message, ...intentOf(intent) },
    message: { id: message, dueAt: due, body: releaseMessage.body({ releaseId: id, revision }) },
    plans: next,
  };
}

const noTexts: Texts = {};

/** What a channel would show in a language; `undefined` where that is no whole page, which needs a title and a body. */
export function contentOf(
  { own }: Pick<Release, 'own'>,
  texts: Texts,
  language: PublicLanguage,
): TextContent | undefined {
  const content = withDeviation(texts[language], own[language]);
  return content === undefined || !isWhole(content) ? undefined : content;
}

/** What a channel would show in the languages of these revisions. */
export function contentsOf(
  release: Pick<Release, 'own'>,
  texts: Texts,
  revisions: Revisions,
): Partial<Record<PublicLanguage, TextContent>> {
  return Object.fromEntries(
    publicLanguages.flatMap((language) => {
      const content = revisions[language] === undefined ? undefined : contentOf(release, texts, language);
      return content === undefined ? [] : [[language, content] as const];
    }),
  );
}

/** A short hash over contents, the same for the same: whether what is out is what would go out now. */
export function stampOf(contents: Partial<Record<PublicLanguage, TextContent>>, contact = ''): string {
  const parts = publicLanguages.map((language) => {
    const content = contents[language];
    return content === undefined ? '' : JSON.stringify([content.title, content.lead, content.body]);
  });
  return deterministicId('releaseStamp', ...parts, contact);
}

/** Languages in which a release is owed and can't go out without a waiver: not ready, or without a body. */
export function unreadyLanguages(
  { own }: Pick<Release, 'own'>,
  item: Pick<NewsItem, 'texts' | 'languages'> | undefined,
): PublicLanguage[] {
  const texts = item?.texts ?? noTexts;
  return owedLanguages(item ?? {}).filter(
    (language) =>
      usedStatus(texts, own, language).status !== 'ready' ||
      contentOf({ own }, texts, language) === undefined,
  );
}

/**
 * The revisions that would go out now: of each public language that somebody said is ready, also where another one has moved
 * on since; 0 where the release says all of it otherwise.
 */
export function publishableRevisions({ own }: Pick<Release, 'own'>, texts: Texts = noTexts): Revisions {
  return Object.fromEntries(
    publicLanguages.flatMap((language) => {
      const text = texts[language];
      const deviation = own[language];
      const isSaid = text !== undefined && text.ready === text.revision;
      const isOwn = deviation !== undefined && isWholeDeviation(deviation);
      if ((!isSaid && !isOwn) || contentOf({ own }, texts, language) === undefined) return [];
      return [[language, text?.revision ?? 0] as const];
    }),
  );
}

/** The languages that an approval lets out although they are not ready. */
export function waivedLanguages({ waiver, revisions }: Approval): readonly PublicLanguage[] {
  if (waiver === undefined) return [];
  return waiver.languages ?? publicLanguages.filter((language) => revisions[language] === undefined);
}

/** The reason that was given before, where it answers for all of these languages. */
export function waivedReason(approval: Approval, unready: readonly PublicLanguage[]): string | undefined {
  const waived = waivedLanguages(approval);
  return unready.every((language) => waived.includes(language)) ? approval.waiver?.reason : undefined;
}

/** A short hash over what somebody approves: the texts at the revisions that go out, and whom readers may ask. */
export function approvalStamp(
  release: Release,
  texts: Texts = noTexts,
  { revisions }: Pick<Approval, 'revisions'>,
): string {
  return `${revisionKey(revisions)} ${stampOf(contentsOf(release, texts, revisions), release.contact)}`;
}

/** The first of two approvals, where one was given; of what is as it was then, or not. */
export function firstApprovalOf({ state }: Pick<Release, 'state'>): FirstApproval | undefined {
  return 'firstApproval' in state ? state.firstApproval : undefined;
}

/** The release without the first of two approvals, where there is one. */
export function withoutFirstApproval(release: Release): Release {
  if (firstApprovalOf(release) === undefined) return release;
  const { firstApproval: _first, ...state } = release.state as ReleaseState & {
    firstApproval?: FirstApproval;
  };
  return { ...release, state };
}

/** What lists show of the item behind a release. */
export function shownOf({ own }: Pick<Release, 'own'>, item: NewsItem): Shown {
  const titles = languages.flatMap((language) => {
    const title = (language === 'en' ? undefined : own[language]?.title) ?? item.texts[language]?.title;
    return title === undefined ? [] : [[language, title] as const];
  });
  return {
    titles: Object.fromEntries(titles),
    notReady: unreadyLanguages({ own }, item),
    projectId: item.projectId,
    ...(item.made === true && { loose: true }),
  };
}

/** Whether what the channel shows is not what would go out now. */
export function hasMovedOn(release: Release, item: NewsItem | undefined): boolean {
  const { out } = release;
  if (out === undefined || item === undefined) return false;
  // A language that was left out goes out with the next correction, as soon as it is ready.
  const revisions = { ...out.approval.revisions, ...publishableRevisions(release, item.texts) };
  return stampOf(contentsOf(release, item.texts, revisions), release.contact) !== out.stamp;
}

/** The correction notes of a release with one more. */
export function withCorrection(
  corrections: Out['corrections'],
  at: string,
  note: CorrectionNote | undefined,
): Out['corrections'] {
  return note === undefined || Object.keys(note).length === 0 ? corrections : [...corrections, { at, note }];
}
