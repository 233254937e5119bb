import { isNeverConnected } from '../../../src/shared/connection-codes.js';
import type { RecipientState } from '../../../src/delivery/fan-out/fan-out.js';
import type { FanOutContent } from '../../../src/delivery/fan-out/kind.js';
import type { SessionContent } from '../../../src/sessions/fan-outs.js';
import { listSeries } from '../../shared/api.js';
import { useShell, useText } from '../../shared/context.js';
import { shownStates } from '../../shared/fan-out-status.js';
import { useOffset } from '../../shared/offset.js';
import { href } from '../../shared/route.js';
import { useLoad } from '../../shared/use-load.js';
import type { TextKey } from '../../text.js';

/** What an occurrence's id contains: its series, and the date on which the rule put it. */
export function partsOfOccurrence(
  id: string,
): { readonly seriesId: string; readonly date: string } | undefined {
  const [, seriesId, year, month, day] = /^(.+)-(\d{4})(\d{2})(\d{2})$/.exec(id) ?? [];
  if (seriesId === undefined) return undefined;
  return { seriesId, date: `${year ?? ''}-${month ?? ''}-${day ?? ''}` };
}

const sessionKinds: readonly string[] = [
  'reminder',
  'thanks',
  'change',
  'invitation',
  'welcome',
] satisfies SessionContent['kind'][];

/** Whether it is about a session or a series. */
function isOfSessions(content: FanOutContent): content is SessionContent {
  return sessionKinds.includes(content.kind);
}

/** What kind of fan-out it is. */
export function kindKey(content: FanOutContent): TextKey {
  if (!isOfSessions(content)) return 'sends.kind.other';
  if (content.kind === 'change') return `sends.kind.change.${content.change}`;
  if (content.kind === 'invitation' && content.contactId !== undefined) return 'sends.kind.invitation.one';
  if (content.kind === 'welcome')
    return isToOne(content) ? 'sends.kind.invitation.one' : 'sends.kind.welcome';
  return `sends.kind.${content.kind}`;
}

type Welcome = Extract<SessionContent, { kind: 'welcome' }>;

const isToOne = ({ people }: Welcome): boolean => people === 1;

/** Where what a fan-out is about can be seen. */
export function placeOf(content: FanOutContent): string {
  if (!isOfSessions(content)) return href(['sends']);
  if (content.kind === 'welcome') return href(['contacts']);
  return content.kind === 'invitation'
    ? href(['sessions', 'series', content.seriesId])
    : href(['sessions', content.occurrenceId]);
}

/** The words on the way to that place. */
export function placeKey({ kind }: FanOutContent): TextKey {
  if (kind === 'welcome') return 'sends.open.contacts';
  return kind === 'invitation' ? 'sends.open.series' : 'sends.open.session';
}

function seriesIdsOf(content: SessionContent): readonly (string | undefined)[] {
  if (content.kind === 'welcome') return content.seriesIds;
  return [
    content.kind === 'invitation' ? content.seriesId : partsOfOccurrence(content.occurrenceId)?.seriesId,
  ];
}

/** A fan-out in words: what kind, and of which session or series. */
export interface Subject {
  readonly kind: string;
  readonly title: string;
}

/** Names the fan-outs by their series; without them (not fetched yet, or gone) by their time alone. */
export function useSubject(): (content: FanOutContent) => Subject {
  const { api } = useShell();
  const { t, dates, language } = useText();
  const offset = useOffset();
  const all = useLoad('series', () => listSeries(api));
  const series = all.state === 'ready' ? all.value.series : [];
  const when = (content: SessionContent): string | undefined => {
    if ('start' in content) return dates.moment(content.start);
    if (content.kind === 'invitation' || content.kind === 'welcome') return undefined;
    const parts = partsOfOccurrence(content.occurrenceId);
    return parts && dates.plainDay(parts.date);
  };
  return (content) => {
    if (!isOfSessions(content)) return { kind: t(kindKey(content)), title: '' };
    const kind = t(kindKey(content));
    if (content.kind === 'welcome' && (content.name !== undefined || !isToOne(content))) {
      const { people, at: addedAt, name } = content;
      if (name !== undefined) return { kind, title: t('sends.import.title', { name, people }) };
      return { kind, title: t('sends.welcome.title', { day: dates.plainDate(addedAt), people }) };
    }
    const names = seriesIdsOf(content).flatMap(
      (id) => series.find((one) => one.id === id)?.names[language] ?? [],
    );
    const name = names.length === 0 ? t('sends.session') : names.join(', ');
    const at = when(content);
    return {
      kind: content.kind === 'reminder' ? `${kind}, ${offset(content.offset)}` : kind,
      title: at === undefined ? name : `${name}, ${at}`,
    };
  };
}

