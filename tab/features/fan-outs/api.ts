import type { RecipientState } from '../../../src/delivery/fan-out/fan-out.js';
import type { FanOutRecipientsAnswer } from '../../../src/shared/answers/sends.js';
import type { Api } from '../../api.js';

/** Who gets a send, page by page. */
export function recipientsApi(api: Api, sendId: string) {
  const path = `/api/sends/${sendId}/recipients`;
  return {
    path,
    /** @param is only those in this state */
    list: (is: RecipientState['status'] | undefined, after?: string) =>
      api.get<FanOutRecipientsAnswer>(path, { is, after }),
  };
}
