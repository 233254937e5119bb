import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, SettingsError } from '../../../../src/runtime/settings.js';
import { selfSigned } from '../../../world/teams/certificate.js';

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const cloud = {
  BOT_ID: id(2),
  TENANT_ID: id(1),
  CLIENT_ID: id(3),
  PUBLIC_URL: 'https://big-room.example.org',
  STORAGE_ACCOUNT: 'bigroomstore',
};

describe('the settings of the bot', () => {
  let folder: string;
  const written = (name: string, pem: string): string => {
    const path = join(folder, name);
    writeFileSync(path, pem);
    return path;
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bot-settings-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  function botOf(environment: Readonly<Record<string, string>>) {
    const settings = readSettings({ ...cloud, ...environment });
    assert.ok(settings.mode === 'cloud');
    return settings.bot;
  }

  function faultsOf(environment: Readonly<Record<string, string>>): readonly string[] {
    try {
      botOf(environment);
    } catch (error) {
      assert.ok(error instanceof SettingsError);
      return error.faults;
    }
    return [];
  }

  it('take each kind of credential', () => {
    const { key, cert } = selfSigned('bot.example', 'rsa');
    const certificateFile = written('good.pem', cert + key);
    assert.deepEqual(botOf({ BOT_PASSWORD: 'x' }).credential, { secret: 'x' });
    assert.deepEqual(botOf({ BOT_CERTIFICATE_FILE: certificateFile }).credential, { certificateFile });
    assert.deepEqual(botOf({ MANAGED_IDENTITY_CLIENT_ID: id(5) }).credential, { federatedBy: id(5) });
    assert.deepEqual(botOf({ BOT_TYPE: 'UserAssignedMSI' }).credential, { managedIdentity: id(2) });
  });

  it('leave the managed identity to Graph where the bot has a credential of its own', () => {
    const identity = { MANAGED_IDENTITY_CLIENT_ID: id(5) };
    assert.deepEqual(botOf({ ...identity, BOT_PASSWORD: 'x' }).credential, { secret: 'x' });
    assert.deepEqual(botOf({ ...identity, BOT_TYPE: 'UserAssignedMSI' }).credential, {
      managedIdentity: id(2),
    });
  });

  it('name all that could be set where there is no credential', () => {
    const [fault = '', ...others] = faultsOf({});
    assert.deepEqual(others, []);
    for (const name of [
      'BOT_PASSWORD',
      'BOT_CERTIFICATE_FILE',
      'MANAGED_IDENTITY_CLIENT_ID',
      'BOT_TYPE=UserAssignedMSI',
    ])
      assert.ok(fault.includes(name), name);
  });

  it('refuse two credentials, and never repeat the secret', () => {
    const { key, cert } = selfSigned('bot.example', 'rsa');
    const BOT_CERTIFICATE_FILE = written('second.pem', key + cert);
    const both = faultsOf({ BOT_PASSWORD: 'very~secret', BOT_CERTIFICATE_FILE });
    assert.match(both.join(), /^BOT_PASSWORD and BOT_CERTIFICATE_FILE are both set/);
    const identity = faultsOf({ BOT_TYPE: 'UserAssignedMSI', BOT_PASSWORD: 'very~secret' });
    assert.match(identity.join(), /^BOT_PASSWORD wants to be left out where BOT_TYPE is UserAssignedMSI/);
    assert.ok(!`${both.join()}${identity.join()}`.includes('very~secret'));
  });

  it('refuse a kind of bot that can’t be made any more', () => {
    assert.deepEqual(faultsOf({ BOT_TYPE: 'MultiTenant', BOT_PASSWORD: 'x' }), [
      'BOT_TYPE wants SingleTenant or UserAssignedMSI, as the Azure Bot resource says; it is "MultiTenant"',
    ]);
  });

  it('refuse a certificate’s file that is not there or holds something else', () => {
    const { key } = selfSigned('bot.example', 'rsa');
    for (const BOT_CERTIFICATE_FILE of [join(folder, 'none.pem'), written('key.pem', key), folder])
      assert.deepEqual(faultsOf({ BOT_CERTIFICATE_FILE }), [
        `BOT_CERTIFICATE_FILE wants the path of a PEM file with a private RSA key and its certificate; it is "${BOT_CERTIFICATE_FILE}"`,
      ]);
  });

  it('name a fault of a setting that others use too once', () => {
    const faults = faultsOf({ BOT_PASSWORD: 'x', TENANT_ID: 'county', MANAGED_IDENTITY_CLIENT_ID: 'seven' });
    assert.deepEqual(
      faults.map((fault) => fault.split(' ')[0]),
      ['TENANT_ID', 'MANAGED_IDENTITY_CLIENT_ID'],
    );
  });
});
