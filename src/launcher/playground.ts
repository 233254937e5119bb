import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Person } from '../people/person.js';
import type { Child, ProcessGroup } from './process.js';
import { demoPeople } from '../demo/people.js';

/** Who sits at the Playground's keyboard: it knows one such person, and the others as members. */
const typist = demoPeople.find((person) => person.role === 'worker') ?? demoPeople[0];

/** The Playground wants this many others, no more and no fewer. */
const otherCount = 5;

/** Where the Playground should listen, and the bot that it should talk to. */
interface PlaygroundSettings {
  readonly dataDir: string;
  readonly port: number;
  readonly appUrl: string;
}

/** Starts the Agents Playground, which replaces Teams: a personal chat, a group chat, and a team. */
export async function startPlayground(
  group: ProcessGroup,
  { dataDir, port, appUrl }: PlaygroundSettings,
): Promise<Child> {
  const folder = join(dataDir, 'playground');
  await mkdir(folder, { recursive: true });
  const config = join(folder, '.m365agentsplayground.yml');
  await writeFile(config, `${JSON.stringify(playgroundConfig(), undefined, 2)}\n`);
  const settings = [
    '--app-endpoint',
    `${appUrl}/api/messages`,
    '--channel-id',
    'msteams',
    '--port',
    String(port),
  ];
  const connector = ['--service-url', `http://127.0.0.1:${port}/_connector`, '--disable-telemetry'];
  return group.start({
    name: 'The Agents Playground',
    command: [
      resolve('node_modules/@microsoft/m365agentsplayground/cli.js'),
      'start',
      ...settings,
      ...connector,
    ],
    environment: {
      ...process.env,
      BROWSER: 'none',
      TEAMSAPPTESTER_BROWSER: 'none',
      DEFAULT_CHANNEL_ID: 'msteams',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: config,
      M365_AGENTS_PLAYGROUND_LOGFILE: join(dataDir, 'logs', 'playground-details.log'),
      APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
    },
    logFile: join(dataDir, 'logs', 'playground.log'),
    loopbackOnly: true,
    folder,
  });
}

/** The demo people as the Playground wants them; YAML reads JSON too. Their ids are the ones that Big Room knows. */
export function playgroundConfig(): object {
  const others = demoPeople.filter((person) => person !== typist).slice(0, otherCount);
  return {
    version: '0.1.1',
    tenantId: 'de300000-0000-4000-8000-000000000000',
    bot: { id: 'de300000-0000-4000-8000-00000000b070', name: 'Big Room' },
    currentUser: typist && member(typist),
    users: others.map(member),
    personalChat: { id: 'personal-chat' },
    groupChat: { id: 'group-chat', name: 'Viestintäryhmä' },
    team: {
      id: 'team',
      name: 'Hankkeet',
      aadGroupId: 'de300000-0000-4000-8000-00000000ea30',
      channels: [{ id: 'channel-news', name: 'Uutiset' }],
    },
  };
}

function member(person: Person): object {
  const [givenName = '', ...rest] = person.name.split(' ');
  const address = `${person.id}@demo.invalid`;
  return {
    id: `29:${person.id}`,
    name: person.name,
    userPrincipleName: address,
    aadObjectId: person.id,
    givenName,
    surname: rest.join(' '),
    email: address,
  };
}
