import type { Material } from '../../../src/sessions/occurrences/occurrence.js';
import type { AnswerGroup } from '../../../src/sessions/coming/service.js';
import type { AgendaItem } from '../../../src/sessions/series/series.js';
import type {
  AgendaAnswer,
  ArchiveAnswer,
  ChangePreviewAnswer,
  ComingAnswer,
  ComingNamesAnswer,
  DaysOffAnswer,
  OccurrenceAnswer,
  OccurrenceNewsAnswer,
  PreviewAnswer,
  MeetingAnswer,
  PublicPageAnswer,
  PulseAnswer,
  QuestionsAnswer,
  RotationAnswer,
  SeriesAnswer,
  SeriesGlancesAnswer,
  SeriesReviewAnswer,
  SessionYearAnswer,
  TopicAnswer,
  TopicsAnswer,
  SlotAnswer,
  NewsDraftAnswer,
  RecentAnswer,
  ThanksAnswer,
  UpcomingAnswer,
  WallAnswer,
} from '../../../src/shared/answers/sessions.js';
import type { Topic } from '../../../src/sessions/topics/topic.js';
import type { Language } from '../../../src/shared/languages.js';
import type { Fields } from '../../../src/shared/merge.js';
import type { Api } from '../../api.js';
import type { WallTime } from '../../shared/dates.js';

/** All sessions and holidays of a year. */
export function getSessionYear(api: Api, year: number | string): Promise<SessionYearAnswer> {
  return api.get(`/api/sessions/year/${year}`);
}

/** The next sessions of all series, or of one, at most so many. */
export function listUpcoming(api: Api, max: number, series?: string): Promise<UpcomingAnswer> {
  return api.get('/api/sessions/upcoming', { most: String(max), ...(series !== undefined && { series }) });
}

/** What comes next of each series and whom it invites. */
export function listGlances(api: Api): Promise<SeriesGlancesAnswer> {
  return api.get('/api/series-at-a-glance');
}

/** The sessions that were held last. */
export function listRecent(api: Api): Promise<RecentAnswer> {
  return api.get('/api/sessions/recent');
}

/** Those that were held and left something to see, newest first, a page; of a search it may be short, with a next one. */
export function listArchive(
  api: Api,
  filter: { readonly series?: string; readonly text?: string },
  after?: string,
): Promise<ArchiveAnswer> {
  return api.get('/api/sessions/archive', { ...filter, ...(after !== undefined && { after }) });
}

/** A news item of what is written; the same form is one item. */
export function submitNews(api: Api, form: object): Promise<{ readonly item: { readonly id: string } }> {
  return api.post('/api/news', form);
}

/** The organisation's own days off. */
export function listDaysOff(api: Api): Promise<DaysOffAnswer> {
  return api.get('/api/days-off');
}

/** Adds a day off, or several in a row; the same form once. ISO dates; one that is missing is a fault at its field. */
export function addDaysOff(
  api: Api,
  daysOff: {
    readonly formId: string;
    readonly first?: string;
    readonly last: string | null;
    readonly names: { readonly fi: string; readonly sv: string; readonly en?: string };
  },
): Promise<DaysOffAnswer> {
  return api.post('/api/days-off', daysOff);
}

export function removeDaysOff(api: Api, id: string): Promise<DaysOffAnswer> {
  return api.del(`/api/days-off/${id}`);
}

export function createSeries(api: Api, series: object): Promise<SeriesAnswer> {
  return api.post('/api/series', series);
}

/** The next dates that a rule gives. */
export function previewSeries(api: Api, rule: unknown): Promise<PreviewAnswer> {
  return api.post('/api/series/preview', rule);
}

export type SeriesApi = ReturnType<typeof seriesApi>;

