import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  cloudSettings,
  readSettings,
  settingNames,
  SettingsError,
  type CloudSettings,
  type TrialSettings,
} from '../../../src/runtime/settings.js';

function faultsOf(environment: Record<string, string>, storage: 'own' | 'given' = 'own'): readonly string[] {
  try {
    readSettings(environment, storage);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.faults;
  }
  return [];
}

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** The least that cloud mode needs. */
const cloud = {
  BOT_ID: id(2),
  BOT_PASSWORD: 'bot~secret',
  TENANT_ID: id(1),
  CLIENT_ID: id(3),
  PUBLIC_URL: 'https://big-room.example.org/',
  STORAGE_ACCOUNT: 'bigroomstore',
};

/** A value that each of these takes. */
const valid: Readonly<Record<string, string>> = {
  ORGANISER: 'viestinta@county.example',
  MAIL_FROM: 'uutiskirje@county.example',
  SITE_ID: 'county.sharepoint.com:/sites/hankkeet',
  APP_CATALOG_ID: id(9),
  STORAGE_ACCOUNT: 'bigroomstore',
  SMTP_URL: 'smtp://sender:secret@relay.county.example:587',
  LOGIN_URL: 'https://login.microsoftonline.us',
  GRAPH_URL: 'https://graph.microsoft.us/v1.0',
  BOT_OPENID_METADATA_URL: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  BOT_TOKEN_ISSUER: 'https://api.botframework.us',
  BOT_LOGIN_URL: 'https://login.microsoftonline.us',
  BOT_TYPE: 'SingleTenant',
};

function trialOf(environment: Record<string, string>): TrialSettings {
  const settings = readSettings(environment, 'own');
  assert.ok(settings.mode === 'trial');
  return settings;
}

function cloudOf(environment: Record<string, string>): CloudSettings {
  const settings = readSettings(environment);
  assert.ok(settings.mode === 'cloud');
  return settings;
}

