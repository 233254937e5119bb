import type { z } from 'zod';

/** Names and values as the process was given them; an empty value counts as none and is left out. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings that one part of Big Room wants, declared beside that part and read with all others at the start: every
 * fault of every part is named at once.
 */
export interface SettingsGroup<Shape extends z.ZodRawShape = z.ZodRawShape, Value = unknown> {
  readonly shape: Shape;
  /** What each setting wants, as in the fault: "PORT wants a port number from 1 to 65535". */
  readonly wants: { readonly [Name in keyof Shape & string]: string };
  /** Settings whose values must never be printed. */
  readonly secrets?: readonly (keyof Shape & string)[];
  /** Faults that no setting has alone, such as half of a connection. */
  readonly faults?: (environment: Environment) => readonly string[];
  /** What the part is given. */
  value(read: z.output<z.ZodObject<Shape>>): Value;
}

/** Declares a group, so that its shape and what it wants are checked against each other. */
export function settingsGroup<const Shape extends z.ZodRawShape, Value>(
  group: SettingsGroup<Shape, Value>,
): SettingsGroup<Shape, Value> {
  return group;
}
