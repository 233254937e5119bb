import type { TextContent } from '../../src/content/text.js';

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

/**
 * The key of what one person writes in one programme: nobody else who signs in on this device sees it, and in another programme it
 * is something else. The first programme adds nothing, as before there were several.
 */
export function ownKey(name: string, personId: string): string {
  const { pathname } = new URL('.', document.baseURI);
  return `${name}.${personId}${pathname === '/' ? '' : `.${pathname}`}`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isTextContent = (value: unknown): value is TextContent =>
  isRecord(value) && ['title', 'lead', 'body'].every((field) => typeof value[field] === 'string');

/**
 * A text that was not stored on the server yet, with what else was kept of it. It lies on the device as `words`, since
 * drafts from before are called so.
 */
export function rememberedDraft(
  key: string,
): { readonly content: TextContent; readonly rest: Readonly<Record<string, unknown>> } | undefined {
  try {
    const value: unknown = JSON.parse(remembered(key) ?? 'null');
    if (!isRecord(value) || !isTextContent(value.words)) return undefined;
    const { words: content, ...rest } = value;
    return { content, rest };
  } catch {
    return undefined;
  }
}

/** Keeps a draft on this device; undefined takes it away. */
export function rememberDraft(key: string, draft: { readonly content: TextContent } | undefined): void {
  if (draft === undefined) {
    remember(key, undefined);
    return;
  }
  const { content: words, ...rest } = draft;
  remember(key, JSON.stringify({ ...rest, words }));
}
