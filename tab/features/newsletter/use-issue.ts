import { useCallback, useState } from 'react';
import type { IssueAnswer } from '../../../src/shared/answers/newsletter.js';
import type { IssueView } from '../../../src/newsletter/view.js';
import { ApiError } from '../../api.js';
import { useShell, useText } from '../../shared/context.js';
import { useFresh } from '../../shared/use-fresh.js';
import { useLoad, type Loaded } from '../../shared/use-load.js';
import { issueApi, type IssueApi } from './api.js';

/** An issue on view, and the one way to change it. */
export interface IssueHere {
  readonly loaded: Loaded<IssueAnswer>;
  readonly api: IssueApi;
  /** Grows with each change, and with one that was refused as others changed something, for what is drawn from the issue, such as its mail. */
  readonly round: number;
  /**
   * Makes a change, shows what came of it, and says so with an undo. With `meanwhile` the change is seen before the
   * server answers. A change that the person gave up gives nothing, and nothing is said. Gives the error of a change that was
   * refused; `quiet` leaves saying it to the caller.
   */
  readonly change: (
    make: () => Promise<IssueAnswer | undefined>,
    /** What was done, in words, once it is known what came of it. */
    said: string | ((answer: IssueAnswer) => string),
    more?: ChangeMore,
  ) => Promise<unknown>;
  /** Shows what came of a change that says so itself. */
  readonly show: (answer: IssueAnswer) => void;
  /** Looks again, quietly: an item's text was changed. */
  readonly refresh: () => void;
}

export interface ChangeMore {
  readonly meanwhile?: IssueView;
  /** The change is there to take the approval back, and says so itself. */
  readonly isUnapproving?: boolean;
  readonly quiet?: (error: ApiError) => boolean;
}

/** Whether the issue is still being put together: not approved, nor on its way. */
const isBeingMade = ({ status: state }: IssueView): boolean => state === 'collecting' || state === 'drafting';

/** Whether somebody has approved it: an approval that is taken away is named. */
const hasApproval = ({ status, approvals }: IssueView): boolean =>
  status === 'approved' || approvals.first !== undefined;

export function useIssue(id: string): IssueHere {
  const { api: server, notify, fail } = useShell();
  const { t } = useText();
  const api = issueApi(server, id);
  const loaded = useLoad(api.path, api.get);
  const [round, setRound] = useState(0);
  const { set, refresh } = loaded;
  useFresh(refresh);

  const show = useCallback(
    (answer: IssueAnswer): void => {
      set(answer);
      setRound((number) => number + 1);
    },
    [set],
  );

  const change = async (
    make: () => Promise<IssueAnswer | undefined>,
    saying: string | ((answer: IssueAnswer) => string),
    { meanwhile, quiet, isUnapproving = false }: ChangeMore = {},
  ): Promise<unknown> => {
    const before = loaded.state === 'ready' ? loaded.value.issue : undefined;
    const wasApproved = before !== undefined && hasApproval(before);
    if (meanwhile !== undefined) set({ issue: meanwhile });
    try {
      const answer = await make();
      if (answer === undefined) return undefined;
      show(answer);
      const { undo } = answer;
      const said = typeof saying === 'string' ? saying : saying(answer);
      const isTaken =
        wasApproved && !isUnapproving && !hasApproval(answer.issue) && isBeingMade(answer.issue);
      notify(
        isTaken ? `${said.replace(/\.$/, '')}. ${t('newsletter.approvalTaken')}` : said,
        undo === undefined ? undefined : async () => show(await api.undo(undo)),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError && quiet?.(error) === true)) fail(error);
      // Quietly: what was written on the page, or in a dialog on it, stays whatever comes of this.
      refresh();
      setRound((number) => number + 1);
      return error;
    }
  };
  return { loaded, api, round, change, show, refresh };
}
