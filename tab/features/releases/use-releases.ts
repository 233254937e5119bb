import { useCallback, useEffect, useMemo, useRef } from 'react';
import { outdatedOwn } from '../../../src/content/deviation.js';
import type { SeenRevisions } from '../../../src/content/edits.js';
import { currentRevisions, textStatus, type TextContent } from '../../../src/content/text.js';
import type { NewsItemAnswer } from '../../../src/shared/answers/news.js';
import type { ReleaseStateName } from '../../../src/releases/types.js';
import type { ReleaseListAnswer, ReleaseAnswer } from '../../../src/shared/answers/releases.js';
import { publicLanguages, type PublicLanguage } from '../../../src/shared/languages.js';
import { ApiError } from '../../api.js';
import { useShell, useText } from '../../shared/context.js';
import { fieldProblem, problemText, SaidProblem } from '../../shared/problem.js';
import { useFresh, useWatching } from '../../shared/use-fresh.js';
import { useLoad, type Loaded } from '../../shared/use-load.js';
import type { TextKey, Texts } from '../../text.js';
import { useAlthough } from '../../shared/writing/although.js';
import { itemTextsApi } from '../../shared/writing/item-subject.js';
import { partId } from '../../shared/writing/use-deviating.js';
import {
  listReleases,
  releaseApi,
  type Consent,
  type ListName,
  type ReleaseApi,
  type PersonsMove,
} from './api.js';

/** The list in which a release of this state stands: what is done is in the archive. */
export function listHolding(state: ReleaseStateName): ListName {
  return state === 'published' || state === 'takenDown' || state === 'cancelled' ? 'archive' : 'queue';
}

/** A list as far as it has been fetched, and the way to fetch more. */
export interface ReleaseList {
  readonly loaded: Loaded<ReleaseListAnswer>;
  readonly more: (() => Promise<void>) | undefined;
}

export function useReleaseList(name: ListName): ReleaseList {
  const { api, fail } = useShell();
  const loaded = useLoad(`releases ${name}`, () => listReleases(api, name));
  const { set } = loaded;
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const more = useCallback(async (): Promise<void> => {
    if (value?.next === undefined) return;
    try {
      const page = await listReleases(api, name, value.next);
      set({ ...page, lines: [...value.lines, ...page.lines] });
    } catch (error) {
      fail(error);
    }
  }, [api, fail, name, set, value]);
  return { loaded, more: value?.next === undefined ? undefined : more };
}

/** A release on view, and the one way to change it. */
export interface ReleaseHere {
  readonly loaded: Loaded<ReleaseAnswer>;
  readonly api: ReleaseApi;
  /** The release as it came last, also before it is drawn: what a move is decided by once the words are stored. */
  readonly latest: () => ReleaseAnswer | undefined;
  readonly show: (answer: ReleaseAnswer) => void;
  /** Looks again, quietly: the item's text was changed. */
  readonly refresh: () => void;
  /** Says of the item's text in a language that it is ready. */
  readonly readyText: (
    newsId: string,
    language: PublicLanguage,
    seen: SeenRevisions,
    although: boolean,
  ) => Promise<NewsItemAnswer>;
  /**
   * Makes a change, shows what came of it, and says so with an undo. Gives the error of a change that was refused;
   * `quiet` leaves saying it to the caller. A change that the person gave up gives nothing, and nothing is said.
   */
  readonly change: (
    make: () => Promise<ReleaseAnswer | undefined>,
    said: string,
    quiet?: (error: ApiError) => boolean,
  ) => Promise<unknown>;
}

/** How soon something goes out that was set off just now, in milliseconds. */
const soon = 30_000;

/** Whether it goes out within seconds, once an undo is no longer possible. */
export function isLeaving({ release: { state } }: ReleaseAnswer): boolean {
  return state.status === 'scheduled' && Date.parse(state.due) - Date.now() < soon;
}

