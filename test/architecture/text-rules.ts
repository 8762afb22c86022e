/** A rule on the text of files, where neither the linter nor the dependency rules look. */
interface TextRule {
  readonly name: string;
  appliesTo(path: string): boolean;
  /** What a line must not hold. */
  readonly forbidden: RegExp;
}

const TEXT_RULES: readonly TextRule[] = [
  {
    name: 'no Scan: every access is a key or a Query',
    appliesTo: (path) => path.startsWith('src/'),
    forbidden: /\bScan(?:Command|Input|CommandInput)?\b|\bpaginateScan\b|\.scan\(|DynamoDB_\d+\.Scan/,
  },
  {
    name: 'no host of a package registry',
    appliesTo: isProse,
    forbidden: /\bregistry\.(?:npmjs|yarnpkg)\.|\b(?:artifactory|nexus|verdaccio)[.-][a-z]/i,
  },
  {
    name: 'no path of one machine',
    appliesTo: isProse,
    forbidden: /(?:^|[\s'"`(=:])(?:\/(?:home|root|Users|work|mnt)\/\w|[A-Z]:\\\w)/,
  },
  {
    name: 'no address that the lock file would bind to one registry',
    appliesTo: (path) => path === 'package-lock.json',
    forbidden: /"resolved": "https?:/,
  },
];

/** Every breach in one file, as `path:line: rule`. */
export function breachesOf(path: string, text: string): string[] {
  const rules = TEXT_RULES.filter((rule) => rule.appliesTo(path));
  if (rules.length === 0) return [];
  return text
    .split('\n')
    .flatMap((line, index) =>
      rules
        .filter(({ forbidden }) => forbidden.test(line))
        .map(({ name }) => `${path}:${index + 1}: ${name}`),
    );
}

function isProse(path: string): boolean {
  return path !== 'package-lock.json' && !path.startsWith('test/architecture/text-rules');
}
