// `dist/src/main.js`: runs the built programme, `app.js` beside it, with what V8 compiled of it at an earlier start. A fifth
// of a start is compiling. Node 22 can keep that for whole programmes; Node 20 can do so only for scripts, which is why the
// build makes scripts and not modules.
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

type Load = (
  exports: object,
  require: (id: string) => unknown,
  module: { exports: object },
  filename: string,
  dirname: string,
) => void;

const fromPackages = createRequire(__filename);
const loaded = new Map<string, { exports: object }>();

/** What was compiled before, if anything. */
function readCache(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Where it cannot be kept, as in an image that is read-only, each start compiles again. */
function keepCache(script: Script, path: string): void {
  try {
    const whole = `${path}.${String(process.pid)}`;
    writeFileSync(whole, script.createCachedData());
    renameSync(whole, path);
  } catch {
    // Nothing depends on it.
  }
}

/** Compiles one of the built files. V8 itself only compares lengths of texts, hence the name by content. */
function compile(filename: string): Load {
  const text = readFileSync(filename, 'utf8');
  const path = `${filename}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}.cache`;
  const cachedData = readCache(path);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${text}\n})`, {
    filename,
    ...(cachedData && { cachedData }),
  });
  if (cachedData === undefined || script.cachedDataRejected === true) {
    // At the end it holds every function that the start needed, not only those compiled ahead.
    process.once('exit', () => {
      keepCache(script, path);
    });
  }
  return script.runInThisContext() as Load;
}

function load(filename: string): object {
  const known = loaded.get(filename);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  loaded.set(filename, module);
  const folder = dirname(filename);
  const require = (id: string): unknown =>
    id.startsWith('./') ? load(join(folder, id)) : (fromPackages(id) as unknown);
  compile(filename)(module.exports, require, module, filename, folder);
  return module.exports;
}

load(join(__dirname, 'app.js'));
