import type { LineFault } from '../../../src/audience/contact.js';

/** A line that was not added, with all that is wrong with it. */
export interface FaultyLine {
  readonly text: string;
  readonly faults: readonly Pick<LineFault, 'field' | 'code'>[];
}

/** The lines that stay to be put right, in their order; those that were added are gone. */
export function faultyLines(text: string, faults: readonly LineFault[]): readonly FaultyLine[] {
  const lines = text.split(/\r\n|\r|\n/);
  const numbers = [...new Set(faults.map(({ line }) => line))].sort((one, other) => one - other);
  return numbers.map((number) => ({
    text: lines[number - 1] ?? '',
    faults: faults.filter(({ line }) => line === number),
  }));
}

/** How many lines say something. */
export function countLines(text: string): number {
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '').length;
}

const named = [
  'required',
  'tooLong',
  'notAnAddress',
  'unknownChoice',
  'personalId',
  'standsAlready',
] as const;

/** The words for what is wrong with a column of a line; those of a form name limits that a line does not carry. */
export function faultName(code: LineFault['code']): (typeof named)[number] | 'other' {
  return named.find((one) => one === code) ?? 'other';
}
