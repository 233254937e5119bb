import { type Role, roles } from '../../src/platform/actor.js';
import assert from 'node:assert/strict';
import type { Route } from '../../src/http/route.js';
import { makeBigRoom } from '../../src/compose.js';
import { testAdapters } from '../world/adapters.js';
import { httpWorld, type HttpWorld } from './world.js';

/** Who may use each route, written down a second time and by hand: a route that changes hands must be changed here too. */
const everybody = roles;
const reviewers: readonly Role[] = ['coordinator', 'admin'];
const policy: Readonly<Record<string, readonly Role[] | 'open'>> = {
  'get /healthz': 'open',
  'get /readyz': 'open',
  'get /api/people': 'open',
  'get /api/session': everybody,
  'put /api/session/language': everybody,
  'get /api/overview': everybody,
  'get /api/calendar': everybody,
  'get /api/inbox/views': reviewers,
  'get /api/inbox/now': reviewers,
  'get /api/inbox/reviewers': reviewers,
  'put /api/inbox/present': reviewers,
  'post /api/news': everybody,
  'post /api/news/:id/assign': reviewers,
  'get /api/news': reviewers,
  'get /api/news/mine': everybody,
  'get /api/news/:id': everybody,
  'get /api/news/:id/audit': everybody,
  'get /api/news/:id/messages': everybody,
  'post /api/news/:id/messages': everybody,
  'get /api/news/:id/texts/:language/history': everybody,
  'put /api/news/:id/texts/:language': everybody,
  'post /api/news/:id/texts/:language/ready': everybody,
  'put /api/news/:id/details': everybody,
  'post /api/news/:id/start-review': reviewers,
  'post /api/news/:id/accept': reviewers,
  'post /api/news/:id/reopen': reviewers,
  'post /api/news/:id/request-changes': reviewers,
  'post /api/news/:id/reject': reviewers,
  'post /api/news/:id/messages/settle': reviewers,
  'post /api/news/:id/note': reviewers,
  'post /api/news/:id/withdraw': everybody,
  'post /api/news/:id/resubmit': everybody,
  'post /api/news/:id/undo': everybody,
  'get /api/newsletter': everybody,
  'get /api/newsletter/:id': everybody,
  'get /api/newsletter/:id/stories/:story': everybody,
  'get /api/newsletter/:id/audit': everybody,
  'get /api/news/:id/outlets': everybody,
  'get /api/newsletter/:id/preview': everybody,
  'get /api/newsletter/:id/export': reviewers,
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
  'post /api/newsletter': reviewers,
  'post /api/newsletter/stories': reviewers,
  'post /api/newsletter/stories/several': reviewers,
  'del /api/newsletter/:id/stories/:story': reviewers,
  'del /api/newsletter/:id/stories/:story/words/:language': reviewers,
  'put /api/newsletter/:id/deadline': reviewers,
  'put /api/newsletter/:id/lead': reviewers,
  'put /api/newsletter/:id/letter/:language': reviewers,
  'post /api/newsletter/:id/sent': reviewers,
  'post /api/newsletter/:id/test-mail': reviewers,
  'put /api/newsletter/:id/order': reviewers,
  'put /api/newsletter/:id/stories/:story/weight': reviewers,
  'put /api/newsletter/:id/stories/:story/words/:language': reviewers,
  'post /api/newsletter/:id/approve': reviewers,
  'post /api/newsletter/:id/unapprove': reviewers,
  'post /api/newsletter/:id/arrange': reviewers,
  'post /api/newsletter/:id/undo': reviewers,
  'post /api/releases': reviewers,
  'put /api/releases/:id/texts/:language': reviewers,
  'post /api/releases/:id/cancel': reviewers,
  'post /api/releases/:id/publish': reviewers,
  'post /api/releases/:id/restore': reviewers,
  'post /api/releases/:id/retry': reviewers,
  'post /api/releases/:id/schedule': reviewers,
  'post /api/releases/:id/undo': reviewers,
  'post /api/releases/:id/unschedule': reviewers,
  'post /api/releases/:id/give-up': reviewers,
  'post /api/releases/:id/texts/:language/use-item-text': reviewers,
  'put /api/releases/:id/contact': reviewers,
  'post /api/releases/:id/correct': reviewers,
  'post /api/releases/:id/take-down': reviewers,
  'post /api/releases/:id/put-back': reviewers,
  'get /api/outbox': reviewers,
  'get /api/outbox/audit': reviewers,
  'get /api/unreached': reviewers,
  'post /api/outbox/:id/resolve': reviewers,
  'post /api/outbox/resolve-restored': reviewers,
  'get /api/sessions/year/:year': everybody,
  'get /api/sessions/upcoming': everybody,
  'get /api/sessions/of-meeting': everybody,
  'get /api/sends': reviewers,
  'get /api/sends/:id': reviewers,
  'get /api/sends/:id/audit': reviewers,
  'get /api/sends/:id/recipients': reviewers,
  'post /api/sends/:id/pause': reviewers,
  'post /api/sends/:id/resume': reviewers,
  'post /api/sends/:id/cancel': reviewers,
  'post /api/sends/:id/again': reviewers,
  'get /calendar/:feed/:file': 'open',
  'get /calendar/:feed/:language/:file': 'open',
  'get /api/sessions/presenters-away': reviewers,
  'get /api/days-off': everybody,
  'get /api/days-off/audit': reviewers,
  'post /api/days-off': reviewers,
  'del /api/days-off/:id': reviewers,
  'get /api/series': everybody,
  'get /api/series/:id': everybody,
  'get /api/series/:id/audit': everybody,
  'get /api/occurrences/:id': everybody,
  'get /api/occurrences/:id/audit': everybody,
  'post /api/series': reviewers,
  'post /api/series/preview': reviewers,
  'put /api/series/:id/timing': reviewers,
  'post /api/series/:id/publish': reviewers,
  'del /api/series/:id': reviewers,
  'get /api/series-at-a-glance': reviewers,
  'get /api/series/:id/review': reviewers,
  'put /api/series/:id': reviewers,
  'post /api/series/:id/change-from': reviewers,
  'post /api/series/:id/end': reviewers,
  'post /api/series/:id/feed-key': reviewers,
  'post /api/series/:id/undo': reviewers,
  'post /api/occurrences/:id/move': reviewers,
  'post /api/occurrences/:id/preview': everybody,
  'post /api/series/:id/change-from/preview': reviewers,
  'post /api/series/:id/end/preview': reviewers,
  'post /api/occurrences/:id/cancel': reviewers,
  'post /api/occurrences/:id/restore': reviewers,
  'post /api/occurrences/:id/keep': reviewers,
  'post /api/occurrences/:id/confirm': reviewers,
  'post /api/occurrences/:id/undo': everybody,
  'put /api/occurrences/:id': reviewers,
  'get /api/series/:id/rotation': everybody,
  'put /api/occurrences/:id/turn': reviewers,
  'post /api/occurrences/:id/volunteer': everybody,
  'post /api/occurrences/:id/give-up': everybody,
  'post /api/occurrences/:id/ask-volunteers': reviewers,
  'post /api/occurrences/:id/swap': everybody,
  'post /api/occurrences/:id/swap/answer': everybody,
  'put /api/occurrences/:id/talk': everybody,
  'get /api/me/slots': everybody,
  'get /api/sessions/archive': everybody,
  'get /api/sessions/recent': everybody,
  'get /api/occurrences/:id/thanks': reviewers,
  'get /api/occurrences/:id/wall': everybody,
  'get /j/:code': 'open',
  'post /api/occurrences/:id/questions/:question/vote': everybody,
  'get /api/topics': everybody,
  'post /api/topics': everybody,
  'put /api/topics/:id/translations': reviewers,
  'post /api/topics/:id/vote': everybody,
  'post /api/topics/:id/settle': reviewers,
  'get /api/occurrences/:id/questions': everybody,
  'post /api/occurrences/:id/questions': everybody,
  'put /api/occurrences/:id/questions/:question/answer': everybody,
  'post /api/occurrences/:id/questions/:question/carry-over': everybody,
  'get /api/occurrences/:id/agenda': everybody,
  'put /api/occurrences/:id/agenda': reviewers,
  'put /api/occurrences/:id/materials': everybody,
  'put /api/occurrences/:id/notes': everybody,
  'put /api/occurrences/:id/attendance': reviewers,
  'post /api/occurrences/:id/attendance/fetch': reviewers,
  'post /api/occurrences/:id/thanks': reviewers,
  'get /api/occurrences/:id/pulse': everybody,
  'put /api/occurrences/:id/pulse': everybody,
  'get /api/occurrences/:id/news-draft': everybody,
  'get /api/occurrences/:id/news': everybody,
  'put /api/occurrences/:id/news/:news': everybody,
  'get /api/me/sessions': everybody,
  'put /api/me/sessions/:id': everybody,
  'get /api/occurrences/:id/coming': everybody,
  'put /api/occurrences/:id/coming': everybody,
  'get /api/occurrences/:id/coming/:group': reviewers,
  'get /api/series/:id/public-page': everybody,
  'get /api/helper': reviewers,
  'get /api/helper/audit': reviewers,
  'put /api/helper': reviewers,
  'get /api/series/:id/meeting': everybody,
  'post /api/series/:id/meeting': reviewers,
  'get /api/contacts': reviewers,
  'post /api/contacts': reviewers,
  'post /api/contacts/several': reviewers,
  'get /api/contacts/export': reviewers,
  'post /api/contacts/bulk': reviewers,
  'post /api/contacts/bulk/:id/undo': reviewers,
  'get /api/contacts/:id/mails': reviewers,
  'get /api/contacts/:id/replies': reviewers,
  'post /api/contacts/:id/ask': reviewers,
  'get /api/contacts/welcome-preview': reviewers,
  'get /api/contacts/imports': reviewers,
  'get /api/contacts/imports/planned': reviewers,
  'post /api/contacts/imports': reviewers,
  'get /api/contacts/imports/:id': reviewers,
  'put /api/contacts/imports/:id': reviewers,
  'del /api/contacts/imports/:id': reviewers,
  'get /api/contacts/imports/:id/rows/:chunk': reviewers,
  'post /api/contacts/imports/:id/rows/:chunk': reviewers,
  'put /api/contacts/imports/:id/rows/:chunk/:row': reviewers,
  'post /api/contacts/imports/:id/start': reviewers,
  'post /api/contacts/imports/:id/undo': reviewers,
  'post /api/contacts/imports/:id/stop-send': reviewers,
  'post /api/contacts/imports/:id/send': reviewers,
  'get /api/contacts/:id': reviewers,
  'get /api/contacts/:id/audit': reviewers,
  'get /api/contacts/removals': reviewers,
  'put /api/contacts/:id': reviewers,
  'del /api/contacts/:id': reviewers,
  'post /api/contacts/:id/stop-key': reviewers,
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
