import type { IncomingMessage } from 'node:http';
import { AppError } from '../../src/platform/errors.js';
import { leadsToLoopback } from '../../src/platform/loopback.js';

/**
 * Whose requests the bot takes. Where nobody signs in, an activity says itself who speaks, so any web page open on the same machine
 * could speak as anybody: a browser sends a cross-site POST of plain text without asking first.
 */

/** @throws AppError `input.malformed`: Teams posts JSON, and a page of a stranger cannot without asking first. */
export function requireJson({ headers }: IncomingMessage): void {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') throw new AppError('input.malformed');
}

/**
 * For where nobody signs in.
 * @throws AppError `permission.denied` when the request comes from a web page of anywhere but this machine.
 */
export function assertNoForeignPage({ headers }: IncomingMessage): void {
  const { origin } = headers;
  const isStrange = origin !== undefined && !leadsToLoopback(origin);
  const site = headers['sec-fetch-site'];
  if (isStrange || site === 'cross-site' || site === 'same-site') throw new AppError('permission.denied');
}
