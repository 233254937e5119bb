/** Teams' limits, as the platform states them: so many requests in so many milliseconds. */
const conversationWindows: readonly (readonly [max: number, ms: number])[] = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
];

const maxOld = 5_000;

/** Moments in order, of which old ones fall off at the front without being moved. */
class Stamps {
  readonly #all: number[] = [];
  #first = 0;

  add(now: number, longest: number): void {
    this.#all.push(now);
    while ((this.#all[this.#first] ?? now) <= now - longest) this.#first += 1;
    if (this.#first < maxOld) return;
    this.#all.splice(0, this.#first);
    this.#first = 0;
  }

  /** Whether so many lie within the window that ends now, by the oldest of the last so many. */
  isFull(max: number, ms: number, now: number): boolean {
    const at = this.#all.length - max;
    return at >= 0 && (this.#all[at] ?? 0) > now - ms;
  }
}

/** What a tenant and its conversations take, by sliding windows; a request that is refused does not count. */
export class TeamsLimits {
  readonly #perSecond: number | undefined;
  readonly #tenant = new Stamps();
  readonly #conversations = new Map<string, Stamps>();

  /** @param perSecond of the tenant; 50 in Teams */
  constructor(perSecond?: number) {
    this.#perSecond = perSecond;
  }

  /** Counts one request into a conversation, or returns the limit that it meets. */
  take(conversation: string | undefined, now: number): 'tenant' | 'conversation' | undefined {
    if (this.#perSecond !== undefined && this.#tenant.isFull(this.#perSecond, 1_000, now)) return 'tenant';
    const stamps = conversation === undefined ? undefined : this.#of(conversation);
    if (stamps && conversationWindows.some(([max, ms]) => stamps.isFull(max, ms, now))) return 'conversation';
    this.#tenant.add(now, 1_000);
    stamps?.add(now, 3_600_000);
    return undefined;
  }

  #of(conversation: string): Stamps {
    const stamps = this.#conversations.get(conversation) ?? new Stamps();
    this.#conversations.set(conversation, stamps);
    return stamps;
  }
}
