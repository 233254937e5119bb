import { projectNames } from '../../src/people/person.js';
import { createContext, use, useContext, type ReactNode } from 'react';
import type { Values } from '../../src/i18n/keys.js';
import type { ProjectId } from '../../src/platform/ids.js';
import type { Permission } from '../../src/people/permissions.js';
import type { SessionAnswer } from '../../src/shared/answers/people.js';
import type { Language } from '../../src/shared/languages.js';
import type { Api } from '../api.js';
import type { Texts, TextKey } from '../text.js';
import { datesOf, type Dates } from './dates.js';

/** Who is here and what they may do. */
export type Session = SessionAnswer;

/** A text that changes while it is read. */
export interface LiveText {
  /** The text as it is now; undefined once nothing is left to ask, which takes the question back. */
  readonly now: () => string | undefined;
  /** @returns ends it. */
  readonly subscribe: (onChange: () => void) => () => void;
}

/** A question before something that weighs; `note` asks for words too. */
export interface Question {
  readonly title: string;
  readonly text?: string | LiveText;
  /** The verb on the button that does it: the verb of the title. */
  readonly verb: string;
  /** Whether it takes something away: the button has the colour of danger. */
  readonly isDanger?: true;
  readonly note?: {
    readonly label: string;
    readonly hint?: string;
    readonly required: boolean;
    readonly limit: number;
    /** What it begins with: what was written before. */
    readonly text?: string;
  };
}

/** What was done, in words, and what takes it back. */
export interface Done {
  readonly text: string;
  readonly undo: () => Promise<void>;
}

export interface Answered {
  readonly note: string;
}

/** The answer holds the note that was written, or is undefined for "no". */
export interface Ask {
  (question: Question & { readonly note?: never }): Promise<Answered | undefined>;
  /**
   * @param act does what was asked about: until it has succeeded the question stays open with what was written. What it throws is
   *   said there.
   */
  (question: Question, act: (answered: Answered) => Promise<unknown>): Promise<Answered | undefined>;
}

/** What the shell lends to every feature. */
export interface Shell {
  readonly api: Api;
  readonly session: Session;
  /** Asks anew who is here and what the programme is: call it after what changes that. */
  readonly refreshSession: () => void;
  readonly texts: Texts;
  /**
   * Says what was done, with a way to take it back: a button, and the key `u`.
   * @param undo does it; what it throws is said by the shell.
   * @returns takes it off the screen, where it is still said: for a page that is left.
   */
  readonly notify: (text: string, undo?: () => Promise<void>) => () => void;
  /** Says what went wrong, from any thrown thing. */
  readonly fail: (error: unknown) => void;
  /**
   * Says that something was not done, and why.
   * @param done what was done all the same, and a way to take that back
   */
  readonly warn: (text: string, done?: Done) => void;
  /** Asks before doing. */
  readonly ask: Ask;
  /** What is being written on the page. */
  readonly writings: UnsavedWritings;
  /**
   * Stores every unsaved writing at once: call it before a move that acts on the words. False when one could not be
   * stored; the person has then been shown which and why, and the move must not happen.
   */
  readonly settle: () => Promise<boolean>;
}

const ShellContext = createContext<Shell | undefined>(undefined);
export const ShellProvider = ShellContext.Provider;

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === undefined) throw new Error('useShell outside of the shell');
  return shell;
}

export const TextsContext = createContext<Texts | undefined>(undefined);

/** Texts and dates in the person's language: `const { t, dates } = useText()`. */
export function useText(): {
  t: (key: TextKey, values?: Values) => string;
  dates: Dates;
  language: Language;
} {
  const texts = useContext(TextsContext);
  if (texts === undefined) throw new Error('useText outside of the shell');
  return {
    t: (key, values) => texts.t(key, values),
    dates: datesOf(texts.language),
    language: texts.language,
  };
}

/** What needs more than the first texts (first-texts.ts): waits for the others, inside of a `Suspense`. */
export function AllTexts({ children }: { readonly children: ReactNode }): ReactNode {
  const others = useContext(TextsContext)?.others;
  if (others !== undefined && !others.areHere()) use(others.fetch());
  return children;
}

/** Whether the person may do something; what they may not is not shown. The server decides anyway. */
export function useMay(): (permission: Permission) => boolean {
  const { session } = useShell();
  return (permission) => session.permissions.includes(permission);
}

/** The name of a project in the person's language. */
export function useProjectName(): (id: string) => string {
  return useProjectNameIn(useShell().texts.language);
}

/** The name of a project in a language. */
export function useProjectNameIn(language: Language): (id: string) => string {
  const { session } = useShell();
  return (id) => projectNames(session.programme, id as ProjectId)[language];
}

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
