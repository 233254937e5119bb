import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { baseFiles, basePackages, isBase, isShared } from '../../../tab/chunks.js';
import { allParts, needsAllTexts, partsOf } from '../../../tab/early.js';
import { isFirstText } from '../../../tab/first-texts.js';
import { namesOfVariables, themeStyles } from '../../../tab/fluent-themes.js';
import { iconFilesOf, withIconFiles } from '../../../tab/icons.js';
import { parseRoute } from '../../../tab/shared/route.js';

const classesOf = (css: string): Set<string> => {
  const selectors = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\{[^{}]*\}/g, ' ');
  return new Set([...selectors.matchAll(/\.([A-Za-z_][\w-]*)/g)].map(([, name = '']) => name));
};

describe('build of the tab', () => {
  const files = readdirSync('tab', { recursive: true, encoding: 'utf8' }).map((name) =>
    join('tab', name).replaceAll('\\', '/'),
  );
  const sources = files.filter((file) => /\.tsx?$/.test(file));

  it('names files that exist in its chunks', () => {
    const missing = baseFiles.filter(
      (name) => !['ts', 'tsx', 'json', 'module.css'].some((ending) => existsSync(`${name}.${ending}`)),
    );
    assert.deepEqual(missing, []);
  });

  it('has a radio button for each value that a group of them chooses between by name', () => {
    let groups = 0;
    const missing = sources.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const offered = new Set([...text.matchAll(/<Radio\s+value="(\w+)"/g)].map(([, value]) => value));
      return [...text.matchAll(/<RadioGroup[^>]*?value=\{[^}?]*\? '(\w+)' : '(\w+)'\}/g)].flatMap(
        ([, one, other]) => {
          groups += 1;
          return [one, other].filter((value) => !offered.has(value)).map((value) => `${file}: ${value}`);
        },
      );
    });
    assert.ok(groups > 0);
    assert.deepEqual(missing, []);
  });

  it('names packages that exist in its chunks', () => {
    const missing = basePackages.filter((start) => {
      const path = join('node_modules', start);
      if (existsSync(path)) return false;
      const folder = dirname(path);
      return !(existsSync(folder) && readdirSync(folder).some((name) => join(folder, name).startsWith(path)));
    });
    assert.deepEqual(missing, []);
  });

  it('puts a module into a chunk by its whole name', () => {
    assert.equal(isBase('/anywhere/tab/api.ts'), true);
    assert.equal(isBase('/anywhere/tab/features/contacts/api.ts'), false);
    assert.equal(isBase('\0vite/preload-helper.js'), true);
    assert.equal(isBase('/anywhere/tab/shared/states.module.css'), true);
    assert.equal(isBase('/anywhere/tab/shared/fan-out-status.ts'), false);
    assert.equal(isBase('/anywhere/node_modules/react/index.js'), true);
    assert.equal(isBase('/anywhere/node_modules/@fluentui/react-dialog/lib/index.js'), false);
    assert.equal(isShared('/anywhere/node_modules/@fluentui/react-dialog/lib/index.js'), true);
    assert.equal(isShared('/anywhere/tab/shared/action-bar.tsx'), true);
    assert.equal(isShared('/anywhere/tab/shared/editor/markdown-editor.tsx'), false);
  });

  it('fetches ahead, for an address, parts that exist and are loaded by themselves', () => {
    const loaded = sources.map((file) => readFileSync(file, 'utf8')).join('\n');
    for (const part of allParts) {
      assert.ok(existsSync(`${part}.tsx`), part);
      const [, place = ''] = /^.*\/([\w-]+\/index|[\w-]+)$/.exec(part) ?? [];
      assert.ok(loaded.includes(`/${place}.js')`), part);
    }
    assert.deepEqual(partsOf(parseRoute('#/news')), ['tab/features/news/index']);
    assert.deepEqual(partsOf(parseRoute('#/news/1')), [
      'tab/features/news/index',
      'tab/features/news/item/item-page',
      'tab/shared/editor/markdown-editor',
    ]);
    assert.deepEqual(partsOf(parseRoute('#/constructor')), []);
    assert.deepEqual(
      ['#/', '#/news', '#/news/1', '#/calendar'].filter((hash) => needsAllTexts(parseRoute(hash).path)),
      ['#/news/1', '#/calendar'],
    );
  });

  it('has the texts of the frame, the overview and the list of news in its first file', () => {
    const keys = ['common', 'tab'].flatMap((area) =>
      Object.keys(JSON.parse(readFileSync(`src/i18n/${area}/fi.json`, 'utf8')) as object),
    );
    const first = sources.filter(
      (file) =>
        baseFiles.some((name) => file === `${name}.ts` || file === `${name}.tsx`) ||
        /^tab\/features\/(?:overview|news\/(?:index|list\/))/.test(file) ||
        file.startsWith('tab/shell/'),
    );
    assert.ok(first.includes('tab/features/news/list/news-list.tsx'));
    const late = first.flatMap((file) => {
      const code = readFileSync(file, 'utf8');
      return keys
        .filter((key) => !isFirstText(key) && code.includes(`'${key}'`))
        .map((key) => `${file}: ${key}`);
    });
    assert.deepEqual(late, []);
  });

  it('takes each icon from its own file', () => {
    const icons = sources.flatMap((file) => iconFilesOf(readFileSync(file, 'utf8')));
    assert.ok(icons.length > 100);
    assert.deepEqual(
      icons.filter((icon) => !existsSync(`node_modules/@fluentui/react-icons/lib/atoms/svg/${icon}.js`)),
      [],
    );
    assert.equal(
      withIconFiles("import { Add20Regular, bundleIcon } from '@fluentui/react-icons';"),
      "import { Add20Regular } from '@fluentui/react-icons/svg/add';import { bundleIcon } from '@fluentui/react-icons';",
    );
  });

  it('keeps the variables that something uses, not those that only a table names', () => {
    const table = 'var t={colorOne:`var(--colorOne)`,colorTwo:`var(--colorTwo)`};a(t.colorTwo)';
    const named = namesOfVariables([table, 'a{color:var(--colorThree)}']);
    assert.deepEqual(
      ['colorOne', 'colorTwo', 'colorThree'].filter((name) => named.has(name)),
      ['colorTwo', 'colorThree'],
    );
    const styles = themeStyles((name) => name === 'colorNeutralForeground1');
    assert.match(styles, /^:root\{--colorNeutralForeground1:#\w+\}:root\[data-theme='dark'\]/);
  });

  it('finds the class of every style that a component uses', () => {
    const missing = sources.flatMap((file) => {
      const code = readFileSync(file, 'utf8');
      return [...code.matchAll(/import (\w+) from '(\.[^']+\.module\.css)'/g)].flatMap(
        ([, name = '', path = '']) => {
          const defined = classesOf(readFileSync(join(dirname(file), path), 'utf8'));
          return [...code.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))]
            .filter(([, used = '']) => used !== 'module' && !defined.has(used))
            .map(([, used = '']) => `${file}: ${used}`);
        },
      );
    });
    assert.deepEqual(missing, []);
  });
});

