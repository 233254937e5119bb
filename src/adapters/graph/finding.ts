import { z } from 'zod';
import type { Finding, FindingCode } from '../../shared/answers/set-up.js';
import { GraphFault } from './graph-http.js';

const fails = (code: FindingCode, values?: Finding['values']): Finding => ({
  result: 'fails',
  code,
  ...(values && { values }),
});

/** What is asked of Graph, and what a person has to know where it does not answer. */
interface Asked {
  /** The permission, as Entra names it. */
  readonly right: string;
  /** What is not there where Graph answers 404. */
  readonly missing: FindingCode;
  /** As it is set, for the text. */
  readonly value: string;
}

/**
 * What somebody who sets Big Room up has to know of a fault of Graph: 401 and what keeps us from signing in
 * (https://learn.microsoft.com/entra/identity-platform/reference-error-codes), 403 for a missing permission, 404 for a wrong name
 * (https://learn.microsoft.com/graph/errors).
 */
export function findingOf(error: unknown, { right, missing, value }: Asked): Finding {
  if (error instanceof z.ZodError) return fails('unknown');
  if (!(error instanceof GraphFault)) throw error;
  const { status, kind, code, atSignIn, afterSeconds } = error;
  if (atSignIn) return kind === 'refused' ? fails('signInRefused', { reason: code }) : fails('away');
  if (status === 401) return fails('signInRefused', { reason: code });
  if (status === 403) return fails('rightMissing', { right, value });
  if (status === 404 || status === 400) return fails(missing, { value });
  if (status === 429 || status === 503) return fails('throttled', { seconds: String(afterSeconds ?? 60) });
  return fails('away');
}
