// Which files of the built tab go together. Files of Big Room are named by their paths without the ending, so that a
// component and its styles are one line; a test keeps each line true.

/** What main.ts needs to ask the server before the rest has come. */
export const firstFiles = [
  'tab/api',
  'tab/early',
  'tab/identity',
  'tab/text-files',
  'tab/shared/api',
  'tab/shared/route',
  'tab/shell/api',
  'tab/features/calendar/api',
  'tab/features/news/api',
  'src/shared/languages',
  'src/i18n/common/fi',
  'src/i18n/common/sv',
  'src/i18n/common/en',
  'src/i18n/tab/fi',
  'src/i18n/tab/sv',
  'src/i18n/tab/en',
] as const;

/** What the bundler itself adds to the first script. */
const bundlerModules = ['vite/preload-helper', 'rolldown/runtime'];

/**
 * What every first page needs, in one file: many small ones cost a round trip each and pack worse. Only what surely is
 * needed at once.
 */
export const baseFiles = [
  'tab/app',
  'tab/text',
  'tab/shared/context',
  'tab/shared/dates',
  'tab/shared/device-storage',
  'tab/shared/focus',
  'tab/shared/keys',
  'tab/shared/layout',
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
  'tab/shell/theme',
  'tab/shell/toast',
  'src/content/text',
  'src/shared/dates',
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

const isOneOf = (id: string, files: readonly string[]): boolean =>
  files.some((file) => id.includes(`/${file}.`));

/** @param id a module of the build: its path, or the name that the bundler gave it */
export function isFirst(id: string): boolean {
  return isOneOf(id, firstFiles) || bundlerModules.some((module) => id.includes(module));
}

/** @param id as for {@link isFirst} */
export function isBase(id: string): boolean {
  return isOneOf(id, baseFiles) || basePackages.some((start) => id.includes(`/node_modules/${start}`));
}
