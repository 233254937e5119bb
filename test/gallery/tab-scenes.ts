import type { Page } from 'playwright-core';
import type { MessageId, NewsId, ReleaseId, StoryId } from '../../src/platform/ids.js';
import { t } from '../../src/i18n/messages.js';
import type { TabKey, Values } from '../../src/i18n/keys.js';
import { problemOf } from '../../src/http/problem.js';
import type { PersonRef } from '../../src/platform/actor.js';
import { editConflict } from '../../src/platform/seen.js';
import type { Collision } from '../../src/shared/merge.js';
import type { PublicLanguage } from '../../src/shared/languages.js';
import type { Deviations } from '../../src/content/deviation.js';
import type { NewsItem } from '../../src/news/types.js';
import type { Message } from '../../src/delivery/outbox/message.js';
import { demoPeopleByKey, demoProgramme, type DemoPersonKey } from '../../src/demo/people.js';
import type { DeskAnswer, NewsItemAnswer } from '../../src/shared/answers/news.js';
import type { SessionAnswer } from '../../src/shared/answers/people.js';
import type { OverviewAnswer } from '../../src/shared/answers/overview.js';
import type {
  MeetingAnswer,
  OccurrenceAnswer,
  SeriesAnswer,
  WallAnswer,
} from '../../src/shared/answers/sessions.js';
import { permissionsOf } from '../../src/people/permissions.js';
import type { SubstitutionsAnswer } from '../../src/shared/answers/substitutes.js';
import type { ApprovalsAnswer, MembersAnswer, ShownMember } from '../../src/shared/answers/settings.js';
import { setUpScenes } from './set-up-scenes.js';
import type { SectionView } from '../../src/newsletter/view.js';
import type { IssueAnswer, MailAnswer, StoryAnswer } from '../../src/shared/answers/newsletter.js';
import type { IntranetAnswer } from '../../src/shared/answers/intranet.js';
import type { ReleaseAnswer } from '../../src/shared/answers/releases.js';
import type { Plan, ReleaseState } from '../../src/releases/types.js';
import type { DemoIds } from './demo-ids.js';
import { openSettings } from './open-settings.js';
import {
  demoContacts,
  demoPlanned,
  demoStoppedImport,
  demoRecipients,
  demoSend,
  demoSendId,
  demoSends,
  demoUnreached,
  emptySend,
} from './session-fakes.js';

/** A scene as it is played: the page, who reads it, and the ids of the demo. */
export interface Playing {
  readonly page: Page;
  readonly language: PublicLanguage;
  readonly ids: DemoIds;
}

/** A page of the tab in one of its states. */
export interface TabScene {
  readonly name: string;
  /** The address after `#`. */
  readonly at: (ids: DemoIds) => string;
  /** Who looks, by the language that they read; the coordinators where it is left out, nobody where it is `none`. */
  readonly as?: Readonly<Record<PublicLanguage, DemoPersonKey>> | 'none';
  /** What the server answers instead, set before the page is opened. */
  readonly before?: (playing: Playing) => Promise<unknown>;
  /** What is done on the page before its picture is taken. */
  readonly then?: (playing: Playing) => Promise<unknown>;
  /** Selects what the picture is about, where a narrow window has to be scrolled to it. */
  readonly shows?: string;
  /** Whether the picture shows the page while it still waits. */
  readonly waits?: true;
  /** Whether the page is of no use to another scene: what `before` put into it stays. */
  readonly usesUpPage?: true;
}

const demoProjects = demoProgramme.projects;

const coordinators = { fi: 'aino', sv: 'linnea' } as const;
const workers = { fi: 'eeva', sv: 'siv' } as const;

/** The id of the person who looks, if somebody was chosen. */
export function personOf({ as = coordinators }: TabScene, language: PublicLanguage): string | undefined {
  return as === 'none' ? undefined : demoPeopleByKey[as[language]].id;
}

type Before = NonNullable<TabScene['before']>;

/** The first line of the one that is open: other parts of a page are folded in too. */
const trailLine = 'details[open] ol li:first-child';

/** Opens who did what. */
const openTrail = async ({ page }: Playing): Promise<void> => {
  await page.locator('details summary').last().click();
  await page.locator(trailLine).first().waitFor();
  await page.locator('details').last().scrollIntoViewIfNeeded();
};

const never =
  (path: string): Before =>
  ({ page }) =>
    page.route(path, () => undefined);

const answering =
  (path: string, json: unknown): Before =>
  ({ page }) =>
    page.route(path, (route) => route.fulfill({ json }));

const broken =
  (path: string): Before =>
  ({ page }) =>
    page.route(path, (route) => {
      const code = 'storage.unavailable';
      return route.fulfill({ status: 503, json: { status: 503, code, title: code } });
    });

/** Presses the element with this text. */
const press =
  (key: TabKey, values: (language: PublicLanguage) => Values = () => ({})) =>
  ({ page, language }: Playing): Promise<void> =>
    page
      .getByRole('button', { name: t(language, key, values(language)) })
      .or(page.getByRole('radio', { name: t(language, key, values(language)) }))
      .first()
      .click({ timeout: 5_000 });

/** Somebody else has saved the text when the reader's own text arrives. */
const conflict: Before = ({ page, language }) =>
  page.route('**/texts/*', (route) => {
    if (route.request().method() !== 'PUT') return route.continue();
    const { id, name } = demoPeopleByKey[language === 'fi' ? 'linnea' : 'aino'];
    const { words } = route.request().postDataJSON() as {
      words?: { title: string; lead: string; body: string };
    };
    const mine = words ?? (route.request().postDataJSON() as { title: string; lead: string; body: string });
    const theirs = {
      title: mine.title,
      lead: `${mine.lead.split('. ')[0] ?? ''}.`,
      body: mine.body,
      revision: 2,
      by: { id, name },
      at: new Date().toISOString(),
      checked: {},
    };
    const code = 'text.conflict';
    return route.fulfill({
      status: 409,
      json: { status: 409, code, title: code, details: { theirs, parked: 9 } },
    });
  });

/** Somebody else has changed the description, and moved the session, since the forms were opened. */
const changedMeanwhile: Before = async ({ page, language }) => {
  const refuse = (path: string, method: string, collisions: readonly Collision[]): Promise<unknown> =>
    page.route(path, (route) => {
      if (route.request().method() !== method) return route.continue();
      return route.fulfill({ status: 409, json: problemOf(editConflict(collisions), language) });
    });
  const start = new Date(Date.now() + 9 * 86_400_000);
  start.setUTCHours(7, 30, 0, 0);
  const theirs = t(language, 'session.kind.hankeradio');
  await refuse('**/api/series/*', 'PUT', [{ path: `descriptions.${language}`, theirs }]);
  await refuse('**/api/occurrences/*/move', 'POST', [{ path: 'start', theirs: start.toISOString() }]);
};

/** The session as its page shows it so many minutes after its start, however the clocks are now. */
const minutesIn =
  (minutes: number): Before =>
  ({ page }) =>
    page.route(/api\/occurrences\/[\w-]+$/, async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as OccurrenceAnswer;
      const now = new Date(Date.parse(answer.occurrence.start) + minutes * 60_000).toISOString();
      return route.fulfill({ response, json: { ...answer, now } });
    });

