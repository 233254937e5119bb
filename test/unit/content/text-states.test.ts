import assert from 'node:assert/strict';
import { usedStatus, withDeviation, type Deviation } from '../../../src/content/deviation.js';
import { readyText, whoIsWriting } from '../../../src/content/edits.js';
import {
  lackingLanguages,
  reviseText,
  textStatus,
  type TextContent,
  type Texts,
} from '../../../src/content/text.js';
import type { PersonRef } from '../../../src/platform/actor.js';
import { draftOf } from '../../../src/platform/aggregate.js';
import type { PersonId } from '../../../src/platform/ids.js';
import {
  languages,
  publicLanguages,
  type Language,
  type PublicLanguage,
} from '../../../src/shared/languages.js';
import { Fuzzer } from '../../world/fuzz.js';

const at = '2026-11-23T08:00:00Z';
const by: PersonRef = { id: 'kaisa' as PersonId, name: 'Kaisa' };
const context = { at, by, dueAt: at };
const whole = (body = 'Teksti'): TextContent => ({ title: 'Otsikko', lead: '', body });

let written = 0;
const edited = (texts: Texts, language: Language, content = whole(`Teksti ${String(++written)}`)): Texts =>
  reviseText(texts, language, content, by, at).texts;

const readied = (texts: Texts, language: Language): Texts =>
  readyText(draftOf({ id: 'item', texts, auditCount: 0 }), language, context).value.texts;

const both = (texts: Texts) => publicLanguages.map((language) => textStatus(texts, language)).join(' ');

/** `fi` edits Finnish, `fi!` says that it is ready; and so the others. */
function after(steps: string): Texts {
  return steps.split(' ').reduce<Texts>((texts, step) => {
    const language = step.slice(0, 2) as Language;
    return step.endsWith('!') ? readied(texts, language) : edited(texts, language);
  }, {});
}

describe('how far a text is', () => {
  const table: Readonly<Record<string, string>> = {
    // What is written is in progress until somebody says otherwise.
    fi: 'inProgress missing',
    'fi fi!': 'ready missing',
    'fi fi! fi': 'inProgress missing',
    'fi fi! fi fi!': 'ready missing',
    'fi sv': 'inProgress inProgress',
    // A translation that is ready for the first time leaves the original in step, in whichever order.
    'fi fi! sv': 'ready inProgress',
    'fi fi! sv sv!': 'ready ready',
    'fi sv sv! fi!': 'ready ready',
    'fi sv fi! sv!': 'ready ready',
    // One that has moved on and is ready puts the other behind; while it is written nobody has to compare anything.
    'fi fi! sv sv! fi': 'inProgress ready',
    'fi fi! sv sv! fi fi!': 'ready behind',
    'fi fi! sv sv! sv sv!': 'behind ready',
    // A look is enough to catch up, and so is another text; neither puts the first one behind.
    'fi fi! sv sv! fi fi! sv!': 'ready ready',
    'fi fi! sv sv! fi fi! sv': 'ready inProgress',
    'fi fi! sv sv! fi fi! sv sv!': 'ready ready',
    // Once both are in step again, each can move on.
    'fi fi! sv sv! fi fi! sv sv! sv sv!': 'behind ready',
    // Both at once: the one that is ready last has seen the other.
    'fi fi! sv sv! fi sv fi! sv!': 'ready ready',
    'fi fi! sv sv! fi sv sv! fi!': 'ready ready',
    // Whoever looked at a text while it was in progress has seen what is ready later.
    'fi fi! sv sv! fi fi! fi sv! fi!': 'ready ready',
    // English is never owed, but what it says is.
    en: 'missing missing',
    'en en! fi fi!': 'ready missing',
    'en en! fi fi! sv sv!': 'ready ready',
    'en en! fi fi! sv sv! en': 'ready ready',
    'en en! fi fi! sv sv! en en!': 'behind behind',
    'en en! fi fi! sv sv! en en! fi!': 'ready behind',
    'en en! fi fi! sv sv! en en! fi! sv!': 'ready ready',
    'en en! fi fi! sv sv! fi fi!': 'ready behind',
    'fi fi! sv sv! en en!': 'ready ready',
  };

  for (const [steps, wanted] of Object.entries(table)) {
    it(`after ${steps}: ${wanted}`, () => {
      assert.equal(both(after(steps)), wanted);
    });
  }

  it('is never ready where only a title, or a title and a lead, is there', () => {
    for (const content of [
      { title: 'Otsikko', lead: '', body: '' },
      { title: 'Otsikko', lead: 'Ingressi', body: '' },
      { title: '', lead: '', body: 'Teksti' },
    ]) {
      const texts = edited({}, 'fi', content);
      assert.equal(textStatus(texts, 'fi'), 'inProgress');
      assert.throws(() => readied(texts, 'fi'), { code: 'text.missing' });
      assert.deepEqual(lackingLanguages(texts), ['fi', 'sv']);
    }
    assert.throws(() => readied({}, 'fi'), { code: 'text.missing' });
  });

  it('is in progress again where its body was taken away after it was ready', () => {
    const texts = edited(after('fi fi! sv sv!'), 'fi', { title: 'Otsikko', lead: '', body: '' });
    assert.equal(both(texts), 'inProgress ready');
    assert.throws(() => readied(texts, 'fi'), { code: 'text.missing' });
  });

  it('stays in progress through every save of half a body', () => {
    let texts = after('fi fi! sv sv!');
    for (const body of ['Ensim', 'Ensimmäinen', 'Ensimmäinen lause', 'Ensimmäinen lause.']) {
      texts = edited(texts, 'sv', whole(body));
      assert.equal(both(texts), 'ready inProgress');
    }
    assert.equal(both(readied(texts, 'sv')), 'behind ready');
  });

  it('changes nothing when it is said once more', () => {
    const texts = after('fi fi! sv sv!');
    for (const language of publicLanguages) assert.equal(readied(texts, language), texts);
    assert.equal(readied(after('en en!'), 'en').en?.ready, 1);
  });

  it('holds to its rules whatever is done in whichever order', () => {
    const fuzzer = new Fuzzer(20_261_130);
    for (let round = 0; round < 300; round += 1) {
      let texts: Texts = {};
      /** The revisions that whoever said last that a language is ready had before them. */
      const seen: Partial<Record<Language, Texts>> = {};
      for (let step = 0; step < 40; step += 1) {
        const before = texts;
        const language = fuzzer.one([...languages]);
        const others = publicLanguages.filter((other) => other !== language);
        if (fuzzer.chance(0.5)) {
          texts = edited(texts, language);
          // An edit is nobody else's business until it is ready.
          for (const other of others) assert.equal(textStatus(texts, other), textStatus(before, other));
          if (language !== 'en') assert.equal(textStatus(texts, language), 'inProgress');
          continue;
        }
        if (texts[language] === undefined) continue;
        texts = readied(texts, language);
        if (texts !== before) seen[language] = texts;
        if (language !== 'en') assert.equal(textStatus(texts, language), 'ready');
        for (const other of others) {
          const [was, is] = [textStatus(before, other), textStatus(texts, other)];
          const hasMovedOn =
            (before[language]?.ready ?? 0) > 0 && before[language]?.ready !== before[language]?.revision;
          assert.ok(was === is || (was === 'ready' && is === 'behind' && hasMovedOn), `${was} to ${is}`);
        }
        for (const each of publicLanguages) {
          if (textStatus(texts, each) !== 'behind') continue;
          // Nobody is behind what they had before them.
          const isNewer = languages.some(
            (other) => (texts[other]?.ready ?? 0) > (seen[each]?.[other]?.revision ?? 0),
          );
          assert.ok(isNewer);
        }
      }
      // Saying of each language once that it is ready ends it: no two push each other behind for ever.
      texts = publicLanguages.reduce((each, language) => edited(each, language), texts);
      for (let turn = 0; turn < 2; turn += 1)
        for (const language of lackingLanguages(texts)) texts = readied(texts, language);
      assert.deepEqual(lackingLanguages(texts), []);
    }
  });
});

