import assert from 'node:assert/strict';
import { arranged, type PageAction } from '../../../tab/shared/page-actions.js';

const action = (key: string, more: Partial<PageAction> = {}): PageAction => ({
  key,
  icon: undefined as unknown as PageAction['icon'],
  text: key,
  run: () => undefined,
  ...more,
});

const keys = (actions: readonly PageAction[], isNarrow: boolean): string => {
  const { inView, hidden } = arranged(actions, isNarrow);
  return [inView, hidden].map((some) => some.map(({ key }) => key).join()).join(' | ');
};

describe('the actions of a page', () => {
  const cancel = action('cancel');
  const publish = action('publish', { look: 'secondary' });
  const note = action('note', { isSeldom: true });
  const schedule = action('schedule', { look: 'primary' });

  it('all stand in view on a wide page, but for those that are done seldom', () => {
    assert.equal(keys([cancel, note, publish, schedule], false), 'cancel,publish,schedule | note');
  });

  it('are the primary one on a narrow page, with the others behind "more"', () => {
    assert.equal(keys([cancel, note, publish, schedule], true), 'schedule | cancel,note,publish');
    assert.equal(keys([cancel, schedule], true), 'schedule | cancel');
    assert.equal(keys([schedule], true), 'schedule | ');
  });

  it('stand in view on a narrow page where there are two and none is the primary one', () => {
    assert.equal(keys([cancel, publish], true), 'cancel,publish | ');
    assert.equal(keys([cancel, publish, action('restore')], true), ' | cancel,publish,restore');
  });
});
