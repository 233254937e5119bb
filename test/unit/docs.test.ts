import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { settingNames } from '../../src/runtime/settings.js';

const read = (path: string): Promise<string> => readFile(path, 'utf8');

async function filesIn(folder: string, ending: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true });
  return all.filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
}

/** The pages that people read on a code host. */
async function pages(): Promise<string[]> {
  const beside = ['README.md', 'CONTRIBUTING.md', 'infra/README.md', 'appPackage/README.md'];
  return [...beside, ...(await filesIn('docs', '.md'))];
}

interface Link {
  readonly text: string;
  readonly target: string;
  readonly isPicture: boolean;
}

/** Links and pictures of a page, but those in code. */
function linksOf(markdown: string): Link[] {
  const prose = markdown.replaceAll(/^```.*?^```/gms, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/(!?)\[((?:[^\][]|\[[^\]]*\])*)\]\(([^\s)]+)\)/g)].map(
    ([, mark, text = '', target = '']) => ({ text, target, isPicture: mark === '!' }),
  );
}

/** The address of a heading, as code hosts make it: small letters, hyphens for spaces, punctuation left out. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const anchorsOf = (markdown: string): string[] =>
  [...markdown.replaceAll(/^```.*?^```/gms, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    anchorOf(heading),
  );

/** The first cells of tables, where they are code. */
const namedInTables = (markdown: string): string[] =>
  [...markdown.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);

/** What is written to the log at these levels, by name. */
async function loggedEvents(): Promise<Set<string>> {
  const events = new Set<string>();
  for (const file of [...(await filesIn('src', '.ts')), ...(await filesIn('bot', '.ts'))]) {
    const calls = (await read(file)).matchAll(/\blog\.(?:warn|error)\((?<given>[^;{]*)/g);
    for (const { groups } of calls)
      for (const [, name = ''] of (groups?.given ?? '').matchAll(/'([a-z]\w*\.[a-z]\w*)'/gi))
        events.add(name);
  }
  return events;
}

describe('The documentation', () => {
  it('links to files and headings that are there', async () => {
    const dead: string[] = [];
    for (const page of await pages()) {
      for (const { target } of linksOf(await read(page))) {
        if (/^[a-z]+:/i.test(target)) continue;
        const [path = '', anchor] = target.split('#');
        const file = path === '' ? page : relative('.', resolve(dirname(page), path));
        if (!existsSync(file)) dead.push(`${page}: ${target}`);
        else if (anchor !== undefined && !anchorsOf(await read(file)).includes(anchor))
          dead.push(`${page}: ${target} (no such heading)`);
      }
    }
    assert.deepEqual(dead, []);
  });

  it('has pictures with words for those who do not see them, and light enough for a phone', async () => {
    const faults: string[] = [];
    const shown = new Set<string>();
    for (const page of await pages()) {
      for (const { text, target } of linksOf(await read(page)).filter(({ isPicture }) => isPicture)) {
        const file = join(dirname(page), target);
        shown.add(file);
        if (text.length < 20) faults.push(`${page}: ${target} wants an alternative text`);
        if ((await stat(file)).size > 200_000) faults.push(`${file} is larger than 200 kB`);
      }
    }
    const unused = (await filesIn('docs/pictures', '.png')).filter((file) => !shown.has(file));
    assert.deepEqual([faults, unused], [[], []]);
  });

  it('explains every setting, once, and none that is not there', async () => {
    const markdown = await read('docs/install.md');
    const table = markdown.slice(markdown.indexOf('## 9. All settings'));
    assert.deepEqual(namedInTables(table).sort(), [...settingNames].sort());
  });

  it('explains every setting in the example file', async () => {
    const example = await read('.env.example');
    const named = [...example.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name = '']) => name);
    assert.deepEqual([...new Set(named)].sort(), [...settingNames].sort());
  });

  it('explains every warning and error of the log, once, and none that is not there', async () => {
    const markdown = await read('docs/troubleshooting.md');
    const table = markdown.slice(markdown.indexOf('## What the log says'));
    assert.deepEqual(namedInTables(table).sort(), [...(await loggedEvents())].sort());
  });

  it('names what the doctor looks at', async () => {
    const markdown = await read('docs/troubleshooting.md');
    const table = markdown.slice(markdown.indexOf('## What the doctor says'));
    const sources = await Promise.all((await filesIn('src/doctor', '.ts')).map(read));
    const about = sources.flatMap((source) =>
      [...source.matchAll(/about: '([^']+)'|(?:keys|token)Check\(\s*'([^']+)'/g)].map(
        ([, plain, called]) => plain ?? called ?? '',
      ),
    );
    assert.deepEqual(
      [...new Set(about)].filter((name) => name !== 'Graph' && !table.includes(`\n| ${name} `)),
      [],
    );
  });

  it('has the pages for people in both languages, with the same headings', async () => {
    for (const name of ['worker', 'coordinator']) {
      const [fi = 0, sv = 0] = await Promise.all(
        ['fi', 'sv'].map(async (language) => anchorsOf(await read(`docs/${name}.${language}.md`)).length),
      );
      assert.ok(fi > 4);
      assert.equal(fi, sv, name);
    }
  });
});
