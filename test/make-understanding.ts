import { writeFileSync } from 'node:fs';
import { learned } from './understanding/learn.js';
import { table } from './understanding/measure.js';
import { patternTexts, utterances } from './understanding/utterances.js';

// `npm run understanding`: learns what people write from the utterances, and measures it on those held out.

const weights = learned([...utterances.filter(({ isHeldOut }) => !isHeldOut), ...patternTexts]);
writeFileSync('bot/conversation/understanding/weights.json', `${JSON.stringify(weights)}\n`);
