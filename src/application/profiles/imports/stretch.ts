import type { CompanyRows, ReadRow } from '../ports/company-rows.ts';

const MOST_ROWS = 5_000;
/** Some are in memory at once: long rows in small numbers. */
const MOST_CHARACTERS = 4_000_000;

/** Some rows of a file, after which progress is kept: at least one, where there is one. */
export class Stretch {
  #rows = 0;
  #isLast = false;

  constructor(
    private readonly file: AsyncIterator<ReadRow>,
    /** Whether it should come to its end. */
    private readonly isOver: () => boolean,
  ) {}

  get rows(): number {
    return this.#rows;
  }

  /** Whether the file ended in it. */
  get isLast(): boolean {
    return this.#isLast;
  }

  async *read(): CompanyRows {
    let characters = 0;
    do {
      const next = await this.file.next();
      if (next.done) {
        this.#isLast = true;
        return;
      }
      this.#rows++;
      for (const cell of next.value.position.cells) characters += cell.length;
      yield next.value;
    } while (this.#rows < MOST_ROWS && characters < MOST_CHARACTERS && !this.isOver());
  }
}
