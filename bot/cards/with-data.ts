const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The part of a card with more among the data of each of its buttons. */
export function withData(part: unknown, more: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(part)) return part.map((each: unknown) => withData(each, more));
  if (!isRecord(part)) return part;
  const isButton = part.type === 'Action.Execute' || part.type === 'Action.Submit';
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [
      name,
      isButton && name === 'data' ? { ...(isRecord(value) && value), ...more } : withData(value, more),
    ]),
  );
}