/** One series. */
export function seriesApi(api: Api, id: string) {
  const path = `/api/series/${id}`;
  return {
    path,
    get: () => api.get<SeriesAnswer>(path),
    /** @param seen the same fields as the form was filled with; so with all that writes over something */
    put: (changes: object, seen: Fields) => api.put<SeriesAnswer>(path, { ...changes, seen }),
    /** Another rule, time or length from a day on. */
    changeFrom: (timing: object, seen: Fields) =>
      api.post<SeriesAnswer>(`${path}/change-from`, { ...timing, seen }),
    end: (last: string, seen: Fields) => api.post<SeriesAnswer>(`${path}/end`, { last, seen }),
    /** What a change from a day on, or the end, would mean. */
    previewChange: (timing: object) => api.post<ChangePreviewAnswer>(`${path}/change-from/preview`, timing),
    previewEnd: (last: string) => api.post<ChangePreviewAnswer>(`${path}/end/preview`, { last }),
    /** Another time of a draft. */
    setTiming: (timing: object, seen: Fields) => api.put<SeriesAnswer>(`${path}/timing`, { ...timing, seen }),
    /** What is looked through before a draft is published. */
    review: () => api.get<SeriesReviewAnswer>(`${path}/review`),
    /** @param seen the number of changes of the draft that was looked through */
    publish: (seen: Fields) => api.post<SeriesAnswer>(`${path}/publish`, { seen }),
    /** Throws a draft away. */
    remove: () => api.del(path),
    /** Gives its calendar feeds other addresses. */
    renewFeed: () => api.post<SeriesAnswer>(`${path}/feed-key`, {}),
    /** @param audit the number of the change that is undone */
    undo: (audit: number) => api.post<SeriesAnswer>(`${path}/undo`, { audit }),
    /** Where people outside see it. */
    publicPage: () => api.get<PublicPageAnswer>(`${path}/public-page`),
    /** Whether its meetings are as they should be. */
    meeting: () => api.get<MeetingAnswer>(`${path}/meeting`),
    /** Sets the meetings again and looks what holds. */
    checkMeeting: () => api.post<MeetingAnswer>(`${path}/meeting`, {}),
    /** Which project presented when, and which slots can be swapped. */
    rotation: () => api.get<RotationAnswer>(`${path}/rotation`),
  };
}

/** Notes over a revision of those in the same language; without one over those whose language nobody has said. */
interface NotesInput {
  readonly text: string;
  readonly language?: Language;
  readonly basedOn: number;
}
type PreviewedChange =
  | 'move'
  | 'cancel'
  | 'restore'
  | 'edit'
  | 'talk'
  | 'assign'
  | 'volunteer'
  | 'giveUp'
  | 'askVolunteers'
  | 'swap';

export type OccurrenceApi = ReturnType<typeof occurrenceApi>;

