import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import type { PublicLanguage } from '../../src/shared/languages.js';

export const themes = ['light', 'dark', 'highContrast'] as const;
export type Theme = (typeof themes)[number];

/** Where the pictures go. */
export const galleryFolder = 'gallery';

/** Pixels of a wide window, of a mail program's reading pane, and of a phone. */
export type Width = 1280 | 600 | 360;

/** One picture of the gallery. */
export interface Shot {
  /** What it belongs to: cards, tab, mail, public, intranet. */
  readonly group: string;
  readonly name: string;
  readonly language: PublicLanguage;
  readonly theme: Theme;
  readonly width: Width;
}

/** The path of a shot's picture inside the gallery folder. */
export function fileOf({ group, name, language, theme, width }: Shot): string {
  return `${group}/${name}-${language}-${theme}-${String(width)}.png`;
}

/** Collects what was pictured, and what could not be. */
export interface Album {
  readonly shots: readonly Shot[];
  readonly faults: readonly string[];
  /** Takes the picture of the page, or of one element of it. */
  take(
    shot: Shot,
    page: Page,
    options?: { readonly element?: string; readonly whole?: boolean },
  ): Promise<void>;
  /** Whether a scene is asked for: all are, unless texts were given. */
  wants(group: string, name: string): boolean;
  /** Does the work; a fault is kept beside the others, so that one page does not stop the rest. */
  attempt(what: string, work: () => Promise<void>): Promise<void>;
}

/** @param only texts of which `group/name` must contain one, for a quick look; none for all. */
export function album(only: readonly string[] = []): Album {
  const shots: Shot[] = [];
  const faults: string[] = [];
  return {
    shots,
    faults,
    take: async (shot, page, { element, whole = false } = {}) => {
      const path = join(galleryFolder, fileOf(shot));
      await mkdir(dirname(path), { recursive: true });
      if (element === undefined) await page.screenshot({ path, fullPage: whole, animations: 'disabled' });
      else await page.locator(element).first().screenshot({ path, animations: 'disabled' });
      shots.push(shot);
    },
    wants: (group, name) => only.length === 0 || only.some((word) => `${group}/${name}`.includes(word)),
    attempt: async (what, work) => {
      try {
        await work();
      } catch (error) {
        faults.push(
          `${what}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
        );
      }
    },
  };
}

/** Does all the work, at concurrency so many at once. */
export async function atOnce(concurrency: number, work: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...work];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