/** @param onChanged is called with the state at first and after each change. */
export function useRelease(id: string, onChanged: (state: ReleaseStateName) => void): ReleaseHere {
  const { api: server, notify, fail } = useShell();
  const { t } = useText();
  const api = useMemo(() => releaseApi(server, id), [server, id]);
  const loaded = useLoad(api.path, api.get);
  const { set, refresh } = loaded;
  useWatching(loaded, ({ release: { state } }) => [
    { status: state.status, due: state.status === 'scheduled' ? state.due : undefined },
  ]);
  useFresh(refresh);
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const last = useRef<ReleaseAnswer>(undefined);
  useEffect(() => {
    if (value !== undefined) last.current = value;
  }, [value]);
  const state = value?.release.state.status;
  useEffect(() => {
    if (state !== undefined) onChanged(state);
  }, [state, onChanged]);

  // What was being written is still stored after another release was opened: that is not for the list beside it.
  const isOpen = useRef(false);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  const show = useCallback(
    (answer: ReleaseAnswer): void => {
      if (!isOpen.current) return;
      last.current = answer;
      set(answer);
      onChanged(answer.release.state.status);
    },
    [set, onChanged],
  );

  const change: ReleaseHere['change'] = async (make, said, quiet) => {
    try {
      const before = last.current;
      const answer = await make();
      if (answer === undefined) return undefined;
      show(answer);
      const { undo, clockChange } = answer;
      const isOfApproving = before?.approvals.first?.at !== answer.approvals.first?.at;
      const isFirst = answer.approvals.first !== undefined && isOfApproving;
      const done = isFirst ? t('release.done.first') : said;
      const words = clockChange === undefined ? done : `${done} ${t(`release.turn.${clockChange}`)}`;
      notify(words, undo === undefined ? undefined : async () => show(await api.undo(undo)));
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError && quiet?.(error) === true)) fail(error);
      // Quietly: what was written on the page, or in a dialog on it, stays whatever comes of this.
      refresh();
      return error;
    }
  };
  const readyText: ReleaseHere['readyText'] = (newsId, language, seen, isMeant) =>
    itemTextsApi(server, newsId).readyText(language, seen, isMeant);
  return { loaded, api, latest: () => last.current, show, refresh, readyText, change };
}

/** Why a publication did not succeed, in words; for a reason that has none the general ones. */
export function faultText(texts: Pick<Texts, 't'>, reason: string): string {
  const key = `release.fault.${reason}`;
  const text = texts.t(key as TextKey);
  return text === key ? texts.t('release.fault.unexpected') : text;
}

/** The moves that need no dialog of their own. */
export type DirectMove = Exclude<PersonsMove, 'schedule'>;

/** The revisions on the screen, so that these and no others go out. */
export function seenOf({ item }: ReleaseAnswer): { readonly fi: number; readonly sv: number } {
  return { fi: item?.texts.fi?.revision ?? 0, sv: item?.texts.sv?.revision ?? 0 };
}

/** Moves by which something goes out. */
const goingOut: readonly DirectMove[] = ['publishNow', 'correct', 'putBack', 'approve'];

/** The first language that wants a word before something goes out; none where nothing is ready, which the server refuses. */
export function unreadyOf({ release, languages }: ReleaseAnswer): PublicLanguage | undefined {
  const { notReady } = release.shown;
  // Where nothing could go out at all a reason is of no use: the server says what lacks.
  const isReady = (language: PublicLanguage): boolean =>
    ['ready', 'behind'].includes(languages[language].status);
  return publicLanguages.some(isReady) ? notReady[0] : undefined;
}

/** What the release says otherwise over an older text, for a text that names it; nothing where it still fits. */
export function outdatedIn({ release, item }: ReleaseAnswer) {
  const outdated = item && outdatedOwn(item.texts, release.own);
  return outdated && { ...outdated, named: { ...outdated, parts: outdated.parts.join('_') } };
}

/** Where the parts that are said otherwise stand on the page. */
export function showOwn({
  language,
  parts,
}: {
  language: PublicLanguage;
  parts: readonly (keyof TextContent)[];
}): void {
  const [part = 'title'] = parts;
  const field = document.getElementById(partId(language, part));
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}

/** Before something goes out: whether what the release says otherwise must be settled first, which is asked, with the way there. */
function useOutdated(): (answer: ReleaseAnswer) => Promise<boolean> {
  const { ask } = useShell();
  const { t } = useText();
  return async (answer) => {
    const outdated = outdatedIn(answer);
    if (outdated === undefined) return false;
    const { named } = outdated;
    const answered = await ask({
      title: t('release.ownOutdated.ask', named),
      text: t('release.ownOutdated.why'),
      verb: t('release.ownOutdated.show'),
    });
    // Once the question has given the focus back to the button that it came from.
    if (answered !== undefined) requestAnimationFrame(() => requestAnimationFrame(() => showOwn(outdated)));
    return true;
  };
}

/**
 * Lets it go out with what the person says to it: a reason where a language is not ready, which is asked for until it has gone
 * well. Nothing goes where they rather don't.
 */
export function useConsent(): (
  answer: ReleaseAnswer,
  go: (consent: Consent) => Promise<unknown>,
) => Promise<void> {
  const { ask } = useShell();
  const { t } = useText();
  const written = useRef('');
  const settlesOwn = useOutdated();
  return async (answer, go) => {
    const seen = seenOf(answer);
    if (await settlesOwn(answer)) return;
    const language = unreadyOf(answer);
    if (language === undefined) {
      await go({ seen });
      return;
    }
    const question = {
      title: t('release.waiver.title'),
      text: t('release.waiver.text', { language }),
      verb: t('release.waiver.verb'),
      note: {
        label: t('release.waiver.label'),
        hint: t('release.waiver.hint'),
        required: true,
        limit: 500,
        text: written.current,
      },
    } as const;
    await ask(question, ({ note }) => {
      written.current = note;
      return go({ seen, waiver: note });
    });
  };
}

