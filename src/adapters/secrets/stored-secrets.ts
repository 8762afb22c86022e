import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { Unavailable } from '../../domain/shared/errors.ts';
import type { CursorSecrets, Secrets } from '../http/cursors.ts';

/** A secret that was replaced because it leaked is used for no longer than this. */
const FRESH_MS = 15 * 60_000;
/** Whoever makes cursors up does not make this process ask more often. */
const PAUSE_MS = 30_000;

/** The client of Secrets Manager; an endpoint is one on this machine, which knows no credentials. */
export function secretsClient({ endpoint }: { readonly endpoint?: string } = {}): SecretsManagerClient {
  return new SecretsManagerClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
    ...(endpoint !== undefined && {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  });
}

/** A secret of Secrets Manager, with the one that it has replaced: read when it is needed, and kept for a while. */
export class StoredSecrets implements CursorSecrets {
  readonly #client: SecretsManagerClient;
  readonly #secretId: string;
  readonly #nowMs: () => number;
  #held: { readonly secrets: Secrets; readonly readAtMs: number } | undefined;
  #reading: Promise<Secrets> | undefined;

  constructor(client: SecretsManagerClient, secretId: string, nowMs: () => number) {
    this.#client = client;
    this.#secretId = secretId;
    this.#nowMs = nowMs;
  }

  async current(): Promise<Secrets> {
    return this.#heldFor(FRESH_MS) ?? this.#read();
  }

  async renewed(): Promise<Secrets | undefined> {
    return this.#heldFor(PAUSE_MS) === undefined ? this.#read() : undefined;
  }

  #heldFor(ms: number): Secrets | undefined {
    const held = this.#held;
    return held !== undefined && this.#nowMs() - held.readAtMs < ms ? held.secrets : undefined;
  }

  /** All who ask at once wait for one answer. */
  #read(): Promise<Secrets> {
    return (this.#reading ??= this.#fetch().finally(() => (this.#reading = undefined)));
  }

  async #fetch(): Promise<Secrets> {
    const [current, previous] = await Promise.all([
      this.#version('AWSCURRENT'),
      this.#version('AWSPREVIOUS'),
    ]);
    if (current === undefined) throw new Error(`The secret ${this.#secretId} has no text`);
    const secrets: Secrets = previous === undefined ? [current] : [current, previous];
    this.#held = { secrets, readAtMs: this.#nowMs() };
    return secrets;
  }

  /** @returns undefined where there is no such version @throws Unavailable */
  async #version(VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<string | undefined> {
    try {
      const command = new GetSecretValueCommand({ SecretId: this.#secretId, VersionStage });
      return (await this.#client.send(command)).SecretString;
    } catch (error) {
      // A secret that was never replaced has no version before.
      if (error instanceof ResourceNotFoundException && VersionStage === 'AWSPREVIOUS') return undefined;
      throw new Unavailable('The secret store did not answer as it should.', { cause: error });
    }
  }
}
