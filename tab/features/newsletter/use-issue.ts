import { useCallback, useState } from 'react';
import type { IssueAnswer } from '../../../src/http/routes/newsletter.js';
import type { IssueView } from '../../../src/newsletter/service.js';
import { ApiError } from '../../api.js';
import { useShell } from '../../shared/context.js';
import { useLoad, type Loaded } from '../../shared/use-load.js';

/** An issue on view, and the one way to change it. */
export interface IssueHere {
  readonly loaded: Loaded<IssueAnswer>;
  /** Grows with each change, and with one that was refused as others changed something, for what is drawn from the issue, such as its mail. */
  readonly round: number;
  /**
   * Makes a change, shows what came of it, and says so with an undo. With `meanwhile` the change is seen before the
   * server answers. Gives the error of a change that was refused; `quiet` leaves saying it to the caller.
   */
  readonly change: (make: () => Promise<IssueAnswer>, said: string, more?: ChangeMore) => Promise<unknown>;
}

export interface ChangeMore {
  readonly meanwhile?: IssueView;
  readonly quiet?: (error: ApiError) => boolean;
}

export function useIssue(id: string): IssueHere {
  const { api, tell, fail } = useShell();
  const path = `/api/newsletter/${id}`;
  const loaded = useLoad(path, () => api.get<IssueAnswer>(path));
  const [round, setRound] = useState(0);
  const { set, reload } = loaded;

  const show = useCallback(
    (answer: IssueAnswer): void => {
      set(answer);
      setRound((number) => number + 1);
    },
    [set],
  );

  const change = async (
    make: () => Promise<IssueAnswer>,
    said: string,
    { meanwhile, quiet }: ChangeMore = {},
  ): Promise<unknown> => {
    if (meanwhile !== undefined) set({ issue: meanwhile });
    try {
      const answer = await make();
      show(answer);
      const { undo } = answer;
      tell(
        said,
        undo === undefined
          ? undefined
          : async () => show(await api.post<IssueAnswer>(`${path}/undo`, { audit: undo })),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError && quiet?.(error) === true)) fail(error);
      reload();
      setRound((number) => number + 1);
      return error;
    }
  };
  return { loaded, round, change };
}
