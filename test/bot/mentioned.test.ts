import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { type Direction, mentionedIn } from '../../bot/features/sessions/mentioned.js';

/** A Monday. */
const monday = Temporal.PlainDate.from('2026-11-30');

function days(text: string, direction: Direction = 'ahead', today = monday): string[] {
  return mentionedIn(text, today, direction).days.map(({ first, last }) =>
    first === last ? first : `${first}/${last}`,
  );
}

describe('bot: the session that a sentence names', () => {
  const dates: Readonly<Record<string, readonly string[]>> = {
    'en pääse tiistaina': ['2026-12-01'],
    'en pääse 1.12.': ['2026-12-01'],
    'en pääse 1.12.2026 klo 9.30': ['2026-12-01'],
    'en pääse 5.1.': ['2027-01-05'],
    'en pääse 24.11.': ['2026-11-24'],
    'tiistaina 1. joulukuuta': ['2026-12-01'],
    'joudun jättämään ensi tiistain väliin': ['2026-12-01', '2026-12-08'],
    'mitä ensi viikolla on': ['2026-12-07/2026-12-13'],
    'esitetäänkö me tällä viikolla': ['2026-11-30/2026-12-06'],
    'en pääse huomenna': ['2026-12-01'],
    'onko tänään hankeradio': ['2026-11-30'],
    'mitä joulukuussa on': ['2026-12-01/2026-12-31'],
    'jag kan inte komma på tisdag': ['2026-12-01'],
    'jag kan inte komma nästa tisdag': ['2026-12-01', '2026-12-08'],
    'vi kan inte delta 1.12': ['2026-12-01'],
    'vi kommer den 1 december': ['2026-12-01'],
    'tisdagens möte': ['2026-12-01'],
    'i morgon': ['2026-12-01'],
    'är det något nästa vecka': ['2026-12-07/2026-12-13'],
    "I can't come on Tuesday": ['2026-12-01'],
    'is there hankeradio next Tuesday': ['2026-12-01', '2026-12-08'],
    "we can't make it on 1 December": ['2026-12-01'],
    'on December 1st': ['2026-12-01'],
    'the 1st of December': ['2026-12-01'],
    'may I ask something': [],
    'alkaako se klo 9.30': [],
    'en pääse 31.2.': [],
    'lomalla 14.12.–3.1.': ['2026-12-14/2027-01-03'],
    'lomalla 14.–20.12.': ['2026-12-14/2026-12-20'],
    'semester 14.12-20.12': ['2026-12-14/2026-12-20'],
    'haluan tallenteen huomisesta': ['2026-12-01'],
    'en tule huomiseen': ['2026-12-01'],
    'mistä linkistä pääsen': [],
  };
  for (const [text, expected] of Object.entries(dates))
    it(`${expected.join(' or ') || 'no day'}: "${text}"`, () => {
      assert.deepEqual(days(text), expected);
    });

  it('takes a weekday for today on that day, and "next" for the one after', () => {
    const tuesday = Temporal.PlainDate.from('2026-12-01');
    assert.deepEqual(days('pääsen tiistaina', 'ahead', tuesday), ['2026-12-01']);
    assert.deepEqual(days('pääsen ensi tiistaina', 'ahead', tuesday), ['2026-12-08', '2026-12-15']);
  });

  it('looks back where a last time is asked for', () => {
    assert.deepEqual(days('tiistain tallenne', 'back'), ['2026-11-24', '2026-11-17']);
    assert.deepEqual(days('3.11. tallenne', 'back'), ['2026-11-03']);
    assert.deepEqual(days('5.12. tallenne', 'back'), ['2026-12-05']);
    assert.deepEqual(days('20.12. tallenne', 'back'), ['2025-12-20', '2026-12-20']);
    assert.deepEqual(days('mitä viime viikolla oli', 'back'), ['2026-11-23/2026-11-29']);
  });

  it('knows the kind by its names in three languages, and not the bot by its own', () => {
    const kind = (text: string) => mentionedIn(text, monday, 'ahead').kind;
    assert.equal(kind('hankeraadioon'), 'hankeradio');
    assert.equal(kind('projektradion'), 'hankeradio');
    assert.equal(kind('big roomiin'), 'bigRoom');
    assert.equal(kind('koulutukseen'), 'training');
    assert.equal(kind('<at>Big Room</at> en pääse tiistaina'), undefined);
  });
});
