import { setImmediate } from 'node:timers/promises';
import type {
  ObservationOutcome,
  ObservationSink,
} from '../../src/application/profiles/ports/observation-sink.ts';
import type { StatedObservation } from '../../src/domain/profiles/import/stated-observation.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';

const TIME = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?)?)?$/;

/** Keeps the observations of an import in memory, and how it was asked to. */
export class ObservationsInMemory implements ObservationSink {
  readonly calls: { readonly companyId: CompanyId; readonly observations: readonly StatedObservation[] }[] =
    [];
  readonly #kept = new Map<string, StatedObservation>();
  readonly #asked = new Map<CompanyId, number>();
  #askedInAll = 0;
  /** The most calls at one time: in all, and of one company. */
  mostAtOnce = { calls: 0, ofOneCompany: 0 };

  async record(
    companyId: CompanyId,
    observations: readonly StatedObservation[],
  ): Promise<readonly ObservationOutcome[]> {
    this.calls.push({ companyId, observations });
    const ofCompany = (this.#asked.get(companyId) ?? 0) + 1;
    this.#asked.set(companyId, ofCompany);
    this.mostAtOnce = {
      calls: Math.max(this.mostAtOnce.calls, ++this.#askedInAll),
      ofOneCompany: Math.max(this.mostAtOnce.ofOneCompany, ofCompany),
    };
    await setImmediate();
    this.#asked.set(companyId, this.#asked.get(companyId)! - 1);
    this.#askedInAll--;
    return observations.map((observation) => this.#recorded(companyId, observation));
  }

  get size(): number {
    return this.#kept.size;
  }

  /** Each observation as it was last reported. */
  get all(): ReadonlyMap<string, StatedObservation> {
    return this.#kept;
  }

  /** What is known of a metric of a company, by `observedAt`. */
  seriesOf(companyId: CompanyId, metric: string, unit?: string): Record<string, string> {
    const series: Record<string, string> = {};
    for (const [key, observation] of this.#kept) {
      if (!key.startsWith(`${companyId} `) || observation.metric !== metric) continue;
      if (unit === undefined || observation.unit === unit) series[observation.observedAt] = observation.value;
    }
    return series;
  }

  #recorded(companyId: CompanyId, observation: StatedObservation): ObservationOutcome {
    const fault = faultOf(observation);
    if (fault !== undefined) return { status: 'invalid', detail: fault };
    const { metric, unit, observedAt, source, reportedAt } = observation;
    const key = [companyId, metric, unit, observedAt, source].join(' ');
    const known = this.#kept.get(key);
    if (known === undefined) {
      this.#kept.set(key, observation);
      return { status: 'recorded' };
    }
    const isLater = (reportedAt ?? '') > (known.reportedAt ?? '');
    if (Number(known.value) === Number(observation.value)) {
      if (isLater) this.#kept.set(key, observation);
      return { status: 'unchanged' };
    }
    if (isLater) {
      this.#kept.set(key, observation);
      return { status: 'corrected' };
    }
    if (reportedAt !== undefined && reportedAt < (known.reportedAt ?? '')) return { status: 'superseded' };
    return { status: 'conflict', detail: `${known.value} is known` };
  }
}

function faultOf({
  metric,
  unit,
  observedAt,
  value,
  source,
  reportedAt,
}: StatedObservation): string | undefined {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(metric) || metric.length > 200) return 'metric: must be a slug';
  if (unit === '' || unit.length > 50) return 'unit: must have 1 to 50 characters';
  if (!TIME.test(observedAt)) return 'observedAt: must be a time';
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value)) return 'value: must be a decimal number';
  if (source === '' || source.length > 100) return 'source: must have 1 to 100 characters';
  if (reportedAt !== undefined && !TIME.test(reportedAt)) return 'reportedAt: must be a time';
  return undefined;
}
