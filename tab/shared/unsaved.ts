/** Words that are being written somewhere on the page and may not be stored yet. */
export interface UnsavedWriting {
  /** Stores at once what is not stored; false when it could not. */
  readonly settle: () => Promise<boolean>;
  /** What stands in the way, in the person's words: which text, and what to do. */
  readonly trouble: () => string;
  /** Takes the person to the text. */
  readonly show: () => void;
}

/** Everything that is being written on the page; who writes adds themselves while they are on the screen. */
export interface UnsavedWritings {
  /** @returns takes it off again. */
  readonly add: (writing: UnsavedWriting) => () => void;
  /** Stores all of it; gives the first that could not be stored. */
  readonly settle: () => Promise<UnsavedWriting | undefined>;
}

export function unsavedWritings(): UnsavedWritings {
  const writings = new Set<UnsavedWriting>();
  return {
    add: (writing) => {
      writings.add(writing);
      return () => {
        writings.delete(writing);
      };
    },
    settle: async () => {
      const asked = [...writings];
      const stored = await Promise.all(asked.map((writing) => writing.settle()));
      return asked.find((_, index) => stored[index] === false);
    },
  };
}
