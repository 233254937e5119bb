/** Facts of an event: ids, codes, counts. No names of people, no texts, no secrets. */
export type Facts = Readonly<Record<string, unknown>>;

/** Where the program reports what happens inside, one event a line. */
export interface Log {
  info(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts): void;
  error(event: string, facts?: Facts): void;
}

function plain(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return {
    name: value.name,
    message: value.message,
    stack: value.stack,
    ...(value.cause !== undefined && { cause: plain(value.cause) }),
  };
}

/** JSON lines, each with time, level and event. */
export function jsonLog(write: (line: string) => void = (line) => process.stderr.write(`${line}\n`)): Log {
  const at =
    (level: string) =>
    (event: string, facts: Facts = {}) => {
      const written = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, plain(value)]));
      write(JSON.stringify({ at: new Date().toISOString(), level, event, ...written }));
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
