import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { languages, type Language } from '../../src/shared/languages.js';

const areas = ['common', 'chat', 'tab', 'mail'] as const;
type Area = (typeof areas)[number];

function textsOf(area: Area, language: Language): Record<string, string> {
  return JSON.parse(readFileSync(`src/i18n/${area}/${language}.json`, 'utf8')) as Record<string, string>;
}

/** The members of a union of texts, read from the source: types do not exist when a test runs. */
function membersOf(file: string, typeName: string): string[] {
  const [, union] = new RegExp(`type ${typeName} =([^;]+);`).exec(readFileSync(file, 'utf8')) ?? [];
  assert.ok(union, `${typeName} is no union in ${file}`);
  const members = union.split('|').map((member) => member.trim());
  return members
    .filter((member) => member !== '')
    .map((member) => {
      assert.match(member, /^'[^']+'$/);
      return member.slice(1, -1);
    });
}

function placeholders(text: string): string[] {
  const names = new Set<string>();
  const collect = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      if (element.type === TYPE.tag) {
        collect(element.children);
        continue;
      }
      names.add(element.value);
      if (element.type !== TYPE.plural && element.type !== TYPE.select) continue;
      for (const option of Object.values(element.options)) collect(option.value);
    }
  };
  collect(parse(text, { ignoreTag: true }));
  return [...names].sort();
}

/** The forms that a language's plural needs, and those that a text gives. */
function pluralFaults(text: string, language: Language): string[] {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return parse(text, { ignoreTag: true }).flatMap((element) =>
    element.type === TYPE.plural ? needed.filter((form) => !(form in element.options)) : [],
  );
}

describe('texts for people', () => {
  for (const area of areas) {
    const source = textsOf(area, 'fi');

    for (const language of languages) {
      const texts = textsOf(area, language);

      it(`${area}: ${language} has the keys of fi`, () => {
        assert.deepEqual(Object.keys(texts).sort(), Object.keys(source).sort());
      });

      it(`${area}: ${language} is valid ICU, with the placeholders of fi and every plural form`, () => {
        for (const [key, text] of Object.entries(texts)) {
          assert.deepEqual(placeholders(text), placeholders(source[key] ?? ''), key);
          assert.deepEqual(pluralFaults(text, language), [], key);
        }
      });

      it(`${area}: ${language} leaves nothing empty and shouts at nobody`, () => {
        for (const [key, text] of Object.entries(texts)) {
          assert.ok(text.trim() !== '' && text === text.trim(), key);
          assert.doesNotMatch(text, /!/, key);
        }
      });
    }
  }

  it('say every error and every fault of a field', () => {
    const keys = new Set(Object.keys(textsOf('common', 'fi')));
    const wanted = [
      ...membersOf('src/platform/errors.ts', 'ErrorCode').map((code) => `error.${code}`),
      ...membersOf('src/platform/errors.ts', 'FieldFaultCode').map((code) => `field.${code}`),
    ];
    assert.deepEqual(
      wanted.filter((key) => !keys.has(key)),
      [],
    );
  });

  it('are in one area each', () => {
    const keys = areas.flatMap((area) => Object.keys(textsOf(area, 'fi')));
    assert.deepEqual(
      keys.filter((key, index) => keys.indexOf(key) !== index),
      [],
    );
  });
});
