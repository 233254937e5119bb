import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const keyBytes = 64;

/** Whether it is a key: one that was cut off while it was written is none. */
function isKey(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === keyBytes && bytes.toString('base64') === text;
}

/**
 * The key of this installation's storage, base64 as Azure has it, kept in `storage-key` of the data folder and made where
 * there is none. What is stored does not depend on it: without the file, the next start makes another.
 */
export async function storageKey(dataDir: string): Promise<string> {
  const file = join(dataDir, 'storage-key');
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  const key = isKey(kept) ? kept : randomBytes(keyBytes).toString('base64');
  if (key !== kept) await writeFile(file, `${key}\n`, { mode: 0o600 });
  // Also where it was there already, with the mode that a copy gave it.
  await chmod(file, 0o600);
  return key;
}
