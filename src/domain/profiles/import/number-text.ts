/** What files write for a figure that there is none of. */
const NOT_REPORTED = new Set(['-', '--', '–', '—', 'n/a', '#n/a', 'n.a.', 'na', 'null']);
const ZEROS_OF_SUFFIX: Readonly<Record<string, number>> = { '': 0, K: 3, M: 6, B: 9, T: 12 };

const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;

/**
 * The plain decimal of a number as files write it: `63.802B` → `63802000000`, `1,234.5` → `1234.5`, `12 %` → `12`,
 * `$(3)` → `-3`. Blank where the text says that there is none, such as `N/A`; what is no number stays as it is.
 */
export function numberIn(text: string): string {
  if (NOT_REPORTED.has(text.toLowerCase())) return '';
  const bare = text.replace(/^([+-]?)\s*[$€£¥]\s*/u, '$1').replace(/\s*%$/, '');
  const signed = bare.replace(/^\((.*)\)$/, '-$1');
  const [, digits = '', suffix = ''] = /^(.*?)\s*([KMBT]?)$/i.exec(signed) ?? [];
  const ungrouped = GROUPED.test(digits) ? digits.replaceAll(',', '') : digits;
  return isDecimal(ungrouped) ? scaled(ungrouped, ZEROS_OF_SUFFIX[suffix.toUpperCase()] ?? 0) : text;
}

/** The number times ten to the power of `zeros`, exactly: only the point moves. What is no number stays as it is. */
export function scaled(text: string, zeros: number): string {
  const [, sign = '', whole = '', fraction = '', exponent] = PLAIN.exec(text) ?? [];
  if (zeros === 0 || !isDecimal(text)) return text;
  if (exponent !== undefined) return text.replace(/[eE].*$/, `e${Number(exponent) + zeros}`);
  const digits = `${'0'.repeat(Math.max(-zeros, 0))}${whole}${fraction}${'0'.repeat(Math.max(zeros, 0))}`;
  const point = whole.length + Math.max(-zeros, 0) + zeros;
  const before = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0';
  const after = digits.slice(point).replace(/0+$/, '');
  return `${sign === '-' ? '-' : ''}${before}${after && `.${after}`}`;
}

/** The whole number more or less another one. What is no whole number stays as it is. */
export function increased(text: string, by: number): string {
  return /^[+-]?\d{1,40}$/.test(text) ? String(BigInt(text) + BigInt(by)) : text;
}

function isDecimal(text: string): boolean {
  return PLAIN.test(text) && /^[^eE]*\d/.test(text);
}
