// `npm run doctor`: looks at an installation from where it runs, says what is at fault and what to do about it, and ends with
// a code for what watches it.
import { processEnvironment } from '../runtime/settings.js';
import { examine } from './examine.js';
import { exitCodeOf, report } from './finding.js';

const findings = await examine(processEnvironment());
console.log(report(findings));
process.exit(exitCodeOf(findings));
