import { describe, expect, it } from '@jest/globals';
import { ObjectGone, type ObjectContents } from '../../src/application/profiles/ports/object-contents.ts';

/** What every ObjectContents promises. */
export function objectContentsContract(name: string, contentsOf: () => ObjectContents): void {
  describe(`contents ${name}`, () => {
    let number = 0;
    const newKey = (): string => `imports/a/parts/${++number}`;
    const write = async (key: string, ...chunks: string[]): Promise<void> =>
      contentsOf().write(key, 'text/plain', chunksOf(...chunks));
    const read = async (key: string): Promise<string> => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of contentsOf().read(key)) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    };

    it('are read as they were written, however they came', async () => {
      const key = newKey();
      await write(key, 'a', '', 'é'.repeat(7), 'x'.repeat(100_000), 'z');
      expect(await read(key)).toBe(`a${'é'.repeat(7)}${'x'.repeat(100_000)}z`);
    });

    it.each([0, 1, 2])('may have %d bytes', async (size) => {
      const key = newKey();
      await write(key, 'y'.repeat(size));
      expect(await read(key)).toBe('y'.repeat(size));
    });

    it('take the place of what was there', async () => {
      const key = newKey();
      await write(key, 'long before');
      await write(key, 'new');
      expect(await read(key)).toBe('new');
    });

    it('are as they were where the writing fails', async () => {
      const key = newKey();
      await write(key, 'before');
      const failing = async function* (): AsyncGenerator<Uint8Array> {
        yield Buffer.from('half'.repeat(20_000));
        throw new Error('no more');
      };
      await expect(contentsOf().write(key, 'text/plain', failing())).rejects.toThrow('no more');
      expect(await read(key)).toBe('before');
    });

    it('that are not there are told as gone', async () => {
      await expect(read(newKey())).rejects.toThrow(ObjectGone);
    });
  });
}

async function* chunksOf(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
