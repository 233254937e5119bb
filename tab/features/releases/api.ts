import type { SeenRevisions } from '../../../src/content/edits.js';
import type { TextContent } from '../../../src/content/text.js';
import type { openMoves } from '../../../src/releases/workflow.js';
import type {
  ReleaseAnswer,
  ReleaseCreatedAnswer,
  ReleaseListAnswer,
} from '../../../src/shared/answers/releases.js';
import type { Language, PublicLanguage } from '../../../src/shared/languages.js';
import type { Fields } from '../../../src/shared/merge.js';
import type { Api } from '../../api.js';
import type { WallTime } from '../../shared/dates.js';

/** The moves that a person makes. */
export type PersonsMove = ReturnType<typeof openMoves>[number];

export type ListName = 'queue' | 'archive';

/** The queue or the archive, page by page. */
export function listReleases(api: Api, of?: ListName, after?: string): Promise<ReleaseListAnswer> {
  return api.get('/api/releases', { of, after });
}

/** Begins a release from nothing; the same form makes it once. */
export function createRelease(api: Api, formId: string): Promise<ReleaseCreatedAnswer> {
  return api.post('/api/releases', { formId });
}

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
    schedule: (wallTime: WallTime, seen: Fields) =>
      api.post<ReleaseAnswer>(`${path}/schedule`, { ...wallTime, seen }),
    /** @param body what some moves want besides */
    move: (move: Exclude<PersonsMove, 'schedule'>, body: object = {}) =>
      api.post<ReleaseAnswer>(`${path}/${move === 'publishNow' ? 'publish' : move}`, body),
    setText: (language: Language, content: TextContent, basedOn: number) =>
      api.put<ReleaseAnswer>(`${path}/texts/${language}`, { ...content, basedOn }),
    /** Marks a language as looked at beside the other. */
    checkText: (language: PublicLanguage, seen: SeenRevisions) =>
      api.post<ReleaseAnswer>(`${path}/texts/${language}/check`, { seen }),
    /** Takes the newer words of the news item. */
    takeSource: (language: PublicLanguage, basedOn: number) =>
      api.post<ReleaseAnswer>(`${path}/texts/${language}/take-source`, { basedOn }),
  };
}
