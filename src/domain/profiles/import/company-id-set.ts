import type { CompanyId } from '../../shared/company-id.ts';

const WORDS = 4;

/**
 * Which companies a file has named: some 30 bytes for each, where a Set of texts takes more than 100.
 *
 * Open addressing over the 128 bits of an id; the nil UUID, which no company has, marks a free slot.
 */
export class CompanyIdSet {
  #slots = new Uint32Array(WORDS * 1024);
  #size = 0;

  has(companyId: CompanyId): boolean {
    const words = wordsOf(companyId);
    return !isFree(this.#slots, slotOf(this.#slots, words));
  }

  add(companyId: CompanyId): void {
    const words = wordsOf(companyId);
    const slot = slotOf(this.#slots, words);
    if (!isFree(this.#slots, slot)) return;
    this.#slots.set(words, slot);
    this.#size++;
    if (this.#size * WORDS * 3 > this.#slots.length * 2) this.#grow();
  }

  #grow(): void {
    const grown = new Uint32Array(this.#slots.length * 2);
    for (let slot = 0; slot < this.#slots.length; slot += WORDS) {
      if (isFree(this.#slots, slot)) continue;
      const words = this.#slots.subarray(slot, slot + WORDS);
      grown.set(words, slotOf(grown, words));
    }
    this.#slots = grown;
  }
}

/** Where the id is, or the free slot where it belongs. */
function slotOf(slots: Uint32Array, words: Uint32Array): number {
  const count = slots.length / WORDS;
  // The last word of a UUID is random in every version that the registry makes.
  let slot = words[3]! % count;
  while (!isFree(slots, slot * WORDS) && !isAt(slots, slot * WORDS, words)) slot = (slot + 1) % count;
  return slot * WORDS;
}

function isFree(slots: Uint32Array, slot: number): boolean {
  return slots[slot] === 0 && slots[slot + 1] === 0 && slots[slot + 2] === 0 && slots[slot + 3] === 0;
}

function isAt(slots: Uint32Array, slot: number, words: Uint32Array): boolean {
  return words.every((word, index) => slots[slot + index] === word);
}

function wordsOf(companyId: CompanyId): Uint32Array {
  const digits = companyId.replaceAll('-', '');
  const words = new Uint32Array(WORDS);
  for (let word = 0; word < WORDS; word++) words[word] = parseInt(digits.slice(word * 8, word * 8 + 8), 16);
  return words;
}
