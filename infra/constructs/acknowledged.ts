import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Rules of cdk-nag that a construct does not follow, each with why. */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  if (Object.keys(reasons).length === 0) return;
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));
}
