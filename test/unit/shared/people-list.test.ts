import assert from 'node:assert/strict';
import { readColleagues } from '../../../src/shared/people-list.js';

const [first, second, third] = [1, 2, 3].map(
  (number) => `1f0c2a9e-0000-4000-8000-00000000000${String(number)}`,
) as [string, string, string];

const read = (text: string, here: readonly string[] = []) =>
  readColleagues(text, new Set(here)).map(({ name, id, what }) => [name, id, what]);

describe('a pasted list of colleagues', () => {
  it('has one a line, in whichever order and with whichever separator', () => {
    const text = [
      `Display name\tObject ID\tMail`,
      `Eeva Esimerkki\t${first}\teeva@example.org`,
      `${second.toUpperCase()};Sven Sundberg;sven@example.org`,
      ``,
      `"Maija Meri" <maija@example.org>, {${third}}`,
    ].join('\r\n');
    assert.deepEqual(read(text), [
      ['Eeva Esimerkki', first, 'add'],
      ['Sven Sundberg', second, 'add'],
      ['Maija Meri', third, 'add'],
    ]);
  });

  it('says of each line what comes of it, and loses none', () => {
    const text = [
      `Eeva Esimerkki\t${first}`,
      `Eeva E.\t${first}`,
      `Sven Sundberg\t${second}`,
      `Maija Meri\tmaija@example.org`,
      third,
    ].join('\n');
    assert.deepEqual(read(text, [second]), [
      ['Eeva Esimerkki', first, 'add'],
      ['Eeva E.', first, 'twice'],
      ['Sven Sundberg', second, 'here'],
      ['Maija Meri', '', 'noId'],
      ['', third, 'noName'],
    ]);
  });

  it('takes a name with a comma for one where tabs part the cells', () => {
    assert.deepEqual(read(`Esimerkki, Eeva\t${first}`), [['Esimerkki, Eeva', first, 'add']]);
    assert.deepEqual(read('  \n\t\n'), []);
  });
});
