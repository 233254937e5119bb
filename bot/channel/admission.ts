import type { ActivitySender } from '../../src/platform/bot-sign-in.js';
import { AppError } from '../../src/platform/errors.js';
import { type CheckedActivity, tenantsOf } from './activity.js';

/** The only channel that Big Room speaks with. Others, such as web chat, take anybody who calls themselves anything. */
const teams = 'msteams';

/** Microsoft's own SDK for Teams reads both spellings of an address as the same one. */
const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

/** Why an activity is not served although its sender is known, for the log. */
class NotOurs extends Error {
  override readonly name = 'NotOurs';
}

function reasonAgainst(
  activity: CheckedActivity,
  { serviceUrl, channels }: ActivitySender,
  tenantId: string | undefined,
): string | undefined {
  if (activity.channelId !== teams) return 'of another channel';
  if (!channels.includes(teams)) return 'signed by a key that does not vouch for Teams';
  if (withoutSlash(serviceUrl) !== withoutSlash(activity.serviceUrl)) return 'of another service';
  const tenants = tenantsOf(activity);
  if (tenants.length === 0) return 'of no tenant';
  return tenants.some((each) => each !== tenantId?.toLowerCase()) ? 'of another tenant' : undefined;
}

/**
 * Whether the token with which an activity came covers it: what an activity says of itself is only as good as what its
 * token says of the same.
 * @param tenantId whose activities alone are served: each that an activity names has to be it, and one has to be named. Without
 *   it none is served.
 * @throws AppError `permission.denied`, with the reason as its cause.
 */
export function assertCovered(
  activity: CheckedActivity,
  sender: ActivitySender,
  tenantId: string | undefined,
): void {
  const reason = reasonAgainst(activity, sender, tenantId);
  if (reason !== undefined) throw new AppError('permission.denied', {}, { cause: new NotOurs(reason) });
}
