import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

interface Case {
  readonly what: string;
  /** The folder in which the code would be. */
  readonly folder: string;
  readonly code: string;
}

interface Breach extends Case {
  readonly rule: string;
}

const zones = 'big-room(zones)';

const breaches: readonly Breach[] = [
  {
    what: 'a feature that reaches for an adapter',
    folder: 'src/news',
    code: "import { AzureRows } from '../adapters/azure/rows.js';\nAzureRows;",
    rule: zones,
  },
  {
    what: "a feature that reads another's store",
    folder: 'src/newsletter',
    code: "import type { NewsStore } from '../news/store.js';\nexport type Mine = NewsStore;",
    rule: zones,
  },
  {
    what: 'a feature that knows the web server',
    folder: 'src/releases',
    code: "import { httpServer } from '../http/server.js';\nhttpServer;",
    rule: zones,
  },
  {
    what: 'the server that imports the bot outside instance.ts',
    folder: 'src',
    code: "import { seen } from '../bot/seen.js';\nseen;",
    rule: zones,
  },
  {
    what: 'an adapter that knows the web server',
    folder: 'src/adapters/azure',
    code: "import { httpServer } from '../../http/server.js';\nhttpServer;",
    rule: zones,
  },
  {
    what: 'the bot that reads a store',
    folder: 'bot',
    code: "import { newsStore } from '../src/news/store.js';\nnewsStore;",
    rule: zones,
  },
  {
    what: 'the platform that knows people',
    folder: 'src/platform',
    code: "import { may } from '../people/permissions.js';\nmay;",
    rule: zones,
  },
  {
    what: 'delivery that knows a feature',
    folder: 'src/delivery/outbox',
    code: "import type { NewsItem } from '../../news/types.js';\nexport type Mine = NewsItem;",
    rule: zones,
  },
  {
    what: 'a feature of the bot that imports another',
    folder: 'bot/features/news',
    code: "import { sessionCard } from '../sessions/session-card.js';\nsessionCard;",
    rule: zones,
  },
  {
    what: 'Azure outside the adapters',
    folder: 'src/news',
    code: "import { TableClient } from '@azure/data-tables';\nTableClient;",
    rule: zones,
  },
  {
    what: 'a bot SDK outside bot/',
    folder: 'src/http',
    code: "import { CardFactory } from 'botbuilder';\nCardFactory;",
    rule: zones,
  },
  {
    what: 'teams-ai outside bot/',
    folder: 'src',
    code: "import type { Application } from '@microsoft/teams-ai';\nexport type Mine = Application<never>;",
    rule: zones,
  },
  {
    what: 'restify outside http/',
    folder: 'src',
    code: "import { createServer } from 'restify';\ncreateServer;",
    rule: zones,
  },
  {
    what: 'teams-js outside tab/teams.ts',
    folder: 'tab',
    code: "import { app } from '@microsoft/teams-js';\napp;",
    rule: zones,
  },
  {
    what: 'code of the server in the tab',
    folder: 'tab',
    code: "import { newsService } from '../src/news/service.js';\nnewsService;",
    rule: zones,
  },
  {
    what: 'the bot in the tab',
    folder: 'tab',
    code: "import type { seen } from '../bot/seen.js';\nexport type Mine = typeof seen;",
    rule: zones,
  },
  {
    what: "a feature that imports another feature's code",
    folder: 'tab/features/newsletter',
    code: "import { line } from '../news/line.js';\nline;",
    rule: zones,
  },
  {
    what: 'an import of types alone',
    folder: 'src/news',
    code: "import type { AzureRows } from '../adapters/azure/rows.js';\nexport type Mine = AzureRows;",
    rule: zones,
  },
  {
    what: 'an export from elsewhere',
    folder: 'src/news',
    code: "export { AzureRows } from '../adapters/azure/rows.js';",
    rule: zones,
  },
  {
    what: 'an export of everything elsewhere',
    folder: 'src/news',
    code: "export * from '../adapters/azure/rows.js';",
    rule: zones,
  },
  {
    what: 'an import at run time',
    folder: 'src/news',
    code: "export const later = () => import('../adapters/azure/rows.js');",
    rule: zones,
  },
  {
    what: 'a type that is imported within a statement',
    folder: 'src/news',
    code: "export type Mine = import('../adapters/azure/rows.js').AzureRows;",
    rule: zones,
  },
  {
    what: 'fetch outside tab/api.ts',
    folder: 'tab',
    code: "void fetch('/api/news');",
    rule: 'eslint(no-restricted-globals)',
  },
  {
    what: 'settings read outside settings.ts',
    folder: 'src',
    code: 'export const zone = process.env.TZ;',
    rule: 'eslint(no-restricted-properties)',
  },
  {
    what: 'settings imported outside settings.ts',
    folder: 'src',
    code: "import { env } from 'node:process';\nexport const zone = env.TZ;",
    rule: zones,
  },
  {
    what: 'a promise that nobody waits for',
    folder: 'src',
    code: 'async function later(): Promise<void> { await Promise.resolve(); }\nlater();',
    rule: 'typescript(no-floating-promises)',
  },
  {
    what: 'a switch that forgets a case',
    folder: 'src',
    code: "export function f(of: 'a' | 'b'): number { switch (of) { case 'a': return 1; } return 2; }",
    rule: 'typescript(switch-exhaustiveness-check)',
  },
  {
    what: 'a circle of imports',
    folder: 'src',
    code: "import { one } from './a-circle-of-imports.js';\nexport const two = () => one;",
    rule: 'import(no-cycle)',
  },
  {
    what: 'an effect that misses what it reads',
    folder: 'tab',
    code: [
      "import { useEffect } from 'react';",
      'export function Title({ text }: { text: string }): null {',
      '  useEffect(() => { document.title = text; }, []);',
      '  return null;',
      '}',
    ].join('\n'),
    rule: 'react-hooks(exhaustive-deps)',
  },
];

