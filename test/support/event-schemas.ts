import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const SCHEMAS = new URL('../../src/adapters/messaging/schemas/', import.meta.url);

/** The files of the event contract, by name. */
export const SCHEMA_FILES: readonly string[] = readdirSync(SCHEMAS).sort();

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
for (const file of SCHEMA_FILES) {
  ajv.addSchema(JSON.parse(readFileSync(new URL(file, SCHEMAS), 'utf8')) as object);
}

/** What tells whether a message keeps to a schema; undefined where there is none of that name. */
export function validatorOf(schema: string): ValidateFunction | undefined {
  return ajv.getSchema(schema);
}
