// Which folder may import what: the one table that `npm run lint` enforces.
//
// Paths are read from the root of the repository, with slashes and without `.js`; packages by their names.
// `$1` in `to` and `except` is what the first group of `from` found. `allowTypes` lets `import type` pass.

/**
 * @typedef {object} Zone
 * @property {RegExp} from the importing file
 * @property {RegExp} to what it must not import
 * @property {RegExp} [except] what of that it may import all the same
 * @property {boolean} [allowTypes] whether it may import types from there
 * @property {string} message
 */

const features = 'news|newsletter|releases|sessions|overview';
/** What every feature stands on, lowest first: each may import those before it. */
const ground = ['platform', 'people', 'content', 'delivery', 'audience'];
const edges = '(adapters|http|runtime|launcher|demo)/|(main|compose|compose-sessions)$';

/** Modules of src/ that run in a browser too, so that the tab may import more than their types. */
const sharedWithTab = 'i18n/|shared/|content/(text|diff)$|news/workflow$';

/** @type {readonly Zone[]} */
const folders = [
  {
    from: new RegExp(`^src/(${ground.join('|')})/`),
    to: new RegExp(`^src/(${features})/`),
    message: 'what the features stand on knows no feature.',
  },
  {
    from: /^src\/platform\//,
    to: /^src\/(people|content|delivery|audience)\//,
    message: 'the platform stands on nothing but src/shared and src/i18n.',
  },
  {
    from: /^src\/(people|content)\//,
    to: /^src\/(people|content|delivery|audience)\//,
    except: /^src\/$1\//,
    message: 'people and content stand on the platform alone.',
  },
  { from: /^src\/delivery\//, to: /^src\/audience\//, message: 'delivery knows no audience.' },
  {
    from: new RegExp(`^src/(${[...ground, features].join('|')})/`),
    to: new RegExp(`^src/(${edges})`),
    message: 'a feature states the port that it needs; the edges implement it.',
  },
  {
    from: new RegExp(`^src/(${features})/`),
    to: new RegExp(`^src/(${features})/(.+/)?(store|store-rows|word-index)$`),
    except: /^src\/$1\//,
    message: "ask the other feature's service; its store is its own.",
  },
  {
    from: /^src\/(shared|i18n)\//,
    to: /^src\//,
    except: /^src\/(shared|i18n)\//,
    allowTypes: true,
    message: 'src/shared runs in a browser too: it takes types alone from the rest.',
  },
  {
    from: /^src\/adapters\//,
    to: /^src\/((http|runtime|launcher|demo)\/|(main|compose|compose-sessions)$)/,
    message: 'an adapter knows its port and nothing further out.',
  },
  {
    from: /^src\/http\//,
    to: new RegExp(`^src/((${features}|adapters|runtime|launcher|demo)/|(main|compose|compose-sessions)$)`),
    message: 'the web server knows no feature.',
  },
  { from: /^src\/(?!main\.ts$)/, to: /^bot\//, message: 'only src/main.ts imports the bot.' },
  { from: /^src\//, to: /^(tab|test|appPackage)\//, message: 'imports point inward.' },
  {
    from: /^bot\//,
    to: new RegExp(`^src/((${features})/(.+/)?store$|${edges})`),
    message: 'the bot uses the services that it is given.',
  },
  {
    from: /^bot\/features\/([^/]+)\//,
    to: /^bot\/features\//,
    except: /^bot\/features\/$1\//,
    message: 'a feature of the bot imports no other: put what they share in cards/ or conversation/.',
  },
  {
    from: /^bot\/(channel|proactive|cards)\//,
    to: /^bot\/features\//,
    message: 'the features of the bot stand on it, and not the other way round.',
  },
  {
    from: /^tab\//,
    to: /^src\//,
    except: new RegExp(`^src/(${sharedWithTab})`),
    allowTypes: true,
    message: 'the tab reaches src/ by HTTP; only types, texts and pure modules are shared.',
  },
  { from: /^tab\//, to: /^bot\//, message: 'the tab knows nothing of the bot.' },
  {
    from: /^tab\/features\/([^/]+)\//,
    to: /^tab\/features\//,
    except: /^tab\/features\/$1\//,
    message: 'a feature imports no other feature: put what they share beside features/.',
  },
];

/** @type {readonly Zone[]} */
const packages = [
  {
    from: /^(src\/(?!adapters\/)|bot\/|tab\/|appPackage\/)/,
    to: /^@azure\//,
    message: '@azure/* belongs in src/adapters.',
  },
  {
    from: /^(src|tab|appPackage)\//,
    to: /^(botbuilder|botframework|@microsoft\/(teams-ai|agents))/,
    message: 'the bot SDKs belong in bot/.',
  },
  {
    from: /^(src\/(?!http\/)|tab\/|appPackage\/)/,
    to: /^restify/,
    message: 'restify belongs in src/http.',
  },
  {
    from: /^(src\/|bot\/|tab\/(?!teams\.ts$)|appPackage\/)/,
    to: /^@microsoft\/teams-js/,
    message: 'teams-js belongs in tab/teams.ts.',
  },
  {
    from: /^(src|bot|tab|appPackage)\//,
    to: /^(node:)?process$/,
    message: 'settings are read in src/runtime/settings.ts alone.',
  },
];

export const zones = [...folders, ...packages];
