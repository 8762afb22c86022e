/**
 * Whether one notification of an object is earlier than another one for certain, by the hexadecimal numbers that the store
 * gives them.
 *
 * They are numbers of any length, leading zeros or not. S3's documentation would have the shorter one padded on its right
 * before they are compared: where that comes to something else, nothing is certain.
 */
export function isEarlier(sequencer: string, than: string): boolean {
  if (!isHexadecimal(sequencer) || !isHexadecimal(than)) return false;
  const length = Math.max(sequencer.length, than.length);
  return (
    BigInt(`0x${sequencer}`) < BigInt(`0x${than}`) &&
    sequencer.padEnd(length, '0').toLowerCase() < than.padEnd(length, '0').toLowerCase()
  );
}

function isHexadecimal(text: string): boolean {
  return /^[0-9a-f]+$/i.test(text);
}
