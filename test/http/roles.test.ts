import { type Role, roles } from '../../src/platform/actor.js';
import assert from 'node:assert/strict';
import type { Route } from '../../src/http/route.js';
import { makeBigRoom } from '../../src/compose.js';
import { testAdapters } from '../world/adapters.js';
import { httpWorld, type HttpWorld } from './world.js';

/** Who may use each route, written down a second time and by hand: a route that changes hands must be changed here too. */
const everybody = roles;
const coordinators: readonly Role[] = ['coordinator', 'admin'];
const admins: readonly Role[] = ['admin'];
/** Whoever sees the inbox. */
const inboxed: readonly Role[] = ['translator', 'approver', ...coordinators];
const approvers: readonly Role[] = ['approver', ...coordinators];
const translators: readonly Role[] = ['translator', ...coordinators];
const policy: Readonly<Record<string, readonly Role[] | 'open'>> = {
  'get /healthz': 'open',
  'get /readyz': 'open',
  'get /api/people': 'open',
  'get /api/session': everybody,
  'get /api/substitutes': everybody,
  'post /api/substitutes': everybody,
  'post /api/substitutes/:person/:id/end': everybody,
  'post /api/substitutes/:person/:id/restore': everybody,
  'put /api/session/language': everybody,
  'put /api/session/notify-by': everybody,
  'get /api/overview': everybody,
  'get /api/calendar': everybody,
  'get /api/inbox/views': inboxed,
  'get /api/inbox/now': inboxed,
  'get /api/inbox/reviewers': inboxed,
  'put /api/inbox/present': inboxed,
  'post /api/news': everybody,
  'post /api/news/:id/assign': coordinators,
  'get /api/news': inboxed,
  'get /api/news/mine': everybody,
  'get /api/news/:id': everybody,
  'get /api/news/:id/audit': everybody,
  'get /api/news/:id/messages': everybody,
  'post /api/news/:id/messages': everybody,
  'get /api/news/:id/texts/:language/history': everybody,
  'put /api/news/:id/texts/:language': everybody,
  'post /api/news/:id/texts/:language/ready': everybody,
  'put /api/news/:id/details': everybody,
  'post /api/news/:id/start-review': coordinators,
  'post /api/news/:id/accept': approvers,
  'post /api/news/:id/reopen': approvers,
  'post /api/news/:id/request-changes': approvers,
  'post /api/news/:id/reject': approvers,
  'post /api/news/:id/messages/settle': coordinators,
  'post /api/news/:id/note': approvers,
  'post /api/news/:id/withdraw': everybody,
  'post /api/news/:id/resubmit': everybody,
  'post /api/news/:id/undo': everybody,
  'get /api/newsletter': everybody,
  'get /api/newsletter/:id': everybody,
  'get /api/newsletter/:id/stories/:story': everybody,
  'get /api/newsletter/:id/audit': everybody,
  'get /api/news/:id/outlets': everybody,
  'get /api/newsletter/:id/preview': everybody,
  'get /api/newsletter/:id/export': coordinators,
  'get /api/releases': everybody,
  'get /api/releases/:id': everybody,
  'get /api/releases/:id/audit': everybody,
  'get /api/releases/:id/preview/:language': everybody,
  'get /open/:key': 'open',
  'get /open/:key/sign-up': 'open',
  'get /open/:key/topic': 'open',
  'get /open/:key/:date': 'open',
  'get /open/:key/:date/calendar.ics': 'open',
  'get /open/:key/:date/question': 'open',
  'get /open/:key/:date/pulse': 'open',
  'post /open/:key/sign-up': 'open',
  'post /open/:key/topic': 'open',
  'post /open/:key/:date/question': 'open',
  'post /open/:key/:date/pulse': 'open',
  'get /sign-up/:token': 'open',
  'post /sign-up/:token': 'open',
  'get /coming/:occurrence/:contact/:signature': 'open',
  'post /coming/:occurrence/:contact/:signature': 'open',
  'get /intranet': 'open',
  'get /intranet/style.css': 'open',
  'get /intranet/fi': 'open',
  'get /intranet/fi/:page': 'open',
  'get /intranet/fi/feed.atom': 'open',
  'get /intranet/fi/feed.json': 'open',
  'get /intranet/sv': 'open',
  'get /intranet/sv/:page': 'open',
  'get /intranet/sv/feed.atom': 'open',
  'get /intranet/sv/feed.json': 'open',
  'post /api/newsletter': coordinators,
  'post /api/newsletter/stories': coordinators,
  'post /api/newsletter/stories/several': coordinators,
  'del /api/newsletter/:id/stories/:story': coordinators,
  'del /api/newsletter/:id/stories/:story/words/:language': translators,
  'put /api/newsletter/:id/deadline': coordinators,
  'put /api/newsletter/:id/lead': coordinators,
  'put /api/newsletter/:id/letter/:language': translators,
  'post /api/newsletter/:id/sent': coordinators,
  'post /api/newsletter/:id/test-mail': coordinators,
  'put /api/newsletter/:id/order': coordinators,
  'put /api/newsletter/:id/stories/:story/weight': coordinators,
  'put /api/newsletter/:id/stories/:story/words/:language': translators,
  'post /api/newsletter/:id/approve': approvers,
  'post /api/newsletter/:id/unapprove': approvers,
  'post /api/newsletter/:id/arrange': coordinators,
  'post /api/newsletter/:id/undo': inboxed,
  'post /api/releases': coordinators,
  'put /api/releases/:id/texts/:language': translators,
  'post /api/releases/:id/cancel': coordinators,
  'post /api/releases/:id/publish': approvers,
  'post /api/releases/:id/restore': coordinators,
  'post /api/releases/:id/retry': coordinators,
  'post /api/releases/:id/schedule': approvers,
  'post /api/releases/:id/undo': approvers,
  'post /api/releases/:id/unschedule': approvers,
  'post /api/releases/:id/withdraw': coordinators,
  'post /api/releases/:id/give-up': coordinators,
  'post /api/releases/:id/texts/:language/use-item-text': translators,
  'put /api/releases/:id/contact': coordinators,
  'post /api/releases/:id/correct': approvers,
  'post /api/releases/:id/take-down': coordinators,
  'post /api/releases/:id/put-back': approvers,
  'post /api/newsletter/:id/send-back': approvers,
  'post /api/releases/:id/approve': approvers,
  'post /api/releases/:id/send-back': approvers,
  'get /api/people-and-roles': admins,
  'get /api/people-and-roles/audit': admins,
  'post /api/people-and-roles': admins,
  'put /api/people-and-roles/:id/role': admins,
  'put /api/people-and-roles/:id/projects': admins,
  'del /api/people-and-roles/:id': admins,
  'post /api/programmes': admins,
  'post /api/programme': admins,
  'get /api/programme': admins,
  'put /api/programme': admins,
  'get /api/programme/audit': admins,
  'get /api/programme/projects': admins,
  'get /api/programme/projects/audit': admins,
  'post /api/programme/projects': admins,
  'put /api/programme/projects/:id': admins,
  'post /api/programme/projects/:id/archive': admins,
  'post /api/programme/projects/:id/restore': admins,
  'get /api/programme/checklist': admins,
  'put /api/programme/checklist': admins,
  'get /api/checks': admins,
  'post /api/checks/:id': admins,
  'get /api/directory': admins,
  'get /api/programme/approvals': admins,
  'get /api/programme/approvals/audit': admins,
  'put /api/programme/approvals': admins,
  'get /api/outbox': coordinators,
  'get /api/outbox/audit': coordinators,
  'get /api/unreached': coordinators,
  'post /api/outbox/:id/resolve': coordinators,
  'post /api/outbox/resolve-restored': coordinators,
  'get /api/intranet': everybody,
  'get /api/intranet/:language': everybody,
  'get /api/intranet/:language/:id': everybody,
  'post /api/intranet/feed-key': coordinators,
  'get /api/sessions/year/:year': everybody,
  'get /api/sessions/upcoming': everybody,
  'get /api/sessions/of-meeting': everybody,
  'get /api/sends': coordinators,
  'get /api/sends/:id': coordinators,
  'get /api/sends/:id/audit': coordinators,
  'get /api/sends/:id/recipients': coordinators,
  'post /api/sends/:id/pause': coordinators,
  'post /api/sends/:id/resume': coordinators,
  'post /api/sends/:id/cancel': coordinators,
  'post /api/sends/:id/again': coordinators,
  'get /calendar/:feed/:file': 'open',
  'get /calendar/:feed/:language/:file': 'open',
  'get /api/sessions/presenters-away': coordinators,
  'get /api/days-off': everybody,
  'get /api/days-off/audit': coordinators,
  'post /api/days-off': coordinators,
  'del /api/days-off/:id': coordinators,
  'get /api/series': everybody,
  'get /api/series/:id': everybody,
  'get /api/series/:id/audit': everybody,
  'get /api/occurrences/:id': everybody,
  'get /api/occurrences/:id/audit': everybody,
  'post /api/series': coordinators,
  'post /api/series/preview': coordinators,
  'put /api/series/:id/timing': coordinators,
  'post /api/series/:id/publish': coordinators,
  'del /api/series/:id': coordinators,
  'get /api/series-at-a-glance': coordinators,
  'get /api/series/:id/review': coordinators,
  'put /api/series/:id': coordinators,
  'post /api/series/:id/change-from': coordinators,
  'post /api/series/:id/end': coordinators,
  'post /api/series/:id/feed-key': coordinators,
  'post /api/series/:id/undo': coordinators,
  'post /api/occurrences/:id/move': coordinators,
  'post /api/occurrences/:id/preview': everybody,
  'post /api/series/:id/change-from/preview': coordinators,
  'post /api/series/:id/end/preview': coordinators,
  'post /api/occurrences/:id/cancel': coordinators,
  'post /api/occurrences/:id/restore': coordinators,
  'post /api/occurrences/:id/keep': coordinators,
  'post /api/occurrences/:id/confirm': coordinators,
  'post /api/occurrences/:id/undo': everybody,
  'put /api/occurrences/:id': coordinators,
  'get /api/series/:id/rotation': everybody,
  'put /api/occurrences/:id/turn': coordinators,
  'post /api/occurrences/:id/volunteer': everybody,
  'post /api/occurrences/:id/give-up': everybody,
  'post /api/occurrences/:id/ask-volunteers': coordinators,
  'post /api/occurrences/:id/swap': everybody,
  'post /api/occurrences/:id/swap/answer': everybody,
  'put /api/occurrences/:id/talk': everybody,
  'get /api/me/slots': everybody,
  'get /api/sessions/archive': everybody,
  'get /api/sessions/recent': everybody,
  'get /api/occurrences/:id/thanks': coordinators,
  'get /api/occurrences/:id/wall': everybody,
  'get /j/:code': 'open',
  'post /api/occurrences/:id/questions/:question/vote': everybody,
  'get /api/topics': everybody,
  'post /api/topics': everybody,
  'put /api/topics/:id/translations': coordinators,
  'post /api/topics/:id/vote': everybody,
  'post /api/topics/:id/settle': coordinators,
  'get /api/occurrences/:id/questions': everybody,
  'post /api/occurrences/:id/questions': everybody,
  'put /api/occurrences/:id/questions/:question/answer': everybody,
  'post /api/occurrences/:id/questions/:question/carry-over': everybody,
  'get /api/occurrences/:id/agenda': everybody,
  'put /api/occurrences/:id/agenda': coordinators,
  'put /api/occurrences/:id/materials': everybody,
  'put /api/occurrences/:id/notes': everybody,
  'put /api/occurrences/:id/attendance': coordinators,
  'post /api/occurrences/:id/attendance/fetch': coordinators,
  'post /api/occurrences/:id/thanks': coordinators,
  'get /api/occurrences/:id/pulse': everybody,
  'put /api/occurrences/:id/pulse': everybody,
  'get /api/occurrences/:id/news-draft': everybody,
  'get /api/occurrences/:id/news': everybody,
  'put /api/occurrences/:id/news/:news': everybody,
  'get /api/me/sessions': everybody,
  'put /api/me/sessions/:id': everybody,
  'get /api/occurrences/:id/coming': everybody,
  'put /api/occurrences/:id/coming': everybody,
  'get /api/occurrences/:id/coming/:group': coordinators,
  'get /api/series/:id/public-page': everybody,
  'get /api/helper': coordinators,
  'get /api/helper/audit': coordinators,
  'put /api/helper': coordinators,
  'get /api/series/:id/meeting': everybody,
  'post /api/series/:id/meeting': coordinators,
  'get /api/contacts': coordinators,
  'post /api/contacts': coordinators,
  'post /api/contacts/several': coordinators,
  'get /api/contacts/export': coordinators,
  'post /api/contacts/bulk': coordinators,
  'post /api/contacts/bulk/:id/undo': coordinators,
  'get /api/contacts/:id/mails': coordinators,
  'get /api/contacts/:id/replies': coordinators,
  'post /api/contacts/:id/ask': coordinators,
  'get /api/contacts/welcome-preview': coordinators,
  'get /api/contacts/imports': coordinators,
  'get /api/contacts/imports/planned': coordinators,
  'post /api/contacts/imports': coordinators,
  'get /api/contacts/imports/:id': coordinators,
  'put /api/contacts/imports/:id': coordinators,
  'del /api/contacts/imports/:id': coordinators,
  'get /api/contacts/imports/:id/rows/:chunk': coordinators,
  'post /api/contacts/imports/:id/rows/:chunk': coordinators,
  'put /api/contacts/imports/:id/rows/:chunk/:row': coordinators,
  'post /api/contacts/imports/:id/start': coordinators,
  'post /api/contacts/imports/:id/undo': coordinators,
  'post /api/contacts/imports/:id/stop-send': coordinators,
  'post /api/contacts/imports/:id/send': coordinators,
  'get /api/contacts/:id': coordinators,
  'get /api/contacts/:id/audit': coordinators,
  'get /api/contacts/removals': coordinators,
  'put /api/contacts/:id': coordinators,
  'del /api/contacts/:id': coordinators,
  'post /api/contacts/:id/stop-key': coordinators,
  'get /agree/:key': 'open',
  'post /agree/:key': 'open',
  'get /stop/:key': 'open',
  'get /stop/:key/calendar/:file': 'open',
  'get /privacy': 'open',
  'get /terms': 'open',
  'get /accessibility': 'open',
  'post /stop/:key': 'open',
  'post /stop/:key/back': 'open',
  'post /stop/:key/choices': 'open',
};

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

