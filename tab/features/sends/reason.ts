import type { TextKey } from '../../text.js';

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
  contactGone: 'sends.reason.contactGone',
  noMailer: 'sends.reason.noMailer',
  late: 'sends.reason.late',
  superseded: 'sends.reason.overtaken',
  cancelled: 'sends.reason.cancelled',
  interrupted: 'sends.reason.interrupted',
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
  ECONNREFUSED: 'sends.reason.unavailable',
  ENOTFOUND: 'sends.reason.unavailable',
  EAI_AGAIN: 'sends.reason.unavailable',
  EHOSTUNREACH: 'sends.reason.unavailable',
  ENETUNREACH: 'sends.reason.unavailable',
  UND_ERR_CONNECT_TIMEOUT: 'sends.reason.unavailable',
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
  const status = /^\d{3}$/.test(parts[0] ?? '') ? Number(parts[0]) : 0;
  return byStatus[status] ?? (status >= 500 ? 'sends.reason.noAnswer' : undefined);
}
