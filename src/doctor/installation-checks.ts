import { readFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import { unzipSync } from 'fflate';
import { z } from 'zod';
import { appTokens, TokenFault, type AppRegistration } from '../adapters/entra/app-tokens.js';
import { signingKeys } from '../adapters/entra/keys.js';
import type { Adapters } from '../compose.js';
import { firstPlace } from '../people/programmes.js';
import { systemClock } from '../platform/clock.js';
import type { CloudSettings } from '../runtime/settings.js';
import { fault, good, look, skipped, type Check } from './finding.js';
import { ask } from './web.js';

const day = 86_400_000;

/** The version of Node.js: the one that is supported and the newest that was tried. */
export const nodeCheck = (version: string): Check => ({
  about: 'Node.js',
  run: () => {
    const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
    const isOld = major < 20 || (major === 20 && minor < 19);
    return Promise.resolve(
      isOld ? fault(`${version} is too old`, 'Install Node.js 20.19 or later; 24 works too.') : good(version),
    );
  },
});

/** Tokens are believed with five minutes' difference: a clock that is further off lets nobody in. */
export const clockCheck = (loginUrl: string, now: () => number = Date.now): Check => ({
  about: 'Clock',
  run: async () => {
    const answer = await ask(loginUrl, { method: 'HEAD' });
    if ('silence' in answer)
      return skipped(
        `the sign-in service did not answer (${answer.silence}), so that nothing could be compared`,
      );
    const theirs = Date.parse(answer.headers.get('date') ?? '');
    if (Number.isNaN(theirs)) return skipped('the sign-in service did not say what time it is');
    const seconds = Math.round((now() - theirs) / 1_000);
    const said = `${String(Math.abs(seconds))} seconds ${seconds < 0 ? 'behind' : 'ahead of'} the sign-in service`;
    const next = 'Let the machine take its time from a time server.';
    if (Math.abs(seconds) > 300) return fault(`${said}: tokens are refused`, next);
    return Math.abs(seconds) > 60 ? look(said, next) : good(said);
  },
});

/** Tables and queues: that they can be made, written and read. */
export const storageCheck = (storage: Pick<Adapters, 'rows' | 'queue' | 'prepare'>): Check => ({
  about: 'Storage',
  run: async () => {
    try {
      await storage.prepare?.();
      const found = await storage.rows.get(firstPlace.partition, 'programme');
      return [
        good('tables and queues answer'),
        found === undefined
          ? look(
              'there is no programme yet',
              'The first administrator opens the tab and sets it up, or PROGRAMME_FILE names one.',
            )
          : good('the programme is there'),
      ];
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const { statusCode, code, message } = cause as { statusCode?: number; code?: string; message?: string };
      const isRefused = statusCode === 403 || statusCode === 401;
      return fault(
        `not reached: ${code ?? (statusCode === undefined ? (message ?? 'unknown') : `HTTP ${String(statusCode)}`)}`,
        isRefused
          ? 'Give the managed identity the roles Storage Table Data Contributor and Storage Queue Data Contributor, or mend the connection string.'
          : 'Look at STORAGE_CONNECTION_STRING or STORAGE_ACCOUNT, and at the firewall of the storage account.',
      );
    }
  },
});

/** The documents with which tokens are checked. */
export const keysCheck = (about: string, metadataUrl: string, issuer?: string): Check => ({
  about,
  run: async () => {
    try {
      const found = await signingKeys(metadataUrl).issuer();
      return issuer === undefined || issuer === found
        ? good(`signed by ${found}`)
        : fault(`signed by ${found}, but ${issuer} is set`, 'Mend BOT_TOKEN_ISSUER, or leave it out.');
    } catch {
      return fault(
        `the keys at ${metadataUrl} can't be read: nobody can sign in`,
        'Let this machine reach that address; look at TENANT_ID and the addresses of sign-in.',
      );
    }
  },
});

/** What to do about refusals by their number (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). */
const hints: readonly (readonly [RegExp, string])[] = [
  [/AADSTS7000222/, 'The secret has expired: make a new one in the app registration.'],
  [/AADSTS7000215/, 'The secret is wrong: use its value, not its id.'],
  [/AADSTS700016/, 'There is no such application in this tenant: look at the id and at TENANT_ID.'],
  [/AADSTS90002/, 'There is no such tenant: look at TENANT_ID.'],
  [
    /AADSTS7002\d\d/,
    'The application does not trust this managed identity: add it under Federated credentials.',
  ],
  [/AADSTS700027/, 'The certificate does not belong to the application, or has expired: upload it there.'],
  [/managedIdentity/, 'This machine has no such managed identity: assign it, or look at its client id.'],
  [
    /certificateUnreadable/,
    'BOT_CERTIFICATE_FILE wants a PEM file with key and certificate that this process may read.',
  ],
];

/** A token for the application. */
export function tokenCheck(about: string, app: AppRegistration, scope: string): Check {
  return {
    about,
    run: async () => {
      try {
        await appTokens(app, scope, { clock: systemClock }).get();
        return good('a token was given');
      } catch (error) {
        const said = error instanceof TokenFault ? error.message : 'no token';
        const hint = hints.find(([pattern]) => pattern.test(said))?.[1];
        return fault(
          said,
          hint ?? 'Look at the app registration, and whether this machine reaches the sign-in service.',
        );
      }
    },
  };
}

/** Whether people and Teams reach Big Room at its public address. */
export const reachCheck = ({ publicUrl }: Pick<CloudSettings, 'publicUrl'>): Check => ({
  about: 'Public address',
  run: async () => {
    const health = await ask(`${publicUrl}/healthz`);
    if ('silence' in health)
      return fault(
        `${publicUrl} does not answer from here: ${health.silence}`,
        'Start Big Room; look at the name, the certificate and what stands in front of it.',
      );
    if (health.status !== 200 || health.body !== 'ok\n')
      return fault(
        `${publicUrl} answers, but not as Big Room does (HTTP ${String(health.status)})`,
        'Let the address lead to Big Room, without a path.',
      );
    const bot = await ask(`${publicUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    if (!('status' in bot) || bot.status !== 401)
      return fault(
        `the bot's address ${publicUrl}/api/messages lets in who has not signed in, or does not come through`,
        'Let POST requests through unchanged, with their Authorization header; the address must not be behind a sign-in of its own.',
      );
    const ready = await ask(`${publicUrl}/readyz`);
    return 'status' in ready && ready.status === 200
      ? good(`${publicUrl} answers, and the bot's door wants a token`)
      : fault(`${publicUrl} answers, but is not ready: its storage is away`, 'See Storage.');
  },
});

/** How many days before its end a certificate or a secret is worth a look. */
const warnDays = 30;

/** The certificate of the public address. */
export const certificateCheck = ({ publicUrl }: Pick<CloudSettings, 'publicUrl'>): Check => ({
  about: 'Certificate',
  run: async () => {
    const { protocol, hostname, port } = new URL(publicUrl);
    if (protocol !== 'https:') return skipped('the public address is on this machine, over http');
    const until = await new Promise<number | undefined>((resolve) => {
      const socket = connect(
        { host: hostname, port: Number(port || 443), servername: hostname, rejectUnauthorized: false },
        () => {
          resolve(Date.parse(socket.getPeerCertificate().valid_to));
          socket.destroy();
        },
      );
      socket.once('error', () => {
        resolve(undefined);
      });
    });
    return until === undefined
      ? skipped('no certificate could be read')
      : endOf('the certificate', until, 'Renew it.');
  },
});

/** When something ends, and how pressing that is. */
export function endOf(what: string, until: number, next: string): ReturnType<typeof good> {
  const days = Math.floor((until - Date.now()) / day);
  if (days < 0) return fault(`${what} has ended ${String(-days)} days ago`, next);
  const said = `${what} ends in ${String(days)} days`;
  return days < warnDays ? look(said, next) : good(said);
}

const manifestSchema = z.looseObject({
  id: z.string(),
  version: z.string(),
  bots: z.array(z.looseObject({ botId: z.string() })),
  validDomains: z.array(z.string()),
  webApplicationInfo: z.looseObject({ id: z.string() }).optional(),
});

/** The app package that was built last: that it is for this installation. */
export const packageCheck = (file: string, { bot, app, publicUrl }: CloudSettings): Check => ({
  about: 'App package',
  run: async () => {
    const next = 'Run `npm run package` with the settings of this installation, and upload it again.';
    let manifest: z.output<typeof manifestSchema>;
    try {
      const { 'manifest.json': text } = unzipSync(await readFile(file));
      manifest = manifestSchema.parse(JSON.parse(Buffer.from(text ?? []).toString('utf8')));
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? skipped(`there is no ${file} here`)
        : fault(`${file} can't be read`, next);
    }
    const wrong = [
      ...(manifest.id === bot.botId ? [] : ['its id is not BOT_ID']),
      ...(manifest.bots.every(({ botId }) => botId === bot.botId) ? [] : ['its bot is not BOT_ID']),
      ...(manifest.webApplicationInfo?.id === app.clientId ? [] : ['its sign-in is not CLIENT_ID']),
      ...(manifest.validDomains.includes(new URL(publicUrl).host)
        ? []
        : ['its domain is not that of PUBLIC_URL']),
    ];
    return wrong.length === 0
      ? good(`version ${manifest.version}, for this installation`)
      : fault(wrong.join('; '), next);
  },
});
