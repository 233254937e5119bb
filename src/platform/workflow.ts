import { AppError, type ErrorCode } from './errors.js';

interface State<Status extends string> {
  readonly status: Status;
}

/** Each move: the statuses it may start from, and the one, or one of those, it ends in; without `to` it keeps the state. */
type MoveTable<Status extends string> = Readonly<
  Record<string, { readonly from: readonly Status[]; readonly to?: Status | readonly Status[] }>
>;

/** The states in which a move may end; none where it keeps the state. */
type StateAfter<
  S extends State<string>,
  Moves extends MoveTable<S['status']>,
  M extends keyof Moves,
> = Moves[M] extends { readonly to: infer To }
  ? Extract<S, State<To extends readonly (infer Each extends string)[] ? Each : To & string>>
  : never;

interface Holder<S> {
  readonly id: string;
  readonly state: S;
}

/** What a workflow needs beside its table. */
interface Options<Value, Move> {
  /** The error of a move that the status does not allow. */
  readonly error: ErrorCode | ((value: Value, move: Move) => ErrorCode);
  /** What else forbids a move that the status allows, as the error to throw. */
  readonly forbids?: (value: Value, move: Move) => ErrorCode | undefined;
}

/**
 * A workflow as one table of moves; nothing else sets a state.
 *
 *     const { canMove, applyMove } = workflow<NewsItem>()(moves, { error: 'news.moveNotAllowed' });
 *
 * An undo is the one move that no table lists: it restores the state of before.
 */
export function workflow<Value extends Holder<State<string>>>() {
  type S = Value['state'];
  return <const Moves extends MoveTable<S['status']>>(
    moves: Moves,
    { error, forbids }: Options<Pick<Value, never> & Value, keyof Moves & string>,
  ) => {
    type Move = keyof Moves & string;

    function isFrom(value: Pick<Value, 'state'>, move: Move): boolean {
      const from: readonly string[] = moves[move]?.from ?? [];
      return from.includes(value.state.status);
    }

    function faultOf(value: Value, move: Move): ErrorCode | undefined {
      if (isFrom(value, move)) return forbids?.(value, move);
      return typeof error === 'function' ? error(value, move) : error;
    }

    /** @throws AppError with the error of the table and `{ id, move, state }`, `state` being the status in which it is. */
    function requireMove(value: Value, move: Move): void {
      const code = faultOf(value, move);
      if (code !== undefined) throw new AppError(code, { id: value.id, move, state: value.state.status });
    }

    return {
      moves,
      canMove: (value: Value, move: Move): boolean => faultOf(value, move) === undefined,
      requireMove,
      /** The value after a move, in the state given. @throws AppError as {@link requireMove} does. */
      applyMove: <M extends Move>(
        value: Value,
        move: M,
        next: StateAfter<S, Moves, M>,
      ): Value & { readonly state: StateAfter<S, Moves, M> } => {
        requireMove(value, move);
        return { ...value, state: next };
      },
    };
  };
}
