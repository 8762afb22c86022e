import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretsClient, StoredSecrets } from '../../../src/adapters/secrets/stored-secrets.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';

const SECRET_ID = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:cursors';

/** The secret by the labels of its versions, and how often it was read. */
let versions: Readonly<Record<string, string>>;
let reads: number;
let refusal: string | undefined;
let server: Server;
let client: SecretsManagerClient;
let nowMs: number;

beforeEach(async () => {
  [versions, reads, refusal, nowMs] = [{ AWSCURRENT: 'first' }, 0, undefined, 0];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked = JSON.parse(Buffer.concat(chunks).toString()) as {
        SecretId: string;
        VersionStage: string;
      };
      if (asked.VersionStage === 'AWSCURRENT') reads++;
      const SecretString = asked.SecretId === SECRET_ID ? versions[asked.VersionStage] : undefined;
      const failure = refusal ?? (SecretString === undefined ? 'ResourceNotFoundException' : undefined);
      response.writeHead(failure ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(failure ? { __type: failure } : { SecretString }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = secretsClient({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
afterEach(async () => {
  client.destroy();
  server.close();
  await once(server, 'close');
});

const stored = (secretId = SECRET_ID): StoredSecrets => new StoredSecrets(client, secretId, () => nowMs);

describe('a secret of the secret store', () => {
  it('is read when it is needed, once for all who ask', async () => {
    const secrets = stored();
    expect(reads).toBe(0);
    expect(await Promise.all([secrets.current(), secrets.current()])).toEqual([['first'], ['first']]);
    nowMs += 14 * 60_000;
    expect(await secrets.current()).toEqual(['first']);
    expect(reads).toBe(1);
  });

  it('comes with the one that it has replaced', async () => {
    versions = { AWSCURRENT: 'second', AWSPREVIOUS: 'first' };
    expect(await stored().current()).toEqual(['second', 'first']);
  });

  it('is read again where another one may have come, but not at once', async () => {
    const secrets = stored();
    await secrets.current();
    versions = { AWSCURRENT: 'second', AWSPREVIOUS: 'first' };
    expect(await secrets.renewed()).toBeUndefined();
    nowMs += 30_000;
    expect(await secrets.renewed()).toEqual(['second', 'first']);
    expect(await secrets.renewed()).toBeUndefined();
    expect(await secrets.current()).toEqual(['second', 'first']);
    expect(reads).toBe(2);
  });

  it('is forgotten after a quarter of an hour', async () => {
    const secrets = stored();
    await secrets.current();
    versions = { AWSCURRENT: 'third', AWSPREVIOUS: 'second' };
    nowMs += 15 * 60_000;
    expect(await secrets.current()).toEqual(['third', 'second']);
  });

  it.each(['AccessDeniedException', 'DecryptionFailure'])(
    'that may not be read is unavailable: %s',
    async (type) => {
      refusal = type;
      const secrets = stored();
      await expect(secrets.current()).rejects.toThrow(Unavailable);
      refusal = undefined;
      expect(await secrets.current()).toEqual(['first']);
    },
  );

  it('that is not there is unavailable', async () => {
    await expect(stored('another').current()).rejects.toThrow(Unavailable);
  });
});
