import type { TextContent } from '../../../src/content/text.js';
import type { openMoves } from '../../../src/releases/workflow.js';
import type {
  ReleaseAnswer,
  ReleaseCreatedAnswer,
  ReleaseListAnswer,
  ReleasePreviewAnswer,
} from '../../../src/shared/answers/releases.js';
import type { PublicLanguage } from '../../../src/shared/languages.js';
import type { Fields } from '../../../src/shared/merge.js';
import type { Api } from '../../api.js';
import type { WallTime } from '../../shared/dates.js';

/** The moves that a person makes; `approve` is the second of two approvals, after which what was asked for first is done. */
export type PersonsMove = ReturnType<typeof openMoves>[number] | 'approve';

export type ListName = 'queue' | 'archive';

/** The queue or the archive, page by page. */
export function listReleases(api: Api, of?: ListName, after?: string): Promise<ReleaseListAnswer> {
  return api.get('/api/releases', { of, after });
}

/** Begins a release from nothing, with the first that was written of it; the same form makes it once. */
export function createRelease(
  api: Api,
  formId: string,
  first?: { readonly language: PublicLanguage; readonly words: TextContent },
): Promise<ReleaseCreatedAnswer> {
  return api.post('/api/releases', { formId, ...first });
}

/** What somebody who lets a release go out had before them, and says to it. */
export interface Consent {
  readonly seen?: { readonly fi: number; readonly sv: number };
  readonly waiver?: string;
  readonly although?: boolean;
}

const moveRoutes: Readonly<Record<Exclude<PersonsMove, 'schedule'>, string>> = {
  publishNow: 'publish',
  unschedule: 'unschedule',
  cancel: 'cancel',
  restore: 'restore',
  retry: 'retry',
  correct: 'correct',
  takeDown: 'take-down',
  withdraw: 'withdraw',
  putBack: 'put-back',
  giveUp: 'give-up',
  sendBack: 'send-back',
  approve: 'approve',
};

export type ReleaseApi = ReturnType<typeof releaseApi>;

/** One release. */
export function releaseApi(api: Api, id: string) {
  const path = `/api/releases/${id}`;
  return {
    path,
    get: () => api.get<ReleaseAnswer>(path),
    /** @param audit the number of the change that is undone */
    undo: (audit: number) => api.post<ReleaseAnswer>(`${path}/undo`, { audit }),
    /** @param seen when it is `due` so far */
    schedule: (wallTime: WallTime, seen: Fields, consent: Consent = {}) => {
      const { seen: texts, ...said } = consent;
      return api.post<ReleaseAnswer>(`${path}/schedule`, { ...wallTime, ...said, texts, seen });
    },
    /** @param body what some moves want besides */
    move: (move: Exclude<PersonsMove, 'schedule'>, body: object = {}) =>
      api.post<ReleaseAnswer>(`${path}/${moveRoutes[move]}`, body),
    /** What this channel says otherwise. @param replaces when what goes was saved; null where there was nothing */
    setOwnText: (language: PublicLanguage, words: Partial<TextContent>, replaces: string | null) =>
      api.put<ReleaseAnswer>(`${path}/texts/${language}`, { words, replaces }),
    /** Stores it as the page closes. */
    putOwnTextLast: (language: PublicLanguage, words: Partial<TextContent>, replaces: string | null) =>
      api.putLast(`${path}/texts/${language}`, { words, replaces }),
    /** Goes back to the text of the item; `replaces` as for the other. */
    dropOwnText: (language: PublicLanguage, replaces: string | null) =>
      api.post<ReleaseAnswer>(`${path}/texts/${language}/use-item-text`, { replaces }),
    setContact: (contact: string, seen: Fields) =>
      api.put<ReleaseAnswer>(`${path}/contact`, { contact, seen }),
    previewPath: `${path}/preview`,
    /** The page as readers would get it. */
    preview: (language: PublicLanguage) => api.get<ReleasePreviewAnswer>(`${path}/preview/${language}`),
  };
}
