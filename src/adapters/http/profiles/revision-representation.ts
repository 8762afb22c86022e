import { FACT_NAMES } from '../../../domain/profiles/company-facts.ts';
import type { Revision } from '../../../domain/profiles/revision.ts';
import { inOrder } from '../in-order.ts';
import { Flag, ListOf, ObjectOf, Text, Texts, Whole } from '../dto.ts';
import { CompanyBody } from './company-body.ts';

export class RevisionDto {
  static readonly title: string = 'Revision';

  @Text('The company.', { format: 'uuid' })
  companyId!: string;

  @Whole('The version that this revision made.', { minimum: 1 })
  version!: number;

  @Text('When.', { format: 'date-time' })
  revisedAt!: string;

  @Text('The request that made it.', { optional: true })
  requestId?: string;

  @Flag('Whether it removed the company.')
  removed!: boolean;

  @Flag('Present where the revision was lost and mended from its neighbours.', { optional: true })
  reconstructed?: boolean;

  @Texts('The facts that changed.', FACT_NAMES.length)
  changed!: string[];

  @ObjectOf(() => CompanyBody, 'What the changed facts were before, without those that were absent.', {
    partial: true,
  })
  previous!: Partial<CompanyBody>;

  @ObjectOf(() => CompanyBody, 'All facts as of this version.')
  facts!: CompanyBody;
}

export class RevisionPageDto {
  static readonly title: string = 'RevisionPage';

  @ListOf(() => RevisionDto, 'Newest first.', 100)
  items!: RevisionDto[];

  @Text('Where the list goes on; absent at its end.', { optional: true })
  nextCursor?: string;
}

export function revisionRepresentation(revision: Revision): object {
  return inOrder(RevisionDto, revision);
}
