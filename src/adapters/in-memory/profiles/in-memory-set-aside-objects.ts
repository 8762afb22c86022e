import type {
  SetAsideObject,
  SetAsideObjects,
} from '../../../application/profiles/ports/set-aside-objects.ts';

export class InMemorySetAsideObjects implements SetAsideObjects {
  readonly #objects = new Map<string, SetAsideObject>();

  async keep(object: SetAsideObject): Promise<void> {
    this.#objects.set(JSON.stringify([object.notifiedAt, object.objectKey]), { ...object });
  }

  async *list(day: string): AsyncGenerator<SetAsideObject> {
    for (const [id, object] of [...this.#objects].sort(([left], [right]) => (left < right ? -1 : 1))) {
      if (id.startsWith(`["${day}T`)) yield { ...object };
    }
  }
}
