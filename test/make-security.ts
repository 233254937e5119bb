import { attacks } from './bot/attacks.js';
import { tabAttackNames, tabOutcome } from './http/attacks.js';
import { botFeatures } from '../bot/index.js';
import { makeBigRoom } from '../src/compose.js';
import { may, type Permission } from '../src/people/permissions.js';
import { roles } from '../src/platform/actor.js';
import { testAdapters } from './world/adapters.js';

/** What is allowed with one object, in plain words, and the module that decides it. */
const objectRules: readonly (readonly [noun: string, rule: string, policy: string])[] = [
  ['News item', 'Its author sees it, and whoever sees the inbox.', 'src/news/policy.ts'],
  [
    'News item',
    'Its author edits and withdraws it until it is accepted, rejected or withdrawn; nobody else withdraws it.',
    'src/news/policy.ts',
  ],
  [
    'News item',
    'Translators edit its texts, coordinators its details too, unless it is rejected or withdrawn.',
    'src/news/policy.ts',
  ],
  [
    'News item',
    'Approvers and coordinators decide on it. A translation alone does not take it into review.',
    'src/news/policy.ts',
  ],
  ['News item', 'Where it is used, others see only what was said to be ready.', 'src/news/policy.ts'],
  [
    'Newsletter issue',
    'Everybody reads it. Translators write its texts, coordinators shape it, approvers and coordinators approve it or send it back.',
    'src/newsletter/policy.ts',
  ],
  [
    'Newsletter issue',
    'Where two have to approve, nobody gives both approvals; a change takes them back; the reason for a language counts for both.',
    'src/newsletter/service.ts',
  ],
  [
    'Newsletter issue',
    'A step is undone by who made it, as long as their role still allows the step.',
    'src/newsletter/policy.ts',
  ],
  [
    'Release',
    'Everybody reads it. Translators write its texts, coordinators manage it, approvers and coordinators let it out, hold it back, or send it back.',
    'src/releases/policy.ts',
  ],
  [
    'Release',
    'Where two have to approve, nobody gives both approvals; a change of a text or of whom readers may ask takes them back; what goes out is what both have seen.',
    'src/releases/service.ts',
  ],
  [
    'Release',
    'A step is undone by who made it, as long as their role still allows the step.',
    'src/releases/policy.ts',
  ],
  [
    'Session',
    'Coordinators edit it. Others volunteer, answer, swap and give up for their own projects alone.',
    'src/sessions/policy.ts',
  ],
  [
    'Session',
    'Drafts of series, mail addresses of groups and the names behind a pulse are for coordinators.',
    'src/sessions/policy.ts',
  ],
  [
    'Topic, question',
    'Everybody proposes, asks and votes. A question is answered by the project that presents, or by a coordinator; a topic is settled by a coordinator.',
    'src/sessions/policy.ts',
  ],
  [
    'Contact',
    'Coordinators alone. A contact changes their own choices by the key of a link that they were sent.',
    'src/audience/service.ts',
  ],
  ['Person', 'Everybody chooses their own language, reminders and digest.', 'src/people/service.ts'],
  [
    'Person',
    'Admins give roles and projects, add and remove people. The last admin keeps the role, unless the installation names one; whom it names can’t lose the role here.',
    'src/people/policy.ts',
  ],
  [
    'Person',
    'Everybody says who acts for them while they are away, admins for anybody; a substitute plans nothing in a person’s name, and may end it. Nobody acts for two in a row.',
    'src/people/substitutions.ts',
  ],
  [
    'Person',
    'A substitute has the role and what is the own of the absent person, from the first day to the last, or until somebody ends it. Of an admin they have a coordinator’s rights.',
    'src/people/service.ts',
  ],
  [
    'Person',
    'Where two have to approve, a substitute and the one in whose name they approve are one person.',
    'src/platform/actor.ts',
  ],
  [
    'Person',
    'Who was removed can’t sign in, and the bot says so; what they wrote stays.',
    'src/people/policy.ts',
  ],
];

type Row = readonly string[];

/** A table as the formatter of the project leaves it: each column as wide as its widest cell. */
function table(head: Row, rows: readonly Row[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => (row[column] ?? '').length)));
  const line = (row: Row): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join(
    '\n',
  );
}

const marks = (permission: Permission): Row => roles.map((role) => (may({ role }, permission) ? 'yes' : ''));
const byName = ([one = '']: Row, [other = '']: Row): number => (one < other ? -1 : 1);

