// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import eslint from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// The house rules of docs/architecture.md. A rule is an error or off, never a warning: nobody reads warnings.

/** Folders under src/ that hold a part of the domain, and so know nothing of its edges. */
const domains = [
  'news',
  'newsletter',
  'releases',
  'sessions',
  'plan',
  'people',
  'outbox',
  'sending',
  'mail',
  'texts',
];
const edges = [
  'storage',
  'http',
  'graph',
  'mailbox',
  'trial',
  'app.ts',
  'app-sessions.ts',
  'config.ts',
  'index.ts',
].map((name) => `./src/${name}`);

/** Modules of src/ that run in a browser too, so that the tab may import more than their types. */
const sharedWithTab = [
  'i18n/',
  'languages\\.js$',
  'texts/text\\.js$',
  'texts/diff\\.js$',
  'news/moves\\.js$',
  'sessions/rule-words\\.js$',
];

/** Packages that stay in one place, each with the place where it is at home. */
const bans = {
  azure: { regex: '^@azure/', message: '@azure/* belongs in src/storage and src/graph.' },
  bot: {
    regex: '^(botbuilder|botframework|@microsoft/(teams-ai|agents))',
    message: 'The bot SDKs belong in bot/.',
  },
  restify: { regex: '^restify', message: 'restify belongs in src/http.' },
  teams: { regex: '^@microsoft/teams-js', message: 'teams-js belongs in tab/teams.ts.' },
  env: { regex: '^(node:)?process$', message: 'Settings are read in src/config.ts alone.' },
  server: {
    regex: `(^|/)src/(?!${sharedWithTab.join('|')})`,
    message: 'The tab reaches src/ by HTTP; only types, texts and pure modules are shared.',
    allowTypeImports: true,
  },
  botFolder: { regex: '^(\\.\\./)+bot/', message: 'The tab knows nothing of the bot.' },
};

/** @param {(keyof typeof bans)[]} allowed what this place may import although others may not */
function packages(...allowed) {
  const patterns = Object.entries(bans)
    .filter(([name]) => !allowed.includes(/** @type {keyof typeof bans} */ (name)))
    .map(([, ban]) => ban);
  return /** @type {const} */ ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] });
}

const notInTab = /** @type {const} */ (['server', 'botFolder']);

/** @param {string} folder */
const foldersIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name] : [],
      )
    : [];

const zones = [
  {
    target: ['./src/!(index).ts', './src/*/**/*'],
    from: './bot',
    message: 'Only src/index.ts imports the bot.',
  },
  {
    target: domains.map((domain) => `./src/${domain}`),
    from: edges,
    message: 'A domain folder states the port that it needs; the edges implement it.',
  },
  ...domains.map((domain) => ({
    target: `./src/${domain}`,
    from: domains.filter((other) => other !== domain).map((other) => `./src/${other}/store.ts`),
    message: "Ask the other domain's service; its store is its own.",
  })),
  {
    target: ['./src/i18n', './src/!(app|app-sessions|index|config).ts'],
    from: edges,
    message: 'Imports point inward.',
  },
  {
    target: ['./src/storage', './src/graph'],
    from: ['./src/http', './src/trial', './src/app.ts', './src/index.ts', './src/config.ts'],
    message: 'An adapter knows its port and nothing further out.',
  },
  {
    target: './bot',
    from: ['storage', 'http', 'graph', 'trial', 'app.ts', 'config.ts', 'index.ts'].map(
      (name) => `./src/${name}`,
    ),
    message: 'The bot uses the services that it is given.',
  },
  {
    target: './src',
    from: ['./tab', './test', './appPackage'],
    message: 'Imports point inward.',
  },
  ...foldersIn('tab/features').map((feature) => ({
    target: `./tab/features/${feature}`,
    from: './tab/features',
    except: [`./${feature}`],
    message: 'A feature imports no other feature: put what they share beside features/.',
  })),
];

/** Lines of a function without those of functions inside it, so that a service made of short methods is short. */
const functionLength = /** @type {import('eslint').Rule.RuleModule} */ ({
  meta: {
    type: 'suggestion',
    schema: [{ type: 'integer' }],
    messages: { long: 'This function has {{lines}} lines of its own; {{most}} are enough.' },
  },
  create(context) {
    const [most] = context.options;
    /** @type {number[]} */
    const inside = [];
    /** @param {import('eslint').Rule.Node} node */
    const leave = (node) => {
      if (!node.loc) return;
      const lines = node.loc.end.line - node.loc.start.line + 1;
      const own = lines - (inside.pop() ?? 0);
      if (inside.length > 0) inside[inside.length - 1] += lines - 1;
      if (own > most)
        context.report({ node, messageId: 'long', data: { lines: String(own), most: String(most) } });
    };
    return { ':function': () => void inside.push(0), ':function:exit': leave };
  },
});

export default defineConfig(
  globalIgnores(['dist/', 'gallery/', '.data/', 'node_modules/', 'coverage/', 'devTools/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX, 'big-room': { rules: { 'function-length': functionLength } } },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: ['tsconfig.json'] })] },
    rules: {
      ...packages(...notInTab),
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'big-room/function-length': ['error', 40],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: bans.env.message },
        { object: 'window', property: 'fetch', message: 'fetch belongs in tab/api.ts.' },
      ],
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'import-x/no-default-export': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A type parameter that occurs once still names what a caller gets from a store.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // Texts are cleaned of control characters, by expressions that name them.
      'no-control-regex': 'off',
      // Index signatures are read with a dot here (tsconfig allows it).
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  { files: ['src/storage/**', 'src/graph/**'], rules: packages(...notInTab, 'azure') },
  { files: ['src/http/**'], rules: packages(...notInTab, 'restify') },
  // A table of routes reads best whole.
  { files: ['src/http/routes/**'], rules: { 'big-room/function-length': ['error', 60] } },
  { files: ['bot/**'], rules: packages(...notInTab, 'bot', 'restify') },
  { files: ['src/config.ts', 'src/trial/**'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['src/index.ts', 'src/trial/**', 'appPackage/**', 'test/**'], rules: { 'no-console': 'off' } },
  {
    files: ['tab/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      ...packages(),
      ...Object.fromEntries(
        Object.keys(reactHooks.configs.flat.recommended.rules).map((rule) => [rule, 'error']),
      ),
      'big-room/function-length': ['error', 60],
      'no-restricted-globals': ['error', ...['fetch', 'XMLHttpRequest', 'EventSource', 'WebSocket']],
    },
  },
  { files: ['tab/api.ts'], rules: { 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' } },
  { files: ['tab/teams.ts'], rules: packages('teams') },
  {
    files: ['**/*.config.{js,ts}', 'test/reporter.ts'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-restricted-imports': 'off',
      'no-restricted-properties': 'off',
      'big-room/function-length': 'off',
      'max-lines': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  { files: ['**/*.js'], languageOptions: { globals: { process: 'readonly', URL: 'readonly' } } },
);
