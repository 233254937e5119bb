/** Remembers a choice on this device; undefined where storage is closed to us or nothing was chosen. */
export function remembered(key: string): string | undefined {
  try {
    return window.localStorage.getItem(`bigroom.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(key: string, value: string | undefined): void {
  try {
    if (value === undefined) window.localStorage.removeItem(`bigroom.${key}`);
    else window.localStorage.setItem(`bigroom.${key}`, value);
  } catch {
    // A full or closed storage costs the memory of a choice, nothing else.
  }
}
