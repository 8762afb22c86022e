import type { CompanyFacts } from '../../../domain/profiles/company-facts.ts';
import { checkPatchOf, dtoOf } from '../dto.ts';
import { CompanyBody } from './company-body.ts';

/** A merge patch (RFC 7396) of a company's facts: null removes, objects merge, everything else replaces. */
export type CompanyPatch = Readonly<Record<string, unknown>>;

/** @throws InvalidRequest */
export function companyPatchOf(json: unknown): CompanyPatch {
  checkPatchOf(CompanyBody, json);
  return json;
}

/** The new name, where that is all the patch is about. */
export function nameAlone(patch: CompanyPatch): string | undefined {
  const { name } = patch;
  return typeof name === 'string' && Object.keys(patch).length === 1 ? name : undefined;
}

/** What is removed gets its default where it has one. @throws InvalidRequest where the patch takes away what a company must have */
export function patched(current: CompanyFacts, patch: CompanyPatch): CompanyFacts {
  return dtoOf(CompanyBody, merge(current, patch));
}

function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = merge(merged[name], value);
  }
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
