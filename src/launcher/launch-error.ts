/** A reason why trial mode cannot start or go on, in words for the person who started it. */
export class LaunchError extends Error {
  override readonly name = 'TrialError';
}
