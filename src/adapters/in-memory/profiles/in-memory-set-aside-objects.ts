import type {
  SetAsideObject,
  SetAsideObjects,
  UnrecordedObject,
} from '../../../application/profiles/ports/set-aside-objects.ts';
import type { Instant } from '../../../domain/shared/time.ts';

const DAY_LENGTH = 'yyyy-mm-dd'.length;

export class InMemorySetAsideObjects implements SetAsideObjects {
  readonly #objects = new Map<string, SetAsideObject>();

  async keep(object: UnrecordedObject): Promise<void> {
    const id = `${object.notifiedAt.replace('T', '/')}/${object.objectKey}`;
    this.#objects.set(id, { ...object, id });
  }

  async *list(since: Instant, until: Instant): AsyncGenerator<SetAsideObject> {
    const [first, last] = [since.slice(0, DAY_LENGTH), until.slice(0, DAY_LENGTH)];
    const asked = [...this.#objects.values()].filter(({ id }) => {
      const day = id.slice(0, DAY_LENGTH);
      return day >= first && day <= last;
    });
    for (const object of asked.sort((left, right) => (left.id < right.id ? -1 : 1))) yield { ...object };
  }

  async find(id: string): Promise<SetAsideObject | undefined> {
    const object = this.#objects.get(id);
    return object && { ...object };
  }

  async remove(id: string): Promise<void> {
    this.#objects.delete(id);
  }
}
