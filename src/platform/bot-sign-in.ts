/** Tokens with which an application shows a service who it is. */
export interface Tokens {
  /** A token that is good for some minutes; asked for once, however many want it. Its fault carries no secret. */
  get(): Promise<string>;
  /** Forgets a token that was refused. */
  refused(token: string): void;
}

/** For what the token of a request to the bot vouches. */
export interface ActivitySender {
  /** The service that sends, and to which answers may go. */
  readonly serviceUrl: string;
  /** The channels for which its key may speak, such as `msteams`. */
  readonly channels: readonly string[];
}

/** How the bot and Teams' connector show each other who they are. */
export interface BotSignIn {
  /**
   * Who sends a request.
   * @param authorization the header as it came.
   * @throws AppError `signIn.needed` without a good token, with the reason as its cause; `signIn.unavailable` while the keys
   *   of those who sign can't be read.
   */
  senderOf(authorization: string | undefined): Promise<ActivitySender>;
  /** Tokens for the connector. */
  readonly tokens: Tokens;
}

/** What the bot is in Teams. */
export interface BotIdentity {
  /** Where set, only its members are served. */
  readonly tenantId?: string;
  /** Absent where nobody signs in, which is for loopback alone. */
  readonly signIn?: BotSignIn;
}
