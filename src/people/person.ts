import type { PersonId, ProjectId } from '../ids.js';
import type { Language } from '../languages.js';

export const roles = ['worker', 'coordinator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Where Teams reaches a person one to one; our own record, needed to speak first. */
export interface ChatAddress {
  readonly tenantId: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly serviceUrl: string;
  readonly channelId: string;
  readonly botId: string;
}

export interface Person {
  /** The person's directory object id (`aadObjectId` in Teams). */
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly language: Language;
  /** The projects in which the person works; offered first in the form. */
  readonly projects: readonly ProjectId[];
  readonly chat?: ChatAddress;
}

export interface Project {
  readonly id: ProjectId;
  /** The name in each public language, and in English. */
  readonly names: Readonly<Record<Language, string>>;
}

/** The programme: its name and its projects, in the order in which they are listed. */
export interface Programme {
  readonly names: Readonly<Record<Language, string>>;
  readonly projects: readonly Project[];
}
