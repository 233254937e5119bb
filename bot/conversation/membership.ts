import { TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { type PeopleService, personIdOf } from '../../src/people/service.js';
import { type CheckedActivity, tenantsOf } from '../channel/activity.js';
import { asError } from './actions.js';
import { userOf } from './conversation-context.js';

/** What Teams says of somebody, in an activity or in the roster of a conversation. */
const userSchema = z.looseObject({
  tenantId: z.string().nullish().catch(undefined),
  userRole: z.string().nullish().catch(undefined),
  userPrincipalName: z.string().nullish().catch(undefined),
  givenName: z.string().max(200).nullish().catch(undefined),
});
type TeamsMember = z.infer<typeof userSchema>;

const guestRoles: readonly (string | undefined)[] = ['guest', 'anonymous'];

/** Guests of a tenant have the address of their own one in their user name: `anna_example.org#EXT#@county.example`. */
function isGuest({ userRole, userPrincipalName }: TeamsMember): boolean {
  const role = userRole?.toLowerCase();
  return guestRoles.includes(role) || userPrincipalName?.toUpperCase().includes('#EXT#') === true;
}

/** Who speaks: a member of the tenant, with the given name where it was asked for; or somebody else. */
export type Membership =
  | { readonly status: 'member'; readonly givenName?: string }
  | { readonly status: 'outsider' };

const outsider: Membership = { status: 'outsider' };

/** In the state of a turn: what kept us from finding out for which programme the sender speaks. */
export const senderFault = Symbol('senderFault');

interface Deps {
  /** Absent where nobody signs in: then everybody is a member. */
  readonly tenantId: string | undefined;
  readonly people: Pick<PeopleService, 'find'>;
}

/**
 * Whether the one who speaks belongs to the tenant. Each tenant that an activity names has to be ours, and one has to be
 * named. A guest's activity looks like a member's, so that somebody new is looked up in the roster
 * (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context).
 * @throws where the roster can't be read, or there is a {@link senderFault}: then nobody knows.
 */
export function membership({ tenantId, people }: Deps) {
  return async (context: TurnContext): Promise<Membership> => {
    const fault: unknown = context.turnState.get(senderFault);
    if (fault !== undefined) throw asError(fault);
    if (tenantId === undefined) return { status: 'member' };
    const activity = context.activity as unknown as CheckedActivity;
    const from = userSchema.parse(activity.from);
    const isForeign = ({ tenantId: own }: TeamsMember): boolean =>
      typeof own === 'string' && own.toLowerCase() !== tenantId.toLowerCase();
    const tenants = tenantsOf(activity);
    if (tenants.length === 0 || tenants.some((each) => each !== tenantId.toLowerCase())) return outsider;
    const hasDirectoryId = typeof activity.from.aadObjectId === 'string';
    if (isForeign(from) || isGuest(from) || !hasDirectoryId) return outsider;
    if ((await people.find(personIdOf(userOf(activity)))) !== undefined) return { status: 'member' };
    const member = userSchema.parse(await TeamsInfo.getMember(context, activity.from.id));
    if (isForeign(member) || isGuest(member)) return outsider;
    const { givenName } = member;
    return { status: 'member', ...(typeof givenName === 'string' && { givenName }) };
  };
}
