import type { IssueView } from '../../../../src/newsletter/view.js';
import { ApiError } from '../../../api.js';
import { useText } from '../../../shared/context.js';
import { useAlthough } from '../../../shared/writing/although.js';
import type { IssueHere } from '../use-issue.js';

/** Somebody changed a story or a text after it was looked at. */
const isSuperseded = ({ code }: ApiError): boolean => code === 'text.conflict';

/** Approves an issue as it is on the screen. @returns whether something in it was changed since, so that it was not approved */
export function useApprove(
  issue: IssueView,
  here: IssueHere,
): (waivers: readonly object[]) => Promise<boolean> {
  const { t } = useText();
  const although = useAlthough();
  return async (waivers) => {
    const error = await here.change(
      () =>
        although((isMeant) =>
          here.api.approve({ waivers, seen: issue.stamp, ...(isMeant && { although: true }) }),
        ),
      t('newsletter.approve.done', { number: issue.number }),
      { quiet: isSuperseded },
    );
    return error instanceof ApiError && isSuperseded(error);
  };
}
