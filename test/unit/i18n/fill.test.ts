import assert from 'node:assert/strict';
import { t } from '../../../src/i18n/messages.js';
import { textsOf } from '../../../tab/text.js';

describe('a value in a text', () => {
  const texts = {
    added: 'Tiedon antoi {by} {when}.',
    quoted: 'Nyt tässä on: ”{value}”. Tallenna.',
    plain: '{a}, {b}',
  };
  const tab = textsOf({ language: 'fi', texts });
  const added = (values: { by: string; when: string }): string => tab.t('added' as 'sessions.title', values);
  const quoted = (value: string): string => tab.t('quoted' as 'sessions.title', { value });

  it('that ends with a full stop gets no second one', () => {
    assert.equal(added({ by: 'Mari', when: 'la 21.11.' }), 'Tiedon antoi Mari la 21.11.');
    assert.equal(added({ by: 'Mari', when: 'la 21.11. klo 9.00' }), 'Tiedon antoi Mari la 21.11. klo 9.00.');
    assert.equal(t('fi', 'chat.reminder.on', { when: 'ti 1.12.' }), 'Muistutan sinua ti 1.12.');
  });

  it('that ends a sentence by itself, in quotes too, gets no full stop after it', () => {
    assert.equal(quoted('Ainon teksti.'), 'Nyt tässä on: ”Ainon teksti.” Tallenna.');
    assert.equal(quoted('Miksi?'), 'Nyt tässä on: ”Miksi?” Tallenna.');
    assert.equal(quoted('ti 1.12. klo 9.00'), 'Nyt tässä on: ”ti 1.12. klo 9.00”. Tallenna.');
  });

  it('stays as it is where no full stop follows', () => {
    assert.equal(tab.t('plain' as 'sessions.title', { a: 'Miksi?', b: 'la 21.11.' }), 'Miksi?, la 21.11.');
  });
});