/** One session, with what belongs to it before, during and after. */
export function occurrenceApi(api: Api, id: string) {
  const path = `/api/occurrences/${id}`;
  const post = (name: string, body?: object) => api.post<OccurrenceAnswer>(`${path}/${name}`, body);
  const put = (name: string, body: object) => api.put<OccurrenceAnswer>(`${path}/${name}`, body);
  return {
    path,
    get: () => api.get<OccurrenceAnswer>(path),
    /** Another name or join link; null goes back to those of the series. */
    edit: (changes: object, seen: Fields) => api.put<OccurrenceAnswer>(path, { ...changes, seen }),
    /** @param audit the number of the change that is undone */
    undo: (audit: number) => post('undo', { audit }),
    move: (to: WallTime & { readonly minutes?: number | null; readonly message?: string }, seen: Fields) =>
      post('move', { ...to, seen }),
    /** What a change would mean: of its time, its name and link, its talk or its slot. */
    preview: (change: { readonly change: PreviewedChange } & Fields) =>
      api.post<ChangePreviewAnswer>(`${path}/preview`, change),
    /** Holds it although its day is a public holiday. */
    keep: () => post('keep'),
    confirm: (isConfirmed: boolean) => post('confirm', { isConfirmed }),
    /** @param reason why, with the language in which it is and the same in others; all may be missing */
    cancel: (reason: object) => post('cancel', reason),
    /** @param message a message to the invited, as of a reason; may be missing */
    restore: (message: object) => post('restore', message),

    /** @param chosen who of the project presents; `null` leaves it to the project */
    assign: (projectId: string | null, chosen: string | null, seen: Fields) =>
      put('turn', { projectId, personId: projectId === null ? null : chosen, seen }),
    volunteer: (projectId: string) => post('volunteer', { projectId }),
    giveUp: () => post('give-up'),
    /** Asks the people of all projects who takes the slot. */
    askVolunteers: () => post('ask-volunteers'),
    /**
     * @param withId the occurrence whose slot is taken instead
     * @param seen the project that has this one
     */
    swap: (withId: string, seen: string) => api.post<SlotAnswer>(`${path}/swap`, { with: withId, seen }),
    answerSwap: (withId: string, isAccepted: boolean) => post('swap/answer', { with: withId, isAccepted }),
    /** Topic, speaker and material. */
    setTalk: (talk: object, seen: Fields) => put('talk', { ...talk, seen }),

    agendaPath: `${path}/agenda`,
    agenda: () => api.get<AgendaAnswer>(`${path}/agenda`),
    setAgenda: (items: readonly AgendaItem[], seen: Fields) => put('agenda', { items, seen }),

    /** Who is invited and who comes, in numbers, and one's own answer. */
    coming: () => api.get<ComingAnswer>(`${path}/coming`),
    answer: (answer: 'coming' | 'notComing') => api.put<ComingAnswer>(`${path}/coming`, { answer }),
    /** Who they are, a page of fifty; for coordinators. */
    comingNames: (group: AnswerGroup, after?: string) =>
      api.get<ComingNamesAnswer>(`${path}/coming/${group}`, after === undefined ? {} : { after }),

    wallPath: `${path}/wall`,
    /** What is projected on a wall. */
    wall: () => api.get<WallAnswer>(`${path}/wall`),

    questionsPath: `${path}/questions`,
    questions: () => api.get<QuestionsAnswer>(`${path}/questions`),
    /** The same form asks once. */
    ask: (text: string, formId: string) => api.post(`${path}/questions`, { text, formId }),
    answerQuestion: (questionId: string, answer: string, seen: Fields) =>
      api.put(`${path}/questions/${questionId}/answer`, { answer, seen }),
    voteForQuestion: (questionId: string, isFor: boolean) =>
      api.post(`${path}/questions/${questionId}/vote`, { isFor }),
    carryOverQuestion: (questionId: string) => api.post(`${path}/questions/${questionId}/carry-over`),

    setNotes: (notes: NotesInput) => put('notes', notes),
    /** Stores notes as the page closes. */
    putNotesLast: (notes: NotesInput) => api.putLast(`${path}/notes`, notes),
    setMaterials: (
      materials: {
        readonly materials: readonly Omit<Material, 'id'>[];
        readonly recordingUrl: string | null;
      },
      seen: Fields,
    ) => put('materials', { ...materials, seen }),
    setAttendance: (count: number | null, seen: Fields) => put('attendance', { count, seen }),
    /** Asks the meeting how many were there. */
    fetchAttendance: (seen: Fields) => post('attendance/fetch', { seen }),
    thanksPath: `${path}/thanks`,
    /** How many would be thanked. */
    thanks: () => api.get<ThanksAnswer>(`${path}/thanks`),
    /** @param more to whom, and a few words of one's own */
    thank: (round: number, more: object) => post('thanks', { round, ...more }),
    newsDraft: () => api.get<NewsDraftAnswer>(`${path}/news-draft`),
    /** News that was made of it. */
    linkNews: (newsId: string) => api.put<OccurrenceNewsAnswer>(`${path}/news/${newsId}`, {}),
    pulsePath: `${path}/pulse`,
    pulse: () => api.get<PulseAnswer>(`${path}/pulse`),
    newsPath: `${path}/news`,
    news: () => api.get<OccurrenceNewsAnswer>(`${path}/news`),
  };
}

/** The topics that people have proposed for a series. */
export function listTopics(api: Api, series: string): Promise<TopicsAnswer> {
  return api.get('/api/topics', { series });
}

/** Proposes a topic; the same form proposes it once. */
export function proposeTopic(
  api: Api,
  topic: {
    readonly seriesId: string;
    readonly text: string;
    readonly why?: string;
    readonly language: Language;
    readonly formId: string;
  },
): Promise<unknown> {
  return api.post('/api/topics', topic);
}

/** What a topic says in other languages. */
export function translateTopic(
  api: Api,
  { id, translations = {} }: Pick<Topic, 'id' | 'translations'>,
  mine: Topic['translations'],
): Promise<TopicAnswer> {
  return api.put(`/api/topics/${id}/translations`, { translations: mine, seen: { translations } });
}

export function voteForTopic(api: Api, id: string, isFor: boolean): Promise<unknown> {
  return api.post(`/api/topics/${id}/vote`, { isFor });
}

/** What becomes of a topic: the occurrence on whose agenda it is put (null takes it off), or that it is declined. */
export type TopicSettlement = { readonly occurrenceId: string | null } | { readonly as: 'declined' };

export function settleTopic(
  api: Api,
  { id, state }: Pick<Topic, 'id' | 'state'>,
  settlement: TopicSettlement,
): Promise<TopicAnswer> {
  return api.post(`/api/topics/${id}/settle`, { ...settlement, seen: { state } });
}
