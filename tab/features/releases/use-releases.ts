import { useCallback, useEffect, useMemo, useRef } from 'react';
import { textStatus } from '../../../src/content/text.js';
import type { ReleaseStateName, Release } from '../../../src/releases/types.js';
import type { ReleaseListAnswer, ReleaseAnswer } from '../../../src/shared/answers/releases.js';
import { publicLanguages, type PublicLanguage } from '../../../src/shared/languages.js';
import { ApiError } from '../../api.js';
import { useShell, useText } from '../../shared/context.js';
import { useFresh } from '../../shared/use-fresh.js';
import { useLoad, type Loaded } from '../../shared/use-load.js';
import type { TextKey, Texts } from '../../text.js';
import { listReleases, releaseApi, type ListName, type ReleaseApi, type PersonsMove } from './api.js';

/** The list in which a release of this state stands: what is done is in the archive. */
export function listHolding(state: ReleaseStateName): ListName {
  return state === 'published' || state === 'cancelled' ? 'archive' : 'queue';
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
  /**
   * Makes a change, shows what came of it, and says so with an undo. Gives the error of a change that was refused;
   * `quiet` leaves saying it to the caller.
   */
  readonly change: (
    make: () => Promise<ReleaseAnswer>,
    said: string,
    quiet?: (error: ApiError) => boolean,
  ) => Promise<unknown>;
}

/** How soon something may happen by itself for the page to keep looking, in milliseconds. */
const soon = 60_000;
const lookAgain = 1_500;

function isAboutToChange({ release: { state } }: ReleaseAnswer): boolean {
  if (state.status === 'publishing') return true;
  return state.status === 'scheduled' && Date.parse(state.due) - Date.now() < soon;
}

/** Looks again while the release is on its way out, so that "published" is seen when it is so. */
function useWatching({ state, reload, ...loaded }: Loaded<ReleaseAnswer>): void {
  const value = 'value' in loaded ? loaded.value : undefined;
  useEffect(() => {
    if (state !== 'ready' || value === undefined || !isAboutToChange(value)) return undefined;
    const timer = setTimeout(reload, lookAgain);
    return () => clearTimeout(timer);
  }, [state, value, reload]);
}

/** @param onChanged is called with the state at first and after each change. */
export function useRelease(id: string, onChanged: (state: ReleaseStateName) => void): ReleaseHere {
  const { api: server, notify, fail } = useShell();
  const { t } = useText();
  const api = useMemo(() => releaseApi(server, id), [server, id]);
  const loaded = useLoad(api.path, api.get);
  const { set, reload, refresh } = loaded;
  useWatching(loaded);
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

  const show = useCallback(
    (answer: ReleaseAnswer): void => {
      last.current = answer;
      set(answer);
      onChanged(answer.release.state.status);
    },
    [set, onChanged],
  );

  const change: ReleaseHere['change'] = async (make, said, quiet) => {
    try {
      const answer = await make();
      show(answer);
      const { undo, clockChange } = answer;
      const words = clockChange === undefined ? said : `${said} ${t(`release.turn.${clockChange}`)}`;
      notify(words, undo === undefined ? undefined : async () => show(await api.undo(undo)));
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError && quiet?.(error) === true)) fail(error);
      reload();
      return error;
    }
  };
  return { loaded, api, latest: () => last.current, show, change };
}

/** Why a publication did not succeed, in words; for a reason that has none the general ones. */
export function faultText(texts: Pick<Texts, 't'>, reason: string): string {
  const key = `release.fault.${reason}`;
  const text = texts.t(key as TextKey);
  return text === key ? texts.t('release.fault.unexpected') : text;
}

/** The moves that need no dialog of their own. */
export type DirectMove = Exclude<PersonsMove, 'schedule'>;

/** The revisions on the screen, so that these and no others are approved. */
export function seenOf({ texts }: Pick<Release, 'texts'>): { readonly fi: number; readonly sv: number } {
  return { fi: texts.fi?.revision ?? 0, sv: texts.sv?.revision ?? 0 };
}

/** The first language that wants a word before an approval; none where nothing is written, which the server refuses. */
function unreadyOf({ texts }: Release): PublicLanguage | undefined {
  const isEmpty = (language: PublicLanguage): boolean => (texts[language]?.body ?? '') === '';
  if (publicLanguages.every(isEmpty)) return undefined;
  return publicLanguages.find((language) => textStatus(texts, language) !== 'ready' || isEmpty(language));
}

/** Stores what is being written, then makes a move, asking first where a word is needed or the move weighs. */
export function useMoves(answer: ReleaseAnswer, here: ReleaseHere): (move: DirectMove) => Promise<void> {
  const { ask, warn, settle } = useShell();
  const { t } = useText();

  const send = async (move: DirectMove, body?: object): Promise<void> => {
    const isSuperseded = ({ code }: ApiError): boolean => code === 'text.conflict';
    const error = await here.change(() => here.api.move(move, body), t(`release.done.${move}`), isSuperseded);
    if (error instanceof ApiError && isSuperseded(error)) warn(t('release.changedSince'));
  };

  const approve = async (release: Release): Promise<void> => {
    const seen = seenOf(release);
    const language = unreadyOf(release);
    if (language === undefined) return send('approve', { seen });
    const answered = await ask({
      title: t('release.waiver.title'),
      text: t('release.waiver.text', { language }),
      verb: t('release.waiver.verb'),
      note: {
        label: t('release.waiver.label'),
        hint: t('release.waiver.hint'),
        required: true,
        limit: 500,
      },
    });
    if (answered !== undefined) await send('approve', { waiver: answered.note, seen });
  };

  return async (move) => {
    if (!(await settle())) return;
    const { release } = here.latest() ?? answer;
    if (move === 'approve') return approve(release);
    if (move === 'cancel') {
      const answered = await ask({
        title: t('release.cancel.title'),
        text: t('release.cancel.text'),
        verb: t('release.move.cancel'),
        isDanger: true,
      });
      if (answered === undefined) return;
    }
    await send(move);
  };
}
