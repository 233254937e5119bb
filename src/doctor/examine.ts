import type { Environment } from '../platform/settings.js';
import { readSettings, SettingsError, type CloudSettings, type Settings } from '../runtime/settings.js';
import { accountOf, metadataOf } from '../runtime/cloud.js';
import { openStorage } from '../runtime/storage.js';
import { findingsOf, type Check, type Finding } from './finding.js';
import { graphChecks } from './graph-checks.js';
import {
  certificateCheck,
  clockCheck,
  keysCheck,
  nodeCheck,
  packageCheck,
  reachCheck,
  storageCheck,
  tokenCheck,
} from './installation-checks.js';

async function cloudChecks(settings: CloudSettings): Promise<Check[]> {
  const { app, bot, graph } = settings;
  const { credential, ...registration } = app;
  return [
    clockCheck(app.loginUrl),
    storageCheck(openStorage(await accountOf(settings.storage))),
    keysCheck('Sign-in of people', metadataOf(app)),
    keysCheck('Sign-in of Teams', bot.metadataUrl, bot.issuer),
    tokenCheck('Token of the bot', { ...bot, clientId: bot.botId }, 'https://api.botframework.com/.default'),
    ...(credential === undefined || graph === undefined
      ? []
      : [
          tokenCheck(
            'Token for Graph',
            { ...registration, credential },
            `${new URL(graph.graphUrl).origin}/.default`,
          ),
        ]),
    reachCheck(settings),
    certificateCheck(settings),
    ...graphChecks(settings),
    packageCheck('dist/big-room.zip', settings),
  ];
}

function settingsOf(environment: Environment): Settings | readonly string[] {
  try {
    return readSettings(environment, 'own');
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}

/** Looks at an installation from where it runs: its settings, and in cloud mode all that they name. */
export async function examine(environment: Environment): Promise<readonly Finding[]> {
  const node = nodeCheck(process.version);
  const settings = settingsOf(environment);
  if (!('mode' in settings))
    return [
      ...(await findingsOf([node])),
      ...settings.map((text): Finding => ({
        about: 'Settings',
        health: 'fault',
        text,
        next: 'See .env.example.',
      })),
    ];
  const said: Finding =
    settings.mode === 'cloud'
      ? { about: 'Settings', health: 'good', text: `complete, for cloud mode at ${settings.publicUrl}` }
      : {
          about: 'Settings',
          health: 'good',
          text: 'trial mode: on this machine alone, so that there is nothing outside to look at',
        };
  const checks = settings.mode === 'cloud' ? await cloudChecks(settings) : [];
  return [said, ...(await findingsOf([node, ...checks]))];
}
