// Which files of the built tab go together. Files of Big Room are named by their paths without the ending, so that a
// component and its styles are one line; a test keeps each line true.

/** What the bundler itself adds. */
const bundlerModules = ['vite/preload-helper', 'rolldown/runtime', 'virtual:texts'];

/**
 * What every first page needs, in one file: many small ones cost a round trip each and pack worse. Only what surely is
 * needed at once.
 */
export const baseFiles = [
  'tab/main',
  'tab/ahead',
  'tab/api',
  'tab/app',
  'tab/early',
  'tab/first-theme',
  'tab/identity',
  'tab/signed-fetch',
  'tab/teams',
  'tab/sign-in/facts',
  'tab/sign-in/faults',
  'tab/sign-in/identity',
  'tab/sign-in/identity-of',
  'tab/text-files',
  'tab/features/news/api',
  'tab/shared/api',
  'tab/shared/route',
  'tab/shared/use-fresh',
  'tab/shell/api',
  'tab/text',
  'tab/shared/context',
  'tab/shared/dates',
  'tab/shared/device-storage',
  'tab/shared/focus',
  'tab/shared/keys',
  'tab/shared/layout',
  'tab/shared/part',
  'tab/shared/problem',
  'tab/shared/state-chip',
  'tab/shared/states',
  'tab/shared/use-load',
  'tab/shared/use-route',
  'tab/shell/app',
  'tab/shell/errors',
  'tab/shell/frame',
  'tab/shell/person-page',
  'tab/shell/places',
  'tab/shell/services',
  'tab/shell/shell',
  'tab/shell/sign-in-ended',
  'tab/shell/start-trouble',
  'tab/shell/theme',
  'tab/shell/toast',
  'src/content/text',
  'src/shared/dates',
  'src/shared/languages',
] as const;

/**
 * The same of the packages: beginnings of paths in node_modules. Tabster, by which Fluent's dialogs and menus hold the
 * focus, comes with the first of them.
 */
export const basePackages = [
  'react/',
  'react-dom/',
  'scheduler/',
  '@griffel/',
  '@emotion/',
  'keyborg/',
  'intl-messageformat/',
  '@formatjs/',
  '@fluentui/tokens/',
  '@fluentui/keyboard-keys/',
  '@fluentui/react-provider/',
  '@fluentui/react-theme/',
  '@fluentui/react-shared-contexts/',
  '@fluentui/react-jsx-runtime/',
  '@fluentui/react-button/',
  '@fluentui/react-tabster/lib/focus/',
  '@fluentui/react-tabster/lib/hooks/useFocusVisible',
  '@fluentui/react-tabster/lib/hooks/useFocusWithin',
  '@fluentui/react-utilities/lib/compose',
  '@fluentui/react-utilities/lib/hooks/useId',
  '@fluentui/react-utilities/lib/hooks/useMergedRefs',
  '@fluentui/react-utilities/lib/hooks/useIsomorphicLayoutEffect',
  '@fluentui/react-utilities/lib/hooks/useEventCallback',
  '@fluentui/react-utilities/lib/hooks/useFirstMount',
  '@fluentui/react-utilities/lib/utils/properties',
  '@fluentui/react-utilities/lib/utils/getNative',
  '@fluentui/react-utilities/lib/utils/isHTML',
  '@fluentui/react-icons/lib/utils/',
  '@fluentui/react-icons/lib/contexts/',
] as const;

/** Sources whose icons come with the base: its own, and those of the list of news, which is opened most. */
export const iconSources = [
  ...baseFiles,
  'tab/features/news/index',
  'tab/features/news/list/line-meta',
  'tab/features/news/list/news-filters',
  'tab/features/news/list/news-list',
  'tab/shared/plain-select',
] as const;

const iconPath = /\/node_modules\/@fluentui\/react-icons\/lib\/atoms\/svg\/([\w-]+)\.js$/;

/** The file of icons that a module is (icons.ts); undefined for other modules. */
export const iconFileOf = (id: string): string | undefined => iconPath.exec(id)?.[1];

const isOneOf = (id: string, files: readonly string[]): boolean =>
  files.some((file) => id.includes(`/${file}.`));

/** @param id a module of the build: its path, or the name that the bundler gave it */
export function isBase(id: string): boolean {
  return (
    isOneOf(id, baseFiles) ||
    bundlerModules.some((module) => id.includes(module)) ||
    basePackages.some((start) => id.includes(`/node_modules/${start}`))
  );
}

/**
 * What the pages behind the first one share (menus, dialogs, fields, what is written with): one file instead of many small
 * ones, when as many views as `sharedBy` want a module. The editor is a file of its own.
 */
export function isShared(id: string): boolean {
  return /\/tab\/shared\/(?!editor\/)|\/src\/(shared|content)\/|\/node_modules\/(@fluentui|tabster|@floating-ui)\//.test(
    id,
  );
}

export const sharedBy = 4;
