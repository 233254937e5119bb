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

const domains = 'news|newsletter|releases|sessions|plan|people|outbox|sending|mail|texts';
const edges = '(storage|http|graph|mailbox|trial)/|(app|app-sessions|config|index)$';

/** Modules of src/ that run in a browser too, so that the tab may import more than their types. */
const sharedWithTab = 'i18n/|languages$|texts/(text|diff)$|news/moves$|sessions/rule-words$';

/** @type {readonly Zone[]} */
const folders = [
  {
    from: new RegExp(`^src/(${domains})/`),
    to: new RegExp(`^src/(${edges})`),
    message: 'a domain folder states the port that it needs; the edges implement it.',
  },
  {
    from: new RegExp(`^src/(${domains})/`),
    to: /^src\/[^/]+\/store$/,
    except: /^src\/$1\/store$/,
    message: "ask the other domain's service; its store is its own.",
  },
  {
    from: /^src\/(i18n\/|(?!(app|app-sessions|index|config)\.ts)[^/]+$)/,
    to: new RegExp(`^src/(${edges})`),
    message: 'imports point inward.',
  },
  {
    from: /^src\/(storage|graph)\//,
    to: /^src\/((http|trial)\/|(app|index|config)$)/,
    message: 'an adapter knows its port and nothing further out.',
  },
  { from: /^src\/(?!index\.ts$)/, to: /^bot\//, message: 'only src/index.ts imports the bot.' },
  { from: /^src\//, to: /^(tab|test|appPackage)\//, message: 'imports point inward.' },
  {
    from: /^bot\//,
    to: /^src\/((storage|http|graph|trial)\/|(app|config|index)$)/,
    message: 'the bot uses the services that it is given.',
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
    from: /^(src\/(?!(storage|graph)\/)|bot\/|tab\/|appPackage\/)/,
    to: /^@azure\//,
    message: '@azure/* belongs in src/storage and src/graph.',
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
    message: 'settings are read in src/config.ts alone.',
  },
];

export const zones = [...folders, ...packages];
