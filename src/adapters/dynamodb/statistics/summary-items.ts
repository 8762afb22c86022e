import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Summary } from '../../../application/statistics/ports/series-readings.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { documentTotalsAttribute } from './counted-document-item.ts';
import { seriesItem } from './series-item.ts';
import { summaryKey } from './statistics-keys.ts';
import { trackedCompanyAttributes } from './tracked-company-item.ts';

/** What is known of a company as a Query would answer it, for those who read the table without this code. */
export function summaryItems(
  companyId: CompanyId,
  { company, documents, items }: Summary,
): Record<string, AttributeValue>[] {
  const own = (company ?? documents.count > 0) && {
    ...summaryKey(companyId),
    ...(company && trackedCompanyAttributes(company)),
    ...documentTotalsAttribute({ totals: documents, revision: 1 }),
  };
  const series = items.map(({ series, figures }) =>
    seriesItem(companyId, series, figures, { revision: 1, writeToken: '' }),
  );
  return [...(own ? [own] : []), ...series].map((item) => marshall(item, { removeUndefinedValues: true }));
}
