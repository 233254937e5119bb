import assert from 'node:assert/strict';
import { keyName } from '../../../tab/shared/keys.js';

const press = (key: string, more = {}) =>
  keyName({ key, ctrlKey: false, metaKey: false, altKey: false, defaultPrevented: false, ...more });

describe('the name of a pressed key', () => {
  it('is the key itself, letters in lower case', () => {
    assert.equal(press('j'), 'j');
    assert.equal(press('J'), 'j');
    assert.equal(press('?'), '?');
    assert.equal(press('ArrowDown'), 'ArrowDown');
  });

  it('distinguishes Ctrl and Cmd from the bare key', () => {
    assert.equal(press('z', { ctrlKey: true }), 'mod+z');
    assert.equal(press('a', { metaKey: true }), 'mod+a');
  });

  it('is nothing for a key that somebody has used, or with Alt', () => {
    assert.equal(press('j', { defaultPrevented: true }), undefined);
    assert.equal(press('j', { altKey: true }), undefined);
  });
});
