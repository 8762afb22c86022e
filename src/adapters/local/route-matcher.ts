import createRouter from 'find-my-way';

export interface Matched<Resource> {
  readonly resource: Resource;
  /** As they stand in the path: percent-encoded. */
  readonly parameters: Record<string, string | undefined>;
}

/** Finds the resource of a URL as API Gateway does: by its path, whatever the method. */
export function routeMatcher<Resource extends { readonly path: string }>(
  resources: Iterable<Resource>,
): (url: string) => Matched<Resource> | undefined {
  const router = createRouter({ maxParamLength: 16_384 });
  for (const resource of resources) {
    router.on('GET', resource.path.replace(/\{(\w+)\}/g, ':$1'), () => undefined, resource);
  }
  return (url) => {
    const end = url.indexOf('?');
    const path = end === -1 ? url : url.slice(0, end);
    // With its percent signs escaped, what the router decodes is the path as it was.
    const found = router.find('GET', path.includes('%') ? path.replaceAll('%', '%25') : path);
    if (found === null || Object.values(found.params).includes('')) return undefined;
    return { resource: found.store as Resource, parameters: found.params };
  };
}
