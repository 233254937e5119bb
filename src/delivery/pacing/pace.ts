/** Keeps what leaves below what the other side takes. Every request asks it: first tries, retries, openings. */
export interface Pace {
  /**
   * Waits until one request may be sent, into a conversation where one is named.
   * @returns 0 when it may leave now; else the seconds after which to ask again, because the conversation's own
   *   limit is reached: nothing was waited for then.
   */
  permit(conversation?: string): Promise<number>;
}

/** For what nobody limits: mail into files. */
export const unlimited: Pace = { permit: () => Promise.resolve(0) };

/** Time as the pace needs it; a test brings its own. */
export interface Time {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}
