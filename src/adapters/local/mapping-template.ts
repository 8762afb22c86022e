import { Compile, parse } from 'velocityjs';

/** What a template of API Gateway sees, as `$input`, `$context` and `$stageVariables`. */
export interface TemplateInput {
  /** The body that is mapped, as JSON; undefined where there is none. */
  readonly body: unknown;
  readonly parameters: Readonly<Record<'path' | 'querystring' | 'header', Readonly<Record<string, string>>>>;
  readonly requestId: string;
  readonly stageVariables: Readonly<Record<string, string>>;
}

export interface Rendered {
  readonly text: string;
  /** What the template set in place of the status and the headers of the answer. */
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A mapping template as API Gateway renders it, as far as our templates go: what they have no business with, such as a
 * method that Java's texts do not have, is an error rather than an empty text.
 */
export function mappingTemplate(source: string): (input: TemplateInput) => Rendered {
  const syntax = parse(source);
  return ({ body, parameters, requestId, stageVariables }) => {
    const { path, querystring, header } = parameters;
    const override: { status?: number; header: Record<string, string> } = { header: {} };
    const objects = {
      input: {
        path: (expression: string) => at(body, expression),
        params: (name?: string) =>
          name === undefined ? parameters : (path[name] ?? querystring[name] ?? header[name] ?? ''),
      },
      util: { escapeJavaScript },
    };
    const text = new Compile(syntax, {
      env: 'development',
      customMethodHandlers: [
        {
          uid: 'java',
          match: () => true,
          resolve: ({ context, property, params }) => {
            const method = methodsOf(context, Object.values(objects))[property];
            if (method === undefined) throw new Error(`A template calls ${property}, which is not there`);
            return method(...(params as string[]));
          },
        },
      ],
    }).render({ ...objects, context: { requestId, responseOverride: override }, stageVariables });
    const { status, header: headers } = override;
    return { text, headers, ...(status !== undefined && { status }) };
  };
}

type Methods = Readonly<Record<string, ((...args: string[]) => unknown) | undefined>>;

function methodsOf(value: unknown, objects: readonly Methods[]): Methods {
  if (typeof value === 'string') return textMethods(value);
  if (typeof value !== 'object' || value === null) return {};
  return objects.find((each) => each === value) ?? collectionMethods(value);
}

/** Those of java.lang.String. */
function textMethods(text: string): Methods {
  return {
    matches: (pattern = '') => new RegExp(`^(?:${pattern})$`, 's').test(text),
    replaceAll: (pattern = '', replacement = '') => text.replaceAll(new RegExp(pattern, 'g'), replacement),
    toLowerCase: () => text.toLowerCase(),
  };
}

/** Those of java.util.List and Map. */
function collectionMethods(collection: object): Methods {
  return {
    isEmpty: () => Object.keys(collection).length === 0,
    keySet: () => Object.keys(collection),
  };
}

/** The JSONPaths that name one member after the other. */
function at(body: unknown, expression: string): unknown {
  if (!/^\$(\.\w+)*$/.test(expression)) throw new Error(`A template asks for ${expression}`);
  const names = expression.split('.').slice(1);
  return names.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], body);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/** As Apache Commons Lang 2 does: a text of ASCII, in which ' is escaped as well, which JSON does not know. */
function escapeJavaScript(text: string): string {
  return text.replace(/["'\\/]|[^ -~\u007f]/g, (unit) => {
    const short = ESCAPES[unit];
    if (short !== undefined) return short;
    if (unit >= ' ' && unit <= '~') return `\\${unit}`;
    return `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}
