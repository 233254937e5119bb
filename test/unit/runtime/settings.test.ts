import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cloudSettings, readSettings, settingNames, SettingsError } from '../../../src/runtime/settings.js';

function faultsOf(environment: Record<string, string>, storage: 'own' | 'given' = 'own'): readonly string[] {
  try {
    readSettings(environment, storage);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.faults;
  }
  return [];
}

describe('settings', () => {
  it('need nothing in trial mode', () => {
    assert.deepEqual(readSettings({}, 'own'), {
      host: '127.0.0.1',
      port: 3978,
      publicUrl: 'http://127.0.0.1:3978',
      dataDir: resolve('.data'),
      storageConnectionString: undefined,
      playgroundPort: 56150,
      undoSeconds: 10,
      team: { answerDays: 3 },
    });
  });

  it('take an empty value for none', () => {
    assert.equal(readSettings({ PORT: '', TENANT_ID: '' }, 'own').port, 3978);
  });

  it('follow host, port and folder', () => {
    const settings = readSettings(
      { PORT: '4000', HOST: '::1', DATA_DIR: '/srv/data', PLAYGROUND: 'off' },
      'own',
    );
    assert.equal(settings.publicUrl, 'http://[::1]:4000');
    assert.equal(settings.dataDir, '/srv/data');
    assert.equal(settings.playgroundPort, undefined);
  });

  it('list every fault at once, by name and with what is wanted', () => {
    const faults = faultsOf({
      PORT: 'eighty',
      PLAYGROUND: 'maybe',
      PUBLIC_URL: 'ftp://x',
      PLAYGROUND_PORT: '70000',
    });
    assert.deepEqual(faults, [
      'PORT wants a port number from 1 to 65535; it is "eighty"',
      'PUBLIC_URL wants an address that begins with http:// or https://; it is "ftp://x"',
      'PLAYGROUND wants on or off; it is "maybe"',
      'PLAYGROUND_PORT wants a port number from 1 to 65535; it is "70000"',
    ]);
  });

  it('bind trial mode to loopback', () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.4', 'big-room.example', '127.0.0.1.example']) {
      assert.match(faultsOf({ HOST: host }).join(), /HOST wants a loopback address/, host);
    }
    for (const host of ['127.0.0.1', '127.0.0.2', '::1', 'localhost'])
      assert.deepEqual(faultsOf({ HOST: host }), []);
  });

  it('refuse what belongs to signing in, which is not built yet', () => {
    for (const name of cloudSettings)
      assert.match(faultsOf({ [name]: 'x' }).join(), new RegExp(`^${name} is set, but`));
  });

  const graph = {
    TENANT_ID: 'hyvinvointialue.example',
    CLIENT_ID: '0f5c9a4e-8d0a-4b43-9b55-0a3b6e0f8a11',
    CLIENT_SECRET: 'very~secret',
    ORGANISER: 'viestinta@hyvinvointialue.example',
  };

  it('connect the sessions to Graph, in the Microsoft cloud by default', () => {
    const expected = {
      tenantId: graph.TENANT_ID,
      clientId: graph.CLIENT_ID,
      clientSecret: graph.CLIENT_SECRET,
      organiser: graph.ORGANISER,
      graphUrl: 'https://graph.microsoft.com/v1.0',
      loginUrl: 'https://login.microsoftonline.com',
    };
    assert.deepEqual(readSettings(graph, 'own').graph, expected);
    const elsewhere = {
      ...graph,
      ORGANISER: '5d1c3f0e-2b7a-4a9e-8c11-d5a2f8b7e6c4',
      GRAPH_URL: 'http://127.0.0.1:4010/v1.0/',
      LOGIN_URL: 'http://[::1]:4010',
    };
    assert.deepEqual(readSettings(elsewhere, 'own').graph, {
      ...expected,
      organiser: elsewhere.ORGANISER,
      graphUrl: 'http://127.0.0.1:4010/v1.0',
      loginUrl: 'http://[::1]:4010',
    });
    assert.equal(readSettings({}, 'own').graph, undefined);
  });

  it('name each setting that a connection to Graph lacks', () => {
    assert.deepEqual(faultsOf({ TENANT_ID: graph.TENANT_ID, CLIENT_SECRET: graph.CLIENT_SECRET }), [
      'CLIENT_ID wants the id of an app registration, since TENANT_ID, CLIENT_SECRET connect the sessions to Graph',
      "ORGANISER wants a user's object id or mail address, since TENANT_ID, CLIENT_SECRET connect the sessions to Graph",
    ]);
    assert.equal(faultsOf({ GRAPH_URL: 'https://graph.example/v1.0' }).length, 4);
  });

  it('refuse what is no tenant, no organiser, or a place to which a secret must not go', () => {
    const faults = faultsOf({
      ...graph,
      TENANT_ID: 'two words',
      ORGANISER: 'Kaisa',
      GRAPH_URL: 'http://graph.example',
      LOGIN_URL: 'login',
    });
    assert.deepEqual(
      faults.map((fault) => fault.split(' ')[0]),
      ['TENANT_ID', 'ORGANISER', 'GRAPH_URL', 'LOGIN_URL'],
    );
    assert.ok(!faults.join().includes(graph.CLIENT_SECRET));
  });

  it('want a storage where the caller brings none', () => {
    assert.match(faultsOf({}, 'given').join(), /^STORAGE_CONNECTION_STRING wants/);
    assert.deepEqual(faultsOf({ STORAGE_CONNECTION_STRING: 'UseDevelopmentStorage=true' }, 'given'), []);
  });

  it('never repeat a secret that is wrong', () => {
    const storage = 'TableEndpoint=https://x.table.core.windows.net/;SharedAccessSignature=sig%3Dsecret';
    assert.deepEqual(faultsOf({ STORAGE_CONNECTION_STRING: storage }, 'given'), [
      'STORAGE_CONNECTION_STRING wants a connection string of Azure Storage with tables and queues',
    ]);
  });

  it('are all listed in .env.example', () => {
    const listed = readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z_]+)=/gm);
    assert.deepEqual([...listed].map(([, name]) => name).sort(), [...settingNames].sort());
  });
});
