import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { languages, type Language } from '../../../src/shared/languages.js';

/** A dialog of the tab: where it is, and the keys of its title and of the button that does it. */
interface FoundDialog {
  readonly file: string;
  readonly title: string;
  readonly verb: string;
}

const sources = readdirSync('tab', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ file: `tab/${name}`, text: readFileSync(`tab/${name}`, 'utf8') }));

/** The keys of texts in an expression; those made of a value are found by what they begin with. */
const keysIn = (code: string): string[] =>
  [...code.matchAll(/t\(\s*['`]([^'`]+)['`]/g)].map(([, key = '']) => key);

/** Every question of `ask` and every form in a dialog, by how they are written. */
const dialogs: readonly FoundDialog[] = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/ask\(\{|<(?:Form|Notifying)Dialog\b|question = \{/g)].flatMap(({ index }) => {
    const code = text.slice(index, index + 700);
    const [title] = keysIn(/title(?:=\{|: )([\s\S]*?)\n/.exec(code)?.[1] ?? '');
    const [verb] = keysIn(/verb(?:=\{|: )([\s\S]*?)[\n,]/.exec(code)?.[1] ?? '');
    return title === undefined || verb === undefined ? [] : [{ file, title, verb }];
  }),
);

/** Dialogs with a frame of their own. */
const others: readonly FoundDialog[] = [
  { file: 'schedule-dialog', title: 'release.schedule.title', verb: 'release.move.schedule' },
  { file: 'approve-dialog', title: 'newsletter.approve.title', verb: 'newsletter.approve' },
];

const texts = Object.fromEntries(
  languages.map((language) => [
    language,
    JSON.parse(readFileSync(`src/i18n/tab/${language}.json`, 'utf8')) as Record<string, string>,
  ]),
) as Record<Language, Record<string, string>>;

/** A key without its values, or those that a made one may become. */
function keysOf(language: Language, key: string): string[] {
  if (!key.includes('${')) return [key];
  const pattern = new RegExp(`^${key.replaceAll('.', '\\.').replaceAll(/\$\{\w+\}/g, '\\w+')}$`);
  return Object.keys(texts[language]).filter((known) => pattern.test(known));
}

/** Letters of a verb that its question shares: endings differ, beginnings do not. */
const stem = (verb: string): string => verb.toLowerCase().slice(0, 3).trimEnd();

const isOwnTitle = (key: string): boolean => key.endsWith('.title');

describe('the grammar of dialogs', () => {
  it('finds them', () => {
    assert.ok(dialogs.length >= 20, dialogs.map(({ title }) => title).join('\n'));
  });

  for (const language of languages) {
    const every = [...dialogs, ...others].flatMap(({ file, title, verb }) => {
      const titles = keysOf(language, title);
      return titles.map((key) => {
        const own = isOwnTitle(key) && verb.includes('${') ? key.slice(0, -'.title'.length) : verb;
        return { file, title: texts[language][key] ?? '', verb: texts[language][own] ?? '' };
      });
    });

    it(`${language}: every title asks`, () => {
      const silent = every.filter(({ title }) => !title.endsWith('?'));
      assert.deepEqual(silent, []);
    });

    it(`${language}: every button has the verb of its title, unless it stores the answer to an open question`, () => {
      const other = every.filter(
        ({ title, verb }) =>
          verb === '' ||
          (verb !== texts[language]['newsletter.letter.save'] && !title.toLowerCase().includes(stem(verb))),
      );
      assert.deepEqual(other, []);
    });
  }

  it('have the same frame, which asks before anything written in them is lost', () => {
    const own = sources.filter(({ text }) => text.includes('DialogSurface')).map(({ file }) => file);
    assert.deepEqual(own, ['tab/shared/dialog-frame.tsx']);
  });

  it('have the same end: one component has their buttons, in one order, with one way back', () => {
    const own = sources.filter(({ text }) => text.includes('DialogActions')).map(({ file }) => file);
    assert.deepEqual(own, ['tab/shared/dialog-buttons.tsx']);
    assert.deepEqual(
      languages.map((language) => texts[language]['shared.cancel']),
      ['Takaisin', 'Tillbaka', 'Go back'],
    );
  });
});
