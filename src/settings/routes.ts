import { del, get, json, overwrite, post, put, type Call, type Reply, type Route } from '../http/route.js';
import { approvalsOf, type Project } from '../people/person.js';
import type { MemberService } from '../people/members.js';
import type { Programmes } from '../people/programmes.js';
import type { PeopleService } from '../people/service.js';
import { AppError } from '../platform/errors.js';
import type { PersonId, ProjectId } from '../platform/ids.js';
import { pageSchema } from '../platform/pages.js';
import { mergedWith } from '../platform/seen.js';
import { parse } from '../platform/validation.js';
import type {
  ApprovalsAnswer,
  MemberAnswer,
  MembersAnswer,
  SettingsAuditAnswer,
} from '../shared/answers/settings.js';
import type {
  ChecksAnswer,
  DirectoryAnswer,
  Finding,
  FindingAnswer,
  ProgrammeAnswer,
  ProgrammeAuditAnswer,
  ProjectsAnswer,
} from '../shared/answers/set-up.js';
import type { CheckService } from './check.js';
import { checklistOf, type Facts } from './checklist.js';
import type { Directory } from './directory.js';
import {
  approvalsSchema,
  checklistSchema,
  directorySchema,
  parseMember,
  parseNewProgramme,
  parseProjects,
  roleSchema,
  trySchema,
} from './input.js';
import type { ProgrammeService } from './programme.js';
import { shownMember } from './member.js';

interface Deps {
  readonly programme: ProgrammeService;
  readonly checks: CheckService;
  readonly directory?: Directory | undefined;
  /** What of the checklist other features know. */
  readonly facts: () => Promise<Pick<Facts, 'hasHelper' | 'hasSeries'>>;
  readonly people: Pick<
    PeopleService,
    'programme' | 'storedProgramme' | 'all' | 'approvals' | 'setApprovals' | 'audit' | 'hasFeed'
  >;
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

/** An id that we never gave names no project. */
function projectOf({ params }: Call): ProjectId {
  return (params.id ?? '') as ProjectId;
}

/** What admins set: the programme and its projects, what is outside, people and their roles, and how many approve. */
export function settingsRoutes({
  people,
  members,
  programmes,
  programme,
  checks,
  directory,
  facts,
}: Deps): Route[] {
  const answer = (member: Parameters<typeof shownMember>[0]): Reply =>
    json({ member: shownMember(member, people.hasFeed) } satisfies MemberAnswer);
  const withNamesakes = async (projects: readonly Project[]): Promise<Reply> =>
    json({
      projects,
      namesakes: (await programmes?.namesakes(projects)) ?? [],
    } satisfies ProjectsAnswer);
  const checklist = async (): Promise<Reply> => {
    const [stored, everybody, others] = await Promise.all([people.storedProgramme(), people.all(), facts()]);
    return json(checklistOf({ programme: stored, people: everybody, checks: checks.all(), ...others }));
  };
  const finding = (found: Finding): Reply => json({ finding: found } satisfies FindingAnswer);
  return [
    post('/api/programme', 'programme:manage', async ({ person, body }) => {
      await programme.begin(person, body);
      return { json: {}, status: 201 };
    }),
    get('/api/programme', 'programme:manage', async ({ person }) => {
      const { names, languages } = await programme.get(person);
      return json({ programme: { names, languages } } satisfies ProgrammeAnswer);
    }),
    overwrite('put', '/api/programme', 'programme:manage', async ({ person, body, seen }) =>
      json({ programme: await programme.set(person, body, seen) } satisfies ProgrammeAnswer),
    ),
    get('/api/programme/audit', 'audit:see', async ({ query }) =>
      json((await people.audit('programme', parse(pageSchema, query).after)) satisfies ProgrammeAuditAnswer),
    ),
    get('/api/programme/projects', 'programme:manage', async ({ person }) =>
      withNamesakes((await programme.get(person)).projects),
    ),
    get('/api/programme/projects/audit', 'audit:see', async ({ query }) =>
      json((await people.audit('projects', parse(pageSchema, query).after)) satisfies ProgrammeAuditAnswer),
    ),
    post('/api/programme/projects', 'programme:manage', async ({ person, body }) =>
      withNamesakes(await programme.addProject(person, body)),
    ),
    overwrite('put', '/api/programme/projects/:id', 'programme:manage', async (call) =>
      withNamesakes(await programme.renameProject(call.person, projectOf(call), call.body, call.seen)),
    ),
    post('/api/programme/projects/:id/archive', 'programme:manage', async (call) =>
      withNamesakes(await programme.archiveProject(call.person, projectOf(call))),
    ),
    post('/api/programme/projects/:id/restore', 'programme:manage', async (call) =>
      withNamesakes(await programme.restoreProject(call.person, projectOf(call))),
    ),
    get('/api/programme/checklist', 'programme:manage', checklist),
    put('/api/programme/checklist', 'programme:manage', async ({ person, body }) => {
      await programme.dismissChecklist(person, parse(checklistSchema, body).isDismissed);
      return checklist();
    }),
    get('/api/checks', 'programme:manage', () =>
      Promise.resolve(json({ checks: checks.all() } satisfies ChecksAnswer)),
    ),
    post('/api/checks/:id', 'programme:manage', async ({ person, params, body }) => {
      const { address } = parse(trySchema, body ?? {});
      return finding(
        await checks.try(params.id ?? '', { person, ...(address !== undefined && { address }) }),
      );
    }),
    get('/api/directory', 'people:manage', async ({ query }) => {
      const { text } = parse(directorySchema, query);
      const found = await directory?.find(text);
      if (found === undefined) return finding({ result: 'fails', code: 'noDirectory' });
      if (!('people' in found)) return finding(found);
      const here = new Set((await people.all()).map(({ id }) => id as string));
      return json({
        ...found,
        people: found.people.map((one) => ({ ...one, isHere: here.has(one.id.toLowerCase()) })),
      } satisfies DirectoryAnswer);
    }),
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
      const projects = parseProjects(call.body, await people.storedProgramme());
      return answer(await members.setProjects(call.person, idOf(call), projects, call.seen));
    }),
    del('/api/people-and-roles/:id', 'people:manage', async (call) =>
      answer(await members.remove(call.person, idOf(call))),
    ),
    post('/api/programmes', 'programme:manage', async ({ person, body }) => {
      const wanted = parseNewProgramme(body);
      if (programmes === undefined) throw new AppError('permission.denied');
      return { json: { programme: await programmes.add(person, wanted) }, status: 201 };
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
