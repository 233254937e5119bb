import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

/** Who stores something on this device, and why no personal identity code stays there. */
const keepers: Readonly<Record<string, string>> = {
  'tab/shared/device-storage.ts': 'the door itself',
  'tab/shared/keys.ts': 'a choice',
  'tab/shell/theme.ts': 'a choice',
  'tab/early.ts': 'a language, and who reviews',
  'tab/identity.ts': 'who somebody is in trial mode',
  'tab/features/newsletter/preview/preview.tsx': 'an address, once the server has taken it',
  'tab/shared/use-device-copy.ts': 'withholds what was refused for a code',
  'tab/shared/writing/use-writing.ts': 'a draft of useAutosave, which withholds it',
  'tab/shared/writing/use-deviating.ts': 'a draft of useAutosave, which withholds it',
  'tab/features/sessions/occurrence/notes.tsx': 'a draft of useAutosave, which withholds it',
};

describe('what is kept on this device', () => {
  it('is kept by those alone of whom it is known that they withhold a personal identity code', () => {
    const stores = /\bremember(?:Draft)?\(|\b(?:local|session)Storage\s*\.\s*setItem/;
    const files = readdirSync('tab', { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `tab/${name}`);
    const found = files.filter((file) => stores.test(readFileSync(file, 'utf8')));
    assert.deepEqual(found.sort(), Object.keys(keepers).sort());
  });
});