/** The path with something in the place of each parameter. */
const pathOf = ({ path }: Route): string =>
  path.replace(':language', 'fi').replace(':month', '2026-11').replace(/:\w+/g, 'nothing-of-the-kind');

/** What no route may answer with a 500. */
const hostileBodies: readonly unknown[] = [
  undefined,
  '',
  '{"a":',
  'null',
  '[]',
  '"text"',
  '{"__proto__":{"admin":true},"constructor":1}',
  { note: 7, reason: [], audit: 'x', basedOn: -1, language: 'de', as: {}, date: '2026-99-99', time: '25:61' },
  { title: '<script>alert(1)</script>${x}', lead: '😀'.repeat(600), body: 'a'.repeat(10_000), basedOn: 0 },
  { newsId: '../../etc', formId: 'a/b#c?d', story: "' or 1 eq 1", waivers: [{}], sections: 'x', weight: 99 },
];

describe('routes and roles', () => {
  let world: HttpWorld;
  let routes: readonly Route[];

  before(async () => {
    world = await httpWorld();
    ({ routes } = world.bigRoom);
  });

  after(() => world.stop());

  it('shows nobody’s name to strangers where people sign in', () => {
    const adapters = { ...testAdapters(), loopbackOnly: false };
    const paths = makeBigRoom(adapters).routes.map(({ path }) => path);
    assert.ok(!paths.includes('/api/people') && paths.includes('/api/session'));
  });

  it('names every route once in the policy', () => {
    assert.deepEqual(routes.map(nameOf).sort(), Object.keys(policy).sort());
  });

  it('lets in just those who may, each role at each route', async () => {
    for (const route of routes) {
      const allowed = policy[nameOf(route)];
      if (allowed === 'open') continue;
      const nobody = await world.ask(route.method, pathOf(route));
      assert.equal(nobody.status, 401, `${nameOf(route)} for nobody`);
      for (const role of roles) {
        const { status } = await world.ask(route.method, pathOf(route), role, {});
        const isDenied = status === 403;
        assert.equal(
          isDenied,
          !(allowed ?? []).includes(role),
          `${nameOf(route)} for ${role}: ${String(status)}`,
        );
      }
    }
  });

  it('answers no bad input with a 500', async () => {
    for (const route of routes.filter(({ method }) => method !== 'get')) {
      for (const body of hostileBodies) {
        const { status } = await world.ask(route.method, pathOf(route), 'coordinator', body);
        assert.ok(status < 500, `${nameOf(route)} with ${JSON.stringify(body)}: ${String(status)}`);
      }
    }
  });

  it('answers no odd address with a 500', async () => {
    const oddities = [
      '%00',
      '..%2f..%2fetc',
      "'%20or%201%20eq%201",
      'a'.repeat(190),
      '%F0%9F%98%80',
      'a%23b%3Fc%5C',
    ];
    for (const route of routes.filter(({ path }) => path.includes(':'))) {
      for (const oddity of oddities) {
        const path = route.path.replace(/:\w+/g, oddity);
        const { status } = await world.ask(route.method, path, 'coordinator', {});
        assert.ok(status < 500, `${nameOf(route)} at ${path}: ${String(status)}`);
      }
    }
  });
});
