import type { MessageBody, Message } from '../../../src/delivery/outbox/message.js';
import type { KnownBody } from '../../../src/message-bodies.js';
import type { NewsNotice } from '../../../src/news/notices.js';
import type { PublishFault } from '../../../src/releases/channels/channel.js';
import type { SessionNotice } from '../../../src/sessions/notices.js';
import { isNeverConnected } from '../../../src/shared/connection-codes.js';
import { href } from '../../shared/route.js';
import type { TextKey } from '../../text.js';

/** How the kinds are called. */
const kindKeys: Readonly<Record<KnownBody['kind'], TextKey>> = {
  notice: 'messages.kind.notice',
  notifyMany: 'messages.kind.notifyMany',
  release: 'messages.kind.release',
  newsIndex: 'messages.kind.newsIndex',
  newsCard: 'messages.kind.newsCard',
  digest: 'messages.kind.digest',
  sessionPlan: 'messages.kind.sessionPlan',
  calendar: 'messages.kind.calendar',
  attendance: 'messages.kind.attendance',
  replies: 'messages.kind.replies',
  meetingAccess: 'messages.kind.meetingAccess',
  send: 'messages.kind.send',
  contactStopped: 'messages.kind.contactStopped',
  contactImport: 'messages.kind.contactImport',
  contactBulk: 'messages.kind.contactBulk',
  contactAsk: 'messages.kind.contactAsk',
  contactErase: 'messages.kind.contactErase',
  presentersAffected: 'messages.kind.notifyMany',
  signUp: 'messages.kind.signUp',
  signUpsFull: 'messages.kind.signUpsFull',
};

function isKnown(body: MessageBody | KnownBody): body is KnownBody {
  return Object.hasOwn(kindKeys, body.kind);
}

type KnownNotice = Extract<KnownBody, { kind: 'notice' }>['notice'];

function isAboutSession(notice: KnownNotice): notice is SessionNotice {
  return 'occurrenceId' in notice;
}

const isAboutNews = (notice: KnownNotice): notice is NewsNotice => 'newsId' in notice;

/** The way to what a notice is about; nothing where it stands for several. */
function linkOfNotice(notice: KnownNotice): Link | undefined {
  if (isAboutSession(notice))
    return { to: href(['sessions', notice.occurrenceId]), words: 'messages.open.session' };
  if (isAboutNews(notice)) return { to: href(['news', notice.newsId]), words: 'messages.open.news' };
  return notice.about === 'fanOut'
    ? { to: href(['sends', notice.sendId]), words: 'messages.open.sends' }
    : undefined;
}

interface Link {
  readonly to: string;
  readonly words: TextKey;
}

/** What kind of message it is, in words. */
export function kindKey(body: MessageBody): TextKey {
  if (!isKnown(body)) return 'messages.kind.other';
  if (body.kind === 'notice') {
    if (isAboutSession(body.notice)) return 'messages.kind.sessionNotice';
    return isAboutNews(body.notice) ? kindKeys.notice : kindKeys.send;
  }
  return kindKeys[body.kind];
}

/** The way to what a message is about, and the words on it; nothing where it is about everything. */
export function linkOf(body: MessageBody): Link | undefined {
  if (!isKnown(body)) return undefined;
  switch (body.kind) {
    case 'release':
      return { to: href(['releases', body.releaseId]), words: 'messages.settle.release' };
    case 'notice':
      return linkOfNotice(body.notice);
    case 'newsIndex':
    case 'newsCard':
      return { to: href(['news', body.newsId]), words: 'messages.open.news' };
    case 'notifyMany':
      return linkOfNotice(body.notice);
    case 'attendance':
      return { to: href(['sessions', body.occurrenceId]), words: 'messages.open.session' };
    case 'sessionPlan':
    case 'meetingAccess':
    case 'calendar':
      return body.seriesId === undefined
        ? undefined
        : { to: href(['sessions', 'series', body.seriesId]), words: 'messages.open.series' };
    case 'send':
      return { to: href(['sends', body.sendId]), words: 'messages.open.sends' };
    case 'digest':
    case 'replies':
    case 'signUp':
    case 'signUpsFull':
      return undefined;
    case 'presentersAffected': {
      const [first] = body.effects;
      return first && { to: href(['sessions', first.occurrenceId]), words: 'messages.open.session' };
    }
    case 'contactStopped':
      return { to: href(['contacts', body.contactId]), words: 'messages.open.contact' };
    case 'contactAsk':
      return { to: href(['contacts', body.contactId]), words: 'messages.open.contact' };
    case 'contactBulk':
    case 'contactErase':
      return undefined;
    case 'contactImport':
      return { to: href(['contacts', 'imports', body.importId]), words: 'messages.open.import' };
  }
}

/** What stood in the way, by the words that the sending side uses for it (`reason` of a message). */
const unanswered: readonly string[] = ['SendTimeout', 'notTold', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE'];
/** HTTP answers that ask to come back later. */
const later: readonly number[] = [412, 429, 502, 503, 504];

const publishFaults: Readonly<Record<PublishFault, true>> = {
  unavailable: true,
  locked: true,
  notSignedIn: true,
  notAllowed: true,
  siteGone: true,
  partly: true,
  removedThere: true,
  refused: true,
  noAnswer: true,
  noChannel: true,
  tooEarly: true,
  unexpected: true,
  restored: true,
};
const isPublishFault = (reason: string): reason is PublishFault => Object.hasOwn(publishFaults, reason);

/** Why a message is stuck, in words; what nobody foresaw is said to be so. */
export function reasonKey({ body, state }: Message): TextKey | undefined {
  if (!('reason' in state)) return undefined;
  const { reason } = state;
  if (reason === 'restored' && body.kind !== 'release') return 'messages.reason.restored';
  if (reason === 'interrupted') return 'messages.reason.interrupted';
  if (body.kind === 'release') {
    return isPublishFault(reason) ? `release.fault.${reason}` : 'release.fault.unexpected';
  }
  if (body.kind === 'newsIndex') return 'messages.reason.index';
  if (body.kind === 'replies')
    return reason === 'mailboxSilent' ? 'messages.reason.mailboxSilent' : 'messages.reason.mailbox';
  if (body.kind === 'signUpsFull') return 'messages.reason.signUpsFull';
  if (reason === 'foreignService') return 'messages.reason.foreignService';
  const status = Number.parseInt(reason, 10);
  if (isNeverConnected(reason) || reason === 'noHandler' || later.includes(status))
    return 'messages.reason.unavailable';
  if (unanswered.includes(reason) || status >= 500) return 'messages.reason.noAnswer';
  if (status >= 400) return 'messages.reason.refused';
  return 'messages.reason.unexpected';
}

export type Settlement = 'again' | 'sent' | 'cancelled';

/** How a message can be settled here: a release is settled on its own page, and search data only ever arrive at ourselves. */
export function settlementsOf({ body, state }: Message): readonly Settlement[] {
  if (body.kind === 'release') return [];
  if (body.kind === 'newsIndex') return ['again', 'cancelled'];
  return state.status === 'uncertain' ? ['again', 'sent', 'cancelled'] : ['again', 'cancelled'];
}
