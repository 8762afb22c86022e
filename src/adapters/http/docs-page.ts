import type { OpenApiDocument, OpenApiOperation, OpenApiResponse } from './open-api.ts';
import type { Parameter } from './route.ts';
import type { Schema } from './schema.ts';

interface Listed {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

/** The document as a page that needs nothing else: no scripts, no fonts, no network. `url` is where the service is. */
export function docsPage(document: OpenApiDocument, url: string): string {
  const { info, tags, components } = document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const chapters = tags.map(({ name }) => ({
    name,
    listed: operations.filter(({ operation }) => operation.tags.includes(name)),
  }));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(info.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(info.title)} <small>${escape(info.version)}</small></h1>
<p>${escape(info.description)}</p>
<p>Errors are <code>application/problem+json</code>. The same as an OpenAPI document: <code>${escape(url)}/openapi.json</code>.</p>
<nav>${chapters.map(contents).join('')}</nav>
${chapters.map(({ name, listed }) => `<h2>${escape(name)}</h2>${listed.map((each) => section(each, url)).join('')}`).join('\n')}
<h2>Schemas</h2>
${Object.entries(components.schemas).map(schemaSection).join('\n')}
</body>
</html>
`;
}

function contents({ name, listed }: { name: string; listed: readonly Listed[] }): string {
  const entries = listed.map(
    ({ method, path, operation }) =>
      `<li><a href="#${escape(operation.operationId)}">${signature(method, path)}</a> ${escape(operation.summary)}</li>`,
  );
  return `<h3>${escape(name)}</h3><ul>${entries.join('')}</ul>`;
}

function section({ method, path, operation }: Listed, url: string): string {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const scope = operation['x-required-scope'];
  const rows = parameters.map(parameterRow).join('');
  return `<section id="${escape(operationId)}">
<h3>${signature(method, path)}</h3>
<p><b>${escape(summary)}.</b> ${escape(description ?? '')}</p>
${scope ? `<p>Needs a token with the scope ${code(scope)}.</p>` : ''}
${rows && `<table><tr><th>Parameter</th><th>In</th><th></th></tr>${rows}</table>`}
${requestBody ? `<p>Body, as ${Object.keys(requestBody.content).map(code).join(' or ')}: ${escape(requestBody.description)}</p>` : ''}
<pre>${escape(curlOf(method, path, operation, url))}</pre>
<table><tr><th>Status</th><th></th></tr>${Object.entries(responses).map(responseRow).join('')}</table>
</section>`;
}

function parameterRow({ name, in: place, description, required, schema }: Parameter): string {
  const rule = constraintsOf(schema);
  const told = [escape(description), rule && code(rule)].filter(Boolean).join(' ');
  return `<tr><td>${code(name)}${required ? ' *' : ''}</td><td>${place}</td><td>${told}</td></tr>`;
}

function responseRow([status, { description, headers = {}, content = {} }]: [
  string,
  OpenApiResponse,
]): string {
  const names = Object.keys(headers);
  const example = Object.values(content)[0]?.example;
  const told = [
    escape(description),
    names.length > 0 ? ` Headers: ${names.map(code).join(', ')}.` : '',
    example ? `<details><summary>Example</summary><pre>${escape(indented(example))}</pre></details>` : '',
  ];
  return `<tr><td>${escape(status)}</td><td>${told.join('')}</td></tr>`;
}

function schemaSection([name, schema]: [string, Schema]): string {
  const { required = [], properties = {} } = schema;
  const rows = Object.entries(properties).map(([property, rule]) => {
    const mark = required.includes(property) ? ' *' : '';
    const told = escape(rule.description ?? '');
    return `<tr><td>${code(property)}${mark}</td><td>${typeOf(rule)}</td><td>${told} ${code(constraintsOf(rule))}</td></tr>`;
  });
  return `<section id="schema-${escape(name)}"><h3>${escape(name)}</h3>
<table><tr><th>Property</th><th>Type</th><th></th></tr>${rows.join('')}</table></section>`;
}

/** A request that can be copied into a terminal. */
function curlOf(
  method: string,
  path: string,
  { parameters = [], requestBody, 'x-required-scope': scope }: OpenApiOperation,
  url: string,
): string {
  const filled = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((text, { name, example = '' }) => text.replace(`{${name}}`, encodeURIComponent(example)), path);
  const query = parameters.find((parameter) => parameter.in === 'query' && parameter.example !== undefined);
  const search = query ? `?${query.name}=${encodeURIComponent(query.example ?? '')}` : '';
  const headers = parameters
    .filter((parameter) => parameter.in === 'header' && parameter.name !== 'If-None-Match')
    .map(({ name, example = '' }) => `  -H ${quoted(`${name}: ${example}`)}`);
  const [mediaType, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quoted(`${url}${filled}${search}`)}`,
    ...(scope ? [`  -H "Authorization: Bearer $TOKEN"`] : []),
    ...headers,
    ...(mediaType ? [`  -H ${quoted(`Content-Type: ${mediaType}`)}`] : []),
    ...(media?.example ? [`  -d ${quoted(indented(media.example))}`] : []),
  ].join(' \\\n');
}

function typeOf(schema: Schema): string {
  const { type = '', items = {}, oneOf } = schema;
  if (oneOf) return oneOf.map(typeOf).join(' or ');
  if (items.oneOf) return `list of ${typeOf(items)}`;
  const reference = referenceIn(type === 'array' ? items : schema);
  const list = type === 'array' ? 'list of ' : '';
  if (reference) return `${list}<a href="#schema-${escape(reference)}">${escape(reference)}</a>`;
  return escape(list + (type === 'array' ? (items.type ?? '') : type));
}

function referenceIn({ $ref, allOf = [] }: Schema): string | undefined {
  const reference = $ref ?? allOf[0]?.$ref;
  return reference?.slice(reference.lastIndexOf('/') + 1);
}

const CONSTRAINTS: readonly (keyof Schema)[] = [
  'enum',
  'format',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'default',
  'nullable',
];

function constraintsOf(schema: Schema): string {
  return CONSTRAINTS.filter((name) => schema[name] !== undefined)
    .map((name) => `${name} ${JSON.stringify(schema[name])}`)
    .join(', ');
}

function signature(method: string, path: string): string {
  return `<b>${escape(method)}</b> <code>${escape(path)}</code>`;
}

function code(text: string): string {
  return text === '' ? '' : `<code>${escape(text)}</code>`;
}

function indented(value: object): string {
  return JSON.stringify(value, null, 2);
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; background: #fff; }
code, pre { font: 0.875em/1.5 ui-monospace, monospace; }
pre { background: #f4f6f8; padding: 0.75rem 1rem; overflow-x: auto; border-radius: 4px; }
section { border-top: 1px solid #d5dae0; padding: 0.5rem 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; }
nav ul { list-style: none; padding: 0; }
small { color: #5b6570; font-weight: normal; }
@media (prefers-color-scheme: dark) { body { color: #e6e9ed; background: #14171a; } pre { background: #1f2429; } a { color: #8ab8ff; } section { border-color: #333a42; } }
`;
