import type { Approvals } from '../../../src/people/person.js';
import type { Role } from '../../../src/platform/actor.js';
import type { ApprovalsAnswer, MemberAnswer, MembersAnswer } from '../../../src/shared/answers/settings.js';
import type { Names } from '../../../src/settings/input.js';
import type { NamedProgramme } from '../../../src/people/person.js';
import type { ProgrammeLink } from '../../../src/shared/answers/people.js';
import type {
  ChecksAnswer,
  DirectoryAnswer,
  ProgrammeAnswer,
  ProjectsAnswer,
} from '../../../src/shared/answers/set-up.js';
import type { Language } from '../../../src/shared/languages.js';
import type { Fields } from '../../../src/shared/merge.js';
import type { Api } from '../../api.js';

const membersPath = '/api/people-and-roles';
/** Who gave which role to whom. */
export const membersAuditPath = `${membersPath}/audit`;
const approvalsPath = '/api/programme/approvals';
export const approvalsAuditPath = `${approvalsPath}/audit`;

/** Everybody, those too who were removed. */
export function listMembers(api: Api): Promise<MembersAnswer> {
  return api.get(membersPath);
}

/** Somebody who is to be added, as the form has them. */
export interface NewMemberForm {
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  readonly role: Role;
  readonly projects: readonly string[];
}

export function addMember(api: Api, member: NewMemberForm): Promise<MemberAnswer> {
  return api.post(membersPath, member);
}

/** @param seen what it replaces; so with the others */
export function setRole(api: Api, id: string, role: Role, seen: Fields): Promise<MemberAnswer> {
  return api.put(`${membersPath}/${id}/role`, { role, seen });
}

export function setProjects(
  api: Api,
  id: string,
  projects: readonly string[],
  seen: Fields,
): Promise<MemberAnswer> {
  return api.put(`${membersPath}/${id}/projects`, { projects, seen });
}

export function removeMember(api: Api, id: string): Promise<MemberAnswer> {
  return api.del(`${membersPath}/${id}`);
}

export function getApprovals(api: Api): Promise<ApprovalsAnswer> {
  return api.get(approvalsPath);
}

export function putApprovals(api: Api, approvals: Approvals, seen: Approvals): Promise<ApprovalsAnswer> {
  return api.put(approvalsPath, { ...approvals, seen });
}

const programmePath = '/api/programme';
export const programmeAuditPath = `${programmePath}/audit`;
const projectsPath = `${programmePath}/projects`;
export const projectsAuditPath = `${projectsPath}/audit`;

/** The first programme, as the form has it. */
export interface FirstProgrammeForm extends NamedProgramme {
  readonly projects: readonly { readonly names: Names }[];
}

export function beginProgramme(api: Api, form: FirstProgrammeForm): Promise<unknown> {
  return api.post(programmePath, form);
}

export function getProgramme(api: Api): Promise<ProgrammeAnswer> {
  return api.get(programmePath);
}

export function putProgramme(api: Api, programme: NamedProgramme, seen: Fields): Promise<ProgrammeAnswer> {
  return api.put(programmePath, { ...programme, seen });
}

/** All projects, archived ones too. */
export function listProjects(api: Api): Promise<ProjectsAnswer> {
  return api.get(projectsPath);
}

/** @param formId the same form is one project. */
export function addProject(api: Api, formId: string, names: Names): Promise<ProjectsAnswer> {
  return api.post(projectsPath, { formId, names });
}

export function renameProject(api: Api, id: string, names: Names, seen: Fields): Promise<ProjectsAnswer> {
  return api.put(`${projectsPath}/${id}`, { names, seen });
}

export function archiveProject(api: Api, id: string): Promise<ProjectsAnswer> {
  return api.post(`${projectsPath}/${id}/archive`, {});
}

export function restoreProject(api: Api, id: string): Promise<ProjectsAnswer> {
  return api.post(`${projectsPath}/${id}/restore`, {});
}

/** What is outside, as it is set. */
export function listChecks(api: Api): Promise<ChecksAnswer> {
  return api.get('/api/checks');
}

/** Whom the directory knows by the beginning of a name, or why it can't be asked. */
export function findInDirectory(api: Api, text: string): Promise<DirectoryAnswer> {
  return api.get(`/api/directory?text=${encodeURIComponent(text)}`);
}

/** @param name part of its addresses. */
export function addProgramme(
  api: Api,
  name: string,
  names: Names,
): Promise<{ readonly programme: ProgrammeLink }> {
  return api.post('/api/programmes', { name, names });
}
