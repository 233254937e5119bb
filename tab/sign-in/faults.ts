/**
 * Why there is no token. `consent`: nobody has allowed Big Room to sign people in; `interrupted`: the window in which one signs
 * in was closed, never opened, or wants to be answered; `network`: no connection; `unsupported`: whoever shows the page can't
 * sign anybody in; `ended`: one has to sign in again; `failed`: anything else.
 */
export const signInReasons = ['consent', 'interrupted', 'network', 'unsupported', 'ended', 'failed'] as const;
export type SignInReason = (typeof signInReasons)[number];

/** No token: recognized by its name, since the page's first script and the program each have a copy of this class. */
export class SignInFault extends Error {
  override readonly name = 'SignInFault';

  constructor(
    readonly reason: SignInReason,
    cause?: unknown,
  ) {
    super(`Not signed in: ${reason}`, { cause });
  }
}

/** Makes a {@link SignInFault} for the parts that get tokens: they are loaded before the program, and hold nothing of it. */
export type MakeFault = (reason: SignInReason, cause: unknown) => SignInFault;

export function isSignInFault(error: unknown): error is SignInFault {
  return error instanceof Error && error.name === 'SignInFault';
}
