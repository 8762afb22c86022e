/**
 * Who may know whom. `test/architecture/dependency-rules.test.ts` plants a violation of each rule and sees it caught.
 * Type-only imports count: what a module names, it depends on.
 */
const CONTEXTS = '(profiles|statistics)';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'domain-imports-only-domain',
      comment: 'The domain is pure: no npm, no node:, no port. Time and ids come in as values.',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'domain-contexts-share-only-shared',
      comment: 'What the contexts, the audit too, share is domain/shared; and shared knows no context.',
      from: { path: '^src/domain/([^/]+)/' },
      to: { path: '^src/domain/', pathNot: '^src/domain/($1|shared)/' },
    },
    {
      name: 'application-imports-only-domain-and-application',
      comment: 'Use cases know the domain and their ports; whatever has I/O stands behind a port.',
      from: { path: '^src/application/' },
      to: { pathNot: '^src/(domain|application)/' },
    },
    {
      name: 'application-contexts-never-meet',
      comment:
        'Profiles and statistics share facts, by events, and never code. The audit is a third party with its own ports.',
      from: { path: '^src/application/([^/]+)/' },
      to: { path: '^src/application/', pathNot: '^src/application/$1/' },
    },
    {
      name: 'application-stays-in-its-own-domain',
      comment:
        'A use case of one service knows nothing of what the other one decides; the audit knows neither.',
      from: { path: '^src/application/([^/]+)/' },
      to: { path: '^src/domain/', pathNot: '^src/domain/($1|shared)/' },
    },
    {
      name: 'adapter-contexts-never-meet',
      comment: 'The adapters of one service know nothing of the other one, nor of its adapters.',
      from: { path: `^src/adapters/[^/]+/${CONTEXTS}/` },
      to: {
        path: `^src/(domain|application|adapters/[^/]+)/${CONTEXTS}/`,
        pathNot: '^src/(domain|application|adapters/[^/]+)/$1/',
      },
    },
    {
      name: 'the-event-contract-imports-nothing',
      comment: 'adapters/messaging is what both services agree on: it can be read, and copied, alone.',
      from: { path: '^src/adapters/messaging/' },
      to: { pathNot: '^src/adapters/messaging/' },
    },
    {
      name: 'only-entrypoints-import-entrypoints',
      comment: 'Entrypoints boot what the rest is; nothing depends on how it is booted.',
      from: { path: '^(src|infra)/', pathNot: '^(src/entrypoints/|infra/app\\.ts$)' },
      to: { path: '^src/entrypoints/' },
    },
    {
      name: 'inversify-only-in-composition',
      comment:
        'The container is wired and resolved in one place; one test compares it with what stands for it in bundles.',
      from: { pathNot: '^(src/entrypoints/composition/|test/infra/lambda-container\\.test\\.ts$)' },
      to: { path: 'node_modules/inversify/' },
    },
    {
      name: 'aws-sdk-only-in-its-adapters',
      comment: 'A technology is known where it is adapted.',
      from: {
        path: '^(src|infra)/',
        pathNot: '^src/adapters/(dynamodb|sns|s3|lambda|sqs|secrets|cloudwatch)/',
      },
      to: { path: 'node_modules/(@aws-sdk|@smithy)/' },
    },
    {
      name: 'jose-only-in-access',
      comment: 'What a token says is known where it is verified, and what is behind it sees scopes.',
      from: { path: '^(src|infra)/', pathNot: '^src/adapters/access/' },
      to: { path: 'node_modules/jose/' },
    },
    {
      name: 'class-validator-only-in-http',
      comment: 'DTOs are the HTTP interface; the domain checks for itself.',
      from: { pathNot: '^(src/adapters/http|test/adapters/http)/' },
      to: { path: 'node_modules/(class-validator|class-transformer)/' },
    },
    {
      name: 'tables-are-read-by-dynamodb-and-entrypoints',
      comment: 'Table definitions are stated once, for those who make tables and those who read them.',
      from: { path: '^src/', pathNot: '^src/(adapters/dynamodb|entrypoints)/' },
      to: { path: '^infra/' },
    },
    {
      name: 'infra-imports-no-source',
      comment:
        'Infrastructure names entrypoints by path; it does not load them. What deploys is given their documents by its entry.',
      from: { path: '^infra/', pathNot: '^infra/app\\.ts$' },
      to: { path: '^src/' },
    },
    {
      name: 'infra-entry-imports-only-documents',
      comment: 'The documents of the interfaces are all that a deployment asks of the source.',
      from: { path: '^infra/app\\.ts$' },
      to: { path: '^src/', pathNot: '^src/entrypoints/composition/api-documents\\.ts$' },
    },
    {
      name: 'cdk-only-in-infra',
      comment: 'Stacks are described in one place; what runs knows nothing of how it was deployed.',
      from: { pathNot: '^(infra|test/infra)/' },
      to: { path: 'node_modules/(aws-cdk|aws-cdk-lib|constructs|cdk-nag)/' },
    },
    {
      name: 'source-reads-no-cdk',
      comment: 'Of infra, the source reads what is stated once for both, and nothing that loads CDK.',
      from: { path: '^src/' },
      to: { path: '^infra/', pathNot: '^infra/(tables|stream-filters|observability/metrics)\\.ts$' },
    },
    {
      name: 'no-test-code-in-production',
      from: { path: '^(src|infra)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'no-development-packages-in-production',
      comment: 'What src loads is in dependencies. Types are gone at run time.',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that neither imports nor is imported is forgotten.',
      from: { orphan: true, path: '^(src|infra)/' },
      to: {},
    },
    {
      name: 'no-unresolvable-imports',
      from: {},
      to: { couldNotResolve: true },
    },
  ].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
