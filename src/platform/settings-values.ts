import { z } from 'zod';
import { urlOf } from '../shared/links.js';
import { isLoopback } from './loopback.js';

/** Whether what is said there is read by nobody on the way: https, or this machine itself. Anything but a URL is for others to refuse. */
export function isPrivateAddress(address: string): boolean {
  const url = urlOf(address);
  return url === undefined || url.protocol === 'https:' || isLoopback(url.hostname);
}

/** An address to which secrets go: over plain http at most to this machine. Without a slash at the end. */
export const secretAddress = (otherwise: string) =>
  z
    .url({ protocol: /^https?$/ })
    .refine(isPrivateAddress)
    .default(otherwise)
    .transform((address) => address.replace(/\/+$/, ''));

/** As a fault says what {@link secretAddress} wants. */
export const wantsSecretAddress = 'an address that begins with https:// (http:// on this machine only)';

/** An id as Entra gives it to tenants, applications, people and identities. */
export const entraId = z
  .string()
  .regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i)
  .transform((id) => id.toLowerCase());
