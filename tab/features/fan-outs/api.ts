import type { RecipientState } from '../../../src/delivery/fan-out/fan-out.js';
import type { ImportListAnswer, ImportView } from '../../../src/shared/answers/imports.js';
import type { FanOutRecipientsAnswer } from '../../../src/shared/answers/fan-outs.js';
import type { Api } from '../../api.js';

/** The imports whose invitations are still to leave. */
export async function listPlanned(api: Api): Promise<readonly ImportView[]> {
  return (await api.get<ImportListAnswer>('/api/contacts/imports/planned')).lines;
}

/** Who gets a fan-out, page by page. */
export function recipientsApi(api: Api, fanOutId: string) {
  const path = `/api/sends/${fanOutId}/recipients`;
  return {
    path,
    /** @param is only those in this state */
    list: (is: RecipientState['status'] | undefined, after?: string) =>
      api.get<FanOutRecipientsAnswer>(path, { is, after }),
  };
}