/** A wall as it is so many minutes after the start, with questions that people have asked and voted for. */
const wallIn =
  (minutes: number): Before =>
  ({ page, language }) =>
    page.route(/api\/occurrences\/[\w-]+\/wall$/, async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as WallAnswer;
      const now = new Date(Date.parse(answer.occurrence.start) + minutes * 60_000).toISOString();
      const asked = {
        fi: [
          ['Miten palvelutarjotin otetaan käyttöön omassa yksikössä?', 9],
          ['Mitä tapahtuu, jos asiakas ei käytä älypuhelinta? Onko neuvonta yhä auki?', 6],
          ['Kenelle palautteesta kerrotaan?', 2],
          ['Saako diat?', 0],
          ['Milloin seuraava koulutus on?', 0],
        ],
        sv: [
          ['Hur börjar vi använda servicebrickan i vår egen enhet?', 9],
          ['Vad händer om klienten inte har en smarttelefon? Är rådgivningen öppen?', 6],
          ['Vem får veta om responsen?', 2],
          ['Får vi bilderna?', 0],
          ['När är nästa utbildning?', 0],
        ],
      }[language] as [string, number][];
      const questions = asked.map(([text, votes], index) => ({ id: `q${String(index)}`, text, votes }));
      const join = answer.join && { ...answer.join, address: 'https://bigroom.example.fi/j/k7m3qx' };
      return route.fulfill({ response, json: { ...answer, now, questions, ...(join && { join }) } });
    });

function needingAttention(newsId: NewsId, releaseId: ReleaseId): Message[] {
  const at = new Date(Date.now() - 40 * 60_000).toISOString();
  const to = demoPeopleByKey.mari.id;
  return [
    {
      id: 'demo-1' as MessageId,
      dueAt: at,
      body: { kind: 'notice', to, notice: { about: 'newsAccepted', newsId } },
      state: { status: 'uncertain', at, reason: 'timeout' },
    },
    {
      id: 'demo-2' as MessageId,
      dueAt: at,
      body: { kind: 'release', releaseId, revision: 'fi1-sv1' },
      state: { status: 'failed', at, reason: 'unavailable' },
    },
  ];
}

/** A fan-out that is being sent, with its recipients. */
const sendUnderWay: Before = async ({ page }) => {
  await page.route(`**/api/sends/${demoSendId}`, (route) => route.fulfill({ json: demoSend() }));
  await page.route('**/recipients*', (route) => route.fulfill({ json: { lines: demoRecipients() } }));
};

/** Contacts, each for whoever opens it. */
const someContacts: Before = async ({ page }) => {
  const { lines } = demoContacts();
  await page.route('**/api/contacts*', (route) => route.fulfill({ json: { lines } }));
  await page.route('**/api/contacts/*', (route) => {
    if (route.request().url().endsWith('/imports')) return route.fulfill({ json: { lines: [] } });
    const contact = lines.find(({ id }) => route.request().url().endsWith(id)) ?? lines[0];
    return route.fulfill({ json: { contact } });
  });
};

/** A list as people have it: a header, three languages, and some rows that can't be imported as they are. */
const listToImport = [
  'Sukunimi\tEtunimi\tOrganisaatio\tSähköposti\tKieli\tPuhelin',
  'Virtanen\tVille\tEsimerkkijärjestö ry\tville@example.org\tsuomi\t040 123',
  'Öst\tÅsa\tExempelkommunen\tasa@example.org\tsvenska\t',
  'Smith\tAnn\tExample Trust\tann@example.org\tenglanti\t',
  'Korhonen\tLiisa\tEsimerkkikunta\tliisa@example\tsuomi\t',
  'Mäki\tPekka\t\tpekka@example.org\tklingon\t',
  'Virtanen\tV.\t\tVILLE@example.org\tfi\t',
].join('\n');

/** Some people were not reached, and messages about them wait. */
const someUnreached: Before = answering('**/api/unreached*', demoUnreached());

/** Messages that need a decision, and whoever was not reached. */
const someTrouble: Before = async (playing) => {
  const { ids, page } = playing;
  const messages = needingAttention(
    ids.news('elma-whole-region') as NewsId,
    ids.release('scheduled') as ReleaseId,
  );
  await page.route('**/api/outbox', (route) => route.fulfill({ json: { messages, restored: 0 } }));
  await someUnreached(playing);
};

/** Everything that can wait for a coordinator at once. */
const busyOverview: Before = ({ page }) =>
  page.route('**/api/overview', async (route) => {
    const answer = (await (await route.fetch()).json()) as OverviewAnswer;
    const { next } = answer.sessions;
    const withTurn = next.map(({ talk: _talk, ...line }, index) => ({
      ...line,
      slot: {
        projectId: demoProjects[index % demoProjects.length]!.id,
        how: 'turn',
        at: line.start,
      } as const,
    }));
    const busy: OverviewAnswer = {
      ...answer,
      troubledMessages: 2,
      unreached: 3,
      ...(answer.releases && { releases: { ...answer.releases, failed: 1, uncertain: 2, overdue: 1 } }),
      sessions: { ...answer.sessions, unanswered: withTurn.slice(0, 3), open: next.slice(3, 4) },
    };
    return route.fulfill({ json: busy });
  });

/** What the server answers to this, changed on its way. */
const changing =
  <Answer>(path: string, change: (answer: Answer, language: PublicLanguage) => Answer): Before =>
  ({ page, language }) =>
    page.route(path, async (route) => {
      if (route.request().method() !== 'GET') return route.continue();
      const answer = (await (await route.fetch()).json()) as Answer;
      return route.fulfill({ json: change(answer, language) });
    });

/** What is known of reaching some people in Teams beside the chat. */
function inTeamsOf(index: number): Pick<ShownMember, 'install' | 'feed'> {
  const at = minutes(-3_000);
  const refused = { at, result: 'refused', reason: '403 Forbidden' } as const;
  if (index === 1) return { install: refused, feed: { by: 'chat' } };
  if (index === 5) return { install: { at, result: 'installed' }, feed: { by: 'chat' } };
  if (index === 2) return { feed: { by: 'both', last: { at, result: 'shown' } } };
  return index === 3 ? { feed: { by: 'feed', last: refused } } : { feed: { by: 'chat' } };
}

/** Somebody whose activity feed is set up, and did not show the last notification. */
const withFeed: Before = changing<SessionAnswer>('**/api/session', (answer) => ({
  ...answer,
  notify: { by: 'both', hasFeed: true, refused: { at: minutes(-3_000), reason: '403 Forbidden' } },
}));

/** Whoever looks manages the programme: its people, and how many approve. */
const asAdmin: Before = async (playing) => {
  const shown = changing<SessionAnswer>('**/api/session', (answer) => ({
    ...answer,
    person: { ...answer.person, role: 'admin' },
    permissions: permissionsOf({ role: 'admin' }),
  }));
  const members = Object.values(demoPeopleByKey).map(
    ({ id, name, role, language, projects }, index): ShownMember => {
      const isNamed = name === demoPeopleByKey.tuomo.name;
      return {
        id,
        name,
        role: name === demoPeopleByKey.petra.name ? 'translator' : role,
        roleFrom: isNamed ? 'installation' : 'here',
        language,
        projects: name === demoPeopleByKey.oskar.name ? [] : projects,
        inChat: (['met', 'never', 'met', 'refused'] as const)[index % 4] ?? 'met',
        ...inTeamsOf(index),
        may: { changeRole: !isNamed, remove: !isNamed },
        ...(name === demoPeopleByKey.alex.name && {
          left: {
            at: minutes(-9_000),
            by: { id: demoPeopleByKey.tuomo.id, name: demoPeopleByKey.tuomo.name },
          },
          may: { changeRole: false, remove: false },
        }),
      };
    },
  );
  await shown(playing);
  await answering('**/api/people-and-roles', { members } satisfies MembersAnswer)(playing);
  await answering('**/api/programme/approvals', {
    approvals: { newsletter: 2, releases: 1 },
  } satisfies ApprovalsAnswer)(playing);
};