describe('configuration of the tools', () => {
  const files = ['appPackage', 'bot', 'lint', 'src', 'tab', 'test'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name).replaceAll('\\', '/'),
    ),
  );

  /** JSON with comments and trailing commas. */
  const read = (file: string): unknown =>
    JSON.parse(
      readFileSync(file, 'utf8')
        .replace(/^\s*\/\/.*$/gm, '')
        .replace(/,(\s*[\]}])/g, '$1'),
    );

  const expressionOf = (pattern: string): RegExp =>
    new RegExp(
      `^${pattern
        .replace(/[.+^$()|[\]\\]/g, '\\$&')
        .replace(/\{([^}]*)\}/g, (_, names: string) => `(${names.replaceAll(',', '|')})`)
        .replaceAll('**/', '(.*/)?')
        .replaceAll('**', '.*')
        .replace(/(?<![.)])\*/g, '[^/]*')}$`,
    );

  const assertEachMatches = (patterns: readonly string[]): void => {
    assert.ok(patterns.length > 0);
    assert.deepEqual(
      patterns.filter((pattern) => !files.some((file) => expressionOf(pattern).test(file))),
      [],
    );
  };

  it('names files that exist in the rules of the linter', () => {
    const { overrides } = read('.oxlintrc.json') as { overrides: { files: string[] }[] };
    assertEachMatches(overrides.flatMap((override) => override.files));
  });

  it('names files that exist where dead code is looked for', () => {
    const { entry, project, vite } = read('knip.jsonc') as {
      entry: string[];
      project: string[];
      vite: { config: string[]; entry: string[] };
    };
    assertEachMatches([...entry, ...project, ...vite.config, ...vite.entry]);
  });
});