/** What else was tried, what comes of it, and the test that tries it. */
const otherAttacks: readonly Row[] = [
  [
    'a guest of the tenant opens the tab',
    'Refused with 403 and a page of its own; nothing of them is kept.',
    '`http/sign-in`',
  ],
  [
    'a role that was taken away in the directory',
    'Gone with the next token: it is read from each and kept nowhere. Whoever made a programme meanwhile is its admin until another admin takes that away.',
    '`http/sign-in`',
  ],
  [
    'trial mode on an address that others reach',
    'It does not start, and says how to set up signing in.',
    '`unit/runtime/settings`',
  ],
  [
    'a page of another site speaks to trial mode',
    'Refused: a foreign Origin, a form of plain text, or a Host that is not this machine.',
    '`bot/local-only-guard`, `http/server`',
  ],
  [
    'somebody of one programme asks for an object of another',
    'Refused, or not found: each programme has rows, routes and people of its own.',
    '`http/programmes`',
  ],
  [
    'a pressed card of a programme in which one is not',
    'Answered that one is not in it; nothing is stored.',
    '`http/programmes`',
  ],
  [
    'a name of a programme that leads out of its place',
    'Not found, or refused at the field.',
    '`http/programmes`',
  ],
  [
    'secrets over plain http',
    'No setting takes such an address, but on this machine.',
    '`unit/runtime/settings`',
  ],
  [
    'a substitute prolongs their own rights, or gives them on',
    'Refused: only the absent person and admins plan an absence, and admin’s rights are not lent.',
    '`unit/people/substitutions`, `http/substitutes`',
  ],
  [
    'a substitute is the second of two who approve, after the one for whom they act',
    'Refused with 409: they are one person there.',
    '`http/substitutes`',
  ],
  [
    'a substitution that has ended, on another instance',
    'Its rights are gone with the next request: the absence is read each time.',
    '`unit/people/substitutions`',
  ],
  ['secrets in the log', 'None is written, also where signing in fails.', '`e2e/cloud`, `e2e/doctor`'],
  [
    'a storage that holds connections',
    'Whoever waits gets an answer after 4.5 s, and no receipt for what was not stored.',
    '`contract/storage-away`',
  ],
  [
    'keys that nobody published, many times',
    'Entra is asked for its keys again at most each half minute.',
    '`http/sign-in`',
  ],
];

/** The page `docs/security.md`: who may do what, as the code has it. */
export function securityPage(): string {
  const bigRoom = makeBigRoom(testAdapters());
  const nameOf = ({ method, path }: { readonly method: string; readonly path: string }): string =>
    `\`${method === 'del' ? 'DELETE' : method.toUpperCase()} ${path}\``;
  const open = bigRoom.routes.filter(({ permission }) => permission === 'open');
  const guarded = bigRoom.routes.flatMap((route): Row[] =>
    route.permission === 'open'
      ? []
      : [[nameOf(route), `\`${route.permission}\``, ...marks(route.permission)]],
  );
  const actions = botFeatures({
    ...bigRoom,
    clock: testAdapters().clock,
    publicUrl: 'https://bigroom.example',
  })
    .flatMap(({ cardActions = [] }) => cardActions)
    .map(({ verb, permission }): Row => [`\`${verb}\``, `\`${permission}\``, ...marks(permission)]);
  return `# Who may do what

Written by \`npm run security\` from the routes and card actions themselves; a test compares this file with them. Each cell is tried over HTTP in \`test/http/roles.test.ts\` and \`test/bot/card-roles.test.ts\`, against tables that are written by hand.

Each person has one role in a programme ([why](decisions/0023-one-role-and-permissions-by-action.md)). A permission stands on the route's line or beside the card action; the services check again, and a policy of the noun decides what may be done with this very object in its state.

Whoever acts for somebody who is away has the columns of both ([why](decisions/0029-a-substitute-acts-in-a-persons-name.md)), of an admin that of a coordinator; tried for each route in \`test/http/substitutes.test.ts\`, for each card action in \`test/bot/card-roles.test.ts\`.

## Routes

${table(['route', 'permission', ...roles], guarded.sort(byName))}

Open to anybody; most of them want a key that only its addressee has:

${open
  .map((route) => `- ${nameOf(route)}`)
  .sort()
  .join('\n')}

## Card actions

${table(['verb', 'permission', ...roles], actions.sort(byName))}

## With one object

${table(
  ['noun', 'rule', 'decided in'],
  objectRules.map(([noun, rule, policy]) => [noun, rule, `\`${policy}\``]),
)}

## Attacks and outcomes

### On the bot

Each is tried over HTTP in \`test/bot/sign-in.test.ts\`.

${table(
  ['attack', 'outcome', 'status'],
  attacks.map(({ attack, outcome, status }) => [attack, outcome, String(status)]),
)}

### On the tab and its routes

A request with each of these instead of a good token, in \`test/http/sign-in.test.ts\`: ${tabAttackNames.join('; ')}. ${tabOutcome}

### On the rest

${table(['attack', 'outcome', 'shown by'], otherAttacks)}
`;
}
