/** Seven days in seconds: the longest that Azure hides a message. */
export const longestDelay = 604_800;

/** A queue that delivers at least once: a message is an id, never the data. */
export interface Queue {
  /** Text of at most 48 KiB, visible after so many seconds; a longer delay than {@link longestDelay} is cut to it. */
  send(text: string, afterSeconds?: number): Promise<void>;
  /** At most 32 deliveries, each hidden from others for so many seconds. */
  receive(max: number, hiddenSeconds: number): Promise<readonly Delivery[]>;
}

export interface Delivery {
  readonly text: string;
  /** How many times it was delivered, this one included. */
  readonly deliveries: number;
  /** Takes it off the queue; harmless when it was removed already. */
  done(): Promise<void>;
}
