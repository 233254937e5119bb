import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { besideProject } from '../contracts.js';

/** Checks bodies by the closed schemas of Graph v1.0: what is wrong with each, or nothing. */
export interface Contract {
  faultsOf(key: string, body: unknown): readonly string[];
}

const withoutContract: Contract = { faultsOf: () => [] };

const pointer = (key: string) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));

/** The contract beside the project; without it nothing is checked, and one line says so. */
export function graphContract(
  folder: URL = besideProject,
  print: (line: string) => void = console.log,
): Contract {
  const file = new URL('graph-v1.0-strict.json', folder);
  if (!existsSync(file)) {
    print(
      'Skipped, since the contracts are not beside the project (../shared/contracts): bodies sent to Graph',
    );
    return withoutContract;
  }
  const document = JSON.parse(readFileSync(file, 'utf8')) as { $id: string; $defs: Record<string, unknown> };
  const ajv = new Ajv2020({ strict: false, allErrors: true }).addSchema(document);
  const compiled = new Map<string, ValidateFunction>();
  return {
    faultsOf(key, body) {
      if (!(key in document.$defs)) return [`${key} is not in the contract`];
      const validate = compiled.get(key) ?? ajv.compile({ $ref: `${document.$id}#/$defs/${pointer(key)}` });
      compiled.set(key, validate);
      if (validate(body)) return [];
      return (validate.errors ?? []).map(({ instancePath, message, params }) =>
        [key, instancePath, message, JSON.stringify(params)].join(' '),
      );
    },
  };
}

let shared: Contract | undefined;

/** One for the process: reading it takes a second. */
export function sharedContract(): Contract {
  shared ??= graphContract();
  return shared;
}
