import { beforeEach, describe, expect, it } from '@jest/globals';
import type {
  SetAsideObject,
  SetAsideObjects,
} from '../../src/application/profiles/ports/set-aside-objects.ts';
import type { ProfilesFixture } from '../support/profiles-fixture.ts';

/** What every SetAsideObjects promises. */
export function setAsideObjectsContract(
  name: string,
  makeFixture: () => ProfilesFixture | Promise<ProfilesFixture>,
): void {
  describe(`objects set aside ${name}`, () => {
    let aside: SetAsideObjects;

    beforeEach(async () => {
      ({ setAsideObjects: aside } = await makeFixture());
    });

    const at = (time: string, objectKey: string): SetAsideObject => ({
      objectKey,
      reason: 'It belongs to nothing.',
      notifiedAt: `2026-01-0${time}Z`,
    });
    const of = async (day: string): Promise<SetAsideObject[]> => {
      const found: SetAsideObject[] = [];
      for await (const object of aside.list(day)) found.push(object);
      return found;
    };

    it('are those of their day, oldest first', async () => {
      const [late, early] = [
        at('2T23:59:59.999', 'documents/a#b/%E0%A4%A'),
        at('2T00:00:00.000', 'x'.repeat(1024)),
      ];
      for (const object of [late, early, at('1T23:59:59.999', 'x'), at('3T00:00:00.000', 'x')])
        await aside.keep(object);
      expect(await of('2026-01-02')).toEqual([early, late]);
      expect(await of('2026-01-04')).toEqual([]);
    });

    it('are kept once', async () => {
      await aside.keep(at('2T10:00:00.000', 'x'));
      await aside.keep({ ...at('2T10:00:00.000', 'x'), reason: 'Another reason.' });
      expect(await of('2026-01-02')).toMatchObject([{ reason: 'Another reason.' }]);
    });
  });
}
