/** A page of a list and the key that asks for the next; without `next` it is the last one. */
export interface Page<Line> {
  readonly lines: readonly Line[];
  readonly next?: string;
}
