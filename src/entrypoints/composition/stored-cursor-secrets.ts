import type { CursorSecrets } from '../../adapters/http/cursors.ts';

/** The secret in AWS Secrets Manager. Few requests have a cursor: its client is loaded when the first one does. */
export function storedCursorSecrets(secretId: string): CursorSecrets {
  let loading: Promise<CursorSecrets> | undefined;
  const loaded = (): Promise<CursorSecrets> =>
    (loading ??= import('../../adapters/secrets/stored-secrets.ts').then(
      ({ StoredSecrets, secretsClient }) => new StoredSecrets(secretsClient(), secretId, Date.now),
    ));
  return {
    current: async () => (await loaded()).current(),
    renewed: async () => (await loaded()).renewed(),
  };
}