/** Somebody acts for the one who looks, they act for somebody, and one is over. */
const withSubstitutes: Before = async (playing) => {
  const me = demoPeopleByKey[coordinators[playing.language]];
  const { eeva, petra, oskar, alex } = demoPeopleByKey;
  const ref = ({ id, name }: PersonRef): PersonRef => ({ id, name });
  const one = (absent: PersonRef, substitute: PersonRef, from: number, to: number) => ({
    id: `${absent.id}-${String(from)}`,
    absent: ref(absent),
    substitute: ref(substitute),
    from: minutes(from * 1_440).slice(0, 10),
    to: minutes(to * 1_440).slice(0, 10),
    by: ref(absent),
    at: minutes(-9_000),
  });
  const ended = { at: minutes(-3_000), by: ref(alex), because: 'substituteLeft' } as const;
  const mine = [
    {
      ...one(me, petra, 20, 34),
      note: 'Uutiskirje 12 on kesken; Eeva lähettää vielä kuvan.',
      status: 'coming' as const,
    },
    { ...one(me, oskar, -12, -3), ended, status: 'over' as const },
  ];
  const standsIn = [{ ...one(eeva, me, -2, 3), status: 'current' as const }];
  const people = Object.values(demoPeopleByKey).map(ref);
  const answer = { mine, standsIn, all: [...mine, ...standsIn], people };
  await answering('**/api/substitutes', answer satisfies SubstitutionsAnswer)(playing);
};

const minutes = (count: number): string => new Date(Date.now() + count * 60_000).toISOString();
/** The coordinator who is not the one that looks. */
function colleague(language: PublicLanguage): PersonRef {
  const { id, name } = demoPeopleByKey[language === 'fi' ? 'linnea' : 'aino'];
  return { id, name };
}

/** The text in the language that the reader does not write first is still being written. */
function withTextInProgress(item: NewsItem, language: PublicLanguage = 'sv'): NewsItem {
  const text = item.texts[language];
  return text === undefined
    ? item
    : { ...item, texts: { ...item.texts, [language]: { ...text, revision: text.revision + 1 } } };
}

/** A release in another state than the demo has. */
const releaseIn = (
  change: (answer: ReleaseAnswer, language: PublicLanguage) => Partial<ReleaseAnswer>,
): Before =>
  changing<ReleaseAnswer>('**/api/releases/*', (answer, language) => ({
    ...answer,
    ...change(answer, language),
  }));

const inState = (answer: ReleaseAnswer, state: ReleaseState): Pick<ReleaseAnswer, 'release' | 'status'> => ({
  status: state.status,
  release: { ...answer.release, state },
});

/** The approval and the message of a release that is planned or out. */
function planOf({ release: { state } }: ReleaseAnswer): Plan {
  if (!('message' in state)) throw new Error('The demo has no plan of this release');
  const { approval, due, message } = state;
  return { approval, due, message };
}

type Stuck = Extract<ReleaseState, { status: 'failed' | 'uncertain' }>;

/** A release that did not get where it was going. */
const stuck = (
  answer: ReleaseAnswer,
  state: Pick<Stuck, 'status' | 'reason' | 'attempts'> & { readonly purpose?: 'correct' | 'putBack' },
): Pick<ReleaseAnswer, 'release' | 'status'> =>
  inState(answer, { ...state, at: minutes(-20), ...planOf(answer) });

const draftInProgress = releaseIn((answer) => ({
  ...inState(answer, { status: 'draft', at: minutes(-90) }),
  ...(answer.item !== undefined && { item: withTextInProgress(answer.item) }),
  languages: { ...answer.languages, sv: { status: 'inProgress', own: false } },
  moves: ['schedule', 'publishNow', 'cancel'],
}));

/** Its time comes while somebody edits it: it is held until the text is ready. */
const heldSchedule = releaseIn((answer) => ({
  ...(answer.item !== undefined && { item: withTextInProgress(answer.item) }),
  languages: { ...answer.languages, sv: { status: 'inProgress', own: false } },
  release: { ...answer.release, shown: { ...answer.release.shown, notReady: ['sv'] } },
}));

const leaving = releaseIn((answer) => ({
  ...inState(answer, {
    status: 'scheduled',
    at: minutes(0),
    by: planOf(answer).approval.by,
    ...planOf(answer),
    due: new Date(Date.now() + 9_000).toISOString(),
  }),
}));

const movedOn = releaseIn((answer) => ({
  movedOn: true,
  moves: ['correct', 'takeDown'],
  release: {
    ...answer.release,
    ...(answer.release.out !== undefined && {
      out: { ...answer.release.out, corrections: [{ at: minutes(-3_000), note: {} }] },
    }),
  },
}));

const takenDown = releaseIn((answer, language) => ({
  ...inState(answer, { status: 'takenDown', at: minutes(-50), by: colleague(language) }),
  moves: ['putBack'],
}));

const correctionFailed = releaseIn((answer) => ({
  ...stuck(answer, { status: 'failed', reason: 'unavailable', attempts: 5, purpose: 'correct' }),
  movedOn: true,
  moves: ['retry', 'takeDown', 'giveUp'],
}));

/** Handed in on an intranet where somebody approves pages. */
const awaitingApproval = releaseIn((answer) => ({
  ...inState(answer, {
    status: 'publishing',
    at: minutes(-95),
    ...planOf(answer),
    awaitsApproval: {
      since: minutes(-95),
      urls: {
        fi: 'https://hyvinvointialue.sharepoint.com/sites/intra/SitePages/tiedote-1.aspx',
        sv: 'https://hyvinvointialue.sharepoint.com/sites/intra/SitePages/meddelande-1.aspx',
      },
    },
  }),
  moves: ['retry', 'withdraw'],
}));

const partlyOut = releaseIn((answer) => ({
  ...stuck(answer, { status: 'uncertain', reason: 'partly', attempts: 5 }),
  moves: ['retry', 'withdraw', 'cancel'],
}));

const notAllowed = releaseIn((answer) => ({
  ...stuck(answer, { status: 'failed', reason: 'notAllowed', attempts: 1 }),
  moves: ['retry', 'cancel'],
}));

/** The addresses of the feeds as members get them, replaced once. */
const memberFeeds: Before = changing<IntranetAnswer>('**/api/intranet', (answer, language) =>
  answer.at === 'elsewhere'
    ? answer
    : { ...answer, key: { since: minutes(-3_000), renewedBy: colleague(language).name } },
);

const publishFailed = releaseIn((answer) => ({
  ...stuck(answer, { status: 'failed', reason: 'unavailable', attempts: 5 }),
  moves: ['retry', 'cancel'],
}));

/** Nobody can know whether it came out. */
const publishUncertain = releaseIn((answer) => ({
  ...stuck(answer, { status: 'uncertain', reason: 'timeout', attempts: 1 }),
  moves: ['retry', 'cancel'],
}));

const putBackFailed = releaseIn((answer) => ({
  ...stuck(answer, { status: 'failed', reason: 'unavailable', attempts: 5, purpose: 'putBack' }),
  moves: ['retry', 'giveUp'],
}));

const overdue = releaseIn((answer) => ({
  ...inState(answer, {
    status: 'approved',
    approval: planOf(answer).approval,
    overdue: { due: minutes(-60), because: 'text' },
  }),
  moves: ['schedule', 'publishNow', 'cancel'],
}));

const ownTitle: Readonly<Record<PublicLanguage, string>> = {
  fi: 'Näin pääset alkuun elintapaohjauksessa',
  sv: 'Så kommer du i gång med livsstilshandledningen',
};

/** What a place says otherwise than the item, over a text that has moved on since. */
const ownTexts = (language: PublicLanguage): Deviations => ({
  [language]: { title: ownTitle[language], basedOn: 0, by: colleague(language), at: minutes(-2_000) },
});

const releaseWithOwnTitle = releaseIn(({ release }, language) => ({
  release: { ...release, own: ownTexts(language) },
}));

const storyWithOwnTitle = changing<StoryAnswer>(
  '**/api/newsletter/*/stories/*',
  ({ story, ...answer }, language) => ({ ...answer, story: { ...story, own: ownTexts(language) } }),
);

