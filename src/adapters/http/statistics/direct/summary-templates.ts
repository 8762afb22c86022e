import { readFileSync } from 'node:fs';

/** Mapping templates of API Gateway, in the Velocity Template Language. */
export interface SummaryTemplates {
  readonly request: string;
  readonly found: string;
  readonly refused: string;
  readonly unavailable: string;
}

/** The templates, from the files beside this one. */
export function readSummaryTemplates(): SummaryTemplates {
  const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
  return {
    request: read('summary-request.vtl'),
    found: read('summary-found.vtl'),
    refused: read('summary-refused.vtl'),
    unavailable: read('summary-unavailable.vtl'),
  };
}
