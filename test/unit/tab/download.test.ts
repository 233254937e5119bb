import assert from 'node:assert/strict';
import { fileOf } from '../../../tab/shared/download.js';

const bytesOf = async (text: string, type: string): Promise<string> =>
  Buffer.from(await fileOf(text, type).arrayBuffer()).toString('hex');

describe('a file that a person saves', () => {
  const mark = 'efbbbf';
  const table = Buffer.from('Sähköposti;Kieli').toString('hex');

  it('has the mark of UTF-8 where it is a table, once, whether or not it came with one', async () => {
    assert.equal(await bytesOf('Sähköposti;Kieli', 'text/csv'), mark + table);
    assert.equal(await bytesOf('\uFEFFSähköposti;Kieli', 'text/csv'), mark + table);
  });

  it('is as it is where it is none', async () => {
    assert.equal(await bytesOf('Sähköposti;Kieli', 'text/html'), table);
  });
});
