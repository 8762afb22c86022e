import type { SetAsideObject, SetAsideObjects } from '../ports/set-aside-objects.ts';
import type { FollowObject, Following } from './follow-object.ts';

export interface RedrivenObject {
  readonly object: SetAsideObject;
  readonly following: Following;
}

export class RedriveSetAsideObjects {
  constructor(
    private readonly aside: Pick<SetAsideObjects, 'remove'>,
    private readonly followObject: Pick<FollowObject, 'attempt'>,
  ) {}

  /**
   * Looks again at objects that are set aside, in any order. What now belongs somewhere, or is there no more, leaves; the
   * others stay.
   *
   * @throws Unavailable
   */
  async execute(
    objects: Iterable<SetAsideObject>,
    onRedriven: (redriven: RedrivenObject) => void,
  ): Promise<void> {
    for (const object of objects) {
      const { objectKey, notifiedAt } = object;
      const following = await this.followObject.attempt({ objectKey, notifiedAt });
      if (following.outcome !== 'set-aside') await this.aside.remove(object.id);
      onRedriven({ object, following });
    }
  }
}
