import { AppError } from '../platform/errors.js';
import type { PersonId } from '../platform/ids.js';
import { roleWith, type DirectoryMember } from '../people/member.js';
import type { Person } from '../people/person.js';
import type { Language } from '../shared/languages.js';
import type { SignInMode } from '../shared/answers/people.js';
import type { PeopleService } from '../people/service.js';

/** What a request brings with which its sender signs in. */
export interface Credentials {
  /** The Authorization header as it came. */
  readonly authorization: string | undefined;
  /** What the browser speaks, for somebody who is new here. */
  readonly language: Language;
}

/** Finds out who a request comes from: in trial mode the person who was picked, in the cloud whoever an Entra token names. */
export interface SignIn {
  readonly mode: SignInMode;
  /** The scheme that is asked for where nobody has signed in (RFC 9110, 11.6.1). */
  readonly challenge: 'Trial' | 'Bearer';
  /**
   * @throws AppError `signIn.needed` without a valid header, `signIn.unknownPerson` for somebody who is not here,
   *   `signIn.guest` for a guest of the tenant, `signIn.unavailable` while nobody can be signed in.
   */
  whoIs(credentials: Credentials): Promise<Person>;
}

/**
 * The trial's sign-in: `Trial <person id>` from the person picker. A header of our own, and not a cookie, so that a
 * page of another origin cannot send it along. Only for a server that listens on loopback.
 */
export function trialSignIn(people: Pick<PeopleService, 'find' | 'acting'>): SignIn {
  return {
    mode: 'trial',
    challenge: 'Trial',
    whoIs: async ({ authorization }) => {
      const id = /^Trial ([\w-]{1,64})$/.exec(authorization ?? '')?.[1];
      if (id === undefined) throw new AppError('signIn.needed');
      const person = await people.find(id as PersonId);
      if (person === undefined) throw new AppError('signIn.unknownPerson');
      return people.acting(person);
    },
  };
}

/**
 * Signing in with Entra: `Bearer <token>`. A member of the tenant who was never seen before becomes a worker. What their roles
 * in the directory allow is decided by each token anew, and stored nowhere.
 * @param check says whom a token names; throws as {@link SignIn.whoIs}
 */
export function entraSignIn(check: (token: string) => Promise<DirectoryMember>) {
  return (people: Pick<PeopleService, 'byTeamsUser'>): SignIn => ({
    mode: 'entra',
    challenge: 'Bearer',
    whoIs: async ({ authorization, language }) => {
      // The scheme's name in any case (RFC 9110, 11.1), and the token as RFC 6750, 2.1 writes it.
      const token = /^bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) throw new AppError('signIn.needed');
      const member = await check(token);
      const { id, name } = member;
      const person = await people.byTeamsUser({ aadObjectId: id, id, name, locale: language });
      return { ...person, role: roleWith(person.role, member) };
    },
  });
}
