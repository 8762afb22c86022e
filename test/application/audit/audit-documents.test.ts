import { describe, expect, it } from '@jest/globals';
import type { DriftKind } from '../../../src/domain/audit/drift.ts';
import { LAST_VERSION } from '../../../src/domain/statistics/tracked-company.ts';
import type { StoredDocument } from '../../../src/domain/profiles/document.ts';
import { NO_DOCUMENTS } from '../../../src/domain/statistics/document-totals.ts';
import { PORTS } from '../../../src/entrypoints/composition/tokens.ts';
import { AuditedServices } from '../../support/audited-services.ts';
import { aCountedDocument } from '../../support/counted-document-mother.ts';
import { anAwaitedDocument, documentIdAt } from '../../support/document-mother.ts';
import { figuresInMemory } from '../../support/figures-fixture.ts';
import { profilesInMemory } from '../../support/profiles-fixture.ts';

const LOST = { replica: true };

interface PlantedFault {
  readonly title: string;
  readonly finds: readonly DriftKind[];
  plant(services: AuditedServices, document: StoredDocument): Promise<unknown>;
}

const counted = ({ documentId, contentType, size, version }: StoredDocument, changes: object = {}) => ({
  documentId,
  position: { epoch: 1, version },
  content: { contentType, size },
  ...changes,
});

const FAULTS: readonly PlantedFault[] = [
  {
    title: 'a document that is not counted',
    finds: ['document-missing'],
    plant: async (services, { companyId }) => {
      const company = await services.profiles.companies.find(companyId, 'strong');
      await services.addDocument(company!, LOST);
    },
  },
  {
    title: 'a removed document that is counted',
    finds: ['document-unknown'],
    plant: (services, document) => services.removeDocument(document, LOST),
  },
  {
    title: 'a document that never was',
    finds: ['document-unknown', 'document-totals-differ'],
    plant: async (services, document) =>
      services.plantDocument(document.companyId, { keep: aCountedDocument(77), totals: NO_DOCUMENTS }),
  },
  {
    title: 'another size, with its totals',
    finds: ['document-differs'],
    plant: (services, document) =>
      services.countDocument.overwrite(
        document.companyId,
        counted(document, { content: { contentType: document.contentType, size: 1 } }),
      ),
  },
  {
    title: 'an earlier version',
    finds: ['document-differs', 'document-totals-differ'],
    plant: (services, document) =>
      services.plantDocument(document.companyId, {
        keep: counted(document, { position: { epoch: 0, version: 9 } }),
        totals: NO_DOCUMENTS,
      }),
  },
  {
    title: 'totals that are not those of the documents',
    finds: ['document-totals-differ'],
    plant: (services, { companyId }) =>
      services.plantDocument(companyId, { totals: { count: 7, bytes: -1, types: { other: 7 } } }),
  },
  {
    title: 'a document that was forgotten, with totals that still have it',
    finds: ['document-missing', 'document-totals-differ'],
    plant: async (services, { companyId, documentId }) => {
      const documents = services.statistics.container.get(PORTS.countedDocuments);
      const [stored] = await documents.totals([companyId]);
      await services.plantDocument(companyId, { forget: documentId, totals: stored!.totals });
    },
  },
];

describe('the audit of documents', () => {
  it('counts those that are there, and finds nothing where all are counted', async () => {
    const services = inMemory();
    await inStep(services);
    const slot = anAwaitedDocument({ companyId: (await services.register()).companyId });
    await services.profiles.documents.save(slot, 0);
    expect(await services.auditCompanies.execute()).toMatchObject({ companies: 2, documents: 2, drift: 0 });
    expect(services.pauses).toEqual([]);
  });

  it.each(FAULTS)('finds $title, mends it, and finds nothing any more', async ({ plant, finds }) => {
    const services = inMemory();
    await plant(services, await inStep(services));
    services.statistics.settle();
    const found = await services.auditCompanies.execute();
    expect(found.findings.map(({ kind }) => kind)).toEqual(finds);
    const mended = await services.auditCompanies.execute({ repair: true });
    expect(mended).toMatchObject({ drift: 0, repaired: found.drift });
    expect(await services.auditCompanies.execute()).toMatchObject({ drift: 0 });
  });

  it('cannot mend what is counted at a later version, and says how', async () => {
    const services = inMemory();
    const document = await inStep(services);
    await services.countDocument.overwrite(
      document.companyId,
      counted(document, { position: { epoch: 1, version: 9 } }),
    );
    const { drift, findings } = await services.auditCompanies.execute({ repair: true });
    expect([drift, findings[0]?.kind]).toEqual([1, 'document-differs']);
    expect(findings[0]?.detail).toContain('set REGISTRY_EPOCH to 2 ');
  });

  it('takes what is on its way for no drift', async () => {
    const services = inMemory();
    const document = await inStep(services);
    const company = await services.profiles.companies.find(document.companyId, 'strong');
    const late = await services.addDocument(company!, LOST);
    services.whilePausing = async () => {
      if (services.pauses.length !== 2) return;
      await services.countDocument.overwrite(late.companyId, counted(late));
      await services.addDocument(company!, LOST);
    };
    expect(await services.auditCompanies.execute()).toMatchObject({ drift: 0 });
  });

  it('buries what a restore from a backup has undone: nothing of the epoch before brings it back', async () => {
    const fixtures = [profilesInMemory(), figuresInMemory()] as const;
    const before = new AuditedServices(...fixtures);
    const { companyId } = await inStep(before);
    await before.countDocument.overwrite(companyId, aCountedDocument(50));
    const services = new AuditedServices(...fixtures, 2);
    await services.auditCompanies.execute({ repair: true });
    expect(await services.auditCompanies.execute()).toMatchObject({ documents: 2, drift: 0 });
    const documents = services.statistics.container.get(PORTS.countedDocuments);
    expect((await documents.find(companyId, documentIdAt(50))).document).toEqual({
      documentId: documentIdAt(50),
      position: { epoch: 1, version: LAST_VERSION },
    });
  });

  it('goes on after the removal of the company, whose documents stay', async () => {
    const services = inMemory();
    const { companyId } = await inStep(services);
    await services.remove((await services.profiles.companies.find(companyId, 'strong'))!);
    expect(await services.auditCompanies.execute()).toMatchObject({ tombstones: 1, documents: 2, drift: 0 });
  });
});

function inMemory(): AuditedServices {
  return new AuditedServices(profilesInMemory(), figuresInMemory());
}

/** A company with three documents, one of them removed; answers with another one of them. */
async function inStep(services: AuditedServices): Promise<StoredDocument> {
  const company = await services.register();
  await services.removeDocument(await services.addDocument(company));
  await services.addDocument(company);
  return services.addDocument(company);
}
