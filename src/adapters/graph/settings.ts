import { urlOf } from '../../shared/links.js';
import { z } from 'zod';
import { isLoopback } from '../../platform/loopback.js';
import { settingsGroup, type Environment } from '../../platform/settings.js';

/** Microsoft Graph for the sessions: the organiser's calendar, attendance and mail. Addresses end without a slash. */
export interface GraphSettings {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Address or object id of the mailbox that owns the sessions. */
  readonly organiser: string;
  readonly graphUrl: string;
  readonly loginUrl: string;
}

/** They connect the sessions to Graph together, or not at all. */
const needed = ['TENANT_ID', 'CLIENT_ID', 'CLIENT_SECRET', 'ORGANISER'] as const;

/** A secret goes there: over plain http at most to this machine. */
const secretAddress = (otherwise: string) =>
  z
    .url({ protocol: /^https?$/ })
    .refine((address) => {
      // The schema has already reported that it is not an address.
      const url = urlOf(address);
      if (url === undefined) return true;
      const { protocol, hostname } = url;
      return protocol === 'https:' || isLoopback(hostname);
    })
    .default(otherwise)
    .transform((address) => address.replace(/\/+$/, ''));

const shape = {
  TENANT_ID: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional(),
  CLIENT_ID: z
    .string()
    .regex(/^[\w-]+$/)
    .optional(),
  CLIENT_SECRET: z.string().optional(),
  ORGANISER: z
    .string()
    .regex(/^([^\s@/]+@[^\s@/]+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i)
    .optional(),
  GRAPH_URL: secretAddress('https://graph.microsoft.com/v1.0'),
  LOGIN_URL: secretAddress('https://login.microsoftonline.com'),
};

const wants = {
  TENANT_ID: 'the id of an Entra tenant, or a domain of it',
  CLIENT_ID: 'the id of an app registration',
  CLIENT_SECRET: 'a secret of the app registration',
  ORGANISER: "a user's object id or mail address",
  GRAPH_URL: 'an address that begins with https:// (http:// on this machine only)',
  LOGIN_URL: 'an address that begins with https:// (http:// on this machine only)',
};

/** Half of a connection connects nothing: each setting that it lacks is a fault. */
function faults(environment: Environment): string[] {
  const given = Object.keys(shape).filter((name) => environment[name] !== undefined);
  if (given.length === 0) return [];
  // In the order in which people read them: the four first, then the addresses.
  return needed
    .filter((name) => environment[name] === undefined)
    .map((name) => `${name} wants ${wants[name]}, since ${given.join(', ')} connect the sessions to Graph`);
}

/** The settings of Graph; their value is `undefined` where Graph is left out. */
export const graphSettings = settingsGroup({
  shape,
  wants,
  secrets: ['CLIENT_SECRET'],
  faults,
  value: (read): GraphSettings | undefined => {
    const {
      TENANT_ID: tenantId,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      ORGANISER: organiser,
    } = read;
    const isGiven =
      tenantId !== undefined &&
      clientId !== undefined &&
      clientSecret !== undefined &&
      organiser !== undefined;
    if (!isGiven) return undefined;
    return {
      tenantId,
      clientId,
      clientSecret,
      organiser,
      graphUrl: read.GRAPH_URL,
      loginUrl: read.LOGIN_URL,
    };
  },
});
