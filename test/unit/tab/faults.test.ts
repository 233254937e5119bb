import assert from 'node:assert/strict';
import { ApiError } from '../../../tab/api.js';
import { dateProblem } from '../../../tab/shared/date-fields/typed.js';
import { withoutField } from '../../../tab/shared/problem.js';

describe('what is wrong with a form', () => {
  const refused = new ApiError('input.invalid', 400, [
    { field: 'names.fi', code: 'required' },
    { field: 'names.sv', code: 'required' },
    { field: 'first', code: 'datePast' },
  ]);
  const left = (fault: unknown): string[] =>
    fault instanceof ApiError ? fault.fields.map(({ field }) => field) : [];

  it('goes with the change of the field that it is about, and no other', () => {
    const once = withoutField(refused, 'first');
    assert.deepEqual(left(once), ['names.fi', 'names.sv']);
    assert.deepEqual(left(withoutField(once, 'names.fi')), ['names.sv']);
    assert.deepEqual(left(withoutField(refused, 'name')), left(refused));
  });

  it('is nothing once the last field is changed, or the one that a code means', () => {
    assert.equal(withoutField(withoutField(refused, 'first'), 'names'), undefined);
    assert.equal(withoutField(new ApiError('occurrence.timePassed', 409), 'date'), undefined);
  });

  it('is said of a date that its month has not, apart from what is no date', () => {
    const code = (value: string) => dateProblem(value, {})?.code;
    assert.deepEqual(['31.2.2027', '29.2.2027', '31.4.', '32.1.2027', 'huomenna', '2027-02-28'].map(code), [
      'field.noSuchDay',
      'field.noSuchDay',
      'field.noSuchDay',
      'field.notADate',
      'field.notADate',
      undefined,
    ]);
  });
});
