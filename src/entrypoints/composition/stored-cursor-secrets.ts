import type { CursorSecrets } from '../../adapters/http/cursors.ts';
import { secretsClient, StoredSecrets } from '../../adapters/secrets/stored-secrets.ts';

/** The secret in AWS Secrets Manager. Few requests have a cursor: its client is made when the first one does. */
export function storedCursorSecrets(secretId: string): CursorSecrets {
  let stored: StoredSecrets | undefined;
  const secrets = (): StoredSecrets => (stored ??= new StoredSecrets(secretsClient(), secretId, Date.now));
  return { current: () => secrets().current(), renewed: () => secrets().renewed() };
}
