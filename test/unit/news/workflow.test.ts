import assert from 'node:assert/strict';
import { AppError } from '../../../src/platform/errors.js';
import type { IssueId } from '../../../src/platform/ids.js';
import { applyMove, applyUndo, canMove, moves, type Move } from '../../../src/news/workflow.js';
import { newsStates, type NewsItem, type NewsState, type NewsStateName } from '../../../src/news/types.js';
import { coordinator, newsWorld, submission, worker } from '../../make.js';

const at = '2026-11-23T08:00:00Z';
const by = { id: coordinator.id, name: coordinator.name };

const states: Readonly<Record<NewsStateName, NewsState>> = {
  submitted: { status: 'submitted', at },
  inReview: { status: 'inReview', at, by },
  changesRequested: { status: 'changesRequested', at, by, note: 'Missä?' },
  accepted: { status: 'accepted', at, by },
  rejected: { status: 'rejected', at, by, reason: 'Jo kerrottu' },
  withdrawn: { status: 'withdrawn', at },
};

/** Where each move leads from each state; what is left out is not open. */
const table: Readonly<Record<NewsStateName, Partial<Record<Move, NewsStateName>>>> = {
  submitted: { startReview: 'inReview', withdraw: 'withdrawn' },
  inReview: {
    requestChanges: 'changesRequested',
    accept: 'accepted',
    reject: 'rejected',
    withdraw: 'withdrawn',
  },
  changesRequested: { resubmit: 'submitted', reopen: 'inReview', withdraw: 'withdrawn' },
  accepted: { reopen: 'inReview', withdraw: 'withdrawn' },
  rejected: { reopen: 'inReview' },
  withdrawn: {},
};

const allMoves = [
  'startReview',
  'requestChanges',
  'resubmit',
  'accept',
  'reject',
  'reopen',
  'withdraw',
] as const satisfies readonly Move[];

describe('moves of a news item', () => {
  let submitted: NewsItem;

  before(async () => {
    submitted = (await newsWorld().news.submit(worker, submission())).item;
  });

  const refusal = (item: NewsItem, move: Move): string => {
    try {
      applyMove(item, move, states[moves[move].to] as never);
    } catch (error) {
      if (error instanceof AppError) return `${error.code} ${String(error.details.state)}`;
      throw error;
    }
    return 'open';
  };

  it('are those of the table, and no others', () => {
    assert.deepEqual(Object.keys(moves).sort(), [...allMoves].sort());
  });

  for (const state of newsStates) {
    for (const move of allMoves) {
      const to = table[state][move];
      it(`${move} from ${state}: ${to ?? 'refused'}`, () => {
        const item: NewsItem = { ...submitted, state: states[state] };
        assert.equal(canMove(item, move), to !== undefined);
        if (to === undefined) {
          assert.equal(refusal(item, move), `news.moveNotAllowed ${state}`);
        } else {
          assert.deepEqual(applyMove(item, move, states[to] as never), { ...item, state: states[to] });
        }
      });
    }
  }

  for (const move of allMoves) {
    it(`${move} of a used item: refused`, () => {
      const uses = [{ in: 'newsletter', id: 'issue' as IssueId, number: 1, at }] as const;
      const item: NewsItem = { ...submitted, state: states.accepted, uses };
      assert.equal(canMove(item, move), false);
      const isHeld = move === 'withdraw' || move === 'reopen';
      assert.equal(refusal(item, move), `${isHeld ? 'news.inUse' : 'news.moveNotAllowed'} accepted`);
    });
  }

  it('can be undone to the state before, with its data', () => {
    const item: NewsItem = { ...submitted, state: states.withdrawn };
    assert.deepEqual(applyUndo(item, states.changesRequested).state, states.changesRequested);
  });
});
