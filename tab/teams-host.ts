import { app, authentication } from '@microsoft/teams-js';
import type { SignInReason } from './sign-in/faults.js';
import type { MakeTokenSource } from './sign-in/identity.js';

// Imports nothing of the program that runs by itself: the page's first script loads this before the program has come.

/** What the host says of itself and of the place that it opens. */
export type Greeting = Awaited<ReturnType<typeof app.getContext>>;

/** How long a host may take to answer, in milliseconds. Outside any teams-js itself waits for a minute. */
const maxWaitMs = 3000;

async function inTime<Value>(answer: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No Teams host answered')), maxWaitMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws Error where there is no host. */
export async function greet(): Promise<Greeting> {
  const initialized = app.initialize();
  try {
    await inTime(initialized);
    return await inTime(app.getContext());
  } catch (error) {
    // A host that answers late is followed no more; but it waits for the page, and takes it away after half a minute.
    initialized.then(
      () => app.notifySuccess(),
      () => undefined,
    );
    throw error;
  }
}

export const onTheme = (changed: (name: string) => void): void => app.registerOnThemeChangeHandler(changed);

/** Says to Teams that the page is shown, so that Teams removes its loading indicator. */
export const notifyShown = (): void => void app.notifySuccess();

/**
 * Says to Teams that the page is shown, and why it is not what the person wanted. `app.notifyFailure` would put a page of Teams
 * over ours, which says what to do.
 */
export const notifyTrouble = (reason: 'permission' | 'offline' | 'other'): void => {
  const { PermissionError, Offline, Other } = app.ExpectedFailureReason;
  app.notifyExpectedFailure({
    reason: { permission: PermissionError, offline: Offline, other: Other }[reason],
  });
};

/**
 * What Teams says when it gives no token, as words in its errors
 * (https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-code): there is no list that is kept.
 */
const reasons: readonly (readonly [RegExp, SignInReason])[] = [
  [/consent|65001|90094/i, 'consent'],
  [/cancel|FailedToOpenWindow|popup|window|interaction|mfa|tokenRevoked|50076|50079|50158/i, 'interrupted'],
  [/not ?supported|unsupported|not implemented/i, 'unsupported'],
  [/network|timeout|timed ?out|offline|connection/i, 'network'],
];

function reasonOf(error: unknown): SignInReason {
  if (!navigator.onLine) return 'network';
  const said = error instanceof Error ? error.message : JSON.stringify(error);
  return reasons.find(([pattern]) => pattern.test(said))?.[1] ?? 'failed';
}

/**
 * Tokens from Teams. `getAuthToken` asks for consent itself where that is needed, so that trying again opens the question again;
 * Teams keeps the token and renews it, and has no way to ask for a new one.
 */
export const tokenSource: MakeTokenSource = ({ fault }) => ({
  token: async () => {
    try {
      await inTime(app.initialize());
    } catch (error) {
      throw fault('unsupported', error);
    }
    try {
      return await authentication.getAuthToken();
    } catch (error) {
      throw fault(reasonOf(error), error);
    }
  },
});
