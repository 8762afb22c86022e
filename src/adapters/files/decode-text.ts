import { UnreadableFile } from './unreadable-file.ts';

const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16le': 'utf-16le',
  utf16le: 'utf-16le',
  'windows-1252': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
};

/** @throws UnreadableFile that lists the known encodings */
export function encodingNamed(name: string): string {
  const encoding = Object.hasOwn(ENCODINGS, name.toLowerCase()) ? ENCODINGS[name.toLowerCase()] : undefined;
  if (encoding !== undefined) return encoding;
  throw new UnreadableFile(
    `The encoding ${JSON.stringify(name)} is unknown. Known are utf-8, utf-16le and latin1 (windows-1252).`,
  );
}

/** The text of bytes, without a byte order mark. @throws UnreadableFile where the bytes are not of the encoding */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 1;
  const decode = (chunk: Uint8Array | undefined): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (error) {
      // The first replacement character of a forgiving decoder stands where the strict one gave up.
      const [valid = ''] = new TextDecoder(encoding).decode(chunk).split('\ufffd', 1);
      throw new UnreadableFile(
        `The file is not ${encoding}: line ${lines + lineBreaksIn(valid)} has bytes that mean nothing there. ` +
          `State its "encoding" in the map (utf-8, utf-16le or latin1), or save the file as UTF-8.`,
        { cause: error },
      );
    }
  };
  for await (const chunk of bytes) {
    const text = decode(chunk);
    lines += lineBreaksIn(text);
    if (text !== '') yield text;
  }
  const rest = decode(undefined);
  if (rest !== '') yield rest;
}

function lineBreaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
