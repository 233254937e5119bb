import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** The actions of Microsoft's schema v1.11 that are used, and what each wants (https://aka.ms/teamsfx-actions). */
const actions: Readonly<Record<string, readonly string[]>> = {
  'aadApp/create': ['name', 'generateClientSecret', 'generateServicePrincipal', 'signInAudience'],
  'aadApp/update': ['manifestPath', 'outputFilePath'],
  'teamsApp/create': ['name'],
  'teamsApp/validateManifest': ['manifestPath'],
  'teamsApp/zipAppPackage': ['manifestPath', 'outputZipPath', 'outputFolder'],
  'teamsApp/validateAppPackage': ['appPackagePath'],
  'teamsApp/update': ['appPackagePath'],
  'teamsApp/publishAppPackage': ['appPackagePath'],
  'cli/runNpmCommand': ['args'],
  script: ['run'],
};

interface Step {
  readonly uses: string;
  readonly with: Readonly<Record<string, string>>;
  readonly writes: Readonly<Record<string, string>>;
}

interface Lifecycle {
  readonly version: string | undefined;
  readonly stages: ReadonlyMap<string, readonly Step[]>;
  readonly text: string;
}

/** The part of YAML in which these files are written: two spaces a level, one value a line, no quotes around values. */
function lifecycleIn(file: string): Lifecycle {
  const text = readFileSync(file, 'utf8');
  const stages = new Map<string, Step[]>();
  let version: string | undefined;
  let stage: Step[] = [];
  let part: Record<string, string> = {};
  for (const line of text.split('\n').filter((each) => !/^\s*(#|$)/.test(each))) {
    const [, indent = '', key = '', value = ''] = /^( *)(?:- )?(\w+):(?: (.*))?$/.exec(line) ?? [];
    assert.notEqual(key, '', `${file}: ${line}`);
    if (indent === '' && value !== '') {
      if (key === 'version') version = value;
    } else if (indent === '') stages.set(key, (stage = []));
    else if (key === 'uses') stage.push({ uses: value, with: {}, writes: {} });
    else if (value === '') {
      const step = stage.at(-1);
      assert.ok(step && (key === 'with' || key === 'writeToEnvironmentFile'), `${file}: ${line}`);
      part = key === 'with' ? step.with : step.writes;
    } else part[key] = value;
  }
  return { version, stages, text };
}

const files = ['m365agents.yml', 'm365agents.local.yml'] as const;
const placeholders = (text: string): string[] => [
  ...new Set([...text.matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name = '']) => name)),
];

describe('the files of the Agents Toolkit', () => {
  for (const file of files) {
    it(`${file} has a version and the actions of its schema, with what each wants`, () => {
      const { version, stages, text } = lifecycleIn(file);
      assert.ok(version !== undefined && text.includes(`toolkits/${version}/yaml.schema.json`));
      assert.ok(stages.size > 0);
      for (const [stage, steps] of stages) {
        assert.ok(['provision', 'deploy', 'publish'].includes(stage), stage);
        assert.ok(steps.length > 0, stage);
        for (const { uses, with: given } of steps) {
          assert.ok(Object.hasOwn(actions, uses), uses);
          assert.deepEqual(Object.keys(given), actions[uses], uses);
        }
      }
    });

    it(`${file} names files that are there, or that it makes itself`, () => {
      const steps = [...lifecycleIn(file).stages.values()].flat();
      const made = steps.flatMap(({ with: { outputZipPath = [], outputFilePath = [] } }) => [
        outputZipPath,
        outputFilePath,
      ]);
      for (const { uses, with: given } of steps)
        for (const [name, path] of Object.entries(given))
          if (name.endsWith('Path') && !name.startsWith('output'))
            assert.ok(existsSync(path) || made.includes(path), `${uses} ${path}`);
    });
  }

  it('runs scripts of npm that there are', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const file of files)
      for (const { uses, with: given } of [...lifecycleIn(file).stages.values()].flat()) {
        const [, name] = /^run (\S+)$/.exec(given.args ?? '') ?? [];
        if (uses === 'cli/runNpmCommand' && given.args !== 'ci') assert.ok(name && scripts[name], given.args);
      }
    const { configurations } = JSON.parse(readFileSync('.vscode/launch.json', 'utf8')) as {
      configurations: readonly { runtimeArgs: readonly string[] }[];
    };
    assert.deepEqual(configurations[0]?.runtimeArgs, ['start']);
    assert.ok(scripts.start);
  });

  it('fills in nothing that its environment does not have', () => {
    const environment = parseEnv(readFileSync('env/.env.dev', 'utf8'));
    const template = readFileSync('appPackage/manifest.json', 'utf8');
    const registration = readFileSync('aad.manifest.json', 'utf8');
    const { text, stages } = lifecycleIn('m365agents.yml');
    const written = [...stages.values()].flat().flatMap(({ writes }) => Object.values(writes));
    for (const name of [...placeholders(template + registration + text), ...written])
      assert.ok(Object.hasOwn(environment, name) || name.startsWith('SECRET_'), name);
    for (const name of Object.keys(environment).filter((each) => each !== 'TEAMSFX_ENV'))
      assert.equal(environment[name], '', `${name} is everybody's own`);
    assert.deepEqual(parseEnv(readFileSync('env/.env.local', 'utf8')), { TEAMSFX_ENV: 'local' });
  });

  it('keeps secrets out of what is shared', () => {
    const secrets = [...lifecycleIn('m365agents.yml').stages.values()]
      .flat()
      .flatMap(({ writes: { clientSecret = [] } }) => clientSecret);
    assert.ok(secrets.length > 0);
    // The toolkit puts what is called so into the file of the person.
    for (const name of secrets) assert.match(name, /^SECRET_/);
    const ignored = readFileSync('.gitignore', 'utf8').split('\n');
    for (const pattern of ['env/.env.*.user', 'appPackage/build/', '.env'])
      assert.ok(ignored.includes(pattern));
  });

  it('gives the app the id of the bot, as npm run package does', () => {
    const provision = lifecycleIn('m365agents.yml').stages.get('provision') ?? [];
    const at = (uses: string): number => provision.findIndex((step) => step.uses === uses);
    assert.equal(provision[at('script')]?.with.run, 'echo "::set-teamsfx-env TEAMS_APP_ID=${{BOT_ID}}"');
    assert.ok(at('aadApp/create') < at('script') && at('script') < at('teamsApp/create'));
  });
});

