import type { Message } from '../../../src/delivery/outbox/message.js';
import type { PublishFault } from '../../../src/releases/channels/channel.js';
import type { TextKey } from '../../text.js';

/** What stood in the way, by the words that the sending side uses for it (`reason` of a message). */
const notNow: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'noHandler',
];
const unanswered: readonly string[] = ['SendTimeout', 'notTold', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE'];
/** HTTP answers that ask to come back later. */
const later: readonly number[] = [412, 429, 502, 503, 504];

const publishFaults: Readonly<Record<PublishFault, true>> = {
  unavailable: true,
  refused: true,
  noAnswer: true,
  noChannel: true,
  tooEarly: true,
  unexpected: true,
};
const isPublishFault = (reason: string): reason is PublishFault => Object.hasOwn(publishFaults, reason);

/** Why a message is stuck, in words; what nobody foresaw is said to be so. */
export function reasonKey({ body, state }: Message): TextKey | undefined {
  if (!('reason' in state)) return undefined;
  const { reason } = state;
  if (reason === 'interrupted') return 'messages.reason.interrupted';
  if (body.kind === 'release') {
    return isPublishFault(reason) ? `release.fault.${reason}` : 'release.fault.unexpected';
  }
  if (body.kind === 'newsIndex') return 'messages.reason.index';
  if (reason === 'foreignService') return 'messages.reason.foreignService';
  const status = Number.parseInt(reason, 10);
  if (notNow.includes(reason) || later.includes(status)) return 'messages.reason.unavailable';
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
