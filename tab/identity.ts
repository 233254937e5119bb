import type { Account } from './sign-in/identity.js';

/** Saying oneself who one is, where nobody proves it: trial mode. */
export interface PersonChoice {
  /** Who was chosen; undefined while nobody was. */
  personId(): string | undefined;
  choose(personId: string): void;
}

/** Whoever asks the server, and how that is proven. */
export interface Identity {
  /**
   * The `Authorization` header of the next request; undefined sends it without. It may come later, from whoever gives
   * out tokens; one that is at hand is given at once, since the last request of a page that closes cannot wait. A
   * refusal fails the request: with the `ApiError` or `SignInFault` that it is, or else as one that got no answer.
   */
  header(): string | undefined | Promise<string | undefined>;
  /**
   * The header to ask with again after the server did not believe this one, where another can be had. A request that was
   * answered with 401 did nothing, so that it may be sent again.
   */
  instead?(refused: string): Promise<string | undefined>;
  /** How signing in goes on; absent in trial mode. */
  readonly account?: Account;
  /** How the person is chosen; absent where the host knows who it is. */
  readonly choice?: PersonChoice;
}

const personKey = 'bigroom.person';

/**
 * A person who is believed without proof. One chosen in this browser tab comes before the one that was chosen last on
 * the device, so that two people can be tried side by side.
 * @param host the window, for its storages
 */
export function trialIdentity(host: Pick<Window, 'localStorage' | 'sessionStorage'>) {
  const personId = (): string | undefined =>
    host.sessionStorage.getItem(personKey) ?? host.localStorage.getItem(personKey) ?? undefined;
  return {
    header: () => {
      const id = personId();
      return id === undefined ? undefined : `Trial ${id}`;
    },
    choice: {
      personId,
      choose: (id: string) => {
        host.sessionStorage.setItem(personKey, id);
        host.localStorage.setItem(personKey, id);
      },
    },
  } satisfies Identity;
}
