import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { holdDataFolder } from '../../../src/launcher/data-folder.js';
import { storageKey } from '../../../src/launcher/storage-key.js';
import { dataFolder } from '../../world/installation.js';

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o7777;

describe('the data folder', () => {
  let parent: Awaited<ReturnType<typeof dataFolder>>;
  let path: string;

  beforeEach(async () => {
    parent = await dataFolder();
    path = join(parent.path, 'data');
  });

  afterEach(() => parent.remove());

  it('is its owner’s alone, whether it is made or was there', async () => {
    await chmod(parent.path, 0o755);
    await (await holdDataFolder(path)).release();
    assert.equal(await modeOf(path), 0o700);
    await chmod(path, 0o755);
    await (await holdDataFolder(path)).release();
    assert.equal(await modeOf(path), 0o700);
    assert.equal(await modeOf(parent.path), 0o755);
  });

  it('keeps its mode where everybody may write to it', async () => {
    await mkdir(path);
    await chmod(path, 0o1777);
    await (await holdDataFolder(path)).release();
    assert.equal(await modeOf(path), 0o1777);
  });

  it('has a storage key of its own, the same at each start', async () => {
    const other = join(parent.path, 'other');
    await mkdir(path);
    await mkdir(other);
    const key = await storageKey(path);
    assert.equal(Buffer.from(key, 'base64').length, 64);
    assert.equal(await storageKey(path), key);
    assert.notEqual(await storageKey(other), key);
    assert.equal(await modeOf(join(path, 'storage-key')), 0o600);
  });

  it('has a whole key that nobody else can read, whatever happened to the file', async () => {
    await mkdir(path);
    const file = join(path, 'storage-key');
    const key = await storageKey(path);
    for (const cut of ['', key.slice(0, 40)]) {
      await writeFile(file, cut);
      const next = await storageKey(path);
      assert.equal(Buffer.from(next, 'base64').length, 64);
      assert.equal((await readFile(file, 'utf8')).trim(), next);
    }
    await chmod(file, 0o644);
    await storageKey(path);
    assert.equal(await modeOf(file), 0o600);
  });
});
