// The rules of this house that no published linter has: zones between folders and packages (the table is in zones.js).
import { dirname, join, relative, sep } from 'node:path';
import { zones } from './zones.js';

const root = join(import.meta.dirname, '..');

/** @param {string} path */
const withSlashes = (path) => path.split(sep).join('/');

/**
 * The zones that hold for a file, with `$1`, `$2` of their expressions filled in from its path.
 * @param {string} file from the root of the repository, with slashes
 */
function zonesOf(file) {
  return zones.flatMap(({ from, to, except, allowTypes, message }) => {
    const match = from.exec(file);
    if (!match) return [];
    /** @param {RegExp} expression */
    const filledIn = (expression) =>
      new RegExp(expression.source.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? ''));
    return [
      { to: filledIn(to), except: except && filledIn(except), allowTypes: allowTypes === true, message },
    ];
  });
}

/** Whether an import or export brings types alone, by its own keyword or by that of every name. */
function isTypeOnly(node) {
  if (node.type === 'TSImportType') return true;
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const names = node.specifiers ?? [];
  return names.length > 0 && names.every((name) => name.importKind === 'type' || name.exportKind === 'type');
}

const zonesRule = {
  meta: { type: 'problem' },
  create(context) {
    const file = withSlashes(relative(root, context.filename));
    const applying = zonesOf(file);
    if (applying.length === 0) return {};
    const check = (node, source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const target = source.value.startsWith('.')
        ? withSlashes(join(dirname(file), source.value)).replace(/\.js$/, '')
        : source.value;
      const zone = applying.find(
        ({ to, except, allowTypes }) =>
          to.test(target) && !except?.test(target) && !(allowTypes && isTypeOnly(node)),
      );
      if (zone) context.report({ node: source, message: `${target}: ${zone.message}` });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      TSImportType: (node) => check(node, node.source ?? node.argument),
    };
  },
};

export default { meta: { name: 'big-room' }, rules: { zones: zonesRule } };
