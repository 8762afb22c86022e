import type { StoredDocument } from '../../../domain/profiles/document.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import type { FindCompany } from '../find-company.ts';
import type { Documents } from '../ports/documents.ts';

/** The documents of a company, which stay readable after its removal. */
export class ListDocuments {
  constructor(
    private readonly documents: Pick<Documents, 'list'>,
    private readonly findCompany: Pick<FindCompany, 'execute'>,
  ) {}

  /** @throws CompanyNotFound where there is neither a document nor a company */
  async execute(companyId: CompanyId, page: PageRequest): Promise<Page<StoredDocument>> {
    const found = await this.documents.list(companyId, page);
    const isEmpty = found.items.length === 0 && found.next === undefined && page.after === undefined;
    if (isEmpty) await this.findCompany.execute(companyId);
    return found;
  }
}
