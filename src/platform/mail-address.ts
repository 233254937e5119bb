import { domainToASCII, domainToUnicode } from 'node:url';
import { z } from 'zod';
import { mailboxOf } from '../shared/mailbox.js';

/** RFC 5321 bounds an address at 254 characters. */
const maxAddress = 254;

/** A domain as it travels: at least two labels of letters, digits and hyphens; the last one no number. */
const domainPattern =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/;

const isAscii = (text: string): boolean => /^[\u0021-\u007e]*$/.test(text);

/** Letters and digits of any language; no other characters, from which the conversion could make something else. */
const isInternational = (domain: string): boolean => /^[\p{L}\p{M}\p{Nd}.-]+$/u.test(domain);

function domainOf(typed: string): string {
  const domain = typed.toLowerCase();
  if (isAscii(domain)) {
    // The form as it travels has one spelling, which the way over its letters gives.
    return domain.includes('xn--') ? domainToASCII(domainToUnicode(domain)) : domain;
  }
  return isInternational(domain) ? domainToASCII(domain) : '';
}

/** The address in small letters with its domain as it travels, or what is wrong with it. */
function readAddress(typed: string): { readonly address: string } | { readonly fault: string } {
  const address = typed.normalize('NFKC');
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at).toLowerCase(), domainOf(address.slice(at + 1))];
  if (at < 1 || !domainPattern.test(domain)) return { fault: 'notAnAddress' };
  // Mail servers need an extension (SMTPUTF8) for such an address, and few have it.
  if (/^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+$/u.test(local) && !isAscii(local)) {
    return { fault: 'localPartNotAscii' };
  }
  if (!z.email().safeParse(`${local}@example.org`).success) return { fault: 'notAnAddress' };
  return { address: `${local}@${domain}` };
}

/**
 * A mail address as people have it (see `mailboxOf`), read as it is kept and as mail goes there: in small letters, an
 * international domain in ASCII. A name beside it is left out. Faults: `required`, `tooLong`, `notAnAddress`,
 * `localPartNotAscii`.
 */
export const mailAddressSchema = z
  .string()
  .transform((text) => mailboxOf(text).address)
  .pipe(z.string().min(1, { error: 'required' }).max(maxAddress))
  .transform((typed, context) => {
    const read = readAddress(typed);
    if ('address' in read) return read.address;
    context.addIssue({ code: 'custom', message: read.fault });
    return z.NEVER;
  })
  .pipe(z.string().max(maxAddress));

/** An address that is kept, as people write it: an international domain in its own letters. */
export function shownAddress(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  return address.slice(0, at) + (domainToUnicode(domain) || domain);
}
