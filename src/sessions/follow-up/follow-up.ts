import type { ProjectId } from '../../platform/ids.js';
import type { Language } from '../../shared/languages.js';

/** Answers to the two questions afterwards: how useful (1-5), and what to do better. */
export interface PulseView {
  readonly count: number;
  /** How many gave each number, 1 first. */
  readonly useful: readonly [number, number, number, number, number];
  readonly better: readonly { readonly text: string; readonly at: string }[];
}

export interface NewsDraft {
  readonly projectId?: ProjectId;
  readonly language: Language;
  readonly title: string;
  readonly body: string;
  readonly link?: string;
}
