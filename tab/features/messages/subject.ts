import type { MessageBody } from '../../../src/delivery/outbox/message.js';
import type { KnownBody } from '../../../src/message-bodies.js';
import type { NewsNotice } from '../../../src/news/notices.js';
import type { SessionNotice } from '../../../src/sessions/notices.js';
import { href } from '../../shared/route.js';
import type { TextKey } from '../../text.js';

/** How the kinds are called; the keys of the texts are as old as they. */
const kindKeys: Readonly<Record<KnownBody['kind'], TextKey>> = {
  notice: 'messages.kind.notice',
  notifyMany: 'messages.kind.tell',
  release: 'messages.kind.release',
  newsIndex: 'messages.kind.newsIndex',
  sessionPlan: 'messages.kind.sessionPlan',
  calendar: 'messages.kind.calendar',
  attendance: 'messages.kind.attendance',
  send: 'messages.kind.send',
};

function isKnown(body: MessageBody | KnownBody): body is KnownBody {
  return Object.hasOwn(kindKeys, body.kind);
}

function isAboutSession(notice: NewsNotice | SessionNotice): notice is SessionNotice {
  return 'occurrenceId' in notice;
}

/** What kind of message it is, in words. */
export function kindKey(body: MessageBody): TextKey {
  if (!isKnown(body)) return 'messages.kind.other';
  if (body.kind === 'notice' && isAboutSession(body.notice)) return 'messages.kind.sessionNotice';
  return kindKeys[body.kind];
}

/** The way to what a message is about, and the words on it; nothing where it is about everything. */
export function linkOf(body: MessageBody): { readonly to: string; readonly words: TextKey } | undefined {
  if (!isKnown(body)) return undefined;
  switch (body.kind) {
    case 'release':
      return { to: href(['releases', body.releaseId]), words: 'messages.settle.release' };
    case 'notice':
      return isAboutSession(body.notice)
        ? { to: href(['sessions', body.notice.occurrenceId]), words: 'messages.open.session' }
        : { to: href(['news', body.notice.newsId]), words: 'messages.open.news' };
    case 'newsIndex':
      return { to: href(['news', body.newsId]), words: 'messages.open.news' };
    case 'notifyMany':
      return { to: href(['sessions', body.notice.occurrenceId]), words: 'messages.open.session' };
    case 'attendance':
      return { to: href(['sessions', body.occurrenceId]), words: 'messages.open.session' };
    case 'sessionPlan':
    case 'calendar':
      return body.seriesId === undefined
        ? undefined
        : { to: href(['sessions', 'series', body.seriesId]), words: 'messages.open.series' };
    case 'send':
      return { to: href(['sends', body.sendId]), words: 'messages.open.sends' };
  }
}
