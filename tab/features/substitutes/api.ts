import type { SubstitutionAnswer, SubstitutionsAnswer } from '../../../src/shared/answers/substitutes.js';
import type { Api } from '../../api.js';

const path = '/api/substitutes';

export function listSubstitutions(api: Api): Promise<SubstitutionsAnswer> {
  return api.get(path);
}

/** Who acts for whom, as the form has it; for oneself without `absent`. */
export interface SubstitutionForm {
  readonly formId: string;
  readonly absent?: string;
  readonly substitute: string;
  readonly from: string;
  readonly to: string;
  readonly note?: string;
}

export function setSubstitute(api: Api, form: SubstitutionForm): Promise<SubstitutionAnswer> {
  return api.post(path, form);
}

export function endSubstitution(api: Api, absent: string, id: string): Promise<SubstitutionAnswer> {
  return api.post(`${path}/${absent}/${id}/end`, {});
}

export function restoreSubstitution(api: Api, absent: string, id: string): Promise<SubstitutionAnswer> {
  return api.post(`${path}/${absent}/${id}/restore`, {});
}
