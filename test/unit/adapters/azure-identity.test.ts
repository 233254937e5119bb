import assert from 'node:assert/strict';
import { AuthenticationError, CredentialUnavailableError } from '@azure/identity';
import { AzureQueue } from '../../../src/adapters/azure/queue.js';
import { AzureRows } from '../../../src/adapters/azure/rows.js';

describe('a storage that is opened by a managed identity', () => {
  const faults = [
    new CredentialUnavailableError('no identity has been assigned'),
    new AuthenticationError(400, { error: 'invalid_request', error_description: 'not found' }),
  ];
  for (const fault of faults)
    it(`counts as away while there is no token (${fault.name}), since the identity may be assigned yet`, async () => {
      const credential = { getToken: () => Promise.reject(fault) };
      // Nothing is asked of it: that would want a token.
      const url = 'https://bigroomstore.table.core.windows.net';
      const rows = new AzureRows({ url, credential, table: 'bigroom' });
      await assert.rejects(rows.get('programme', 'programme'), { code: 'storage.unavailable' });
      await assert.rejects(rows.prepare(), { code: 'storage.unavailable' });
      const queue = new AzureQueue({ url: url.replace('table', 'queue'), credential, queue: 'bigroom' });
      await assert.rejects(queue.prepare(), { code: 'storage.unavailable' });
    });
});
