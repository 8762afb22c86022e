import { describe, expect, it } from '@jest/globals';
import { Container as InversifyContainer } from 'inversify';
import { Container as LambdaContainer } from '../../infra/bundles/lambda-container.ts';
import type { Container } from '../../src/entrypoints/composition/containers.ts';

class Greeting {
  constructor(readonly words: string) {}
}

class Letter {
  constructor(readonly greeting: Greeting) {}
}

const WORDS = Symbol('Words');

const containers: [name: string, create: () => Container][] = [
  ['the container of inversify', () => new InversifyContainer({ defaultScope: 'Singleton' })],
  ['what stands for it in a Lambda', () => new LambdaContainer() as unknown as Container],
];

describe.each(containers)('%s', (_name, create) => {
  it('gives a value as it was bound', () => {
    const container = create();
    container.bind(WORDS).toConstantValue('Good day');
    expect(container.get(WORDS)).toBe('Good day');
  });

  it('makes a thing of others once, whatever the order in which they are bound', () => {
    const container = create();
    container.bind(Letter).toResolvedValue((greeting: Greeting) => new Letter(greeting), [Greeting]);
    container.bind(Greeting).toResolvedValue((words: string) => new Greeting(words), [WORDS]);
    container.bind(WORDS).toConstantValue('Good day');
    const letter = container.get(Letter);
    expect(letter.greeting.words).toBe('Good day');
    expect(container.get(Letter)).toBe(letter);
    expect(container.get(Greeting)).toBe(letter.greeting);
  });

  it('keeps a value that is undefined', () => {
    const container = create();
    let made = 0;
    container.bind(WORDS).toResolvedValue(() => void made++);
    expect([container.get(WORDS), container.get(WORDS), made]).toEqual([undefined, undefined, 1]);
  });

  it('names what nothing is bound to', () => {
    const container = create();
    container.bind(Letter).toResolvedValue((greeting: Greeting) => new Letter(greeting), [Greeting]);
    expect(() => container.get(Letter)).toThrow('Greeting');
    expect(() => container.get(WORDS)).toThrow('Words');
  });

  it('names what is bound twice', () => {
    const container = create();
    expect(() => {
      container.bind(WORDS).toConstantValue('Good day');
      container.bind(WORDS).toConstantValue('Good night');
      container.get(WORDS);
    }).toThrow('Words');
  });
});
