import { SingleBar } from 'cli-progress';
import type { CompanyFile } from '../../adapters/files/company-file.ts';
import type { ImportCounts } from '../../application/profiles/import-counts.ts';
import type { CommandIo } from './command.ts';

const SECONDS_BETWEEN_LINES = 2;

/** Shows how far an import is: a bar that is redrawn on a terminal, now and then a line elsewhere. */
export class ImportProgress {
  readonly #bar: SingleBar | undefined;
  readonly #startedAt = performance.now();
  #lastLineAt = this.#startedAt;
  #rows = 0;
  #observations: number | undefined;

  constructor(
    private readonly io: CommandIo,
    private readonly file: Pick<CompanyFile, 'bytes' | 'bytesRead'>,
  ) {
    if (!io.interactive) return;
    this.#bar = new SingleBar({
      stream: io.err,
      format: '{bar} {percentage} % | {done} | {rate} rows/s | {left}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 30,
      hideCursor: true,
    });
    this.#bar.start(Math.max(file.bytes, 1), 0, this.#payload());
  }

  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  progressed({ observations, ...rows }: ImportCounts): void {
    this.#rows = sumOf(rows);
    this.#observations = observations && sumOf(observations);
    this.#bar?.update(this.file.bytesRead, this.#payload());
    if (this.#bar || performance.now() - this.#lastLineAt < SECONDS_BETWEEN_LINES * 1000) return;
    this.#lastLineAt = performance.now();
    const { done, rate, left } = this.#payload();
    this.io.err.write(`${done}, ${rate} rows/s, ${Math.floor(this.#share * 100)} % read, ${left}\n`);
  }

  stop(): void {
    this.#bar?.update(this.file.bytesRead, this.#payload());
    this.#bar?.stop();
  }

  get #share(): number {
    const { bytes, bytesRead } = this.file;
    return bytes === 0 ? 1 : Math.min(bytesRead / bytes, 1);
  }

  #payload(): { done: string; rate: string; left: string } {
    const { seconds } = this;
    const observations = this.#observations?.toLocaleString('en');
    return {
      done: `${this.#rows.toLocaleString('en')} rows${observations ? `, ${observations} observations` : ''}`,
      rate: seconds === 0 ? '0' : Math.round(this.#rows / seconds).toLocaleString('en'),
      left: this.#share === 0 ? 'starting' : `${duration((seconds * (1 - this.#share)) / this.#share)} left`,
    };
  }
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