/** What the carriers say (`reason` of a recipient), and the words for it. */
const words: Readonly<Record<string, TextKey>> = {
  neverMet: 'sends.reason.neverMet',
  noChat: 'sends.reason.neverMet',
  noPerson: 'sends.reason.noPerson',
  ConversationBlockedByUser: 'sends.reason.blocked',
  MessageWritesBlocked: 'sends.reason.blocked',
  BotNotInConversationRoster: 'sends.reason.notInConversation',
  BotDisabledByAdmin: 'sends.reason.byAdmin',
  ForbiddenOperationException: 'sends.reason.forbidden',
  ConversationNotFound: 'sends.reason.noConversation',
  MessageSizeTooBig: 'sends.reason.tooBig',
  foreignService: 'sends.reason.foreignService',
  noConsent: 'sends.reason.noConsent',
  notInvited: 'sends.reason.notInvited',
  notWanted: 'sends.reason.notWanted',
  contactGone: 'sends.reason.contactGone',
  sentAlready: 'sends.reason.sentAlready',
  noMailer: 'sends.reason.noMailer',
  late: 'sends.reason.late',
  superseded: 'sends.reason.superseded',
  cancelled: 'sends.reason.cancelled',
  interrupted: 'sends.reason.interrupted',
  restored: 'sends.reason.restored',
  internal: 'sends.reason.internal',
  ErrorInvalidRecipients: 'sends.reason.address',
  notAnAddress: 'sends.reason.address',
  ApplicationThrottled: 'sends.reason.busy',
  organiserGone: 'sends.reason.organiserGone',
  SendTimeout: 'sends.reason.noAnswer',
  notTold: 'sends.reason.noAnswer',
  ECONNRESET: 'sends.reason.noAnswer',
  ETIMEDOUT: 'sends.reason.noAnswer',
  EPIPE: 'sends.reason.noAnswer',
  UND_ERR_HEADERS_TIMEOUT: 'sends.reason.noAnswer',
  UND_ERR_SOCKET: 'sends.reason.noAnswer',
};

const byStatus: Readonly<Record<number, TextKey>> = {
  412: 'sends.reason.unavailable',
  413: 'sends.reason.tooBig',
  429: 'sends.reason.busy',
  502: 'sends.reason.unavailable',
  503: 'sends.reason.unavailable',
  504: 'sends.reason.unavailable',
};

/**
 * Why somebody was not reached, in words; undefined for a reason that nobody foresaw, which is shown as it came.
 * @param reason a code, or an HTTP status with the code that came with it: `403 ConversationBlockedByUser`
 */
export function reasonKey(reason: string): TextKey | undefined {
  const parts = reason.split(/\s+/);
  const named = parts.find((part) => Object.hasOwn(words, part));
  if (named !== undefined) return words[named];
  if (parts.some(isNeverConnected)) return 'sends.reason.unavailable';
  const status = /^\d{3}$/.test(parts[0] ?? '') ? Number(parts[0]) : 0;
  return byStatus[status] ?? (status >= 500 ? 'sends.reason.noAnswer' : undefined);
}

/** The state that an address asks for; undefined for any other word. */
export function recipientState(word: string | undefined): RecipientState['status'] | undefined {
  // As links of before say it.
  return word === 'gone' ? 'undeliverable' : shownStates.find((status) => status === word);
}

/** A list as far as it has been fetched; `next` is the way to more. */
interface Fetched<Line> {
  readonly lines: readonly Line[];
  readonly next?: string;
}

/**
 * A list whose first page was fetched anew: what stands further down stays, and nothing stands twice. Where the list
 * has grown by more than a page meanwhile it begins anew, since between the two something would be missing.
 */
export function withFreshStart<Line>(
  current: Fetched<Line>,
  fresh: Fetched<Line>,
  keyOf: (line: Line) => string,
): Fetched<Line> {
  const keys = new Set(fresh.lines.map(keyOf));
  const rest = current.lines.filter((line) => !keys.has(keyOf(line)));
  const isJoined = rest.length < current.lines.length;
  if (!isJoined || current.lines.length <= fresh.lines.length) return fresh;
  return { lines: [...fresh.lines, ...rest], ...(current.next !== undefined && { next: current.next }) };
}