const allowed: readonly Case[] = [
  {
    what: 'Azure in the adapters',
    folder: 'src/adapters/azure',
    code: "import { TableClient } from '@azure/data-tables';\nTableClient;",
  },
  {
    what: 'a type of the server in the tab',
    folder: 'tab',
    code: "import type { NewsItem } from '../src/news/types.js';\nexport type Mine = NewsItem;",
  },
  {
    what: 'languages in the tab',
    folder: 'tab',
    code: "import { languages } from '../src/shared/languages.js';\nlanguages;",
  },
];

const cases: readonly Case[] = [...breaches, ...allowed];

/** Each case is in a file of its own, so that one run of the linter sees them all. */
const fileOf = ({ what, folder }: Case): string =>
  `${folder}/${what.replaceAll(/\W+/g, '-')}.${folder.startsWith('tab') ? 'tsx' : 'ts'}`;

const oxlint = resolve('node_modules/oxlint/bin/oxlint');

async function output(args: readonly string[], cwd: string): Promise<string> {
  const run = promisify(execFile)(process.execPath, [oxlint, ...args], { cwd, maxBuffer: 2 ** 26 });
  // It ends badly where it finds something, as it should.
  return (await run.catch((error: unknown) => error as { stdout: string })).stdout;
}

/** The rules that speak up, by file. */
async function brokenRules(): Promise<Map<string, string[]>> {
  const tree = await mkdtemp(join(tmpdir(), 'big-room-fences-'));
  const copied = ['.oxlintrc.json', 'lint', 'tsconfig.json', 'tab/tsconfig.json', 'package.json'];
  await Promise.all(copied.map((name) => cp(name, join(tree, name), { recursive: true })));
  await symlink(resolve('node_modules'), join(tree, 'node_modules'));
  for (const each of cases) {
    const file = join(tree, fileOf(each));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, each.code);
  }
  const { diagnostics } = JSON.parse(await output(['--format', 'json', 'src', 'bot', 'tab'], tree)) as {
    diagnostics: readonly { code?: string; filename: string }[];
  };
  await rm(tree, { recursive: true });
  const found = new Map<string, string[]>();
  for (const { code, filename } of diagnostics)
    found.set(filename, [...(found.get(filename) ?? []), code ?? '']);
  return found;
}

describe('the fences between the folders', function () {
  this.timeout('60s');
  const fences = new Set(breaches.map(({ rule }) => rule));
  let broken: Map<string, string[]>;

  const fencesBrokenBy = (of: Case): string[] =>
    broken.get(fileOf(of))?.filter((rule) => fences.has(rule)) ?? [];

  before(async () => {
    broken = await brokenRules();
  });

  for (const breach of breaches) {
    it(`stop ${breach.what}`, () => {
      assert.ok(fencesBrokenBy(breach).includes(breach.rule), `${breach.rule} should speak up`);
    });
  }

  for (const each of allowed) {
    it(`let pass ${each.what}`, () => {
      assert.deepEqual(fencesBrokenBy(each), []);
    });
  }

  it('are errors or off, never warnings', async () => {
    assert.doesNotMatch(await output(['--print-config'], '.'), /"warn"/);
  });
});
