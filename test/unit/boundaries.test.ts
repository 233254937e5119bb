import assert from 'node:assert/strict';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';

interface Breach {
  readonly what: string;
  /** An existing file, so that the compiler knows it; only its name counts. */
  readonly file: string;
  readonly code: string;
  readonly rule: string;
  /** Whether the rule needs the compiler, which takes its time. */
  readonly isTyped?: true;
}

const imports = 'import-x/no-restricted-paths';
const packages = '@typescript-eslint/no-restricted-imports';

const breaches: readonly Breach[] = [
  {
    what: 'a domain folder that reaches for its storage',
    file: 'src/news/moves.ts',
    code: "import { newsStore } from '../storage/news-store.js';\nnewsStore;",
    rule: imports,
  },
  {
    what: "a domain folder that reads another's store",
    file: 'src/newsletter/issue.ts',
    code: "import type { NewsStore } from '../news/store.js';\nexport type Mine = NewsStore;",
    rule: imports,
  },
  {
    what: 'a domain folder that knows HTTP',
    file: 'src/releases/moves.ts',
    code: "import { json } from '../http/route.js';\njson;",
    rule: imports,
  },
  {
    what: 'the server that imports the bot outside index.ts',
    file: 'src/clock.ts',
    code: "import { seen } from '../bot/seen.js';\nseen;",
    rule: imports,
  },
  {
    what: 'a storage adapter that knows HTTP',
    file: 'src/storage/rows-azure.ts',
    code: "import { json } from '../http/route.js';\njson;",
    rule: imports,
  },
  {
    what: 'the bot that reads the storage',
    file: 'bot/turn.ts',
    code: "import { newsStore } from '../src/storage/news-store.js';\nnewsStore;",
    rule: imports,
  },
  {
    what: 'Azure outside storage',
    file: 'src/news/moves.ts',
    code: "import { TableClient } from '@azure/data-tables';\nTableClient;",
    rule: packages,
  },
  {
    what: 'a bot SDK outside bot/',
    file: 'src/http/route.ts',
    code: "import { CardFactory } from 'botbuilder';\nCardFactory;",
    rule: packages,
  },
  {
    what: 'teams-ai outside bot/',
    file: 'src/clock.ts',
    code: "import type { Application } from '@microsoft/teams-ai';\nexport type Mine = Application<never>;",
    rule: packages,
  },
  {
    what: 'restify outside http/',
    file: 'src/clock.ts',
    code: "import { createServer } from 'restify';\ncreateServer;",
    rule: packages,
  },
  {
    what: 'teams-js outside tab/teams.ts',
    file: 'tab/app.tsx',
    code: "import { app } from '@microsoft/teams-js';\napp;",
    rule: packages,
  },
  {
    what: 'code of the server in the tab',
    file: 'tab/app.tsx',
    code: "import { newsService } from '../src/news/news-service.js';\nnewsService;",
    rule: packages,
  },
  {
    what: 'the bot in the tab',
    file: 'tab/app.tsx',
    code: "import type { seen } from '../bot/seen.js';\nexport type Mine = typeof seen;",
    rule: packages,
  },
  {
    what: "a feature that imports another feature's code",
    file: 'tab/features/newsletter/index.tsx',
    code: "import { line } from '../news/line.js';\nline;",
    rule: imports,
  },
  {
    what: 'fetch outside tab/api.ts',
    file: 'tab/app.tsx',
    code: "void fetch('/api/news');",
    rule: 'no-restricted-globals',
  },
  {
    what: 'settings read outside config.ts',
    file: 'src/clock.ts',
    code: 'export const zone = process.env.TZ;',
    rule: 'no-restricted-properties',
  },
  {
    what: 'settings imported outside config.ts',
    file: 'src/clock.ts',
    code: "import { env } from 'node:process';\nexport const zone = env.TZ;",
    rule: packages,
  },
  {
    what: 'a promise that nobody waits for',
    file: 'src/clock.ts',
    code: 'async function later(): Promise<void> { await Promise.resolve(); }\nlater();',
    rule: '@typescript-eslint/no-floating-promises',
    isTyped: true,
  },
  {
    what: 'a switch that forgets a case',
    file: 'src/clock.ts',
    code: "export function f(of: 'a' | 'b'): number { switch (of) { case 'a': return 1; } return 2; }",
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    isTyped: true,
  },
];

const allowed: readonly Omit<Breach, 'rule'>[] = [
  {
    what: 'Azure in storage',
    file: 'src/storage/rows-azure.ts',
    code: "import { TableClient } from '@azure/data-tables';",
  },
  {
    what: 'a type of the server in the tab',
    file: 'tab/app.tsx',
    code: "import type { NewsItem } from '../src/news/news.js';",
  },
  {
    what: 'languages in the tab',
    file: 'tab/app.tsx',
    code: "import { languages } from '../src/languages.js';",
  },
];

describe('the fences between the folders', function () {
  this.timeout('120s');
  const eslint = new ESLint();
  const untyped = { ...tseslint.configs.disableTypeChecked, files: ['**/*.{ts,tsx}'] };
  const quick = new ESLint({ overrideConfig: untyped as Linter.Config });
  const fences: ReadonlySet<string | null> = new Set(breaches.map(({ rule }) => rule));

  async function broken(file: string, code: string, isTyped?: true): Promise<(string | null)[]> {
    const [result] = await (isTyped ? eslint : quick).lintText(code, { filePath: file });
    return result?.messages.map(({ ruleId }) => ruleId).filter((rule) => fences.has(rule)) ?? [];
  }

  for (const { what, file, code, rule, isTyped } of breaches) {
    it(`stop ${what}`, async () => {
      assert.ok((await broken(file, code, isTyped)).includes(rule), `${rule} should speak up in ${file}`);
    });
  }

  for (const { what, file, code } of allowed) {
    it(`let pass ${what}`, async () => {
      assert.deepEqual(await broken(file, code), []);
    });
  }

  it('are errors or off, never warnings', async () => {
    for (const file of ['src/clock.ts', 'bot/turn.ts', 'tab/app.tsx', 'test/make.ts', 'eslint.config.js']) {
      const config = (await eslint.calculateConfigForFile(file)) as {
        rules: Record<string, Linter.RuleEntry>;
      };
      const warnings = Object.entries(config.rules).filter(([, entry]) => {
        const severity: unknown = Array.isArray(entry) ? entry[0] : entry;
        return severity === 1 || severity === 'warn';
      });
      assert.deepEqual(warnings, [], file);
    }
  });
});
