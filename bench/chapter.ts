/** A page in which a chapter is replaced, or to which it is added. @param chapter begins with its heading */
export function withChapter(page: string, chapter: string): string {
  const heading = chapter.slice(0, chapter.indexOf('\n') + 1);
  const start = page.indexOf(heading);
  if (start < 0) return `${page.trimEnd()}\n\n${chapter}`;
  const next = page.indexOf('\n## ', start);
  return page.slice(0, start) + chapter + (next < 0 ? '' : page.slice(next));
}
