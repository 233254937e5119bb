import { AppError } from '../platform/errors.js';
import type { PersonId } from '../platform/ids.js';
import type { Person } from '../people/person.js';
import type { SignInMode } from '../shared/answers/people.js';
import type { PeopleService } from '../people/service.js';

/** Finds out who a request comes from. Trial mode takes the picked person; in the cloud it will be an Entra token. */
export interface SignIn {
  readonly mode: SignInMode;
  /**
   * @param authorization the Authorization header as it came.
   * @throws AppError `signIn.needed` without a valid one, `signIn.unknownPerson` for somebody who is not here.
   */
  whoIs(authorization: string | undefined): Promise<Person>;
}

/**
 * The trial's sign-in: `Trial <person id>` from the person picker. A header of our own, and not a cookie, so that a
 * page of another origin cannot send it along. Only for a server that listens on loopback.
 */
export function trialSignIn(people: Pick<PeopleService, 'find'>): SignIn {
  return {
    mode: 'trial',
    whoIs: async (authorization) => {
      const id = /^Trial ([\w-]{1,64})$/.exec(authorization ?? '')?.[1];
      if (id === undefined) throw new AppError('signIn.needed');
      const person = await people.find(id as PersonId);
      if (person === undefined) throw new AppError('signIn.unknownPerson');
      return person;
    },
  };
}
