import { SetAsideObjectNotFound } from '../../../domain/profiles/errors.ts';
import type { SetAsideObject, SetAsideObjects } from '../ports/set-aside-objects.ts';

export class GetSetAsideObject {
  constructor(private readonly aside: Pick<SetAsideObjects, 'find'>) {}

  /** @throws SetAsideObjectNotFound, Unavailable */
  async execute(id: string): Promise<SetAsideObject> {
    const object = await this.aside.find(id);
    if (object === undefined) throw new SetAsideObjectNotFound(id);
    return object;
  }
}
