import type { Message, MessageBody, Notice, SessionNotice } from '../../../src/delivery/outbox/message.js';
import { href } from '../../shared/route.js';
import type { TextKey } from '../../text.js';

function isAboutSession(notice: Notice): notice is SessionNotice {
  return 'occurrenceId' in notice;
}

/** What kind of message it is, in words. */
export function kindKey(body: MessageBody): TextKey {
  if (body.kind === 'notice' && isAboutSession(body.notice)) return 'messages.kind.sessionNotice';
  return `messages.kind.${body.kind}`;
}

/** The way to what a message is about, and the words on it; nothing where it is about everything. */
export function linkOf(body: Message['body']): { readonly to: string; readonly words: TextKey } | undefined {
  switch (body.kind) {
    case 'release':
      return { to: href(['releases', body.releaseId]), words: 'messages.settle.release' };
    case 'notice':
      return isAboutSession(body.notice)
        ? { to: href(['sessions', body.notice.occurrenceId]), words: 'messages.open.session' }
        : { to: href(['news', body.notice.newsId]), words: 'messages.open.news' };
    case 'newsIndex':
      return { to: href(['news', body.newsId]), words: 'messages.open.news' };
    case 'tell':
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
