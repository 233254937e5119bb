import assert from 'node:assert/strict';
import { AppError, type ErrorCode } from '../../src/platform/errors.js';

/** The error with which something fails; it must be one of ours, with this code. */
export async function fails(promise: Promise<unknown>, code: ErrorCode): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    assert.equal(error.code, code);
    return error;
  }
  return assert.fail('nothing was thrown');
}
