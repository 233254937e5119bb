import { writeFileSync } from 'node:fs';
import { learned } from './understanding/learn.js';
import { learnedFrom, page } from './understanding/measure.js';

// `npm run understanding`: learns what people write to the bot, and measures it on texts that are held out.

const weights = learned(learnedFrom);
writeFileSync('bot/conversation/understanding/weights.json', `${JSON.stringify(weights)}\n`);
writeFileSync('docs/understanding.md', page(weights));
