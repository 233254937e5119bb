import { writeFile } from 'node:fs/promises';
import { securityPage } from './make-security.js';

/** Writes docs/security.md anew, from the routes and card actions. */
await writeFile(new URL('../docs/security.md', import.meta.url), securityPage());
