import { createHash } from 'node:crypto';

/** Where Teams and Outlook show the tab (https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/tab-requirements). */
const hosts = [
  'teams.microsoft.com',
  '*.teams.microsoft.com',
  '*.cloud.microsoft',
  '*.microsoft365.com',
  '*.office.com',
  'outlook.live.com',
  'outlook.office.com',
  'outlook.office365.com',
  'outlook-sdf.office.com',
  'outlook-sdf.office365.com',
  'copilot.microsoft.com',
];

/**
 * Scripts only of our own files, and those that stand in the page itself as far as they are named by their hashes; styles
 * also inline, since Fluent writes them and mails contain them.
 * @param scripts the contents of scripts that stand in the page
 * @param signInOrigin where the browser signs in outside Teams: it fetches tokens there, and asks in a hidden frame whether
 *   somebody is signed in already
 */
export function contentSecurityPolicy(scripts: readonly string[] = [], signInOrigin?: string): string {
  const there = signInOrigin === undefined ? '' : ` ${signInOrigin}`;
  const hashes = scripts.map((script) => ` 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  return [
    "default-src 'self'",
    `script-src 'self'${hashes.join('')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self'${there}`,
    `frame-src 'self'${there}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors 'self' ${hosts.join(' ')}`,
  ].join('; ');
}

/** Headers of every answer. */
export const securityHeaders: readonly (readonly [string, string])[] = [
  ['Content-Security-Policy', contentSecurityPolicy()],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin-allow-popups'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
];

/** A browser that has been here once comes back by https, for a year (RFC 6797, 6.1). */
export const strictTransport = ['Strict-Transport-Security', 'max-age=31536000'] as const;
