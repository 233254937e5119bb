import type { Approvals } from '../../../src/people/person.js';
import type { Role } from '../../../src/platform/actor.js';
import type { ApprovalsAnswer, MemberAnswer, MembersAnswer } from '../../../src/shared/answers/settings.js';
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