/** Stores what is being written, then makes a move, asking first where a word is needed or the move weighs. */
export function useMoves(
  answer: ReleaseAnswer,
  here: ReleaseHere,
): (move: DirectMove, more?: object) => Promise<void> {
  const { ask, fail, texts, warn, settle } = useShell();
  const { t } = useText();
  const although = useAlthough();
  const consented = useConsent();
  const settlesOwn = useOutdated();

  /** @param isAsked a question is open, which says what goes wrong: it is thrown */
  const send = async (move: DirectMove, body?: object, isAsked = false): Promise<void> => {
    const isSuperseded = ({ code }: ApiError): boolean => code === 'text.conflict';
    const isSaidHere = (error: ApiError): boolean => isSuperseded(error) || error.fields.length > 0;
    const make = () => here.api.move(move, body);
    const despite = () => here.api.move(move, { ...body, although: true });
    const error = await here.change(
      () => although((isMeant) => (isMeant ? despite() : make())),
      t(`release.done.${move}`),
      isAsked ? () => true : isSaidHere,
    );
    if (!(error instanceof ApiError)) return;
    if (isAsked) throw isSuperseded(error) ? new SaidProblem(t('release.changedSince')) : error;
    const said = problemText(texts, error);
    if (isSuperseded(error)) warn(t('release.changedSince'));
    // There is no field on the page where a date that is too early could be named.
    else if (error.fields[0] !== undefined) warn(fieldProblem(texts, error, error.fields[0].field) ?? said);
  };

  const askCancel = () =>
    ask({
      title: t('release.cancel.title'),
      text: t('release.cancel.text'),
      verb: t('release.move.cancel'),
      isDanger: true,
    });
  /** Why it is sent back is written in the question, which stays open where it is refused. */
  const sendBack = (): Promise<unknown> =>
    ask(
      {
        title: t('release.sendBack.title'),
        text: t('release.sendBack.text'),
        verb: t('release.move.sendBack'),
        note: { label: t('release.sendBack.reason'), required: true, limit: 500 },
      },
      ({ note }) => send('sendBack', { reason: note }, true),
    );
  const askTakeDown = () =>
    ask({
      title: t('release.takeDown.title'),
      text: t('release.takeDown.text'),
      verb: t('release.move.takeDown'),
      isDanger: true,
    });
  const askWithdraw = () =>
    ask({
      title: t('release.withdraw.title'),
      text: t('release.withdraw.text'),
      verb: t('release.move.withdraw'),
      isDanger: true,
    });
  const questions: Partial<Record<DirectMove, () => Promise<unknown>>> = {
    cancel: askCancel,
    takeDown: askTakeDown,
    withdraw: askWithdraw,
  };

  /**
   * Whoever corrects what is out says with the same press that the text is ready as it stands.
   * @returns the release as it is then; undefined where somebody else is in the middle of the text and the person rather waits.
   */
  const sayReady = async (current: ReleaseAnswer): Promise<ReleaseAnswer | undefined> => {
    const { item } = current;
    if (item === undefined) return current;
    let { texts: written } = item;
    const say = async (language: PublicLanguage): Promise<boolean> => {
      const said = await although((isMeant) =>
        here.readyText(item.id, language, currentRevisions(written), isMeant),
      );
      if (said !== undefined) written = said.item.texts;
      return said !== undefined;
    };
    const isOut = (language: PublicLanguage): boolean => (item.texts[language]?.ready ?? 0) > 0;
    // First what was changed, then what stands beside it: both are on the screen, and a typo in one is none in the other.
    for (const status of ['inProgress', 'behind'] as const)
      for (const language of publicLanguages.filter(isOut))
        if (textStatus(written, language) === status && !(await say(language))) return undefined;
    if (written === item.texts) return current;
    const next = await here.api.get();
    here.show(next);
    return next;
  };

  return async (move, more = {}) => {
    if (!(await settle())) return;
    const question = questions[move];
    if (question !== undefined && (await question()) === undefined) return;
    if (move === 'sendBack') {
      await sendBack();
      return;
    }
    if (!goingOut.includes(move)) return send(move);
    let current: ReleaseAnswer | undefined = here.latest() ?? answer;
    if (move === 'correct') {
      try {
        current = await sayReady(current);
      } catch (error) {
        fail(error);
        here.refresh();
        return;
      }
      if (current === undefined) return;
    }
    if (move !== 'publishNow' && (await settlesOwn(current))) return;
    // What the first of two let through counts for the second too.
    if (move === 'approve') return send(move, { seen: seenOf(current) });
    if (move !== 'publishNow') return send(move, { seen: seenOf(current), ...more });
    await consented(current, (consent) => send(move, { ...consent, ...more }, consent.waiver !== undefined));
  };
}