describe('settings', () => {
  it('need nothing in trial mode', () => {
    assert.deepEqual(trialOf({}), {
      mode: 'trial',
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
    assert.equal(trialOf({ PORT: '', TENANT_ID: '' }).port, 3978);
  });

  it('follow host, port and folder', () => {
    const settings = trialOf({ PORT: '4000', HOST: '::1', DATA_DIR: '/srv/data', PLAYGROUND: 'off' });
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

  it('want BOT_ID with whatever is for cloud mode', () => {
    for (const name of cloudSettings.filter((each) => each !== 'BOT_ID')) {
      const [fault = '', ...others] = faultsOf({ [name]: valid[name] ?? id(9) });
      assert.match(
        fault,
        new RegExp(`^BOT_ID wants .*, since ${name} is for cloud mode; leave it out`),
        name,
      );
      assert.deepEqual(others, [], name);
    }
  });

  it('make cloud mode of BOT_ID and what belongs to it, in the Microsoft cloud by default', () => {
    assert.deepEqual(cloudOf(cloud), {
      mode: 'cloud',
      host: '0.0.0.0',
      port: 3978,
      publicUrl: 'https://big-room.example.org',
      undoSeconds: 10,
      team: { answerDays: 3 },
      storage: { account: 'bigroomstore' },
      app: { tenantId: id(1), clientId: id(3), loginUrl: 'https://login.microsoftonline.com' },
      bot: {
        botId: id(2),
        tenantId: id(1),
        credential: { secret: 'bot~secret' },
        metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
        issuer: 'https://api.botframework.com',
        loginUrl: 'https://login.microsoftonline.com',
      },
      admins: [],
    });
  });

  it('name at once all that cloud mode lacks', () => {
    assert.deepEqual(
      faultsOf({ BOT_ID: id(2) }).map((fault) => fault.split(' wants ')[0]),
      ['TENANT_ID', 'CLIENT_ID', 'PUBLIC_URL', 'STORAGE_CONNECTION_STRING', 'BOT_PASSWORD'],
    );
    assert.match(
      faultsOf({ ...cloud, TENANT_ID: '' }).join(),
      /^TENANT_ID wants .*, since BOT_ID is set, which means cloud mode$/,
    );
  });

  it('bring Graph as far as it is asked for, with a way to sign in to it', () => {
    const { graph, app } = cloudOf({
      ...cloud,
      ORGANISER: 'viestinta@county.example',
      CLIENT_SECRET: 'very~secret',
    });
    assert.deepEqual(graph, {
      graphUrl: 'https://graph.microsoft.com/v1.0',
      organiser: 'viestinta@county.example',
    });
    assert.deepEqual(app.credential, { secret: 'very~secret' });
    const site = `county.sharepoint.com,${id(7)},${id(8)}`;
    const federated = cloudOf({
      ...cloud,
      SITE_ID: site,
      APP_CATALOG_ID: id(9),
      MAIL_FROM: 'uutiskirje@county.example',
      MANAGED_IDENTITY_CLIENT_ID: id(5),
      GRAPH_URL: 'http://127.0.0.1:4010/v1.0/',
    });
    assert.deepEqual(federated.app.credential, { federatedBy: id(5) });
    assert.deepEqual(federated.graph, {
      graphUrl: 'http://127.0.0.1:4010/v1.0',
      siteId: site,
      catalogId: id(9),
      mailFrom: 'uutiskirje@county.example',
    });
    for (const name of ['ORGANISER', 'MAIL_FROM', 'SITE_ID', 'APP_CATALOG_ID'] as const)
      assert.match(
        faultsOf({ ...cloud, [name]: valid[name] ?? '' }).join(),
        new RegExp(`^CLIENT_SECRET wants .*since ${name} make`),
        name,
      );
  });

  it('send mail by a server of its own, from an address that is set, and without Graph', () => {
    const url = 'smtp://sender:secret@relay.county.example:587';
    assert.match(faultsOf({ ...cloud, SMTP_URL: url }).join(), /^MAIL_FROM wants/);
    const { smtpUrl } = cloudOf({ ...cloud, SMTP_URL: url, MAIL_FROM: 'uutiskirje@county.example' });
    assert.equal(smtpUrl, url);
    const wrong = faultsOf({ ...cloud, SMTP_URL: 'relay:secret', MAIL_FROM: 'uutiskirje@county.example' });
    assert.match(wrong.join(), /^SMTP_URL wants the address of a mail server, as in [^;]*$/);
    assert.ok(!wrong.join().includes('secret'));
  });

  it('name administrators by their ids, in whatever way they are listed', () => {
    const listed = cloudOf({ ...cloud, ADMINS: `${id(4).toUpperCase()}, ${id(6)};${id(5)}` }).admins;
    assert.deepEqual(listed, [id(4), id(6), id(5)]);
    assert.match(faultsOf({ ...cloud, ADMINS: 'eeva@county.example' }).join(), /^ADMINS wants object ids/);
  });

  it('send nothing secret over plain http, but to this machine', () => {
    const plainly = ['PUBLIC_URL', 'LOGIN_URL', 'GRAPH_URL', 'BOT_LOGIN_URL', 'BOT_OPENID_METADATA_URL'];
    for (const name of plainly) {
      assert.match(
        faultsOf({ ...cloud, [name]: 'http://county.example' }).join(),
        new RegExp(`^${name} wants`),
        name,
      );
      assert.deepEqual(faultsOf({ ...cloud, [name]: 'http://127.0.0.1:4010' }), [], name);
    }
    const { STORAGE_ACCOUNT: _left, ...elsewhere } = cloud;
    const plain = [
      'AccountName=a;AccountKey=b;TableEndpoint=http://10.0.0.4:10002/a;QueueEndpoint=https://x.example/a',
      'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=b',
    ];
    for (const STORAGE_CONNECTION_STRING of plain)
      assert.match(
        faultsOf({ ...elsewhere, STORAGE_CONNECTION_STRING }).join(),
        /^STORAGE_CONNECTION_STRING wants .*https/,
      );
    const local =
      'AccountName=a;AccountKey=b;TableEndpoint=http://127.0.0.1:10002/a;QueueEndpoint=http://[::1]:10001/a';
    assert.deepEqual(faultsOf({ ...elsewhere, STORAGE_CONNECTION_STRING: local }), []);
  });

  it('want a public address without a path, since links begin at its root', () => {
    assert.match(
      faultsOf({ ...cloud, PUBLIC_URL: 'https://county.example/big-room' }).join(),
      /^PUBLIC_URL wants an address without a path/,
    );
    assert.deepEqual(faultsOf({ ...cloud, PUBLIC_URL: 'https://county.example/' }), []);
  });

  it('refuse two storages, and the chat of trial mode', () => {
    assert.match(
      faultsOf({ ...cloud, STORAGE_CONNECTION_STRING: 'UseDevelopmentStorage=true' }).join(),
      /^STORAGE_ACCOUNT wants to be left out/,
    );
    assert.match(faultsOf({ ...cloud, PLAYGROUND: 'on' }).join(), /^PLAYGROUND wants to be left out/);
    assert.deepEqual(faultsOf({ ...cloud, PLAYGROUND: 'off' }), []);
  });

  it('refuse what is no id, no mailbox and no site', () => {
    const faults = faultsOf({
      ...cloud,
      TENANT_ID: 'county.example',
      CLIENT_ID: '7',
      CLIENT_SECRET: 'very~secret',
      ORGANISER: 'Kaisa',
      MAIL_FROM: 'nobody',
      SITE_ID: 'https://county.sharepoint.com/sites/x',
      APP_CATALOG_ID: 'big-room',
    });
    assert.deepEqual(
      faults.map((fault) => fault.split(' ')[0]),
      ['TENANT_ID', 'CLIENT_ID', 'ORGANISER', 'MAIL_FROM', 'SITE_ID', 'APP_CATALOG_ID'],
    );
    assert.ok(!faults.join().includes('very~secret'));
  });

  it('want a storage where the caller brings none', () => {
    assert.match(faultsOf({}, 'given').join(), /^STORAGE_CONNECTION_STRING wants/);
    assert.deepEqual(faultsOf({ STORAGE_CONNECTION_STRING: 'UseDevelopmentStorage=true' }, 'given'), []);
  });

  it('never repeat a secret that is wrong', () => {
    const storage = 'TableEndpoint=https://x.table.core.windows.net/;SharedAccessSignature=sig%3Dsecret';
    assert.deepEqual(faultsOf({ STORAGE_CONNECTION_STRING: storage }, 'given'), [
      'STORAGE_CONNECTION_STRING wants a connection string of Azure Storage with tables and queues, over https (http on this machine only)',
    ]);
  });

  it('are all listed in .env.example', () => {
    const listed = readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z_]+)=/gm);
    assert.deepEqual([...listed].map(([, name]) => name).sort(), [...settingNames].sort());
  });
});
