import { beforeEach, describe, expect, it } from '@jest/globals';
import type {
  SetAsideObject,
  SetAsideObjects,
  UnrecordedObject,
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

    const at = (time: string, objectKey: string): UnrecordedObject => ({
      objectKey,
      reason: 'It belongs to nothing.',
      notifiedAt: `2026-01-0${time}Z`,
    });
    const of = async (first: string, last = first): Promise<SetAsideObject[]> => {
      const found: SetAsideObject[] = [];
      for await (const object of aside.list(`${first}T23:00:00.000Z`, `${last}T00:00:00.000Z`))
        found.push(object);
      return found;
    };

    it('are those of the days from one to another, oldest first', async () => {
      const [late, early] = [
        at('2T23:59:59.999', 'documents/a#b/%E0%A4%A'),
        at('2T00:00:00.000', 'x'.repeat(1024)),
      ];
      const others = [at('1T23:59:59.999', 'x'), at('3T00:00:00.000', 'x')];
      for (const object of [late, early, ...others]) await aside.keep(object);
      expect(await of('2026-01-02')).toMatchObject([early, late]);
      expect(await of('2026-01-01', '2026-01-03')).toMatchObject([others[0], early, late, others[1]]);
      expect(await of('2026-01-04')).toEqual([]);
    });

    it.each(['x', 'a/b#c%20', '🏭\n', 'é'.repeat(512)])(
      'are found by their id and removed: %j',
      async (key) => {
        await aside.keep(at('2T10:00:00.000', key));
        await aside.keep(at('2T10:00:00.000', `${key}'`));
        const [first, second] = await of('2026-01-02');
        expect(new Set([first!.objectKey, second!.objectKey])).toEqual(new Set([key, `${key}'`]));
        expect(await aside.find(first!.id)).toEqual(first);
        await aside.remove(first!.id);
        expect(await of('2026-01-02')).toEqual([second]);
        expect(await aside.find(first!.id)).toBeUndefined();
      },
    );

    it.each(['', 'x', '2026-01-02', '2026-01-02/10:00:00.000Z', '///'])(
      'are none by the id %j',
      async (id) => {
        expect(await aside.find(id)).toBeUndefined();
        await aside.remove(id);
      },
    );

    it('are kept once', async () => {
      await aside.keep(at('2T10:00:00.000', 'x'));
      await aside.keep({ ...at('2T10:00:00.000', 'x'), reason: 'Another reason.' });
      expect(await of('2026-01-02')).toMatchObject([{ reason: 'Another reason.' }]);
    });
  });
}