const itemInProgress = changing<NewsItemAnswer>('**/api/news/*', (answer, language) => ({
  ...answer,
  item: withTextInProgress(answer.item, language),
}));

/** A colleague has the item open and types in it. */
const colleagueTypes: Before = (playing) =>
  changing<DeskAnswer>('**/api/inbox/now*', (answer, language) => ({
    ...answer,
    present: [
      {
        person: colleague(language),
        newsId: playing.ids.news('elma-reader-panel') as NewsId,
        isTyping: true,
        language: 'sv',
        at: minutes(0),
      },
    ],
  }))(playing);

const issueIs = (change: (issue: IssueAnswer['issue'], language: PublicLanguage) => IssueAnswer['issue']) =>
  changing<IssueAnswer>('**/api/newsletter/*', (answer, language) => ({
    ...answer,
    issue: change(answer.issue, language),
  }));

const approvedIssue = issueIs((issue, language) => ({
  ...issue,
  status: 'approved',
  approved: {
    at: minutes(-30),
    by: colleague(language),
    waivers: issue.sections.flatMap(({ stories }) =>
      stories.slice(0, 1).map(({ id }) => ({ storyId: id, language: 'sv' as const, reason: ownTitle.sv })),
    ),
  },
}));

const sentIssue = issueIs((issue, language) => ({
  ...issue,
  status: 'sent',
  sent: { at: minutes(-30), by: colleague(language) },
}));

