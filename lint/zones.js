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

/** The folders that every feature may use, and which of the others each of them may use. */
const layers = {
  platform: [],
  people: ['platform'],
  content: ['platform'],
  delivery: ['platform', 'people', 'content'],
  audience: ['platform', 'people', 'content', 'delivery'],
};

const features = ['news', 'newsletter', 'releases', 'sessions', 'calendar'];

/** The folders of src/sessions/, and which of the others each of them may use; a folder that is not named may use all. */
const roomsOfSessions = {
  series: [],
  occurrences: ['series'],
  rotation: ['series', 'occurrences'],
  topics: ['series', 'occurrences', 'rotation'],
  'follow-up': ['series', 'occurrences', 'rotation'],
  coming: ['series', 'occurrences'],
  reminders: ['series', 'occurrences', 'rotation', 'follow-up', 'coming'],
  calendar: ['series', 'occurrences'],
  outside: ['series', 'occurrences', 'topics', 'follow-up', 'coming'],
  mails: ['series', 'occurrences', 'coming', 'calendar'],
  planning: ['series', 'occurrences', 'rotation', 'reminders', 'follow-up'],
};

/** Modules of src/ that run in a browser too, so that the tab may import more than their types. */
const sharedWithTab = [
  'shared/',
  'i18n/',
  'content/(text|deviation|markdown)$',
  'people/person$',
  'platform/actor$',
  'news/(line|types|workflow|proposal)$',
];

/** @param {readonly string[]} names */
const anyOf = (names) => `(${names.join('|')})`;
const everyLayer = anyOf(Object.keys(layers));
const everyFeature = anyOf(features);
const inside = anyOf([...Object.keys(layers), ...features]);
/** The programs that put everything together. */
const top = '(runtime|launcher|doctor)/|(main|instance|installation|compose)$';

/** @type {readonly Zone[]} */
const folders = [
  ...Object.entries(layers).map(([layer, allowed]) => ({
    from: new RegExp(`^src/${layer}/`),
    to: new RegExp(`^src/${everyLayer}/`),
    except: new RegExp(`^src/${anyOf([layer, ...allowed])}/`),
    message: `the order is platform <- people, content <- delivery <- audience; ${layer} may use ${allowed.join(', ') || 'none of the others'}.`,
  })),
  {
    from: new RegExp(`^src/${everyLayer}/`),
    to: new RegExp(`^src/${everyFeature}/`),
    message: 'folders that every feature uses know no feature: let the feature register what it brings.',
  },
  {
    from: new RegExp(`^src/${inside}/`),
    to: new RegExp(`^src/(.*/)?store$`),
    except: /^src\/$1\//,
    message: "ask the other folder's service; its store is its own.",
  },
  ...Object.entries(roomsOfSessions).map(([room, allowed]) => ({
    from: new RegExp(`^src/sessions/${room}/`),
    to: /^src\/sessions\/[^/]+\//,
    except: new RegExp(`^src/sessions/${anyOf([room, ...allowed])}/`),
    message: `the room ${room} may use ${allowed.join(', ') || 'no other room'}.`,
  })),
  {
    from: new RegExp(`^src/(${inside}|shared|i18n)/`),
    to: new RegExp(`^src/(adapters/|demo/|${top})`),
    message: 'imports point inward: state the port that is needed; an adapter implements it.',
  },
  {
    from: new RegExp(`^src/(${inside}|shared|i18n)/`),
    to: /^src\/http\//,
    except: /^src\/http\/route$/,
    message: 'a feature brings its routes (http/route) and knows nothing else of HTTP.',
  },
  {
    from: /^src\/(shared|i18n)\//,
    to: /^src\//,
    except: /^src\/(shared|i18n)\//,
    allowTypes: true,
    message: 'this runs in the browser too: of the server it may know types alone.',
  },
  {
    from: /^src\/http\//,
    to: new RegExp(
      `^src/(${anyOf([...features, 'delivery', 'audience', 'content'])}|adapters|demo)/|^src/(${top})`,
    ),
    message: 'src/http knows no feature: its routes are registered.',
  },
  {
    from: /^src\/adapters\//,
    to: new RegExp(`^src/(http/|demo/|${top})`),
    except: /^src\/http\/route$/,
    message: 'an adapter knows its port and nothing further out.',
  },
  {
    from: /^src\/(?!(main|compose)\.ts$|(runtime|adapters|doctor)\/)/,
    to: /^src\/adapters\//,
    message: 'only src/main.ts, src/compose.ts, src/runtime/ and src/doctor/ choose adapters.',
  },
  { from: /^src\/(?!instance\.ts$)/, to: /^bot\//, message: 'only src/instance.ts imports the bot.' },
  {
    from: /^src\/instance\.ts$/,
    to: /^bot\//,
    except: /^bot\/index$/,
    message: 'src/instance.ts takes the bot as a whole: bot/index.ts.',
  },
  { from: /^src\//, to: /^(tab|test|appPackage)\//, message: 'imports point inward.' },
  {
    from: /^bot\//,
    to: new RegExp(`^src/(http/|adapters/|demo/|${top}|(.*/)?store$)`),
    message: 'the bot uses the services that it is given.',
  },
  { from: /^bot\//, to: /^(tab|test|appPackage)\//, message: 'imports point inward.' },
  {
    from: /^bot\/features\/([^/]+)\//,
    to: /^bot\/features\//,
    except: /^bot\/features\/$1\//,
    message: 'a feature of the bot imports no other feature: put what they share beside features/.',
  },
  {
    from: /^bot\/(?!features\/|index\.ts$)/,
    to: /^bot\/features\//,
    message: 'the bot knows its features by what bot/index.ts registers.',
  },
  {
    from: /^tab\//,
    to: /^src\//,
    except: new RegExp(`^src/${anyOf(sharedWithTab)}`),
    allowTypes: true,
    message: 'the tab reaches src/ by HTTP; only types, texts and pure modules are shared.',
  },
  { from: /^tab\//, to: /^bot\//, message: 'the tab knows nothing of the bot.' },
  {
    from: /^tab\/features\/([^/]+)\//,
    to: /^tab\/features\//,
    except: /^tab\/features\/$1\//,
    message: 'a feature imports no other feature: put what they share in tab/shared/.',
  },
  {
    from: /^tab\/shared\//,
    to: /^tab\/features\//,
    message: 'what features share knows none of them.',
  },
];

/** @type {readonly Zone[]} */
const packages = [
  {
    from: /^(src\/(?!adapters\/)|bot\/|tab\/(?!sign-in\/browser-tokens\.ts$)|appPackage\/)/,
    to: /^@azure\//,
    message: '@azure/* belongs in src/adapters, and msal-browser in tab/sign-in/browser-tokens.ts.',
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
    from: /^bot\//,
    to: /^restify/,
    allowTypes: true,
    message: 'restify belongs in src/http; the bot knows its types.',
  },
  {
    from: /^(src\/|bot\/|tab\/(?!teams-host\.ts$)|appPackage\/)/,
    to: /^@microsoft\/teams-js/,
    message: 'teams-js belongs in tab/teams-host.ts.',
  },
  {
    from: /^(src|bot|tab|appPackage)\//,
    to: /^(node:)?process$/,
    message: 'settings are read in src/runtime/settings.ts alone.',
  },
];

export const zones = [...folders, ...packages];
