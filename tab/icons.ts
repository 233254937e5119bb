// The package of icons holds them in a few large modules, which can't be put into several files of the tab. It has each
// icon, in all its sizes, in a file of its own too.

const imported = /import \{([^}]*)\} from ['"]@fluentui\/react-icons['"];?/g;
const ending = /\d*(?:Regular|Filled)$/;

const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** The file of what is imported (`Icon`, `Icon as Other`): `CheckmarkCircle20Filled` -> `checkmark-circle`; undefined for no icon. */
function fileOf(name: string): string | undefined {
  const [icon = ''] = name.split(' as ');
  if (!ending.test(icon)) return undefined;
  return icon
    .replace(ending, '')
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/** The files of the icons that a source imports. */
export const iconFilesOf = (source: string): string[] =>
  [...source.matchAll(imported)].flatMap(([, list = '']) =>
    namesIn(list).flatMap((name) => fileOf(name) ?? []),
  );

/** The source with each icon imported from its own file. */
export const withIconFiles = (source: string): string =>
  source.replace(imported, (_, list: string) =>
    namesIn(list)
      .map((name) => {
        const file = fileOf(name);
        return `import { ${name} } from '@fluentui/react-icons${file === undefined ? '' : `/svg/${file}`}';`;
      })
      .join(''),
  );