/** A text with all that can't be kept is pasted at the start of the body. */
const pasteFromWord = async ({ page, language }: Playing): Promise<void> => {
  const body = page.locator(`.ProseMirror[lang="${language}"]`).first();
  await body.click();
  await body.press('ControlOrMeta+Home');
  await body.evaluate((editor) => {
    const clipboardData = new DataTransfer();
    const html =
      '<p>Elma <del>x</del></p><table><tr><td>Seinäjoki</td><td>1 234</td></tr><tr><td>Vaasa</td><td>567</td></tr></table>' +
      '<p><a href="file:///C:/a.docx">a.docx</a><img src="file:///C:/a.png"><img src="file:///C:/b.png"><a class=msocomanchor href="#_msocom_1">[EV1]</a></p>';
    clipboardData.setData('text/html', html);
    editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
};

/** The stories of the open issue are too long for one mail. */
const tooLong: Before = ({ page }) =>
  page.route('**/preview?*', async (route) => {
    const answer = await route.fetch();
    const { mail, fileName } = (await answer.json()) as MailAnswer;
    const stories = [...mail.html.matchAll(/<h3[^>]*>([^<]+)</g)].map(([, title = '']) => title);
    const longest = stories.slice(0, 3).map((title, index) => {
      const id = `story-${String(index)}` as StoryId;
      return { id, title, bytes: 21_400 - index * 3_000 };
    });
    const shortened = longest.map(({ id }) => id);
    const long: MailAnswer = {
      mail: { ...mail, bytes: 101_200, excess: 12_300, longest, shortened },
      fileName,
    };
    return route.fulfill({ json: long });
  });

/** The open issue with its stories laid by hand: one above all headings, a heading of one's own, one without stories. */
const laidByHand: Before = ({ page }) =>
  page.route(/\/api\/newsletter\/[\w-]{20,}$/, async (route) => {
    const answer = await route.fetch();
    const { issue } = (await answer.json()) as IssueAnswer;
    const [first, ...rest] = issue.sections.flatMap(({ stories }) => stories);
    const own = { fi: 'Tulossa keväällä hyvinvointialueella', sv: 'På gång i vår inom välfärdsområdet' };
    const soon = { fi: 'Lyhyesti', sv: 'I korthet' };
    const sections: SectionView[] = [
      { id: 'top', stories: first === undefined ? [] : [first] },
      { id: 'own-1', heading: { own, names: { ...own, en: own.fi } }, stories: rest.slice(0, 2) },
      ...issue.sections.slice(0, 1).map((section) => ({ ...section, stories: rest.slice(2) })),
      { id: 'own-2', heading: { own: soon, names: { ...soon, en: soon.fi } }, stories: [] },
    ];
    return route.fulfill({ json: { issue: { ...issue, arranged: true, sections } } satisfies IssueAnswer });
  });

const news = (key: string) => (ids: DemoIds) => `/news/${ids.news(key)}`;

const when = '2026-11-30T07:00:00Z';

/** Whether the meetings of a series are as they should be; without Graph, as the demo is, nobody but IT can say. */
const meetingScenes: readonly TabScene[] = (
  [
    ['not-connected', { status: 'notConnected' }],
    ['set', { status: 'set', at: when }],
    ['refused', { status: 'refused', at: when }],
    ['differs', { status: 'differs', at: when, differs: ['lobby', 'microphones'] }],
    ['own-link', { status: 'ownLink' }],
  ] satisfies readonly (readonly [string, MeetingAnswer])[]
).map(([name, answer]) => ({
  name: `series-meeting-${name}`,
  at: ({ series }) => `/sessions/series/${series('hankeradio')}`,
  before: answering('**/api/series/*/meeting*', answer),
  then: async ({ page }) => {
    await openSettings(page);
    await page.locator('#meeting [role=status]').first().waitFor();
    await page.locator('#meeting').evaluate((section) => section.scrollIntoView({ block: 'start' }));
  },
  shows: '#meeting',
}));

/** The page of an installation in a tenant, whose sign-in goes so. @param identity the source of an `Identity` of the tab */
const signedIn =
  (identity: string, account = ''): Before =>
  ({ page }) =>
    page.addInitScript(
      `if (window.top === window) window.bigroomIdentity = { header: () => ${identity}, account: { subscribe: () => () => undefined, ended: () => undefined, again: () => undefined, ${account} } };`,
    );

const signInFails = (reason: string): Before =>
  signedIn(`Promise.reject(Object.assign(new Error('x'), { name: 'SignInFault', reason: '${reason}' }))`);

const trialHeader = "'Trial ' + localStorage.getItem('bigroom.person')";

const signInRefused =
  (status: number, code: string): Before =>
  async (playing) => {
    await signedIn("'Bearer x'", 'signOut: () => Promise.resolve()')(playing);
    await playing.page.route('**/api/**', (route) =>
      route.fulfill({ status, json: { status, code, title: code } }),
    );
  };

const programmes: SessionAnswer['programmes'] = [
  { name: '', names: demoProgramme.names, isThis: true },
  {
    name: 'elo',
    names: { fi: 'Elo-hanke', sv: 'Projektet Elo', en: 'Elo project' },
    isThis: false,
  },
];

const severalProgrammes: Before = ({ page }) =>
  page.route('**/api/session', async (route) => {
    const response = await route.fetch();
    const session = (await response.json()) as SessionAnswer;
    await route.fulfill({ response, json: { ...session, programmes } });
  });

export const tabScenes: readonly TabScene[] = [
  {
    name: 'sign-in-waiting',
    at: () => '/',
    before: signedIn('new Promise(() => undefined)'),
    usesUpPage: true,
    waits: true,
    then: ({ page, language }) => page.getByText(t(language, 'shell.signIn.waiting')).waitFor(),
  },
  ...(['consent', 'interrupted', 'network', 'unsupported', 'failed'] as const).map((reason) => ({
    name: `sign-in-${reason}`,
    at: () => '/',
    as: 'none' as const,
    before: signInFails(reason),
    usesUpPage: true as const,
  })),
  {
    name: 'sign-in-guest',
    at: () => '/',
    as: 'none',
    before: signInRefused(403, 'signIn.guest'),
    usesUpPage: true,
  },
  {
    name: 'sign-in-unknown',
    at: () => '/',
    as: 'none',
    before: signInRefused(401, 'signIn.unknownPerson'),
    usesUpPage: true,
  },
  {
    name: 'sign-in-denied',
    at: () => '/',
    as: 'none',
    before: signInRefused(403, 'permission.denied'),
    usesUpPage: true,
  },
  {
    name: 'sign-in-unavailable',
    at: () => '/',
    as: 'none',
    before: signInRefused(503, 'signIn.unavailable'),
    usesUpPage: true,
  },
  {
    name: 'sign-in-ended',
    at: () => '/news/new',
    before: signedIn(trialHeader, "ended: () => 'ended'"),
    usesUpPage: true,
  },
  {
    name: 'sign-in-menu',
    at: () => '/',
    before: signedIn(trialHeader, 'signOut: () => Promise.resolve()'),
    usesUpPage: true,
    then: ({ page }) => page.locator('button[aria-haspopup="dialog"]').last().click(),
  },
  {
    name: 'programmes',
    at: () => '/',
    before: severalProgrammes,
    then: ({ page }) => page.locator('header button').first().click(),
  },
  { name: 'people', at: () => '/', as: 'none' },
  { name: 'not-found', at: () => '/nowhere' },
  { name: 'overview', at: () => '/' },
  { name: 'overview-busy', at: () => '/', before: busyOverview },
  { name: 'overview-worker', at: () => '/', as: workers },
  { name: 'overview-loading', at: () => '/', before: never('**/api/overview'), waits: true },
  { name: 'overview-error', at: () => '/', before: broken('**/api/overview') },
  { name: 'keys', at: () => '/news', then: ({ page }) => page.keyboard.press('?') },
  { name: 'preferences', at: () => '/', then: ({ page }) => page.locator('header button').last().click() },
  {
    name: 'preferences-feed',
    at: () => '/',
    before: withFeed,
    then: ({ page }) => page.locator('header button').last().click(),
  },
  {
    name: 'preferences-letters-off',
    at: () => '/',
    then: async ({ page }) => {
      await page.locator('header button').last().click();
      await page.getByRole('checkbox').last().click();
    },
  },
  { name: 'inbox', at: () => '/news' },
  { name: 'inbox-filtered', at: () => '/news?state=accepted' },
  { name: 'inbox-loading', at: () => '/news', before: never('**/api/news*'), waits: true },
  { name: 'inbox-empty', at: () => '/news', before: answering('**/api/news*', { lines: [] }) },
  { name: 'inbox-error', at: () => '/news', before: broken('**/api/news*') },
  { name: 'inbox-in-work', at: () => '/news?view=inWork' },
  { name: 'inbox-ready', at: () => '/news?view=ready' },
  { name: 'inbox-archive', at: () => '/news?view=archive' },
  {
    name: 'inbox-selected',
    at: () => '/news',
    then: async ({ page }) => {
      await page.locator('li input[type="checkbox"]').first().click();
      await page
        .locator('li input[type="checkbox"]')
        .nth(2)
        .click({ modifiers: ['Shift'] });
      await page.getByRole('group', { name: /3|./ }).getByRole('button').first().waitFor();
    },
  },
  { name: 'inbox-new', at: () => '/news/new' },
  { name: 'inbox-new-worker', at: () => '/news/new', as: workers },
  { name: 'item', at: news('elma-reader-panel') },
  { name: 'item-one-language', at: news('contact-search') },
  { name: 'item-english', at: news('elma-chatbot-answers') },
  { name: 'item-behind', at: news('therapy-navigator'), then: press('news.behind.show') },
  { name: 'item-changes-requested', at: news('elma-walking-groups') },
  { name: 'item-trail', at: news('elma-walking-groups'), then: openTrail, shows: trailLine },
  { name: 'item-rejected', at: news('manager-coaching-invitation') },
  { name: 'item-used', at: news('elma-whole-region') },
  { name: 'item-to-place', at: news('websites-merge') },
  { name: 'item-worker', at: news('recruitment-fair'), as: { fi: 'eeva', sv: 'eeva' } },
  {
    name: 'item-history',
    at: news('elma-reader-panel'),
    then: press('news.history.open', (language) => ({ language })),
  },
  { name: 'item-in-progress', at: news('elma-reader-panel'), before: itemInProgress },
  { name: 'item-present', at: news('elma-reader-panel'), before: colleagueTypes },
  {
    name: 'item-thread',
    at: news('elma-walking-groups'),
    shows: 'details ol[class*="messages"]',
    then: ({ page }) => page.locator('details ol[class*="messages"]').scrollIntoViewIfNeeded(),
  },
  {
    name: 'item-thread-empty',
    at: news('elma-reader-panel'),
    shows: 'details form',
    then: async ({ page }) => {
      await page.locator('details summary').first().click();
      await page.locator('details form').scrollIntoViewIfNeeded();
    },
  },
  { name: 'inbox-search', at: () => '/news?text=hanke' },
  { name: 'item-pasted', at: news('elma-reader-panel'), then: pasteFromWord },
  { name: 'item-reject', at: news('elma-reader-panel'), then: press('news.do.reject') },
  {
    name: 'item-conflict',
    at: news('elma-reader-panel'),
    before: conflict,
    then: async ({ page, language }) => {
      const title = page.locator(`textarea[lang="${language}"]`).first();
      await title.press('ControlOrMeta+End');
      await title.pressSequentially(language === 'fi' ? ' nyt' : ' nu');
      await page
        .getByText(t(language, 'news.conflict.title', { language }))
        .first()
        .waitFor({ timeout: 8_000 });
    },
  },
  { name: 'newsletter', at: () => '/newsletter' },
  {
    name: 'newsletter-laid',
    at: () => '/newsletter',
    before: laidByHand,
    // The tools of a heading show while the focus is among them.
    then: ({ page }) => page.locator('#section-up-own-1').focus(),
  },
  { name: 'newsletter-heading', at: () => '/newsletter', then: press('newsletter.heading.add') },
  { name: 'newsletter-trail', at: () => '/newsletter', then: openTrail, shows: trailLine },
  { name: 'newsletter-plain', at: () => '/newsletter', then: press('newsletter.preview.format.text') },
  {
    name: 'newsletter-too-long',
    at: () => '/newsletter',
    before: tooLong,
    then: press('newsletter.approve'),
  },
  { name: 'newsletter-approve', at: () => '/newsletter', then: press('newsletter.approve') },
  {
    name: 'newsletter-lacks',
    at: () => '/newsletter',
    then: ({ page }) => page.locator('summary').first().click(),
  },
  { name: 'newsletter-letter', at: () => '/newsletter', then: press('newsletter.letter') },
  {
    name: 'newsletter-letter-leave',
    at: () => '/newsletter',
    then: async (playing) => {
      await press('newsletter.letter')(playing);
      await playing.page.getByRole('dialog').locator('input').first().fill('Elma');
      await playing.page.keyboard.press('Escape');
    },
  },
  { name: 'newsletter-test-mail', at: () => '/newsletter?show=preview', then: press('newsletter.test') },
  { name: 'newsletter-approved', at: () => '/newsletter', before: approvedIssue },
  { name: 'newsletter-sent', at: () => '/newsletter', before: sentIssue },
  {
    name: 'newsletter-story-own',
    at: () => '/newsletter',
    before: storyWithOwnTitle,
    then: async ({ page }) => {
      await page.locator('a[id^="story-"]').first().click();
      await page.locator('[id^="own-title"]').first().scrollIntoViewIfNeeded();
    },
    shows: '[id^="own-title"]',
  },
  {
    name: 'newsletter-story',
    at: () => '/newsletter',
    then: ({ page }) => page.locator('a[id^="story-"]').first().click(),
  },
  { name: 'newsletter-all', at: () => '/newsletter/all' },
  {
    name: 'newsletter-none',
    at: () => '/newsletter',
    before: answering('**/api/newsletter', { issues: [] }),
  },
  { name: 'queue', at: () => '/releases' },
  { name: 'calendar', at: () => '/calendar' },
  { name: 'calendar-week', at: () => '/calendar?view=week' },
  { name: 'calendar-list', at: () => '/calendar?view=list' },
  { name: 'calendar-filtered', at: () => '/calendar?hide=session,embargo' },
  { name: 'calendar-old-address', at: () => '/releases?view=month&month=2027-01' },
  { name: 'calendar-loading', at: () => '/calendar', before: never('**/api/calendar*'), waits: true },
  { name: 'calendar-error', at: () => '/calendar', before: broken('**/api/calendar*') },
  { name: 'calendar-worker', at: () => '/calendar', as: workers },
  { name: 'queue-archive', at: () => '/releases?view=archive' },
  { name: 'queue-empty', at: () => '/releases', before: answering('**/api/releases*', { lines: [] }) },
  { name: 'release-new', at: () => '/releases/new' },
  {
    name: 'release-draft',
    at: ({ release }) => `/releases/${release('approved')}`,
    before: draftInProgress,
  },
  { name: 'release-held', at: ({ release }) => `/releases/${release('scheduled')}`, before: heldSchedule },
  { name: 'release-overdue', at: ({ release }) => `/releases/${release('scheduled')}`, before: overdue },
  {
    name: 'release-schedule',
    at: ({ release }) => `/releases/${release('approved')}`,
    then: press('release.move.schedule'),
  },
  { name: 'release-leaving', at: ({ release }) => `/releases/${release('scheduled')}`, before: leaving },
  {
    name: 'release-moved-on',
    at: ({ release }) => `/releases/${release('published')}`,
    before: movedOn,
    then: press('release.correct.addNote'),
  },
  { name: 'release-taken-down', at: ({ release }) => `/releases/${release('published')}`, before: takenDown },
  {
    name: 'release-awaits-approval',
    at: ({ release }) => `/releases/${release('scheduled')}`,
    before: awaitingApproval,
  },
  { name: 'release-partly-out', at: ({ release }) => `/releases/${release('scheduled')}`, before: partlyOut },
  {
    name: 'release-not-allowed',
    at: ({ release }) => `/releases/${release('scheduled')}`,
    before: notAllowed,
  },
  { name: 'intranet', at: () => '/intranet', before: memberFeeds },
  { name: 'intranet-page', at: ({ release }) => `/intranet/sv/${release('published')}`, before: memberFeeds },
  {
    name: 'intranet-elsewhere',
    at: () => '/intranet',
    before: answering('**/api/intranet', {
      at: 'elsewhere',
      url: 'https://hyvinvointialue.sharepoint.com/sites/intra',
    }),
  },
  { name: 'release-failed', at: ({ release }) => `/releases/${release('scheduled')}`, before: publishFailed },
  {
    name: 'release-uncertain',
    at: ({ release }) => `/releases/${release('scheduled')}`,
    before: publishUncertain,
  },
  {
    name: 'release-correction-failed',
    at: ({ release }) => `/releases/${release('published')}`,
    before: correctionFailed,
  },
  {
    name: 'release-put-back-failed',
    at: ({ release }) => `/releases/${release('published')}`,
    before: putBackFailed,
  },
  {
    name: 'release-own',
    at: ({ release }) => `/releases/${release('scheduled')}`,
    before: releaseWithOwnTitle,
    then: ({ page }) => page.locator('[id^="own-title"]').first().scrollIntoViewIfNeeded(),
    shows: '[id^="own-title"]',
  },
  {
    name: 'release-preview',
    at: ({ release }) => `/releases/${release('approved')}`,
    then: async (playing) => {
      await press('release.preview.show')(playing);
      await playing.page.locator('iframe').first().scrollIntoViewIfNeeded();
    },
    shows: 'section iframe',
  },
  { name: 'release-approved', at: ({ release }) => `/releases/${release('approved')}` },
  { name: 'release-scheduled', at: ({ release }) => `/releases/${release('scheduled')}` },
  {
    name: 'release-trail',
    at: ({ release }) => `/releases/${release('published')}`,
    then: openTrail,
    shows: trailLine,
  },
  { name: 'release-published', at: ({ release }) => `/releases/${release('published')}` },
  { name: 'outbox-empty', at: () => '/messages' },
  { name: 'outbox', at: () => '/messages', before: someTrouble },
  { name: 'outbox-unreached', at: () => '/messages', before: someUnreached },
  {
    name: 'outbox-trail',
    at: () => '/messages',
    before: async (playing) => {
      await someTrouble(playing);
      const by = (name: string) => ({ id: name, name });
      const lines = [
        {
          at: '2026-11-30T08:14:00Z',
          by: by('Aino Mallikas'),
          event: { action: 'again', kind: 'notice', about: 'newsAccepted' },
        },
        { at: '2026-11-30T07:05:00Z', by: by('Linnea Exempel'), event: { action: 'sent', kind: 'send' } },
        {
          at: '2026-11-30T07:02:00Z',
          by: by('Aino Mallikas'),
          event: { action: 'cancelled', kind: 'newsIndex' },
        },
      ];
      await answering('**/api/outbox/audit*', { lines })(playing);
    },
    then: openTrail,
    shows: trailLine,
  },
  {
    name: 'outbox-restored',
    at: () => '/messages',
    before: ({ page, ids }) =>
      page.route('**/api/outbox', (route) =>
        route.fulfill({
          json: {
            messages: needingAttention(
              ids.news('elma-whole-region') as NewsId,
              ids.release('scheduled') as ReleaseId,
            ).map((message) => ({
              ...message,
              state: { ...message.state, status: 'uncertain', reason: 'restored' },
            })),
            restored: 128,
          },
        }),
      ),
  },
  { name: 'sessions', at: () => '/sessions' },
  {
    name: 'sessions-mark',
    at: () => '/sessions',
    then: ({ page }) => page.locator('[data-mark]').last().focus(),
  },
  { name: 'sessions-worker', at: () => '/sessions', as: workers },
  { name: 'sessions-loading', at: () => '/sessions', before: never('**/api/sessions/**'), waits: true },
  { name: 'sessions-error', at: () => '/sessions', before: broken('**/api/sessions/**') },
  {
    name: 'sessions-empty',
    at: () => '/sessions',
    before: answering('**/api/sessions/year/*', { year: 2026, series: [], occurrences: [], holidays: [] }),
  },
  {
    name: 'session',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}`,
  },
  {
    name: 'session-coming',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}`,
    then: async ({ page }) => {
      await page.locator('#coming button').first().click();
      await page.locator('#coming summary').last().click();
    },
    shows: '#coming li',
  },
  {
    name: 'session-trail',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'held')}`,
    then: openTrail,
    shows: trailLine,
  },
  {
    name: 'session-unreached',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}`,
    before: async (playing) => {
      await answering('**/api/sends?*', { lines: [demoSends()[0], demoSends()[2]] })(playing);
      await sendUnderWay(playing);
      await someUnreached(playing);
    },
    then: ({ page }) => page.locator('[class*="people"] li').first().scrollIntoViewIfNeeded(),
    shows: '[class*="people"] li',
  },
  {
    name: 'session-worker',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}`,
    as: workers,
  },
  {
    name: 'session-move',
    at: ({ occurrence }) => `/sessions/${occurrence('bigRoom', 'planned')}?to=move`,
  },
  {
    name: 'session-move-following',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}?to=move`,
    then: async ({ page, language }) => {
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(t(language, 'sessions.field.time')).fill('10:15');
      await dialog.getByLabel(t(language, 'sessions.move.following')).check();
      await dialog.getByText('→').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'session-move-conflict',
    at: ({ occurrence }) => `/sessions/${occurrence('bigRoom', 'planned')}?to=move`,
    before: changedMeanwhile,
    then: async ({ page, language }) => {
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(t(language, 'sessions.field.time')).fill('10:15');
      await dialog.getByRole('button', { name: t(language, 'sessions.move.verb') }).click();
      await dialog
        .getByText(/Joku muu|Någon annan/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'session-agenda',
    at: ({ occurrence }) => `/sessions/${occurrence('bigRoom', 'planned')}`,
    then: ({ page, language }) =>
      page
        .getByRole('button', { name: t(language, 'sessions.agenda.edit'), exact: true })
        .last()
        .click(),
  },
  {
    name: 'session-talk',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}`,
    then: press('sessions.answer.change'),
  },
  {
    name: 'session-assign',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}`,
    then: async ({ page, language }) => {
      await page.getByRole('button', { name: t(language, 'sessions.assign.verb') }).click();
      const dialog = page.getByRole('dialog');
      const project = dialog.getByLabel(t(language, 'sessions.assign.label'), { exact: true });
      const other = await project
        .locator('option:not(:checked):not([value=""])')
        .first()
        .getAttribute('value');
      await project.selectOption(other);
      await dialog.getByLabel(t(language, 'sessions.assign.person')).selectOption({ index: 1 });
      await dialog.getByText(t(language, 'sessions.effect.groups')).waitFor();
    },
  },
  {
    name: 'session-swap',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}`,
    then: async ({ page, language }) => {
      await page.getByRole('button', { name: t(language, 'sessions.swap.verb') }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(t(language, 'sessions.swap.label')).selectOption({ index: 1 });
      await dialog.getByText(t(language, 'sessions.effect.groups')).waitFor();
    },
  },
  {
    name: 'session-link',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}`,
    then: async ({ page, language }) => {
      await page.getByRole('button', { name: t(language, 'sessions.edit.verb'), exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog
        .getByLabel(t(language, 'sessions.field.joinUrl'))
        .fill('https://teams.example.org/uusi-linkki');
      await dialog.getByRole('region', { name: t(language, 'sessions.effect.title') }).waitFor();
    },
  },
  {
    name: 'session-cancel',
    at: ({ occurrence }) => `/sessions/${occurrence('bigRoom', 'planned')}`,
    then: async (playing) => {
      await press('sessions.cancel.verb')(playing);
      await playing.page.getByRole('dialog').getByRole('textbox').first().fill('Esittäjä sairastui.');
    },
  },
  {
    name: 'session-now',
    at: ({ occurrence }) => `/sessions/${occurrence('bigRoom', 'planned')}`,
    before: minutesIn(45),
  },
  {
    name: 'session-soon-worker',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}`,
    as: workers,
    before: minutesIn(-12),
  },
  {
    name: 'wall-before',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}/wall`,
    before: wallIn(-12),
  },
  {
    name: 'wall-now',
    at: ({ occurrence }) => `/sessions/${occurrence('bigRoom', 'planned')}/wall`,
    before: wallIn(47),
  },
  {
    name: 'wall-talk',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}/wall`,
    before: wallIn(10),
  },
  {
    name: 'wall-after',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}/wall`,
    before: wallIn(100),
  },
  {
    name: 'session-topic-languages',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'confirmed')}`,
    then: ({ page, language }) =>
      page
        .getByRole('button', { name: t(language, 'sessions.topics.translate') })
        .first()
        .click(),
  },
  { name: 'session-missing', at: ({ occurrence }) => `/sessions/${occurrence('bigRoom', 'planned')}` },
  { name: 'session-held', at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'held')}` },
  {
    name: 'session-thanks',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'held')}`,
    then: ({ page, language }) =>
      page
        .getByRole('button', {
          name: new RegExp(`${t(language, 'sessions.thanks.verb')}|${t(language, 'sessions.thanks.again')}`),
        })
        .click(),
  },
  {
    name: 'session-materials',
    at: ({ occurrence }) => `/sessions/${occurrence('hankeradio', 'held')}`,
    then: press('sessions.materials.edit'),
  },
  {
    name: 'days-off',
    at: () => '/sessions/days-off',
    before: answering('**/api/days-off', {
      days: [
        {
          id: '1',
          first: '2026-07-06',
          last: '2026-07-31',
          names: { fi: 'Kesäsulku', sv: 'Sommarstängt', en: 'Closed for summer' },
        },
        {
          id: '2',
          first: '2026-12-07',
          last: '2026-12-07',
          names: { fi: 'Siirretty vapaapäivä', sv: 'Flyttad ledig dag', en: 'Moved day off' },
        },
        {
          id: '3',
          first: '2026-12-28',
          last: '2026-12-31',
          names: { fi: 'Välipäivät', sv: 'Mellandagarna', en: 'Between Christmas and New Year' },
        },
      ],
    }),
  },
  {
    name: 'days-off-empty',
    at: () => '/sessions/days-off',
    before: answering('**/api/days-off', { days: [] }),
  },
  {
    name: 'days-off-add',
    at: () => '/sessions/days-off',
    before: answering('**/api/days-off', { days: [] }),
    then: press('sessions.daysOff.add'),
  },
  { name: 'recordings', at: () => '/sessions/recordings' },
  { name: 'recordings-worker', at: () => '/sessions/recordings', as: workers },
  { name: 'recordings-none', at: () => '/sessions/recordings?text=zzz' },
  {
    name: 'recordings-empty',
    at: () => '/sessions/recordings',
    before: answering('**/api/sessions/archive*', { lines: [] }),
  },
  {
    name: 'recordings-loading',
    at: () => '/sessions/recordings',
    before: never('**/api/sessions/archive*'),
    waits: true,
  },
  { name: 'recordings-error', at: () => '/sessions/recordings', before: broken('**/api/sessions/archive*') },
  { name: 'series-all', at: () => '/sessions/series' },
  { name: 'series', at: ({ series }) => `/sessions/series/${series('hankeradio')}` },
  {
    name: 'series-change',
    at: ({ series }) => `/sessions/series/${series('bigRoom')}`,
    then: async (playing) => {
      await openSettings(playing.page);
      await press('sessions.change.verb')(playing);
    },
  },
  {
    name: 'series-end',
    at: ({ series }) => `/sessions/series/${series('hankeradio')}`,
    then: async (playing) => {
      await openSettings(playing.page);
      await press('sessions.end.verb')(playing);
    },
    shows: '[role=dialog] li',
  },
  {
    name: 'series-draft',
    at: ({ series }) => `/sessions/series/${series('hankeradio')}`,
    before: ({ page }) =>
      page.route(/api\/series\/[\w-]+$/, async (route) => {
        const response = await route.fetch();
        const answer = (await response.json()) as SeriesAnswer;
        await route.fulfill({
          json: { ...answer, series: { ...answer.series, state: { status: 'draft' } } },
        });
      }),
  },
  {
    name: 'series-conflict',
    at: ({ series }) => `/sessions/series/${series('hankeradio')}`,
    before: changedMeanwhile,
    then: async ({ page, language }) => {
      await openSettings(page);
      const field = page.getByRole('textbox', {
        name: t(language, 'sessions.field.description', { language }),
      });
      await field.fill(t(language, 'sessions.lead'));
      await page.getByRole('button', { name: t(language, 'sessions.save') }).click();
      await page.getByRole('button', { name: t(language, 'sessions.conflict.take') }).waitFor();
    },
  },
  {
    name: 'series-trail',
    at: ({ series }) => `/sessions/series/${series('bigRoom')}`,
    then: openTrail,
    shows: trailLine,
  },
  {
    name: 'series-settings',
    at: ({ series }) => `/sessions/series/${series('hankeradio')}`,
    then: ({ page }) => openSettings(page),
  },
  ...meetingScenes,
  { name: 'series-new', at: () => '/sessions/series/new' },
  {
    name: 'series-new-faults',
    at: () => '/sessions/series/new',
    then: async ({ page, language }) => {
      await page.getByRole('combobox').first().selectOption('own');
      await page
        .getByRole('combobox', { name: t(language, 'sessions.rule.every'), exact: true })
        .selectOption('week');
      await page.getByRole('group').getByRole('checkbox', { checked: true }).first().uncheck();
      await page.getByRole('button', { name: t(language, 'sessions.series.create') }).click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
  },
  {
    name: 'sends',
    at: () => '/sends',
    before: async (playing) => {
      await answering('**/api/sends', { lines: demoSends() })(playing);
      await answering('**/api/contacts/imports/planned', { lines: [demoPlanned()] })(playing);
    },
  },
  { name: 'sends-empty', at: () => '/sends', before: answering('**/api/sends', { lines: [] }) },
  { name: 'sends-error', at: () => '/sends', before: broken('**/api/sends') },
  { name: 'send', at: () => `/sends/${demoSendId}`, before: sendUnderWay },
  {
    name: 'send-empty',
    at: () => `/sends/${demoSendId}`,
    before: answering(`**/api/sends/${demoSendId}`, emptySend()),
  },
  {
    name: 'send-reason',
    at: () => `/sends/${demoSendId}`,
    before: sendUnderWay,
    then: ({ page }) => page.locator('summary').first().click(),
    shows: '[aria-labelledby="fan-out-reasons"] details[open]',
  },
  {
    name: 'send-trail',
    at: () => `/sends/${demoSendId}`,
    before: async (playing) => {
      await sendUnderWay(playing);
      const by = (name: string) => ({ id: name, name });
      const lines = [
        {
          at: '2026-11-30T08:14:00Z',
          by: by('Aino Mallikas'),
          event: { action: 'again', status: 'uncertain' },
        },
        { at: '2026-11-30T07:05:00Z', by: by('Linnea Exempel'), event: { action: 'resume' } },
        { at: '2026-11-30T07:02:00Z', by: by('Aino Mallikas'), event: { action: 'pause' } },
      ];
      await answering('**/api/sends/*/audit', { lines })(playing);
    },
    then: openTrail,
    shows: trailLine,
  },
  {
    name: 'send-cancel',
    at: () => `/sends/${demoSendId}`,
    before: sendUnderWay,
    then: press('sends.do.cancel'),
  },
  { name: 'contacts', at: () => '/contacts', before: someContacts },
  { name: 'contacts-empty', at: () => '/contacts', before: answering('**/api/contacts*', { lines: [] }) },
  { name: 'contact', at: () => `/contacts/${'1'.repeat(26)}`, before: someContacts },
  { name: 'contact-stopped', at: () => `/contacts/${'2'.repeat(26)}`, before: someContacts },
  {
    name: 'contact-renew-link',
    at: () => `/contacts/${'1'.repeat(26)}`,
    before: someContacts,
    then: press('contacts.renewLink'),
  },
  {
    name: 'contact-link-renewed',
    at: () => `/contacts/${'1'.repeat(26)}`,
    before: async (playing) => {
      await someContacts(playing);
      await answering('**/api/contacts/*/stop-key', {})(playing);
    },
    then: async (playing) => {
      await press('contacts.renewLink')(playing);
      const { page, language } = playing;
      await page
        .getByRole('dialog')
        .or(page.getByRole('alertdialog'))
        .getByRole('button', { name: t(language, 'contacts.renewLink.verb') })
        .click();
      await page.getByText(t(language, 'contacts.renewLink.done')).first().waitFor();
    },
  },
  { name: 'contact-new', at: () => '/contacts/new', before: someContacts },
  { name: 'contacts-several', at: () => '/contacts/several', before: someContacts },
  {
    name: 'contacts-import',
    at: () => '/contacts/several',
    then: async ({ page, language }) => {
      await page.getByRole('textbox').first().fill(listToImport);
      await page.getByRole('button', { name: t(language, 'contacts.imports.check') }).click();
      await page.locator('tbody tr').nth(5).waitFor();
      await page.getByRole('radio', { name: t(language, 'contacts.consent.give.several') }).check();
      await page.getByRole('textbox', { name: t(language, 'contacts.consent.how') }).fill('Messut 2.11.');
      await page.locator('h1').first().scrollIntoViewIfNeeded();
    },
    shows: 'h1',
  },
  {
    name: 'contacts-import-undo',
    at: () => `/contacts/imports/${'9'.repeat(26)}`,
    before: async (playing) => {
      await someContacts(playing);
      await answering(`**/api/contacts/imports/${'9'.repeat(26)}`, { import: demoStoppedImport() })(playing);
    },
    then: press('contacts.imports.undo'),
  },
  {
    name: 'contacts-all-chosen',
    at: () => '/contacts',
    before: ({ page }) => {
      const [one] = demoContacts().lines;
      const lines = (from: number, to: number) =>
        Array.from({ length: to - from }, (_, index) => ({
          ...one,
          id: String(from + index).padStart(26, '0'),
        }));
      return page.route('**/api/contacts*', (route) =>
        route.fulfill({
          json: route.request().url().includes('after=')
            ? { lines: lines(25, 5_321) }
            : { lines: lines(0, 25), next: 'next' },
        }),
      );
    },
    then: async (playing) => {
      await press('contacts.bulk.all')(playing);
      const { page, language } = playing;
      await page.getByText(t(language, 'contacts.bulk.leftOut', { count: 321, max: 5_000 })).waitFor();
    },
  },
  {
    name: 'newsletter-half-approved',
    at: () => '/newsletter',
    before: changing<IssueAnswer>('**/api/newsletter/*', ({ issue, ...rest }, language) => ({
      ...rest,
      issue: {
        ...issue,
        approvals: {
          required: 2,
          first: { at: minutes(-50), by: colleague(language), waivers: [] },
          needsAnother: false,
        },
      },
    })),
  },
  {
    name: 'newsletter-of-approver',
    at: () => '/newsletter',
    before: changing<IssueAnswer>('**/api/newsletter/*', ({ issue, ...rest }, language) => ({
      ...rest,
      issue: {
        ...issue,
        may: { translate: false, edit: false, approve: true, sendBack: true },
        sentBack: {
          at: minutes(-90),
          by: colleague(language),
          reason: language === 'fi' ? 'Pääjutusta puuttuu luku.' : 'Huvudnyheten saknar en siffra.',
        },
      },
    })),
    then: press('newsletter.sendBack'),
  },
  {
    name: 'release-half-approved',
    at: ({ release }) => `/releases/${release('approved')}`,
    before: changing<ReleaseAnswer>('**/api/releases/*', (answer, language) => ({
      ...answer,
      approvals: {
        required: 2,
        first: { at: minutes(-20), by: colleague(language), move: 'schedule', due: minutes(2 * 1440) },
        mayApprove: true,
      },
    })),
  },
  ...setUpScenes(asAdmin),
  { name: 'settings-people', at: () => '/settings/people', before: asAdmin },
  { name: 'settings-people-none', at: () => '/settings/people?text=xyz', before: asAdmin },
  {
    name: 'settings-people-add',
    at: () => '/settings/people',
    before: asAdmin,
    then: press('settings.people.add'),
  },
  {
    name: 'settings-people-remove',
    at: () => '/settings/people',
    before: asAdmin,
    then: press('settings.people.remove.of', () => ({ name: demoPeopleByKey.eeva.name })),
  },
  {
    name: 'settings-people-projects',
    at: () => '/settings/people',
    before: asAdmin,
    then: press('settings.people.projects.change', () => ({ name: demoPeopleByKey.eeva.name })),
  },
  { name: 'settings-approvals', at: () => '/settings/approvals', before: asAdmin },
  { name: 'reminders', at: () => '/reminders', as: workers },
  { name: 'substitutes', at: () => '/substitutes', before: withSubstitutes },
  { name: 'substitutes-empty', at: () => '/substitutes', as: workers },
  {
    name: 'substitutes-set',
    at: () => '/substitutes',
    as: workers,
    then: press('substitutes.set'),
  },
  { name: 'reminders-loading', at: () => '/reminders', before: never('**/api/me/sessions'), waits: true },
];