interface Registration {
  readonly identifierUris: readonly string[];
  readonly signInAudience: string;
  readonly spa: { readonly redirectUris: readonly string[] };
  readonly api: {
    readonly requestedAccessTokenVersion: number;
    readonly oauth2PermissionScopes: readonly { readonly id: string; readonly value: string }[];
    readonly preAuthorizedApplications: readonly {
      readonly appId: string;
      readonly delegatedPermissionIds: readonly string[];
    }[];
  };
  readonly appRoles: readonly { readonly value: string; readonly id: string }[];
  readonly requiredResourceAccess: readonly {
    readonly resourceAccess: readonly { readonly id: string; readonly type: string }[];
  }[];
}

describe('the app registration for the tab', () => {
  const registration = JSON.parse(readFileSync('aad.manifest.json', 'utf8')) as Registration;
  const { api } = registration;

  it('is for one tenant, with tokens of version 2 for the audience that the app package names', () => {
    assert.equal(registration.signInAudience, 'AzureADMyOrg');
    assert.equal(api.requestedAccessTokenVersion, 2);
    const { webApplicationInfo } = JSON.parse(readFileSync('appPackage/manifest.json', 'utf8')) as {
      webApplicationInfo: { resource: string };
    };
    assert.deepEqual(registration.identifierUris, [webApplicationInfo.resource]);
  });

  it('takes people back to the origin, as the tab asks where it is open in a browser', () => {
    // tab/sign-in/browser-tokens.ts
    assert.deepEqual(registration.spa.redirectUris, ['https://${{DOMAIN}}']);
  });

  it('lets Teams’ clients ask for access_as_user, and nobody else for anything', () => {
    const [scope, ...more] = api.oauth2PermissionScopes;
    assert.deepEqual([scope?.value, more], ['access_as_user', []]);
    const clients = api.preAuthorizedApplications;
    // Teams on desktops and phones, and in the browser: https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-register-aad
    for (const teams of ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'])
      assert.ok(clients.some(({ appId }) => appId === teams));
    assert.equal(new Set(clients.map(({ appId }) => appId)).size, 7);
    for (const { delegatedPermissionIds } of clients) assert.deepEqual(delegatedPermissionIds, [scope?.id]);
  });

  it('has the roles that a token may bring, and asks Graph only who signs in', () => {
    assert.deepEqual(registration.appRoles.map(({ value }) => value).sort(), ['Admin', 'Coordinator']);
    assert.equal(new Set(registration.appRoles.map(({ id }) => id)).size, 2);
    const asked = registration.requiredResourceAccess.flatMap(({ resourceAccess }) => resourceAccess);
    assert.deepEqual(asked, [
      { id: 'openid', type: 'Scope' },
      { id: 'profile', type: 'Scope' },
    ]);
  });
});
