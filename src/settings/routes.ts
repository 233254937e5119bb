import { del, get, json, overwrite, post, type Call, type Reply, type Route } from '../http/route.js';
import { approvalsOf } from '../people/person.js';
import type { MemberService } from '../people/members.js';
import type { Programmes } from '../people/programmes.js';
import type { PeopleService } from '../people/service.js';
import { AppError } from '../platform/errors.js';
import type { PersonId } from '../platform/ids.js';
import { pageSchema } from '../platform/pages.js';
import { mergedWith } from '../platform/seen.js';
import { parse } from '../platform/validation.js';
import type {
  ApprovalsAnswer,
  MemberAnswer,
  MembersAnswer,
  SettingsAuditAnswer,
} from '../shared/answers/settings.js';
import { approvalsSchema, parseMember, parseNewProgramme, parseProjects, roleSchema } from './input.js';
import { shownMember } from './member.js';

interface Deps {
  readonly people: Pick<PeopleService, 'programme' | 'approvals' | 'setApprovals' | 'audit' | 'hasFeed'>;
  readonly members: MemberService;
  /** Absent where there can be one programme alone. */
  readonly programmes?: Programmes | undefined;
}

/** An id that no directory gives names nobody; it is not asked for in storage. */
function idOf({ params }: Call): PersonId {
  const id = params.id ?? '';
  if (!/^[\w-]{1,64}$/.test(id)) throw new AppError('person.notFound', { id });
  return id as PersonId;
}

/** What admins set: people and their roles, and how many approve. */
export function settingsRoutes({ people, members, programmes }: Deps): Route[] {
  const answer = (member: Parameters<typeof shownMember>[0]): Reply =>
    json({ member: shownMember(member, people.hasFeed) } satisfies MemberAnswer);
  return [
    get('/api/people-and-roles', 'people:manage', async ({ person }) => {
      const all = await members.all(person);
      return json({
        members: all.map((member) => shownMember(member, people.hasFeed)),
      } satisfies MembersAnswer);
    }),
    get('/api/people-and-roles/audit', 'audit:see', async ({ person, query }) =>
      json((await members.audit(person, parse(pageSchema, query).after)) satisfies SettingsAuditAnswer),
    ),
    post('/api/people-and-roles', 'people:manage', async ({ person, body }) =>
      answer(await members.add(person, parseMember(body, await people.programme()))),
    ),
    overwrite('put', '/api/people-and-roles/:id/role', 'people:manage', async (call) => {
      const { role } = parse(roleSchema, call.body);
      return answer(await members.setRole(call.person, idOf(call), role, call.seen));
    }),
    overwrite('put', '/api/people-and-roles/:id/projects', 'people:manage', async (call) => {
      const projects = parseProjects(call.body, await people.programme());
      return answer(await members.setProjects(call.person, idOf(call), projects, call.seen));
    }),
    del('/api/people-and-roles/:id', 'people:manage', async (call) =>
      answer(await members.remove(call.person, idOf(call))),
    ),
    post('/api/programmes', 'programme:manage', async ({ person, body }) => {
      if (programmes === undefined) throw new AppError('permission.denied');
      return { json: { programme: await programmes.add(person, parseNewProgramme(body)) }, status: 201 };
    }),
    get('/api/programme/approvals', 'programme:manage', async () =>
      json({ approvals: await people.approvals() } satisfies ApprovalsAnswer),
    ),
    get('/api/programme/approvals/audit', 'audit:see', async ({ query }) =>
      json((await people.audit('approvals', parse(pageSchema, query).after)) satisfies SettingsAuditAnswer),
    ),
    overwrite('put', '/api/programme/approvals', 'programme:manage', async ({ person, body, seen }) => {
      const mine = parse(approvalsSchema, body);
      const approvals = await people.setApprovals(person, (current) =>
        approvalsOf({ approvals: parse(approvalsSchema, mergedWith(seen, { ...mine }, { ...current })) }),
      );
      return json({ approvals } satisfies ApprovalsAnswer);
    }),
  ];
}
