import type { IssueView } from '../../../../src/newsletter/view.js';
import { ApiError } from '../../../api.js';
import { useText } from '../../../shared/context.js';
import { useAlthough } from '../../../shared/writing/although.js';
import type { IssueHere } from '../use-issue.js';

/** Somebody changed a story or a text after it was looked at. */
export const isSuperseded = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'text.conflict';

/**
 * Approves an issue as it is on the screen.
 * @returns the error where it was refused: the dialog says it, and elsewhere it has been said unless something was changed since
 */
export function useApprove(
  issue: IssueView,
  here: IssueHere,
): (waivers: readonly object[], isInDialog?: boolean) => Promise<unknown> {
  const { t } = useText();
  const although = useAlthough();
  return (waivers, isInDialog = false) =>
    here.change(
      () =>
        although((isMeant) =>
          here.api.approve({ waivers, seen: issue.stamp, ...(isMeant && { although: true }) }),
        ),
      ({ issue: { status, number } }) =>
        t(status === 'approved' ? 'newsletter.approve.done' : 'newsletter.approve.done.first', { number }),
      { quiet: (error) => isInDialog || isSuperseded(error) },
    );
}
