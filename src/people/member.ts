import type { Role } from '../platform/actor.js';

/** A member of the tenant, as the directory vouches for them. */
export interface DirectoryMember {
  /** Directory object id. */
  readonly id: string;
  /** Empty where the directory does not say it. */
  readonly name: string;
  /** The roles of the app registration that the person has now; Big Room knows `Admin` and `Coordinator`. */
  readonly appRoles: readonly string[];
}

const byAppRole: Readonly<Record<string, Role>> = { Admin: 'admin', Coordinator: 'coordinator' };

const weight = (role: Role): number => (role === 'admin' ? 2 : role === 'coordinator' ? 1 : 0);

/** The role of somebody who has one here, and perhaps others in the directory for as long as they stand there: the one that may most. */
export function roleWith(own: Role, { appRoles }: Pick<DirectoryMember, 'appRoles'>): Role {
  const given = appRoles.flatMap((name) => (Object.hasOwn(byAppRole, name) ? (byAppRole[name] ?? []) : []));
  return [own, ...given].reduce((best, each) => (weight(each) > weight(best) ? each : best));
}