describe('who is in the middle of writing', () => {
  const clara = { id: 'clara' as PersonId, name: 'Clara' };
  const later = (seconds: number, who = by) => ({
    by: who,
    at: new Date(Date.parse(at) + seconds * 1000).toISOString(),
  });
  const typed = reviseText({}, 'sv', whole('Lau'), clara, at).texts;

  it('is whoever saved an unready text within the last 30 seconds, and not oneself', () => {
    assert.deepEqual(whoIsWriting(typed, later(29)), { language: 'sv', by: clara, at });
    assert.equal(whoIsWriting(typed, later(31)), undefined);
    assert.equal(whoIsWriting(typed, later(1, clara)), undefined);
    assert.equal(whoIsWriting(readied(typed, 'sv'), later(1)), undefined);
    assert.equal(whoIsWriting({}, later(1)), undefined);
  });
});

describe('how far a text is where it is used', () => {
  const deviation = (basedOn: number, parts: Partial<TextContent>): Deviation => ({
    ...parts,
    basedOn,
    by,
    at,
  });
  const states: readonly (readonly [string, string, Deviation | undefined, string])[] = [
    ['fi', 'nothing', undefined, 'inProgress'],
    ['fi fi!', 'nothing', undefined, 'ready'],
    ['fi', 'a headline', deviation(1, { title: 'Lyhyesti' }), 'inProgress'],
    ['fi fi!', 'a headline', deviation(1, { title: 'Lyhyesti' }), 'ready'],
    ['fi fi! fi', 'a headline of before', deviation(1, { title: 'Lyhyesti' }), 'inProgress'],
    ['fi fi! fi fi!', 'a headline of before', deviation(1, { title: 'Lyhyesti' }), 'behind'],
    ['fi fi! sv sv! sv sv!', 'a headline', deviation(1, { title: 'Lyhyesti' }), 'behind'],
    ['sv', 'a headline without a text', deviation(0, { title: 'Lyhyesti' }), 'missing'],
    ['sv', 'all of it', deviation(0, whole()), 'ready'],
    ['fi', 'all of it', deviation(1, whole()), 'ready'],
    ['fi fi! fi', 'all of it, as the text was', deviation(1, whole()), 'ready'],
    ['fi fi! fi fi!', 'all of it, as the text was', deviation(1, whole()), 'behind'],
  ];

  for (const [steps, said, own, wanted] of states) {
    it(`after ${steps}, with ${said} said otherwise: ${wanted}`, () => {
      const deviations: Partial<Record<PublicLanguage, Deviation>> = own === undefined ? {} : { fi: own };
      assert.deepEqual(usedStatus(after(steps), deviations, 'fi'), {
        status: wanted,
        own: own !== undefined,
      });
    });
  }

  it('is the text with what is said otherwise in the place of it, empty parts too', () => {
    const text = { title: 'Otsikko', lead: 'Ingressi', body: 'Teksti' };
    assert.deepEqual(withDeviation(text, undefined), text);
    assert.deepEqual(withDeviation(text, deviation(1, { lead: '' })), { ...text, lead: '' });
    assert.deepEqual(withDeviation(undefined, deviation(0, text)), text);
    // A headline alone is no text.
    assert.equal(withDeviation(undefined, deviation(0, { title: 'Oma' })), undefined);
    assert.equal(withDeviation(undefined, deviation(0, { lead: 'Oma' })), undefined);
    assert.equal(withDeviation(undefined, undefined), undefined);
  });
});
